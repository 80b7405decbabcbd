//! Sealed orders: what opens them, what does not, and what lies on the phone meanwhile.

use crate::support::*;
use chrono::Duration;
use client::{
    DeviceError, drafts,
    orders::{self, KeyAnswer, OrderHere},
    platform::{Crypto as _, StoredValue},
    records,
};
use domain::{
    device::StoreName,
    id::SealedOrderId,
    site::Site,
    spot_check::{
        ContentKey, OpenedBy, OrderContent, OrderKey, OrderLeader, OrderPhase, OrderState, OrderWords,
        SealedFor, SealedOrder, SpokenWords, WordList, seal,
    },
    sync::{self, Envelope, Payload, RecordKind},
    time::office_day,
    visit::VisitNature,
};
use uuid::Uuid;

const ID: SealedOrderId = SealedOrderId(Uuid::from_u128(0x71));
const KEY: ContentKey = ContentKey([7; 32]);

fn words(n: u8) -> SpokenWords {
    SpokenWords::drawn(&WordList::of_this_version(), [n; 5])
}

/// Somebody else's site.
fn elsewhere() -> Site {
    Site { id: Uuid::from_u128(77).into(), name: "信和冷库九号".into(), ..site() }
}

/// Opens in half an hour.
async fn order(phone: &Phone, person: domain::id::PersonId) -> SealedOrder {
    let now = phone.clock.now();
    let opens_at = now + Duration::minutes(30);
    let content = OrderContent {
        site: elsewhere(),
        forms: vec![form().id, "withdrawn-since".into()],
        nature: VisitNature::Patrol,
        note: String::new(),
        last: None,
    };
    let sealed = seal(&content, &SealedFor { order: ID, person, opens_at }, &KEY, [1; 12]).unwrap();
    let wrapped = phone.host.crypto.wrap_key(&words(1).phrase(), b"salt", 1, &KEY.0).await.unwrap();
    let (salt, wrapped) = (hex::encode(b"salt"), hex::encode(wrapped));
    let words = OrderWords { salt, rounds: 1, wrapped, list: WordList::text().to_owned() };
    SealedOrder {
        id: ID,
        number: "CC-2026-0046".into(),
        person,
        opens_at,
        until: office_day(opens_at),
        leader: OrderLeader { name: "韩立新".into(), phone: "0371-1".into() },
        team: vec![],
        meet: String::new(),
        bring: String::new(),
        state: OrderState::Sealed { content: sealed, words, key: None },
    }
}

/// Signed in, with the order and the form on the phone.
async fn begun(phone: &Phone) -> SealedOrder {
    let me = phone.sign_in("李敏").await;
    let order = order(phone, me.actor.person).await;
    let sent = [Envelope::of(&order).unwrap(), Envelope::of(&form()).unwrap()];
    phone.office.records.borrow_mut().extend(sent);
    phone.start().await;
    order
}

async fn here(phone: &Phone) -> OrderHere {
    orders::one(phone, ID).await.unwrap().unwrap()
}

/// What was told to the office of the opening.
fn told(phone: &Phone) -> Vec<OpenedBy> {
    let operations = phone.office.operations.borrow();
    let by = |payload: &Payload| match payload {
        Payload::OrderOpened { order, by, proof, .. } => {
            assert_eq!((*order, proof), (ID, &KEY.proof()));
            Some(*by)
        }
        _ => None,
    };
    operations.iter().filter_map(|(operation, _)| by(&operation.payload)).collect()
}

#[test]
fn wrong_words_are_counted_over_a_reload_and_the_right_ones_open_it() {
    day(async |phone| {
        begun(&phone).await;
        phone.host.network.cut();
        let now = phone.clock.now();
        for left in [4, 3, 2] {
            assert_eq!(orders::try_words(&phone, ID, &words(2)).await, Ok(false));
            assert_eq!(here(&phone).await.standing.attempts.left(now), left);
        }
        let phone = phone.reopened();
        client::lock::look(&phone).await.unwrap();
        client::lock::unlock(&phone, PIN).await.unwrap();
        phone.host.network.cut();
        for left in [1, 0] {
            assert_eq!(orders::try_words(&phone, ID, &words(2)).await, Ok(false));
            assert_eq!(here(&phone).await.standing.attempts.left(phone.clock.now()), left);
        }
        let right = words(1);
        assert_eq!(orders::try_words(&phone, ID, &right).await, Err(DeviceError::TooManyTries));
        assert!(here(&phone).await.content.is_none());
        pass(6).await;
        assert_eq!(orders::try_words(&phone, ID, &right).await, Ok(true));
        let opened = here(&phone).await;
        assert_eq!((opened.phase, opened.content.unwrap().site), (OrderPhase::Opened, elsewhere()));
        assert_eq!(opened.standing.opened.unwrap().by, OpenedBy::Words);
        phone.connect();
        phone.start().await;
        assert_eq!(told(&phone), [OpenedBy::Words], "with the next signal the office hears of it");
    });
}

#[test]
fn one_whose_standing_cannot_be_read_hides_no_other_and_opens_again() {
    day(async |phone| {
        let order = begun(&phone).await;
        let other = SealedOrder { id: SealedOrderId(Uuid::from_u128(0x72)), ..order };
        client::db::write(&phone.db, &[StoreName::Records], async |tx| tx.put_record(&other).await)
            .await
            .unwrap();
        phone.host.network.cut();
        assert_eq!(orders::try_words(&phone, ID, &words(1)).await, Ok(true));
        let key = ID.to_string();
        let Some(StoredValue::Sealed(mut sealed)) = phone.host.storage.value(StoreName::Orders, &key) else {
            panic!("it is not sealed")
        };
        *sealed.last_mut().unwrap() ^= 1;
        phone.host.storage.put(StoreName::Orders, &key, StoredValue::Sealed(sealed));

        let all = orders::all(&phone).await.unwrap().known;
        assert_eq!(all.iter().map(|here| here.order.id).collect::<Vec<_>>(), [ID, other.id]);
        assert!(all[0].content.is_none());
        assert_eq!(orders::try_words(&phone, ID, &words(1)).await, Ok(true));
        assert_eq!(here(&phone).await.content.unwrap().site, elsewhere());
    });
}

#[test]
fn what_two_tabs_try_at_once_is_two_tries() {
    day(async |phone| {
        begun(&phone).await;
        phone.host.network.cut();
        let other = phone.device.clone();
        let tries = tokio::task::spawn_local(async move { orders::try_words(&other, ID, &words(3)).await });
        assert_eq!(orders::try_words(&phone, ID, &words(2)).await, Ok(false));
        assert_eq!(tries.await.unwrap(), Ok(false));
        assert_eq!(here(&phone).await.standing.attempts.left(phone.clock.now()), 3);
    });
}

#[test]
fn a_phone_whose_clock_is_ahead_opens_nothing() {
    day(async |phone| {
        let order = begun(&phone).await;
        phone.host.network.cut();
        phone.host.runtime.set_clock(order.opens_at + Duration::hours(2));
        let ahead = here(&phone).await;
        assert!(ahead.content.is_none() && ahead.standing.opened.is_none());
        assert_eq!(orders::take_key(&phone, ID).await, Ok(false));
        assert_eq!(orders::ask_key(&phone, ID).await, Err(DeviceError::Offline));
        phone.connect();
        assert!(matches!(orders::ask_key(&phone, ID).await, Ok(KeyAnswer::NotYet { .. })));
        assert!(here(&phone).await.content.is_none());
    });
}

#[test]
fn the_offices_key_opens_it_whether_it_is_asked_for_or_comes_with_a_pull() {
    for asked in [true, false] {
        day(async |phone| {
            let mut order = begun(&phone).await;
            assert_eq!(orders::take_key(&phone, ID).await, Ok(false), "none has come");
            if asked {
                phone.office.key.replace(Some(OrderKey { key: KEY }));
                assert_eq!(orders::ask_key(&phone, ID).await, Ok(KeyAnswer::Opened));
            } else {
                if let OrderState::Sealed { key, .. } = &mut order.state {
                    *key = Some(KEY);
                }
                client::db::write(&phone.db, &[StoreName::Records], async |tx| tx.put_record(&order).await)
                    .await
                    .unwrap();
                assert_eq!(here(&phone).await.phase, OrderPhase::Due, "before the phone thinks so");
                assert_eq!(orders::take_key(&phone, ID).await, Ok(true));
            }
            let opened = here(&phone).await;
            assert_eq!(opened.content.map(|content| content.site), Some(elsewhere()));
            pass(1).await;
            assert_eq!(told(&phone), [OpenedBy::Key]);
            // Another way in changes nothing any more.
            assert_eq!(orders::try_words(&phone, ID, &words(1)).await, Ok(true));
            assert_eq!(here(&phone).await.standing.opened.unwrap().by, OpenedBy::Key);
        });
    }
}

#[test]
fn a_key_of_something_else_opens_nothing() {
    day(async |phone| {
        begun(&phone).await;
        phone.office.key.replace(Some(OrderKey { key: ContentKey([8; 32]) }));
        assert_eq!(orders::ask_key(&phone, ID).await, Ok(KeyAnswer::Gone));
        assert!(here(&phone).await.standing.opened.is_none());
    });
}

#[test]
fn what_lies_on_the_phone_tells_nothing_before_and_is_private_after() {
    day(async |phone| {
        begun(&phone).await;
        let lies = |store, key: &str| match phone.host.storage.value(store, key) {
            Some(StoredValue::Sealed(bytes)) => bytes,
            other => panic!("{other:?} lies in the clear"),
        };
        let shows = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains(&elsewhere().name);
        let key = sync::key(RecordKind::SealedOrder, &ID.to_string());
        assert!(!shows(&lies(StoreName::Records, &key)));
        // What the record says once the phone is unlocked.
        let text = serde_json::to_string(&here(&phone).await.order).unwrap();
        assert!(!text.contains(&elsewhere().name) && !text.contains(&elsewhere().id.to_string()));
        assert_eq!(orders::try_words(&phone, ID, &words(1)).await, Ok(true));
        assert!(!shows(&lies(StoreName::Orders, &ID.to_string())));
        assert!(!shows(&lies(StoreName::Records, &key)));
    });
}

#[test]
fn the_visit_begins_at_a_site_that_is_somebody_elses() {
    day(async |phone| {
        begun(&phone).await;
        orders::try_words(&phone, ID, &words(1)).await.unwrap();
        let content = here(&phone).await.content.unwrap();
        let draft = drafts::begin_by_order(&phone, ID, &content).await.unwrap();
        assert_eq!((draft.site, draft.order), (elsewhere().id, Some(ID)));
        assert_eq!(draft.form_ids(), [form().id], "what was withdrawn since is left out");
        assert_eq!(records::site(&phone, draft.site).await, Ok(None));
        let copies = drafts::copies(&phone, draft.id).await.unwrap().unwrap();
        assert_eq!((copies.site, copies.forms), (elsewhere(), vec![form()]));

        // Handed in, it is not begun once more by a thumb that has come back.
        assert_eq!(orders::is_visited(&phone, &here(&phone).await).await, Ok(false));
        let mut draft = draft;
        pass_questions(&mut draft, &["a", "b"]);
        drafts::save(&phone, &draft).await.unwrap();
        drafts::submit(&phone, opened(draft, &[form()]), &elsewhere(), "检查".into()).await.unwrap();
        assert_eq!(orders::is_visited(&phone, &here(&phone).await).await, Ok(true));
        pass(3).await;
        assert_eq!(orders::is_visited(&phone, &here(&phone).await).await, Ok(true), "received or not");
    });
}

#[test]
fn two_tabs_at_one_opened_order_begin_one_visit() {
    day(async |phone| {
        begun(&phone).await;
        orders::try_words(&phone, ID, &words(1)).await.unwrap();
        let content = here(&phone).await.content.unwrap();
        let other = Phone::on(phone.host.another_tab(), phone.office.clone());
        client::lock::look(&other).await.unwrap();
        // Both screens show that nothing was begun; then a thumb taps in each.
        let mut draft = drafts::begin_by_order(&phone, ID, &content).await.unwrap();
        pass_questions(&mut draft, &["a"]);
        drafts::save(&phone, &draft).await.unwrap();
        let there = drafts::begin_by_order(&other, ID, &content).await.unwrap();
        assert_eq!(there, draft, "with what was answered meanwhile");
        assert_eq!(drafts::all(&phone).await.unwrap(), [draft]);

        // Thrown away, it is begun anew; and once more after it was handed in, for whoever asks for that.
        drafts::discard(&other, there.id).await.unwrap();
        let mut next = drafts::begin_by_order(&phone, ID, &content).await.unwrap();
        assert_ne!(next.id, there.id);
        pass_questions(&mut next, &["a", "b"]);
        drafts::save(&phone, &next).await.unwrap();
        let first = next.id;
        drafts::submit(&phone, opened(next, &[form()]), &elsewhere(), "检查".into()).await.unwrap();
        let next = drafts::begin_by_order(&other, ID, &content).await.unwrap();
        assert_ne!(next.id, first);
    });
}

#[test]
fn a_clock_that_is_set_back_hides_no_visit_that_was_handed_in() {
    day(async |phone| {
        begun(&phone).await;
        orders::try_words(&phone, ID, &words(1)).await.unwrap();
        let content = here(&phone).await.content.unwrap();
        let mut draft = drafts::begin_by_order(&phone, ID, &content).await.unwrap();
        phone.host.runtime.set_clock(phone.clock.now() - Duration::hours(3));
        pass_questions(&mut draft, &["a", "b"]);
        drafts::submit(&phone, opened(draft, &[form()]), &elsewhere(), "检查".into()).await.unwrap();
        assert_eq!(orders::is_visited(&phone, &here(&phone).await).await, Ok(true));
    });
}

/// What was found is urgent, and overtakes what is merely older.
#[test]
fn the_office_hears_of_the_opening_before_it_hears_of_what_was_found() {
    day(async |phone| {
        begun(&phone).await;
        let phone = phone.reopened();
        client::lock::look(&phone).await.unwrap();
        client::lock::unlock(&phone, PIN).await.unwrap();
        phone.host.network.cut();
        orders::try_words(&phone, ID, &words(1)).await.unwrap();
        client::outbox::report(&phone, elsewhere().id, found(vec![]), "隐患".into()).await.unwrap();
        phone.connect();
        phone.start().await;
        let operations = phone.office.operations.borrow();
        let came: Vec<_> = operations.iter().map(|(operation, _)| &operation.payload).collect();
        assert!(matches!(came.as_slice(), [Payload::OrderOpened { .. }, Payload::Hazard { .. }]), "{came:?}");
    });
}

#[test]
fn a_withdrawn_order_says_so_and_holds_nothing() {
    day(async |phone| {
        let mut order = begun(&phone).await;
        orders::try_words(&phone, ID, &words(1)).await.unwrap();
        order.state = OrderState::Withdrawn { at: phone.clock.now() };
        client::db::write(&phone.db, &[StoreName::Records], async |tx| tx.put_record(&order).await)
            .await
            .unwrap();
        let gone = here(&phone).await;
        assert_eq!((gone.phase, gone.content), (OrderPhase::Withdrawn, None));
        assert_eq!(orders::try_words(&phone, ID, &words(1)).await, Ok(false));
    });
}
