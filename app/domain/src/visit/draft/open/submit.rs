//! Sealing a draft.

use super::OpenDraft;
use crate::{
    form::{
        Answer, AnswerKey, Verdict,
        session::{FailedQuestion, ProposedFinding, Recorded, Session},
    },
    hazard::HazardCommand,
    id::{HazardId, QuestionId},
    limits::{
        ANSWERS, Checked, Field, HAZARDS, check_count,
        operations::{check_command, tidy},
        tidy_text,
    },
    order::{collected, sort_by_key},
    visit::{
        CompletedVisit, DraftIssue, FilledForm, KeptFinding, RecordedAnswer, SignOff, SignOffAsked,
        ValidationIssue, Visit,
    },
};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

impl OpenDraft {
    /// All that stands between it and submission: form after form, then the visit itself.
    pub fn issues(&self) -> Vec<DraftIssue> {
        let mut issues = vec![];
        for form in 0..self.sessions().len() {
            let of_form = self.form_issues(form).into_iter();
            issues.extend(of_form.map(|issue| DraftIssue::Question { form, issue }));
        }
        if self.draft.forms.is_empty() && self.draft.outcome.is_done() {
            issues.push(DraftIssue::NeedsForm);
        }
        if self.draft.nature.is_administrative() != self.draft.administrative.is_some() {
            issues.push(DraftIssue::NeedsInspection);
        }
        // As it will be sealed: what nobody can see is no word.
        if self.draft.outcome().needs_note() && tidy_text(&self.draft.note).is_empty() {
            issues.push(DraftIssue::NeedsNote);
        }
        if self.offers_sign_off() {
            issues.extend(self.draft.sign_off.lacks().into_iter().map(DraftIssue::SignOff));
        }
        issues.extend(self.draft.check_whole().err().map(DraftIssue::OverLimit));
        issues.extend(self.check_answers().err().map(DraftIssue::OverLimit));
        issues
    }

    /// How far the people of the site are asked to sign. `answered_for`: somebody is known who answers for the site.
    pub fn sign_off_asked(&self, answered_for: bool) -> SignOffAsked {
        let is_for_site = |(place, proposed): &(FailedQuestion, ProposedFinding)| {
            let sheets = self.sheets(place);
            if sheets.is_empty() {
                proposed.responsible.kind().is_site()
            } else {
                sheets.iter().any(|kept| kept.finding.responsible_kind.is_site())
            }
        };
        let finds = self.proposed().iter().any(is_for_site);
        SignOff::asked(self.draft.nature, self.draft.outcome(), finds, answered_for)
    }

    fn offers_sign_off(&self) -> bool {
        self.sign_off_asked(false) != SignOffAsked::NotOffered
    }

    /// As the operation will be checked: how many answers there are, and what is worked out, which nobody can mend by typing.
    fn check_answers(&self) -> Checked {
        let recorded: Vec<_> = self.sessions().iter().flat_map(Session::record).collect();
        check_count(Field::Answers, recorded.len(), ANSWERS)?;
        recorded.iter().try_for_each(|recorded| recorded.answer.check_limits())
    }

    /// What the form lacks, in its order: what its questions lack, and what the hazards lack whose sheets stand in it.
    pub fn form_issues(&self, form: usize) -> Vec<ValidationIssue> {
        let Some(session) = self.sessions().get(form) else { return vec![] };
        let own = session.issues().into_iter();
        let issues: Vec<_> = own.map(|issue| ValidationIssue::of(issue.question, issue.lack)).collect();
        let found: Vec<_> = self.finding_issues(form).collect();
        // What the questions lack stands in order already.
        if found.is_empty() {
            return issues;
        }
        let order = session.order();
        let order: BTreeMap<&AnswerKey, usize> = collected(order.iter().zip(0..));
        let place = |issue: &ValidationIssue| order.get(issue.question()).copied();
        let mut placed: Vec<_> =
            issues.into_iter().chain(found).map(|issue| (place(&issue), issue)).collect();
        sort_by_key(&mut placed, |(place, _)| *place);
        placed.into_iter().map(|(_, issue)| issue).collect()
    }

    /// What the hazards lack whose sheets stand in the form.
    pub(super) fn finding_issues(&self, form: usize) -> impl Iterator<Item = ValidationIssue> {
        self.proposed().iter().flat_map(move |(place, finding)| {
            // Where nothing fails any more, nobody is led to: the sheet opens from what fails.
            let shown = finding.questions.iter().find(|failed| failed.form == form);
            let first = finding.questions.iter().map(|failed| failed.form).min();
            let shown = shown.filter(|_| first == Some(form));
            shown.map(|shown| self.issues_of(place, &shown.key, finding)).unwrap_or_default()
        })
    }

    /// What one hazard's sheets lack, one after the other; a question that nobody has written up lacks the first.
    fn issues_of(
        &self,
        place: &FailedQuestion,
        shown: &AnswerKey,
        proposed: &ProposedFinding,
    ) -> Vec<ValidationIssue> {
        let sheets = self.sheets(place);
        if sheets.is_empty() {
            return vec![ValidationIssue::NeedsFinding(shown.clone())];
        }
        // Two tabs may have added more than either may.
        let over = check_count(Field::Hazards, sheets.len(), HAZARDS).err();
        let over = over.map(|over| ValidationIssue::OverLimit(shown.clone(), over));
        let lacking = sheets.iter().filter_map(|kept| self.finding_issue(place, shown, proposed, kept));
        lacking.chain(over).collect()
    }

    /// What the sheet of this number lacks, at the question that it is opened from.
    pub fn sheet_issue(&self, form: usize, key: &AnswerKey, number: u16) -> Option<ValidationIssue> {
        let (place, proposed) = self.proposed_at(form, key)?;
        let kept = self.sheets(place).into_iter().find(|kept| kept.number == number)?;
        self.finding_issue(place, key, proposed, kept)
    }

    fn finding_issue(
        &self,
        place: &FailedQuestion,
        shown: &AnswerKey,
        proposed: &ProposedFinding,
        kept: &KeptFinding,
    ) -> Option<ValidationIssue> {
        let form = &self.draft.forms.get(place.form)?.form;
        let finding = &kept.finding;
        // As the operation will be checked that this becomes.
        let report = finding.report(self.draft.id, form, &place.key).tidied();
        if let Err(over) = check_command(&report) {
            return Some(ValidationIssue::OverLimit(shown.clone(), over));
        }
        if tidy_text(&finding.what).is_empty() {
            return Some(ValidationIssue::NeedsWords(shown.clone()));
        }
        if finding.lacks_authority() {
            return Some(ValidationIssue::NeedsAuthority(shown.clone()));
        }
        let sessions = self.sessions();
        // One beside the answer shows the first of them; each other has its own.
        let is_first = self.sheets(place).first().is_some_and(|first| first.number == kept.number);
        let is_shown = !finding.photos.is_empty() || (is_first && proposed.has_photo(sessions));
        if proposed.wants_photo(sessions) && !is_shown {
            return Some(ValidationIssue::NeedsFindingPhoto(shown.clone()));
        }
        let lacks_after = finding.fixed && finding.after.is_empty();
        lacks_after.then(|| ValidationIssue::NeedsAfterPhoto(shown.clone()))
    }

    /// Seals the draft with all its forms, or says what it lacks. Answers to what is no longer asked stay behind.
    ///
    /// # Errors
    /// What stands between it and submission.
    pub fn submit(self, now: DateTime<Utc>) -> Result<CompletedVisit, Vec<DraftIssue>> {
        let issues = self.issues();
        if !issues.is_empty() {
            return Err(issues);
        }
        // What was begun of it before nothing could be checked after all stays behind.
        let sign_off = if self.offers_sign_off() { self.draft.sign_off.seal() } else { Ok(None) };
        let sign_off = sign_off.map_err(|lack| vec![DraftIssue::SignOff(lack)])?;
        let (found, hazards) = self.found();
        let sessions = self.sessions().iter().enumerate();
        let only = |form: usize| self.draft.forms.get(form).map(|kept| kept.only.clone()).unwrap_or_default();
        let forms: Vec<_> =
            sessions.map(|(form, session)| sealed(form, session, only(form), &found)).collect();
        let mut draft = self.draft;
        let filled_in = draft.form_ids();
        draft.site_seen.last.retain(|last| filled_in.contains(&last.form));
        let visit = Visit {
            outcome: draft.outcome(),
            id: draft.id,
            site: draft.site,
            site_seen: draft.site_seen,
            nature: draft.nature,
            administrative: draft.administrative.map(|inspection| Box::new(inspection.tidied())),
            inspector: draft.inspector,
            participants: draft.participants,
            started_at: draft.started_at,
            // A clock set back during the visit must not make the record invalid.
            submitted_at: now.max(draft.started_at),
            order: draft.order,
            location: draft.location,
            forms,
            note: tidy_text(&draft.note),
            photos: draft.photos,
            sign_off: sign_off.map(Box::new),
        };
        Ok(CompletedVisit { visit, hazards })
    }

    /// Each failed question with its hazards, and what is reported of those. A hazard is found by the failing question that weighs
    /// most, wherever its sheet is kept.
    fn found(&self) -> (Vec<Written>, Vec<(HazardId, HazardCommand)>) {
        let (mut found, mut hazards) = (vec![], vec![]);
        for (place, proposed) in &self.proposed {
            let by = proposed.questions.first().and_then(|by| Some((by, self.draft.forms.get(by.form)?)));
            let Some((by, form)) = by else { continue };
            for KeptFinding { finding, .. } in self.sheets(place) {
                hazards.push((finding.hazard, finding.report(self.draft.id, &form.form, &by.key).tidied()));
                found.extend(proposed.questions.iter().map(|failed| (failed.clone(), finding.hazard)));
            }
        }
        (found, hazards)
    }
}

/// A failed question and a hazard that was written up for it.
type Written = (FailedQuestion, HazardId);

fn sealed(form: usize, session: &Session, only: Vec<QuestionId>, found: &[Written]) -> FilledForm {
    let answers = session.record().into_iter().map(|recorded| {
        let Recorded { key, mut answer, verdict, is_asked_elsewhere } = recorded;
        if let Answer::Text(text) = &mut answer {
            tidy(text);
        }
        let state = session.question(&key).filter(|_| !is_asked_elsewhere);
        let fails = verdict == Verdict::Fail;
        let of_it = found.iter().filter(|(failed, _)| fails && failed.form == form && failed.key == key);
        let hazards = of_it.map(|(_, hazard)| *hazard).collect();
        RecordedAnswer {
            answer,
            verdict,
            elsewhere: is_asked_elsewhere,
            note: state.as_ref().map(|state| tidy_text(state.note)).unwrap_or_default(),
            photos: state.map(|state| state.photos.to_vec()).unwrap_or_default(),
            hazards,
            key,
        }
    });
    let known = session.form();
    let instances = session.answers().instances;
    FilledForm { form: known.id.clone(), version: known.version, answers: answers.collect(), only, instances }
}
