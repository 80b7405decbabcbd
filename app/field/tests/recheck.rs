//! 还没改 in a real browser: what was found here before and is still open is answered so, and makes no second hazard.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod support;

use chrono::Duration;
use client::{Device, Host, db, drafts, lock, session};
use client_fixtures::{form, site};
use domain::{
    device::StoreName,
    form::{Answer, AnswerKey},
    hazard::{Found, Hazard, Issued},
    id::QuestionId,
    sync::SignedIn,
    visit::VisitNature,
};
use leptos::prelude::{document, window};
use support::{gone, until};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// The fourth answer: there only where something is still open.
const STILL_OPEN: &str = "#question-b .answer > :nth-child(4)";
const SAVED: &str = "header [data-saved=true]";

/// Failed a week ago at the second question, and still open.
fn failed_before(phone: &Device, finder: &SignedIn) -> Hazard {
    let at = phone.clock.now() - Duration::days(7);
    let issued = Issued { id: phone.clock.new_id(), at, received_at: None, by: &finder.actor };
    let question = Some(QuestionId::from("b"));
    let found = Found { form: Some(form().id), question, ..client_fixtures::found(vec![]) };
    Hazard::open(phone.clock.new_id(), site().resource_scope(), None, found, &issued).unwrap()
}

#[wasm_bindgen_test]
async fn what_is_still_open_is_answered_so_and_makes_no_second_hazard() {
    let phone = Device::new(Host::new("test-recheck"));
    let signed_in = client_fixtures::inspector(phone.clock.new_id(), "李敏");
    session::becomes(&phone, &signed_in).unwrap();
    lock::look(&phone).await.unwrap();
    lock::set_pin(&phone, client_fixtures::PIN).await.unwrap();
    let hazard = failed_before(&phone, &signed_in);
    db::write(&phone.db, &[StoreName::Records], async |tx| {
        tx.put_record(&site()).await?;
        tx.put_record(&hazard).await
    })
    .await
    .unwrap();
    let draft = drafts::begin(&phone, &site(), &form(), VisitNature::Patrol).await.unwrap();
    let path = format!("/field/visit/{}", draft.id);
    window().history().unwrap().replace_state_with_url(&JsValue::NULL, "", Some(&path)).unwrap();
    field::mount_on(phone.clone());

    until("#question-a button[aria-pressed]").await;
    let offered = until(STILL_OPEN).await;
    assert_eq!(offered.inner_text().trim(), "还没改");
    let of_other = document().query_selector("#question-a .answer > :nth-child(4)").unwrap();
    assert!(of_other.is_none(), "nothing was found there");
    offered.click();
    until(&format!("{STILL_OPEN}[aria-pressed=true]")).await;
    assert!(offered.is_connected(), "whoever hears the button stays on it");
    until(SAVED).await;
    let kept = async || drafts::get(&phone, draft.id).await.unwrap().unwrap().forms.remove(0);
    let given = kept().await;
    let answer = given.answers.response(&AnswerKey::of("b")).unwrap().answer.clone();
    assert_eq!((answer, given.findings.len()), (Some(Answer::StillOpen), 0));

    // A second tap takes it back.
    offered.click();
    until(&format!("{STILL_OPEN}[aria-pressed=false]")).await;
    gone("#question-b [aria-pressed=true]").await;
}
