//! The forms of the page of standards as browsers send them: flat words. Reading them is a pure function; what can be said of a
//! standard is the server's to decide.

use crate::{error::AppError, i18n::standards as t};
use chrono::NaiveDate;
use domain::text::Lang;
use serde::{Deserialize, Serialize};

pub const END: &str = "end";
pub const TAKE_BACK: &str = "take_back";

/// `does` is one of the two; only its own fields count.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StandardForm {
    pub does: String,
    pub number: String,
    /// A day, or nothing.
    pub until: String,
    pub replaced_by: String,
}

/// What is wanted of a standard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    End { number: String, until: Option<NaiveDate>, replaced_by: String },
    TakeBack { number: String },
}

impl StandardForm {
    /// # Errors
    /// [`AppError::Invalid`] of `until` where it is no day.
    pub fn read(&self, lang: Lang) -> Result<Wanted, AppError> {
        let number = self.number.clone();
        match self.does.as_str() {
            END => {
                let until = match self.until.trim() {
                    "" => None,
                    day => Some(day.parse().map_err(|_| AppError::Invalid {
                        field: "until".to_owned(),
                        reason: t::day_unreadable(lang).to_owned(),
                    })?),
                };
                Ok(Wanted::End { number, until, replaced_by: self.replaced_by.clone() })
            }
            TAKE_BACK => Ok(Wanted::TakeBack { number }),
            _ => Err(AppError::NotFound),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_a_day_or_nothing() {
        let form = |until: &str| StandardForm {
            does: END.into(),
            number: "GB 1-2000".into(),
            until: until.into(),
            replaced_by: String::new(),
        };
        let read = |until: &str| form(until).read(Lang::Zh);
        let end = |until| Wanted::End { number: "GB 1-2000".into(), until, replaced_by: String::new() };
        assert_eq!(read(" "), Ok(end(None)));
        assert_eq!(read("2026-12-01"), Ok(end(NaiveDate::from_ymd_opt(2026, 12, 1))));
        assert!(matches!(read("12月1日"), Err(AppError::Invalid { field, .. }) if field == "until"));
        let back = StandardForm { does: TAKE_BACK.into(), ..form("soon") };
        assert_eq!(back.read(Lang::Zh), Ok(Wanted::TakeBack { number: "GB 1-2000".into() }));
        assert_eq!(StandardForm::default().read(Lang::Zh), Err(AppError::NotFound));
    }
}
