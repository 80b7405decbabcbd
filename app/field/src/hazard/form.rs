//! What is being written for a command: kept with each keystroke, checked, given.

use super::{commands::PhoneCommand, file::File, words};
use crate::{
    device::{PhoneRef, use_device},
    errors::ErrorWords,
    i18n::{Lang, clock as c, office, trade, use_lang},
};
use chrono::{Days, NaiveDate};
use client::{
    action_drafts::{self, About, ActionDraft},
    outbox, session,
};
use domain::{
    device::skew::{self, NoDeadline},
    hazard::{FilledIn, HazardCommand, ValidationError, decide},
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

pub type FieldError = (Part, String);

/// What is being written.
#[derive(Clone, Copy)]
pub struct Form {
    pub phone: PhoneRef,
    pub lang: Lang,
    pub command: PhoneCommand,
    pub words: RwSignal<String>,
    pub day: RwSignal<Option<NaiveDate>>,
    pub photos: RwSignal<Vec<PhotoHash>>,
    pub fault: RwSignal<Option<FieldError>>,
    pub busy: RwSignal<bool>,
}

impl Form {
    pub fn new(command: PhoneCommand, file: &File) -> Self {
        let (phone, hazard, word) = (use_device(), file.hazard.id, command.word());
        let draft = action_drafts::load(&phone, hazard, word);
        let today = phone.clock.today();
        let form = Self {
            phone,
            lang: use_lang(),
            command,
            words: RwSignal::new(draft.words),
            day: RwSignal::new(draft.day.or_else(|| proposed(command, file, today))),
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
            let draft = ActionDraft {
                words: form.words.get(),
                day: form.day.get(),
                photos: form.photos.get(),
                about: Some(about.clone()),
            };
            // Opening the sheet writes nothing.
            if before.is_some() {
                action_drafts::save(&phone, hazard, word, &draft);
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
        let command = match self.filled_in(file) {
            Ok(command) => command,
            Err(fault) => return self.fault.set(Some(fault)),
        };
        self.fault.set(None);
        self.busy.set(true);
        let (hazard, title) = (file.hazard.id, words::submission(self.lang, self.command, file));
        spawn_local(async move {
            let done = outbox::act(&self.phone, hazard, command, title).await;
            self.busy.try_set(false);
            match done {
                Ok(()) => {
                    action_drafts::forget(&self.phone, hazard, self.command.word());
                    on_done.try_run(());
                }
                Err(error) => {
                    let words = error.words(self.lang).to_owned();
                    self.fault.try_set(Some((Part::Whole, words)));
                }
            }
        });
    }

    /// What is wrong is told by its part of the form, before anything is recorded.
    fn filled_in(self, file: &File) -> Result<HazardCommand, FieldError> {
        let (lang, today) = (self.lang, self.phone.clock.today());
        let day = self.day.get_untracked();
        if self.command.has_day() {
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
        let photos = if self.command.has_photos() { self.photos.get_untracked() } else { vec![] };
        let text = |_| words.clone();
        // What is assigned, and for how much, is said at the desk.
        let form = FilledIn { text: &text, day, money: None, photos, department: None, other: None };
        let command = self.command.kind().filled_in(form);
        let command = command.map_err(|_| (Part::Day, office::needs_day(lang).to_owned()))?;
        command.check().map_err(|missing| {
            let part = match missing {
                ValidationError::AfterPhoto
                | ValidationError::OverLimit(OverLimit { field: Field::Photos, .. }) => Part::Photos,
                ValidationError::Reason | ValidationError::OverLimit(_) => Part::Words,
                ValidationError::What
                | ValidationError::Responsible
                | ValidationError::Measures
                | ValidationError::Contingency => Part::Whole,
            };
            (part, trade::incomplete(lang, missing))
        })?;
        let me = session::current(&self.phone).map(|signed_in| signed_in.actor);
        // What has left the phone meanwhile is for the administrator to decide.
        let Some(me) = me.filter(|me| file.away || me.may_ask(command.kind(), &file.hazard.place)) else {
            return Err((Part::Whole, trade::reason(lang, &Reason::NotAllowed)));
        };
        match decide(&file.hazard, &command, &me, self.phone.clock.office_now()) {
            Err(because) => Err((Part::Whole, trade::rejected(lang, &because))),
            Ok(_) => Ok(command),
        }
    }

    pub fn wrong(self, part: Part) -> Option<String> {
        self.fault.with(|fault| fault.as_ref().filter(|(at, _)| *at == part).map(|(_, words)| words.clone()))
    }
}

/// Three days for what is returned; a week more for an extension.
fn proposed(command: PhoneCommand, file: &File, today: NaiveDate) -> Option<NaiveDate> {
    match command {
        PhoneCommand::Return => today.checked_add_days(Days::new(3)),
        PhoneCommand::AskExtension => {
            file.hazard.due.map_or(today, |due| due.max(today)).checked_add_days(Days::new(7))
        }
        PhoneCommand::Rectify | PhoneCommand::Accept => None,
    }
}
