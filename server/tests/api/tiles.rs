//! The service of tiles that an installation may name: in policies and documents where it is named, and nowhere where it is not.

use super::{
    office::{Reply, TestOffice},
    pages::Desk,
};
use axum::http::StatusCode;
use clap::Parser;
use domain::map::TileSource;
use server::{cli::Cli, state::AppState};
use std::sync::Arc;

const TEMPLATE: &str = "https://tiles.example.cn:8443/{z}/{x}/{y}.png?a=1&tk=0a1b";

/// From where a document may show pictures.
fn images(reply: &Reply) -> String {
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    let csp = reply.headers["content-security-policy"].to_str().unwrap();
    let rule = csp.split("; ").find_map(|rule| rule.strip_prefix("img-src "));
    rule.unwrap_or_else(|| panic!("{csp}")).to_owned()
}

fn named(office: &TestOffice, credit: Option<&str>) -> AppState {
    let source = TileSource::carried(TEMPLATE, "gcj02", credit).unwrap();
    AppState { tiles: Some(Arc::new(source)), ..office.state.clone() }
}

#[tokio::test]
async fn nobody_else_is_asked_for_pictures_unless_the_installation_names_them() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office);
    for path in ["/field/", "/field/map", "/signin"] {
        let reply = desk.stranger().page(path).await;
        assert_eq!(images(&reply), "'self' blob: data:", "{path}");
        let html = reply.text();
        assert!(!html.contains("data-tiles") && !html.contains("src=\"http"), "{path}");
    }
}

#[tokio::test]
async fn the_named_service_and_no_other_may_be_asked_for_pictures() {
    let office = TestOffice::open().await;
    let desk = Desk::open(&named(&office, Some("天地图 GS(2026)1 号")));
    for path in ["/field/", "/field/map", "/signin"] {
        let reply = desk.stranger().page(path).await;
        assert_eq!(images(&reply), "'self' blob: data: https://tiles.example.cn:8443", "{path}");
        let html = reply.text();
        let address = format!("data-tiles=\"{}\"", TEMPLATE.replace('&', "&amp;"));
        for attribute in
            [address.as_str(), "data-tiles-datum=\"gcj02\"", "data-tiles-credit=\"天地图 GS(2026)1 号\""]
        {
            assert!(html.contains(attribute), "{path}: {attribute}");
        }
        assert!(!html.contains("src=\"http"), "{path}: nothing of it is in the page");
    }
}

/// A phone asks for the worker; where its bytes are others, it fetches the document with its policy anew.
#[tokio::test]
async fn a_phone_hears_of_another_service_as_it_does_of_a_new_build() {
    let office = TestOffice::open().await;
    let states = [office.state.clone(), named(&office, None), named(&office, Some("天地图"))];
    let mut workers = vec![];
    for state in &states {
        let reply = Desk::open(state).stranger().page("/sw.js").await;
        let text = reply.text();
        workers.push(text.lines().next().unwrap_or_default().to_owned());
    }
    assert!(workers.iter().all(|line| line.starts_with("const VERSION = ")), "{workers:?}");
    workers.dedup();
    assert_eq!(workers.len(), states.len(), "{workers:?}");
    let again = Desk::open(&states[2]).stranger().page("/sw.js").await;
    assert!(again.text().starts_with(&workers[2]), "the same build and service, the same worker");
}

#[test]
fn a_server_does_not_start_with_an_address_that_is_none() {
    let started = |args: &[&str]| {
        Cli::try_parse_from(["xunan", "serve"].iter().chain(args)).map(drop).map_err(|e| e.to_string())
    };
    assert_eq!(
        started(&["--map-tiles", TEMPLATE, "--map-tiles-datum", "gcj02", "--map-tiles-credit", "天地图"]),
        Ok(())
    );
    for (args, words) in [
        (vec!["--map-tiles", "http://tiles.example.cn/{z}/{x}/{y}.png"], "begins with https://"),
        (vec!["--map-tiles", "https://tiles.example.cn/tiles"], "{z}, {x} and {y}"),
        (vec!["--map-tiles", "https://me:word@tiles.example.cn/{z}/{x}/{y}"], "no password"),
        (vec!["--map-tiles", TEMPLATE, "--map-tiles-datum", "bd09"], "wgs84 or gcj02"),
        (vec!["--map-tiles-credit", "天地图"], "--map-tiles <URL>"),
    ] {
        let told = started(&args).unwrap_err();
        assert!(told.contains(words), "{args:?}: {told}");
    }
}
