//! What this person gave from this phone: a task lies with whoever has it and with nobody else, so the phone remembers itself to whom it
//! went, sealed to the person. Whether that is still so the office says when it hears of a change.

use crate::{Device, platform::Settings as _, session};
use chrono::Days;
use domain::{device::given_task::GivenHere, json};

/// Those that are remembered, the newest last.
const KEPT: usize = 50;

/// Days after its last day for which one is.
const KEPT_DAYS: u64 = 30;

/// Without room it lasts as long as nobody asks; the desk hands on what is not remembered here.
pub(crate) fn remember(device: &Device, new: GivenHere) {
    change(device, |given| given.push(new));
}

pub(crate) fn change(device: &Device, by: impl FnOnce(&mut Vec<GivenHere>)) {
    let Some(key) = key(device) else { return };
    let mut given = remembered(device);
    by(&mut given);
    let more = given.len().saturating_sub(KEPT);
    given.drain(..more);
    let sealed = serde_json::to_string(&given).ok();
    if let Some(sealed) = sealed.and_then(|text| device.encryption.seal_text(&key, &text).ok()) {
        device.settings.set(&key, &sealed);
    }
}

/// Without those whose day is long over.
pub(crate) fn remembered(device: &Device) -> Vec<GivenHere> {
    let text = key(device).and_then(|key| {
        let sealed = device.settings.get(&key)?;
        device.encryption.open_text(&key, &sealed)
    });
    let given: Option<Vec<GivenHere>> = text.and_then(|text| json::read(&text).ok());
    let mut given = given.unwrap_or_default();
    let today = device.clock.today();
    given.retain(|one| one.until.checked_add_days(Days::new(KEPT_DAYS)).is_none_or(|last| last >= today));
    given
}

fn key(device: &Device) -> Option<String> {
    session::owner(device).map(|owner| format!("tasks-given.{owner}"))
}
