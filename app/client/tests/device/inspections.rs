//! 行政检查 without signal: what the office sent before is enough to begin one, to be told what is lacking, and to seal it.

use crate::support::*;
use client::{drafts, drafts::NotSubmitted, inspections};
use domain::{
    id::{OfficeId, PersonId},
    inspection::{
        Breach, CertifiedPerson, ChosenMatter, CountedInspections, Inspected, InspectionDirectory,
        InspectionMatter, InspectionOfficer, InspectionRule, InspectionRules, InspectionSteps, OfficerSeen,
        RuleSetting, WentBy,
    },
    person::Certificate,
    place::Office,
    role::Role,
    schedule::VisitIntervals,
    sync::{Directory, Envelope, Payload, SignedIn},
    time::office_day,
    visit::{Draft, DraftIssue, VisitNature},
    window::LiveWindow,
};
use uuid::Uuid;

fn officer() -> SignedIn {
    let mut signed_in = person("韩立新");
    signed_in.actor.role = Role::Officer;
    signed_in
}

fn certified(phone: &Phone, person: PersonId, name: &str, number: &str) -> CertifiedPerson {
    let valid_until = office_day(phone.clock.now());
    let certificate = Certificate { number: number.into(), issuer: "区司法局".into(), valid_until };
    CertifiedPerson { person, name: name.into(), role: Role::Officer, certificates: vec![certificate] }
}

/// A cap of one, which the site has reached.
fn directory(phone: &Phone) -> Directory {
    let me = officer().actor;
    let matter =
        InspectionMatter {
            code: "XF-01".into(), name: "消防车通道".into(), ..InspectionMatter::default()
        };
    let at = phone.clock.now();
    let cap =
        RuleSetting {
            rule: InspectionRule::YearlyCap, on: true, figure: Some(1), by: "刘主任".into(), at
        };
    let rules =
        InspectionRules { version: 7, settings: vec![cap], matters: vec![matter], ..Default::default() };
    let colleague = certified(phone, PersonId(Uuid::from_u128(2)), "赵欣", "0219");
    let year = chrono::Datelike::year(&office_day(at));
    let counted = vec![CountedInspections { of: Inspected::at(&site()), year, count: 1 }];
    let certified = vec![certified(phone, me.person, &me.name, "0173"), colleague];
    Directory {
        office: Office { id: OfficeId(Uuid::nil()), name: "新城街道".into(), demo: false },
        me,
        communities: vec![],
        grids: vec![],
        departments: vec![],
        kinds: vec![],
        intervals: VisitIntervals::default(),
        colleagues: vec![],
        phrases: vec![],
        window: LiveWindow { closed_hazards: 60, visits: 90 },
        inspection: Some(InspectionDirectory { rules, certified, counted }),
        outlines: vec![],
    }
}

/// Signed in, with what the office sent.
async fn ready(phone: &Phone) -> InspectionDirectory {
    let directory = directory(phone);
    phone.office.records.replace(vec![Envelope::of(&directory).unwrap()]);
    phone.sign_in_as(officer()).await;
    phone.start().await;
    directory.inspection.unwrap()
}

async fn begun(phone: &Phone) -> Draft {
    let mut draft =
        drafts::begin(phone, &site(), &form(), VisitNature::AdministrativeInspection).await.unwrap();
    pass_questions(&mut draft, &["a", "b"]);
    drafts::save(phone, &draft).await.unwrap();
    draft
}

#[test]
fn it_begins_with_whoever_begins_it_and_says_what_is_lacking() {
    day(async |phone| {
        ready(&phone).await;
        let draft = begun(&phone).await;
        let inspection = draft.administrative.clone().unwrap();
        assert_eq!(InspectionOfficer::words(&inspection.officers), "韩立新 0173");
        assert_eq!(inspection.rules, 7);
        let lacking = inspections::breaches(&phone, &draft, &site()).await.unwrap();
        let told = [
            Breach::MatterMissing,
            Breach::ApprovalMissing,
            Breach::NoticeMissing,
            Breach::TooFewOfficers { named: 1, needed: 2 },
            Breach::CapReached { counted: 1, cap: 1 },
            Breach::ResultNotTold,
        ];
        assert!(told.iter().all(|breach| lacking.contains(breach)), "{lacking:?}");
        let Err(NotSubmitted::Issues(issues)) = phone.submit(draft.clone()).await else {
            panic!("it lacks nearly everything")
        };
        assert!(issues.contains(&DraftIssue::Breach(Breach::NoticeMissing)), "{issues:?}");
        let may_wait = DraftIssue::Breach(Breach::CapReached { counted: 1, cap: 1 });
        assert!(!issues.contains(&may_wait), "what is done is kept, and the office marks it: {issues:?}");
        assert_eq!(drafts::get(&phone, draft.id).await.unwrap(), Some(draft), "and nothing is lost");
    });
}

#[test]
fn with_everything_in_hand_it_is_sealed_with_it() {
    day(async |phone| {
        let known = ready(&phone).await;
        let mut draft = begun(&phone).await;
        let inspection = draft.administrative.as_mut().unwrap();
        InspectionOfficer::toggle(&mut inspection.officers, &known.certified[1]);
        inspection.matter = Some(ChosenMatter { code: "XF-01".into(), name: "消防车通道".into() });
        inspection.approval = "新街检批〔2026〕31号".into();
        inspection.notice = " 新街检通〔2026〕31号 ".into();
        inspection.entry_code = "RQ2026112400017".into();
        inspection.done = InspectionSteps { shown: true, served: true, registered: true, told: true };
        drafts::save(&phone, &draft).await.unwrap();
        phone.submit(draft).await.unwrap();
        phone.start().await;
        let operations = phone.office.operations.borrow();
        let Payload::SubmitVisit(visit) = &operations[0].0.payload else { panic!("{operations:?}") };
        let sealed = visit.administrative.as_ref().unwrap();
        assert_eq!(InspectionOfficer::words(&sealed.officers), "韩立新 0173、赵欣 0219");
        assert_eq!(sealed.notice, "新街检通〔2026〕31号", "without the blanks around it");
        // What it went by travels with it: the office may know otherwise by the time it comes in.
        let seen = known.certified.iter().map(|known| OfficerSeen { person: known.person, role: known.role });
        let went_by = WentBy {
            role: Role::Officer,
            party: site().party.map(|party| party.kind),
            officers: seen.collect(),
        };
        assert_eq!(sealed.went_by, Some(went_by));
    });
}

#[test]
fn a_patrol_asks_for_none_of_it() {
    day(async |phone| {
        ready(&phone).await;
        let draft = phone.begin().await;
        assert_eq!(draft.administrative, None);
        assert_eq!(inspections::breaches(&phone, &draft, &site()).await.unwrap(), []);
    });
}
