//! Drains the outbox and pulls changes.
//!
//! A loop in one task: gather what waits ([`gather`]), let the planner decide ([`domain::sync::plan`]), carry the step
//! out ([`carry`]), again. It sleeps until the planner's time or until woken: by something new in the outbox, the
//! browser's `online` event, the page coming into view, a person's hand. Of several tabs one holds the Web Lock and
//! works; the others wait for it and meanwhile pass their wake-ups on.

mod carry;
mod gather;
mod tabs;
mod wake;

pub(super) use tabs::changed;

use super::{clock, outbox, session};
use chrono::{DateTime, Duration, Utc};
use domain::{
    photo::PhotoHash,
    sync::plan::{Step, back_off},
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
#[derive(Debug, Default)]
struct Mood {
    failures: u32,
    quiet_until: Option<DateTime<Utc>>,
    pull_wanted: bool,
    /// Thumbnails that the server does not have; asked for once.
    missing: Vec<PhotoHash>,
}

thread_local! {
    static STARTED: Cell<bool> = const { Cell::new(false) };
    static LINE: OnceCell<ArcRwSignal<Line>> = const { OnceCell::new() };
    static UPLOADING: OnceCell<ArcRwSignal<Option<(PhotoHash, u8)>>> = const { OnceCell::new() };
    static MOOD: RefCell<Mood> = RefCell::new(Mood::default());
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
    wake::listen();
    // Whoever opens the app wants to see what is new.
    MOOD.with_borrow_mut(|mood| mood.pull_wanted = true);
    spawn_local(async {
        tabs::become_the_one().await;
        // Housekeeping must not keep anything from being sent.
        let _ = outbox::prune(clock::now()).await;
        run().await;
    });
}

/// Wakes it: something was put into the outbox, or somebody asked ("now").
pub fn kick() {
    MOOD.with_borrow_mut(|mood| {
        mood.failures = 0;
        mood.quiet_until = None;
        mood.pull_wanted = true;
    });
    wake::up();
    tabs::pass_on();
}

/// A new session: what waited for it goes on.
pub(super) fn signed_in() {
    line_signal().update(|line| line.signed_out = false);
    kick();
}

async fn run() {
    loop {
        if session::current().is_none() {
            wake::wait(None).await;
            continue;
        }
        let now = clock::now();
        let Ok(queue) = gather::queue().await else {
            // The database is away for the moment; the next try opens it anew.
            wake::wait(Some(now + back_off(2, clock::chance()))).await;
            continue;
        };
        match queue.next(now) {
            Step::Sync { operations } => busy(carry::sync(operations)).await,
            Step::Upload { photo } => busy(carry::upload(photo)).await,
            Step::Fetch { photo } => carry::fetch(photo).await,
            Step::WaitUntil(time) => wake::wait(Some(time)).await,
            Step::NeedsSignIn => wake::wait(None).await,
        }
    }
}

async fn busy(work: impl Future<Output = ()>) {
    line_signal().update(|line| line.busy = true);
    work.await;
    line_signal().update(|line| line.busy = false);
}

/// The server answered.
fn reached() {
    MOOD.with_borrow_mut(|mood| {
        mood.failures = 0;
        mood.quiet_until = None;
    });
    line_signal().update(|line| {
        line.online = true;
        line.last_contact = Some(clock::now());
    });
}

/// Nothing came back, or nothing useful: all is quiet for a while.
fn missed(online: bool, at_least_seconds: Option<u32>) {
    MOOD.with_borrow_mut(|mood| {
        mood.failures += 1;
        let asked = Duration::seconds(at_least_seconds.unwrap_or(0).into());
        mood.quiet_until = Some(clock::now() + back_off(mood.failures, clock::chance()).max(asked));
    });
    line_signal().update(|line| line.online = online);
}
