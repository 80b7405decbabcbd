//! 行政检查: every rule of document 54 that the material names is a row here, broken alone and switched off.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    id::{DepartmentId, PersonId},
    inspection::{
        AdministrativeInspection, AuthorityLevel, Breach, CapException, CertifiedPerson, ChosenMatter, Facts,
        InspectingBody, InspectionKind, InspectionMatter, InspectionOfficer, InspectionRule, InspectionRules,
        InspectionSteps, RuleSetting, RulesCommand, RulesRejection, SpecialApproval, check,
    },
    party::PartyKind,
    person::Certificate,
    role::Role,
    visit::VisitNature,
};
use uuid::Uuid;

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
}

fn at() -> DateTime<Utc> {
    day().and_hms_opt(2, 0, 0).unwrap().and_utc()
}

fn person(n: u128) -> PersonId {
    Uuid::from_u128(n).into()
}

fn department(n: u128) -> DepartmentId {
    Uuid::from_u128(n).into()
}

fn certified(n: u128, name: &str, number: &str, role: Role) -> CertifiedPerson {
    let certificate =
        Certificate { number: number.into(), issuer: "区司法局".into(), valid_until: day() };
    CertifiedPerson { person: person(n), name: name.into(), role, certificates: vec![certificate] }
}

fn officer(n: u128, name: &str, certificate: &str) -> InspectionOfficer {
    InspectionOfficer { person: person(n), name: name.into(), certificate: certificate.into() }
}

fn everybody() -> Vec<CertifiedPerson> {
    vec![
        certified(1, "王磊", "0173", Role::Officer),
        certified(2, "赵欣", "0219", Role::Supervisor),
        certified(3, "李敏", "0300", Role::Inspector),
    ]
}

/// One matter on the list, one department that inspects, and a cap of four.
fn rules() -> InspectionRules {
    InspectionRules {
        settings: vec![setting(InspectionRule::YearlyCap, true, Some(4))],
        matters: vec![InspectionMatter {
            code: "XF-01".into(),
            name: "消防车通道".into(),
            ..InspectionMatter::default()
        }],
        departments: vec![department(41)],
        ..InspectionRules::default()
    }
}

fn setting(rule: InspectionRule, on: bool, figure: Option<u32>) -> RuleSetting {
    RuleSetting { rule, on, figure, by: "刘主任".into(), at: at() }
}

/// The rules with this one switched.
fn with(rule: InspectionRule, on: bool) -> InspectionRules {
    let mut rules = rules();
    let figure = rules.figure(rule);
    rules.settings.retain(|known| known.rule != rule);
    rules.settings.push(setting(rule, on, figure));
    rules
}

/// By all rules.
fn lawful() -> AdministrativeInspection {
    AdministrativeInspection {
        matter: Some(ChosenMatter { code: "XF-01".into(), name: "消防车通道".into() }),
        approval: "新街检批〔2026〕31号".into(),
        notice: "新街检通〔2026〕31号".into(),
        officers: vec![officer(1, "王磊", "0173"), officer(2, "赵欣", "0219")],
        entry_code: "RQ2026112400017".into(),
        done: InspectionSteps { shown: true, served: true, registered: true, told: true },
        ..AdministrativeInspection::default()
    }
}

fn found(rules: &InspectionRules, inspection: &AdministrativeInspection) -> Vec<Breach> {
    found_by(rules, inspection, Role::Officer, None, 0)
}

fn found_by(
    rules: &InspectionRules,
    inspection: &AdministrativeInspection,
    role: Role,
    party: Option<PartyKind>,
    counted: u32,
) -> Vec<Breach> {
    let certified = everybody();
    check(rules, inspection, &Facts { day: day(), role, name: "王磊", party, counted, certified: &certified })
}

/// What is tried: an inspection, by whom, at whose site, and how many of the year count already.
struct Tried {
    inspection: AdministrativeInspection,
    role: Role,
    party: Option<PartyKind>,
    counted: u32,
}

/// What of it a rule is about, and what is found where the office holds its people to the rule and where it does not.
struct Row {
    rule: InspectionRule,
    change: fn(&mut Tried),
    on: Vec<Breach>,
    off: Vec<Breach>,
}

/// A rule that an office may switch off: broken alone, it is found, and by an office that does without it, nothing is.
fn row(rule: InspectionRule, change: fn(&mut Tried), breach: Breach) -> Row {
    Row { rule, change, on: vec![breach], off: vec![] }
}

/// A rule that allows something: what it opens is closed until the office says so.
fn opens(rule: InspectionRule, change: fn(&mut Tried), closed: Vec<Breach>) -> Row {
    Row { rule, change, on: vec![], off: closed }
}

/// By an exception, when the cap is reached.
fn excepted(exception: CapException, change: fn(&mut Tried)) -> Row {
    let closed = vec![Breach::ExceptionNotOpen { exception }, Breach::CapReached { counted: 4, cap: 4 }];
    opens(exception.rule(), change, closed)
}

fn at_cap(tried: &mut Tried, exception: CapException) {
    (tried.inspection.exception, tried.counted) = (Some(exception), 4);
}

/// Document 54, rule by rule.
fn rows() -> Vec<Row> {
    use InspectionRule as Rule;
    let name = |name: &str| name.to_owned();
    vec![
        row(
            Rule::QualifiedBody,
            |tried| {
                tried.inspection.body =
                    InspectingBody::Department { id: department(49), name: "安委办".into() };
            },
            Breach::BodyNotQualified,
        ),
        Row {
            rule: Rule::NoGridMember,
            change: |tried| tried.role = Role::Inspector,
            on: vec![Breach::NotAnInspector { name: name("王磊") }],
            off: vec![Breach::NotAnInspector { name: name("王磊") }],
        },
        row(Rule::PublishedMatter, |tried| tried.inspection.matter = None, Breach::MatterMissing),
        row(
            Rule::PublishedMatter,
            |tried| {
                tried.inspection.matter = Some(ChosenMatter { code: "XF-99".into(), name: "别的".into() });
            },
            Breach::MatterNotPublished,
        ),
        row(Rule::PriorApproval, |tried| tried.inspection.approval = " ".into(), Breach::ApprovalMissing),
        row(Rule::NoticeServed, |tried| tried.inspection.notice.clear(), Breach::NoticeMissing),
        row(Rule::NoticeServed, |tried| tried.inspection.done.served = false, Breach::NoticeNotServed),
        row(
            Rule::TwoOfficers,
            |tried| tried.inspection.officers.truncate(1),
            Breach::TooFewOfficers { named: 1, needed: 2 },
        ),
        row(
            Rule::TwoOfficers,
            |tried| tried.inspection.officers[1] = tried.inspection.officers[0].clone(),
            Breach::NamedTwice { name: name("王磊") },
        ),
        row(
            Rule::ValidCertificates,
            |tried| tried.inspection.officers[1].certificate.clear(),
            Breach::CertificateMissing { name: name("赵欣") },
        ),
        row(
            Rule::ValidCertificates,
            |tried| tried.inspection.officers[1].certificate = "9999".into(),
            Breach::CertificateUnknown { name: name("赵欣") },
        ),
        row(
            Rule::ValidCertificates,
            |tried| tried.inspection.done.shown = false,
            Breach::CertificatesNotShown,
        ),
        row(Rule::EntryCode, |tried| tried.inspection.entry_code.clear(), Breach::EntryCodeMissing),
        row(Rule::EntryCode, |tried| tried.inspection.done.registered = false, Breach::EntryNotRegistered),
        row(Rule::YearlyCap, |tried| tried.counted = 4, Breach::CapReached { counted: 4, cap: 4 }),
        row(Rule::ResultTold, |tried| tried.inspection.done.told = false, Breach::ResultNotTold),
        row(
            Rule::SpecialApproval,
            |tried| tried.inspection.kind = InspectionKind::Special,
            Breach::SpecialApprovalMissing,
        ),
        row(
            Rule::SpecialApproval,
            |tried| {
                tried.inspection.kind = InspectionKind::Special;
                let (level, number) = (AuthorityLevel::Township, "新街〔2026〕3号".into());
                tried.inspection.special = Some(SpecialApproval { level, number });
            },
            Breach::SpecialApprovalTooLow,
        ),
        row(
            Rule::SoleTraders,
            |tried| {
                tried.party = Some(PartyKind::SoleTrader);
                tried.inspection.notice.clear();
            },
            Breach::NoticeMissing,
        ),
        row(
            Rule::ObservationRecorded,
            |tried| {
                (tried.inspection.kind, tried.inspection.officers) = (InspectionKind::Observation, vec![]);
            },
            Breach::NobodyNamed,
        ),
        excepted(CapException::Report, |tried| at_cap(tried, CapException::Report)),
        excepted(CapException::Transfer, |tried| at_cap(tried, CapException::Transfer)),
        excepted(CapException::MajorHazard, |tried| at_cap(tried, CapException::MajorHazard)),
        excepted(CapException::Recheck, |tried| at_cap(tried, CapException::Recheck)),
        opens(
            Rule::UrgentOnTheSpot,
            |tried| (tried.inspection.urgent, tried.inspection.approval) = (true, String::new()),
            vec![Breach::ApprovalMissing],
        ),
    ]
}

#[test]
fn every_rule_is_held_to_alone_and_to_none_that_is_off() {
    assert_eq!(found(&rules(), &lawful()), []);
    for Row { rule, change, on, off } in rows() {
        let mut tried = Tried { inspection: lawful(), role: Role::Officer, party: None, counted: 0 };
        change(&mut tried);
        let Tried { inspection, role, party, counted } = tried;
        let found = |rules: &InspectionRules| found_by(rules, &inspection, role, party, counted);
        assert_eq!(found(&with(rule, true)), on, "{rule:?} is on");
        assert_eq!(found(&with(rule, false)), off, "{rule:?} is off");
        let usual = if rule.row().usual { on.clone() } else { off };
        assert_eq!(found(&rules()), usual, "{rule:?} as it is until the office says otherwise");
        // Whoever is treated as an enterprise breaks an enterprise's rule.
        let of_itself = on.iter().all(|breach| breach.rule() == rule);
        assert!(of_itself || rule == InspectionRule::SoleTraders, "{rule:?}: {on:?}");
    }
}

#[test]
fn no_rule_of_the_document_is_without_a_row() {
    let known: Vec<_> = rows().into_iter().map(|row| row.rule).collect();
    let without: Vec<_> = InspectionRule::ALL.into_iter().filter(|rule| !known.contains(rule)).collect();
    assert_eq!(without, []);
}

#[test]
fn no_grid_member_inspects_whatever_an_office_decides() {
    let off = with(InspectionRule::NoGridMember, false);
    for role in Role::ALL {
        let may = VisitNature::AdministrativeInspection.is_for(role);
        let found = found_by(&off, &lawful(), role, None, 0);
        let expected = if may { vec![] } else { vec![Breach::NotAnInspector { name: "王磊".into() }] };
        assert_eq!(found, expected, "{role:?}");
    }
    assert_eq!(VisitNature::of_role(Role::Inspector), [VisitNature::Patrol, VisitNature::Recheck]);
    let mut inspection = lawful();
    inspection.officers[1] = officer(3, "李敏", "0300");
    assert_eq!(found(&off, &inspection), [Breach::NotAnInspector { name: "李敏".into() }]);
}

#[test]
fn a_certificate_is_valid_to_the_end_of_its_last_day() {
    let certified = everybody();
    let on = |day| {
        let facts =
            Facts {
                day, role: Role::Officer, name: "王磊", party: None, counted: 0, certified: &certified
            };
        check(&rules(), &lawful(), &facts)
    };
    assert_eq!(on(day()), []);
    let expired = |name: &str| Breach::CertificateExpired { name: name.into(), valid_until: day() };
    assert_eq!(on(day().succ_opt().unwrap()), [expired("王磊"), expired("赵欣")]);
}

#[test]
fn the_cap_counts_by_the_year_and_knows_only_the_exceptions_that_are_open() {
    use InspectionRule as Rule;
    let at_cap = |rules: &InspectionRules, exception| {
        let inspection = AdministrativeInspection { exception, ..lawful() };
        (found_by(rules, &inspection, Role::Officer, None, 4), inspection.counts(rules))
    };
    let reached = Breach::CapReached { counted: 4, cap: 4 };
    assert_eq!(found_by(&rules(), &lawful(), Role::Officer, None, 3), [], "the fourth is within it");
    assert_eq!(at_cap(&rules(), None), (vec![reached.clone()], true));
    assert_eq!(at_cap(&with(Rule::YearlyCap, false), None), (vec![], true), "it is counted all the same");
    assert_eq!(at_cap(&InspectionRules { settings: vec![], ..rules() }, None).0, [], "no figure was given");
    for exception in CapException::ALL {
        let closed = Breach::ExceptionNotOpen { exception };
        assert_eq!(at_cap(&rules(), Some(exception)), (vec![closed, reached.clone()], true), "{exception:?}");
        assert_eq!(at_cap(&with(exception.rule(), true), Some(exception)), (vec![], false), "{exception:?}");
    }
    let looks_on = AdministrativeInspection { kind: InspectionKind::Supervision, ..lawful() };
    assert!(!looks_on.counts(&rules()), "nobody is inspected");
}

#[test]
fn sole_traders_are_treated_as_enterprises_unless_the_office_says_otherwise() {
    let nothing = AdministrativeInspection::default();
    let kind = Some(PartyKind::SoleTrader);
    let of = |rules: &InspectionRules, party| found_by(rules, &nothing, Role::Officer, party, 0);
    assert_eq!(of(&rules(), kind), of(&rules(), Some(PartyKind::Enterprise)));
    let off = with(InspectionRule::SoleTraders, false);
    assert_eq!(of(&off, kind), []);
    assert!(!of(&off, Some(PartyKind::Enterprise)).is_empty());
    assert!(!of(&off, None).is_empty(), "who it is, is not known");
}

#[test]
fn what_is_urgent_is_approved_afterwards_only_where_the_office_has_it_so() {
    let urgent = AdministrativeInspection { urgent: true, approval: String::new(), ..lawful() };
    assert_eq!(found(&rules(), &urgent), [Breach::ApprovalMissing], "off, until counsel says so");
    assert_eq!(found(&with(InspectionRule::UrgentOnTheSpot, true), &urgent), []);
}

#[test]
fn a_stricter_figure_counts_and_a_laxer_one_is_refused() {
    let set = |figure| RulesCommand::SetRule { rule: InspectionRule::TwoOfficers, on: true, figure };
    let stricter = rules().changed(&set(Some(3)), 0, &[], "刘主任", at()).unwrap();
    assert_eq!(found(&stricter, &lawful()), [Breach::TooFewOfficers { named: 2, needed: 3 }]);
    let refused = rules().changed(&set(Some(1)), 0, &[], "刘主任", at());
    assert_eq!(refused, Err(RulesRejection::Figure { from: 2, to: 10 }));
}

#[test]
fn a_change_says_who_and_when_and_refuses_what_makes_no_sense() {
    let rule = |rule, on, figure| RulesCommand::SetRule { rule, on, figure };
    let off = rule(InspectionRule::EntryCode, false, None);
    let changed = rules().changed(&off, 0, &[], "刘主任", at()).unwrap();
    assert_eq!(changed.version, 1);
    assert_eq!(changed.setting(InspectionRule::EntryCode).map(|set| set.by.as_str()), Some("刘主任"));
    let matter = |code: &str, name: &str| RulesCommand::PutMatter {
        matter: InspectionMatter { code: code.into(), name: name.into(), ..InspectionMatter::default() },
    };
    let long = "长".repeat(101);
    for (command, was, because) in [
        (off.clone(), 1, RulesRejection::Changed),
        (rule(InspectionRule::NoGridMember, false, None), 0, RulesRejection::Fixed),
        (rule(InspectionRule::EntryCode, true, Some(2)), 0, RulesRejection::NoFigure),
        (rule(InspectionRule::YearlyCap, true, Some(0)), 0, RulesRejection::Figure { from: 1, to: 365 }),
        (matter(" ", "消防"), 0, RulesRejection::CodeMissing),
        (matter("XF-02", ""), 0, RulesRejection::NameMissing),
        (
            RulesCommand::SetDepartments { departments: vec![department(42)] },
            0,
            RulesRejection::UnknownDepartment,
        ),
    ] {
        assert_eq!(rules().changed(&command, was, &[department(41)], "刘主任", at()), Err(because));
    }
    let over = rules().changed(&matter("XF-02", &long), 0, &[], "刘主任", at());
    assert!(matches!(over, Err(RulesRejection::OverLimit(_))), "{over:?}");
    let reworded = rules().changed(&matter("XF-01", "消防通道"), 0, &[], "刘主任", at()).unwrap();
    assert_eq!(reworded.matters.len(), 1, "a code stands once");
}
