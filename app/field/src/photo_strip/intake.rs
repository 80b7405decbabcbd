//! Photos are taken in one after the other; one that cannot be taken says why and the rest go on.

use crate::{
    device::{PhoneRef, use_device},
    errors::ErrorWords,
    i18n::{Lang, device as d, hazards as t, photos as p, use_lang},
};
use chrono::{DateTime, NaiveDateTime, Utc};
use client::{
    browser::images::{CanvasWorker, Shot},
    photos::{self, Stamp},
};
use domain::{
    photo::{PhotoFacts, PhotoHash},
    time,
};
use leptos::{prelude::*, task::spawn_local};
use std::collections::VecDeque;

/// Photos on their way in.
#[derive(Clone, Copy)]
pub struct Intake {
    phone: PhoneRef,
    lang: Lang,
    photos: Signal<Vec<PhotoHash>>,
    stamp: Signal<Stamp>,
    on_taken: Callback<PhotoHash>,
    queue: StoredValue<VecDeque<Shot>, LocalStorage>,
    /// In the queue and under way.
    pub waiting: RwSignal<usize>,
    /// Of those handed in since it last rested, how many are done.
    pub done: RwSignal<usize>,
    pub errors: RwSignal<Vec<String>>,
    /// What is worth knowing and no error.
    pub notes: RwSignal<Vec<&'static str>>,
}

impl Intake {
    pub fn new(photos: Signal<Vec<PhotoHash>>, stamp: Signal<Stamp>, on_taken: Callback<PhotoHash>) -> Self {
        Self {
            phone: use_device(),
            lang: use_lang(),
            photos,
            stamp,
            on_taken,
            queue: StoredValue::new_local(VecDeque::new()),
            waiting: RwSignal::new(0),
            done: RwSignal::new(0),
            errors: RwSignal::new(vec![]),
            notes: RwSignal::new(vec![]),
        }
    }

    pub fn take(self, shots: Vec<Shot>) {
        if shots.is_empty() {
            return;
        }
        // A shot may be there only after its screen was left.
        let Some(waiting) = self.waiting.try_get_untracked() else { return };
        let idle = waiting == 0;
        self.waiting.update(|waiting| *waiting += shots.len());
        self.queue.update_value(|queue| queue.extend(shots));
        if idle {
            self.done.set(0);
            self.errors.set(vec![]);
            self.notes.set(vec![]);
            spawn_local(self.work());
        }
    }

    /// Ends when the queue is empty, or gone with the screen; what the worker took of the phone's memory goes with it.
    async fn work(self) {
        let lang = self.lang;
        let worker = CanvasWorker::of(&self.phone);
        while let Some(shot) = self.queue.try_update_value(VecDeque::pop_front).flatten() {
            let held = self.photos.try_get_untracked().unwrap_or_default();
            if held.len() >= PhotoFacts::MOST {
                self.fail(&shot, &t::photos_full(lang, PhotoFacts::MOST));
            } else {
                let mut stamp = self.stamp.try_get_untracked().unwrap_or_default();
                stamp.number = format!("{} {}", stamp.number, p::numbered(lang, held.len() + 1));
                match photos::take(&self.phone, &worker, &shot, &stamp, chosen).await {
                    Ok(taken) => {
                        if taken.as_it_is {
                            self.notes.try_set(vec![d::photo_kept_as_is(lang)]);
                        }
                        if !held.contains(&taken.facts.hash) {
                            self.on_taken.try_run(taken.facts.hash);
                        }
                    }
                    Err(error) => self.fail(&shot, error.words(lang)),
                }
            }
            self.done.try_update(|done| *done += 1);
            self.waiting.try_update(|waiting| *waiting -= 1);
        }
    }

    fn fail(self, shot: &Shot, words: &str) {
        let line = match shot {
            Shot::File(file, _) => format!("{}：{words}", file.name()),
            Shot::Frame(_) => words.to_owned(),
        };
        self.errors.try_update(|errors| errors.push(line));
    }
}

/// What the stamp says of a photo that was chosen: now says nothing of when it was taken.
pub(super) fn chosen(lang: Lang, taken: Option<NaiveDateTime>, at: DateTime<Utc>) -> String {
    match taken {
        Some(taken) => {
            p::chosen_and_taken(lang, format!("{} {}", taken.date(), time::hour_and_minute(&taken)))
        }
        None => p::chosen(lang, time::long(at)),
    }
}
