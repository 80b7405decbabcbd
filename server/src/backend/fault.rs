//! What went wrong below, as pages say it. Logged here, once.

use crate::{http::ApiError, import::ImportError, storage::StoreError, sync::deeds::ActError};
use app::error::Fault;

pub(super) fn store(error: StoreError) -> Fault {
    of(error.into())
}

pub(super) fn act(error: ActError) -> Fault {
    match error {
        ActError::NotFound => Fault::NotFound,
        ActError::NotAllowed => Fault::NotAllowed,
        ActError::Incomplete(missing) => Fault::Incomplete { missing },
        ActError::Misfit(misfit) => Fault::Misfit { misfit },
        ActError::Store(error) => store(error),
    }
}

pub(super) fn import(error: ImportError) -> Fault {
    match error {
        ImportError::Store(error) => store(error),
        ImportError::Password(error) => of(error.into()),
    }
}

pub(crate) fn of(error: ApiError) -> Fault {
    match error {
        ApiError::SignIn | ApiError::WrongCredentials => Fault::SignIn,
        ApiError::NotAllowed => Fault::NotAllowed,
        ApiError::NotFound => Fault::NotFound,
        ApiError::Unavailable(_) | ApiError::TooManyTries { .. } => {
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
