//! Hazards, and the figures that are made of them.

use super::{announced, by, found, founded, hazard, id, issued, now, office};
use domain::{
    audience::Audience,
    audit::By,
    fen::Fen,
    hazard::{Evidence, Found, Hazard, HazardCommand, RectificationPlan, Referral, relocate},
    ledger::{LedgerFilter, LedgerSort, LedgerStatusFilter},
    overview::Figure,
    photo::PhotoHash,
    place::Office,
    role::{ResourceScope, Scope},
    sector::Sector,
    severity::Severity,
};
use serde_json::json;
use storage::{Rebuilt, Store};

/// Two of the same kind at one site recur; one is late, one is major, one is closed.
pub async fn figures_agree_with_the_rows(store: &impl Store) {
    let mut tx = founded(store).await;
    for (n, level, due, closed) in [
        (0, "general", "2026-11-20", false),
        (1, "major", "2026-11-25", false),
        (2, "general", "2026-11-20", true),
    ] {
        let fixed = closed.then(|| json!({ "photos": [PhotoHash::of(b"after")] }));
        let what = json!({ "level": level, "what": format!("堆物{n}"), "photos": [], "due": due,
            "form": "fire-access", "question": "stairs", "fixed": fixed });
        let number = Some(format!("XC-2026-00000{n}"));
        let hazard = Hazard { number, ..found(80 + n, 90 + n, what) };
        tx.put_hazards(office(), &[hazard], now()).await.unwrap();
    }
    tx.commit().await.unwrap();
    let figures = store.overview(office(), &Scope::Office, now()).await.unwrap();
    let tiles = Figure::TILES.map(|figure| figures.count(figure));
    assert_eq!(tiles, [2, 1, 1, 1, 1], "open, late, due this week, major, closed this month");
    assert_eq!(figures.worst_days, 4);
    assert_eq!(figures.by_sector, [(Sector::Fire, 2)]);
    assert_eq!(figures.by_community.len(), 1);
    assert_eq!(figures.weeks.iter().map(|week| (week.found, week.closed)).next_back(), Some((3, 1)));
    assert_eq!(figures.recurring.iter().map(|again| again.times).collect::<Vec<_>>(), [3]);
    for (status, rows) in [
        (LedgerStatusFilter::Open, 2),
        (LedgerStatusFilter::Late, 1),
        (LedgerStatusFilter::Closed, 1),
        (LedgerStatusFilter::Any, 3),
    ] {
        let filter = LedgerFilter { page: 1, status, ..LedgerFilter::default() };
        let page = store.ledger(office(), &Scope::Office, &filter, now()).await.unwrap();
        assert_eq!((page.rows.len(), page.total), (rows, rows as u64), "{status:?}");
    }
    let elsewhere = store.overview(office(), &Scope::Grids(vec![id(12)]), now()).await.unwrap();
    assert_eq!((elsewhere.count(Figure::Open), elsewhere.recurring.len()), (0, 0));
}

fn plan() -> RectificationPlan {
    RectificationPlan {
        responsible: "物业".to_owned(),
        department: None,
        measures: "清走".to_owned(),
        funds: Fen::ZERO,
        deadline: "2026-12-01".parse().unwrap(),
        contingency: "专人看守".to_owned(),
    }
}

pub async fn a_hazards_log_grows_and_keeps_what_it_had(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_hazards(office(), &[hazard()], now()).await.unwrap();
    tx.commit().await.unwrap();
    let (assigned, because) = hazard().attempt(&HazardCommand::Assign(plan()), &issued(62, &by()));
    assert_eq!(because, None);
    for _ in 0..2 {
        let mut tx = store.write().await.unwrap();
        tx.put_hazards(office(), std::slice::from_ref(&assigned), now()).await.unwrap();
        tx.commit().await.unwrap();
    }
    assert_eq!(store.hazard(office(), assigned.id).await.unwrap(), Some(assigned));
}

/// Until the office has acted, it stands among those to be referred and not among those to be assigned.
pub async fn what_is_to_be_referred_is_listed_apart(store: &impl Store) {
    let mut tx = founded(store).await;
    let of = |kind: &str| json!({ "level": "general", "what": "路面塌陷", "photos": [], "responsible": "住建局", "responsible_kind": kind });
    let kinds = [(0, "site"), (1, "authority"), (2, "unknown")];
    let hazards = kinds.map(|(n, kind)| {
        let number = Some(format!("XC-2026-00000{n}"));
        Hazard { number, ..found(80 + n, 90 + n, of(kind)) }
    });
    tx.put_hazards(office(), &hazards, now()).await.unwrap();
    tx.commit().await.unwrap();
    let numbers = async |status| {
        let filter = LedgerFilter { page: 1, sort: LedgerSort::Number, ..LedgerFilter::of(status) };
        let page = store.ledger(office(), &Scope::Office, &filter, now()).await.unwrap();
        page.rows.into_iter().map(|row| (row.number, row.to_refer)).collect::<Vec<_>>()
    };
    let row = |n: usize, to_refer| (format!("XC-2026-00000{n}"), to_refer);
    assert_eq!(numbers(LedgerStatusFilter::ToRefer).await, [row(1, true), row(2, true)]);
    assert_eq!(numbers(LedgerStatusFilter::ToAssign).await, [row(0, false)]);
    // One is referred, the other turns out to be somebody's of the site.
    let [_, of_authority, of_nobody] = hazards;
    let referral = Referral { authority: "住建局".to_owned(), reason: "市政道路".to_owned() };
    let (referred, _) = of_authority.attempt(&HazardCommand::Refer(referral), &issued(62, &by()));
    let (assigned, _) = of_nobody.attempt(&HazardCommand::Assign(plan()), &issued(63, &by()));
    let mut tx = store.write().await.unwrap();
    tx.put_hazards(office(), &[referred, assigned], now()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(numbers(LedgerStatusFilter::ToRefer).await, []);
    assert_eq!(numbers(LedgerStatusFilter::Open).await, [row(0, false), row(2, false)]);
}

/// Whatever changes in it is found by lists from then on.
pub async fn every_column_follows_the_state(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_hazards(office(), &[hazard()], now()).await.unwrap();
    let elsewhere = ResourceScope { grid: id(12), site: id(22), sector: Sector::School, ..hazard().place };
    let moved = relocate(&hazard(), &elsewhere, &By::CommandLine, now()).unwrap();
    let moved = hazard().evolve(moved);
    let found = Found { level: Severity::Major, what: "电缆裸露".to_owned(), ..moved.found.clone() };
    let changed = Hazard { found, number: Some("XC-2026-000002".to_owned()), ..moved };
    tx.put_hazards(office(), std::slice::from_ref(&changed), now()).await.unwrap();
    tx.commit().await.unwrap();
    let rows = async |scope: Scope, filter: LedgerFilter| {
        store.ledger(office(), &scope, &filter, now()).await.unwrap().rows
    };
    let filter = LedgerFilter {
        level: Some(Severity::Major),
        sector: Some(Sector::School),
        site: Some(id(22)),
        query: "电缆".to_owned(),
        ..LedgerFilter::default()
    };
    let row = rows(Scope::Grids(vec![id(12)]), filter).await.remove(0);
    assert_eq!((row.number.as_str(), row.what.as_str()), ("XC-2026-000002", "电缆裸露"));
    assert!(rows(Scope::Grids(vec![id(11)]), LedgerFilter::default()).await.is_empty(), "where it was");
    assert_eq!(store.hazard(office(), id(51)).await.unwrap(), Some(changed));
}

pub async fn a_hazard_that_cannot_be_read_is_laid_elsewhere_by_its_row(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_hazards(office(), &[hazard()], now()).await.unwrap();
    tx.commit().await.unwrap();
    let there = ResourceScope { grid: id(12), department: Some(id(90)), ..hazard().place };
    let mut tx = store.write().await.unwrap();
    tx.relocate_unreadable(office(), id(51), &there).await.unwrap();
    tx.commit().await.unwrap();
    let lies = store.hazard(office(), id(51)).await.unwrap().unwrap();
    assert_eq!((lies.place, lies.events), (there, hazard().events), "its log says nothing of it");
    let rows = async |grid| {
        let scope = Scope::Grids(vec![id(grid)]);
        store.ledger(office(), &scope, &LedgerFilter::default(), now()).await.unwrap().total
    };
    assert_eq!((rows(11).await, rows(12).await), (0, 1));
    let mut tx = store.write().await.unwrap();
    tx.rebuild_hazards(None, 9).await.unwrap();
    tx.commit().await.unwrap();
    let lies = store.hazard(office(), id(51)).await.unwrap().unwrap();
    assert_eq!(lies.place, there, "folded anew it stays there");
}

pub async fn hazards_are_folded_anew_a_page_at_a_time(store: &impl Store) {
    let mut tx = founded(store).await;
    for n in 0..3 {
        let what = json!({ "level": "general", "what": "堆物", "photos": [] });
        let hazard = Hazard { number: Some(format!("XC-2026-00000{n}")), ..found(80 + n, 90 + n, what) };
        tx.put_hazards(office(), &[hazard], now()).await.unwrap();
    }
    tx.commit().await.unwrap();
    let before = announced(store, Audience::WholeOffice, 0, 100).await;
    let mut tx = store.write().await.unwrap();
    let first = tx.rebuild_hazards(None, 2).await.unwrap();
    assert_eq!(first, Rebuilt { last: Some(id(81)), folded: 2, ..Rebuilt::default() });
    let second = tx.rebuild_hazards(first.last, 2).await.unwrap();
    assert_eq!(second, Rebuilt { last: Some(id(82)), folded: 1, ..Rebuilt::default() });
    assert_eq!(tx.rebuild_hazards(second.last, 2).await.unwrap(), Rebuilt::default());
    tx.commit().await.unwrap();
    assert_eq!(announced(store, Audience::WholeOffice, 0, 100).await, before, "nothing has changed");
}

pub async fn an_id_belongs_to_one_office(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_hazards(office(), &[hazard()], now()).await.unwrap();
    tx.put_office(&Office { id: id(2), name: "另一街道".to_owned(), demo: false }).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = store.write().await.unwrap();
    assert!(tx.hazards(id(2), &[id(51)]).await.unwrap().is_empty());
    assert_eq!(tx.known_hazards(&[id(51), id(52)]).await.unwrap(), [id(51)].into());
    let mut stolen = hazard();
    stolen.number = Some("XC-2026-000009".to_owned());
    let rectify = HazardCommand::Rectify(Evidence { note: String::new(), photos: vec![] });
    let (stolen, _) = stolen.attempt(&rectify, &issued(63, &by()));
    assert!(tx.put_hazards(id(2), &[stolen], now()).await.is_err());
    drop(tx);
    assert_eq!(store.hazard(office(), id(51)).await.unwrap(), Some(hazard()));
}
