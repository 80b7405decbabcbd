//! What an office decides for itself, and who hears of it.

use super::{
    asker::{at_desk, said},
    desk::Browser,
    evidence::clean,
    office::{PASSWORD, TestOffice, found, id, outcome_of, reason_of, refusal_of},
};
use app::{
    error::AppError,
    server_fns::{
        meanwhile::base_of,
        settings::office_settings_form::{OfficeSettingsForm, PERMISSIONS, word_of},
    },
};
use chrono::NaiveDate;
use domain::{
    audit::{Act, AuditFilter},
    id::HazardId,
    list::{FileFormat, ListName, ListRequest},
    permission::Permissions,
    role::{Action, Actor, Role},
    settings::{
        OfficeSettings, SettingsCommand,
        calendar::WorkCalendar,
        hours::{WorkHours, WorkSpan},
        paper::Paper,
        series::{NumberSeries, Series},
    },
};
use serde_json::{Value, json};
use server::service::{self, exports, settings};
use std::collections::BTreeSet;

async fn actor(office: &TestOffice, role: Role) -> Actor {
    let session = office.phone(role).await.request("GET", "/api/v1/session", "").await.json();
    serde_json::from_value(session["actor"].clone()).unwrap()
}

async fn change(office: &TestOffice, command: &SettingsCommand) -> Result<(), AppError> {
    let by = at_desk(&actor(office, Role::Administrator).await);
    said(settings::change(&office.state, &by, command).await)
}

fn without(taken: &[(Role, Action)]) -> SettingsCommand {
    let mut allowed = Permissions::default().allowed();
    allowed.retain(|one| !taken.contains(one));
    SettingsCommand::Narrow { allowed, was: None }
}

fn invalid(done: Result<(), AppError>) -> String {
    match done {
        Err(AppError::Invalid { field, .. }) => field,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_is_taken_away_holds_at_once_and_reaches_every_phone() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let (_, cursor) = phone.pull(None).await;
    change(&office, &without(&[(Role::Inspector, Action::Inspect)])).await.unwrap();
    let (changes, _) = phone.pull(Some(cursor)).await;
    let directory = changes.iter().find(|change| change["kind"] == "directory").unwrap();
    assert_eq!(directory["body"]["me"]["withheld"], json!(["inspect"]));
    // What was made before the phone heard of it is not lost.
    let answer = &phone.sync(&[found(id(), office.site.id, "堆放杂物")]).await[0];
    assert_eq!(reason_of(answer), "not_allowed", "{answer}");
    assert!(refusal_of(answer)["kept"].is_object(), "it waits for the administrator: {answer}");
    let officer = office.phone(Role::Officer).await;
    assert_eq!(outcome_of(&officer.sync(&[found(id(), office.site.id, "堆放杂物")]).await[0]), "received");
    // Put back, it is as before.
    change(&office, &without(&[])).await.unwrap();
    assert_eq!(outcome_of(&phone.sync(&[found(id(), office.site.id, "堆放杂物")]).await[0]), "received");
}

#[tokio::test]
async fn a_role_that_loses_the_desk_is_led_nowhere_in_it() {
    let office = TestOffice::open().await;
    let browser = Browser::new(&office);
    assert_eq!(browser.sign_in("leader", PASSWORD).await, "/office");
    assert!(browser.get("/office/hazards").await.status.is_success());
    change(&office, &without(&[(Role::Leader, Action::UseOffice)])).await.unwrap();
    assert_eq!(browser.get("/office/hazards").await.status, 403);
    assert_eq!(browser.get("/office/audit").await.status, 403, "though the log itself was left to them");
    assert_eq!(Browser::new(&office).sign_in("leader", PASSWORD).await, "/field/");
}

#[tokio::test]
async fn nobody_widens_the_table_locks_the_office_out_or_writes_over_another() {
    let office = TestOffice::open().await;
    let locks_out = without(&[(Role::Administrator, Action::ManageSettings)]);
    assert_eq!(invalid(change(&office, &locks_out).await), "allowed");
    let mut allowed = Permissions::default().allowed();
    allowed.insert((Role::School, Action::Recheck));
    assert_eq!(invalid(change(&office, &SettingsCommand::Narrow { allowed, was: None }).await), "allowed");
    change(&office, &without(&[(Role::Leader, Action::Recheck)])).await.unwrap();
    let late = SettingsCommand::Narrow {
        allowed: Permissions::default().allowed(),
        was: Some(Permissions::default()),
    };
    assert!(matches!(change(&office, &late).await, Err(AppError::Changed { .. })));
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Administrator) {
        let by = at_desk(&actor(&office, role).await);
        assert_eq!(said(settings::file(&office.state, &by).await).unwrap_err(), AppError::NotAllowed);
        let done = said(settings::change(&office.state, &by, &without(&[])).await);
        assert_eq!(done, Err(AppError::NotAllowed), "{role:?}");
    }
}

#[tokio::test]
async fn every_change_is_told_of_with_before_and_after() {
    let office = TestOffice::open().await;
    change(&office, &without(&[(Role::Leader, Action::Recheck)])).await.unwrap();
    change(&office, &without(&[(Role::Leader, Action::Recheck)])).await.unwrap();
    let filter = AuditFilter { page: 1, act: Some(Act::Changed), ..AuditFilter::default() };
    let told = office.state.store.audit(office.office.id, &filter).await.unwrap().rows;
    let [entry] = told.as_slice() else { panic!("what changes nothing is not told of: {told:?}") };
    let words = |value: &Value| value["may_leader"].as_array().unwrap().contains(&json!("recheck"));
    assert!(words(&entry.before) && !words(&entry.after));
    assert_eq!(entry.after.as_object().unwrap().len(), 1, "what did not change is left out");
    let page = Browser::new(&office);
    page.sign_in("administrator", PASSWORD).await;
    let page = page.get("/office/audit?act=changed").await.text();
    assert!(page.contains("“分管领导”可以办理的事项") && page.contains("验收、退回"), "{page}");
}

#[tokio::test]
async fn a_new_prefix_is_for_numbers_to_come() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let (before, after): (HazardId, HazardId) = (id(), id());
    phone.sync(&[found(before, office.site.id, "堆放杂物")]).await;
    let series =
        NumberSeries { hazard: "新城隐".into(), receipt: "h z".into(), ..NumberSeries::default() };
    let blank = SettingsCommand::Number { series: series.clone(), was: None };
    assert_eq!(invalid(change(&office, &blank).await), "receipt");
    let alike = NumberSeries { hazard: "jc".into(), ..NumberSeries::default() };
    let alike = SettingsCommand::Number { series: alike, was: None };
    assert_eq!(invalid(change(&office, &alike).await), Series::Hazard.as_str());
    let series = NumberSeries { receipt: "HZ".into(), ..series };
    change(&office, &SettingsCommand::Number { series, was: None }).await.unwrap();
    phone.sync(&[found(after, office.site.id, "堵塞通道")]).await;
    let number = async |hazard| {
        let stored = office.state.store.hazard(office.office.id, hazard).await.unwrap().unwrap();
        stored.number.unwrap()
    };
    assert!(number(before).await.starts_with("XC-"), "{}", number(before).await);
    let next = number(after).await;
    assert!(next.starts_with("新城隐-") && next.ends_with("-000002"), "the running number goes on: {next}");
    clean(&office).await;
}

#[tokio::test]
async fn a_paper_that_is_not_issued_is_offered_nowhere() {
    let office = TestOffice::open().await;
    let browser = Browser::new(&office);
    browser.sign_in("supervisor", PASSWORD).await;
    let link = "/office/export/hazards/xlsx";
    assert!(browser.get("/office/hazards").await.text().contains(link));
    let papers = BTreeSet::from([Paper::VisitRecord]);
    change(&office, &SettingsCommand::Issue { papers, was: None }).await.unwrap();
    assert!(!browser.get("/office/hazards").await.text().contains(link));
    assert_eq!(browser.get(link).await.status, 404);
    let by = at_desk(&actor(&office, Role::Supervisor).await);
    let request = ListRequest::read(ListName::Ledger, |_| None);
    let made = exports::list(&office.state, &by, &request, FileFormat::Csv).await;
    assert_eq!(made.unwrap_err(), service::Error::NotFound);
    assert!(
        browser.get("/office/export/sites/xlsx").await.status.is_success(),
        "no other list is that paper"
    );
}

#[tokio::test]
async fn a_deadline_on_a_day_off_says_so() {
    let office = TestOffice::open().await;
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let both = WorkCalendar {
        days_off: BTreeSet::from([day("2026-11-27")]),
        workdays: BTreeSet::from([day("2026-11-27")]),
        ..WorkCalendar::default()
    };
    let rejected = change(&office, &SettingsCommand::Work { calendar: both.clone(), was: None }).await;
    assert_eq!(invalid(rejected), "workdays");
    let hazard: HazardId = id();
    office.phone(Role::Inspector).await.sync(&[found(hazard, office.site.id, "堆放杂物")]).await;
    let browser = Browser::new(&office);
    browser.sign_in("supervisor", PASSWORD).await;
    let page = format!("/office/hazards/{hazard}");
    assert!(!browser.get(&page).await.text().contains("休息日"));
    // In three days, a Friday.
    let calendar = WorkCalendar { workdays: BTreeSet::new(), ..both };
    change(&office, &SettingsCommand::Work { calendar, was: None }).await.unwrap();
    assert!(browser.get(&page).await.text().contains("休息日"));
}

#[tokio::test]
async fn working_hours_follow_one_another_and_every_change_of_them_is_told() {
    let office = TestOffice::open().await;
    let hours = |texts: &[&str]| {
        let spans = texts.iter().map(|text| WorkSpan::parse(text).unwrap()).collect();
        let calendar = WorkCalendar { hours: WorkHours(spans), ..WorkCalendar::default() };
        SettingsCommand::Work { calendar, was: None }
    };
    for wrong in [&["12:00-08:30"][..], &["08:30-12:00", "11:00-18:00"], &["00:00-01:00"; 5]] {
        assert_eq!(invalid(change(&office, &hours(wrong)).await), "hours", "{wrong:?}");
    }
    assert_eq!(
        office.state.store.office_settings(office.office.id).await.unwrap(),
        OfficeSettings::default(),
        "nothing was changed"
    );
    change(&office, &hours(&["09:00-12:00", "13:30-17:00"])).await.unwrap();
    let kept = service::settings::of(&office.state, office.office.id).await.unwrap().calendar;
    assert!(kept.is_working_time("2026-11-24T01:00:00Z".parse().unwrap()));
    assert!(!kept.is_working_time("2026-11-24T09:00:00Z".parse().unwrap()), "five in the afternoon");
    let page = Browser::new(&office);
    page.sign_in("administrator", PASSWORD).await;
    let told = page.get("/office/audit?act=changed").await.text();
    assert!(told.contains("工作时间") && told.contains("09:00-12:00、13:30-17:00"), "{told}");
    let form = page.get("/office/settings?part=calendar").await.text();
    assert!(form.contains("09:00-12:00\n13:30-17:00"), "{form}");
}

/// As a browser sends it without the program.
#[tokio::test]
async fn the_table_is_ticked_and_saved_as_a_plain_form() {
    let office = TestOffice::open().await;
    let browser = Browser::new(&office);
    browser.sign_in("administrator", PASSWORD).await;
    let page = browser.get("/office/settings?part=permissions").await.text();
    assert!(page.contains("分管领导：验收、退回") && page.contains("必须保留"), "{page}");
    let here = "/office/settings?part=permissions";
    let base = |settings: &OfficeSettings| base_of(&OfficeSettingsForm::of(PERMISSIONS, settings));
    let words = Permissions::default().allowed().into_iter();
    let words: Vec<_> = words.map(|(role, action)| word_of(role, action)).collect();
    let usual = base(&OfficeSettings::default());
    let mut fields = vec![("form[does]", PERMISSIONS), ("form[page]", here), ("form[base]", usual.as_str())];
    let stays = words.iter().filter(|word| *word != "leader.recheck");
    fields.extend(stays.map(|word| ("form[allowed][]", word.as_str())));
    let led = browser.form("save_office_settings", &fields).await;
    assert!(led.ends_with(here), "{led}");
    let leader = actor(&office, Role::Leader).await;
    assert!(!leader.may_do(Action::Recheck) && leader.may_do(Action::ReadAudit));
    // Without what has to stay, nothing is changed.
    let narrowed = base(&office.state.store.office_settings(office.office.id).await.unwrap());
    let fields = [
        ("form[does]", PERMISSIONS),
        ("form[page]", here),
        ("form[base]", narrowed.as_str()),
        ("form[allowed][]", "leader.use_field"),
    ];
    let refused = browser.form("save_office_settings", &fields).await;
    assert!(refused.contains("不能收回"), "{refused}");
    assert!(actor(&office, Role::Leader).await.may_do(Action::ReadAudit));
}
