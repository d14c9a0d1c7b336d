//! What the organization area carries of the platform: accounts, sessions, set-up, companies, API tokens, the table of permissions.

use mamori_kernel::lang::Words;
use mamori_ledger::Area;

use crate::{account, company, permission_page, session, setup, token};

/// Adds pages, sentences, permissions and navigation of the platform's nouns.
pub(crate) fn add(area: Area) -> Area {
    area.routes(session::routes())
        .routes(account::routes())
        .routes(token::routes())
        .routes(company::routes())
        .routes(setup::routes())
        .routes(permission_page::routes())
        .permissions(account::permissions())
        .permissions(company::permissions())
        .permissions(permission_page::permissions())
        .texts("organization/session", include_str!("session/ja.ftl"), include_str!("session/en.ftl"))
        .texts("organization/account", include_str!("account/ja.ftl"), include_str!("account/en.ftl"))
        .texts("organization/token", include_str!("token/ja.ftl"), include_str!("token/en.ftl"))
        .texts("organization/company", include_str!("company/ja.ftl"), include_str!("company/en.ftl"))
        .texts("organization/setup", include_str!("setup/ja.ftl"), include_str!("setup/en.ftl"))
        .texts("organization/permission_page", include_str!("permission_page/ja.ftl"), include_str!("permission_page/en.ftl"))
        .nav(Words::new("会社の情報", "Company profile"), "/organization/company", "company", "building")
        .nav(Words::new("アカウント", "Accounts"), "/organization/account", "account", "user")
        .nav(Words::new("権限表", "Permissions"), "/organization/permissions", "permission_table", "lock")
}
