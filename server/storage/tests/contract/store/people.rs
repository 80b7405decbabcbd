//! People: their accounts, how they are signed in, and with what beside a password.

use super::{founded, id, now, office, person};
use chrono::Duration;
use domain::{
    person::Person,
    place::{Department, PlaceId},
    role::Role,
    sector::Sector,
};
use storage::{NewSession, Purpose, Store, TokenHash};

fn token(n: u8) -> TokenHash {
    TokenHash([n; 32])
}

/// For as many hours, unless it is used.
fn session(n: u8) -> NewSession {
    NewSession {
        token: token(n),
        half: None,
        person: id(31),
        purpose: Purpose::Field,
        device_name: format!("手机{n}"),
        now: now(),
        expires: now() + Duration::hours(n.into()),
        ends: now() + Duration::hours(9),
    }
}

pub async fn a_new_password_ends_the_other_sessions(store: &impl Store) {
    let department = Department { id: id(41), name: "应急办".to_owned(), sectors: vec![Sector::Fire] };
    let officer =
        Person { role: Role::Officer, department: Some(department.id), grids: vec![], ..person(32, "li") };
    let mut tx = founded(store).await;
    tx.put_department(office(), &department).await.unwrap();
    tx.put_person(office(), &officer, None).await.unwrap();
    assert_eq!(tx.people(office()).await.unwrap(), [person(31, "wang"), officer.clone()]);
    let walks = tx.people_in(office(), PlaceId::Grid(id(11))).await.unwrap();
    let belongs = tx.people_in(office(), PlaceId::Department(department.id)).await.unwrap();
    let lives = tx.people_in(office(), PlaceId::Community(id(10))).await.unwrap();
    assert_eq!((walks, belongs, lives), (vec![person(31, "wang")], vec![officer.clone()], vec![]));
    for n in 1..=3 {
        tx.put_session(&session(n)).await.unwrap();
    }
    tx.commit().await.unwrap();
    let wang = Person { last_seen: Some(now()), ..person(31, "wang") };
    assert_eq!(store.people(office()).await.unwrap(), [wang, officer]);
    assert_eq!(store.people(id(2)).await.unwrap(), [], "another office's");

    let here = store.session(&token(2), now()).await.unwrap().unwrap().id;
    let mut tx = store.write().await.unwrap();
    tx.put_password(id(31), "$argon2id$new", true, Some(here)).await.unwrap();
    tx.commit().await.unwrap();
    let left = store.sessions_of(id(31), now()).await.unwrap();
    let left: Vec<_> = left.iter().map(|session| (session.id, session.password_due)).collect();
    assert_eq!(left, [(here, true)]);
    assert_eq!(store.account("wang").await.unwrap().unwrap().password_hash, "$argon2id$new");
}

pub async fn a_session_that_is_used_goes_on_until_somebody_ends_it(store: &impl Store) {
    let mut tx = founded(store).await;
    for n in 1..=3 {
        tx.put_session(&session(n)).await.unwrap();
    }
    tx.commit().await.unwrap();
    let fresh = store.session(&token(1), now()).await.unwrap().unwrap();
    assert_eq!((fresh.since, fresh.last_seen, fresh.confirmed_at), (now(), now(), now()));
    let minutes = |n| now() + Duration::minutes(n);
    let mut tx = store.write().await.unwrap();
    tx.seen(fresh.id, minutes(30)).await.unwrap();
    tx.confirm_session(fresh.id, minutes(31)).await.unwrap();
    tx.end_token(&token(2)).await.unwrap();
    tx.end_token(&token(99)).await.unwrap();
    tx.commit().await.unwrap();
    let used = store.session(&token(1), minutes(89)).await.unwrap().unwrap();
    assert_eq!((used.since, used.last_seen, used.confirmed_at), (now(), minutes(30), minutes(31)));
    let over = store.session(&token(1), minutes(90)).await.unwrap();
    assert!(over.is_none(), "as long after it was last seen as after it began");
    assert!(store.session(&token(2), minutes(30)).await.unwrap().is_none());
    assert_eq!(store.people(office()).await.unwrap()[0].last_seen, Some(minutes(30)));

    let mut tx = store.write().await.unwrap();
    tx.end_sessions_of(id(31), Some(fresh.id)).await.unwrap();
    tx.commit().await.unwrap();
    let left = store.sessions_of(id(31), minutes(30)).await.unwrap();
    assert_eq!(left.iter().map(|session| session.id).collect::<Vec<_>>(), [fresh.id]);
}

pub async fn a_second_factor_is_in_force_from_its_first_code(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_session(&session(1)).await.unwrap();
    tx.put_second_factor(id(31), b"sealed").await.unwrap();
    tx.put_recovery_codes(id(31), &[token(11), token(12)]).await.unwrap();
    let factor = tx.second_factor(id(31)).await.unwrap().unwrap();
    assert_eq!((factor.secret.as_slice(), factor.since, factor.last_step), (&b"sealed"[..], None, 0));
    tx.commit().await.unwrap();
    let here = async || store.session(&token(1), now()).await.unwrap().unwrap();
    let has = async || store.account("wang").await.unwrap().unwrap().has_factor;
    assert!(!has().await && !here().await.has_factor, "no code of it was right yet");
    assert!(!store.asks_second_factor(office()).await.unwrap() && !here().await.asks_factor);

    let mut tx = store.write().await.unwrap();
    tx.ask_second_factor(office(), true).await.unwrap();
    tx.second_factor_used(id(31), 59_000_000, now()).await.unwrap();
    tx.second_factor_used(id(31), 59_000_001, now() + Duration::seconds(30)).await.unwrap();
    tx.commit().await.unwrap();
    let factor = store.second_factor(id(31)).await.unwrap().unwrap();
    assert_eq!((factor.since, factor.last_step), (Some(now()), 59_000_001));
    assert!(has().await && here().await.has_factor);
    assert!(store.asks_second_factor(office()).await.unwrap() && here().await.asks_factor);

    let mut tx = store.write().await.unwrap();
    assert!(tx.take_recovery_code(id(31), &token(12)).await.unwrap());
    assert!(!tx.take_recovery_code(id(31), &token(12)).await.unwrap(), "a code is good for once");
    tx.put_recovery_codes(id(31), &[token(13)]).await.unwrap();
    assert!(!tx.take_recovery_code(id(31), &token(11)).await.unwrap(), "others are in its place");
    tx.end_second_factor(id(31)).await.unwrap();
    assert!(!tx.take_recovery_code(id(31), &token(13)).await.unwrap(), "they end with the factor");
    tx.commit().await.unwrap();
    assert!(store.second_factor(id(31)).await.unwrap().is_none() && !has().await);
}
