//! The engine's sleep and its wake-up signals.

use crate::{Device, platform::Runtime as _};
use chrono::{DateTime, Utc};
use futures::{StreamExt, channel::mpsc, future::select};
use std::{cell::RefCell, pin::pin};

pub(super) struct WakeSignal {
    sender: mpsc::UnboundedSender<()>,
    /// Out while somebody sleeps.
    receiver: RefCell<Option<mpsc::UnboundedReceiver<()>>>,
}

impl Default for WakeSignal {
    fn default() -> Self {
        let (sender, receiver) = mpsc::unbounded();
        Self { sender, receiver: RefCell::new(Some(receiver)) }
    }
}

impl WakeSignal {
    /// A sleep under way, or else the next one, ends at once.
    pub fn ring(&self) {
        // Fails only when the receiver is gone, and it lives as long as this.
        let _ = self.sender.unbounded_send(());
    }

    /// Sleeps until then, or until woken; without a time, until woken.
    pub async fn wait(&self, device: &Device, until: Option<DateTime<Utc>>) {
        let Some(mut rings) = self.receiver.take() else { return };
        match until {
            Some(until) => {
                // Never shorter than a moment, so that a wrong plan cannot spin; never longer than a timer can hold.
                let milliseconds = (until - device.clock.now()).num_milliseconds();
                let milliseconds = milliseconds.clamp(50, i64::from(i32::MAX));
                let timer = device.runtime.sleep(u32::try_from(milliseconds).unwrap_or(u32::MAX));
                select(pin!(timer), rings.next()).await;
            }
            None => {
                rings.next().await;
            }
        }
        while rings.try_recv().is_ok() {}
        self.receiver.replace(Some(rings));
    }
}
