//! Plans whose sites and people are drawn: nothing is drawn before it is fixed, nothing that was touched goes on, and what was void
//! stays.

use super::{GONE, LI, Office, SUN, WANG, ZHAO, at, id, outline};
use domain::{
    draw::{DrawError, Reveal, Revealed, Salt, SeedSource, VoidReason},
    id::PersonId,
    limits::{DRAW_AVOIDANCES, DRAW_PEOPLE, Excess, Field, OverLimit},
    spot_check::{
        CheckProgress, SpotCheckKind, SpotCheckRule,
        file::DrawPage,
        plan::{
            DrawOrder, PlanAvoidance, PlanOutline, PlanRejection, PlanStep, SiteChoice, SpotCheckPlan,
            SpotCheckPlanCommand,
        },
    },
    visit::VisitNature,
};

/// Two of all sites, by a lottery that speaks at 13 o'clock.
fn order() -> DrawOrder {
    DrawOrder {
        among: SpotCheckRule::default(),
        sites: 2,
        avoid_own_grid: false,
        people: [WANG, LI, ZHAO, SUN].map(id).to_vec(),
        avoidances: vec![],
        source: SeedSource::Public {
            what: "双色球第 2026136 期".to_owned(),
            place: "www.cwl.gov.cn".to_owned(),
            due: at(24, 13),
        },
    }
}

fn freeze(order: DrawOrder) -> SpotCheckPlanCommand {
    SpotCheckPlanCommand::Freeze { order: Box::new(order), salt: Salt::new([7; 32]) }
}

fn numbers() -> SpotCheckPlanCommand {
    SpotCheckPlanCommand::Draw(Revealed::Public { words: "03 09 14 21 27 30 + 11".to_owned() })
}

fn frozen(office: &Office) -> SpotCheckPlan {
    office.after(&office.draft(&outline()).unwrap(), &freeze(order()))
}

/// After the lottery has spoken.
fn drawn(office: &mut Office) -> SpotCheckPlan {
    let plan = frozen(office);
    office.now = at(24, 14);
    office.after(&plan, &numbers())
}

#[test]
fn a_draw_gives_sites_and_people_and_anybody_computes_the_same() {
    let mut office = Office::new();
    let plan = drawn(&mut office);
    assert_eq!((plan.step, plan.choice.clone()), (PlanStep::Drawn, Some(SiteChoice::ByDraw)));
    assert_eq!(plan.sites.len(), 2);
    assert!(plan.sites.iter().all(|planned| planned.team.len() == 2 && planned.weight.is_some()));
    assert_eq!(plan.draw.as_ref().unwrap().check(None), []);
    // Whoever draws again from the same seed finds the same.
    let mut again = Office::new();
    assert_eq!(drawn(&mut again).sites, plan.sites);
}

#[test]
fn every_draw_that_cannot_be_made_has_its_reason() {
    let office = Office::new();
    let plan = office.draft(&outline()).unwrap();
    let major = SpotCheckRule { risk: Some(domain::risk::RiskLevel::Major), ..SpotCheckRule::default() };
    let past = SeedSource::Public { what: "x".to_owned(), place: "y".to_owned(), due: office.now };
    let alone = SeedSource::Commitments { commitments: vec![] };
    let too_many = |most: usize| {
        let excess = Excess::TooMany(u32::try_from(most).unwrap());
        PlanRejection::OverLimit(OverLimit { field: Field::People, excess })
    };
    let keeps_away = |person: u128| PlanAvoidance { person: id(person), site: id(0x501) };
    let cases = [
        (DrawOrder { among: major, ..order() }, DrawError::NoSites.into()),
        (DrawOrder { people: vec![], ..order() }, DrawError::NoPeople.into()),
        (DrawOrder { sites: 0, ..order() }, DrawError::NothingWanted.into()),
        (DrawOrder { sites: 5, ..order() }, DrawError::TooFewSites { wanted: 5, there: 4 }.into()),
        (
            DrawOrder { avoidances: [WANG, LI, ZHAO].map(keeps_away).to_vec(), ..order() },
            DrawError::TooFewMayGo { site: "场所1".to_owned(), wanted: 2, there: 1 }.into(),
        ),
        (DrawOrder { source: past, ..order() }, DrawError::SeedTooEarly.into()),
        (DrawOrder { source: alone, ..order() }, DrawError::TooFewCommitments.into()),
        (
            DrawOrder { people: [WANG, GONE].map(id).to_vec(), ..order() },
            PlanRejection::PersonLeft { person: "冯涛".to_owned() },
        ),
        (DrawOrder { people: vec![id(0x199)], ..order() }, PlanRejection::UnknownPerson),
        (DrawOrder { people: vec![id(WANG); DRAW_PEOPLE + 1], ..order() }, too_many(DRAW_PEOPLE)),
        (
            DrawOrder { avoidances: vec![keeps_away(WANG); DRAW_AVOIDANCES + 1], ..order() },
            too_many(DRAW_AVOIDANCES),
        ),
    ];
    for (wrong, why) in cases {
        let told = format!("{wrong:?}");
        assert_eq!(office.refused(&plan, &freeze(wrong)), why, "{told}");
    }
    let inspection = PlanOutline { nature: VisitNature::AdministrativeInspection, ..outline() };
    let plan = office.draft(&inspection).unwrap();
    let only = PlanRejection::OnlyPatrols { person: "王磊".to_owned() };
    assert_eq!(office.refused(&plan, &freeze(order())), only);
    let departments = vec![id(0x401), id(0x402)];
    let joint = PlanOutline { kind: SpotCheckKind::Joint, departments, ..outline() };
    let plan = office.draft(&joint).unwrap();
    assert_eq!(office.refused(&plan, &freeze(order())), PlanRejection::JointNotDrawn);
    let tells = office.draft(&PlanOutline { title: "抽场所4".to_owned(), ..outline() }).unwrap();
    let told = PlanRejection::TitleTells { site: "场所4".to_owned() };
    assert_eq!(office.refused(&tells, &freeze(order())), told);
}

#[test]
fn nothing_is_drawn_before_the_source_has_spoken() {
    let office = Office::new();
    let plan = frozen(&office);
    assert_eq!(office.refused(&plan, &numbers()), PlanRejection::from(DrawError::SeedTooEarly));
    let people = SpotCheckPlanCommand::Draw(Revealed::Commitments { reveals: vec![] });
    let later = Office { now: at(24, 14), ..Office::new() };
    assert_eq!(later.refused(&plan, &people), PlanRejection::from(DrawError::OtherSource));
    // And nothing is drawn that was not frozen.
    let drafted = later.draft(&outline()).unwrap();
    assert_eq!(later.refused(&drafted, &numbers()), PlanRejection::OtherStep);
}

#[test]
fn a_list_that_was_touched_after_it_was_sealed_goes_no_further() {
    let office = Office { now: at(24, 14), ..Office::new() };
    let plan = frozen(&Office::new());
    for touch in [
        |plan: &mut SpotCheckPlan| plan.draw.as_mut().unwrap().frozen.population.sites[0].weight += 1,
        |plan: &mut SpotCheckPlan| drop(plan.draw.as_mut().unwrap().frozen.population.people.pop()),
        |plan: &mut SpotCheckPlan| plan.draw.as_mut().unwrap().frozen.method.sites = 1,
        |plan: &mut SpotCheckPlan| plan.draw.as_mut().unwrap().frozen.salt = Salt::new([8; 32]),
    ] {
        let mut touched = plan.clone();
        touch(&mut touched);
        let why = office.refused(&touched, &numbers());
        assert!(matches!(why, PlanRejection::DrawChanged(_)), "{why:?}");
    }
    office.after(&plan, &numbers());
}

#[test]
fn who_commits_other_words_or_none_is_named() {
    let mut office = Office::new();
    let reveal = |name: &str, n: u8| Reveal {
        name: name.to_owned(),
        words: format!("{name}的话"),
        salt: Salt::new([n; 32]),
    };
    let (first, second) = (reveal("甲", 1), reveal("乙", 2));
    let commitments = [&first, &second]
        .map(|one| domain::draw::Commitment { name: one.name.clone(), digest: one.digest() });
    let source = SeedSource::Commitments { commitments: commitments.to_vec() };
    let plan = office.after(&office.draft(&outline()).unwrap(), &freeze(DrawOrder { source, ..order() }));
    office.now = at(24, 3);
    let told = |reveals: &[&Reveal]| {
        let reveals = reveals.iter().map(|one| (*one).clone()).collect();
        SpotCheckPlanCommand::Draw(Revealed::Commitments { reveals })
    };
    assert_eq!(
        office.refused(&plan, &told(&[&first])),
        PlanRejection::from(DrawError::NotRevealed("乙".to_owned()))
    );
    let other = Reveal { words: "别的话".to_owned(), ..second.clone() };
    assert_eq!(
        office.refused(&plan, &told(&[&first, &other])),
        PlanRejection::from(DrawError::WrongReveal("乙".to_owned()))
    );
    office.after(&plan, &told(&[&second, &first]));
}

#[test]
fn a_void_draw_stays_and_the_next_names_it() {
    let mut office = Office::new();
    let plan = drawn(&mut office);
    let void = |words: &str| SpotCheckPlanCommand::Void(VoidReason::Other { words: words.to_owned() });
    assert_eq!(office.refused(&plan, &void(" ")), PlanRejection::ReasonMissing);
    let first = plan.draw.as_ref().unwrap().fingerprint;
    let again = office.after(&plan, &void("名单漏了新开的 6 处"));
    assert_eq!((again.step, again.draw.is_none(), again.sites.len()), (PlanStep::Drafted, true, 0));
    let stays = &again.void[0];
    assert_eq!((stays.fingerprint, stays.check(None)), (first, vec![]));
    assert_eq!(stays.void.as_ref().unwrap().by, "吴悦");
    let due = SeedSource::Public { what: "x".to_owned(), place: "y".to_owned(), due: at(24, 20) };
    let second = office.after(&again, &freeze(DrawOrder { source: due, ..order() }));
    assert_eq!(second.draw.as_ref().unwrap().frozen.plan.replaces, Some(first));
}

#[test]
fn who_avoids_a_site_does_not_come_in_by_an_exchange() {
    let mut office = Office::new();
    let all = [0x501, 0x502, 0x503, 0x504];
    let avoidances = all.map(|site| PlanAvoidance { person: id(SUN), site: id(site) }).to_vec();
    let plan = office.after(&office.draft(&outline()).unwrap(), &freeze(DrawOrder { avoidances, ..order() }));
    office.now = at(24, 14);
    let plan = office.after(&plan, &numbers());
    let planned = &plan.sites[0];
    let exchange = SpotCheckPlanCommand::Exchange {
        site: planned.site,
        out: planned.team[0].id,
        instead: id(SUN),
        reason: "病假".to_owned(),
    };
    let avoids = PlanRejection::Avoids { person: "孙倩".to_owned(), site: planned.name.clone() };
    assert_eq!(office.refused(&plan, &exchange), avoids);
}

#[test]
fn people_of_a_community_are_not_drawn_for_it_where_they_check_across() {
    let mut office = Office::new();
    let cross = office.draft(&PlanOutline { kind: SpotCheckKind::Cross, team_size: 1, ..outline() }).unwrap();
    let people: Vec<PersonId> = [WANG, LI, ZHAO].map(id).to_vec();
    let plan = office.after(&cross, &freeze(DrawOrder { sites: 4, people, ..order() }));
    office.now = at(24, 14);
    let plan = office.after(&plan, &numbers());
    for planned in &plan.sites {
        let community = office.sites[&planned.site].community;
        for one in &planned.team {
            let own = office.people[&one.id].communities.iter().any(|(known, _)| *known == community);
            assert!(!own, "{} goes to {}", one.name, planned.name);
        }
    }
}

#[test]
fn the_list_is_published_when_all_checks_are_over() {
    let mut office = Office::new();
    let plan = drawn(&mut office);
    let sent = office.after(&plan, &SpotCheckPlanCommand::Send { checks: vec![id(0x710), id(0x711)] });
    let publish = SpotCheckPlanCommand::Publish;
    office.progress = CheckProgress { done: 1, under_way: 1, ..CheckProgress::default() };
    assert_eq!(office.refused(&sent, &publish), PlanRejection::UnderWay { left: 1 });
    office.progress = CheckProgress { done: 1, missed: 1, ..CheckProgress::default() };
    let published = office.after(&sent, &publish);
    let page = DrawPage::of(&published, "新城街道办事处".to_owned()).unwrap();
    let told = page.published.unwrap();
    assert_eq!(told.draw.check(Some(&page.announced[0].fingerprint)), []);
    assert!(DrawPage::of(&sent, String::new()).unwrap().published.is_none());
}
