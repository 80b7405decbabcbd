//! Places and their sites, and the lists of them.

use super::{founded, hazard, id, now, office, person, site};
use domain::{
    ledger::LedgerFilter,
    place::Grid,
    role::Scope,
    site::{Site, SiteFilter},
    time::office_day,
};
use storage::{Result, Store, StoreError};

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
        let ledger = store.ledger(office(), &scope, &ledger, office_day(now())).await.unwrap();
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
