//! Several checklists in one visit.

use super::{checklist, id, second, sound_draft, start};
use domain::{
    answer::Answer,
    hazard::HazardCommand,
    id::{ChecklistId, HazardId},
    photo::PhotoHash,
    text::Lang,
    time::office_day,
    visit::{DraftIssue, Finding, InvalidVisit, Position, ValidationIssue},
};
use uuid::Uuid;

#[test]
fn one_visit_holds_several_forms_and_each_is_asked_for_itself() {
    let lists = [checklist(), second()];
    let mut draft = sound_draft();
    draft.add_form(&second());
    assert_eq!(draft.position, Position { form: 1, item: None }, "one goes on with it");
    assert_eq!(
        draft.issues(&lists),
        [DraftIssue::Item { form: 1, issue: ValidationIssue::Unanswered(id("lane")) }],
        "the first form's lane answers nothing here"
    );
    assert_eq!((draft.progress(0, &lists[0]), draft.progress(1, &lists[1])), ((5, 5), (0, 1)));

    draft.answer(1, &id("lane"), Answer::Fail);
    let hazard = HazardId(Uuid::from_u128(78));
    let item = lists[1].item(&id("lane")).unwrap();
    let mut finding = Finding::propose(hazard, item, "锦绣物业", office_day(start()), Lang::Zh);
    finding.photos.push(PhotoHash::of(b"door"));
    draft.given_mut(1, &id("lane")).unwrap().finding = Some(finding);
    let sealed = draft.submit(&lists, start()).unwrap();
    assert_eq!(sealed.visit.checklists(), [ChecklistId::from("shed"), ChecklistId::from("doors")]);
    let tally = sealed.visit.tally();
    assert_eq!((tally.answered(), tally.failed), (6, 1), "over both");
    let [(_, HazardCommand::Report(found))] = sealed.hazards.as_slice() else {
        panic!("{:?}", sealed.hazards)
    };
    assert_eq!(found.checklist, Some(ChecklistId::from("doors")), "where it was found");
    assert!(sealed.visit.found(hazard, sealed.visit.inspector, sealed.visit.site));
    assert_eq!(sealed.visit.check(&[&lists[1], &lists[0]]), Ok(()));
    let unknown = InvalidVisit::UnknownChecklist(ChecklistId::from("doors"));
    assert_eq!(sealed.visit.check(&[&lists[0]]), Err(unknown));

    let mut short = sealed.visit.clone();
    short.forms[0].answers.remove(&id("count"));
    assert_eq!(short.check(&[&lists[0], &lists[1]]), Err(InvalidVisit::Unanswered(id("count"))));
    let mut twice = sealed.visit;
    twice.forms[1] = twice.forms[0].clone();
    let filled_twice = InvalidVisit::FilledTwice(ChecklistId::from("shed"));
    assert_eq!(twice.check(&[&lists[0], &lists[1]]), Err(filled_twice));
}

#[test]
fn a_checklist_is_added_once_and_taken_out_only_while_nothing_is_given() {
    let mut draft = sound_draft();
    draft.add_form(&checklist());
    assert_eq!((draft.forms.len(), draft.position.form), (1, 0), "it is there already");
    draft.add_form(&second());
    draft.remove_form(0);
    assert_eq!(draft.forms.len(), 2, "answers are not thrown away");
    draft.remove_form(1);
    assert_eq!((draft.forms.len(), draft.position.form), (1, 0));
    let mut alone = super::draft();
    alone.remove_form(0);
    assert_eq!(alone.forms.len(), 1, "the last one stays");
}
