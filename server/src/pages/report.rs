//! 群众举报, for anybody: a report, what came of it, and what the office publishes. Documents that need no program: a phone of any
//! kind shows them, and a small script reckons the puzzle, makes the photo smaller and asks for the position.

mod document;
mod form;
mod results;
mod told;

pub(super) use document::SIGN;
pub(super) use results::results;

use super::Pages;
use crate::{
    http::{ApiError, Client},
    session::{self, SignedInAs},
    storage::Purpose,
};
use app::i18n::public_reports as t;
use axum::{
    Form,
    body::Bytes,
    extract::{Path, Query, Request, State},
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use domain::{
    id::{OfficeId, PublicReportId},
    photo::PhotoHash,
    place::Location,
    public_report::{NewReport, REPORT_PHOTOS, ReportPlace},
    text::Lang,
};
use form::Typed;
use serde::Deserialize;
use serde_json::json;
use service::{
    Error,
    public_reports::{self, NO_SITE, Opening, Sent},
};
use uuid::Uuid;

/// Which office is meant, where an installation has several.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    office: Option<Uuid>,
}

/// Where somebody begins: an office, or the code on a wall, which says both office and site.
#[derive(Debug, Deserialize)]
pub(super) struct Begins {
    office: Option<Uuid>,
    #[serde(default)]
    site: String,
}

/// The form, or the offices to choose from. A code that says nothing gives what is given without one.
pub(super) async fn form(
    State(pages): State<Pages>,
    client: Client,
    Query(begins): Query<Begins>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let lang = session::lang(&headers);
    let wall = public_reports::site_at(&pages.state, client.address, &begins.site).await?;
    let office = wall.as_ref().map_or(begins.office, |(office, _)| Some(office.0));
    let wall = wall.map(|(_, site)| site.name);
    let typed = Typed { site: begins.site, ..Typed::default() };
    match opening(&pages, office).await? {
        Some(opening) => Ok(form::shown(&pages.site.desk.css, lang, &opening, wall.as_deref(), &typed, None)),
        None => {
            let offices = public_reports::offices(&pages.state).await?;
            Ok(form::choice(&pages.site.desk.css, lang, "/report", &offices))
        }
    }
}

async fn opening(pages: &Pages, named: Option<Uuid>) -> Result<Option<Opening>, ApiError> {
    let store = &*pages.state.store;
    let office = public_reports::office_of(store, named.map(OfficeId)).await?;
    let Some(office) = office else { return Ok(None) };
    Ok(Some(public_reports::opening(&pages.state, office.id).await?))
}

/// Takes a report in. What is wrong is told beside its field, with all that was written.
pub(super) async fn send(
    State(pages): State<Pages>,
    client: Client,
    request: Request,
) -> Result<Response, ApiError> {
    let lang = session::lang(request.headers());
    let (typed, photos) = read(request).await?;
    let css = &pages.site.desk.css;
    let named = typed.office.parse().ok();
    let Some(opening) = opening(&pages, named).await? else {
        let offices = public_reports::offices(&pages.state).await?;
        return Ok(form::choice(css, lang, "/report", &offices));
    };
    let sent = sent(&typed, photos);
    let office = opening.office.id;
    match public_reports::receive(&pages.state, office, client.address, lang, sent).await {
        Ok(received) => Ok(told::received(css, lang, &opening.office, &received)),
        Err(error) => {
            let wall = public_reports::site_at(&pages.state, client.address, &typed.site).await?;
            let wall = wall.filter(|(at, _)| *at == office).map(|(_, site)| site.name);
            refused(css, lang, &opening, wall.as_deref(), &typed, error)
        }
    }
}

fn refused(
    css: &str,
    lang: Lang,
    opening: &Opening,
    wall: Option<&str>,
    typed: &Typed,
    error: Error,
) -> Result<Response, ApiError> {
    let (status, field, words) = match error {
        Error::Invalid { field, reason } => (StatusCode::UNPROCESSABLE_ENTITY, field, reason),
        Error::TooManyTries { .. } => {
            (StatusCode::TOO_MANY_REQUESTS, String::new(), t::e_many(lang).to_owned())
        }
        Error::Crowded | Error::Unavailable(_) => {
            (StatusCode::SERVICE_UNAVAILABLE, String::new(), t::e_busy(lang).to_owned())
        }
        other => return Err(other.into()),
    };
    let wrong = Some((field.as_str(), words.as_str()));
    let mut response = form::shown(css, lang, opening, wall, typed, wrong);
    *response.status_mut() = status;
    Ok(response)
}

fn sent(typed: &Typed, photos: Vec<Bytes>) -> Sent {
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    let location = number(&typed.latitude)
        .zip(number(&typed.longitude))
        .map(|(latitude, longitude)| Location { latitude, longitude, accuracy: number(&typed.accuracy) });
    let place = ReportPlace { location, words: typed.place.clone(), ..ReportPlace::default() };
    let report =
        NewReport { what: typed.what.clone(), place, phone: typed.phone.clone(), ..NewReport::default() };
    Sent {
        report,
        photos,
        question: typed.question.clone(),
        answer: typed.answer.clone(),
        same: typed.same.clone(),
        wall: typed.site.clone(),
        beside: typed.beside.clone(),
    }
}

/// The parts of the form; of what is no form, nothing.
async fn read(request: Request) -> Result<(Typed, Vec<Bytes>), ApiError> {
    let kind = request.headers().get(CONTENT_TYPE).map(|kind| String::from_utf8_lossy(kind.as_bytes()));
    let boundary = kind.and_then(|kind| multer::parse_boundary(kind).ok());
    let (mut typed, mut photos) = (Typed::default(), vec![]);
    let Some(boundary) = boundary else { return Ok((typed, photos)) };
    let broken = |error: multer::Error| ApiError::Malformed(error.to_string());
    let mut parts = multer::Multipart::new(request.into_body().into_data_stream(), boundary);
    while let Some(part) = parts.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        let bytes = part.bytes().await.map_err(broken)?;
        if name == "photo" {
            // A field in which nothing was chosen comes, too. One more than may be is enough to say so.
            if !bytes.is_empty() && photos.len() <= REPORT_PHOTOS {
                photos.push(bytes);
            }
        } else if let Some(field) = typed.field(&name) {
            *field = String::from_utf8_lossy(&bytes).into_owned();
        }
    }
    Ok((typed, photos))
}

/// Where somebody stands who is about to report.
#[derive(Debug, Deserialize)]
pub(super) struct Here {
    office: Uuid,
    latitude: f64,
    longitude: f64,
}

/// What is known nearby, in words.
pub(super) async fn near(
    State(pages): State<Pages>,
    client: Client,
    headers: HeaderMap,
    Form(here): Form<Here>,
) -> Result<Response, ApiError> {
    let lang = session::lang(&headers);
    let place = Location { latitude: here.latitude, longitude: here.longitude, accuracy: None };
    let office = OfficeId(here.office);
    let near = public_reports::near(&pages.state, office, client.address, &place).await?;
    let hazards: Vec<_> = near
        .hazards
        .iter()
        .map(|line| {
            let words = t::known_line(lang, line.sector.name().get(lang));
            json!({ "words": format!("{words} · {}", t::being_handled(lang)), "mark": line.mark })
        })
        .collect();
    let sites = near.sites.iter().map(|site| json!({ "words": site.name, "mark": site.mark }));
    let mut sites: Vec<_> = sites.collect();
    if !sites.is_empty() {
        sites.push(json!({ "words": t::none_of_them(lang), "mark": NO_SITE }));
    }
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, json!({ "hazards": hazards, "sites": sites }).to_string()).into_response())
}

/// Asks for number and code.
pub(super) async fn ask(
    State(pages): State<Pages>,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let lang = session::lang(&headers);
    let css = &pages.site.desk.css;
    let known = if number == FIND { String::new() } else { number };
    let store = &*pages.state.store;
    match public_reports::office_of(store, asked.office.map(OfficeId)).await? {
        Some(office) => Ok(told::asked(css, lang, &office, &known, false)),
        None => {
            let offices = public_reports::offices(&pages.state).await?;
            Ok(form::choice(css, lang, "/report/find", &offices))
        }
    }
}

/// Stands in the address for the number where none is known yet.
const FIND: &str = "find";

#[derive(Debug, Deserialize)]
pub(super) struct Follows {
    office: Uuid,
    #[serde(default)]
    number: String,
    #[serde(default)]
    code: String,
    /// To what the office asks; none: nothing is said, it is only followed.
    reply: Option<String>,
}

/// What came of it. A wrong number, a wrong code and those of another office are told alike.
pub(super) async fn follow(
    State(pages): State<Pages>,
    client: Client,
    headers: HeaderMap,
    Form(asked): Form<Follows>,
) -> Result<Response, ApiError> {
    let lang = session::lang(&headers);
    let css = &pages.site.desk.css;
    let store = &*pages.state.store;
    let office = public_reports::office_of(store, Some(OfficeId(asked.office))).await?;
    let Some(office) = office else {
        let offices = public_reports::offices(&pages.state).await?;
        return Ok(form::choice(css, lang, "/report/find", &offices));
    };
    let Follows { number, code, reply, .. } = asked;
    let (state, address) = (&pages.state, client.address);
    let mut refused = None;
    if let Some(words) = &reply {
        match public_reports::reply(state, office.id, address, lang, (number.as_str(), code.as_str()), words)
            .await
        {
            Ok(()) | Err(Error::NotFound) => {}
            Err(Error::Invalid { reason, .. }) => refused = Some(reason),
            Err(error) => return Err(error.into()),
        }
    }
    match public_reports::follow(&pages.state, office.id, client.address, &number, &code).await {
        Ok(followed) => {
            let typed = reply.as_deref().unwrap_or_default();
            let wrong = refused.as_deref();
            let mut response = told::followed(css, lang, &office, &followed, (code.as_str(), typed, wrong));
            if refused.is_some() {
                *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            }
            Ok(response)
        }
        Err(Error::NotFound) => {
            let mut response = told::asked(css, lang, &office, &number, true);
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(error) => Err(error.into()),
    }
}

/// A photo of a report, at the desk.
pub(super) async fn photo(
    State(pages): State<Pages>,
    Path((id, hash)): Path<(Uuid, String)>,
    client: Client,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let who: Option<SignedInAs> = session::current(&pages.state, &headers, Purpose::Desk).await?;
    let who = who.filter(|who| who.due().is_none()).ok_or(ApiError::SignIn)?;
    let by = who.asker(&client, session::lang(&headers), pages.state.now());
    let hash: PhotoHash = hash.parse().map_err(|_| ApiError::NotFound)?;
    let bytes = public_reports::photo(&pages.state, &by, PublicReportId(id), &hash).await?;
    let nothing = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; sandbox");
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("image/jpeg")),
        (CONTENT_SECURITY_POLICY, nothing),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, bytes).into_response())
}
