//! The draft in hand: one signal, changed by taps and written to the database after each.

use crate::{
    device::{PhoneRef, use_device},
    i18n::use_lang,
};
use client::{Device, DeviceError, drafts, prefs, records};
use domain::{
    answer::{Answer, AnswerError, Verdict},
    checklist::{Checklist, Item, Question},
    id::{ItemId, SectionId, VisitId},
    limits::NAME,
    site::Site,
    visit::{Draft, DraftIssue, Finding, ItemResponse, Position, Standing, Tally, ValidationIssue},
};
use leptos::{prelude::*, task::spawn_local};
use std::sync::Arc;

/// Long, and the same for as long as the visit is on the screen.
type Checklists = Arc<Vec<Checklist>>;

/// What a visit needs at hand.
#[derive(Clone)]
pub struct Found {
    draft: Draft,
    /// Of the draft's forms, in their order.
    checklists: Checklists,
    site: Site,
    away: bool,
}

#[derive(Clone)]
pub enum Loaded {
    Here(Box<Found>),
    /// On this phone, without what it asks.
    Bare,
    /// Waits to be sent.
    Submitted,
    /// Discarded, received, another person's, or never here.
    Gone,
}

/// The draft, and one of its forms: what is asked and given is that form's.
#[derive(Clone, Copy)]
pub struct VisitSession {
    phone: PhoneRef,
    pub draft: RwSignal<Draft>,
    pub form: usize,
    /// Items asked now, each with its number.
    pub asked: Memo<Vec<(ItemId, usize)>>,
    /// The item whose hazard sheet is open.
    pub open: RwSignal<Option<ItemId>>,
    /// The last save did not go through.
    pub failure: RwSignal<Option<DeviceError>>,
    /// Changes on their way into the database.
    saving: RwSignal<u32>,
    checklists: StoredValue<Checklists>,
    /// Of each form. The draft has few readers as a whole: a tap on one of a hundred items must not ask all the others what they
    /// show now.
    told: StoredValue<Vec<Vec<(ItemId, ArcTrigger)>>>,
    site: StoredValue<Site>,
    /// The site was retired, or has left the person's scope.
    pub away: bool,
}

impl VisitSession {
    pub async fn load(device: &Device, id: Option<VisitId>) -> Result<Loaded, DeviceError> {
        let Some(id) = id else { return Ok(Loaded::Gone) };
        let Some(draft) = drafts::get(device, id).await? else {
            let submitted = drafts::is_submitted(device, id).await?;
            return Ok(if submitted { Loaded::Submitted } else { Loaded::Gone });
        };
        let copies = drafts::copies(device, id).await?;
        // The office's newer words about the site, as long as this person is told of it and this version understands them.
        let (site, away) = match records::site(device, draft.site).await {
            Err(DeviceError::NewerRecord) => (None, false),
            site => {
                let site = site?;
                let away = site.as_ref().is_none_or(|site| site.retired);
                (site, away)
            }
        };
        let (known, mut copied) = match copies {
            Some(copies) => (Some(copies.site), copies.checklists),
            None => (None, vec![]),
        };
        let mut checklists = vec![];
        for form in &draft.forms {
            let list = match copied.iter().position(|list| form.is_of(list)) {
                Some(at) => Some(copied.swap_remove(at)),
                None => records::checklist(device, &form.checklist, form.version).await?,
            };
            let Some(list) = list else { return Ok(Loaded::Bare) };
            checklists.push(list);
        }
        Ok(match site.or(known) {
            Some(site) => {
                Loaded::Here(Box::new(Found { draft, checklists: Arc::new(checklists), site, away }))
            }
            None => Loaded::Bare,
        })
    }

    pub fn new(found: Found) -> Self {
        let told = found.checklists.iter().map(|list| {
            let of_item = |item: &Item| (item.id.clone(), ArcTrigger::new());
            list.items().map(of_item).collect()
        });
        let told = StoredValue::new(told.collect());
        let (draft, checklists) = (RwSignal::new(found.draft), StoredValue::new(found.checklists));
        let form = draft.with_untracked(|draft| draft.position.form);
        Self {
            phone: use_device(),
            draft,
            form,
            asked: asked(draft, checklists, form),
            open: RwSignal::new(None),
            failure: RwSignal::new(None),
            saving: RwSignal::new(0),
            checklists,
            told,
            site: StoredValue::new(found.site),
            away: found.away,
        }
    }

    /// The same visit at each of its forms; none where nothing could be checked.
    pub fn forms(self) -> Vec<Self> {
        let at = |form| Self { form, asked: asked(self.draft, self.checklists, form), ..self };
        (0..self.checklists.with_value(|lists| lists.len())).map(at).collect()
    }

    pub fn id(self) -> VisitId {
        self.draft.with_untracked(|draft| draft.id)
    }

    /// The form's; the default where there is no form.
    pub fn checklist<T: Default>(self, look: impl FnOnce(&Checklist) -> T) -> T {
        self.checklists.with_value(|lists| lists.get(self.form).map(look).unwrap_or_default())
    }

    pub fn checklists(self) -> Checklists {
        self.checklists.get_value()
    }

    pub fn site<T>(self, look: impl FnOnce(&Site) -> T) -> T {
        self.site.with_value(look)
    }

    pub fn site_name(self) -> String {
        self.site(|site| site.name.clone())
    }

    /// `电动自行车停放充电 · 突击检查`
    pub fn what(self) -> String {
        let lang = use_lang();
        let nature = self.draft.with_untracked(|draft| draft.nature);
        self.checklist(|list| format!("{} · {}", list.title.get(lang), nature.name().get(lang)))
    }

    pub fn back(self) -> String {
        if self.away { "/field/".to_owned() } else { self.site(|site| format!("/field/sites/{}", site.id)) }
    }

    pub fn item(self, id: &ItemId) -> Option<Item> {
        self.checklist(|list| list.item(id).cloned())
    }

    pub fn number(self, id: &ItemId) -> usize {
        self.asked.with(|asked| asked.iter().find(|(known, _)| known == id).map_or(0, |(_, number)| *number))
    }

    /// Changes the draft and keeps it.
    pub fn change(self, change: impl FnOnce(&mut Draft)) {
        // A screen that was left writes nothing any more: another one may have gone on with the draft.
        if self.draft.try_update(change).is_some() {
            self.told.with_value(|told| told.iter().flatten().for_each(|(_, told)| told.notify()));
            self.keep();
        }
    }

    /// The same where nothing is changed of what is given for items.
    pub fn change_around(self, change: impl FnOnce(&mut Draft)) {
        if self.draft.try_update(change).is_some() {
            self.keep();
        }
    }

    /// The same where it is changed for this item only.
    fn change_at(self, id: &ItemId, change: impl FnOnce(&mut Draft)) {
        if self.draft.try_update(change).is_some() {
            self.with_told(id, Notify::notify);
            self.keep();
        }
    }

    fn with_told(self, id: &ItemId, tell: fn(&ArcTrigger)) {
        self.told.with_value(|told| {
            let of_form = told.get(self.form).into_iter().flatten();
            of_form.filter(|(known, _)| known == id).for_each(|(_, told)| tell(told));
        });
    }

    /// Whoever reads what hangs on this item alone, and not on the draft as a whole, is told when that changes.
    fn follow(self, id: &ItemId) {
        self.with_told(id, Track::track);
    }

    /// Writes reach the database in the order of the changes.
    fn keep(self) {
        let draft = self.draft.get_untracked();
        self.saving.update(|saving| *saving += 1);
        spawn_local(async move {
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

    pub fn answer(self, id: &ItemId, answer: Answer) {
        self.change_at(id, |draft| draft.answer(self.form, id, answer));
    }

    pub fn type_in(self, id: &ItemId, words: String) {
        self.change_at(id, |draft| draft.type_in(self.form, id, words));
    }

    pub fn clear(self, id: &ItemId) {
        self.change_at(id, |draft| draft.clear(self.form, id));
    }

    /// Changes what is given for an item.
    pub fn change_item(self, id: &ItemId, change: impl FnOnce(&mut ItemResponse)) {
        self.change_at(id, |draft| {
            if let Some(given) = draft.given_mut(self.form, id) {
                change(given);
            }
        });
    }

    /// The thumb is here now: the draft reopens at this form, and at this item if there is one.
    pub fn go(self, item: Option<ItemId>) {
        self.change_around(|draft| draft.position = Position { form: self.form, item });
    }

    pub fn given(self, id: &ItemId) -> ItemResponse {
        self.follow(id);
        self.given_now(id)
    }

    /// The same, read once.
    pub fn given_now(self, id: &ItemId) -> ItemResponse {
        self.draft.with_untracked(|draft| draft.given(self.form, id).cloned().unwrap_or_default())
    }

    pub fn answer_of(self, id: &ItemId) -> Option<Answer> {
        self.follow(id);
        self.draft.with_untracked(|draft| draft.given(self.form, id)?.answer.clone())
    }

    pub fn verdict(self, id: &ItemId) -> Option<Result<Verdict, AnswerError>> {
        self.look_at(id, Draft::verdict)
    }

    pub fn fails(self, id: &ItemId) -> bool {
        self.verdict(id) == Some(Ok(Verdict::Fail))
    }

    pub fn issue(self, id: &ItemId) -> Option<ValidationIssue> {
        self.look_at(id, Draft::issue)
    }

    fn look_at<T>(self, id: &ItemId, look: fn(&Draft, usize, &Item) -> Option<T>) -> Option<T> {
        self.follow(id);
        self.checklist(|list| {
            let item = list.item(id)?;
            self.draft.with_untracked(|draft| look(draft, self.form, item))
        })
    }

    pub fn progress(self) -> (usize, usize) {
        self.draft.with(|draft| self.checklist(|list| draft.progress(self.form, list)))
    }

    pub fn standing(self) -> Standing {
        self.draft.with(|draft| self.checklist(|list| draft.standing(self.form, list)))
    }

    /// All that the visit lacks, form after form.
    pub fn whole_issues(self) -> Vec<DraftIssue> {
        self.draft.with(|draft| self.checklists.with_value(|lists| draft.issues(lists)))
    }

    pub fn tally(self) -> Tally {
        self.draft.with(|draft| self.checklist(|list| draft.tally(self.form, list)))
    }

    /// The number of the item where the thumb was last; 0 where that is none of those asked.
    pub fn place(self) -> usize {
        let position = self.draft.with_untracked(|draft| draft.position.item.clone());
        position.map_or(0, |id| untrack(|| self.number(&id)))
    }

    /// The first gap after where the thumb is, else the first of all.
    pub fn next_issue(self, issues: &[ValidationIssue]) -> Option<ValidationIssue> {
        let here = self.place();
        let is_after = |issue: &&ValidationIssue| untrack(|| self.number(issue.item())) > here;
        issues.iter().find(is_after).or(issues.first()).cloned()
    }

    /// Whether more than one item of the section is open that could simply pass.
    pub fn can_pass_rest(self, section: &SectionId) -> bool {
        self.asked.with(|asked| {
            self.draft.with(|draft| {
                let is_open = |item: &&Item| {
                    item.question == Question::PassFail
                        && draft.given(self.form, &item.id).is_none_or(|given| given.answer.is_none())
                        && asked.iter().any(|(id, _)| *id == item.id)
                };
                self.checklist(|list| {
                    let section = list.sections.iter().find(|known| known.id == *section);
                    section.is_some_and(|section| section.items.iter().filter(is_open).count() > 1)
                })
            })
        })
    }

    pub fn pass_rest(self, section: &SectionId) {
        self.checklist(|list| {
            if self.draft.try_update(|draft| draft.pass_rest(self.form, list, section)).is_some() {
                let of_section = list.sections.iter().filter(|known| known.id == *section);
                let items = of_section.flat_map(|section| &section.items);
                items.for_each(|item| self.with_told(&item.id, Notify::notify));
                self.keep();
            }
        });
    }

    /// Opens the hazard sheet, everything already proposed.
    pub fn open_finding(self, id: ItemId) {
        let Some(item) = self.item(&id) else { return };
        let responsible = self.site(|site| match (&site.party, site.contacts.first()) {
            (Some(party), _) => party.name.clone(),
            (None, Some(contact)) => format!("{} · {}", site.name, contact.name),
            (None, None) => site.name.clone(),
        });
        // Names may be as long as this field altogether.
        let responsible: String = responsible.chars().take(NAME).collect();
        // Event handlers run outside any owner: no context there.
        let lang = prefs::load(&self.phone).lang;
        if self.given_now(&id).finding.is_none() {
            let (hazard, today) = (self.phone.clock.new_id(), self.phone.clock.today());
            let finding = Finding::propose(hazard, &item, &responsible, today, lang);
            self.change_item(&id, |given| given.finding = Some(finding));
        }
        self.open.set(Some(id));
    }

    /// Changes the finding of an item, if it has one.
    pub fn change_finding(self, id: &ItemId, change: impl FnOnce(&mut Finding)) {
        self.change_item(id, |given| {
            if let Some(finding) = &mut given.finding {
                change(finding);
            }
        });
    }

    pub fn finding(self, id: &ItemId) -> Option<Finding> {
        self.follow(id);
        self.draft.with_untracked(|draft| draft.given(self.form, id)?.finding.clone())
    }
}

fn asked(
    draft: RwSignal<Draft>,
    checklists: StoredValue<Checklists>,
    form: usize,
) -> Memo<Vec<(ItemId, usize)>> {
    Memo::new(move |_| {
        draft.with(|draft| {
            checklists.with_value(|lists| {
                let asked = lists.get(form).map(|list| draft.relevant_items(form, list)).unwrap_or_default();
                asked.into_iter().zip(1..).map(|(item, number)| (item.id.clone(), number)).collect()
            })
        })
    })
}
