//! Why the last try of a form was refused, and where the form says so: a field that is wrong says it beside itself, and what no
//! field says is left to the form's line (`ErrorLine`). Fields are noted as they are drawn, so that no form can forget it.

use crate::{error::AppError, i18n::account};
use domain::{hazard::ValidationError, text::Lang};
use leptos::prelude::*;
use std::ops::Deref;

/// The fault of a form's last try, if it had one.
#[derive(Clone, Copy)]
pub struct ErrorSignal {
    fault: Signal<Option<AppError>>,
    /// Of all forms that show this fault; each as often as it asks for its words.
    fields: RwSignal<Vec<RefusedField>>,
}

/// A field, by what a refusal says that it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct RefusedField {
    name: &'static str,
    /// What the trade says is missing when the field is empty.
    missing: Option<ValidationError>,
}

impl ErrorSignal {
    pub fn new(fault: impl Fn() -> Option<AppError> + Send + Sync + 'static) -> Self {
        Signal::derive(fault).into()
    }

    /// The same where this form is meant, of several that ask the same function.
    #[must_use]
    pub fn only_if(self, is_meant: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        let Self { fault, fields } = self;
        Self { fault: Signal::derive(move || fault.get().filter(|_| is_meant())), fields }
    }

    /// The words for what is wrong with this field, if it is this one. Whoever asks shows them beside the field.
    pub fn at(
        self,
        lang: Lang,
        name: &'static str,
        missing: Option<ValidationError>,
    ) -> Signal<Option<String>> {
        let Self { fault, fields } = self;
        let field = RefusedField { name, missing };
        fields.update(|fields| fields.push(field));
        on_cleanup(move || {
            // Nobody is told: what shows the line is drawn anew as well.
            fields.try_update_untracked(|fields| {
                if let Some(position) = fields.iter().position(|known| *known == field) {
                    fields.swap_remove(position);
                }
            });
        });
        Signal::derive(move || fault.with(|fault| fault.as_ref().and_then(|fault| field.words(lang, fault))))
    }

    /// Whether a field says what is wrong. A form that is gone has none.
    pub fn is_at_a_field(self) -> bool {
        let Self { fault, fields } = self;
        let is_of = |fault: &AppError| {
            fields.try_with(|fields| fields.iter().any(|field| field.is_meant_by(fault))).unwrap_or_default()
        };
        fault.try_with(|fault| fault.as_ref().is_some_and(is_of)).unwrap_or_default()
    }
}

impl RefusedField {
    fn is_meant_by(self, fault: &AppError) -> bool {
        match fault {
            AppError::Invalid { field, .. } => field == self.name,
            AppError::Incomplete { missing: ValidationError::OverLimit(over) } => {
                over.field.as_str() == self.name
            }
            AppError::Incomplete { missing } => Some(*missing) == self.missing,
            AppError::SignIn
            | AppError::Due { .. }
            | AppError::Confirm
            | AppError::NotAllowed
            | AppError::NotFound
            | AppError::Sheets { .. }
            | AppError::Rejected { .. }
            | AppError::Changed { .. }
            | AppError::Busy
            | AppError::Bug { .. }
            | AppError::Transport { .. } => false,
        }
    }

    fn words(self, lang: Lang, fault: &AppError) -> Option<String> {
        self.is_meant_by(fault).then(|| account::fault_words(lang, fault))
    }
}

impl From<Signal<Option<AppError>>> for ErrorSignal {
    fn from(fault: Signal<Option<AppError>>) -> Self {
        Self { fault, fields: RwSignal::new(Vec::new()) }
    }
}

impl From<RwSignal<Option<AppError>>> for ErrorSignal {
    fn from(fault: RwSignal<Option<AppError>>) -> Self {
        Self::from(Signal::<Option<AppError>>::from(fault))
    }
}

/// It is read as the signal that it is.
impl Deref for ErrorSignal {
    type Target = Signal<Option<AppError>>;

    fn deref(&self) -> &Self::Target {
        &self.fault
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{limits, trade};
    use domain::limits::{Excess, Field as LimitField, OverLimit};

    fn refused(fault: AppError) -> ErrorSignal {
        ErrorSignal::new(move || Some(fault.clone()))
    }

    fn invalid(field: &str) -> AppError {
        AppError::Invalid { field: field.to_owned(), reason: "请填写".to_owned() }
    }

    #[test]
    fn what_no_field_says_is_left_to_the_line() {
        let page = Owner::new();
        page.with(|| {
            let fault = refused(invalid("figure"));
            let other = fault.at(Lang::Zh, "on", None);
            assert_eq!(other.get_untracked(), None);
            assert!(!untrack(|| fault.is_at_a_field()));
            let own = fault.at(Lang::Zh, "figure", None);
            assert_eq!(own.get_untracked().as_deref(), Some("请填写"));
            assert!(untrack(|| fault.is_at_a_field()));
        });
    }

    #[test]
    fn a_field_that_is_no_longer_drawn_says_nothing() {
        let page = Owner::new();
        page.with(|| {
            let fault = refused(invalid("site"));
            let form = Owner::new();
            form.with(|| {
                fault.at(Lang::Zh, "site", None);
            });
            assert!(untrack(|| fault.is_at_a_field()));
            form.cleanup();
            assert!(!untrack(|| fault.is_at_a_field()));
        });
    }

    #[test]
    fn forms_that_ask_the_same_function_share_what_is_shown() {
        let page = Owner::new();
        page.with(|| {
            let fault = refused(invalid("days"));
            let (meant, other) = (fault.only_if(|| true), fault.only_if(|| false));
            meant.at(Lang::Zh, "days", None);
            assert!(untrack(|| fault.is_at_a_field()));
            assert!(untrack(|| meant.is_at_a_field()));
            assert!(!untrack(|| other.is_at_a_field()), "nothing of it is refused");
        });
    }

    #[test]
    fn what_is_missing_and_what_is_too_long_belong_to_fields_too() {
        let page = Owner::new();
        page.with(|| {
            let missing = refused(AppError::Incomplete { missing: ValidationError::Reason });
            missing.at(Lang::Zh, "reason", None);
            assert!(!untrack(|| missing.is_at_a_field()), "nobody said that the field is for it");
            let words = missing.at(Lang::Zh, "reason", Some(ValidationError::Reason));
            assert_eq!(words.get_untracked(), Some(trade::incomplete(Lang::Zh, ValidationError::Reason)));
            assert!(untrack(|| missing.is_at_a_field()));

            let over = OverLimit { field: LimitField::Note, excess: Excess::TooLong(3) };
            let long = refused(AppError::Incomplete { missing: ValidationError::OverLimit(over) });
            long.at(Lang::En, "what", Some(ValidationError::What));
            assert!(!untrack(|| long.is_at_a_field()));
            let words = long.at(Lang::En, LimitField::Note.as_str(), None);
            assert_eq!(words.get_untracked(), Some(limits::over(Lang::En, over)));
            assert!(untrack(|| long.is_at_a_field()));
        });
    }
}
