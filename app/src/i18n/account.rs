//! Signing in and out, and what any page may have to say of a [`Fault`].

pub use ::i18n::account::*;

use crate::error::Fault;
use domain::{sync::Due, text::Lang};

/// What happened, in a few words.
pub fn fault_title(lang: Lang, fault: &Fault) -> &'static str {
    match fault {
        Fault::SignIn => fault_sign_in_title(lang),
        Fault::Due { due: Due::Password } => fault_password_due_title(lang),
        Fault::Due { due: Due::SecondFactor } => fault_factor_due_title(lang),
        Fault::Confirm => fault_confirm_title(lang),
        Fault::NotAllowed => fault_not_allowed_title(lang),
        Fault::NotFound => not_found_title(lang),
        Fault::Invalid { .. } | Fault::Incomplete { .. } => fault_form_title(lang),
        Fault::Rejected { .. } => fault_rejected_title(lang),
        Fault::Changed { .. } => ::i18n::places::changed_title(lang),
        Fault::Busy => fault_busy_title(lang),
        Fault::Bug { .. } => fault_bug_title(lang),
        Fault::Line { .. } => fault_line_title(lang),
    }
}

/// What is safe and what to do.
pub fn fault_words(lang: Lang, fault: &Fault) -> String {
    match fault {
        Fault::SignIn => fault_sign_in(lang).to_owned(),
        Fault::Due { due: Due::Password } => fault_password_due(lang).to_owned(),
        Fault::Due { due: Due::SecondFactor } => fault_factor_due(lang).to_owned(),
        Fault::Confirm => fault_confirm(lang).to_owned(),
        Fault::NotAllowed => fault_not_allowed(lang).to_owned(),
        Fault::NotFound => fault_not_found(lang).to_owned(),
        Fault::Invalid { .. } | Fault::Incomplete { .. } => fault_form(lang).to_owned(),
        Fault::Rejected { because } => ::i18n::trade::rejected(lang, because),
        Fault::Changed { .. } => ::i18n::places::changed_words(lang).to_owned(),
        Fault::Busy => fault_busy(lang).to_owned(),
        Fault::Bug { number } => fault_bug(lang, number.clone()),
        Fault::Line { .. } => fault_line(lang).to_owned(),
    }
}
