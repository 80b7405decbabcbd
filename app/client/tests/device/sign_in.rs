//! One person after the other on the same phone, with and without signal.

use crate::{office::Fault, support::*};
use client::{
    DeviceError, account, db,
    lock::{self, Lock},
    outbox,
    platform::PageEvent,
    records, session,
};
use domain::{device::StoreName, sync::Envelope};

#[test]
fn a_wrong_password_changes_nothing() {
    day(async |phone| {
        phone.office.expect(person("李敏"));
        phone.office.fail([Fault::Says(401)]);
        assert_eq!(account::sign_in(&phone, "李敏", "wrong").await, Err(DeviceError::WrongPassword));
        assert_eq!((session::owner(&phone), session::current(&phone)), (None, None));
        phone.host.network.cut();
        assert_eq!(account::sign_in(&phone, "李敏", "right").await, Err(DeviceError::Offline));
    });
}

#[test]
fn where_the_browser_keeps_no_settings_nobody_is_signed_in() {
    day(async |phone| {
        phone.office.expect(person("李敏"));
        phone.host.settings.refuse(true);
        assert_eq!(account::sign_in(&phone, "李敏", "right").await, Err(DeviceError::NoLocalStorage));
    });
}

#[test]
fn who_signs_out_takes_the_records_along_and_leaves_unsent_work_for_their_return() {
    day(async |phone| {
        phone.office.records.replace(vec![Envelope::of(&site()).unwrap()]);
        phone.sign_in("李敏").await;
        phone.start().await;
        phone.host.network.cut();
        phone.host.page.happen(PageEvent::Offline);
        phone.inspect().await;
        account::sign_out(&phone).await.unwrap();
        assert_eq!((session::owner(&phone), phone.lock.get()), (None, Lock::Unknown));
        let kept =
            db::read(&phone.db, &[StoreName::Records], async |tx| tx.keys(StoreName::Records).await).await;
        assert_eq!((kept.unwrap().len(), phone.queued().await), (0, 1));

        // Signal is back: the server hears of the sign-out before anybody else comes in.
        phone.connect();
        phone.host.page.happen(PageEvent::Online);
        pass(1).await;
        assert_eq!(phone.office.times("DELETE", "/api/v1/session").len(), 1);
        assert_eq!(phone.office.ids(), [], "nobody's work was sent");

        phone.sign_in("王芳").await;
        pass(1).await;
        assert_eq!((phone.submissions().await, phone.office.ids()), (vec![], vec![]));
        account::sign_out(&phone).await.unwrap();

        phone.office.expect(person("李敏"));
        account::sign_in(&phone, "李敏", "a password").await.unwrap();
        lock::look(&phone).await.unwrap();
        assert_eq!(phone.lock.get(), Lock::Closed);
        lock::unlock(&phone, PIN).await.unwrap();
        pass(1).await;
        assert_eq!(
            (phone.submissions().await.len(), phone.office.ids().len(), phone.queued().await),
            (1, 1, 0)
        );
    });
}

#[test]
fn what_comes_for_one_person_is_not_written_for_the_next() {
    day(async |phone| {
        phone.office.records.replace(vec![Envelope::of(&site()).unwrap()]);
        phone.sign_in("李敏").await;
        let (office, device) = (phone.office.clone(), phone.device.clone());
        phone.host.network.answer(move |asked| {
            let (office, device) = (office.clone(), device.clone());
            async move {
                let answer = office.answer(&asked, device.clock.now());
                if asked.path == "/api/v1/sync" {
                    // While the answer is on its way, somebody else takes the phone.
                    session::becomes(&device, &person("王芳")).unwrap();
                    lock::look(&device).await.unwrap();
                }
                answer
            }
        });
        phone.start().await;
        assert_eq!(phone.lock.get(), Lock::New);
        let kept =
            db::read(&phone.db, &[StoreName::Records], async |tx| tx.keys(StoreName::Records).await).await;
        assert_eq!(kept.unwrap(), [] as [String; 0]);
    });
}

#[test]
fn somebody_elses_work_is_neither_shown_nor_sent() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.inspect().await;
        phone.sign_in("王芳").await;
        phone.start().await;
        pass(5).await;
        assert_eq!((phone.submissions().await, phone.office.ids()), (vec![], vec![]));
        assert!(outbox::holds_anything(&phone).await.unwrap());
        assert_eq!(records::sites(&phone).await.unwrap().known, []);
    });
}

/// The keys of all records that lie on the phone.
async fn keys_of_records(phone: &Phone) -> Vec<String> {
    db::read(&phone.db, &[StoreName::Records], async |tx| tx.keys(StoreName::Records).await).await.unwrap()
}

#[test]
fn the_first_pull_comes_while_the_pin_is_chosen_and_lies_nowhere_before() {
    day(async |phone| {
        phone.office.records.replace(vec![Envelope::of(&site()).unwrap()]);
        phone.start().await;
        phone.office.expect(person("李敏"));
        account::sign_in(&phone, "李敏", "a password").await.unwrap();
        pass(7).await;
        assert_eq!(phone.lock.get(), Lock::New);
        assert_eq!(
            phone.office.times("POST", "/api/v1/sync").len(),
            1,
            "asked for once, however long it takes"
        );
        assert_eq!(keys_of_records(&phone).await, [] as [String; 0], "there is no key to seal it with");

        phone.host.network.cut();
        lock::set_pin(&phone, PIN).await.unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        assert_eq!(records::sites(&phone).await.unwrap().known, [site()], "it was here already");
        let off = phone.clock.now() - phone.clock.office_now();
        assert!(off.abs() < chrono::Duration::seconds(1), "the clocks are compared as of the answer: {off}");

        // What has changed meanwhile is asked for as soon as there is a line.
        phone.connect();
        phone.host.page.happen(PageEvent::Online);
        pass(1).await;
        assert_eq!(phone.office.times("POST", "/api/v1/sync").len(), 2);
    });
}

#[test]
fn a_first_pull_that_nobody_chose_a_pin_for_goes_with_its_person() {
    day(async |phone| {
        phone.office.records.replace(vec![Envelope::of(&site()).unwrap()]);
        phone.start().await;
        phone.office.expect(person("李敏"));
        account::sign_in(&phone, "李敏", "a password").await.unwrap();
        pass(1).await;
        account::sign_out(&phone).await.unwrap();
        pass(1).await;
        phone.office.records.replace(vec![]);
        phone.sign_in("王芳").await;
        pass(1).await;
        assert_eq!(keys_of_records(&phone).await, [] as [String; 0]);
    });
}

#[test]
fn a_first_pull_that_comes_when_the_phone_is_locked_stays_in_no_memory() {
    day(async |phone| {
        phone.office.records.replace(vec![Envelope::of(&site()).unwrap()]);
        let (office, device) = (phone.office.clone(), phone.device.clone());
        phone.host.network.answer(move |asked| {
            let (office, device) = (office.clone(), device.clone());
            async move {
                let answer = office.answer(&asked, device.clock.now());
                if asked.path == "/api/v1/sync" {
                    // While the answer is on its way, the PIN is set, and the phone locked.
                    lock::set_pin(&device, PIN).await.unwrap();
                    lock::lock(&device).await.unwrap();
                }
                answer
            }
        });
        phone.start().await;
        phone.office.expect(person("李敏"));
        account::sign_in(&phone, "李敏", "a password").await.unwrap();
        pass(1).await;
        assert_eq!(phone.lock.get(), Lock::Closed);
        phone.host.network.cut();
        lock::unlock(&phone, PIN).await.unwrap();
        pass(1).await;
        assert_eq!(keys_of_records(&phone).await, [] as [String; 0], "it has to be asked for anew");
        phone.connect();
        phone.host.page.happen(PageEvent::Online);
        pass(1).await;
        assert_eq!(records::sites(&phone).await.unwrap().known, [site()]);
    });
}
