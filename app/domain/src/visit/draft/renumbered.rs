//! Two tabs at one visit may add to the same repeat at the same time, and each gives the next number that it knows of. Where the
//! numbers meet, what the later one added is stored by another number, with all that was given in it. In the tab itself it keeps
//! the number that it has, until the draft is read again: nothing moves under a thumb.

use super::{Draft, DraftForm, merge::of};
use crate::{
    form::{Entry, Form, GroupKey, Instances, Repeat},
    id::FormId,
    order::sort_by_key,
};
use std::collections::BTreeMap;

/// Numbers of instances as a tab knows them, with what they are stored as where that is another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Renumbered(BTreeMap<(FormId, GroupKey, u16), u16>);

/// The repeats around each entry of a form, the outermost first.
type Around<'a> = BTreeMap<&'a str, Vec<&'a Repeat>>;

impl Renumbered {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Finds numbers for what was added `here` since `read` under numbers that `stored` has given to something else. Where an
    /// answer says how many instances there are, both tabs mean the same ones. What is filled in from none of the forms stays.
    pub fn tell_apart(&mut self, here: &Draft, read: &Draft, stored: &Draft, forms: &[Form]) {
        for kept in &here.forms {
            let known = forms.iter().find(|form| kept.is_of(form));
            let (Some(form), Some(there)) = (known, of(&stored.forms, kept)) else { continue };
            let around = around(form);
            let before = of(&read.forms, kept);
            let mut all: Vec<&Instances> = kept.answers.instances.iter().collect();
            // What a repeat stands in is told apart before it.
            sort_by_key(&mut all, |mine| mine.repeat.instance.len());
            for mine in all.into_iter().filter(|mine| !is_counted(form, &mine.repeat)) {
                let before = before.and_then(|before| instances(before, &mine.repeat));
                let before = before.map(|before| before.numbers.as_slice()).unwrap_or_default();
                let stored_as = GroupKey {
                    group: mine.repeat.group.clone(),
                    instance: self.path(form, &around, mine.repeat.group.as_str(), &mine.repeat.instance),
                };
                if let Some(there) = instances(there, &stored_as) {
                    self.tell_numbers_apart(&form.id, mine, before, there);
                }
            }
        }
    }

    fn tell_numbers_apart(&mut self, form: &FormId, mine: &Instances, before: &[u16], there: &Instances) {
        let is_given = |number: u16| number < there.next || there.numbers.contains(&number);
        let mut next = there.next.max(mine.next);
        for number in mine.numbers.iter().filter(|number| !before.contains(number)) {
            let key = (form.clone(), mine.repeat.clone(), *number);
            if is_given(self.0.get(&key).copied().unwrap_or(*number)) {
                // There are no numbers left: what was given is laid over what stands there.
                let Some(following) = next.checked_add(1) else { return };
                self.0.insert(key, next);
                next = following;
            }
        }
    }

    /// A draft of this tab as it is to be stored. `forms`: as in [`tell_apart`](Self::tell_apart).
    #[must_use]
    pub fn applied(&self, draft: &Draft, forms: &[Form]) -> Draft {
        let mut draft = draft.clone();
        for (at, kept) in draft.forms.iter_mut().enumerate() {
            let Some(form) = forms.iter().find(|form| kept.is_of(form)) else { continue };
            let around = around(form);
            let follow = |name: &str, instance: &mut Vec<u16>| {
                *instance = self.path(form, &around, name, instance);
            };
            for response in &mut kept.answers.responses {
                follow(response.key.question.as_str(), &mut response.key.instance);
            }
            for known in &mut kept.answers.instances {
                for number in &mut known.numbers {
                    *number = self.number(form, &known.repeat, *number);
                    known.next = known.next.max(number.saturating_add(1));
                }
                follow(known.repeat.group.as_str(), &mut known.repeat.instance);
            }
            for kept in &mut kept.findings {
                follow(kept.question.question.as_str(), &mut kept.question.instance);
            }
            if let Some(key) = draft.position.question.as_mut().filter(|_| draft.position.form == at) {
                follow(key.question.as_str(), &mut key.instance);
            }
        }
        draft
    }

    fn number(&self, form: &Form, repeat: &GroupKey, number: u16) -> u16 {
        let key = (form.id.clone(), repeat.clone(), number);
        self.0.get(&key).copied().unwrap_or(number)
    }

    /// The instances that an entry stands in, as they are stored.
    fn path(&self, form: &Form, around: &Around<'_>, name: &str, instance: &[u16]) -> Vec<u16> {
        let repeats = around.get(name).map(Vec::as_slice).unwrap_or_default();
        if repeats.len() != instance.len() {
            return instance.to_vec();
        }
        let stored = repeats.iter().zip(instance).enumerate().map(|(depth, (repeat, number))| {
            let key = GroupKey { group: repeat.id.clone(), instance: instance[..depth].to_vec() };
            self.number(form, &key, *number)
        });
        stored.collect()
    }
}

impl Draft {
    /// Whether an instance stands here that was not in `read`.
    pub fn adds_instances(&self, read: &Self) -> bool {
        self.forms.iter().any(|form| {
            let before = of(&read.forms, form);
            form.answers.instances.iter().any(|mine| {
                let before = before.and_then(|before| instances(before, &mine.repeat));
                let is_new = |number: &u16| !before.is_some_and(|before| before.numbers.contains(number));
                mine.numbers.iter().any(is_new)
            })
        })
    }
}

fn instances<'a>(form: &'a DraftForm, repeat: &GroupKey) -> Option<&'a Instances> {
    form.answers.instances.iter().find(|known| known.repeat == *repeat)
}

fn is_counted(form: &Form, repeat: &GroupKey) -> bool {
    form.all_entries().into_iter().any(|entry| match entry {
        Entry::Repeat(known) => known.id == repeat.group && known.count.is_some(),
        Entry::Group(_) | Entry::Question(_) => false,
    })
}

fn around(form: &Form) -> Around<'_> {
    let mut all = Around::new();
    put_around(&form.entries, &[], &mut all);
    all
}

fn put_around<'a>(entries: &'a [Entry], inside: &[&'a Repeat], all: &mut Around<'a>) {
    for entry in entries {
        all.insert(entry.name(), inside.to_vec());
        match entry {
            Entry::Repeat(repeat) => put_around(&repeat.entries, &[inside, &[repeat]].concat(), all),
            Entry::Group(group) => put_around(&group.entries, inside, all),
            Entry::Question(_) => {}
        }
    }
}
