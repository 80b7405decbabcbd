//! Short codes: found by their mark, and ended by whoever gave them out.

use super::{founded, id, now, office};
use chrono::Duration;
use domain::code::CodeSubject;
use storage::{CodeMark, Store, StoredCode};

fn code(n: u128, subject: CodeSubject, minutes: i64) -> StoredCode {
    StoredCode {
        id: id(n),
        office: office(),
        subject,
        mark: CodeMark([n as u8; 32]),
        sealed: vec![1, 2, n as u8],
        made_at: now() + Duration::minutes(minutes),
        made_by: id(31),
        made_by_name: "王芳".to_owned(),
        expires_at: matches!(subject, CodeSubject::Hazard(_)).then(|| now() + Duration::days(90)),
        revoked_at: None,
        opened_at: None,
    }
}

pub async fn a_code_is_found_by_its_mark_whatever_became_of_it(store: &impl Store) {
    let (hazard, site) = (CodeSubject::Hazard(id(51)), CodeSubject::Site(id(21)));
    let (old, new, wall) = (code(71, hazard, 0), code(72, hazard, 5), code(73, site, 0));
    let mut tx = founded(store).await;
    tx.put_codes(&[old.clone(), new.clone(), wall.clone()]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.code_of_mark(&old.mark).await.unwrap(), Some(old.clone()));
    assert_eq!(store.code_of_mark(&CodeMark([9; 32])).await.unwrap(), None);
    assert_eq!(store.code(id(73)).await.unwrap(), Some(wall.clone()));
    assert_eq!(store.code(id(74)).await.unwrap(), None);
    let both = [hazard, site];
    let of_hazard = store.codes_of(office(), &both[..1]).await.unwrap();
    assert_eq!(of_hazard, [new.clone(), old.clone()], "the newest first");
    assert_eq!(store.codes_of(office(), &both).await.unwrap().len(), 3);
    assert_eq!(store.codes_of(office(), &[CodeSubject::Site(id(51))]).await.unwrap(), [], "a hazard's id");
    assert_eq!(store.codes_of(id(2), &both).await.unwrap(), [], "another office's");
    assert_eq!(store.codes_of(office(), &[]).await.unwrap(), []);
    let mut tx = store.write().await.unwrap();
    tx.revoke_codes(id(2), &both, now()).await.unwrap();
    tx.revoke_codes(office(), &[hazard], now()).await.unwrap();
    tx.revoke_codes(office(), &[hazard], now() + Duration::hours(1)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.codes_of(office(), &both).await.unwrap(), [wall]);
    let ended = store.code_of_mark(&old.mark).await.unwrap().unwrap();
    assert_eq!(ended.revoked_at, Some(now()), "the first time stays");
    assert!(!ended.is_in_force(now()) && new.is_in_force(now()));
    assert!(!new.is_in_force(now() + Duration::days(91)), "it is over by itself");
}

pub async fn the_first_opening_of_a_code_stays(store: &impl Store) {
    let made = code(71, CodeSubject::Site(id(21)), 0);
    let mut tx = founded(store).await;
    tx.put_codes(&[made]).await.unwrap();
    tx.code_opened(id(71), now()).await.unwrap();
    tx.code_opened(id(71), now() + Duration::hours(1)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.code(id(71)).await.unwrap().unwrap().opened_at, Some(now()));
}
