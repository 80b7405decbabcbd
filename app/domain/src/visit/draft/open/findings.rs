//! Hazards of a draft: what the answers propose, and the sheets that were opened for it.

use super::OpenDraft;
use crate::{
    form::{
        AnswerKey, Basis, GroupKey, Question,
        session::{FailedQuestion, ProposedFinding},
    },
    id::HazardId,
    text::Lang,
    visit::{Finding, KeptFinding},
};
use chrono::NaiveDate;

impl OpenDraft {
    /// The hazards that the answers of all forms propose, each with the place of its sheet: where one was opened about the same
    /// fact, else at the question that weighs most.
    pub fn proposed(&self) -> &[(FailedQuestion, ProposedFinding)] {
        &self.proposed
    }

    pub(super) fn find_hazards(&self) -> Vec<(FailedQuestion, ProposedFinding)> {
        let proposed = self.forms.findings().into_iter();
        proposed.filter_map(|finding| Some((self.place_of(&finding)?, finding))).collect()
    }

    /// Some verdict is another. A sheet that is open already names what its hazard rests on now, and rises with it where a graver
    /// question has joined; what somebody wrote stays.
    pub(super) fn look_at_hazards(&mut self) {
        self.proposed = self.find_hazards();
        for (place, proposed) in &self.proposed {
            let basis = self.basis_words(&proposed.basis);
            let kept = self.draft.forms.get_mut(place.form);
            let kept = kept.and_then(|form| form.findings.iter_mut().find(|kept| kept.question == place.key));
            let Some(kept) = kept else { continue };
            kept.finding.basis = basis;
            if proposed.level > kept.proposed {
                (kept.proposed, kept.finding.level) = (proposed.level, proposed.level);
            }
        }
    }

    /// An instance is removed: the sheet of a hazard that something outside of it is about, too, goes over to that.
    pub(super) fn keep_hazards_of_others(&mut self, form: usize, repeat: &GroupKey, number: u16) {
        let Some(known) = self.form(form) else { return };
        let inside = |key: &AnswerKey| {
            let depth = repeat.instance.len();
            let path = key.instance.get(..depth) == Some(repeat.instance.as_slice());
            path && key.instance.get(depth) == Some(&number) && known.stands_in(&repeat.group, &key.question)
        };
        let is_inside = |failed: &FailedQuestion| failed.form == form && inside(&failed.key);
        let moved =
            self.proposed.iter().filter(|(place, _)| is_inside(place)).filter_map(|(place, finding)| {
                let other = finding.questions.iter().find(|failed| !is_inside(failed))?;
                Some((place.clone(), other.clone()))
            });
        for (from, to) in moved.collect::<Vec<_>>() {
            let Some(form) = self.draft.forms.get_mut(from.form) else { continue };
            let Some(at) = form.findings.iter().position(|kept| kept.question == from.key) else { continue };
            let kept = form.findings.remove(at);
            if let Some(form) = self.draft.forms.get_mut(to.form) {
                form.findings.push(KeptFinding { question: to.key, ..kept });
            }
        }
    }

    /// The hazard that this failed question belongs to.
    pub fn proposed_at(&self, form: usize, key: &AnswerKey) -> Option<&(FailedQuestion, ProposedFinding)> {
        let is_here = |failed: &FailedQuestion| failed.form == form && failed.key == *key;
        self.proposed.iter().find(|(_, finding)| finding.questions.iter().any(is_here))
    }

    /// The sheet of the hazard that this failed question belongs to, once it was opened.
    pub fn finding(&self, form: usize, key: &AnswerKey) -> Option<&Finding> {
        let (place, _) = self.proposed_at(form, key)?;
        self.draft.forms.get(place.form)?.finding(&place.key)
    }

    /// Changes the sheet, if it was opened.
    pub fn change_finding(&mut self, form: usize, key: &AnswerKey, change: impl FnOnce(&mut Finding)) {
        let Some((place, _)) = self.proposed_at(form, key).cloned() else { return };
        let kept = self.draft.forms.get_mut(place.form);
        if let Some(finding) = kept.and_then(|kept| kept.finding_mut(&place.key)) {
            change(finding);
        }
    }

    /// Opens the sheet of a failed question's hazard, everything already proposed; one that was opened stays as it is.
    /// `site`: who answers for the site. False: the question does not fail.
    pub fn open_finding(
        &mut self,
        (form, key): (usize, &AnswerKey),
        hazard: HazardId,
        site: &str,
        today: NaiveDate,
        lang: Lang,
    ) -> bool {
        let Some((place, proposed)) = self.proposed_at(form, key).cloned() else { return false };
        let basis = self.basis_words(&proposed.basis);
        let Some(kept) = self.draft.forms.get_mut(place.form) else { return false };
        if kept.finding(&place.key).is_none() {
            let finding = Finding::propose(hazard, &proposed, basis, site, today, lang);
            kept.findings.push(KeptFinding { question: place.key, proposed: proposed.level, finding });
        }
        true
    }

    /// What a hazard rests on, as its papers name it.
    pub fn basis_words(&self, basis: &Basis) -> String {
        let forms: Vec<_> = self.sessions().iter().map(|session| session.form()).collect();
        basis.words(&forms)
    }

    /// Where the sheet of a hazard is kept.
    fn place_of(&self, finding: &ProposedFinding) -> Option<FailedQuestion> {
        let kept = self.draft.forms.iter().enumerate().flat_map(|(form, kept)| {
            kept.findings.iter().map(move |kept| FailedQuestion { form, key: kept.question.clone() })
        });
        let about_it = |place: &FailedQuestion| {
            let is_its_own = finding.questions.contains(place);
            is_its_own
                || self
                    .question(place.form, &place.key)
                    .is_some_and(|state| is_about(state.question, finding))
        };
        let mut kept = kept.filter(about_it);
        kept.next().or_else(|| finding.questions.first().cloned())
    }
}

/// Whether the question is about the fact that the hazard is of, failing or not.
fn is_about(question: &Question, finding: &ProposedFinding) -> bool {
    let hazard = question.criterion.as_ref().and_then(|criterion| criterion.finding.hazard.as_deref());
    finding.is_about(hazard, question.fact.as_deref())
}
