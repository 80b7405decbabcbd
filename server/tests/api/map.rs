//! Outlines of communities and grids, from the office's file to its phones; and what the desk's map shows to whom.

use super::{
    office::{TestOffice, found, id, outcome_of},
    pages::Desk,
};
use crate::asker::{at_desk, said};
use app::error::AppError;
use domain::{
    audit::{Act, AuditFilter, SubjectKind},
    datum::Datum,
    id::HazardId,
    import::ImportFile,
    map::{Outline, OutlineFile},
    place::{Location, PlaceId},
    role::{Actor, Role, Scope},
    site::Site,
};
use serde_json::{Value, json};
use server::service::{Asker, map, outlines};

const LATITUDE: f64 = 34.8561;
const LONGITUDE: f64 = 113.599;

async fn asker(office: &TestOffice, role: Role) -> Asker {
    let people = office.state.store.people(office.office.id).await.unwrap();
    let person = people.into_iter().find(|person| person.role == role).unwrap();
    at_desk(&person.actor(office.office.id, None))
}

fn square(west: f64, south: f64) -> Value {
    let side = 0.01;
    json!({ "type": "Polygon", "coordinates": [[
        [west, south], [west + side, south], [west + side, south + side], [west, south + side], [west, south]
    ]]})
}

fn feature(name: &str, geometry: &Value) -> Value {
    json!({ "type": "Feature", "properties": { "name": name }, "geometry": geometry })
}

fn file(features: &[Value]) -> ImportFile {
    let text = json!({ "type": "FeatureCollection", "features": features }).to_string();
    ImportFile { name: "网格.geojson".into(), bytes: text.into_bytes() }
}

async fn send(office: &TestOffice, file: ImportFile, write: bool) -> Result<OutlineFile, AppError> {
    let by = asker(office, Role::Supervisor).await;
    said(outlines::send(&office.state, &by, file, Datum::Wgs84, write).await)
}

fn own_file() -> ImportFile {
    let at = |n: f64| square(LONGITUDE + n / 100.0, LATITUDE);
    file(&[feature("第 1 网格", &at(0.0)), feature("第 2 网格", &at(1.0)), feature("金河社区", &at(0.0))])
}

/// What a phone is told of outlines in these changes.
fn told(changes: &[Value]) -> Option<Vec<Outline>> {
    let directory = changes.iter().find(|change| change["kind"] == "directory")?;
    let outlines = directory["body"].get("outlines").cloned().unwrap_or_else(|| json!([]));
    Some(serde_json::from_value(outlines).unwrap())
}

#[tokio::test]
async fn a_file_is_checked_then_written_then_told_to_phones_and_kept_in_the_audit() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let (changes, cursor) = phone.pull(None).await;
    assert_eq!(told(&changes), Some(vec![]));

    let checked = send(&office, own_file(), false).await.unwrap();
    assert_eq!((checked.faults.len(), checked.written, checked.outlines.len()), (0, false, 3));
    assert_eq!(office.state.store.outlines(office.office.id).await.unwrap(), [], "nothing was written");

    let written = send(&office, own_file(), true).await.unwrap();
    assert!(written.written && written.without.is_empty());
    assert!(written.outlines.iter().all(|outline| !outline.replaces));
    let (changes, cursor) = phone.pull(Some(cursor)).await;
    let places: Vec<PlaceId> = told(&changes).unwrap().into_iter().map(|outline| outline.place).collect();
    let own = (PlaceId::Grid(office.site.grid), PlaceId::Community(office.site.community));
    assert!(places.len() == 2 && places.contains(&own.0) && places.contains(&own.1), "{places:?}");

    // It may arrive twice.
    let again = send(&office, own_file(), true).await.unwrap();
    assert!(again.written && again.outlines.iter().all(|outline| outline.replaces));
    let (changes, _) = phone.pull(Some(cursor)).await;
    assert_eq!(told(&changes).unwrap().len(), 2);

    let filter = AuditFilter { act: Some(Act::Imported), ..AuditFilter::default() };
    let rows = office.state.store.audit(office.office.id, &filter).await.unwrap().rows;
    assert_eq!(rows.len(), 2);
    assert!(
        rows.iter().all(|row| row.subject.kind == SubjectKind::Outlines && row.after["rows"] == json!(3))
    );
}

#[tokio::test]
async fn a_file_with_one_fault_writes_nothing_and_says_what_to_do() {
    let office = TestOffice::open().await;
    for (geometry, words) in [
        (square(2.3, 48.8), "在国外"),
        (square(0.0, 0.0), "0,0"),
        (square(34.85, 113.59), "写反"),
        (json!({ "type": "Point", "coordinates": [LONGITUDE, LATITUDE] }), "不是面"),
    ] {
        let features = [feature("第 1 网格", &square(LONGITUDE, LATITUDE)), feature("第 2 网格", &geometry)];
        let answer = send(&office, file(&features), true).await.unwrap();
        assert!(!answer.written && answer.outlines.len() == 1, "{answer:?}");
        assert_eq!(answer.faults.len(), 1);
        assert!(answer.faults[0].contains("第 2 个面") && answer.faults[0].contains(words), "{answer:?}");
    }
    let nobody = send(&office, file(&[feature("不认识", &square(LONGITUDE, LATITUDE))]), true).await.unwrap();
    assert!(nobody.faults[0].contains("没有这个名称"), "{nobody:?}");
    assert_eq!(nobody.without.len(), 3);
    for (bytes, words) in [(b"PK\x03\x04".to_vec(), "不是 GeoJSON"), (b"{}".to_vec(), "FeatureCollection")]
    {
        let refused = send(&office, ImportFile { name: "a.zip".into(), bytes }, true).await.unwrap_err();
        assert!(
            matches!(&refused, AppError::Invalid { field, reason } if field == "file" && reason.contains(words)),
            "{refused:?}"
        );
    }
    assert_eq!(office.state.store.outlines(office.office.id).await.unwrap(), []);
}

#[tokio::test]
async fn an_outline_is_taken_off_every_map_and_its_place_stays() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    send(&office, own_file(), true).await.unwrap();
    let (_, cursor) = phone.pull(None).await;
    let by = asker(&office, Role::Supervisor).await;
    let kept = outlines::kept(&office.state, &by).await.unwrap();
    assert_eq!(kept.len(), 3);
    let grid = PlaceId::Grid(office.site.grid);
    let one = kept.iter().find(|outline| outline.place == grid).unwrap();
    assert!(one.points == 5 && one.name.contains("网格"), "{one:?}");

    let officer = asker(&office, Role::Officer).await;
    outlines::kept(&office.state, &officer).await.unwrap_err();
    outlines::remove(&office.state, &officer, grid).await.unwrap_err();
    // It may arrive twice.
    outlines::remove(&office.state, &by, grid).await.unwrap();
    outlines::remove(&office.state, &by, grid).await.unwrap();
    let places = office.state.store.places(office.office.id).await.unwrap();
    assert!(places.grids.iter().any(|known| known.id == office.site.grid));
    assert_eq!(outlines::kept(&office.state, &by).await.unwrap().len(), 2);
    let (changes, _) = phone.pull(Some(cursor)).await;
    let left: Vec<PlaceId> = told(&changes).unwrap().into_iter().map(|outline| outline.place).collect();
    assert_eq!(left, [PlaceId::Community(office.site.community)]);

    let filter = AuditFilter { act: Some(Act::Removed), ..AuditFilter::default() };
    let rows = office.state.store.audit(office.office.id, &filter).await.unwrap().rows;
    let [entry] = &rows[..] else { panic!("{rows:?}") };
    assert_eq!((entry.subject.kind, &entry.subject.label), (SubjectKind::Outlines, &one.name));
}

#[tokio::test]
async fn another_offices_file_is_known_by_where_the_sites_are() {
    let office = TestOffice::open().await;
    let at = Some(Location { latitude: LATITUDE, longitude: LONGITUDE, accuracy: None });
    let mut tx = office.state.store.write().await.unwrap();
    for n in 0..3 {
        let site = Site { id: id(), code: format!("M{n}"), location: at, ..office.site.clone() };
        tx.put_site(office.office.id, &site).await.unwrap();
    }
    tx.commit().await.unwrap();
    // Harbin.
    let far = send(&office, file(&[feature("第 1 网格", &square(126.6, 45.7))]), true).await.unwrap();
    assert!(!far.written && far.faults[0].contains("公里"), "{far:?}");
    assert!(send(&office, own_file(), true).await.unwrap().written);
}

#[tokio::test]
async fn the_map_shows_what_somebody_may_see() {
    let office = TestOffice::open().await;
    let at = Some(Location { latitude: LATITUDE, longitude: LONGITUDE, accuracy: None });
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_site(office.office.id, &Site { location: at, ..office.site.clone() }).await.unwrap();
    tx.commit().await.unwrap();
    let phone = office.phone(Role::Inspector).await;
    let hazards = [office.site.id, office.elsewhere.id].map(|site| found(id::<HazardId>(), site, "堆放杂物"));
    assert_eq!(outcome_of(&phone.sync(&hazards[..1]).await[0]), "received");
    send(&office, own_file(), true).await.unwrap();

    let supervisor = asker(&office, Role::Supervisor).await;
    let all = map::places(&office.state, &supervisor).await.unwrap();
    assert_eq!((all.sites.len(), all.unlocated, all.hazards.len(), all.outlines.len()), (1, 1, 1, 3));
    assert_eq!(all.hazards[0].site, office.site.id);
    assert!(all.sites[0].due, "it was never visited");

    let elsewhere = Actor { scope: Scope::Grids(vec![office.elsewhere.grid]), ..supervisor.actor.clone() };
    let none = map::places(&office.state, &at_desk(&elsewhere)).await.unwrap();
    assert_eq!((none.sites.len(), none.unlocated, none.hazards.len()), (0, 1, 0));
    assert_eq!(none.outlines.len(), 2, "the grid, and the community around it");
}

#[tokio::test]
async fn the_pages_are_read_without_their_program_and_by_whoever_may() {
    let office = TestOffice::open().await;
    let at = Some(Location { latitude: LATITUDE, longitude: LONGITUDE, accuracy: None });
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_site(office.office.id, &Site { location: at, ..office.site.clone() }).await.unwrap();
    tx.commit().await.unwrap();
    let desk = Desk::of(&office);
    let supervisor = desk.seat(Role::Supervisor).await;
    let page = supervisor.page("/office/map").await.text();
    assert!(page.contains(&office.site.name) && page.contains("1 处场所没有登记位置"), "{page}");
    let narrowed = supervisor.page("/office/map?hazards=true").await.text();
    assert!(narrowed.contains("没有可以显示的场所"), "{narrowed}");
    assert!(supervisor.page("/office/outlines").await.text().contains("GeoJSON"));
    let officer = desk.seat(Role::Officer).await;
    assert!(officer.page("/office/map").await.status.is_success());
    assert!(!officer.page("/office/outlines").await.text().contains("multipart/form-data"));
}
