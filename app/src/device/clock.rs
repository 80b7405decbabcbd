//! Time and chance: the only place on the phone that reads either.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{id::uuid_v7, time::office_day};
use uuid::Uuid;

pub fn now() -> DateTime<Utc> {
    let milliseconds = js_sys::Date::now();
    DateTime::from_timestamp_millis(milliseconds as i64).unwrap_or_default()
}

/// The office's day.
pub fn today() -> NaiveDate {
    office_day(now())
}

/// A fresh id of any kind: `clock::new_id::<HazardId>()`.
pub fn new_id<T: From<Uuid>>() -> T {
    T::from(uuid_v7(js_sys::Date::now() as u64, random()))
}

/// For ids and keys.
pub(super) fn random<const N: usize>() -> [u8; N] {
    let mut random = [0; N];
    if let Ok(crypto) = leptos::prelude::window().crypto() {
        // Fails only for more bytes than anybody asks for here.
        let _ = crypto.get_random_values_with_u8_array(&mut random);
    }
    random
}

/// A number in `0..1`, for spreading retries.
pub fn chance() -> f64 {
    js_sys::Math::random()
}
