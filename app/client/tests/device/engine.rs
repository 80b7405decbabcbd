//! What the engine does by itself: sends, waits, asks again, and lets go of nothing without a receipt.

use crate::{office::Fault, support::*};
use chrono::Duration;
use client::{DeviceError, db, engine, lock, outbox, platform::PageEvent, records};
use domain::{
    device::{StoreName, key, submission::SubmissionState},
    sync::{Envelope, Payload},
};

#[test]
fn what_is_submitted_is_sent_and_let_go_of_for_its_receipt() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.inspect().await;
        assert!(matches!(phone.submissions().await[0].state, SubmissionState::Waiting { last_try: None }));
        phone.start().await;
        let submissions = phone.submissions().await;
        assert!(
            matches!(&submissions[0].state, SubmissionState::Received { receipt } if receipt.number == "HZ-2026-000001")
        );
        assert_eq!(phone.queued().await, 0);
        let operations = phone.office.operations.borrow();
        assert!(matches!(operations[0].0.payload, Payload::SubmitVisit(_)));
        assert_eq!(operations.len(), 1);
        assert!(phone.line.get().online && phone.line.get().last_contact.is_some());
    });
}

#[test]
fn what_the_office_sends_is_there_to_be_read() {
    day(async |phone| {
        phone.office.records.replace(vec![Envelope::of(&site()).unwrap(), Envelope::of(&form()).unwrap()]);
        phone.sign_in("李敏").await;
        phone.start().await;
        assert_eq!(records::sites(&phone).await.unwrap().known, [site()]);
        let elsewhere = phone.clock.new_id();
        assert_eq!(records::sites_of(&phone, [site().id, elsewhere].into_iter()).await.unwrap(), [site()]);
        assert_eq!(records::sites_of(&phone, [elsewhere].into_iter()).await.unwrap(), []);
        assert_eq!(records::forms(&phone).await.unwrap().known, [form()]);
        assert!(records::last_pull(&phone).await.unwrap().is_some());
    });
}

#[test]
fn a_receipt_for_something_else_is_none() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.inspect().await;
        phone.office.fail([Fault::WrongReceipt]);
        phone.start().await;
        assert_eq!(phone.queued().await, 1);
        assert!(matches!(phone.submissions().await[0].state, SubmissionState::Waiting { last_try: Some(_) }));
    });
}

#[test]
fn an_answer_that_is_lost_is_asked_for_again_and_nothing_is_done_twice() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.inspect().await;
        phone.office.fail([Fault::AnswerLost, Fault::Lost, Fault::Says(502)]);
        phone.start().await;
        pass(5).await;
        assert!(matches!(phone.submissions().await[0].state, SubmissionState::Received { .. }));
        assert_eq!(phone.office.operations.borrow().len(), 1);
    });
}

#[test]
fn without_signal_work_waits_and_goes_when_signal_is_back() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.host.network.cut();
        phone.host.page.happen(PageEvent::Offline);
        phone.start().await;
        phone.inspect().await;
        phone.work(60).await;
        assert_eq!((phone.queued().await, phone.line.get().online), (1, false));
        phone.connect();
        phone.host.page.happen(PageEvent::Online);
        // At once, however long the wait was.
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        assert_eq!((phone.queued().await, phone.line.get().online), (0, true));
    });
}

#[test]
fn tries_without_an_answer_come_at_longer_and_longer_intervals_of_ten_minutes_at_the_most() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.inspect().await;
        phone.office.fail([Fault::Lost; 1_000]);
        phone.start().await;
        phone.work(120).await;
        let tries = phone.office.times("POST", "/api/v1/sync");
        let issues: Vec<Duration> = tries.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert!((10..40).contains(&tries.len()), "{}", tries.len());
        assert!(issues[0] <= Duration::seconds(2), "{}", issues[0]);
        let longest = issues.iter().max().unwrap();
        assert!((Duration::minutes(5)..=Duration::minutes(10)).contains(longest), "{longest}");
    });
}

#[test]
fn a_session_that_has_expired_waits_for_a_person() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.inspect().await;
        phone.office.fail([Fault::Says(401)]);
        phone.start().await;
        assert!(phone.line.get().signed_out);
        let tries = phone.office.times("POST", "/api/v1/sync").len();
        pass(5).await;
        assert_eq!(phone.office.times("POST", "/api/v1/sync").len(), tries, "nobody has signed in");
        client::account::sign_in(&phone, "李敏", "a password").await.unwrap();
        pass(1).await;
        assert_eq!((phone.queued().await, phone.line.get().signed_out), (0, false));
    });
}

#[test]
fn an_answer_that_cannot_be_written_down_is_asked_for_again() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.inspect().await;
        let (office, clock, storage) =
            (phone.office.clone(), phone.clock.clone(), phone.host.storage.clone());
        phone.host.network.answer(move |asked| {
            if office.asked.borrow().iter().filter(|(_, path, _)| path == "/api/v1/sync").count() == 0 {
                storage.fail_next_write(DeviceError::StorageFull);
            }
            let answer = office.answer(&asked, clock.now());
            async move { answer }
        });
        phone.start().await;
        assert_eq!((phone.queued().await, phone.office.ids().len()), (0, 1));
        assert_eq!(
            phone.office.times("POST", "/api/v1/sync").len(),
            3,
            "twice, and that nothing waits any more"
        );
    });
}

#[test]
fn a_locked_phone_sends_nothing_until_it_is_opened() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.inspect().await;
        lock::lock(&phone).await.unwrap();
        phone.start().await;
        pass(60).await;
        assert_eq!(phone.office.times("POST", "/api/v1/sync").len(), 0);
        lock::unlock(&phone, PIN).await.unwrap();
        pass(1).await;
        assert_eq!((phone.queued().await, phone.office.ids().len()), (0, 1));
    });
}

#[test]
fn of_two_tabs_one_works_and_both_know_what_happened() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.start().await;
        let other = Phone::on(phone.host.another_tab(), phone.office.clone());
        lock::look(&other).await.unwrap();
        assert_eq!(other.lock.get(), lock::Lock::Open, "what is open in one tab opens in the next");
        engine::start(&other);
        pass(1).await;
        let asked = phone.office.times("POST", "/api/v1/sync").len();
        other.inspect().await;
        pass(1).await;
        assert_eq!(
            phone.office.times("POST", "/api/v1/sync").len(),
            asked + 2,
            "the work, and that it is sent"
        );
        assert!(matches!(other.submissions().await[0].state, SubmissionState::Received { .. }));
        assert!(phone.line.get().last_contact > other.line.get().last_contact, "the first one has sent it");
        lock::lock(&phone).await.unwrap();
        pass(1).await;
        assert_eq!(outbox::all(&other).await, Err(DeviceError::Locked), "locked here is locked there");
    });
}

#[test]
fn the_phones_clock_is_compared_with_the_offices() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let right = phone.clock.now();
        // Set ahead by two hours; the office goes by its own.
        phone.host.runtime.set_clock(right + Duration::hours(2));
        let (office, began) = (phone.office.clone(), tokio::time::Instant::now());
        phone.host.network.answer(move |asked| {
            let now = right + Duration::from_std(began.elapsed()).unwrap();
            let answer = office.answer(&asked, now);
            async move { answer }
        });
        lock::unlock(&phone, PIN).await.unwrap();
        phone.start().await;
        let off = phone.clock.now() - phone.clock.office_now();
        assert!((Duration::minutes(119)..=Duration::minutes(121)).contains(&off), "{off}");
        let again = phone.reopened();
        again.host.network.cut();
        assert_eq!(again.clock.office_now(), again.clock.now(), "before anything is read it counts as right");
        again.start().await;
        assert_eq!(again.clock.now() - again.clock.office_now(), off);
    });
}

#[test]
fn what_the_engine_did_is_told_when_somebody_asks() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.office.fail([Fault::Lost]);
        phone.start().await;
        client::diagnostics::send(&phone).await.unwrap();
        pass(1).await;
        assert_eq!(phone.submissions().await, [], "a report is nobody's piece of work");
        let operations = phone.office.operations.borrow();
        let Payload::Diagnostics(report) = &operations[0].0.payload else { panic!("{:?}", operations[0].0) };
        let told: Vec<(&str, &str)> =
            report.entries.iter().map(|noted| (noted.what.as_str(), noted.came.as_str())).collect();
        assert!(told.contains(&("start", "ok")) && told.contains(&("sync", "NoAnswer")), "{told:?}");
    });
}

#[test]
fn a_fresh_name_is_kept_for_the_phone() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.start().await;
        let name = async |phone: &Phone| -> Option<domain::id::DeviceId> {
            db::read(&phone.db, &[StoreName::Meta], async |tx| tx.get(StoreName::Meta, key::DEVICE).await)
                .await
                .unwrap()
        };
        let first = name(&phone).await;
        assert!(first.is_some());
        assert_eq!(name(&phone.reopened()).await, first);
    });
}
