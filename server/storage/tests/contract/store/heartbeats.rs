//! What waits on phones, as they said themselves.

use super::{
    founded, id,
    lists::rows::{MOST, in_file},
    now, office, person,
};
use chrono::{DateTime, Duration, Utc};
use domain::{
    device::heartbeat::{Heartbeat, Unsent, UnsentFilter, UnsentRow, UnsentState, UnsentSums},
    id::HeartbeatId,
    person::Person,
    place::Department,
    role::{Role, Scope},
};
use storage::{NewHeartbeat, PHONES_OF_ONE, Store};

fn visits(visits: u32) -> Unsent {
    Unsent { visits, ..Unsent::default() }
}

/// Said by the first person's first phone; something has waited for so many hours.
fn said(number: u64, unsent: Unsent, hours: i64) -> NewHeartbeat {
    let oldest = (!unsent.is_nothing()).then(|| now() - Duration::hours(hours));
    let heartbeat = Heartbeat { number, unsent, oldest, ..Heartbeat::default() };
    NewHeartbeat {
        id: id(500 + u128::from(number)),
        person: id(31),
        device: id(41),
        since: heartbeat.since(now(), now()),
        heartbeat,
        app: "0.1.0".to_owned(),
    }
}

async fn put(store: &impl Store, said: &[NewHeartbeat], at: DateTime<Utc>) {
    let mut tx = store.write().await.unwrap();
    tx.put_heartbeats(office(), said, at).await.unwrap();
    tx.commit().await.unwrap();
}

async fn listed(store: &impl Store, scope: &Scope, filter: &UnsentFilter) -> (Vec<UnsentRow>, UnsentSums) {
    let page = store.unsent(office(), scope, filter, now()).await.unwrap();
    assert_eq!((page.total, page.unreadable), (page.rows.len() as u64, 0));
    let file = in_file(
        async |to| store.send_unsent(office(), scope, filter, now(), MOST, to).await.unwrap(),
        |row: &UnsentRow| row.id.0,
    );
    assert_eq!(file.await, page.rows.iter().map(|row| row.id.0).collect::<Vec<_>>(), "{scope:?} {filter:?}");
    (page.rows, page.summary)
}

async fn all(store: &impl Store) -> Vec<UnsentRow> {
    listed(store, &Scope::Office, &UnsentFilter::default()).await.0
}

pub async fn what_a_phone_said_last_counts_however_late_the_rest_comes(store: &impl Store) {
    founded(store).await.commit().await.unwrap();
    let first = said(2, visits(3), 30);
    put(store, std::slice::from_ref(&first), now()).await;
    let rows = all(store).await;
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].person, rows[0].device, rows[0].role), (id(31), id(41), Role::Inspector));
    assert_eq!(
        (&rows[0].heartbeat, rows[0].heard_at, rows[0].app.as_str()),
        (&first.heartbeat, now(), "0.1.0")
    );
    assert_eq!((rows[0].id, rows[0].since), (first.id, Some(now() - Duration::hours(30))));
    // Said before that, and late on its way; said twice.
    put(store, &[said(1, visits(9), 90)], now() + Duration::hours(1)).await;
    put(store, &[said(2, visits(9), 90)], now() + Duration::hours(1)).await;
    assert_eq!(all(store).await, rows);
    // The phone's clock was set on by a day meanwhile: the same thing waits, and no longer than it does.
    let mut again = said(3, visits(4), 30);
    again.since = Some(now() - Duration::hours(6));
    put(store, &[again], now() + Duration::hours(2)).await;
    let now_known = all(store).await;
    assert_eq!(now_known.len(), 1, "one row a person and phone");
    assert_eq!((now_known[0].id, now_known[0].heartbeat.number), (first.id, 3));
    assert_eq!(now_known[0].since, Some(now() - Duration::hours(30)));
    // All is sent.
    put(store, &[said(4, Unsent::default(), 0)], now() + Duration::hours(3)).await;
    assert_eq!(all(store).await[0].since, None);
    assert_eq!(store.unsent_since(office(), now()).await.unwrap(), []);
    // Another office's people are none of this one's.
    let mut tx = store.write().await.unwrap();
    tx.forget_heartbeat(id(2), id(31), id(41)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(all(store).await.len(), 1);
    let mut tx = store.write().await.unwrap();
    tx.forget_heartbeat(office(), id(31), id(41)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(all(store).await, []);
}

/// Three people of two grids and a department, with what waits on their phones; what has waited longest first.
async fn three(store: &impl Store) -> [HeartbeatId; 4] {
    let mut tx = founded(store).await;
    let department = Department { id: id(90), name: "消防科".to_owned(), sectors: vec![] };
    tx.put_department(office(), &department).await.unwrap();
    let other = Person {
        name: "李敏".to_owned(),
        grids: vec![id(12)],
        phone: "13800007720".to_owned(),
        ..person(32, "limin")
    };
    tx.put_person(office(), &other, None).await.unwrap();
    let officer = Person {
        name: "周宁".to_owned(),
        role: Role::Officer,
        grids: vec![],
        department: Some(department.id),
        ..person(33, "zhou")
    };
    tx.put_person(office(), &officer, None).await.unwrap();
    let photos = Unsent { photos: 2, photo_bytes: 61_000_000, refused: 1, ..visits(1) };
    let long = NewHeartbeat { person: id(32), ..said(1, photos, 80) };
    let short = said(2, visits(3), 2);
    let sent = NewHeartbeat { device: id(42), ..said(3, Unsent::default(), 0) };
    let of_officer = NewHeartbeat { person: id(33), ..said(4, visits(1), 1) };
    let ids = [long.id, short.id, of_officer.id, sent.id];
    tx.put_heartbeats(office(), &[sent, short, of_officer, long], now()).await.unwrap();
    tx.commit().await.unwrap();
    ids
}

pub async fn phones_are_listed_by_what_waits_on_them_and_whose_they_are(store: &impl Store) {
    let all = three(store).await;
    let [long, short, of_officer, sent] = all;
    let none = UnsentFilter::default();
    let of = UnsentFilter::of;
    let found_by = |query: &str| UnsentFilter { query: query.to_owned(), ..UnsentFilter::default() };
    let community = UnsentFilter { community: Some(id(10)), ..none.clone() };
    let nowhere = UnsentFilter { community: Some(id(99)), ..none.clone() };
    let department = Scope::Department { department: id(90), sectors: vec![] };
    for (scope, filter, expected) in [
        (Scope::Office, none.clone(), all.to_vec()),
        (Scope::Grids(vec![id(11)]), none.clone(), vec![short, sent]),
        (Scope::Grids(vec![id(12), id(13)]), none.clone(), vec![long]),
        (Scope::Grids(vec![]), none.clone(), vec![]),
        (department, none.clone(), vec![of_officer]),
        (Scope::Sites(vec![id(21)]), none.clone(), vec![]),
        (Scope::Office, of(UnsentState::Holding), vec![long, short, of_officer]),
        (Scope::Office, of(UnsentState::Long), vec![long]),
        (Scope::Office, of(UnsentState::Refused), vec![long]),
        (Scope::Office, of(UnsentState::Sent), vec![sent]),
        (Scope::Office, community, vec![long, short, sent]),
        (Scope::Office, nowhere, vec![]),
        (Scope::Office, UnsentFilter::of_person(id(31)), vec![short, sent]),
        (Scope::Office, found_by("李敏"), vec![long]),
        (Scope::Office, found_by("7720"), vec![long]),
    ] {
        let (rows, sums) = listed(store, &scope, &filter).await;
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        assert_eq!(ids, expected, "{scope:?} {filter:?}");
        let things = rows.iter().map(|row| row.heartbeat.unsent.things()).sum::<u64>();
        let bytes = rows.iter().map(|row| row.heartbeat.unsent.photo_bytes).sum::<u64>();
        assert_eq!((sums.things, sums.photo_bytes), (things, bytes), "{scope:?} {filter:?}");
    }
    let since = async |hours| {
        let waiting = store.unsent_since(office(), now() - Duration::hours(hours)).await.unwrap();
        waiting.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(since(0).await, [long, short, of_officer]);
    assert_eq!(since(48).await, [long]);
    assert_eq!(since(81).await, []);
}

pub async fn of_one_person_the_newest_phones_are_remembered(store: &impl Store) {
    founded(store).await.commit().await.unwrap();
    let phone = |n: u32| NewHeartbeat {
        id: id(u128::from(500 + n)),
        device: id(u128::from(600 + n)),
        ..said(1, visits(1), 1)
    };
    for n in 0..PHONES_OF_ONE + 3 {
        put(store, &[phone(n)], now() + Duration::minutes(n.into())).await;
    }
    let rows = all(store).await;
    assert_eq!(rows.len(), PHONES_OF_ONE as usize);
    assert!(rows.iter().all(|row| row.id != phone(0).id && row.id != phone(2).id), "{rows:?}");
    assert!(rows.iter().any(|row| row.id == phone(PHONES_OF_ONE + 2).id));
}
