//! Two people save one record: the second sees what the first did, field by field, and nothing is lost on either side.

use super::{
    office::{TestOffice, found, id},
    pages::{Desk, Seat, fault},
};
use crate::asker::{at_desk, said};
use app::{
    error::AppError,
    server_fns::{
        hazards::{hazard_form::HazardForm, plan_words::base_of_hazard},
        meanwhile::base_of,
        people::person_form::PersonForm,
        places::{
            place_form::PlaceForm,
            settings_form::{INTERVALS, SettingsForm},
        },
        sites::site_form::SiteForm,
    },
};
use axum::http::StatusCode;
use domain::{
    fen::Fen,
    file::PlacesFile,
    hazard::{CommandField, Hazard, HazardCommand, HazardCommandKind, Referral},
    id::HazardId,
    person::Person,
    role::Role,
    site::{Contact, Site},
};
use serde_json::Value;
use server::service::{hazards, people, sites};

async fn site_form(office: &TestOffice) -> SiteForm {
    let site = office.state.store.site(office.office.id, office.site.id).await.unwrap().unwrap();
    let form = SiteForm::of(&site);
    SiteForm { base: base_of(&form), ..form }
}

/// The fields that are to be chosen, by name.
fn fields(fault: &Value) -> Vec<(String, String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let change = |one: &Value| (text(&one["field"]), text(&one["theirs"]), text(&one["mine"]));
    fault["changed"]["meanwhile"]["fields"].as_array().unwrap().iter().map(change).collect()
}

#[tokio::test]
async fn the_second_of_two_who_save_a_site_chooses_field_by_field() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office);
    let (one, other) = (desk.seat(Role::Supervisor).await, desk.seat(Role::Administrator).await);
    let loaded = site_form(&office).await;
    let first = SiteForm { leader: "王主任".into(), risk: "major".into(), ..loaded.clone() };
    assert_eq!(one.act("save_site", &first).await.status, StatusCode::OK);
    let zhang = Contact { name: "张经理".into(), ..Contact::default() };
    let second = SiteForm { leader: "李主任".into(), contacts: vec![zhang, Contact::default()], ..loaded };
    let refused = fault(&other.act("save_site", &second).await);
    assert_eq!(
        fields(&refused),
        [
            ("leader".into(), "王主任".into(), "李主任".into()),
            ("risk".into(), "重大风险".into(), "较大风险".into()),
        ]
    );
    let site = office.state.store.site(office.office.id, office.site.id).await.unwrap().unwrap();
    assert_eq!((site.leader.as_str(), site.contacts.len()), ("王主任", 0), "nothing was written");
    // My leader, their risk, and what only I changed.
    let base = refused["changed"]["meanwhile"]["base"].as_str().unwrap().to_owned();
    let take = [("leader", "mine"), ("risk", "theirs")].map(|(field, whose)| (field.into(), whose.into()));
    let chosen = SiteForm { base, take: take.into(), ..second };
    assert_eq!(other.act("save_site", &chosen).await.status, StatusCode::OK);
    let site = office.state.store.site(office.office.id, office.site.id).await.unwrap().unwrap();
    assert_eq!((site.leader.as_str(), site.risk.as_str()), ("李主任", "major"));
    assert_eq!(site.contacts[0].name, "张经理");
}

#[tokio::test]
async fn of_two_who_save_a_person_at_the_same_moment_the_second_is_told() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office);
    let (one, other) = (desk.seat(Role::Administrator).await, desk.seat(Role::Administrator).await);
    for round in 0..5 {
        let people = office.state.store.people(office.office.id).await.unwrap();
        let form = PersonForm::of(people.iter().find(|person| person.role == Role::Inspector).unwrap(), &[]);
        let loaded = PersonForm { base: base_of(&form), ..form };
        let forms = ["甲", "乙"].map(|name| PersonForm { name: format!("{name}{round}"), ..loaded.clone() });
        let (first, second) =
            tokio::join!(one.act("save_person", &forms[0]), other.act("save_person", &forms[1]));
        let done = [&first, &second].into_iter().filter(|reply| reply.status == StatusCode::OK).count();
        assert_eq!(done, 1, "both were told that theirs was saved, or neither was");
    }
}

/// Never the first that is found: whoever means it writes it as it stands.
#[tokio::test]
async fn a_code_that_is_only_like_a_sites_is_asked_about() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office);
    let seat = desk.seat(Role::Administrator).await;
    let people = office.state.store.people(office.office.id).await.unwrap();
    let school = people.iter().find(|person| person.role == Role::School).unwrap();
    let known = PersonForm::of(school, &["A1".to_owned()]);
    let form = PersonForm { base: base_of(&known), sites: "a1".into(), ..known };
    let refused = fault(&seat.act("save_person", &form).await);
    assert_eq!(refused["invalid"]["field"], "sites", "{refused}");
    assert!(refused["invalid"]["reason"].as_str().unwrap().contains("A1"), "{refused}");
    let exact = PersonForm { sites: "A1 B1".into(), ..form };
    assert_eq!(seat.act("save_person", &exact).await.status, StatusCode::OK);
}

/// Lists write codes narrow; so does the form, and it makes no second site that only looks like the first.
#[tokio::test]
async fn a_code_that_differs_in_width_or_case_only_is_no_other_code() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office);
    let seat = desk.seat(Role::Administrator).await;
    let known = site_form(&office).await;
    let blank = SiteForm { id: String::new(), base: String::new(), ..known.clone() };
    let new = |code: &str| SiteForm { code: code.into(), ..blank.clone() };
    for twin in ["Ａ１", "a1", "A 1", "A1"] {
        let refused = fault(&seat.act("save_site", &new(twin)).await);
        assert_eq!(refused["invalid"]["field"], "code", "{twin}: {refused}");
    }
    assert_eq!(seat.act("save_site", &new("Ｔ－０７０１")).await.status, StatusCode::OK);
    let sites = office.state.store.all_sites(office.office.id).await.unwrap();
    assert!(sites.iter().any(|site| site.code == "T-0701"));
    // A site's own code is no twin of itself.
    let same = SiteForm { code: "Ａ１".into(), ..known };
    assert_eq!(seat.act("save_site", &same).await.status, StatusCode::OK);
}

#[tokio::test]
async fn without_the_program_the_page_shows_both_and_keeps_what_was_typed() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office);
    let (one, other) = (desk.seat(Role::Supervisor).await, desk.seat(Role::Administrator).await);
    let loaded = site_form(&office).await;
    one.act("save_site", &SiteForm { leader: "王主任".into(), ..loaded.clone() }).await;
    let mine = SiteForm { leader: "李主任".into(), address: "新城路 9 号".into(), ..loaded };
    let (_, page) = other.submit("save_site", &mine).await;
    let html = page.text();
    for words in
        ["他人修改过这条记录", "用对方的：王主任", "用我的：李主任", "form[take][leader]", "新城路 9 号"]
    {
        assert!(html.contains(words), "{words} is not on the page");
    }
}

#[tokio::test]
async fn who_changed_nothing_that_another_changed_is_not_asked() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office);
    let seat = desk.seat(Role::Administrator).await;
    let loaded = site_form(&office).await;
    // A visit meanwhile is no change by a person.
    let inspector = office.phone(Role::Inspector).await;
    let form = office.form("ebike-charging");
    inspector.sync(&[super::office::passing_visit(&inspector, &office.site, &form)]).await;
    let same = SiteForm { leader: "王主任".into(), ..loaded.clone() };
    assert_eq!(seat.act("save_site", &same).await.status, StatusCode::OK);
    // Two who do the same do not disagree.
    assert_eq!(seat.act("save_site", &same).await.status, StatusCode::OK);
    // A form that does not say what it was based on overwrites nothing.
    let blind = SiteForm { base: String::new(), leader: "李主任".into(), ..loaded };
    assert_eq!(fields(&fault(&seat.act("save_site", &blind).await))[0].0, "leader");
}

#[tokio::test]
async fn the_second_of_two_who_save_a_person_chooses_field_by_field() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office);
    let seat = desk.seat(Role::Administrator).await;
    let people = office.state.store.people(office.office.id).await.unwrap();
    let person = people.iter().find(|person| person.role == Role::Inspector).unwrap();
    let form = PersonForm::of(person, &[]);
    let loaded = PersonForm { base: base_of(&form), ..form };
    let first = PersonForm { grids: vec![office.elsewhere.grid.to_string()], ..loaded.clone() };
    assert_eq!(seat.act("save_person", &first).await.status, StatusCode::OK);
    let second = PersonForm { phone: "13800000000".into(), ..loaded };
    let refused = fault(&seat.act("save_person", &second).await);
    let asked = fields(&refused);
    assert_eq!(asked.len(), 1);
    assert!(asked[0].0 == "grids" && asked[0].1.contains("第 2 网格") && asked[0].2.contains("第 1 网格"));
    let people = office.state.store.people(office.office.id).await.unwrap();
    let now = people.iter().find(|one| one.id == person.id).unwrap();
    assert_eq!((now.grids.as_slice(), now.phone.as_str()), (&[office.elsewhere.grid][..], ""));
}

async fn hazard(office: &TestOffice, id: HazardId) -> Hazard {
    office.state.store.hazard(office.office.id, id).await.unwrap().unwrap()
}

fn assignment(hazard: &Hazard, responsible: &str) -> HazardForm {
    let form = HazardForm {
        hazard: hazard.id.to_string(),
        does: HazardCommandKind::Assign.as_str().into(),
        base: base_of_hazard(hazard),
        ..HazardForm::default()
    };
    [
        (CommandField::Responsible, responsible),
        (CommandField::Measures, "清走"),
        (CommandField::Funds, "0 元"),
        (CommandField::Deadline, "2026-11-28"),
        (CommandField::Contingency, "巡查"),
    ]
    .into_iter()
    .fold(form, |form, (field, words)| with(form, field, words))
}

fn with(mut form: HazardForm, field: CommandField, words: &str) -> HazardForm {
    form.given.insert(field.as_str().into(), words.into());
    form
}

async fn reported(office: &TestOffice) -> HazardId {
    let (inspector, hazard) = (office.phone(Role::Inspector).await, id());
    inspector.sync(&[found(hazard, office.site.id, "楼道堆放杂物")]).await;
    hazard
}

#[tokio::test]
async fn a_first_assignment_is_not_given_twice() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office);
    let (one, other) = (desk.seat(Role::Supervisor).await, desk.seat(Role::Administrator).await);
    let id = reported(&office).await;
    let loaded = hazard(&office, id).await;
    assert_eq!(one.act("act", &assignment(&loaded, "物业 张经理")).await.status, StatusCode::OK);
    let second = with(assignment(&loaded, "业主 李先生"), CommandField::Funds, "500 元");
    let refused = fault(&other.act("act", &second).await);
    assert_eq!(
        fields(&refused),
        [
            ("funds".into(), "0.00 元".into(), "500.00 元".into()),
            ("responsible".into(), "物业 张经理".into(), "业主 李先生".into()),
        ]
    );
    let happened = refused["changed"]["meanwhile"]["happened"][0].as_str().unwrap();
    assert!(happened.contains("交办") && happened.contains("安委办"), "{happened}");
    assert_eq!(hazard(&office, id).await.events.len(), 2, "the second left no trace");
    // Knowing it, one may reassign: with theirs where it was chosen.
    let base = refused["changed"]["meanwhile"]["base"].as_str().unwrap().to_owned();
    let take = [("responsible".into(), "theirs".into()), ("funds".into(), "mine".into())];
    let chosen = HazardForm { base, take: take.into(), ..second };
    assert_eq!(other.act("act", &chosen).await.status, StatusCode::OK);
    let plan = hazard(&office, id).await.plan.unwrap();
    assert_eq!((plan.responsible.as_str(), plan.funds), ("物业 张经理", Fen::of_yuan(500)));
}

#[tokio::test]
async fn two_at_the_same_moment_assign_once() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office);
    let (one, other) = (desk.seat(Role::Supervisor).await, desk.seat(Role::Administrator).await);
    let id = reported(&office).await;
    let loaded = hazard(&office, id).await;
    let forms = [assignment(&loaded, "甲"), assignment(&loaded, "乙")];
    let (first, second) = tokio::join!(one.act("act", &forms[0]), other.act("act", &forms[1]));
    let done = [&first, &second].into_iter().filter(|reply| reply.status == StatusCode::OK).count();
    assert_eq!((done, hazard(&office, id).await.events.len()), (1, 2));
}

#[tokio::test]
async fn a_refused_plain_form_of_a_hazard_keeps_what_was_typed() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office);
    let seat = desk.seat(Role::Administrator).await;
    let loaded = hazard(&office, reported(&office).await).await;
    let cleared = with(assignment(&loaded, "物业 张经理"), CommandField::Deadline, "");
    let (path, page) = seat.submit("act", &cleared).await;
    let html = page.text();
    assert!(path.is_empty() || path.starts_with(&format!("/office/hazards/{}", loaded.id)), "{path}");
    for words in ["请选一个日期", "物业 张经理", "0 元"] {
        assert!(html.contains(words), "{words} is not on the page");
    }
}

async fn file(office: &TestOffice, seat: &Seat<'_>) -> PlacesFile {
    let _ = seat;
    let snapshot = server::service::places::snapshot(&office.state, office.office.id).await.unwrap();
    PlacesFile {
        office: snapshot.office,
        intervals: snapshot.intervals,
        departments: snapshot.departments,
        communities: snapshot.communities,
        grids: snapshot.grids,
        living: vec![],
        former: vec![],
    }
}

#[tokio::test]
async fn places_and_intervals_are_based_on_what_was_seen_as_well() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office);
    let (one, other) = (desk.seat(Role::Supervisor).await, desk.seat(Role::Administrator).await);
    let file = file(&office, &one).await;
    let known = PlaceForm::of_community(&file.communities[0]);
    let loaded = PlaceForm { base: base_of(&known), page: "/office/settings?part=places".into(), ..known };
    let first = PlaceForm { name: "金河新村".into(), ..loaded.clone() };
    assert_eq!(one.act("change_place", &first).await.status, StatusCode::OK);
    let second = PlaceForm { name: "金河花园社区".into(), ..loaded };
    let refused = fault(&other.act("change_place", &second).await);
    assert_eq!(fields(&refused), [("name".into(), "金河新村".into(), "金河花园社区".into())]);

    let known = SettingsForm::of(INTERVALS, &file);
    let loaded =
        SettingsForm { base: base_of(&known), page: "/office/settings?part=intervals".into(), ..known };
    let first = SettingsForm { major: "７".into(), ..loaded.clone() };
    assert_eq!(one.act("save_settings", &first).await.status, StatusCode::OK);
    let second = SettingsForm { major: "10".into(), low: "120".into(), ..loaded };
    let (_, page) = other.submit("save_settings", &second).await;
    assert!(page.text().contains("用对方的：7") && page.text().contains("120"));
}

/// The forms compare before; between that and the write transaction somebody may still come.
#[tokio::test]
async fn whoever_writes_what_somebody_changed_meanwhile_is_told_in_the_writers_turn() {
    let office = TestOffice::open().await;
    let people = office.state.store.people(office.office.id).await.unwrap();
    let person = |role: Role| people.iter().find(|person| person.role == role).unwrap().clone();
    let administrator = person(Role::Administrator).actor(office.office.id, None);
    let changed = |told: &Result<(), AppError>| matches!(told, Err(AppError::Changed { .. }));

    let seen = office.site.clone();
    let first = Site { leader: "王主任".into(), ..seen.clone() };
    sites::save(&office.state, &at_desk(&administrator), first, Some(seen.clone())).await.unwrap();
    let second = Site { address: "新城路 9 号".into(), ..seen.clone() };
    let told = said(sites::save(&office.state, &at_desk(&administrator), second.clone(), Some(seen)).await);
    assert!(changed(&told), "{told:?}");
    let told = said(sites::save(&office.state, &at_desk(&administrator), second, None).await);
    assert!(changed(&told), "nor is a known one made anew: {told:?}");
    let site = office.state.store.site(office.office.id, office.site.id).await.unwrap().unwrap();
    assert_eq!((site.leader.as_str(), site.address.as_str()), ("王主任", "金河路 1 号"));

    let seen = person(Role::Inspector);
    let first = Person { phone: "13800000000".into(), ..seen.clone() };
    people::save(&office.state, &at_desk(&administrator), first, Some(seen.clone()), None).await.unwrap();
    let second = Person { name: "周宁".into(), ..seen.clone() };
    let told =
        said(people::save(&office.state, &at_desk(&administrator), second, Some(seen.clone()), None).await);
    assert!(changed(&told), "{told:?}");
    let people = office.state.store.people(office.office.id).await.unwrap();
    let now = people.iter().find(|person| person.id == seen.id).unwrap();
    assert_eq!((now.phone.as_str(), &now.name), ("13800000000", &seen.name));

    let id = reported(&office).await;
    let referral = Referral { authority: "住建局".into(), reason: "管辖".into() };
    let refer = || HazardCommand::Refer(referral.clone());
    let told = said(hazards::act(&office.state, &at_desk(&administrator), id, &refer(), 0).await);
    assert!(matches!(&told, Err(AppError::Changed { .. })), "{told:?}");
    assert_eq!(hazard(&office, id).await.events.len(), 1);
    hazards::act(&office.state, &at_desk(&administrator), id, &refer(), 1).await.unwrap();
}
