//! What the office is told of the work that waits here.

use crate::{
    office::Fault,
    support::{PIN, Phone, day, pass},
};
use client::{lock, platform::StoredValue};
use domain::{
    device::{
        StoreName,
        heartbeat::{Heartbeat, Unsent},
        key,
    },
    sync::SyncRequest,
};

/// What was said, in order.
fn said(phone: &Phone) -> Vec<Heartbeat> {
    phone.office.syncs.borrow().iter().filter_map(|request| request.heartbeat.clone()).collect()
}

fn is_only_said(request: &SyncRequest) -> bool {
    request.operations.is_empty() && !request.pull && request.heartbeat.is_some()
}

#[test]
fn what_waits_is_said_with_the_work_and_that_it_is_gone_once_it_is() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.inspect().await;
        let draft = phone.begin().await;
        phone.start().await;
        let said = said(&phone);
        assert_eq!(said[0].unsent, Unsent { visits: 1, ..Unsent::default() });
        assert_eq!((said[0].drafts, said[0].oldest.is_some()), (1, true), "{draft:?} is begun");
        let last = said.last().unwrap();
        assert_eq!((last.unsent, last.oldest), (Unsent::default(), None));
        assert!(said.windows(2).all(|pair| pair[0].number < pair[1].number), "{said:?}");
        let told = phone.office.syncs.borrow().iter().filter(|request| is_only_said(request)).count();
        assert_eq!(told, 1, "nothing has changed since");
        // With each sync that fetches what is new, too.
        let before = said.len();
        phone.work(16).await;
        assert!(phone.office.syncs.borrow().iter().all(|request| request.heartbeat.is_some()));
        assert!(self::said(&phone).len() >= before + 2);
    });
}

#[test]
fn after_a_day_without_contact_it_is_said_before_anything_is_sent() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.start().await;
        phone.host.network.cut();
        phone.inspect().await;
        phone.work(25 * 60).await;
        let before = phone.office.syncs.borrow().len();
        phone.connect();
        // Another day has begun meanwhile.
        lock::look(&phone).await.unwrap();
        if phone.encryption.owner().is_none() {
            lock::unlock(&phone, PIN).await.unwrap();
        }
        phone.work(20).await;
        let syncs = phone.office.syncs.borrow();
        let first = &syncs[before];
        assert!(is_only_said(first), "{first:?}");
        assert_eq!(first.heartbeat.as_ref().unwrap().unsent.visits, 1);
        assert!(first.heartbeat.as_ref().unwrap().last_sync.is_some());
        assert_eq!(phone.office.ids().len(), 1, "and then the work goes");
        let last = syncs.last().and_then(|request| request.heartbeat.clone()).unwrap();
        assert!(last.unsent.is_nothing());
    });
}

#[test]
fn an_office_that_does_not_listen_gets_the_work_and_is_not_pestered() {
    day(async |phone| {
        phone.office.is_deaf.set(true);
        phone.sign_in("李敏").await;
        phone.inspect().await;
        phone.start().await;
        assert_eq!((phone.queued().await, phone.office.ids().len()), (0, 1));
        phone.work(60).await;
        let told = phone.office.syncs.borrow().iter().filter(|request| is_only_said(request)).count();
        assert!(told <= 13, "{told} times in an hour");
    });
}

#[test]
fn what_could_not_be_said_is_said_later_and_holds_up_nothing() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.start().await;
        // The work goes through, the word that it has gone does not.
        let (office, clock) = (phone.office.clone(), phone.clock.clone());
        phone.host.network.answer(move |asked| {
            let is_only_said =
                serde_json::from_slice(&asked.body).is_ok_and(|request| is_only_said(&request));
            if is_only_said && office.faults.borrow().is_empty() {
                office.fail([Fault::Says(500)]);
            }
            let answer = office.answer(&asked, clock.now());
            async move { answer }
        });
        phone.inspect().await;
        pass(2).await;
        assert_eq!((phone.queued().await, phone.office.ids().len()), (0, 1));
        phone.connect();
        phone.work(15).await;
        assert!(said(&phone).last().unwrap().unsent.is_nothing());
    });
}

#[test]
fn what_was_said_last_holds_up_nothing_where_it_cannot_be_read() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.start().await;
        phone.host.storage.put(StoreName::Meta, key::TOLD, StoredValue::Text("of a later version".into()));
        phone.inspect().await;
        pass(2).await;
        assert_eq!((phone.queued().await, phone.office.ids().len()), (0, 1));
        assert!(said(&phone).last().unwrap().unsent.is_nothing());
    });
}
