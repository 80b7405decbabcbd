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
    visit::{Draft, Finding, VisitNature},
};

const DAYS: i64 = 56;
const VISITS: usize = 440;

/// A visit before it is sealed; findings get their photos when hazards are planned.
pub(super) struct DemoVisit {
    pub site: Site,
    pub inspector: Person,
    pub checklist: Checklist,
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
    let mut draft = Draft {
        id: rng.id_at(started_at),
        site: site.id,
        kinds: site.kinds.clone(),
        kind: *rng.one(&kinds),
        checklist: checklist.id.clone(),
        version: checklist.version,
        inspector: inspector.id,
        started_at,
        location: site.location,
        items: Default::default(),
        position: None,
        note: String::new(),
    };
    let failures = [0, 0, 1, 1, 1, 1, 2][rng.below(7)];
    fill(rng, &mut draft, checklist, failures);
    let responsible = site.contacts.first().map(|contact| contact.name.clone()).unwrap_or_default();
    let failed: Vec<ItemId> = draft
        .relevant_items(checklist)
        .filter(|item| draft.fails(item))
        .map(|item| item.id.clone())
        .collect();
    for id in failed {
        let Some(item) = checklist.item(&id) else { continue };
        let hazard = rng.id_at(started_at);
        let finding = Finding::propose(hazard, item, &responsible, office_day(started_at), Lang::Zh);
        draft.items.entry(id).or_default().finding = Some(finding);
    }
    let minutes = 6 + i64::try_from(draft.items.len()).unwrap_or_default() / 3;
    DemoVisit {
        ended_at: started_at + Duration::minutes(minutes),
        site: site.clone(),
        inspector: inspector.clone(),
        checklist: checklist.clone(),
        draft,
    }
}

/// Answers everything that is asked; an answer may bring further items into view.
fn fill(rng: &mut SeededRng, draft: &mut Draft, checklist: &Checklist, failures: usize) {
    let mut to_fail = failures;
    loop {
        let open = draft.relevant_items(checklist).find(|item| draft.verdict(item).is_none()).cloned();
        let Some(item) = open else { return };
        let fail = to_fail > 0 && rng.percent(12);
        let visit = office_day(draft.started_at);
        let answer = answer(rng, &item, fail, visit);
        draft.answer(&item.id, answer);
        if draft.fails(&item) {
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
