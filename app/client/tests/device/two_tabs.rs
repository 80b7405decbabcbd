//! Two tabs that add to the same repeat of one visit at the same time.

use crate::support::*;
use client::{Device, DeviceError, drafts, drafts::NotSubmitted, lock};
use client_fixtures::{form_of, pass_fail, text};
use domain::{
    expression::Expression,
    form::{Answer, AnswerKey, Form, GroupKey, session::Line},
    id::{HazardId, VisitId},
    text::Lang,
    visit::{OpenDraft, VisitNature},
};
use serde_json::{Value, json};

fn repeat(id: &str, entries: &Value, count: Option<&str>) -> Value {
    let mut repeat = json!({ "id": id, "title": text(id), "most": 9, "entries": entries });
    if let Some(count) = count {
        repeat["count"] = json!(Expression::Answer(count.into()));
    }
    json!({ "repeat": repeat })
}

fn extinguishers() -> [Form; 1] {
    [form_of(&[pass_fail("a"), repeat("extinguisher", &json!([pass_fail("green")]), None)])]
}

fn green(number: u16) -> AnswerKey {
    AnswerKey::of("green").at(&[number])
}

/// A visit begun in one tab and opened in another.
async fn in_two_tabs(phone: &Phone, forms: &[Form]) -> (OpenDraft, Phone, OpenDraft) {
    phone.sign_in("李敏").await;
    let begun = drafts::begin(phone, &site(), &forms[0], VisitNature::Patrol).await.unwrap();
    let other = Phone::on(phone.host.another_tab(), phone.office.clone());
    lock::look(&other).await.unwrap();
    let there = drafts::get(&other, begun.id).await.unwrap().unwrap();
    (opened(begun, forms), other, opened(there, forms))
}

fn add(open: &mut OpenDraft, at: &[u16], repeat: &str) -> u16 {
    open.add_instance(0, &GroupKey::of(repeat).at(at)).unwrap().0
}

async fn save(device: &Device, open: &OpenDraft) {
    drafts::save(device, open.draft()).await.unwrap();
}

/// What was answered and noted at each question of this name, in the order of a phone that reads the visit now.
async fn kept(phone: &Phone, id: VisitId, forms: &[Form], question: &str) -> Vec<(Option<Answer>, String)> {
    let drafts = drafts::all(phone).await.unwrap();
    let draft = drafts.into_iter().find(|draft| draft.id == id).unwrap();
    let open = opened(draft, forms);
    let given = |line: Line<'_>| match line {
        Line::Question(key, asked) if asked.id.as_str() == question => {
            let state = open.question(0, &key).unwrap();
            Some((state.kept.cloned(), state.note.to_owned()))
        }
        Line::Question(..) | Line::Group(..) | Line::Repeat { .. } | Line::Instance { .. } => None,
    };
    open.outline(0).into_iter().filter_map(given).collect()
}

fn given(answer: Answer, note: &str) -> (Option<Answer>, String) {
    (Some(answer), note.to_owned())
}

#[test]
fn what_two_tabs_add_at_once_is_all_there_and_each_goes_on_with_its_own() {
    day(async |phone| {
        let forms = extinguishers();
        let (mut here, other, mut there) = in_two_tabs(&phone, &forms).await;
        let id = here.draft().id;
        assert_eq!((add(&mut there, &[], "extinguisher"), add(&mut here, &[], "extinguisher")), (1, 1));
        there.answer(0, &green(1), Answer::Pass).unwrap();
        save(&other, &there).await;
        here.answer(0, &green(1), Answer::Fail).unwrap();
        // What was not written is told apart when it is.
        phone.host.storage.fail_next_write(DeviceError::StorageFull);
        assert_eq!(drafts::save(&phone, here.draft()).await, Err(DeviceError::StorageFull));
        save(&phone, &here).await;
        assert_eq!(
            kept(&phone, id, &forms, "green").await,
            [given(Answer::Pass, ""), given(Answer::Fail, "")]
        );

        // Each goes on with the number that it knows, and adds more.
        here.write_note(0, &green(1), "压力不足").unwrap();
        save(&phone, &here).await;
        there.write_note(0, &green(1), "完好").unwrap();
        assert_eq!((add(&mut there, &[], "extinguisher"), add(&mut here, &[], "extinguisher")), (2, 2));
        here.answer(0, &green(2), Answer::NotApplicable).unwrap();
        save(&phone, &here).await;
        there.answer(0, &green(2), Answer::Pass).unwrap();
        save(&other, &there).await;
        let all = [
            given(Answer::Pass, "完好"),
            given(Answer::Fail, "压力不足"),
            given(Answer::NotApplicable, ""),
            given(Answer::Pass, ""),
        ];
        assert_eq!(kept(&phone, id, &forms, "green").await, all);

        // What one takes out is its own.
        here.remove_instance(0, &GroupKey::of("extinguisher"), 1).unwrap();
        save(&phone, &here).await;
        there.remove_instance(0, &GroupKey::of("extinguisher"), 2).unwrap();
        save(&other, &there).await;
        let left = [given(Answer::Pass, "完好"), given(Answer::NotApplicable, "")];
        assert_eq!(kept(&phone, id, &forms, "green").await, left);

        here.answer(0, &AnswerKey::of("a"), Answer::Pass).unwrap();
        // Nobody submits what they have not seen; read again, the numbers are those that are stored, and no old one is given.
        let refused = drafts::submit(&phone, here, &site(), "检查".into()).await;
        assert!(matches!(refused, Err(NotSubmitted::Device(DeviceError::ChangedElsewhere))), "{refused:?}");
        let read = drafts::get(&phone, id).await.unwrap().unwrap();
        let numbers = read.forms[0].answers.instances[0].numbers.clone();
        let mut here = opened(read, &forms);
        let next = add(&mut here, &[], "extinguisher");
        assert!(next > 4 && !numbers.contains(&next), "{next} after {numbers:?}");
        here.answer(0, &green(next), Answer::Pass).unwrap();
        save(&phone, &here).await;
        let all = [&left[..], &[given(Answer::Pass, "")]].concat();
        assert_eq!(kept(&phone, id, &forms, "green").await, all);
    });
}

#[test]
fn what_stands_in_an_instance_goes_with_it() {
    day(async |phone| {
        let lamps = repeat("lamp", &json!([pass_fail("lit")]), None);
        let forms = [form_of(&[repeat("room", &json!([pass_fail("clean"), lamps]), None)])];
        let (mut here, other, mut there) = in_two_tabs(&phone, &forms).await;
        let id = here.draft().id;
        let lit = AnswerKey::of("lit").at(&[1, 1]);
        for (open, answer) in [(&mut there, Answer::Pass), (&mut here, Answer::Fail)] {
            assert_eq!((add(open, &[], "room"), add(open, &[1], "lamp")), (1, 1));
            open.answer(0, &lit, answer).unwrap();
        }
        let hazard: HazardId = phone.clock.new_id();
        assert!(here.open_finding((0, &lit), hazard, "物业", phone.clock.today(), Lang::Zh));
        save(&other, &there).await;
        save(&phone, &here).await;
        let both = [given(Answer::Pass, ""), given(Answer::Fail, "")];
        assert_eq!(kept(&phone, id, &forms, "lit").await, both);
        let stored = drafts::all(&phone).await.unwrap().remove(0);
        let [found] = stored.forms[0].findings.as_slice() else { panic!("{:?}", stored.forms[0].findings) };
        assert_eq!((found.finding.hazard, &found.question), (hazard, &AnswerKey::of("lit").at(&[2, 1])));
        assert_eq!(stored.position.question.as_ref(), Some(&found.question), "where the thumb was last");

        // In a room that both know, each hangs up a lamp.
        let mut here = opened(drafts::get(&phone, id).await.unwrap().unwrap(), &forms);
        let mut there = opened(drafts::get(&other, id).await.unwrap().unwrap(), &forms);
        for (device, open) in [(&other, &mut there), (&phone, &mut here)] {
            assert_eq!(add(open, &[1], "lamp"), 2);
            open.answer(0, &AnswerKey::of("lit").at(&[1, 2]), Answer::NotApplicable).unwrap();
            save(device, open).await;
        }
        let new = given(Answer::NotApplicable, "");
        let all = [both[0].clone(), new.clone(), new, both[1].clone()];
        assert_eq!(kept(&phone, id, &forms, "lit").await, all);
    });
}

#[test]
fn what_two_tabs_write_up_at_one_question_is_all_there() {
    day(async |phone| {
        let forms = [form_of(&[pass_fail("exit")])];
        let (mut here, other, _) = in_two_tabs(&phone, &forms).await;
        let (id, exit, today) = (here.draft().id, AnswerKey::of("exit"), phone.clock.today());
        here.answer(0, &exit, Answer::Fail).unwrap();
        assert!(here.open_finding((0, &exit), phone.clock.new_id(), "物业", today, Lang::Zh));
        save(&phone, &here).await;
        let mut there = opened(drafts::get(&other, id).await.unwrap().unwrap(), &forms);
        for (open, words) in [(&mut there, "乙"), (&mut here, "甲")] {
            let number = open.add_finding((0, &exit), phone.clock.new_id(), "物业", today, Lang::Zh);
            assert_eq!(number, Some(1));
            open.change_sheet((0, &exit, 1), |finding| finding.what = words.to_owned());
        }
        save(&other, &there).await;
        save(&phone, &here).await;
        let stored = async || {
            let stored = drafts::all(&phone).await.unwrap().remove(0);
            let sheets = stored.forms[0].findings_of(&exit);
            sheets.into_iter().map(|kept| kept.finding.what.clone()).collect::<Vec<_>>()
        };
        assert_eq!(stored().await, ["exit", "乙", "甲"]);

        // Each goes on with the number that it knows.
        here.change_sheet((0, &exit, 1), |finding| finding.what = "甲，又看了一次".to_owned());
        save(&phone, &here).await;
        assert_eq!(stored().await, ["exit", "乙", "甲，又看了一次"]);
        there.remove_finding(0, &exit, 1);
        save(&other, &there).await;
        assert_eq!(stored().await, ["exit", "甲，又看了一次"]);
    });
}

#[test]
fn how_many_there_are_by_an_answer_are_the_same_in_both() {
    day(async |phone| {
        let many = json!({ "question": {
            "id": "many", "text": text("几间"), "kind": { "count": { "unit": text("间") } }, "photo": "never",
        } });
        let forms = [form_of(&[many, repeat("room", &json!([pass_fail("green")]), Some("many"))])];
        let (mut here, other, mut there) = in_two_tabs(&phone, &forms).await;
        for open in [&mut here, &mut there] {
            open.answer(0, &AnswerKey::of("many"), Answer::Count(2)).unwrap();
        }
        there.answer(0, &green(1), Answer::Pass).unwrap();
        save(&other, &there).await;
        here.answer(0, &green(2), Answer::Fail).unwrap();
        save(&phone, &here).await;
        let both = [given(Answer::Pass, ""), given(Answer::Fail, "")];
        assert_eq!(kept(&phone, here.draft().id, &forms, "green").await, both);
    });
}
