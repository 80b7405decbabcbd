//! The demonstration as it is when somebody opens it.

use super::office::{Database, now};
use server::{
    blobs::{Variant, folder::FolderBlobs},
    catalogue::Catalogue,
    clock::SetClock,
    demo,
    jobs::{JOBS, find_unprocessed_photos, registry::known},
    state::AppState,
};
use std::sync::Arc;

#[tokio::test]
async fn a_fresh_demonstration_has_all_its_small_pictures_and_leaves_no_work() {
    let folder = tempfile::tempdir().unwrap();
    let store = Database::new(folder.path()).await.open().await;
    let blobs = Arc::new(FolderBlobs::open(folder.path().join("photos")).unwrap());
    let catalogue = Catalogue::built_in().unwrap();
    let clock = Arc::new(SetClock::at(now()));
    let state = AppState::new(store, blobs, clock.clone(), catalogue.kinds);
    demo::prepare(&state).await.unwrap();
    // But for the plan that opens within the hour, whose phones are told then.
    let next = state.store.next_job(&known(JOBS)).await.unwrap();
    assert_eq!(next, Some(now() + chrono::Duration::minutes(40)));
    assert_eq!(find_unprocessed_photos::find(&state).await.unwrap(), 0, "nothing is found that wants any");
    let report = server::verify::verify(&*state.store, &*state.blobs).await.unwrap();
    assert!(report.is_clean() && report.photos > 800, "{report}");
    let office = state.store.offices().await.unwrap().remove(0);
    let people = state.store.people(office.id).await.unwrap();
    let inspector = people.iter().find(|person| person.username == "wangge1").unwrap();
    let told = state.store.notices(office.id, inspector.id, 10).await.unwrap();
    assert!(!told.is_empty(), "an inspector opens an inbox with something in it");
    let all = domain::role::Scope::Office;
    let page =
        state.store.ledger(office.id, &all, &domain::ledger::LedgerFilter::default(), now()).await.unwrap();
    let mut looked_at = 0;
    for line in page.rows.iter().take(20) {
        let hazard = state.store.hazard(office.id, line.id).await.unwrap().unwrap();
        for hash in hazard.events.iter().flat_map(|record| record.event.photos()) {
            let original = state.blobs.get(hash, Variant::Original).await.unwrap();
            let small = state.blobs.get(hash, Variant::Thumbnail).await.unwrap();
            assert_eq!(original.is_some(), small.is_some(), "{hash}");
            let Some(small) = small else { continue };
            assert_eq!(image::load_from_memory(&small).unwrap().width(), 320);
            looked_at += 1;
        }
    }
    assert!(looked_at > 20, "{looked_at}");
    let form = state.store.newest_edition(office.id, &"lodging".into()).await.unwrap().unwrap().form;
    let shown = form.pictures().into_iter().next().unwrap();
    assert!(state.store.is_form_picture(office.id, shown).await.unwrap());
    assert!(state.blobs.has(shown, Variant::Original).await.unwrap());
    a_second_start_seals_a_plan_to_come(&state, &clock).await;
}

/// When the first has opened, and not before; once.
async fn a_second_start_seals_a_plan_to_come(state: &AppState, clock: &SetClock) {
    let office = state.store.offices().await.unwrap().remove(0);
    let to_come = async || {
        let sent = state.store.sent_spot_checks(office.id).await.unwrap();
        let to_come = sent.into_iter().filter(|check| !check.is_open(state.now()));
        to_come.map(|check| check.id).collect::<Vec<_>>()
    };
    let first = to_come().await;
    assert_eq!(first.len(), 1);
    demo::prepare(state).await.unwrap();
    assert_eq!(to_come().await, first, "it is still to open");
    clock.set(now() + chrono::Duration::days(1));
    assert_eq!(to_come().await, []);
    demo::prepare(state).await.unwrap();
    let second = to_come().await;
    assert!(second.len() == 1 && second != first, "{second:?}");
    demo::prepare(state).await.unwrap();
    assert_eq!(to_come().await, second);
}
