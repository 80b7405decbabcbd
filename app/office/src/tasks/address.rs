//! Where tasks stand.

use crate::lists::path;
use domain::{
    id::{HazardId, PersonId, SiteId, TaskId},
    list::ListName,
};

pub const TASKS: &str = path(ListName::Tasks);

pub fn task_address(id: TaskId) -> String {
    format!("{TASKS}/{id}")
}

pub fn give_visit_address(site: SiteId) -> String {
    format!("{TASKS}/new?site={site}")
}

pub fn give_hazard_address(hazard: HazardId) -> String {
    format!("{TASKS}/new?hazard={hazard}")
}

pub fn hand_over_address(person: PersonId) -> String {
    format!("/office/people/{person}/hand-over")
}
