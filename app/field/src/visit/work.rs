//! The visit in hand: one signal, changed by taps and written to the database after each.

use super::{
    Found,
    before::Before,
    lines::{self, LineKey, Numbered, Numbers},
    told::Told,
};
use crate::{
    device::{PhoneRef, use_device},
    i18n::{Lang, use_lang, visit as t},
};
use client::{DeviceError, drafts, records};
use domain::{
    form::{
        Answer, AnswerKey, Entry, Form, GroupKey, Question, Verdict,
        session::{PreparedForm, QuestionState, Refused, Session, Standing},
    },
    id::{FormId, VisitId},
    inspection::Breach,
    site::Site,
    visit::{Draft, DraftIssue, Missing, OpenDraft, SignOffAsked, Tally, ValidationIssue},
};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use std::sync::Arc;

/// One of the sheets of a question's hazards, by its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenSheet {
    pub key: AnswerKey,
    pub number: u16,
}

/// The visit, and one of its forms: what is asked and given is that form's.
#[derive(Clone, Copy)]
pub struct VisitSession {
    pub(super) phone: PhoneRef,
    /// It has few readers as a whole: a tap on one of a hundred questions must not ask all the others what they show now.
    pub(super) hand: RwSignal<OpenDraft>,
    pub form: usize,
    /// What the form shows.
    pub lines: Memo<Vec<Numbered>>,
    numbers: Memo<Numbers>,
    /// The hazard sheet that is open.
    pub sheet: RwSignal<Option<OpenSheet>>,
    /// The last save did not go through.
    pub failure: RwSignal<Option<DeviceError>>,
    /// The last tap changed nothing.
    pub refused: RwSignal<Option<Refused>>,
    /// Changes on their way into the database.
    saving: RwSignal<u32>,
    pub(super) told: StoredValue<Told>,
    beside: StoredValue<Found>,
    /// What was wrong at the site before; empty until it is read.
    pub(super) before: RwSignal<Vec<Before>>,
    /// Reads the visit again.
    again: Callback<()>,
    /// The site was retired, or has left the person's scope.
    pub away: bool,
}

impl VisitSession {
    pub fn new(open: OpenDraft, found: Found, again: Callback<()>) -> Self {
        let (form, forms) = (open.draft().position.form, open.sessions().len());
        let (hand, told) = (RwSignal::new(open), StoredValue::new(Told::new(forms)));
        let (lines, numbers) = shown(hand, told, form);
        Self {
            phone: use_device(),
            hand,
            form,
            lines,
            numbers,
            sheet: RwSignal::new(None),
            failure: RwSignal::new(None),
            refused: RwSignal::new(None),
            saving: RwSignal::new(0),
            told,
            away: found.away,
            beside: StoredValue::new(found),
            before: RwSignal::default(),
            again,
        }
    }

    /// The same visit at each of its forms; none where nothing could be checked.
    pub fn forms(self) -> Vec<Self> {
        let at = |form| {
            let (lines, numbers) = shown(self.hand, self.told, form);
            Self { form, lines, numbers, ..self }
        };
        (0..self.hand.with_untracked(|open| open.sessions().len())).map(at).collect()
    }

    /// Whether the screen that it belongs to was left.
    pub fn is_over(self) -> bool {
        self.hand.is_disposed()
    }

    pub fn id(self) -> VisitId {
        self.draft_now(|draft| draft.id)
    }

    /// As it is kept.
    pub fn draft<T>(self, look: impl FnOnce(&Draft) -> T) -> T {
        self.hand.with(|open| look(open.draft()))
    }

    /// The same, read once.
    pub fn draft_now<T>(self, look: impl FnOnce(&Draft) -> T) -> T {
        self.hand.with_untracked(|open| look(open.draft()))
    }

    /// A visit of its own with all that was given, to be sealed.
    pub fn to_seal(self) -> Option<OpenDraft> {
        self.hand.with_untracked(|open| {
            let prepared: Vec<Arc<PreparedForm>> =
                open.sessions().iter().map(Session::prepared).map(Arc::clone).collect();
            OpenDraft::open(open.draft().clone(), &prepared)
        })
    }

    /// The form, which stays as it is; the default where there is none.
    pub fn of_form<T: Default>(self, look: impl FnOnce(&Form) -> T) -> T {
        self.hand.with_untracked(|open| open.form(self.form).map(look).unwrap_or_default())
    }

    /// A group or a repeat of it by its name; the default where there is none.
    pub fn of_entry<T: Default>(self, name: &str, look: impl FnOnce(&Entry) -> T) -> T {
        self.hand.with_untracked(|open| open.entry(self.form, name).map(look).unwrap_or_default())
    }

    pub fn title(self, lang: Lang) -> String {
        self.of_form(|form| form.title.get(lang).to_owned())
    }

    /// What stands beside the visit.
    pub fn beside<T>(self, look: impl FnOnce(&Found) -> T) -> T {
        self.beside.with_value(look)
    }

    pub fn site<T>(self, look: impl FnOnce(&Site) -> T) -> T {
        self.beside(|found| look(&found.site))
    }

    /// How far the people of the site are asked to sign; nothing is answered on the screen that asks.
    pub fn sign_off_asked(self) -> SignOffAsked {
        let answered_for = self.site(Site::is_answered_for);
        self.hand.with_untracked(|open| open.sign_off_asked(answered_for))
    }

    pub fn site_name(self) -> String {
        self.site(|site| site.name.clone())
    }

    /// `电动自行车停放充电 · 巡查`
    pub fn what(self) -> String {
        let lang = use_lang();
        let nature = self.draft_now(|draft| draft.nature);
        if self.draft_now(|draft| draft.forms.is_empty()) {
            return String::new();
        }
        format!("{} · {}", self.title(lang), nature.name().get(lang))
    }

    pub fn back(self) -> String {
        if self.away { "/field/".to_owned() } else { self.site(|site| format!("/field/sites/{}", site.id)) }
    }

    pub fn question(self, key: &AnswerKey) -> Option<Question> {
        self.look_now(key, |state| state.question.clone())
    }

    /// The question's number among those asked; 0 for what asks nothing.
    pub fn number(self, key: &AnswerKey) -> usize {
        self.numbers.with(|numbers| {
            let at = numbers.binary_search_by(|(known, _)| known.cmp(key));
            at.map_or(0, |at| numbers[at].1)
        })
    }

    /// Where an instance stands among those of its repeat, from 1; whoever asks is told when that changes. 0: it is not there.
    pub fn position(self, repeat: &GroupKey, number: u16) -> usize {
        self.told.with_value(|told| told.repeat(self.form, repeat)).inspect(Track::track);
        let position = |open: &OpenDraft| open.sessions().get(self.form)?.position_of(repeat, number);
        self.hand.with_untracked(position).unwrap_or_default()
    }

    /// Writes reach the database in the order of the changes.
    pub(super) fn keep(self) {
        let Some(draft) = self.hand.try_with_untracked(|open| open.draft().clone()) else { return };
        self.saving.update(|saving| *saving += 1);
        spawn_local(async move {
            // Writing it out and sealing it is not for the thumb to wait for: first the tap is handled to its end.
            TimeoutFuture::new(0).await;
            let kept = drafts::save(&self.phone, &draft).await;
            if kept.is_err() || self.failure.try_with_untracked(Option::is_some) == Some(true) {
                self.failure.try_set(kept.err());
            }
            self.saving.try_update(|saving| *saving -= 1);
        });
    }

    /// Whether all that was tapped lies in the database, or is known not to.
    pub fn is_saved(self) -> bool {
        self.saving.get() == 0
    }

    /// Whether answers were put aside that have no place in the form any more.
    pub fn has_aside(self) -> bool {
        self.draft_now(|draft| {
            let form = draft.forms.get(self.form);
            form.is_some_and(|kept| !kept.answers.aside.is_empty())
        })
    }

    /// What was wrong at this question the last time, in words; none where nothing was, or the phone does not have it. Tracked: it
    /// is read beside the form.
    pub fn wrong_before(self, key: &AnswerKey) -> Option<String> {
        self.found_before(key, |before| before.first().map(|last| last.words()))
    }

    /// Whether something that was found at this question before is still open, as far as this phone knows. Tracked as well.
    pub fn is_open_before(self, key: &AnswerKey) -> bool {
        self.found_before(key, |before| before.iter().any(|one| one.is_open()))
    }

    /// What was found at this question before, the newest first.
    fn found_before<T: Default>(self, key: &AnswerKey, look: impl FnOnce(&[&Before]) -> T) -> T {
        self.before.with(|before| {
            if before.is_empty() {
                return T::default();
            }
            let own = self.draft_now(|draft| draft.forms.get(self.form).map(|kept| kept.form.clone()));
            let Some(own) = own else { return T::default() };
            let here: Vec<&Before> = before.iter().filter(|one| one.is_at(&own, &key.question)).collect();
            look(&here)
        })
    }

    /// The form's newer version, if one is here.
    pub fn newer(self) -> Option<(FormId, u32)> {
        let own = self.draft_now(|draft| draft.forms.get(self.form).map(|kept| kept.form.clone()));
        self.beside(|found| found.newer.iter().find(|(form, _)| Some(form) == own.as_ref()).cloned())
    }

    /// Goes over to the newer version that is here. What was tapped before is written before.
    pub fn take_over(self, form: FormId, version: u32) {
        let id = self.id();
        spawn_local(async move {
            TimeoutFuture::new(0).await;
            let newer = records::form(&self.phone, &form, version).await;
            let done = match newer {
                Ok(Some(newer)) => drafts::take_over(&self.phone, id, &newer).await,
                Ok(None) => Ok(()),
                Err(error) => Err(error),
            };
            match done {
                Ok(()) => drop(self.again.try_run(())),
                Err(error) => drop(self.failure.try_set(Some(error))),
            }
        });
    }

    /// What is known of a question; whoever asks is told when that changes. None: it is not on the form.
    pub fn look<T>(self, key: &AnswerKey, look: impl FnOnce(QuestionState<'_>) -> T) -> Option<T> {
        self.told.with_value(|told| told.question(self.form, key)).inspect(Track::track);
        self.look_now(key, look)
    }

    /// The same, read once.
    pub fn look_now<T>(self, key: &AnswerKey, look: impl FnOnce(QuestionState<'_>) -> T) -> Option<T> {
        self.hand.with_untracked(|open| open.question(self.form, key).map(look))
    }

    /// What was given, whether it counts or not.
    pub fn given(self, key: &AnswerKey) -> Option<Answer> {
        self.look(key, |state| state.kept.cloned()).flatten()
    }

    pub fn fails(self, key: &AnswerKey) -> bool {
        self.look(key, |state| state.verdict) == Some(Some(Verdict::Fail))
    }

    /// Why the answer does not count, in words.
    pub fn problem(self, lang: Lang, key: &AnswerKey) -> Option<String> {
        let words = |state: QuestionState<'_>| {
            let message = state.question.constraint.as_ref().map(|constraint| &constraint.message);
            state.problem.map(|problem| t::problem(lang, problem, message))
        };
        self.look(key, words).flatten()
    }

    /// The form of this visit that asks the same, where this one takes the answer from it.
    pub fn asked_elsewhere(self, key: &AnswerKey) -> Option<FormId> {
        let fact = self.look(key, |state| state.question.fact.clone().filter(|_| state.is_asked_elsewhere));
        let fact = fact.flatten()?;
        self.hand.with_untracked(|open| {
            let asks = |session: &&Session| {
                let mut of_fact = session.form().questions().filter(|one| one.fact.as_deref() == Some(&fact));
                of_fact.any(|one| {
                    let state = session.question(&AnswerKey::of(one.id.as_str()));
                    state.is_some_and(|state| state.shown && !state.is_asked_elsewhere)
                })
            };
            open.sessions().iter().take(self.form).find(asks).map(|session| session.form().id.clone())
        })
    }

    /// All forms of the visit, which stay as they are.
    pub fn forms_now<T>(self, look: impl FnOnce(&[&Form]) -> T) -> T {
        self.hand.with_untracked(|open| {
            let forms: Vec<_> = open.sessions().iter().map(Session::form).collect();
            look(&forms)
        })
    }

    pub fn title_of(self, lang: Lang, form: &FormId) -> String {
        self.forms_now(|forms| {
            let form = forms.iter().find(|known| known.id == *form);
            form.map(|form| form.title.get(lang).to_owned()).unwrap_or_default()
        })
    }

    pub fn standing(self) -> Standing {
        self.hand.with(|open| open.standing(self.form))
    }

    /// What the form lacks now, with its hazards.
    pub fn issues_now(self) -> Vec<ValidationIssue> {
        self.hand.with_untracked(|open| open.form_issues(self.form))
    }

    pub fn missing(self) -> Missing {
        self.hand.with(|open| open.missing(self.form))
    }

    /// All that the visit lacks, form after form.
    pub fn whole_issues(self) -> Vec<DraftIssue> {
        let breaches = self.breaches().into_iter().filter(Breach::is_known_offline);
        let mut issues = self.hand.with(OpenDraft::issues);
        issues.extend(breaches.map(DraftIssue::Breach));
        issues
    }

    pub fn tally(self) -> Tally {
        self.hand.with(|open| open.tally(self.form))
    }

    /// The place among the lines where the thumb was last; 0 where that is none of those shown.
    pub fn place(self) -> usize {
        let position = self.draft_now(|draft| draft.position.question.clone().map(LineKey::Question));
        let at = self
            .lines
            .with_untracked(|lines| lines.iter().position(|(line, _)| Some(line) == position.as_ref()));
        at.unwrap_or_default()
    }

    /// The first gap after where the thumb is, else the first of all.
    pub fn next_issue(self, issues: &[ValidationIssue]) -> Option<ValidationIssue> {
        let position = self.draft_now(|draft| draft.position.question.clone());
        let number = |key: &AnswerKey| untrack(|| self.number(key));
        let here = position.map_or(0, |key| number(&key));
        issues.iter().find(|issue| number(issue.question()) > here).or(issues.first()).cloned()
    }
}

fn shown(
    hand: RwSignal<OpenDraft>,
    told: StoredValue<Told>,
    form: usize,
) -> (Memo<Vec<Numbered>>, Memo<Numbers>) {
    let lines = ui::memo(move || {
        told.with_value(|told| told.structure(form)).inspect(Track::track);
        hand.with_untracked(|open| match open.form(form) {
            Some(known) => lines::of(known, open.outline(form)),
            None => vec![],
        })
    });
    (lines, ui::memo(move || lines.with(|lines| lines::numbers(lines))))
}
