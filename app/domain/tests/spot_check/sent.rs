//! What still changes once a plan is sent: who goes, and when a check that was missed is made up for.

use super::{GONE, LI, MAKER, Office, SUN, WANG, ZHAO, at, id, outline};
use domain::{
    id::{PersonId, SpotCheckId},
    spot_check::plan::{
        PlanRejection, PlanStep, Rescheduled, SiteChoice, SpotCheckPlan, SpotCheckPlanCommand, TeamOf,
    },
};

const CHECKS: [u128; 2] = [0x710, 0x711];

/// Two sites, to which these go; both checks are on the way.
fn sent(office: &mut Office) -> SpotCheckPlan {
    let team = |site: u128, people: [u128; 2]| TeamOf {
        site: id(0x500 + site),
        team: people.iter().map(|person| id(*person)).collect(),
    };
    let sites = vec![team(1, [WANG, LI]), team(3, [ZHAO, LI])];
    let plan = office.draft(&outline()).unwrap();
    let plan = office.after(&plan, &SpotCheckPlanCommand::ChooseSites { choice: SiteChoice::ByHand, sites });
    let plan = office.after(&plan, &SpotCheckPlanCommand::Send { checks: CHECKS.map(id).to_vec() });
    office.under_way = CHECKS.map(id::<SpotCheckId>).into();
    plan
}

fn names(plan: &SpotCheckPlan, site: usize) -> Vec<&str> {
    plan.sites[site].team.iter().map(|person| person.name.as_str()).collect()
}

fn exchange(out: u128, instead: u128) -> SpotCheckPlanCommand {
    SpotCheckPlanCommand::Exchange {
        site: id(0x501),
        out: id(out),
        instead: id(instead),
        reason: "病假".to_owned(),
    }
}

fn hand_over(from: u128, to: u128) -> SpotCheckPlanCommand {
    SpotCheckPlanCommand::HandOver { from: id(from), to: id(to), reason: "工作交接".to_owned() }
}

#[test]
fn somebody_goes_in_of_another_place_as_long_as_the_check_is_under_way() {
    let mut office = Office::new();
    let plan = sent(&mut office);
    let after = office.after(&plan, &exchange(LI, SUN));
    assert_eq!((names(&after, 0), after.step), (vec!["王磊", "孙倩"], PlanStep::Sent));
    assert_eq!(names(&after, 1), ["赵欣", "李敏"], "at the other site nothing changes");
    let left = PlanRejection::PersonLeft { person: "冯涛".to_owned() };
    assert_eq!(office.refused(&plan, &exchange(LI, GONE)), left);
    let twice = PlanRejection::PersonTwice { person: "王磊".to_owned(), site: "场所1".to_owned() };
    assert_eq!(office.refused(&plan, &exchange(LI, WANG)), twice);
    office.under_way.remove(&id(CHECKS[0]));
    let over = PlanRejection::CheckOver { site: "场所1".to_owned() };
    assert_eq!(office.refused(&plan, &exchange(LI, SUN)), over);
}

/// Nobody could be exchanged otherwise, where two have left.
#[test]
fn whoever_left_beside_them_does_not_stand_in_the_way() {
    let mut office = Office::new();
    let plan = sent(&mut office);
    for person in [WANG, LI] {
        office.people.get_mut(&id::<PersonId>(person)).unwrap().disabled = true;
    }
    let plan = office.after(&plan, &exchange(WANG, MAKER));
    let plan = office.after(&plan, &exchange(LI, SUN));
    assert_eq!(names(&plan, 0), ["吴悦", "孙倩"]);
}

#[test]
fn all_that_somebody_has_goes_over_at_once_or_nothing_of_it() {
    let mut office = Office::new();
    let plan = sent(&mut office);
    let after = office.after(&plan, &hand_over(LI, SUN));
    assert_eq!((names(&after, 0), names(&after, 1)), (vec!["王磊", "孙倩"], vec!["赵欣", "孙倩"]));
    assert_eq!(after.exchanges.len(), 2);
    let twice = PlanRejection::PersonTwice { person: "王磊".to_owned(), site: "场所1".to_owned() };
    assert_eq!(office.refused(&plan, &hand_over(LI, WANG)), twice, "they go to the first already");
    assert_eq!(office.refused(&plan, &hand_over(SUN, WANG)), PlanRejection::NoSites);
    office.under_way.remove(&id(CHECKS[1]));
    assert_eq!(office.after(&plan, &hand_over(LI, SUN)).exchanges.len(), 1, "what is over stays theirs");
}

#[test]
fn whoever_hands_over_does_not_come_to_see_the_sites() {
    let mut office = Office::new();
    let plan = sent(&mut office);
    let event = domain::spot_check::plan::decide(Some(&plan), &hand_over(LI, SUN), &office.around()).unwrap();
    let by = domain::spot_check::plan::PlannedPerson { id: id(ZHAO), name: "赵欣".to_owned() };
    let record = domain::spot_check::plan::PlanEventRecord { by, ..office.record(event) };
    let after = plan.evolve(record);
    assert!(!after.shows_sites_to(id(ZHAO), office.now));
    assert_eq!(after.makers.len(), 1);
}

fn later(reason: &str) -> Rescheduled {
    Rescheduled {
        check: id(CHECKS[1]),
        opens_at: at(28, 1),
        until: "2026-11-28".parse().unwrap(),
        reason: reason.to_owned(),
    }
}

#[test]
fn a_check_that_was_missed_gets_another_day_and_is_a_secret_until_then() {
    let mut office = Office::new();
    let plan = sent(&mut office);
    office.now = at(26, 2);
    let command = |later: Rescheduled| SpotCheckPlanCommand::Reschedule(later);
    assert_eq!(office.refused(&plan, &command(later("道路封闭"))), PlanRejection::NotMissed);
    office.under_way.clear();
    office.missed.insert(id(CHECKS[1]));
    let cases = [
        (later(" "), PlanRejection::ReasonMissing),
        (Rescheduled { opens_at: office.now, ..later("雪") }, PlanRejection::OpensInPast),
        (
            Rescheduled { until: "2026-11-27".parse().unwrap(), ..later("雪") },
            PlanRejection::EndsBeforeOpening,
        ),
        (Rescheduled { check: id(CHECKS[0]), ..later("雪") }, PlanRejection::NotMissed),
    ];
    for (wrong, why) in cases {
        assert_eq!(office.refused(&plan, &command(wrong.clone())), why, "{wrong:?}");
    }
    let outsider: PersonId = id(SUN);
    assert!(plan.shows_sites_to(outsider, office.now), "its hour had come");
    let after = office.after(&plan, &command(later(" 道路封闭 ")));
    assert_eq!(after.rescheduled, [later("道路封闭")]);
    assert!(!after.shows_sites_to(outsider, office.now) && after.shows_sites_to(outsider, at(28, 1)));
    assert!(after.shows_sites_to(id(MAKER), office.now));
}

#[test]
fn whoever_has_left_by_then_is_named() {
    let mut office = Office::new();
    let plan = sent(&mut office);
    office.now = at(26, 2);
    office.missed.insert(id(CHECKS[1]));
    office.people.get_mut(&id::<PersonId>(ZHAO)).unwrap().disabled = true;
    let command = SpotCheckPlanCommand::Reschedule(later("雪"));
    assert_eq!(office.refused(&plan, &command), PlanRejection::PersonLeft { person: "赵欣".to_owned() });
    // Somebody else goes, and then it is made up for.
    let instead = SpotCheckPlanCommand::Exchange {
        site: id(0x503),
        out: id(ZHAO),
        instead: id(SUN),
        reason: "调岗".to_owned(),
    };
    office.after(&office.after(&plan, &instead), &command);
}
