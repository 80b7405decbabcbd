//! The store as a whole: all rows out and in again, its keys, its end.

use super::{founded, id, now, office};
use chrono::Duration;
use domain::place::Office;
use storage::{
    Store, StoreError,
    dump::{Cell, Row, TABLES},
};
use tokio::sync::mpsc;

async fn rows(store: &impl Store) -> Vec<Row> {
    let (to, mut from) = mpsc::channel(16);
    let read = async {
        let mut rows = vec![];
        while let Some(row) = from.recv().await {
            rows.push(row);
        }
        rows
    };
    let (dumped, rows) = tokio::join!(store.dump(to), read);
    dumped.unwrap();
    rows
}

async fn loaded(store: &impl Store, rows: Vec<Row>) -> u64 {
    let (to, from) = mpsc::channel(16);
    let send = async move {
        for row in rows {
            to.send(row).await.unwrap();
        }
    };
    tokio::join!(store.load(from), send).0.unwrap()
}

pub async fn every_row_comes_out_and_goes_in_once(store: &impl Store) {
    founded(store).await.commit().await.unwrap();
    assert!(store.version().await.unwrap() > 0);
    let before = rows(store).await;
    let order = before.iter().map(|row| TABLES.iter().position(|table| table == row.table).unwrap());
    assert!(order.is_sorted(), "tables as they refer to each other");
    let count = |name: &str| before.iter().filter(|row| row.table.name == name).count();
    let tables =
        ["office", "community", "grid", "person", "person_grid", "site", "site_kinds", "site_attributes"];
    assert_eq!(tables.map(count), [1, 1, 2, 1, 1, 2, 2, 2]);
    assert_eq!(count("change"), 2);
    assert_eq!(loaded(store, before.clone()).await, before.len() as u64);
    assert_eq!(rows(store).await, before, "what is there already stays as it is");

    let mut elsewhere = before.iter().find(|row| row.table.name == "office").unwrap().clone();
    for (column, cell) in elsewhere.table.columns.iter().zip(&mut elsewhere.cells) {
        match column.name {
            "id" => *cell = Cell::Id(id(2)),
            "name" => *cell = Cell::Text("另一街道".to_owned()),
            _ => {}
        }
    }
    assert_eq!(loaded(store, vec![elsewhere]).await, 1);
    let second = Office { id: id(2), name: "另一街道".to_owned(), demo: false };
    assert!(store.offices().await.unwrap().contains(&second));
    assert_eq!(rows(store).await.len(), before.len() + 1);
}

pub async fn the_newest_key_signs_and_every_key_is_kept(store: &impl Store) {
    assert_eq!(store.signing_key().await.unwrap(), None);
    let mut tx = store.write().await.unwrap();
    assert_eq!(tx.signing_key().await.unwrap(), None);
    tx.put_signing_key("a", b"first", now()).await.unwrap();
    // The clock went back meanwhile.
    tx.put_signing_key("b", b"second", now() - Duration::hours(1)).await.unwrap();
    assert_eq!(tx.signing_key().await.unwrap(), Some(b"second".to_vec()));
    tx.commit().await.unwrap();
    assert_eq!(store.signing_key().await.unwrap(), Some(b"second".to_vec()));
    assert_eq!(store.signing_keys().await.unwrap(), [b"second".to_vec(), b"first".to_vec()]);
}

pub async fn a_store_that_was_closed_answers_nothing(store: &impl Store) {
    founded(store).await.commit().await.unwrap();
    store.ready().await.unwrap();
    store.close().await;
    assert!(matches!(store.ready().await, Err(StoreError::Unavailable(_))));
    assert!(matches!(store.places(office()).await, Err(StoreError::Unavailable(_))));
    assert!(store.write().await.is_err());
}
