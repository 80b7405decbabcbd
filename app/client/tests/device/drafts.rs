//! Visits under way, and what becomes of them.

use crate::support::*;
use client::{DeviceError, db, drafts, drafts::NotSubmitted, outbox, records};
use domain::{
    answer::Answer,
    checklist::{Checklist, Item},
    device::{StoreName, submission::SubmissionState},
    id::{ChecklistId, ItemId, SiteId, VisitId},
    limits::TEXT,
    sync::Payload,
    visit::{Draft, VisitNature, VisitOutcome},
};
use uuid::Uuid;

#[test]
fn a_tap_is_there_when_the_page_comes_back() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let mut draft = phone.begin().await;
        draft.answer(0, &ItemId::from("a"), Answer::Pass);
        drafts::save(&phone, &draft).await.unwrap();
        let again = phone.reopened();
        client::lock::look(&again).await.unwrap();
        assert_eq!(drafts::all(&again).await.unwrap(), [draft.clone()]);
        let copies = drafts::copies(&again, draft.id).await.unwrap().unwrap();
        assert_eq!((copies.site, copies.checklists), (site(), vec![checklist()]));
    });
}

#[test]
fn an_incomplete_draft_is_not_submitted_and_stays() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let mut draft = phone.begin().await;
        draft.answer(0, &ItemId::from("a"), Answer::Pass);
        drafts::save(&phone, &draft).await.unwrap();
        let refused = phone.submit(draft.clone()).await;
        assert!(matches!(refused, Err(NotSubmitted::Issues(issues)) if issues == [unanswered("b")]));
        assert_eq!(drafts::get(&phone, draft.id).await.unwrap(), Some(draft));
    });
}

#[test]
fn a_visit_goes_on_with_another_checklist_and_keeps_a_copy_of_it() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let mut draft = phone.begin().await;
        for item in ["a", "b"] {
            draft.answer(0, &ItemId::from(item), Answer::Pass);
        }
        drafts::save(&phone, &draft).await.unwrap();
        let second = Checklist { id: "doors".into(), ..checklist() };
        for _double_tap in 0..2 {
            drafts::add_form(&phone, draft.id, &second).await.unwrap();
        }
        let mut draft = drafts::get(&phone, draft.id).await.unwrap().unwrap();
        assert_eq!((draft.forms.len(), draft.position.form), (2, 1), "what was answered is there still");
        let copies = drafts::copies(&phone, draft.id).await.unwrap().unwrap();
        assert_eq!(copies.checklists, [checklist(), second]);
        for item in ["a", "b"] {
            draft.answer(1, &ItemId::from(item), Answer::Pass);
        }
        drafts::submit(&phone, draft, &copies.checklists, &copies.site, "检查".into()).await.unwrap();
        phone.start().await;
        let operations = phone.office.operations.borrow();
        let Payload::SubmitVisit(visit) = &operations[0].0.payload else { panic!("{operations:?}") };
        let filled_in = visit.checklists();
        assert_eq!(filled_in.iter().map(ChecklistId::as_str).collect::<Vec<_>>(), ["shed", "doors"]);
    });
}

#[test]
fn a_closed_door_is_submitted_without_a_checklist() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let mut draft = drafts::begin_not_done(&phone, &site()).await.unwrap();
        assert_eq!(draft.nature, VisitNature::Surprise, "nobody was told that one would come");
        draft.photos.push(phone.photo(1_000).await);
        drafts::save(&phone, &draft).await.unwrap();
        drafts::submit(&phone, draft.clone(), &[], &site(), "检查".into()).await.unwrap();
        assert_eq!(phone.submissions().await[0].photos, (0, 1), "its own photo goes along");
        phone.start().await;
        let operations = phone.office.operations.borrow();
        assert!(matches!(operations[0].0.payload, Payload::Photo(_)), "its facts go first");
        let Payload::SubmitVisit(visit) = &operations[1].0.payload else { panic!("{operations:?}") };
        assert_eq!((visit.outcome, visit.forms.len()), (VisitOutcome::Closed, 0));
        assert_eq!(visit.photos, draft.photos);
    });
}

#[test]
fn there_is_either_the_draft_or_the_outbox_and_never_both() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let mut draft = phone.begin().await;
        for item in ["a", "b"] {
            draft.answer(0, &ItemId::from(item), Answer::Pass);
        }
        drafts::save(&phone, &draft).await.unwrap();
        phone.host.storage.fail_next_write(DeviceError::StorageFull);
        let full = phone.submit(draft.clone()).await;
        assert!(matches!(full, Err(NotSubmitted::Device(DeviceError::StorageFull))));
        assert_eq!((drafts::all(&phone).await.unwrap().len(), phone.queued().await), (1, 0));
        // What was not submitted can still be changed.
        let noted = Draft { note: "门口堆物".into(), ..draft };
        drafts::save(&phone, &noted).await.unwrap();
        assert_eq!(drafts::get(&phone, noted.id).await.unwrap().as_ref(), Some(&noted));
        phone.submit(noted.clone()).await.unwrap();
        assert_eq!((drafts::all(&phone).await.unwrap().len(), phone.queued().await), (0, 1));
        assert!(drafts::is_submitted(&phone, noted.id).await.unwrap());
        // A save that was under way does not bring it back.
        drafts::save(&phone, &noted).await.unwrap();
        assert_eq!(drafts::get(&phone, noted.id).await.unwrap(), None);
        assert_eq!(phone.submissions().await[0].title, "锦绣家园 2 号充电棚 检查");
    });
}

#[test]
fn a_visit_that_the_office_would_not_take_for_its_size_stays_a_draft() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let mut list = checklist();
        let item = list.sections[0].items[0].clone();
        list.sections[0].items =
            (0..50).map(|n| Item { id: ItemId::from(format!("i{n}").as_str()), ..item.clone() }).collect();
        let mut draft = drafts::begin(&phone, &site(), &list, VisitNature::Surprise).await.unwrap();
        for item in list.items() {
            draft.answer(0, &item.id, Answer::Pass);
            // As long as a remark may be.
            draft.given_mut(0, &item.id).unwrap().note = "堆".repeat(TEXT);
        }
        drafts::save(&phone, &draft).await.unwrap();
        let lists = std::slice::from_ref(&list);
        let large = drafts::submit(&phone, draft.clone(), lists, &site(), "检查".into()).await;
        assert!(matches!(large, Err(NotSubmitted::Device(DeviceError::OverLimit(_)))), "{large:?}");
        assert_eq!(drafts::all(&phone).await.unwrap(), [draft.clone()], "to be shortened");
        for item in list.items().skip(1) {
            draft.given_mut(0, &item.id).unwrap().note.clear();
        }
        drafts::submit(&phone, draft, lists, &site(), "检查".into()).await.unwrap();
        phone.start().await;
        assert_eq!((phone.queued().await, phone.office.ids().len()), (0, 1));
    });
}

#[test]
fn a_tab_neither_loses_the_form_of_another_nor_brings_back_what_was_ended_there() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let mut draft = phone.begin().await;
        for item in ["a", "b"] {
            draft.answer(0, &ItemId::from(item), Answer::Pass);
        }
        drafts::save(&phone, &draft).await.unwrap();
        let other = Phone::on(phone.host.another_tab(), phone.office.clone());
        client::lock::look(&other).await.unwrap();
        let second = Checklist { id: "doors".into(), ..checklist() };
        drafts::add_form(&other, draft.id, &second).await.unwrap();
        let mut there = drafts::get(&other, draft.id).await.unwrap().unwrap();
        there.answer(1, &ItemId::from("a"), Answer::Pass);
        drafts::save(&other, &there).await.unwrap();

        drafts::save(&phone, &draft).await.unwrap();
        let refused = phone.submit(draft.clone()).await;
        assert!(matches!(refused, Err(NotSubmitted::Device(DeviceError::ChangedElsewhere))), "{refused:?}");
        assert_eq!(drafts::all(&phone).await.unwrap(), [there.clone()], "with all that was filled in");

        there.answer(1, &ItemId::from("b"), Answer::Pass);
        let copies = drafts::copies(&other, there.id).await.unwrap().unwrap();
        drafts::submit(&other, there, &copies.checklists, &copies.site, "检查".into()).await.unwrap();
        assert_eq!(drafts::save(&phone, &draft).await, Err(DeviceError::ChangedElsewhere));
        let twice = phone.submit(draft).await;
        assert!(matches!(twice, Err(NotSubmitted::Device(DeviceError::ChangedElsewhere))), "{twice:?}");
        assert_eq!((drafts::all(&phone).await.unwrap().len(), phone.queued().await), (0, 1));
    });
}

#[test]
fn a_later_answer_in_one_tab_brings_back_no_older_answer_of_another_item() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let (a, b) = (ItemId::from("a"), ItemId::from("b"));
        let mut here = phone.begin().await;
        for item in [&a, &b] {
            here.answer(0, item, Answer::Pass);
        }
        drafts::save(&phone, &here).await.unwrap();
        let other = Phone::on(phone.host.another_tab(), phone.office.clone());
        client::lock::look(&other).await.unwrap();
        let mut there = drafts::get(&other, here.id).await.unwrap().unwrap();
        there.answer(0, &b, Answer::Fail);
        there.note = "充电棚后门".into();
        drafts::save(&other, &there).await.unwrap();

        here.given_mut(0, &a).unwrap().note = "已整理".into();
        drafts::save(&phone, &here).await.unwrap();
        // Once more: what was saved is not what another tab changed.
        here.answer(0, &a, Answer::NotApplicable);
        drafts::save(&phone, &here).await.unwrap();
        let kept = || async { drafts::all(&phone).await.unwrap().remove(0) };
        let answer = |draft: &Draft, item| draft.given(0, item).unwrap().answer.clone();
        let stored = kept().await;
        assert_eq!(answer(&stored, &a), Some(Answer::NotApplicable));
        assert_eq!(answer(&stored, &b), Some(Answer::Fail), "it was answered there");
        assert_eq!(
            (stored.note.as_str(), stored.given(0, &a).unwrap().note.as_str()),
            ("充电棚后门", "已整理")
        );

        // Nobody submits what they have not seen; the same item goes to the later of the two.
        let refused = phone.submit(here.clone()).await;
        assert!(matches!(refused, Err(NotSubmitted::Device(DeviceError::ChangedElsewhere))), "{refused:?}");
        assert_eq!(kept().await, stored);
        let mut here = drafts::get(&phone, here.id).await.unwrap().unwrap();
        here.answer(0, &b, Answer::Pass);
        drafts::save(&phone, &here).await.unwrap();
        assert_eq!(answer(&kept().await, &b), Some(Answer::Pass));
        phone.submit(here).await.unwrap();
        assert_eq!((drafts::all(&phone).await.unwrap().len(), phone.queued().await), (0, 1));
    });
}

#[test]
fn a_form_that_is_taken_out_in_one_tab_comes_back_only_with_what_was_given_in_it() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let begun = phone.begin().await;
        let second = Checklist { id: "doors".into(), ..checklist() };
        drafts::add_form(&phone, begun.id, &second).await.unwrap();
        let mut here = drafts::get(&phone, begun.id).await.unwrap().unwrap();
        let other = Phone::on(phone.host.another_tab(), phone.office.clone());
        client::lock::look(&other).await.unwrap();
        let mut there = drafts::get(&other, begun.id).await.unwrap().unwrap();
        here.remove_form(1);
        drafts::save(&phone, &here).await.unwrap();
        there.answer(0, &ItemId::from("a"), Answer::Pass);
        drafts::save(&other, &there).await.unwrap();
        let checklists = || async { drafts::all(&phone).await.unwrap()[0].checklists().len() };
        assert_eq!(checklists().await, 1, "nothing was given in it");
        there.answer(1, &ItemId::from("a"), Answer::Pass);
        drafts::save(&other, &there).await.unwrap();
        assert_eq!(checklists().await, 2);
        here.note = "后门".into();
        drafts::save(&phone, &here).await.unwrap();
        assert_eq!(checklists().await, 2, "what was given stays");
    });
}

#[test]
fn a_draft_in_hand_without_the_newest_form_takes_nothing_away_from_what_the_same_tab_wrote() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let mut draft = phone.begin().await;
        draft.answer(0, &ItemId::from("a"), Answer::Pass);
        drafts::save(&phone, &draft).await.unwrap();
        let second = Checklist { id: "doors".into(), ..checklist() };
        drafts::add_form(&phone, draft.id, &second).await.unwrap();
        let mut longer = drafts::get(&phone, draft.id).await.unwrap().unwrap();
        for answer in [Answer::Pass, Answer::Fail] {
            longer.answer(1, &ItemId::from("a"), answer);
            drafts::save(&phone, &longer).await.unwrap();
        }
        drafts::save(&phone, &draft).await.unwrap();
        assert_eq!(drafts::all(&phone).await.unwrap()[0].forms, longer.forms);
    });
}

#[test]
fn a_discarded_draft_takes_no_photo_with_it_that_another_names() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let (mut first, mut second) = (phone.begin().await, phone.begin().await);
        let (shared, own) = (phone.photo(1_000).await, phone.photo(2_000).await);
        for (draft, named) in
            [(&mut first, vec![shared.clone(), own.clone()]), (&mut second, vec![shared.clone()])]
        {
            draft.forms[0].items.entry(ItemId::from("a")).or_default().photos = named;
            drafts::save(&phone, draft).await.unwrap();
        }
        drafts::discard(&phone, first.id).await.unwrap();
        let keys =
            db::read(&phone.db, &[StoreName::PhotoBytes], async |tx| tx.keys(StoreName::PhotoBytes).await)
                .await;
        assert_eq!(keys.unwrap(), [shared.as_str()]);
        assert_eq!(drafts::all(&phone).await.unwrap(), [second]);
    });
}

#[test]
fn a_hazard_reported_offline_is_there_at_once() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.host.network.cut();
        db::write(&phone.db, &[StoreName::Records], async |tx| tx.put_record(&site()).await).await.unwrap();
        let photo = phone.photo(1_000).await;
        let found = found(vec![photo]);
        let id = outbox::report(&phone, site().id, found, "飞线充电".into()).await.unwrap();
        let hazard = records::hazard(&phone, id).await.unwrap().unwrap();
        assert_eq!(
            (hazard.title(), hazard.number.as_deref(), hazard.place.site),
            ("飞线充电", None, site().id)
        );
        assert_eq!(records::hazards_at(&phone, site().id).await.unwrap().known.len(), 1);
        assert_eq!(records::hazards_at(&phone, SiteId(Uuid::nil())).await.unwrap().known, []);
        assert_eq!(phone.submissions().await[0].photos, (0, 1));
        phone.connect();
        phone.start().await;
        let submissions = phone.submissions().await;
        assert!(matches!(submissions[0].state, SubmissionState::Received { .. }), "{submissions:?}");
        let operations = phone.office.operations.borrow();
        assert!(matches!(operations[0].0.payload, Payload::Photo(_)), "its facts go first");
        assert!(matches!(operations[1].0.payload, Payload::Hazard { .. }));
    });
}

#[test]
fn nobody_elses_draft_is_shown() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let draft = phone.begin().await;
        assert_eq!(drafts::get(&phone, VisitId(Uuid::nil())).await.unwrap(), None);
        phone.sign_in("王芳").await;
        assert_eq!(drafts::all(&phone).await.unwrap(), []);
        assert_eq!(drafts::get(&phone, draft.id).await.unwrap(), None);
        assert!(outbox::holds_anything(&phone).await.unwrap(), "it is still there for its owner");
    });
}
