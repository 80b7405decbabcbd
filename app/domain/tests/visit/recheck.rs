//! 复查: what failed before is asked again, and nothing else.

use super::*;
use domain::visit::{InvalidVisit, Visit};

fn asking_only(nature: VisitNature, questions: &[&str]) -> Draft {
    let mut draft = Draft { nature, ..draft() };
    draft.ask_only(&shed().id, questions.iter().map(|question| id(question)).collect());
    draft
}

fn rechecked(nature: VisitNature) -> Visit {
    let mut open = open(asking_only(nature, &["pile", "count"]));
    answer(&mut open, "pile", Answer::Pass);
    answer(&mut open, "count", Answer::Count(3));
    open.submit(start()).unwrap().visit
}

#[test]
fn only_what_failed_is_asked_whatever_it_hung_on_then() {
    let open = open(asking_only(VisitNature::Recheck, &["pile", "count"]));
    assert_eq!(asked(&open, 0), ["pile", "count"]);
    assert_eq!(open.issues().len(), 2);
    let visit = rechecked(VisitNature::Recheck);
    assert_eq!(visit.forms[0].only, [id("pile"), id("count")]);
    assert_eq!(
        visit.answers().map(|one| one.key.question.clone()).collect::<Vec<_>>(),
        [id("pile"), id("count")]
    );
    assert_eq!(visit.check(&all()), Ok(()));
    let whole = asked(&super::open(asking_only(VisitNature::Recheck, &[])), 0);
    assert_eq!(whole, asked(&super::open(draft()), 0), "nothing failed: all of it");
}

#[test]
fn nobody_else_asks_less_than_the_form_does() {
    let patrol = Visit { nature: VisitNature::Patrol, ..rechecked(VisitNature::Recheck) };
    assert_eq!(patrol.check(&all()), Err(InvalidVisit::AsksLess(shed().id)));
    let mut strange = rechecked(VisitNature::Recheck);
    strange.forms[0].only.push(id("unheard-of"));
    assert_eq!(strange.check(&all()), Err(InvalidVisit::UnknownQuestion(id("unheard-of"))));
    let mut more = rechecked(VisitNature::Recheck);
    more.forms[0].only.push(id("kind"));
    assert_eq!(more.check(&all()), Err(InvalidVisit::Unanswered(id("kind"))), "what is asked is answered");
    let mut less = rechecked(VisitNature::Recheck);
    less.forms[0].only.pop();
    assert_eq!(less.check(&all()), Err(InvalidVisit::NotAsked(id("count"))));
}

#[test]
fn a_recheck_says_nothing_of_what_it_did_not_ask() {
    assert_eq!(rechecked(VisitNature::Recheck).last_answers(&shed(), start()), None);
}
