//! A plan from the draft to what is published, and every reason for which it is not changed.

use super::{GONE, LEADER, LI, Office, QIAN, SCHOOL, SUN, WANG, ZHAO, at, id, outline};
use domain::{
    id::{DepartmentId, PersonId, SpotCheckId},
    limits::{Excess, Field, OverLimit, SPOT_CHECK_SITES},
    spot_check::{
        SpotCheckKind, SpotCheckRule, SpotCheckState,
        plan::{
            PlanOutline, PlanRejection, PlanStep, SiteChoice, SpotCheckPlan, SpotCheckPlanCommand,
            SpotCheckPlanEvent, TeamOf, propose_teams,
        },
    },
    visit::VisitNature,
};

/// Of each site, by its number, those who go.
type Teams = Vec<(u128, Vec<u128>)>;

fn choose(sites: &[(u128, Vec<u128>)]) -> SpotCheckPlanCommand {
    let team = |(site, team): &(u128, Vec<u128>)| TeamOf {
        site: id(0x500 + site),
        team: team.iter().map(|person| id(*person)).collect(),
    };
    SpotCheckPlanCommand::ChooseSites { choice: SiteChoice::ByHand, sites: sites.iter().map(team).collect() }
}

fn send(count: u128) -> SpotCheckPlanCommand {
    SpotCheckPlanCommand::Send { checks: (0..count).map(|n| id(0x710 + n)).collect() }
}

/// Two sites, each with a team that may go there.
fn chosen(office: &Office) -> SpotCheckPlan {
    let plan = office.draft(&outline()).unwrap();
    office.after(&plan, &choose(&[(1, vec![WANG, LI]), (3, vec![ZHAO, SUN])]))
}

#[test]
fn a_plan_by_hand_is_sent_with_a_check_of_each_site() {
    let office = Office::new();
    let plan = office.after(&chosen(&office), &send(2));
    assert_eq!((plan.step, plan.sent_at), (PlanStep::Sent, Some(office.now)));
    let numbers = ["CC-2026-0001", "CC-2026-0002"].map(str::to_owned);
    let checks: Vec<_> = plan.checks_of(plan.checks.iter().copied().zip(numbers)).collect();
    assert_eq!(checks.len(), 2);
    let ids: [SpotCheckId; 2] = [id(0x710), id(0x711)];
    assert_eq!(checks.iter().map(|check| check.id).collect::<Vec<_>>(), ids);
    assert_eq!(checks[1].team, [id::<PersonId>(ZHAO), id(SUN)]);
    assert_eq!((checks[1].site, checks[1].opens_at), (id(0x503), at(25, 1)));
    assert_eq!((checks[0].number.as_str(), &checks[0].state), ("CC-2026-0001", &SpotCheckState::Sent));
    assert_eq!(office.refused(&plan, &send(2)), PlanRejection::OtherStep, "it is sent once");
}

#[test]
fn every_wrong_outline_has_its_reason() {
    let office = Office::new();
    let departments = |n: u128| -> Vec<DepartmentId> { (0..n).map(|n| id(0x401 + n)).collect() };
    let long = "长".repeat(101);
    let too_long = PlanRejection::OverLimit(OverLimit { field: Field::Name, excess: Excess::TooLong(100) });
    let cases = [
        (PlanOutline { title: " \n".to_owned(), ..outline() }, PlanRejection::TitleMissing),
        (PlanOutline { title: long, ..outline() }, too_long),
        (PlanOutline { basis: String::new(), ..outline() }, PlanRejection::BasisMissing),
        (PlanOutline { forms: vec![], ..outline() }, PlanRejection::FormsMissing),
        (PlanOutline { forms: vec!["gone".into()], ..outline() }, PlanRejection::UnknownForm("gone".into())),
        (PlanOutline { nature: VisitNature::SelfCheck, ..outline() }, PlanRejection::Nature),
        (PlanOutline { nature: VisitNature::Recheck, ..outline() }, PlanRejection::Nature),
        (PlanOutline { opens_at: office.now, ..outline() }, PlanRejection::OpensInPast),
        (PlanOutline { until: "2026-11-24".parse().unwrap(), ..outline() }, PlanRejection::EndsBeforeOpening),
        (PlanOutline { team_size: 0, ..outline() }, PlanRejection::TeamSize { from: 1 }),
        (PlanOutline { team_size: 11, ..outline() }, PlanRejection::TeamSize { from: 1 }),
        (
            PlanOutline { nature: VisitNature::AdministrativeInspection, team_size: 1, ..outline() },
            PlanRejection::TeamSize { from: 2 },
        ),
        (PlanOutline { leader: id(SUN), ..outline() }, PlanRejection::NoLeader),
        (PlanOutline { leader: id(0x199), ..outline() }, PlanRejection::NoLeader),
        (
            PlanOutline { kind: SpotCheckKind::Joint, departments: departments(1), ..outline() },
            PlanRejection::DepartmentsMissing,
        ),
    ];
    for (wrong, why) in cases {
        assert_eq!(office.draft(&wrong).unwrap_err(), why, "{wrong:?}");
    }
    office
        .draft(&PlanOutline { kind: SpotCheckKind::Joint, departments: departments(2), ..outline() })
        .unwrap();
}

#[test]
fn a_joint_check_is_carried_out_by_somebody_of_each_department() {
    let office = Office::new();
    let departments = vec![id(0x401), id(0x402)];
    let joint = PlanOutline { kind: SpotCheckKind::Joint, departments, ..outline() };
    let alone = PlanOutline { team_size: 1, ..joint.clone() };
    assert_eq!(office.draft(&alone).unwrap_err(), PlanRejection::TeamSize { from: 2 });
    let plan = office.draft(&joint).unwrap();
    let lacking = |department: &str| PlanRejection::DepartmentNotThere {
        department: department.to_owned(),
        site: "场所1".to_owned(),
    };
    assert_eq!(office.refused(&plan, &choose(&[(1, vec![SUN, WANG])])), lacking("市场监管所"));
    assert_eq!(office.refused(&plan, &choose(&[(1, vec![QIAN, WANG])])), lacking("综合执法队"));
    let sent = office.after(&office.after(&plan, &choose(&[(1, vec![SUN, QIAN])])), &send(1));
    assert_eq!(sent.step, PlanStep::Sent);
    // Who is proposed: one of each department before those who are less busy.
    let around = office.around();
    let people = [WANG, LI, SUN, QIAN].map(id::<PersonId>);
    let teams = propose_teams(&joint, &[id(0x501)], &people, &around).unwrap();
    assert_eq!(teams[0].team, [id::<PersonId>(SUN), id(QIAN)]);
    let three = PlanOutline { team_size: 3, ..joint.clone() };
    let teams = propose_teams(&three, &[id(0x501)], &people, &around).unwrap();
    assert_eq!(teams[0].team, [id::<PersonId>(SUN), id(QIAN), id(WANG)]);
    // One of a department that has nobody.
    let empty = PlanOutline { departments: vec![id(0x401), id(0x409)], ..joint };
    let plan = office.draft(&empty).unwrap();
    assert_eq!(office.refused(&plan, &choose(&[(1, vec![SUN, QIAN])])), lacking(""));
}

#[test]
fn nobody_is_sent_where_they_may_not_go() {
    let office = Office::new();
    let by = |kind, nature| office.draft(&PlanOutline { kind, nature, ..outline() }).unwrap();
    let patrol = by(SpotCheckKind::Surprise, VisitNature::Patrol);
    let inspection = by(SpotCheckKind::Surprise, VisitNature::AdministrativeInspection);
    let cross = by(SpotCheckKind::Cross, VisitNature::Patrol);
    let leads = by(SpotCheckKind::Leader, VisitNature::Patrol);
    let (person, site) = (|name: &str| name.to_owned(), "场所1".to_owned());
    let cases: Vec<(&SpotCheckPlan, Teams, PlanRejection)> = vec![
        (&patrol, vec![], PlanRejection::NoSites),
        (&patrol, vec![(9, vec![WANG, LI])], PlanRejection::UnknownSite),
        (
            &patrol,
            vec![(1, vec![WANG, LI]), (1, vec![WANG, LI])],
            PlanRejection::SiteTwice { site: site.clone() },
        ),
        (&patrol, vec![(1, vec![WANG, 0x199])], PlanRejection::UnknownPerson),
        (
            &patrol,
            vec![(1, vec![WANG, WANG])],
            PlanRejection::PersonTwice { person: person("王磊"), site: site.clone() },
        ),
        (&patrol, vec![(1, vec![WANG, GONE])], PlanRejection::PersonLeft { person: person("冯涛") }),
        (&patrol, vec![(1, vec![WANG, SCHOOL])], PlanRejection::MayNotInspect { person: person("周老师") }),
        (&patrol, vec![(1, vec![WANG])], PlanRejection::TeamOf { site: site.clone(), wanted: 2, there: 1 }),
        (
            &patrol,
            vec![(1, vec![WANG, LI, SUN])],
            PlanRejection::TeamOf { site: site.clone(), wanted: 2, there: 3 },
        ),
        (&inspection, vec![(1, vec![SUN, WANG])], PlanRejection::OnlyPatrols { person: person("王磊") }),
        (&inspection, vec![(1, vec![SUN, ZHAO])], PlanRejection::OnlyPatrols { person: person("赵欣") }),
        (
            &cross,
            vec![(1, vec![ZHAO, LI])],
            PlanRejection::OwnCommunity { person: person("李敏"), site: site.clone() },
        ),
        (&leads, vec![(1, vec![WANG, LI])], PlanRejection::LeaderNotThere { site }),
    ];
    for (plan, sites, why) in cases {
        assert_eq!(office.refused(plan, &choose(&sites)), why, "{sites:?}");
    }
    office.after(&leads, &choose(&[(1, vec![WANG, LI, LEADER])]));
    office.after(&leads, &choose(&[(1, vec![WANG, LEADER])]));
    office.after(&cross, &choose(&[(3, vec![WANG, LI])]));
    office.after(&inspection, &choose(&[(1, vec![SUN, LEADER])]));
}

#[test]
fn a_title_that_tells_the_site_is_refused() {
    let office = Office::new();
    let plan = office.draft(&PlanOutline { title: "夜查场所1".to_owned(), ..outline() }).unwrap();
    let tells = PlanRejection::TitleTells { site: "场所1".to_owned() };
    assert_eq!(office.refused(&plan, &choose(&[(1, vec![WANG, LI])])), tells);
    let plan = chosen(&office);
    let renamed = PlanOutline { title: "夜查场所1".to_owned(), ..outline() };
    assert_eq!(office.refused(&plan, &SpotCheckPlanCommand::Outline(Box::new(renamed))), tells);
}

/// An order says beside what is sealed where the team meets and what it brings.
#[test]
fn what_the_team_reads_before_the_hour_names_no_site() {
    let office = Office::new();
    let cases = [
        (PlanOutline { meet: "场所1东门 9:00".to_owned(), ..outline() }, Field::Meet),
        (PlanOutline { bring: "场所1的钥匙".to_owned(), ..outline() }, Field::Bring),
    ];
    for (tells, field) in cases {
        let refused = PlanRejection::OrderTells { field, site: "场所1".to_owned() };
        let plan = office.draft(&tells).unwrap();
        assert_eq!(office.refused(&plan, &choose(&[(1, vec![WANG, LI])])), refused);
        let rewritten = SpotCheckPlanCommand::Outline(Box::new(tells));
        assert_eq!(office.refused(&chosen(&office), &rewritten), refused);
    }
}

/// Between the choice and the sending people leave, sites close and hours pass.
#[test]
fn what_has_changed_meanwhile_is_found_out_when_it_is_sent() {
    let mut office = Office::new();
    let plan = chosen(&office);
    office.now = at(25, 1);
    assert_eq!(office.refused(&plan, &send(2)), PlanRejection::OpensInPast);
    let mut office = Office::new();
    office.people.get_mut(&id(LI)).unwrap().disabled = true;
    assert_eq!(office.refused(&plan, &send(2)), PlanRejection::PersonLeft { person: "李敏".to_owned() });
    let mut office = Office::new();
    office.sites.get_mut(&id(0x503)).unwrap().retired = true;
    assert_eq!(office.refused(&plan, &send(2)), PlanRejection::SiteRetired { site: "场所3".to_owned() });
    assert_eq!(Office::new().refused(&plan, &send(1)), PlanRejection::NoSites, "an id of each");
    Office::new().after(&plan, &send(2));
}

#[test]
fn who_takes_the_place_of_another_is_told_with_the_reason() {
    let office = Office::new();
    let plan = chosen(&office);
    let exchange = |site: u128, out: u128, instead: u128, reason: &str| SpotCheckPlanCommand::Exchange {
        site: id(0x500 + site),
        out: id(out),
        instead: id(instead),
        reason: reason.to_owned(),
    };
    let after = office.after(&plan, &exchange(1, LI, SUN, " 亲属在店 "));
    let team: Vec<_> = after.sites[0].team.iter().map(|person| person.name.as_str()).collect();
    assert_eq!(team, ["王磊", "孙倩"]);
    let told = &after.exchanges[0];
    assert_eq!((told.out.name.as_str(), told.instead.name.as_str()), ("李敏", "孙倩"));
    assert_eq!(told.reason, "亲属在店");
    let not_there = PlanRejection::NotInTeam { person: "孙倩".to_owned(), site: "场所1".to_owned() };
    assert_eq!(office.refused(&plan, &exchange(1, SUN, LI, "病假")), not_there);
    assert_eq!(office.refused(&plan, &exchange(1, LI, SUN, " ")), PlanRejection::ReasonMissing);
    assert_eq!(office.refused(&plan, &exchange(2, LI, SUN, "病假")), PlanRejection::UnknownSite);
    let twice = PlanRejection::PersonTwice { person: "王磊".to_owned(), site: "场所1".to_owned() };
    assert_eq!(office.refused(&plan, &exchange(1, LI, WANG, "病假")), twice);
    let sent = office.after(&plan, &send(2));
    let over = PlanRejection::CheckOver { site: "场所1".to_owned() };
    assert_eq!(office.refused(&sent, &exchange(1, LI, SUN, "病假")), over, "nobody goes there any more");
}

#[test]
fn teams_are_proposed_of_those_who_have_the_least_to_do() {
    let mut office = Office::new();
    office.people.get_mut(&id(WANG)).unwrap().workload = 5;
    let people: Vec<PersonId> = [WANG, LI, ZHAO, SUN].map(id).to_vec();
    let sites = [id(0x501), id(0x502), id(0x503)];
    let teams = propose_teams(&outline(), &sites, &people, &office.around()).unwrap();
    let sent = |person: u128| teams.iter().filter(|team| team.team.contains(&id(person))).count();
    assert_eq!([WANG, LI, ZHAO, SUN].map(sent), [0, 2, 2, 2]);
    let cross = PlanOutline { kind: SpotCheckKind::Cross, ..outline() };
    let too_few = propose_teams(&cross, &sites, &people, &office.around()).map(drop);
    // Only the neighbour and the department's officer come from elsewhere to the first; they are two.
    assert_eq!(too_few, Ok(()));
    let few = propose_teams(&cross, &sites, &people[..2], &office.around()).map(drop);
    assert_eq!(few, Err(PlanRejection::TeamOf { site: "场所1".to_owned(), wanted: 2, there: 0 }));
    let over = propose_teams(&outline(), &[id(0x501); SPOT_CHECK_SITES + 1], &people, &office.around());
    assert!(matches!(over, Err(PlanRejection::OverLimit(over)) if over.field == Field::Sites));
    let leads = PlanOutline { kind: SpotCheckKind::Leader, ..outline() };
    let teams = propose_teams(&leads, &sites[..1], &people, &office.around()).unwrap();
    assert_eq!((teams[0].team.len(), teams[0].team.last()), (3, Some(&id(LEADER))));
}

#[test]
fn a_rule_says_why_each_site_was_chosen() {
    let office = Office::new();
    let plan = office.draft(&outline()).unwrap();
    let rule = SpotCheckRule { unvisited_days: Some(90), ..SpotCheckRule::default() };
    let SpotCheckPlanCommand::ChooseSites { sites, .. } = choose(&[(1, vec![WANG, LI])]) else { panic!() };
    let command = SpotCheckPlanCommand::ChooseSites { choice: SiteChoice::ByRule(rule), sites };
    let plan = office.after(&plan, &command);
    assert_eq!(plan.sites[0].reasons.len(), 1);
    let bad = SpotCheckRule { within_days: Some(0), ..SpotCheckRule::default() };
    let SpotCheckPlanCommand::ChooseSites { sites, .. } = choose(&[(1, vec![WANG, LI])]) else { panic!() };
    let command = SpotCheckPlanCommand::ChooseSites { choice: SiteChoice::ByRule(bad), sites };
    assert!(matches!(office.refused(&plan, &command), PlanRejection::OverLimit(_)));
}

#[test]
fn why_a_check_was_missed_is_said_once_it_was() {
    let mut office = Office::new();
    let sent = office.after(&chosen(&office), &send(2));
    let explain = |words: &str| SpotCheckPlanCommand::Explain { check: id(0x711), words: words.to_owned() };
    assert_eq!(office.refused(&sent, &explain("下雪")), PlanRejection::NotMissed);
    office.missed.insert(id(0x711));
    assert_eq!(office.refused(&sent, &explain(" ")), PlanRejection::ReasonMissing);
    let told = office.after(&office.after(&sent, &explain("下雪")), &explain("道路封闭"));
    assert_eq!(told.explanations.len(), 1, "the last words count");
    assert_eq!((told.explanations[0].words.as_str(), told.step), ("道路封闭", PlanStep::Sent));
}

#[test]
fn a_plan_is_cancelled_with_its_reason_at_any_step_but_the_last() {
    let office = Office::new();
    let cancel = |reason: &str| SpotCheckPlanCommand::Cancel { reason: reason.to_owned() };
    let plan = chosen(&office);
    assert_eq!(office.refused(&plan, &cancel("")), PlanRejection::ReasonMissing);
    for plan in [plan.clone(), office.after(&plan, &send(2))] {
        let cancelled = office.after(&plan, &cancel("改到下周"));
        assert_eq!(cancelled.step, PlanStep::Cancelled);
        assert_eq!(office.refused(&cancelled, &cancel("再来")), PlanRejection::OtherStep);
    }
    let event = SpotCheckPlanEvent::Cancelled { reason: "改到下周".to_owned() };
    let by_another = domain::spot_check::plan::PlanEventRecord {
        by: domain::spot_check::plan::PlannedPerson { id: id(SUN), name: "孙倩".to_owned() },
        ..office.record(event)
    };
    let makers = plan.evolve(by_another).makers;
    assert_eq!(makers.len(), 1, "who withdraws a plan does not come to see it");
}
