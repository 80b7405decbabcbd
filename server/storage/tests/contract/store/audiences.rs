//! Who is to hear of what changed, and what is sent of it.

use super::{by, founded, hazard, id, issued, now, office, site};
use chrono::{DateTime, Duration, Utc};
use domain::{
    audience::Audience,
    hazard::{Found, Hazard, Issued},
    id::SiteId,
    limits::SITES,
    place::Office,
    role::Scope,
    site::Site,
};
use serde_json::json;
use storage::{
    ChangeQuery, ChangeSweep, Changes, EarlierQuery, Live, LoadedRecord, OpenHazards, OpenHazardsOf, Record,
    Store, SweptChanges,
};

fn grid(n: u128) -> Audience {
    Audience::Grid(id(n))
}

async fn changes(store: &impl Store, audiences: &[Audience], after: i64, live: Option<Live>) -> Changes {
    let query = ChangeQuery { audiences: audiences.to_vec(), after, live, limit: 100 };
    store.changes(office(), &query).await.unwrap()
}

async fn heard(store: &impl Store, audiences: &[Audience], after: i64) -> Vec<Record> {
    let rows = changes(store, audiences, after, None).await.rows;
    rows.into_iter().map(|row| row.record.unwrap()).collect()
}

async fn head(store: &impl Store) -> i64 {
    changes(store, &[], 0, None).await.head
}

/// Found and put right at this moment.
pub(super) fn closed(n: u128, at: DateTime<Utc>) -> Hazard {
    let found = json!({ "level": "general", "what": "堆物", "photos": [],
        "fixed": { "photos": ["2".repeat(64)] } });
    let found: Found = serde_json::from_value(found).unwrap();
    let by = by();
    let issued = Issued { at, ..issued(n, &by) };
    let mut hazard = Hazard::open(id(n), site(21, 11).resource_scope(), None, found, &issued).unwrap();
    hazard.number = Some(format!("XC-2026-{n:06}"));
    hazard
}

pub async fn an_audience_hears_of_what_it_sees_and_of_nothing_else(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_hazards(office(), &[hazard()], now()).await.unwrap();
    tx.touch(office(), &[Record::Directory]).await.unwrap();
    tx.commit().await.unwrap();
    let (here, there, found) = (Record::Site(id(21)), Record::Site(id(22)), Record::Hazard(id(51)));
    for (audience, records) in [
        (Audience::Everybody, vec![Record::Directory]),
        (Audience::WholeOffice, vec![here.clone(), there.clone(), found.clone()]),
        (grid(11), vec![here.clone(), found.clone()]),
        (grid(12), vec![there.clone()]),
        (Audience::Site(id(21)), vec![here.clone(), found.clone()]),
        (Audience::Department(id(90)), vec![]),
        (Audience::Sector(site(21, 11).sector), vec![here.clone(), there.clone(), found.clone()]),
    ] {
        assert_eq!(heard(store, &[audience], 0).await, records, "{audience:?}");
    }
    // By several audiences once, in order.
    let all = [Audience::Everybody, grid(11), grid(12), Audience::Sector(site(21, 11).sector)];
    let in_order = [here, there, found, Record::Directory];
    assert_eq!(heard(store, &all, 0).await, in_order);
    // However many they are: as many sites as anybody answers for, and what is for everybody.
    let sites = (1..).map(|n| Audience::Site(id(n))).take(SITES);
    let many: Vec<_> = sites.chain([Audience::Everybody]).collect();
    assert_eq!(heard(store, &many, 0).await, in_order);
    let (mut told, mut after) = (vec![], 0);
    loop {
        let query = ChangeQuery { audiences: many.clone(), after, live: None, limit: 2 };
        let page = store.changes(office(), &query).await.unwrap();
        after = page.rows.last().map_or(after, |row| row.seq);
        told.extend(page.rows.into_iter().filter_map(|row| row.record));
        if !page.more {
            break;
        }
    }
    assert_eq!(told, in_order, "page by page");
}

/// As many as a person answers for at the most, and more.
pub async fn who_answers_for_many_sites_hears_of_all_of_them(store: &impl Store) {
    founded(store).await.commit().await.unwrap();
    let (first, last) = ([Audience::Site(id(22))], [Audience::Everybody, Audience::Site(id(21))]);
    let others = (1_000..1_600).map(|n| Audience::Site(id(n)));
    let all: Vec<_> = first.into_iter().chain(others).chain(last).collect();
    let (one, other) = (Record::Site(id(21)), Record::Site(id(22)));
    assert_eq!(heard(store, &all, 0).await, [one.clone(), other], "in order");
    let query = ChangeQuery { audiences: all, after: 0, live: None, limit: 1 };
    let page = store.changes(office(), &query).await.unwrap();
    assert_eq!((page.rows.len(), page.rows[0].record.clone(), page.more), (1, Some(one), true));
}

pub async fn who_does_not_see_it_any_more_hears_that_it_is_gone(store: &impl Store) {
    founded(store).await.commit().await.unwrap();
    let before = head(store).await;
    let mut tx = store.write().await.unwrap();
    tx.put_site(office(), &site(21, 12)).await.unwrap();
    tx.commit().await.unwrap();
    let moved = vec![Record::Site(id::<SiteId>(21))];
    for audience in [grid(11), grid(12), Audience::WholeOffice] {
        assert_eq!(heard(store, &[audience], before).await, moved, "{audience:?}");
    }
    // To whoever is only filling up it need not be said.
    let live = Live { until: head(store).await, hazards_since: now(), visits_since: now() };
    assert!(changes(store, &[grid(11)], 0, Some(live)).await.rows.is_empty());
    assert_eq!(changes(store, &[grid(12)], 0, Some(live)).await.rows.len(), 2);
    // Changed once more, it is the new grid's alone; and back again, the old one's.
    let after = head(store).await;
    let mut tx = store.write().await.unwrap();
    tx.put_site(office(), &Site { name: "新名".into(), ..site(21, 12) }).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(heard(store, &[grid(11)], after).await, []);
    assert_eq!(heard(store, &[grid(12)], after).await, moved);
    let mut tx = store.write().await.unwrap();
    tx.put_site(office(), &site(21, 11)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(heard(store, &[grid(11)], before).await, moved, "what went and came again is told once");
    let live = Live { until: head(store).await, ..live };
    assert_eq!(changes(store, &[grid(11)], 0, Some(live)).await.rows.len(), 1);
    assert_eq!(store.audience_faults(office()).await.unwrap(), []);
}

pub async fn what_has_ended_is_left_out_for_who_fills_up_and_sent_to_who_was_here(store: &impl Store) {
    let mut tx = founded(store).await;
    let (old, new) = (closed(81, now() - Duration::days(61)), closed(82, now() - Duration::days(60)));
    tx.put_hazards(office(), &[hazard(), old, new], now()).await.unwrap();
    tx.commit().await.unwrap();
    let hazards = |changes: Changes| {
        let mut ids: Vec<u128> = vec![];
        for row in changes.rows {
            if let Some(Record::Hazard(id)) = row.record {
                ids.push(id.0.as_u128());
            }
        }
        ids.sort_unstable();
        ids
    };
    let since = now() - Duration::days(60);
    let live = |until| Some(Live { until, hazards_since: since, visits_since: since });
    let all = [51, 81, 82];
    assert_eq!(hazards(changes(store, &[grid(11)], 0, None).await), all);
    assert_eq!(hazards(changes(store, &[grid(11)], 0, live(i64::MAX)).await), [51, 82]);
    let head = head(store).await;
    assert_eq!(hazards(changes(store, &[grid(11)], 0, live(head)).await), [51, 82]);
    // What changed since it began to fill up it must hear of.
    assert_eq!(hazards(changes(store, &[grid(11)], 0, live(0)).await), all);
}

pub async fn records_are_read_together_each_as_far_as_it_is_there(store: &impl Store) {
    let mut tx = founded(store).await;
    let ended = closed(81, now());
    tx.put_hazards(office(), &[hazard(), ended.clone()], now()).await.unwrap();
    // The site moves: what is open is moved by whoever moves the site, what has ended is seen where the site is.
    tx.put_site(office(), &site(21, 12)).await.unwrap();
    tx.commit().await.unwrap();
    let (open, ended) = (hazard(), ended);
    let records =
        [Record::Site(id(22)), Record::Hazard(id(51)), Record::Hazard(id(81)), Record::Hazard(id(99))];
    let mut loaded = store.load_records(office(), &records).await.unwrap();
    assert_eq!(loaded.len(), 3, "what is not there is not in the answer");
    let mut read = |record: &Record| loaded.remove(record).unwrap().unwrap();
    assert_eq!(read(&records[0]), LoadedRecord::Site(Box::new(site(22, 12))));
    let place = open.place;
    assert_eq!(read(&records[1]), LoadedRecord::Hazard { hazard: Box::new(open), place });
    let place = domain::role::ResourceScope { grid: id(12), ..ended.place };
    assert_eq!(read(&records[2]), LoadedRecord::Hazard { hazard: Box::new(ended), place });
    assert!(store.load_records(id(2), &records).await.unwrap().is_empty(), "of another office");
    let mut tx = store.write().await.unwrap();
    let of_site = tx.open_hazards(office(), OpenHazardsOf::Site(id(21))).await.unwrap();
    assert_eq!(of_site, OpenHazards { hazards: vec![hazard()], unreadable: vec![] });
    let of_department = tx.open_hazards(office(), OpenHazardsOf::Department(id(90))).await.unwrap();
    assert_eq!(of_department, OpenHazards::default());
}

pub async fn a_sites_past_is_told_from_its_newest_on(store: &impl Store) {
    let mut tx = founded(store).await;
    let ended: Vec<_> = (0..5).map(|n| closed(81 + n, now() - Duration::days(n as i64 / 2))).collect();
    tx.put_hazards(office(), &ended, now()).await.unwrap();
    tx.put_hazards(office(), &[hazard()], now()).await.unwrap();
    tx.commit().await.unwrap();
    let query = EarlierQuery {
        site: id(21),
        hazards_before: now() + Duration::seconds(1),
        visits_before: now(),
        before: None,
        limit: 2,
    };
    let (mut told, mut before) = (vec![], None);
    loop {
        let page = store.earlier(office(), &Scope::Office, &EarlierQuery { before, ..query }).await.unwrap();
        let Some(last) = page.last() else { break };
        before = Some((last.at, last.id));
        assert!(page.len() <= 2);
        told.extend(page.into_iter().map(|one| one.record));
    }
    let newest_first = [82, 81, 84, 83, 85].map(|n| Record::Hazard(id(n)));
    assert_eq!(told, newest_first);
    let until = EarlierQuery { hazards_before: now(), limit: 9, ..query };
    assert_eq!(store.earlier(office(), &Scope::Office, &until).await.unwrap().len(), 3);
    let others = Scope::Department { department: id(90), sectors: vec![] };
    assert_eq!(store.earlier(office(), &others, &query).await.unwrap(), []);
}

pub async fn changes_are_forgotten_by_what_they_are_of_and_when_they_were_written(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_hazards(office(), &[hazard(), closed(81, now() - Duration::days(61))], now()).await.unwrap();
    tx.commit().await.unwrap();
    let today = now().date_naive();
    let sweep = |day: i64, written_until: i64| ChangeSweep {
        today: today + Duration::days(day),
        written_until: today + Duration::days(written_until),
        hazards_before: now() - Duration::days(60),
        visits_before: now() - Duration::days(60),
    };
    let swept = async |sweep: ChangeSweep| {
        let mut tx = store.write().await.unwrap();
        let swept = tx.sweep_changes(office(), &sweep, 0, 100).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(swept.next, None);
        swept.gone
    };
    assert_eq!(swept(sweep(0, -1)).await, 0, "a phone may still come for it");
    let mut tx = store.write().await.unwrap();
    tx.put_hazards(office(), &[closed(82, now() - Duration::days(61))], now()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(swept(sweep(1, 0)).await, 1, "the first one's, not the one's that was written since");
    let left = heard(store, &[grid(11)], 0).await;
    assert_eq!(left, [Record::Site(id(21)), Record::Hazard(id(51)), Record::Hazard(id(82))]);
    assert_eq!(store.audience_faults(office()).await.unwrap(), [], "nobody has to hear of it");
}

pub async fn changes_are_forgotten_a_slice_at_a_time(store: &impl Store) {
    let mut tx = founded(store).await;
    let ended: Vec<_> = (81..86).map(|n| closed(n, now() - Duration::days(9))).collect();
    tx.put_hazards(office(), &ended, now()).await.unwrap();
    tx.put_hazards(office(), &[hazard(), closed(87, now() + Duration::days(1))], now()).await.unwrap();
    tx.commit().await.unwrap();
    let today = now().date_naive();
    let sweep = ChangeSweep { today, written_until: today, hazards_before: now(), visits_before: now() };
    let (mut slices, mut behind) = (vec![], Some(0));
    while let Some(after) = behind {
        let mut tx = store.write().await.unwrap();
        let swept = tx.sweep_changes(office(), &sweep, after, 3).await.unwrap();
        tx.commit().await.unwrap();
        slices.push(swept.gone);
        behind = swept.next;
    }
    // Three rows at a time: both sites and the first, three, the last before what is open and what has ended lately, none.
    assert_eq!(slices, [1, 3, 1, 0]);
    let left = heard(store, &[grid(11)], 0).await;
    assert_eq!(left, [Record::Site(id(21)), Record::Hazard(id(51)), Record::Hazard(id(87))]);
}

pub async fn an_offices_changes_are_of_its_epoch(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_office(&Office { id: id(2), name: "另一街道".to_owned(), demo: false }).await.unwrap();
    tx.commit().await.unwrap();
    let before = changes(store, &[grid(11)], 0, None).await;
    assert_eq!(before.epoch, 0);
    let mut tx = store.write().await.unwrap();
    tx.begin_epoch(office(), 7).await.unwrap();
    // Who names the office anew leaves it as it is.
    tx.put_office(&Office { id: office(), name: "新名".to_owned(), demo: false }).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(changes(store, &[grid(11)], 0, None).await, Changes { epoch: 7, ..before });
    let query = ChangeQuery { audiences: vec![], after: 0, live: None, limit: 1 };
    let other = store.changes(id(2), &query).await.unwrap();
    assert_eq!((other.epoch, other.head), (0, 0), "each office has its own");
}

/// As after a list of changes was lost: what is live is announced anew, and what ended since, but nothing of before.
pub async fn what_nobody_was_told_of_is_announced_anew(store: &impl Store) {
    let mut tx = founded(store).await;
    let (old, new) = (closed(81, now() - Duration::days(9)), closed(82, now() - Duration::days(1)));
    tx.put_hazards(office(), &[hazard(), old, new], now()).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = store.write().await.unwrap();
    // Both ended days ago: their changes go.
    let today = now().date_naive();
    let sweep = ChangeSweep { today, written_until: today, hazards_before: now(), visits_before: now() };
    assert_eq!(
        tx.sweep_changes(office(), &sweep, 0, 100).await.unwrap(),
        SweptChanges { gone: 2, next: None }
    );
    assert_eq!(tx.rebuild_audiences(office(), now()).await.unwrap(), 0);
    assert_eq!(tx.rebuild_audiences(office(), now() - Duration::days(2)).await.unwrap(), 1);
    tx.commit().await.unwrap();
    let left = heard(store, &[grid(11)], 0).await;
    assert_eq!(left, [Record::Site(id(21)), Record::Hazard(id(51)), Record::Hazard(id(82))]);
    let mut tx = store.write().await.unwrap();
    assert_eq!(tx.rebuild_audiences(office(), now() - Duration::days(2)).await.unwrap(), 0, "it is there");
}
