//! Which versions of forms are asked, and which of them are read to find that out.

use crate::support::*;
use chrono::{Days, NaiveDate};
use client::{db, diagnostics, outbox, platform::StoredValue, records};
use domain::{
    device::StoreName,
    form::{Form, Validity},
    id::HazardId,
    sector::Sector,
    sync::{RecordKind, form_id, key},
};
use serde_json::json;

fn version(version: u32, from: Option<NaiveDate>, until: Option<NaiveDate>) -> Form {
    Form { version, validity: Validity { from, until }, ..form() }
}

async fn keep(phone: &Phone, forms: &[Form]) {
    db::write(&phone.db, &[StoreName::Records], async |tx| {
        for form in forms {
            tx.put_record(form).await?;
        }
        tx.put_record(&site()).await
    })
    .await
    .unwrap();
}

async fn in_use(phone: &Phone) -> Option<u32> {
    let all = records::forms(phone).await.unwrap().known;
    let one = records::form_in_use(phone, &form().id).await.unwrap();
    assert_eq!(all.first(), one.as_ref());
    one.map(|form| form.version)
}

#[test]
fn the_newest_version_that_has_begun_is_asked_and_none_where_that_was_withdrawn() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let today = phone.clock.today();
        let (tomorrow, yesterday) = (today.succ_opt().unwrap(), today - Days::new(1));
        assert_eq!(in_use(&phone).await, None);
        keep(&phone, &[version(9, None, None), version(10, None, None)]).await;
        assert_eq!(in_use(&phone).await, Some(10), "ten comes after nine");
        keep(&phone, &[version(11, Some(tomorrow), None)]).await;
        assert_eq!(in_use(&phone).await, Some(10));
        keep(&phone, &[version(10, None, Some(yesterday))]).await;
        assert_eq!(in_use(&phone).await, None, "nobody goes back to the ninth");
        keep(&phone, &[version(11, Some(today), None)]).await;
        assert_eq!(in_use(&phone).await, Some(11));
    });
}

#[test]
fn a_version_for_a_newer_app_is_counted_and_the_one_before_it_is_asked() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        keep(&phone, &[version(1, None, None)]).await;
        let later =
            json!({ "schema": RecordKind::Form.schema() + 1, "body": { "asks": "what nobody knows" } });
        db::write(&phone.db, &[StoreName::Records], async |tx| {
            tx.put(StoreName::Records, &key(RecordKind::Form, &form_id(&form().id, 2)), &later).await
        })
        .await
        .unwrap();
        let forms = records::forms(&phone).await.unwrap();
        assert_eq!((forms.known, forms.newer), (vec![version(1, None, None)], vec![later["body"].clone()]));
        assert_eq!(in_use(&phone).await, Some(1));
    });
}

#[test]
fn what_was_asked_before_is_told_by_the_versions_before() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let other = Form { id: "doors".into(), ..form() };
        let all = [1, 2, 3, 4].map(|number| version(number, None, None));
        keep(&phone, &all).await;
        keep(&phone, &[other]).await;
        let earlier = records::earlier_versions(&phone, &form().id, 3).await.unwrap();
        assert_eq!(earlier, [all[1].clone(), all[0].clone()]);
    });
}

/// How often the phone's log says that a record could not be read.
async fn noted(phone: &Phone) -> usize {
    diagnostics::send(phone).await.unwrap();
    pass(1).await;
    let operations = phone.office.operations.borrow();
    let told = serde_json::to_string(&operations.last().unwrap().0).unwrap();
    told.matches(r#""what":"record","came":"records""#).count()
}

#[test]
fn what_was_found_takes_its_sector_from_the_newest_version_and_no_other_form_is_read() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.start().await;
        phone.host.network.cut();
        let newest = Form { sector: Sector::General, ..version(2, None, None) };
        keep(&phone, &[version(1, None, None), newest]).await;
        // Whoever reads it notes that it cannot be read.
        let damaged = key(RecordKind::Form, &form_id(&"doors".into(), 1));
        phone.host.storage.put(StoreName::Records, &damaged, StoredValue::Text("[]".into()));

        let report = async |form: Option<&str>| -> HazardId {
            let found = domain::hazard::Found { form: form.map(Into::into), ..found(vec![]) };
            outbox::report(&phone, site().id, found, "飞线充电".into()).await.unwrap()
        };
        let (by_form, seen) = (report(Some("shed")).await, report(None).await);
        let sector = async |id| records::hazard(&phone, id).await.unwrap().unwrap().place.sector;
        assert_eq!((sector(by_form).await, sector(seen).await), (Sector::General, site().sector));

        phone.connect();
        assert_eq!(noted(&phone).await, 0);
        records::forms(&phone).await.unwrap();
        assert_eq!(noted(&phone).await, 1);
    });
}
