//! Who is signed in, who tried to, and who did what.

use super::{founded, id, now, office, person};
use chrono::Duration;
use domain::{
    audit::{Act, AuditEntry, AuditFilter, Author, By, Origin, Subject, SubjectKind},
    id::OfficeId,
    person::Person,
    time::office_day,
};
use serde_json::json;
use storage::{NewSession, Purpose, Store, TokenHash};
use tokio::sync::mpsc;
use uuid::Uuid;

pub async fn a_session_ends_by_time_by_hand_and_with_the_account(store: &impl Store) {
    let token = |n: u8| TokenHash([n; 32]);
    let mut tx = founded(store).await;
    for n in 1..=3 {
        let device_name = format!("手机{n}");
        let expires = now() + Duration::hours(n.into());
        let session = NewSession {
            token: token(n),
            half: None,
            person: id(31),
            purpose: Purpose::Field,
            device_name,
            now: now(),
            expires,
            ends: now() + Duration::hours(9),
        };
        tx.put_session(&session).await.unwrap();
    }
    tx.commit().await.unwrap();
    let later = now() + Duration::minutes(90);
    assert!(store.session(&token(1), later).await.unwrap().is_none());
    let second = store.session(&token(2), later).await.unwrap().unwrap();
    assert_eq!((second.person.username.as_str(), second.device_name.as_str()), ("wang", "手机2"));

    let mut tx = store.write().await.unwrap();
    tx.end_session(id(99), second.id).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.sessions_of(id(31), later).await.unwrap().len(), 2, "a stranger ended it");
    let mut tx = store.write().await.unwrap();
    tx.end_session(id(31), second.id).await.unwrap();
    tx.commit().await.unwrap();
    assert!(store.session(&token(2), later).await.unwrap().is_none());

    let mut tx = store.write().await.unwrap();
    let disabled = Person { disabled: true, ..person(31, "wang") };
    tx.put_person(office(), &disabled, None).await.unwrap();
    tx.commit().await.unwrap();
    assert!(store.session(&token(3), later).await.unwrap().is_none());
}

pub async fn tries_are_counted_until_they_are_old_or_taken_back(store: &impl Store) {
    let (account, address) = ("account wang", "address 10.0.0.1");
    let hour = Duration::hours(1);
    let mut tx = store.write().await.unwrap();
    for n in 0..3 {
        let at = now() + hour * n;
        tx.put_login_attempt(&[account, address], at, at - hour).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut tx = store.write().await.unwrap();
    let times = tx.login_attempts(account, now()).await.unwrap();
    assert_eq!(times, [now() + hour, now() + hour * 2], "the first was old when the last came");
    assert_eq!(tx.login_attempts(account, now() + hour * 2).await.unwrap(), [now() + hour * 2]);
    tx.forget_login_attempts(account).await.unwrap();
    tx.take_back_login_attempt(address, now() + hour).await.unwrap();
    assert!(tx.login_attempts(account, now()).await.unwrap().is_empty());
    let left = tx.login_attempts(address, now()).await.unwrap();
    assert_eq!(left, [now() + hour * 2], "what was tried since the one that was right stays");
}

pub async fn what_was_done_is_found_by_who_what_and_when(store: &impl Store) {
    let by = By::Person { id: id(31), name: "王芳".to_owned() };
    let origin = Origin {
        address: Some("10.0.0.1".to_owned()),
        device: "Windows · Chrome".to_owned(),
        session: Some("ab12".to_owned()),
    };
    let author = Author { by, origin };
    let at = |hours| now() + Duration::hours(hours);
    let subject = |n, label: &str| Subject::new(SubjectKind::Site, Uuid::from_u128(n), label);
    let made = AuditEntry::new(id(1), at(0), office(), &author, Act::Added, subject(21, "锦绣家园"));
    let changed = AuditEntry::new(id(2), at(24), office(), &author, Act::Changed, subject(21, "锦绣家园"))
        .change(&json!({ "risk": "low" }), &json!({ "risk": "major" }));
    let refused = Author { by: By::Nobody, origin: Origin::default() };
    let account = Subject::new(SubjectKind::Account, None, "root");
    let refused = AuditEntry::new(id(3), at(25), None, &refused, Act::SignInRefused, account);
    let command = Author::command_line();
    let elsewhere =
        AuditEntry::new(id(4), at(26), OfficeId(id(2)), &command, Act::Added, subject(22, "别处"));
    let mut tx = store.write().await.unwrap();
    for entry in [&made, &changed, &refused, &elsewhere] {
        tx.put_audit(entry).await.unwrap();
    }
    tx.commit().await.unwrap();
    let found = async |filter: AuditFilter| {
        let page = store.audit(office(), &AuditFilter { page: 1, ..filter }).await.unwrap();
        assert_eq!(page.total, page.rows.len() as u64);
        page.rows
    };
    let filter = AuditFilter::default;
    let all = [refused.clone(), changed.clone(), made.clone()];
    assert_eq!(found(filter()).await, all, "newest first, and none of another office");
    assert_eq!(found(AuditFilter { person: Some(id(31)), ..filter() }).await, all[1..]);
    assert_eq!(found(AuditFilter { act: Some(Act::Added), ..filter() }).await, all[2..]);
    assert_eq!(found(AuditFilter { subject: Some(SubjectKind::Account), ..filter() }).await, all[..1]);
    assert_eq!(found(AuditFilter { subject_id: Some(Uuid::from_u128(21)), ..filter() }).await, all[1..]);
    assert_eq!(found(AuditFilter { query: "锦绣 10.0".to_owned(), ..filter() }).await, all[1..]);
    let day = office_day(at(24));
    assert_eq!(found(AuditFilter { from: Some(day), ..filter() }).await, all[..2]);
    assert_eq!(found(AuditFilter { to: day.pred_opt(), ..filter() }).await, all[2..]);
    let (to, mut file) = mpsc::channel(8);
    assert_eq!(store.send_audit(office(), &filter(), 2, to).await.unwrap(), 0);
    let mut sent = vec![];
    while let Some(entry) = file.recv().await {
        sent.push(entry);
    }
    assert_eq!(sent, all[..2], "a file holds the same, as many as it may");
}
