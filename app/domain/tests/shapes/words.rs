//! Words that stand alone: each is read and written as ever.

use crate::{stays, values::sectors};
use domain::{
    audit::{Act, SubjectKind},
    form::{Frequency, PhotoRule, ResponsibleKind, Verdict},
    inspection::{AuthorityLevel, CapException, InspectionKind, InspectionRule},
    limits::Field,
    party::PartyKind,
    photo::Source,
    risk::RiskLevel,
    role::Role,
    severity::Severity,
    sync::Postponed,
    text::Lang,
    visit::{RefusalReason, SignOffWay, VisitNature, VisitOutcome},
};

#[test]
fn of_people_and_places() {
    stays(
        "roles",
        &words!(Role {
            Inspector,
            CommunityOfficer,
            Officer,
            Supervisor,
            Leader,
            Enterprise,
            School,
            Administrator
        }),
    );
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
    stays("visit_natures", &words!(VisitNature { Patrol, AdministrativeInspection, SelfCheck, Recheck }));
    stays("inspection_kinds", &words!(InspectionKind { Ordinary, Special, Observation, Supervision }));
    stays("cap_exceptions", &words!(CapException { Report, Transfer, MajorHazard, Recheck }));
    stays("authority_levels", &words!(AuthorityLevel { Township, County, City, Province, State }));
    stays("inspection_rules_of_all", &InspectionRule::ALL);
    stays("visit_outcomes", &words!(VisitOutcome { Done, Closed, Refused, Moved, Gone }));
    stays(
        "refusal_reasons",
        &words!(RefusalReason { WaitsForPersonInCharge, Disagrees, NamelessByChoice, Other }),
    );
    stays("sign_off_ways", &words!(SignOffWay { Signed, Refused, Absent }));
    stays("verdicts", &words!(Verdict { Pass, Fail, NotApplicable, StillOpen, Information }));
    stays("photo_rules", &words!(PhotoRule { Never, OnFail, Always }));
    stays("responsible_kinds", &words!(ResponsibleKind { Site, Authority, Unknown }));
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
            Communities,
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
            Hazards,
            Photos,
            Form,
            Forms,
            Participants,
            Question,
            Attributes,
            Deadline,
            Until,
            Due,
            Pixels,
            Camera,
            Report,
            Matter,
            Approval,
            Notice,
            EntryCode,
            Officers,
            Certificates,
            Issuer,
            Meet,
            Bring,
            Notices,
            Channels,
            Template,
            Secret,
            Success,
            Days,
        }),
    );
}

/// Their lists are complete by the way they are made.
#[test]
fn of_the_audit() {
    stays("acts", Act::ALL);
    stays("subject_kinds", SubjectKind::ALL);
}
