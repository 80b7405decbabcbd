//! Photos that come in pieces.

use super::{founded, id, now, office, person};
use chrono::Duration;
use domain::photo::PhotoHash;
use storage::{Part, Store, StoredUpload};

fn hash() -> PhotoHash {
    PhotoHash::of(b"large")
}

fn upload(n: u128, who: u128) -> StoredUpload {
    StoredUpload {
        id: id(n),
        office: office(),
        person: id(who),
        hash: hash(),
        bytes: 100_000,
        reached: 0,
        parts: vec![],
        about: "hash eA==".to_owned(),
        expires: now() + Duration::days(7),
    }
}

pub async fn an_upload_is_one_persons_until_it_ends(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_person(office(), &person(32, "li"), None).await.unwrap();
    tx.put_upload(&upload(71, 31)).await.unwrap();
    tx.put_upload(&upload(72, 32)).await.unwrap();
    let (named, of_person) = tx.upload_of(id(31), &hash()).await.unwrap().unwrap();
    assert_eq!((named, of_person.unwrap()), (id(71), upload(71, 31)));
    assert!(tx.upload_of(id(31), &PhotoHash::of(b"other")).await.unwrap().is_none());
    tx.commit().await.unwrap();

    let further = StoredUpload {
        reached: 60_000,
        parts: vec![Part { name: id(7), bytes: 40_000 }, Part { name: id(5), bytes: 20_000 }],
        expires: now() + Duration::days(8),
        ..upload(71, 31)
    };
    let mut tx = store.write().await.unwrap();
    tx.put_upload(&further).await.unwrap();
    assert_eq!(tx.upload(id(71)).await.unwrap(), Some(further.clone()));
    tx.commit().await.unwrap();
    assert_eq!(store.upload(id(71)).await.unwrap(), Some(further.clone()));
    assert_eq!(store.upload(id(73)).await.unwrap(), None);
    let mut of_photo = store.uploads_of(&hash()).await.unwrap();
    of_photo.sort_by_key(|upload| upload.id);
    assert_eq!(of_photo, [further.clone(), upload(72, 32)]);

    let mut tx = store.write().await.unwrap();
    assert!(tx.expired_uploads(now() + Duration::days(7), 10).await.unwrap().is_empty());
    let late = now() + Duration::days(9);
    for (most, expected) in [(1, vec![upload(72, 32)]), (10, vec![upload(72, 32), further.clone()])] {
        let expired = tx.expired_uploads(late, most).await.unwrap();
        let expired: Vec<_> = expired.into_iter().map(|(id, upload)| (id, upload.unwrap())).collect();
        let expected: Vec<_> = expected.into_iter().map(|upload| (upload.id, upload)).collect();
        assert_eq!(expired, expected, "the oldest first");
    }
    tx.end_upload(id(72)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.uploads_of(&hash()).await.unwrap(), [further]);
}
