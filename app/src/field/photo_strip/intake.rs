//! Files are taken in one after the other; one that cannot be taken says why and the rest go on.

use crate::{
    device::{
        DeviceError,
        photos::{self, Stamp},
    },
    i18n::{Lang, device as d, hazards as t, use_lang},
};
use domain::photo::{PhotoFacts, PhotoHash, Source};
use leptos::{prelude::*, task::spawn_local};
use std::collections::VecDeque;
use web_sys::File;

/// Files on their way in.
#[derive(Clone, Copy)]
pub struct Intake {
    lang: Lang,
    photos: Signal<Vec<PhotoHash>>,
    stamp: StoredValue<Stamp>,
    on_taken: Callback<PhotoHash>,
    queue: StoredValue<VecDeque<(File, Source)>, LocalStorage>,
    /// In the queue and under way.
    pub waiting: RwSignal<usize>,
    pub errors: RwSignal<Vec<String>>,
    /// What is worth knowing and no error.
    pub notes: RwSignal<Vec<&'static str>>,
}

impl Intake {
    pub fn new(photos: Signal<Vec<PhotoHash>>, stamp: Stamp, on_taken: Callback<PhotoHash>) -> Self {
        Self {
            lang: use_lang(),
            photos,
            stamp: StoredValue::new(stamp),
            on_taken,
            queue: StoredValue::new_local(VecDeque::new()),
            waiting: RwSignal::new(0),
            errors: RwSignal::new(vec![]),
            notes: RwSignal::new(vec![]),
        }
    }

    pub fn take(self, files: Vec<File>, source: Source) {
        if files.is_empty() {
            return;
        }
        let idle = self.waiting.get_untracked() == 0;
        self.waiting.update(|waiting| *waiting += files.len());
        self.queue.update_value(|queue| queue.extend(files.into_iter().map(|file| (file, source))));
        if idle {
            self.errors.set(vec![]);
            self.notes.set(vec![]);
            spawn_local(self.work());
        }
    }

    /// Ends when the queue is empty, or gone with the screen.
    async fn work(self) {
        let lang = self.lang;
        while let Some((file, source)) = self.queue.try_update_value(VecDeque::pop_front).flatten() {
            let (name, stamp) = (file.name(), self.stamp.try_get_value().unwrap_or_default());
            let held = self.photos.try_get_untracked().unwrap_or_default();
            if held.len() >= PhotoFacts::MOST {
                self.fail(&name, &t::photos_full(lang, PhotoFacts::MOST));
            } else {
                match photos::take(file, source, &stamp).await {
                    Ok(taken) => {
                        if taken.as_it_is {
                            self.notes.try_set(vec![d::photo_kept_as_is(lang)]);
                        }
                        if !held.contains(&taken.facts.hash) {
                            self.on_taken.try_run(taken.facts.hash);
                        }
                    }
                    Err(error) => self.fail(&name, DeviceError::words(&error, lang)),
                }
            }
            self.waiting.try_update(|waiting| *waiting -= 1);
        }
    }

    fn fail(self, file: &str, words: &str) {
        self.errors.try_update(|errors| errors.push(format!("{file}：{words}")));
    }
}
