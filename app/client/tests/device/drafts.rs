//! Visits under way, and what becomes of them.

use crate::support::*;
use client::{DeviceError, db, drafts, drafts::NotSubmitted, outbox, records};
use client_fixtures::{form_of, pass_fail};
use domain::{
    device::{StoreName, submission::SubmissionState},
    form::{Answer, AnswerKey, Form},
    id::{FormId, SiteId, VisitId},
    ink::Strokes,
    limits::TEXT,
    sync::Payload,
    visit::{
        Draft, DraftIssue, Pad, SignOff, SignOffDraft, SignOffLack, SignOffWay, VisitNature, VisitOutcome,
    },
};
use uuid::Uuid;

const BOTH_PASS: [(&str, Answer); 2] = [("a", Answer::Pass), ("b", Answer::Pass)];

#[test]
fn a_tap_is_there_when_the_page_comes_back() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let mut draft = phone.begin().await;
        pass_questions(&mut draft, &["a"]);
        drafts::save(&phone, &draft).await.unwrap();
        let again = phone.reopened();
        client::lock::look(&again).await.unwrap();
        assert_eq!(drafts::all(&again).await.unwrap(), [draft.clone()]);
        let copies = drafts::copies(&again, draft.id).await.unwrap().unwrap();
        assert_eq!((copies.site, copies.forms), (site(), vec![form()]));
    });
}

#[test]
fn an_incomplete_draft_is_not_submitted_and_stays() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let mut draft = phone.begin().await;
        pass_questions(&mut draft, &["a"]);
        drafts::save(&phone, &draft).await.unwrap();
        let refused = phone.submit(draft.clone()).await;
        assert!(matches!(refused, Err(NotSubmitted::Issues(issues)) if issues == [unanswered("b")]));
        assert_eq!(drafts::get(&phone, draft.id).await.unwrap(), Some(draft));
    });
}

#[test]
fn a_visit_goes_on_with_another_form_and_keeps_a_copy_of_it() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let mut draft = phone.begin().await;
        pass_questions(&mut draft, &["a", "b"]);
        drafts::save(&phone, &draft).await.unwrap();
        let second = Form { id: "doors".into(), ..form() };
        for _double_tap in 0..2 {
            drafts::add_form(&phone, draft.id, &second).await.unwrap();
        }
        let mut draft = drafts::get(&phone, draft.id).await.unwrap().unwrap();
        assert_eq!((draft.forms.len(), draft.position.form), (2, 1), "what was answered is there still");
        let copies = drafts::copies(&phone, draft.id).await.unwrap().unwrap();
        assert_eq!(copies.forms, [form(), second]);
        give(&mut draft, &copies.forms, 1, &BOTH_PASS);
        let open = opened(draft, &copies.forms);
        drafts::submit(&phone, open, &copies.site, "检查".into()).await.unwrap();
        phone.start().await;
        let operations = phone.office.operations.borrow();
        let Payload::SubmitVisit(visit) = &operations[0].0.payload else { panic!("{operations:?}") };
        let filled_in = visit.form_ids();
        assert_eq!(filled_in.iter().map(FormId::as_str).collect::<Vec<_>>(), ["shed", "doors"]);
    });
}

#[test]
fn a_closed_door_is_submitted_without_a_form() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let mut draft = drafts::begin_not_done(&phone, &site()).await.unwrap();
        assert_eq!(draft.nature, VisitNature::Patrol, "what anybody of the office may come for");
        draft.photos.push(phone.photo(1_000).await);
        drafts::save(&phone, &draft).await.unwrap();
        drafts::submit(&phone, opened(draft.clone(), &[]), &site(), "检查".into()).await.unwrap();
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
fn what_was_drawn_is_there_when_the_page_comes_back_and_its_picture_goes_along() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let mut draft = phone.begin().await;
        pass_questions(&mut draft, &["a", "b"]);
        let mut strokes = Strokes::default();
        for (from, to) in [((100, 100), (300, 300)), ((300, 100), (100, 300))] {
            strokes.begin(from);
            strokes.go_on(to);
        }
        draft.sign_off = SignOffDraft {
            way: Some(SignOffWay::Signed),
            name: "陈国平".into(),
            signature: Pad { strokes: strokes.clone(), picture: None },
            ..SignOffDraft::default()
        };
        drafts::save(&phone, &draft).await.unwrap();
        let again = phone.reopened();
        client::lock::look(&again).await.unwrap();
        let kept = drafts::get(&again, draft.id).await.unwrap().unwrap();
        assert_eq!(kept.sign_off.signature.strokes, strokes);

        let refused = phone.submit(draft.clone()).await;
        let empty = [DraftIssue::SignOff(SignOffLack::Signature)];
        assert!(matches!(refused, Err(NotSubmitted::Issues(issues)) if issues == empty), "no picture yet");
        draft.sign_off.signature.picture = Some(phone.photo(2_000).await);
        drafts::save(&phone, &draft).await.unwrap();
        phone.submit(draft.clone()).await.unwrap();
        assert_eq!(phone.submissions().await[0].photos, (0, 1), "it waits to be sent as photos do");
        phone.start().await;
        let operations = phone.office.operations.borrow();
        assert!(matches!(operations[0].0.payload, Payload::Photo(_)), "its facts go first");
        let Payload::SubmitVisit(visit) = &operations[1].0.payload else { panic!("{operations:?}") };
        let Some(SignOff::Signed(signed)) = visit.sign_off.as_deref() else { panic!("{visit:?}") };
        assert_eq!(Some(&signed.signature.picture), draft.sign_off.signature.picture.as_ref());
        assert_eq!(signed.signature.ink, strokes.ink());
    });
}

#[test]
fn there_is_either_the_draft_or_the_outbox_and_never_both() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let mut draft = phone.begin().await;
        pass_questions(&mut draft, &["a", "b"]);
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
        let questions: Vec<_> = (0..50).map(|n| pass_fail(&format!("q{n}"))).collect();
        let long = [form_of(&questions)];
        let draft = drafts::begin(&phone, &site(), &long[0], VisitNature::Patrol).await.unwrap();
        let mut open = opened(draft, &long);
        let keys: Vec<_> = long[0].questions().map(|question| AnswerKey::of(question.id.as_str())).collect();
        for key in &keys {
            open.answer(0, key, Answer::Pass).unwrap();
            // As long as a remark may be.
            open.write_note(0, key, &"堆".repeat(TEXT)).unwrap();
        }
        let draft = open.draft().clone();
        drafts::save(&phone, &draft).await.unwrap();
        let large = drafts::submit(&phone, open, &site(), "检查".into()).await;
        assert!(matches!(large, Err(NotSubmitted::Device(DeviceError::OverLimit(_)))), "{large:?}");
        assert_eq!(drafts::all(&phone).await.unwrap(), std::slice::from_ref(&draft), "to be shortened");
        let mut open = opened(draft, &long);
        for key in keys.iter().skip(1) {
            open.write_note(0, key, "").unwrap();
        }
        drafts::submit(&phone, open, &site(), "检查".into()).await.unwrap();
        phone.start().await;
        assert_eq!((phone.queued().await, phone.office.ids().len()), (0, 1));
    });
}

#[test]
fn a_tab_neither_loses_the_form_of_another_nor_brings_back_what_was_ended_there() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let mut draft = phone.begin().await;
        pass_questions(&mut draft, &["a", "b"]);
        drafts::save(&phone, &draft).await.unwrap();
        let other = Phone::on(phone.host.another_tab(), phone.office.clone());
        client::lock::look(&other).await.unwrap();
        let second = Form { id: "doors".into(), ..form() };
        drafts::add_form(&other, draft.id, &second).await.unwrap();
        let mut there = drafts::get(&other, draft.id).await.unwrap().unwrap();
        let forms = [form(), second];
        give(&mut there, &forms, 1, &[("a", Answer::Pass)]);
        drafts::save(&other, &there).await.unwrap();

        drafts::save(&phone, &draft).await.unwrap();
        let refused = phone.submit(draft.clone()).await;
        assert!(matches!(refused, Err(NotSubmitted::Device(DeviceError::ChangedElsewhere))), "{refused:?}");
        assert_eq!(drafts::all(&phone).await.unwrap(), [there.clone()], "with all that was filled in");

        give(&mut there, &forms, 1, &[("b", Answer::Pass)]);
        drafts::submit(&other, opened(there, &forms), &site(), "检查".into()).await.unwrap();
        assert_eq!(drafts::save(&phone, &draft).await, Err(DeviceError::ChangedElsewhere));
        let twice = phone.submit(draft).await;
        assert!(matches!(twice, Err(NotSubmitted::Device(DeviceError::ChangedElsewhere))), "{twice:?}");
        assert_eq!((drafts::all(&phone).await.unwrap().len(), phone.queued().await), (0, 1));
    });
}

#[test]
fn a_later_answer_in_one_tab_brings_back_no_older_answer_of_another_question() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let (a, b, forms) = (AnswerKey::of("a"), AnswerKey::of("b"), [form()]);
        let mut here = phone.begin().await;
        give(&mut here, &forms, 0, &BOTH_PASS);
        drafts::save(&phone, &here).await.unwrap();
        let other = Phone::on(phone.host.another_tab(), phone.office.clone());
        client::lock::look(&other).await.unwrap();
        let mut there = drafts::get(&other, here.id).await.unwrap().unwrap();
        give(&mut there, &forms, 0, &[("b", Answer::Fail)]);
        there.note = "充电棚后门".into();
        drafts::save(&other, &there).await.unwrap();

        let mut noted = opened(here, &forms);
        noted.write_note(0, &a, "已整理").unwrap();
        let mut here = noted.draft().clone();
        drafts::save(&phone, &here).await.unwrap();
        // Once more: what was saved is not what another tab changed.
        give(&mut here, &forms, 0, &[("a", Answer::NotApplicable)]);
        drafts::save(&phone, &here).await.unwrap();
        let kept = || async { drafts::all(&phone).await.unwrap().remove(0) };
        let answer = |draft: &Draft, key| draft.forms[0].answers.response(key).unwrap().answer.clone();
        let stored = kept().await;
        assert_eq!(answer(&stored, &a), Some(Answer::NotApplicable));
        assert_eq!(answer(&stored, &b), Some(Answer::Fail), "it was answered there");
        assert_eq!(
            (stored.note.as_str(), stored.forms[0].answers.response(&a).unwrap().note.as_str()),
            ("充电棚后门", "已整理")
        );

        // Nobody submits what they have not seen; the same question goes to the later of the two.
        let refused = phone.submit(here.clone()).await;
        assert!(matches!(refused, Err(NotSubmitted::Device(DeviceError::ChangedElsewhere))), "{refused:?}");
        assert_eq!(kept().await, stored);
        let mut here = drafts::get(&phone, here.id).await.unwrap().unwrap();
        give(&mut here, &forms, 0, &[("b", Answer::Pass)]);
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
        let second = Form { id: "doors".into(), ..form() };
        drafts::add_form(&phone, begun.id, &second).await.unwrap();
        let forms = [form(), second];
        let mut here = opened(drafts::get(&phone, begun.id).await.unwrap().unwrap(), &forms);
        let other = Phone::on(phone.host.another_tab(), phone.office.clone());
        client::lock::look(&other).await.unwrap();
        let mut there = drafts::get(&other, begun.id).await.unwrap().unwrap();
        here.remove_form(1);
        drafts::save(&phone, here.draft()).await.unwrap();
        give(&mut there, &forms, 0, &[("a", Answer::Pass)]);
        drafts::save(&other, &there).await.unwrap();
        let kept = || async { drafts::all(&phone).await.unwrap()[0].form_ids().len() };
        assert_eq!(kept().await, 1, "nothing was given in it");
        give(&mut there, &forms, 1, &[("a", Answer::Pass)]);
        drafts::save(&other, &there).await.unwrap();
        assert_eq!(kept().await, 2);
        here.draft_mut().note = "后门".into();
        drafts::save(&phone, here.draft()).await.unwrap();
        assert_eq!(kept().await, 2, "what was given stays");
    });
}

#[test]
fn a_draft_in_hand_without_the_newest_form_takes_nothing_away_from_what_the_same_tab_wrote() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let mut draft = phone.begin().await;
        pass_questions(&mut draft, &["a"]);
        drafts::save(&phone, &draft).await.unwrap();
        let second = Form { id: "doors".into(), ..form() };
        drafts::add_form(&phone, draft.id, &second).await.unwrap();
        let forms = [form(), second];
        let mut longer = drafts::get(&phone, draft.id).await.unwrap().unwrap();
        for answer in [Answer::Pass, Answer::Fail] {
            give(&mut longer, &forms, 1, &[("a", answer)]);
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
            beside(draft, &named);
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
