//! Where browsers take messages.

use super::{founded, id, now, office, person};
use chrono::Duration;
use domain::{person::Person, text::Lang};
use storage::{
    NewPushSubscription, NewSession, PUSH_FAILURES, Purpose, PushOutcome, Store, StoredPushSubscription,
    TokenHash,
};

/// Of the person 31, for as many hours.
fn session(n: u8) -> NewSession {
    NewSession {
        token: TokenHash([n; 32]),
        half: None,
        person: id(31),
        purpose: Purpose::Field,
        device_name: format!("手机{n}"),
        now: now(),
        expires: now() + Duration::hours(n.into()),
        ends: now() + Duration::hours(9),
    }
}

fn browser(session: i64, name: &str) -> NewPushSubscription {
    NewPushSubscription {
        session,
        endpoint: format!("https://fcm.googleapis.com/fcm/send/{name}"),
        p256dh: vec![4; 65],
        auth: vec![7; 16],
        lang: Lang::Zh,
        since: now(),
    }
}

fn fresh(subscription: NewPushSubscription) -> StoredPushSubscription {
    StoredPushSubscription { person: id(31), subscription, last_success: None, failures: 0 }
}

/// Two sessions, with the ids by which they are called.
async fn two_sessions(store: &impl Store) -> (i64, i64) {
    let mut tx = founded(store).await;
    for n in 1..=2 {
        tx.put_session(&session(n)).await.unwrap();
    }
    tx.commit().await.unwrap();
    let first = store.session(&TokenHash([1; 32]), now()).await.unwrap().unwrap().id;
    let second = store.session(&TokenHash([2; 32]), now()).await.unwrap().unwrap().id;
    (first, second)
}

async fn told(store: &impl Store) -> Vec<StoredPushSubscription> {
    store.push_subscriptions(office(), now()).await.unwrap()
}

pub async fn a_browser_is_told_while_its_session_lasts_and_of_one_session(store: &impl Store) {
    let (first, second) = two_sessions(store).await;
    for _ in 0..2 {
        let mut tx = store.write().await.unwrap();
        tx.put_push_subscription(&browser(first, "a")).await.unwrap();
        tx.put_push_subscription(&browser(second, "b")).await.unwrap();
        tx.commit().await.unwrap();
    }
    assert_eq!(told(store).await, [fresh(browser(first, "a")), fresh(browser(second, "b"))]);
    assert_eq!(store.push_subscriptions(id(2), now()).await.unwrap(), [], "another office's");
    let later = now() + Duration::minutes(90);
    let lasting = store.push_subscriptions(office(), later).await.unwrap();
    assert_eq!(lasting, [fresh(browser(second, "b"))], "the other session is over");
    // Somebody signs in anew in the first browser.
    let english = NewPushSubscription { lang: Lang::En, ..browser(second, "a") };
    let mut tx = store.write().await.unwrap();
    tx.put_push_subscription(&english).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(told(store).await, [fresh(english)]);
    let disable = async |disabled| {
        let mut tx = store.write().await.unwrap();
        let person = Person { disabled, ..person(31, "wang") };
        tx.put_person(office(), &person, None).await.unwrap();
        tx.commit().await.unwrap();
    };
    disable(true).await;
    assert_eq!(told(store).await, [], "the account is switched off");
    disable(false).await;
    let mut tx = store.write().await.unwrap();
    tx.put_session(&session(3)).await.unwrap();
    tx.commit().await.unwrap();
    let third = store.session(&TokenHash([3; 32]), now()).await.unwrap().unwrap().id;
    let mut tx = store.write().await.unwrap();
    tx.put_push_subscription(&browser(third, "c")).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = store.write().await.unwrap();
    tx.end_session(id(31), third).await.unwrap();
    tx.commit().await.unwrap();
    assert!(told(store).await.iter().all(|one| one.subscription.session != third), "signed out");
}

pub async fn a_browser_that_is_gone_or_fails_for_long_is_forgotten(store: &impl Store) {
    let (first, second) = two_sessions(store).await;
    let mut tx = store.write().await.unwrap();
    tx.put_push_subscription(&browser(first, "a")).await.unwrap();
    tx.put_push_subscription(&browser(second, "b")).await.unwrap();
    tx.commit().await.unwrap();
    let (a, b) = (browser(first, "a"), browser(second, "b"));
    let tried = async |of: &NewPushSubscription, outcome, times: u32| {
        let mut tx = store.write().await.unwrap();
        for _ in 0..times {
            tx.push_tried(of.session, &of.endpoint, outcome, now()).await.unwrap();
        }
        tx.commit().await.unwrap();
    };
    tried(&a, PushOutcome::Failed, PUSH_FAILURES - 1).await;
    let failed = StoredPushSubscription { failures: PUSH_FAILURES - 1, ..fresh(a.clone()) };
    assert_eq!(told(store).await, [failed, fresh(b.clone())]);
    tried(&a, PushOutcome::Taken, 1).await;
    let taken = StoredPushSubscription { last_success: Some(now()), ..fresh(a.clone()) };
    assert_eq!(told(store).await, [taken.clone(), fresh(b.clone())]);
    // What is said of another browser changes nothing.
    let mut tx = store.write().await.unwrap();
    tx.push_tried(first, &b.endpoint, PushOutcome::Gone, now()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(told(store).await.len(), 2);
    tried(&b, PushOutcome::Gone, 1).await;
    assert_eq!(told(store).await, [taken]);
    tried(&a, PushOutcome::Failed, PUSH_FAILURES).await;
    assert_eq!(told(store).await, []);
    let mut tx = store.write().await.unwrap();
    tx.put_push_subscription(&a).await.unwrap();
    tx.end_push_subscription(first).await.unwrap();
    tx.end_push_subscription(first).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(told(store).await, [], "given up");
}
