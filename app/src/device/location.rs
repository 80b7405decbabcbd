//! Where the phone is, read at capture only and never tracked.

use domain::place::Location;

/// None where it is refused, unknown, or takes longer than eight seconds.
pub async fn locate() -> Option<Location> {
    unimplemented!()
}
