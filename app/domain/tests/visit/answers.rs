//! What is asked, and what an answer to it comes to.

use super::{checklist, draft, id, start};
use chrono::{Duration, NaiveDate};
use domain::{
    answer::{Answer, AnswerError, Verdict},
    checklist::{Checklist, ChecklistError},
    id::SectionId,
    time::office_day,
};

#[test]
fn the_checklist_is_sound_and_asks_by_kind_of_site() {
    let list = checklist();
    assert_eq!(list.check(), Ok(()));
    let asked: Vec<_> =
        draft().relevant_items(0, &list).into_iter().map(|item| item.id.to_string()).collect();
    assert_eq!(asked, ["lane", "clear", "extinguisher", "kind", "count"]);
}

#[test]
fn a_dependent_item_appears_with_its_answer() {
    let list = checklist();
    let mut draft = draft();
    draft.answer(0, &id("clear"), Answer::Fail);
    assert!(draft.relevant_items(0, &list).iter().any(|item| item.id == id("pile")));
    draft.answer(0, &id("clear"), Answer::Pass);
    assert!(!draft.relevant_items(0, &list).iter().any(|item| item.id == id("pile")));
}

#[test]
fn a_figure_passes_at_its_limit_fails_below_and_is_no_answer_when_absurd() {
    let list = checklist();
    let lane = list.item(&id("lane")).unwrap();
    let evaluate = |metres: f64| lane.evaluate(&Answer::Number(metres), office_day(start()));
    assert_eq!(evaluate(4.0), Ok(Verdict::Pass));
    assert_eq!(evaluate(3.9), Ok(Verdict::Fail));
    assert_eq!(evaluate(400.0), Err(AnswerError::Implausible { given: 400.0, from: 0.0, to: 50.0 }));
    assert!(matches!(evaluate(f64::NAN), Err(AnswerError::NotANumber { .. })));
    assert_eq!(lane.evaluate(&Answer::Pass, office_day(start())), Err(AnswerError::WrongType));
    assert_eq!(lane.evaluate(&Answer::NotApplicable, office_day(start())), Ok(Verdict::NotApplicable));
}

#[test]
fn a_date_is_judged_by_the_day_of_the_visit() {
    let list = checklist();
    let item = list.item(&id("extinguisher")).unwrap();
    let evaluate = |date: NaiveDate| item.evaluate(&Answer::Date(date), office_day(start())).unwrap();
    let visit = office_day(start());
    assert_eq!(evaluate(visit - Duration::days(31)), Verdict::Pass);
    assert_eq!(evaluate(visit - Duration::days(32)), Verdict::Fail);
    assert_eq!(evaluate(visit + Duration::days(1)), Verdict::Fail, "a check cannot have been made tomorrow");
}

#[test]
fn passing_the_rest_of_a_section_leaves_figures_and_given_answers() {
    let list = checklist();
    let mut draft = draft();
    draft.pass_rest(0, &list, &SectionId::from("place"));
    assert_eq!(draft.forms[0].items[&id("clear")].answer, Some(Answer::Pass));
    assert!(!draft.forms[0].items.contains_key(&id("lane")), "a width cannot simply pass");
    assert!(!draft.forms[0].items.contains_key(&id("shop")), "nor what is not asked");
    draft.answer(0, &id("clear"), Answer::Fail);
    draft.pass_rest(0, &list, &SectionId::from("place"));
    assert_eq!(draft.forms[0].items[&id("clear")].answer, Some(Answer::Fail));
    assert_eq!(
        draft.forms[0].items[&id("pile")].answer,
        Some(Answer::Pass),
        "the failure brought it into view"
    );
}

#[test]
fn an_authors_mistakes_are_refused() {
    let broken = |change: fn(&mut Checklist)| {
        let mut list = checklist();
        change(&mut list);
        list.check()
    };
    assert!(matches!(
        broken(|list| list.sections[0].items.swap(1, 2)),
        Err(ChecklistError::ForwardReference { .. })
    ));
    assert!(matches!(
        broken(|list| {
            let twin = list.sections[0].items[0].clone();
            list.sections[1].items.push(twin);
        }),
        Err(ChecklistError::DuplicateItem(_))
    ));
    assert!(matches!(broken(|list| list.title.en.clear()), Err(ChecklistError::Untranslated(_))));
    assert_eq!(broken(|list| list.sections.clear()), Err(ChecklistError::Empty));
}
