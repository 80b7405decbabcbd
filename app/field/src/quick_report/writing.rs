//! What is being written for a report: kept with each change, checked, made.

use crate::{
    device::{PhoneRef, use_device},
    errors::ErrorWords,
    i18n::{Lang, quick_report as t, use_lang},
};
use client::{
    action_drafts::ActionDraft,
    quick_reports::{self, Failed},
};
use domain::{
    hazard::ValidationError,
    id::{HazardId, SiteId},
    limits::{Field, OverLimit},
    photo::PhotoHash,
    place::Location,
    quick_report::{NotReported, QuickReport},
    site::Site,
};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Which part of the screen says what is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Words,
    Site,
    Authority,
    Whole,
}

#[derive(Clone, Copy)]
pub struct Writing {
    pub phone: PhoneRef,
    lang: Lang,
    /// Of the hazard that it will make.
    pub id: HazardId,
    pub words: RwSignal<String>,
    pub photos: RwSignal<Vec<PhotoHash>>,
    pub chosen: RwSignal<QuickReport>,
    fault: RwSignal<Option<Failed>>,
    pub busy: RwSignal<bool>,
    /// It was made or thrown away: nothing of it is kept any more.
    ended: StoredValue<bool>,
}

impl Writing {
    /// Goes on with what was begun under this id, if anything was.
    pub fn begin(id: HazardId) -> Self {
        let phone = use_device();
        let draft = quick_reports::load(&phone, id);
        let writing = Self {
            phone,
            lang: use_lang(),
            id,
            words: RwSignal::new(draft.words),
            photos: RwSignal::new(draft.photos),
            chosen: RwSignal::new(draft.report.map(|report| *report).unwrap_or_default()),
            fault: RwSignal::new(None),
            busy: RwSignal::new(false),
            ended: StoredValue::new(false),
        };
        Effect::new(move |before: Option<bool>| {
            let draft = writing.draft();
            let holds = draft.holds_something();
            // Opening the screen writes nothing.
            if before.is_some() && !writing.ended.get_value() {
                if holds {
                    quick_reports::save(&phone, id, &draft);
                } else if before == Some(true) {
                    quick_reports::forget(&phone, id);
                }
            }
            holds
        });
        writing
    }

    /// Tracked.
    fn draft(self) -> ActionDraft {
        ActionDraft {
            words: self.words.get(),
            photos: self.photos.get(),
            report: Some(Box::new(self.chosen.get())),
            ..ActionDraft::default()
        }
    }

    /// Whether anything would be lost with it; tracked.
    pub fn holds(self) -> bool {
        self.words.with(|words| !words.trim().is_empty()) || self.photos.with(|photos| !photos.is_empty())
    }

    /// Where the person stood; tracked.
    pub fn place(self) -> Option<Location> {
        self.chosen.with(|chosen| chosen.location)
    }

    pub fn stands_at(self, place: Location) {
        self.chosen.update(|chosen| chosen.location = Some(place));
    }

    pub fn choose_site(self, site: Site) {
        self.chosen.update(|chosen| chosen.site = Some(site));
        self.mend(Part::Site);
    }

    /// The one that was chosen; tracked.
    pub fn site(self) -> Option<SiteId> {
        self.chosen.with(|chosen| chosen.site.as_ref().map(|site| site.id))
    }

    /// Says what is wrong, or makes it.
    pub fn submit(self, on_done: Callback<()>) {
        if self.busy.get_untracked() {
            return;
        }
        self.fault.set(None);
        self.busy.set(true);
        let draft = untrack(|| self.draft());
        let site = draft.report.as_ref().and_then(|report| report.site.as_ref());
        let title = t::submission(self.lang, site.map(|site| site.name.clone()).unwrap_or_default());
        spawn_local(async move {
            match quick_reports::submit(&self.phone, self.id, &draft, title).await {
                Ok(()) => {
                    self.ended.try_set_value(true);
                    on_done.try_run(());
                }
                Err(failed) => {
                    let part = part_of(&failed);
                    self.busy.try_set(false);
                    self.fault.try_set(Some(failed));
                    go_to(part);
                }
            }
        });
    }

    pub fn throw_away(self) {
        self.ended.set_value(true);
        quick_reports::forget(&self.phone, self.id);
    }

    /// What was wrong with this part is told no longer.
    pub fn mend(self, part: Part) {
        if self.fault.with_untracked(|fault| fault.as_ref().is_some_and(|failed| part_of(failed) == part)) {
            self.fault.set(None);
        }
    }

    /// Tracked.
    pub fn wrong(self, part: Part) -> Option<String> {
        self.fault.with(|fault| match fault.as_ref().filter(|failed| part_of(failed) == part)? {
            Failed::NotReported(why) => Some(t::not_reported(self.lang, *why)),
            Failed::Device(error) => Some(error.words(self.lang).to_owned()),
        })
    }
}

fn part_of(failed: &Failed) -> Part {
    match failed {
        Failed::Device(_) => Part::Whole,
        Failed::NotReported(NotReported::NoSite | NotReported::NotAllowed) => Part::Site,
        Failed::NotReported(NotReported::Incomplete(missing)) => match missing {
            ValidationError::What | ValidationError::OverLimit(OverLimit { field: Field::What, .. }) => {
                Part::Words
            }
            ValidationError::Responsible => Part::Authority,
            ValidationError::AfterPhoto
            | ValidationError::Measures
            | ValidationError::Contingency
            | ValidationError::Reason
            | ValidationError::OverLimit(_) => Part::Whole,
        },
    }
}

/// The thumb is brought to what is wrong.
fn go_to(part: Part) {
    let field = match part {
        Part::Words => "quick-words",
        Part::Site => "quick-find",
        Part::Authority => "finding-authority",
        Part::Whole => return,
    };
    if let Some(field) = document().get_element_by_id(field) {
        // Fails only for what cannot be focused.
        let _ = field.unchecked_into::<HtmlElement>().focus();
    }
}
