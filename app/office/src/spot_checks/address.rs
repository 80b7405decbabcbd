//! The addresses of plans, of their steps and of what is published of their draws.

use crate::lists::path;
use domain::{id::SpotCheckPlanId, list::ListName};

pub const CHECKS: &str = path(ListName::SpotChecks);

pub fn plan_address(plan: SpotCheckPlanId) -> String {
    format!("{CHECKS}/{plan}")
}

pub fn edit_address(plan: SpotCheckPlanId) -> String {
    format!("{CHECKS}/{plan}/edit")
}

/// Where sites are chosen.
pub fn choose_address(plan: SpotCheckPlanId) -> String {
    format!("{CHECKS}/{plan}/sites")
}

/// The draw as a file, for those who may know what is in it.
pub fn draw_file_address(plan: SpotCheckPlanId) -> String {
    format!("{CHECKS}/{plan}/draw.json")
}

/// What anybody may read of the plan's draws.
pub fn public_address(plan: SpotCheckPlanId) -> String {
    format!("/draws/{plan}")
}

/// The draw as a file, for anybody once it is published.
pub fn public_file_address(plan: SpotCheckPlanId) -> String {
    format!("/draws/{plan}/draw.json")
}
