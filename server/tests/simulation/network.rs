//! The line between phones and server: what goes wrong with each request is drawn, and what is still under way is kept.

use super::{
    machine::{Machine, Server},
    office::now as begin,
    rng::SeededRng,
    scenario::{Kind, Scenario},
};
use chrono::{DateTime, Duration, Utc};
use client::{
    memory::Asked,
    platform::{Response, Unreachable},
};
use domain::{
    id::OperationId,
    receipt::Receipt,
    sync::{Outcome, SignedIn, SyncResponse},
};
use server::{blobs::Blobs, storage::Store};
use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet},
    future::pending,
    sync::Arc,
};
use tokio::time::Instant;

/// Points at which a server may die within one request; there are about as many.
const POINTS: usize = 60;

/// Milliseconds that a request or an answer is under way at the most.
const SLOWEST: usize = 1_500;

/// A phone as the line knows it. Its session was begun when the office was made: hashing passwords would take longer than
/// everything else.
#[derive(Clone)]
pub struct Caller {
    pub which: usize,
    pub cookie: String,
    pub signed_in: SignedIn,
}

/// What was seen on the line.
#[derive(Default)]
pub struct Seen {
    pub requests: u64,
    pub failed_pulls: u64,
    pub faults: BTreeMap<Kind, u64>,
    /// Those that reached a phone.
    pub receipts: BTreeMap<OperationId, Receipt>,
}

pub struct Network {
    machine: Machine,
    server: RefCell<Server>,
    rng: RefCell<SeededRng>,
    /// What may go wrong with a request, and how often in a hundred.
    kinds: Vec<Kind>,
    fault_percent: usize,
    calm: Cell<bool>,
    began: Instant,
    late: RefCell<Vec<Asked>>,
    /// Phones that died before the answer was written down.
    dead: RefCell<BTreeSet<usize>>,
    pub seen: RefCell<Seen>,
}

impl Network {
    pub fn new(machine: Machine, scenario: &Scenario, rng: SeededRng) -> Self {
        Self {
            server: RefCell::new(machine.start()),
            machine,
            rng: RefCell::new(rng),
            kinds: scenario.kinds.iter().copied().filter(|kind| kind.is_of_requests()).collect(),
            fault_percent: scenario.fault_percent,
            calm: Cell::new(false),
            began: Instant::now(),
            late: RefCell::default(),
            dead: RefCell::default(),
            seen: RefCell::default(),
        }
    }

    /// By the clock that is right: the server's.
    pub fn now(&self) -> DateTime<Utc> {
        begin() + Duration::from_std(self.began.elapsed()).unwrap()
    }

    /// From now on nothing goes wrong.
    pub fn calm_down(&self) {
        self.calm.set(true);
    }

    pub fn count(&self, kind: Kind) {
        *self.seen.borrow_mut().faults.entry(kind).or_default() += 1;
    }

    /// What arrives much later, after others.
    pub fn deliver_late(&self) {
        for asked in self.late.take() {
            self.answer(asked, false);
        }
    }

    /// Phones that have died since somebody asked.
    pub fn take_dead(&self) -> BTreeSet<usize> {
        self.dead.take()
    }

    /// Something that is done beside the line, with records and photos as they lie there.
    pub fn beside<T: Send, F: Future<Output = T>>(
        &self,
        work: impl FnOnce(Arc<dyn Store>, Arc<dyn Blobs>) -> F + Send,
    ) -> T {
        let server = self.server.borrow();
        let (store, blobs) = (Arc::clone(&server.store), Arc::clone(&server.blobs));
        server.run(move || work(store, blobs))
    }

    /// A phone's request, and whatever comes back.
    pub async fn ask(&self, caller: &Caller, mut asked: Asked) -> Result<Response, Unreachable> {
        if (asked.method.as_str(), asked.path.as_str()) == ("POST", "/api/v1/session") {
            let body = serde_json::to_vec(&caller.signed_in).unwrap();
            return Ok(Response { status: 200, headers: vec![], body });
        }
        asked.headers.push(("cookie".to_owned(), caller.cookie.clone()));
        self.travel().await;
        let answer = self.exchange(caller.which, asked).await;
        self.travel().await;
        let answer = answer.ok_or(Unreachable)?;
        self.note(&answer);
        Ok(answer)
    }

    async fn travel(&self) {
        let milliseconds = 20 + self.rng.borrow_mut().below(SLOWEST) as u64;
        tokio::time::sleep(std::time::Duration::from_millis(milliseconds)).await;
    }

    fn drawn(&self) -> Option<Kind> {
        let mut rng = self.rng.borrow_mut();
        let goes_wrong = !self.calm.get() && !self.kinds.is_empty() && rng.percent(self.fault_percent);
        goes_wrong.then(|| *rng.pick(&self.kinds))
    }

    async fn exchange(&self, which: usize, asked: Asked) -> Option<Response> {
        self.seen.borrow_mut().requests += 1;
        let wrong = self.drawn();
        if let Some(kind) = wrong.filter(|kind| !kind.is_of_the_server()) {
            self.count(kind);
        }
        match wrong {
            Some(Kind::RequestLost) => None,
            Some(Kind::Delayed) => {
                self.late.borrow_mut().push(asked);
                None
            }
            Some(Kind::ReplyLost) => {
                self.answer(asked, false);
                None
            }
            Some(Kind::Doubled) => {
                self.answer(asked.clone(), false);
                self.answer(asked, false)
            }
            Some(Kind::ReplyCut) => {
                let mut answer = self.answer(asked, false)?;
                answer.body.truncate(answer.body.len() / 2);
                Some(answer)
            }
            Some(Kind::PieceCut) => {
                self.answer(asked, true);
                None
            }
            Some(Kind::Portal) => Some(portal(asked.body.len())),
            Some(Kind::PhoneKilled) => {
                self.answer(asked, false);
                self.dead.borrow_mut().insert(which);
                pending().await
            }
            Some(kind @ (Kind::ServerKilled | Kind::StoreAway)) => self.break_server(kind, asked),
            Some(Kind::ClockJumps | Kind::PersonMoved | Kind::SiteClosed) | None => self.answer(asked, false),
        }
    }

    /// It dies, or its store is away, at some point of this request, if it comes to that.
    fn break_server(&self, kind: Kind, asked: Asked) -> Option<Response> {
        let after = self.rng.borrow_mut().below(POINTS);
        self.machine.fault_plan.brew(kind, after);
        let answer = self.answer(asked, false);
        if self.machine.fault_plan.clear() {
            self.count(kind);
            if kind == Kind::ServerKilled {
                let mut server = self.server.borrow_mut();
                server.kill();
                *server = self.machine.start();
            }
        }
        answer
    }

    fn answer(&self, asked: Asked, cut: bool) -> Option<Response> {
        self.machine.clock.set(self.now());
        self.server.borrow().answer(asked, cut)
    }

    fn note(&self, answer: &Response) {
        let Ok(synced) = serde_json::from_slice::<SyncResponse>(&answer.body) else { return };
        let mut seen = self.seen.borrow_mut();
        seen.failed_pulls += u64::from(synced.pull_failed);
        for told in synced.outcomes {
            let receipt = match told.outcome {
                Outcome::Received { receipt } | Outcome::AlreadyReceived { receipt } => Some(receipt),
                Outcome::Refused { refusal } => refusal.kept,
                Outcome::RetryAfter { .. } => None,
            };
            seen.receipts.extend(told.operation.zip(receipt));
        }
    }
}

/// What hotels, trains and filters answer.
fn portal(which: usize) -> Response {
    let status = [200, 302, 401, 403, 404, 409, 413, 422, 511][which % 9];
    let body = b"<html><title>Welcome</title>Please accept our terms</html>".to_vec();
    Response { status, headers: vec![("content-type", "text/html".to_owned())], body }
}
