//! Two tabs at one visit: what was changed in one is laid over what the other has stored meanwhile, question by question. Whoever
//! answers one knows of the others only what was there when the draft was read, and must not bring that back.

use super::{Draft, DraftForm, Finding, KeptFinding, Position, SignOffDraft};
use crate::{
    form::{Answers, Instances, Response},
    order::sort_by,
    photo::PhotoHash,
};

impl Draft {
    /// What was changed here since `read`, laid over `stored`. Where both changed the same, this one counts: it is later. Photos of
    /// both stay.
    #[must_use]
    pub fn laid_over(&self, read: &Self, stored: &Self) -> Self {
        let forms = laid_forms(&self.forms, &read.forms, &stored.forms);
        let there = if self.position == read.position { stored } else { self };
        let id = there.forms.get(there.position.form).map(|form| &form.form);
        let form = forms.iter().position(|form| Some(&form.form) == id);
        let position = form.map(|form| Position { form, question: there.position.question.clone() });
        Self {
            id: stored.id,
            site: stored.site,
            site_seen: stored.site_seen.clone(),
            nature: *later(&self.nature, &read.nature, &stored.nature),
            administrative: later(&self.administrative, &read.administrative, &stored.administrative).clone(),
            inspector: stored.inspector,
            participants: later(&self.participants, &read.participants, &stored.participants).clone(),
            outcome: *later(&self.outcome, &read.outcome, &stored.outcome),
            started_at: stored.started_at,
            order: stored.order,
            location: *later(&self.location, &read.location, &stored.location),
            forms,
            position: position.unwrap_or_default(),
            note: later(&self.note, &read.note, &stored.note).clone(),
            photos: laid_photos(&self.photos, &read.photos, &stored.photos),
            sign_off: laid_sign_off(&self.sign_off, &read.sign_off, &stored.sign_off),
        }
    }

    /// Whether the same was given in both, wherever the thumb is and whatever was opened and left as it was.
    pub fn gives_the_same(&self, other: &Self) -> bool {
        self.given_alone() == other.given_alone()
    }

    fn given_alone(&self) -> Self {
        let mut draft = Self { position: Position::default(), ..self.clone() };
        for form in &mut draft.forms {
            form.answers.responses.retain(|given| !given.is_empty());
            sort_by(&mut form.answers.responses, |a, b| a.key.cmp(&b.key));
            sort_by(&mut form.answers.instances, |a, b| a.repeat.cmp(&b.repeat));
            sort_by(&mut form.findings, |a, b| (&a.question, a.number).cmp(&(&b.question, b.number)));
        }
        draft.forms.retain(|form| !form.is_untouched());
        draft
    }
}

impl DraftForm {
    fn laid_over(&self, read: Option<&Self>, stored: &Self) -> Self {
        let none = Self { answers: Answers::default(), findings: vec![], ..stored.clone() };
        let read = read.unwrap_or(&none);
        Self {
            form: stored.form.clone(),
            version: stored.version,
            only: stored.only.clone(),
            answers: laid_answers(&self.answers, &read.answers, &stored.answers),
            findings: laid_findings(&self.findings, &read.findings, &stored.findings),
        }
    }
}

/// In the order stored, then what is new here; a session puts them into its own. What stands in an instance that is gone is gone
/// with it.
fn laid_answers(here: &Answers, read: &Answers, stored: &Answers) -> Answers {
    let mut responses = vec![];
    for there in &stored.responses {
        let (mine, before) = (here.response(&there.key), read.response(&there.key));
        match (mine, before) {
            (Some(mine), before) => responses.push(laid_response(mine, before, there)),
            (None, Some(before)) if before == there => {}
            (None, _) => responses.push(there.clone()),
        }
    }
    let is_new =
        |given: &&Response| stored.response(&given.key).is_none() && read.response(&given.key) != Some(given);
    responses.extend(here.responses.iter().filter(is_new).cloned());
    Answers {
        responses,
        instances: laid_instances(&here.instances, &read.instances, &stored.instances),
        aside: later(&here.aside, &read.aside, &stored.aside).clone(),
    }
}

fn laid_response(here: &Response, read: Option<&Response>, stored: &Response) -> Response {
    let none = Response::new(stored.key.clone());
    let read = read.unwrap_or(&none);
    // What was typed stands in place of an answer: they are one.
    let answered = |given: &Response| (given.answer.clone(), given.typed.clone());
    let (answer, typed) = later(&answered(here), &answered(read), &answered(stored)).clone();
    Response {
        key: stored.key.clone(),
        answer,
        typed,
        note: later(&here.note, &read.note, &stored.note).clone(),
        photos: laid_photos(&here.photos, &read.photos, &stored.photos),
    }
}

/// Instances that either added are there, instances that either removed are not.
fn laid_instances(here: &[Instances], read: &[Instances], stored: &[Instances]) -> Vec<Instances> {
    let of =
        |all: &'_ [Instances], one: &Instances| all.iter().find(|known| known.repeat == one.repeat).cloned();
    let mut laid = vec![];
    for there in stored {
        let Some(mine) = of(here, there) else {
            // What stood in an instance that was removed here is gone with it.
            if of(read, there).as_ref() != Some(there) {
                laid.push(there.clone());
            }
            continue;
        };
        let before = of(read, there).map(|known| known.numbers).unwrap_or_default();
        let stays = |number: &&u16| mine.numbers.contains(number) || !before.contains(number);
        let mut numbers: Vec<u16> = there.numbers.iter().filter(stays).copied().collect();
        let new = |number: &&u16| !before.contains(number) && !there.numbers.contains(number);
        numbers.extend(mine.numbers.iter().filter(new));
        laid.push(Instances { repeat: there.repeat.clone(), numbers, next: there.next.max(mine.next) });
    }
    laid.extend(here.iter().filter(|mine| of(stored, mine).is_none()).cloned());
    laid
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

/// Where both wrote one, the words are those of this one. What was thrown away here, and is there as it was read, stays away. Where
/// both wrote up one more, there are two more: the later one gets the next number, and is known by its hazard.
fn laid_findings(here: &[KeptFinding], read: &[KeptFinding], stored: &[KeptFinding]) -> Vec<KeptFinding> {
    let of =
        |all: &'_ [KeptFinding], one: &KeptFinding| all.iter().find(|known| is_same(known, one)).cloned();
    let laid = stored.iter().filter_map(|there| match (of(here, there), of(read, there)) {
        (Some(mine), before) => {
            let before = before.map(|known| known.finding);
            let finding = laid_finding(&mine.finding, before.as_ref(), &there.finding);
            Some(KeptFinding { finding, proposed: mine.proposed, ..there.clone() })
        }
        (None, Some(before)) if before.finding == there.finding => None,
        (None, _) => Some(there.clone()),
    });
    let mut laid: Vec<_> = laid.collect();
    for mine in here.iter().filter(|mine| of(stored, mine).is_none() && !read.contains(mine)) {
        let of_question = laid.iter().filter(|known| known.question == mine.question);
        let numbers: Vec<u16> = of_question.map(|known| known.number).collect();
        let next = numbers.iter().max().map_or(0, |last| last.saturating_add(1));
        let number = if numbers.contains(&mine.number) { next } else { mine.number };
        laid.push(KeptFinding { number, ..mine.clone() });
    }
    // Each took away what the other kept, and neither the last one: whoever is here goes on with what is seen here.
    let is_bare = |mine: &&KeptFinding| {
        let at_it = |all: &[KeptFinding]| all.iter().any(|known| known.question == mine.question);
        at_it(stored) && !at_it(laid.as_slice())
    };
    let kept: Vec<KeptFinding> = here.iter().filter(is_bare).cloned().collect();
    laid.extend(kept);
    laid
}

/// The first sheet of a question is one, whoever opened it; of the others each is its hazard's.
fn is_same(one: &KeptFinding, other: &KeptFinding) -> bool {
    let is_first = one.number == 0 && other.number == 0;
    one.question == other.question && (is_first || one.finding.hazard == other.finding.hazard)
}

fn laid_finding(here: &Finding, read: Option<&Finding>, stored: &Finding) -> Finding {
    let before = |photos: fn(&Finding) -> &[PhotoHash]| read.map(photos).unwrap_or_default();
    let photos = laid_photos(&here.photos, before(|finding| finding.photos.as_slice()), &stored.photos);
    let after = laid_photos(&here.after, before(|finding| finding.after.as_slice()), &stored.after);
    let laid = if read == Some(here) { stored } else { here };
    Finding { photos, after, ..laid.clone() }
}

/// What was written hangs together: of two, the words and lines of this one count.
fn laid_sign_off(here: &SignOffDraft, read: &SignOffDraft, stored: &SignOffDraft) -> SignOffDraft {
    let photos = laid_photos(&here.photos, &read.photos, &stored.photos);
    SignOffDraft { photos, ..later(here, read, stored).clone() }
}

/// Photos are added and taken out one by one: what was taken in either tab is there, what was taken out in either is not. A
/// photo that no draft names any more would be cleared away.
pub(crate) fn laid_photos(here: &[PhotoHash], read: &[PhotoHash], stored: &[PhotoHash]) -> Vec<PhotoHash> {
    // One that was drawn on stands where it stood before.
    if here == read || stored == read {
        return later(&here, &read, &stored).to_vec();
    }
    let stays = |photo: &&PhotoHash| here.contains(photo) || !read.contains(photo);
    let new = |photo: &&PhotoHash| !read.contains(photo) && !stored.contains(photo);
    stored.iter().filter(stays).chain(here.iter().filter(new)).cloned().collect()
}

pub(super) fn of<'a>(forms: &'a [DraftForm], form: &DraftForm) -> Option<&'a DraftForm> {
    forms.iter().find(|known| known.form == form.form)
}

pub(crate) fn later<'a, T: PartialEq>(here: &'a T, read: &T, stored: &'a T) -> &'a T {
    if here == read { stored } else { here }
}
