//! One hazard in the list, and which of them belong in it.

use crate::{
    components::due_sign::DueSign,
    i18n::{Lang, hazards as t, trade, use_lang},
    photo_strip::Thumb,
    sought::folded,
};
use chrono::{DateTime, NaiveDate, Utc};
use client::{Device, DeviceError, db::Known, records, session};
use domain::{
    due::Due,
    hazard::{Hazard, waits_for},
    id::{HazardId, SiteId},
    order::collected,
    photo::PhotoHash,
    search::Query,
    site::Site,
    time::office_day,
};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Which part of the hazards is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Part {
    /// What waits for this person.
    #[default]
    Mine,
    /// Due today, or late.
    Due,
    Open,
    Closed,
}

impl Part {
    pub const ALL: [Self; 4] = [Self::Mine, Self::Due, Self::Open, Self::Closed];

    /// As in the address.
    pub fn word(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Due => "due",
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }

    /// What is unknown shows what is mine.
    pub fn parse(word: &str) -> Self {
        Self::ALL.into_iter().find(|part| part.word() == word).unwrap_or_default()
    }

    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Mine => t::mine(lang),
            Self::Due => t::pressing(lang),
            Self::Open => t::all_open(lang),
            Self::Closed => trade::ledger_status_closed(lang),
        }
    }

    pub fn holds(self, row: &Row) -> bool {
        match self {
            Self::Mine => row.mine,
            Self::Due => row.due.is_due(),
            Self::Open => row.open,
            Self::Closed => !row.open,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub id: HazardId,
    pub title: String,
    /// Number and title, to be looked through.
    words_folded: String,
    site: Option<Site>,
    /// Level and status, in words.
    words: String,
    photo: Option<PhotoHash>,
    pub due: Due,
    deadline: Option<NaiveDate>,
    pub open: bool,
    pub mine: bool,
    /// The last thing that happened to it.
    pub last: DateTime<Utc>,
}

impl Row {
    /// The most urgent first, and how many more this version cannot show.
    pub async fn all(device: &Device, lang: Lang) -> Result<(Vec<Self>, usize), DeviceError> {
        let sites: BTreeMap<SiteId, Site> =
            collected(records::sites(device).await?.known.into_iter().map(|site| (site.id, site)));
        let Known { known, newer } = records::hazards(device).await?;
        let row = |hazard: Hazard| {
            let site = sites.get(&hazard.place.site).cloned();
            Self::of(device, lang, hazard, site)
        };
        Ok((known.into_iter().map(row).collect(), newer.len()))
    }

    /// `site`: the hazard's, where it is on this phone.
    pub fn of(device: &Device, lang: Lang, hazard: Hazard, site: Option<Site>) -> Self {
        let now = device.clock.office_now();
        let me = session::current(device).map(|signed_in| signed_in.actor);
        Self {
            id: hazard.id,
            title: hazard.title().to_owned(),
            words_folded: folded(&format!(
                "{} {}",
                hazard.title(),
                hazard.number.as_deref().unwrap_or_default()
            )),
            site,
            words: format!("{} · {}", trade::severity(lang, hazard.level()), trade::progress(lang, &hazard)),
            photo: hazard.found.photos.first().or(hazard.after.first()).cloned(),
            due: hazard.due(now),
            deadline: hazard.due.filter(|_| hazard.is_open()),
            open: hazard.is_open(),
            mine: me.is_some_and(|me| waits_for(&hazard, &me, office_day(now))),
            last: hazard.events.last().map_or(hazard.found_at, |record| record.when()),
        }
    }

    /// By site, number or the finder's words; an empty query matches all.
    pub fn matches(&self, query: &Query) -> bool {
        let site = self.site.as_ref().map_or("", |site| &site.pinyin);
        query.finds(site, &[&self.words_folded])
    }
}

#[component]
pub fn HazardRow(row: Row) -> impl IntoView {
    let lang = use_lang();
    let site = row.site.map(|site| format!("{} · ", site.name)).unwrap_or_default();
    let photo = match row.photo {
        Some(hash) => view! { <Thumb hash /> }.into_any(),
        None => view! { <span class="thumb"><small class="thumb__note">{t::no_photos(lang)}</small></span> }
            .into_any(),
    };
    view! {
        <a href=format!("/field/hazards/{}", row.id)>
            {photo}
            <div class="rows__body">
                <p class="rows__title">{row.title}</p>
                <p class="rows__meta">{site} {row.words}</p>
            </div>
            <DueSign due=row.due deadline=row.deadline />
        </a>
    }
}
