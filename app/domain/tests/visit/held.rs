//! What the phone had is what the record is held against, to the last blank and instance.

use super::{
    Value, answer, criterion, draft, form, json, key, pass_fail, prepared, question, says, start, text,
};
use domain::{
    expression::{Expression, Function, Operator},
    form::{Answer, Form, GroupKey},
    id::{HazardId, QuestionId},
    severity::Severity,
    text::Lang,
    time::office_day,
    visit::{Draft, DraftForm, OpenDraft, Visit},
};
use uuid::Uuid;

fn open(form: &Form) -> OpenDraft {
    let kept = Draft { forms: vec![DraftForm::of(form)], ..draft() };
    OpenDraft::open(kept, &[prepared(form.clone())]).unwrap()
}

fn reopened(form: &Form, open: &OpenDraft) -> OpenDraft {
    OpenDraft::open(open.draft().clone(), &[prepared(form.clone())]).unwrap()
}

fn sealed(open: OpenDraft) -> Visit {
    open.submit(start()).unwrap().visit
}

fn optional(id: &str) -> Value {
    question(
        id,
        json!({ "text": { "lines": 1 } }),
        json!({ "required": Expression::Call(Function::False, vec![]) }),
    )
}

fn write_up(open: &mut OpenDraft, question: &domain::form::AnswerKey, words: &str) {
    let hazard = HazardId(Uuid::from_u128(5));
    assert!(open.open_finding((0, question), hazard, "", office_day(start()), Lang::Zh));
    open.change_finding(0, question, |finding| finding.what = words.to_owned());
}

#[test]
fn a_default_that_was_taken_back_is_not_given_again() {
    let count = json!({ "count": { "unit": text("辆"), "to": 500.0 } });
    let more =
        json!({ "default": Expression::Number(1.0), "required": Expression::Call(Function::False, vec![]) });
    let some = Expression::Binary(
        Operator::Greater,
        Expression::Answer(QuestionId::from("n")).into(),
        Expression::Number(0.0).into(),
    );
    let entries = json!([
        question("n", count, more),
        pass_fail("sign", json!({ "relevant": some })),
        pass_fail("b", json!({})),
    ]);
    let known = form("f", 1, entries);
    let mut open = open(&known);
    open.clear(0, &key("n")).unwrap();
    answer(&mut open, "b", Answer::Pass);
    let visit = sealed(open);
    assert_eq!(visit.forms[0].answers.len(), 1);
    assert_eq!(visit.check(&[prepared(known)]), Ok(()));
}

#[test]
fn blanks_around_a_text_are_nothing_to_the_phone_either() {
    let known = form(
        "f",
        1,
        json!([optional("other"), pass_fail("sign", json!({ "relevant": says("other", "无") })),]),
    );
    let mut open = open(&known);
    answer(&mut open, "other", Answer::Text("无 \t".into()));
    assert_eq!(open.standing(0).asked, 2, "it is asked as it will be sealed");
    answer(&mut open, "sign", Answer::Pass);
    assert_eq!(sealed(open).check(&[prepared(known)]), Ok(()));
}

fn rooms(more: Value) -> Form {
    let count = Expression::Call(Function::Count, vec![Expression::Answer(QuestionId::from("name"))]);
    let three = Expression::Binary(Operator::Equal, count.into(), Expression::Number(3.0).into());
    let window = json!({ "criterion": criterion(None, "外窗封堵", more) });
    form(
        "rooms",
        1,
        json!([
            { "repeat": { "id": "room", "title": text("房间"), "most": 5, "entries": [
                optional("name"),
                question("window", json!("pass_fail"), json!({
                    "required": Expression::Call(Function::False, vec![]),
                    "criterion": window["criterion"],
                })),
            ] } },
            pass_fail("three", json!({ "relevant": three })),
            pass_fail("end", json!({})),
        ]),
    )
}

#[test]
fn an_instance_in_which_nothing_was_answered_is_counted() {
    let known = rooms(json!({}));
    let mut open = open(&known);
    for _ in 0..3 {
        open.add_instance(0, &GroupKey::of("room")).unwrap();
    }
    open.answer(0, &key("name").at(&[1]), Answer::Text("东屋".into())).unwrap();
    open.answer(0, &key("name").at(&[3]), Answer::Text("西屋".into())).unwrap();
    answer(&mut open, "three", Answer::Pass);
    answer(&mut open, "end", Answer::Pass);
    let visit = sealed(open);
    assert_eq!(visit.check(&[prepared(known.clone())]), Ok(()));
    let mut fewer = visit;
    fewer.forms[0].instances.clear();
    assert!(fewer.check(&[prepared(known)]).is_err());
}

#[test]
fn a_removed_room_takes_its_sheet_with_it_and_no_save_brings_it_back() {
    let known = rooms(json!({}));
    let mut open = open(&known);
    let room = GroupKey::of("room");
    let (first, _) = open.add_instance(0, &room).unwrap();
    let window = key("window").at(&[first]);
    open.answer(0, &window, Answer::Fail).unwrap();
    write_up(&mut open, &window, "东屋外窗封死");
    let read = open.draft().clone();
    let mut open = reopened(&known, &open);
    open.remove_instance(0, &room, first).unwrap();
    let laid = open.draft().laid_over(&read, &read);
    assert_eq!(laid.forms[0].findings, []);
    assert!(laid.forms[0].answers.responses.is_empty());
}

#[test]
fn the_sheet_of_a_hazard_goes_over_to_the_room_that_still_has_it() {
    let known = rooms(json!({ "hazard": "windows" }));
    let mut open = open(&known);
    let room = GroupKey::of("room");
    let windows: Vec<_> = (0..2)
        .map(|_| {
            let (number, _) = open.add_instance(0, &room).unwrap();
            let window = key("window").at(&[number]);
            open.answer(0, &window, Answer::Fail).unwrap();
            window
        })
        .collect();
    write_up(&mut open, &windows[0], "外窗都封死了");
    open.remove_instance(0, &room, 1).unwrap();
    assert_eq!(open.finding(0, &windows[1]).unwrap().what, "外窗都封死了");
}

#[test]
fn a_sheet_rises_with_the_hazard_and_keeps_its_words() {
    let about = |id: &str, more: Value| {
        pass_fail(
            id,
            json!({
                "criterion": criterion(None, id, more), "basis": { "standard": [{ "number": id }] },
            }),
        )
    };
    let known = form(
        "f",
        1,
        json!([
            about("plain", json!({ "hazard": "exits" })),
            about("grave", json!({ "hazard": "exits", "level": "major", "major_by": "c-1" })),
        ]),
    );
    let mut open = open(&known);
    answer(&mut open, "plain", Answer::Fail);
    write_up(&mut open, &key("plain"), "东门锁闭");
    answer(&mut open, "grave", Answer::Fail);
    let finding = open.finding(0, &key("grave")).unwrap();
    assert_eq!((finding.level, finding.what.as_str()), (Severity::Major, "东门锁闭"));
    assert_eq!(finding.basis, "plain；grave", "and names all that it rests on");
    open.change_finding(0, &key("grave"), |finding| finding.level = Severity::General);
    answer(&mut open, "plain", Answer::Pass);
    answer(&mut open, "plain", Answer::Fail);
    let level = open.finding(0, &key("plain")).unwrap().level;
    assert_eq!(level, Severity::General, "whoever lowers it has the last word");
}
