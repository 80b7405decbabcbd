//! Tasks: announced to who has them, listed to who sees where they lie.

use super::{
    founded, hazard, id,
    lists::rows::{MOST, in_file},
    now, office, person,
};
use chrono::Duration;
use domain::{
    audience::Audience,
    id::PersonId,
    person::Person,
    role::Scope,
    sector::Sector,
    task::{
        HazardNeed, Task, TaskAbout, TaskDoneBy, TaskEvent, TaskFilter, TaskLate, TaskRecord, TaskState,
        TaskStateKind,
    },
    time::office_day,
};
use std::collections::HashSet;
use storage::{ChangeQuery, LoadedRecord, Record, Store, Transaction};

fn record(n: u128, event: TaskEvent) -> TaskRecord {
    let (at, by) = (now(), Some(id(39)));
    TaskRecord { id: id(n), at, received_at: Some(at), by, name: "周宁".to_owned(), event }
}

/// A visit to the first site, given to the first person, until so many days from now.
fn visit(n: u128, days: i64) -> Task {
    let to: PersonId = id(31);
    let given = TaskEvent::Given { to, name: "王芳".to_owned() };
    Task {
        id: id(n),
        person: to,
        person_name: "王芳".to_owned(),
        from: id(39),
        from_name: "周宁".to_owned(),
        about: TaskAbout::Visit { site: id(21), site_name: "惠民市场".to_owned(), forms: vec![] },
        note: "节前看一看".to_owned(),
        until: office_day(now()) + Duration::days(days),
        given_at: now(),
        state: TaskState::Open,
        events: vec![record(n + 1_000, given)],
    }
}

fn of_hazard(n: u128, days: i64) -> Task {
    let about = TaskAbout::Hazard {
        hazard: id(51),
        what: "堆物".to_owned(),
        site: id(21),
        site_name: "惠民市场".to_owned(),
        need: HazardNeed::Recheck,
    };
    Task { about, ..visit(n, days) }
}

fn then(task: &Task, n: u128, event: TaskEvent) -> Task {
    let mut task = task.clone();
    task.evolve(record(n, event));
    task
}

async fn put(store: &impl Store, tasks: &[Task]) {
    let mut tx = store.write().await.unwrap();
    tx.put_tasks(office(), tasks).await.unwrap();
    tx.commit().await.unwrap();
}

async fn heard(store: &impl Store, audience: Audience, after: i64) -> Vec<Record> {
    let query = ChangeQuery { audiences: vec![audience], after, live: None, limit: 100 };
    let rows = store.changes(office(), &query).await.unwrap().rows;
    rows.into_iter().map(|row| row.record.unwrap()).collect()
}

/// The newest number that was given.
async fn head(store: &impl Store) -> i64 {
    let query = ChangeQuery { audiences: vec![], after: 0, live: None, limit: 1 };
    store.changes(office(), &query).await.unwrap().head
}

async fn two_people(store: &impl Store) -> Box<dyn Transaction> {
    let mut tx = founded(store).await;
    let other = Person { name: "李敏".to_owned(), ..person(32, "limin") };
    tx.put_person(office(), &other, None).await.unwrap();
    tx.put_hazards(office(), &[hazard()], now()).await.unwrap();
    tx
}

pub async fn a_task_is_its_persons_own_until_it_ends(store: &impl Store) {
    two_people(store).await.commit().await.unwrap();
    let (task, own) = (visit(71, 2), [Record::Task(id(71))]);
    put(store, std::slice::from_ref(&task)).await;
    let (one, other) = (Audience::Person(id(31)), Audience::Person(id(32)));
    assert_eq!(heard(store, one, 0).await, own);
    let nobody_else = [other, Audience::WholeOffice, Audience::Everybody, Audience::Grid(id(11))];
    for audience in nobody_else {
        assert!(!heard(store, audience, 0).await.contains(&own[0]), "{audience:?}");
    }
    let before = head(store).await;
    // Handed on: who had it is told that it is gone, who has it now that it is there.
    let handed_on = then(&task, 72, TaskEvent::HandedOn { to: id(32), name: "李敏".to_owned() });
    put(store, std::slice::from_ref(&handed_on)).await;
    assert_eq!(heard(store, one, before).await, own);
    assert_eq!(heard(store, other, before).await, own);
    let loaded = store.load_records(office(), &own).await.unwrap();
    let loaded = loaded.get(&own[0]).unwrap().as_ref().unwrap();
    assert_eq!(*loaded, LoadedRecord::Task(Box::new(handed_on.clone())));
    assert_eq!(store.audience_faults(office()).await.unwrap(), []);
    // Done: nobody has it any more.
    let before = head(store).await;
    let done = then(&handed_on, 73, TaskEvent::Done { by: TaskDoneBy::Visit(id(81)) });
    put(store, std::slice::from_ref(&done)).await;
    assert_eq!(heard(store, one, before).await, []);
    assert_eq!(heard(store, other, before).await, own, "that it is gone");
    assert_eq!(heard(store, other, 0).await, own);
    assert_eq!(store.audience_faults(office()).await.unwrap(), []);
    let mut tx = store.write().await.unwrap();
    assert_eq!(
        tx.tasks(office(), &[id(71), id(99)]).await.unwrap().into_values().collect::<Vec<_>>(),
        [done]
    );
    assert!(tx.tasks(id(2), &[id(71)]).await.unwrap().is_empty(), "of another office");
    assert_eq!(tx.known_tasks(&[id(71), id(99)]).await.unwrap(), HashSet::from([id(71)]));
}

pub async fn open_tasks_are_found_by_what_may_do_them_and_by_who_has_them(store: &impl Store) {
    let mut tx = two_people(store).await;
    let ended = then(&visit(74, 1), 75, TaskEvent::Withdrawn { reason: "派错了".to_owned() });
    let (later, sooner, hazards) = (visit(71, 2), visit(72, 1), of_hazard(73, 3));
    tx.put_tasks(office(), &[later.clone(), sooner.clone(), hazards.clone(), ended]).await.unwrap();
    let at = tx.open_tasks_at(office(), &[id(21)], &[]).await.unwrap();
    assert_eq!(at, [sooner.clone(), later.clone()], "a visit does not see to a hazard");
    assert_eq!(
        tx.open_tasks_at(office(), &[id(22)], &[id(51)]).await.unwrap(),
        std::slice::from_ref(&hazards)
    );
    assert_eq!(tx.open_tasks_at(office(), &[], &[]).await.unwrap(), []);
    assert_eq!(tx.open_tasks_of(office(), id(31)).await.unwrap(), [sooner, later, hazards]);
    assert_eq!(tx.open_tasks_of(office(), id(32)).await.unwrap(), []);
}

pub async fn tasks_are_listed_where_they_lie_by_who_has_them_and_how_late(store: &impl Store) {
    let mut tx = two_people(store).await;
    let late = visit(71, -1);
    let handed_on = TaskEvent::HandedOn { to: id(32), name: "李敏".to_owned() };
    let open = then(&of_hazard(72, 1), 82, handed_on);
    let done = then(&visit(73, -2), 83, TaskEvent::Done { by: TaskDoneBy::Visit(id(81)) });
    let all = [late.clone(), open.clone(), done.clone()];
    tx.put_tasks(office(), &all).await.unwrap();
    tx.commit().await.unwrap();
    let none = TaskFilter { page: 1, ..TaskFilter::default() };
    let here = Scope::Grids(vec![id(11)]);
    let elsewhere = Scope::Grids(vec![id(12)]);
    for (scope, filter, expected) in [
        (&Scope::Office, none.clone(), &all[..]),
        (&here, none.clone(), &all[..]),
        (&elsewhere, none.clone(), &all[..0]),
        (&Scope::Office, TaskFilter { person: Some(id(32)), ..none.clone() }, &all[1..2]),
        (&Scope::Office, TaskFilter { state: Some(TaskStateKind::Done), ..none.clone() }, &all[2..]),
        (&Scope::Office, TaskFilter { late: Some(TaskLate::Overdue), ..none.clone() }, &all[..1]),
        (&Scope::Office, TaskFilter { site: Some(id(21)), ..none.clone() }, &all[..]),
        (&Scope::Office, TaskFilter { site: Some(id(22)), ..none.clone() }, &all[..0]),
        (&Scope::Office, TaskFilter { hazard: Some(id(51)), ..none.clone() }, &all[1..2]),
        (&Scope::Office, TaskFilter { query: "李敏".to_owned(), ..none.clone() }, &all[1..2]),
        (&Scope::Office, TaskFilter { query: "周宁".to_owned(), ..none.clone() }, &all[..]),
    ] {
        let page = store.tasks(office(), scope, &filter, now()).await.unwrap();
        let told = format!("{scope:?} {filter:?}");
        assert_eq!((page.rows.as_slice(), page.total), (expected, expected.len() as u64), "{told}");
        let file = in_file(
            async |to| store.send_tasks(office(), scope, &filter, now(), MOST, to).await.unwrap(),
            |task: &Task| task.id.0,
        );
        assert_eq!(file.await, expected.iter().map(|task| task.id.0).collect::<Vec<_>>(), "{told}");
    }
    // A department that answers for the hazard sees what is to be done about it, whoever's the site is.
    let (department, sectors) = (id(90), vec![]);
    let mut moved = hazard();
    moved.place.department = Some(department);
    moved.place.sector = Sector::Ebike;
    let mut tx = store.write().await.unwrap();
    tx.put_hazards(office(), &[moved], now()).await.unwrap();
    tx.commit().await.unwrap();
    let page = store.tasks(office(), &Scope::Department { department, sectors }, &none, now()).await.unwrap();
    assert_eq!(page.rows, [open]);
    // The site's own, which does not see the hazard, is not told of it.
    let of_site = Scope::Department { department: id(91), sectors: vec![Sector::Fire] };
    let page = store.tasks(office(), &of_site, &none, now()).await.unwrap();
    assert_eq!(page.rows, [late, done]);
}
