//! Inspections under way.

use crate::support::*;
use app::device::{DeviceError, db, photos};
use app::device::{
    drafts::{self, NotSubmitted},
    outbox::{self, ParcelState},
};
use chrono::Days;
use domain::{
    answer::Answer,
    device::Shelf,
    id::{HazardId, ItemId},
    inspection::{Finding, Gap},
};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_tap_is_kept_and_read_back() {
    sign_in().await;
    let (_, mut draft) = begun().await;
    draft.answer(&ItemId::from("a"), Answer::Pass);
    drafts::save(&draft).await.unwrap();
    assert_eq!(drafts::get(draft.id).await.unwrap(), Some(draft));
}

#[wasm_bindgen_test]
async fn saves_are_carried_out_in_the_order_made() {
    sign_in().await;
    let (_, mut draft) = begun().await;
    let saves: Vec<_> = (0..30)
        .map(|n| {
            draft.note = format!("{n}");
            let draft = draft.clone();
            async move { drafts::save(&draft).await }
        })
        .collect();
    for saved in futures::future::join_all(saves).await {
        saved.unwrap();
    }
    assert_eq!(drafts::get(draft.id).await.unwrap().unwrap().note, "29");
}

#[wasm_bindgen_test]
async fn an_incomplete_draft_is_not_submitted_and_stays() {
    sign_in().await;
    let (site, mut draft) = begun().await;
    draft.answer(&ItemId::from("a"), Answer::Pass);
    drafts::save(&draft).await.unwrap();
    let refused = drafts::submit(draft.clone(), &checklist(), &site).await;
    assert!(matches!(refused, Err(NotSubmitted::Gaps(gaps)) if gaps == [Gap::Unanswered(ItemId::from("b"))]));
    assert_eq!(drafts::get(draft.id).await.unwrap(), Some(draft));
}

#[wasm_bindgen_test]
async fn submitting_moves_the_draft_into_the_outbox_and_a_late_save_does_not_bring_it_back() {
    sign_in().await;
    let (site, mut draft) = begun().await;
    for item in ["a", "b"] {
        draft.answer(&ItemId::from(item), Answer::Pass);
    }
    drafts::submit(draft.clone(), &checklist(), &site).await.unwrap();
    drafts::save(&draft).await.unwrap();
    assert_eq!(drafts::get(draft.id).await.unwrap(), None);
    let parcels = outbox::all().await.unwrap();
    assert_eq!(parcels.len(), 1);
    assert!(parcels[0].title.contains("锦绣家园 2 号充电棚"));
    assert!(matches!(parcels[0].state, ParcelState::Waiting { last_try: None }));
}

#[wasm_bindgen_test]
async fn a_draft_is_finished_though_its_site_and_checklist_are_gone() {
    sign_in().await;
    let (site, mut draft) = begun().await;
    db::write(&[Shelf::Records], async |tx| tx.clear(Shelf::Records).await).await.unwrap();
    let copies = drafts::copies(draft.id).await.unwrap().unwrap();
    assert_eq!(copies.site, site);
    for item in ["a", "b"] {
        draft.answer(&ItemId::from(item), Answer::Pass);
    }
    drafts::submit(draft, &copies.checklist, &copies.site).await.unwrap();
    assert!(outbox::all().await.unwrap()[0].title.contains(&site.name));
}

#[wasm_bindgen_test]
async fn a_discarded_draft_takes_no_photo_with_it_that_another_names() {
    sign_in().await;
    let (_, mut first) = begun().await;
    let (_, mut second) = begun().await;
    let shared = take(drawn_photo(800, 600).await, Source::Camera).await.unwrap().facts.hash;
    let own = take(drawn_photo(640, 480).await, Source::Camera).await.unwrap().facts.hash;
    for (draft, named) in
        [(&mut first, vec![shared.clone(), own.clone()]), (&mut second, vec![shared.clone()])]
    {
        draft.items.entry(ItemId::from("a")).or_default().photos = named;
        drafts::save(draft).await.unwrap();
    }
    drafts::discard(first.id).await.unwrap();
    assert!(photos::url(&shared, false).await.unwrap().is_some());
    let gone = db::read(&[Shelf::PhotoBytes], async |tx| tx.kept(Shelf::PhotoBytes, own.as_str()).await);
    assert!(gone.await.unwrap().is_none());
}

#[wasm_bindgen_test]
async fn a_discarded_draft_leaves_its_photos_where_it_cannot_be_read_what_else_names_them() {
    let person = sign_in().await;
    let (_, mut draft) = begun().await;
    let photo = take(drawn_photo(640, 480).await, Source::Camera).await.unwrap().facts.hash;
    draft.items.entry(ItemId::from("a")).or_default().photos = vec![photo.clone()];
    drafts::save(&draft).await.unwrap();
    let damaged = format!("xunan.deed.{person}.{}.rectified", app::device::clock::new_id::<HazardId>());
    let storage = leptos::prelude::window().local_storage().unwrap().unwrap();
    storage.set_item(&damaged, "00").unwrap();
    drafts::discard(draft.id).await.unwrap();
    assert_eq!(drafts::get(draft.id).await.unwrap(), None);
    assert!(photos::url(&photo, false).await.unwrap().is_some());
}

#[wasm_bindgen_test]
async fn a_deadline_of_a_clock_that_was_wrong_is_not_sent() {
    sign_in().await;
    let (site, mut draft) = begun().await;
    let list = checklist();
    let item = list.items().next().unwrap();
    draft.answer(&item.id, Answer::Fail);
    draft.answer(&ItemId::from("b"), Answer::Pass);
    let today = app::device::clock::today();
    let propose = |day| Finding::propose(app::device::clock::new_id(), item, "", day, Default::default());
    draft.items.get_mut(&item.id).unwrap().finding = Some(propose("2020-01-01".parse().unwrap()));
    let refused = drafts::submit(draft.clone(), &list, &site).await;
    assert!(matches!(refused, Err(NotSubmitted::Device(DeviceError::DeadlinesGone))));
    draft.items.get_mut(&item.id).unwrap().finding = Some(propose(today + Days::new(3)));
    drafts::submit(draft, &list, &site).await.unwrap();
}
