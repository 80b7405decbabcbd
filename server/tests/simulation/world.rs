//! The phones and the people who work with them, and what goes wrong around them.

use super::{
    fault_plan::FaultPlan,
    machine::Machine,
    network::Network,
    office::now as begin,
    phone::Phone,
    rng::SeededRng,
    scenario::{Kind, Scenario, Tally},
    template::{Template, WHO},
};
use chrono::Duration;
use domain::{id::OperationId, photo::PhotoHash, role::Role};
use server::{clock::SetClock, storage::Record};
use std::{collections::BTreeMap, rc::Rc, sync::Arc};
use test_support::{picture::picture, work::COMMANDS};

/// Minutes in which the phones must have got rid of everything, once nothing goes wrong any more.
const PATIENCE: usize = 2_000;

pub struct World<'a> {
    pub template: &'a Template,
    pub scenario: &'a Scenario,
    pub rng: SeededRng,
    pub network: Rc<Network>,
    pub phones: Vec<Phone>,
    /// All that were taken.
    pub photos: BTreeMap<PhotoHash, Vec<u8>>,
    pub tally: Tally,
}

/// For so long nobody does anything; the phones go on by themselves.
pub async fn pass(time: Duration) {
    tokio::time::sleep(time.to_std().unwrap()).await;
}

impl<'a> World<'a> {
    pub async fn open(template: &'a Template, scenario: &'a Scenario) -> Self {
        let mut rng = SeededRng::new(scenario.seed ^ 0x5eed);
        let machine = Machine {
            folder: template.copied(),
            clock: Arc::new(SetClock::at(begin())),
            fault_plan: Arc::new(FaultPlan::default()),
            kinds: Arc::clone(&template.kinds),
        };
        let network = Rc::new(Network::new(machine, scenario, SeededRng::new(rng.seed())));
        let mut phones = vec![];
        for (which, role) in WHO.into_iter().enumerate() {
            phones.push(template.phone(&network, which, role, Duration::zero(), rng.seed()).await);
        }
        let tally = Tally { seeds: 1, ..Tally::default() };
        Self { template, scenario, rng, network, phones, photos: BTreeMap::new(), tally }
    }

    /// Somebody does something, or something goes wrong, and time passes.
    pub async fn step(&mut self) {
        let which = self.rng.below(self.phones.len());
        self.phones[which].attend().await;
        if self.rng.percent(35) {
            self.make(which).await;
        }
        if self.rng.percent(15) {
            self.network.deliver_late();
        }
        if !self.scenario.kinds.is_empty() && self.rng.percent(self.scenario.fault_percent) {
            let kind = *self.rng.pick(&self.scenario.kinds);
            self.happen(kind, which);
        }
        let milliseconds = 200 + self.rng.below(20_000) as i64;
        pass(Duration::milliseconds(milliseconds)).await;
        self.reopen_dead();
    }

    /// What goes wrong away from the line.
    fn happen(&mut self, kind: Kind, which: usize) {
        match kind {
            Kind::PhoneKilled => self.phones[which].reopen(),
            Kind::ClockJumps => {
                let hours = [-30, -24, -2, 0, 2, 24, 30];
                let skew = Duration::hours(*self.rng.pick(&hours));
                self.phones[which].set_clock(self.network.now(), skew);
            }
            Kind::PersonMoved => self.move_person(),
            Kind::SiteClosed => self.close_site(),
            Kind::RequestLost
            | Kind::ReplyLost
            | Kind::Delayed
            | Kind::Doubled
            | Kind::ReplyCut
            | Kind::PieceCut
            | Kind::Portal
            | Kind::ServerKilled
            | Kind::StoreAway => return,
        }
        self.network.count(kind);
    }

    fn reopen_dead(&mut self) {
        for which in self.network.take_dead() {
            self.phones[which].reopen();
        }
    }

    /// The inspector is sent to the other grid, or back.
    fn move_person(&self) {
        let office = self.template.office.id;
        let (here, there) = (self.template.site.grid, self.template.elsewhere.grid);
        self.network.beside(move |store, _| async move {
            let people = store.people(office).await.unwrap();
            let mut person = people.into_iter().find(|person| person.role == Role::Inspector).unwrap();
            person.grids = if person.grids == [here] { vec![there] } else { vec![here] };
            let mut tx = store.write().await.unwrap();
            tx.put_person(office, &person, None).await.unwrap();
            // As the office does: whom work can be given to, and where, stands on all phones.
            tx.touch(office, &[Record::Directory]).await.unwrap();
            tx.commit().await.unwrap();
        });
    }

    fn close_site(&self) {
        let (office, id) = (self.template.office.id, self.template.site.id);
        self.network.beside(move |store, _| async move {
            let mut site = store.site(office, id).await.unwrap().unwrap();
            site.retired = !site.retired;
            let mut tx = store.write().await.unwrap();
            tx.put_site(office, &site).await.unwrap();
            tx.commit().await.unwrap();
        });
    }

    /// One thing that the person of this phone does.
    async fn make(&mut self, which: usize) {
        let Self { rng, template, phones, photos, .. } = self;
        let phone = &mut phones[which];
        let hazards = phone.hazards().await;
        let place = if rng.percent(80) { template.site.id } else { template.elsewhere.id };
        match rng.below(10) {
            0..4 if !hazards.is_empty() => {
                let (hazard, die, photo) = (*rng.pick(&hazards), rng.below(COMMANDS), taken(rng));
                photos.insert(PhotoHash::of(&photo), photo.clone());
                phone.act(hazard, die, photo).await;
            }
            4..6 if phone.role == Role::Inspector => {
                phone.inspect(&template.site, &template.form).await;
            }
            _ => {
                let pictures: Vec<_> = (0..rng.below(3)).map(|_| taken(rng)).collect();
                photos.extend(pictures.iter().map(|photo| (PhotoHash::of(photo), photo.clone())));
                phone.report(place, pictures).await;
            }
        }
    }

    /// The faults are over; everybody gets rid of everything.
    pub async fn settle(&mut self) {
        self.network.calm_down();
        self.network.deliver_late();
        self.reopen_dead();
        for minute in 0.. {
            let mut all_quiet = true;
            for phone in &self.phones {
                phone.attend().await;
                let is_quiet = phone.is_quiet().await;
                let (role, outbox, photos) = (phone.role, phone.outbox().await, phone.photos().await);
                assert!(
                    is_quiet || minute < PATIENCE,
                    "seed {}: the phone of {role:?} is stuck: {outbox:?} {photos:?}",
                    self.scenario.seed
                );
                all_quiet &= is_quiet;
                phone.wake();
            }
            // What the last of them has sent is news to the others.
            pass(Duration::minutes(1)).await;
            if all_quiet {
                break;
            }
        }
    }
}

/// A photo of some size; no two are the same.
fn taken(rng: &mut SeededRng) -> Vec<u8> {
    let length = *rng.pick(&[36, 4_000, 700_000, 1_300_000]);
    let mark = rng.id::<OperationId>().to_string().into_bytes();
    picture(mark.into_iter().cycle().take(length).collect::<Vec<u8>>())
}
