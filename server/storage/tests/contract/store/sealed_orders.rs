//! Sealed orders: announced to one person, and opened once.

use super::{
    announced, founded, id, now, office, person,
    spot_checks::{outline, put, sent},
};
use chrono::{DateTime, Duration, Utc};
use domain::{
    audience::Audience,
    spot_check::{KeyProof, OpenedBy, OrderLeader, OrderState, OrderWords, SealedOrder},
    time::office_day,
};
use storage::{ChangeQuery, Live, LoadedRecord, OrderOpening, Record, Store, StoredOrder};

fn order(n: u128, of: u128, opens_at: DateTime<Utc>) -> StoredOrder {
    let words =
        OrderWords { salt: "00".to_owned(), rounds: 1, wrapped: "11".to_owned(), list: String::new() };
    let order = SealedOrder {
        id: id(n),
        number: "CC-2026-0046".to_owned(),
        person: id(of),
        opens_at,
        until: office_day(opens_at),
        leader: OrderLeader { name: "韩立新".to_owned(), phone: String::new() },
        team: vec!["王芳".to_owned()],
        meet: String::new(),
        bring: String::new(),
        state: OrderState::Sealed { content: "AAAA".to_owned(), words, key: None },
    };
    StoredOrder {
        order,
        check: id(81),
        leader: id(39),
        makers: vec![id(38), id(37)],
        secret: vec![1, 2, 3],
        proof: KeyProof([7; 32]),
        opened: None,
    }
}

pub async fn an_order_is_announced_to_its_person_alone(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_person(office(), &person(32, "li"), Some("$argon2id$")).await.unwrap();
    let (one, other) = (order(91, 31, now()), order(92, 32, now()));
    tx.put_sealed_orders(office(), &[one.clone(), other.clone()]).await.unwrap();
    assert_eq!(tx.orders_of_check(office(), id(81)).await.unwrap(), [one.clone(), other]);
    assert_eq!(tx.orders_of_check(office(), id(82)).await.unwrap(), []);
    tx.commit().await.unwrap();
    for (audience, heard) in [
        (Audience::Person(id(31)), vec![Record::SealedOrder(id(91))]),
        (Audience::Person(id(32)), vec![Record::SealedOrder(id(92))]),
        (Audience::Person(id(39)), vec![]),
    ] {
        let rows = announced(store, audience, 0, 100).await;
        let records: Vec<_> = rows.into_iter().map(|row| row.record.unwrap()).collect();
        assert_eq!(records, heard, "{audience:?}");
    }
    for audience in [Audience::WholeOffice, Audience::Everybody, Audience::Grid(id(11))] {
        let rows = announced(store, audience, 0, 100).await;
        assert!(rows.iter().all(|row| row.kind != "sealed_order"), "{audience:?}");
    }
    let record = Record::SealedOrder(id(91));
    let loaded = store.load_records(office(), std::slice::from_ref(&record)).await.unwrap();
    let LoadedRecord::SealedOrder(read) = loaded[&record].as_ref().unwrap() else { panic!("{loaded:?}") };
    assert_eq!(**read, one);
    assert_eq!(store.sealed_order(office(), id(91)).await.unwrap(), Some(one));
    assert_eq!(store.sealed_order(id(2), id(91)).await.unwrap(), None, "another office's");
    assert_eq!(store.audience_faults(office()).await.unwrap(), []);
}

pub async fn the_first_opening_of_an_order_stays(store: &impl Store) {
    let mut tx = founded(store).await;
    let sealed = order(91, 31, now());
    let (log, checks) = sent(id(71), outline("夜查", 1, id(31)), &[(id(21), id(81))]);
    put(&mut *tx, office(), id(71), &log, &checks).await;
    tx.put_sealed_orders(office(), std::slice::from_ref(&sealed)).await.unwrap();
    let first = OrderOpening { at: now(), by: OpenedBy::Words };
    let second = OrderOpening { at: now() + Duration::hours(1), by: OpenedBy::Key };
    for opening in [first, second] {
        tx.put_order_openings(office(), &[(id(91), opening)]).await.unwrap();
    }
    let known = tx.sealed_orders(office(), &[id(91), id(99)]).await.unwrap();
    assert_eq!(known.len(), 1);
    assert_eq!(known[&id(91)].opened, Some(first));
    let mut withdrawn = tx.orders_of_check(office(), id(81)).await.unwrap();
    withdrawn[0].order.state = OrderState::Withdrawn { at: now() };
    withdrawn[0].secret.clear();
    tx.put_sealed_orders(office(), &withdrawn).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.sealed_order(office(), id(91)).await.unwrap().as_ref(), withdrawn.first());
    let told = [(id(81), id(31), first)];
    assert_eq!(store.order_openings(office(), id(71)).await.unwrap(), told);
    assert_eq!(store.order_openings(id(2), id(71)).await.unwrap(), [], "another office's");
    assert_eq!(store.order_openings(office(), id(72)).await.unwrap(), [], "another plan's");
    let rows = announced(store, Audience::Person(id(31)), 0, 100).await;
    assert_eq!(rows.len(), 1, "one row a record");
}

/// Orders of last year weigh as much as this year's.
pub async fn an_order_that_is_long_over_is_not_sent_to_a_fresh_phone(store: &impl Store) {
    let mut tx = founded(store).await;
    let (over, live) = (order(91, 31, now() - Duration::days(30)), order(92, 31, now()));
    tx.put_sealed_orders(office(), &[over, live]).await.unwrap();
    tx.commit().await.unwrap();
    let until = i64::MAX;
    let live = Live { until, hazards_since: now(), visits_since: now() - Duration::days(7) };
    let audiences = vec![Audience::Person(id(31))];
    let query = ChangeQuery { audiences, after: 0, live: Some(live), limit: 100 };
    let rows = store.changes(office(), &query).await.unwrap().rows;
    let records: Vec<_> = rows.into_iter().map(|row| row.record.unwrap()).collect();
    assert_eq!(records, [Record::SealedOrder(id(92))]);
}
