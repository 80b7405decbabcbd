//! The phones and the people who work with them, what goes wrong, and what must be true in the end.

use super::{
    fault_plan::FaultPlan,
    network::{Network, Server},
    office::{Database, TestOffice, now as begin, passing_visit},
    phone::HeadlessPhone,
    rng::SeededRng,
    scenario::{Kind, Scenario, Tally},
};
use chrono::{DateTime, Duration, Utc};
use domain::{
    device::{
        StoreName,
        queue::PhotoRecord,
        submission::{Subject, SubmissionRecord, SubmissionState},
    },
    id::{DeviceId, HazardId, OperationId, PersonId},
    photo::{PhotoFacts, PhotoHash},
    place::Office,
    role::Role,
    site::Site,
    sync::{Payload, Reason},
};
use serde_json::{Value, json};
use server::{blobs::Variant, catalogue::Catalogue, clock::SetClock, verify::verify};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    sync::Arc,
};
use test_support::{
    picture::picture,
    work::{COMMANDS, command, stored},
};
use tokio::runtime::Builder;

/// Who works; two phones are one person's.
const WHO: [Role; 5] = [Role::Inspector, Role::Inspector, Role::Officer, Role::Supervisor, Role::Enterprise];

/// Steps in which a phone must have got rid of everything, once nothing goes wrong any more.
const PATIENCE: usize = 2_000;

/// Points at which a server may die within one request; there are about as many.
const POINTS: usize = 60;

/// An office with its people signed in, made once and copied for each seed.
pub struct Template {
    folder: tempfile::TempDir,
    office: Office,
    site: Site,
    elsewhere: Site,
    visit: Value,
    /// Cookie and person of each role.
    sessions: Vec<(Role, String, PersonId)>,
    pub catalogue: Catalogue,
}

impl Template {
    pub fn make() -> Self {
        Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
            let folder = tempfile::tempdir().unwrap();
            let database = Database::sqlite(folder.path());
            let made = TestOffice::on(database, folder).await;
            // One checklist is as good as all, and sooner read.
            made.database.execute("DELETE FROM checklist WHERE id <> 'ebike-charging'").await;
            made.database
                .execute("DELETE FROM change_audience WHERE kind = 'checklist' AND id <> 'ebike-charging'")
                .await;
            let mut sessions = vec![];
            for role in WHO {
                let phone = made.phone(role).await;
                sessions.push((role, phone.cookie, phone.person));
            }
            let phone = made.phone(Role::Inspector).await;
            let visit = passing_visit(&phone, &made.site, &made.checklist("ebike-charging"));
            made.state.store.close().await;
            let TestOffice { folder, office, site, elsewhere, .. } = made;
            let catalogue = Catalogue::built_in().unwrap();
            Self { folder, office, site, elsewhere, visit, sessions, catalogue }
        })
    }

    /// A copy of its own for one seed.
    fn copied(&self) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in fs::read_dir(self.folder.path()).unwrap() {
            let file = file.unwrap();
            if file.file_type().unwrap().is_file() {
                fs::copy(file.path(), folder.path().join(file.file_name())).unwrap();
            }
        }
        folder
    }

    fn phone(&self, role: Role, device: DeviceId) -> HeadlessPhone {
        let (_, cookie, person) = self.sessions.iter().find(|(of, ..)| *of == role).unwrap();
        HeadlessPhone::with_session(cookie.clone(), *person, device)
    }
}

pub struct World<'a> {
    template: &'a Template,
    scenario: &'a Scenario,
    rng: SeededRng,
    clock: Arc<SetClock>,
    time: DateTime<Utc>,
    folder: tempfile::TempDir,
    network: Network,
    phones: Vec<(HeadlessPhone, Role)>,
    /// By how much each phone's clock is wrong.
    skews: Vec<Duration>,
    photos: BTreeMap<PhotoHash, Vec<u8>>,
    tally: Tally,
}

impl<'a> World<'a> {
    pub async fn open(template: &'a Template, scenario: &'a Scenario) -> Self {
        let mut rng = SeededRng::new(scenario.seed ^ 0x5eed);
        let folder = template.copied();
        let (clock, fault_plan) = (Arc::new(SetClock::at(begin())), Arc::new(FaultPlan::default()));
        let server = Server::start(template, folder.path(), &clock, &fault_plan).await;
        let network = Network::new(server, fault_plan);
        let phones: Vec<_> = WHO.map(|role| (template.phone(role, rng.id()), role)).into();
        let skews = vec![Duration::zero(); phones.len()];
        let tally = Tally { seeds: 1, ..Tally::default() };
        let (time, photos) = (begin(), BTreeMap::new());
        Self { template, scenario, rng, clock, time, folder, network, phones, skews, photos, tally }
    }

    /// Somebody does something, or some phone goes on, or something goes wrong.
    pub async fn step(&mut self) {
        let passed = Duration::milliseconds(200 + self.rng.below(20_000) as i64);
        self.pass(passed);
        let which = self.rng.below(self.phones.len());
        if self.rng.percent(35) {
            self.make(which);
        }
        if self.rng.percent(15) {
            self.deliver_late().await;
        }
        let fault_percent = self.rng.percent(self.scenario.fault_percent) && !self.scenario.kinds.is_empty();
        let wrong = fault_percent.then(|| *self.rng.pick(&self.scenario.kinds.clone()));
        self.phone_step(which, wrong).await;
    }

    async fn phone_step(&mut self, which: usize, wrong: Option<Kind>) {
        let after = self.rng.below(POINTS);
        match wrong {
            Some(kind @ (Kind::ServerKilled | Kind::StoreAway)) => self.network.fault_plan.brew(kind, after),
            Some(Kind::ClockJumps) => self.jump(which),
            Some(Kind::PersonMoved) => self.move_person().await,
            Some(Kind::SiteClosed) => self.close_site().await,
            Some(kind) => *self.network.wrong.lock().unwrap() = Some(kind),
            None => {}
        }
        let before = self.phones[which].0.kept.clone();
        let (chance, now) = (self.rng.unit(), self.time + self.skews[which]);
        self.phones[which].0.step_over(&self.network, now, chance).await;
        if wrong == Some(Kind::PhoneKilled) {
            self.network.wrong.lock().unwrap().take();
            // It died before the answer was written down, or after: what it remembers otherwise is gone either way.
            if self.rng.percent(60) {
                self.phones[which].0.kept = before;
            }
            self.phones[which].0.restart();
        }
        let came = match wrong {
            Some(Kind::ServerKilled | Kind::StoreAway) => self.network.fault_plan.clear(),
            Some(Kind::PhoneKilled | Kind::ClockJumps | Kind::PersonMoved | Kind::SiteClosed) => true,
            // Nothing was asked, so nothing went wrong.
            Some(_) => self.network.wrong.lock().unwrap().take().is_none(),
            None => false,
        };
        if came && let Some(kind) = wrong {
            *self.tally.faults.entry(kind).or_default() += 1;
            if kind == Kind::ServerKilled {
                self.restart_server().await;
            }
        }
    }

    fn pass(&mut self, time: Duration) {
        self.time += time;
        self.clock.set(self.time);
    }

    fn jump(&mut self, which: usize) {
        let hours = [-30, -24, -2, 0, 2, 24, 30];
        self.skews[which] = Duration::hours(*self.rng.pick(&hours));
    }

    async fn restart_server(&mut self) {
        let mut server = self.network.server.lock().await;
        server.kill();
        *server =
            Server::start(self.template, self.folder.path(), &self.clock, &self.network.fault_plan).await;
    }

    async fn deliver_late(&mut self) {
        let late: Vec<_> = std::mem::take(&mut *self.network.late.lock().unwrap());
        for asked in late {
            self.network.server.lock().await.answer(asked, false, &self.network.fault_plan).await;
        }
    }

    /// The inspector is sent to the other grid, or back.
    async fn move_person(&mut self) {
        let store = Arc::clone(&self.network.server.lock().await.store);
        let people = store.people(self.template.office.id).await.unwrap();
        let mut person = people.into_iter().find(|person| person.role == Role::Inspector).unwrap();
        let (here, there) = (self.template.site.grid, self.template.elsewhere.grid);
        person.grids = if person.grids == [here] { vec![there] } else { vec![here] };
        let mut tx = store.write().await.unwrap();
        tx.put_person(self.template.office.id, &person, None).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn close_site(&mut self) {
        let store = Arc::clone(&self.network.server.lock().await.store);
        let id = self.template.site.id;
        let mut site = store.site(self.template.office.id, id).await.unwrap().unwrap();
        site.retired = !site.retired;
        let mut tx = store.write().await.unwrap();
        tx.put_site(self.template.office.id, &site).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// One thing that the person of this phone does.
    fn make(&mut self, which: usize) {
        let at = self.time + self.skews[which];
        let Self { rng, template, phones, photos, .. } = self;
        let (phone, role) = &mut phones[which];
        let operation = |rng: &mut SeededRng, payload: Value| json!({ "id": rng.id::<OperationId>(), "schema": 1, "at": at, "payload": payload });
        let hazards: Vec<String> =
            phone.records().into_keys().filter(|(kind, _)| kind == "hazard").map(|(_, id)| id).collect();
        let place = if rng.percent(80) { template.site.id } else { template.elsewhere.id };
        let payload = match rng.below(10) {
            0..4 if !hazards.is_empty() => {
                let hazard = rng.pick(&hazards).clone();
                let (facts, bytes) = taken(rng, phone.person, at);
                let done = command(*role, rng.below(COMMANDS), &facts.hash);
                if done.get("rectify").is_some() {
                    photos.insert(facts.hash.clone(), bytes.clone());
                    let announced = operation(rng, json!(Payload::Photo(facts)));
                    phone.put_photo(bytes, announced);
                }
                json!({ "hazard": { "hazard": hazard, "event": rng.id::<OperationId>(), "command": done } })
            }
            4..6 if *role == Role::Inspector => {
                let mut visit = template.visit["payload"].clone();
                visit["submit_visit"]["id"] = json!(rng.id::<OperationId>());
                visit
            }
            6..8 => {
                let (facts, bytes) = taken(rng, phone.person, at);
                photos.insert(facts.hash.clone(), bytes.clone());
                return phone.put_photo(bytes, operation(rng, json!(Payload::Photo(facts))));
            }
            _ => {
                let pictures: Vec<_> = (0..rng.below(3)).map(|_| taken(rng, phone.person, at)).collect();
                photos.extend(pictures.iter().map(|(facts, bytes)| (facts.hash.clone(), bytes.clone())));
                let hashes: Vec<_> = pictures.iter().map(|(facts, _)| &facts.hash).collect();
                let hazard: HazardId = rng.id();
                let found = json!({ "hazard": { "hazard": hazard, "event": rng.id::<OperationId>(),
                    "site": place, "command": { "report": { "level": "general", "what": "通道堆放杂物", "photos": hashes,
                        "due": "2026-11-27" } } } });
                let found = vec![serde_json::from_value(found).unwrap()];
                return phone.submit(Subject::Hazard { hazard }, found, pictures, at, || rng.id());
            }
        };
        let operation = operation(rng, payload);
        phone.put(operation);
    }

    /// The faults are over; everybody gets rid of everything.
    pub async fn settle(&mut self) {
        self.deliver_late().await;
        for which in 0..self.phones.len() {
            for step in 0.. {
                let (phone, role) = &mut self.phones[which];
                if phone.is_quiet() {
                    break;
                }
                assert!(
                    step < PATIENCE,
                    "seed {}: the phone of {role:?} is stuck: {:?} {:?}",
                    self.scenario.seed,
                    phone.outbox(),
                    phone.photos()
                );
                let now = self.time + self.skews[which];
                match phone.step_over(&self.network, now, 0.5).await {
                    Some(until) => self.pass((until - now).max(Duration::milliseconds(1))),
                    None => self.pass(Duration::milliseconds(50)),
                }
            }
        }
    }

    /// Panics where something that must hold does not.
    pub async fn check(mut self) -> Tally {
        let seed = self.scenario.seed;
        let server = self.network.server.lock().await;
        let (store, blobs) = (Arc::clone(&server.store), Arc::clone(&server.blobs));
        drop(server);
        let stored = stored(&*store).await;
        let mut made = 0;
        for (phone, role) in &self.phones {
            let outbox = phone.outbox();
            for id in &phone.made {
                let receipt = phone.receipts.get(id);
                let refused = outbox.iter().any(|queued| queued.operation == *id && !queued.waits());
                assert!(receipt.is_some() || refused, "seed {seed}: {id} of {role:?} was lost");
                assert_eq!(stored.get(id), receipt.map(|receipt| &receipt.number), "seed {seed}: {id}");
                made += usize::from(receipt.is_some());
                self.tally.refused += u64::from(refused);
            }
            self.tally.operations += phone.made.len() as u64;
            self.tally.submissions += lists_the_truth(phone, &stored, seed);
        }
        assert_eq!(stored.len(), made, "seed {seed}: something is stored that nobody made, or twice");
        let numbers: BTreeSet<_> = stored.values().collect();
        assert_eq!(numbers.len(), stored.len(), "seed {seed}: a number was given twice");
        for (phone, role) in &self.phones {
            for (id, refusal) in &phone.refused {
                // Commands on one hazard go in order: none is refused because it overtook the one before it.
                if refusal.reason == Reason::UnknownHazard {
                    let raw = phone.raw(*id);
                    let hazard = raw["payload"]["hazard"]["hazard"].as_str().unwrap().parse().unwrap();
                    let there = store.hazard(self.template.office.id, hazard).await.unwrap();
                    assert_eq!(there, None, "seed {seed}: {id} of {role:?} came before its hazard");
                }
            }
        }
        for (phone, _) in &self.phones {
            for photo in phone.photos() {
                let bytes = &self.photos[&photo.facts.hash];
                let there = blobs.get(&photo.facts.hash, Variant::Original).await.unwrap();
                // A photo whose facts were refused stays on the phone.
                assert_eq!(there.is_some(), photo.is_received(), "seed {seed}: {photo:?}");
                assert!(there.is_none_or(|there| there == *bytes), "seed {seed}: other bytes");
                self.tally.photos += 1;
            }
        }
        for which in 0..self.phones.len() {
            let role = self.phones[which].1;
            let mut fresh = self.template.phone(role, self.rng.id());
            let now = self.time + self.skews[which];
            let known = {
                let phone = &mut self.phones[which].0;
                for phone in [&mut *phone, &mut fresh] {
                    phone.want_pull();
                    while !phone.is_quiet() {
                        phone.step_over(&self.network, now, 0.0).await;
                    }
                }
                phone.records()
            };
            assert!(known == fresh.records(), "seed {seed}: the phone of {role:?} holds something else");
        }
        let report = verify(&*store, &*blobs).await.unwrap();
        assert!(report.is_clean(), "seed {seed}: {report}");
        self.tally.requests = *self.network.requests.lock().unwrap();
        self.tally.failed_pulls = self.phones.iter().map(|(phone, _)| phone.pulls_failed).sum();
        store.close().await;
        self.tally
    }
}

/// "All sent" stands only over what the server has, photos included; gives how many things were on the list.
fn lists_the_truth(phone: &HeadlessPhone, stored: &BTreeMap<OperationId, String>, seed: u64) -> u64 {
    let (queued, photos) = (phone.outbox(), phone.photos());
    let records: Vec<SubmissionRecord> = phone.kept.all(StoreName::Submissions);
    for record in &records {
        let operations: Vec<_> = queued.iter().filter(|queued| queued.submission == record.id).collect();
        let named = |photo: &&PhotoRecord| record.photos.contains(&photo.facts.hash);
        let pictures: Vec<_> = photos.iter().filter(named).collect();
        let submission = record.clone().submission(&operations, &pictures, None);
        let all_there = stored.contains_key(&record.id) && pictures.iter().all(|photo| photo.is_received());
        match submission.state {
            SubmissionState::Received { .. } => {
                assert!(all_there, "seed {seed}: {record:?} is said to be sent");
            }
            state => assert!(
                !operations.is_empty() || !all_there,
                "seed {seed}: {record:?} is sent, not {state:?}"
            ),
        }
    }
    records.len() as u64
}

/// A photo of some size; no two are the same.
fn taken(rng: &mut SeededRng, by: PersonId, at: DateTime<Utc>) -> (PhotoFacts, Vec<u8>) {
    let length = *rng.pick(&[36, 4_000, 700_000, 1_300_000]);
    let mark = rng.id::<OperationId>().to_string().into_bytes();
    let bytes = picture(mark.into_iter().cycle().take(length).collect::<Vec<u8>>());
    let facts = PhotoFacts {
        hash: PhotoHash::of(&bytes),
        bytes: bytes.len() as u64,
        media_type: "image/jpeg".into(),
        width: 1,
        height: 1,
        at,
        by,
        location: None,
        original: None,
        camera: None,
        source: None,
        caption_height: 0,
    };
    (facts, bytes)
}
