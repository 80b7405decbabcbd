//! Where complaints about visits stand.

use crate::lists::path;
use domain::list::ListName;
use uuid::Uuid;

pub const COMPLAINTS: &str = path(ListName::Complaints);

pub fn complaint_address(id: Uuid) -> String {
    format!("{COMPLAINTS}/{id}")
}
