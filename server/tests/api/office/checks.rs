//! Spot checks that are sealed, as a plan that is sent seals them.

use super::{TestOffice, id, now};
use chrono::{DateTime, Utc};
use domain::{
    id::PersonId,
    person::Person,
    role::Role,
    site::Site,
    spot_check::{
        SpotCheck, SpotCheckKind,
        plan::{
            PlanEventRecord, PlanOutline, PlannedPerson, PlannedSite, SiteChoice, SpotCheckPlan,
            SpotCheckPlanEvent,
        },
    },
    time::office_day,
    visit::VisitNature,
};
use server::{service::sealed_orders, storage::StoredOrder};

/// A check, and the order of each of its team.
pub struct SealedCheck {
    pub check: SpotCheck,
    pub orders: Vec<StoredOrder>,
}

impl TestOffice {
    pub async fn person(&self, role: Role) -> Person {
        let people = self.state.store.people(self.office.id).await.unwrap();
        people.into_iter().find(|person| person.role == role).unwrap()
    }

    /// A site of which nobody speaks but those who check it, out of the inspector's grid.
    pub async fn site_to_check(&self) -> Site {
        let name = "信和冷库九号".to_owned();
        let pinyin = "xinhelengkujiuhao xhlkjh".to_owned();
        let site = Site { id: id(), name, pinyin, code: "QZ-7731-XK".into(), ..self.elsewhere.clone() };
        let mut tx = self.state.store.write().await.unwrap();
        tx.put_site(self.office.id, &site).await.unwrap();
        tx.commit().await.unwrap();
        site
    }

    /// A plan by the supervisor, led by the leader, of this one site, that opens then and ends on the same day.
    pub async fn seal(&self, site: &Site, team: &[Role], opens_at: DateTime<Utc>) -> SealedCheck {
        let office = self.office.id;
        let (maker, leader) = (self.person(Role::Supervisor).await, self.person(Role::Leader).await);
        let planned = |person: &Person| PlannedPerson { id: person.id, name: person.name.clone() };
        let mut people = vec![];
        for role in team {
            people.push(planned(&self.person(*role).await));
        }
        let outline = PlanOutline {
            title: "夜查".to_owned(),
            kind: SpotCheckKind::Surprise,
            nature: VisitNature::Patrol,
            forms: vec!["ebike-charging".into()],
            matter: String::new(),
            basis: "年度计划".to_owned(),
            leader: leader.id,
            opens_at,
            until: office_day(opens_at),
            team_size: 1,
            departments: vec![],
            meet: "东门上车".to_owned(),
            bring: "执法证".to_owned(),
            note: "从南门进".to_owned(),
        };
        let sites = vec![PlannedSite {
            site: site.id,
            name: site.name.clone(),
            team: people,
            reasons: vec![],
            weight: None,
        }];
        let check = id();
        let events = [
            SpotCheckPlanEvent::Outlined { outline: Box::new(outline) },
            SpotCheckPlanEvent::SitesChosen { choice: SiteChoice::ByHand, sites },
            SpotCheckPlanEvent::Sent { checks: vec![check] },
        ];
        let log = events.map(|event| PlanEventRecord { at: now(), by: planned(&maker), event }).to_vec();
        let plan_id = id();
        let plan = SpotCheckPlan::of(plan_id, log.clone()).unwrap();
        let check = plan.checks_of([(check, "CC-2026-0046".to_owned())]).next().unwrap();
        let prepared = sealed_orders::prepare().await.unwrap();
        let mut tx = self.state.store.write().await.unwrap();
        for until in 1..=log.len() {
            let plan = SpotCheckPlan::of(plan_id, log[..until].to_vec()).unwrap();
            tx.put_spot_check_plan(office, &plan, &leader.name, &log[until - 1]).await.unwrap();
        }
        tx.put_spot_checks(office, std::slice::from_ref(&check)).await.unwrap();
        let makers = [maker.id];
        sealed_orders::seal(&self.state, &mut *tx, office, &makers, &check, &prepared).await.unwrap();
        let orders = tx.orders_of_check(office, check.id).await.unwrap();
        tx.commit().await.unwrap();
        SealedCheck { check, orders }
    }
}

impl SealedCheck {
    /// The order of one of the team.
    pub fn of(&self, person: PersonId) -> &StoredOrder {
        self.orders.iter().find(|stored| stored.order.person == person).unwrap()
    }
}
