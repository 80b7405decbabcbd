//! An office drawn from a seed, and what is in it.

use super::super::{by, id, now, person, site, spot_checks};
use chrono::{DateTime, Days, Duration, Utc};
use domain::{
    attachment::AttachmentFacts,
    device::heartbeat::{Heartbeat, Unsent},
    form::Form,
    hazard::{Found, Hazard, HazardCommand, HazardCommandKind, Issued},
    id::{OfficeId, PersonId},
    integrity::RecordRef,
    person::Person,
    photo::{PhotoFacts, PhotoHash},
    place::{Community, Department, Grid, Office},
    risk::RiskLevel,
    role::{Actor, Role, Scope},
    sector::Sector,
    site::{Contact, Site},
    time::office_day,
    visit::{PlaceNames, SiteSnapshot},
};
use serde_json::json;
use storage::{NamedPhoto, NewHeartbeat, Store, StoredVisit, Transaction};
use uuid::Uuid;

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
pub struct Street {
    seed: u128,
    rng: SeededRng,
    sites: Vec<Site>,
    /// Each with the moment since which it stands as it does.
    pub hazards: Vec<(Hazard, DateTime<Utc>)>,
}

impl Street {
    pub fn new(seed: u64) -> Self {
        Self { seed: u128::from(seed) << 64, rng: SeededRng(seed), sites: vec![], hazards: vec![] }
    }

    fn id<T: From<Uuid>>(&self, n: u128) -> T {
        id(self.seed + n)
    }

    pub fn office(&self) -> OfficeId {
        self.id(1)
    }

    /// What each role of this office may see.
    pub fn scopes(&self) -> [Scope; 5] {
        [
            Scope::Office,
            Scope::Department { department: self.id(41), sectors: vec![Sector::Fire] },
            Scope::Grids(vec![self.id(11), self.id(14)]),
            Scope::Sites(vec![self.id(101), self.id(104)]),
            Scope::Sites(vec![]),
        ]
    }

    pub async fn found(&mut self, store: &impl Store) {
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
        spot_checks::put_two(&mut *tx, own, |n| self.id(n)).await;
        self.put_heartbeats(&mut *tx).await;
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
                ..site(n, 11)
            };
            tx.put_site(self.office(), &site).await.unwrap();
            self.sites.push(site);
        }
    }

    async fn put_visits(&mut self, tx: &mut dyn Transaction) {
        let own = self.office();
        for sector in ["fire", "school"] {
            let form = json!({ "id": format!("list-{sector}"), "version": 1, "sector": sector, "layer": "patrol",
                "title": { "zh": "检查表", "en": "List" }, "entries": [] });
            let form: Form = serde_json::from_value(form).unwrap();
            tx.put_form(own, &form).await.unwrap();
        }
        let mut made = vec![];
        for n in 0..70 {
            let at = now() - Duration::hours(self.rng.roll(24 * 120) as i64);
            let site = self.rng.one_of(&self.sites[1..]);
            let form = self.rng.one_of(&["list-fire", "list-school"]);
            let mut forms = vec![json!({ "form": form, "version": 1, "answers": [] })];
            match self.rng.roll(5) {
                0 => forms.clear(),
                1 => {
                    let other = if form == "list-fire" { "list-school" } else { "list-fire" };
                    forms.push(json!({ "form": other, "version": 1, "answers": [] }));
                }
                _ => {}
            }
            let outcome = if forms.is_empty() { "closed" } else { "done" };
            let visit = json!({ "id": self.id::<Uuid>(2_000 + n), "site": site.id, "nature": "patrol",
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

    /// Two phones have held something for days, one since today, and one has sent all.
    async fn put_heartbeats(&self, tx: &mut dyn Transaction) {
        let held = [(31, 3_001, 80), (33, 3_002, 75), (32, 3_003, 2), (31, 3_004, 0)];
        let said = held.map(|(person, n, hours)| {
            let visits = u32::from(hours > 0);
            let unsent = Unsent { visits, ..Unsent::default() };
            let oldest = Some(now() - Duration::hours(hours));
            let heartbeat = Heartbeat { number: 1, unsent, oldest, ..Heartbeat::default() };
            NewHeartbeat {
                id: self.id(n),
                person: self.id(person),
                device: self.id(n),
                since: heartbeat.since(now(), now()),
                heartbeat,
                app: String::new(),
            }
        });
        tx.put_heartbeats(self.office(), &said, now()).await.unwrap();
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
            tx.put_attachments(self.office(), &[AttachmentFacts::Photo(facts)]).await.unwrap();
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
        let question = self.rng.one_of(&[None, Some("stairs"), Some("exit"), Some("wires")]);
        let life = self.rng.roll(9);
        let fixed = (life == 1).then(|| json!({ "photos": [] }));
        let due = office_day(at) + Days::new(self.rng.roll(40));
        let kind = ["site", "authority", "site", "unknown"][n as usize % 4];
        let found = json!({ "level": level, "what": format!("堆物{n}"), "photos": [], "due": due,
            "form": question.map(|_| "list-fire"), "question": question, "fixed": fixed,
            "responsible": "消防大队", "responsible_kind": kind });
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
            Hazard::open(self.id(1_000 + n), site.resource_scope(), None, found, &issued(0, at, &first))
                .unwrap();
        let mut hazard = Hazard { number: Some(format!("XC-2026-{n:06}")), ..opened };
        let deadline = now().date_naive() + Days::new(self.rng.roll(12));
        let plan = json!({ "assign": { "responsible": "物业", "measures": "清走", "funds": 0, "deadline": deadline,
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
}
