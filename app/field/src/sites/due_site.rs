//! A site as lists show it: what it is, how far, and whether a visit presses.

use crate::{
    components::{due_sign::DueSign, risk_sign::RiskSign},
    i18n::{Lang, field as t},
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{due::Due, place::Location, site::Site, sync::DirectoryHead};
use leptos::prelude::*;

#[derive(Debug, Clone, PartialEq)]
pub struct DueSite {
    pub site: Site,
    pub due: Due,
    /// The day by which the site must be visited.
    pub by: NaiveDate,
}

impl DueSite {
    pub fn of(site: Site, directory: &DirectoryHead, now: DateTime<Utc>) -> Self {
        let intervals = &directory.intervals;
        Self { due: intervals.due(&site, now), by: intervals.next_visit(&site, now), site }
    }

    /// Metres from there, where the site's place is known.
    pub fn metres(&self, from: Option<&Location>) -> Option<f64> {
        Some(self.site.location.as_ref()?.distance(from?))
    }
}

/// The names of its kinds, else of its sector.
pub fn kinds(lang: Lang, site: &Site, directory: Option<&DirectoryHead>) -> Vec<String> {
    let known = directory.map_or(&[][..], |directory| &directory.kinds);
    let named: Vec<_> = known
        .iter()
        .filter(|kind| site.is_kind(&kind.id))
        .map(|kind| kind.name.get(lang).to_owned())
        .collect();
    if named.is_empty() { vec![site.sector.name().get(lang).to_owned()] } else { named }
}

/// What a row has room for.
pub fn first_kind(lang: Lang, site: &Site, directory: Option<&DirectoryHead>) -> String {
    kinds(lang, site, directory).into_iter().next().unwrap_or_default()
}

/// A row of a list; at its right edge what presses.
#[component]
pub fn DueSiteRow(due_site: DueSite, kind: String, metres: Option<f64>) -> impl IntoView {
    let DueSite { site, due, by } = due_site;
    view! {
        <a href=format!("/field/sites/{}", site.id)>
            <div class="rows__body">
                <p class="rows__title">{site.name}</p>
                <p class="rows__meta">
                    <RiskSign level=site.risk />
                    <span>{kind}</span>
                    {metres.map(|metres| view! { <span>{t::distance(metres)}</span> })}
                </p>
            </div>
            {due.is_due().then(|| view! { <DueSign due deadline=Some(by) /> })}
        </a>
    }
}
