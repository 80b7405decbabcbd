//! 巡查: what a tap at a door does, and how the doors stand. Watch [`Topic::Records`], [`Topic::Drafts`] and [`Topic::Outbox`].
//!
//! A tap makes a whole visit: a draft, filled in, and kept as every draft is. It is not handed in at once: for a moment it can
//! be [taken back](take_back), until the next door is done or the moment has gone by ([`hand_in`]). Which drafts those are
//! stands in the settings, so that a page that is thrown away in that moment loses nothing: the next one hands them in.

use crate::{
    Device, DeviceError,
    changes::Topic,
    db::{self, Known},
    drafts::{self, NotSubmitted},
    location,
    platform::Settings as _,
    records, session,
};
use chrono::{DateTime, Utc};
use domain::{
    device::StoreName,
    form::{Answer, AnswerKey, Form, Layer, session::PreparedForm},
    hazard::Hazard,
    id::{FormId, QuestionId, SiteId, VisitId},
    limits::{FORMS, TEXT},
    order::{collected, sort_by_key},
    patrol::{DoorVisit, Walked, state_of},
    site::Site,
    text::Bilingual,
    time::office_day,
    visit::{Draft, OpenDraft, SiteSeen, VisitNature, VisitOutcome, VisitSummary},
};
use std::{collections::BTreeMap, sync::Arc};

/// What a door is visited for, where nobody says otherwise.
const NATURE: VisitNature = VisitNature::Patrol;

/// What is known of the doors. A phone may hold thousands of them: what is asked of one is looked up.
#[derive(Debug, Clone, PartialEq)]
pub struct Doors {
    /// In use, by name.
    pub sites: Vec<Site>,
    /// Sites that this version cannot show.
    pub newer: usize,
    places: BTreeMap<SiteId, usize>,
    /// Those that wait to be sent, and those that can still be taken back, among them.
    visits: BTreeMap<SiteId, Vec<DoorVisit>>,
    open: BTreeMap<SiteId, Vec<Hazard>>,
    /// Where and when hazards were found, ended ones among them.
    found: BTreeMap<SiteId, Vec<(SiteId, DateTime<Utc>)>>,
}

impl Doors {
    pub fn site(&self, id: SiteId) -> Option<&Site> {
        self.sites.get(*self.places.get(&id)?)
    }

    /// How the door stands since then.
    pub fn state_of(&self, id: SiteId, since: DateTime<Utc>) -> Walked {
        state_of(id, since, those(&self.visits, id), those(&self.found, id))
    }

    /// Hazards that are open there, the most urgent first.
    pub fn open_at(&self, id: SiteId) -> &[Hazard] {
        those(&self.open, id)
    }
}

fn those<T>(all: &BTreeMap<SiteId, Vec<T>>, id: SiteId) -> &[T] {
    all.get(&id).map(Vec::as_slice).unwrap_or_default()
}

/// In the order in which they come.
fn by_site<T>(all: impl IntoIterator<Item = T>, site: impl Fn(&T) -> SiteId) -> BTreeMap<SiteId, Vec<T>> {
    let mut sorted: BTreeMap<SiteId, Vec<T>> = BTreeMap::new();
    for one in all {
        sorted.entry(site(&one)).or_default().push(one);
    }
    sorted
}

/// What a tap has come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tapped {
    /// All is answered; it can be taken back for a moment.
    Whole(VisitId),
    /// Something has to be answered first: the visit goes on by itself.
    Asks(VisitId),
    /// No list of a patrol is asked at such a site: one has to be chosen.
    NoList,
}

/// What is said at the door of a hazard that was open there before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// What it failed, where a visit found it.
    pub of: Option<(FormId, QuestionId)>,
    /// 已改好
    pub mended: bool,
    /// As the record has it.
    pub words: String,
}

/// A question of a door's short list.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    pub form: FormId,
    pub key: AnswerKey,
    pub text: Bilingual,
}

pub async fn doors(device: &Device) -> Result<Doors, DeviceError> {
    let Known { known, newer } = records::sites(device).await?;
    let sites: Vec<Site> = known.into_iter().filter(|site| !site.retired).collect();
    let places = collected(sites.iter().enumerate().map(|(place, site)| (site.id, place)));
    let summaries: Known<VisitSummary> =
        db::read(&device.db, &[StoreName::Records], async |tx| tx.records().await).await?;
    let mut visits: Vec<_> = summaries.known.iter().map(DoorVisit::from).collect();
    visits.extend(drafts::waiting(device).await?.iter().map(DoorVisit::from));
    let tapped = tapped(device);
    let begun = drafts::all(device).await?;
    visits.extend(begun.iter().filter(|draft| tapped.contains(&draft.id)).map(DoorVisit::from));
    let hazards = records::hazards(device).await?.known;
    let found = hazards.iter().map(|hazard| (hazard.place.site, hazard.found_at));
    let found = by_site(found, |(site, _)| *site);
    let open = by_site(hazards.into_iter().filter(Hazard::is_open), |hazard| hazard.place.site);
    let visits = by_site(visits, |visit| visit.site);
    Ok(Doors { sites, newer: newer.len(), places, visits, open, found })
}

/// The lists of patrols that are asked today, whatever the site. None for whoever walks no street.
pub async fn lists(device: &Device) -> Result<Vec<Arc<Form>>, DeviceError> {
    if !session::current(device).is_some_and(|me| me.actor.may_patrol()) {
        return Ok(vec![]);
    }
    let forms = records::forms(device).await?.known;
    Ok(forms.into_iter().filter(|form| form.layer == Layer::Patrol).map(Arc::new).collect())
}

/// Those of them that are asked at this site; one visit has no more than so many.
pub fn asked_at(device: &Device, site: &Site, lists: &[Arc<Form>]) -> Vec<Arc<Form>> {
    let at = Arc::new(SiteSeen::of(site).context(device.clock.now()));
    let asked = lists.iter().filter(|form| form.is_offered(&at) && form.asks_anything(&at));
    asked.take(FORMS).map(Arc::clone).collect()
}

/// 短表: what is asked at the door and can simply be passed.
///
/// # Errors
/// Whose it would be is not known: nobody is signed in.
pub fn short_list(device: &Device, site: &Site, lists: &[Arc<Form>]) -> Result<Vec<Asked>, DeviceError> {
    let asked = asked_at(device, site, lists);
    let forms: Vec<&Form> = asked.iter().map(Arc::as_ref).collect();
    let draft = drafts::new(device, site, SiteSeen::of(site), &forms, NATURE)?;
    let Some(mut open) = opened(draft, &asked) else { return Ok(vec![]) };
    open.pass_all();
    let questions = open.passed().into_iter().filter_map(|(form, key)| {
        let text = open.question(form, &key)?.question.text.clone();
        Some(Asked { form: open.form(form)?.id.clone(), key, text })
    });
    Ok(questions.collect())
}

fn opened(draft: Draft, forms: &[Arc<Form>]) -> Option<OpenDraft> {
    let prepared: Vec<_> = forms.iter().map(|form| PreparedForm::new(Arc::clone(form))).collect();
    OpenDraft::open(draft, &prepared)
}

/// 全部正常: a visit in which everything is in order, but for what `remarks` say of hazards of before.
pub async fn all_in_order(
    device: &Device,
    site: &Site,
    lists: &[Arc<Form>],
    remarks: &[Remark],
) -> Result<Tapped, DeviceError> {
    if let Some(begun) = asks_already(device, site, lists).await? {
        return Ok(Tapped::Asks(begun));
    }
    let Some(mut open) = begin(device, site, lists, remarks).await? else { return Ok(Tapped::NoList) };
    open.draft_mut().location = location::recent(device);
    drafts::save(device, open.draft()).await?;
    let id = open.draft().id;
    if !open.issues().is_empty() {
        device.changes.announce(Topic::Drafts);
        return Ok(Tapped::Asks(id));
    }
    keep(device, id);
    Ok(Tapped::Whole(id))
}

/// What was tapped here today and asks for something still: a second tap goes on with it, and makes no second visit.
async fn asks_already(
    device: &Device,
    site: &Site,
    lists: &[Arc<Form>],
) -> Result<Option<VisitId>, DeviceError> {
    let asked: Vec<FormId> = asked_at(device, site, lists).iter().map(|form| form.id.clone()).collect();
    if asked.is_empty() {
        return Ok(None);
    }
    let (whole, today) = (tapped(device), office_day(device.clock.now()));
    let is_it = |draft: &&Draft| {
        let is_here = draft.site == site.id && draft.nature == NATURE && draft.form_ids() == asked;
        is_here && office_day(draft.started_at) == today && !whole.contains(&draft.id)
    };
    Ok(drafts::all(device).await?.iter().find(is_it).map(|draft| draft.id))
}

/// A visit in which this failed and the rest is in order; it goes on by itself. None where nothing is asked there.
pub async fn with_problem(
    device: &Device,
    site: &Site,
    lists: &[Arc<Form>],
    remarks: &[Remark],
    failed: &Asked,
) -> Result<Option<VisitId>, DeviceError> {
    let Some(mut open) = begin(device, site, lists, remarks).await? else { return Ok(None) };
    let form = open.draft().forms.iter().position(|kept| kept.form == failed.form);
    // What is not asked any more cannot fail: the visit shows what is.
    let _ = form.map(|form| open.answer(form, &failed.key, Answer::Fail));
    drafts::save(device, open.draft()).await?;
    device.changes.announce(Topic::Drafts);
    Ok(Some(open.draft().id))
}

/// 没看成: a visit that says what was met with. A refusal has words.
pub async fn not_done(
    device: &Device,
    site: &Site,
    outcome: VisitOutcome,
    note: &str,
) -> Result<VisitId, DeviceError> {
    let mut draft = drafts::begin_with(device, site, &[], NATURE).await?;
    draft.outcome = outcome;
    note.clone_into(&mut draft.note);
    draft.location = location::recent(device);
    drafts::save(device, &draft).await?;
    keep(device, draft.id);
    Ok(draft.id)
}

/// Everything is passed that can simply be, and the remarks stand in their places.
async fn begin(
    device: &Device,
    site: &Site,
    lists: &[Arc<Form>],
    remarks: &[Remark],
) -> Result<Option<OpenDraft>, DeviceError> {
    let asked = asked_at(device, site, lists);
    if asked.is_empty() {
        return Ok(None);
    }
    let forms: Vec<&Form> = asked.iter().map(Arc::as_ref).collect();
    let draft = drafts::begin_with(device, site, &forms, NATURE).await?;
    let Some(mut open) = opened(draft, &asked) else { return Ok(None) };
    open.pass_all();
    for remark in remarks {
        remark.put_into(&mut open);
    }
    let words: Vec<_> = remarks.iter().map(|remark| remark.words.as_str()).collect();
    // Where very much is open, the list of what it is ends early: each has its own hazard anyway.
    open.draft_mut().note = words.join("\n").chars().take(TEXT).collect();
    Ok(Some(open))
}

impl Remark {
    /// What still is not put right has not passed; it is no second hazard either: the first one is still open.
    fn put_into(&self, open: &mut OpenDraft) {
        let Some((form, question)) = self.of.as_ref().filter(|_| !self.mended) else { return };
        let is_of_form = |open: &OpenDraft, at: usize| open.form(at).is_some_and(|known| known.id == *form);
        let mut passed = open.passed().into_iter();
        let asked = passed.find(|(at, key)| key.question == *question && is_of_form(open, *at));
        let (at, key, words) = match asked {
            Some((at, key)) => (at, key, self.words.clone()),
            // Another hazard of the same question was told of before it.
            None => {
                let key = AnswerKey { question: question.clone(), instance: vec![] };
                let Some(at) = (0..open.sessions().len()).find(|at| is_of_form(open, *at)) else { return };
                let before = open.question(at, &key);
                let Some(before) = before.filter(|state| state.answer == Some(&Answer::StillOpen)) else {
                    return;
                };
                let both = format!("{}\n{}", before.note, self.words);
                (at, key, both.chars().take(TEXT).collect())
            }
        };
        // Both are asked there, as was just seen.
        let _ = open.answer(at, &key, Answer::StillOpen);
        let _ = open.write_note(at, &key, &words);
    }
}

/// What came of taking a tap back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakenBack {
    /// Nothing of it is left.
    Done,
    /// Another tab had handed it in or taken it back: that stands.
    Elsewhere,
}

/// Takes a tap back: nothing of it is left. What was handed in stays as it is, and whoever is late is told.
pub async fn take_back(device: &Device, id: VisitId) -> Result<TakenBack, DeviceError> {
    let _one_by_one = device.handing_in.lock().await;
    // One that cannot be read is there all the same.
    let is_gone = matches!(drafts::get(device, id).await, Ok(None));
    if is_gone || !tapped(device).contains(&id) {
        forget(device, id);
        // The other tab may have said so before this one listened.
        device.changes.announce(Topic::Drafts);
        return Ok(TakenBack::Elsewhere);
    }
    // Looked at once more in the step that takes it out: the other tab may hand it in at this very moment.
    let is_taken = drafts::take_out(device, id).await?;
    forget(device, id);
    Ok(if is_taken { TakenBack::Done } else { TakenBack::Elsewhere })
}

/// Hands in what was tapped, but for this one. `title` is what the outbox calls it, given the site's name.
///
/// # Errors
/// Of the first that could not be handed in: it is tried again by the next call, and keeps none behind it waiting.
pub async fn hand_in(
    device: &Device,
    but: Option<VisitId>,
    title: impl Fn(String) -> String,
) -> Result<(), DeviceError> {
    let _one_by_one = device.handing_in.lock().await;
    let mut first = Ok(());
    for id in tapped(device).into_iter().filter(|id| Some(*id) != but) {
        let handed_in = hand_in_one(device, id, &title).await;
        if handed_in.is_ok() {
            forget(device, id);
        }
        first = first.and(handed_in);
    }
    first
}

/// What is not here any more was taken back or handed in by another tab. What lacks something, by a change of the form's
/// meaning, stays among what was begun.
async fn hand_in_one(
    device: &Device,
    id: VisitId,
    title: &impl Fn(String) -> String,
) -> Result<(), DeviceError> {
    let (Some(draft), Some(copies)) = (drafts::get(device, id).await?, drafts::copies(device, id).await?)
    else {
        return Ok(());
    };
    let forms: Vec<_> = copies.forms.into_iter().map(Arc::new).collect();
    let Some(open) = opened(draft, &forms) else { return Ok(()) };
    let title = title(copies.site.name.clone());
    match drafts::submit(device, open, &copies.site, title).await {
        Ok(()) | Err(NotSubmitted::Issues(_)) => Ok(()),
        Err(NotSubmitted::Device(DeviceError::ChangedElsewhere)) => {
            // Where another tab ended it meanwhile, this one has nothing left to do.
            if drafts::is_begun(device, id).await? { Err(DeviceError::ChangedElsewhere) } else { Ok(()) }
        }
        Err(NotSubmitted::Device(error)) => Err(error),
    }
}

/// What can still be taken back, the oldest first.
pub fn tapped(device: &Device) -> Vec<VisitId> {
    let kept = key(device).and_then(|key| device.settings.get(&key)).unwrap_or_default();
    let mut ids: Vec<VisitId> = kept.split_whitespace().filter_map(|id| id.parse().ok()).collect();
    // Ids begin with the time.
    sort_by_key(&mut ids, |id| *id);
    ids
}

fn keep(device: &Device, id: VisitId) {
    write(device, &[tapped(device), vec![id]].concat());
    device.changes.announce(Topic::Drafts);
}

fn forget(device: &Device, id: VisitId) {
    let kept: Vec<_> = tapped(device).into_iter().filter(|kept| *kept != id).collect();
    write(device, &kept);
}

/// Where a browser keeps nothing, what was tapped stays among the visits that were begun.
fn write(device: &Device, ids: &[VisitId]) {
    let Some(key) = key(device) else { return };
    if ids.is_empty() {
        device.settings.remove(&key);
    } else {
        let ids: Vec<_> = ids.iter().map(VisitId::to_string).collect();
        device.settings.set(&key, &ids.join(" "));
    }
}

fn key(device: &Device) -> Option<String> {
    session::owner(device).map(|owner| format!("patrol.{owner}"))
}
