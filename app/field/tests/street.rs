//! 巡查 in a real browser: doors of a street follow each other by a tap each, a tap is taken back, and at the door where
//! something was wrong before that is said first.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod support;

use chrono::Duration;
use client::{Device, Host, db, drafts, lock, patrol, session};
use domain::{
    device::StoreName,
    hazard::{Hazard, Issued},
    site::Site,
    sync::SignedIn,
    visit::VisitOutcome,
};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::window;
use support::{gone, until};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// The one thing to do.
const PRIMARY: &str = "footer > :last-child";
const WALKED: &str = "p[role=status] > b";

fn door(phone: &Device, number: u32) -> Site {
    Site {
        id: phone.clock.new_id(),
        name: format!("小店 {number}"),
        address: format!("新街{number}号"),
        ..client_fixtures::site()
    }
}

/// Found two months ago, and still open.
fn owed(phone: &Device, site: &Site, finder: &SignedIn) -> Hazard {
    let at = phone.clock.now() - Duration::days(62);
    let issued = Issued { id: phone.clock.new_id(), at, received_at: None, by: &finder.actor };
    let found = client_fixtures::found(vec![]);
    Hazard::open(phone.clock.new_id(), site.resource_scope(), None, found, &issued).unwrap()
}

#[wasm_bindgen_test]
async fn a_street_is_walked_by_a_tap_a_door() {
    let phone = Device::new(Host::new("test-street"));
    let signed_in = client_fixtures::inspector(phone.clock.new_id(), "李敏");
    session::becomes(&phone, &signed_in).unwrap();
    lock::look(&phone).await.unwrap();
    lock::set_pin(&phone, client_fixtures::PIN).await.unwrap();
    let doors = [1, 3, 5].map(|number| door(&phone, number));
    let hazard = owed(&phone, &doors[2], &signed_in);
    db::write(&phone.db, &[StoreName::Records], async |tx| {
        for site in &doors {
            tx.put_record(site).await?;
        }
        tx.put_record(&hazard).await?;
        tx.put_record(&client_fixtures::form()).await
    })
    .await
    .unwrap();
    let path = format!("/field/street/{}?per=week", doors[0].id);
    window().history().unwrap().replace_state_with_url(&JsValue::NULL, "", Some(&path)).unwrap();
    field::mount_on(phone.clone());

    until("section[aria-label='1 号']").await;
    says(WALKED, "已走 0 / 3 户").await;
    says(PRIMARY, "1 号全部正常，去 3 号").await;
    let pass = until(PRIMARY).await;
    pass.click();
    until("section[aria-label='3 号']").await;
    says(PRIMARY, "3 号全部正常，去 5 号").await;
    assert!(pass.is_connected(), "whoever hears the button stays on it");
    says(WALKED, "已走 1 / 3 户").await;
    assert_eq!(patrol::tapped(&phone).len(), 1, "it can be taken back");

    // The next door ends that: what was tapped last is the one that can be taken back.
    until("[aria-labelledby=street-not-seen] button").await.click();
    until("section[aria-label='5 号']").await;
    says(WALKED, "已走 2 / 3 户").await;
    alone(&phone).await;
    let draft = drafts::all(&phone).await.unwrap().remove(0);
    assert_eq!((draft.site, draft.outcome), (doors[1].id, VisitOutcome::Closed));
    until("button[aria-label='撤回：小店 3']").await.click();
    until("section[aria-label='3 号']").await;
    says(WALKED, "已走 1 / 3 户").await;
    gone("button[aria-label^='撤回']").await;
    assert!(drafts::all(&phone).await.unwrap().is_empty());
    until(PRIMARY).await.click();
    until("section[aria-label='5 号']").await;

    // What was wrong there before is looked at first.
    says(PRIMARY, "看 5 号").await;
    until(PRIMARY).await.click();
    until("[role=radiogroup] [role=radio]").await;
    until("footer > button").await.click();
    until("main p[role=alert]").await;
    until("[role=radiogroup] [role=radio] + [role=radio]").await.click();
    until("[role=radio] + [role=radio][aria-checked=true]").await;
    until("footer > button").await.click();
    says(WALKED, "已走 3 / 3 户").await;
    let here = window().location();
    assert_eq!(here.pathname().unwrap(), format!("/field/street/{}", doors[2].id));
    assert_eq!(here.search().unwrap(), "?per=week", "which doors are done is counted as before");
}

/// Waits until a single tap can be taken back.
async fn alone(phone: &Device) {
    for _ in 0..200 {
        if patrol::tapped(phone).len() == 1 {
            return;
        }
        TimeoutFuture::new(25).await;
    }
    panic!("{:?} can be taken back", patrol::tapped(phone));
}

/// Waits until the element holds these words.
async fn says(selector: &str, words: &str) {
    for _ in 0..200 {
        if until(selector).await.inner_text().contains(words) {
            return;
        }
        TimeoutFuture::new(25).await;
    }
    panic!("{selector} says {} instead of {words}", until(selector).await.inner_text());
}
