//! # Lists of sites and people
//!
//! [`reading`] makes a table of a file, whatever the file claims; [`sites`] and [`people`] judge a table against what the
//! office has, and say row by row what would change; [`crate::imports`] keeps a list until somebody has looked at
//! that, writes it, and takes it back. What a list does not say stays as it is.

mod columns;
mod contacts;
mod coordinates;
mod parties;
pub mod people;
mod places;
pub mod plan;
pub mod reading;
mod record;
pub mod sites;
mod twins;
pub mod words;

pub use columns::{Column, Columns, knows};
pub use contacts::{BETWEEN, joined};
pub(crate) use coordinates::middle;

use domain::{import::ImportKind, role::Action};
use i18n::import as t;
use plan::{CellValue, RowReading};

/// What one must be allowed to do.
pub fn action(what: ImportKind) -> Action {
    match what {
        ImportKind::Sites => Action::ManageSites,
        ImportKind::People => Action::ManagePeople,
    }
}

pub fn columns(what: ImportKind) -> &'static [Column] {
    match what {
        ImportKind::Sites => sites::COLUMNS,
        ImportKind::People => people::COLUMNS,
    }
}

/// 状态: in use or not. A list without such a column says nothing of it: what is out of use stays so, and comes back by
/// 在用 and somebody's word only.
fn state_of_use(reading: &mut RowReading<'_>, column: &Column, is_off: bool) -> bool {
    const ON: [&str; 6] = ["在用", "启用", "正常", "在岗", "active", "inuse"];
    const OFF: [&str; 6] = ["停用", "已停用", "停业", "离岗", "retired", "disabled"];
    let lang = reading.lang;
    let word = |is_off: bool| if is_off { t::state_off(lang) } else { t::state_on(lang) };
    let after = match reading.given(column) {
        CellValue::Wrong => return is_off,
        CellValue::Absent | CellValue::Empty | CellValue::Clear => return is_off,
        CellValue::Words(words) => {
            let plain = words::key(&words).to_lowercase();
            match (ON.contains(&plain.as_str()), OFF.contains(&plain.as_str())) {
                (true, _) => false,
                (_, true) => true,
                (false, false) => {
                    reading.fault(column, t::state_unknown(lang, words), vec![]);
                    return is_off;
                }
            }
        }
    };
    if after != is_off && !reading.is_new {
        reading.change(column, word(is_off), word(after), after);
        let (ask, tick) = if after {
            (t::ask_retire(lang), t::tick_retire(lang))
        } else {
            (t::ask_revive(lang), t::tick_revive(lang))
        };
        reading.ask("state", ask.to_owned(), tick, None);
    }
    after
}
