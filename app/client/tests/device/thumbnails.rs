//! Small pictures of open hazards, fetched in idle times, so that lists show them offline.

use crate::support::*;
use client::{
    photos,
    platform::{Response, Unreachable},
};
use domain::{
    hazard::{Hazard, Issued},
    photo::PhotoHash,
    sync::Envelope,
};
use std::{cell::RefCell, rc::Rc};

/// What this phone keeps of a hazard's small picture where it is answered so.
fn kept_of(answer: Result<Response, Unreachable>) -> Option<Vec<u8>> {
    let mut kept = None;
    day(async |phone| {
        let hash = PhotoHash::of(b"elsewhere");
        phone.office.records.replace(vec![Envelope::of(&open(&phone, &hash)).unwrap()]);
        phone.sign_in("李敏").await;
        let (office, clock) = (phone.office.clone(), phone.clock.clone());
        phone.host.network.answer(move |asked| {
            let asks_for_it = asked.path.ends_with("/thumbnail");
            let answer = if asks_for_it { answer.clone() } else { office.answer(&asked, clock.now()) };
            async move { answer }
        });
        phone.start().await;
        phone.host.network.cut();
        kept = photos::find(&phone, &hash, false).await.unwrap().map(|found| found.bytes);
    });
    kept
}

/// Found just now, with this photo.
fn open(phone: &Phone, photo: &PhotoHash) -> Hazard {
    let by = person("李敏").actor;
    let at = phone.clock.now();
    let issued = Issued { id: phone.clock.new_id(), at, received_at: Some(at), by: &by };
    let found = found(vec![photo.clone()]);
    Hazard::open(phone.clock.new_id(), site().resource_scope(), None, found, &issued).unwrap()
}

type Headers<'a> = &'a [(&'static str, &'a str)];

fn said(headers: Headers<'_>, body: &[u8]) -> Response {
    let headers = headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    Response { status: 200, headers, body: body.to_vec() }
}

const JPEG: (&str, &str) = ("content-type", "image/jpeg");

#[test]
fn all_small_pictures_are_kept_and_each_is_asked_for_once() {
    day(async |phone| {
        let hashes = [&b"one"[..], b"two", b"three"].map(PhotoHash::of);
        let hazards = hashes.iter().map(|hash| Envelope::of(&open(&phone, hash)).unwrap()).collect();
        phone.office.records.replace(hazards);
        phone.sign_in("李敏").await;
        let (office, clock) = (phone.office.clone(), phone.clock.clone());
        let asked_for = Rc::new(RefCell::new(vec![]));
        let counted = asked_for.clone();
        phone.host.network.answer(move |asked| {
            let answer = if asked.path.ends_with("/thumbnail") {
                counted.borrow_mut().push(asked.path.clone());
                // The server has all but the second.
                match counted.borrow().len() {
                    2 => Ok(Response { status: 404, headers: vec![], body: vec![] }),
                    _ => Ok(said(&[JPEG], &File::jpeg(1_000).bytes)),
                }
            } else {
                office.answer(&asked, clock.now())
            };
            async move { answer }
        });
        phone.start().await;
        phone.host.network.cut();
        let mut kept = 0;
        for hash in &hashes {
            kept += usize::from(photos::find(&phone, hash, false).await.unwrap().is_some());
        }
        assert_eq!((asked_for.borrow().len(), kept), (3, 2));
    });
}

#[test]
fn a_small_picture_is_kept_for_when_there_is_no_signal() {
    let picture = File::jpeg(1_000).bytes;
    let length = ("content-length", "1000");
    for headers in [&[JPEG, length][..], &[JPEG][..], &[("content-type", "image/jpeg; charset=binary")][..]] {
        assert_eq!(kept_of(Ok(said(headers, &picture))).as_ref(), Some(&picture), "{headers:?}");
    }
    // A proxy has packed it, to no avail.
    let packed = [JPEG, ("content-length", "1023"), ("content-encoding", "gzip")];
    assert_eq!(kept_of(Ok(said(&packed, &picture))), Some(picture));
}

#[test]
fn a_portals_page_and_half_an_answer_are_kept_as_no_picture() {
    let picture = File::jpeg(1_000).bytes;
    let page = b"<html><title>Welcome</title>Please accept our terms</html>";
    let html = ("content-type", "text/html");
    let cases: [(Headers<'_>, &[u8]); 6] = [
        (&[html], page),
        (&[JPEG], page),
        (&[html], &picture),
        (&[], &picture),
        (&[JPEG], &[]),
        (&[JPEG, ("content-length", "1000")], &picture[..500]),
    ];
    for (headers, body) in cases {
        assert_eq!(kept_of(Ok(said(headers, body))), None, "{headers:?}, {} bytes", body.len());
    }
}
