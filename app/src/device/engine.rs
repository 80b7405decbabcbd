//! Drains the outbox and pulls changes.
//!
//! A loop in one task: gather what waits ([`gather`]), let the planner decide ([`domain::device::plan`]), carry the step
//! out ([`carry`]), again. It sleeps until the planner's time or until woken: by something new in the outbox, the
//! browser's `online` event, the page coming into view, a person's hand. Of several tabs one holds the Web Lock and
//! works; the others wait for it and meanwhile pass their wake-ups on.

mod carry;
mod gather;
mod tabs;
mod wake;

pub(super) use tabs::changed;

use super::{clock, db, lock, log, outbox, photos, seal, session};
use chrono::{DateTime, Utc};
use domain::{
    device::{line, plan::Step, upload::CHUNK},
    diagnostics::Noted,
    photo::PhotoHash,
};
use leptos::{prelude::*, task::spawn_local};
use std::cell::{Cell, OnceCell, RefCell};

/// How the line stands, for the sentence at the top of the screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Line {
    /// The browser believes that there is a network, and the last try did not fail.
    pub online: bool,
    pub busy: bool,
    /// The session has expired; only a person can mend that.
    pub signed_out: bool,
    pub last_contact: Option<DateTime<Utc>>,
}

/// What the engine remembers only while it runs.
#[derive(Debug)]
struct Mood {
    line: line::Line,
    /// Bytes of the next piece of a photo.
    chunk: u64,
    /// Thumbnails that the server does not have; asked for once.
    missing: Vec<PhotoHash>,
}

thread_local! {
    static STARTED: Cell<bool> = const { Cell::new(false) };
    static LINE: OnceCell<ArcRwSignal<Line>> = const { OnceCell::new() };
    static UPLOADING: OnceCell<ArcRwSignal<Option<(PhotoHash, u8)>>> = const { OnceCell::new() };
    static MOOD: RefCell<Mood> = const {
        RefCell::new(Mood {
            line: line::Line {
                failures: 0,
                quiet_until: None,
                pull_wanted: false,
                pull_failures: 0,
                pull_not_before: None,
                signed_out: false,
            },
            chunk: CHUNK,
            missing: vec![],
        })
    };
}

fn mood<T>(look: impl FnOnce(&mut Mood) -> T) -> T {
    MOOD.with_borrow_mut(look)
}

/// For whoever has to find out why something does not arrive: codes, never what records say.
pub(super) fn note(what: &str, came: &str, operations: u32, begun: DateTime<Utc>) {
    let took = (clock::now() - begun).num_milliseconds();
    let milliseconds = u32::try_from(took).unwrap_or_default();
    log::note(Noted {
        at: clock::now(),
        what: what.to_owned(),
        came: came.to_owned(),
        operations,
        milliseconds,
    });
}

fn line_signal() -> ArcRwSignal<Line> {
    LINE.with(|cell| {
        cell.get_or_init(|| ArcRwSignal::new(Line { online: wake::on_line(), ..Line::default() })).clone()
    })
}

fn uploading_signal() -> ArcRwSignal<Option<(PhotoHash, u8)>> {
    UPLOADING.with(|cell| cell.get_or_init(|| ArcRwSignal::new(None)).clone())
}

pub fn line() -> ArcReadSignal<Line> {
    line_signal().read_only()
}

/// The photo under way and its percentage; tracked.
pub fn uploading() -> Option<(PhotoHash, u8)> {
    uploading_signal().get()
}

/// Starts the engine once; further calls do nothing.
pub fn start() {
    if STARTED.replace(true) {
        return;
    }
    tabs::listen();
    lock::watch();
    db::watch();
    wake::listen();
    // Whoever opens the app wants to see what is new.
    mood(|mood| mood.line.pull_wanted = true);
    note("start", "ok", 0, clock::now());
    spawn_local(async {
        tabs::become_the_one().await;
        run().await;
    });
}

/// Wakes it: something was put into the outbox, or somebody asked ("now").
pub fn kick() {
    mood(|mood| mood.line.wake());
    wake::up();
    tabs::pass_on();
}

/// Another tab woke this one, perhaps because somebody has signed in there.
fn heard() {
    mood(|mood| {
        mood.line.wake();
        mood.line.signed_out = false;
    });
    line_signal().update(|line| line.signed_out = false);
    wake::up();
}

/// Another tab locked, or somebody else signed in there.
fn heard_lock() {
    lock::changed_hands();
    wake::up();
}

/// What this phone keeps was locked, or belongs to somebody else by now: the other tabs close it too.
pub(super) fn locked() {
    mood(|mood| mood.missing.clear());
    tabs::lock();
    wake::up();
}

/// A new session: what waited for it goes on.
pub(super) fn signed_in() {
    mood(|mood| mood.line.signed_out = false);
    line_signal().update(|line| line.signed_out = false);
    kick();
}

async fn run() {
    let (mut pruned, mut owed) = (false, 0_u32);
    // Without it the clock counts as right until the server tells otherwise.
    let _ = clock::recall().await;
    loop {
        let now = clock::now();
        if lock::day_is_over(now) || (seal::owner().is_some() && lock::rested()) {
            // Closed in any case; where its key stays behind, its own time is over too.
            let _ = lock::lock().await;
        }
        // Whoever left without signal is signed out before anything else is sent.
        if session::owes()
            && let Err(error) = session::pay().await
        {
            note("sign_out", error.code(), 0, now);
            owed = owed.saturating_add(1);
            wake::wait(Some(now + line::back_off(owed, clock::chance()))).await;
            continue;
        }
        owed = 0;
        // Nothing can be read, and nothing sent, before the person has unlocked the phone.
        let Some(me) = session::owner().filter(|me| seal::owner() == Some(*me)) else {
            match lock::look().await {
                Ok(()) if seal::owner().is_none() => wake::wait(None).await,
                Ok(()) => {}
                Err(error) => {
                    note("storage", error.code(), 0, now);
                    wake::wait(Some(now + line::back_off(2, clock::chance()))).await;
                }
            }
            continue;
        };
        if !pruned {
            // Housekeeping must not keep anything from being sent.
            for done in [outbox::prune(now).await, photos::clear_litter(now).await] {
                if let Err(error) = done {
                    note("housekeeping", error.code(), 0, now);
                }
            }
            pruned = true;
        }
        let Ok(queue) = gather::queue(me).await else {
            // The database is away for the moment; the next try opens it anew.
            wake::wait(Some(now + line::back_off(2, clock::chance()))).await;
            continue;
        };
        match queue.next(now) {
            Step::Sync { operations } => busy(carry::sync(me, operations)).await,
            Step::Upload { photo } => busy(carry::upload(me, photo)).await,
            Step::Fetch { photo } => carry::fetch(me, photo).await,
            Step::WaitUntil(time) => {
                log::keep().await;
                wake::wait(Some(time)).await;
            }
            Step::NeedsSignIn => wake::wait(None).await,
        }
    }
}

async fn busy(work: impl Future<Output = ()>) {
    line_signal().update(|line| line.busy = true);
    work.await;
    line_signal().update(|line| line.busy = false);
}

/// Shows how the line stands after a try.
fn line_changed(reached: bool) {
    let signed_out = mood(|mood| mood.line.signed_out);
    line_signal().update(|line| {
        line.signed_out = signed_out;
        line.online = reached;
        if reached && !signed_out {
            line.last_contact = Some(clock::now());
        }
    });
}
