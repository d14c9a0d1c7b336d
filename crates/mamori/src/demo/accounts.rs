//! The accounts of the demo: who signs in as what, with which password.

use jiff::Timestamp;
use mamori_kernel::access::Role;
use mamori_kernel::error::Result;
use mamori_kernel::lang::{Lang, Words};
use mamori_organization::account::{MustChange, NewUser, ops as account_ops};

use super::calendar::Dice;
use super::script::ADMINISTRATOR;
use super::stage::Stage;

/// Login name of the consultant, who may enter both companies.
pub(super) const CONSULTANT: &str = "tsutsui";

/// Somebody who can sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoAccount {
    /// What the account is good for.
    pub duty: Words,
    /// The companies it may enter.
    pub company: String,
    /// Name.
    pub name: String,
    /// Login name.
    pub login: String,
    /// Password. Of a demo: everybody who knows the seed knows it.
    pub password: String,
}

/// All accounts of the demo.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DemoAccounts {
    /// In the order in which they are best tried.
    pub accounts: Vec<DemoAccount>,
}

impl DemoAccounts {
    /// The first account of a login name.
    pub fn login(&self, login: &str) -> Option<&DemoAccount> {
        self.accounts.iter().find(|account| account.login == login)
    }

    /// The accounts as a table of text; full-width letters count as two columns.
    pub fn table(&self, lang: Lang) -> String {
        let head = match lang {
            Lang::Ja => ["ログイン名", "パスワード", "役割", "氏名", "会社"],
            Lang::En => ["Login", "Password", "Role", "Name", "Company"],
        };
        let mut rows = vec![head.map(str::to_owned)];
        for account in &self.accounts {
            let duty = account.duty.get(lang).to_owned();
            rows.push([account.login.clone(), account.password.clone(), duty, account.name.clone(), account.company.clone()]);
        }
        let mut widths = [0_usize; 5];
        for row in &rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(columns(cell));
            }
        }
        let line = |row: &[String; 5]| {
            let cells =
                row.iter().zip(widths).map(|(cell, width)| format!("{cell}{}", " ".repeat(width.saturating_sub(columns(cell)))));
            cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        };
        rows.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

fn columns(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// Words that neither a login name nor a list of broken passwords contains.
const WORDS: [&str; 24] = [
    "tsubaki",
    "kawasemi",
    "hinoki",
    "komorebi",
    "asagiri",
    "yamabuki",
    "suzukaze",
    "hotaru",
    "minamo",
    "tsukushi",
    "akebono",
    "kogarashi",
    "shigure",
    "harusame",
    "wakaba",
    "konoha",
    "yuugiri",
    "nadeshiko",
    "fukurou",
    "hibari",
    "sazanami",
    "inazuma",
    "otogi",
    "hanabi",
];

/// A password of two words and four digits: 15 characters or more, so it fits every account (S2-D7-06).
pub(super) fn password(seed: u64, login: &str) -> String {
    let mut dice = Dice::new(seed, login);
    let first = dice.pick(&WORDS).copied().unwrap_or("tsubaki");
    let second = dice.pick(&WORDS).copied().filter(|word| *word != first).unwrap_or("kazaguruma");
    format!("{first}-{second}-{:04}", dice.roll(10_000))
}

/// Roles and their name for a duty of the catalogue.
fn roles(duty: &str) -> (Vec<Role>, Words) {
    if duty == "consultant" {
        return (vec![Role::Officer], Words::new("支援者", "Consultant"));
    }
    let role = match duty {
        "officer" | "officer_deputy" => Role::Officer,
        "executive" => Role::Executive,
        "department_owner" => Role::Manager,
        "administrator" => Role::Admin,
        "auditor" => Role::Auditor,
        _ => Role::Employee,
    };
    (vec![role], role.words())
}

/// An account to be opened.
pub(super) struct Opening<'a> {
    pub login: &'a str,
    pub name: &'a str,
    pub mail: &'a str,
    pub person: Option<String>,
    pub duty: &'a str,
    pub company: &'a str,
}

/// The account as the program takes it, and as it is printed.
pub(super) fn prepare(seed: u64, opening: &Opening<'_>) -> (NewUser, DemoAccount) {
    let password = password(seed, opening.login);
    let (roles, duty) = roles(opening.duty);
    let shown = DemoAccount {
        duty,
        company: opening.company.to_owned(),
        name: opening.name.to_owned(),
        login: opening.login.to_owned(),
        password: password.clone(),
    };
    let new = NewUser {
        login: opening.login.to_owned(),
        name: opening.name.to_owned(),
        email: opening.mail.to_owned(),
        password,
        must_change: MustChange::No,
        lang: Lang::Ja,
        installation_admin: opening.duty == "administrator",
        roles,
        person_id: opening.person.clone(),
    };
    (new, shown)
}

/// Everybody of the company gets an account: those of the catalogue, the administrator, an auditor from outside (nobody inside
/// audits, which is one of the things that the demo warns of) and a consultant.
///
/// # Errors
/// As [`account_ops::create_user`].
pub(super) async fn open(stage: &mut Stage<'_>, at: Timestamp) -> Result<Vec<DemoAccount>> {
    let content = stage.content;
    let mut shown = Vec::new();
    let company = content.company.name.as_str();
    let mut people: Vec<(&str, &str, &str)> = content
        .roles
        .accounts
        .iter()
        .map(|account| (account.login.as_str(), account.person.as_str(), account.duty.as_str()))
        .collect();
    people.insert(people.len().min(2), ("usami", ADMINISTRATOR, "administrator"));
    for (login, no, duty) in people {
        let Some(person) = content.person(no) else { continue };
        let opening =
            Opening { login, name: &person.name, mail: &person.mail, person: Some(stage.id(no)?.to_owned()), duty, company };
        let (new, account) = prepare(stage.seed, &opening);
        let id = account_ops::create_user(&stage.app.db, stage.actor(""), new, at).await?;
        stage.users.insert(no.to_owned(), id);
        shown.push(account);
    }
    let outsiders = [
        Opening {
            login: "azumi",
            name: "安曇 文彦(社外監査)",
            mail: "azumi@audit.example",
            person: None,
            duty: "auditor",
            company,
        },
        Opening {
            login: CONSULTANT,
            name: "筒井 真理(支援者)",
            mail: "tsutsui@support.example",
            person: None,
            duty: "consultant",
            company,
        },
    ];
    for opening in &outsiders {
        let (new, account) = prepare(stage.seed, opening);
        account_ops::create_user(&stage.app.db, stage.actor(""), new, at).await?;
        shown.push(account);
    }
    Ok(shown)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use mamori_organization::account::rules::{Class, check_password};

    #[test]
    fn passwords_satisfy_the_strictest_rule_and_follow_the_seed() {
        for seed in 0..200 {
            for login in ["takanashi", "hida", "usami", "tsutsui"] {
                let made = password(seed, login);
                assert!(check_password(&made, login, Class::Privileged).is_ok(), "{login} {made}");
            }
        }
        assert_eq!(password(1, "hida"), password(1, "hida"));
        assert_ne!(password(1, "hida"), password(2, "hida"));
    }

    #[test]
    fn the_table_lines_up_with_full_width_letters() {
        let account = |name: &str| DemoAccount {
            duty: Role::Officer.words(),
            company: "会社".to_owned(),
            name: name.to_owned(),
            login: "hida".to_owned(),
            password: "x".to_owned(),
        };
        let table = DemoAccounts { accounts: vec![account("灯田"), account("abcdef")] }.table(Lang::Ja);
        let at = |line: &str| columns(line.split("会社").next().unwrap());
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines.len(), 3);
        assert!(lines.iter().all(|line| at(line) == at(lines.first().unwrap())), "{table}");
    }
}
