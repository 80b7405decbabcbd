//! What went wrong below, as pages say it. Logged here, once.

use crate::{
    http::ApiError,
    service::{
        hazards::{ActError, Refused},
        import::ImportError,
        jobs::DecideJobError,
    },
    storage::StoreError,
    sync::{aside::DecideError, handover::HandoverError},
};
use app::{
    error::Fault,
    i18n::{admin, limits, trade},
    server_fns::meanwhile::Meanwhile,
};
use domain::{hazard::Unfounded, text::Lang};

pub(super) fn store(error: StoreError) -> Fault {
    of(error.into())
}

pub(super) fn act(lang: Lang, error: ActError) -> Fault {
    let refused = match error {
        ActError::NotFound => return Fault::NotFound,
        // What happened is put into words where the hazard is read again.
        ActError::Changed => return Fault::Changed { meanwhile: Meanwhile::default() },
        ActError::Store(error) => return store(error),
        ActError::Refused(refused) => refused,
    };
    match refused {
        Refused::Unfounded(claim) => {
            let field = match claim {
                Unfounded::Department => "department",
                Unfounded::NoSuchHazard | Unfounded::TargetMoved => "into",
                Unfounded::DayPast => "deadline",
                Unfounded::Inspection => "inspection",
            };
            Fault::Invalid { field: field.to_owned(), reason: limits::unfounded(lang, claim).to_owned() }
        }
        Refused::Unproven => {
            Fault::Invalid { field: "note".to_owned(), reason: limits::unproven(lang).to_owned() }
        }
        Refused::UnknownHazard | Refused::UnknownSite => Fault::NotFound,
        Refused::NotAllowed => Fault::NotAllowed,
        Refused::Invalid(missing) => Fault::Incomplete { missing },
        Refused::Rejected(because) => Fault::Rejected { because },
        refused @ (Refused::IdReused | Refused::Malformed(_)) => of(ApiError::Bug(refused.to_string())),
    }
}

pub(super) fn decide(lang: Lang, error: DecideError) -> Fault {
    match error {
        DecideError::NotFound => Fault::NotFound,
        DecideError::Refused(reason) => {
            Fault::Invalid { field: "operation".to_owned(), reason: trade::reason(lang, &reason) }
        }
        DecideError::Store(error) => store(error),
    }
}

pub(super) fn decide_job(error: DecideJobError) -> Fault {
    match error {
        DecideJobError::NotFound => Fault::NotFound,
        DecideJobError::Store(error) => store(error),
    }
}

pub(super) fn handover(lang: Lang, error: HandoverError) -> Fault {
    let reason = match error {
        HandoverError::Api(error) => return of(error),
        HandoverError::NotABundle(_) => admin::not_a_bundle(lang),
        HandoverError::OtherOffice => admin::other_office(lang),
    };
    Fault::Invalid { field: "file".to_owned(), reason: reason.to_owned() }
}

pub(crate) fn import(lang: Lang, field: &str, error: ImportError) -> Fault {
    match (error.words(lang), error) {
        (_, ImportError::NotFound) => Fault::NotFound,
        (Some(reason), _) => Fault::Invalid { field: field.to_owned(), reason },
        (None, ImportError::Store(error)) => store(error),
        (None, ImportError::Password(error)) => of(error.into()),
        (None, error) => of(ApiError::Bug(error.to_string())),
    }
}

pub(crate) fn of(error: ApiError) -> Fault {
    match error {
        ApiError::SignIn | ApiError::WrongCredentials | ApiError::PasswordDue => Fault::SignIn,
        ApiError::NotAllowed => Fault::NotAllowed,
        ApiError::Confirm => Fault::Confirm,
        ApiError::NotFound => Fault::NotFound,
        ApiError::Unavailable(_)
        | ApiError::TooManyTries { .. }
        | ApiError::TooFast { .. }
        | ApiError::QuotaSpent { .. } => {
            tracing::warn!(%error, "put off");
            Fault::Busy
        }
        other => {
            let number = uuid::Uuid::new_v4().simple().to_string();
            let number = number.get(..8).unwrap_or_default().to_owned();
            tracing::error!(error = %other, number, "failed");
            Fault::Bug { number }
        }
    }
}
