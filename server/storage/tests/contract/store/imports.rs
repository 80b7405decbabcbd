//! Lists, before and after they were written.

use super::{founded, id, now, office, person};
use chrono::Duration;
use domain::import::ImportKind;
use storage::{Store, StoredImport, StoredPlan, Undone};

fn plan(n: u128) -> StoredPlan {
    StoredPlan {
        id: id(n),
        office: office(),
        person: id(31),
        what: ImportKind::Sites,
        file: "场所.xlsx".to_owned(),
        expires: now() + Duration::days(1),
        body: "{}".to_owned(),
    }
}

pub async fn a_list_waits_for_its_person_for_a_day(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_person(office(), &person(32, "li"), None).await.unwrap();
    let other = StoredPlan { person: id(32), what: ImportKind::People, ..plan(83) };
    for plan in [&plan(81), &other, &plan(82)] {
        tx.put_import_plan(plan, now()).await.unwrap();
    }
    tx.commit().await.unwrap();
    let kept = async |n, who, at| store.import_plan(office(), id(who), id(n), at).await.unwrap();
    assert_eq!(kept(81, 31, now()).await, None, "another is in its place");
    assert_eq!(kept(82, 31, now()).await, Some(plan(82)));
    assert_eq!(kept(82, 31, plan(82).expires).await, None);
    assert_eq!(kept(82, 32, now()).await, None, "somebody else's");
    assert_eq!(kept(83, 32, now()).await, Some(other));

    let marked = StoredPlan { body: r#"{"left":[3]}"#.to_owned(), ..plan(82) };
    let mut tx = store.write().await.unwrap();
    tx.put_import_plan(&marked, now()).await.unwrap();
    tx.end_import_plan(id(31), id(83)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(kept(82, 31, now()).await, Some(marked));
    assert!(kept(83, 32, now()).await.is_some(), "a stranger ended it");
    let mut tx = store.write().await.unwrap();
    tx.end_import_plan(id(31), id(82)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(kept(82, 31, now()).await, None);
}

pub async fn what_a_list_changed_is_remembered_for_a_month(store: &impl Store) {
    let written = |n, what, days| StoredImport {
        id: id(n),
        office: office(),
        what,
        file: "名单.csv".to_owned(),
        by: "王芳".to_owned(),
        at: now() + Duration::days(days),
        body: "[]".to_owned(),
        undone: None,
    };
    let mut tx = founded(store).await;
    tx.put_import(&written(91, ImportKind::Sites, 0)).await.unwrap();
    tx.put_import(&written(92, ImportKind::Sites, 1)).await.unwrap();
    tx.commit().await.unwrap();
    let last = async |what| store.last_import(office(), what).await.unwrap();
    assert_eq!(last(ImportKind::Sites).await, Some(written(92, ImportKind::Sites, 1)));
    assert_eq!(last(ImportKind::People).await, None);

    let undone = Undone { at: now() + Duration::days(2), by: "李明".to_owned(), kept: 2 };
    let mut tx = store.write().await.unwrap();
    tx.import_undone(office(), id(92), &undone).await.unwrap();
    tx.commit().await.unwrap();
    let taken_back = StoredImport { undone: Some(undone), ..written(92, ImportKind::Sites, 1) };
    assert_eq!(last(ImportKind::Sites).await, Some(taken_back));

    let mut tx = store.write().await.unwrap();
    tx.put_import(&written(93, ImportKind::People, 40)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(last(ImportKind::Sites).await, None, "long past");
    assert_eq!(last(ImportKind::People).await, Some(written(93, ImportKind::People, 40)));
}
