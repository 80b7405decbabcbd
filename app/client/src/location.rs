//! Where the phone is, read at capture only and never tracked.

use crate::{Device, platform::Page as _};
use chrono::Duration;
use domain::place::Location;

/// A fix this old still says where a photo was taken.
const FRESH: Duration = Duration::minutes(3);

/// None where it is refused, unknown, or takes too long.
pub async fn locate(device: &Device) -> Option<Location> {
    let found = device.page.locate().await?;
    device.located.set(Some((found, device.clock.now())));
    Some(found)
}

/// The newest fix, where it is fresh enough to stand for now.
pub fn recent(device: &Device) -> Option<Location> {
    let now = device.clock.now();
    device.located.get().filter(|(_, at)| now - *at < FRESH).map(|(found, _)| found)
}
