//! 派单 on the phone: what was given to this person, first of all on Today, and giving work to others.

mod give;
mod today;

pub use give::{GiveTask, Giving};
pub use today::TodayTasks;
