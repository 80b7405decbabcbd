//! What somebody has of a plan who leaves: its lead, and the sites that they are to go to.

use super::{LEADER, LI, Office, QIAN, SUN, WANG, ZHAO, id, outline, person};
use domain::{
    role::Role,
    spot_check::{
        SpotCheckKind,
        plan::{HeldPlan, PlanRejection, PlanStep, SiteChoice, SpotCheckPlan, SpotCheckPlanCommand, TeamOf},
    },
};

/// Who may lead, too.
const OTHER: u128 = 0x119;

fn office() -> Office {
    let mut office = Office::new();
    let other = person(OTHER, "郑凯", Role::Leader, None);
    office.people.insert(other.id, other);
    office
}

/// Two sites, to which these go; nothing is sent.
fn chosen(office: &Office) -> SpotCheckPlan {
    let team = |site: u128, people: [u128; 2]| TeamOf { site: id(site), team: people.map(id).to_vec() };
    let sites = vec![team(0x501, [WANG, LI]), team(0x503, [ZHAO, LI])];
    let plan = office.draft(&outline()).unwrap();
    office.after(&plan, &SpotCheckPlanCommand::ChooseSites { choice: SiteChoice::ByHand, sites })
}

fn sent(office: &Office) -> SpotCheckPlan {
    let checks = [0x710, 0x711].map(id).to_vec();
    office.after(&chosen(office), &SpotCheckPlanCommand::Send { checks })
}

fn cancelled(office: &Office) -> SpotCheckPlan {
    office.after(&chosen(office), &SpotCheckPlanCommand::Cancel { reason: "改期".to_owned() })
}

fn lead(to: u128) -> SpotCheckPlanCommand {
    SpotCheckPlanCommand::HandLeadOver { to: id(to) }
}

#[test]
fn somebody_else_who_may_leads_a_plan_that_is_not_over() {
    let office = office();
    for plan in [office.draft(&outline()).unwrap(), chosen(&office), sent(&office)] {
        let after = office.after(&plan, &lead(OTHER));
        assert!(after.is_insider(id(OTHER)) && !after.is_insider(id(LEADER)), "{:?}", plan.step);
        assert_eq!((&after.makers, after.step), (&plan.makers, plan.step), "nobody else comes to see it");
        assert_eq!(office.refused(&plan, &lead(WANG)), PlanRejection::NoLeader);
        assert_eq!(office.refused(&plan, &lead(0x999)), PlanRejection::UnknownPerson);
    }
    assert_eq!(office.refused(&cancelled(&office), &lead(OTHER)), PlanRejection::OtherStep);
    let mut own_round = chosen(&office);
    own_round.outline.kind = SpotCheckKind::Leader;
    assert_eq!(office.refused(&own_round, &lead(OTHER)), PlanRejection::OwnRound);
}

#[test]
fn sites_that_somebody_was_to_go_to_go_over_before_anything_is_sent() {
    let office = office();
    let plan = chosen(&office);
    let hand_over = |from: u128, to: u128| SpotCheckPlanCommand::HandOver {
        from: id(from),
        to: id(to),
        reason: "工作交接".to_owned(),
    };
    let after = office.after(&plan, &hand_over(LI, SUN));
    let people = |plan: &SpotCheckPlan| -> Vec<_> {
        plan.sites.iter().flat_map(|planned| &planned.team).map(|one| one.name.clone()).collect()
    };
    assert_eq!(people(&after), ["王磊", "孙倩", "赵欣", "孙倩"]);
    assert_eq!((after.step, after.exchanges.len()), (PlanStep::Drafted, 2));
    assert_eq!(office.refused(&plan, &hand_over(SUN, QIAN)), PlanRejection::NoSites);
    assert_eq!(office.refused(&cancelled(&office), &hand_over(LI, SUN)), PlanRejection::OtherStep);
}

#[test]
fn what_somebody_has_of_a_plan_ends_with_it() {
    let office = office();
    let plan = chosen(&office);
    let nothing = HeldPlan {
        id: plan.id,
        title: plan.outline.title.clone(),
        leads: false,
        goes: false,
        may_be_drawn: false,
    };
    let led = HeldPlan { leads: true, ..nothing.clone() };
    assert_eq!(plan.held_by(id(LEADER), false), Some(led.clone()));
    assert_eq!(plan.held_by(id(LI), false), Some(HeldPlan { goes: true, ..nothing }));
    assert_eq!(plan.held_by(id(QIAN), false), None);
    let sent = sent(&office);
    assert_eq!(sent.held_by(id(LEADER), true), Some(led));
    assert_eq!(sent.held_by(id(LEADER), false), None, "nobody is still to go");
    assert_eq!(sent.held_by(id(LI), true), None, "that is told by their checks");
    assert_eq!(cancelled(&office).held_by(id(LEADER), false), None);
}
