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
    desk::use_desk,
    error::AppError,
    server_fns::{AsOf, hazards::load_hazard},
};
use domain::{file::HazardFile, id::HazardId};
use leptos::prelude::*;

type Answer = Result<Option<AsOf<HazardFile>>, AppError>;

/// The file of whichever hazard is looked at, asked for again when something was done to it.
#[derive(Clone, Copy)]
pub struct FileAsked {
    pub asked: Resource<Answer>,
}

impl FileAsked {
    pub fn new(id: Signal<Option<HazardId>>) -> Self {
        let desk = use_desk();
        let asked = Resource::new(move || (id.get(), desk.changes.get()), |(id, _)| load_hazard(id));
        Self { asked }
    }
}
