//! Reports by the public: listed, followed, and the numbers that were left.

use super::{founded, hazard, id, now, office, site};
use chrono::Duration;
use domain::{
    id::{HazardId, PublicReportId},
    photo::PhotoHash,
    place::Location,
    public_report::{
        ContactHolder, ContactOpening, PublicReport, PublicReportFilter, ReportPlace, ReportState,
        ReportStateKind, SealedContact, SealedShare,
    },
    role::Scope,
    site::Site,
};
use storage::{NewPublicReport, SpentPuzzle, Store, StoreError, StoredContact};
use tokio::sync::mpsc;

const HERE: Location = Location { latitude: 34.75, longitude: 113.62, accuracy: None };

/// That was received just now, and lies nowhere.
pub fn new(n: u128, words: &str) -> NewPublicReport {
    let report = PublicReport {
        id: id(n),
        number: format!("JB-2026-{n:06}"),
        what: words.to_owned(),
        place: ReportPlace { location: Some(HERE), ..ReportPlace::default() },
        photos: vec![],
        received_at: now(),
        state: ReportState::Received,
        suspicion: None,
        taken_for: None,
        answer: String::new(),
        question: None,
        reward: None,
        events: vec![],
    };
    NewPublicReport {
        report,
        voice_of: None,
        lies: None,
        same_words: format!("hash of {words}"),
        code: vec![7; 32],
    }
}

pub async fn a_report_is_listed_where_it_lies_with_those_who_said_the_same(store: &impl Store) {
    let mut tx = founded(store).await;
    let lies = Some(site(21, 11).resource_scope());
    let in_grid = NewPublicReport { lies, ..new(71, "占着消防通道") };
    let mut with_photo = new(72, "电线垂下来");
    with_photo.report.photos = vec![PhotoHash::of(b"photo")];
    with_photo.report.taken_for = Some(id(51));
    let voice = NewPublicReport { voice_of: Some(id(71)), ..new(73, "占着消防通道") };
    assert_eq!(tx.next_public_report(office(), 2026).await.unwrap(), 1);
    assert_eq!(tx.next_public_report(office(), 2026).await.unwrap(), 2);
    assert_eq!(tx.next_public_report(office(), 2027).await.unwrap(), 1);
    for report in [&in_grid, &with_photo, &voice] {
        tx.put_public_report(office(), report).await.unwrap();
    }
    assert_eq!(tx.voices_of(office(), id(71)).await.unwrap(), 2);
    assert_eq!(tx.public_report(office(), id(71)).await.unwrap(), Some(in_grid.report.clone()));
    assert_eq!(tx.public_report(id(2), id(71)).await.unwrap(), None, "another office's");
    let since = now() - Duration::days(7);
    let like = tx.like_public_report(office(), &in_grid, since, 10).await.unwrap();
    assert_eq!(like, std::slice::from_ref(&in_grid.report), "a voice is found by the one that came first");
    let mut other_words = with_photo.clone();
    other_words.same_words = "other".to_owned();
    let like = tx.like_public_report(office(), &other_words, since, 10).await.unwrap();
    assert_eq!(like, std::slice::from_ref(&with_photo.report), "by its photo and its hazard");
    let later = now() + Duration::days(1);
    assert_eq!(tx.like_public_report(office(), &in_grid, later, 10).await.unwrap(), []);
    tx.commit().await.unwrap();
    let list = async |scope: &Scope, filter: PublicReportFilter| {
        let page = store.public_reports(office(), scope, &filter).await.unwrap();
        let rows: Vec<_> = page.rows.iter().map(|row| (row.report.id, row.voices)).collect();
        assert_eq!(page.total, rows.len() as u64);
        rows
    };
    let all = PublicReportFilter::default;
    let grid = Scope::Grids(vec![id(11)]);
    assert_eq!(list(&Scope::Office, all()).await, [(id(71), 2), (id(72), 1)]);
    assert_eq!(list(&grid, all()).await, [(id(71), 2)]);
    assert_eq!(list(&Scope::Grids(vec![id(12)]), all()).await, []);
    let by_words = PublicReportFilter { query: "电线".to_owned(), ..all() };
    assert_eq!(list(&Scope::Office, by_words).await, [(id(72), 1)]);
    for (scope, seen) in [(&Scope::Office, true), (&grid, false)] {
        assert_eq!(store.sees_public_report(office(), scope, id(72)).await.unwrap(), seen);
    }
    let (to, mut rows) = mpsc::channel(4);
    assert_eq!(store.send_public_reports(office(), &Scope::Office, &all(), 10, to).await.unwrap(), 0);
    assert_eq!(rows.recv().await.unwrap().voices, 2);
    // What became of it.
    let mut changed = in_grid.report.clone();
    changed.state = ReportState::Joined(id(51));
    let mut tx = store.write().await.unwrap();
    tx.change_public_report(office(), &changed).await.unwrap();
    let again = tx.put_public_report(office(), &new(71, "x")).await;
    assert!(matches!(again, Err(StoreError::Taken(_))), "{again:?}");
    drop(tx);
    let mut tx = store.write().await.unwrap();
    tx.change_public_report(office(), &changed).await.unwrap();
    tx.commit().await.unwrap();
    let joined = PublicReportFilter { state: Some(ReportStateKind::Joined), ..all() };
    let of_hazard = PublicReportFilter { hazard: Some(id(51)), ..all() };
    assert_eq!(list(&Scope::Office, joined).await, [(id(71), 2)]);
    assert_eq!(list(&Scope::Office, of_hazard).await, [(id(71), 2)]);
    let row = store.public_report(office(), id(71)).await.unwrap().unwrap();
    assert_eq!((row.report, row.voices), (changed, 2));
    let followed = store.followed_report(office(), "JB-2026-000073").await.unwrap().unwrap();
    assert_eq!((followed.voice_of, followed.code), (Some(id(71)), vec![7; 32]));
    assert_eq!(store.followed_report(id(2), "JB-2026-000073").await.unwrap(), None);
}

pub async fn a_puzzle_is_spent_once_and_forgotten_when_it_has_ended(store: &impl Store) {
    let mut tx = founded(store).await;
    let spent = SpentPuzzle { report: id(71), digest: "ab".to_owned() };
    assert_eq!(tx.spent_puzzle("token").await.unwrap(), None);
    tx.spend_puzzle("token", &spent, now() + Duration::minutes(30), now()).await.unwrap();
    assert_eq!(tx.spent_puzzle("token").await.unwrap(), Some(spent.clone()));
    let later = now() + Duration::hours(1);
    tx.spend_puzzle("other", &spent, later + Duration::minutes(30), later).await.unwrap();
    assert_eq!(tx.spent_puzzle("token").await.unwrap(), None);
}

pub async fn a_number_lies_sealed_and_each_opening_is_counted(store: &impl Store) {
    let mut tx = founded(store).await;
    let report: PublicReportId = id(71);
    tx.put_public_report(office(), &new(71, "占着消防通道")).await.unwrap();
    let share = |n| SealedShare { to: id(n), public: "aa".to_owned(), sealed: "bb".to_owned() };
    let sealed = SealedContact { shares: [share(31), share(32)], sealed: "cc".to_owned() };
    let holder = ContactHolder {
        person: id(31),
        name: "王芳".to_owned(),
        public: vec![1; 32],
        secret: vec![2; 60],
        salt: vec![3; 16],
        since: now(),
    };
    tx.put_contact_holder(office(), &holder).await.unwrap();
    assert_eq!(tx.contact_holders(office()).await.unwrap(), std::slice::from_ref(&holder));
    tx.put_public_contact(office(), report, &sealed).await.unwrap();
    let stored = StoredContact { sealed: sealed.clone(), opened: 0 };
    assert_eq!(tx.public_contact(office(), report).await.unwrap(), Some(stored));
    let opening = ContactOpening {
        report,
        by: id(31),
        by_name: "王芳".to_owned(),
        reason: "回话".to_owned(),
        at: now(),
        share: share(32),
    };
    tx.put_contact_opening(office(), &opening).await.unwrap();
    let again = ContactOpening { reason: "发奖励".to_owned(), ..opening };
    tx.put_contact_opening(office(), &again).await.unwrap();
    assert_eq!(tx.contact_opening(office(), report).await.unwrap(), Some(again.clone()));
    tx.commit().await.unwrap();
    assert_eq!(store.contact_opening(office(), report).await.unwrap(), Some(again));
    assert_eq!(store.contact_holders(office()).await.unwrap(), [holder]);
    assert_eq!(store.contact_holders(id(2)).await.unwrap(), []);
    let mut tx = store.write().await.unwrap();
    tx.contact_opened(office(), report).await.unwrap();
    tx.end_contact_holder(office(), id(31)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.contact_opening(office(), report).await.unwrap(), None);
    assert_eq!(store.contact_holders(office()).await.unwrap(), []);
    let contact = store.public_contact(office(), report).await.unwrap().unwrap();
    assert_eq!((contact.opened, contact.sealed), (1, sealed));
}

pub async fn what_is_near_is_told_of_sites_in_use_and_open_hazards(store: &impl Store) {
    let mut tx = founded(store).await;
    let placed = Site { location: Some(HERE), ..site(21, 11) };
    tx.put_site(office(), &placed).await.unwrap();
    let known = hazard();
    let hazard: HazardId = known.id;
    tx.put_hazards(office(), &[known], now()).await.unwrap();
    tx.put_disclosed_hazard(office(), hazard, now()).await.unwrap();
    tx.put_disclosed_hazard(office(), hazard, now() + Duration::days(1)).await.unwrap();
    tx.commit().await.unwrap();
    let sites = store.site_spots(office()).await.unwrap();
    assert_eq!(sites.iter().map(|spot| (spot.id, spot.location)).collect::<Vec<_>>(), [(id(21), HERE)]);
    assert_eq!(sites[0].lies, placed.resource_scope());
    let hazards = store.hazard_spots(office()).await.unwrap();
    assert_eq!(hazards.iter().map(|spot| (spot.id, spot.site)).collect::<Vec<_>>(), [(hazard, id(21))]);
    assert_eq!(store.disclosed_hazards(office()).await.unwrap(), [(hazard, now())], "since the first time");
    let mut tx = store.write().await.unwrap();
    tx.end_disclosed_hazard(office(), hazard).await.unwrap();
    tx.put_site(office(), &Site { retired: true, ..placed }).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.disclosed_hazards(office()).await.unwrap(), []);
    assert_eq!(store.site_spots(office()).await.unwrap(), []);
}
