//! `user`, `company`, `token`, `migrate`: what must work when nobody can sign in.

use clap::{Args, Subcommand, ValueEnum};
use mamori_kernel::access::Role;
use mamori_kernel::error::{Error, Result};
use mamori_kernel::lang::{Lang, Words};

use super::{Outcome, Place, open};
use crate::compose::{self, NewCompany, NewMember};

/// 利用者アカウントを管理します。 / Manages user accounts.
#[derive(Subcommand)]
pub(super) enum User {
    /// 一覧を表示します / Lists the accounts
    List {
        #[command(flatten)]
        place: Place,
    },
    /// アカウントを作ります。初回ログイン用のパスワードを1回だけ表示します / Creates an account and shows a one-time password
    Add(AddUser),
    /// パスワードを再発行します / Gives a new one-time password
    ResetPassword(Named),
    /// 失敗によるロックを解除します / Lifts the lock after failed sign-ins
    Unlock(Named),
}

#[derive(Args)]
pub(super) struct Named {
    #[command(flatten)]
    place: Place,
    /// ログイン名 / Login name
    #[arg(value_name = "LOGIN")]
    login: String,
    /// 会社コード（会社が1つなら省略可） / Code of the company
    #[arg(long, value_name = "CODE")]
    company: Option<String>,
}

#[derive(Args)]
pub(super) struct AddUser {
    #[command(flatten)]
    place: Place,
    /// ログイン名 / Login name
    #[arg(long)]
    login: String,
    /// 氏名 / Name
    #[arg(long)]
    name: String,
    /// メールアドレス / Mail address
    #[arg(long, default_value = "")]
    email: String,
    /// 役割（admin, officer, executive, manager, employee, auditor。複数可） / Role; may be repeated
    #[arg(long = "role", value_parser = role, default_value = "employee")]
    roles: Vec<Role>,
    /// 会社コード（会社が1つなら省略可） / Code of the company
    #[arg(long, value_name = "CODE")]
    company: Option<String>,
    /// 全体の管理者にします / Makes it an administrator of the whole installation
    #[arg(long)]
    installation_admin: bool,
}

fn role(code: &str) -> std::result::Result<Role, String> {
    Role::parse(code).ok_or_else(|| {
        let codes: Vec<&str> = Role::ALL.into_iter().map(Role::code).collect();
        codes.join(", ")
    })
}

impl User {
    pub(super) async fn run(self, lang: Lang) -> Outcome {
        match self {
            User::List { place } => list_users(&place, lang).await,
            User::Add(add) => add.run(lang).await,
            User::ResetPassword(named) => {
                let (app, actor) = named.open(lang).await?;
                let plain = compose::reset_password(&app, actor, &named.login).await?;
                println!("{}", lang.pick("1回だけ使えるパスワード：", "One-time password: ").to_owned() + &plain);
                app.db.close().await;
                Ok(0)
            }
            User::Unlock(named) => {
                let (app, actor) = named.open(lang).await?;
                compose::unlock(&app, actor, &named.login).await?;
                println!("{}", lang.pick("ロックを解除しました：", "Unlocked: ").to_owned() + &named.login);
                app.db.close().await;
                Ok(0)
            }
        }
    }
}

impl Named {
    async fn open(&self, lang: Lang) -> Result<(mamori_ledger::web::App, std::sync::Arc<mamori_store::Actor>)> {
        let app = self.place.open().await?;
        let company = open::company(&app, self.company.as_deref()).await?;
        Ok((app, open::actor(&company, lang)))
    }
}

async fn list_users(place: &Place, lang: Lang) -> Outcome {
    let app = place.open().await?;
    for (login, name, companies, disabled) in compose::users(&app.db).await? {
        let mark = if disabled { lang.pick("（停止中）", " (disabled)") } else { "" };
        println!("{login}\t{name}\t{}{mark}", companies.join(","));
    }
    app.db.close().await;
    Ok(0)
}

impl AddUser {
    async fn run(self, lang: Lang) -> Outcome {
        let app = self.place.open().await?;
        let company = open::company(&app, self.company.as_deref()).await?;
        let member = NewMember {
            login: self.login,
            name: self.name,
            email: self.email,
            roles: self.roles,
            installation_admin: self.installation_admin,
            lang,
        };
        let plain = compose::add_user(&app, open::actor(&company, lang), member).await?;
        println!("{}", lang.pick("1回だけ使えるパスワード：", "One-time password: ").to_owned() + &plain);
        app.db.close().await;
        Ok(0)
    }
}

/// 会社を管理します。 / Manages companies.
#[derive(Subcommand)]
pub(super) enum Company {
    /// 一覧を表示します / Lists the companies
    List {
        #[command(flatten)]
        place: Place,
    },
    /// 会社を追加します / Adds a company
    Add(AddCompany),
}

#[derive(Args)]
pub(super) struct AddCompany {
    #[command(flatten)]
    place: Place,
    /// 会社コード / Code
    #[arg(long)]
    code: String,
    /// 会社名 / Name
    #[arg(long)]
    name: String,
    /// 業種コード / Industry code
    #[arg(long, default_value = "other")]
    industry: String,
    /// 人数（パート・アルバイトを含む） / Number of people
    #[arg(long)]
    headcount: i64,
    /// 年度が始まる月 / First month of the fiscal year
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(i64).range(1..=12))]
    fiscal_start_month: i64,
    /// この会社の管理者にする既存のログイン名 / Existing login that becomes its administrator
    #[arg(long, value_name = "LOGIN")]
    admin: Option<String>,
}

impl Company {
    pub(super) async fn run(self, lang: Lang) -> Outcome {
        match self {
            Company::List { place } => {
                let app = place.open().await?;
                for (_, code, name) in compose::companies(&app.db).await? {
                    println!("{code}\t{name}");
                }
                app.db.close().await;
            }
            Company::Add(add) => {
                let app = add.place.open().await?;
                let new = NewCompany {
                    code: add.code.clone(),
                    name: add.name,
                    industry: add.industry,
                    headcount: add.headcount,
                    fiscal_start_month: add.fiscal_start_month,
                    lang,
                };
                compose::add_company(&app, new, add.admin.as_deref()).await?;
                println!("{}", lang.pick("会社を追加しました：", "Company added: ").to_owned() + &add.code);
                app.db.close().await;
            }
        }
        Ok(0)
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum Scope {
    /// 読むだけ / Reading only
    Read,
    /// 読み書き / Reading and writing
    Write,
}

/// APIトークンを発行して表示します（有効期間1年）。権限は利用者本人と同じです。 / Issues an API token with the rights of the user, for a year.
#[derive(Args)]
pub(super) struct Token {
    #[command(flatten)]
    place: Place,
    /// ログイン名 / Login name
    #[arg(long, value_name = "NAME")]
    user: String,
    /// 範囲 / Scope
    #[arg(long, value_enum)]
    scope: Scope,
    /// 会社コード（会社が1つなら省略可） / Code of the company
    #[arg(long, value_name = "CODE")]
    company: Option<String>,
}

impl Token {
    pub(super) async fn run(self, _lang: Lang) -> Outcome {
        let app = self.place.open().await?;
        let writes = matches!(self.scope, Scope::Write);
        println!("{}", compose::issue_token(&app, &self.user, self.company.as_deref(), writes).await?);
        app.db.close().await;
        Ok(0)
    }
}

/// データベースを最新の形にします。serve も起動時に同じことをします。 / Brings the database to this program's state.
#[derive(Args)]
pub(super) struct Migrate {
    #[command(flatten)]
    place: Place,
}

impl Migrate {
    pub(super) async fn run(self, lang: Lang) -> Outcome {
        if self.place.database.is_none() && !self.place.data.exists() {
            return Err(Error::Refused(Words::owned(
                format!("{} がありません。", self.place.data.display()),
                format!("{} does not exist.", self.place.data.display()),
            )));
        }
        let opened = compose::open(&self.place.settings()).await?;
        println!("{}: {}", lang.pick("適用した手順", "steps applied"), opened.migrated);
        opened.app.db.close().await;
        Ok(0)
    }
}
