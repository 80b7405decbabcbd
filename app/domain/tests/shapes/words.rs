//! Words that stand alone: each is read and written as ever.

use crate::{stays, values::sectors};
use domain::{
    answer::Verdict,
    audit::{Act, SubjectKind},
    checklist::{Frequency, PhotoRule, Severity},
    limits::Field,
    party::PartyKind,
    photo::Source,
    risk::RiskLevel,
    role::Role,
    sync::Postponed,
    text::Lang,
    visit::{VisitNature, VisitOutcome},
};

#[test]
fn of_people_and_places() {
    stays("roles", &words!(Role { Inspector, Officer, Supervisor, Enterprise, School, Administrator }));
    stays("sectors", &sectors());
    stays(
        "party_kinds",
        &words!(PartyKind { Enterprise, SoleTrader, PublicInstitution, Association, Department, Resident }),
    );
    stays("risk_levels", &words!(RiskLevel { Major, Considerable, General, Low }));
    stays("languages", &words!(Lang { Zh, En }));
}

#[test]
fn of_visits_and_photos() {
    stays("visit_natures", &words!(VisitNature { Routine, Surprise, Random, Joint, Recheck, SelfCheck }));
    stays("visit_outcomes", &words!(VisitOutcome { Done, Closed, Refused, Moved, Gone }));
    stays("verdicts", &words!(Verdict { Pass, Fail, NotApplicable, Information }));
    stays("photo_rules", &words!(PhotoRule { Never, OnFail, Always }));
    stays("severities", &words!(Severity { General, Major }));
    stays("frequencies", &words!(Frequency { Day, Week, TenDays, Month, Quarter, HalfYear, Term, Year }));
    stays("photo_sources", &words!(Source { Camera, InApp, Gallery }));
}

#[test]
fn of_what_is_not_taken() {
    stays("postponed", &words!(Postponed { Busy, Quota, PhotoFacts }));
    stays(
        "fields",
        &words!(Field {
            Name,
            Code,
            Phone,
            Address,
            Username,
            Duty,
            Leader,
            Contacts,
            CreditCode,
            People,
            Post,
            Kinds,
            Grids,
            Sites,
            Sectors,
            Interval,
            DeviceName,
            Query,
            Latitude,
            Longitude,
            Accuracy,
            What,
            Basis,
            Responsible,
            Measures,
            Contingency,
            Reason,
            Authority,
            Note,
            Answer,
            Answers,
            Photos,
            Checklist,
            Forms,
            Participants,
            Item,
            Deadline,
            Until,
            Due,
            Pixels,
            Camera,
            Report,
        }),
    );
}

/// Their lists are complete by the way they are made.
#[test]
fn of_the_audit() {
    stays("acts", Act::ALL);
    stays("subject_kinds", SubjectKind::ALL);
}
