//! What the write transactions leave: numbers, operations, changes.

use super::{announced, founded, id, now, office, person};
use chrono::{Days, Duration};
use domain::{
    audience::Audience,
    id::{OperationId, PersonId},
    quota::Usage,
    sync::Outcome,
    time::office_day,
};
use futures::future::{join, join_all};
use std::{
    cell::{Cell, RefCell},
    collections::{BTreeSet, HashMap},
};
use storage::{Changed, NewOperation, Numbers, Record, Store, Transaction};

fn operation(n: u128, hash: &str) -> NewOperation {
    NewOperation {
        id: id(n),
        office: office(),
        person: id(31),
        device: id(41),
        schema: 1,
        at: now(),
        received_at: now(),
        hash: hash.to_owned(),
        raw: "{}".to_owned(),
        outcome: Outcome::RetryAfter { after_seconds: 7, because: Default::default() },
        brought_by: None,
    }
}

/// Takes the next number of hazards, as a turn does.
async fn next_hazard_number(tx: &mut dyn Transaction, year: i32) -> u64 {
    let mut numbers = tx.numbers(office(), year).await.unwrap();
    numbers.hazard += 1;
    tx.put_numbers(office(), year, &numbers).await.unwrap();
    numbers.hazard
}

pub async fn numbers_run_on_and_are_never_given_twice(store: &impl Store) {
    let mut tx = founded(store).await;
    assert_eq!(tx.numbers(office(), 2026).await.unwrap(), Numbers::default());
    let numbers = Numbers { receipt: 40, hazard: 3, visit: 0, spot_check: 0 };
    tx.put_numbers(office(), 2026, &numbers).await.unwrap();
    assert_eq!(tx.numbers(office(), 2027).await.unwrap(), Numbers::default(), "years have their own");
    // Whoever puts back less than there is changes nothing.
    tx.put_numbers(office(), 2026, &Numbers { visit: 2, ..Numbers::default() }).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = store.write().await.unwrap();
    assert_eq!(tx.numbers(office(), 2026).await.unwrap(), Numbers { visit: 2, ..numbers });
}

pub async fn numbers_asked_for_at_once_are_all_different(store: &impl Store) {
    founded(store).await.commit().await.unwrap();
    let ask = |keep: bool| async move {
        let mut tx = store.write().await.unwrap();
        let number = next_hazard_number(&mut *tx, 2026).await;
        tokio::task::yield_now().await;
        if keep {
            tx.commit().await.unwrap();
        }
        keep.then_some(number)
    };
    let given = join_all((0..24).map(|n| ask(n % 3 != 0))).await;
    // Those whose turn was not committed never had theirs: no number is lost with them.
    let mut given: Vec<u64> = given.into_iter().flatten().collect();
    given.sort_unstable();
    assert_eq!(given, (1..=16).collect::<Vec<_>>());
}

pub async fn an_operation_is_recorded_with_its_first_outcome(store: &impl Store) {
    let mut tx = founded(store).await;
    let (known, unknown): (OperationId, OperationId) = (id(71), id(72));
    tx.record(&[operation(71, "first")]).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = store.write().await.unwrap();
    let recorded = tx.recorded(&[known, unknown]).await.unwrap();
    assert_eq!(recorded.keys().collect::<Vec<_>>(), [&known]);
    let recorded = &recorded[&known];
    assert_eq!((recorded.person, recorded.hash.as_str()), (id::<PersonId>(31), "first"));
    assert_eq!(recorded.outcome, Outcome::RetryAfter { after_seconds: 7, because: Default::default() });
    assert!(tx.record(&[operation(72, "first"), operation(71, "second")]).await.is_err());
}

/// Whether that shows when it is written or with the next that is asked.
pub async fn what_cannot_be_written_takes_the_whole_turn_with_it(store: &impl Store) {
    let mut tx = founded(store).await;
    let of_nobody: PersonId = id(99);
    let usage = Usage { operations: 2, ..Usage::default() };
    let written = tx.put_usage(office_day(now()), &[(of_nobody, usage)]).await;
    let committed = if written.is_ok() { tx.commit().await } else { written };
    assert!(committed.is_err(), "nobody of that id");
    assert_eq!(store.offices().await.unwrap(), [], "nor anything of before");
    founded(store).await.commit().await.unwrap();
}

pub async fn a_record_keeps_its_newest_change_only(store: &impl Store) {
    founded(store).await.commit().await.unwrap();
    let before = announced(store, Audience::WholeOffice, 0, 100).await;
    let last = before.last().unwrap().seq;
    assert!(before.is_sorted_by(|a, b| a.seq < b.seq));
    let mut tx = store.write().await.unwrap();
    for _ in 0..3 {
        tx.touch(office(), &[Record::Site(id(21)), Record::Site(id(21))]).await.unwrap();
    }
    tx.commit().await.unwrap();
    let since = announced(store, Audience::WholeOffice, last, 100).await;
    assert_eq!(since.iter().map(|row| row.record.clone()).collect::<Vec<_>>(), [Some(Record::Site(id(21)))]);
    assert_eq!(announced(store, Audience::WholeOffice, 0, 100).await.len(), before.len());
    assert_eq!(announced(store, Audience::WholeOffice, 0, 1).await.len(), 1);
}

/// Eight writers, a third of whose turns fail, and one reader who goes on from where the last page ended.
pub async fn a_reader_skips_no_change_however_late_it_commits(store: &impl Store) {
    const WRITERS: usize = 8;
    const TURNS: usize = 12;
    founded(store).await.commit().await.unwrap();
    let start = announced(store, Audience::WholeOffice, 0, 1000).await.last().unwrap().seq;
    let writing = Cell::new(WRITERS);
    let committed = RefCell::new(BTreeSet::new());
    let (writing, committed) = (&writing, &committed);
    let write = |writer: usize| async move {
        for turn in 0..TURNS {
            let mut tx = store.write().await.unwrap();
            let records: Vec<_> = (0..=turn % 3).map(|n| format!("w{writer}-{turn}-{n}")).collect();
            for record in &records {
                tx.touch(office(), &[Record::Form(record.as_str().into(), 1)]).await.unwrap();
                // Others get a word in between the number and its commit.
                tokio::task::yield_now().await;
            }
            if (writer + turn).is_multiple_of(3) {
                continue;
            }
            tx.commit().await.unwrap();
            committed.borrow_mut().extend(records);
        }
        writing.set(writing.get() - 1);
    };
    let read = async {
        let (mut seen, mut cursor) = (BTreeSet::new(), start);
        loop {
            let last_round = writing.get() == 0;
            let page = announced(store, Audience::Everybody, cursor, 7).await;
            if page.is_empty() && last_round {
                return seen;
            }
            for Changed { seq, record, .. } in page {
                assert!(seq > cursor, "{seq} after {cursor}");
                cursor = seq;
                let Some(Record::Form(id, _)) = record else { panic!("{record:?}") };
                assert!(seen.insert(id.to_string()), "{id} twice");
            }
            tokio::task::yield_now().await;
        }
    };
    let (_, seen) = join(join_all((0..WRITERS).map(write)), read).await;
    assert!(!seen.is_empty());
    assert_eq!(seen, *committed.borrow());
}

pub async fn a_days_use_is_kept_for_a_month(store: &impl Store) {
    let (today, next) = (office_day(now()), office_day(now() + Duration::days(1)));
    let used =
        Usage { operations: 3, bytes: 4_000, photos: 2, photo_bytes: 600_000, pieces: 5, quarantine: 1 };
    let begun = Usage { operations: 1, ..Usage::default() };
    let [one, two, nobody]: [PersonId; 3] = [id(31), id(32), id(33)];
    let nothing = Usage::default();
    let mut tx = founded(store).await;
    tx.put_person(office(), &person(32, "li"), Some("$argon2id$")).await.unwrap();
    assert_eq!(tx.usage(&[], today).await.unwrap(), HashMap::new());
    assert_eq!(tx.usage(&[one, two], today).await.unwrap(), [(one, nothing), (two, nothing)].into());
    tx.put_usage(today, &[]).await.unwrap();
    tx.put_usage(today, &[(one, begun)]).await.unwrap();
    tx.put_usage(today, &[(one, used), (two, begun)]).await.unwrap();
    tx.put_usage(next, &[(one, begun)]).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = store.write().await.unwrap();
    let of_today = tx.usage(&[one, two, nobody], today).await.unwrap();
    assert_eq!(of_today, [(one, used), (two, begun), (nobody, nothing)].into());
    assert_eq!(tx.usage(&[one], next).await.unwrap(), [(one, begun)].into());
    tx.put_usage(today + Days::new(32), &[(one, begun)]).await.unwrap();
    assert_eq!(tx.usage(&[one, two], today).await.unwrap(), [(one, nothing), (two, nothing)].into());
    assert_eq!(tx.usage(&[one], next).await.unwrap(), [(one, begun)].into());
}
