//! A form on the phone, in a real browser: instances that come and go, a tap that touches nothing but its question, and the
//! sheet of what fails.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod support;

use client::{Device, Host, db, drafts, lock, session};
use domain::{
    device::StoreName,
    form::{Answer, AnswerKey, Form, ResponsibleKind},
    id::SiteKind,
    site::Site,
    visit::VisitNature,
};
use gloo_timers::future::TimeoutFuture;
use js_sys::Function;
use leptos::prelude::{document, window};
use serde_json::{Value, json};
use support::{gone, until};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;

wasm_bindgen_test_configure!(run_in_browser);

const SAVED: &str = "header [data-saved=true]";

fn text(words: &str) -> Value {
    json!({ "zh": words, "en": words })
}

fn pass_fail(id: &str) -> Value {
    json!({ "question": {
        "id": id, "text": text(id), "kind": "pass_fail", "photo": "never",
        "criterion": { "finding": { "what": text(id), "days": 3, "at_once": text("停用") } },
    } })
}

/// Two questions, and extinguishers with one each.
fn form() -> Form {
    let extinguishers = json!({ "repeat": {
        "id": "extinguisher", "title": text("灭火器"), "most": 5, "entries": [pass_fail("green")],
    } });
    serde_json::from_value(json!({
        "id": "shed", "version": 1, "layer": "patrol", "sector": "fire", "site_kinds": ["market"], "title": text("市场"),
        "entries": [
            { "group": { "id": "all", "title": text("全部"), "entries": [pass_fail("a"), pass_fail("b")] } },
            extinguishers,
        ],
    }))
    .unwrap()
}

fn site(phone: &Device) -> Site {
    Site {
        id: phone.clock.new_id(),
        name: "惠民市场北门".into(),
        kinds: vec![SiteKind::from("market")],
        ..client_fixtures::site()
    }
}

#[wasm_bindgen_test]
async fn instances_come_and_go_and_a_tap_touches_nothing_but_its_question() {
    let phone = Device::new(Host::new("test-form"));
    let signed_in = client_fixtures::inspector(phone.clock.new_id(), "李敏");
    session::becomes(&phone, &signed_in).unwrap();
    lock::look(&phone).await.unwrap();
    lock::set_pin(&phone, client_fixtures::PIN).await.unwrap();
    let site = site(&phone);
    db::write(&phone.db, &[StoreName::Records], async |tx| tx.put_record(&site).await).await.unwrap();
    let draft = drafts::begin(&phone, &site, &form(), VisitNature::Patrol).await.unwrap();
    let path = format!("/field/visit/{}", draft.id);
    window().history().unwrap().replace_state_with_url(&JsValue::NULL, "", Some(&path)).unwrap();
    field::mount_on(phone.clone());
    let answers = async || drafts::get(&phone, draft.id).await.unwrap().unwrap().forms.remove(0).answers;

    // A tap on one question is told to that question.
    until("#question-b").await;
    watch();
    until("#question-a button[aria-pressed]").await.click();
    until("#question-a button[aria-pressed=true]").await;
    until(SAVED).await;
    assert_eq!(touched(), ["question-a"]);
    assert_eq!(answers().await.response(&AnswerKey::of("a")).unwrap().answer, Some(Answer::Pass));

    // Two extinguishers; nothing is asked where nothing was given.
    until("main > button").await.click();
    until("[id='question-green~1']").await;
    until("main > button").await.click();
    until("[id='question-green~2'] button[aria-pressed]").await.click();
    until("[id='question-green~2'] button[aria-pressed=true]").await;
    until("main h3 + button").await.click();
    gone("[id='question-green~1']").await;
    until(SAVED).await;
    assert_eq!(answers().await.instances[0].numbers, [2]);

    // What was answered goes only when somebody says so.
    until("main h3 + button").await.click();
    until("dialog[open] button + button").await.click();
    gone("[id='question-green~2']").await;
    gone("dialog[open]").await;
    until(SAVED).await;
    assert_eq!(answers().await.response(&AnswerKey::of("green").at(&[2])), None);

    // Two at once: the focus is on the last of them, though its head comes behind the lines of the first.
    let add = until("main > button").await;
    add.click();
    add.click();
    focused("repeat-extinguisher~4").await;

    // What fails opens its hazard, with what cannot wait.
    until("#question-b button[aria-pressed] + button[aria-pressed]").await.click();
    let at_once = until("dialog[open] ul").await;
    assert_eq!(at_once.inner_text().trim(), "现场措施：停用");
    until(SAVED).await;
    let finding = async || {
        let kept = drafts::get(&phone, draft.id).await.unwrap().unwrap();
        kept.forms[0].findings.clone().remove(0).finding
    };
    assert_eq!(finding().await.responsible_kind, ResponsibleKind::Site);

    // Another authority's has a name, and no day.
    until("dialog[open] input[type=date]").await;
    until("dialog[open] [aria-labelledby=finding-whose] button + button").await.click();
    gone("dialog[open] input[type=date]").await;
    let name = until("#finding-authority[aria-invalid=true]").await;
    typed(&name, "市场监督管理部门");
    gone("#finding-authority[aria-invalid]").await;
    until(SAVED).await;
    let of_authority = finding().await;
    assert_eq!(of_authority.responsible_kind, ResponsibleKind::Authority);
    assert_eq!(of_authority.authority, "市场监督管理部门");
    let row = until("#question-b > button").await.inner_text();
    assert!(row.starts_with("一般隐患 · 由街道移送"), "{row}");
}

/// Waits until what has this id has the focus.
async fn focused(id: &str) {
    for _ in 0..200 {
        if document().active_element().is_some_and(|element| element.id() == id) {
            return;
        }
        TimeoutFuture::new(25).await;
    }
    panic!("{:?} has the focus, not {id}", document().active_element().map(|element| element.id()));
}

fn typed(field: &HtmlElement, words: &str) {
    let body = "field.value = words; field.dispatchEvent(new Event('input', { bubbles: true }))";
    Function::new_with_args("field, words", body).call2(&JsValue::NULL, field, &words.into()).unwrap();
}

/// From now on, notes which cards change.
fn watch() {
    let body = "window.touched = new Set();
        const note = changes => changes.forEach(change => {
            const card = (change.target.closest ? change.target : change.target.parentElement)?.closest('[role=group]');
            if (card) window.touched.add(card.id);
        });
        new MutationObserver(note).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });";
    Function::new_no_args(body).call0(&JsValue::NULL).unwrap();
}

fn touched() -> Vec<String> {
    let touched =
        Function::new_no_args("return [...window.touched].join(' ')").call0(&JsValue::NULL).unwrap();
    touched.as_string().unwrap().split_whitespace().map(str::to_owned).collect()
}
