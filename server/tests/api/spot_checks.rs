//! Plans of spot checks as the desk makes them: from the draft to the visit that carries a check out, and who hears what before its hour.

mod draws;
mod leaving;

use super::{
    asker::{at_desk, said},
    evidence::{actor, clean},
    office::{Phone, TestOffice, found, id, now, outcome_of, passing_visit, reason_of},
};
use app::error::AppError;
use chrono::{DateTime, Duration, Utc};
use domain::{
    audit::{AuditFilter, SubjectKind},
    id::{HazardId, PersonId, SiteId, SpotCheckId, SpotCheckPlanId},
    overview::Figure,
    person::Person,
    role::Role,
    spot_check::{
        CheckProgress, ChecksStand, OrderState, SpotCheck, SpotCheckFilter, SpotCheckKind, SpotCheckState,
        file::PlanFile,
        plan::{PlanOutline, PlanRequest, PlanStep, Rescheduled, SiteChoice},
    },
    task::HandedOver,
    time::office_day,
    visit::VisitNature,
};
use server::{
    service::{
        Asker, Error, overview,
        people::{self, PersonChange, Rule},
        sealed_orders, spot_checks, tasks,
    },
    storage::StoredOrder,
};

/// A day before the visits of these tests: when plans are made.
fn before() -> DateTime<Utc> {
    now() - Duration::days(1)
}

/// An hour before them: when plans open.
fn opens() -> DateTime<Utc> {
    now() - Duration::hours(1)
}

struct Desk<'a> {
    office: &'a TestOffice,
    maker: Asker,
    leader: PersonId,
    inspector: Phone<'a>,
}

impl<'a> Desk<'a> {
    async fn of(office: &'a TestOffice) -> Self {
        office.clock.set(before());
        let maker = at_desk(&actor(&office.phone(Role::Supervisor).await).await);
        let leader = office.phone(Role::Leader).await.person;
        Self { office, maker, leader, inspector: office.phone(Role::Inspector).await }
    }

    fn outline(&self) -> PlanOutline {
        PlanOutline {
            title: "冬季夜查".to_owned(),
            kind: SpotCheckKind::Surprise,
            nature: VisitNature::Patrol,
            forms: vec!["fire-access".into()],
            matter: String::new(),
            basis: "年度抽查计划".to_owned(),
            leader: self.leader,
            opens_at: opens(),
            until: office_day(opens()),
            team_size: 1,
            departments: vec![],
            meet: "老地方".to_owned(),
            bring: String::new(),
            note: "从后门进".to_owned(),
        }
    }

    async fn draft(&self, outline: &PlanOutline) -> SpotCheckPlanId {
        spot_checks::draft(&self.office.state, &self.maker, outline).await.unwrap()
    }

    async fn ask(&self, plan: SpotCheckPlanId, request: &PlanRequest) -> Result<(), Error> {
        spot_checks::change(&self.office.state, &self.maker, plan, request).await
    }

    /// What a maker is told, and at which field.
    async fn refused(&self, plan: SpotCheckPlanId, request: &PlanRequest) -> (String, String) {
        match said(self.ask(plan, request).await) {
            Err(AppError::Invalid { field, reason }) => (field, reason),
            other => panic!("{other:?}"),
        }
    }

    fn by_hand(&self, sites: &[SiteId]) -> PlanRequest {
        PlanRequest::ChooseSites {
            choice: SiteChoice::ByHand,
            sites: sites.to_vec(),
            people: vec![self.inspector.person],
        }
    }

    /// One site, out of the inspector's grid.
    async fn sent(&self) -> SpotCheckPlanId {
        let plan = self.draft(&self.outline()).await;
        self.ask(plan, &self.by_hand(&[self.office.elsewhere.id])).await.unwrap();
        self.ask(plan, &PlanRequest::Send).await.unwrap();
        plan
    }

    async fn file(&self, by: &Asker, plan: SpotCheckPlanId) -> PlanFile {
        spot_checks::file(&self.office.state, by, plan).await.unwrap()
    }
}

#[tokio::test]
async fn a_check_is_carried_out_by_a_visit_of_its_team_and_only_after_its_hour() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office).await;
    let plan = desk.sent().await;
    let form = office.form("ebike-charging");
    let visit = || passing_visit(&desk.inspector, &office.elsewhere, &form);
    let early = desk.inspector.sync(&[visit()]).await.remove(0);
    assert_eq!(reason_of(&early), "not_allowed", "before the hour it is a site like any other");
    office.clock.set(now());
    let came = desk.inspector.sync(&[visit()]).await.remove(0);
    assert_eq!(outcome_of(&came), "received", "{came}");
    // What is found there is reported there, and nowhere else out of their grid.
    let report = found(id::<HazardId>(), office.elsewhere.id, "通道堆物");
    let came = desk.inspector.sync(&[report]).await.remove(0);
    assert_eq!(outcome_of(&came), "received", "{came}");
    let file = desk.file(&desk.maker, plan).await;
    assert_eq!(file.progress, CheckProgress { done: 1, ..CheckProgress::default() });
    let inside = file.inside.unwrap();
    let check = inside.sites[0].check.clone().unwrap();
    assert!(matches!(check.state, SpotCheckState::Done { .. }), "{check:?}");
    assert_eq!(check.number, "CC-2026-000001");
    clean(&office).await;
}

#[tokio::test]
async fn what_was_not_carried_out_is_seen_the_next_morning() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office).await;
    let plan = desk.sent().await;
    let seen = async |at: DateTime<Utc>| {
        office.clock.set(at);
        let overview = overview::read(&office.state, &desk.maker).await.unwrap();
        let missed = SpotCheckFilter::of(ChecksStand::Missed);
        let list = spot_checks::list(&office.state, &desk.maker, &missed).await.unwrap();
        assert_eq!(list.total, overview.count(Figure::SpotChecksMissed));
        list.rows.into_iter().map(|row| (row.id, row.checks.missed)).collect::<Vec<_>>()
    };
    assert_eq!(seen(now()).await, []);
    assert_eq!(seen(now() + Duration::days(1)).await, [(plan, 1)]);
    let file = desk.file(&desk.maker, plan).await;
    let check = file.inside.unwrap().sites[0].check.clone().unwrap().id;
    let explain = PlanRequest::Explain { check, words: "道路封闭".to_owned() };
    desk.ask(plan, &explain).await.unwrap();
    let told = desk.file(&desk.maker, plan).await.inside.unwrap().sites.remove(0).explained.unwrap();
    assert_eq!(told.words, "道路封闭");
    // A visit on the day after is too late for it.
    let form = office.form("ebike-charging");
    let mut late = passing_visit(&desk.inspector, &office.elsewhere, &form);
    late["payload"]["submit_visit"]["started_at"] = serde_json::json!(now() + Duration::hours(23));
    late["payload"]["submit_visit"]["submitted_at"] = serde_json::json!(now() + Duration::hours(24));
    let came = desk.inspector.sync(&[late]).await.remove(0);
    assert_eq!(outcome_of(&came), "received", "nobody's work is lost: {came}");
    assert_eq!(seen(now() + Duration::days(1)).await, [(plan, 1)]);
}

/// The check of the plan's first site.
async fn check_of(desk: &Desk<'_>, plan: SpotCheckPlanId) -> SpotCheck {
    desk.file(&desk.maker, plan).await.inside.unwrap().sites.remove(0).check.unwrap()
}

/// Of a check, whose orders are sealed and whose were withdrawn.
async fn orders_of(office: &TestOffice, check: SpotCheckId) -> (Vec<PersonId>, Vec<PersonId>) {
    let mut tx = office.state.store.write().await.unwrap();
    let orders = tx.orders_of_check(office.office.id, check).await.unwrap();
    let is_sealed = |stored: &StoredOrder| matches!(stored.order.state, OrderState::Sealed { .. });
    let (sealed, withdrawn): (Vec<_>, Vec<_>) = orders.into_iter().partition(is_sealed);
    assert!(withdrawn.iter().all(|stored| stored.secret.is_empty()), "nothing is left of it");
    let people = |orders: Vec<StoredOrder>| orders.iter().map(|stored| stored.order.person).collect();
    (people(sealed), people(withdrawn))
}

#[tokio::test]
async fn somebody_who_is_exchanged_after_sending_loses_the_order_and_the_other_gets_one() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office).await;
    let plan = desk.sent().await;
    let check = check_of(&desk, plan).await;
    let leader = at_desk(&actor(&office.phone(Role::Leader).await).await);
    let words = async || sealed_orders::words_for_leader(&office.state, &leader, check.id).await.unwrap();
    let said = words().await;
    let officer = office.phone(Role::Officer).await;
    let exchange = |instead: PersonId| PlanRequest::Exchange {
        site: office.elsewhere.id,
        out: desk.inspector.person,
        instead,
        reason: "病假".to_owned(),
    };
    desk.ask(plan, &exchange(officer.person)).await.unwrap();
    assert_eq!(orders_of(&office, check.id).await, (vec![officer.person], vec![desk.inspector.person]));
    assert_eq!(words().await, said, "the leader says what the rest of the team hears, too");
    assert_eq!(check_of(&desk, plan).await.team, [officer.person]);
    // Whoever has it no more goes nowhere by it.
    office.clock.set(now());
    let form = office.form("ebike-charging");
    let visit = passing_visit(&desk.inspector, &office.elsewhere, &form);
    assert_eq!(reason_of(&desk.inspector.sync(&[visit]).await.remove(0)), "not_allowed");
    clean(&office).await;
}

#[tokio::test]
async fn a_missed_check_is_sealed_anew_for_another_day_and_closes_again_to_others() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office).await;
    let plan = desk.sent().await;
    let check = check_of(&desk, plan).await;
    let leader = at_desk(&actor(&office.phone(Role::Leader).await).await);
    let said = sealed_orders::words_for_leader(&office.state, &leader, check.id).await.unwrap();
    let tomorrow = now() + Duration::days(1);
    office.clock.set(tomorrow);
    let later = Rescheduled {
        check: check.id,
        opens_at: tomorrow + Duration::hours(2),
        until: office_day(tomorrow + Duration::hours(2)),
        reason: "道路封闭".to_owned(),
    };
    let request = PlanRequest::Reschedule(later.clone());
    let (field, _) = desk
        .refused(plan, &PlanRequest::Reschedule(Rescheduled { reason: String::new(), ..later.clone() }))
        .await;
    assert_eq!(field, "reason");
    // Who came to see it only after its hour does not decide about it.
    let administrator = at_desk(&actor(&office.phone(Role::Administrator).await).await);
    assert!(desk.file(&administrator, plan).await.inside.is_some());
    let refused = spot_checks::change(&office.state, &administrator, plan, &request).await;
    assert_eq!(refused, Err(Error::NotAllowed));
    desk.ask(plan, &request).await.unwrap();
    assert!(desk.file(&administrator, plan).await.inside.is_none(), "a secret until the new hour");
    let list = spot_checks::list(&office.state, &desk.maker, &SpotCheckFilter::default()).await.unwrap();
    assert_eq!(list.rows[0].checks, CheckProgress { under_way: 1, ..CheckProgress::default() });
    let inspector = desk.inspector.person;
    assert_eq!(orders_of(&office, check.id).await, (vec![inspector], vec![inspector]));
    let anew = sealed_orders::words_for_leader(&office.state, &leader, check.id).await.unwrap();
    assert_ne!(anew, said, "what was said before opens nothing");
    let told = desk.file(&desk.maker, plan).await.inside.unwrap().sites.remove(0).rescheduled;
    assert_eq!(told, Some(later));
}

/// What the one who leaves has is counted, handed over and sealed anew; where it is stands in no answer.
#[tokio::test]
async fn whoever_leaves_hands_over_their_sealed_orders_and_no_administrator_sees_where() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office).await;
    let plan = desk.sent().await;
    let check = check_of(&desk, plan).await;
    let state = &office.state.services;
    let administrator = at_desk(&actor(&office.phone(Role::Administrator).await).await);
    let inspector = office.person(Role::Inspector).await;
    let save = async || {
        let mut tx = state.store.write().await.unwrap();
        let person = Person { disabled: true, ..inspector.clone() };
        let change = PersonChange { person, password: None };
        people::save_all(state, &mut *tx, office.office.id, &administrator.author(), vec![change]).await?;
        Ok::<_, Error>(tx.commit().await?)
    };
    assert_eq!(save().await, Err(Error::Account { position: 0, rule: Rule::OpenChecks(1) }));
    let leaving = tasks::leaving(state, &administrator, inspector.id).await.unwrap();
    assert_eq!(leaving.checks, 1);
    let said = serde_json::to_string(&leaving).unwrap();
    let site = office.elsewhere.id.to_string();
    assert!(!said.contains(&site) && !said.contains(&office.elsewhere.name), "{said}");
    // Who only gives work hands over no checks, and is not told of any.
    let officer = at_desk(&actor(&office.phone(Role::Officer).await).await);
    assert_eq!(tasks::leaving(state, &officer, inspector.id).await.unwrap().checks, 0);
    let nobody = office.person(Role::Enterprise).await;
    let refused = said_of(tasks::hand_over(state, &administrator, inspector.id, nobody.id, false).await);
    assert!(!refused.contains(&office.elsewhere.name), "{refused}");
    let takes = office.person(Role::Officer).await;
    let done = tasks::hand_over(state, &administrator, inspector.id, takes.id, false).await.unwrap();
    assert_eq!(done, HandedOver { tasks: 0, grids: 0, checks: 1, plans: 0 });
    assert_eq!(orders_of(&office, check.id).await, (vec![takes.id], vec![inspector.id]));
    assert!(desk.file(&administrator, plan).await.inside.is_none(), "nor does the plan open to them");
    let filter = AuditFilter { page: 1, ..AuditFilter::default() };
    let entries = office.state.store.audit(office.office.id, &filter).await.unwrap().rows;
    let entries = serde_json::to_string(&entries).unwrap();
    assert!(!entries.contains(&site) && !entries.contains(&office.elsewhere.name), "{entries}");
    assert_eq!(save().await, Ok(()));
}

fn said_of(done: Result<HandedOver, Error>) -> String {
    match done {
        Err(Error::Invalid { field, reason }) if field == "to" => reason,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn every_bad_plan_is_refused_in_words_at_its_field() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office).await;
    let late = PlanOutline { opens_at: before(), ..desk.outline() };
    let refused = said(spot_checks::draft(&office.state, &desk.maker, &late).await);
    let Err(AppError::Invalid { field, reason }) = refused else { panic!("{refused:?}") };
    assert_eq!(field, "opens_day");
    assert!(reason.contains("已经过去"), "{reason}");
    let plan = desk.draft(&desk.outline()).await;
    let enterprise = office.phone(Role::Enterprise).await.person;
    let mut request = desk.by_hand(&[office.elsewhere.id]);
    if let PlanRequest::ChooseSites { people, .. } = &mut request {
        *people = vec![enterprise];
    }
    let (field, reason) = desk.refused(plan, &request).await;
    assert!(field == "people" && reason.contains("要去 1 人"), "{field}: {reason}");
    let (field, _) = desk.refused(plan, &desk.by_hand(&[])).await;
    assert_eq!(field, "sites");
    let twice = desk.by_hand(&[office.elsewhere.id, office.elsewhere.id]);
    assert_eq!(desk.refused(plan, &twice).await.0, "sites");
    assert_eq!(desk.refused(plan, &PlanRequest::Send).await.0, "sites");
    let told = PlanOutline { title: format!("查{}", office.elsewhere.name), ..desk.outline() };
    desk.ask(plan, &PlanRequest::Outline(Box::new(told))).await.unwrap();
    let (field, reason) = desk.refused(plan, &desk.by_hand(&[office.elsewhere.id])).await;
    assert!(field == "title" && reason.contains("会公开"), "{field}: {reason}");
    assert_eq!(desk.refused(plan, &PlanRequest::Cancel { reason: " ".to_owned() }).await.0, "reason");
    // Somebody who has left between the choice and the sending.
    let plan = desk.draft(&desk.outline()).await;
    desk.ask(plan, &desk.by_hand(&[office.elsewhere.id])).await.unwrap();
    let people = office.state.store.people(office.office.id).await.unwrap();
    let mut leaves = people.into_iter().find(|person| person.id == desk.inspector.person).unwrap();
    leaves.disabled = true;
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_person(office.office.id, &leaves, None).await.unwrap();
    tx.commit().await.unwrap();
    let (field, reason) = desk.refused(plan, &PlanRequest::Send).await;
    assert!(field == "people" && reason.contains("已停用"), "{field}: {reason}");
}

/// Of the maker and the leader, and of nobody else before the hour: neither the plan's page, nor its list, nor the audit.
#[tokio::test]
async fn before_its_hour_a_plan_names_its_sites_to_its_makers_and_its_leader() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office).await;
    let plan = desk.sent().await;
    let site = office.elsewhere.id.to_string();
    let secrets = [office.elsewhere.name.as_str(), &site, "后门", "老地方"];
    let tells = |said: &str| secrets.iter().any(|secret| said.contains(secret));
    for role in Role::ALL {
        let by = at_desk(&actor(&office.phone(role).await).await);
        let may = matches!(role, Role::Supervisor | Role::Leader);
        let file = spot_checks::file(&office.state, &by, plan).await;
        let said = file.map(|file| serde_json::to_string(&file).unwrap()).unwrap_or_default();
        assert_eq!(tells(&said), may, "{role:?}: {said}");
        let list = spot_checks::list(&office.state, &by, &SpotCheckFilter::default()).await;
        let said = list.map(|list| serde_json::to_string(&list).unwrap()).unwrap_or_default();
        assert!(!tells(&said), "{role:?}: {said}");
        let draw = spot_checks::draw_file(&office.state, Some(&by), plan).await;
        assert_eq!(draw, Err(Error::NotFound), "{role:?}: nothing was drawn");
    }
    let filter = AuditFilter { subject: Some(SubjectKind::SpotCheckPlan), page: 1, ..AuditFilter::default() };
    let entries = office.state.store.audit(office.office.id, &filter).await.unwrap().rows;
    assert_eq!(entries.len(), 3, "made, chosen, sent");
    assert!(!tells(&serde_json::to_string(&entries).unwrap()), "{entries:?}");
    // Whoever plans may withdraw what they do not see.
    let administrator = at_desk(&actor(&office.phone(Role::Administrator).await).await);
    let outsider = desk.file(&administrator, plan).await;
    assert!(outsider.inside.is_none() && !outsider.may_plan && outsider.may_withdraw);
    office.clock.set(opens());
    let opened = desk.file(&administrator, plan).await;
    assert!(opened.inside.is_some(), "its hour has come");
}

#[tokio::test]
async fn a_plan_is_withdrawn_with_its_checks_and_stays_readable() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office).await;
    let plan = desk.sent().await;
    let officer = at_desk(&actor(&office.phone(Role::Officer).await).await);
    let cancel = PlanRequest::Cancel { reason: "改到下周".to_owned() };
    let refused = spot_checks::change(&office.state, &officer, plan, &cancel).await;
    assert_eq!(refused, Err(Error::NotFound), "out of sight");
    let leader = at_desk(&actor(&office.phone(Role::Leader).await).await);
    spot_checks::change(&office.state, &leader, plan, &cancel).await.unwrap();
    let file = desk.file(&desk.maker, plan).await;
    assert_eq!(file.step, PlanStep::Cancelled);
    assert_eq!(file.progress, CheckProgress { withdrawn: 1, ..CheckProgress::default() });
    office.clock.set(now());
    let form = office.form("ebike-charging");
    let visit = passing_visit(&desk.inspector, &office.elsewhere, &form);
    let came = desk.inspector.sync(&[visit]).await.remove(0);
    assert_eq!(reason_of(&came), "not_allowed", "a withdrawn check leads nobody anywhere");
}
