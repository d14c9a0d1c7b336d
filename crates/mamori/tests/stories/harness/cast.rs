//! The people of the stories: Aoba Precision with six of them, Wakaba Trading with one, and a consultant who may enter both.

use mamori_kernel::access::Role;
use mamori_kernel::id;
use mamori_ledger::Values;
use mamori_organization::session;
use mamori_store::{args, dialect};

use super::TestApp;

/// システム管理者 of Aoba.
pub const ADMIN: &str = "田中 実";
/// セキュリティ担当 of Aoba.
pub const OFFICER: &str = "森 幸子";
/// 社長 of Aoba.
pub const EXECUTIVE: &str = "青木 健";
/// 人事部 of Aoba.
pub const MANAGER: &str = "佐藤 花子";
/// 製造部 of Aoba.
pub const EMPLOYEE: &str = "鈴木 太郎";
/// 監査担当 of Aoba.
pub const AUDITOR: &str = "高橋 誠";
/// セキュリティ担当 of Wakaba, the other company.
pub const OTHER_OFFICER: &str = "伊藤 恵";
/// Supports both companies as their officer.
pub const CONSULTANT: &str = "山本 学";

/// What a person of the cast is.
pub struct Given {
    /// Name, by which stories call the person.
    pub name: &'static str,
    /// For signing in.
    pub login: &'static str,
    /// Companies.
    pub companies: &'static [&'static str],
    /// Roles there.
    pub roles: &'static [Role],
    /// Department.
    pub department: &'static str,
}

const fn given(
    name: &'static str,
    login: &'static str,
    companies: &'static [&'static str],
    roles: &'static [Role],
    department: &'static str,
) -> Given {
    Given { name, login, companies, roles, department }
}

impl Given {
    /// Everybody.
    pub const ALL: [Given; 8] = [
        given(ADMIN, "tanaka", &["aoba"], &[Role::Admin], "情報システム課"),
        given(OFFICER, "mori", &["aoba"], &[Role::Officer], "情報システム課"),
        given(EXECUTIVE, "aoki", &["aoba"], &[Role::Executive], "総務部"),
        given(MANAGER, "sato", &["aoba"], &[Role::Manager], "人事部"),
        given(EMPLOYEE, "suzuki", &["aoba"], &[Role::Employee], "製造部"),
        given(AUDITOR, "takahashi", &["aoba"], &[Role::Auditor], "総務部"),
        given(OTHER_OFFICER, "ito", &["wakaba"], &[Role::Officer], ""),
        given(CONSULTANT, "yamamoto", &["aoba", "wakaba"], &[Role::Officer], ""),
    ];

    /// The person of a name.
    pub fn named(name: &str) -> &'static Given {
        static CAST: [Given; 8] = Given::ALL;
        CAST.iter().find(|given| given.name == name).unwrap_or_else(|| panic!("nobody is called {name}"))
    }
}

/// Brings companies, departments, people and accounts into the database.
pub async fn introduce(app: &mut TestApp) {
    let now = dialect::instant(app.now());
    for (code, name) in [("aoba", "青葉精機株式会社"), ("wakaba", "若葉商事株式会社")] {
        let company = id::new();
        let mut system = app.app.db.system().await.unwrap();
        system
            .exec(
                "insert into company (id, code, name, headcount, created_at) values ($1, $2, $3, 48, $4)",
                args![&company, code, name, &now],
            )
            .await
            .unwrap();
        drop(system);
        app.companies.insert(code, company);
    }
    for (name, above) in [("総務部", ""), ("人事部", ""), ("採用課", "人事部"), ("製造部", ""), ("情報システム課", "総務部")]
    {
        let above = app.rows.get(above).cloned().unwrap_or_default();
        let row = app.put("aoba", "department", Values::default().with("name", name).with("parent", above)).await;
        app.rows.insert(name.to_owned(), row);
    }
    for given in &Given::ALL {
        let user = id::new();
        let mut system = app.app.db.system().await.unwrap();
        system
            .exec(
                "insert into user_account (id, login, name, created_at) values ($1, $2, $3, $4)",
                args![&user, given.login, given.name, &now],
            )
            .await
            .unwrap();
        drop(system);
        for company in given.companies {
            let mut person = None;
            if !given.department.is_empty() {
                let values = Values::default().with("name", given.name).with("department", app.rows[given.department].as_str());
                person = Some(app.put(company, "person", values).await);
                app.rows.insert(given.name.to_owned(), person.clone().unwrap());
            }
            let roles: Vec<&str> = given.roles.iter().map(|role| role.code()).collect();
            let mut system = app.app.db.system().await.unwrap();
            system
                .exec(
                    "insert into membership (user_id, company_id, roles, person_id, created_at) values ($1, $2, $3, $4, $5)",
                    args![&user, &app.companies[company], serde_json::to_string(&roles).unwrap(), person, &now],
                )
                .await
                .unwrap();
        }
    }
}

async fn user_id(app: &TestApp, name: &str) -> String {
    let mut system = app.app.db.system().await.unwrap();
    let row = system.first("select id from user_account where login = $1", args![Given::named(name).login]).await.unwrap();
    row.unwrap().get("id").unwrap()
}

/// A session of a person in the person's first company, as signing in would leave it.
pub async fn session(app: &TestApp, name: &str) -> String {
    let token = session::new_token().unwrap();
    let user = user_id(app, name).await;
    let (now, until) =
        (dialect::instant(app.now()), dialect::instant(app.now().checked_add(jiff::SignedDuration::from_hours(100)).unwrap()));
    let company = &app.companies[Given::named(name).companies[0]];
    app.app
        .db
        .system()
        .await
        .unwrap()
        .exec(
            "insert into session (token_hash, id, user_id, company_id, created_at, seen_at, expires_at) values ($1, $2, $3, $4, $5, $5, $6)",
            args![session::token_hash(&token), id::new(), user, company, now, until],
        )
        .await
        .unwrap();
    token
}

/// An API token of a person.
pub async fn token(app: &TestApp, name: &str, scope: &str) -> String {
    let token = session::new_token().unwrap();
    let user = user_id(app, name).await;
    let company = &app.companies[Given::named(name).companies[0]];
    app.app
        .db
        .system()
        .await
        .unwrap()
        .exec(
            "insert into api_token (id, token_hash, user_id, company_id, name, scope, created_at) values ($1, $2, $3, $4, 'test', $5, $6)",
            args![id::new(), session::token_hash(&token), user, company, scope, dialect::instant(app.now())],
        )
        .await
        .unwrap();
    token
}
