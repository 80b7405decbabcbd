//! What a tap does to the visit. Each change goes to the session of its form, tells those whom it names, and is kept.

use super::work::{OpenSheet, VisitSession};
use client::prefs;
use domain::{
    form::{
        Answer, AnswerKey, GroupKey, Question,
        session::{Change, ProposedFinding, Refused},
    },
    photo::PhotoHash,
    site::Site,
    visit::{Draft, Finding, OpenDraft, Position, ValidationIssue},
};
use leptos::prelude::*;

impl VisitSession {
    /// Compiled once for whatever is done.
    fn act(self, act: &dyn Fn(&mut OpenDraft) -> Result<Vec<Change>, Refused>) -> bool {
        // A screen that was left writes nothing any more: another one may have gone on with the draft.
        let Some(done) = self.hand.try_update(act) else { return false };
        match done {
            Ok(changes) => {
                self.told.with_value(|told| told.tell(&changes));
                if self.refused.with_untracked(Option::is_some) {
                    self.refused.set(None);
                }
                self.keep();
                true
            }
            Err(refused) => {
                self.refused.set(Some(refused));
                false
            }
        }
    }

    pub fn answer(self, key: &AnswerKey, answer: &Answer) {
        self.act(&|open| open.answer(self.form, key, answer.clone()));
    }

    pub fn type_in(self, key: &AnswerKey, words: &str) {
        self.act(&|open| open.type_in(self.form, key, words));
    }

    pub fn clear(self, key: &AnswerKey) {
        self.act(&|open| open.clear(self.form, key));
    }

    pub fn write_note(self, key: &AnswerKey, note: &str) {
        self.act(&|open| open.write_note(self.form, key, note));
    }

    /// Changes the photos beside an answer.
    pub fn change_photos(self, key: &AnswerKey, change: &dyn Fn(&mut Vec<PhotoHash>)) {
        let Some(mut photos) = self.look_now(key, |state| state.photos.to_vec()) else { return };
        change(&mut photos);
        if self.act(&|open| open.set_photos(self.form, key, &photos)) {
            // Whoever shows them is told, though nothing else may have changed.
            self.told.with_value(|told| told.question(self.form, key)).inspect(Notify::notify);
        }
        self.tell_of_hazards();
    }

    pub fn pass_rest(self, group: &GroupKey) {
        self.act(&|open| Ok(open.pass_rest(self.form, group)));
    }

    /// Whether more than one question of the group is open that could simply pass.
    pub fn can_pass_rest(self, group: &GroupKey) -> bool {
        let simple = self.hand.with_untracked(|open| open.simple_questions(self.form, group));
        // Told by those questions alone, and of no more of them than decide it.
        let is_open = |key: &&AnswerKey| self.look(key, |state| state.is_open()) == Some(true);
        simple.iter().filter(is_open).nth(1).is_some()
    }

    /// Another instance of a repeat; its number.
    pub fn add_instance(self, repeat: &GroupKey) -> Option<u16> {
        let made = std::cell::Cell::new(None);
        self.act(&|open| {
            let (number, changes) = open.add_instance(self.form, repeat)?;
            made.set(Some(number));
            Ok(changes)
        });
        made.get()
    }

    pub fn remove_instance(self, repeat: &GroupKey, number: u16) {
        self.act(&|open| open.remove_instance(self.form, repeat, number));
        self.tell_of_hazards();
    }

    /// How many answers would go with an instance.
    pub fn given_in(self, repeat: &GroupKey, number: u16) -> usize {
        let inside = [repeat.instance.as_slice(), &[number]].concat();
        let questions: Vec<_> = self.of_entry(repeat.group.as_str(), |repeat| {
            let mut within = vec![];
            let mut waiting = vec![repeat];
            while let Some(entry) = waiting.pop() {
                within.extend(entry.question().map(|question| question.id.clone()));
                waiting.extend(entry.entries());
            }
            within
        });
        self.draft_now(|draft| {
            let responses = draft.forms.get(self.form).into_iter().flat_map(|kept| &kept.answers.responses);
            let of_it = responses.filter(|given| {
                !given.is_empty()
                    && given.key.instance.starts_with(&inside)
                    && questions.contains(&given.key.question)
            });
            of_it.count()
        })
    }

    /// Changes what is said of the visit itself.
    pub fn change_around(self, change: impl FnOnce(&mut Draft)) {
        if self.hand.try_update(|open| change(open.draft_mut())).is_some() {
            self.keep();
        }
    }

    /// Takes the form out, if nothing was given in it.
    pub fn remove_form(self) {
        if self.hand.try_update(|open| open.remove_form(self.form)).is_some() {
            self.keep();
        }
    }

    /// The thumb is here now: the draft reopens at this form, and at this question if there is one.
    pub fn go(self, question: Option<AnswerKey>) {
        self.change_around(|draft| draft.position = Position { form: self.form, question });
    }

    fn tell_of_hazards(self) {
        self.told.with_value(|told| told.hazards().notify());
    }

    fn follow_hazards(self) {
        self.told.with_value(|told| told.hazards().track());
    }

    /// Opens the first sheet of the hazard that a failed question belongs to, everything already proposed.
    pub fn open_finding(self, key: AnswerKey) {
        let responsible = self.site(Site::who_answers);
        // Event handlers run outside any owner: no context there.
        let lang = prefs::load(&self.phone).lang;
        let (hazard, today) = (self.phone.clock.new_id(), self.phone.clock.today());
        let opened = self.hand.try_update(|open| {
            let there = open.finding(self.form, &key).is_some();
            (open.open_finding((self.form, &key), hazard, &responsible, today, lang), there)
        });
        let Some((true, there)) = opened else { return };
        if !there {
            self.tell_of_hazards();
            self.keep();
        }
        let first =
            self.hand.with_untracked(|open| open.findings(self.form, &key).first().map(|kept| kept.number));
        self.open_sheet(key, first.unwrap_or_default());
    }

    /// Opens one of the question's sheets.
    pub fn open_sheet(self, key: AnswerKey, number: u16) {
        self.sheet.set(Some(OpenSheet { key, number }));
    }

    /// Opens the first of the question's sheets that lacks something.
    pub fn open_lacking(self, key: AnswerKey) {
        let lacking = self.hand.with_untracked(|open| {
            let sheets = open.findings(self.form, &key);
            let mut numbers = sheets.iter().map(|kept| kept.number);
            numbers.find(|number| open.sheet_issue(self.form, &key, *number).is_some())
        });
        match lacking {
            Some(number) => self.open_sheet(key, number),
            None => self.open_finding(key),
        }
    }

    /// 再记一条: opens one more sheet of the question.
    pub fn add_finding(self, key: AnswerKey) {
        let responsible = self.site(Site::who_answers);
        // Event handlers run outside any owner: no context there.
        let lang = prefs::load(&self.phone).lang;
        let (hazard, today) = (self.phone.clock.new_id(), self.phone.clock.today());
        let added = self
            .hand
            .try_update(|open| open.add_finding((self.form, &key), hazard, &responsible, today, lang));
        let Some(number) = added.flatten() else { return };
        self.tell_of_hazards();
        self.keep();
        self.open_sheet(key, number);
    }

    /// Takes one of several sheets away.
    pub fn remove_finding(self, key: &AnswerKey, number: u16) {
        if self.hand.try_update(|open| open.remove_finding(self.form, key, number)).is_some() {
            self.tell_of_hazards();
            self.keep();
        }
    }

    /// Changes one of the question's sheets, if it was opened.
    pub fn change_sheet(self, key: &AnswerKey, number: u16, change: impl FnOnce(&mut Finding)) {
        if self.hand.try_update(|open| open.change_sheet((self.form, key, number), change)).is_some() {
            self.tell_of_hazards();
            self.keep();
        }
    }

    /// The numbers of the question's sheets, in order.
    pub fn sheet_numbers(self, key: &AnswerKey) -> Vec<u16> {
        self.follow_hazards();
        self.hand.with_untracked(|open| {
            open.findings(self.form, key).into_iter().map(|kept| kept.number).collect()
        })
    }

    pub fn finding(self, key: &AnswerKey, number: u16) -> Option<Finding> {
        self.follow_hazards();
        self.hand.with_untracked(|open| {
            let sheets = open.findings(self.form, key);
            sheets.into_iter().find(|kept| kept.number == number).map(|kept| kept.finding.clone())
        })
    }

    /// The sheets that were opened and count, whatever form they stand in.
    pub fn findings(self) -> Vec<Finding> {
        self.hand.with_untracked(|open| {
            let sheets = open.proposed().iter().flat_map(|(place, _)| open.sheets(place));
            sheets.map(|kept| kept.finding.clone()).collect()
        })
    }

    /// The hazard that a failed question proposes, alone or with others.
    pub fn proposed(self, key: &AnswerKey) -> Option<ProposedFinding> {
        self.follow_hazards();
        self.hand.with_untracked(|open| Some(open.proposed_at(self.form, key)?.1.clone()))
    }

    /// The questions that one hazard is of, as this visit's forms have them.
    pub fn questions_of(self, proposed: &ProposedFinding) -> Vec<Question> {
        self.hand.with_untracked(|open| {
            let failed = proposed.questions.iter();
            failed.filter_map(|one| Some(open.question(one.form, &one.key)?.question.clone())).collect()
        })
    }

    /// What one of this question's sheets lacks.
    pub fn sheet_issue(self, key: &AnswerKey, number: u16) -> Option<ValidationIssue> {
        self.follow_hazards();
        self.hand.with_untracked(|open| open.sheet_issue(self.form, key, number))
    }
}
