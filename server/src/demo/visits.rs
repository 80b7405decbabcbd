//! Eight weeks of visits, filled in by the same draft that phones fill in.

use super::{people, rng::SeededRng};
use crate::catalogue::Catalogue;
use chrono::{DateTime, Datelike, Duration, NaiveTime, Utc, Weekday};
use domain::{
    answer::Answer,
    checklist::{Checklist, Item, Question},
    id::ItemId,
    person::Person,
    site::Site,
    text::Lang,
    time::{china, office_day},
    visit::{Draft, Finding, Participant, Position, ValidationIssue, VisitNature, VisitOutcome},
};
use uuid::Uuid;

const DAYS: i64 = 56;
const VISITS: usize = 440;
/// Sites that somebody went to and could not check.
const NOT_DONE: usize = 16;
/// One visit of so many goes on with a second checklist.
const TWO_FORMS: usize = 9;

/// A visit before it is sealed; findings get their photos when hazards are planned.
pub(super) struct DemoVisit {
    pub site: Site,
    pub inspector: Person,
    /// Of the draft's forms.
    pub checklists: Vec<Checklist>,
    pub draft: Draft,
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
    let mut visits = vec![];
    while visits.len() < VISITS {
        // Later sites of the list less often: some are past their interval.
        let position = rng.below(sites.len()).min(rng.below(sites.len() + 40));
        let site = &sites[position.min(sites.len() - 1)];
        let Some(inspector) = people::inspector_of(people, site) else { continue };
        let Some(checklist) = catalogue
            .checklists
            .iter()
            .filter(|list| list.fits(&site.kinds))
            .nth(usize::from(rng.percent(25)))
            .or_else(|| catalogue.checklists.iter().find(|list| list.fits(&site.kinds)))
        else {
            continue;
        };
        let Some(started_at) = working_hour(rng, now) else { continue };
        visits.push(visit(rng, site, inspector, checklist, started_at));
    }
    // By chances of their own: what is added to visits leaves the hazards of the others as they are.
    let mut aside = SeededRng::new(NOT_DONE as u64, now);
    for visit in visits.iter_mut().step_by(TWO_FORMS) {
        go_on(&mut aside, visit, catalogue);
    }
    for visit in &mut visits {
        if visit.draft.nature == VisitNature::Joint {
            visit.draft.participants = beside(&mut aside, &visit.inspector, people);
        }
    }
    let mut left = NOT_DONE;
    while left > 0 {
        let site = aside.one(sites);
        let at = working_hour(&mut aside, now);
        let Some((inspector, started_at)) = people::inspector_of(people, site).zip(at) else { continue };
        visits.push(not_done(&mut aside, left, site, inspector, started_at));
        left -= 1;
    }
    visits.sort_by_key(|visit| visit.ended_at);
    visits
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
    checklist: &Checklist,
    started_at: DateTime<Utc>,
) -> DemoVisit {
    let kinds = [VisitNature::Surprise, VisitNature::Surprise, VisitNature::Routine, VisitNature::Joint];
    let id = rng.id_at(started_at);
    let nature = *rng.one(&kinds);
    let mut draft = Draft { id, nature, ..begun(site, inspector, started_at) };
    draft.add_form(checklist);
    let failures = [0, 0, 1, 1, 1, 1, 2][rng.below(7)];
    fill(rng, &mut draft, 0, checklist, failures);
    let responsible = site.contacts.first().map(|contact| contact.name.clone()).unwrap_or_default();
    let failed: Vec<ItemId> = draft
        .relevant_items(0, checklist)
        .into_iter()
        .filter(|item| draft.fails(0, item))
        .map(|item| item.id.clone())
        .collect();
    for id in failed {
        let Some(item) = checklist.item(&id) else { continue };
        let hazard = rng.id_at(started_at);
        let finding = Finding::propose(hazard, item, &responsible, office_day(started_at), Lang::Zh);
        if let Some(given) = draft.given_mut(0, &id) {
            given.finding = Some(finding);
        }
    }
    let answered = draft.forms.iter().map(|form| form.items.len()).sum::<usize>();
    let minutes = 6 + i64::try_from(answered).unwrap_or_default() / 3;
    DemoVisit {
        ended_at: started_at + Duration::minutes(minutes),
        site: site.clone(),
        inspector: inspector.clone(),
        checklists: vec![checklist.clone()],
        draft,
    }
}

/// Nothing given yet.
fn begun(site: &Site, inspector: &Person, started_at: DateTime<Utc>) -> Draft {
    Draft {
        id: Uuid::nil().into(),
        site: site.id,
        kinds: site.kinds.clone(),
        nature: VisitNature::Routine,
        inspector: inspector.id,
        participants: vec![],
        outcome: VisitOutcome::Done,
        started_at,
        location: site.location,
        forms: vec![],
        position: Position::default(),
        note: String::new(),
        photos: vec![],
    }
}

/// Another checklist of the site in the same visit, in which everything passes.
fn go_on(rng: &mut SeededRng, visit: &mut DemoVisit, catalogue: &Catalogue) {
    let there = |list: &Checklist| visit.checklists.iter().any(|known| known.id == list.id);
    let fits = |list: &&Checklist| list.fits(&visit.site.kinds) && !there(list);
    let Some(list) = catalogue.checklists.iter().find(fits).cloned() else { return };
    visit.draft.add_form(&list);
    fill(rng, &mut visit.draft, 1, &list, 0);
    if visit.draft.form_issues(1, &list).iter().all(|issue| matches!(issue, ValidationIssue::NeedsPhoto(_))) {
        visit.checklists.push(list);
    } else {
        visit.draft.forms.pop();
    }
}

/// 联合检查: with a colleague, and with somebody whom the office does not employ.
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
) -> DemoVisit {
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
    DemoVisit { site: site.clone(), inspector: inspector.clone(), checklists: vec![], draft, ended_at }
}

/// Answers everything that is asked; an answer may bring further items into view.
fn fill(rng: &mut SeededRng, draft: &mut Draft, form: usize, checklist: &Checklist, failures: usize) {
    let mut to_fail = failures;
    loop {
        let mut asked = draft.relevant_items(form, checklist).into_iter();
        let Some(item) = asked.find(|item| draft.verdict(form, item).is_none()) else { return };
        let fail = to_fail > 0 && rng.percent(12);
        let visit = office_day(draft.started_at);
        let answer = answer(rng, item, fail, visit);
        draft.answer(form, &item.id, answer);
        if draft.fails(form, item) {
            to_fail = to_fail.saturating_sub(1);
        }
    }
}

fn answer(rng: &mut SeededRng, item: &Item, fail: bool, visit: chrono::NaiveDate) -> Answer {
    match &item.question {
        Question::PassFail if fail => Answer::Fail,
        Question::PassFail if rng.percent(4) => Answer::NotApplicable,
        Question::PassFail => Answer::Pass,
        Question::Number(measure) => {
            let good = measure.at_least.unwrap_or(measure.from).max(1.0f64.min(measure.to));
            let good = measure.at_most.map_or(good, |most| good.min(most));
            let bad = measure.at_least.map(|least| (least * 0.8).max(measure.from));
            let bad = bad.or_else(|| measure.at_most.map(|most| (most * 1.3 + 1.0).min(measure.to)));
            let scale = 10f64.powi(i32::from(measure.decimals));
            let given = if fail { bad.unwrap_or(good) } else { good };
            Answer::Number((given * scale).round() / scale)
        }
        Question::Count(measure) => {
            let good = measure.at_least.unwrap_or(measure.from);
            let good = measure.at_most.map_or(good, |most| most.min(good.max(measure.from)));
            let bad = match (measure.at_most, measure.at_least) {
                (Some(most), _) => most + rng.between(1, 3) as f64,
                (None, Some(least)) => (least - 1.0).max(measure.from),
                (None, None) => good,
            };
            let given = if fail { bad } else { good };
            Answer::Count(given.clamp(measure.from, measure.to) as u32)
        }
        Question::SelectOne { options } => {
            let wanted: Vec<_> = options.iter().filter(|option| option.fails == fail).collect();
            let position = rng.below(wanted.len().max(1));
            let option = wanted.get(position).copied().or(options.first());
            option.map_or(Answer::NotApplicable, |option| Answer::SelectOne(option.id.clone()))
        }
        Question::SelectMultiple { options } => {
            let good = options.iter().filter(|option| !option.fails || fail);
            let chosen = good.take(1 + rng.below(2)).map(|option| option.id.clone()).collect();
            Answer::SelectMultiple(chosen)
        }
        Question::Date(rule) => {
            let days = if rule.not_past {
                200
            } else {
                -rng.between(1, i64::from(rule.within_days.unwrap_or(30)).max(1))
            };
            Answer::Date(visit + Duration::days(days))
        }
        Question::Text => Answer::Text("现场已向负责人说明".to_owned()),
    }
}
