//! What whoever has no account does by a code: type six digits, read, and send.

use super::{
    address,
    form::{Fields, Sent as SentForm, with_photo},
    party_page::{self, Shown},
};
use crate::{
    http::{ApiError, Client},
    pages::Pages,
    session,
    storage::StoredCode,
};
use app::i18n::{codes as t, photos};
use axum::{
    body::Body,
    extract::{Path, Query, State},
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, SET_COOKIE},
    },
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    id::{EventId, HazardId},
    photo::PhotoHash,
    text::Lang,
};
use service::{
    Error,
    codes::{
        answering::{self, NotTaken, Sent},
        opening, page,
    },
};
use std::time::Duration;
use tokio::time::{Instant, sleep_until};
use uuid::Uuid;

/// Whatever was typed is answered after so long: how long it took tells nobody whether there is such a code.
const ANSWERED_AFTER: Duration = Duration::from_millis(400);

type Words = Query<Vec<(String, String)>>;

fn word<'a>(words: &'a [(String, String)], key: &str) -> &'a str {
    words.iter().rev().find(|(known, _)| known == key).map(|(_, word)| word.as_str()).unwrap_or_default()
}

/// Where no camera reads the code it is typed here.
pub async fn enter(Query(words): Words, headers: HeaderMap) -> Response {
    match word(&words, "code").trim() {
        "" => party_page::enter(session::lang(&headers)),
        typed => Redirect::to(&address(typed)).into_response(),
    }
}

/// The code that is open here; none where the digits have to be typed.
async fn held(pages: &Pages, code: &str, headers: &HeaderMap) -> Result<Option<StoredCode>, ApiError> {
    let Some(value) = session::cookie(headers, session::CODE) else { return Ok(None) };
    Ok(opening::held(&pages.state, code, value).await?)
}

pub async fn show(
    State(pages): State<Pages>,
    Path(code): Path<String>,
    Query(words): Words,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let lang = session::lang(&headers);
    let over = (!word(&words, "over").is_empty()).then(|| t::over(lang));
    let Some(stored) = held(&pages, &code, &headers).await? else {
        return Ok(party_page::prove(lang, &code, over, StatusCode::OK));
    };
    let hazard = word(&words, "hazard").parse().ok();
    let done = party_page::done(lang, word(&words, "done"));
    shown(&pages, lang, &code, &stored, hazard, &Fields::default(), None, done).await
}

/// The page of what is open; where that is used up meanwhile, the digits are asked for as of any other code.
#[expect(clippy::too_many_arguments, reason = "what is shown, to whom, and what was just said or refused")]
async fn shown(
    pages: &Pages,
    lang: Lang,
    code: &str,
    stored: &StoredCode,
    hazard: Option<HazardId>,
    typed: &Fields,
    refused: Option<&str>,
    done: Option<&str>,
) -> Result<Response, ApiError> {
    let page = match page::read(&pages.state, stored, hazard).await {
        Ok(page) => page,
        Err(Error::NotFound) => {
            return Ok(party_page::prove(lang, code, Some(t::not_opened(lang)), StatusCode::OK));
        }
        Err(error) => return Err(error.into()),
    };
    let id = pages.state.new_id::<EventId>();
    let shown = Shown { lang, code, page: &page, id, typed, refused, done, now: pages.state.now() };
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(party_page::show(&shown, status))
}

/// Six digits.
pub async fn open(
    State(pages): State<Pages>,
    Path(code): Path<String>,
    client: Client,
    headers: HeaderMap,
    form: SentForm,
) -> Result<Response, ApiError> {
    let answered = Instant::now() + ANSWERED_AFTER;
    let lang = session::lang(&headers);
    let opened = opening::open(&pages.state, &code, Fields::of(form).get("digits"), client.address).await;
    sleep_until(answered).await;
    match opened {
        Ok(value) => {
            let cookie = session::opened(&value, opening::STAYS_OPEN, &client);
            Ok(([(SET_COOKIE, cookie)], Redirect::to(&address(&code))).into_response())
        }
        Err(Error::WrongCredentials) => {
            let words = Some(t::not_opened(lang));
            Ok(party_page::prove(lang, &code, words, StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(Error::TooManyTries { after_seconds }) => {
            let words = t::try_later(lang, after_seconds.div_ceil(60));
            let page = party_page::prove(lang, &code, Some(&words), StatusCode::TOO_MANY_REQUESTS);
            Ok(([(RETRY_AFTER, HeaderValue::from(after_seconds))], page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// A photo of the repair; of what is reported as put right already, another one.
pub async fn repair(
    State(pages): State<Pages>,
    Path(code): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    let Some(stored) = held(&pages, &code, &headers).await? else { return Ok(shut(&code)) };
    let lang = session::lang(&headers);
    let (fields, photo) = match with_photo(&headers, body).await {
        Ok(sent) => sent,
        Err(ApiError::TooLarge) => {
            let words = t::photo_too_large(lang);
            return shown(&pages, lang, &code, &stored, None, &Fields::default(), Some(words), None).await;
        }
        Err(error) => return Err(error),
    };
    let note = fields.get("note").to_owned();
    let sent = match fields.get("what") {
        "more" => Sent::Wrote { note, photo },
        _ => Sent::Rectified { note, photo },
    };
    answered(&pages, lang, &code, &stored, &fields, sent, "photo").await
}

/// 申请延期
pub async fn time(
    State(pages): State<Pages>,
    Path(code): Path<String>,
    headers: HeaderMap,
    form: SentForm,
) -> Result<Response, ApiError> {
    let Some(stored) = held(&pages, &code, &headers).await? else { return Ok(shut(&code)) };
    let fields = Fields::of(form);
    let sent = Sent::Extension { until: fields.read("until"), reason: fields.get("reason").to_owned() };
    answered(&pages, session::lang(&headers), &code, &stored, &fields, sent, "time").await
}

pub async fn words(
    State(pages): State<Pages>,
    Path(code): Path<String>,
    headers: HeaderMap,
    form: SentForm,
) -> Result<Response, ApiError> {
    let Some(stored) = held(&pages, &code, &headers).await? else { return Ok(shut(&code)) };
    let fields = Fields::of(form);
    let sent = Sent::Wrote { note: fields.get("words").to_owned(), photo: None };
    answered(&pages, session::lang(&headers), &code, &stored, &fields, sent, "words").await
}

/// 对上门的意见
pub async fn complaint(
    State(pages): State<Pages>,
    Path(code): Path<String>,
    headers: HeaderMap,
    form: SentForm,
) -> Result<Response, ApiError> {
    let Some(stored) = held(&pages, &code, &headers).await? else { return Ok(shut(&code)) };
    let (fields, lang) = (Fields::of(form), session::lang(&headers));
    let hazard = hazard_of(&stored, &fields);
    let id = fields.read::<Uuid>("id").unwrap_or_else(|| pages.state.new_id());
    let taken = answering::complain(&pages.state, &stored, hazard, id, fields.get("complaint")).await;
    ended(&pages, lang, &code, &stored, &fields, taken, "complaint").await
}

/// A hazard's code is of that one, whatever a form says.
fn hazard_of(stored: &StoredCode, fields: &Fields) -> Option<HazardId> {
    match stored.subject {
        domain::code::CodeSubject::Hazard(id) => Some(id),
        domain::code::CodeSubject::Site(_) => fields.read("hazard"),
    }
}

async fn answered(
    pages: &Pages,
    lang: Lang,
    code: &str,
    stored: &StoredCode,
    fields: &Fields,
    sent: Sent,
    done: &str,
) -> Result<Response, ApiError> {
    let Some(hazard) = hazard_of(stored, fields) else { return Err(ApiError::NotFound) };
    let id = fields.read("id").unwrap_or_else(|| pages.state.new_id::<EventId>());
    let taken = answering::answer(&pages.state, stored, hazard, id, sent).await;
    ended(pages, lang, code, stored, fields, taken, done).await
}

/// Back to the page, which says that it came; or the page with what was written and why it was not taken.
async fn ended(
    pages: &Pages,
    lang: Lang,
    code: &str,
    stored: &StoredCode,
    fields: &Fields,
    taken: Result<(), NotTaken>,
    done: &str,
) -> Result<Response, ApiError> {
    let hazard = hazard_of(stored, fields);
    let words = match taken {
        Ok(()) => {
            let hazard = hazard.map(|id| format!("&hazard={id}")).unwrap_or_default();
            return Ok(Redirect::to(&format!("{}?done={done}{hazard}", address(code))).into_response());
        }
        Err(NotTaken::Refused(refusal)) => t::refused(lang, &refusal),
        Err(NotTaken::Other(Error::NotAPhoto(why))) => photos::not_a_photo(lang, why).to_owned(),
        Err(NotTaken::Other(Error::TooManyTries { after_seconds })) => {
            t::try_later(lang, after_seconds.div_ceil(60))
        }
        Err(NotTaken::Other(error)) => return Err(error.into()),
    };
    shown(pages, lang, code, stored, hazard, fields, Some(&words), None).await
}

/// The hour is over.
fn shut(code: &str) -> Response {
    Redirect::to(&format!("{}?over=1", address(code))).into_response()
}

pub async fn photo(
    State(pages): State<Pages>,
    Path((code, hash)): Path<(String, String)>,
    Query(words): Words,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let Some(stored) = held(&pages, &code, &headers).await? else { return Ok(shut(&code)) };
    let hash: PhotoHash = hash.parse().map_err(|_| ApiError::NotFound)?;
    let hazard = word(&words, "hazard").parse().ok();
    let bytes = page::photo(&pages.state, &stored, hazard, &hash).await?.ok_or(ApiError::NotFound)?;
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("image/jpeg")),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, bytes).into_response())
}
