//! Warnings about the organisation in words: what is the matter, what to do, where.

use mamori_kernel::lang::Lang;
use mamori_kernel::{i18n, time};
use mamori_ui::tone::Tone;

use super::rules::Warning;

/// How pressing a warning is.
pub fn tone(warning: &Warning) -> Tone {
    match warning {
        Warning::AuditHeadMissing { .. } | Warning::NotIndependent { .. } | Warning::HolderLeft { .. } => Tone::Danger,
        Warning::RoleEmpty { .. }
        | Warning::HoldsEverything { .. }
        | Warning::TermOver { .. }
        | Warning::SupervisesSelf { .. } => Tone::Warning,
        Warning::HoldsMany { .. } | Warning::DeputyMissing { .. } | Warning::TermEnding { .. } => Tone::Info,
    }
}

fn key(warning: &Warning) -> &'static str {
    match warning {
        Warning::AuditHeadMissing { .. } => "assignment-audit-missing",
        Warning::RoleEmpty { first: true, .. } => "assignment-role-empty-first",
        Warning::RoleEmpty { .. } => "assignment-role-empty",
        Warning::HoldsEverything { .. } => "assignment-holds-everything",
        Warning::HoldsMany { .. } => "assignment-holds-many",
        Warning::NotIndependent { .. } => "assignment-not-independent",
        Warning::SupervisesSelf { .. } => "assignment-supervises-self",
        Warning::DeputyMissing { .. } => "assignment-deputy-missing",
        Warning::TermOver { .. } => "assignment-term-over",
        Warning::TermEnding { .. } => "assignment-term-ending",
        Warning::HolderLeft { .. } => "assignment-holder-left",
    }
}

/// What is the matter.
pub fn text(lang: Lang, warning: &Warning) -> String {
    let list = |names: &[String]| names.join(lang.pick("、", ", "));
    let args: Vec<(&str, String)> = match warning {
        Warning::AuditHeadMissing { headcount, .. } => vec![("headcount", headcount.to_string())],
        Warning::RoleEmpty { role, .. } => vec![("role", role.clone())],
        Warning::HoldsEverything { person, roles } => vec![("person", person.clone()), ("count", roles.to_string())],
        Warning::HoldsMany { person, roles } => {
            vec![("person", person.clone()), ("count", roles.len().to_string()), ("roles", list(roles))]
        }
        Warning::NotIndependent { person, role, examined } => {
            vec![("person", person.clone()), ("role", role.clone()), ("examined", list(examined))]
        }
        Warning::SupervisesSelf { person, above, roles } => {
            vec![("person", person.clone()), ("above", above.clone()), ("roles", list(roles))]
        }
        Warning::DeputyMissing { role, person, .. } => vec![("role", role.clone()), ("person", person.clone())],
        Warning::TermOver { summary, ends, .. } | Warning::TermEnding { summary, ends, .. } => {
            vec![("summary", summary.clone()), ("ends", time::short_date(lang, *ends))]
        }
        Warning::HolderLeft { summary, .. } => vec![("summary", summary.clone())],
    };
    let args: Vec<_> = args.into_iter().map(|(name, value)| (name, value.into())).collect();
    i18n::ta(lang, key(warning), &args)
}

/// What to do about it.
pub fn advice(lang: Lang, warning: &Warning) -> String {
    i18n::t(lang, &format!("{}-do", key(warning)))
}

/// Where it is done.
pub fn link(warning: &Warning) -> String {
    match warning {
        Warning::AuditHeadMissing { role_id, .. } if role_id.is_empty() => "/organization/security_role".to_owned(),
        Warning::AuditHeadMissing { role_id, .. } | Warning::RoleEmpty { role_id, .. } => {
            format!("/organization/role_assignment/new?role={role_id}")
        }
        Warning::DeputyMissing { id, .. }
        | Warning::TermOver { id, .. }
        | Warning::TermEnding { id, .. }
        | Warning::HolderLeft { id, .. } => {
            format!("/organization/role_assignment/{id}/edit")
        }
        _ => "/organization/role_assignment".to_owned(),
    }
}
