//! Pictures of forms: they come behind the forms, are shown without signal, and go when nothing shows them any more.

use crate::support::*;
use client::{db, drafts, photos, platform::Unreachable};
use client_fixtures::{form_of, pass_fail, text};
use domain::{
    device::{StoreName, form_pictures::FormPictures, key},
    form::Form,
    photo::PhotoHash,
    sync::{Envelope, RecordKind, form_id},
    visit::VisitNature,
};
use serde_json::json;
use std::cell::Cell;

const GAUGE: &[u8] = b"a gauge in the green";
const HOSE: &[u8] = b"a hose without a crack";

/// A form whose first question shows this picture.
fn showing(version: u32, picture: &[u8]) -> Form {
    let mut question = pass_fail("a");
    question["question"]["picture"] =
        json!({ "image": PhotoHash::of(picture), "description": text("压力表") });
    Form { version, ..form_of(&[question, pass_fail("b")]) }
}

async fn small(phone: &Phone, picture: &[u8]) -> Option<Vec<u8>> {
    let found = photos::find(phone, &PhotoHash::of(picture), false).await.unwrap();
    found.map(|found| found.bytes)
}

fn asked(phone: &Phone) -> usize {
    phone.office.times("GET", "/api/v1/attachments/").len()
}

#[test]
fn the_pictures_of_forms_come_once_and_are_shown_without_signal() {
    day(async |phone| {
        phone.office.hold(GAUGE);
        let forms = [showing(1, GAUGE), Form { id: "doors".into(), ..showing(1, GAUGE) }, form_of(&[])];
        let forms = forms.into_iter().zip(1..).map(|(form, version)| Form { version, ..form });
        phone.office.records.replace(forms.map(|form| Envelope::of(&form).unwrap()).collect());
        phone.sign_in("李敏").await;
        phone.start().await;
        phone.host.network.cut();
        assert_eq!(small(&phone, GAUGE).await.as_deref(), Some(GAUGE));
        let full = photos::find(&phone, &PhotoHash::of(GAUGE), true).await.unwrap().unwrap();
        assert!(full.exact && full.bytes == GAUGE, "it is small enough to be looked at closely");
        assert_eq!(asked(&phone), 1);
    });
}

#[test]
fn a_picture_that_cannot_be_had_is_asked_for_once_and_what_is_no_picture_is_not_kept() {
    day(async |phone| {
        phone.office.answer_with(GAUGE, b"<html>Please accept our terms</html>");
        let form = showing(1, GAUGE);
        let other = Form { id: "doors".into(), ..showing(1, HOSE) };
        phone.office.records.replace([form, other].map(|form| Envelope::of(&form).unwrap()).to_vec());
        phone.sign_in("李敏").await;
        phone.start().await;
        pass(2).await;
        assert_eq!((small(&phone, GAUGE).await, small(&phone, HOSE).await), (None, None));
        assert_eq!(asked(&phone), 2);
    });
}

#[test]
fn a_picture_that_did_not_come_is_asked_for_when_the_line_is_there_again() {
    day(async |phone| {
        phone.office.hold(GAUGE);
        phone.office.records.replace(vec![Envelope::of(&showing(1, GAUGE)).unwrap()]);
        phone.sign_in("李敏").await;
        let (office, clock, breaks_off) = (phone.office.clone(), phone.clock.clone(), Cell::new(true));
        phone.host.network.answer(move |asked| {
            let is_lost = asked.path.starts_with("/api/v1/attachments/") && breaks_off.replace(false);
            let answer = if is_lost { Err(Unreachable) } else { office.answer(&asked, clock.now()) };
            async move { answer }
        });
        phone.start().await;
        assert_eq!((small(&phone, GAUGE).await, asked(&phone)), (None, 0));
        phone.work(10).await;
        assert_eq!(small(&phone, GAUGE).await.as_deref(), Some(GAUGE));
        assert_eq!(asked(&phone), 1);
    });
}

#[test]
fn pictures_go_with_the_last_form_or_draft_that_shows_them() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let drafted = showing(8, HOSE);
        drafts::begin(&phone, &site(), &drafted, VisitNature::Patrol).await.unwrap();
        let mut known = FormPictures::default();
        for form in [showing(7, GAUGE), drafted] {
            let key = domain::sync::key(RecordKind::Form, &form_id(&form.id, form.version));
            known.put(key, form.pictures().into_iter().cloned().collect());
        }
        db::write(&phone.db, &[StoreName::Meta, StoreName::Thumbnails], async |tx| {
            for picture in [GAUGE, HOSE] {
                tx.put_bytes(StoreName::Thumbnails, PhotoHash::of(picture).as_str(), picture).await?;
            }
            tx.put(StoreName::Meta, key::FORM_PICTURES, &known).await
        })
        .await
        .unwrap();
        phone.start().await;
        assert_eq!(small(&phone, GAUGE).await, None, "neither version is here any more");
        assert_eq!(small(&phone, HOSE).await.as_deref(), Some(HOSE), "what was begun is finished with it");
    });
}
