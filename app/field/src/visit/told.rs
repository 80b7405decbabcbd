//! Who is told of a change: the questions that it names, and whoever shows how the form is laid out or what hazards there are.

use domain::form::{AnswerKey, GroupKey, session::Change};
use leptos::prelude::*;
use std::{collections::BTreeMap, sync::RwLock};

pub struct Told {
    forms: Vec<OfForm>,
    /// Which hazards there are, and what is written in their sheets.
    hazards: ArcTrigger,
}

struct OfForm {
    questions: Triggers<AnswerKey>,
    /// Which instances they have.
    repeats: Triggers<GroupKey>,
    structure: ArcTrigger,
}

impl Told {
    pub fn new(forms: usize) -> Self {
        let of_form = |_| OfForm {
            questions: Triggers::default(),
            repeats: Triggers::default(),
            structure: ArcTrigger::new(),
        };
        Self { forms: (0..forms).map(of_form).collect(), hazards: ArcTrigger::new() }
    }

    pub fn hazards(&self) -> ArcTrigger {
        self.hazards.clone()
    }

    /// None: there is no such form.
    pub fn structure(&self, form: usize) -> Option<ArcTrigger> {
        self.forms.get(form).map(|of_form| of_form.structure.clone())
    }

    pub fn question(&self, form: usize, key: &AnswerKey) -> Option<ArcTrigger> {
        self.forms.get(form)?.questions.of(key)
    }

    pub fn repeat(&self, form: usize, key: &GroupKey) -> Option<ArcTrigger> {
        self.forms.get(form)?.repeats.of(key)
    }

    /// Tells of what changed, form by form; several such rounds may follow one another.
    pub fn tell(&self, changes: &[Change]) {
        for (at, change) in changes.iter().enumerate() {
            if let Some(of_form) = self.forms.get(at % self.forms.len().max(1)) {
                of_form.tell(change);
            }
        }
        if changes.iter().any(|change| !change.verdicts.is_empty()) {
            self.hazards.notify();
        }
    }
}

impl OfForm {
    fn tell(&self, change: &Change) {
        let Change {
            shown,
            hidden,
            groups_shown,
            groups_hidden,
            instances,
            answers,
            choices,
            marks,
            verdicts,
        } = change;
        let verdicts = verdicts.iter().map(|(key, _)| key);
        self.questions.notify([shown, hidden, answers, choices, marks].into_iter().flatten().chain(verdicts));
        self.repeats.notify(instances.iter());
        let moved = [groups_shown, groups_hidden, instances].into_iter().any(|keys| !keys.is_empty());
        if moved || !shown.is_empty() || !hidden.is_empty() {
            self.structure.notify();
        }
    }
}

/// A trigger for each thing that somebody looks at.
struct Triggers<K>(RwLock<BTreeMap<K, ArcTrigger>>);

impl<K> Default for Triggers<K> {
    fn default() -> Self {
        Self(RwLock::default())
    }
}

impl<K: Ord + Clone> Triggers<K> {
    fn of(&self, key: &K) -> Option<ArcTrigger> {
        let mut known = self.0.write().ok()?;
        if let Some(known) = known.get(key) {
            return Some(known.clone());
        }
        let told = ArcTrigger::new();
        known.insert(key.clone(), told.clone());
        Some(told)
    }

    fn notify<'a>(&self, keys: impl Iterator<Item = &'a K>)
    where
        K: 'a,
    {
        if let Ok(known) = self.0.read() {
            keys.filter_map(|key| known.get(key)).for_each(Notify::notify);
        }
    }
}
