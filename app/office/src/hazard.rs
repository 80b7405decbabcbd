//! One hazard, beside the ledger or on its own page: the proof, the plan, what happened, and the next step.

mod facts;
mod forms;
mod history;
mod next;
pub mod page;
pub mod panel;
mod photos;
mod words;

use crate::{
    asking::{Asked, ask},
    desk::use_desk,
    server_fns::{
        AsOf,
        hazards::{HazardSheet, LoadHazard},
    },
};
use domain::id::HazardId;
use leptos::prelude::*;

/// The file of whichever hazard is looked at, asked for again when something was done to it.
#[derive(Clone, Copy)]
pub struct FileAsked {
    pub asked: Asked<Option<AsOf<HazardSheet>>>,
}

impl FileAsked {
    pub fn new(id: Signal<Option<HazardId>>) -> Self {
        let desk = use_desk();
        let asked = Asked::new(move || ask(LoadHazard { id: id.get() }).in_round(desk.changes.get()));
        Self { asked }
    }
}
