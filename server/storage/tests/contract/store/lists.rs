//! Lists and figures: what a figure counts is what its list has, on all pages and in a file, whoever asks.

mod reckoned;
pub(super) mod rows;
mod street;

use super::{founded, id, now, office, person};
use domain::{
    ledger::{LedgerFilter, LedgerRow},
    overview::{Figure, Overview},
    person::{Person, PersonFilter},
    place::{GridFilter, GridLack},
    role::{Role, Scope},
};
use rows::{MOST, in_file, listed};
use std::collections::BTreeSet;
use storage::Store;
use street::Street;
use tokio::sync::mpsc;

/// Offices drawn from seeds; what every figure counts is what opens behind it, for everybody's scope.
pub async fn every_figure_counts_the_rows_that_it_opens(store: &impl Store) {
    for seed in 1..=3 {
        let mut street = Street::new(seed);
        street.found(store).await;
        let mut seen = BTreeSet::new();
        for scope in street.scopes() {
            let overview = store.overview(street.office(), &scope, now()).await.unwrap();
            for (request, count) in overview.counted() {
                let (total, rows) = listed(store, street.office(), &scope, &request).await;
                let told = format!("seed {seed}, {scope:?}, {request:?}");
                assert_eq!((total, rows.len() as u64), (count, count), "{told}");
                assert_eq!(
                    rows.iter().collect::<BTreeSet<_>>().len(),
                    rows.len(),
                    "a row stands twice: {told}"
                );
            }
            for figure in Figure::ALL {
                if let Some(reckoned) = street.reckoned(&scope, figure) {
                    assert_eq!(overview.count(figure), reckoned as u64, "seed {seed}, {scope:?}, {figure:?}");
                }
                seen.extend((overview.count(figure) > 0).then_some(figure));
            }
            parts_make_the_whole(&overview, &scope);
        }
        assert_eq!(seen.len(), Figure::ALL.len(), "seed {seed} tries {seen:?} only");
    }
}

/// Sectors and communities part the open ones, and who sees nothing is told of nothing.
fn parts_make_the_whole(overview: &Overview, scope: &Scope) {
    let open = overview.count(Figure::Open);
    assert_eq!(overview.by_sector.iter().map(|(_, count)| count).sum::<u64>(), open, "{scope:?}");
    assert_eq!(overview.by_community.iter().map(|(_, _, count)| count).sum::<u64>(), open, "{scope:?}");
    assert_eq!(overview.weeks.len(), 12);
    if *scope == Scope::Office {
        assert!(overview.recurring.iter().all(|again| again.times > 1) && !overview.recurring.is_empty());
        assert!(overview.weeks.iter().any(|week| week.closed > 0));
    }
    if *scope == Scope::Sites(vec![]) {
        assert!(overview.counted().iter().all(|(_, count)| *count == 0), "{overview:?}");
    }
}

pub async fn a_file_holds_so_many_rows_at_the_most(store: &impl Store) {
    let mut street = Street::new(9);
    street.found(store).await;
    let filter = LedgerFilter::default();
    let few = in_file(
        async |to| store.send_ledger(street.office(), &Scope::Office, &filter, now(), 7, to).await.unwrap(),
        |row: &LedgerRow| row.id.0,
    )
    .await;
    let (_, all) = listed(store, street.office(), &Scope::Office, &filter.into()).await;
    assert_eq!(few, all[..7], "the first of them");
    // Whoever listens no more is no failure.
    let (to, rows) = mpsc::channel(1);
    drop(rows);
    let filter = LedgerFilter::default();
    let told = store.send_ledger(street.office(), &Scope::Office, &filter, now(), MOST, to).await;
    assert_eq!(told.unwrap(), 0);
}

pub async fn people_are_found_by_role_name_account_and_phone(store: &impl Store) {
    let li = Person {
        name: "李敏".to_owned(),
        role: Role::Officer,
        phone: "13900000077".to_owned(),
        ..person(32, "limin")
    };
    let gone = Person { disabled: true, ..person(33, "zhao") };
    let mut tx = founded(store).await;
    for person in [&li, &gone] {
        tx.put_person(office(), person, None).await.unwrap();
    }
    tx.commit().await.unwrap();
    let all = [person(31, "wang"), li.clone(), gone.clone()];
    for (filter, expected) in [
        (PersonFilter::default(), &all[..]),
        (PersonFilter { role: Some(Role::Officer), ..PersonFilter::default() }, &all[1..2]),
        (PersonFilter { query: "李".to_owned(), ..PersonFilter::default() }, &all[1..2]),
        (PersonFilter { query: "LIM".to_owned(), ..PersonFilter::default() }, &all[1..2]),
        (PersonFilter { query: "0077".to_owned(), ..PersonFilter::default() }, &all[1..2]),
        (PersonFilter { query: "王芳 zhao".to_owned(), ..PersonFilter::default() }, &all[2..]),
        (PersonFilter { query: "role".to_owned(), ..PersonFilter::default() }, &all[..0]),
    ] {
        let page = store.people_page(office(), &PersonFilter { page: 1, ..filter.clone() }).await.unwrap();
        assert_eq!((page.rows.as_slice(), page.total), (expected, expected.len() as u64), "{filter:?}");
        let file = in_file(
            async |to| store.send_people(office(), &filter, MOST, to).await.unwrap(),
            |person: &Person| person.id.0,
        );
        assert_eq!(file.await, expected.iter().map(|person| person.id.0).collect::<Vec<_>>(), "{filter:?}");
    }
    assert_eq!(
        store.people_page(id(2), &PersonFilter::default()).await.unwrap().total,
        0,
        "another office's"
    );
}

pub async fn grids_are_told_with_those_who_walk_them(store: &impl Store) {
    let mut tx = founded(store).await;
    let both = Person { name: "李敏".to_owned(), grids: vec![id(11), id(12)], ..person(32, "limin") };
    tx.put_person(office(), &both, None).await.unwrap();
    tx.commit().await.unwrap();
    let grids = async |filter: GridFilter, scope: Scope| {
        let page = store.grids(office(), &scope, &GridFilter { page: 1, ..filter }).await.unwrap();
        assert_eq!(page.total, page.rows.len() as u64);
        page.rows.into_iter().map(|row| (row.name, row.inspectors.join("、"), row.sites)).collect::<Vec<_>>()
    };
    let of = |name: &str, inspectors: &str| (name.to_owned(), inspectors.to_owned(), 1);
    let all = [of("第11网格", "李敏、王芳"), of("第12网格", "李敏")];
    assert_eq!(grids(GridFilter::default(), Scope::Office).await, all);
    assert!(grids(GridFilter::of(GridLack::Inspector), Scope::Office).await.is_empty());
    let less = Scope::Grids(vec![id(11)]);
    assert_eq!(grids(GridFilter::default(), less).await, [of("第11网格", "李敏、王芳")], "a community's own");
    assert!(grids(GridFilter::default(), Scope::Sites(vec![])).await.is_empty(), "contacts walk none");
    let mut tx = store.write().await.unwrap();
    tx.put_person(office(), &Person { disabled: true, ..both }, None).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(grids(GridFilter::of(GridLack::Inspector), Scope::Office).await, [of("第12网格", "")]);
    let named = GridFilter { query: "11 锦绣".to_owned(), ..GridFilter::default() };
    assert_eq!(grids(named, Scope::Office).await, [of("第11网格", "王芳")]);
}
