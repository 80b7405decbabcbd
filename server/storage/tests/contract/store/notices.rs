//! What people are told, and what becomes of it on its ways out of the house.

use super::{announced, by, founded, id, issued, now, office, person, site};
use chrono::{DateTime, Duration, Utc};
use domain::{
    audience::Audience,
    hazard::{EventRecord, Evidence, Found, Hazard, HazardEvent, Issued, Return},
    id::{NoticeId, PersonId},
    notice::{
        ChannelKind, DeliveryState, Notice, NoticeAbout, NoticeChannel, NoticeDelivery, NoticeKind,
        NoticeSettings, PartyRules, Success,
    },
    severity::Severity,
    time::office_day,
};
use serde_json::json;
use std::collections::HashSet;
use storage::{DeliveryCount, LoadedRecord, NewNotice, Record, Store, StoredChannel};

fn notice(n: u128, of: u128, made_at: DateTime<Utc>) -> Notice {
    Notice {
        id: id(n),
        person: id(of),
        kind: NoticeKind::Late,
        about: NoticeAbout::Hazard {
            hazard: id(51),
            site_name: "场所21".to_owned(),
            what: "堆物".to_owned(),
            due: Some(office_day(now())),
            by: String::new(),
            reason: String::new(),
        },
        made_at,
        seen_at: None,
    }
}

fn new(key: &str, notice: Notice) -> NewNotice {
    NewNotice { key: key.to_owned(), notice }
}

async fn heard(store: &impl Store, audience: Audience) -> Vec<Record> {
    let rows = announced(store, audience, 0, 100).await;
    let notices = rows.into_iter().filter(|row| row.kind == "notice");
    notices.map(|row| row.record.unwrap()).collect()
}

pub async fn a_notice_is_its_persons_own_and_is_made_once(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_person(office(), &person(32, "li"), None).await.unwrap();
    let (own, older) = (notice(91, 31, now()), notice(92, 31, now() - Duration::hours(1)));
    let others = notice(93, 32, now());
    let all = [new("a", own.clone()), new("b", older.clone()), new("c", others.clone())];
    let made = tx.put_notices(office(), &all).await.unwrap();
    assert_eq!(made.len(), 3);
    let again = [new("a", notice(94, 31, now())), new("d", notice(95, 32, now()))];
    assert_eq!(tx.put_notices(office(), &again).await.unwrap(), [id::<NoticeId>(95)], "by its key");
    assert_eq!(tx.put_notices(office(), &[]).await.unwrap(), []);
    tx.commit().await.unwrap();
    assert_eq!(store.notices(office(), id(31), 10).await.unwrap(), [own.clone(), older.clone()]);
    assert_eq!(store.notices(office(), id(31), 1).await.unwrap(), std::slice::from_ref(&own));
    let keys = ["a".to_owned(), "z".to_owned()];
    assert_eq!(store.known_notices(office(), &keys).await.unwrap(), HashSet::from(["a".to_owned()]));
    assert!(store.known_notices(id(2), &keys).await.unwrap().is_empty(), "another office's");
    assert_eq!(store.notices(id(2), id(31), 10).await.unwrap(), [], "another office's");
    assert_eq!(store.unseen_notices(office(), id(31)).await.unwrap(), 2);
    assert_eq!(heard(store, Audience::Person(id(31))).await.len(), 2);
    for audience in [Audience::WholeOffice, Audience::Everybody, Audience::Grid(id(11))] {
        assert_eq!(heard(store, audience).await, [], "{audience:?}");
    }
    let mut tx = store.write().await.unwrap();
    let at = now() + Duration::minutes(5);
    let seen: [NoticeId; 3] = [id(91), id(93), id(99)];
    assert_eq!(tx.see_notices(office(), id(31), &seen, at).await.unwrap(), 1, "only one's own");
    assert_eq!(tx.see_notices(office(), id(31), &seen, now()).await.unwrap(), 0, "the first time stays");
    tx.commit().await.unwrap();
    let read = Notice { seen_at: Some(at), ..own };
    assert_eq!(store.notices(office(), id(31), 1).await.unwrap(), std::slice::from_ref(&read));
    assert_eq!(store.unseen_notices(office(), id(31)).await.unwrap(), 1);
    let record = Record::Notice(id(91));
    let loaded = store.load_records(office(), std::slice::from_ref(&record)).await.unwrap();
    assert_eq!(*loaded[&record].as_ref().unwrap(), LoadedRecord::Notice(Box::new(read)));
    assert_eq!(store.audience_faults(office()).await.unwrap(), []);
}

fn hazard(n: u128, level: &str, due: Option<&str>, days: i64) -> Hazard {
    let found = json!({ "level": level, "what": format!("堆物{n}"), "photos": [], "due": due });
    let (found, by): (Found, _) = (serde_json::from_value(found).unwrap(), by());
    let issued = Issued { at: now() - Duration::days(days), ..issued(n + 100, &by) };
    Hazard::open(id(n), site(21, 11).resource_scope(), None, found, &issued).unwrap()
}

pub async fn what_somebody_may_have_to_be_told_of_is_found(store: &impl Store) {
    let mut tx = founded(store).await;
    let (late, later) =
        (hazard(51, "general", Some("2026-11-20"), 9), hazard(52, "general", Some("2026-12-20"), 9));
    let (major, old_major) = (hazard(53, "major", None, 1), hazard(54, "major", None, 9));
    let mut returned = hazard(55, "general", Some("2026-12-20"), 9);
    let by = by();
    for (n, event) in [
        (301, HazardEvent::Rectified(Evidence { note: String::new(), photos: vec![] })),
        (
            302,
            HazardEvent::Returned(Return {
                reason: "看不出净宽".to_owned(),
                deadline: office_day(now() + Duration::days(9)),
                photos: vec![],
            }),
        ),
    ] {
        returned = returned.evolve(EventRecord {
            id: id(n),
            at: now(),
            received_at: Some(now()),
            by: Some(by.person),
            name: by.name.clone(),
            event,
        });
    }
    tx.put_hazards(office(), &[late, later, major, old_major, returned], now()).await.unwrap();
    tx.commit().await.unwrap();
    let since = now() - Duration::days(3);
    let facts = store.notice_facts(office(), since, office_day(now() + Duration::days(1))).await.unwrap();
    let told: Vec<_> = facts.hazards.iter().map(|fact| (fact.hazard, fact.level)).collect();
    assert_eq!(told, [(id(51), Severity::General), (id(53), Severity::Major)]);
    assert_eq!(facts.hazards[0].site_name, "场所21");
    let returns: Vec<_> = facts.returns.iter().map(|one| (one.event, one.reason.as_str())).collect();
    assert_eq!(returns, [(id(302), "看不出净宽")]);
    assert_eq!((facts.returns[0].rectified_by, facts.returns[0].by), (Some(by.person), Some(by.person)));
    assert!(facts.people.is_empty() && facts.unsent.is_empty(), "the caller's to say");
    let elsewhere = store.notice_facts(id(2), since, office_day(now())).await.unwrap();
    assert!(elsewhere.hazards.is_empty() && elsewhere.returns.is_empty(), "another office's");
}

fn channel(n: u128, name: &str) -> StoredChannel {
    let success = Some(Success { field: "code".to_owned(), value: "0".to_owned() });
    let channel = NoticeChannel {
        id: id(n),
        name: name.to_owned(),
        kind: ChannelKind::Sms,
        on: true,
        kinds: vec![NoticeKind::Late],
        shown: "https://sms.example.cn".to_owned(),
        template: "phone=${phone}&text=${text}".to_owned(),
        success,
        mail: None,
        retired: false,
    };
    StoredChannel { channel, secret: vec![1, 2, 3] }
}

fn delivery(n: u128, notice: u128, first_at: DateTime<Utc>) -> NoticeDelivery {
    NoticeDelivery {
        id: id(n),
        notice: id(notice),
        channel: id(71),
        first_at,
        next_at: first_at,
        attempts: 0,
        state: DeliveryState::Waiting { failure: String::new() },
    }
}

pub async fn a_delivery_is_taken_by_one_and_ends_once(store: &impl Store) {
    let mut tx = founded(store).await;
    let of: PersonId = id(31);
    tx.put_notices(office(), &[new("a", notice(91, 31, now())), new("b", notice(92, 31, now()))])
        .await
        .unwrap();
    tx.put_notice_channel(office(), &channel(71, "短信")).await.unwrap();
    let (one, tomorrow) = (delivery(81, 91, now()), delivery(82, 92, now() + Duration::hours(9)));
    tx.put_deliveries(office(), &[one.clone(), tomorrow.clone()]).await.unwrap();
    tx.put_deliveries(office(), &[delivery(83, 91, now())]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.offices_to_deliver(now() - Duration::seconds(1)).await.unwrap(), []);
    assert_eq!(store.offices_to_deliver(now()).await.unwrap(), [office()]);
    let until = now() + Duration::minutes(10);
    let mut tx = store.write().await.unwrap();
    let taken = tx.take_deliveries(office(), now(), until, 10).await.unwrap();
    assert_eq!(taken.len(), 1, "once a channel and notice, and not before its time");
    assert_eq!((taken[0].delivery.id, taken[0].delivery.attempts, taken[0].notice.person), (one.id, 1, of));
    assert_eq!(tx.take_deliveries(office(), now(), until, 10).await.unwrap(), [], "somebody has it");
    tx.commit().await.unwrap();
    // Whoever had it died.
    let mut tx = store.write().await.unwrap();
    let again = tx.take_deliveries(office(), until, until + Duration::minutes(10), 10).await.unwrap();
    assert_eq!(again[0].delivery.attempts, 2);
    let waits = NoticeDelivery {
        next_at: until,
        state: DeliveryState::Waiting { failure: "没有应答".to_owned() },
        ..again[0].delivery.clone()
    };
    tx.settle_deliveries(office(), std::slice::from_ref(&waits)).await.unwrap();
    tx.commit().await.unwrap();
    let count = |waiting, failed| [DeliveryCount { channel: id(71), waiting, failed }];
    assert_eq!(store.delivery_counts(office()).await.unwrap(), count(2, 0));
    let sent = NoticeDelivery { state: DeliveryState::Sent { at: until }, ..waits.clone() };
    let failed = DeliveryState::Failed { at: until, failure: "过了一天".to_owned() };
    let failed = NoticeDelivery { state: failed, ..tomorrow };
    let mut tx = store.write().await.unwrap();
    tx.settle_deliveries(office(), &[sent, failed]).await.unwrap();
    tx.settle_deliveries(office(), &[waits]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.delivery_counts(office()).await.unwrap(), count(0, 1), "what has ended stays so");
    let told = store.notice_deliveries(office(), 10).await.unwrap();
    let states: Vec<_> =
        told.iter().map(|row| (row.state.as_str(), row.state.failure(), row.attempts)).collect();
    assert_eq!(states, [("failed", "过了一天", 0), ("sent", "", 2)], "the newest first");
    assert_eq!(store.notice_deliveries(office(), 1).await.unwrap().len(), 1);
    assert_eq!(store.offices_to_deliver(until + Duration::days(2)).await.unwrap(), []);
    let mut tx = store.write().await.unwrap();
    assert_eq!(tx.forget_notices(office(), now(), 10).await.unwrap(), 0, "what is not older");
    let later = now() + Duration::seconds(1);
    assert_eq!(tx.forget_notices(id(2), later, 10).await.unwrap(), 0, "another office's");
    assert_eq!(tx.forget_notices(office(), later, 1).await.unwrap(), 1);
    assert_eq!(tx.forget_notices(office(), later, 10).await.unwrap(), 1);
    tx.commit().await.unwrap();
    assert_eq!(store.notices(office(), of, 10).await.unwrap(), []);
    assert_eq!(store.delivery_counts(office()).await.unwrap(), [], "gone with what they carried");
    assert_eq!(store.audience_faults(office()).await.unwrap(), []);
}

pub async fn rules_and_channels_of_notices_are_the_offices_own(store: &impl Store) {
    let mut tx = founded(store).await;
    assert_eq!(tx.notice_settings(office()).await.unwrap(), NoticeSettings::default());
    let own = NoticeSettings { version: 1, rules: vec![], quiet: None, party: PartyRules::default() };
    tx.put_notice_settings(office(), &own).await.unwrap();
    tx.put_notice_channel(office(), &channel(72, "群机器人")).await.unwrap();
    tx.put_notice_channel(office(), &channel(71, "a")).await.unwrap();
    let renamed = StoredChannel { secret: vec![9], ..channel(72, "b") };
    tx.put_notice_channel(office(), &renamed).await.unwrap();
    assert_eq!(tx.notice_channels(office()).await.unwrap(), [channel(71, "a"), renamed.clone()]);
    tx.commit().await.unwrap();
    assert_eq!(store.notice_settings(office()).await.unwrap(), own);
    assert_eq!(store.notice_settings(id(2)).await.unwrap(), NoticeSettings::default());
    assert_eq!(store.notice_channels(office()).await.unwrap(), [channel(71, "a"), renamed]);
    assert_eq!(store.notice_channels(id(2)).await.unwrap(), [], "another office's");
}

pub async fn what_waits_for_a_channel_that_goes_fails_and_nothing_else_does(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_notices(office(), &[new("a", notice(91, 31, now())), new("b", notice(92, 31, now()))])
        .await
        .unwrap();
    for n in [71, 72] {
        tx.put_notice_channel(office(), &channel(n, &format!("短信{n}"))).await.unwrap();
    }
    let other = NoticeDelivery { channel: id(72), ..delivery(83, 91, now()) };
    tx.put_deliveries(office(), &[delivery(81, 91, now()), delivery(82, 92, now()), other]).await.unwrap();
    let sent = NoticeDelivery { state: DeliveryState::Sent { at: now() }, ..delivery(82, 92, now()) };
    tx.settle_deliveries(office(), &[sent]).await.unwrap();
    assert_eq!(tx.end_deliveries(id(2), id(71), now(), "已删除").await.unwrap(), [], "another office's");
    let ended = tx.end_deliveries(office(), id(71), now(), "已删除").await.unwrap();
    assert_eq!(ended, [(id::<NoticeId>(91), NoticeKind::Late)]);
    assert_eq!(tx.end_deliveries(office(), id(71), now(), "再删").await.unwrap(), [], "once");
    tx.commit().await.unwrap();
    let rows = store.notice_deliveries(office(), 10).await.unwrap();
    let mut states: Vec<_> =
        rows.iter().map(|row| (row.channel_name.as_str(), row.state.as_str(), row.state.failure())).collect();
    states.sort_unstable();
    assert_eq!(states, [("短信71", "failed", "已删除"), ("短信71", "sent", ""), ("短信72", "waiting", "")]);
}
