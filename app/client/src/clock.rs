//! Time and chance, as a device reads them.
//!
//! The phone's own clock dates what is recorded, because the office keeps both times. Days that are proposed or compared here
//! are the office's: [`Clock::today`] is set right by what the last sync told of the server's clock.

use crate::{Watched, host, platform::Runtime as _};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    device::skew::{self, Compared},
    id::uuid_v7,
    time::office_day,
};
use uuid::Uuid;

pub struct Clock {
    runtime: host::Runtime,
    /// What the server last told of its own.
    pub compared: Watched<Option<Compared>>,
}

impl Clock {
    pub(crate) fn new(runtime: host::Runtime) -> Self {
        Self { runtime, compared: Watched::new(None) }
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.runtime.now()
    }

    /// How this clock stands.
    pub fn status(&self) -> skew::Clock {
        skew::Clock::of(self.compared.get(), self.now())
    }

    /// The office's time, as far as this phone knows it: by it deadlines and visits are due, not records dated.
    pub fn office_now(&self) -> DateTime<Utc> {
        let now = self.now();
        skew::Clock::of(self.compared.get(), now).set_right(now)
    }

    /// The office's day.
    pub fn today(&self) -> NaiveDate {
        office_day(self.office_now())
    }

    /// A fresh id of any kind: `clock.new_id::<HazardId>()`.
    pub fn new_id<T: From<Uuid>>(&self) -> T {
        T::from(uuid_v7(self.now().timestamp_millis().unsigned_abs(), self.random()))
    }

    /// For ids and keys.
    pub(crate) fn random<const N: usize>(&self) -> [u8; N] {
        let mut random = [0; N];
        self.runtime.random(&mut random);
        random
    }

    /// A number in `0..1`, for spreading retries.
    pub(crate) fn chance(&self) -> f64 {
        self.runtime.chance()
    }
}
