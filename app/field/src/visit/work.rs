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
    visit::{Draft, Finding, ItemResponse, ValidationIssue},
};
use leptos::{prelude::*, task::spawn_local};
use std::collections::BTreeMap;

/// What a visit needs at hand.
#[derive(Clone)]
pub struct Found {
    draft: Draft,
    checklist: Checklist,
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

#[derive(Clone, Copy)]
pub struct VisitSession {
    phone: PhoneRef,
    pub draft: RwSignal<Draft>,
    /// Items asked now, each with its number.
    pub asked: Memo<Vec<(ItemId, usize)>>,
    /// The item whose hazard sheet is open.
    pub open: RwSignal<Option<ItemId>>,
    /// The last save did not go through.
    pub failure: RwSignal<Option<DeviceError>>,
    /// Changes on their way into the database.
    saving: RwSignal<u32>,
    checklist: StoredValue<Checklist>,
    items: StoredValue<BTreeMap<ItemId, Item>>,
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
        let (known, checklist) = match copies {
            Some(copies) => (Some(copies.site), Some(copies.checklist)),
            None => (None, records::checklist(device, &draft.checklist, draft.version).await?),
        };
        Ok(match checklist.zip(site.or(known)) {
            Some((checklist, site)) => Loaded::Here(Box::new(Found { draft, checklist, site, away })),
            None => Loaded::Bare,
        })
    }

    pub fn new(found: Found) -> Self {
        let items = found.checklist.items().map(|item| (item.id.clone(), item.clone())).collect();
        let checklist = StoredValue::new(found.checklist);
        let draft = RwSignal::new(found.draft);
        let asked = Memo::new(move |_| {
            draft.with(|draft| {
                checklist.with_value(|list| {
                    draft
                        .relevant_items(list)
                        .zip(1..)
                        .map(|(item, number)| (item.id.clone(), number))
                        .collect::<Vec<_>>()
                })
            })
        });
        Self {
            phone: use_device(),
            draft,
            asked,
            open: RwSignal::new(None),
            failure: RwSignal::new(None),
            saving: RwSignal::new(0),
            checklist,
            items: StoredValue::new(items),
            site: StoredValue::new(found.site),
            away: found.away,
        }
    }

    pub fn id(self) -> VisitId {
        self.draft.with_untracked(|draft| draft.id)
    }

    pub fn checklist<T>(self, look: impl FnOnce(&Checklist) -> T) -> T {
        self.checklist.with_value(look)
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
        let kind = self.draft.with_untracked(|draft| draft.kind);
        self.checklist(|list| format!("{} · {}", list.title.get(lang), kind.name().get(lang)))
    }

    pub fn back(self) -> String {
        if self.away { "/field/".to_owned() } else { self.site(|site| format!("/field/sites/{}", site.id)) }
    }

    pub fn item(self, id: &ItemId) -> Option<Item> {
        self.items.with_value(|items| items.get(id).cloned())
    }

    pub fn number(self, id: &ItemId) -> usize {
        self.asked.with(|asked| asked.iter().find(|(known, _)| known == id).map_or(0, |(_, number)| *number))
    }

    /// Changes the draft and keeps it. Writes reach the database in the order of the changes.
    pub fn change(self, change: impl FnOnce(&mut Draft)) {
        self.draft.update(change);
        let draft = self.draft.get_untracked();
        self.saving.update(|saving| *saving += 1);
        spawn_local(async move {
            let kept = drafts::save(&self.phone, &draft).await;
            self.failure.try_set(kept.err());
            self.saving.try_update(|saving| *saving -= 1);
        });
    }

    /// Whether all that was tapped lies in the database, or is known not to.
    pub fn is_saved(self) -> bool {
        self.saving.get() == 0
    }

    pub fn answer(self, id: &ItemId, answer: Answer) {
        self.change(|draft| draft.answer(id, answer));
    }

    pub fn clear(self, id: &ItemId) {
        self.change(|draft| draft.clear(id));
    }

    pub fn given(self, id: &ItemId) -> ItemResponse {
        self.draft.with(|draft| draft.items.get(id).cloned().unwrap_or_default())
    }

    /// The same, read once.
    pub fn given_now(self, id: &ItemId) -> ItemResponse {
        self.draft.with_untracked(|draft| draft.items.get(id).cloned().unwrap_or_default())
    }

    pub fn verdict(self, id: &ItemId) -> Option<Result<Verdict, AnswerError>> {
        let item = self.item(id)?;
        self.draft.with(|draft| draft.verdict(&item))
    }

    pub fn fails(self, id: &ItemId) -> bool {
        self.verdict(id) == Some(Ok(Verdict::Fail))
    }

    pub fn issue(self, id: &ItemId) -> Option<ValidationIssue> {
        let item = self.item(id)?;
        self.draft.with(|draft| draft.issue(&item))
    }

    pub fn progress(self) -> (usize, usize) {
        self.draft.with(|draft| self.checklist(|list| draft.progress(list)))
    }

    pub fn issues(self) -> Vec<ValidationIssue> {
        self.draft.with(|draft| self.checklist(|list| draft.issues(list)))
    }

    /// The first gap after where the thumb is, else the first of all.
    pub fn next_issue(self, issues: &[ValidationIssue]) -> Option<ValidationIssue> {
        let position = self.draft.with_untracked(|draft| draft.position.clone());
        let number = |id: &ItemId| {
            self.asked
                .with_untracked(|asked| asked.iter().find(|(known, _)| known == id).map_or(0, |(_, n)| *n))
        };
        let here = position.as_ref().map_or(0, number);
        issues.iter().find(|issue| number(issue.item()) > here).or(issues.first()).cloned()
    }

    /// Whether anything in the section is open that could simply pass.
    pub fn can_pass_rest(self, items: &[Item]) -> bool {
        let asked = self.asked.get();
        self.draft.with(|draft| {
            let open = |item: &&Item| {
                item.question == Question::PassFail
                    && draft.items.get(&item.id).is_none_or(|given| given.answer.is_none())
                    && asked.iter().any(|(id, _)| *id == item.id)
            };
            items.iter().filter(open).count() > 1
        })
    }

    pub fn pass_rest(self, section: &SectionId) {
        self.change(|draft| self.checklist(|list| draft.pass_rest(list, section)));
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
        if self.draft.with_untracked(|draft| draft.items.get(&id).is_none_or(|given| given.finding.is_none()))
        {
            let (hazard, today) = (self.phone.clock.new_id(), self.phone.clock.today());
            let finding = Finding::propose(hazard, &item, &responsible, today, lang);
            self.change(|draft| draft.items.entry(id.clone()).or_default().finding = Some(finding));
        }
        self.open.set(Some(id));
    }

    /// Changes the finding of an item, if it has one.
    pub fn change_finding(self, id: &ItemId, change: impl FnOnce(&mut Finding)) {
        self.change(|draft| {
            if let Some(finding) = draft.items.get_mut(id).and_then(|given| given.finding.as_mut()) {
                change(finding);
            }
            draft.position = Some(id.clone());
        });
    }

    pub fn finding(self, id: &ItemId) -> Option<Finding> {
        self.draft.with(|draft| draft.items.get(id)?.finding.clone())
    }
}
