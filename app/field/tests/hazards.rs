//! Hazards on the phone, in a real browser: who may do what next, and one put right from the list to the outbox.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod support;

use client::{Device, Host, db, lock, session};
use domain::{
    device::StoreName,
    fen::Fen,
    form::ResponsibleKind,
    hazard::{
        CommandField, Evidence, ExtensionRequest, Found, Hazard, HazardCommand, HazardCommandKind, Issued,
        RectificationPlan, RejectedBecause, waits_for,
    },
    id::{OfficeId, SiteKind},
    permission::Withheld,
    role::{Actor, Role, Scope},
    severity::Severity,
    site::Site,
    sync::SignedIn,
};
use field::hazard::commands::{PhoneCommand, Steps};
use gloo_timers::future::TimeoutFuture;
use js_sys::Function;
use leptos::prelude::{document, window};
use support::{gone, until};
use uuid::Uuid;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Blob, File, HtmlCanvasElement, HtmlElement, HtmlTextAreaElement, Url};

wasm_bindgen_test_configure!(run_in_browser);

/// A phone of its own, whose pictures are made by the same program as everywhere.
fn phone(name: &str) -> Device {
    let mut host = Host::new(name);
    host.page.image_script = image_script();
    Device::new(host)
}

fn somebody(phone: &Device, role: Role) -> Actor {
    Actor {
        office: OfficeId(Uuid::nil()),
        person: phone.clock.new_id(),
        name: "张经理".into(),
        role,
        scope: Scope::Office,
        withheld: Withheld::default(),
        extension_limit: None,
    }
}

fn site(phone: &Device) -> Site {
    Site {
        id: phone.clock.new_id(),
        name: "惠民市场北门".into(),
        kinds: vec![SiteKind::from("market")],
        pinyin: "huiminshichangbeimen hmscbm".into(),
        ..client_fixtures::site()
    }
}

fn issued<'a>(phone: &Device, by: &'a Actor) -> Issued<'a> {
    Issued { id: phone.clock.new_id(), at: phone.clock.now(), received_at: None, by }
}

fn found(phone: &Device, site: &Site) -> Hazard {
    let found = Found {
        level: Severity::General,
        what: "消防通道堆放杂物".into(),
        basis: String::new(),
        due: None,
        responsible: String::new(),
        responsible_kind: ResponsibleKind::Site,
        photos: vec![],
        location: None,
        visit: None,
        form: None,
        question: None,
        from_public: false,
        fixed: None,
    };
    let finder = somebody(phone, Role::Supervisor);
    let id = phone.clock.new_id();
    Hazard::open(id, site.resource_scope(), None, found, &issued(phone, &finder)).unwrap()
}

fn assigned(phone: &Device, site: &Site) -> Hazard {
    let plan = RectificationPlan {
        responsible: "市场管理处".into(),
        department: None,
        measures: "清运、划线".into(),
        funds: Fen::of_yuan(2_000),
        deadline: phone.clock.today(),
        contingency: "已备".into(),
    };
    let office = somebody(phone, Role::Supervisor);
    found(phone, site).attempt(&HazardCommand::Assign(plan), &issued(phone, &office)).0
}

fn rectified(phone: &Device, hazard: Hazard, by: &Actor) -> Hazard {
    let command = HazardCommand::Rectify(Evidence { note: String::new(), photos: vec![] });
    hazard.attempt(&command, &issued(phone, by)).0
}

#[wasm_bindgen_test]
fn the_enterprise_puts_right_and_the_inspector_accepts() {
    let phone = phone("test-acceptance");
    let (enterprise, inspector) = (somebody(&phone, Role::Enterprise), somebody(&phone, Role::Inspector));
    let (hazard, now) = (assigned(&phone, &site(&phone)), phone.clock.now());
    let steps = Steps::of(&hazard, &enterprise, now);
    assert_eq!((steps.primary, steps.quiet), (Some(PhoneCommand::Rectify), Some(PhoneCommand::AskExtension)));
    assert!(waits_for(&hazard, &enterprise, phone.clock.today()));

    let hazard = rectified(&phone, hazard, &enterprise);
    let steps = Steps::of(&hazard, &inspector, now);
    assert_eq!((steps.primary, steps.quiet), (Some(PhoneCommand::Accept), Some(PhoneCommand::Return)));
    let today = phone.clock.today();
    assert!(waits_for(&hazard, &inspector, today) && !waits_for(&hazard, &enterprise, today));
    assert_eq!(Steps::of(&hazard, &enterprise, now), Steps::default());
}

#[wasm_bindgen_test]
fn who_assigns_and_grants_at_the_desk_does_so_on_the_phone() {
    let phone = phone("test-officer");
    let (enterprise, officer) = (somebody(&phone, Role::Enterprise), somebody(&phone, Role::Officer));
    let (now, site) = (phone.clock.now(), site(&phone));
    let steps = Steps::of(&found(&phone, &site), &officer, now);
    assert_eq!((steps.primary, steps.quiet), (Some(PhoneCommand::Assign), Some(PhoneCommand::Refer)));
    let until = phone.clock.today() + chrono::Days::new(7);
    let ask = HazardCommand::AskExtension(ExtensionRequest { until, reason: "等配件".into() });
    let hazard = assigned(&phone, &site).attempt(&ask, &issued(&phone, &enterprise)).0;
    let steps = Steps::of(&hazard, &officer, now);
    let answers = (Some(PhoneCommand::GrantExtension), Some(PhoneCommand::RefuseExtension));
    assert_eq!((steps.primary, steps.quiet), answers);
    let community = somebody(&phone, Role::CommunityOfficer);
    let steps = Steps::of(&hazard, &community, now);
    assert_eq!((steps.primary, steps.quiet), answers, "what is general is theirs to grant");
    // Every field of the desk's form stands in the sheet.
    let fields: Vec<_> = PhoneCommand::Assign.others().map(|asks| asks.field).collect();
    let of_plan = [
        CommandField::Department,
        CommandField::Responsible,
        CommandField::Measures,
        CommandField::Funds,
        CommandField::Contingency,
    ];
    assert_eq!((fields.as_slice(), PhoneCommand::Assign.day()), (&of_plan[..], Some(CommandField::Deadline)));
    assert_eq!(PhoneCommand::Assign.words(), None);
}

#[wasm_bindgen_test]
fn nobody_accepts_their_own_work() {
    let phone = phone("test-own-work");
    let me = somebody(&phone, Role::Inspector);
    let hazard = rectified(&phone, assigned(&phone, &site(&phone)), &me);
    let steps = Steps::of(&hazard, &me, phone.clock.now());
    assert_eq!((steps.primary, steps.quiet, steps.barred), (None, None, Some(RejectedBecause::OwnWork)));
}

#[wasm_bindgen_test]
fn the_phone_has_a_sheet_for_each_command_that_it_is_to_offer() {
    for kind in HazardCommandKind::ALL.iter().copied() {
        let offered = PhoneCommand::of(kind);
        assert_eq!(offered.is_some(), kind.row().offered.on_phone(), "{kind:?}");
        assert!(offered.is_none_or(|command| command.kind() == kind));
        assert_eq!(PhoneCommand::parse(kind.as_str()), offered);
    }
}

#[wasm_bindgen_test]
async fn a_hazard_is_put_right_from_the_list_to_the_outbox() {
    let phone = phone("test-rectification");
    let me = somebody(&phone, Role::Enterprise);
    let signed_in = SignedIn { actor: me, office: "新城街道".into(), demo: false, due: None };
    session::becomes(&phone, &signed_in).unwrap();
    let site = site(&phone);
    let hazard = assigned(&phone, &site);
    lock::look(&phone).await.unwrap();
    lock::set_pin(&phone, client_fixtures::PIN).await.unwrap();
    db::write(&phone.db, &[StoreName::Records], async |tx| {
        tx.put_record(&site).await?;
        tx.put_record(&hazard).await
    })
    .await
    .unwrap();
    window().history().unwrap().replace_state_with_url(&JsValue::NULL, "", Some("/field/hazards")).unwrap();
    field::mount_on(phone.clone());

    let here = format!("a[href='/field/hazards/{}']", hazard.id);
    let row = until(&here).await;
    assert!(row.inner_text().contains("惠民市场北门") && row.inner_text().contains("今天"));
    row.click();

    until("footer button:last-child").await.click();
    let submit = "dialog[open] > button:last-child";
    until(submit).await.click();
    // Nothing is reported without proof.
    until("dialog[open] p[role=alert]").await;

    let words: HtmlTextAreaElement = until("#command-words").await.unchecked_into();
    words.set_value("已清运");
    said(&words, "input");
    choose(&until("dialog input[capture]").await, &photo().await);
    until("dialog [role=group] img").await;
    gone("dialog div[role=alert] p").await;

    // Closing the sheet loses nothing.
    until("dialog h2 + button").await.click();
    gone("dialog[open]").await;
    until("footer button:last-child").await.click();
    until("dialog [role=group] img").await;
    let words: HtmlTextAreaElement = until("#command-words").await.unchecked_into();
    assert_eq!(words.value(), "已清运");

    until(submit).await.click();
    until("main > p[role=status]").await;
    gone("dialog[open]").await;
    says("ol", "报整改完成，照片 1 张").await;
    assert_eq!(window().location().search().unwrap(), "");

    until("header a").await.click();
    until("nav a[href='/field/outbox']").await.click();
    says("main div > span + div", "惠民市场北门 整改").await;
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

/// Tells the page that the person has typed or chosen.
fn said(element: &HtmlElement, event: &str) {
    let tell = Function::new_with_args("at, event", "at.dispatchEvent(new Event(event, { bubbles: true }))");
    tell.call2(&JsValue::NULL, element, &event.into()).unwrap();
}

fn choose(input: &HtmlElement, file: &File) {
    let body = "const files = new DataTransfer(); files.items.add(file); input.files = files.files";
    Function::new_with_args("input, file", body).call2(&JsValue::NULL, input, file).unwrap();
    said(input, "change");
}

/// The program of the worker that makes pictures, as the server would serve it.
fn image_script() -> String {
    let parts = js_sys::Array::of1(&include_str!("../../../public/image_worker.js").into());
    let program = Blob::new_with_str_sequence(&parts).unwrap();
    Url::create_object_url_with_blob(&program).unwrap()
}

/// A JPEG as a camera would give, by the browser's own encoder.
async fn photo() -> File {
    let canvas: HtmlCanvasElement = document().create_element("canvas").unwrap().unchecked_into();
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let take = Closure::once_into_js(move |blob: JsValue| resolve.call1(&JsValue::NULL, &blob));
        canvas.to_blob_with_type(take.unchecked_ref(), "image/jpeg").unwrap();
    });
    let blob = JsFuture::from(promise).await.unwrap();
    File::new_with_blob_sequence(&js_sys::Array::of1(&blob), "photo.jpg").unwrap()
}
