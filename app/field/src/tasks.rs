//! 派单 on the phone: what was given to this person, first of all on Today, giving work to others, handing it on and withdrawing it.

mod give;
mod here;
mod today;

pub use give::{GiveTask, Giving};
pub use today::TodayTasks;
