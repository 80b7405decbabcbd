//! The phone's own half of its session.
//!
//! The session's cookie is out of scripts' reach and stays where signing out finds no signal. So the session is bound to a
//! second half, which the phone makes and holds itself and sends beside it: once that is forgotten the session opens
//! nothing, whoever holds the phone.

use crate::{Device, platform::Settings as _};

/// Kept beside the cookie: browsers that throw cookies of scripts away after a week are given it again.
const KEY: &str = "half";

/// As the server knows it.
const COOKIE: &str = "xunan_half";

/// Where it is sent.
const PATH: &str = "/api/v1";

/// Longer than any session lasts.
const SECONDS: u32 = 100 * 24 * 3600;

/// Before signing in: made where there is none.
pub(crate) fn hold(device: &Device) {
    if device.settings.get(KEY).is_none() {
        device.settings.set(KEY, &hex::encode(device.clock.random::<32>()));
    }
    renew(device);
}

/// Before anything is sent.
pub(crate) fn renew(device: &Device) {
    // Where a browser takes no cookies there is no session either.
    if let Some(half) = device.settings.get(KEY) {
        device.settings.set_cookie(COOKIE, &half, PATH, SECONDS);
    }
}

pub(crate) fn forget(device: &Device) {
    device.settings.remove(KEY);
    device.settings.set_cookie(COOKIE, "", PATH, 0);
}
