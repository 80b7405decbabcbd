//! Two tabs at one visit: what was changed in one is laid over what the other has stored meanwhile, item by item. Whoever
//! answers an item knows of the others only what was there when the draft was read, and must not bring that back.

use super::{Draft, DraftForm, Finding, ItemResponse, Position};
use crate::photo::PhotoHash;

impl Draft {
    /// What was changed here since `read`, laid over `stored`. Where both changed the same, this one counts: it is later. Photos of
    /// both stay.
    #[must_use]
    pub fn laid_over(&self, read: &Self, stored: &Self) -> Self {
        let forms = laid_forms(&self.forms, &read.forms, &stored.forms);
        let there = if self.position == read.position { stored } else { self };
        let checklist = there.forms.get(there.position.form).map(|form| &form.checklist);
        let form = forms.iter().position(|form| Some(&form.checklist) == checklist);
        let position = form.map(|form| Position { form, item: there.position.item.clone() });
        Self {
            id: stored.id,
            site: stored.site,
            kinds: stored.kinds.clone(),
            nature: *later(&self.nature, &read.nature, &stored.nature),
            inspector: stored.inspector,
            participants: later(&self.participants, &read.participants, &stored.participants).clone(),
            outcome: *later(&self.outcome, &read.outcome, &stored.outcome),
            started_at: stored.started_at,
            location: *later(&self.location, &read.location, &stored.location),
            forms,
            position: position.unwrap_or_default(),
            note: later(&self.note, &read.note, &stored.note).clone(),
            photos: laid_photos(&self.photos, &read.photos, &stored.photos),
        }
    }

    /// Whether the same was given in both, wherever the thumb is and whatever was opened and left as it was.
    pub fn gives_the_same(&self, other: &Self) -> bool {
        self.given_alone() == other.given_alone()
    }

    fn given_alone(&self) -> Self {
        let mut draft = Self { position: Position::default(), ..self.clone() };
        for form in &mut draft.forms {
            form.items.retain(|_, given| *given != ItemResponse::default());
        }
        draft.forms.retain(|form| !form.is_untouched());
        draft
    }
}

impl DraftForm {
    fn laid_over(&self, read: Option<&Self>, stored: &Self) -> Self {
        let (none, mut laid) = (ItemResponse::default(), stored.clone());
        for (id, given) in &self.items {
            let read = read.and_then(|form| form.items.get(id)).unwrap_or(&none);
            let there = stored.items.get(id).unwrap_or(&none);
            laid.items.insert(id.clone(), given.laid_over(read, there));
        }
        laid
    }
}

impl ItemResponse {
    fn laid_over(&self, read: &Self, stored: &Self) -> Self {
        // What was typed stands in place of an answer: they are one.
        let answered = |given: &Self| (given.answer.clone(), given.typed.clone());
        let (answer, typed) = later(&answered(self), &answered(read), &answered(stored)).clone();
        Self {
            answer,
            typed,
            note: later(&self.note, &read.note, &stored.note).clone(),
            photos: laid_photos(&self.photos, &read.photos, &stored.photos),
            finding: laid_finding(self.finding.as_ref(), read.finding.as_ref(), stored.finding.as_ref()),
        }
    }
}

/// In the order stored, then what is new here. A form is gone where either took it out and nothing was given in it.
fn laid_forms(here: &[DraftForm], read: &[DraftForm], stored: &[DraftForm]) -> Vec<DraftForm> {
    let mut laid = vec![];
    for there in stored {
        let before = of(read, there);
        match of(here, there) {
            Some(form) => laid.push(form.laid_over(before, there)),
            None if before.is_some() && there.is_untouched() => {}
            None => laid.push(there.clone()),
        }
    }
    let new = here.iter().filter(|form| of(stored, form).is_none() && of(read, form) != Some(form));
    laid.extend(new.cloned());
    laid
}

/// Where both wrote it, the words are those of this one.
fn laid_finding(here: Option<&Finding>, read: Option<&Finding>, stored: Option<&Finding>) -> Option<Finding> {
    let laid = later(&here, &read, &stored).cloned();
    let (Some(here), Some(stored)) = (here, stored) else { return laid };
    let before = |photos: fn(&Finding) -> &[PhotoHash]| read.map(photos).unwrap_or_default();
    let photos = laid_photos(&here.photos, before(|finding| finding.photos.as_slice()), &stored.photos);
    let after = laid_photos(&here.after, before(|finding| finding.after.as_slice()), &stored.after);
    laid.map(|laid| Finding { photos, after, ..laid })
}

/// Photos are added and taken out one by one: what was taken in either tab is there, what was taken out in either is not. A
/// photo that no draft names any more would be cleared away.
fn laid_photos(here: &[PhotoHash], read: &[PhotoHash], stored: &[PhotoHash]) -> Vec<PhotoHash> {
    // One that was drawn on stands where it stood before.
    if here == read || stored == read {
        return later(&here, &read, &stored).to_vec();
    }
    let stays = |photo: &&PhotoHash| here.contains(photo) || !read.contains(photo);
    let new = |photo: &&PhotoHash| !read.contains(photo) && !stored.contains(photo);
    stored.iter().filter(stays).chain(here.iter().filter(new)).cloned().collect()
}

fn of<'a>(forms: &'a [DraftForm], form: &DraftForm) -> Option<&'a DraftForm> {
    forms.iter().find(|known| known.checklist == form.checklist)
}

fn later<'a, T: PartialEq>(here: &'a T, read: &T, stored: &'a T) -> &'a T {
    if here == read { stored } else { here }
}
