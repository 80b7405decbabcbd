//! Sleeping and being woken.

use crate::device::{clock, worker};
use chrono::{DateTime, Utc};
use futures::{StreamExt, channel::mpsc};
use gloo_events::EventListener;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::{Update, document, window};
use std::cell::RefCell;

type Bell = (mpsc::UnboundedSender<()>, Option<mpsc::UnboundedReceiver<()>>);

thread_local! {
    static BELL: RefCell<Bell> = RefCell::new({
        let (sender, receiver) = mpsc::unbounded();
        (sender, Some(receiver))
    });
}

/// Rings; a sleep under way, or else the next one, ends at once.
pub(super) fn up() {
    // Fails only when the receiver is gone, and it lives as long as the page.
    let _ = BELL.with_borrow(|(sender, _)| sender.unbounded_send(()));
}

/// Sleeps until then, or until woken; without a time, until woken.
pub(super) async fn wait(until: Option<DateTime<Utc>>) {
    let Some(mut rings) = BELL.with_borrow_mut(|(_, receiver)| receiver.take()) else { return };
    match until {
        Some(until) => {
            // Never shorter than a moment, so that a wrong plan cannot spin; never longer than a timer can hold.
            let milliseconds = (until - clock::now()).num_milliseconds().clamp(50, i64::from(i32::MAX));
            let timer = TimeoutFuture::new(u32::try_from(milliseconds).unwrap_or(u32::MAX));
            futures::future::select(timer, rings.next()).await;
        }
        None => {
            rings.next().await;
        }
    }
    while rings.try_recv().is_ok() {}
    BELL.with_borrow_mut(|(_, receiver)| *receiver = Some(rings));
}

pub(super) fn on_line() -> bool {
    window().navigator().on_line()
}

/// Signal is back, or the person looks at the page again.
pub(super) fn listen() {
    EventListener::new(&window(), "online", |_| {
        // Until a try shows otherwise; a locked phone tries nothing.
        super::line_signal().update(|line| line.online = true);
        super::kick();
    })
    .forget();
    // Only a bell: it may ring for a network that lies, and the wait that was agreed on stands.
    worker::on_wake(up);
    EventListener::new(&window(), "offline", |_| {
        super::line_signal().update(|line| line.online = false);
    })
    .forget();
    EventListener::new(&document(), "visibilitychange", |_| {
        if document().visibility_state() == web_sys::VisibilityState::Visible {
            super::kick();
        }
    })
    .forget();
}
