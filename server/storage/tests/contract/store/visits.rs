//! Forms, and the visits that were filled in from them.

use super::{announced, founded, id, now, office, site};
use chrono::Duration;
use domain::{
    audience::Audience,
    form::{Answer, AnswerKey, Form, LastAnswer, LastAnswers},
    id::{FormId, SiteId, SiteKind, VisitId},
    place::Department,
    risk::RiskLevel,
    role::Scope,
    sector::Sector,
    site::{
        Site,
        attributes::{GasSupply, SiteAttributes},
    },
    text::Bilingual,
    time::office_day,
    visit::{PlaceNames, SiteSnapshot, VisitFilter, VisitNature, VisitOutcome},
};
use serde_json::json;
use std::collections::HashMap;
use storage::{Changed, LoadedRecord, Record, Store, StoredVisit};
use uuid::Uuid;

fn access() -> FormId {
    "fire-access".into()
}

/// Of another sector.
fn drill() -> Form {
    let form = json!({ "id": "school-drill", "version": 1, "sector": "school", "layer": "inspection",
        "title": { "zh": "应急演练", "en": "Drill" }, "entries": [] });
    serde_json::from_value(form).unwrap()
}

fn form(version: u32) -> Form {
    let question =
        json!({ "id": "clear", "text": { "zh": "通道畅通", "en": "The way is clear" }, "kind": "pass_fail" });
    let group = json!({ "id": "ways", "title": { "zh": "通道", "en": "Ways" }, "entries": [{ "question": question }] });
    let form = json!({ "id": access(), "version": version, "sector": "fire", "layer": "patrol",
        "site_kinds": ["charging-shed"], "title": { "zh": "消防通道", "en": format!("Fire access {version}") },
        "entries": [{ "group": group }] });
    serde_json::from_value(form).unwrap()
}

/// Sealed this many hours later, and received a minute after.
fn visit(n: u128, hours: i64) -> StoredVisit {
    let at = now() + Duration::hours(hours);
    let answer = json!({ "key": { "question": "clear" }, "answer": "fail", "verdict": "fail" });
    let form = json!({ "form": access(), "version": 1, "answers": [answer] });
    let visit = json!({ "id": Uuid::from_u128(n), "site": Uuid::from_u128(21), "nature": "patrol",
        "site_seen": { "kinds": ["charging-shed"] }, "outcome": "done", "inspector": Uuid::from_u128(31),
        "started_at": at - Duration::minutes(20), "submitted_at": at, "forms": [form] });
    let around =
        PlaceNames { community: "锦绣社区".to_owned(), grid: "第11网格".to_owned(), department: None };
    StoredVisit {
        number: format!("JC-2026-{n:06}"),
        received_at: at + Duration::minutes(1),
        inspector_name: "王芳".to_owned(),
        site: SiteSnapshot::of(&site(21, 11), around),
        visit: serde_json::from_value(visit).unwrap(),
    }
}

/// Nobody opened.
fn closed_door(n: u128, hours: i64) -> StoredVisit {
    let mut stored = visit(n, hours);
    stored.visit.outcome = VisitOutcome::Closed;
    stored.visit.forms.clear();
    stored
}

/// With the drill as its second form.
fn of_two_forms(n: u128, hours: i64) -> StoredVisit {
    let mut stored = visit(n, hours);
    let mut second = stored.visit.forms[0].clone();
    second.form = drill().id;
    stored.visit.forms.push(second);
    stored
}

async fn newest(store: &impl Store) -> Vec<Form> {
    let newest = store.newest_editions(office()).await.unwrap();
    newest.into_iter().map(|known| known.form).collect()
}

pub async fn every_version_of_a_form_stays(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_form(office(), &form(1)).await.unwrap();
    let other = Form { sector: Sector::School, ..form(1) };
    tx.put_forms(office(), &[other, form(2), form(2)]).await.unwrap();
    assert_eq!(tx.form(office(), &access(), 1).await.unwrap(), Some(form(1)), "as it was first");
    assert_eq!(tx.form(office(), &access(), 2).await.unwrap(), Some(form(2)));
    assert_eq!(tx.sector_of(office(), &access()).await.unwrap(), Some(Sector::Fire));
    assert_eq!(tx.sector_of(office(), &"school-drill".into()).await.unwrap(), None);
    tx.commit().await.unwrap();
    assert_eq!(newest(store).await, [form(2)]);
    assert_eq!(store.form_versions(office()).await.unwrap(), [(access(), 1), (access(), 2)].into());
    assert!(store.form_versions(id(2)).await.unwrap().is_empty(), "another office's");
    let record = Record::Form(access(), 2);
    let asked = std::slice::from_ref(&record);
    let loaded = store.load_records(office(), asked).await.unwrap().remove(&record).unwrap().unwrap();
    assert_eq!(loaded, LoadedRecord::Form(Box::new(form(2))));
    assert!(store.load_records(id(2), asked).await.unwrap().is_empty(), "another office's");
    assert_eq!(store.form(office(), &access(), 1).await.unwrap(), Some(form(1)));
    assert_eq!(store.form(office(), &access(), 3).await.unwrap(), None);
    let heard = announced(store, Audience::Everybody, 0, 100).await;
    let of_form = |rows: &[Changed]| {
        rows.iter().find(|row| row.record.as_ref() == Some(&record)).map(|row| row.seq).unwrap()
    };
    assert_eq!(heard.iter().filter(|row| row.record.as_ref() == Some(&record)).count(), 1);

    let mut tx = store.write().await.unwrap();
    tx.put_forms(office(), &[form(1), form(2), drill()]).await.unwrap();
    tx.commit().await.unwrap();
    let again = announced(store, Audience::Everybody, 0, 100).await;
    assert_eq!(of_form(&again), of_form(&heard), "what was there is not told of again");
    assert_eq!(newest(store).await, [form(2), drill()]);
}

pub async fn a_visit_is_sealed_and_moves_its_sites_last_visit(store: &impl Store) {
    let (first, second) = (visit(61, 0), visit(62, 24));
    let mut tx = founded(store).await;
    tx.put_form(office(), &form(1)).await.unwrap();
    tx.put_visits(office(), &[second.clone(), first.clone()]).await.unwrap();
    assert_eq!(tx.known_visits(&[id(61), id(63)]).await.unwrap(), [id(61)].into());
    let known = tx.visits(office(), &[id(61), id(63)]).await.unwrap();
    assert_eq!(known, [(id(61), first.visit.clone())].into());
    assert!(tx.visits(id(2), &[id(61)]).await.unwrap().is_empty(), "another office's");
    tx.commit().await.unwrap();
    assert_eq!(store.visit(office(), id(61)).await.unwrap(), Some(first.clone()));
    assert_eq!(store.visit(id(2), id(61)).await.unwrap(), None);
    let short = store.visit_summary(office(), id(61)).await.unwrap().unwrap();
    assert_eq!((short.number, short.submitted_at), (first.number.clone(), now()));
    assert_eq!((short.tally.failed, short.tally.answered()), (1, 1));
    assert!(store.visit_summary(office(), id(63)).await.unwrap().is_none());
    let site = store.site(office(), id(21)).await.unwrap().unwrap();
    assert_eq!(site.last_visit, Some(second.happened()));

    let mut tx = store.write().await.unwrap();
    assert!(tx.put_visits(office(), &[first]).await.is_err(), "what is sealed is not written again");
}

pub async fn a_closed_door_leaves_the_last_visit_where_it_was(store: &impl Store) {
    let (done, closed) = (visit(61, 0), closed_door(62, 24));
    let mut tx = founded(store).await;
    tx.put_form(office(), &form(1)).await.unwrap();
    tx.put_visits(office(), std::slice::from_ref(&closed)).await.unwrap();
    let seen = tx.sites(office(), &[id(21)]).await.unwrap();
    assert!(seen.into_values().all(|site| site.last_visit.is_none()), "nothing was checked");
    tx.put_visits(office(), std::slice::from_ref(&done)).await.unwrap();
    tx.commit().await.unwrap();
    let site = store.site(office(), id(21)).await.unwrap().unwrap();
    assert_eq!(site.last_visit, Some(done.happened()), "a closed door is to be tried again");
    let short = store.visit_summary(office(), id(62)).await.unwrap().unwrap();
    assert_eq!((short.outcome, short.forms.len()), (VisitOutcome::Closed, 0));
    assert_eq!(store.visit(office(), id(62)).await.unwrap(), Some(closed));
}

pub async fn a_site_remembers_the_kinds_that_it_had(store: &impl Store) {
    let kinds = |kinds: &[&str]| kinds.iter().map(|kind| (*kind).into()).collect::<Vec<SiteKind>>();
    let mut tx = founded(store).await;
    for kinds in [kinds(&["school", "canteen"]), kinds(&["canteen", "school"]), kinds(&["school"])] {
        tx.put_site(office(), &Site { kinds, ..site(21, 11) }).await.unwrap();
    }
    let first: SiteId = id(21);
    let mut had = tx.kinds_had(&[first, id(23)]).await.unwrap();
    let mut of_site = had.remove(&first).unwrap();
    of_site.sort();
    let known = [kinds(&["canteen", "school"]), kinds(&["charging-shed"]), kinds(&["school"])];
    assert_eq!(of_site, known, "each once, in whatever order it was written");
    assert!(had.is_empty(), "of a site that is not there, nothing is known");
    assert!(tx.kinds_had(&[]).await.unwrap().is_empty());

    let department = Department { id: id(41), name: "应急办".to_owned(), sectors: vec![] };
    tx.put_department(office(), &department).await.unwrap();
    tx.put_site(office(), &Site { department: Some(id(41)), ..site(22, 12) }).await.unwrap();
    let named = tx.named_sites(office(), &[id(21), id(22)]).await.unwrap();
    assert_eq!(named[&id(22)].0, Site { department: Some(id(41)), ..site(22, 12) });
    let named: HashMap<SiteId, _> = named.into_iter().map(|(id, (_, names))| (id, names)).collect();
    let names = |grid: &str, department: Option<&str>| PlaceNames {
        community: "锦绣社区".to_owned(),
        grid: grid.to_owned(),
        department: department.map(str::to_owned),
    };
    let expected = [(id(21), names("第11网格", None)), (id(22), names("第12网格", Some("应急办")))];
    assert_eq!(named, expected.into());
    assert!(tx.named_sites(id(2), &[id(21)]).await.unwrap().is_empty(), "another office's");
}

pub async fn what_is_known_about_a_site_is_kept_and_comes_back(store: &impl Store) {
    let known = SiteAttributes {
        area: Some(86.5),
        storeys: Some(18),
        gas: Some(GasSupply::Piped),
        ..SiteAttributes::default()
    };
    let mut tx = founded(store).await;
    tx.put_site(office(), &Site { attributes: known.clone(), ..site(21, 11) }).await.unwrap();
    let read = tx.sites(office(), &[id(21), id(22)]).await.unwrap();
    assert_eq!(read[&id(21)].attributes, known);
    assert!(read[&id(22)].attributes.is_empty(), "nothing is known");
    tx.commit().await.unwrap();
    let read = store.site(office(), id(21)).await.unwrap().unwrap();
    assert_eq!(read, Site { attributes: known.clone(), ..site(21, 11) });
    let mut tx = store.write().await.unwrap();
    tx.put_site(office(), &site(21, 11)).await.unwrap();
    let first: SiteId = id(21);
    let mut had = tx.attributes_had(&[first, id(23)]).await.unwrap();
    let of_site = had.remove(&first).unwrap();
    assert_eq!(of_site.len(), 2, "each once, however often it was written");
    assert!(of_site.contains(&SiteAttributes::default()) && of_site.contains(&known));
    assert!(had.is_empty(), "of a site that is not there, nothing is known");
    assert!(tx.attributes_had(&[]).await.unwrap().is_empty());
    tx.commit().await.unwrap();
    assert!(store.site(office(), id(21)).await.unwrap().unwrap().attributes.is_empty());
}

pub async fn last_visits_move_on_and_never_back(store: &impl Store) {
    let mut tx = founded(store).await;
    let (here, there): (SiteId, SiteId) = (id(21), id(22));
    let (early, late) = (now(), now() + Duration::hours(2));
    tx.put_last_visits(office(), &[]).await.unwrap();
    tx.put_last_visits(office(), &[(here, late), (there, early)]).await.unwrap();
    tx.put_last_visits(office(), &[(here, early), (there, late)]).await.unwrap();
    tx.put_last_visits(id(2), &[(here, late + Duration::hours(1))]).await.unwrap();
    let read = tx.sites(office(), &[here, there]).await.unwrap();
    assert_eq!((read[&here].last_visit, read[&there].last_visit), (Some(late), Some(late)));
}

pub async fn what_was_answered_last_is_kept_with_the_site(store: &impl Store) {
    let last = |form: FormId, visit: u128, hours: i64| LastAnswers {
        form,
        visit: id(visit),
        at: now() + Duration::hours(hours),
        answers: vec![LastAnswer { key: AnswerKey::of("clear"), answer: Answer::Fail }],
    };
    let (first, second) = (last(access(), 61, 0), last(access(), 62, 24));
    let drilled = last(drill().id, 61, 0);
    let (here, there): (SiteId, SiteId) = (id(21), id(22));
    let mut tx = founded(store).await;
    tx.put_last_answers(office(), &[]).await.unwrap();
    let given = [(here, first.clone()), (here, drilled.clone()), (there, first.clone())];
    tx.put_last_answers(office(), &given).await.unwrap();
    tx.put_last_answers(office(), &[(here, second.clone())]).await.unwrap();
    tx.put_last_answers(office(), &[(here, first.clone())]).await.unwrap();
    tx.put_last_answers(id(2), &[(there, second.clone())]).await.unwrap();
    let read = tx.sites(office(), &[here, there]).await.unwrap();
    assert_eq!(read[&here].last_answers, [second.clone(), drilled], "one that comes late changes nothing");
    assert_eq!(read[&there].last_answers, [first], "another office's is nobody's here");
    let named = tx.named_sites(office(), &[here]).await.unwrap();
    assert_eq!(named[&here].0.last_answers.len(), 2);
    tx.put_site(office(), &Site { name: "新名称".to_owned(), ..site(21, 11) }).await.unwrap();
    tx.commit().await.unwrap();
    let read = store.site(office(), here).await.unwrap().unwrap();
    assert_eq!(read.last_answers[0], second, "whoever edits the site leaves it");
}

pub async fn a_visit_of_several_forms_is_listed_once_under_each(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_form(office(), &form(1)).await.unwrap();
    tx.put_form(office(), &drill()).await.unwrap();
    tx.put_visits(office(), &[of_two_forms(61, 0), visit(62, 1), closed_door(63, 2)]).await.unwrap();
    tx.commit().await.unwrap();
    let found = async |scope: Scope, filter: VisitFilter| {
        let page = store.visits(office(), &scope, &VisitFilter { page: 1, ..filter }).await.unwrap();
        assert_eq!(page.total, page.rows.len() as u64);
        page.rows.into_iter().map(|row| row.summary.id).collect::<Vec<VisitId>>()
    };
    let all = VisitFilter::default;
    let [one, two, three]: [VisitId; 3] = [61, 62, 63].map(id);
    let school = Scope::Department { department: id(41), sectors: vec![Sector::School] };
    assert_eq!(found(school, all()).await, [], "the sector of a form puts it in nobody's sight");
    let both = Scope::Department { department: id(41), sectors: vec![Sector::School, Sector::Fire] };
    assert_eq!(found(both, all()).await, [three, two, one], "the site's does, and once");
    for (filter, expected) in [
        (VisitFilter { form: Some(access()), ..all() }, vec![two, one]),
        (VisitFilter { form: Some(drill().id), ..all() }, vec![one]),
        (VisitFilter { form: Some("none".into()), ..all() }, vec![]),
        (VisitFilter { outcome: Some(VisitOutcome::Closed), ..all() }, vec![three]),
        (VisitFilter { outcome: Some(VisitOutcome::Done), ..all() }, vec![two, one]),
        (VisitFilter { sector: Some(Sector::School), ..all() }, vec![one]),
        (VisitFilter { sector: Some(Sector::Fire), ..all() }, vec![three, two, one]),
    ] {
        assert_eq!(found(Scope::Office, filter.clone()).await, expected, "{filter:?}");
    }
    let page = VisitFilter { page: 1, ..all() };
    let rows = store.visits(office(), &Scope::Office, &page).await.unwrap().rows;
    let titles: Vec<Vec<_>> =
        rows.iter().map(|row| row.form_titles.iter().map(|title| title.zh.as_str()).collect()).collect();
    assert_eq!(titles, [vec![], vec!["消防通道"], vec!["消防通道", "应急演练"]], "in their order");
    assert_eq!(rows[2].summary.tally.answered(), 2, "of both forms");

    let mut tx = store.write().await.unwrap();
    let mut twice = visit(64, 3);
    let again = twice.visit.forms[0].clone();
    twice.visit.forms.push(again);
    assert!(tx.put_visits(office(), &[twice]).await.is_err(), "nothing is asked twice in one visit");
}

pub async fn visits_are_found_by_what_they_are(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_form(office(), &form(1)).await.unwrap();
    tx.put_visits(office(), &[visit(61, 0), visit(62, 24)]).await.unwrap();
    tx.commit().await.unwrap();
    let (both, none): ([VisitId; 2], [VisitId; 0]) = ([id(62), id(61)], []);
    let found = async |scope: Scope, filter: VisitFilter| {
        let filter = VisitFilter { page: 1, ..filter };
        let page = store.visits(office(), &scope, &filter).await.unwrap();
        assert_eq!(page.total, page.rows.len() as u64);
        page.rows.into_iter().map(|row| row.summary.id).collect::<Vec<_>>()
    };
    let all = VisitFilter::default;
    assert_eq!(found(Scope::Office, all()).await, both, "newest first");
    assert_eq!(found(Scope::Grids(vec![id(11)]), all()).await, both);
    assert_eq!(found(Scope::Grids(vec![id(12)]), all()).await, none);
    let of_sector = Scope::Department { department: id(41), sectors: vec![Sector::Fire] };
    assert_eq!(found(of_sector, all()).await, both);
    for (filter, expected) in [
        (VisitFilter { nature: Some(VisitNature::Patrol), ..all() }, &both[..]),
        (VisitFilter { nature: Some(VisitNature::Recheck), ..all() }, &none[..]),
        (VisitFilter { sector: Some(Sector::Fire), ..all() }, &both[..]),
        (VisitFilter { sector: Some(Sector::School), ..all() }, &none[..]),
        (VisitFilter { community: Some(id(10)), ..all() }, &both[..]),
        (VisitFilter { site: Some(id(22)), ..all() }, &none[..]),
        (VisitFilter { inspector: Some(id(31)), ..all() }, &both[..]),
        (VisitFilter { from: office_day(now()).succ_opt(), ..all() }, &both[..1]),
        (VisitFilter { to: Some(office_day(now())), ..all() }, &both[1..]),
        (VisitFilter { query: "jc-2026-000061".to_owned(), ..all() }, &both[1..]),
        (VisitFilter { query: "场所21 王芳".to_owned(), ..all() }, &both[..]),
        (VisitFilter { query: "场所22".to_owned(), ..all() }, &none[..]),
    ] {
        assert_eq!(found(Scope::Office, filter.clone()).await, expected, "{filter:?}");
    }
    let page = VisitFilter { page: 1, ..all() };
    let page = store.visits(office(), &Scope::Office, &page).await.unwrap();
    let row = &page.rows[0];
    assert_eq!((row.site_name.as_str(), row.community_name.as_str()), ("场所21", "锦绣社区"));
    assert_eq!(row.form_titles, [Bilingual::new("消防通道", "Fire access 1")]);
    assert_eq!(row.risk, RiskLevel::Considerable);
}
