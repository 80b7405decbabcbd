//! What parties are told, and what becomes of it.

use super::{founded, hazard, id, now, office};
use chrono::Duration;
use domain::{
    code::CodeSubject,
    hazard::Hazard,
    id::HazardId,
    notice::{DeliveryState, PartyNotice, PartyNoticeKind},
    time::office_day,
};
use std::collections::HashSet;
use storage::{CodeMark, Store, StoredCode, StoredPartyNotice};

fn message(n: u128, key: &str, minutes: i64) -> StoredPartyNotice {
    let first_at = now() + Duration::minutes(minutes);
    let notice = PartyNotice {
        id: id(n),
        hazard: id(51),
        kind: PartyNoticeKind::Late,
        phone: "138****1234".to_owned(),
        made_at: now() + Duration::seconds(i64::try_from(n).unwrap()),
        first_at,
        next_at: first_at,
        attempts: 0,
        state: DeliveryState::Waiting { failure: String::new() },
        code: None,
        opened_at: None,
    };
    StoredPartyNotice { key: key.to_owned(), number: Some(vec![7; 32]), notice }
}

fn code() -> StoredCode {
    StoredCode {
        id: id(71),
        office: office(),
        subject: CodeSubject::Hazard(id(51)),
        mark: CodeMark([1; 32]),
        sealed: vec![1, 2, 3],
        made_at: now(),
        made_by: id(31),
        made_by_name: "王芳".to_owned(),
        expires_at: None,
        revoked_at: None,
        opened_at: None,
    }
}

pub async fn a_party_is_told_once_and_what_became_of_it_stays(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_hazards(office(), &[hazard()], now()).await.unwrap();
    tx.put_codes(&[code()]).await.unwrap();
    let (first, later) = (message(91, "a", 0), message(92, "b", 600));
    let all = [first.clone(), later.clone()];
    assert_eq!(tx.put_party_notices(office(), &all).await.unwrap(), 2);
    assert_eq!(tx.put_party_notices(office(), &[message(93, "a", 0)]).await.unwrap(), 0, "by its key");
    tx.commit().await.unwrap();
    let keys = ["a".to_owned(), "z".to_owned()];
    assert_eq!(store.known_party_notices(office(), &keys).await.unwrap(), HashSet::from(["a".to_owned()]));
    assert!(store.known_party_notices(id(2), &keys).await.unwrap().is_empty(), "another office's");
    assert_eq!(store.offices_to_tell_parties(now() - Duration::seconds(1)).await.unwrap(), []);
    assert_eq!(store.offices_to_tell_parties(now()).await.unwrap(), [office()]);
    let until = now() + Duration::minutes(10);
    let mut tx = store.write().await.unwrap();
    let taken = tx.take_party_notices(office(), now(), until, 10).await.unwrap();
    assert_eq!(taken.len(), 1, "not before its time");
    assert_eq!((taken[0].notice.id, taken[0].notice.attempts), (first.notice.id, 1));
    assert_eq!(tx.take_party_notices(office(), now(), until, 10).await.unwrap(), [], "somebody has it");
    assert_eq!(tx.take_party_notices(id(2), until, until, 10).await.unwrap(), [], "another office's");
    tx.commit().await.unwrap();
    let mut sent = taken[0].clone();
    sent.notice.state = DeliveryState::Sent { at: until };
    sent.notice.code = Some(id(71));
    let mut tx = store.write().await.unwrap();
    tx.settle_party_notice(office(), &sent).await.unwrap();
    tx.settle_party_notice(office(), &taken[0]).await.unwrap();
    tx.code_opened(id(71), until + Duration::minutes(1)).await.unwrap();
    tx.commit().await.unwrap();
    let told = store.party_notices(office(), id(51), 10).await.unwrap();
    let opened = PartyNotice { opened_at: Some(until + Duration::minutes(1)), ..sent.notice };
    assert_eq!(told, [later.notice, opened], "the newest first; what has ended stays so");
    assert_eq!(store.party_notices(office(), id(51), 1).await.unwrap().len(), 1);
    assert_eq!(store.party_notices(id(2), id(51), 10).await.unwrap(), [], "another office's");
    assert_eq!(store.party_notices_sent(office(), &[7; 32], now()).await.unwrap(), 1);
    let after = until + Duration::seconds(1);
    assert_eq!(store.party_notices_sent(office(), &[7; 32], after).await.unwrap(), 0, "before that");
    assert_eq!(store.party_notices_sent(office(), &[8; 32], now()).await.unwrap(), 0, "another number");
}

pub async fn hazards_of_which_a_party_may_have_to_be_told_are_found(store: &impl Store) {
    // Due on the 27th, found now.
    let mut tx = founded(store).await;
    tx.put_hazards(office(), &[hazard()], now()).await.unwrap();
    tx.commit().await.unwrap();
    let day = |days: i64| office_day(now() + Duration::days(days));
    let ids = |found: Vec<Hazard>| found.into_iter().map(|hazard| hazard.id).collect::<Vec<_>>();
    let later = now() + Duration::days(1);
    let by_day = store.hazards_to_tell(office(), later, (day(3), day(4))).await.unwrap();
    assert_eq!(ids(by_day), [id::<HazardId>(51)], "by its day");
    let lately = store.hazards_to_tell(office(), now() - Duration::days(1), (day(8), day(9))).await.unwrap();
    assert_eq!(ids(lately), [id::<HazardId>(51)], "by what happened lately");
    let neither = store.hazards_to_tell(office(), later, (day(4), day(9))).await.unwrap();
    assert_eq!(ids(neither), []);
    let elsewhere = store.hazards_to_tell(id(2), now() - Duration::days(1), (day(0), day(9))).await.unwrap();
    assert_eq!(ids(elsewhere), [], "another office's");
}
