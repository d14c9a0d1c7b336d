//! Every route × every role × both companies. `routes.txt` beside this file is the table that people read and review; a route that is
//! not in it, or whose access changed, fails here. `UPDATE_ROUTES=1 cargo nextest run -p mamori routes` writes it anew.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use mamori_kernel::access::Role;
use mamori_ledger::web::{Access, RouteInfo};

use crate::harness::{Answer, Client, Given, OTHER_OFFICER, TestApp, fill, on_both};
use crate::walls::{one_of_each, picture};

/// Parts of addresses that name a ledger by another word than its code.
const ALIASES: [(&str, &str); 3] = [("asset", "information_asset"), ("assets", "information_asset"), ("item", "stocktake_item")];

fn table_file() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories/routes.txt")
}

/// The route as a line of the table: method, address, what is asked for, which roles have it.
fn line(app: &TestApp, route: &RouteInfo) -> String {
    let policy = &app.app.registry.policy;
    let (asked, roles) = match route.access {
        Access::Public => ("—".to_owned(), "everybody, also without signing in".to_owned()),
        Access::SignedIn => ("—".to_owned(), "everybody who is signed in".to_owned()),
        Access::Account => ("—".to_owned(), "everybody who is signed in, also without a company".to_owned()),
        Access::Installation => ("—".to_owned(), "administrators of the installation".to_owned()),
        Access::Can(resource, action) => {
            let roles: Vec<String> = Role::ALL
                .iter()
                .filter_map(|role| {
                    let reach = policy.reach(&[*role], resource, action);
                    let (scope, ceiling) = reach.grants.first()?;
                    let scope = match scope {
                        mamori_kernel::access::Scope::All => String::new(),
                        scope => format!("({})", scope.words().en.to_lowercase()),
                    };
                    let ceiling = if *ceiling < 3 { format!("≤{ceiling}") } else { String::new() };
                    Some(format!("{}{ceiling}{scope}", role.code()))
                })
                .collect();
            (format!("{resource} {}", action.words().en.to_lowercase()), roles.join(", "))
        }
    };
    format!("{:5} {:58} {asked:34} {roles}", route.method, route.path)
}

/// The ledger whose rows the holes of an address name, if any.
fn ledger_of<'a>(rows: &'a BTreeMap<&'static str, String>, pattern: &str) -> Option<&'a str> {
    let (before, _) = pattern.split_once("/{")?;
    let mut parts: Vec<&str> = before.split('/').collect();
    while let Some(part) = parts.pop() {
        let code = ALIASES.iter().find(|(alias, _)| *alias == part).map_or(part, |(_, code)| code);
        if let Some((found, _)) = rows.get_key_value(code) {
            return Some(found);
        }
    }
    None
}

async fn call(client: &Client, route: &RouteInfo, path: &str) -> Answer {
    match route.method {
        "GET" => client.get(path).await,
        "PATCH" => client.json("PATCH", path, &serde_json::json!({})).await,
        _ if path.starts_with("/api/") => client.json(route.method, path, &serde_json::json!({})).await,
        _ => client.post(path, &[]).await,
    }
}

/// True when the answer means "sign in first".
fn sent_away(answer: &Answer) -> bool {
    answer.status == 401 || (answer.status == 303 && answer.location().starts_with("/login"))
}

on_both! {
    async fn the_table_is_complete(app) {
        let mut table = String::from("# Written by the test routes::the_table_is_complete; review every change.\n");
        let mut lines: Vec<String> = app.routes().iter().map(|route| line(app, route)).collect();
        lines.sort_by_key(|line| line.split_whitespace().nth(1).map(str::to_owned).unwrap_or_default() + line);
        lines.iter().for_each(|line| { let _ = writeln!(table, "{}", line.trim_end()); });
        if std::env::var_os("UPDATE_ROUTES").is_some() {
            std::fs::write(table_file(), &table).unwrap();
        }
        let known = std::fs::read_to_string(table_file()).unwrap_or_default();
        let fresh: Vec<&str> = table.lines().filter(|line| !known.lines().any(|old| old == *line)).collect();
        let gone: Vec<&str> = known.lines().filter(|line| !table.lines().any(|new| new == *line)).collect();
        assert!(fresh.is_empty() && gone.is_empty(), "routes that routes.txt does not have:\n{}\nlines that no route has:\n{}", fresh.join("\n"), gone.join("\n"));
    }

    async fn every_route_answers_every_role_as_the_table_says(app) {
        let rows = one_of_each(app, "aoba").await;
        let nobody = "01900000-0000-7000-8000-000000000000".to_owned();
        let mut wrong = Vec::new();
        let mut people = BTreeMap::new();
        for given in &Given::ALL {
            people.insert(given.name, app.person(given.name).await);
        }
        for route in app.routes().to_vec() {
            let id = ledger_of(&rows, &route.path).map_or(&nobody, |ledger| &rows[ledger]);
            let path = fill(&route.path, &[id]);
            let place = format!("{} {path}", route.method);
            let stranger = call(&app.visitor(), &route, &path).await;
            // Steps of signing in, and signing out, lead to the first step when nobody is on the way.
            let way_in = route.path.starts_with("/login") || route.path == "/logout";
            if (route.access != Access::Public) != sent_away(&stranger) && stranger.status != 404 && !way_in {
                wrong.push(format!("{place}: a visitor got {}", stranger.status));
            }
            for given in &Given::ALL {
                let role = given.roles[0];
                let mut answer = call(&people[given.name], &route, &path).await;
                // Some routes end the session: whoever is sent away signs in again and tries once more.
                if sent_away(&answer) {
                    people.insert(given.name, app.person(given.name).await);
                    answer = call(&people[given.name], &route, &path).await;
                }
                let allowed = match route.access {
                    Access::Public | Access::SignedIn | Access::Account => true,
                    Access::Installation => false,
                    Access::Can(resource, action) => app.app.registry.policy.allows(&[role], resource, action),
                };
                if answer.status >= 500 {
                    wrong.push(format!("{place}: {} got {}", role.code(), answer.status));
                } else if !allowed && answer.status != 403 {
                    wrong.push(format!("{place}: {} got {} where the table says no", role.code(), answer.status));
                } else if allowed && route.access != Access::Public && sent_away(&answer) && !route.path.contains("log") {
                    wrong.push(format!("{place}: {} was sent to sign in", role.code()));
                } else if let Access::Can(resource, action) = route.access
                    && allowed
                    && answer.status == 403
                    && app.app.registry.policy.reach(&[role], resource, action).is_everything()
                {
                    wrong.push(format!("{place}: {} was refused where the table says yes: {}", role.code(), answer.words()));
                }
            }
        }
        app.work().await;
        assert!(wrong.is_empty(), "{} of {} routes:\n{}", wrong.len(), app.routes().len(), wrong.join("\n"));
    }

    async fn no_route_gives_or_changes_a_row_of_another_company(app) {
        let rows = one_of_each(app, "aoba").await;
        let before = picture(app, "aoba").await;
        let mut wrong = Vec::new();
        let mut stranger = app.person(OTHER_OFFICER).await;
        for route in app.routes().to_vec().iter().filter(|route| matches!(route.access, Access::Can(..))) {
            let Some(ledger) = ledger_of(&rows, &route.path) else { continue };
            let path = fill(&route.path, &[&rows[ledger]]);
            let mut answer = call(&stranger, route, &path).await;
            if sent_away(&answer) {
                stranger = app.person(OTHER_OFFICER).await;
                answer = call(&stranger, route, &path).await;
            }
            // To delete a saved view that is not there is no fault: the picture below tells whether anything was.
            let refused = matches!(answer.status, 400 | 403 | 404 | 405 | 409 | 415 | 422) || route.path.contains("/views/");
            if !refused {
                wrong.push(format!("{} {path}: the other company's officer got {} {}", route.method, answer.status, answer.location()));
            }
            // Every text of the made-up rows begins with this word.
            if answer.text().contains("壁の") {
                wrong.push(format!("{} {path}: shows what another company wrote", route.method));
            }
        }
        app.work().await;
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert_eq!(picture(app, "aoba").await, before, "something of the other company was changed");
    }
}
