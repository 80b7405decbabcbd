//! Names and texts with markup in them, on every page, in the name of everybody who may open it.

use super::{
    office::{found, id, now, outcome_of, passing_visit},
    pages::{Pages, asked},
};
use axum::{body::Body, http::StatusCode};
use domain::{
    id::{HazardId, VisitId},
    role::Role,
};
use server::pages::page_routes;

/// Ends a title, an attribute, a text area, a script and a comment, and would lead the browser elsewhere.
const MARKUP: &str = "'\"--></title></textarea></script><meta http-equiv=\"refresh\" content=\"1;url=//evil.example\">\
    <img src=x onerror=alert(1)>&lt;";

/// What no page may hold: the markup as markup.
const FORBIDDEN: [&str; 4] = ["<meta http-equiv", "<img src=x", "</title></textarea", "</textarea></script>"];

async fn marked() -> (Pages, HazardId, VisitId) {
    let pages = Pages::open().await;
    let office = &pages.office;
    let hazard: HazardId = id();
    let inspector = office.phone(Role::Inspector).await;
    let form = office.form("ebike-charging");
    let visit = passing_visit(&inspector, &office.site, &form);
    let visit_id = visit["payload"]["submit_visit"]["id"].as_str().unwrap().parse().unwrap();
    for answer in inspector.sync(&[found(hazard, office.site.id, MARKUP), visit]).await {
        assert_eq!(outcome_of(&answer), "received", "{answer}");
    }
    // As if they had come before names were held to anything.
    let store = &office.state.store;
    let people = store.people(office.office.id).await.unwrap();
    let places = store.places(office.office.id).await.unwrap();
    let mut tx = store.write().await.unwrap();
    let mut marked = office.office.clone();
    marked.name = MARKUP.to_owned();
    tx.put_office(&marked).await.unwrap();
    for mut site in [office.site.clone(), office.elsewhere.clone()] {
        site.code = format!("{}{MARKUP}", site.code);
        for text in [&mut site.name, &mut site.address, &mut site.leader, &mut site.pinyin] {
            *text = MARKUP.to_owned();
        }
        site.last_visit = Some(now());
        tx.put_site(marked.id, &site).await.unwrap();
    }
    for mut person in people {
        person.name = MARKUP.to_owned();
        person.phone = MARKUP.to_owned();
        tx.put_person(marked.id, &person, None).await.unwrap();
    }
    for mut community in places.communities {
        community.name = MARKUP.to_owned();
        tx.put_community(marked.id, &community).await.unwrap();
    }
    for mut grid in places.grids {
        grid.name = format!("{}{MARKUP}", grid.name);
        tx.put_grid(marked.id, &grid).await.unwrap();
    }
    tx.commit().await.unwrap();
    (pages, hazard, visit_id)
}

#[tokio::test]
async fn names_with_markup_stay_names_on_every_page() {
    let (pages, hazard, visit) = marked().await;
    let site = pages.office.site.id.to_string();
    let person = pages.office.phone(Role::Officer).await.person.to_string();
    let mut opened = 0;
    for role in [Role::Administrator, Role::Supervisor, Role::Officer] {
        let cookie = pages.cookie(role).await;
        for route in page_routes() {
            let id = match route.path() {
                path if path.contains("hazards") => hazard.to_string(),
                path if path.contains("visits") => visit.to_string(),
                path if path.contains("people") => person.clone(),
                _ => site.clone(),
            };
            let path =
                format!("{}?q={}", route.path().replace("{id}", &id), "%3C%2Ftitle%3E%3Cmeta%20http-equiv");
            let reply = pages.send(asked("GET", &path, &cookie).body(Body::empty()).unwrap()).await;
            assert!(reply.status.as_u16() < 500, "{path} as {role:?}: {}", reply.status);
            opened += u32::from(reply.status == StatusCode::OK);
            let html = reply.text();
            for forbidden in FORBIDDEN {
                let at = html.find(forbidden);
                let around = at.and_then(|at| html.get(at.saturating_sub(120)..at + 60));
                assert!(at.is_none(), "{path} as {role:?}: …{around:?}…");
            }
        }
    }
    assert!(opened > 30, "only {opened} pages were opened");
}
