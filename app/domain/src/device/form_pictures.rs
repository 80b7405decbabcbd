//! 示例图 on a phone: which pictures its forms show, and which of them nobody shows any more.

use crate::{order::collected, photo::PhotoHash};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What each form shows, by the key of its record. A version never changes: it is looked through once, and not whenever the
/// phone rests.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FormPictures(BTreeMap<String, BTreeSet<PhotoHash>>);

impl FormPictures {
    /// Of these forms those that were not looked through yet.
    pub fn unread(&self, mut forms: Vec<String>) -> Vec<String> {
        forms.retain(|form| !self.0.contains_key(form));
        forms
    }

    pub fn put(&mut self, form: String, pictures: BTreeSet<PhotoHash>) {
        self.0.insert(form, pictures);
    }

    /// All that are shown, each once.
    pub fn shown(&self) -> BTreeSet<PhotoHash> {
        collected(self.0.values().flatten().cloned())
    }

    /// Forgets forms that are here no more. Gives the pictures that go with them: those that neither another form nor a draft
    /// shows.
    pub fn prune(&mut self, here: &[String], drafts: &BTreeSet<PhotoHash>) -> Vec<PhotoHash> {
        let mut gone = self.shown();
        self.0.retain(|form, pictures| {
            if here.contains(form) {
                return true;
            }
            pictures.retain(|picture| drafts.contains(picture));
            !pictures.is_empty()
        });
        for picture in self.shown() {
            gone.remove(&picture);
        }
        gone.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(name: &str) -> PhotoHash {
        PhotoHash::of(name.as_bytes())
    }

    fn pictures(names: &[&str]) -> BTreeSet<PhotoHash> {
        names.iter().map(|name| picture(name)).collect()
    }

    fn keys(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn of_two_versions() -> FormPictures {
        let mut known = FormPictures::default();
        known.put("form/a@1".to_owned(), pictures(&["gauge", "hose"]));
        known.put("form/a@2".to_owned(), pictures(&["gauge"]));
        known.put("form/b@1".to_owned(), pictures(&[]));
        known
    }

    #[test]
    fn a_form_is_looked_through_once() {
        let known = of_two_versions();
        assert_eq!(known.unread(keys(&["form/a@2", "form/a@3", "form/b@1"])), ["form/a@3"]);
        assert_eq!(known.shown(), pictures(&["gauge", "hose"]));
    }

    #[test]
    fn what_another_version_shows_stays_and_the_rest_goes() {
        let mut known = of_two_versions();
        assert_eq!(known.prune(&keys(&["form/a@2", "form/b@1"]), &pictures(&[])), [picture("hose")]);
        assert_eq!(known.shown(), pictures(&["gauge"]));
        assert_eq!(known.prune(&[], &pictures(&[])), [picture("gauge")]);
        assert_eq!(known, FormPictures::default());
    }

    #[test]
    fn what_a_draft_shows_stays_until_the_draft_ends() {
        let mut known = of_two_versions();
        let here = keys(&["form/a@2", "form/b@1"]);
        assert_eq!(known.prune(&here, &pictures(&["hose"])), []);
        assert_eq!(known.shown(), pictures(&["gauge", "hose"]), "it may still have to be fetched");
        assert_eq!(known.prune(&here, &pictures(&[])), [picture("hose")]);
    }
}
