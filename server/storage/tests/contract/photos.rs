//! Photos: whose they are, and which are nearly the same.

use super::store::{founded, hazard, id, now, office};
use chrono::Duration;
use domain::{
    attachment::{AttachmentFacts, AttachmentHash, AttachmentKind, PaperFacts},
    form::{Form, FormSheets, SheetEdit, SheetName},
    integrity::{FingerprintState, RecordRef, SimilarUse},
    photo::{Grey, ImageFingerprint, PhotoHash},
    place::Office,
};
use serde_json::json;
use std::collections::BTreeSet;
use storage::{Brought, FormDraft, NamedPhoto, NewJob, Store};
use uuid::Uuid;

pub async fn a_photo_is_known_by_who_told_of_it_and_who_brought_it(store: &impl Store) {
    let hash = PhotoHash::of(b"photo");
    let facts = json!({ "hash": hash, "bytes": 5, "media_type": "image/jpeg", "width": 4, "height": 3,
        "at": now(), "by": Uuid::from_u128(31) });
    let facts = AttachmentFacts::Photo(serde_json::from_value(facts).unwrap());
    let mut tx = founded(store).await;
    let named = NamedPhoto {
        hash: hash.clone(),
        by: RecordRef::Hazard(id(51)),
        author: id(31),
        seen: false,
        at: now(),
    };
    tx.name_photos(office(), &[named.clone(), named]).await.unwrap();
    tx.put_attachments(office(), &[facts.clone(), facts.clone()]).await.unwrap();
    tx.put_attachments(office(), &[facts]).await.unwrap();
    tx.commit().await.unwrap();
    let known = store.attachment(office(), &hash).await.unwrap().unwrap();
    assert_eq!(known.received_at, None);
    let mut tx = store.write().await.unwrap();
    let brought = [Brought { hash: hash.clone(), person: id(31) }];
    tx.attachments_received(office(), &brought, now()).await.unwrap();
    tx.attachments_received(office(), &brought, now() + Duration::hours(1)).await.unwrap();
    // Whoever told of nothing has brought nothing.
    tx.attachments_received(office(), &[Brought { hash: hash.clone(), person: id(32) }], now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.attachment(office(), &hash).await.unwrap().unwrap().received_at, Some(now()));
    let own = async |n| store.announcement(office(), &hash, id(n)).await.unwrap();
    assert_eq!(own(31).await.and_then(|photo| photo.received_at), Some(now()));
    assert_eq!(own(32).await, None);
    assert_eq!(store.photo_places(office(), &hash).await.unwrap(), [], "no record of this office shows it");
}

pub async fn what_came_without_an_account_is_here_at_once(store: &impl Store) {
    let hash = PhotoHash::of(b"by its party");
    let facts = json!({ "hash": hash, "bytes": 12, "media_type": "image/jpeg", "width": 4, "height": 3,
        "at": now(), "by": Uuid::from_u128(71) });
    let facts = AttachmentFacts::Photo(serde_json::from_value(facts).unwrap());
    let named = NamedPhoto {
        hash: hash.clone(),
        by: RecordRef::Hazard(id(51)),
        author: id(71),
        seen: true,
        at: now(),
    };
    let mut tx = founded(store).await;
    tx.put_hazards(office(), &[hazard()], now()).await.unwrap();
    tx.put_brought(office(), &facts, now()).await.unwrap();
    tx.put_brought(office(), &facts, now() + Duration::hours(1)).await.unwrap();
    tx.name_photos(office(), &[named]).await.unwrap();
    tx.commit().await.unwrap();
    let known = store.attachment(office(), &hash).await.unwrap().unwrap();
    assert_eq!((known.facts, known.received_at), (facts, Some(now())), "the first time counts");
    assert_eq!(store.announcement(office(), &hash, id(71)).await.unwrap(), None, "nobody told of it");
    assert_eq!(store.photo_places(office(), &hash).await.unwrap(), [hazard().place]);
    assert_eq!(store.attachment(id(2), &hash).await.unwrap(), None, "another office's");
}

pub async fn pictures_of_forms_are_their_offices_own(store: &impl Store) {
    let [one, other] = [PhotoHash::of(b"gauge"), PhotoHash::of(b"hose")];
    let mut tx = founded(store).await;
    tx.put_form_picture(office(), &one, now()).await.unwrap();
    tx.put_form_picture(office(), &one, now() + Duration::hours(1)).await.unwrap();
    tx.put_form_picture(office(), &other, now()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.form_pictures(office()).await.unwrap(), BTreeSet::from([one.clone(), other]));
    assert_eq!(store.form_pictures(id(2)).await.unwrap(), BTreeSet::new(), "another office's");
    assert!(store.is_form_picture(office(), &one).await.unwrap());
    assert!(!store.is_form_picture(id(2), &one).await.unwrap(), "another office's");
    assert!(!store.is_form_picture(office(), &PhotoHash::of(b"a photo")).await.unwrap());
}

pub async fn a_picture_that_neither_a_version_nor_a_draft_names_is_cleared_some_time_after(
    store: &impl Store,
) {
    let [asked, drafted, taken_out, unused] =
        ["asked", "drafted", "taken out", "unused"].map(|name| PhotoHash::of(name.as_bytes()));
    let form = json!({ "id": "fire-lane", "version": 1, "sector": "fire", "layer": "patrol",
        "title": { "zh": "消防车通道", "en": "Fire lane" }, "entries": [{ "question": {
            "id": "clear", "text": { "zh": "畅通", "en": "Clear" }, "kind": "pass_fail",
            "picture": { "image": asked, "description": { "zh": "图", "en": "A" } } } }] });
    let form: Form = serde_json::from_value(form).unwrap();
    let draft = |image: &PhotoHash| {
        let mut sheets = FormSheets::default();
        let cells = [("style".to_owned(), format!("{image}.jpg"))].into();
        sheets.apply(&SheetEdit::Write { sheet: SheetName::Settings, row: 0, cells }).unwrap();
        FormDraft {
            id: "fire-lane".into(), saved_at: now(), saved_by: "王芳".to_owned(), faults: 0, sheets
        }
    };
    let day = |n: i64| now() + Duration::days(n);
    // What was found unused a week before is cleared.
    let sweep = async |n: i64| {
        let mut tx = store.write().await.unwrap();
        let cleared = tx.sweep_form_pictures(office(), day(n), day(n - 7)).await.unwrap();
        let held = tx.form_pictures(office()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(store.form_pictures(office()).await.unwrap(), held);
        (cleared, held)
    };
    let mut tx = founded(store).await;
    tx.put_form(office(), &form).await.unwrap();
    tx.put_form_draft(office(), &draft(&drafted)).await.unwrap();
    for picture in [&asked, &drafted, &taken_out, &unused] {
        tx.put_form_picture(office(), picture, now()).await.unwrap();
    }
    assert!(tx.sweep_form_pictures(id(2), now(), now()).await.unwrap().is_empty(), "another office's");
    tx.commit().await.unwrap();
    let all = BTreeSet::from([asked.clone(), drafted.clone(), taken_out.clone(), unused.clone()]);
    assert_eq!(sweep(0).await, (BTreeSet::new(), all.clone()), "they are only marked");
    assert_eq!(sweep(7).await, (BTreeSet::new(), all));

    // Somebody put it in again meanwhile: it counts from anew once it is out again.
    let mut tx = store.write().await.unwrap();
    tx.put_form_draft(office(), &draft(&taken_out)).await.unwrap();
    tx.commit().await.unwrap();
    let left = BTreeSet::from([asked.clone(), drafted.clone(), taken_out.clone()]);
    assert_eq!(sweep(8).await, (BTreeSet::from([unused]), left.clone()));
    let mut tx = store.write().await.unwrap();
    tx.delete_form_draft(office(), &"fire-lane".into()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(sweep(9).await, (BTreeSet::new(), left), "out since a day");
    assert_eq!(sweep(16).await.1, BTreeSet::from([asked.clone(), taken_out.clone()]));
    assert_eq!(sweep(17).await, (BTreeSet::from([taken_out]), BTreeSet::from([asked])));
}

pub async fn bytes_are_loose_until_something_names_them(store: &impl Store) {
    let [shown, told, proof] = ["shown", "told", "proof"].map(|name| PhotoHash::of(name.as_bytes()));
    let facts = |hash: &PhotoHash| {
        let facts = json!({ "hash": hash, "bytes": 5, "media_type": "image/jpeg", "width": 4, "height": 3,
            "at": now(), "by": Uuid::from_u128(31) });
        AttachmentFacts::Photo(serde_json::from_value(facts).unwrap())
    };
    let hour = |n: i64| now() + Duration::hours(n);
    let mut tx = founded(store).await;
    for hash in [&shown, &told, &proof] {
        tx.await_bytes(hash, now()).await.unwrap();
        tx.put_brought(office(), &facts(hash), now()).await.unwrap();
        tx.put_form_picture(office(), hash, now()).await.unwrap();
    }
    tx.await_bytes(&shown, hour(1)).await.unwrap();
    assert_eq!(tx.loose_bytes(now()).await.unwrap(), None, "since just now");
    let mut first = vec![];
    for _ in 0..2 {
        let loose = tx.loose_bytes(hour(1)).await.unwrap().unwrap();
        assert!(loose.named, "as an attachment");
        tx.settle_bytes(&loose.hash).await.unwrap();
        first.push(loose.hash);
    }
    first.sort_by(|a, b| a.as_str().cmp(b.as_str()));
    let mut awaited_first = vec![told.clone(), proof.clone()];
    awaited_first.sort_by(|a, b| a.as_str().cmp(b.as_str()));
    assert_eq!(first, awaited_first, "the other was awaited anew");
    assert_eq!(tx.loose_bytes(hour(1)).await.unwrap(), None);
    tx.settle_bytes(&shown).await.unwrap();

    // Nobody's form shows them any more; of one somebody has told, and a record shows another.
    tx.put_fingerprint(office(), &shown, Some(&fingerprint(1, 60)), &[(told.clone(), 3)]).await.unwrap();
    tx.put_attachments(office(), &[facts(&told)]).await.unwrap();
    let named = NamedPhoto {
        hash: proof.clone(),
        by: RecordRef::Hazard(id(51)),
        author: id(31),
        seen: true,
        at: now(),
    };
    tx.name_photos(office(), &[named]).await.unwrap();
    tx.sweep_form_pictures(office(), now(), now()).await.unwrap();
    let gone = tx.sweep_form_pictures(office(), hour(2), hour(1)).await.unwrap();
    assert_eq!(gone, [shown.clone(), told.clone(), proof.clone()].into());
    let loose = tx.loose_bytes(hour(3)).await.unwrap().unwrap();
    assert_eq!((&loose.hash, loose.named), (&shown, false));
    tx.commit().await.unwrap();
    assert_eq!(store.attachment(office(), &shown).await.unwrap(), None);
    assert_eq!(store.fingerprint(office(), &shown).await.unwrap(), FingerprintState::Pending);
    assert_eq!(store.fingerprints_near(office(), &fingerprint(1, 60)).await.unwrap(), []);
    for kept in [&told, &proof] {
        assert!(store.attachment(office(), kept).await.unwrap().is_some());
    }

    // Another office has the same picture.
    let mut tx = store.write().await.unwrap();
    tx.put_office(&Office { id: id(2), name: "南湖街道".to_owned(), demo: false }).await.unwrap();
    tx.put_brought(id(2), &facts(&shown), now()).await.unwrap();
    assert!(tx.loose_bytes(hour(3)).await.unwrap().unwrap().named);
    tx.settle_bytes(&shown).await.unwrap();
    assert_eq!(tx.loose_bytes(hour(9)).await.unwrap(), None);
    tx.commit().await.unwrap();
}

pub async fn a_paper_is_kept_as_a_photo_is_and_nobody_is_to_look_at_it(store: &impl Store) {
    let hash = AttachmentHash::of(b"paper");
    let facts = PaperFacts {
        hash: hash.clone(),
        bytes: 5,
        media_type: "application/pdf".to_owned(),
        at: now(),
        by: id(31),
    };
    let facts = AttachmentFacts::Paper(facts);
    let mut tx = founded(store).await;
    tx.put_attachments(office(), std::slice::from_ref(&facts)).await.unwrap();
    let hashes = std::slice::from_ref(&hash);
    let as_photo = tx.announcers(office(), AttachmentKind::Photo, hashes).await.unwrap();
    assert!(as_photo.is_empty(), "as a photo, nobody");
    let as_paper = tx.announcers(office(), AttachmentKind::Paper, hashes).await.unwrap();
    assert_eq!(as_paper, [(hash.clone(), id(31))].into());
    let brought = [Brought { hash: hash.clone(), person: id(31) }];
    tx.attachments_received(office(), &brought, now()).await.unwrap();
    tx.commit().await.unwrap();
    let known = store.attachment(office(), &hash).await.unwrap().unwrap();
    assert_eq!((&known.facts, known.received_at), (&facts, Some(now())));
    assert_eq!(known.facts.bytes(), 5);
    assert_eq!(known.photo(), None);
    assert_eq!(store.photos_without_fingerprint(None, 10, "look").await.unwrap(), []);
}

pub async fn a_record_shows_what_its_author_brought_or_could_see(store: &impl Store) {
    let (told, seen) = (PhotoHash::of(b"told"), PhotoHash::of(b"seen"));
    let facts = json!({ "hash": told, "bytes": 4, "media_type": "image/jpeg", "width": 4, "height": 3, "at": now(),
        "by": Uuid::from_u128(31) });
    let facts = AttachmentFacts::Photo(serde_json::from_value(facts).unwrap());
    let named = |hash: &PhotoHash, seen| NamedPhoto {
        hash: hash.clone(),
        by: RecordRef::Hazard(hazard().id),
        author: id(31),
        seen,
        at: now(),
    };
    let mut tx = founded(store).await;
    tx.put_hazards(office(), &[hazard()], now()).await.unwrap();
    tx.name_photos(office(), &[named(&told, false), named(&seen, true)]).await.unwrap();
    tx.put_attachments(office(), &[facts]).await.unwrap();
    tx.commit().await.unwrap();
    let places = async |hash: &PhotoHash| store.photo_places(office(), hash).await.unwrap();
    assert_eq!(places(&told).await, [], "told of, and not brought");
    assert_eq!(places(&seen).await, [hazard().place]);
    let mut tx = store.write().await.unwrap();
    let brought = [Brought { hash: told.clone(), person: id(31) }];
    tx.attachments_received(office(), &brought, now()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(places(&told).await, [hazard().place]);
    assert_eq!(store.photo_places(id(2), &told).await.unwrap(), [], "another office's");
}

pub async fn a_turn_knows_who_told_of_photos_and_where_they_are_shown(store: &impl Store) {
    let (told, seen, unknown) = (PhotoHash::of(b"told"), PhotoHash::of(b"seen"), PhotoHash::of(b"unknown"));
    let facts = json!({ "hash": told, "bytes": 4, "media_type": "image/jpeg", "width": 4, "height": 3, "at": now(),
        "by": Uuid::from_u128(31) });
    let facts = AttachmentFacts::Photo(serde_json::from_value(facts).unwrap());
    let by = RecordRef::Hazard(hazard().id);
    let named = NamedPhoto { hash: seen.clone(), by, author: id(31), seen: true, at: now() };
    let mut tx = founded(store).await;
    tx.put_hazards(office(), &[hazard()], now()).await.unwrap();
    tx.name_photos(office(), &[named]).await.unwrap();
    tx.put_attachments(office(), &[facts]).await.unwrap();
    let hashes = [told.clone(), seen.clone(), unknown];
    let photo = AttachmentKind::Photo;
    assert_eq!(tx.announcers(office(), photo, &hashes).await.unwrap(), [(told, id(31))].into());
    assert_eq!(tx.photo_places(office(), &hashes).await.unwrap(), [(seen, vec![hazard().place])].into());
    assert!(tx.announcers(id(2), photo, &hashes).await.unwrap().is_empty(), "another office's");
    assert!(tx.photo_places(id(2), &hashes).await.unwrap().is_empty());
}

/// A picture of slow waves; pictures of other seeds look otherwise.
fn fingerprint(seed: u32, side: u32) -> ImageFingerprint {
    let pixels = (0..side * side).map(|at| {
        let (x, y) = ((at % side) as f32 / side as f32, (at / side) as f32 / side as f32);
        let wave = |n: u32| {
            (x * (1 + seed * n % 7) as f32 * 3.0 + y * (1 + seed * n % 5) as f32 * 4.0 + n as f32).sin()
        };
        (127.0 + (wave(1) + wave(3) + wave(4)) * 40.0) as u8
    });
    ImageFingerprint::of(&Grey::new(side, side, pixels.collect()).unwrap())
}

pub async fn nearly_the_same_photos_are_found_with_the_records_that_show_them(store: &impl Store) {
    let hash = |n: u8| PhotoHash::of(&[n]);
    let facts = |n: u8, original: Option<u8>| {
        let facts = json!({ "hash": hash(n), "bytes": 1, "media_type": "image/jpeg", "width": 4, "height": 3, "at": now(),
            "by": Uuid::from_u128(31), "original": original.map(hash) });
        AttachmentFacts::Photo(serde_json::from_value(facts).unwrap())
    };
    let named = |n: u8, by: RecordRef, minutes| NamedPhoto {
        hash: hash(n),
        by,
        author: id(31),
        seen: false,
        at: now() + Duration::minutes(minutes),
    };
    let (hazard, visit) = (RecordRef::Hazard(id(51)), RecordRef::Visit(id(61)));
    let mut tx = founded(store).await;
    // 1 and 2 are of one file; 3 is nearly 1; 4 is another; 5 nobody can read.
    let all = [facts(1, Some(9)), facts(2, Some(9)), facts(3, None), facts(4, None), facts(5, None)];
    tx.put_attachments(office(), &all).await.unwrap();
    tx.attachments_received(
        office(),
        &all.each_ref().map(|facts| Brought { hash: facts.hash().clone(), person: facts.by() }),
        now(),
    )
    .await
    .unwrap();
    tx.name_photos(
        office(),
        &[named(1, hazard, 0), named(1, visit, 1), named(2, visit, 2), named(3, hazard, 3)],
    )
    .await
    .unwrap();
    let job = NewJob {
        id: id(91),
        office: Some(office()),
        name: "look",
        key: hash(4).to_string(),
        payload: "{}".to_owned(),
        priority: 0,
        run_at: now(),
    };
    tx.put_jobs(&[job]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.fingerprint(office(), &hash(1)).await.unwrap(), FingerprintState::Pending);
    let wanting = store.photos_without_fingerprint(None, 10, "look").await.unwrap();
    assert_eq!(wanting.len(), 4, "for one a job waits");
    assert_eq!(store.photos_without_fingerprint(None, 10, "other work").await.unwrap().len(), 5);
    let next = store.photos_without_fingerprint(Some(&wanting[1]), 1, "look").await.unwrap();
    assert_eq!(next, wanting[2..3], "page by page");

    let (large, small, other) = (fingerprint(1, 128), fingerprint(1, 60), fingerprint(2, 128));
    let mut tx = store.write().await.unwrap();
    for _ in 0..2 {
        tx.put_fingerprint(office(), &hash(1), Some(&large), &[]).await.unwrap();
        tx.put_fingerprint(office(), &hash(4), Some(&other), &[]).await.unwrap();
        tx.put_fingerprint(office(), &hash(5), None, &[]).await.unwrap();
        tx.put_damaged_photo(office(), &hash(6)).await.unwrap();
    }
    let some = [hash(1), hash(5), hash(6), hash(7)];
    assert_eq!(tx.damaged_photos(office(), &some).await.unwrap(), [hash(6)].into());
    assert!(tx.damaged_photos(id(2), &some).await.unwrap().is_empty(), "another office's");
    tx.commit().await.unwrap();
    assert_eq!(store.fingerprint(office(), &hash(6)).await.unwrap(), FingerprintState::Damaged);
    assert_eq!(
        store.fingerprint(office(), &hash(1)).await.unwrap(),
        FingerprintState::Known(Box::new(large.clone()))
    );
    assert_eq!(store.fingerprint(office(), &hash(5)).await.unwrap(), FingerprintState::Unavailable);
    assert_eq!(store.fingerprints_near(office(), &small).await.unwrap(), [(hash(1), large)]);
    assert_eq!(store.fingerprints_near(id(2), &small).await.unwrap(), [], "another office's");
    let mut tx = store.write().await.unwrap();
    tx.put_fingerprint(office(), &hash(3), Some(&small), &[(hash(1), 7)]).await.unwrap();
    tx.put_fingerprint(office(), &hash(2), Some(&small), &[]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.photos_without_fingerprint(None, 10, "look").await.unwrap(), []);

    let shown = async |n: u8| {
        let mut shown = store.shown(office(), &hash(n)).await.unwrap();
        shown.sort_by_key(|shown| shown.at);
        let short = |shown: SimilarUse| (shown.record.photo == hash(n), shown.record.by, shown.bits);
        shown.into_iter().map(short).collect::<Vec<_>>()
    };
    assert_eq!(
        shown(1).await,
        [(true, hazard, None), (true, visit, None), (false, visit, None), (false, hazard, Some(7))]
    );
    assert_eq!(shown(3).await, [(false, hazard, Some(7)), (false, visit, Some(7)), (true, hazard, None)]);
    assert_eq!(shown(4).await, []);
}
