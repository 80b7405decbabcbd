//! What the API answers instead of the thing asked for. Logged once, here; put into the person's language by
//! [`localize_errors`], which alone knows the request.

use super::{plain, policy::FUNCTIONS, refusals::Refusal, tus};
use crate::{blobs::BlobError, session, state::AppState, storage::StoreError};
use app::i18n::{api as t, edge, limits, papers, password, photos, public_reports};
use axum::{
    Json,
    body::Body,
    extract::{Request, State},
    http::{
        HeaderName, HeaderValue, StatusCode,
        header::{ACCEPT, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER},
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use domain::{attachment::NotAPaper, password::Weakness, photo::NotAPhoto, sync::Problem, text::Lang, time};
use service::{imports::ImportRefusal, password::PasswordError};
use std::any::Any;
use thiserror::Error;

#[derive(Debug, Clone, Error)]
pub enum ApiError {
    #[error("nobody is signed in")]
    SignIn,
    #[error("wrong account or password")]
    WrongCredentials,
    /// The new password is not taken; none: it is the old one.
    #[error("weak password: {0:?}")]
    WeakPassword(Option<Weakness>),
    /// An administrator chose the password: it is changed first.
    #[error("the password has to be changed first")]
    PasswordDue,
    #[error("the role or the place does not allow it")]
    NotAllowed,
    /// It weighs so much that the password is asked for once more.
    #[error("the password has to be typed again first")]
    Confirm,
    #[error("no such record, or out of sight")]
    NotFound,
    #[error("too many tries")]
    TooManyTries { after_seconds: u64 },
    /// This person sends faster than anybody walks.
    #[error("too fast")]
    TooFast { after_seconds: u64 },
    /// This person has sent as much today as a day holds.
    #[error("the day's quota is spent")]
    QuotaSpent { after_seconds: u64 },
    /// What is sealed opens at its hour, by this server's clock.
    #[error("sealed until {opens_at}")]
    NotYet { opens_at: DateTime<Utc>, after_seconds: u64 },
    /// The photo's facts have not come yet: again later.
    #[error("photo not announced")]
    NotAnnounced,
    #[error("the bytes are not what was announced")]
    HashMismatch,
    #[error(transparent)]
    NotAPhoto(#[from] NotAPhoto),
    #[error(transparent)]
    NotAPaper(#[from] NotAPaper),
    /// Of a piece: the sender asks where to go on.
    #[error("the upload stands elsewhere")]
    OffsetMismatch,
    #[error("the piece does not fit its checksum")]
    ChecksumMismatch,
    #[error("no such upload any more")]
    UploadGone,
    #[error("not a piece of an upload")]
    NotAChunk,
    #[error("the piece is too small")]
    PieceTooSmall,
    #[error("another version of tus")]
    TusVersion,
    #[error("too large")]
    TooLarge,
    #[error("the body did not come in its time")]
    TooSlow,
    #[error("a body of another kind")]
    WrongKind,
    /// More bodies at once than may be held: again in a moment. Counted where it is refused.
    #[error("bodies fill their budget")]
    Crowded,
    #[error("malformed: {0}")]
    Malformed(String),
    /// Readable, and not taken: why, in the person's language.
    #[error("invalid: {0}")]
    Invalid(String),
    #[error("request of another site")]
    CrossSite,
    #[error("two cookies of one name")]
    TwoSessions,
    /// Store or photo folder do not answer: again later.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// No room for photos: a person must make some.
    #[error("full: {0}")]
    Full(String),
    /// Ours to mend.
    #[error("bug: {0}")]
    Bug(String),
}

impl From<service::Error> for ApiError {
    fn from(error: service::Error) -> Self {
        use service::Error;
        match error {
            Error::NotAllowed => Self::NotAllowed,
            Error::Confirm => Self::Confirm,
            Error::NotFound => Self::NotFound,
            Error::NotSignedIn => Self::SignIn,
            Error::WrongCredentials | Error::UnknownAccount => Self::WrongCredentials,
            Error::WeakPassword(weakness) => Self::WeakPassword(weakness),
            Error::TooLarge => Self::TooLarge,
            Error::NotAnnounced => Self::NotAnnounced,
            Error::HashMismatch => Self::HashMismatch,
            Error::NotAPhoto(why) => Self::NotAPhoto(why),
            Error::NotAPaper(why) => Self::NotAPaper(why),
            Error::OffsetMismatch => Self::OffsetMismatch,
            Error::UploadGone => Self::UploadGone,
            Error::TooManyTries { after_seconds } => Self::TooManyTries { after_seconds },
            Error::TooFast { after_seconds } => Self::TooFast { after_seconds },
            Error::QuotaSpent { after_seconds } => Self::QuotaSpent { after_seconds },
            Error::NotYet { opens_at, after_seconds } => Self::NotYet { opens_at, after_seconds },
            Error::Crowded => Self::Crowded,
            Error::Malformed(what) => Self::Malformed(what),
            Error::Invalid { reason, .. } => Self::Invalid(reason),
            Error::Import(refusal @ (ImportRefusal::Busy | ImportRefusal::Moving)) => {
                Self::Unavailable(refusal.to_string())
            }
            // What the device API is asked about these, it is asked in operations, which are answered by themselves.
            error @ (Error::Changed
            | Error::Refused(_)
            | Error::NotCarriedOut(_)
            | Error::Place(_)
            | Error::Settings(_)
            | Error::Account { .. }
            | Error::Import(_)
            | Error::Sheets(_)
            | Error::SetUp(_)
            | Error::NotABundle(_)
            | Error::OtherOffice) => Self::Malformed(error.to_string()),
            Error::Unavailable(why) => Self::Unavailable(why),
            Error::Full(why) => Self::Full(why),
            Error::Bug(what) => Self::Bug(what),
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        service::Error::from(error).into()
    }
}

impl From<BlobError> for ApiError {
    fn from(error: BlobError) -> Self {
        service::Error::from(error).into()
    }
}

impl From<PasswordError> for ApiError {
    fn from(error: PasswordError) -> Self {
        service::Error::from(error).into()
    }
}

impl ApiError {
    fn status(&self) -> StatusCode {
        match self {
            // A phone keeps what it has and asks its person to sign in again.
            Self::SignIn | Self::WrongCredentials | Self::PasswordDue | Self::TwoSessions => {
                StatusCode::UNAUTHORIZED
            }
            Self::NotAllowed | Self::Confirm | Self::CrossSite => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::TooManyTries { .. } | Self::TooFast { .. } | Self::QuotaSpent { .. } => {
                StatusCode::TOO_MANY_REQUESTS
            }
            // Too early.
            Self::NotYet { .. } => StatusCode::from_u16(425).unwrap_or(StatusCode::TOO_MANY_REQUESTS),
            Self::NotAnnounced | Self::OffsetMismatch => StatusCode::CONFLICT,
            Self::UploadGone => StatusCode::GONE,
            Self::NotAChunk | Self::NotAPhoto(_) | Self::NotAPaper(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TusVersion => StatusCode::PRECONDITION_FAILED,
            // The protocol's own.
            Self::ChecksumMismatch => StatusCode::from_u16(460).unwrap_or(StatusCode::BAD_REQUEST),
            Self::HashMismatch | Self::WeakPassword(_) | Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::WrongKind => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Malformed(_) | Self::PieceTooSmall => StatusCode::BAD_REQUEST,
            Self::Unavailable(_) | Self::Crowded => StatusCode::SERVICE_UNAVAILABLE,
            Self::Full(_) => StatusCode::INSUFFICIENT_STORAGE,
            Self::Bug(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::WrongCredentials => "wrong_credentials",
            Self::PasswordDue => "password_due",
            Self::WeakPassword(_) => "weak_password",
            Self::NotAllowed => "not_allowed",
            Self::Confirm => "confirm",
            Self::NotFound => "not_found",
            Self::TooManyTries { .. } => "too_many_tries",
            Self::TooFast { .. } => "too_fast",
            Self::QuotaSpent { .. } => "quota_spent",
            Self::NotYet { .. } => "not_yet",
            Self::NotAnnounced => "not_announced",
            Self::HashMismatch => "hash_mismatch",
            Self::NotAPhoto(_) => "not_a_photo",
            Self::NotAPaper(_) => "not_a_paper",
            Self::OffsetMismatch => "offset_mismatch",
            Self::ChecksumMismatch => "checksum_mismatch",
            Self::UploadGone => "upload_gone",
            Self::NotAChunk => "not_a_chunk",
            Self::PieceTooSmall => "piece_too_small",
            Self::TusVersion => "tus_version",
            Self::TooLarge => "too_large",
            Self::TooSlow => "too_slow",
            Self::WrongKind => "wrong_kind",
            Self::Malformed(_) => "malformed",
            Self::Invalid(_) => "invalid",
            Self::CrossSite => "cross_site",
            Self::TwoSessions => "two_sessions",
            Self::Unavailable(_) | Self::Crowded => "unavailable",
            Self::Full(_) => "full",
            Self::Bug(_) => "bug",
        }
    }

    fn words(&self, lang: Lang, request_id: &str) -> String {
        let words = match self {
            Self::SignIn => t::sign_in(lang),
            Self::WrongCredentials => t::wrong_credentials(lang),
            Self::PasswordDue => t::password_due(lang),
            Self::WeakPassword(Some(weakness)) => password::weakness(lang, *weakness),
            Self::WeakPassword(None) => password::same(lang),
            Self::NotAllowed => t::not_allowed(lang),
            Self::Confirm => t::confirm(lang),
            Self::NotFound => t::not_found(lang),
            Self::TooManyTries { .. } => t::too_many_tries(lang),
            Self::TooFast { .. } => limits::too_fast(lang),
            Self::QuotaSpent { .. } => limits::quota_spent(lang),
            Self::NotYet { opens_at, .. } => return t::not_yet(lang, time::short(*opens_at)),
            Self::NotAnnounced => t::not_announced(lang),
            Self::HashMismatch => t::hash_mismatch(lang),
            Self::NotAPhoto(why) => photos::not_a_photo(lang, *why),
            Self::NotAPaper(why) => papers::not_a_paper(lang, *why),
            Self::OffsetMismatch => t::offset_mismatch(lang),
            Self::ChecksumMismatch => t::checksum_mismatch(lang),
            Self::UploadGone => t::upload_gone(lang),
            Self::NotAChunk | Self::TusVersion | Self::PieceTooSmall => t::malformed(lang),
            Self::TooLarge => t::too_large(lang),
            Self::TooSlow => edge::too_slow(lang),
            Self::WrongKind => edge::wrong_kind(lang),
            Self::Malformed(_) => t::malformed(lang),
            Self::Invalid(reason) => reason.as_str(),
            Self::CrossSite => t::cross_site(lang),
            Self::TwoSessions => edge::two_sessions(lang),
            Self::Unavailable(_) | Self::Crowded => t::unavailable(lang),
            Self::Full(_) => t::full(lang),
            Self::Bug(_) => return t::bug(lang, request_id.chars().take(8).collect()),
        };
        words.to_owned()
    }
}

impl IntoResponse for ApiError {
    /// Carries the error to [`localize_errors`].
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Where anybody reports, with a photo.
const REPORT: &str = "/report";

/// Writes the body of an [`ApiError`] in the person's language, and logs it.
pub(super) async fn localize_errors(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let lang = session::lang(request.headers());
    let id =
        request.headers().get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or_default().to_owned();
    let asker = Asker::of(&request);
    let is_report = request.uri().path() == REPORT;
    let response = next.run(request).await;
    let Some(error) = response.extensions().get::<ApiError>().cloned() else { return response };
    match &error {
        ApiError::Bug(_) | ApiError::Full(_) => tracing::error!(%error, "failed"),
        ApiError::Unavailable(_) => tracing::warn!(%error, "put off"),
        ApiError::TooFast { .. } | ApiError::QuotaSpent { .. } => tracing::warn!(%error, "put off"),
        // Who tries what is not theirs is told, however often they try.
        ApiError::NotAllowed => state.edge.refusals.count(Refusal::NotAllowed),
        _ => tracing::debug!(%error, "refused"),
    }
    // Who reports for the first time is told what was too large, and that nothing is lost.
    let too_large = is_report && matches!(error, ApiError::TooLarge);
    let words = if too_large { public_reports::e_too_large(lang).to_owned() } else { error.words(lang, &id) };
    let mut answer = match asker {
        Asker::Program => {
            let problem = Problem::new(error.code(), error.status().as_u16(), words);
            (error.status(), [(CONTENT_TYPE, Problem::MEDIA_TYPE)], Json(problem)).into_response()
        }
        Asker::Page => (error.status(), Json(plain::fault(&error, &id, words))).into_response(),
        Asker::Person => {
            (error.status(), plain::page(lang, &words, matches!(error, ApiError::SignIn))).into_response()
        }
    };
    // What the routes added to every answer of theirs.
    let headers = response.headers().iter().filter(|(name, _)| !answer_has(&answer, name));
    let headers: Vec<_> = headers.map(|(name, value)| (name.clone(), value.clone())).collect();
    answer.headers_mut().extend(headers);
    let after = match error {
        ApiError::TooManyTries { after_seconds }
        | ApiError::TooFast { after_seconds }
        | ApiError::QuotaSpent { after_seconds }
        | ApiError::NotYet { after_seconds, .. } => Some(after_seconds),
        ApiError::Unavailable(_) | ApiError::Crowded => Some(30),
        ApiError::Full(_) => Some(600),
        _ => None,
    };
    // Browsers that listen forget both.
    if let ApiError::TwoSessions = error {
        answer.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cookies\""));
    }
    if let ApiError::TooSlow = error {
        answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    if let ApiError::TusVersion = error {
        answer.headers_mut().insert(tus::TUS_VERSION, HeaderValue::from_static(tus::VERSION));
    }
    if let Some(seconds) = after {
        answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    answer
}

/// Who waits for the answer.
enum Asker {
    /// A device, by the API.
    Program,
    /// A page's program, by a function.
    Page,
    /// A browser, which shows what it is sent.
    Person,
}

impl Asker {
    fn of(request: &Request) -> Self {
        let path = request.uri().path();
        let accept = request.headers().get(ACCEPT).and_then(|accept| accept.to_str().ok());
        let shows = accept.is_some_and(|accept| accept.contains("text/html"));
        match (path.starts_with(FUNCTIONS), shows && !path.starts_with("/api/v1/")) {
            (_, true) => Self::Person,
            (true, false) => Self::Page,
            (false, false) => Self::Program,
        }
    }
}

fn answer_has(answer: &Response, name: &HeaderName) -> bool {
    *name == CONTENT_LENGTH || answer.headers().contains_key(name)
}

/// A panic is a bug of one request, not the end of the server.
pub(super) fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response<Body> {
    let what =
        panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    tracing::error!(panic = what.unwrap_or("unknown"), "panicked");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}
