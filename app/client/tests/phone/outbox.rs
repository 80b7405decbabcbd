//! What waits for the server.

use crate::support::*;
use client::{
    Device, DeviceError, Host,
    action_drafts::ActionDraft,
    browser::bundle::{pack, unpack},
    bundle::Came,
    db, drafts, lock, outbox, quick_reports, records, session,
};
use domain::{
    device::{
        StoreName,
        queue::{DeliveryStatus, Queued},
    },
    id::HazardId,
    quick_report::QuickReport,
    role::{Actor, Scope},
    sync::{Reason, Refusal, SignedIn},
};
use js_sys::Array;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::File;

#[wasm_bindgen_test]
async fn a_hazard_reported_offline_is_there_at_once_with_its_photo() {
    let phone = sign_in().await;
    let (site, _) = phone.begun().await;
    let taken = phone.take(drawn_photo(800, 600).await, Source::Camera).await.unwrap();
    let found = found(vec![taken.facts.hash.clone()]);
    let id = outbox::report(&phone, site.id, found, "飞线充电".into()).await.unwrap();
    let hazard = records::hazard(&phone, id).await.unwrap().unwrap();
    assert_eq!((hazard.title(), hazard.number.as_deref()), ("飞线充电", None));
    assert_eq!(outbox::all(&phone).await.unwrap()[0].photos, (0, 1));
    assert!(phone.pictures.url(&taken.facts.hash, false).await.unwrap().unwrap().starts_with("blob:"));
}

#[wasm_bindgen_test]
async fn a_report_that_two_tabs_submit_at_once_is_made_once() {
    let phone = sign_in().await;
    let (site, _) = phone.begun().await;
    let known = session::current(&phone).unwrap();
    let actor = Actor { scope: Scope::Grids(vec![site.grid]), ..known.actor };
    session::becomes(&phone, &SignedIn { actor, ..known }).unwrap();
    let other = Device::new(Host::new(&phone.name));
    lock::look(&other).await.unwrap();
    let id: HazardId = phone.clock.new_id();
    let report = QuickReport { site: Some(site), ..QuickReport::default() };
    let draft =
        ActionDraft {
            words: "飞线充电".into(), report: Some(Box::new(report)), ..ActionDraft::default()
        };
    let here = quick_reports::submit(&phone, id, &draft, "随手报".into());
    let there = quick_reports::submit(&other, id, &draft, "随手报".into());
    assert_eq!(futures::future::join(here, there).await, (Ok(()), Ok(())));
    assert_eq!(outbox::all(&phone).await.unwrap().len(), 1);
}

#[wasm_bindgen_test]
async fn what_is_taken_off_the_list_leaves_no_photo_that_could_never_go() {
    let phone = sign_in().await;
    let (site, _) = phone.begun().await;
    let taken = phone.take(drawn_photo(800, 600).await, Source::Camera).await.unwrap();
    let found = found(vec![taken.facts.hash.clone()]);
    outbox::report(&phone, site.id, found, "飞线充电".into()).await.unwrap();
    let refusal = Refusal { reason: Reason::NotAllowed, kept: None, message: String::new() };
    db::write(&phone.db, &[StoreName::Outbox], async |tx| {
        for queued in tx.all::<Queued>(StoreName::Outbox).await? {
            let status = DeliveryStatus::Refused { refusal: refusal.clone() };
            tx.carry_out(&[Queued { status, ..queued }.write()?]).await?;
        }
        Ok(())
    })
    .await
    .unwrap();
    let submission = outbox::all(&phone).await.unwrap().remove(0).id;
    outbox::dismiss(&phone, submission).await.unwrap();
    assert_eq!(outbox::all(&phone).await.unwrap(), []);
    let hash = taken.facts.hash.as_str().to_owned();
    let bytes =
        db::read(&phone.db, &[StoreName::PhotoBytes], async |tx| tx.kept(StoreName::PhotoBytes, &hash).await)
            .await
            .unwrap();
    assert!(bytes.is_none());
}

#[wasm_bindgen_test]
async fn unsent_work_travels_in_a_file_and_comes_in_once() {
    let phone = sign_in().await;
    let (site, mut draft) = phone.begun().await;
    let taken = phone.take(drawn_photo(800, 600).await, Source::Camera).await.unwrap();
    pass_questions(&mut draft, &["a", "b"]);
    beside(&mut draft, std::slice::from_ref(&taken.facts.hash));
    phone.submit(draft, &[form()], &site).await.unwrap();
    let before = outbox::all(&phone).await.unwrap();
    let (blob, name) = pack(&phone).await.unwrap().unwrap();
    assert!(name.ends_with(".xunan"), "{name}");
    let packed = File::new_with_blob_sequence(&Array::of1(&blob), &name).unwrap();
    assert_eq!(unpack(&phone, &packed).await.unwrap(), Came::default(), "it is all here already");
    // The same person on a phone that has none of it.
    let my_session = session::current(&phone).unwrap();
    lock::lock(&phone).await.unwrap();
    lock::forget(&phone).await.unwrap();
    session::becomes(&phone, &my_session).unwrap();
    lock::look(&phone).await.unwrap();
    lock::set_pin(&phone, PIN).await.unwrap();
    assert_eq!(outbox::all(&phone).await.unwrap(), []);
    // The visit and the facts of its photo; the photo.
    let came = Came { operations: 2, photos: 1, ..Came::default() };
    assert_eq!(unpack(&phone, &packed).await.unwrap(), came);
    assert_eq!(unpack(&phone, &packed).await.unwrap(), Came::default());
    assert_eq!(outbox::all(&phone).await.unwrap(), before);
    phone.sign_in().await;
    assert_eq!(unpack(&phone, &packed).await, Err(DeviceError::SomebodyElses));
    let odd = file(b"xunan outbox 1\n{}", "odd.xunan", "");
    assert_eq!(unpack(&phone, &odd).await, Err(DeviceError::NotABundle));
}

#[wasm_bindgen_test]
async fn what_is_unfinished_travels_too_and_goes_on_elsewhere() {
    let phone = sign_in().await;
    let (site, mut draft) = phone.begun().await;
    let taken = phone.take(drawn_photo(800, 600).await, Source::Camera).await.unwrap();
    pass_questions(&mut draft, &["a"]);
    beside(&mut draft, std::slice::from_ref(&taken.facts.hash));
    drafts::save(&phone, &draft).await.unwrap();
    let (blob, name) = pack(&phone).await.unwrap().unwrap();
    let packed = File::new_with_blob_sequence(&Array::of1(&blob), &name).unwrap();
    assert_eq!(
        drafts::get(&phone, draft.id).await.unwrap().as_ref(),
        Some(&draft),
        "packing takes nothing away"
    );
    let my_session = session::current(&phone).unwrap();
    lock::lock(&phone).await.unwrap();
    lock::forget(&phone).await.unwrap();
    session::becomes(&phone, &my_session).unwrap();
    lock::look(&phone).await.unwrap();
    lock::set_pin(&phone, PIN).await.unwrap();
    assert_eq!(drafts::all(&phone).await.unwrap(), []);
    let came = Came { photos: 1, drafts: 1, ..Came::default() };
    assert_eq!(unpack(&phone, &packed).await.unwrap(), came);
    assert_eq!(unpack(&phone, &packed).await.unwrap(), Came::default());
    // The phone has neither site nor form of its own.
    let copies = drafts::copies(&phone, draft.id).await.unwrap().unwrap();
    assert_eq!((&copies.site, copies.forms.as_slice()), (&site, &[form()][..]));
    assert_eq!(drafts::all(&phone).await.unwrap(), [draft.clone()]);
    pass_questions(&mut draft, &["b"]);
    phone.submit(draft.clone(), &copies.forms, &copies.site).await.unwrap();
    assert_eq!(outbox::all(&phone).await.unwrap()[0].photos, (0, 1));
    assert!(drafts::is_submitted(&phone, draft.id).await.unwrap());
    assert_eq!(unpack(&phone, &packed).await.unwrap(), Came::default(), "submitted is submitted");
    assert_eq!(drafts::copies(&phone, draft.id).await.unwrap(), None);
}
