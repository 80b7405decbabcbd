//! What a draft keeps of its forms: instances of repeats, a newer version, a fact that two forms ask.

use crate::support::*;
use client::{db, drafts, lock};
use client_fixtures::{form_of, pass_fail, text};
use domain::{
    device::StoreName,
    form::{Answer, AnswerKey, AsideBecause, Form, GroupKey, Verdict},
    hazard::Found,
    id::QuestionId,
    sync::Payload,
    visit::{DraftIssue, ValidationIssue, VisitNature},
};
use serde_json::{Value, json};

/// One extinguisher after the other: does it stand in the green?
fn extinguishers() -> Value {
    json!({ "repeat": { "id": "extinguisher", "title": text("灭火器"), "most": 9, "entries": [pass_fail("green")] } })
}

fn shared(id: &str, fact: &str) -> Value {
    let mut entry = pass_fail(id);
    entry["question"]["fact"] = fact.into();
    entry
}

/// One of several failed, and something else beside it: asked for the one alone, nobody would look at the others again.
#[test]
fn a_recheck_leaves_out_nothing_that_repeats() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let form = form_of(&[pass_fail("a"), pass_fail("b"), extinguishers()]);
        db::write(&phone.db, &[StoreName::Records], async |tx| {
            tx.put_record(&site()).await?;
            tx.put_record(&form).await
        })
        .await
        .unwrap();
        for (question, only) in [("b", vec![QuestionId::from("b")]), ("green", vec![])] {
            let found = Found {
                form: Some(form.id.clone()),
                question: Some(QuestionId::from(question)),
                ..found(vec![])
            };
            client::outbox::report(&phone, site().id, found, "隐患".into()).await.unwrap();
            let draft = drafts::begin(&phone, &site(), &form, VisitNature::Recheck).await.unwrap();
            let asked: &Vec<QuestionId> = &draft.forms[0].only;
            assert_eq!(*asked, only, "{question}");
        }
    });
}

#[test]
fn instances_of_a_repeat_are_kept_with_their_answers_and_numbers() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let forms = [form_of(&[pass_fail("a"), extinguishers()])];
        let draft = drafts::begin(&phone, &site(), &forms[0], VisitNature::Patrol).await.unwrap();
        let (repeat, green) = (GroupKey::of("extinguisher"), AnswerKey::of("green"));
        let mut open = opened(draft, &forms);
        for number in 1..=3 {
            assert_eq!(open.add_instance(0, &repeat).unwrap().0, number);
            open.answer(0, &green.clone().at(&[number]), Answer::Pass).unwrap();
            drafts::save(&phone, open.draft()).await.unwrap();
        }
        open.remove_instance(0, &repeat, 2).unwrap();
        drafts::save(&phone, open.draft()).await.unwrap();

        let again = phone.reopened();
        lock::look(&again).await.unwrap();
        let kept = drafts::get(&again, open.draft().id).await.unwrap().unwrap();
        assert_eq!(kept, *open.draft());
        let copies = drafts::copies(&again, kept.id).await.unwrap().unwrap();
        let mut open = opened(kept, &copies.forms);
        let answer = |number| open.question(0, &green.clone().at(&[number])).map(|state| state.kept.cloned());
        assert_eq!([1, 2, 3].map(answer), [Some(Some(Answer::Pass)), None, Some(Some(Answer::Pass))]);
        assert_eq!(open.add_instance(0, &repeat).unwrap().0, 4, "a number is never used twice");
        let lacking = [AnswerKey::of("a"), green.at(&[4])]
            .map(|key| DraftIssue::Question { form: 0, issue: ValidationIssue::Unanswered(key) });
        assert_eq!(open.issues(), lacking);
    });
}

#[test]
fn going_over_to_a_newer_version_loses_nothing() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let older = [form_of(&[pass_fail("a"), pass_fail("b"), extinguishers()])];
        // It asks for no b any more, and for c.
        let newer = Form { version: 2, ..form_of(&[pass_fail("a"), pass_fail("c"), extinguishers()]) };
        let draft = drafts::begin(&phone, &site(), &older[0], VisitNature::Patrol).await.unwrap();
        let (a, b, green) = (AnswerKey::of("a"), AnswerKey::of("b"), AnswerKey::of("green").at(&[1]));
        let mut open = opened(draft, &older);
        open.add_instance(0, &GroupKey::of("extinguisher")).unwrap();
        for (key, answer) in [(&a, Answer::Pass), (&b, Answer::Fail), (&green, Answer::Pass)] {
            open.answer(0, key, answer).unwrap();
        }
        let photo = phone.photo(1_000).await;
        open.set_photos(0, &b, std::slice::from_ref(&photo)).unwrap();
        open.write_note(0, &b, "后门锁着").unwrap();
        drafts::save(&phone, open.draft()).await.unwrap();

        let id = open.draft().id;
        for _double_tap in 0..2 {
            drafts::take_over(&phone, id, &newer).await.unwrap();
        }
        let draft = drafts::get(&phone, id).await.unwrap().unwrap();
        let copies = drafts::copies(&phone, id).await.unwrap().unwrap();
        let both = [older[0].clone(), newer.clone()];
        assert_eq!((draft.forms[0].version, copies.forms.as_slice()), (2, both.as_slice()), "once each");
        let aside = &draft.forms[0].answers.aside;
        assert_eq!((aside.len(), aside[0].because), (1, AsideBecause::Gone));
        let response = &aside[0].response;
        assert_eq!((&response.key, &response.answer), (&b, &Some(Answer::Fail)));
        assert_eq!((response.note.as_str(), &response.photos), ("后门锁着", &vec![photo.clone()]));
        assert!(draft.photos().any(|named| *named == photo), "so nothing clears it away");

        let mut open = opened(draft, &copies.forms);
        assert_eq!(open.question(0, &a).unwrap().kept, Some(&Answer::Pass));
        assert_eq!(open.question(0, &green).unwrap().kept, Some(&Answer::Pass));
        open.answer(0, &AnswerKey::of("c"), Answer::Pass).unwrap();
        drafts::save(&phone, open.draft()).await.unwrap();
        let kept = drafts::get(&phone, id).await.unwrap().unwrap();
        assert_eq!(kept.forms[0].answers.aside.len(), 1, "it stays aside");

        // The version after it has a place for it again.
        let newest = Form {
            version: 3,
            ..form_of(&[pass_fail("a"), pass_fail("b"), pass_fail("c"), extinguishers()])
        };
        drafts::take_over(&phone, id, &newest).await.unwrap();
        let kept = drafts::get(&phone, id).await.unwrap().unwrap();
        assert_eq!(kept.forms[0].answers.response(&b).unwrap().answer, Some(Answer::Fail));
        // Never back.
        drafts::take_over(&phone, id, &newer).await.unwrap();
        assert_eq!(drafts::get(&phone, id).await.unwrap(), Some(kept));
    });
}

#[test]
fn the_copy_of_a_form_that_was_taken_out_is_not_in_the_way() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let other = Form { id: "doors".into(), ..form() };
        let [older, newer, newest] = [1, 2, 3].map(|version| Form { version, ..form() });
        let draft = drafts::begin(&phone, &site(), &other, VisitNature::Patrol).await.unwrap();
        drafts::add_form(&phone, draft.id, &older).await.unwrap();
        let draft = drafts::get(&phone, draft.id).await.unwrap().unwrap();
        let mut open = opened(draft, &[other.clone(), older.clone()]);
        open.remove_form(1);
        drafts::save(&phone, open.draft()).await.unwrap();

        let id = open.draft().id;
        drafts::add_form(&phone, id, &newer).await.unwrap();
        drafts::take_over(&phone, id, &newest).await.unwrap();
        let kept = drafts::get(&phone, id).await.unwrap().unwrap();
        let copies = drafts::copies(&phone, id).await.unwrap().unwrap();
        assert_eq!(kept.forms[1].version, 3);
        assert_eq!(copies.forms, [other, older, newer, newest]);
        opened(kept, &copies.forms);
    });
}

#[test]
fn going_over_is_one_step_for_draft_and_copy() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let draft = phone.begin().await;
        let newer = Form { version: 2, ..form() };
        phone.host.storage.fail_next_write(client::DeviceError::StorageFull);
        assert!(drafts::take_over(&phone, draft.id, &newer).await.is_err());
        let copies = drafts::copies(&phone, draft.id).await.unwrap().unwrap();
        assert_eq!(
            (drafts::get(&phone, draft.id).await.unwrap(), copies.forms),
            (Some(draft.clone()), vec![form()])
        );
        phone.sign_in("王芳").await;
        drafts::take_over(&phone, draft.id, &newer).await.unwrap();
        let kept =
            db::read(&phone.db, &[StoreName::DraftCopies], async |tx| tx.keys(StoreName::DraftCopies).await);
        assert_eq!(kept.await.unwrap(), [draft.id.to_string()], "it is another person's and stays as it is");
    });
}

#[test]
fn a_fact_that_two_forms_ask_is_asked_once_and_stands_in_both() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let first = form_of(&[shared("exit", "exit-locked")]);
        let second =
            Form { id: "doors".into(), ..form_of(&[shared("way-out", "exit-locked"), pass_fail("b")]) };
        let draft = drafts::begin(&phone, &site(), &first, VisitNature::Patrol).await.unwrap();
        drafts::add_form(&phone, draft.id, &second).await.unwrap();
        let draft = drafts::get(&phone, draft.id).await.unwrap().unwrap();
        let copies = drafts::copies(&phone, draft.id).await.unwrap().unwrap();
        let mut open = opened(draft, &copies.forms);
        let (exit, way_out) = (AnswerKey::of("exit"), AnswerKey::of("way-out"));
        assert!(open.question(1, &way_out).unwrap().is_asked_elsewhere);
        open.answer(0, &exit, Answer::Fail).unwrap();
        open.answer(1, &AnswerKey::of("b"), Answer::Pass).unwrap();
        let today = phone.clock.today();
        assert!(open.open_finding((1, &way_out), phone.clock.new_id(), "", today, Default::default()));
        open.change_finding(0, &exit, |finding| finding.photos.clear());
        drafts::submit(&phone, open, &site(), "检查".into()).await.unwrap();
        phone.start().await;

        let operations = phone.office.operations.borrow();
        let payloads: Vec<_> = operations.iter().map(|(operation, ..)| &operation.payload).collect();
        let [Payload::SubmitVisit(visit), Payload::Hazard { hazard, .. }] = payloads[..] else {
            panic!("one visit and one hazard: {payloads:?}");
        };
        let answers = [visit.forms[0].answer(&exit).unwrap(), visit.forms[1].answer(&way_out).unwrap()];
        assert_eq!(answers.map(|answer| answer.elsewhere), [false, true]);
        for answer in answers {
            assert_eq!((answer.verdict, answer.hazards.as_slice()), (Verdict::Fail, &[*hazard][..]));
        }
        assert_eq!((visit.tally().failed, visit.tally().passed), (1, 1), "it is counted once");
    });
}
