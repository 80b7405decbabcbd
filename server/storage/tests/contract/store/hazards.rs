//! Hazards, and the figures that are made of them.

use super::{entry, founded, hazard, id, now, office, site};
use domain::{
    hazard::Hazard,
    ledger::{LedgerFilter, Standing},
    overview::Figure,
    photo::PhotoHash,
    place::Office,
    role::Scope,
    sector::Sector,
};
use serde_json::json;
use storage::Store;

/// Two of the same kind at one site recur; one is late, one is major, one is closed.
pub async fn figures_agree_with_the_rows(store: &impl Store) {
    let mut tx = founded(store).await;
    for (n, level, due, closed) in [
        (0, "general", "2026-11-20", false),
        (1, "major", "2026-11-25", false),
        (2, "general", "2026-11-20", true),
    ] {
        let fixed = closed.then(|| json!({ "photos": [PhotoHash::of(b"after")] }));
        let found = json!({ "found": { "level": level, "what": format!("堆物{n}"), "photos": [], "due": due,
            "checklist": "fire-access", "item": "stairs", "fixed": fixed } });
        let mut hazard = Hazard::begin(id(80 + n), site(21, 11).placement(), entry(90 + n, found)).unwrap();
        hazard.number = Some(format!("XC-2026-00000{n}"));
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
    for (standing, rows) in
        [(Standing::Open, 2), (Standing::Late, 1), (Standing::Closed, 1), (Standing::Any, 3)]
    {
        let filter = LedgerFilter { page: 1, standing, ..LedgerFilter::default() };
        let page = store.ledger(office(), &Scope::Office, &filter, now()).await.unwrap();
        assert_eq!((page.rows.len(), page.total), (rows, rows as u64), "{standing:?}");
    }
    let elsewhere = store.overview(office(), &Scope::Grids(vec![id(12)]), now()).await.unwrap();
    assert_eq!((elsewhere.count(Figure::Open), elsewhere.recurring.len()), (0, 0));
}

pub async fn a_hazards_log_grows_and_keeps_what_it_had(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_hazards(office(), &[hazard()], now()).await.unwrap();
    tx.commit().await.unwrap();
    let plan = json!({ "assigned": { "responsible": "物业", "measures": "清走", "funds": "0",
        "deadline": "2026-12-01", "contingency": "专人看守" } });
    let (assigned, misfit) = hazard().take(entry(62, plan));
    assert_eq!(misfit, None);
    for _ in 0..2 {
        let mut tx = store.write().await.unwrap();
        tx.put_hazards(office(), std::slice::from_ref(&assigned), now()).await.unwrap();
        tx.commit().await.unwrap();
    }
    assert_eq!(store.hazard(office(), assigned.id).await.unwrap(), Some(assigned));
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
    let (stolen, _) = stolen.take(entry(63, json!({ "rectified": { "photos": [] } })));
    assert!(tx.put_hazards(id(2), &[stolen], now()).await.is_err());
    drop(tx);
    assert_eq!(store.hazard(office(), id(51)).await.unwrap(), Some(hazard()));
}
