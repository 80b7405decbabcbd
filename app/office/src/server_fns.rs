//! What pages ask the server, one file per subject. Each calls the use case of it in the name of who is signed in; devices
//! speak the versioned plain API instead.

pub mod account;
pub mod audit;
pub mod complaints;
#[cfg(feature = "ssr")]
pub mod fault;
pub mod form_editing;
pub mod forms;
pub mod frame;
pub mod grids;
pub mod hazards;
pub mod import;
pub mod inspections;
pub mod jobs;
pub mod map;
pub mod meanwhile;
pub mod notices;
pub mod parties;
pub mod people;
pub mod places;
pub mod public_reports;
pub mod quarantine;
#[cfg(feature = "ssr")]
pub mod request;
pub mod set_up;
pub mod settings;
pub mod sites;
pub mod spot_checks;
pub mod standards;
pub mod tasks;
pub mod unsent;
pub mod visits;

use chrono::{DateTime, NaiveDate, Utc};
use domain::time::office_day;
use serde::{Deserialize, Serialize};

/// An answer with the server's time. Pages reckon days by it, so that server and browser render the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AsOf<T> {
    pub at: DateTime<Utc>,
    pub value: T,
}

impl<T> AsOf<T> {
    /// The office's day.
    pub fn today(&self) -> NaiveDate {
        office_day(self.at)
    }
}
