//! 行政检查 of the demonstration: who holds a certificate, what may be inspected, and some inspections by the rules.

use super::{people, visits::DemoVisit};
use chrono::{DateTime, Datelike, Duration, Utc};
use domain::{
    inspection::{
        AdministrativeInspection, ChosenMatter, Inspected, InspectionMatter, InspectionOfficer,
        InspectionRule, InspectionRules, InspectionSteps, ReceivedInspection, RuleSetting,
    },
    person::{Certificate, Person},
    place::Department,
    role::Role,
    site::Site,
    time::office_day,
    visit::{Visit, VisitNature},
};
use std::collections::HashMap;

/// One visit of so many in which nothing was found is an inspection.
const ONE_OF: usize = 9;
/// Inspections of one party in a year, at the most.
const CAP: u32 = 4;
/// Days for which certificates are still valid, in their turn; the last one ran out.
const VALID: [i64; 7] = [700, 430, 365, 200, 40, 300, -12];

/// Of the published list, as it were.
const MATTERS: [(&str, &str); 4] = [
    ("XC-AQ-01", "消防车通道、疏散通道畅通情况的检查"),
    ("XC-AQ-02", "电动自行车停放充电安全的检查"),
    ("XC-AQ-03", "生产经营单位安全生产责任制落实情况的检查"),
    ("XC-AQ-04", "危险化学品经营单位储存安全的检查"),
];

/// Whoever may inspect holds a certificate.
pub(super) fn certify(people: &mut [Person], now: DateTime<Utc>) {
    let may = |person: &&mut Person| {
        VisitNature::AdministrativeInspection.is_for(person.role) && person.role != Role::Administrator
    };
    for (nth, person) in people.iter_mut().filter(may).enumerate() {
        let valid_until = office_day(now + Duration::days(VALID[nth % VALID.len()]));
        let number = format!("XC{:04}", 171 + nth * 46);
        person.certificates = vec![Certificate { number, issuer: "区司法局".to_owned(), valid_until }];
    }
}

/// The cap, the list of matters, and the one department that inspects in its own name.
pub(super) fn rules(people: &[Person], departments: &[Department], now: DateTime<Utc>) -> InspectionRules {
    let by = people.iter().find(|person| person.role == Role::Administrator);
    let by = by.map(|person| person.name.clone()).unwrap_or_default();
    let at = now - Duration::days(60);
    let cap = RuleSetting { rule: InspectionRule::YearlyCap, on: true, figure: Some(CAP), by, at };
    let matter = |(code, name): (&str, &str)| InspectionMatter {
        code: code.to_owned(),
        name: name.to_owned(),
        ..InspectionMatter::default()
    };
    InspectionRules {
        version: 1,
        settings: vec![cap],
        matters: MATTERS.map(matter).into(),
        departments: departments.first().map(|department| department.id).into_iter().collect(),
    }
}

/// Some visits in which nothing was found were made by two officers, with everything in hand.
pub(super) fn plan(visits: &mut [DemoVisit], people: &[Person]) {
    let supervisors = people::supervisors(people);
    let quiet =
        |visit: &&mut DemoVisit| visit.open.draft().outcome().is_done() && visit.open.proposed().is_empty();
    for (nth, visit) in visits.iter_mut().filter(quiet).step_by(ONE_OF).enumerate() {
        let Some(officer) = people::officer_of(people, &visit.site) else { continue };
        let day = office_day(visit.ended_at);
        let holds = |person: &&Person| person.certificates.iter().any(|held| held.is_valid_on(day));
        let beside = supervisors.iter().copied().find(holds);
        let (Some(officer), Some(beside)) = (Some(officer).filter(holds), beside) else { continue };
        let named = [officer, beside].map(|person| InspectionOfficer {
            person: person.id,
            name: person.name.clone(),
            certificate: person.certificates.first().map(|held| held.number.clone()).unwrap_or_default(),
        });
        let (code, name) = MATTERS[nth % MATTERS.len()];
        let inspection = AdministrativeInspection {
            matter: Some(ChosenMatter { code: code.to_owned(), name: name.to_owned() }),
            approval: format!("新街检批〔{}〕{}号", day.year(), nth + 1),
            notice: format!("新街检通〔{}〕{}号", day.year(), nth + 1),
            officers: named.into(),
            entry_code: format!("RQ{}{:02}{:02}{:03}", day.year(), day.month(), day.day(), nth + 1),
            done: InspectionSteps { shown: true, served: true, registered: true, told: true },
            rules: 1,
            ..AdministrativeInspection::default()
        };
        let draft = visit.open.draft_mut();
        draft.nature = VisitNature::AdministrativeInspection;
        draft.administrative = Some(inspection);
        draft.inspector = officer.id;
        draft.participants.clear();
        visit.inspector = officer.clone();
    }
}

/// How often whom, as it grows.
pub(super) type Counted = HashMap<(Inspected, i32), u32>;

/// What the office made of it when it came in.
pub(super) fn received(
    counted: &mut Counted,
    rules: &InspectionRules,
    visit: &Visit,
    site: &Site,
) -> Option<ReceivedInspection> {
    let counts = visit.administrative.as_ref()?.counts(rules);
    let year = office_day(visit.started_at).year();
    let count = counted.entry((Inspected::at(site), year)).or_default();
    *count += u32::from(counts);
    let nth = counts.then_some(*count);
    Some(ReceivedInspection { counts, nth, cap: rules.cap(), breaches: vec![] })
}
