//! What a phone says of the work that waits on it.

use super::{ME, enqueued, now, on, photo, receipt};
use chrono::{DateTime, Duration, Utc};
use domain::{
    device::{
        StoreName,
        heartbeat::{Heartbeat, Told, Unsent, UnsentState, oldest},
        queue::{DeliveryStatus, PhotoRecord, PhotoStatus, Queued, RetryState},
    },
    id::PersonId,
    receipt::Receipt,
    sync::{Reason, Refusal},
    time::office_day,
};
use uuid::Uuid;

fn waiting() -> PhotoStatus {
    PhotoStatus::Waiting { announced: true, urgent: false, tries: RetryState::default(), upload: None }
}

fn refused(kept: Option<Receipt>) -> DeliveryStatus {
    let refusal = Refusal { reason: Reason::NotAllowed, message: String::new(), kept };
    DeliveryStatus::Refused { refusal }
}

#[test]
fn what_waits_is_counted_by_kind_and_of_this_person_alone() {
    let queued: Vec<Queued> = on(&enqueued(), StoreName::Outbox);
    let photos = [photo(100)].map(|record| PhotoRecord { status: waiting(), ..record });
    let unsent = Unsent::of(ME, &queued, &photos);
    assert_eq!((unsent.photos, unsent.photo_bytes, unsent.refused), (1, 100, 0));
    let of_operations = u64::from(unsent.visits + unsent.hazards + unsent.others);
    assert!(of_operations > 0 && of_operations < queued.len() as u64, "facts of photos count as photos");
    let somebody = PersonId(Uuid::from_u128(99));
    assert!(Unsent::of(somebody, &queued, &photos).is_nothing());
    assert_eq!(oldest(ME, &queued, &photos), queued.iter().map(|queued| queued.at).chain([now()]).min());
    assert_eq!(oldest(somebody, &queued, &photos), None);
}

#[test]
fn what_the_office_keeps_all_the_same_does_not_wait() {
    let queued: Vec<Queued> = on(&enqueued(), StoreName::Outbox);
    let all = |status: DeliveryStatus| {
        let set = |queued: &Queued| Queued { status: status.clone(), ..queued.clone() };
        queued.iter().map(set).collect::<Vec<_>>()
    };
    let lost = Unsent::of(ME, &all(refused(None)), &[]);
    assert_eq!((lost.refused as usize, lost.things()), (queued.len(), queued.len() as u64));
    let kept = all(refused(Some(receipt(&queued[0]))));
    assert!(Unsent::of(ME, &kept, &[]).is_nothing());
    assert_eq!(oldest(ME, &kept, &[]), None);
}

fn holding(oldest: Option<DateTime<Utc>>) -> Heartbeat {
    Heartbeat { unsent: Unsent { visits: 1, ..Unsent::default() }, oldest, ..Heartbeat::default() }
}

#[test]
fn how_long_something_waits_is_told_by_the_phones_clock_and_since_when_by_the_offices() {
    // The phone's clock is wrong by years.
    let said_at = now() - Duration::days(3_000);
    let held = holding(Some(said_at - Duration::hours(50)));
    assert_eq!(held.since(said_at, now()), Some(now() - Duration::hours(50)));
    assert_eq!(Heartbeat::default().since(said_at, now()), None, "nothing waits");
    // Set back meanwhile, or not said: it waits from now on.
    assert_eq!(holding(Some(said_at + Duration::hours(5))).since(said_at, now()), Some(now()));
    assert_eq!(holding(None).since(said_at, now()), Some(now()));
    // Nothing is believed to wait for longer than a year, whatever somebody sends.
    let absurd = holding(Some(DateTime::<Utc>::MIN_UTC)).since(DateTime::<Utc>::MAX_UTC, now());
    assert_eq!(absurd, Some(now() - Duration::days(366)));
}

#[test]
fn no_figure_is_believed_that_no_phone_can_hold() {
    let most = Unsent {
        visits: u32::MAX,
        hazards: u32::MAX,
        others: u32::MAX,
        photos: u32::MAX,
        photo_bytes: u64::MAX,
        refused: u32::MAX,
    };
    let said = Heartbeat { number: u64::MAX, unsent: most, drafts: u32::MAX, ..Heartbeat::default() };
    let believed = said.believed();
    assert!(i64::try_from(believed.number).is_ok() && i64::try_from(believed.unsent.photo_bytes).is_ok());
    assert_eq!((believed.unsent.things(), believed.drafts), (5_000_000, 1_000_000));
    let usual = Heartbeat { number: 3, drafts: 1, ..holding(Some(now())) };
    assert_eq!(usual.clone().believed(), usual);
}

#[test]
fn the_office_knows_what_it_was_told_of_this_person() {
    let unsent = Unsent { photos: 2, ..Unsent::default() };
    let heartbeat = Heartbeat { unsent, ..Heartbeat::default() };
    let told = Told { person: ME, heartbeat };
    assert!(Told::is_known(Some(&told), ME, &unsent));
    assert!(!Told::is_known(Some(&told), ME, &Unsent::default()), "it was sent since");
    let somebody = PersonId(Uuid::from_u128(99));
    assert!(!Told::is_known(Some(&told), somebody, &unsent));
    assert!(Told::is_known(None, ME, &Unsent::default()), "a phone that never said anything holds nothing");
}

#[test]
fn long_is_the_day_before_yesterday() {
    let today = office_day(now());
    assert_eq!(UnsentState::lately_from(today), today - Duration::days(1));
    for state in UnsentState::ALL {
        assert_eq!(UnsentState::parse(state.as_str()), Some(state));
    }
}
