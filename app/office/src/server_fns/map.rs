//! 地图, and the file of outlines that it is drawn from.

use crate::{error::AppError, json::Json};
use domain::{
    map::{KeptOutline, MapPlaces, OutlineFile},
    place::PlaceKind,
};
use leptos::{
    prelude::*,
    server_fn::codec::{MultipartData, MultipartFormData},
};
use uuid::Uuid;

#[cfg(feature = "ssr")]
use {
    super::request::asking,
    crate::{map::address::OUTLINES, plain_form},
    domain::{datum::Datum, import::ImportFile},
};

/// Sites, open hazards and outlines in the scope of whoever asks.
#[server(prefix = "/api/pages", endpoint = "map", input = Json, output = Json)]
pub async fn load_map() -> Result<MapPlaces, AppError> {
    let asking = asking()?;
    asking.said(service::map::places(&asking.services, &asking.by).await)
}

/// The form has `datum`, `does`, which is `look` or `write`, and `file`. The page shows the answer.
#[server(prefix = "/api/pages", endpoint = "outlines", input = MultipartFormData, output = Json)]
pub async fn send_outlines(data: MultipartData) -> Result<OutlineFile, AppError> {
    let sent = take(data).await;
    plain_form::show_outcome(OUTLINES, &sent);
    sent
}

/// The outlines that the office has, by the names of their places.
#[server(prefix = "/api/pages", endpoint = "kept_outlines", input = Json, output = Json)]
pub async fn load_outlines() -> Result<Vec<KeptOutline>, AppError> {
    let asking = asking()?;
    asking.said(service::outlines::kept(&asking.services, &asking.by).await)
}

/// Takes one of them off all maps.
#[server(prefix = "/api/pages", endpoint = "remove_outline", output = Json)]
pub async fn remove_outline(kind: PlaceKind, place: Uuid) -> Result<(), AppError> {
    let asking = asking()?;
    asking.said(service::outlines::remove(&asking.services, &asking.by, kind.id(place)).await)?;
    if plain_form::is_plain() {
        leptos_axum::redirect(OUTLINES);
    }
    Ok(())
}

#[cfg(feature = "ssr")]
async fn take(data: MultipartData) -> Result<OutlineFile, AppError> {
    let asking = asking()?;
    let broken = |error: String| AppError::Transport { detail: error };
    let mut form = data.into_inner().ok_or_else(|| broken("no form".to_owned()))?;
    let (mut datum, mut write, mut file) = (Datum::Wgs84, false, None);
    while let Some(field) = form.next_field().await.map_err(|error| broken(error.to_string()))? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            let name = field.file_name().unwrap_or_default().to_owned();
            let bytes = field.bytes().await.map_err(|error| broken(error.to_string()))?;
            file = Some(ImportFile { name, bytes: bytes.to_vec() });
            continue;
        }
        let word = field.text().await.map_err(|error| broken(error.to_string()))?;
        match name.as_str() {
            "datum" => datum = Datum::parse(&word).unwrap_or(datum),
            "does" => write = word == "write",
            _ => {}
        }
    }
    let file = file.filter(|file| !file.bytes.is_empty()).ok_or_else(no_file)?;
    asking.said(service::outlines::send(&asking.services, &asking.by, file, datum, write).await)
}

#[cfg(feature = "ssr")]
fn no_file() -> AppError {
    let reason = crate::i18n::map::outlines_needs_file(crate::i18n::use_lang()).to_owned();
    AppError::Invalid { field: "file".to_owned(), reason }
}
