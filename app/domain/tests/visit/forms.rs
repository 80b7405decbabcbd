//! Several forms in one visit.

use super::{all, answer, doors, key, open, shed, sound, start, write_up};
use domain::{
    form::Answer,
    hazard::HazardCommand,
    id::FormId,
    photo::PhotoHash,
    visit::{DraftIssue, InvalidVisit, OpenDraft, Position, ValidationIssue},
};

fn with_doors() -> OpenDraft {
    let mut draft = sound().draft().clone();
    draft.add_form(&doors());
    assert_eq!(draft.position, Position { form: 1, question: None }, "one goes on with it");
    open(draft)
}

#[test]
fn one_visit_holds_several_forms_and_each_is_asked_for_itself() {
    let mut open = with_doors();
    assert_eq!(
        open.issues(),
        [DraftIssue::Question { form: 1, issue: ValidationIssue::Unanswered(key("lane")) }],
        "the first form's lane answers nothing here"
    );
    let progress = |open: &OpenDraft, form| (open.standing(form).answered, open.standing(form).asked);
    assert_eq!((progress(&open, 0), progress(&open, 1)), ((5, 5), (0, 1)));

    open.answer(1, &key("lane"), Answer::Fail).unwrap();
    write_up(&mut open, 1, "lane", 78);
    open.change_finding(1, &key("lane"), |finding| finding.photos.push(PhotoHash::of(b"door")));
    let sealed = open.submit(start()).unwrap();
    assert_eq!(sealed.visit.form_ids(), [FormId::from("shed"), FormId::from("doors")]);
    let tally = sealed.visit.tally();
    assert_eq!((tally.answered(), tally.failed), (6, 1), "over both");
    let [(hazard, HazardCommand::Report(found))] = sealed.hazards.as_slice() else {
        panic!("{:?}", sealed.hazards)
    };
    assert_eq!(found.form, Some(FormId::from("doors")), "where it was found");
    assert!(sealed.visit.found(*hazard, sealed.visit.inspector, sealed.visit.site));
    assert_eq!(sealed.visit.check(&all()), Ok(()));
    let unknown = InvalidVisit::UnknownForm(FormId::from("doors"));
    assert_eq!(sealed.visit.check(&all()[..1]), Err(unknown));

    let mut twice = sealed.visit;
    twice.forms[1] = twice.forms[0].clone();
    assert_eq!(twice.check(&all()), Err(InvalidVisit::FilledTwice(FormId::from("shed"))));
}

#[test]
fn a_form_is_added_once_and_taken_out_only_while_nothing_is_given() {
    let mut draft = sound().draft().clone();
    draft.add_form(&shed());
    assert_eq!((draft.forms.len(), draft.position.form), (1, 0), "it is there already");
    let mut open = with_doors();
    open.remove_form(0);
    assert_eq!(open.draft().forms.len(), 2, "answers are not thrown away");
    open.remove_form(1);
    assert_eq!((open.draft().forms.len(), open.draft().position.form), (1, 0));
    assert_eq!(open.sessions().len(), 1);
    let mut alone = super::open(super::draft());
    alone.remove_form(0);
    assert_eq!(alone.draft().forms.len(), 1, "the last one stays");
}

#[test]
fn a_draft_whose_form_is_not_at_hand_is_not_opened() {
    assert!(OpenDraft::open(with_doors().draft().clone(), &all()[..1]).is_none());
    let mut newer = shed();
    newer.version += 1;
    let newer = [super::prepared(newer)];
    assert!(OpenDraft::open(sound().draft().clone(), &newer).is_none(), "exactly its own version");
}

#[test]
fn each_change_says_what_it_changed_and_nothing_else() {
    let mut open = sound();
    let changes = open.answer(0, &key("clear"), Answer::Fail).unwrap();
    assert_eq!(changes[0].shown, [key("pile")]);
    let changes = open.answer(0, &key("count"), Answer::Count(13)).unwrap();
    assert_eq!(changes[0].answers, [key("count")]);
    assert!(changes[0].shown.is_empty() && changes[0].verdicts.is_empty());
    answer(&mut open, "clear", Answer::Pass);
}
