//! Eight weeks of visits, filled in by the same draft that phones fill in.

use super::{filling::fill, people, rng::SeededRng};
use crate::catalogue::Catalogue;
use chrono::{DateTime, Datelike, Duration, NaiveTime, Utc, Weekday};
use domain::{
    form::{Entry, Form, Layer, QuestionKind, session::PreparedForm},
    person::Person,
    site::Site,
    text::Lang,
    time::{china, office_day},
    visit::{
        Draft, DraftIssue, OpenDraft, Participant, SiteSeen, ValidationIssue, VisitNature, VisitOutcome,
    },
};
use std::sync::Arc;
use uuid::Uuid;

const DAYS: i64 = 56;
const VISITS: usize = 440;
/// Sites that somebody went to and could not check.
const NOT_DONE: usize = 16;
/// All of them.
#[cfg(test)]
pub(super) const ALL: usize = VISITS + NOT_DONE;
/// One visit of so many goes on with a second form.
const TWO_FORMS: usize = 9;
/// One visit of so many is made together with others.
const TOGETHER: usize = 4;
/// Visits in a hundred that are patrols, where the site has a form for one.
const PATROLS: usize = 60;
/// A step through the list of sites, which stand there kind by kind.
const SPREAD: usize = 97;

/// A visit before it is sealed; findings get their photos when hazards are planned.
pub(super) struct DemoVisit {
    pub site: Site,
    pub inspector: Person,
    /// Of the draft's forms.
    pub forms: Vec<Arc<PreparedForm>>,
    pub open: OpenDraft,
    pub ended_at: DateTime<Utc>,
}

/// By time. The sites carry their last visit afterwards only in the store.
pub(super) fn plan(
    rng: &mut SeededRng,
    now: DateTime<Utc>,
    sites: &[Site],
    people: &[Person],
    catalogue: &Catalogue,
) -> Vec<DemoVisit> {
    let forms: Vec<_> = catalogue.forms.iter().cloned().map(Arc::new).map(PreparedForm::new).collect();
    let mut visits = vec![];
    while visits.len() < VISITS {
        // Some less often than others, of whatever kind: they are past their interval.
        let position = rng.below(sites.len()).min(rng.below(sites.len() + 40));
        let site = &sites[position * SPREAD % sites.len()];
        let Some(inspector) = people::inspector_of(people, site) else { continue };
        let Some(started_at) = working_hour(rng, now) else { continue };
        let (id, nature) = (rng.id_at(started_at), nature(rng));
        let draft = Draft { id, nature, ..begun(site, inspector, started_at) };
        let Some(form) = one_of(rng, &offered(&forms, &draft)) else { continue };
        visits.extend(visit(rng, site, inspector, draft, form));
    }
    // By chances of their own: what is added to visits leaves the hazards of the others as they are.
    let mut aside = SeededRng::new(NOT_DONE as u64, now);
    for visit in visits.iter_mut().step_by(TWO_FORMS) {
        go_on(&mut aside, visit, &forms);
    }
    for visit in visits.iter_mut().step_by(TOGETHER) {
        visit.open.draft_mut().participants = beside(&mut aside, &visit.inspector, people);
    }
    let mut left = NOT_DONE;
    while left > 0 {
        let site = aside.one(sites);
        let at = working_hour(&mut aside, now);
        let Some((inspector, started_at)) = people::inspector_of(people, site).zip(at) else { continue };
        visits.extend(not_done(&mut aside, left, site, inspector, started_at));
        left -= 1;
    }
    visits.sort_by_key(|visit| visit.ended_at);
    visits
}

/// What the phone offers at the site of the draft, patrols first.
fn offered(forms: &[Arc<PreparedForm>], draft: &Draft) -> Vec<Arc<PreparedForm>> {
    let here = draft.site_seen.context(draft.started_at);
    let mut offered: Vec<_> = forms.iter().filter(|form| form.form().is_offered(&here)).cloned().collect();
    offered.sort_by_key(|form| form.form().layer);
    offered
}

fn one_of(rng: &mut SeededRng, offered: &[Arc<PreparedForm>]) -> Option<Arc<PreparedForm>> {
    let patrols = offered.iter().filter(|form| form.form().layer == Layer::Patrol).count();
    let among = if patrols > 0 && rng.percent(PATROLS) { &offered[..patrols] } else { offered };
    (!among.is_empty()).then(|| Arc::clone(rng.one(among)))
}

fn nature(rng: &mut SeededRng) -> VisitNature {
    *rng.one(&[VisitNature::Patrol, VisitNature::Patrol, VisitNature::Patrol, VisitNature::Recheck])
}

/// A moment of a working day in the last weeks that has gone by.
fn working_hour(rng: &mut SeededRng, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let day = office_day(now) - Duration::days(rng.between(0, DAYS));
    if matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
        return None;
    }
    let minute = rng.between(8 * 60 + 20, 17 * 60 + 10);
    let morning = day.and_time(NaiveTime::MIN).and_local_timezone(china()).earliest()?;
    let at = morning.with_timezone(&Utc) + Duration::minutes(minute);
    (at + Duration::hours(1) < now).then_some(at)
}

fn visit(
    rng: &mut SeededRng,
    site: &Site,
    inspector: &Person,
    mut draft: Draft,
    form: Arc<PreparedForm>,
) -> Option<DemoVisit> {
    let started_at = draft.started_at;
    draft.add_form(form.form());
    let forms = vec![form];
    let mut open = OpenDraft::open(draft, &forms)?;
    // Whoever asks more finds more.
    let patrol = forms.iter().all(|form| form.form().layer == Layer::Patrol);
    let failures = if patrol { [0, 0, 0, 1, 1, 1, 2] } else { [0, 1, 1, 2, 2, 3, 4] }[rng.below(7)];
    fill(rng, &mut open, 0, failures);
    open_findings(rng, &mut open, site);
    let minutes = 6 + i64::from(open.tally(0).answered()) / 3;
    let ended_at = started_at + Duration::minutes(minutes);
    Some(DemoVisit { site: site.clone(), inspector: inspector.clone(), forms, open, ended_at })
}

/// The sheet of every hazard that the answers propose.
fn open_findings(rng: &mut SeededRng, open: &mut OpenDraft, site: &Site) {
    let started_at = open.draft().started_at;
    let responsible = site.contacts.first().map(|contact| contact.name.clone()).unwrap_or_default();
    for (_, proposed) in open.proposed().to_vec() {
        let Some(failed) = proposed.questions.first() else { continue };
        let (hazard, day) = (rng.id_at(started_at), office_day(started_at));
        open.open_finding((failed.form, &failed.key), hazard, &responsible, day, Lang::Zh);
    }
}

/// Nothing given yet.
fn begun(site: &Site, inspector: &Person, started_at: DateTime<Utc>) -> Draft {
    let (id, seen) = (Uuid::nil().into(), SiteSeen::of(site));
    let begun = Draft::begun(id, site.id, seen, VisitNature::Patrol, inspector.id, started_at);
    Draft { outcome: VisitOutcome::Done, location: site.location, ..begun }
}

/// Another form of the site in the same visit, in which everything passes that was not asked before: one that asks about each of
/// several things before the others, or else nobody would see such a record.
fn go_on(rng: &mut SeededRng, visit: &mut DemoVisit, all: &[Arc<PreparedForm>]) {
    let there = |form: &Form| visit.forms.iter().any(|known| known.form().id == form.id);
    let mut draft = visit.open.draft().clone();
    let others = offered(all, &draft).into_iter().filter(|form| !there(form.form()));
    let repeats = |form: &Form| form.all_entries().iter().any(|entry| matches!(entry, Entry::Repeat(_)));
    let Some(form) = others.min_by_key(|form| !repeats(form.form())) else { return };
    draft.add_form(form.form());
    let forms: Vec<_> = visit.forms.iter().cloned().chain([form]).collect();
    let Some(mut open) = OpenDraft::open(draft, &forms) else { return };
    fill(rng, &mut open, 1, 0);
    open_findings(rng, &mut open, &visit.site);
    if open.issues().iter().all(|issue| is_mended_by_photos(&open, issue)) {
        (visit.forms, visit.open) = (forms, open);
    }
}

/// Photos are taken when hazards are planned.
fn is_mended_by_photos(open: &OpenDraft, issue: &DraftIssue) -> bool {
    let DraftIssue::Question { form, issue } = issue else { return false };
    match issue {
        ValidationIssue::NeedsPhoto(_) | ValidationIssue::NeedsFindingPhoto(_) => true,
        ValidationIssue::Unanswered(key) => {
            open.question(*form, key).is_some_and(|state| state.question.kind == QuestionKind::Photo)
        }
        ValidationIssue::NotAnAnswer(_)
        | ValidationIssue::Invalid(..)
        | ValidationIssue::NeedsFinding(_)
        | ValidationIssue::NeedsWords(_)
        | ValidationIssue::NeedsAuthority(_)
        | ValidationIssue::NeedsAfterPhoto(_)
        | ValidationIssue::OverLimit(..) => false,
    }
}

/// With a colleague, and with somebody whom the office does not employ.
fn beside(rng: &mut SeededRng, inspector: &Person, people: &[Person]) -> Vec<Participant> {
    let colleague = people.iter().find(|person| person.role == inspector.role && person.id != inspector.id);
    let colleague =
        colleague.map(|person| Participant { person: Some(person.id), name: person.name.clone() });
    let guest = *rng.one(&["消防救援站 赵站长", "派出所 马警官", "安全专家 孙工"]);
    colleague.into_iter().chain(Participant::typed(guest)).collect()
}

/// 没查成: somebody was there, and nothing could be checked; each of the reasons in its turn.
fn not_done(
    rng: &mut SeededRng,
    nth: usize,
    site: &Site,
    inspector: &Person,
    started_at: DateTime<Utc>,
) -> Option<DemoVisit> {
    let met = [
        (VisitOutcome::Closed, "卷帘门锁闭，敲门无人应答"),
        (VisitOutcome::Closed, "门口贴有停业告示"),
        (VisitOutcome::Closed, ""),
        (VisitOutcome::Refused, "店主称老板不在，不让进入后厨"),
        (VisitOutcome::Moved, "邻店说上月搬走"),
        (VisitOutcome::Gone, "房屋已拆除"),
    ];
    let (outcome, note) = met[nth % met.len()];
    let id = rng.id_at(started_at);
    let draft = Draft { id, outcome, note: note.to_owned(), ..begun(site, inspector, started_at) };
    let ended_at = started_at + Duration::minutes(3);
    let open = OpenDraft::open(draft, &[])?;
    Some(DemoVisit { site: site.clone(), inspector: inspector.clone(), forms: vec![], open, ended_at })
}
