//! The table of rules is whole, names nothing that is not there, and is obeyed.

use super::pages::{Pages, asked};
use axum::{body::Body, http::StatusCode};
use domain::{
    permission::{Permissions, is_fixed},
    role::{Action, Role},
    settings::OfficeSettings,
};
use server::{
    http::{
        self,
        policy::{self, FUNCTIONS, Rule, Who},
    },
    listen,
    pages::{page_routes, site::BuiltSite},
};
use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

/// Method and path of everything that the program serves by name.
fn served() -> BTreeSet<(String, String)> {
    let mut served = BTreeSet::new();
    for (path, item) in http::openapi().paths.paths {
        let item = serde_json::to_value(item).unwrap();
        for method in ["get", "put", "post", "delete", "options", "head", "patch"] {
            if item.get(method).is_some() {
                served.insert((method.to_uppercase(), path.clone()));
            }
        }
    }
    for route in page_routes() {
        served.insert(("GET".to_owned(), route.path().to_owned()));
    }
    for (path, method) in leptos::server_fn::axum::server_fn_paths() {
        served.insert((method.to_string(), path.to_owned()));
    }
    served
}

/// Every path of the router, as it prints itself.
fn routed(router: &axum::Router) -> BTreeSet<String> {
    let printed = format!("{router:?}");
    let words = printed.split('"').filter(|word| word.starts_with('/'));
    words.map(str::to_owned).collect()
}

#[tokio::test]
async fn everything_that_is_served_has_a_rule_and_every_rule_serves_something() {
    let pages = Pages::open().await;
    let ruled: BTreeSet<_> =
        policy::rules().map(|rule| (rule.method.to_owned(), rule.path.to_owned())).collect();
    let served = served();
    let without: Vec<_> = served.difference(&ruled).collect();
    assert!(without.is_empty(), "server/src/http/policy.rs says nothing of {without:?}");
    let routed = routed(&pages.app);
    assert!(routed.len() > 30, "the router prints itself otherwise than it did: {routed:?}");
    let paths: BTreeSet<_> = ruled.iter().map(|(_, path)| path.as_str()).collect();
    for path in &routed {
        // Functions have their own lines; what nobody else answers is a file or the page that says that there is none.
        let by_itself = path.starts_with(FUNCTIONS) || path.contains("__private__axum");
        assert!(
            by_itself || paths.contains(path.as_str()),
            "server/src/http/policy.rs says nothing of {path}"
        );
    }
    let nothing: Vec<_> = ruled
        .iter()
        .filter(|(method, path)| {
            let known = served.contains(&(method.clone(), path.clone()));
            !known && (path.starts_with(FUNCTIONS) || !routed.contains(path))
        })
        .collect();
    assert!(nothing.is_empty(), "nothing is served at {nothing:?}");
}

/// A path that the rule's pattern takes.
fn example(rule: &Rule) -> String {
    let hash = "0".repeat(64);
    let id = uuid::Uuid::nil().to_string();
    rule.path
        .replace("{hash}", &hash)
        .replace("{code}", "7K2M94QD8X")
        .replace("{id}", &id)
        .replace("{kind}", "hazard")
        .replace("{format}", "csv")
        .replace("{file}", "1.xlsx")
        .replace("{number}", "JB-2026-000001")
        .replace("{*screen}", "hazards")
}

async fn status(pages: &Pages, rule: &Rule, cookie: &str) -> StatusCode {
    let request = asked(rule.method, &example(rule), cookie);
    let kind = match rule.path {
        "/api/pages/import" | "/api/pages/send_form" | "/api/pages/send_picture" | "/api/pages/bring_in" => {
            "multipart/form-data; boundary=x"
        }
        _ => "application/json",
    };
    let request = request.header("content-type", kind).header("tus-resumable", "1.0.0");
    // As browsers ask for documents.
    let request = if rule.page { request.header("accept", "text/html") } else { request };
    pages.send(request.body(Body::from("{}")).unwrap()).await.status
}

#[tokio::test]
async fn nobody_passes_without_the_session_and_the_role_that_the_table_wants() {
    let pages = Pages::open().await;
    for rule in policy::rules() {
        let status = status(&pages, rule, "").await;
        let expected = match (rule.who, rule.page) {
            // It asks for the cookie alone, so that a phone that forgot its half can still end its session.
            (Who::Anybody, _) if rule.method == "DELETE" && rule.path == "/api/v1/session" => {
                StatusCode::UNAUTHORIZED
            }
            // Anybody may ask for a draw, and there is none of this id.
            (Who::Anybody, _) if rule.path.starts_with("/draws/") || rule.path == "/api/pages/draw" => {
                StatusCode::NOT_FOUND
            }
            (Who::Anybody, _) => {
                assert!(
                    !matches!(status.as_u16(), 401 | 403 | 404 | 500..),
                    "{} {}: {status}",
                    rule.method,
                    rule.path
                );
                continue;
            }
            (Who::Machine, _) => StatusCode::NOT_FOUND,
            // Back to where the digits are typed.
            (Who::CodeHolder, _) => StatusCode::SEE_OTHER,
            (Who::SignedIn | Who::May(_), true) => StatusCode::FOUND,
            (Who::SignedIn | Who::May(_), false) => StatusCode::UNAUTHORIZED,
        };
        assert_eq!(status, expected, "{} {} without a session", rule.method, rule.path);
    }
    is_obeyed(&pages, &Permissions::default()).await;
}

/// Every route as every role: who passes is what the table says, as the office has narrowed it.
async fn is_obeyed(pages: &Pages, permissions: &Permissions) {
    for role in Role::ALL {
        let mut cookie = pages.cookie(role).await;
        for rule in policy::rules().filter(|rule| rule.who.needs_session()) {
            let status = status(pages, rule, &cookie).await;
            let what = format!("{} {} as {role:?}: {status}", rule.method, rule.path);
            let passes = match rule.who {
                Who::Anybody | Who::SignedIn => true,
                Who::Machine | Who::CodeHolder => false,
                Who::May(action) => {
                    permissions.may(role, action)
                        && rule.part().is_none_or(|part| permissions.may(role, part))
                }
            };
            if passes {
                assert!(!matches!(status.as_u16(), 401 | 403 | 500..), "{what}");
            } else {
                assert_eq!(status, StatusCode::FORBIDDEN, "{what}");
            }
            if rule.path.contains("sign_out") {
                cookie = pages.cookie(role).await;
            }
        }
    }
}

async fn narrow(pages: &Pages, stays: impl Fn(Role, Action) -> bool) -> Permissions {
    let mut allowed = Permissions::default().allowed();
    allowed.retain(|(role, action)| is_fixed(*role, *action) || stays(*role, *action));
    let permissions = Permissions::allowing(&allowed).unwrap();
    let office = &pages.office;
    let mut tx = office.state.store.write().await.unwrap();
    let settings = tx.office_settings(office.office.id).await.unwrap();
    let settings = OfficeSettings { permissions: permissions.clone(), ..settings };
    tx.put_office_settings(office.office.id, &settings).await.unwrap();
    tx.commit().await.unwrap();
    permissions
}

#[tokio::test]
async fn what_an_office_took_away_from_a_role_no_route_lets_through() {
    let pages = Pages::open().await;
    // All of it; then all but the desk of some, so that a route asks for its own action and not for its neighbour's.
    let nothing = narrow(&pages, |_, _| false).await;
    is_obeyed(&pages, &nothing).await;
    let every_other =
        narrow(&pages, |role, action| (role as usize + action as usize).is_multiple_of(2)).await;
    is_obeyed(&pages, &every_other).await;
}

/// leptos finds out what the pages are called with all questions of the process put off for ever.
#[tokio::test]
async fn a_page_comes_while_another_server_of_this_process_begins() {
    let pages = Pages::open().await;
    let cookie = pages.cookie(Role::Administrator).await;
    let beginning = Arc::new(AtomicBool::new(true));
    let others = std::thread::spawn({
        let (state, beginning) = (pages.office.state.clone(), Arc::clone(&beginning));
        let site = pages.office.folder.path().join("site");
        move || {
            let mut begun = 0;
            while begun == 0 || beginning.load(Ordering::Relaxed) {
                drop(listen::routes(&state, BuiltSite::open(Some(&site), state.tiles.as_deref()).unwrap()));
                begun += 1;
            }
            begun
        }
    });
    for _ in 0..20 {
        let reply = pages.send(asked("GET", "/office/unsent", &cookie).body(Body::empty()).unwrap()).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    }
    beginning.store(false, Ordering::Relaxed);
    assert!(others.join().unwrap() > 0);
}

#[tokio::test]
async fn an_unknown_function_is_not_found_and_is_no_error() {
    let pages = Pages::open().await;
    let cookie = pages.cookie(Role::Administrator).await;
    for function in ["nothing", "save_person/", "%2e%2e/v1/session", "SAVE_PERSON"] {
        let reply = pages.call(&cookie, function, "application/json", "{}").await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{function}: {}", reply.text());
    }
}
