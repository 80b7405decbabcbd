//! Lists and figures: what a figure counts is what its list has, on all pages and in a file, whoever asks.

use super::{by, founded, id, now, office, person};
use chrono::{DateTime, Datelike, Days, Duration, Utc};
use domain::{
    checklist::{Checklist, Severity},
    hazard::{Found, Hazard, HazardCommand, HazardCommandKind, HazardStatus, HazardStatusKind, Issued},
    id::{OfficeId, PersonId},
    integrity::RecordRef,
    ledger::{LedgerFilter, LedgerRow},
    list::{ListFilter, ListPage, ListRequest},
    overview::{Figure, Overview},
    person::{Person, PersonFilter},
    photo::{PhotoFacts, PhotoHash},
    place::{Community, Department, Grid, GridFilter, GridLack, GridRow, Office},
    risk::RiskLevel,
    role::{Actor, Role, Scope},
    sector::Sector,
    site::{Contact, Site, SiteRow},
    time::office_day,
    visit::{PlaceNames, SiteSnapshot, VisitRow},
};
use serde_json::json;
use std::collections::BTreeSet;
use storage::{NamedPhoto, Store, StoredVisit, Transaction};
use tokio::{join, sync::mpsc};
use uuid::Uuid;

/// Rows that a file may have here.
const MOST: u32 = 10_000;

/// Throws from a seed.
struct SeededRng(u64);

impl SeededRng {
    /// From 0 to below `sides`.
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }

    fn once_in(&mut self, times: u64) -> bool {
        self.roll(times) == 0
    }

    fn one_of<T: Clone>(&mut self, things: &[T]) -> T {
        things[self.roll(things.len() as u64) as usize].clone()
    }
}

/// An office of this seed; several stand in one store.
struct Street {
    seed: u128,
    rng: SeededRng,
    sites: Vec<Site>,
    /// Each with the moment since which it stands as it does.
    hazards: Vec<(Hazard, DateTime<Utc>)>,
}

impl Street {
    fn new(seed: u64) -> Self {
        Self { seed: u128::from(seed) << 64, rng: SeededRng(seed), sites: vec![], hazards: vec![] }
    }

    fn id<T: From<Uuid>>(&self, n: u128) -> T {
        id(self.seed + n)
    }

    fn office(&self) -> OfficeId {
        self.id(1)
    }

    /// What each role of this office may see.
    fn scopes(&self) -> [Scope; 5] {
        [
            Scope::Office,
            Scope::Department { department: self.id(41), sectors: vec![Sector::Fire] },
            Scope::Grids(vec![self.id(11), self.id(14)]),
            Scope::Sites(vec![self.id(101), self.id(104)]),
            Scope::Sites(vec![]),
        ]
    }

    async fn found(&mut self, store: &impl Store) {
        let mut tx = store.write().await.unwrap();
        let own = self.office();
        tx.put_office(&Office { id: own, name: format!("第{}街道", self.seed >> 64), demo: false })
            .await
            .unwrap();
        for (community, grids) in [(10, [11, 12]), (13, [14, 15])] {
            let community = Community { id: self.id(community), name: format!("社区{community}") };
            tx.put_community(own, &community).await.unwrap();
            for grid in grids {
                let grid =
                    Grid { id: self.id(grid), community: community.id, name: format!("第{grid}网格") };
                tx.put_grid(own, &grid).await.unwrap();
            }
        }
        let department =
            Department { id: self.id(41), name: "应急办".to_owned(), sectors: vec![Sector::Fire] };
        tx.put_department(own, &department).await.unwrap();
        // One walks two grids, one is no longer here, one is no inspector.
        for (n, grids, disabled, role) in [
            (31, vec![11, 12], false, Role::Inspector),
            (32, vec![14], true, Role::Inspector),
            (33, vec![15], false, Role::Officer),
        ] {
            let person = Person {
                id: self.id(n),
                grids: grids.into_iter().map(|grid| self.id(grid)).collect(),
                disabled,
                role,
                ..person(n, &format!("p{}-{n}", self.seed >> 64))
            };
            tx.put_person(own, &person, None).await.unwrap();
        }
        self.put_sites(&mut *tx).await;
        self.put_visits(&mut *tx).await;
        self.put_hazards(&mut *tx).await;
        tx.commit().await.unwrap();
    }

    async fn put_sites(&mut self, tx: &mut dyn Transaction) {
        for n in 100..109 {
            // Of the first everything is forgotten.
            let is_forgotten = n == 100;
            let (community, grid) = self.rng.one_of(&[(10, 11), (10, 12), (13, 14), (13, 15)]);
            let contact = Contact { name: "赵敏".to_owned(), ..Contact::default() };
            let site = Site {
                id: self.id(n),
                community: self.id(community),
                grid: self.id(grid),
                sector: self.rng.one_of(&[Sector::Fire, Sector::School, Sector::Ebike]),
                risk: self.rng.one_of(&RiskLevel::ALL),
                contacts: if is_forgotten || self.rng.once_in(3) { vec![] } else { vec![contact] },
                leader: if is_forgotten || self.rng.once_in(3) {
                    String::new()
                } else {
                    "刘副主任".to_owned()
                },
                department: self.rng.once_in(4).then(|| self.id(41)),
                retired: !is_forgotten && self.rng.once_in(6),
                ..super::site(n, 11)
            };
            tx.put_site(self.office(), &site).await.unwrap();
            self.sites.push(site);
        }
    }

    async fn put_visits(&mut self, tx: &mut dyn Transaction) {
        let own = self.office();
        for sector in ["fire", "school"] {
            let list = json!({ "id": format!("list-{sector}"), "version": 1, "sector": sector, "site_kinds": [],
                "title": { "zh": "检查表", "en": "List" }, "section": [] });
            let list: Checklist = serde_json::from_value(list).unwrap();
            tx.put_checklist(own, &list).await.unwrap();
        }
        let mut made = vec![];
        for n in 0..70 {
            let at = now() - Duration::hours(self.rng.roll(24 * 120) as i64);
            let site = self.rng.one_of(&self.sites[1..]);
            let list = self.rng.one_of(&["list-fire", "list-school"]);
            let mut forms = vec![json!({ "checklist": list, "version": 1, "answers": {} })];
            match self.rng.roll(5) {
                0 => forms.clear(),
                1 => {
                    let other = if list == "list-fire" { "list-school" } else { "list-fire" };
                    forms.push(json!({ "checklist": other, "version": 1, "answers": {} }));
                }
                _ => {}
            }
            let outcome = if forms.is_empty() { "closed" } else { "done" };
            let visit = json!({ "id": self.id::<Uuid>(2_000 + n), "site": site.id, "nature": "routine",
                "site_seen": { "kinds": [] }, "outcome": outcome, "inspector": self.id::<Uuid>(31),
                "started_at": at, "submitted_at": at, "forms": forms });
            made.push(StoredVisit {
                number: format!("JC-2026-{n:06}"),
                received_at: at,
                inspector_name: "王芳".to_owned(),
                site: SiteSnapshot::of(&site, PlaceNames::default()),
                visit: serde_json::from_value(visit).unwrap(),
            });
        }
        tx.put_visits(own, &made).await.unwrap();
        for stored in made {
            if self.rng.once_in(7) {
                self.put_photo(tx, RecordRef::Visit(stored.visit.id)).await;
            }
        }
    }

    async fn put_hazards(&mut self, tx: &mut dyn Transaction) {
        for n in 0..130 {
            let (hazard, since) = self.hazard(n);
            let shown = RecordRef::Hazard(hazard.id);
            tx.put_hazards(self.office(), std::slice::from_ref(&hazard), now()).await.unwrap();
            self.hazards.push((hazard, since));
            if self.rng.once_in(9) {
                self.put_photo(tx, shown).await;
            }
        }
    }

    /// One that was announced and has not come; two of one record count once.
    async fn put_photo(&mut self, tx: &mut dyn Transaction, by: RecordRef) {
        for _ in 0..=self.rng.roll(2) {
            let hash = PhotoHash::of(&self.rng.roll(u64::MAX).to_be_bytes());
            let author: PersonId = self.id(31);
            let facts = json!({ "hash": hash, "bytes": 1, "media_type": "image/jpeg", "width": 4, "height": 3,
                "at": now(), "by": author });
            let facts: PhotoFacts = serde_json::from_value(facts).unwrap();
            let named = NamedPhoto { hash, by, author, seen: false, at: now() };
            tx.name_photos(self.office(), &[named]).await.unwrap();
            tx.put_photos(self.office(), &[facts]).await.unwrap();
        }
    }

    /// When something may have been done: often at the very edge of what a figure counts.
    fn moment(&mut self) -> DateTime<Utc> {
        let midnight = now() - Duration::hours(10);
        match self.rng.roll(12) {
            0 => now() - Duration::days(1),
            1 => now() - Duration::days(2) - Duration::milliseconds(1),
            2 => now() - Duration::days(2),
            3 => midnight,
            // Monday, and the moment before it.
            4 => midnight - Duration::days(1),
            5 => midnight - Duration::days(1) - Duration::milliseconds(1),
            6 => midnight - Duration::days(90),
            7 => midnight - Duration::days(90) - Duration::milliseconds(1),
            _ => now() - Duration::hours(self.rng.roll(24 * 110) as i64),
        }
    }

    fn hazard(&mut self, n: u128) -> (Hazard, DateTime<Utc>) {
        let mut at = self.moment();
        let site = self.rng.one_of(&self.sites);
        let level = self.rng.one_of(&["general", "general", "major"]);
        let item = self.rng.one_of(&[None, Some("stairs"), Some("exit"), Some("wires")]);
        let life = self.rng.roll(9);
        let fixed = (life == 1).then(|| json!({ "photos": [] }));
        let due = office_day(at) + Days::new(self.rng.roll(40));
        let found = json!({ "level": level, "what": format!("堆物{n}"), "photos": [], "due": due,
            "checklist": item.map(|_| "list-fire"), "item": item, "fixed": fixed });
        let found: Found = serde_json::from_value(found).unwrap();
        let [first, second, third] =
            [31, 32, 33].map(|n| Actor { office: self.office(), person: self.id(n), ..by() });
        let issued = |step: u128, at, by| Issued {
            id: id(self.seed + 10_000 + 10 * n + step),
            at,
            received_at: None,
            by,
        };
        let opened =
            Hazard::open(self.id(1_000 + n), site.resource_scope(), found, &issued(0, at, &first)).unwrap();
        let mut hazard = Hazard { number: Some(format!("XC-2026-{n:06}")), ..opened };
        let deadline = now().date_naive() + Days::new(self.rng.roll(12));
        let plan = json!({ "assign": { "responsible": "物业", "measures": "清走", "funds": "0", "deadline": deadline,
            "contingency": "专人看守" } });
        let asked = json!({ "ask_extension": { "until": "2026-12-30", "reason": "等材料" } });
        let (rectified, accepted) = (json!({ "rectify": { "photos": [] } }), json!({ "accept": {} }));
        let reopened = json!({ "reopen": { "reason": "又堆了", "due": "2026-12-01" } });
        let referred = json!({ "refer": { "authority": "消防大队", "reason": "职责" } });
        let steps = match life {
            0 | 1 => vec![],
            2 => vec![(&third, plan)],
            3 => vec![(&third, plan), (&first, asked)],
            4 => vec![(&third, plan), (&second, rectified)],
            5 => vec![(&third, plan), (&second, rectified), (&third, accepted)],
            6 => vec![(&third, plan), (&second, rectified), (&third, accepted.clone()), (&first, accepted)],
            7 => vec![(&third, referred)],
            _ => vec![
                (&third, plan),
                (&second, rectified),
                (&third, accepted.clone()),
                (&first, accepted),
                (&third, reopened),
            ],
        };
        let mut since = at;
        for (step, (by, command)) in (1..).zip(steps) {
            at += Duration::hours(self.rng.roll((now() - at).num_hours() as u64 + 1) as i64);
            let command: HazardCommand = serde_json::from_value(command).unwrap();
            let (after, because) = hazard.attempt(&command, &issued(step, at, by));
            // To ask for more time leaves it where it is.
            if because.is_none() && command.kind() != HazardCommandKind::AskExtension {
                since = at;
            }
            hazard = after;
        }
        (hazard, since)
    }

    /// What the figure must be, reckoned from the hazards themselves; none: it is of something else.
    fn reckoned(&self, scope: &Scope, figure: Figure) -> Option<usize> {
        let today = office_day(now());
        let longer_than = |since: &DateTime<Utc>, days| *since < now() - Duration::days(days);
        let count = |fits: &dyn Fn(&Hazard, &DateTime<Utc>) -> bool| {
            let seen = self.hazards.iter().filter(|(hazard, _)| scope.covers(&hazard.place));
            Some(seen.filter(|(hazard, since)| fits(hazard, since)).count())
        };
        let stands =
            |hazard: &Hazard, statuses: &[HazardStatusKind]| statuses.contains(&hazard.status.kind());
        let to_accept = [HazardStatusKind::Rectified, HazardStatusKind::AcceptedOnce];
        match figure {
            Figure::Open => count(&|hazard, _| hazard.is_open()),
            Figure::Late => count(&|hazard, _| hazard.is_open() && hazard.due.is_some_and(|due| due < today)),
            Figure::DueThisWeek => {
                let week = today..=today + Days::new(6);
                count(&|hazard, _| hazard.is_open() && hazard.due.is_some_and(|due| week.contains(&due)))
            }
            Figure::Major => count(&|hazard, _| hazard.is_open() && hazard.level() == Severity::Major),
            Figure::ClosedThisMonth => count(&|hazard, _| {
                let HazardStatus::Closed { at, .. } = &hazard.status else { return false };
                let day = office_day(*at);
                (day.year(), day.month()) == (today.year(), today.month())
            }),
            Figure::WaitingForAcceptance => {
                count(&|hazard, since| stands(hazard, &to_accept) && longer_than(since, 2))
            }
            Figure::WaitingForAssignment => {
                count(&|hazard, since| stands(hazard, &[HazardStatusKind::Found]) && longer_than(since, 1))
            }
            Figure::ExtensionsAsked => count(&|hazard, _| {
                stands(hazard, &[HazardStatusKind::Assigned]) && hazard.extension.is_some()
            }),
            Figure::HazardsMissingPhotos
            | Figure::VisitsMissingPhotos
            | Figure::SitesNotVisited
            | Figure::GridsWithoutInspector
            | Figure::SitesWithoutContact
            | Figure::SitesWithoutLeader => None,
        }
    }
}

/// The total that every page tells, and the rows of all pages.
async fn on_pages<F: ListFilter, Row, Summary>(
    filter: &F,
    page: impl AsyncFn(F) -> ListPage<Row, Summary>,
    id: impl Fn(&Row) -> Uuid,
) -> (u64, Vec<Uuid>) {
    let (mut number, mut rows) = (1, vec![]);
    loop {
        let page = page(filter.at_page(number)).await;
        assert_eq!(page.unreadable, 0);
        if page.rows.is_empty() {
            return (page.total, rows);
        }
        rows.extend(page.rows.iter().map(&id));
        number += 1;
    }
}

/// The rows as a file has them.
async fn in_file<Row>(
    send: impl AsyncFnOnce(mpsc::Sender<Row>) -> u32,
    id: impl Fn(&Row) -> Uuid,
) -> Vec<Uuid> {
    let (to, mut rows) = mpsc::channel(4);
    let read = async {
        let mut read = vec![];
        while let Some(row) = rows.recv().await {
            read.push(id(&row));
        }
        read
    };
    let (unreadable, read) = join!(send(to), read);
    assert_eq!(unreadable, 0);
    read
}

/// What the list has on its pages; a file has the same in the same order.
async fn listed(
    store: &impl Store,
    office: OfficeId,
    scope: &Scope,
    request: &ListRequest,
) -> (u64, Vec<Uuid>) {
    let (pages, file) = match request {
        ListRequest::Ledger(filter) => (
            on_pages(
                filter,
                async |filter| store.ledger(office, scope, &filter, now()).await.unwrap(),
                |row: &LedgerRow| row.id.0,
            )
            .await,
            in_file(
                async |to| store.send_ledger(office, scope, filter, now(), MOST, to).await.unwrap(),
                |row: &LedgerRow| row.id.0,
            )
            .await,
        ),
        ListRequest::Visits(filter) => (
            on_pages(
                filter,
                async |filter| store.visits(office, scope, &filter).await.unwrap(),
                |row: &VisitRow| row.summary.id.0,
            )
            .await,
            in_file(
                async |to| store.send_visits(office, scope, filter, MOST, to).await.unwrap(),
                |row: &VisitRow| row.summary.id.0,
            )
            .await,
        ),
        ListRequest::Sites(filter) => (
            on_pages(
                filter,
                async |filter| store.sites(office, scope, &filter, now()).await.unwrap(),
                |row: &SiteRow| row.site.id.0,
            )
            .await,
            in_file(
                async |to| store.send_sites(office, scope, filter, now(), MOST, to).await.unwrap(),
                |row: &SiteRow| row.site.id.0,
            )
            .await,
        ),
        ListRequest::Grids(filter) => (
            on_pages(
                filter,
                async |filter| store.grids(office, scope, &filter).await.unwrap(),
                |row: &GridRow| row.id.0,
            )
            .await,
            in_file(
                async |to| store.send_grids(office, scope, filter, MOST, to).await.unwrap(),
                |row: &GridRow| row.id.0,
            )
            .await,
        ),
        ListRequest::People(_) | ListRequest::Quarantine(_) | ListRequest::Audit(_) => {
            panic!("no figure counts {request:?}")
        }
    };
    assert_eq!(pages.1, file, "{request:?}");
    pages
}

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
    assert!(grids(GridFilter::default(), less).await.is_empty(), "they are the whole office's concern");
    let mut tx = store.write().await.unwrap();
    tx.put_person(office(), &Person { disabled: true, ..both }, None).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(grids(GridFilter::of(GridLack::Inspector), Scope::Office).await, [of("第12网格", "")]);
    let named = GridFilter { query: "11 锦绣".to_owned(), ..GridFilter::default() };
    assert_eq!(grids(named, Scope::Office).await, [of("第11网格", "王芳")]);
}
