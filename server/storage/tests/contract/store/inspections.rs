//! The rules of administrative inspections, and how often whom was inspected.

use super::{announced, founded, id, now, office, site};
use chrono::Duration;
use domain::{
    audience::Audience,
    inspection::{CountedInspections, Inspected, InspectionMatter, InspectionRules, ReceivedInspection},
    party::{Party, PartyKind},
    site::Site,
    visit::{PlaceNames, SiteSnapshot},
};
use serde_json::json;
use storage::{Store, StoredVisit};
use uuid::Uuid;

fn rules() -> InspectionRules {
    let matter = InspectionMatter {
        code: "XF-01".to_owned(),
        name: "消防车通道".to_owned(),
        ..InspectionMatter::default()
    };
    InspectionRules { version: 1, matters: vec![matter], ..InspectionRules::default() }
}

pub async fn the_rules_of_inspections_are_the_offices_own(store: &impl Store) {
    let mut tx = founded(store).await;
    assert_eq!(tx.inspection_rules(office()).await.unwrap(), InspectionRules::default());
    tx.put_inspection_rules(office(), &InspectionRules::default()).await.unwrap();
    tx.put_inspection_rules(office(), &rules()).await.unwrap();
    assert_eq!(tx.inspection_rules(office()).await.unwrap(), rules());
    tx.commit().await.unwrap();
    assert_eq!(store.inspection_rules(office()).await.unwrap(), rules());
    assert_eq!(store.inspection_rules(id(2)).await.unwrap(), InspectionRules::default(), "another office's");
}

fn party() -> Party {
    Party {
        id: id(71),
        name: "锦绣物业".to_owned(),
        kind: PartyKind::Enterprise,
        credit_code: None,
        phone: String::new(),
        people: vec![],
        note: String::new(),
        retired: false,
    }
}

/// Begun so many days from now, at this site.
fn inspection(n: u128, site: &Site, days: i64, counts: bool) -> StoredVisit {
    let at = now() + Duration::days(days);
    let visit = json!({ "id": Uuid::from_u128(n), "site": site.id, "nature": "administrative_inspection",
        "administrative": {}, "site_seen": { "kinds": ["charging-shed"] }, "outcome": "closed",
        "inspector": Uuid::from_u128(31), "started_at": at, "submitted_at": at });
    let around =
        PlaceNames { community: "锦绣社区".to_owned(), grid: "第11网格".to_owned(), department: None };
    let received = ReceivedInspection { counts, ..ReceivedInspection::default() };
    StoredVisit {
        number: format!("JC-2026-{n:06}"),
        received_at: at,
        inspector_name: "王芳".to_owned(),
        site: SiteSnapshot { inspection: Some(received), ..SiteSnapshot::of(site, around) },
        visit: serde_json::from_value(visit).unwrap(),
    }
}

pub async fn inspections_count_by_party_and_year(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_party(office(), &party()).await.unwrap();
    // Both are the party's; a third is nobody's.
    let of_party = [21, 22].map(|n| Site { party: Some(party().of_site()), ..site(n, 11) });
    for site in &of_party {
        tx.put_site(office(), site).await.unwrap();
    }
    let lone = site(23, 12);
    tx.put_site(office(), &lone).await.unwrap();
    let visits = [
        inspection(1_001, &of_party[0], 0, true),
        inspection(1_002, &of_party[1], 1, true),
        inspection(1_003, &of_party[1], 2, false),
        inspection(1_004, &lone, 3, true),
        // On 1 January.
        inspection(1_005, &of_party[0], 38, true),
    ];
    tx.put_visits(office(), &visits).await.unwrap();
    let (one, other) = (Inspected::Party(party().id), Inspected::Site(lone.id));
    assert_eq!(
        tx.count_inspections(office(), one, 2026).await.unwrap(),
        2,
        "what does not count is left out"
    );
    // What was nobody's turns out to be the party's, and is counted with the rest.
    tx.move_inspections(office(), other, one).await.unwrap();
    assert_eq!(tx.count_inspections(office(), one, 2026).await.unwrap(), 3);
    assert_eq!(tx.count_inspections(office(), other, 2026).await.unwrap(), 0);
    tx.move_inspections(id(2), one, other).await.unwrap();
    assert_eq!(tx.count_inspections(office(), one, 2026).await.unwrap(), 3, "another office's");
    tx.commit().await.unwrap();
    let counted: Vec<_> = store.counted_inspections(office(), 2026).await.unwrap();
    assert_eq!(counted, [CountedInspections { of: one, year: 2026, count: 3 }]);
    let heard = announced(store, Audience::Everybody, 0, 100).await;
    assert!(heard.iter().any(|row| row.kind == "directory"), "whoever inspects hears how often it was done");
}

pub async fn inspections_are_told_by_year_and_of_one_office(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_party(office(), &party()).await.unwrap();
    let of_party = [21, 22].map(|n| Site { party: Some(party().of_site()), ..site(n, 11) });
    for site in &of_party {
        tx.put_site(office(), site).await.unwrap();
    }
    let lone = site(23, 12);
    tx.put_site(office(), &lone).await.unwrap();
    let visits = [
        inspection(1_001, &of_party[0], 0, true),
        inspection(1_002, &of_party[1], 1, true),
        inspection(1_004, &lone, 3, true),
        // On 1 January.
        inspection(1_005, &of_party[0], 38, true),
    ];
    tx.put_visits(office(), &visits).await.unwrap();
    let (one, other) = (Inspected::Party(party().id), Inspected::Site(lone.id));
    tx.commit().await.unwrap();
    let expected =
        [(other, 2026, 1), (one, 2026, 2)].map(|(of, year, count)| CountedInspections { of, year, count });
    assert_eq!(store.counted_inspections(office(), 2026).await.unwrap(), expected);
    for (of, year, count) in
        [(one, 2026, 2), (one, 2027, 1), (one, 2025, 0), (other, 2026, 1), (Inspected::Site(id(21)), 2026, 0)]
    {
        assert_eq!(store.count_inspections(office(), of, year).await.unwrap(), count, "{of:?} {year}");
    }
    assert_eq!(store.counted_inspections(id(2), 2026).await.unwrap(), [], "another office's");
    let heard = announced(store, Audience::Everybody, 0, 100).await;
    assert!(heard.iter().any(|row| row.kind == "directory"), "whoever inspects hears how often it was done");
}
