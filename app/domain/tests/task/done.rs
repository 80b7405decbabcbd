//! By what a task is done.

use crate::{
    Records, actor, day, given, happened, hazard, hazard_to, id, now, officer, records, site, visit_to,
};
use chrono::Duration;
use domain::{
    hazard::{Evidence, HazardEvent, Issued, Return},
    id::{EventId, FormId, QuestionId},
    role::{Role, Scope},
    task::{HazardNeed, NewTask, Task, TaskCommand, TaskDoneBy, TaskState, TaskSubject, decide},
    visit::{FilledForm, SiteSeen, Visit, VisitNature, VisitOutcome},
};
use uuid::Uuid;

#[test]
fn a_visit_does_it_by_who_has_it_there_and_since() {
    let task = given(visit_to(11));
    let with_form = given(NewTask {
        about: TaskSubject::Visit { site: id(1), forms: vec!["fire-access".into()] },
        ..visit_to(11)
    });
    let later = now() + Duration::hours(1);
    let (none, forms): ([FormId; 0], [FormId; 1]) = ([], ["fire-access".into()]);
    let (none, forms) = (&none[..], &forms[..]);
    for (task, site, inspector, at, filled, met) in [
        (&task, 1, 11, later, none, true),
        (&task, 1, 11, now(), none, true),
        (&task, 1, 11, now() - Duration::minutes(1), none, false),
        (&task, 2, 11, later, none, false),
        (&task, 1, 12, later, none, false),
        (&with_form, 1, 11, later, none, false),
        (&with_form, 1, 11, later, forms, true),
        (&given(hazard_to(11, HazardNeed::Recheck)), 1, 11, later, none, false),
    ] {
        assert_eq!(task.is_met_by(id(site), id(inspector), at, filled), met, "{site} {inspector} {at}");
    }
    // Who got it later does it by what they did since.
    let known = Records { task: Some(task), ..records() };
    let issued = Issued { id: id(63), at: later, received_at: Some(later), by: &officer() };
    let handed_on = happened(decide(&known, id(60), &TaskCommand::HandOn { to: id(12) }, &issued));
    assert!(!handed_on.is_met_by(id(1), id(12), now(), &[]));
    assert!(handed_on.is_met_by(id(1), id(12), later, &[]));
}

/// What asks a part of a form is no check by that form.
#[test]
fn a_recheck_of_what_failed_does_no_visit_by_a_form() {
    let about = |forms: &[&str]| TaskSubject::Visit {
        site: id(1),
        forms: forms.iter().map(|form| FormId::from(*form)).collect(),
    };
    let by_form = given(NewTask { about: about(&["fire-access"]), ..visit_to(11) });
    let by_any = given(NewTask { about: about(&[]), ..visit_to(11) });
    let later = now() + Duration::hours(1);
    let visit = |nature, only: Vec<QuestionId>| Visit {
        id: id(81),
        site: id(1),
        site_seen: SiteSeen::of(&site()),
        nature,
        administrative: None,
        inspector: id(11),
        participants: vec![],
        outcome: VisitOutcome::Done,
        started_at: later,
        submitted_at: later,
        order: None,
        location: None,
        forms: vec![FilledForm {
            form: "fire-access".into(),
            version: 1,
            answers: vec![],
            only,
            instances: vec![],
        }],
        note: String::new(),
        photos: vec![],
        sign_off: None,
    };
    let does = |task: &Task, visit: &Visit| task.done_by_visit(visit, "王芳", later).is_some();
    let whole = visit(VisitNature::Patrol, vec![]);
    let part = visit(VisitNature::Recheck, vec!["lane".into()]);
    assert!(does(&by_form, &whole) && does(&by_any, &whole));
    assert!(!does(&by_form, &part) && does(&by_any, &part));
}

#[test]
fn a_hazards_event_does_it_where_it_was_needed() {
    let evidence = || Evidence { note: String::new(), photos: vec![] };
    let back = Return { photos: vec![], reason: "没清完".into(), deadline: day(3) };
    for (event, chased, rechecked) in [
        (HazardEvent::Rectified(evidence()), true, false),
        (HazardEvent::AcceptedOnce(evidence()), false, true),
        (HazardEvent::Accepted(evidence()), true, true),
        (HazardEvent::Returned(back), false, true),
    ] {
        let by = actor(31, Role::Supervisor, Scope::Office);
        let at = now() + Duration::hours(1);
        let record = |at, received| {
            Issued { id: id(501), at, received_at: Some(received), by: &by }.record(event.clone())
        };
        let hazard_then = hazard().evolve(record(at, at));
        for (need, met) in [(HazardNeed::Chase, chased), (HazardNeed::Recheck, rechecked)] {
            let task = given(hazard_to(11, need));
            let done = task.done_by_hazard(&hazard_then);
            assert_eq!(done.is_some(), met, "{need:?} by {event:?}");
            if let Some(record) = done {
                let mut task = task.clone();
                task.evolve(record);
                let by = TaskDoneBy::Hazard(EventId(Uuid::from_u128(501)));
                assert_eq!(task.state, TaskState::Done { at, by });
                assert_eq!(task.done_by_hazard(&hazard_then), None, "once");
            }
            // What the office knew when it gave the task is not what it waits for; what it learns since is.
            let before = now() - Duration::hours(1);
            assert_eq!(task.done_by_hazard(&hazard().evolve(record(before, before))), None);
            assert_eq!(task.done_by_hazard(&hazard().evolve(record(before, at))).is_some(), met);
        }
    }
}
