//! Visits under way.

use crate::support::*;
use chrono::Days;
use client::{
    Device, DeviceError, Host, db,
    drafts::{self, NotSubmitted},
    lock,
    outbox::{self, SubmissionState},
    patrol::{self, TakenBack},
    session,
};
use domain::{
    device::StoreName,
    form::{Answer, AnswerKey},
    id::HazardId,
    text::Lang,
    visit::{OpenDraft, VisitOutcome},
};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_tap_is_kept_and_read_back() {
    let phone = sign_in().await;
    let (_, mut draft) = phone.begun().await;
    pass_questions(&mut draft, &["a"]);
    drafts::save(&phone, &draft).await.unwrap();
    assert_eq!(drafts::get(&phone, draft.id).await.unwrap(), Some(draft));
}

#[wasm_bindgen_test]
async fn saves_are_carried_out_in_the_order_made() {
    let phone = sign_in().await;
    let (_, mut draft) = phone.begun().await;
    let here = &phone;
    let saves: Vec<_> = (0..30)
        .map(|n| {
            draft.note = format!("{n}");
            let draft = draft.clone();
            async move { drafts::save(here, &draft).await }
        })
        .collect();
    for saved in futures::future::join_all(saves).await {
        saved.unwrap();
    }
    assert_eq!(drafts::get(&phone, draft.id).await.unwrap().unwrap().note, "29");
}

#[wasm_bindgen_test]
async fn what_is_taken_back_while_it_is_being_saved_stays_taken_back() {
    let phone = sign_in().await;
    let (site, draft) = phone.begun().await;
    let (here, key) = (&phone, AnswerKey::of("a"));
    let mut open = opened(draft, &[form()]);
    let saves: Vec<_> = [Some(Answer::Pass), None]
        .into_iter()
        .map(|answer| {
            let taken = match answer {
                Some(answer) => open.answer(0, &key, answer),
                None => open.clear(0, &key),
            };
            taken.unwrap();
            let draft = open.draft().clone();
            async move { drafts::save(here, &draft).await }
        })
        .collect();
    for saved in futures::future::join_all(saves).await {
        saved.unwrap();
    }
    let mut draft = open.draft().clone();
    assert_eq!(drafts::get(&phone, draft.id).await.unwrap().as_ref(), Some(&draft));
    pass_questions(&mut draft, &["a", "b"]);
    phone.submit(draft, &[form()], &site).await.unwrap();
}

#[wasm_bindgen_test]
async fn an_incomplete_draft_is_not_submitted_and_stays() {
    let phone = sign_in().await;
    let (site, mut draft) = phone.begun().await;
    pass_questions(&mut draft, &["a"]);
    drafts::save(&phone, &draft).await.unwrap();
    let refused = phone.submit(draft.clone(), &[form()], &site).await;
    assert!(matches!(refused, Err(NotSubmitted::Issues(issues)) if issues == [unanswered("b")]));
    assert_eq!(drafts::get(&phone, draft.id).await.unwrap(), Some(draft));
}

#[wasm_bindgen_test]
async fn submitting_moves_the_draft_into_the_outbox_and_a_late_save_does_not_bring_it_back() {
    let phone = sign_in().await;
    let (site, mut draft) = phone.begun().await;
    pass_questions(&mut draft, &["a", "b"]);
    phone.submit(draft.clone(), &[form()], &site).await.unwrap();
    drafts::save(&phone, &draft).await.unwrap();
    assert_eq!(drafts::get(&phone, draft.id).await.unwrap(), None);
    let submissions = outbox::all(&phone).await.unwrap();
    assert_eq!(submissions.len(), 1);
    assert!(submissions[0].title.contains("锦绣家园 2 号充电棚"));
    assert!(matches!(submissions[0].state, SubmissionState::Waiting { last_try: None }));
}

#[wasm_bindgen_test]
async fn a_draft_is_finished_though_its_site_and_form_are_gone() {
    let phone = sign_in().await;
    let (site, mut draft) = phone.begun().await;
    db::write(&phone.db, &[StoreName::Records], async |tx| tx.clear(StoreName::Records).await).await.unwrap();
    let copies = drafts::copies(&phone, draft.id).await.unwrap().unwrap();
    assert_eq!(copies.site, site);
    pass_questions(&mut draft, &["a", "b"]);
    phone.submit(draft, &copies.forms, &copies.site).await.unwrap();
    assert!(outbox::all(&phone).await.unwrap()[0].title.contains(&site.name));
}

#[wasm_bindgen_test]
async fn a_discarded_draft_takes_no_photo_with_it_that_another_names() {
    let phone = sign_in().await;
    let (_, mut first) = phone.begun().await;
    let (_, mut second) = phone.begun().await;
    let shared = phone.take(drawn_photo(800, 600).await, Source::Camera).await.unwrap().facts.hash;
    let own = phone.take(drawn_photo(640, 480).await, Source::Camera).await.unwrap().facts.hash;
    for (draft, named) in
        [(&mut first, vec![shared.clone(), own.clone()]), (&mut second, vec![shared.clone()])]
    {
        beside(draft, &named);
        drafts::save(&phone, draft).await.unwrap();
    }
    drafts::discard(&phone, first.id).await.unwrap();
    assert!(phone.pictures.url(&shared, false).await.unwrap().is_some());
    let gone = db::read(&phone.db, &[StoreName::PhotoBytes], async |tx| {
        tx.kept(StoreName::PhotoBytes, own.as_str()).await
    });
    assert!(gone.await.unwrap().is_none());
}

#[wasm_bindgen_test]
async fn a_discarded_draft_leaves_its_photos_where_it_cannot_be_read_what_else_names_them() {
    let phone = sign_in().await;
    let person = session::owner(&phone).unwrap();
    let (_, mut draft) = phone.begun().await;
    let photo = phone.take(drawn_photo(640, 480).await, Source::Camera).await.unwrap().facts.hash;
    beside(&mut draft, std::slice::from_ref(&photo));
    drafts::save(&phone, &draft).await.unwrap();
    let damaged = format!("{}.action.{person}.{}.rectify", phone.name, phone.clock.new_id::<HazardId>());
    let storage = window().local_storage().unwrap().unwrap();
    storage.set_item(&damaged, "00").unwrap();
    drafts::discard(&phone, draft.id).await.unwrap();
    assert_eq!(drafts::get(&phone, draft.id).await.unwrap(), None);
    assert!(phone.pictures.url(&photo, false).await.unwrap().is_some());
}

#[wasm_bindgen_test]
async fn a_deadline_of_a_clock_that_was_wrong_is_not_sent() {
    let phone = sign_in().await;
    let (site, draft) = phone.begun().await;
    let (key, forms) = (AnswerKey::of("a"), [form()]);
    let failed = |due| {
        let mut open = opened(draft.clone(), &forms);
        open.answer(0, &key, Answer::Fail).unwrap();
        open.answer(0, &AnswerKey::of("b"), Answer::Pass).unwrap();
        assert!(open.open_finding((0, &key), phone.clock.new_id(), "", phone.clock.today(), Lang::Zh));
        open.change_finding(0, &key, |finding| finding.due = due);
        open
    };
    let submit = async |open: OpenDraft| drafts::submit(&phone, open, &site, "检查".into()).await;
    let refused = submit(failed("2020-01-01".parse().unwrap())).await;
    assert!(matches!(refused, Err(NotSubmitted::Device(DeviceError::DeadlinesGone))));
    submit(failed(phone.clock.today() + Days::new(3))).await.unwrap();
}

/// A door that was tapped, and two pages that see to it at the same moment.
#[wasm_bindgen_test]
async fn a_tap_is_taken_back_or_handed_in_by_two_tabs_and_never_both() {
    let phone = sign_in().await;
    let other = Device::new(Host::new(&phone.name));
    lock::look(&other).await.unwrap();
    let tap = async || {
        let site = phone.site();
        patrol::not_done(&phone, &site, VisitOutcome::Closed, "").await.unwrap()
    };
    let title = |site: String| site;
    let back = patrol::take_back(&phone, tap().await);
    let (taken, handed_in) = futures::future::join(back, patrol::hand_in(&other, None, title)).await;
    assert_eq!(handed_in, Ok(()), "whichever came first");
    let submitted = outbox::all(&phone).await.unwrap().len();
    assert_eq!(submitted, usize::from(taken != Ok(TakenBack::Done)), "{taken:?}");

    tap().await;
    let (here, there) = (patrol::hand_in(&phone, None, title), patrol::hand_in(&other, None, title));
    assert_eq!(futures::future::join(here, there).await, (Ok(()), Ok(())));
    assert_eq!(outbox::all(&phone).await.unwrap().len(), submitted + 1);
    assert!(patrol::tapped(&other).is_empty());
}
