//! The gate: before a byte of a body is read, who sends it is asked, and how much, and how fast it comes is watched. What
//! it lets through, and for whom, stands in [`super::policy`].

use super::{
    ApiError, cookies, metrics,
    policy::{self, FUNCTIONS, Rule, Verdict, Who},
    refusals::{Refusal, Refusals},
};
use crate::{
    listen::connections::{Line, Reading},
    metrics::Metrics,
    session::{self, SignedInAs},
    state::AppState,
};
use app::account::destination;
use axum::{
    body::{Body, Bytes},
    extract::{MatchedPath, Request, State},
    http::{
        HeaderMap, StatusCode,
        header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue, LOCATION},
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::id::PersonId;
use futures::StreamExt;
use http_body_util::Limited;
use service::budget::{BodyBudget, Holding};
use std::{
    io::{self, ErrorKind},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::time::{Instant, timeout, timeout_at};

/// How long a line may stand still within a body.
const STILL: Duration = Duration::from_mins(1);

/// What is read and thrown away of a body that was refused, so that the sender hears why.
const THROWN_AWAY: u64 = 1024 * 1024;
const THROWN_AWAY_WITHIN: Duration = Duration::from_secs(5);

/// What the gate keeps count of.
#[derive(Debug, Clone)]
pub struct Edge {
    /// Bytes of photos being sent, counted apart, so that slow readers do not keep others from sending.
    pub answers: BodyBudget,
    pub refusals: Refusals,
}

impl Edge {
    pub fn new(metrics: Metrics) -> Self {
        Self { answers: BodyBudget::default(), refusals: Refusals::new(metrics) }
    }
}

/// Obeys the table of rules.
pub(super) async fn keep(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    if cookies::is_twice(request.headers()) {
        state.edge.refusals.count(Refusal::TwoSessions);
        return refused(request, ApiError::TwoSessions);
    }
    let rule = match rule_of(&request) {
        Ok(Some(rule)) => rule,
        // A file of the build, the page that says that there is none, or a method that the router refuses.
        Ok(None) => return next.run(request).await,
        Err(error) => return refused(request, error),
    };
    if rule.who == Who::Machine && !metrics::may_watch(&state, &request) {
        return refused(request, ApiError::NotFound);
    }
    let code = match rule.who {
        Who::CodeHolder => session::code_held(&state, request.headers()),
        Who::Anybody | Who::Machine | Who::SignedIn | Who::May(_) => None,
    };
    if rule.who == Who::CodeHolder && code.is_none() {
        return led_to_code(request);
    }
    let who = match admitted(&state, rule, request.headers()).await {
        Ok(who) => who,
        Err(error) => return refused(request, error),
    };
    if who.is_none() && rule.page && rule.who.needs_session() {
        // Where nobody has an account yet, the page leads to where the first is made.
        match state.set_up.is_open(&*state.store).await {
            Ok(true) => {}
            Ok(false) => return led_to_sign_in(request),
            Err(error) => return refused(request, error.into()),
        }
    }
    let line = request.extensions().get::<Arc<Line>>().cloned();
    // Whoever holds a code has room of their own, as a person has: no stranger takes it away.
    let person = who.as_ref().map(|who| who.actor.person).or(code.map(|code| PersonId(code.0)));
    if code.is_some()
        && let Some(line) = &line
    {
        line.knows_its_person();
    }
    let barred = rule.page && who.as_ref().is_some_and(|who| !rule.admits(&who.actor));
    if let Some(who) = who {
        if let Some(line) = &line {
            line.knows_its_person();
        }
        request.extensions_mut().insert(who);
    }
    if declared(request.headers()).is_some_and(|length| length > rule.body.most())
        && rule.body != policy::Body::Nothing
    {
        state.edge.refusals.count(Refusal::LargeBody);
        return refused(request, ApiError::TooLarge);
    }
    if is_file_form(rule) && !is_multipart(request.headers()) {
        return refused(request, ApiError::WrongKind);
    }
    let holding = state.budget.begin(person);
    let mut response = match rule.body {
        policy::Body::Nothing => next.run(request).await,
        policy::Body::Whole { .. } => {
            let reading = line.as_ref().map(Line::reads);
            match whole(rule, request, holding).await {
                Ok((request, _holding)) => {
                    drop(reading);
                    next.run(request).await
                }
                Err((unread, error)) => {
                    if let Some(kind) = error.kind() {
                        state.edge.refusals.count(kind);
                    }
                    if matches!(error, NotTaken::Large | NotTaken::NoRoom) {
                        throw_away(unread);
                    }
                    return answered(error.into());
                }
            }
        }
        policy::Body::Stream { .. } => {
            let reading = line.as_ref().map(Line::reads);
            let holding = Arc::new(Mutex::new(holding));
            let coming = Coming { holding: Arc::clone(&holding), _reading: reading, came: 0 };
            let request = request.map(|body| paced(rule, body, coming, state.edge.refusals.clone()));
            let response = next.run(request).await;
            // What came is in memory until the handler is done with it.
            drop(holding);
            response
        }
    };
    if barred {
        state.edge.refusals.count(Refusal::NotAllowed);
    }
    // The page says it in words; programs and proxies read the status.
    if barred && (response.status().is_success() || response.status() == StatusCode::NOT_FOUND) {
        *response.status_mut() = StatusCode::FORBIDDEN;
    }
    response
}

/// None: nothing of any office, and no body is read.
fn rule_of(request: &Request) -> Result<Option<&'static Rule>, ApiError> {
    let (method, path) = (request.method().as_str(), request.uri().path());
    let Some(matched) = request.extensions().get::<MatchedPath>() else { return Ok(None) };
    let is_function = path.starts_with(FUNCTIONS);
    match policy::rule(method, if is_function { path } else { matched.as_str() }) {
        Verdict::Rule(rule) => Ok(Some(rule)),
        Verdict::OtherMethod => Ok(None),
        // Anybody may invent names of functions.
        Verdict::Unknown if is_function => {
            tracing::debug!(path, "no such function, or none that server/src/http/policy.rs has");
            Err(ApiError::NotFound)
        }
        Verdict::Unknown => {
            Err(ApiError::Bug(format!("server/src/http/policy.rs says nothing of {}", matched.as_str())))
        }
    }
}

/// Who sends it, where that is asked.
async fn admitted(
    state: &AppState,
    rule: &Rule,
    headers: &HeaderMap,
) -> Result<Option<SignedInAs>, ApiError> {
    if !rule.who.needs_session() {
        return Ok(None);
    }
    let who = session::of_rule(state, headers, rule.method, rule.path).await?;
    match &who {
        None if !rule.page => Err(ApiError::SignIn),
        Some(known) if !rule.page && !rule.admits(&known.actor) => Err(ApiError::NotAllowed),
        _ => Ok(who),
    }
}

/// Redirects to the sign-in page, which leads back afterwards.
fn led_to_sign_in(request: Request) -> Response {
    let asked = request.uri().path_and_query().map_or("/", |asked| asked.as_str());
    let headers = [(LOCATION, destination::sign_in(asked)), (CACHE_CONTROL, "no-store".to_owned())];
    (StatusCode::FOUND, headers).into_response()
}

/// Back to where the digits are typed: what was opened by the code is shut.
fn led_to_code(request: Request) -> Response {
    let code = request.uri().path().split('/').nth(2).unwrap_or_default().to_owned();
    throw_away(request.into_body());
    // A segment of an address that came is one.
    let headers = [(LOCATION, format!("/c/{code}?over=1")), (CACHE_CONTROL, "no-store".to_owned())];
    (StatusCode::SEE_OTHER, headers).into_response()
}

/// What the sender says of its length.
pub(super) fn declared(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// A function that takes a file: what reads it takes nothing else.
fn is_file_form(rule: &Rule) -> bool {
    rule.path.starts_with(FUNCTIONS) && matches!(rule.body, policy::Body::Stream { .. })
}

fn is_multipart(headers: &HeaderMap) -> bool {
    // As the reader of forms reads it.
    let kind = headers.get(CONTENT_TYPE).map(|kind| String::from_utf8_lossy(kind.as_bytes()));
    kind.is_some_and(|kind| multer::parse_boundary(kind).is_ok())
}

/// Why a body was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NotTaken {
    Slow,
    Large,
    NoRoom,
    Cut,
}

impl NotTaken {
    fn kind(self) -> Option<Refusal> {
        match self {
            Self::Slow => Some(Refusal::SlowBody),
            Self::Large => Some(Refusal::LargeBody),
            Self::NoRoom => Some(Refusal::NoRoom),
            Self::Cut => None,
        }
    }
}

impl From<NotTaken> for ApiError {
    fn from(error: NotTaken) -> Self {
        match error {
            NotTaken::Slow => Self::TooSlow,
            NotTaken::Large => Self::TooLarge,
            NotTaken::NoRoom => Self::Crowded,
            NotTaken::Cut => Self::Malformed("the body was cut short".to_owned()),
        }
    }
}

/// The request with its body in memory, and what holds it there.
async fn whole(
    rule: &Rule,
    request: Request,
    mut holding: Holding,
) -> Result<(Request, Holding), (Body, NotTaken)> {
    let (parts, body) = request.into_parts();
    let time = rule.body.time_for(declared(&parts.headers).unwrap_or(rule.body.most()));
    let deadline = Instant::now() + time;
    let mut stream = body.into_data_stream();
    // Of its own: pieces of what the connection read would keep all of that.
    let mut bytes: Vec<u8> = vec![];
    let error = loop {
        let still = Instant::now() + STILL;
        match timeout_at(still.min(deadline), stream.next()).await {
            Ok(None) => return Ok((Request::from_parts(parts, Body::from(bytes)), holding)),
            Ok(Some(Ok(piece))) => {
                let length = piece.len() as u64;
                if bytes.len() as u64 + length > rule.body.most() {
                    break NotTaken::Large;
                }
                if holding.grow(length).is_err() {
                    break NotTaken::NoRoom;
                }
                bytes.extend_from_slice(&piece);
            }
            Ok(Some(Err(_))) => break NotTaken::Cut,
            Err(_) => break NotTaken::Slow,
        }
    };
    Err((Body::from_stream(stream), error))
}

/// A body on its way.
struct Coming {
    holding: Arc<Mutex<Holding>>,
    _reading: Option<Reading>,
    came: u64,
}

impl Coming {
    /// Counts a piece: `held` bytes are in memory at the most.
    fn take(&mut self, piece: &Bytes, held: u64) -> Result<(), NotTaken> {
        let length = piece.len() as u64;
        self.came += length;
        let mut holding = self.holding.lock().unwrap_or_else(PoisonError::into_inner);
        let more = held.saturating_sub(holding.bytes()).min(length);
        holding.grow(more).map_err(|_| NotTaken::NoRoom)
    }
}

/// The body as it comes, for as long as it keeps its pace.
fn paced(rule: &'static Rule, body: Body, coming: Coming, refusals: Refusals) -> Body {
    let held = match rule.body {
        policy::Body::Stream { held, .. } => held,
        policy::Body::Nothing | policy::Body::Whole { .. } => 0,
    };
    let begun = Instant::now();
    let begin = (body.into_data_stream(), coming, refusals);
    let pieces = futures::stream::try_unfold(begin, move |(mut stream, mut coming, refusals)| async move {
        let deadline = (begun + rule.body.time_for(coming.came)).min(Instant::now() + STILL);
        let taken = match timeout_at(deadline, stream.next()).await {
            Ok(None) => return Ok(None),
            Ok(Some(Ok(piece))) => coming.take(&piece, held).map(|()| piece),
            Ok(Some(Err(error))) => return Err(io::Error::other(error)),
            Err(_) => Err(NotTaken::Slow),
        };
        match taken {
            Ok(piece) => Ok(Some((piece, (stream, coming, refusals)))),
            Err(error) => {
                if let Some(kind) = error.kind() {
                    refusals.count(kind);
                }
                Err(io::Error::new(ErrorKind::TimedOut, format!("{error:?}")))
            }
        }
    });
    let most = usize::try_from(rule.body.most()).unwrap_or(usize::MAX);
    Body::new(Limited::new(Body::from_stream(pieces), most))
}

fn refused(request: Request, error: ApiError) -> Response {
    throw_away(request.into_body());
    answered(error)
}

fn answered(error: ApiError) -> Response {
    let mut response = error.into_response();
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Some of a body that nobody wants, so that the answer is not lost with the connection.
fn throw_away(body: Body) {
    let mut stream = body.into_data_stream();
    tokio::spawn(async move {
        let reading = async {
            let mut came = 0;
            while let Some(Ok(piece)) = stream.next().await {
                came += Bytes::len(&piece) as u64;
                if came > THROWN_AWAY {
                    break;
                }
            }
        };
        // Whether all came or not, the connection ends with it.
        let _ = timeout(THROWN_AWAY_WITHIN, reading).await;
    });
}
