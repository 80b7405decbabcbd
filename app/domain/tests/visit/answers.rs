//! What is asked, and what an answer to it comes to.

use super::{answer, asked, draft, form, json, key, open, pass_fail, prepared, shed, sound, start, text};
use chrono::{Duration, NaiveDate};
use domain::{
    form::{
        Answer, AnswerError, GroupKey, Verdict,
        session::{Problem, Refused},
    },
    id::SiteKind,
    time::office_day,
    visit::{Draft, DraftForm, OpenDraft, SiteSeen},
};
use std::slice;

#[test]
fn the_form_is_sound_and_asks_by_kind_of_site() {
    assert_eq!(shed().check(), []);
    assert_eq!(asked(&open(draft()), 0), ["lane", "clear", "extinguisher", "kind", "count"]);
    let kinds = vec![SiteKind::from("charging-shed"), SiteKind::from("ebike-shop")];
    let shop = Draft { site_seen: SiteSeen { kinds, ..SiteSeen::default() }, ..draft() };
    assert!(asked(&open(shop), 0).contains(&"shop".to_owned()));
}

#[test]
fn a_dependent_question_appears_with_its_answer() {
    let mut open = open(draft());
    answer(&mut open, "clear", Answer::Fail);
    assert!(asked(&open, 0).contains(&"pile".to_owned()));
    answer(&mut open, "clear", Answer::Pass);
    assert!(!asked(&open, 0).contains(&"pile".to_owned()));
    assert_eq!(open.answer(0, &key("pile"), Answer::Pass), Err(Refused::NotAsked));
}

#[test]
fn a_figure_passes_at_its_limit_fails_below_and_is_no_answer_when_absurd() {
    let mut open = open(draft());
    let mut given = |metres: f64| {
        answer(&mut open, "lane", Answer::Number(metres));
        let state = open.question(0, &key("lane")).unwrap();
        (state.verdict, state.problem.cloned())
    };
    assert_eq!(given(4.0), (Some(Verdict::Pass), None));
    assert_eq!(given(3.9), (Some(Verdict::Fail), None));
    let absurd = AnswerError::Implausible { given: 400.0, from: 0.0, to: 50.0 };
    assert_eq!(given(400.0), (None, Some(Problem::Answer(absurd))));
    assert!(matches!(given(f64::NAN), (None, Some(Problem::Answer(AnswerError::NotANumber { .. })))));
    assert_eq!(open.answer(0, &key("lane"), Answer::Pass), Err(Refused::WrongType));
    answer(&mut open, "lane", Answer::NotApplicable);
    assert_eq!(open.question(0, &key("lane")).unwrap().verdict, Some(Verdict::NotApplicable));
}

#[test]
fn a_date_goes_by_the_day_of_the_visit() {
    let mut open = open(draft());
    let mut verdict = |given: Answer| {
        answer(&mut open, "extinguisher", given);
        open.question(0, &key("extinguisher")).unwrap().verdict.unwrap()
    };
    let visit: NaiveDate = office_day(start());
    assert_eq!(verdict(Answer::Date(visit - Duration::days(31))), Verdict::Pass);
    assert_eq!(verdict(Answer::Date(visit - Duration::days(32))), Verdict::Fail);
    assert_eq!(verdict(Answer::Absent), Verdict::Fail, "there is none");
    assert_eq!(verdict(Answer::NotShown), Verdict::Fail, "it cannot be shown");
}

#[test]
fn passing_the_rest_of_a_section_leaves_figures_and_given_answers() {
    let mut open = open(draft());
    let (place, kept) = (GroupKey::of("place"), |open: &OpenDraft, question: &str| {
        open.question(0, &key(question)).unwrap().kept.cloned()
    });
    let simple = open.simple_questions(0, &place);
    let asked: Vec<_> = simple.iter().filter(|key| open.question(0, key).unwrap().is_open()).collect();
    assert_eq!(asked, [&key("clear")], "of those that may simply pass");
    open.pass_rest(0, &place);
    assert_eq!(kept(&open, "clear"), Some(Answer::Pass));
    assert_eq!(kept(&open, "lane"), None, "a width cannot simply pass");
    assert_eq!(kept(&open, "shop"), None, "nor what is not asked");
    answer(&mut open, "clear", Answer::Fail);
    open.pass_rest(0, &place);
    assert_eq!(kept(&open, "clear"), Some(Answer::Fail));
    assert_eq!(kept(&open, "pile"), Some(Answer::Pass), "the failure brought it into view");
}

#[test]
fn what_was_typed_stands_in_place_of_an_answer_and_lacks_one() {
    let mut open = sound();
    open.type_in(0, &key("count"), "十几").unwrap();
    let state = open.question(0, &key("count")).unwrap();
    assert_eq!((state.typed, state.answer), ("十几", None));
    assert_eq!(open.standing(0).lacking, 1);
}

#[test]
fn instances_of_a_repeat_come_and_go_with_all_that_is_in_them() {
    let entries = json!([{ "repeat": { "id": "room", "title": text("房间"), "most": 3, "entries": [
        pass_fail("window", json!({ "criterion": super::criterion(None, "外窗封堵", json!({})) })),
    ] } }]);
    let rooms = form("rooms", 1, entries);
    let kept = Draft { forms: vec![DraftForm::of(&rooms)], ..draft() };
    let mut open = OpenDraft::open(kept, slice::from_ref(&prepared(rooms.clone()))).unwrap();
    let room = GroupKey::of("room");
    let (first, _) = open.add_instance(0, &room).unwrap();
    let (second, _) = open.add_instance(0, &room).unwrap();
    let window = |number| key("window").at(&[number]);
    open.answer(0, &window(first), Answer::Pass).unwrap();
    open.answer(0, &window(second), Answer::Fail).unwrap();
    let hazard = domain::id::HazardId(uuid::Uuid::from_u128(9));
    let today = office_day(start());
    assert!(open.open_finding((0, &window(second)), hazard, "", today, domain::text::Lang::Zh));

    let sealed = OpenDraft::open(open.draft().clone(), slice::from_ref(&prepared(rooms.clone()))).unwrap();
    let sealed = sealed.submit(start()).unwrap();
    let found = sealed.visit.forms[0].answer(&window(second)).unwrap();
    assert_eq!((found.verdict, found.hazards.as_slice()), (Verdict::Fail, &[hazard][..]));
    assert_eq!(sealed.visit.check(slice::from_ref(&prepared(rooms))), Ok(()));

    open.remove_instance(0, &room, second).unwrap();
    assert_eq!(open.draft().forms[0].findings, [], "its hazard goes with it");
    assert!(open.question(0, &window(second)).is_none());
    assert_eq!(open.add_instance(0, &room).unwrap().0, 3, "a number is never used twice");
}
