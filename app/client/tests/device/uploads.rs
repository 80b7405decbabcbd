//! Photos on their way: in pieces, on from where they stopped, whole or not at all.

use crate::{office::Fault, support::*};
use client::{action_drafts, action_drafts::ActionDraft, db, outbox, photos, platform::Unreachable};
use domain::{
    device::{StoreName, submission::SubmissionState},
    id::HazardId,
    photo::PhotoHash,
    sync::{Reason, Unpacking},
};
use uuid::Uuid;

const BYTES: usize = 1_500_000;

async fn report(phone: &Phone) -> PhotoHash {
    db::write(&phone.db, &[StoreName::Records], async |tx| tx.put_record(&site()).await).await.unwrap();
    let photo = phone.photo(BYTES).await;
    let found = found(vec![photo.clone()]);
    outbox::report(phone, site().id, found, "飞线充电".into()).await.unwrap();
    photo
}

/// As this phone keeps it.
async fn kept(phone: &Phone, photo: &PhotoHash) -> Vec<u8> {
    photos::find(phone, photo, true).await.unwrap().unwrap().bytes
}

#[test]
fn a_photo_arrives_in_pieces_and_whole() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let photo = report(&phone).await;
        phone.start().await;
        assert_eq!(phone.submissions().await[0].photos, (1, 1));
        assert!(matches!(phone.submissions().await[0].state, SubmissionState::Received { .. }));
        let here = kept(&phone, &photo).await;
        assert_eq!(phone.office.photos.borrow().get(photo.as_str()), Some(&here));
        assert!(!phone.office.times("PATCH", "/api/v1/uploads/0").is_empty(), "in more than one piece");
        assert_eq!(phone.office.uploaded.get(), here.len(), "no byte went twice");
        assert_eq!(phone.uploading.get(), None);
    });
}

#[test]
fn an_upload_goes_on_from_where_the_line_was_cut() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let photo = report(&phone).await;
        // The facts; the first piece; the second, whose answer is lost.
        let (office, clock) = (phone.office.clone(), phone.clock.clone());
        phone.host.network.answer(move |asked| {
            if asked.method == "PATCH" && office.times("PATCH", "/api/v1/uploads").is_empty() {
                office.fail([Fault::AnswerLost]);
            }
            let answer = office.answer(&asked, clock.now());
            async move { answer }
        });
        phone.start().await;
        let here = kept(&phone, &photo).await;
        assert_eq!(phone.office.photos.borrow().get(photo.as_str()), Some(&here));
        assert_eq!(phone.office.uploaded.get(), here.len(), "the server was asked how much it has");
        assert_eq!(phone.office.times("HEAD", "/api/v1/uploads/0").len(), 1);
        assert_eq!(phone.office.times("POST", "/api/v1/uploads").len(), 1);
    });
}

#[test]
fn an_upload_goes_on_after_the_phone_was_switched_off() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let photo = report(&phone).await;
        let (office, clock, network) =
            (phone.office.clone(), phone.clock.clone(), phone.host.network.clone());
        phone.host.network.answer(move |asked| {
            let answer = match asked.method.as_str() {
                "PATCH" => {
                    network.cut();
                    Err(Unreachable)
                }
                _ => office.answer(&asked, clock.now()),
            };
            async move { answer }
        });
        phone.start().await;
        assert!(phone.office.photos.borrow().is_empty());
        let again = phone.reopened();
        again.start().await;
        let here = kept(&again, &photo).await;
        assert_eq!(again.office.photos.borrow().get(photo.as_str()), Some(&here));
        assert_eq!(again.office.uploaded.get(), here.len());
    });
}

#[test]
fn a_photo_that_the_server_refuses_holds_up_nothing_else() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        report(&phone).await;
        let (office, clock) = (phone.office.clone(), phone.clock.clone());
        phone.host.network.answer(move |asked| {
            if asked.path == "/api/v1/uploads" {
                office.fail([Fault::Says(415)]);
            }
            let answer = office.answer(&asked, clock.now());
            async move { answer }
        });
        phone.start().await;
        phone.inspect().await;
        pass(1).await;
        let submissions = phone.submissions().await;
        assert!(
            submissions.iter().any(|submission| matches!(submission.state, SubmissionState::Refused { .. })),
            "{submissions:?}"
        );
        assert!(
            submissions.iter().any(|submission| matches!(submission.state, SubmissionState::Received { .. })),
            "{submissions:?}"
        );
        let refused = submissions
            .iter()
            .find(|submission| matches!(submission.state, SubmissionState::Refused { .. }))
            .unwrap();
        outbox::dismiss(&phone, refused.id).await.unwrap();
        let keys =
            db::read(&phone.db, &[StoreName::PhotoBytes], async |tx| tx.keys(StoreName::PhotoBytes).await)
                .await;
        assert_eq!(keys.unwrap(), [] as [String; 0], "what could never go is gone");
    });
}

#[test]
fn bytes_stay_until_the_server_has_unpacked_them_and_what_it_cannot_unpack_is_said() {
    for (came, is_picture) in [(Unpacking::Done, true), (Unpacking::Failed, false)] {
        day(async |phone| {
            phone.sign_in("李敏").await;
            phone.office.unpacking.set(Some(Unpacking::ToCome));
            let photo = report(&phone).await;
            phone.start().await;
            let receipt = format!("/api/v1/attachments/{photo}/receipt");
            let state = async || phone.submissions().await.remove(0).state;
            assert!(matches!(state().await, SubmissionState::Received { .. }), "the office has all of it");
            phone.work(60).await;
            let asked = phone.office.times("GET", &receipt).len();
            assert!((5..40).contains(&asked), "asked {asked} times in an hour");
            bytes_stay(&phone, &photo).await;

            phone.office.unpacking.set(Some(came));
            phone.work(30).await;
            bytes_stay(&phone, &photo).await;
            match state().await {
                SubmissionState::Received { .. } => assert!(is_picture),
                SubmissionState::Refused { refusal, .. } => {
                    assert_eq!((refusal.reason, is_picture), (Reason::AttachmentRefused, false));
                }
                state => panic!("{state:?}"),
            }
            let asked = phone.office.times("GET", &receipt).len();
            phone.work(60).await;
            assert_eq!(phone.office.times("GET", &receipt).len(), asked, "what is known is not asked");
        });
    }
}

async fn bytes_stay(phone: &Phone, photo: &PhotoHash) {
    let stored = db::read(&phone.db, &[StoreName::PhotoBytes], async |tx| {
        tx.kept(StoreName::PhotoBytes, photo.as_str()).await
    });
    assert!(stored.await.unwrap().is_some(), "the bytes are here");
}

#[test]
fn what_was_taken_out_again_is_freed_after_a_day_and_nothing_else() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let (dropped, of_action) = (phone.photo(1_000).await, phone.photo(2_000).await);
        let begun = ActionDraft { photos: vec![of_action.clone()], ..ActionDraft::default() };
        assert!(action_drafts::save(&phone, HazardId(Uuid::nil()), "rectify", &begun));
        let now = phone.clock.now();
        photos::remove_orphans(&phone, now).await.unwrap();
        assert!(
            photos::find(&phone, &dropped, true).await.unwrap().is_some(),
            "it may be on its way into a draft"
        );
        photos::remove_orphans(&phone, now + chrono::Duration::hours(25)).await.unwrap();
        assert_eq!(photos::find(&phone, &dropped, true).await.unwrap(), None);
        assert!(photos::find(&phone, &of_action, true).await.unwrap().is_some());
    });
}
