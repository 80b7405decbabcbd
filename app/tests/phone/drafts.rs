//! Inspections under way.

use crate::support::*;
use app::device::{
    drafts::{self, NotSubmitted},
    outbox::{self, ParcelState},
};
use domain::{answer::Answer, id::ItemId, inspection::Gap};
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
