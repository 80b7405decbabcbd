//! What the responsible party does by its code, and what that never does.

use super::{day, found, issued, open, photo, somebody, start};
use chrono::Duration;
use domain::{
    form::ResponsibleKind,
    hazard::{
        Evidence, ExtensionRequest, Found, Hazard, HazardCommand, HazardStatus, HazardStatusKind,
        MOST_ANSWERS, PartyAnswer, PartyRefusal, RejectedBecause, ValidationError,
    },
    id::EventId,
    role::Role,
    severity::Severity,
};
use uuid::Uuid;

fn evidence(note: &str, photos: u8) -> Evidence {
    Evidence { note: note.into(), photos: (0..photos).map(photo).collect() }
}

fn answered(hazard: &Hazard, answer: &PartyAnswer, n: u128) -> Result<Hazard, PartyRefusal> {
    let record = hazard.answered_by_party(answer, EventId(Uuid::from_u128(n)), "老味道川菜馆", start())?;
    Ok(match record {
        Some(record) => hazard.clone().evolve(record),
        None => hazard.clone(),
    })
}

#[test]
fn what_its_party_put_right_is_accepted_by_anybody_who_accepts() {
    let hazard = answered(&open(found(Severity::General)), &PartyAnswer::Rectified(evidence("搬走了", 1)), 7);
    let hazard = hazard.unwrap();
    assert_eq!(hazard.status, HazardStatus::Rectified { by: None });
    assert_eq!((hazard.status.rectified_by(), hazard.after.len()), (None, 1));
    let line = hazard.events.last().unwrap();
    assert_eq!((line.by, line.name.as_str()), (None, "老味道川菜馆"));
    // The same form once more says nothing new.
    let again = answered(&hazard, &PartyAnswer::Rectified(evidence("搬走了", 1)), 7).unwrap();
    assert_eq!(again, hazard);
    // Another photo is looked at with the first.
    let more = answered(&hazard, &PartyAnswer::Wrote(evidence("", 2)), 8).unwrap();
    assert_eq!((more.status.kind(), more.after.len()), (HazardStatusKind::Rectified, 3));
    // Also by the one who found it: it is nobody's own work.
    let by = somebody(1, Role::Inspector);
    let (closed, because) = more.attempt(&HazardCommand::Accept(evidence("看过了", 0)), &issued(9, &by));
    assert_eq!((because, closed.status.kind()), (None, HazardStatusKind::Closed));
    let refused = answered(&closed, &PartyAnswer::Wrote(evidence("还有话", 0)), 10).unwrap_err();
    assert!(matches!(refused, PartyRefusal::Rejected(RejectedBecause::AlreadyClosed { .. })));
}

#[test]
fn a_major_one_wants_its_plan_and_what_is_others_is_not_the_partys() {
    let rectified = PartyAnswer::Rectified(evidence("搬走了", 1));
    let major = answered(&open(found(Severity::Major)), &rectified, 7);
    assert_eq!(major.unwrap_err(), PartyRefusal::NotAssigned);
    let others = Found {
        responsible_kind: ResponsibleKind::Authority,
        responsible: "消防救援大队".into(),
        ..found(Severity::General)
    };
    assert_eq!(answered(&open(others), &rectified, 7).unwrap_err(), PartyRefusal::NotAssigned);
    // A word is always taken while it is open.
    let told =
        answered(&open(found(Severity::Major)), &PartyAnswer::Wrote(evidence("正在清", 0)), 7).unwrap();
    assert_eq!(told.status.kind(), HazardStatusKind::Found);
}

#[test]
fn more_time_is_asked_once_and_for_a_day_to_come() {
    let hazard = open(found(Severity::General));
    let ask = |until| PartyAnswer::AskExtension(ExtensionRequest { until, reason: "等材料".into() });
    let asked = answered(&hazard, &ask(day(30)), 7).unwrap();
    let extension = asked.extension.clone().unwrap();
    assert_eq!((extension.until, extension.by), (day(30), None));
    assert_eq!(asked.due, hazard.due, "the office answers");
    let twice = answered(&asked, &ask(day(30)), 8).unwrap_err();
    assert_eq!(twice, PartyRefusal::Rejected(RejectedBecause::ExtensionWaits));
    for wrong in [day(17), day(18) + Duration::days(181)] {
        assert_eq!(answered(&hazard, &ask(wrong), 9).unwrap_err(), PartyRefusal::Day);
    }
}

#[test]
fn what_lacks_a_part_or_is_too_much_is_refused() {
    let hazard = open(found(Severity::General));
    let refused = |answer: PartyAnswer| answered(&hazard, &answer, 7).unwrap_err();
    let nothing = PartyRefusal::Invalid(ValidationError::AfterPhoto);
    assert_eq!(refused(PartyAnswer::Rectified(evidence("改好了", 0))), nothing);
    assert_eq!(refused(PartyAnswer::Wrote(evidence(" ", 0))), PartyRefusal::Invalid(ValidationError::What));
    let long = "字".repeat(2_001);
    for answer in [PartyAnswer::Wrote(evidence(&long, 0)), PartyAnswer::Rectified(evidence(&long, 1))] {
        let refused = refused(answer);
        assert!(matches!(refused, PartyRefusal::Invalid(ValidationError::OverLimit(_))), "{refused:?}");
    }
    let mut hazard = hazard.clone();
    for n in 0..MOST_ANSWERS {
        hazard = answered(&hazard, &PartyAnswer::Wrote(evidence("在改", 0)), 100 + n as u128).unwrap();
    }
    let more = answered(&hazard, &PartyAnswer::Wrote(evidence("在改", 0)), 999).unwrap_err();
    assert_eq!(more, PartyRefusal::Enough);
}
