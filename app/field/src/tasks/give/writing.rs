//! What is being written of a task that is given.

use super::Giving;
use crate::{
    device::{PhoneRef, use_device},
    errors::ErrorWords,
    i18n::{clock as c, office, tasks as t, use_lang},
};
use chrono::{Days, NaiveDate};
use client::tasks;
use domain::{
    device::{
        given_task::BegunTask,
        skew::{self, NoDeadline},
    },
    id::{OperationId, PersonId},
    limits::tidy_text,
    task::{Colleague, HazardNeed, NewTask, TaskSubject, holder_of},
    text::Lang,
};
use leptos::{prelude::*, task::spawn_local};

/// Days that work has if nobody says otherwise.
const USUAL_DAYS: u64 = 3;

/// What is being written.
#[derive(Clone, Copy)]
pub(super) struct Writing {
    pub(super) phone: PhoneRef,
    pub(super) lang: Lang,
    pub(super) person: RwSignal<Option<PersonId>>,
    /// Whoever holds the grid when it is given; `person` is who does now.
    pub(super) to_holder: RwSignal<bool>,
    pub(super) need: RwSignal<HazardNeed>,
    pub(super) note: RwSignal<String>,
    pub(super) until: RwSignal<Option<NaiveDate>>,
    /// A submission that was not taken and that this one takes the place of.
    instead: RwSignal<Option<OperationId>>,
    wrong: RwSignal<Option<(Part, String)>>,
    pub(super) busy: RwSignal<bool>,
}

/// Which part of the form is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Person,
    Until,
    Whole,
}

impl Writing {
    pub(super) fn begin(subject: &TaskSubject) -> Self {
        let phone = use_device();
        let need = match subject {
            TaskSubject::Visit { .. } => HazardNeed::Chase,
            TaskSubject::Hazard { need, .. } => *need,
        };
        let usual = phone.clock.today().checked_add_days(Days::new(USUAL_DAYS));
        let begun = tasks::begun(&phone, subject);
        let of = begun.as_ref();
        let need = match of.map(|begun| &begun.about) {
            Some(TaskSubject::Hazard { need, .. }) => *need,
            Some(TaskSubject::Visit { .. }) | None => need,
        };
        let writing = Self {
            phone,
            lang: use_lang(),
            person: RwSignal::new(of.and_then(|begun| begun.person)),
            to_holder: RwSignal::new(false),
            need: RwSignal::new(need),
            note: RwSignal::new(of.map(|begun| begun.note.clone()).unwrap_or_default()),
            until: RwSignal::new(of.map_or(usual, |begun| begun.until)),
            instead: RwSignal::new(None),
            wrong: RwSignal::new(None),
            busy: RwSignal::new(false),
        };
        let (is_new, about) = (begun.is_none(), subject.clone());
        Effect::new(move |before: Option<()>| {
            let begun = writing.begun(&about);
            // Opening the sheet writes nothing.
            if before.is_some() {
                tasks::keep(&phone, &begun);
            }
        });
        let subject = subject.clone();
        // What was not taken: only another person or another day is wanting. What was written since stays.
        spawn_local(async move {
            if let Ok(Some((submission, new))) = tasks::refused(&phone, &subject).await {
                writing.instead.try_set(Some(submission));
                if !is_new {
                    return;
                }
                writing.note.try_set(new.note);
                writing.person.try_set(Some(new.person));
                if let TaskSubject::Hazard { need, .. } = new.about {
                    writing.need.try_set(need);
                }
            }
        });
        writing
    }

    /// As it stands; tracked.
    fn begun(self, about: &TaskSubject) -> BegunTask {
        let about = about_with(about, self.need.get());
        BegunTask { about, person: self.person.get(), note: self.note.get(), until: self.until.get() }
    }

    pub(super) fn told(self, part: Part) -> Option<String> {
        self.wrong.with(|wrong| wrong.as_ref().filter(|(at, _)| *at == part).map(|(_, words)| words.clone()))
    }

    fn filled_in(self, giving: &Giving, people: &[Colleague]) -> Result<(NewTask, String), (Part, String)> {
        let (lang, today) = (self.lang, self.phone.clock.today());
        let chosen = self.person.get_untracked();
        let to = if self.to_holder.get_untracked() {
            holder_of(people, &giving.place)
        } else {
            people.iter().find(|one| Some(one.person) == chosen)
        };
        let Some(to) = to else {
            return Err((Part::Person, t::choose_person(lang).to_owned()));
        };
        let day = self.until.get_untracked().ok_or((Part::Until, office::needs_day(lang).to_owned()))?;
        skew::deadline(day, today).map_err(|wrong| {
            let words = match wrong {
                NoDeadline::Past => c::deadline_past(lang, day.to_string(), today.to_string()),
                NoDeadline::Far => c::deadline_far(lang, day.to_string()),
            };
            (Part::Until, words)
        })?;
        let about = about_with(&giving.subject, self.need.get_untracked());
        let note = self.note.with_untracked(|note| tidy_text(note));
        let words = t::given_until(lang, to.name.clone(), day.to_string());
        Ok((NewTask { person: to.person, about, note, until: day }, words))
    }

    /// Says what is wrong, or gives it.
    pub(super) fn submit(self, giving: &Giving, people: &[Colleague], on_done: Callback<String>) {
        if self.busy.get_untracked() {
            return;
        }
        let (new, words) = match self.filled_in(giving, people) {
            Ok(filled_in) => filled_in,
            Err(wrong) => return self.wrong.set(Some(wrong)),
        };
        self.wrong.set(None);
        self.busy.set(true);
        let (site, title) = (giving.site, t::title(self.lang, giving.site_name.clone()));
        let instead = self.instead.get_untracked();
        spawn_local(async move {
            let given = tasks::give(&self.phone, new, site, title, instead).await;
            self.busy.try_set(false);
            match given {
                Ok(()) => {
                    on_done.try_run(words);
                }
                Err(error) => {
                    let words = error.words(self.lang).to_owned();
                    self.wrong.try_set(Some((Part::Whole, words)));
                }
            }
        });
    }
}

/// What is chosen to be done about a hazard goes along.
pub(super) fn about_with(about: &TaskSubject, need: HazardNeed) -> TaskSubject {
    match about {
        TaskSubject::Visit { .. } => about.clone(),
        TaskSubject::Hazard { hazard, .. } => TaskSubject::Hazard { hazard: *hazard, need },
    }
}
