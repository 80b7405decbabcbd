//! Hazards of a draft: what the answers propose, and the sheets that were opened for it.

use super::OpenDraft;
use crate::{
    form::{
        AnswerKey, Basis, GroupKey, Question,
        session::{FailedQuestion, ProposedFinding},
    },
    id::HazardId,
    limits::HAZARDS,
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

    /// Some verdict is another. The sheets that are open already name what their hazards rest on now, and rise with it where a
    /// graver question has joined; what somebody wrote stays.
    pub(super) fn look_at_hazards(&mut self) {
        self.proposed = self.find_hazards();
        self.bring_sheets_together();
        for (place, proposed) in &self.proposed {
            let basis = self.basis_words(&proposed.basis);
            let Some(form) = self.draft.forms.get_mut(place.form) else { continue };
            for kept in form.findings.iter_mut().filter(|kept| kept.question == place.key) {
                kept.finding.basis.clone_from(&basis);
                if proposed.level > kept.proposed {
                    (kept.proposed, kept.finding.level) = (proposed.level, proposed.level);
                }
            }
        }
    }

    /// Sheets of one hazard may stand at several of its questions: two tabs opened one each, or a question failed that joins what
    /// were two hazards. All go to where the hazard's sheets are shown, or else they would be handed in by nobody.
    pub(super) fn bring_sheets_together(&mut self) {
        for (place, proposed) in &self.proposed {
            if self.draft.forms.get(place.form).is_none() {
                continue;
            }
            for other in proposed.questions.iter().filter(|other| *other != place) {
                let Some(form) = self.draft.forms.get_mut(other.form) else { continue };
                let going: Vec<KeptFinding> = form.findings_of(&other.key).into_iter().cloned().collect();
                form.findings.retain(|kept| kept.question != other.key);
                let Some(form) = self.draft.forms.get_mut(place.form) else { continue };
                for kept in going {
                    form.take_in(&place.key, kept);
                }
            }
        }
    }

    /// An instance is removed: the sheets of hazards that something outside of it is about, too, go over to that.
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
            let going: Vec<KeptFinding> = form.findings_of(&from.key).into_iter().cloned().collect();
            form.findings.retain(|kept| kept.question != from.key);
            if let Some(form) = self.draft.forms.get_mut(to.form) {
                for kept in going {
                    form.push_finding(to.key.clone(), kept.proposed, kept.finding);
                }
            }
        }
    }

    /// The hazard that this failed question belongs to.
    pub fn proposed_at(&self, form: usize, key: &AnswerKey) -> Option<&(FailedQuestion, ProposedFinding)> {
        let is_here = |failed: &FailedQuestion| failed.form == form && failed.key == *key;
        self.proposed.iter().find(|(_, finding)| finding.questions.iter().any(is_here))
    }

    /// The sheets that were opened of what this failed question found, in the order of their numbers.
    pub fn findings(&self, form: usize, key: &AnswerKey) -> Vec<&KeptFinding> {
        self.proposed_at(form, key).map(|(place, _)| self.sheets(place)).unwrap_or_default()
    }

    /// The sheets that are kept at a place.
    pub fn sheets(&self, place: &FailedQuestion) -> Vec<&KeptFinding> {
        let kept = self.draft.forms.get(place.form);
        kept.map(|kept| kept.findings_of(&place.key)).unwrap_or_default()
    }

    /// The first sheet of the hazard that this failed question belongs to, once it was opened.
    pub fn finding(&self, form: usize, key: &AnswerKey) -> Option<&Finding> {
        self.findings(form, key).into_iter().next().map(|kept| &kept.finding)
    }

    /// Changes the first sheet, if it was opened.
    pub fn change_finding(&mut self, form: usize, key: &AnswerKey, change: impl FnOnce(&mut Finding)) {
        let first = self.findings(form, key).first().map(|kept| kept.number);
        if let Some(number) = first {
            self.change_sheet((form, key, number), change);
        }
    }

    /// Changes the sheet of this number, if there is one.
    pub fn change_sheet(
        &mut self,
        (form, key, number): (usize, &AnswerKey, u16),
        change: impl FnOnce(&mut Finding),
    ) {
        let Some((place, _)) = self.proposed_at(form, key).cloned() else { return };
        let kept = self.draft.forms.get_mut(place.form);
        if let Some(finding) = kept.and_then(|kept| kept.finding_mut(&place.key, number)) {
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
        if kept.findings_of(&place.key).is_empty() {
            let finding = Finding::propose(hazard, &proposed, basis, site, today, lang);
            kept.push_finding(place.key, proposed.level, finding);
        }
        true
    }

    /// Whether one more may be written up of what this failed question found: the first is, and there are not too many.
    pub fn may_add_finding(&self, form: usize, key: &AnswerKey) -> bool {
        (1..HAZARDS).contains(&self.findings(form, key).len())
    }

    /// 再记一条: opens one more sheet beside those that are there, and gives its number. All is proposed as for the first but the
    /// words: what tells it from the others only a person knows. None: no more may be added.
    pub fn add_finding(
        &mut self,
        (form, key): (usize, &AnswerKey),
        hazard: HazardId,
        site: &str,
        today: NaiveDate,
        lang: Lang,
    ) -> Option<u16> {
        if !self.may_add_finding(form, key) {
            return None;
        }
        let (place, proposed) = self.proposed_at(form, key).cloned()?;
        let basis = self.basis_words(&proposed.basis);
        let as_proposed = Finding::propose(hazard, &proposed, basis, site, today, lang);
        let finding = Finding { what: String::new(), ..as_proposed };
        let kept = self.draft.forms.get_mut(place.form)?;
        Some(kept.push_finding(place.key, proposed.level, finding))
    }

    /// Takes one of several sheets away; the others stay as they are, and so does the last one: what failed was found.
    pub fn remove_finding(&mut self, form: usize, key: &AnswerKey, number: u16) {
        if self.findings(form, key).len() < 2 {
            return;
        }
        let Some((place, _)) = self.proposed_at(form, key).cloned() else { return };
        if let Some(kept) = self.draft.forms.get_mut(place.form) {
            kept.findings.retain(|kept| kept.question != place.key || kept.number != number);
        }
    }

    /// What a hazard rests on, as its papers name it.
    pub fn basis_words(&self, basis: &Basis) -> String {
        let forms: Vec<_> = self.sessions().iter().map(|session| session.form()).collect();
        basis.words(&forms)
    }

    /// Where the sheet of a hazard is kept: at a question that fails by it, else at one about the same fact that failed before.
    fn place_of(&self, finding: &ProposedFinding) -> Option<FailedQuestion> {
        let kept = self.draft.forms.iter().enumerate().flat_map(|(form, kept)| {
            kept.findings.iter().map(move |kept| FailedQuestion { form, key: kept.question.clone() })
        });
        let about_it = |place: &FailedQuestion| {
            let state = self.question(place.form, &place.key);
            state.is_some_and(|state| is_about(state.question, finding))
        };
        let is_its_own = |place: &FailedQuestion| finding.questions.contains(place);
        let own = kept.clone().find(is_its_own);
        own.or_else(|| kept.clone().find(about_it)).or_else(|| finding.questions.first().cloned())
    }
}

/// Whether the question is about the fact that the hazard is of, failing or not.
fn is_about(question: &Question, finding: &ProposedFinding) -> bool {
    let hazard = question.criterion.as_ref().and_then(|criterion| criterion.finding.hazard.as_deref());
    finding.is_about(hazard, question.fact.as_deref())
}
