//! 消息: seen on the phone at once, told to the office once, and forgotten after a month.

use crate::support::*;
use chrono::Duration;
use client::{lock, notices};
use domain::{
    id::{NoticeId, PersonId},
    notice::{Notice, NoticeAbout, NoticeKind},
    sync::{Envelope, Payload, SignedIn},
};
use uuid::Uuid;

fn notice(phone: &Phone, n: u128, of: PersonId, ago: Duration) -> Notice {
    let made_at = phone.clock.now() - ago;
    Notice {
        id: NoticeId(Uuid::from_u128(n)),
        person: of,
        kind: NoticeKind::UnsentWork,
        about: NoticeAbout::Unsent { person: of, name: "李敏".into(), count: 2, since: made_at },
        made_at,
        seen_at: None,
    }
}

/// Signed in, with one notice of today, one of yesterday, one of long ago and somebody else's on the phone.
async fn told(phone: &Phone) -> [Notice; 2] {
    let SignedIn { actor, .. } = phone.sign_in("李敏").await;
    let [new, before] =
        [(1, 1), (2, 24)].map(|(n, hours)| notice(phone, n, actor.person, Duration::hours(hours)));
    let old = notice(phone, 3, actor.person, Duration::days(40));
    let others = notice(phone, 4, PersonId(Uuid::from_u128(7)), Duration::hours(1));
    let sent = [&new, &before, &old, &others].map(|notice| Envelope::of(notice).unwrap());
    phone.office.records.borrow_mut().extend(sent);
    phone.start().await;
    [new, before]
}

fn heard(phone: &Phone) -> Vec<Vec<NoticeId>> {
    let operations = phone.office.operations.borrow();
    let seen = |payload: &Payload| match payload {
        Payload::NoticesSeen { notices } => Some(notices.clone()),
        _ => None,
    };
    operations.iter().filter_map(|(operation, _)| seen(&operation.payload)).collect()
}

async fn mine(phone: &Phone) -> Vec<NoticeId> {
    notices::mine(phone).await.unwrap().known.into_iter().map(|notice| notice.id).collect()
}

#[test]
fn what_is_seen_is_so_at_once_and_the_office_hears_of_it_once() {
    day(async |phone| {
        let [new, before] = told(&phone).await;
        let ids = mine(&phone).await;
        assert_eq!(ids.get(..2), Some([new.id, before.id].as_slice()), "the newest first, and nobody else's");
        phone.host.network.cut();
        let unseen = notices::unseen(&phone).await.unwrap();
        let unknown = NoticeId(Uuid::from_u128(99));
        for _ in 0..2 {
            notices::see(&phone, &[new.id, unknown]).await.unwrap();
            assert_eq!(notices::unseen(&phone).await.unwrap(), unseen - 1);
        }
        assert_eq!(heard(&phone), Vec::<Vec<NoticeId>>::new(), "no signal yet");
        assert_eq!(phone.submissions().await.len(), 0, "it is no work of anybody's");
        phone.connect();
        phone.work(10).await;
        assert_eq!(heard(&phone), [vec![new.id]]);
    });
}

#[test]
fn what_is_no_news_any_more_goes_from_the_phone() {
    day(async |phone| {
        let [new, before] = told(&phone).await;
        phone.work(24 * 60).await;
        // Another day has begun meanwhile.
        lock::look(&phone).await.unwrap();
        if phone.encryption.owner().is_none() {
            lock::unlock(&phone, PIN).await.unwrap();
        }
        assert_eq!(mine(&phone).await, [new.id, before.id]);
    });
}
