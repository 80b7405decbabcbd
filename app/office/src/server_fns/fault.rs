//! Why a use case did not do what was asked, as pages say it. What is nobody's at the desk to mend is logged here, once.

use crate::{
    error::AppError,
    i18n::{Lang, admin, limits, password, trade},
    server_fns::meanwhile::Meanwhile,
};
use domain::hazard::Unfounded;
use service::{Error, hazard_commands::Refused, password_rules, places, settings};

pub fn fault(lang: Lang, error: Error) -> AppError {
    match error {
        Error::NotSignedIn | Error::WrongCredentials | Error::UnknownAccount => AppError::SignIn,
        Error::NotAllowed => AppError::NotAllowed,
        Error::Confirm => AppError::Confirm,
        Error::NotFound => AppError::NotFound,
        // What happened is put into words where the record is read again.
        Error::Changed => AppError::Changed { meanwhile: Meanwhile::default() },
        Error::Invalid { field, reason } => AppError::Invalid { field, reason },
        Error::Refused(refused) => of_command(lang, refused),
        Error::NotCarriedOut(reason) => invalid("operation", trade::reason(lang, &reason)),
        Error::Place(rejection) => match places::in_words(lang, rejection) {
            (Some(field), reason) => invalid(field, reason),
            (None, _) => AppError::Changed { meanwhile: Meanwhile::default() },
        },
        Error::Settings(rejection) => match settings::in_words(lang, &rejection) {
            (Some(field), reason) => invalid(field, reason),
            (None, _) => AppError::Changed { meanwhile: Meanwhile::default() },
        },
        Error::Account { rule, .. } => invalid(rule.field(), rule.words(lang)),
        Error::Import(refusal) => invalid(refusal.field(), refusal.words(lang)),
        Error::Sheets(faults) => AppError::Sheets { faults },
        Error::SetUp(refusal) => invalid("code", refusal.words(lang)),
        Error::WeakPassword(Some(weakness)) => invalid("new", password_rules::words(lang, weakness)),
        Error::WeakPassword(None) => invalid("new", password::same(lang)),
        Error::NotABundle(_) => invalid("file", admin::not_a_bundle(lang)),
        Error::OtherOffice => invalid("file", admin::other_office(lang)),
        error @ (Error::TooManyTries { .. }
        | Error::TooFast { .. }
        | Error::QuotaSpent { .. }
        | Error::NotYet { .. }
        | Error::Crowded
        | Error::Unavailable(_)) => {
            tracing::warn!(%error, "put off");
            AppError::Busy
        }
        error @ (Error::Malformed(_)
        | Error::TooLarge
        | Error::NotAnnounced
        | Error::HashMismatch
        | Error::NotAPhoto(_)
        | Error::NotAPaper(_)
        | Error::OffsetMismatch
        | Error::UploadGone
        | Error::Full(_)
        | Error::Bug(_)) => ours(&error.to_string()),
    }
}

fn of_command(lang: Lang, refused: Refused) -> AppError {
    match refused {
        Refused::Unfounded(claim) => {
            let field = match claim {
                Unfounded::Department => "department",
                Unfounded::NoSuchHazard | Unfounded::TargetMoved => "into",
                Unfounded::DayPast => "deadline",
                Unfounded::Visit => "visit",
                Unfounded::Proof => "note",
            };
            invalid(field, limits::unfounded(lang, claim))
        }
        Refused::Unproven => invalid("note", limits::unproven(lang)),
        Refused::UnknownHazard | Refused::UnknownSite => AppError::NotFound,
        Refused::NotAllowed => AppError::NotAllowed,
        Refused::Invalid(missing) => AppError::Incomplete { missing },
        Refused::Rejected(because) => AppError::Rejected { because },
        refused @ (Refused::IdReused | Refused::Malformed(_)) => ours(&refused.to_string()),
    }
}

fn invalid(field: &str, reason: impl Into<String>) -> AppError {
    AppError::Invalid { field: field.to_owned(), reason: reason.into() }
}

/// The person is told a number, by which the log finds it.
fn ours(error: &str) -> AppError {
    let number = uuid::Uuid::new_v4().simple().to_string();
    let number = number.get(..8).unwrap_or_default().to_owned();
    tracing::error!(%error, number, "failed");
    AppError::Bug { number }
}
