//! Plans of spot checks, and the checks that were sent.

use super::{founded, hazard, id, now, office, public_reports::new, site};
use chrono::{Days, Duration};
use domain::{
    id::{PersonId, SpotCheckId, SpotCheckPlanId, VisitId},
    list::ListFilter,
    public_report::ReportState,
    role::Scope,
    spot_check::{
        CheckProgress, ChecksStand, SpotCheck, SpotCheckFilter, SpotCheckKind, SpotCheckState,
        plan::{
            PlanEventRecord, PlanOutline, PlanStep, PlannedPerson, PlannedSite, SiteChoice, SpotCheckPlan,
            SpotCheckPlanEvent,
        },
    },
    time::office_day,
    visit::VisitNature,
};
use storage::{Store, StoreError, Transaction};
use tokio::sync::mpsc;

/// A plan that opens so many days from now and ends on the same day.
pub fn outline(title: &str, in_days: i64, leader: PersonId) -> PlanOutline {
    let opens_at = now() + Duration::days(in_days);
    PlanOutline {
        title: title.to_owned(),
        kind: SpotCheckKind::Surprise,
        nature: VisitNature::Patrol,
        forms: vec!["fire-access".into()],
        matter: String::new(),
        basis: "年度计划".to_owned(),
        leader,
        opens_at,
        until: office_day(opens_at),
        team_size: 1,
        departments: vec![],
        meet: "街道办门口 9:00".to_owned(),
        bring: String::new(),
        note: String::new(),
    }
}

/// What happened to a plan until it was sent, and its checks.
pub fn sent(
    id: SpotCheckPlanId,
    outline: PlanOutline,
    sites: &[(domain::id::SiteId, SpotCheckId)],
) -> (Vec<PlanEventRecord>, Vec<SpotCheck>) {
    let by = PlannedPerson { id: outline.leader, name: "韩立新".to_owned() };
    let planned = sites.iter().map(|(site, _)| PlannedSite {
        site: *site,
        name: "场所".to_owned(),
        team: vec![by.clone()],
        reasons: vec![],
        weight: None,
    });
    let events = [
        SpotCheckPlanEvent::Outlined { outline: Box::new(outline) },
        SpotCheckPlanEvent::SitesChosen { choice: SiteChoice::ByHand, sites: planned.collect() },
        SpotCheckPlanEvent::Sent { checks: sites.iter().map(|(_, check)| *check).collect() },
    ];
    let log = events.map(|event| PlanEventRecord { at: now(), by: by.clone(), event }).to_vec();
    let plan = SpotCheckPlan::of(id, log.clone()).unwrap();
    let named = sites.iter().map(|(_, check)| (*check, format!("CC-2026-{}", check.0.simple())));
    let checks = plan.checks_of(named).collect();
    (log, checks)
}

pub async fn put(
    tx: &mut dyn Transaction,
    office: domain::id::OfficeId,
    id: SpotCheckPlanId,
    log: &[PlanEventRecord],
    checks: &[SpotCheck],
) {
    for until in 1..=log.len() {
        let plan = SpotCheckPlan::of(id, log[..until].to_vec()).unwrap();
        tx.put_spot_check_plan(office, &plan, "韩立新", &log[until - 1]).await.unwrap();
    }
    tx.put_spot_checks(office, checks).await.unwrap();
}

/// A plan that was missed yesterday, and one that opens tomorrow.
pub async fn put_two(
    tx: &mut dyn Transaction,
    office: domain::id::OfficeId,
    of: impl Fn(u128) -> uuid::Uuid,
) {
    for (n, in_days) in [(1, -1), (2, 1)] {
        let plan = of(5_000 + n).into();
        let (log, checks) =
            sent(plan, outline("夜查", in_days, of(31).into()), &[(of(101).into(), of(5_100 + n).into())]);
        put(tx, office, plan, &log, &checks).await;
    }
}

pub async fn a_plan_keeps_what_happened_to_it(store: &impl Store) {
    let mut tx = founded(store).await;
    let plan: SpotCheckPlanId = id(71);
    let (log, checks) = sent(plan, outline("冬季夜查", 1, id(31)), &[(id(21), id(81)), (id(22), id(82))]);
    put(&mut *tx, office(), plan, &log, &checks).await;
    let folded = SpotCheckPlan::of(plan, log.clone()).unwrap();
    assert_eq!(tx.spot_check_plan(office(), plan).await.unwrap(), Some(folded.clone()));
    assert_eq!(tx.spot_check_plan(id(2), plan).await.unwrap(), None, "another office's");
    assert_eq!(tx.spot_checks_of(office(), plan).await.unwrap(), checks);
    tx.commit().await.unwrap();
    assert_eq!(store.spot_check_plan(office(), plan).await.unwrap(), Some(folded.clone()));
    assert_eq!(store.spot_check_plan(id(2), plan).await.unwrap(), None);
    assert_eq!(store.spot_check_plan_of_anybody(plan).await.unwrap(), Some(folded));
    assert_eq!(store.spot_check_plan_of_anybody(id(79)).await.unwrap(), None);
    assert_eq!(store.spot_check_log(office(), plan).await.unwrap(), log);
    assert_eq!(store.spot_check_log(id(2), plan).await.unwrap(), []);
    assert_eq!(store.spot_checks_of(office(), plan).await.unwrap(), checks, "in the order of the sites");
    assert_eq!(store.spot_check(office(), id(82)).await.unwrap().as_ref(), checks.get(1));
    assert_eq!(store.spot_check(id(2), id(82)).await.unwrap(), None);
}

pub async fn a_check_is_found_at_its_site_until_it_is_withdrawn(store: &impl Store) {
    let mut tx = founded(store).await;
    let plan = id(71);
    let (log, checks) = sent(plan, outline("冬季夜查", 1, id(31)), &[(id(21), id(81)), (id(22), id(82))]);
    put(&mut *tx, office(), plan, &log, &checks).await;
    assert_eq!(tx.spot_checks_at(office(), &[id(22)]).await.unwrap(), checks[1..]);
    assert_eq!(tx.spot_checks_at(office(), &[id(21), id(22)]).await.unwrap(), checks);
    assert_eq!(tx.spot_checks_at(office(), &[]).await.unwrap(), []);
    assert_eq!(tx.spot_checks_at(id(2), &[id(22)]).await.unwrap(), [], "another office's");
    let visit: VisitId = id(91);
    let done = SpotCheck { state: SpotCheckState::Done { visit, at: now() }, ..checks[0].clone() };
    let reason = "场所停业".to_owned();
    let withdrawn = SpotCheck { state: SpotCheckState::Withdrawn { at: now(), reason }, ..checks[1].clone() };
    assert_eq!(tx.sent_spot_checks(office()).await.unwrap(), checks);
    assert_eq!(tx.sent_spot_checks(id(2)).await.unwrap(), [], "another office's");
    tx.put_spot_checks(office(), std::slice::from_ref(&withdrawn)).await.unwrap();
    assert_eq!(tx.sent_spot_checks(office()).await.unwrap(), checks[..1]);
    tx.put_spot_checks(office(), std::slice::from_ref(&done)).await.unwrap();
    assert_eq!(tx.spot_checks_at(office(), &[id(21), id(22)]).await.unwrap(), std::slice::from_ref(&done));
    assert_eq!(tx.spot_checks_of(office(), plan).await.unwrap(), [done, withdrawn], "where they stood");
    // Nobody else's number.
    let other = SpotCheck { id: id(83), ..checks[0].clone() };
    let taken = tx.put_spot_checks(office(), &[other]).await;
    assert!(matches!(taken, Err(StoreError::Taken("number"))), "{taken:?}");
}

pub async fn whoever_reads_a_visit_finds_the_check_that_it_carried_out(store: &impl Store) {
    let mut tx = founded(store).await;
    let (log, checks) = sent(id(71), outline("冬季夜查", 1, id(31)), &[(id(21), id(81)), (id(22), id(82))]);
    put(&mut *tx, office(), id(71), &log, &checks).await;
    let visit: VisitId = id(91);
    let done = SpotCheck { state: SpotCheckState::Done { visit, at: now() }, ..checks[0].clone() };
    tx.put_spot_checks(office(), std::slice::from_ref(&done)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.spot_checks_at(office(), &[id(21)]).await.unwrap(), [done]);
    assert_eq!(store.spot_checks_at(office(), &[id(22)]).await.unwrap(), checks[1..]);
    assert_eq!(store.spot_checks_at(office(), &[]).await.unwrap(), []);
    assert_eq!(store.spot_checks_at(id(2), &[id(22)]).await.unwrap(), [], "another office's");
}

pub async fn plans_are_listed_by_what_is_to_be_done(store: &impl Store) {
    let mut tx = founded(store).await;
    for (n, title, in_days) in [(1, "昨天的", -1), (2, "明天的", 1), (3, "上周的", -7), (4, "做完的", -2)]
    {
        let plan = id(70 + n);
        let site = if n % 2 == 0 { id(22) } else { id(21) };
        let (log, mut checks) = sent(plan, outline(title, in_days, id(31)), &[(site, id(80 + n))]);
        if n == 4 {
            checks[0].state = SpotCheckState::Done { visit: id(91), at: now() };
        }
        put(&mut *tx, office(), plan, &log, &checks).await;
    }
    let draft = id(75);
    let (log, _) = sent(draft, outline("还没定的", 3, id(31)), &[]);
    put(&mut *tx, office(), draft, &log[..1], &[]).await;
    tx.commit().await.unwrap();
    let list = async |filter: SpotCheckFilter| {
        let page = store.spot_check_plans(office(), &Scope::Office, &filter, now()).await.unwrap();
        assert_eq!((page.total, page.unreadable), (page.rows.len() as u64, 0));
        page.rows
    };
    let rows = list(SpotCheckFilter::default()).await;
    let titles: Vec<_> = rows.iter().map(|row| row.title.as_str()).collect();
    assert_eq!(titles, ["上周的", "昨天的", "明天的", "还没定的", "做完的"]);
    let one = CheckProgress { missed: 1, ..CheckProgress::default() };
    assert_eq!((rows[0].checks, rows[0].until), (one, office_day(now()) - Days::new(7)));
    assert_eq!((rows[0].leader_name.as_str(), rows[0].step), ("韩立新", PlanStep::Sent));
    assert_eq!(rows[2].checks, CheckProgress { under_way: 1, ..CheckProgress::default() });
    assert_eq!(rows[4].checks, CheckProgress { done: 1, ..CheckProgress::default() });
    for (filter, expected) in [
        (SpotCheckFilter::of(ChecksStand::Missed), vec!["上周的", "昨天的"]),
        (SpotCheckFilter { step: Some(PlanStep::Drafted), ..SpotCheckFilter::default() }, vec!["还没定的"]),
        (SpotCheckFilter { kind: Some(SpotCheckKind::Cross), ..SpotCheckFilter::default() }, vec![]),
        (SpotCheckFilter { query: "明天".to_owned(), ..SpotCheckFilter::default() }, vec!["明天的"]),
    ] {
        let rows = list(filter.clone()).await;
        assert_eq!(rows.iter().map(|row| row.title.as_str()).collect::<Vec<_>>(), expected, "{filter:?}");
    }
    // One that is made up for has a day of its own.
    let mut tx = store.write().await.unwrap();
    let mut late = tx.spot_checks_of(office(), id(71)).await.unwrap();
    late[0].until = office_day(now()) + Days::new(2);
    tx.put_spot_checks(office(), &late).await.unwrap();
    tx.commit().await.unwrap();
    let missed = list(SpotCheckFilter::of(ChecksStand::Missed)).await;
    assert_eq!(missed.iter().map(|row| row.title.as_str()).collect::<Vec<_>>(), ["上周的"]);
    let made_up = list(SpotCheckFilter { query: "昨天".to_owned(), ..SpotCheckFilter::default() }).await;
    assert_eq!(made_up[0].checks, CheckProgress { under_way: 1, ..CheckProgress::default() });
    let rows = list(SpotCheckFilter::default()).await;
    let narrow = Scope::Grids(vec![id(11), id(12)]);
    let all = SpotCheckFilter::default();
    assert_eq!(store.spot_check_plans(office(), &narrow, &all, now()).await.unwrap().total, 0);
    let (to, mut file) = mpsc::channel(8);
    assert_eq!(store.send_spot_check_plans(office(), &Scope::Office, &all, now(), 9, to).await.unwrap(), 0);
    for row in rows {
        assert_eq!(file.recv().await, Some(row));
    }
    assert_eq!(file.recv().await, None);
    let beyond = store.spot_check_plans(office(), &Scope::Office, &all.at_page(2), now()).await.unwrap();
    assert_eq!((beyond.rows, beyond.total), (vec![], 5));
    let sent: Vec<SpotCheckId> =
        store.sent_spot_checks(office()).await.unwrap().iter().map(|check| check.id).collect();
    assert_eq!(sent, [id(81), id(82), id(83)]);
}

pub async fn sites_are_told_with_what_a_rule_looks_at(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_hazards(office(), &[hazard()], now()).await.unwrap();
    tx.commit().await.unwrap();
    let since = |days| now() - Duration::days(days);
    let facts = store.site_facts(office(), since(90)).await.unwrap();
    assert_eq!(facts.iter().map(|one| one.id).collect::<Vec<_>>(), [id(21), id(22)]);
    assert_eq!((facts[0].open_hazards, facts[0].hazards), (1, 1));
    assert_eq!((facts[1].open_hazards, facts[1].hazards), (0, 0));
    let known = site(21, 11);
    assert_eq!((&facts[0].name, facts[0].grid, &facts[0].kinds), (&known.name, known.grid, &known.kinds));
    assert_eq!((facts[0].risk, facts[0].last_visit, facts[0].retired), (known.risk, None, false));
    let facts = store.site_facts(office(), since(-1)).await.unwrap();
    assert_eq!((facts[0].open_hazards, facts[0].hazards), (1, 0), "open, and found before");
    assert_eq!(store.site_facts(id(2), since(90)).await.unwrap(), []);
}

pub async fn reports_count_at_the_site_that_they_turned_out_to_be_of(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_hazards(office(), &[hazard()], now()).await.unwrap();
    let states = [
        (71, ReportState::Received),
        (72, ReportState::Confirmed),
        (73, ReportState::Quarantined),
        (74, ReportState::Discarded),
        (75, ReportState::NothingFound),
        // What lies next to one site may be of another.
        (76, ReportState::Joined(id(51))),
        (77, ReportState::Hazard(id(51))),
    ];
    for (n, state) in states {
        let mut told = new(n, &format!("第 {n} 处"));
        told.report.state = state;
        told.lies = (n != 77).then(|| site(22, 12).resource_scope());
        tx.put_public_report(office(), &told).await.unwrap();
    }
    let mut voice = new(78, "第 71 处");
    voice.voice_of = Some(id(71));
    voice.lies = Some(site(22, 12).resource_scope());
    tx.put_public_report(office(), &voice).await.unwrap();
    let mut before = new(79, "早先的");
    before.lies = voice.lies;
    before.report.received_at = now() - Duration::days(91);
    before.report.state = ReportState::Confirmed;
    tx.put_public_report(office(), &before).await.unwrap();
    tx.commit().await.unwrap();
    for (days, counts) in [(-1, [0_u32, 0]), (90, [2, 1]), (91, [2, 2])] {
        let facts = store.site_facts(office(), now() - Duration::days(days)).await.unwrap();
        assert_eq!(facts.iter().map(|one| one.reports).collect::<Vec<_>>(), counts, "within {days} days");
    }
}

pub async fn plans_that_were_not_sent_are_told(store: &impl Store) {
    let mut tx = founded(store).await;
    let plan = |n: u128| -> SpotCheckPlanId { id(n) };
    // Sent, cancelled, drafted for the day after tomorrow, drafted for tomorrow.
    let (log, checks) = sent(plan(71), outline("下发了", 1, id(31)), &[(id(21), id(81))]);
    put(&mut *tx, office(), plan(71), &log, &checks).await;
    for (n, days) in [(72, 1), (73, 2), (74, 1)] {
        let (mut log, _) = sent(plan(n), outline("没下发", days, id(31)), &[(id(22), id(82))]);
        log.truncate(2);
        if n == 72 {
            let event = SpotCheckPlanEvent::Cancelled { reason: "改期".to_owned() };
            let cancelled = PlanEventRecord { event, ..log[0].clone() };
            log.push(cancelled);
        }
        put(&mut *tx, office(), plan(n), &log, &[]).await;
    }
    let told = tx.unsent_spot_check_plans(office()).await.unwrap();
    assert_eq!(told.iter().map(|plan| plan.id).collect::<Vec<_>>(), [plan(74), plan(73)]);
    assert_eq!(told[0].sites.len(), 1);
    assert_eq!(tx.unsent_spot_check_plans(id(2)).await.unwrap(), [], "another office's");
}
