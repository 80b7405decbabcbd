//! Whoever is sent to an administrative inspection without a certificate is named, when the plan is made and when it is sent.

use super::{LEADER, LI, MAKER, Office, QIAN, SUN, WANG, certificate, id, outline};
use domain::{
    draw::{Salt, SeedSource},
    id::PersonId,
    inspection::{InspectionMatter, InspectionRule, RuleSetting},
    spot_check::{
        SpotCheckKind, SpotCheckRule,
        plan::{
            DrawOrder, PlanOutline, PlanRejection, PlanStep, SiteChoice, SpotCheckPlan, SpotCheckPlanCommand,
            TeamOf, propose_teams,
        },
    },
    visit::VisitNature,
};

fn inspection() -> PlanOutline {
    PlanOutline { nature: VisitNature::AdministrativeInspection, ..outline() }
}

fn team(people: &[u128]) -> SpotCheckPlanCommand {
    let team = TeamOf { site: id(0x501), team: people.iter().map(|person| id(*person)).collect() };
    SpotCheckPlanCommand::ChooseSites { choice: SiteChoice::ByHand, sites: vec![team] }
}

fn send() -> SpotCheckPlanCommand {
    SpotCheckPlanCommand::Send { checks: vec![id(0x710)] }
}

fn lacking(people: &[&str]) -> PlanRejection {
    PlanRejection::NotCertified {
        people: people.iter().map(|name| (*name).to_owned()).collect(),
        until: outline().until,
    }
}

/// The office, where these people hold what is given.
fn office(held: &[Held]) -> Office {
    let mut office = Office::new();
    for (person, days) in held {
        let person = office.people.get_mut(&id::<PersonId>(*person)).unwrap();
        person.certificates = days.iter().map(|day| certificate(day)).collect();
    }
    office
}

/// Somebody, and the days until which their certificates are valid.
type Held<'a> = (u128, &'a [&'a str]);

fn planned(office: &Office) -> SpotCheckPlan {
    office.draft(&inspection()).unwrap()
}

#[test]
fn all_who_hold_no_valid_certificate_are_named_when_the_plan_is_made() {
    // The plan ends on the 25th: to the end of that day is long enough.
    let cases: [(&[Held], Option<&[&str]>); 5] = [
        (&[], None),
        (&[(SUN, &["2026-11-25"])], None),
        (&[(SUN, &["2026-11-24"])], Some(&["孙倩"])),
        (&[(SUN, &["2026-11-24", "2027-01-01"])], None),
        (&[(SUN, &[]), (MAKER, &["2025-01-01"])], Some(&["吴悦", "孙倩"])),
    ];
    for (held, named) in cases {
        let office = office(held);
        let decided =
            domain::spot_check::plan::decide(Some(&planned(&office)), &team(&[SUN, MAKER]), &office.around());
        assert_eq!(decided.map(drop).err(), named.map(lacking), "{held:?}");
    }
}

#[test]
fn whoever_lost_it_meanwhile_is_named_when_the_plan_is_sent() {
    let mut office = office(&[]);
    let plan = office.after(&planned(&office), &team(&[SUN, MAKER]));
    office.people.get_mut(&id::<PersonId>(MAKER)).unwrap().certificates.clear();
    assert_eq!(office.refused(&plan, &send()), lacking(&["吴悦"]));
    office.people.get_mut(&id::<PersonId>(MAKER)).unwrap().certificates.push(certificate("2027-06-30"));
    assert_eq!(office.after(&plan, &send()).step, PlanStep::Sent);
}

/// Whoever proposes teams does not pass over people without saying why.
#[test]
fn whoever_is_ticked_or_drawn_without_one_is_named() {
    let office = office(&[(SUN, &[])]);
    let people: Vec<PersonId> = [SUN, MAKER].map(id).to_vec();
    let proposed = propose_teams(&inspection(), &[id(0x501)], &people, &office.around());
    assert_eq!(proposed, Err(lacking(&["孙倩"])));
    let order = DrawOrder {
        among: SpotCheckRule::default(),
        sites: 1,
        avoid_own_grid: false,
        people,
        avoidances: vec![],
        source: SeedSource::Public {
            what: "双色球第 2026136 期".to_owned(),
            place: "www.cwl.gov.cn".to_owned(),
            due: super::at(24, 13),
        },
    };
    let freeze = SpotCheckPlanCommand::Freeze { order: Box::new(order), salt: Salt::new([7; 32]) };
    assert_eq!(office.refused(&planned(&office), &freeze), lacking(&["孙倩"]));
}

#[test]
fn whoever_comes_in_of_another_place_has_one_too() {
    let office = office(&[(LEADER, &[])]);
    let plan = office.after(&planned(&office), &team(&[SUN, MAKER]));
    let exchange = SpotCheckPlanCommand::Exchange {
        site: id(0x501),
        out: id(SUN),
        instead: id(LEADER),
        reason: "病假".to_owned(),
    };
    assert_eq!(office.refused(&plan, &exchange), lacking(&["韩立新"]));
}

#[test]
fn a_leader_who_comes_beside_the_team_needs_none() {
    let office = office(&[(LEADER, &[])]);
    let leads = PlanOutline { kind: SpotCheckKind::Leader, ..inspection() };
    let plan = office.draft(&leads).unwrap();
    office.after(&plan, &team(&[SUN, MAKER, LEADER]));
    assert_eq!(office.refused(&plan, &team(&[SUN, LEADER])), lacking(&["韩立新"]));
}

/// The published list says whose matter it is.
#[test]
fn whoever_is_not_of_the_matters_department_is_named() {
    let mut office = office(&[]);
    let matter = |code: &str, department: Option<u128>, ended: bool| InspectionMatter {
        code: code.to_owned(),
        name: format!("事项{code}"),
        department: department.map(id),
        ended,
        ..InspectionMatter::default()
    };
    office.rules.matters =
        vec![matter("1", Some(0x401), false), matter("2", None, false), matter("3", None, true)];
    let of = |code: &str| PlanOutline { matter: code.to_owned(), ..inspection() };
    let strange =
        PlanRejection::NotOfMatter { people: vec!["吴悦".to_owned()], matter: "事项1".to_owned() };
    assert_eq!(office.refused(&office.draft(&of("1")).unwrap(), &team(&[SUN, MAKER])), strange);
    office.after(&office.draft(&of("2")).unwrap(), &team(&[SUN, MAKER]));
    let joint =
        PlanOutline { kind: SpotCheckKind::Joint, departments: vec![id(0x401), id(0x402)], ..of("1") };
    office.after(&office.draft(&joint).unwrap(), &team(&[SUN, QIAN]));
    // Nobody inspects what is not published, and a patrol inspects nothing.
    let unknown = |code: &str| PlanRejection::UnknownMatter { code: code.to_owned() };
    assert_eq!(office.draft(&of("3")).unwrap_err(), unknown("3"));
    assert_eq!(office.draft(&of("9")).unwrap_err(), unknown("9"));
    let patrol = PlanOutline { matter: "2".to_owned(), ..outline() };
    assert_eq!(office.draft(&patrol).unwrap_err(), unknown("2"));
}

#[test]
fn a_patrol_needs_none_and_the_office_may_switch_the_rule_off() {
    let mut office = office(&[(SUN, &[]), (MAKER, &[])]);
    let patrol = office.draft(&outline()).unwrap();
    office.after(&patrol, &team(&[WANG, LI]));
    office.rules.settings.push(RuleSetting {
        rule: InspectionRule::ValidCertificates,
        on: false,
        figure: None,
        by: "吴悦".to_owned(),
        at: office.now,
    });
    office.after(&planned(&office), &team(&[SUN, MAKER]));
}
