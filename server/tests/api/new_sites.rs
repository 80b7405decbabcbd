//! 新开的店: a site that is made on the spot, from the phone that makes it to the desk that confirms it.

use super::{
    asker::at_desk,
    evidence::{
        actor, clean,
        visits::{failing, photo},
    },
    office::{
        Phone, TestOffice, found, given, id, now, operation, outcome_of, passing_visit, reason_of, refusal_of,
    },
    quarantine::moved_away,
};
use chrono::Duration;
use domain::{
    form::LastAnswers,
    id::{GridId, HazardId, SiteId, TaskId, VisitId},
    inspection::Inspected,
    quarantine::QuarantineFilter,
    role::{Role, Scope},
    site::{Site, SiteFilter, SiteLack},
    spot_check::SpotCheckState,
    task::{Task, TaskFilter},
};
use serde_json::{Value, json};
use server::service::{Error, sites, spot_checks, sync::quarantine, visits};

fn proposed(site: SiteId, grid: GridId, name: &str, address: &str) -> Value {
    operation(json!({ "new_site": { "id": site, "grid": grid, "name": name, "kind": "charging-shed",
        "sector": "ebike", "address": address } }))
}

async fn one(phone: &Phone<'_>, operation: &Value) -> Value {
    phone.sync(std::slice::from_ref(operation)).await.remove(0)
}

async fn known(office: &TestOffice, site: SiteId) -> Option<Site> {
    office.state.store.site(office.office.id, site).await.unwrap()
}

/// As the phone has it that has just made it.
fn as_made(office: &TestOffice, site: SiteId) -> Site {
    Site { id: site, ..office.site.clone() }
}

#[tokio::test]
async fn a_site_made_on_the_spot_is_there_at_once_with_what_is_done_there_and_is_confirmed_at_the_desk() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let (site, hazard) = (id::<SiteId>(), id::<HazardId>());
    let visit = passing_visit(&phone, &as_made(&office, site), &office.form("ebike-charging"));
    let made = proposed(site, office.site.grid, "金河饺子馆", "金河中路39号");
    let sent = [made.clone(), visit, found(hazard, site, "插线板串接")];
    let answers = phone.sync(&sent).await;
    assert!(answers.iter().all(|answer| outcome_of(answer) == "received"), "{answers:?}");
    assert_eq!(outcome_of(&one(&phone, &made).await), "already_received", "made once");

    let stored = known(&office, site).await.unwrap();
    let to_confirm = stored.to_confirm.as_ref().unwrap();
    assert_eq!(to_confirm.by, phone.person);
    assert_eq!((stored.name.as_str(), stored.community), ("金河饺子馆", office.site.community));
    assert!(stored.last_visit.is_some(), "the visit counts");
    let (changes, _) = phone.pull(None).await;
    assert!(changes.iter().any(|change| change["id"] == json!(site)), "those of the grid hear of it");

    let desk = at_desk(&actor(&office.phone(Role::Administrator).await).await);
    let filter = SiteFilter { page: 1, ..SiteFilter::of(SiteLack::Confirmation) };
    let waiting = async || sites::list(&office.state, &desk, &filter).await.unwrap().rows;
    let rows = waiting().await;
    assert_eq!(rows.iter().map(|row| (row.id, row.to_confirm)).collect::<Vec<_>>(), [(site, true)]);
    let confirmed = Site { to_confirm: None, code: "XC-0900".to_owned(), ..stored.clone() };
    sites::save(&office.state, &desk, confirmed, Some(stored)).await.unwrap();
    assert!(waiting().await.is_empty());
    assert_eq!(known(&office, site).await.unwrap().to_confirm, None);
    clean(&office).await;
}

#[tokio::test]
async fn the_very_site_is_not_made_twice_and_what_is_told_of_it_is_not_lost() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    // Its name in another width, at its door.
    let name = office.site.name.replace("A1", "Ａ１");
    let (again, hazard) = (id::<SiteId>(), id::<HazardId>());
    let answer = one(&phone, &proposed(again, office.site.grid, &name, "金河路１号")).await;
    assert_eq!(outcome_of(&answer), "received");
    assert_eq!(known(&office, again).await, None, "no second site");
    // In a later request: the office remembers.
    let visit = passing_visit(&phone, &as_made(&office, again), &office.form("ebike-charging"));
    let answers = phone.sync(&[visit, found(hazard, again, "插线板串接")]).await;
    assert!(answers.iter().all(|answer| outcome_of(answer) == "received"), "{answers:?}");
    let hazard = office.state.store.hazard(office.office.id, hazard).await.unwrap().unwrap();
    assert_eq!(hazard.place.site, office.site.id);
    assert!(known(&office, office.site.id).await.unwrap().last_visit.is_some());
    // Work that is given there is for the site that it is.
    let supervisor = office.phone(Role::Supervisor).await;
    let about = json!({ "visit": { "site": again } });
    let answer = one(&supervisor, &given(id(), phone.person, &about)).await;
    assert_eq!(outcome_of(&answer), "received", "{answer}");
    let (changes, _) = phone.pull(None).await;
    let task = changes.iter().find(|change| change["kind"] == "task").unwrap();
    assert_eq!(task["body"]["about"]["visit"]["site"], json!(office.site.id));
    // Two phones in one request: the second is the first.
    let [first, second] = [id::<SiteId>(), id()];
    let of = |site| proposed(site, office.site.grid, "新开的店", "金河中路41号");
    let answers = phone.sync(&[of(first), of(second)]).await;
    assert!(answers.iter().all(|answer| outcome_of(answer) == "received"), "{answers:?}");
    assert!(known(&office, first).await.is_some() && known(&office, second).await.is_none());
    clean(&office).await;
}

async fn tasks(office: &TestOffice) -> Vec<Task> {
    let filter = TaskFilter { page: 1, ..TaskFilter::default() };
    office.state.store.tasks(office.office.id, &Scope::Office, &filter, now()).await.unwrap().rows
}

#[tokio::test]
async fn work_given_at_the_very_site_is_about_the_one_that_is_there() {
    let office = TestOffice::open().await;
    let (phone, officer) = (office.phone(Role::Inspector).await, office.phone(Role::CommunityOfficer).await);
    let name = office.site.name.replace("A1", "Ａ１");
    let again = id::<SiteId>();
    let give = || given(id::<TaskId>(), phone.person, &json!({ "visit": { "site": again } }));
    // Together with the site, and later.
    let answers = officer.sync(&[proposed(again, office.site.grid, &name, "金河路１号"), give()]).await;
    assert!(answers.iter().all(|answer| outcome_of(answer) == "received"), "{answers:?}");
    assert_eq!(outcome_of(&one(&officer, &give()).await), "received");
    let sites: Vec<_> = tasks(&office).await.iter().map(|task| task.about.site()).collect();
    assert_eq!(sites, [office.site.id; 2]);
    clean(&office).await;
}

#[tokio::test]
async fn whoever_may_not_inspect_there_makes_no_site_and_one_without_a_name_is_none() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let elsewhere = proposed(id(), office.elsewhere.grid, "金河饺子馆", "");
    let answer = one(&phone, &elsewhere).await;
    assert_eq!(reason_of(&answer), "not_allowed");
    assert!(!refusal_of(&answer)["kept"].is_null(), "the administrator decides: {answer}");
    let enterprise = office.phone(Role::Enterprise).await;
    let answer = one(&enterprise, &proposed(id(), office.site.grid, "金河饺子馆", "")).await;
    assert_eq!(reason_of(&answer), "not_allowed");
    assert!(refusal_of(&answer)["kept"].is_null(), "never theirs, and nothing to decide: {answer}");
    let answer = one(&phone, &proposed(id(), office.site.grid, " \u{200b} ", "")).await;
    assert_eq!(reason_of(&answer), "incomplete", "{answer}");
    let answer = one(&phone, &proposed(office.site.id, office.site.grid, "金河饺子馆", "")).await;
    assert_eq!(reason_of(&answer), "id_reused", "{answer}");
    clean(&office).await;
}

#[tokio::test]
async fn a_site_that_is_another_is_merged_with_its_open_hazards_and_what_comes_later() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let (made, hazard, later) = (id::<SiteId>(), id::<HazardId>(), id::<HazardId>());
    let proposal = proposed(made, office.site.grid, "金河饺子馆", "金河中路39号");
    let answers = phone.sync(&[proposal, found(hazard, made, "插线板串接")]).await;
    assert!(answers.iter().all(|answer| outcome_of(answer) == "received"), "{answers:?}");
    let desk = at_desk(&actor(&office.phone(Role::Administrator).await).await);
    let merge = async |site, code: &str| sites::merge(&office.state, &desk, site, code).await;
    let wrong = |refused: Result<SiteId, Error>| match refused {
        Err(Error::Invalid { field, .. }) => field,
        other => panic!("{other:?}"),
    };
    let own = known(&office, made).await.unwrap().code;
    for code in ["NOWHERE", own.as_str()] {
        assert_eq!(wrong(merge(made, code).await), "code", "{code}");
    }
    assert_eq!(wrong(merge(office.elsewhere.id, &office.site.code).await), "code", "it was confirmed");
    assert_eq!(merge(made, &office.site.code).await, Ok(office.site.id));
    let place = async |id| office.state.store.hazard(office.office.id, id).await.unwrap().unwrap().place;
    assert_eq!(place(hazard).await.site, office.site.id);
    let gone = known(&office, made).await.unwrap();
    assert!(gone.retired && gone.to_confirm.is_none());
    // A phone that was away goes on with the id that it gave.
    let answer = one(&phone, &found(later, made, "灭火器过期")).await;
    assert_eq!(outcome_of(&answer), "received", "{answer}");
    assert_eq!(place(later).await.site, office.site.id);
    assert_eq!(wrong(merge(made, &office.site.code).await), "code", "once");
    clean(&office).await;
}

/// The last visit, what was answered last, and the year's count.
#[tokio::test]
async fn what_the_visits_of_a_merged_site_count_for_follows() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let made = id::<SiteId>();
    let visit = passing_visit(&phone, &as_made(&office, made), &office.form("ebike-charging"));
    let visited: VisitId = serde_json::from_value(visit["payload"]["submit_visit"]["id"].clone()).unwrap();
    let proposal = proposed(made, office.site.grid, "金河饺子馆", "金河中路39号");
    let answers = phone.sync(&[proposal, visit]).await;
    assert!(answers.iter().all(|answer| outcome_of(answer) == "received"), "{answers:?}");
    let (of, into) = (office.office.id, office.site.id);
    let last = LastAnswers { form: "ebike-charging".into(), visit: visited, at: now(), answers: vec![] };
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_last_answers(of, &[(made, last.clone())]).await.unwrap();
    tx.commit().await.unwrap();
    let before = known(&office, made).await.unwrap();
    assert!(before.last_visit.is_some() && known(&office, into).await.unwrap().last_visit.is_none());
    // As if the visit had been an administrative inspection.
    let inspected = Inspected::at(&before);
    assert_eq!(inspected, Inspected::Site(made));
    let year = "INSERT INTO administrative_inspection (visit, office, of_party, subject, year, counted)
        SELECT id, office, FALSE, site, 2026, TRUE FROM visit";
    office.database.execute(year).await;
    let desk = at_desk(&actor(&office.phone(Role::Administrator).await).await);
    assert_eq!(sites::merge(&office.state, &desk, made, &office.site.code).await, Ok(into));
    let after = known(&office, into).await.unwrap();
    assert_eq!(after.last_visit, before.last_visit);
    assert!(after.last_answers.contains(&last), "{:?}", after.last_answers);
    let counted = async |of_whom| office.state.store.count_inspections(of, of_whom, 2026).await.unwrap();
    assert_eq!((counted(Inspected::at(&after)).await, counted(inspected).await), (1, 0));
    let (changes, _) = phone.pull(None).await;
    let told = changes.iter().rev().find(|change| change["id"] == json!(into)).unwrap();
    assert!(!told["body"]["last_visit"].is_null(), "{told}");
}

#[tokio::test]
async fn what_is_done_at_a_site_that_cannot_be_stored_yet_waits_with_it() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let made = id::<SiteId>();
    let visit = passing_visit(&phone, &as_made(&office, made), &office.form("ebike-charging"));
    // Whether the office has the very site cannot be said.
    office.database.execute("UPDATE site SET body = '{' || body").await;
    let proposal = proposed(made, office.site.grid, "金河饺子馆", "金河中路39号");
    let answers = phone.sync(&[proposal, visit, found(id(), made, "插线板串接")]).await;
    assert_eq!(answers.iter().map(outcome_of).collect::<Vec<_>>(), ["retry_after"; 3], "{answers:?}");
}

#[tokio::test]
async fn a_visit_shows_what_it_found_also_where_its_site_was_merged() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let made = id::<SiteId>();
    let form = office.form("ebike-charging");
    let photo = photo(&phone, 9).await;
    let (visit, mut operations) = failing(&phone, &as_made(&office, made), &form, &photo);
    operations.insert(0, proposed(made, office.site.grid, "金河饺子馆", "金河中路39号"));
    let answers = phone.sync(&operations).await;
    assert!(answers.iter().all(|answer| outcome_of(answer) == "received"), "{answers:?}");
    let desk = at_desk(&actor(&office.phone(Role::Administrator).await).await);
    sites::merge(&office.state, &desk, made, &office.site.code).await.unwrap();
    assert_eq!(visits::file(&office.state, &desk, visit).await.unwrap().hazards.len(), 1);
}

/// The visit came before the merger, its hazard after it.
#[tokio::test]
async fn a_hazard_comes_late_from_a_visit_at_a_merged_site() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let made = id::<SiteId>();
    let proposal = proposed(made, office.site.grid, "金河饺子馆", "金河中路39号");
    let form = office.form("ebike-charging");
    let (_, mut operations) = failing(&phone, &as_made(&office, made), &form, &photo(&phone, 9).await);
    let late = operations.split_off(1);
    operations.insert(0, proposal);
    let answers = phone.sync(&operations).await;
    assert!(answers.iter().all(|answer| outcome_of(answer) == "received"), "{answers:?}");
    let desk = at_desk(&actor(&office.phone(Role::Administrator).await).await);
    assert_eq!(sites::merge(&office.state, &desk, made, &office.site.code).await, Ok(office.site.id));
    let answers = phone.sync(&late).await;
    assert!(answers.iter().all(|answer| outcome_of(answer) == "received"), "{answers:?}");
    clean(&office).await;
}

#[tokio::test]
async fn what_was_given_or_is_checked_at_a_merged_site_goes_on_at_the_other() {
    let office = TestOffice::open().await;
    let (phone, officer) = (office.phone(Role::Inspector).await, office.phone(Role::CommunityOfficer).await);
    let made = id::<SiteId>();
    let give = given(id::<TaskId>(), phone.person, &json!({ "visit": { "site": made } }));
    let proposal = proposed(made, office.site.grid, "金河饺子馆", "金河中路39号");
    let answers = officer.sync(&[proposal, give]).await;
    assert!(answers.iter().all(|answer| outcome_of(answer) == "received"), "{answers:?}");
    let site = known(&office, made).await.unwrap();
    let sealed = office.seal(&site, &[Role::Inspector], now() + Duration::minutes(30)).await;
    let desk = at_desk(&actor(&office.phone(Role::Administrator).await).await);
    assert_eq!(sites::merge(&office.state, &desk, made, &office.site.code).await, Ok(office.site.id));
    let moved = tasks(&office).await.remove(0);
    assert_eq!((moved.about.site(), moved.about.site_name()), (office.site.id, office.site.name.as_str()));
    // The phone still has the site that was made, sealed in the order.
    let opens = sealed.check.opens_at;
    office.clock.set(opens);
    let mut visit = passing_visit(&phone, &as_made(&office, made), &office.form("ebike-charging"));
    for moment in ["started_at", "submitted_at"] {
        visit["payload"]["submit_visit"][moment] = json!(opens);
    }
    let answer = one(&phone, &visit).await;
    assert_eq!(outcome_of(&answer), "received", "{answer}");
    assert!(!tasks(&office).await[0].is_open(), "the visit does it");
    let maker = at_desk(&office.person(Role::Supervisor).await.actor(office.office.id, None));
    let plan = spot_checks::file(&office.state, &maker, sealed.check.plan).await.unwrap();
    let check = plan.inside.unwrap().sites[0].check.clone().unwrap();
    assert!(matches!(check.state, SpotCheckState::Done { .. }), "{check:?}");
    clean(&office).await;
}

#[tokio::test]
async fn a_site_of_somebody_who_was_moved_waits_and_is_made_as_it_was_found() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let (site, hazard) = (id::<SiteId>(), id::<HazardId>());
    let made = proposed(site, office.site.grid, "金河饺子馆", "金河中路39号");
    moved_away(&office).await;
    assert_eq!(reason_of(&one(&phone, &made).await), "not_allowed");
    assert_eq!(known(&office, site).await, None);
    let desk = at_desk(&actor(&office.phone(Role::Administrator).await).await);
    let filter = QuarantineFilter::default();
    let waiting = quarantine::list(&office.state, &desk, &filter).await.unwrap().rows;
    assert_eq!(waiting.len(), 1);
    quarantine::decide(&office.state, &desk, waiting[0].operation, true).await.unwrap();
    let stored = known(&office, site).await.unwrap();
    assert_eq!(stored.to_confirm.map(|made| made.by), Some(phone.person));
    assert_eq!(outcome_of(&one(&phone, &made).await), "already_received");
    // Whoever is there now finds what is wrong there.
    let other = office.phone(Role::Supervisor).await;
    let answer = one(&other, &found(hazard, site, "插线板串接")).await;
    assert_eq!(outcome_of(&answer), "received", "{answer}");
    clean(&office).await;
}
