//! The device API: what is asked of the server, and what its answers mean.

mod password;
mod picture;
mod push;
mod upload;

pub use password::{NotChanged, change_password};
pub use picture::{photo, thumbnail};
pub use push::{NotSubscribed, push_key, subscribe, unsubscribe};
pub use upload::{begin_upload, photo_receipt, upload_chunk, upload_offset};

use crate::{
    Device, DeviceError, half,
    platform::{Body, Network as _, Request, Response},
};
use domain::{
    device::{
        Unwritable,
        failure::Failure,
        mended::{mended, mended_pull},
    },
    id::{HazardId, SealedOrderId, SiteId},
    integrity::PhotoChecks,
    json,
    spot_check::OrderKey,
    sync::{
        Credentials, EarlierRecords, Envelope, OperationResult, Problem, PullResponse, RecordKind, SignedIn,
        SyncRequest, SyncResponse,
    },
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

const JSON: (&str, &str) = ("content-type", "application/json");

impl From<Failure> for DeviceError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::NoAnswer => Self::Offline,
            Failure::SignIn => Self::WrongPassword,
            Failure::RetryAfter { .. } => Self::TooManyTries,
            Failure::Refused { status } | Failure::Server { status } => Self::Server(status),
            Failure::Conflict => Self::Server(409),
            Failure::Gone => Self::Server(410),
            Failure::Unwritable => Self::Unwritable(Unwritable("request".to_owned())),
        }
    }
}

pub async fn sign_in(device: &Device, credentials: &Credentials) -> Result<SignedIn, Failure> {
    half::hold(device);
    let body = said(credentials)?;
    read(&send(device, "POST", "/api/v1/session", &[JSON], Some(Body::Text(&body))).await?)
}

pub async fn whoami(device: &Device) -> Result<SignedIn, Failure> {
    read(&send(device, "GET", "/api/v1/session", &[], None).await?)
}

pub async fn sign_out(device: &Device) -> Result<(), Failure> {
    send(device, "DELETE", "/api/v1/session", &[], None).await.map(drop)
}

pub async fn sync(device: &Device, request: &SyncRequest) -> Result<SyncResponse, Failure> {
    let body = said(request)?;
    let response = send(device, "POST", "/api/v1/sync", &[JSON], Some(Body::Text(&body))).await?;
    let answer = text(&response)?;
    // Read part by part only where a newer server has said something unknown.
    json::read(answer)
        .or_else(|_| json::read(&mended(answer, reads).unwrap_or_default()))
        .map_err(|_| Failure::NoAnswer)
}

/// The same where nothing is sent.
pub async fn pull(device: &Device, request: &SyncRequest) -> Result<PullResponse, Failure> {
    let body = said(request)?;
    let response = send(device, "POST", "/api/v1/sync", &[JSON], Some(Body::Text(&body))).await?;
    let answer = text(&response)?;
    json::read(answer)
        .or_else(|_| json::read(&mended_pull(answer).unwrap_or_default()))
        .map_err(|_| Failure::NoAnswer)
}

fn reads(answered: &Value) -> bool {
    json::read_value::<OperationResult>(answered).is_ok()
}

/// A record that a pull does not bring; [`Failure::Gone`] where it is not there, or out of sight.
pub async fn record(device: &Device, kind: RecordKind, id: &str) -> Result<Envelope, Failure> {
    read(&send(device, "GET", &format!("/api/v1/records/{}/{id}", kind.as_str()), &[], None).await?)
}

/// The key of a sealed order; [`Failure::RetryAfter`] before its hour.
pub async fn order_key(device: &Device, id: SealedOrderId) -> Result<OrderKey, Failure> {
    read(&send(device, "GET", &format!("/api/v1/orders/{id}/key"), &[], None).await?)
}

/// A page of a site's past, behind where the last one ended.
pub async fn earlier(device: &Device, site: SiteId, before: Option<&str>) -> Result<EarlierRecords, Failure> {
    let before = before.map(|before| format!("?before={before}")).unwrap_or_default();
    read(&send(device, "GET", &format!("/api/v1/sites/{site}/earlier{before}"), &[], None).await?)
}

/// What speaks against a hazard's photos, for whoever may accept it.
pub async fn photo_checks(device: &Device, hazard: HazardId) -> Result<PhotoChecks, Failure> {
    read(&send(device, "GET", &format!("/api/v1/hazards/{hazard}/photos"), &[], None).await?)
}

/// A request's body. What cannot be said is not sent, and no empty body goes in its place.
fn said(request: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(request).map_err(|_| Failure::Unwritable)
}

/// A portal's 200 with a login page does not parse, and neither does an answer cut short.
fn read<A: DeserializeOwned>(response: &Response) -> Result<A, Failure> {
    json::read(text(response)?).map_err(|_| Failure::NoAnswer)
}

fn text(response: &Response) -> Result<&str, Failure> {
    std::str::from_utf8(&response.body).map_err(|_| Failure::NoAnswer)
}

/// Whatever the server answers.
async fn answered(
    device: &Device,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: Option<Body<'_>>,
) -> Result<Response, Failure> {
    half::renew(device);
    let request = Request { method, path, headers, body };
    device.network.send(request).await.map_err(|_| Failure::NoAnswer)
}

/// An answer that is a success, or what came instead.
async fn send(
    device: &Device,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: Option<Body<'_>>,
) -> Result<Response, Failure> {
    let response = answered(device, method, path, headers, body).await?;
    if response.is_success() {
        return Ok(response);
    }
    let after_seconds = response.header("retry-after").and_then(|text| text.parse().ok());
    // An answer to HEAD has no body.
    let problem = match method {
        "HEAD" => response.header("tus-resumable").map(|_| Problem::default()),
        _ => problem(&response),
    };
    Err(Failure::of(response.status, problem.as_ref(), after_seconds))
}

/// What the server itself says of an error; none where something else answered in its place.
fn problem(response: &Response) -> Option<Problem> {
    response.header("content-type").filter(|kind| Problem::is_media_type(kind))?;
    json::read(text(response).ok()?).ok()
}
