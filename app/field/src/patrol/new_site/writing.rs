//! What is being written of a new site.

use crate::{
    device::{PhoneRef, use_device},
    errors::ErrorWords,
    i18n::{Lang, patrol as t, use_lang},
    sites::near::Near,
};
use client::new_sites::{self, Failed};
use domain::{
    id::{GridId, SiteId, SiteKind},
    limits::tidy_line,
    photo::PhotoHash,
    place::Location,
    sector::Sector,
    site::ProposedSite,
    sync::SiteKindInfo,
};
use leptos::{prelude::*, task::spawn_local};

/// What is being written.
#[derive(Clone, Copy)]
pub(super) struct Writing {
    pub(super) phone: PhoneRef,
    lang: Lang,
    id: SiteId,
    pub(super) name: RwSignal<String>,
    pub(super) kind: RwSignal<Option<SiteKind>>,
    pub(super) address: RwSignal<String>,
    pub(super) grid: RwSignal<Option<GridId>>,
    /// No grid of the office: whoever has none can make no site.
    nowhere: GridId,
    pub(super) photos: RwSignal<Vec<PhotoHash>>,
    pub(super) near: Near,
    /// Where it was begun: whoever finishes it may have gone on.
    begun_at: Option<Location>,
    fault: RwSignal<Option<Failed>>,
    pub(super) busy: RwSignal<bool>,
}

impl Writing {
    pub(super) fn begin() -> Self {
        let phone = use_device();
        let kept = new_sites::load(&phone);
        let near = Near::of(phone);
        near.find();
        let of = kept.as_ref();
        let writing = Self {
            phone,
            lang: use_lang(),
            id: of.map_or_else(|| phone.clock.new_id(), |kept| kept.id),
            name: RwSignal::new(of.map(|kept| kept.name.clone()).unwrap_or_default()),
            kind: RwSignal::new(of.map(|kept| kept.kind.clone()).filter(|kind| !kind.as_str().is_empty())),
            address: RwSignal::new(of.map(|kept| kept.address.clone()).unwrap_or_default()),
            grid: RwSignal::new(of.map(|kept| kept.grid)),
            nowhere: phone.clock.new_id(),
            photos: RwSignal::new(of.map(|kept| kept.photos.clone()).unwrap_or_default()),
            near,
            begun_at: of.and_then(|kept| kept.location),
            fault: RwSignal::new(None),
            busy: RwSignal::new(false),
        };
        Effect::new(move |before: Option<()>| {
            let proposed = writing.proposed(&[]);
            // Opening the screen writes nothing.
            if before.is_some() && (proposed.is_named() || !proposed.photos.is_empty()) {
                new_sites::save(&phone, &proposed);
            }
        });
        writing
    }

    /// Tracked. `kinds` say which sector a kind is of.
    pub(super) fn proposed(self, kinds: &[SiteKindInfo]) -> ProposedSite {
        let kind = self.kind.get();
        let known = kinds.iter().find(|known| Some(&known.id) == kind.as_ref());
        ProposedSite {
            id: self.id,
            grid: self.grid.get().unwrap_or(self.nowhere),
            name: self.name.get(),
            sector: known.map_or(Sector::General, |known| known.sector),
            kind: kind.unwrap_or_else(|| SiteKind::from("")),
            address: self.address.get(),
            location: self.begun_at.or_else(|| self.near.fix()),
            photos: self.photos.get(),
        }
    }

    pub(super) fn submit(self, kinds: &[SiteKindInfo], on_done: Callback<SiteId>) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.fault.set(None);
        let proposed = untrack(|| self.proposed(kinds));
        let title = t::made(self.lang, tidy_line(&proposed.name));
        spawn_local(async move {
            let id = proposed.id;
            match new_sites::make(&self.phone, proposed, title).await {
                Ok(()) => {
                    on_done.try_run(id);
                }
                Err(failed) => {
                    self.busy.try_set(false);
                    self.fault.try_set(Some(failed));
                }
            }
        });
    }

    /// Tracked.
    pub(super) fn wrong(self) -> Option<String> {
        let lang = self.lang;
        self.fault.with(|fault| {
            Some(match fault.as_ref()? {
                Failed::NoName => t::needs_name(lang).to_owned(),
                Failed::NoKind => t::needs_site_kind(lang).to_owned(),
                Failed::NotAllowed => t::not_yours_to_make(lang).to_owned(),
                Failed::Device(error) => error.words(lang).to_owned(),
            })
        })
    }
}
