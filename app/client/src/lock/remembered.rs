//! A cookie that remembers whose data this phone holds. It survives when the browser clears the other storage.

use crate::{Device, platform::Settings as _};
use domain::id::PersonId;

const NAME: &str = "kept";
const PATH: &str = "/field";
const SECONDS: u32 = 400 * 24 * 3600;

pub(super) fn set(device: &Device, person: PersonId) {
    device.settings.set_cookie(NAME, &person.to_string(), PATH, SECONDS);
}

pub(super) fn forget(device: &Device) {
    device.settings.set_cookie(NAME, "", PATH, 0);
}

pub(super) fn is(device: &Device, person: PersonId) -> bool {
    device.settings.has_cookie(NAME, &person.to_string())
}
