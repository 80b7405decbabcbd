//! Checklists, and the visits that were made with them.

use super::{announced, founded, id, now, office};
use chrono::Duration;
use domain::{
    audience::Audience,
    checklist::Checklist,
    id::{ChecklistId, VisitId},
    risk::RiskLevel,
    role::Scope,
    sector::Sector,
    text::Bilingual,
    time::office_day,
    visit::{VisitFilter, VisitNature},
};
use serde_json::json;
use storage::{LoadedRecord, Record, Store, StoredVisit};
use uuid::Uuid;

fn list() -> ChecklistId {
    "fire-access".into()
}

fn checklist(version: u32) -> Checklist {
    let item = json!({ "id": "clear", "text": { "zh": "通道畅通", "en": "The way is clear" }, "question": "pass_fail" });
    let section = json!({ "id": "ways", "title": { "zh": "通道", "en": "Ways" }, "item": [item] });
    let checklist = json!({ "id": list(), "version": version, "sector": "fire", "site_kinds": ["charging-shed"],
        "title": { "zh": "消防通道", "en": format!("Fire access {version}") }, "section": [section] });
    serde_json::from_value(checklist).unwrap()
}

/// Sealed this many hours later, and received a minute after.
fn visit(n: u128, hours: i64) -> StoredVisit {
    let at = now() + Duration::hours(hours);
    let visit = json!({ "id": Uuid::from_u128(n), "site": Uuid::from_u128(21), "kind": "surprise",
        "checklist": list(), "version": 1, "inspector": Uuid::from_u128(31),
        "started_at": at - Duration::minutes(20), "submitted_at": at,
        "answers": { "clear": { "answer": "fail", "verdict": "fail" } } });
    StoredVisit {
        number: format!("JC-2026-{n:06}"),
        received_at: at + Duration::minutes(1),
        inspector_name: "王芳".to_owned(),
        visit: serde_json::from_value(visit).unwrap(),
    }
}

pub async fn every_version_of_a_checklist_stays(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_checklist(office(), &checklist(1)).await.unwrap();
    tx.put_checklist(office(), &checklist(2)).await.unwrap();
    tx.put_checklist(office(), &Checklist { sector: Sector::School, ..checklist(2) }).await.unwrap();
    assert_eq!(tx.checklist(office(), &list(), 1).await.unwrap(), Some(checklist(1)));
    assert_eq!(tx.checklist(office(), &list(), 2).await.unwrap(), Some(checklist(2)), "as it was first");
    assert_eq!(tx.sector_of(office(), &list()).await.unwrap(), Some(Sector::Fire));
    assert_eq!(tx.sector_of(office(), &"school-drill".into()).await.unwrap(), None);
    tx.commit().await.unwrap();
    assert_eq!(store.checklists(office()).await.unwrap(), [checklist(2)]);
    let record = Record::Checklist(list());
    let asked = std::slice::from_ref(&record);
    let newest = store.load_records(office(), asked).await.unwrap().remove(&record).unwrap().unwrap();
    assert_eq!(newest, LoadedRecord::Checklist(Box::new(checklist(2))));
    assert!(store.load_records(id(2), asked).await.unwrap().is_empty(), "another office's");
    assert_eq!(store.checklist(office(), &list(), 1).await.unwrap(), Some(checklist(1)));
    assert_eq!(store.checklist(office(), &list(), 3).await.unwrap(), None);
    let announced = announced(store, Audience::Everybody, 0, 100).await;
    assert_eq!(announced.iter().filter(|row| row.record.as_ref() == Some(&record)).count(), 1);
}

pub async fn a_visit_is_sealed_and_moves_its_sites_last_visit(store: &impl Store) {
    let (first, second) = (visit(61, 0), visit(62, 24));
    let mut tx = founded(store).await;
    tx.put_checklist(office(), &checklist(1)).await.unwrap();
    tx.put_visits(office(), &[second.clone(), first.clone()]).await.unwrap();
    assert_eq!(tx.known_visits(&[id(61), id(63)]).await.unwrap(), [id(61)].into());
    let known = tx.visits(office(), &[id(61), id(63)]).await.unwrap();
    assert_eq!(known, [(id(61), first.visit.clone())].into());
    assert!(tx.visits(id(2), &[id(61)]).await.unwrap().is_empty(), "another office's");
    tx.commit().await.unwrap();
    assert_eq!(store.visit(office(), id(61)).await.unwrap(), Some(first.clone()));
    assert_eq!(store.visit(id(2), id(61)).await.unwrap(), None);
    let short = store.visit_summary(office(), id(61)).await.unwrap().unwrap();
    assert_eq!((short.number, short.submitted_at), (first.number.clone(), now()));
    assert_eq!((short.tally.failed, short.tally.answered()), (1, 1));
    assert!(store.visit_summary(office(), id(63)).await.unwrap().is_none());
    let site = store.site(office(), id(21)).await.unwrap().unwrap();
    assert_eq!(site.last_visit, Some(second.happened()));

    let mut tx = store.write().await.unwrap();
    assert!(tx.put_visits(office(), &[first]).await.is_err(), "what is sealed is not written again");
}

pub async fn visits_are_found_by_what_they_are(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_checklist(office(), &checklist(1)).await.unwrap();
    tx.put_visits(office(), &[visit(61, 0), visit(62, 24)]).await.unwrap();
    tx.commit().await.unwrap();
    let (both, none): ([VisitId; 2], [VisitId; 0]) = ([id(62), id(61)], []);
    let found = async |scope: Scope, filter: VisitFilter| {
        let filter = VisitFilter { page: 1, ..filter };
        let page = store.visits(office(), &scope, &filter).await.unwrap();
        assert_eq!(page.total, page.rows.len() as u64);
        page.rows.into_iter().map(|row| row.summary.id).collect::<Vec<_>>()
    };
    let all = VisitFilter::default;
    assert_eq!(found(Scope::Office, all()).await, both, "newest first");
    assert_eq!(found(Scope::Grids(vec![id(11)]), all()).await, both);
    assert_eq!(found(Scope::Grids(vec![id(12)]), all()).await, none);
    let of_sector = Scope::Department { department: id(41), sectors: vec![Sector::Fire] };
    assert_eq!(found(of_sector, all()).await, both);
    for (filter, expected) in [
        (VisitFilter { kind: Some(VisitNature::Surprise), ..all() }, &both[..]),
        (VisitFilter { kind: Some(VisitNature::Routine), ..all() }, &none[..]),
        (VisitFilter { sector: Some(Sector::Fire), ..all() }, &both[..]),
        (VisitFilter { sector: Some(Sector::School), ..all() }, &none[..]),
        (VisitFilter { community: Some(id(10)), ..all() }, &both[..]),
        (VisitFilter { site: Some(id(22)), ..all() }, &none[..]),
        (VisitFilter { inspector: Some(id(31)), ..all() }, &both[..]),
        (VisitFilter { from: office_day(now()).succ_opt(), ..all() }, &both[..1]),
        (VisitFilter { to: Some(office_day(now())), ..all() }, &both[1..]),
        (VisitFilter { query: "jc-2026-000061".to_owned(), ..all() }, &both[1..]),
        (VisitFilter { query: "场所21 王芳".to_owned(), ..all() }, &both[..]),
        (VisitFilter { query: "场所22".to_owned(), ..all() }, &none[..]),
    ] {
        assert_eq!(found(Scope::Office, filter.clone()).await, expected, "{filter:?}");
    }
    let page = VisitFilter { page: 1, ..all() };
    let page = store.visits(office(), &Scope::Office, &page).await.unwrap();
    let row = &page.rows[0];
    assert_eq!((row.site_name.as_str(), row.community_name.as_str()), ("场所21", "锦绣社区"));
    assert_eq!(row.checklist_title, Bilingual::new("消防通道", "Fire access 1"));
    assert_eq!(row.risk, RiskLevel::Considerable);
}
