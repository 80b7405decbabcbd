//! What is being written for a command: kept with each keystroke, checked, given.

use super::{commands::PhoneCommand, file::File, words};
use crate::{
    device::{PhoneRef, use_device},
    errors::ErrorWords,
    i18n::{Lang, clock as c, money as m, office, trade, use_lang},
};
use chrono::NaiveDate;
use client::{
    DeviceError,
    action_drafts::{self, About, ActionDraft},
    outbox, session,
};
use domain::{
    device::skew::{self, NoDeadline},
    fen::Fen,
    hazard::{CommandField, FilledIn, HazardCommand, Issued, ValidationError, decide},
    limits::{Field, OverLimit, tidy_text},
    order::collected,
    photo::PhotoHash,
    sync::Reason,
};
use leptos::{prelude::*, task::spawn_local};
use std::collections::BTreeMap;

/// Which part of the form is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Photos,
    Words,
    Day,
    /// One of the others.
    Field(CommandField),
    Whole,
}

pub type FieldError = (Part, String);

/// Texts of the fields beside words, photos and day.
pub type OtherTexts = BTreeMap<CommandField, String>;

/// What is being written.
#[derive(Clone, Copy)]
pub struct Form {
    pub phone: PhoneRef,
    pub lang: Lang,
    pub command: PhoneCommand,
    pub words: RwSignal<String>,
    pub day: RwSignal<Option<NaiveDate>>,
    pub photos: RwSignal<Vec<PhotoHash>>,
    /// What stands in the other fields.
    pub given: RwSignal<OtherTexts>,
    /// What stood there before anything was written.
    proposed: StoredValue<OtherTexts>,
    pub fault: RwSignal<Option<FieldError>>,
    pub busy: RwSignal<bool>,
}

impl Form {
    pub fn new(command: PhoneCommand, file: &File) -> Self {
        let (phone, hazard, word) = (use_device(), file.hazard.id, command.word());
        let draft = action_drafts::load(&phone, hazard, word);
        let today = phone.clock.today();
        let proposed = proposed(command, file);
        let written = |field: &CommandField| draft.given.get(field.as_str()).cloned();
        let given = proposed.iter().map(|(field, known)| (*field, written(field).unwrap_or(known.clone())));
        let given: OtherTexts = collected(given);
        let form = Self {
            phone,
            lang: use_lang(),
            command,
            words: RwSignal::new(draft.words),
            day: RwSignal::new(draft.day.or_else(|| {
                let field = command.day()?;
                file.hazard.proposed_day(command.kind(), field, today)
            })),
            photos: RwSignal::new(draft.photos),
            given: RwSignal::new(given),
            proposed: StoredValue::new(proposed),
            fault: RwSignal::new(None),
            busy: RwSignal::new(false),
        };
        let about = about(file);
        Effect::new(move |before: Option<()>| {
            let draft = form.draft(about.clone());
            // Opening the sheet writes nothing.
            if before.is_some() {
                action_drafts::save(&phone, hazard, word, &draft);
            }
        });
        form
    }

    /// As it is kept; tracked.
    fn draft(self, about: Box<About>) -> ActionDraft {
        ActionDraft {
            words: self.words.get(),
            day: self.day.get(),
            photos: self.photos.get(),
            given: self.written(),
            about: Some(about),
            report: None,
        }
    }

    pub fn empty(self) {
        self.words.set(String::new());
        self.photos.set(vec![]);
        self.given.set(self.proposed.get_value());
    }

    /// What was written into the other fields, by their names; tracked.
    pub fn written(self) -> BTreeMap<String, String> {
        let proposed = self.proposed.get_value();
        self.given.with(|given| {
            let differs = given.iter().filter(|(field, text)| proposed.get(field) != Some(text));
            collected(differs.map(|(field, text)| (field.as_str().to_owned(), text.clone())))
        })
    }

    /// Says what is wrong, or does it.
    pub fn submit(self, file: &File, on_done: Callback<()>) {
        if self.busy.get_untracked() {
            return;
        }
        let command = match self.filled_in(file) {
            Ok(command) => command,
            Err((part, words)) => {
                // What no part of this sheet would say, the sheet says itself.
                let part = if self.has(part) { part } else { Part::Whole };
                return self.fault.set(Some((part, words)));
            }
        };
        let (hazard, title) = (file.hazard.id, words::submission(self.lang, self.command, file));
        let draft = untrack(|| self.draft(about(file)));
        if action_drafts::is_changed_elsewhere(&self.phone, hazard, self.command.word(), &draft) {
            let words = DeviceError::ChangedElsewhere.words(self.lang).to_owned();
            return self.fault.set(Some((Part::Whole, words)));
        }
        self.fault.set(None);
        self.busy.set(true);
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
        if self.command.day().is_some() {
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
        let given = self.given.get_untracked();
        let text = |field: CommandField| match field {
            CommandField::Note | CommandField::Reason => words.clone(),
            other => given.get(&other).map(|text| tidy_text(text)).unwrap_or_default(),
        };
        let money = self.money(&given)?;
        let department = given.get(&CommandField::Department).and_then(|id| id.parse().ok());
        let form = FilledIn { text: &text, day, money, photos, department, other: None };
        let command = self.command.kind().filled_in(form);
        let command = command.map_err(|_| (Part::Day, office::needs_day(lang).to_owned()))?;
        command.check().map_err(|missing| {
            let other = self.command.others().map(|asks| asks.field).find(|field| match missing {
                ValidationError::OverLimit(over) => over.field.as_str() == field.as_str(),
                missing => field.missing() == Some(missing),
            });
            let part = match missing {
                ValidationError::AfterPhoto
                | ValidationError::OverLimit(OverLimit { field: Field::Photos, .. }) => Part::Photos,
                ValidationError::Reason => Part::Words,
                ValidationError::OverLimit(_) => other.map_or(Part::Words, Part::Field),
                ValidationError::What
                | ValidationError::Responsible
                | ValidationError::Measures
                | ValidationError::Contingency => other.map_or(Part::Whole, Part::Field),
            };
            (part, trade::incomplete(lang, missing))
        })?;
        let me = session::current(&self.phone).map(|signed_in| signed_in.actor);
        // What has left the phone meanwhile is for the administrator to decide.
        let Some(me) = me.filter(|me| file.away || me.may_ask(command.kind(), &file.hazard.place)) else {
            return Err((Part::Whole, trade::reason(lang, &Reason::NotAllowed)));
        };
        // Asked only: the outbox gives it under another id.
        let (id, at) = (self.phone.clock.new_id(), self.phone.clock.office_now());
        match decide(&file.hazard, &command, &Issued { id, at, received_at: None, by: &me }) {
            Err(because) => Err((Part::Whole, trade::rejected(lang, &because))),
            Ok(_) => Ok(command),
        }
    }

    /// The sum that the sheet asks for, if it asks for one.
    fn money(self, given: &OtherTexts) -> Result<Option<Fen>, FieldError> {
        let Some(text) = given.get(&CommandField::Funds) else { return Ok(None) };
        let sum = text.parse::<Fen>().map(Some);
        sum.map_err(|why| (Part::Field(CommandField::Funds), m::not_a_sum(self.lang, why).to_owned()))
    }

    /// Whether the sheet has this part.
    fn has(self, part: Part) -> bool {
        match part {
            Part::Photos => self.command.has_photos(),
            Part::Words => self.command.words().is_some(),
            Part::Day => self.command.day().is_some(),
            Part::Field(field) => self.command.others().any(|asks| asks.field == field),
            Part::Whole => true,
        }
    }

    pub fn wrong(self, part: Part) -> Option<String> {
        self.fault.with(|fault| fault.as_ref().filter(|(at, _)| *at == part).map(|(_, words)| words.clone()))
    }
}

/// What it is about, as it stands.
fn about(file: &File) -> Box<About> {
    Box::new(About {
        hazard: file.hazard.clone(),
        site: file.site.clone(),
        department: file.department.clone(),
    })
}

/// What stands in the other fields before anything is written.
fn proposed(command: PhoneCommand, file: &File) -> OtherTexts {
    let words = |field: CommandField| match field {
        CommandField::Department => file.answers().map(|id| id.to_string()).unwrap_or_default(),
        other => file.hazard.proposed_words(command.kind(), other),
    };
    collected(command.others().map(|asks| (asks.field, words(asks.field))))
}
