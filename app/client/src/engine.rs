//! Drains the outbox and pulls changes.
//!
//! A loop in one task: gather what waits, let the planner decide ([`domain::device::plan`]), carry the step
//! out, again. It sleeps until the planner's time or until woken: by something new in the outbox, the
//! browser's `online` event, the page coming into view, a person's hand. Of several tabs one holds the Web Lock and
//! works; the others wait for it and meanwhile pass their wake-ups on.

mod clocks;
mod errands;
mod first_pull;
mod heartbeat;
mod load_queue;
mod pictures;
mod prepare;
mod pulling;
mod sending;
mod transport;
mod wake;

pub use crate::state::ConnectionStatus;
pub use errands::take_in as take_errands_in;

use crate::{
    Device,
    changes::Change,
    lock,
    platform::{Page as _, PageEvent, Runtime as _},
    session,
};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::{
    device::{connection, page::PAGE, plan::Step, upload::CHUNK},
    id::PersonId,
    photo::PhotoHash,
};
use errands::Errand;
use first_pull::FirstPull;
use pictures::Wanted;
use std::{cell::RefCell, rc::Rc};
use wake::WakeSignal;

/// The engine's state in memory.
#[derive(Debug)]
struct EngineState {
    line: connection::ConnectionState,
    /// Bytes of the next piece of a photo.
    chunk: u64,
    /// Bytes of the next page of what changed.
    page: u32,
    /// Small pictures, and pictures of forms, that the server does not have; asked for once.
    missing: Vec<PhotoHash>,
    /// Those that did not come though it may have them: asked for again once it has answered.
    unanswered: Vec<PhotoHash>,
    /// Those that are to be asked for still, and for whom: until something changes, all hazards are not read again for it.
    wanted: Option<(PersonId, Wanted)>,
    /// What came before there was a key to keep it with.
    first: Option<FirstPull>,
    /// What waits here was told in vain, and is not told by itself before then.
    tell_not_before: Option<DateTime<Utc>>,
}

impl EngineState {
    /// What is not asked for just now.
    fn not_now(&self) -> Vec<PhotoHash> {
        self.missing.iter().chain(&self.unanswered).cloned().collect()
    }
}

struct Engine {
    device: Device,
    state: RefCell<EngineState>,
    signal: WakeSignal,
}

/// Starts the engine once; further calls do nothing.
pub fn start(device: &Device) {
    if device.started.replace(true) {
        return;
    }
    // Whoever opens the app wants to see what is new.
    let line = connection::ConnectionState { pull_wanted: true, ..connection::ConnectionState::default() };
    let state = RefCell::new(EngineState {
        line,
        chunk: CHUNK,
        page: PAGE,
        missing: vec![],
        unanswered: vec![],
        wanted: None,
        first: None,
        tell_not_before: None,
    });
    let engine = Rc::new(Engine { device: device.clone(), state, signal: WakeSignal::default() });
    device.changes.hear_other_tabs();
    lock::watch(device);
    device.db.watch();
    // It lives as long as its task: a device that is thrown away holds nothing of itself.
    let told = Rc::downgrade(&engine);
    device.changes.listen(move |change| {
        if let Some(engine) = told.upgrade() {
            engine.on_wake_broadcast(change);
        }
    });
    let seen = Rc::downgrade(&engine);
    device.page.listen(move |event| {
        if let Some(engine) = seen.upgrade() {
            engine.happened(event);
        }
    });
    engine.note("start", "ok", 0, device.clock.now());
    device.runtime.spawn(async move {
        engine.device.changes.acquire_leader_lock().await;
        run(&engine).await;
    });
}

impl Engine {
    fn state<T>(&self, look: impl FnOnce(&mut EngineState) -> T) -> T {
        look(&mut self.state.borrow_mut())
    }

    /// Writes an entry to the engine's log, for finding out why something does not arrive: codes, never records' content.
    fn note(&self, what: &str, came: &str, operations: u32, begun: DateTime<Utc>) {
        self.device.log.note(what, came, operations, begun);
    }

    fn on_wake_broadcast(&self, change: Change) {
        match change {
            Change::Of(_) => return,
            Change::Closed => return self.state(|state| state.first = None),
            Change::Wake => self.state(|state| state.line.wake()),
            Change::WokenElsewhere => {
                self.state(|state| state.line.wake());
                self.signed_in();
            }
            Change::SignedIn => self.signed_in(),
            Change::Locked => self.state(|state| {
                state.missing.clear();
                state.unanswered.clear();
            }),
            Change::LockedElsewhere => lock::session_changed(&self.device),
        }
        self.signal.ring();
    }

    fn signed_in(&self) {
        self.state(|state| state.line.signed_out = false);
        self.device.line.update(|line| line.signed_out = false);
    }

    fn happened(&self, event: PageEvent) {
        lock::on_page_event(&self.device, event);
        match event {
            PageEvent::Online => {
                // Until a try shows otherwise; a locked phone tries nothing.
                self.device.line.update(|line| line.online = true);
                self.device.changes.wake();
            }
            PageEvent::Offline => self.device.line.update(|line| line.online = false),
            // No more than a ring: it may ring for a network that lies, and the wait that was agreed on stands.
            PageEvent::Woken => self.signal.ring(),
            PageEvent::Seen => self.device.changes.wake(),
            PageEvent::Hidden | PageEvent::Shown | PageEvent::Touched => {}
        }
    }

    /// Sleeps until then, or until woken; without a time, until woken.
    async fn wait(&self, until: Option<DateTime<Utc>>) {
        self.signal.wait(&self.device, until).await;
    }

    async fn busy<T>(&self, work: impl Future<Output = T>) -> T {
        self.device.line.update(|line| line.busy = true);
        let done = work.await;
        self.device.line.update(|line| line.busy = false);
        done
    }

    /// Shows how the line stands after a try.
    fn line_changed(&self, reached: bool) {
        let signed_out = self.state(|state| state.line.signed_out);
        let now = self.device.clock.now();
        self.device.line.update(|line| {
            line.signed_out = signed_out;
            line.online = reached;
            if reached && !signed_out {
                line.last_contact = Some(now);
            }
        });
    }
}

/// Whoever opens the app waits for its first screen; what has time comes after it, because it reads and writes the same stores.
const FIRST_SCREEN: Duration = Duration::seconds(3);

async fn run(engine: &Rc<Engine>) {
    let device = &engine.device;
    let (mut pruned, mut owed, mut missing) = (None, 0_u32, 0_u32);
    let settled = device.clock.now() + FIRST_SCREEN;
    // Without it the clock counts as right until the server tells otherwise.
    let _ = clocks::recall(device).await;
    loop {
        let now = device.clock.now();
        if lock::day_is_over(device, now) || (device.encryption.owner().is_some() && lock::rested(device)) {
            // Closed in any case; where its key stays behind, its own time is over too.
            let _ = lock::lock(device).await;
        }
        // Whoever left without signal is signed out before anything else is sent.
        if session::owes(device)
            && let Err(error) = session::pay(device).await
        {
            engine.note("sign_out", error.code(), 0, now);
            owed = owed.saturating_add(1);
            engine.wait(Some(now + connection::back_off(owed, device.clock.chance()))).await;
            continue;
        }
        owed = 0;
        // Nothing can be read, and nothing sent, before the person has unlocked the phone.
        let Some(me) = session::owner(device).filter(|me| device.encryption.owner() == Some(*me)) else {
            match lock::look(device).await {
                Ok(()) if device.encryption.owner().is_none() => {
                    first_pull::ask(engine).await;
                    engine.wait(None).await;
                }
                Ok(()) => {}
                Err(error) => {
                    engine.note("storage", error.code(), 0, now);
                    engine.wait(Some(now + connection::back_off(2, device.clock.chance()))).await;
                }
            }
            continue;
        };
        let Ok(queue) = load_queue::queue(engine, me, now).await else {
            // The database is away for the moment; the next try opens it anew.
            engine.wait(Some(now + connection::back_off(2, device.clock.chance()))).await;
            continue;
        };
        let came = match queue.next(now) {
            Step::Sync { operations } if operations.is_empty() => {
                engine.busy(pulling::pull(engine, me)).await;
                true
            }
            Step::Sync { operations } => {
                let sent = engine.busy(errands::run(engine, Errand::Send(me, operations))).await;
                if !sent && queue.pulls_meanwhile(now) {
                    engine.busy(pulling::pull(engine, me)).await;
                }
                sent
            }
            Step::Tell => {
                heartbeat::tries(engine, now);
                engine.busy(errands::run(engine, Errand::Tell(me))).await
            }
            Step::Upload { photo } => engine.busy(errands::run(engine, Errand::Upload(me, photo))).await,
            Step::Fetch { photo } => errands::run(engine, Errand::Fetch(me, photo)).await,
            Step::FetchPicture { picture } => errands::run(engine, Errand::FetchPicture(me, picture)).await,
            Step::WaitUntil(time) => {
                rest(engine, Some(time), settled, &mut pruned).await;
                true
            }
            Step::NeedsSignIn => {
                rest(engine, None, settled, &mut pruned).await;
                true
            }
        };
        // That part of the program may come with the next signal; a server that has another build by now never has it.
        missing = if came { 0 } else { missing.saturating_add(1) };
        if !came {
            engine
                .wait(Some(now + connection::back_off(missing.saturating_add(1), device.clock.chance())))
                .await;
        }
    }
}

/// Nothing is to be sent until then. Once a day the time is for housekeeping, if that part of the program is here.
async fn rest(
    engine: &Rc<Engine>,
    until: Option<DateTime<Utc>>,
    settled: DateTime<Utc>,
    pruned: &mut Option<NaiveDate>,
) {
    let clock = &engine.device.clock;
    let today = Some(clock.today());
    if clock.now() < settled {
        engine.wait(Some(until.map_or(settled, |until| until.min(settled)))).await;
    } else if *pruned != today && errands::run(engine, Errand::Housekeep).await {
        *pruned = today;
    } else {
        errands::run(engine, Errand::KeepLog).await;
        engine.wait(until).await;
    }
}
