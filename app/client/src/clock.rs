//! Time and chance: the only place on the phone that reads either.
//!
//! The phone's own clock dates what is recorded, because the office keeps both times. Days that are proposed or judged here
//! are the office's: [`today`] is set right by what the last sync told of the server's clock.

use super::{DeviceError, db};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    device::{
        Shelf, key,
        skew::{Clock, Compared},
    },
    id::uuid_v7,
    time::office_day,
};
use leptos::prelude::*;
use std::cell::OnceCell;
use uuid::Uuid;

thread_local! {
    static COMPARED: OnceCell<ArcRwSignal<Option<Compared>>> = const { OnceCell::new() };
}

fn compared() -> ArcRwSignal<Option<Compared>> {
    COMPARED.with(|cell| cell.get_or_init(|| ArcRwSignal::new(None)).clone())
}

pub fn now() -> DateTime<Utc> {
    let milliseconds = js_sys::Date::now();
    DateTime::from_timestamp_millis(milliseconds as i64).unwrap_or_default()
}

/// How this clock stands; tracked.
pub fn standing() -> Clock {
    Clock::of(compared().get(), now())
}

/// The office's time, as far as this phone knows it: by it deadlines and visits are judged, not records dated.
pub fn office_now() -> DateTime<Utc> {
    let now = now();
    Clock::of(compared().get_untracked(), now).set_right(now)
}

/// The office's day.
pub fn today() -> NaiveDate {
    office_day(office_now())
}

/// The server has told its time; `asked` by this clock.
pub(super) async fn compare(server: DateTime<Utc>, asked: DateTime<Utc>) -> Result<(), DeviceError> {
    let both = Clock::compared(server, asked, now());
    compared().set(Some(both));
    db::write(&[Shelf::Meta], async |tx| tx.put(Shelf::Meta, key::CLOCKS, &both).await).await
}

/// What was told last, before there is signal.
pub(super) async fn recall() -> Result<(), DeviceError> {
    let known = db::read(&[Shelf::Meta], async |tx| tx.get(Shelf::Meta, key::CLOCKS).await).await?;
    if compared().get_untracked().is_none() {
        compared().set(known);
    }
    Ok(())
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
