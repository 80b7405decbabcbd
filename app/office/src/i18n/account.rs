//! Signing in and out, and what any page may have to say of a [`AppError`].

pub use ::i18n::account::*;

use crate::error::AppError;
use domain::{sync::Due, text::Lang};

/// What happened, in a few words.
pub fn fault_title(lang: Lang, fault: &AppError) -> &'static str {
    match fault {
        AppError::SignIn => fault_sign_in_title(lang),
        AppError::Due { due: Due::Password } => fault_password_due_title(lang),
        AppError::Due { due: Due::SecondFactor } => fault_factor_due_title(lang),
        AppError::Confirm => fault_confirm_title(lang),
        AppError::NotAllowed => fault_not_allowed_title(lang),
        AppError::NotFound => not_found_title(lang),
        AppError::Sheets { .. } => ::i18n::form_editing::faulty(lang),
        AppError::Invalid { .. } | AppError::Incomplete { .. } | AppError::Rejected { .. } => {
            fault_rejected_title(lang)
        }
        AppError::Changed { .. } => ::i18n::places::changed_title(lang),
        AppError::Busy => fault_busy_title(lang),
        AppError::Bug { .. } => fault_bug_title(lang),
        AppError::Transport { .. } => fault_line_title(lang),
    }
}

/// What is safe and what to do.
pub fn fault_words(lang: Lang, fault: &AppError) -> String {
    match fault {
        AppError::SignIn => fault_sign_in(lang).to_owned(),
        AppError::Due { due: Due::Password } => fault_password_due(lang).to_owned(),
        AppError::Due { due: Due::SecondFactor } => fault_factor_due(lang).to_owned(),
        AppError::Confirm => fault_confirm(lang).to_owned(),
        AppError::NotAllowed => fault_not_allowed(lang).to_owned(),
        AppError::NotFound => fault_not_found(lang).to_owned(),
        AppError::Invalid { reason, .. } => reason.clone(),
        AppError::Incomplete { missing } => ::i18n::trade::incomplete(lang, *missing),
        AppError::Sheets { faults } => ::i18n::form_editing::faults(lang, faults.len()),
        AppError::Rejected { because } => ::i18n::trade::rejected(lang, because),
        // There is nothing to choose from where the form does not say what it was based on.
        AppError::Changed { meanwhile } if meanwhile.base.is_empty() => {
            ::i18n::places::changed_reload(lang).to_owned()
        }
        AppError::Changed { .. } => ::i18n::places::changed_words(lang).to_owned(),
        AppError::Busy => fault_busy(lang).to_owned(),
        AppError::Bug { number } => fault_bug(lang, number.clone()),
        AppError::Transport { .. } => fault_line(lang).to_owned(),
    }
}
