//! Hazards that wait for this person, each with its photo, what it is, where, and how its deadline stands.

use crate::{
    components::due_sign::DueSign,
    device::use_device,
    i18n::{field as t, trade, use_lang},
    live,
};
use client::{Device, DeviceError, action_drafts, changes::Topic, db::Known, records, session, tasks};
use domain::{
    due::Due,
    hazard::{Hazard, waits_for},
    photo::PhotoHash,
    time::office_day,
};
use leptos::prelude::*;

/// What the phone's records of hazards ask of this person.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting {
    /// The most urgent first.
    pub rechecks: Vec<Recheck>,
    /// Something was written for a hazard, or for a report, and not done.
    pub begun: bool,
    /// Something was given to this person and is not done.
    pub has_tasks: bool,
    /// Hazards and tasks that this version cannot show.
    pub newer: usize,
}

/// A hazard that waits for this person.
#[derive(Debug, Clone, PartialEq)]
pub struct Recheck {
    pub hazard: Hazard,
    pub site: Option<String>,
    pub due: Due,
}

pub async fn read(device: &Device) -> Result<Waiting, DeviceError> {
    let me = session::current(device).ok_or(DeviceError::WrongPassword)?.actor;
    let now = device.clock.office_now();
    let Known { known, newer } = records::hazards(device).await?;
    // They come the most urgent first and stay so.
    let hazards: Vec<_> =
        known.into_iter().filter(|hazard| waits_for(hazard, &me, office_day(now))).collect();
    let sites = records::sites_of(device, hazards.iter().map(|hazard| hazard.place.site)).await?;
    let name = |hazard: &Hazard| {
        let site = sites.iter().find(|site| site.id == hazard.place.site);
        site.map(|site| site.name.clone())
    };
    let rechecks = hazards
        .into_iter()
        .map(|hazard| Recheck { site: name(&hazard), due: hazard.due(now), hazard })
        .collect();
    let given = tasks::mine(device).await?;
    Ok(Waiting {
        rechecks,
        begun: !action_drafts::all(device).is_empty(),
        has_tasks: !given.known.is_empty(),
        newer: newer.len() + given.newer.len(),
    })
}

#[component]
pub fn RecheckRow(recheck: Recheck) -> impl IntoView {
    let lang = use_lang();
    let Recheck { hazard, site, due } = recheck;
    let photo = hazard.found.photos.first().cloned();
    view! {
        <a href=format!("/field/hazards/{}", hazard.id)>
            {photo.map(|hash| view! { <Thumbnail hash /> })}
            <div class="rows__body">
                <p class="rows__title">{hazard.title().to_owned()}</p>
                <p class="rows__meta">
                    <span>
                        {site.unwrap_or_else(|| t::unknown_site(lang).to_owned())} " · "
                        {trade::severity(lang, hazard.level())}
                    </span>
                    <span>{trade::progress(lang, &hazard)}</span>
                </p>
            </div>
            <DueSign due deadline=hazard.due />
        </a>
    }
}

/// Decorative: the words beside it say what it shows. A grey square until the photo is at hand.
#[component]
fn Thumbnail(hash: PhotoHash) -> impl IntoView {
    let phone = use_device();
    let found = live(&[Topic::Photos], move || {
        let hash = hash.clone();
        async move { phone.pictures.url(&hash, false).await }
    });
    let url = ui::memo(move || found.get().and_then(Result::ok).flatten());
    move || match url.get() {
        Some(url) => view! { <img class="thumb" src=url alt="" /> }.into_any(),
        None => view! { <span class="thumb"></span> }.into_any(),
    }
}
