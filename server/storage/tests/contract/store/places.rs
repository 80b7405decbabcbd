//! Places and their sites, and the lists of them.

use super::{announced, audiences::closed, founded, hazard, id, now, office, person, site};
use domain::{
    audience::Audience,
    hazard::Hazard,
    id::{HazardId, SiteId},
    ledger::LedgerFilter,
    person::Person,
    place::{Department, FormerPlace, Grid, PlaceId, command::Living},
    role::Scope,
    schedule::VisitIntervals,
    sector::Sector,
    site::{Site, SiteFilter},
};
use std::collections::BTreeMap;
use storage::{Record, Result, Store, StoreError};

pub async fn a_place_is_what_was_put_last(store: &impl Store) {
    let mut tx = founded(store).await;
    let renamed = Grid { id: id(11), community: id(10), name: "东网格".to_owned() };
    tx.put_grid(office(), &renamed).await.unwrap();
    let mut moved = site(21, 12);
    moved.retired = true;
    tx.put_site(office(), &moved).await.unwrap();
    tx.commit().await.unwrap();
    let places = store.places(office()).await.unwrap();
    assert_eq!((places.communities.len(), places.grids.len()), (1, 2));
    assert!(places.grids.contains(&renamed));
    assert_eq!(store.site(office(), id(21)).await.unwrap(), Some(moved));
}

pub async fn codes_and_usernames_belong_to_one(store: &impl Store) {
    let tx = founded(store).await;
    let mut twin = site(23, 11);
    twin.code = site(21, 11).code;
    let taken = |answer: Result<()>| matches!(answer, Err(StoreError::Taken(_)));
    tx.commit().await.unwrap();
    let mut tx = store.write().await.unwrap();
    assert!(taken(tx.put_site(office(), &twin).await));
    drop(tx);
    let mut tx = store.write().await.unwrap();
    assert!(taken(tx.put_person(office(), &person(32, "wang"), Some("$argon2id$")).await));
    drop(tx);
    let mut tx = store.write().await.unwrap();
    // The same person again is no stranger, and keeps the password where none is given.
    tx.put_person(office(), &person(31, "wang"), None).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.account("wang").await.unwrap().unwrap().password_hash, "$argon2id$");
    assert!(store.account("nobody").await.unwrap().is_none());
}

pub async fn lists_hold_what_the_scope_covers(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_hazards(office(), &[hazard()], now()).await.unwrap();
    tx.commit().await.unwrap();
    let covered = [
        (Scope::Office, 2, 1),
        (Scope::Grids(vec![id(11)]), 1, 1),
        (Scope::Grids(vec![id(12)]), 1, 0),
        (Scope::Sites(vec![id(22)]), 1, 0),
        (Scope::Sites(vec![]), 0, 0),
    ];
    for (scope, sites, hazards) in covered {
        let filter = SiteFilter { page: 1, ..SiteFilter::default() };
        let page = store.sites(office(), &scope, &filter, now()).await.unwrap();
        let ledger = LedgerFilter { page: 1, ..LedgerFilter::default() };
        let ledger = store.ledger(office(), &scope, &ledger, now()).await.unwrap();
        assert_eq!((page.rows.len(), ledger.rows.len()), (sites, hazards), "{scope:?}");
    }
}

pub async fn words_are_found_whatever_their_case(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_site(office(), &Site { name: "百合Home 5%折".to_owned(), ..site(23, 11) }).await.unwrap();
    tx.commit().await.unwrap();
    for (query, found) in
        [("home", 1), ("百合", 1), ("5%", 1), ("5_", 0), ("c23 百合", 1), ("c22 百合", 0), ("c2", 3)]
    {
        let filter = SiteFilter { page: 1, query: query.to_owned(), ..SiteFilter::default() };
        let page = store.sites(office(), &Scope::Office, &filter, now()).await.unwrap();
        assert_eq!((page.rows.len(), page.total), (found, found as u64), "{query}");
    }
    assert!(store.account("WANG").await.unwrap().is_some());
}

fn department(n: u128, name: &str) -> Department {
    Department { id: id(n), name: name.to_owned(), sectors: vec![Sector::Fire] }
}

pub async fn a_place_that_ended_leaves_its_name(store: &impl Store) {
    let (stays, ends) = (department(41, "应急办"), department(42, "安监办"));
    let mut tx = founded(store).await;
    tx.put_department(office(), &stays).await.unwrap();
    tx.put_department(office(), &ends).await.unwrap();
    assert_eq!(tx.departments(office()).await.unwrap(), [stays.id, ends.id].into());
    let intervals = VisitIntervals { major: 7, ..VisitIntervals::default() };
    assert_eq!(tx.places(office()).await.unwrap().intervals, VisitIntervals::default());
    tx.put_intervals(office(), &intervals).await.unwrap();
    let places = tx.places(office()).await.unwrap();
    assert_eq!((places.intervals, places.departments), (intervals, vec![ends.clone(), stays.clone()]));
    let officer = Person { department: Some(stays.id), grids: vec![], ..person(32, "li") };
    tx.put_person(office(), &officer, None).await.unwrap();
    tx.put_hazards(office(), &[hazard()], now()).await.unwrap();
    let of = |sites, people, open_hazards| Living { sites, people, open_hazards, ..Living::default() };
    let living = BTreeMap::from([
        (PlaceId::Grid(id(11)), of(1, 1, 1)),
        (PlaceId::Grid(id(12)), of(1, 0, 0)),
        (PlaceId::Department(stays.id), of(0, 1, 0)),
    ]);
    assert_eq!(tx.living(office()).await.unwrap(), living);
    let former = FormerPlace {
        place: PlaceId::Department(ends.id),
        name: ends.name.clone(),
        into: Some(PlaceId::Department(stays.id)),
        at: now(),
        by: "王芳".to_owned(),
    };
    tx.end_place(office(), &former).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.living(office()).await.unwrap(), living);
    assert_eq!(store.places(office()).await.unwrap().departments, [stays]);
    assert_eq!(store.former_places(office()).await.unwrap(), std::slice::from_ref(&former));
    assert_eq!(store.former_places(id(2)).await.unwrap(), [], "another office's");
    let mut tx = store.write().await.unwrap();
    assert!(tx.end_place(office(), &former).await.is_err(), "it is no more");
}

pub async fn what_a_department_saw_to_is_handed_over(store: &impl Store) {
    let (from, into) = (department(41, "应急办"), department(42, "安监办"));
    let own = Site { department: Some(from.id), ..site(21, 11) };
    let ended = Hazard { place: own.resource_scope(), ..closed(81, now()) };
    // What is open is handed over by an event of its own.
    let open = Hazard { place: own.resource_scope(), ..hazard() };
    let mut tx = founded(store).await;
    tx.put_department(office(), &from).await.unwrap();
    tx.put_department(office(), &into).await.unwrap();
    tx.put_site(office(), &own).await.unwrap();
    tx.put_hazards(office(), &[ended.clone(), open.clone()], now()).await.unwrap();
    let of_department = tx.sites_in(office(), PlaceId::Department(from.id)).await.unwrap();
    let in_grid = tx.sites_in(office(), PlaceId::Grid(id(12))).await.unwrap();
    assert_eq!((of_department, in_grid), (vec![own], vec![site(22, 12)]));
    assert_eq!(tx.sites_in(office(), PlaceId::Community(id(10))).await.unwrap().len(), 2);
    tx.commit().await.unwrap();
    let last = announced(store, Audience::WholeOffice, 0, 100).await.last().unwrap().seq;
    // The second time nothing is left to hand over.
    for _ in 0..2 {
        let mut tx = store.write().await.unwrap();
        tx.hand_over_hazards(office(), from.id, into.id).await.unwrap();
        tx.commit().await.unwrap();
    }
    let moved = store.hazard(office(), ended.id).await.unwrap().unwrap();
    assert_eq!((moved.place.department, moved.events), (Some(into.id), ended.events));
    assert_eq!(store.hazard(office(), open.id).await.unwrap(), Some(open));
    // Those who see it now hear of it, and the department that did.
    for audience in [Audience::WholeOffice, Audience::Department(from.id), Audience::Department(into.id)] {
        let changed = announced(store, audience, last, 100).await;
        let changed: Vec<_> = changed.into_iter().map(|row| (row.seq, row.record)).collect();
        assert_eq!(changed, [(last + 1, Some(Record::Hazard(ended.id)))]);
    }
}

pub async fn sites_and_hazards_are_called_by_code_and_number(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_site(office(), &Site { code: "c21".to_owned(), ..site(23, 12) }).await.unwrap();
    tx.put_hazards(office(), &[hazard()], now()).await.unwrap();
    let known = tx.sites(office(), &[id(21), id(99)]).await.unwrap();
    assert_eq!(known, [(id(21), site(21, 11))].into());
    tx.commit().await.unwrap();
    let all = store.all_sites(office()).await.unwrap();
    assert_eq!(all.iter().map(|site| site.code.as_str()).collect::<Vec<_>>(), ["C21", "C22", "c21"]);
    let called = |n, code: &str| -> (SiteId, String) { (id(n), code.to_owned()) };
    let coded = async |scope: Scope, code: &str| store.sites_of_code(office(), &scope, code).await.unwrap();
    assert_eq!(coded(Scope::Office, "C21").await, [called(21, "C21"), called(23, "c21")]);
    assert_eq!(coded(Scope::Grids(vec![id(11)]), "c21").await, [called(21, "C21")]);
    assert_eq!(coded(Scope::Office, "c2").await, []);

    let number = hazard().number.unwrap();
    let only: (HazardId, String) = (hazard().id, number.clone());
    let numbered =
        async |scope: Scope, typed: &str| store.hazards_of_number(office(), &scope, typed).await.unwrap();
    for typed in [number.as_str(), "xc-2026-000001", "0001"] {
        assert_eq!(numbered(Scope::Office, typed).await, std::slice::from_ref(&only), "{typed}");
    }
    for typed in ["", "%", "0002"] {
        assert_eq!(numbered(Scope::Office, typed).await, [], "{typed}");
    }
    assert_eq!(numbered(Scope::Grids(vec![id(12)]), &number).await, []);
}
