//! What the administrator's forms share: fields of an account, roles with their meaning, people to choose from.

use mamori_kernel::access::Role;
use mamori_kernel::error::Result;
use mamori_kernel::lang::Lang;
use mamori_ledger::query;
use mamori_ledger::web::{Ctx, Form};
use mamori_ui::components::{Choice, Control, Field};

use super::ops::MemberEdit;
use super::{Member, MustChange, NewUser};
use mamori_ledger::web::form_state::FormState;

/// People offered for choosing; a larger company types into the search of the list instead.
const MOST_PEOPLE: i64 = 2000;

/// Roles to choose from, each with what it means.
pub(crate) fn roles(ctx: &Ctx) -> Vec<Choice> {
    Role::ALL
        .into_iter()
        .map(|role| Choice::new(role.code(), role.words().get(ctx.lang)).meaning(ctx.t(&format!("account-role-{}", role.code()))))
        .collect()
}

/// The people of the company, for tying an account to one of them.
///
/// # Errors
/// Database faults.
pub(crate) async fn people(ctx: &Ctx) -> Result<Vec<Choice>> {
    let Some(def) = ctx.app.registry.ledger("person") else { return Ok(Vec::new()) };
    let picks = query::picks(&mut ctx.view().await?, def, MOST_PEOPLE).await?;
    let label =
        |pick: &query::Pick| if pick.sub.is_empty() { pick.label.clone() } else { format!("{} ({})", pick.label, pick.sub) };
    Ok(picks.iter().map(|pick| Choice::new(&pick.id, label(pick))).collect())
}

/// The labels of the fields, for the list of errors.
pub(crate) fn labels(ctx: &Ctx) -> [(&'static str, String); 6] {
    [
        ("name", ctx.t("account-name")),
        ("login", ctx.t("account-login")),
        ("email", ctx.t("account-email")),
        ("roles", ctx.t("account-roles")),
        ("person", ctx.t("account-person")),
        ("password", ctx.t("account-password")),
    ]
}

/// Name, mail address, language, roles and person.
pub(crate) fn fields(ctx: &Ctx, form: &FormState, people: Vec<Choice>) -> Vec<Field> {
    vec![
        form.text("name", ctx.t("account-name")).required(true).attr("autocomplete", "off"),
        form.email("email", ctx.t("account-email")).help(ctx.t("account-email-help")).attr("autocomplete", "off"),
        form.checks("roles", ctx.t("account-roles"), roles(ctx)).required(true),
        form.select("person", ctx.t("account-person"), people, Some(ctx.t("account-no-person")))
            .help(ctx.t("account-person-help")),
        Field::new(
            ctx.lang,
            "lang",
            ctx.t("account-lang"),
            Control::Select {
                value: form.value("lang").to_owned(),
                choices: mamori_ledger::web::form_state::languages(),
                blank: None,
            },
        ),
    ]
}

fn chosen_roles(form: &Form) -> Vec<Role> {
    Role::ALL.into_iter().filter(|role| form.all("roles").any(|code| code == role.code())).collect()
}

/// The row of the people ledger that was chosen. Only one that was offered counts, so a row of another company cannot be named.
fn chosen_person(form: &Form, people: &[Choice]) -> Option<String> {
    let id = form.get("person");
    people.iter().any(|person| person.value == id).then(|| id.to_owned())
}

/// Reads a new account off the form; its one-time password is made by the caller.
pub(crate) fn read_new(form: &Form, people: &[Choice], password: String) -> NewUser {
    NewUser {
        login: form.get("login").to_owned(),
        name: form.get("name").to_owned(),
        email: form.get("email").to_owned(),
        password,
        must_change: MustChange::OneTime,
        lang: Lang::parse(form.get("lang")).unwrap_or_default(),
        roles: chosen_roles(form),
        person_id: chosen_person(form, people),
        installation_admin: false,
    }
}

/// Reads a change off the form.
pub(crate) fn read_edit(form: &Form, people: &[Choice]) -> MemberEdit {
    MemberEdit {
        name: form.get("name").to_owned(),
        email: form.get("email").to_owned(),
        lang: Lang::parse(form.get("lang")).unwrap_or_default(),
        roles: chosen_roles(form),
        person_id: chosen_person(form, people),
    }
}

/// The form's values for a member as stored.
pub(crate) fn values(member: &Member) -> Form {
    let mut pairs = vec![
        ("name".to_owned(), member.name.clone()),
        ("email".to_owned(), member.email.clone()),
        ("lang".to_owned(), member.lang.code().to_owned()),
        ("person".to_owned(), member.person_id.clone().unwrap_or_default()),
    ];
    pairs.extend(member.roles.iter().map(|role| ("roles".to_owned(), role.code().to_owned())));
    Form(pairs)
}
