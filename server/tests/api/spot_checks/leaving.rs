//! Who leaves and leads a plan, or is to go out in one that is not sent: both are handed over before the account is switched off.

use super::{
    super::{
        asker::at_desk,
        evidence::{actor, clean},
        office::{TestOffice, id},
    },
    Desk, check_of, said_of,
};
use domain::{
    audit::{Act, AuditFilter},
    person::Person,
    role::Role,
    spot_check::plan::HeldPlan,
    task::HandedOver,
};
use server::service::{
    Asker, Error,
    people::{self, PersonChange, Rule},
    sealed_orders, tasks,
};

/// Switches an account off.
async fn switch_off(office: &TestOffice, by: &Asker, person: &Person) -> Result<(), Error> {
    let state = &office.state.services;
    let mut tx = state.store.write().await?;
    let person = Person { disabled: true, ..person.clone() };
    let change = PersonChange { person, password: None };
    people::save_all(state, &mut *tx, office.office.id, &by.author(), vec![change]).await?;
    Ok(tx.commit().await?)
}

async fn administrator(office: &TestOffice) -> Asker {
    at_desk(&actor(&office.phone(Role::Administrator).await).await)
}

/// Somebody else who may lead.
async fn other_leader(office: &TestOffice) -> Person {
    let known = office.person(Role::Leader).await;
    let other = Person {
        id: id(),
        username: "leader2".to_owned(),
        name: "郑凯".to_owned(),
        phone: "13900000000".to_owned(),
        ..known
    };
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_person(office.office.id, &other, Some("$argon2id$")).await.unwrap();
    tx.commit().await.unwrap();
    other
}

#[tokio::test]
async fn whoever_leads_a_plan_hands_its_lead_over_and_the_team_telephones_the_other() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office).await;
    let plan = desk.sent().await;
    let check = check_of(&desk, plan).await;
    let state = &office.state.services;
    let (by, leader, other) =
        (administrator(&office).await, office.person(Role::Leader).await, other_leader(&office).await);
    let kept = Err(Error::Account { position: 0, rule: Rule::OpenPlans(1) });
    assert_eq!(switch_off(&office, &by, &leader).await, kept);
    let leaving = tasks::leaving(state, &by, leader.id).await.unwrap();
    let title = desk.outline().title;
    let led = HeldPlan { id: plan, title, leads: true, goes: false, may_be_drawn: false };
    assert_eq!(leaving.plans, [led]);
    let officer = at_desk(&actor(&office.phone(Role::Officer).await).await);
    let seen = tasks::leaving(state, &officer, leader.id).await.unwrap();
    assert_eq!(seen.plans, [], "who only gives work hands no plan over, and is told of none");

    let may_not = office.person(Role::Inspector).await;
    let refused = said_of(tasks::hand_over(state, &by, leader.id, may_not.id, false).await);
    assert!(!refused.contains(&office.elsewhere.name), "{refused}");
    let refused = said_of(tasks::hand_over(state, &by, leader.id, by.actor.person, false).await);
    assert!(refused.contains("不能交接给自己"), "nobody comes to see the sites so: {refused}");
    let done = tasks::hand_over(state, &by, leader.id, other.id, false).await.unwrap();
    assert_eq!(done, HandedOver { tasks: 0, grids: 0, checks: 0, plans: 1 });

    let mut tx = office.state.store.write().await.unwrap();
    let orders = tx.orders_of_check(office.office.id, check.id).await.unwrap();
    drop(tx);
    let [order] = orders.as_slice() else { panic!("one order: {}", orders.len()) };
    assert_eq!((order.leader, order.order.person), (other.id, desk.inspector.person));
    assert_eq!((&order.order.leader.name, &order.order.leader.phone), (&other.name, &other.phone));
    let led = office.state.store.spot_check(office.office.id, check.id).await.unwrap().unwrap();
    assert_eq!(led.leader, other.id);
    let at_desk_of = |person: &Person| at_desk(&person.actor(office.office.id, None));
    let before = sealed_orders::words_for_leader(state, &at_desk_of(&leader), check.id).await;
    assert_eq!(before.err(), Some(Error::NotFound), "the words are not theirs to say any more");
    sealed_orders::words_for_leader(state, &at_desk_of(&other), check.id).await.unwrap();
    let filter = AuditFilter { page: 1, act: Some(Act::HandedOver), ..AuditFilter::default() };
    let entries = office.state.store.audit(office.office.id, &filter).await.unwrap().rows;
    assert_eq!(entries.len(), 2, "of the person, and of the plan");
    let entries = serde_json::to_string(&entries).unwrap();
    let site = office.elsewhere.id.to_string();
    assert!(!entries.contains(&site) && !entries.contains(&office.elsewhere.name), "{entries}");
    assert_eq!(switch_off(&office, &by, &leader).await, Ok(()));
    clean(&office).await;
}

#[tokio::test]
async fn whoever_is_to_go_out_in_a_plan_that_is_not_sent_hands_that_over_too() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office).await;
    let plan = desk.draft(&desk.outline()).await;
    desk.ask(plan, &desk.by_hand(&[office.elsewhere.id])).await.unwrap();
    let state = &office.state.services;
    let (by, inspector) = (administrator(&office).await, office.person(Role::Inspector).await);
    let kept = Err(Error::Account { position: 0, rule: Rule::OpenPlans(1) });
    assert_eq!(switch_off(&office, &by, &inspector).await, kept);
    let leaving = tasks::leaving(state, &by, inspector.id).await.unwrap();
    assert_eq!(leaving.plans.iter().map(|held| (held.leads, held.goes)).collect::<Vec<_>>(), [(false, true)]);
    let said = serde_json::to_string(&leaving).unwrap();
    let site = office.elsewhere.id.to_string();
    assert!(!said.contains(&site) && !said.contains(&office.elsewhere.name), "{said}");
    let takes = office.person(Role::Officer).await;
    let done = tasks::hand_over(state, &by, inspector.id, takes.id, false).await.unwrap();
    assert_eq!(done, HandedOver { tasks: 0, grids: 0, checks: 0, plans: 1 });
    let planned = desk.file(&desk.maker, plan).await.inside.unwrap().sites.remove(0).planned;
    assert_eq!(planned.team.iter().map(|one| one.id).collect::<Vec<_>>(), [takes.id]);
    assert_eq!(switch_off(&office, &by, &inspector).await, Ok(()));
    clean(&office).await;
}
