//! While the screen is there: the countdown goes on, and when the hour has come the office is asked for the key, again and again as
//! politely as it asks for.

use crate::device::{PhoneRef, use_device};
use client::{
    DeviceError,
    orders::{self, KeyAnswer},
};
use domain::{id::SealedOrderId, spot_check::OrderPhase};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};

/// How often the countdown is looked at.
const LOOKS_MS: u32 = 10_000;
/// Between two questions that came to nothing.
const AGAIN_MS: u32 = 15_000;
const SOONEST_MS: u32 = 500;

/// How asking for the key stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Asking {
    NotYetDue,
    Asks,
    /// By the office's clock the hour has not come.
    TooEarly,
    Failed(DeviceError),
}

#[derive(Debug, Clone, Copy)]
pub struct Awaiting {
    /// Grows with each look.
    pub tick: RwSignal<u32>,
    pub asking: RwSignal<Asking>,
    /// Whether this page has set about opening it.
    pub opens_here: RwSignal<bool>,
}

impl Awaiting {
    /// Goes on until the screen is left.
    pub fn begin(id: Memo<Option<SealedOrderId>>) -> Self {
        let this = Self {
            tick: RwSignal::new(0),
            asking: RwSignal::new(Asking::NotYetDue),
            opens_here: RwSignal::new(false),
        };
        let phone = use_device();
        spawn_local(async move {
            while let Some(id) = id.try_get_untracked() {
                let wait = match id {
                    Some(id) => this.look(phone, id).await,
                    None => LOOKS_MS,
                };
                TimeoutFuture::new(wait).await;
                if this.tick.try_update(|tick| *tick = tick.wrapping_add(1)).is_none() {
                    return;
                }
            }
        });
        this
    }

    /// Gives how long to wait before the next look.
    async fn look(self, phone: PhoneRef, id: SealedOrderId) -> u32 {
        let Ok(Some(here)) = orders::one(&phone, id).await else { return LOOKS_MS };
        match here.phase {
            OrderPhase::Due => {}
            OrderPhase::Sealed => {
                self.asking.try_set(Asking::NotYetDue);
                let left = (here.order.opens_at - phone.clock.office_now()).num_milliseconds();
                // An order may open in months, which are more milliseconds than a timer counts.
                return u32::try_from(left.max(0)).unwrap_or(LOOKS_MS).clamp(SOONEST_MS, LOOKS_MS);
            }
            OrderPhase::Opened | OrderPhase::Over | OrderPhase::Withdrawn => return LOOKS_MS,
        }
        self.opens_here.try_set(true);
        // It may have come with a pull.
        if orders::take_key(&phone, id).await == Ok(true) {
            return LOOKS_MS;
        }
        self.asking.try_set(Asking::Asks);
        match orders::ask_key(&phone, id).await {
            Ok(KeyAnswer::Opened | KeyAnswer::Gone) => LOOKS_MS,
            Ok(KeyAnswer::NotYet { after_seconds }) => {
                self.asking.try_set(Asking::TooEarly);
                let seconds = after_seconds.unwrap_or_default().min(AGAIN_MS / 1_000);
                seconds.saturating_mul(1_000).max(1_000)
            }
            Err(error) => {
                self.asking.try_set(Asking::Failed(error));
                AGAIN_MS
            }
        }
    }
}
