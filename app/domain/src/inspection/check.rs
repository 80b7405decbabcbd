//! Whether an inspection fits the office's rules.

use super::{
    AdministrativeInspection, AuthorityLevel, Breach, CertifiedPerson, InspectingBody, InspectionKind,
    InspectionOfficer, InspectionRule, InspectionRules,
};
use crate::{party::PartyKind, role::Role, visit::VisitNature};
use chrono::NaiveDate;

/// What the rules ask of the world round an inspection.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The office's day on which it began.
    pub day: NaiveDate,
    /// Of whoever records it.
    pub role: Role,
    /// Their name.
    pub name: &'a str,
    /// What whoever answers for the site is; where nobody knows, the rules for enterprises hold.
    pub party: Option<PartyKind>,
    /// How many inspections of the year count already.
    pub counted: u32,
    /// Everybody who is known to hold certificates.
    pub certified: &'a [CertifiedPerson],
}

/// All that does not fit, in the order in which it is done.
pub fn check(
    rules: &InspectionRules,
    inspection: &AdministrativeInspection,
    facts: &Facts<'_>,
) -> Vec<Breach> {
    let mut breaches = vec![];
    if !VisitNature::AdministrativeInspection.is_for(facts.role) {
        breaches.push(Breach::NotAnInspector { name: facts.name.to_owned() });
    }
    // What holds for enterprises holds for sole traders by analogy, where the office has it so.
    let is_exempt = facts.party == Some(PartyKind::SoleTrader) && !rules.is_on(InspectionRule::SoleTraders);
    if is_exempt {
        return breaches;
    }
    breaches.extend(body(rules, inspection));
    if inspection.kind.inspects() {
        breaches.extend(papers(rules, inspection));
        breaches.extend(officers(rules, &inspection.officers, facts));
        breaches.extend(at_the_door(rules, inspection));
        breaches.extend(cap(rules, inspection, facts));
        if rules.is_on(InspectionRule::ResultTold) && !inspection.done.told {
            breaches.push(Breach::ResultNotTold);
        }
    } else if rules.is_on(InspectionRule::ObservationRecorded) && inspection.officers.is_empty() {
        breaches.push(Breach::NobodyNamed);
    }
    breaches
}

fn body(rules: &InspectionRules, inspection: &AdministrativeInspection) -> Option<Breach> {
    let is_qualified = match &inspection.body {
        InspectingBody::Office => true,
        InspectingBody::Department { id, .. } => rules.departments.contains(id),
    };
    (rules.is_on(InspectionRule::QualifiedBody) && !is_qualified).then_some(Breach::BodyNotQualified)
}

fn papers(rules: &InspectionRules, inspection: &AdministrativeInspection) -> Vec<Breach> {
    let mut breaches = vec![];
    if rules.is_on(InspectionRule::PublishedMatter) {
        match &inspection.matter {
            None => breaches.push(Breach::MatterMissing),
            Some(chosen) if !rules.matters_in_use().any(|matter| matter.code == chosen.code) => {
                breaches.push(Breach::MatterNotPublished);
            }
            Some(_) => {}
        }
    }
    let may_follow = inspection.urgent && rules.is_on(InspectionRule::UrgentOnTheSpot);
    if rules.is_on(InspectionRule::PriorApproval) && !may_follow && is_blank(&inspection.approval) {
        breaches.push(Breach::ApprovalMissing);
    }
    if inspection.kind == InspectionKind::Special && rules.is_on(InspectionRule::SpecialApproval) {
        match inspection.special.as_ref().filter(|special| !is_blank(&special.number)) {
            None => breaches.push(Breach::SpecialApprovalMissing),
            Some(special) if special.level < AuthorityLevel::County => {
                breaches.push(Breach::SpecialApprovalTooLow);
            }
            Some(_) => {}
        }
    }
    if rules.is_on(InspectionRule::NoticeServed) && is_blank(&inspection.notice) {
        breaches.push(Breach::NoticeMissing);
    }
    breaches
}

fn officers(rules: &InspectionRules, officers: &[InspectionOfficer], facts: &Facts<'_>) -> Vec<Breach> {
    let mut breaches = vec![];
    if rules.is_on(InspectionRule::TwoOfficers) {
        let needed = rules.figure(InspectionRule::TwoOfficers).unwrap_or_default();
        let named = u32::try_from(officers.len()).unwrap_or(u32::MAX);
        if named < needed {
            breaches.push(Breach::TooFewOfficers { named, needed });
        }
        let twice = officers
            .iter()
            .enumerate()
            .filter(|(at, officer)| officers.iter().take(*at).any(|before| before.person == officer.person));
        breaches.extend(twice.map(|(_, officer)| Breach::NamedTwice { name: officer.name.clone() }));
    }
    for officer in officers {
        let known = facts.certified.iter().find(|known| known.person == officer.person);
        if known.is_some_and(|known| !known.may_inspect()) {
            breaches.push(Breach::NotAnInspector { name: officer.name.clone() });
        }
        if rules.is_on(InspectionRule::ValidCertificates) {
            breaches.extend(certificate(officer, known, facts.day));
        }
    }
    breaches
}

fn certificate(
    officer: &InspectionOfficer,
    known: Option<&CertifiedPerson>,
    day: NaiveDate,
) -> Option<Breach> {
    let name = officer.name.clone();
    if is_blank(&officer.certificate) {
        return Some(Breach::CertificateMissing { name });
    }
    let mut held = known.into_iter().flat_map(|known| &known.certificates);
    match held.find(|held| held.number == officer.certificate) {
        None => Some(Breach::CertificateUnknown { name }),
        Some(held) if !held.is_valid_on(day) => {
            Some(Breach::CertificateExpired { name, valid_until: held.valid_until })
        }
        Some(_) => None,
    }
}

/// 到场先做
fn at_the_door(rules: &InspectionRules, inspection: &AdministrativeInspection) -> Vec<Breach> {
    let mut breaches = vec![];
    if rules.is_on(InspectionRule::ValidCertificates) && !inspection.done.shown {
        breaches.push(Breach::CertificatesNotShown);
    }
    if rules.is_on(InspectionRule::NoticeServed) && !inspection.done.served {
        breaches.push(Breach::NoticeNotServed);
    }
    if rules.is_on(InspectionRule::EntryCode) {
        if is_blank(&inspection.entry_code) {
            breaches.push(Breach::EntryCodeMissing);
        }
        if !inspection.done.registered {
            breaches.push(Breach::EntryNotRegistered);
        }
    }
    breaches
}

fn cap(rules: &InspectionRules, inspection: &AdministrativeInspection, facts: &Facts<'_>) -> Vec<Breach> {
    let mut breaches = vec![];
    if let Some(exception) = inspection.exception
        && !rules.is_on(exception.rule())
    {
        breaches.push(Breach::ExceptionNotOpen { exception });
    }
    if let Some(cap) = rules.cap()
        && inspection.counts(rules)
        && facts.counted >= cap
    {
        breaches.push(Breach::CapReached { counted: facts.counted, cap });
    }
    breaches
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}
