//! Who can open the phone, and for how long.

use crate::support::*;
use chrono::Duration;
use client::{
    Device, DeviceError,
    action_drafts::ActionDraft,
    begun, drafts,
    lock::{self, Lock, Lost},
    platform::{PageEvent, StoredValue},
    quick_reports, session, tasks,
};
use domain::{
    device::{StoreName, given_task::BegunTask},
    task::TaskSubject,
};
use std::{
    pin::pin,
    task::{Context, Waker},
};

#[test]
fn what_lies_on_the_phone_is_unreadable_without_the_pin() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let draft = phone.begin().await;
        let lies = phone.host.storage.value(StoreName::Drafts, &draft.id.to_string());
        let Some(StoredValue::Sealed(sealed)) = lies else { panic!("{lies:?}") };
        assert!(!sealed.windows(3).any(|part| part == "充".as_bytes()));
        assert!(!in_the_open(&phone.host).contains("李敏"));
        lock::lock(&phone).await.unwrap();
        assert_eq!(
            (drafts::get(&phone, draft.id).await, phone.lock.get()),
            (Err(DeviceError::Locked), Lock::Closed)
        );
        assert_eq!(session::current(&phone), None, "a locked phone knows no name");
        assert_eq!(lock::unlock(&phone, "271828").await, Err(DeviceError::WrongPin));
        lock::unlock(&phone, PIN).await.unwrap();
        assert_eq!(drafts::get(&phone, draft.id).await.unwrap(), Some(draft));
        assert_eq!(session::current(&phone).unwrap().actor.name, "李敏");
    });
}

#[test]
fn wrong_pins_are_slowed_and_the_right_one_is_not_heard_meanwhile() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        lock::lock(&phone).await.unwrap();
        for _ in 0..5 {
            assert_eq!(lock::unlock(&phone, "271828").await, Err(DeviceError::WrongPin));
        }
        let until = lock::waits_until(&phone).await.unwrap().unwrap();
        assert_eq!(until - phone.clock.now(), Duration::seconds(30));
        assert_eq!(lock::unlock(&phone, PIN).await, Err(DeviceError::TooManyTries));
        pass(1).await;
        assert_eq!(lock::unlock(&phone, PIN).await, Ok(()));
    });
}

#[test]
fn a_second_pin_does_not_replace_the_first() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        assert_eq!(lock::set_pin(&phone, "480213").await, Err(DeviceError::Locked), "another tab was first");
        lock::lock(&phone).await.unwrap();
        assert_eq!(lock::unlock(&phone, "480213").await, Err(DeviceError::WrongPin));
        lock::unlock(&phone, PIN).await.unwrap();
    });
}

#[test]
fn digits_that_were_made_ready_open_nothing_until_they_are_kept() {
    day(async |phone| {
        let me = phone.sign_in("李敏").await;
        let other = person("王芳");
        session::becomes(&phone, &other).unwrap();
        lock::look(&phone).await.unwrap();
        let pin = lock::prepare_pin(&phone, "480213").await.unwrap();
        lock::look(&phone).await.unwrap();
        assert_eq!(
            (phone.lock.get(), lock::unlock(&phone, "480213").await),
            (Lock::New, Err(DeviceError::Locked))
        );
        lock::keep_pin(&phone, pin).await.unwrap();
        assert_eq!(phone.lock.get(), Lock::Open);
        lock::lock(&phone).await.unwrap();
        lock::unlock(&phone, "480213").await.unwrap();

        // Made ready for nobody: where there is a PIN already it changes nothing.
        session::becomes(&phone, &me).unwrap();
        let late = lock::prepare_pin(&phone, "480213").await.unwrap();
        assert_eq!(lock::keep_pin(&phone, late).await, Err(DeviceError::Locked));
        assert_eq!(lock::unlock(&phone, "480213").await, Err(DeviceError::WrongPin));
        lock::unlock(&phone, PIN).await.unwrap();
    });
}

#[test]
fn a_phone_that_nobody_touches_locks_itself() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.start().await;
        phone.work(60).await;
        assert_eq!(phone.lock.get(), Lock::Open, "somebody works with it");
        pass(9).await;
        assert_eq!(phone.lock.get(), Lock::Open);
        pass(2).await;
        assert_eq!(phone.lock.get(), Lock::Closed);
        phone.host.page.happen(PageEvent::Touched);
        assert_eq!(phone.lock.get(), Lock::Closed, "a touch opens nothing");
    });
}

#[test]
fn after_a_working_day_it_locks_however_busy_somebody_is() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.start().await;
        phone.work(11 * 60 + 50).await;
        assert_eq!(phone.lock.get(), Lock::Open);
        phone.work(20).await;
        assert_eq!(phone.lock.get(), Lock::Closed);
    });
}

#[test]
fn a_page_that_comes_back_is_open_for_a_while_and_locked_after_a_rest() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        pass(9).await;
        let soon = phone.reopened();
        lock::look(&soon).await.unwrap();
        assert_eq!((soon.lock.get(), session::current(&soon).is_some()), (Lock::Open, true));
        pass(10).await;
        let late = soon.reopened();
        lock::look(&late).await.unwrap();
        assert_eq!((late.lock.get(), session::current(&late)), (Lock::Closed, None));
    });
}

#[test]
fn a_clock_that_is_set_back_makes_no_rest_shorter() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.host.runtime.set_clock(phone.clock.now() - Duration::days(1));
        let again = phone.reopened();
        lock::look(&again).await.unwrap();
        assert_eq!(again.lock.get(), Lock::Closed);
    });
}

#[test]
fn a_forgotten_pin_says_what_is_lost_and_loses_nothing_of_anybody_else() {
    day(async |phone| {
        let other = phone.sign_in("王芳").await;
        let others_draft = phone.begin().await;
        let me = phone.sign_in("李敏").await;
        let unfinished = phone.begin().await;
        phone.inspect().await;
        phone.photo(1_000).await;
        lock::lock(&phone).await.unwrap();
        assert_eq!(lock::would_be_lost(&phone).await.unwrap(), Lost { drafts: 1, unsent: 1, photos: 1 });
        lock::forget(&phone).await.unwrap();
        assert_eq!(session::owner(&phone), None, "who sets a new PIN signs in first");
        session::becomes(&phone, &me).unwrap();
        lock::look(&phone).await.unwrap();
        assert_eq!(
            (phone.lock.get(), lock::would_be_lost(&phone).await.unwrap()),
            (Lock::New, Lost::default())
        );
        lock::set_pin(&phone, "480213").await.unwrap();
        assert_eq!(drafts::get(&phone, unfinished.id).await.unwrap(), None);
        session::becomes(&phone, &other).unwrap();
        lock::look(&phone).await.unwrap();
        lock::unlock(&phone, PIN).await.unwrap();
        assert_eq!(drafts::get(&phone, others_draft.id).await.unwrap(), Some(others_draft));
    });
}

#[test]
fn a_pin_that_was_set_while_another_tab_still_tried_the_old_one_stays() {
    day(async |phone| {
        let me = phone.sign_in("李敏").await;
        lock::lock(&phone).await.unwrap();
        let other = Phone::on(phone.host.another_tab(), phone.office.clone());
        let mut trying = pin!(lock::unlock(&other, PIN));
        // The tab falls asleep while the key is derived.
        assert!(trying.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        lock::forget(&phone).await.unwrap();
        session::becomes(&phone, &me).unwrap();
        lock::look(&phone).await.unwrap();
        lock::set_pin(&phone, "480213").await.unwrap();
        let draft = phone.begin().await;
        assert_eq!(trying.await, Err(DeviceError::Locked));
        lock::lock(&phone).await.unwrap();
        lock::unlock(&phone, "480213").await.unwrap();
        assert_eq!(drafts::get(&phone, draft.id).await.unwrap(), Some(draft));
    });
}

#[test]
fn what_was_written_beside_visits_is_lost_with_the_pin_too_and_is_told_of() {
    day(async |phone| {
        let me = phone.sign_in("李敏").await;
        phone.begin().await;
        let report = ActionDraft { words: "飞线充电".into(), ..ActionDraft::default() };
        assert!(quick_reports::save(&phone, phone.clock.new_id(), &report));
        let about = TaskSubject::Visit { site: site().id, forms: vec![] };
        assert!(tasks::keep(&phone, &BegunTask { about, person: None, note: String::new(), until: None }));
        assert_eq!(begun::count(&phone).await, Ok(3));
        lock::lock(&phone).await.unwrap();
        assert_eq!(lock::would_be_lost(&phone).await, Ok(Lost { drafts: 3, unsent: 0, photos: 0 }));
        lock::forget(&phone).await.unwrap();
        session::becomes(&phone, &me).unwrap();
        assert_eq!(lock::would_be_lost(&phone).await, Ok(Lost::default()));
    });
}

#[test]
fn what_the_browser_cleared_away_is_noticed() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        assert!(!lock::was_cleared(&phone));
        phone.host.storage.clear();
        // The cookie and who it is stayed where they were.
        let again = Device::new(phone.host.reopened());
        assert!(lock::was_cleared(&again));
    });
}
