//! What waits for the server.

use crate::support::*;
use app::device::{DeviceError, db, lock, outbox, photos, records, session};
use app::device::{drafts, outbox::carry::Came};
use domain::{
    answer::Answer,
    device::{
        Shelf,
        queue::{Queued, Standing},
    },
    hazard::Deed,
    id::ItemId,
    sync::{Reason, Refusal},
};
use js_sys::Array;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::File;

#[wasm_bindgen_test]
async fn a_hazard_reported_offline_is_there_at_once_with_its_photo() {
    sign_in().await;
    let (site, _) = begun().await;
    let taken = take(drawn_photo(800, 600).await, Source::Camera).await.unwrap();
    let found = found(vec![taken.facts.hash.clone()]);
    let id = outbox::report(site.id, Deed::Found(found), "飞线充电".into()).await.unwrap();
    let hazard = records::hazard(id).await.unwrap().unwrap();
    assert_eq!((hazard.title(), hazard.number.as_deref()), ("飞线充电", None));
    assert_eq!(outbox::all().await.unwrap()[0].photos, (0, 1));
    assert!(photos::url(&taken.facts.hash, false).await.unwrap().unwrap().starts_with("blob:"));
}

#[wasm_bindgen_test]
async fn what_is_taken_off_the_list_leaves_no_photo_that_could_never_go() {
    sign_in().await;
    let (site, _) = begun().await;
    let taken = take(drawn_photo(800, 600).await, Source::Camera).await.unwrap();
    let found = found(vec![taken.facts.hash.clone()]);
    outbox::report(site.id, Deed::Found(found), "飞线充电".into()).await.unwrap();
    let refusal = Refusal { reason: Reason::NotAllowed, kept: None, words: String::new() };
    db::write(&[Shelf::Outbox], async |tx| {
        for queued in tx.all::<Queued>(Shelf::Outbox).await? {
            let standing = Standing::Refused { refusal: refusal.clone() };
            tx.carry_out(&[Queued { standing, ..queued }.write()?]).await?;
        }
        Ok(())
    })
    .await
    .unwrap();
    let parcel = outbox::all().await.unwrap().remove(0).id;
    outbox::dismiss(parcel).await.unwrap();
    assert_eq!(outbox::all().await.unwrap(), []);
    let hash = taken.facts.hash.as_str().to_owned();
    let bytes =
        db::read(&[Shelf::PhotoBytes], async |tx| tx.kept(Shelf::PhotoBytes, &hash).await).await.unwrap();
    assert!(bytes.is_none());
}

#[wasm_bindgen_test]
async fn unsent_work_travels_in_a_file_and_comes_in_once() {
    sign_in().await;
    let (site, mut draft) = begun().await;
    let taken = take(drawn_photo(800, 600).await, Source::Camera).await.unwrap();
    for item in ["a", "b"] {
        draft.answer(&ItemId::from(item), Answer::Pass);
    }
    draft.items.get_mut(&ItemId::from("a")).unwrap().photos = vec![taken.facts.hash.clone()];
    drafts::submit(draft, &checklist(), &site).await.unwrap();
    let before = outbox::all().await.unwrap();
    let (blob, name) = outbox::carry::pack().await.unwrap().unwrap();
    assert!(name.ends_with(".xunan"), "{name}");
    let packed = File::new_with_blob_sequence(&Array::of1(&blob), &name).unwrap();
    assert_eq!(outbox::carry::unpack(&packed).await.unwrap(), Came::default(), "it is all here already");
    // The same person on a phone that has none of it.
    let my_session = session::current().unwrap();
    lock::lock().await.unwrap();
    lock::forget().await.unwrap();
    session::becomes(&my_session).unwrap();
    lock::look().await.unwrap();
    lock::set_pin(PIN).await.unwrap();
    assert_eq!(outbox::all().await.unwrap(), []);
    // The inspection and the facts of its photo; the photo.
    let came = Came { operations: 2, photos: 1, drafts: 0 };
    assert_eq!(outbox::carry::unpack(&packed).await.unwrap(), came);
    assert_eq!(outbox::carry::unpack(&packed).await.unwrap(), Came::default());
    assert_eq!(outbox::all().await.unwrap(), before);
    sign_in().await;
    assert_eq!(outbox::carry::unpack(&packed).await, Err(DeviceError::SomebodyElses));
    let odd = file(b"xunan outbox 1\n{}", "odd.xunan", "");
    assert_eq!(outbox::carry::unpack(&odd).await, Err(DeviceError::NotABundle));
}

#[wasm_bindgen_test]
async fn what_is_unfinished_travels_too_and_goes_on_elsewhere() {
    sign_in().await;
    let (site, mut draft) = begun().await;
    let taken = take(drawn_photo(800, 600).await, Source::Camera).await.unwrap();
    draft.answer(&ItemId::from("a"), Answer::Pass);
    draft.items.get_mut(&ItemId::from("a")).unwrap().photos = vec![taken.facts.hash.clone()];
    drafts::save(&draft).await.unwrap();
    let (blob, name) = outbox::carry::pack().await.unwrap().unwrap();
    let packed = File::new_with_blob_sequence(&Array::of1(&blob), &name).unwrap();
    assert_eq!(drafts::get(draft.id).await.unwrap().as_ref(), Some(&draft), "packing takes nothing away");
    let my_session = session::current().unwrap();
    lock::lock().await.unwrap();
    lock::forget().await.unwrap();
    session::becomes(&my_session).unwrap();
    lock::look().await.unwrap();
    lock::set_pin(PIN).await.unwrap();
    assert_eq!(drafts::all().await.unwrap(), []);
    let came = Came { operations: 0, photos: 1, drafts: 1 };
    assert_eq!(outbox::carry::unpack(&packed).await.unwrap(), came);
    assert_eq!(outbox::carry::unpack(&packed).await.unwrap(), Came::default());
    // The phone has neither site nor checklist of its own.
    let copies = drafts::copies(draft.id).await.unwrap().unwrap();
    assert_eq!((&copies.site, &copies.checklist), (&site, &checklist()));
    assert_eq!(drafts::all().await.unwrap(), [draft.clone()]);
    draft.answer(&ItemId::from("b"), Answer::Pass);
    drafts::submit(draft.clone(), &copies.checklist, &copies.site).await.unwrap();
    assert_eq!(outbox::all().await.unwrap()[0].photos, (0, 1));
    assert!(drafts::is_submitted(draft.id).await.unwrap());
    assert_eq!(outbox::carry::unpack(&packed).await.unwrap(), Came::default(), "submitted is submitted");
    assert_eq!(drafts::copies(draft.id).await.unwrap(), None);
}
