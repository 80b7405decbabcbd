//! Where the phone is, read at capture only and never tracked.

use crate::{Device, platform::Page as _};
use chrono::{DateTime, Duration, Utc};
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
    // One of the future was found before the clock was set back, and nobody knows when.
    let is_fresh = |at: DateTime<Utc>| (Duration::zero()..FRESH).contains(&(now - at));
    device.located.get().filter(|(_, at)| is_fresh(*at)).map(|(found, _)| found)
}
