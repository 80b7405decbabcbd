//! # What comes after the first screen
//!
//! The screens behind sign-in and the engine behind them, each as soon as its part of the program is here ([`parts`]).

use super::{
    device::{PhoneRef, use_device},
    forms, home, inspection,
    parts::{self, Missing},
    review, site,
    sites::query,
    unlock,
};
use client::{browser::push, changes::Change, engine, ready};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    Today,
    Sites,
    Site,
    Forms,
    Inspect,
    Inspection,
    Review,
    Hazards,
    Hazard,
    QuickReport,
    Order,
    /// 按街走
    Streets,
    /// 巡查 of one street.
    Street,
    /// One of its doors.
    Door,
    /// 新开的店
    NewSite,
    /// 地图
    Map,
    /// 消息
    Notices,
    Outbox,
    Settings,
}

/// The screen, as soon as its part of the program is here.
pub fn later(screen: Screen) -> AnyView {
    parts::screen(Box::pin(parts::open(use_device(), Some(screen))))
}

/// Takes the second part in and starts the engine that it holds, as often as it takes: without signal and before the phone
/// keeps the program, there is nothing to start.
pub fn begin_when_here(phone: PhoneRef) {
    spawn_local(async move {
        while let Err(Missing) = parts::open(phone, None).await {
            TimeoutFuture::new(AGAIN_MS).await;
        }
    });
}

const AGAIN_MS: u32 = 3_000;

/// Of the part that holds the engine.
pub(super) fn opened(phone: PhoneRef, screen: Option<Screen>) -> AnyView {
    engine::start(&phone);
    match screen {
        Some(screen) => view! { <unlock::Gate screen /> }.into_any(),
        None => {
            renew_reminders_at_sign_in(phone);
            forget_words_when_closed(phone);
            spawn_local(take_rest_in(phone));
            ().into_any()
        }
    }
}

/// What the office knows of a browser ends with the session: whoever had switched reminders on is reminded by the next one, too. Their
/// part of the program comes for nobody else.
fn renew_reminders_at_sign_in(phone: PhoneRef) {
    phone.changes.listen(move |change| {
        if change == Change::SignedIn && push::is_theirs(&phone) {
            spawn_local(async move {
                // A part that does not come is there when settings or inbox are opened, which renew them, too.
                let _ = parts::reminders(phone).await;
            });
        }
    });
}

/// What was looked for is a name, and nothing for the next person: it goes with what was open.
fn forget_words_when_closed(phone: PhoneRef) {
    phone.changes.listen(|change| {
        if change == Change::Closed {
            query::remember("");
        }
    });
}

/// A page whose program no worker keeps takes in the other parts, too: so it goes on working when the signal goes.
async fn take_rest_in(phone: PhoneRef) {
    loop {
        TimeoutFuture::new(AGAIN_MS).await;
        if ready::keeps_program(&phone).await || parts::all().await.is_ok() {
            return;
        }
    }
}

/// The screen itself, once what it shows can be read.
pub(super) fn show(screen: Screen) -> AnyView {
    match screen {
        Screen::Today => view! { <home::Home /> }.into_any(),
        Screen::Sites => parts::screen(Box::pin(parts::sites())),
        Screen::Site => view! { <site::SiteScreen /> }.into_any(),
        Screen::Forms => view! { <forms::ChooseForm /> }.into_any(),
        Screen::Inspect => view! { <review::Inspect /> }.into_any(),
        Screen::Inspection => view! { <inspection::Inspection /> }.into_any(),
        Screen::Review => view! { <review::Review /> }.into_any(),
        Screen::Hazards => parts::screen(Box::pin(parts::hazards())),
        Screen::Hazard => parts::screen(Box::pin(parts::hazard())),
        Screen::QuickReport => parts::screen(Box::pin(parts::quick_report())),
        Screen::Order => parts::screen(Box::pin(parts::order())),
        Screen::Streets => parts::screen(Box::pin(parts::streets())),
        Screen::Street => parts::screen(Box::pin(parts::street())),
        Screen::Door => parts::screen(Box::pin(parts::door())),
        Screen::NewSite => parts::screen(Box::pin(parts::new_site())),
        Screen::Map => parts::screen(Box::pin(parts::map())),
        Screen::Notices => parts::screen(Box::pin(parts::notices())),
        Screen::Outbox => parts::screen(Box::pin(parts::outbox())),
        Screen::Settings => parts::screen(Box::pin(parts::settings())),
    }
}
