//! Before its hour a plan tells its sites to those who made it and to its leader.

use super::{LEADER, MAKER, Office, SUN, WANG, at, id, outline};
use domain::{
    draw::{Salt, SeedSource},
    id::PersonId,
    spot_check::{
        SpotCheckRule,
        file::DrawPage,
        plan::{DrawOrder, PlanOutline, SiteChoice, SpotCheckPlan, SpotCheckPlanCommand, TeamOf},
    },
};

fn chosen(office: &Office) -> SpotCheckPlan {
    let sites = vec![TeamOf { site: id(0x501), team: vec![id(WANG), id(SUN)] }];
    let command = SpotCheckPlanCommand::ChooseSites { choice: SiteChoice::ByHand, sites };
    office.after(&office.draft(&outline()).unwrap(), &command)
}

#[test]
fn makers_and_the_leader_know_the_sites_and_others_once_it_is_open() {
    let office = Office::new();
    let plan = chosen(&office);
    let sent = office.after(&plan, &SpotCheckPlanCommand::Send { checks: vec![id(0x710)] });
    let others: [PersonId; 2] = [id(WANG), id(0x199)];
    for person in [id(MAKER), id(LEADER)] {
        assert!(plan.shows_sites_to(person, at(24, 2)) && sent.shows_sites_to(person, at(24, 2)));
    }
    for person in others {
        assert!(!sent.shows_sites_to(person, at(25, 0)), "its hour has not come");
        assert!(sent.shows_sites_to(person, at(25, 1)));
        assert!(!plan.shows_sites_to(person, at(30, 0)), "what was never sent opens to nobody");
    }
}

#[test]
fn what_is_withdrawn_before_its_hour_opens_to_nobody() {
    let mut office = Office::new();
    let sent = office.after(&chosen(&office), &SpotCheckPlanCommand::Send { checks: vec![id(0x710)] });
    let cancel = SpotCheckPlanCommand::Cancel { reason: "改到下周".to_owned() };
    let before = office.after(&sent, &cancel);
    assert!(!before.shows_sites_to(id(WANG), at(30, 0)), "the same sites may be checked next week");
    assert!(before.shows_sites_to(id(MAKER), at(30, 0)));
    office.now = at(25, 2);
    let after = office.after(&sent, &cancel);
    assert!(after.shows_sites_to(id(WANG), at(25, 2)), "its team had opened it");
}

/// What is published before the checks holds neither a site nor a hash of the list that could be tried out.
#[test]
fn what_is_announced_of_a_draw_tells_no_site() {
    let office = Office::new();
    let plan = office.draft(&outline()).unwrap();
    let order = DrawOrder {
        among: SpotCheckRule::default(),
        sites: 1,
        avoid_own_grid: true,
        people: vec![id(WANG), id(SUN)],
        avoidances: vec![],
        source: SeedSource::Public { what: "x".to_owned(), place: "y".to_owned(), due: at(24, 13) },
    };
    let command = SpotCheckPlanCommand::Freeze { order: Box::new(order), salt: Salt::new([7; 32]) };
    let plan = office.after(&plan, &command);
    let draw = plan.draw.as_ref().unwrap();
    let page = DrawPage::of(&plan, "新城街道办事处".to_owned()).unwrap();
    let said = serde_json::to_string(&page).unwrap();
    assert!(said.contains(&draw.fingerprint.to_string()));
    for site in office.sites.values() {
        assert!(!said.contains(&site.name) && !said.contains(&site.id.to_string()), "{}", site.name);
    }
    for person in office.people.values() {
        assert!(!said.contains(&person.name), "{}", person.name);
    }
    for digest in [draw.digests.population, draw.digests.salt] {
        assert!(!said.contains(&digest.to_string()));
    }
    assert!(!said.contains(&draw.frozen.salt.to_string()));
    assert_eq!(DrawPage::of(&office.draft(&outline()).unwrap(), String::new()), None, "nothing was frozen");
}

#[test]
fn what_a_maker_writes_beside_the_sites_is_not_for_others() {
    let told = PlanOutline { note: "从后门进".to_owned(), ..outline() }.for_outsiders();
    assert_eq!([told.basis, told.meet, told.bring, told.note], [""; 4].map(str::to_owned));
    assert_eq!(told.title, outline().title);
}
