//! What is being written for a deed: kept with each keystroke, checked, done.

use super::{file::File, steps::Way, words};
use crate::{
    field::{
        device::{PhoneRef, use_device},
        errors::ErrorWords,
    },
    i18n::{Lang, clock as c, office, trade, use_lang},
};
use chrono::{Days, NaiveDate};
use client::{
    deed_drafts::{self, About, DeedDraft},
    outbox, session,
};
use domain::{
    device::skew::{self, NoDeadline},
    hazard::{Deed, Incomplete},
    limits::{Field, OverLimit, tidy_text},
    photo::PhotoHash,
    sync::Reason,
};
use leptos::{prelude::*, task::spawn_local};

/// Which part of the form is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Photos,
    Words,
    Day,
    Whole,
}

pub type Fault = (Part, String);

/// What is being written.
#[derive(Clone, Copy)]
pub struct Form {
    pub phone: PhoneRef,
    pub lang: Lang,
    pub way: Way,
    pub words: RwSignal<String>,
    pub day: RwSignal<Option<NaiveDate>>,
    pub photos: RwSignal<Vec<PhotoHash>>,
    pub fault: RwSignal<Option<Fault>>,
    pub busy: RwSignal<bool>,
}

impl Form {
    pub fn new(way: Way, file: &File) -> Self {
        let (phone, hazard, word) = (use_device(), file.hazard.id, way.word());
        let draft = deed_drafts::load(&phone, hazard, word);
        let today = phone.clock.today();
        let form = Self {
            phone,
            lang: use_lang(),
            way,
            words: RwSignal::new(draft.words),
            day: RwSignal::new(draft.day.or_else(|| proposed(way, file, today))),
            photos: RwSignal::new(draft.photos),
            fault: RwSignal::new(None),
            busy: RwSignal::new(false),
        };
        let about = Box::new(About {
            hazard: file.hazard.clone(),
            site: file.site.clone(),
            department: file.department.clone(),
        });
        Effect::new(move |before: Option<()>| {
            let draft = DeedDraft {
                words: form.words.get(),
                day: form.day.get(),
                photos: form.photos.get(),
                about: Some(about.clone()),
            };
            // Opening the sheet writes nothing.
            if before.is_some() {
                deed_drafts::save(&phone, hazard, word, &draft);
            }
        });
        form
    }

    pub fn empty(self) {
        self.words.set(String::new());
        self.photos.set(vec![]);
    }

    /// Says what is wrong, or does it.
    pub fn submit(self, file: &File, on_done: Callback<()>) {
        if self.busy.get_untracked() {
            return;
        }
        let deed = match self.deed(file) {
            Ok(deed) => deed,
            Err(fault) => return self.fault.set(Some(fault)),
        };
        self.fault.set(None);
        self.busy.set(true);
        let (hazard, title) = (file.hazard.id, words::parcel(self.lang, self.way, file));
        spawn_local(async move {
            let done = outbox::act(&self.phone, hazard, deed, title).await;
            self.busy.try_set(false);
            match done {
                Ok(()) => {
                    deed_drafts::forget(&self.phone, hazard, self.way.word());
                    on_done.try_run(());
                }
                Err(error) => {
                    let words = error.words(self.lang).to_owned();
                    self.fault.try_set(Some((Part::Whole, words)));
                }
            }
        });
    }

    fn deed(self, file: &File) -> Result<Deed, Fault> {
        let (lang, today) = (self.lang, self.phone.clock.today());
        let day = self.day.get_untracked();
        if self.way.has_day() {
            let words = match day.map(|day| (day, skew::deadline(day, today))) {
                Some((_, Ok(_))) => None,
                None => Some(office::needs_day(lang).to_owned()),
                Some((day, Err(NoDeadline::Past))) => {
                    Some(c::deadline_past(lang, day.to_string(), today.to_string()))
                }
                Some((day, Err(NoDeadline::Far))) => Some(c::deadline_far(lang, day.to_string())),
            };
            if let Some(words) = words {
                return Err((Part::Day, words));
            }
        }
        let words = self.words.with_untracked(|words| tidy_text(words));
        let photos = if self.way.has_photos() { self.photos.get_untracked() } else { vec![] };
        let deed = self.way.deed(words, day.unwrap_or(today), photos);
        deed.check().map_err(|missing| {
            let part = match missing {
                Incomplete::AfterPhoto | Incomplete::OverLimit(OverLimit { field: Field::Photos, .. }) => {
                    Part::Photos
                }
                Incomplete::Reason | Incomplete::OverLimit(_) => Part::Words,
                _ => Part::Whole,
            };
            (part, trade::incomplete(lang, missing))
        })?;
        let me = session::current(&self.phone).map(|signed_in| signed_in.actor);
        // What has left the phone meanwhile is for the administrator to decide.
        let Some(me) = me.filter(|me| file.away || me.may(deed.action(), &file.hazard.place)) else {
            return Err((Part::Whole, trade::reason(lang, &Reason::NotAllowed)));
        };
        match file.hazard.would_take(me.person, self.phone.clock.office_now(), &deed) {
            Err(misfit) => Err((Part::Whole, trade::misfit(lang, &misfit))),
            Ok(()) => Ok(deed),
        }
    }

    pub fn wrong(self, part: Part) -> Option<String> {
        self.fault.with(|fault| fault.as_ref().filter(|(at, _)| *at == part).map(|(_, words)| words.clone()))
    }
}

/// Three days for what is returned; a week more for an extension.
fn proposed(way: Way, file: &File, today: NaiveDate) -> Option<NaiveDate> {
    match way {
        Way::Return => today.checked_add_days(Days::new(3)),
        Way::AskExtension => {
            file.hazard.due.map_or(today, |due| due.max(today)).checked_add_days(Days::new(7))
        }
        Way::Rectify | Way::Accept => None,
    }
}
