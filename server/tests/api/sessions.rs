//! Sessions: what they open, and what ends them.

use super::{
    office::{PASSWORD, Phone, TestOffice},
    pages::Desk,
};
use crate::asker::{at_desk, said};
use app::error::AppError;
use axum::{
    body::Body,
    http::{Request, StatusCode, header::SET_COOKIE},
};
use chrono::Duration;
use domain::{
    audit::Author,
    import::{ImportFile, ImportKind, ImportView},
    person::Person,
    role::{Actor, Role},
};
use serde_json::json;
use server::service::{
    Error, imports,
    people::{self, PersonChange, Rule, save_all},
};

async fn person(office: &TestOffice, role: Role) -> Person {
    let people = office.state.store.people(office.office.id).await.unwrap();
    people.into_iter().find(|person| person.role == role).unwrap()
}

async fn administrator(office: &TestOffice) -> Actor {
    person(office, Role::Administrator).await.actor(office.office.id, None)
}

async fn alive(phone: &Phone<'_>) -> bool {
    phone.request("GET", "/api/v1/session", "").await.status == StatusCode::OK
}

/// Signs in with these cookies and gives the new session's.
async fn sign_in(office: &TestOffice, cookies: &str) -> String {
    let body = json!({ "username": "inspector", "password": PASSWORD });
    let request = Request::post("/api/v1/session").header("content-type", "application/json");
    let reply =
        office.send(request.header("cookie", cookies).body(Body::from(body.to_string())).unwrap()).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    let cookie = reply.headers.get(SET_COOKIE).unwrap().to_str().unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

async fn status(office: &TestOffice, method: &str, cookies: &str) -> StatusCode {
    let request = Request::builder().method(method).uri("/api/v1/session").header("cookie", cookies);
    office.send(request.body(Body::empty()).unwrap()).await.status
}

#[tokio::test]
async fn a_password_that_is_set_by_form_or_list_ends_every_session() {
    let office = TestOffice::open().await;
    let administrator = administrator(&office).await;
    let phone = office.phone(Role::Inspector).await;
    let inspector = person(&office, Role::Inspector).await;
    let new = Some("a new one for the spring".to_owned());
    people::save(&office.state, &at_desk(&administrator), inspector.clone(), Some(inspector), new)
        .await
        .unwrap();
    assert!(!alive(&phone).await, "the form");
    let phone = office.phone(Role::School).await;
    let list = "账号,姓名,角色,场所编码,密码\nschool,学校安全员,school,A1,another one for autumn";
    let file = ImportFile { name: "a.csv".into(), bytes: list.into() };
    let id =
        imports::send(&office.state, &at_desk(&administrator), ImportKind::People, file, None).await.unwrap();
    imports::write(&office.state, &at_desk(&administrator), id).await.unwrap();
    assert!(!alive(&phone).await, "the list");
}

#[tokio::test]
async fn an_administrator_always_stays_whichever_way_accounts_are_changed() {
    let office = TestOffice::open().await;
    let administrator = administrator(&office).await;
    let before = person(&office, Role::Administrator).await;
    let demoted = Person { role: Role::Supervisor, ..before.clone() };
    let refused =
        said(people::save(&office.state, &at_desk(&administrator), demoted, Some(before), None).await);
    assert!(matches!(refused, Err(AppError::Invalid { field, .. }) if field == "role"));
    let list = "账号,姓名,角色\nadministrator,管理员,supervisor";
    let file = ImportFile { name: "a.csv".into(), bytes: list.into() };
    let id =
        imports::send(&office.state, &at_desk(&administrator), ImportKind::People, file, None).await.unwrap();
    let preview =
        imports::preview(&office.state, &at_desk(&administrator), id, ImportView::default()).await.unwrap();
    assert_eq!(preview.tally.wrong, 1);
    assert!(imports::write(&office.state, &at_desk(&administrator), id).await.is_err());
    assert_eq!(person(&office, Role::Administrator).await.username, "administrator");
}

/// Neither the form's rule about oneself nor the list's preview stands before it here.
#[tokio::test]
async fn the_last_administrator_stays_from_the_command_line_and_of_two_who_demote_each_other() {
    let office = TestOffice::open().await;
    let only = person(&office, Role::Administrator).await;
    let demoted = |person: &Person| Person { role: Role::Supervisor, ..person.clone() };
    let by = Author::command_line();
    let change = PersonChange { person: demoted(&only), password: None };
    let mut tx = office.state.store.write().await.unwrap();
    let saved = save_all(&office.state, &mut *tx, office.office.id, &by, vec![change]).await;
    assert_eq!(saved, Err(Error::Account { position: 0, rule: Rule::LastAdministrator }));
    drop(tx);
    let other = Person { role: Role::Administrator, ..person(&office, Role::Inspector).await };
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_person(office.office.id, &other, None).await.unwrap();
    tx.commit().await.unwrap();
    let actor = |person: &Person| person.actor(office.office.id, None);
    people::save(&office.state, &at_desk(&actor(&only)), demoted(&other), Some(other.clone()), None)
        .await
        .unwrap();
    // Sent while the other one still was one.
    let late = said(
        people::save(&office.state, &at_desk(&actor(&other)), demoted(&only), Some(only.clone()), None).await,
    );
    assert!(matches!(&late, Err(AppError::Invalid { field, .. }) if field == "role"), "{late:?}");
    assert_eq!(person(&office, Role::Administrator).await.username, "administrator");
}

#[tokio::test]
async fn signing_out_clears_what_the_browser_kept_of_the_person() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let desk = Desk::of(&office);
    let seat = desk.seat(Role::Supervisor).await;
    for out in [phone.request("DELETE", "/api/v1/session", "").await, seat.act("sign_out", &json!({})).await]
    {
        assert_eq!(out.headers.get("clear-site-data").unwrap(), "\"cache\"", "{}", out.text());
    }
}

#[tokio::test]
async fn signing_in_again_ends_the_session_that_the_browser_had() {
    let office = TestOffice::open().await;
    let first = sign_in(&office, "").await;
    let second = sign_in(&office, &first).await;
    assert_eq!(status(&office, "GET", &first).await, StatusCode::UNAUTHORIZED);
    assert_eq!(status(&office, "GET", &second).await, StatusCode::OK);
}

#[tokio::test]
async fn a_phone_that_forgot_its_half_has_ended_its_session_and_may_say_so_later() {
    let office = TestOffice::open().await;
    let session = sign_in(&office, "xunan_half=made-by-the-phone").await;
    let whole = format!("{session}; xunan_half=made-by-the-phone");
    assert_eq!(status(&office, "GET", &whole).await, StatusCode::OK);
    for left in [session.clone(), format!("{session}; xunan_half=guessed")] {
        assert_eq!(status(&office, "GET", &left).await, StatusCode::UNAUTHORIZED, "{left}");
    }
    assert_eq!(status(&office, "DELETE", &session).await, StatusCode::NO_CONTENT);
    assert_eq!(status(&office, "GET", &whole).await, StatusCode::UNAUTHORIZED);
}

/// No prefix protects the phone's half, which the phone makes itself.
#[tokio::test]
async fn a_half_that_a_sibling_of_the_domain_planted_signs_nobody_out_and_binds_nobody() {
    let office = TestOffice::open().await;
    let session = sign_in(&office, "xunan_half=made-by-the-phone").await;
    for both in ["planted; xunan_half=made-by-the-phone", "made-by-the-phone; xunan_half=planted"] {
        let cookies = format!("{session}; xunan_half={both}");
        assert_eq!(status(&office, "GET", &cookies).await, StatusCode::OK, "{both}");
    }
    let body = json!({ "username": "inspector", "password": PASSWORD });
    let request = Request::post("/api/v1/session").header("content-type", "application/json");
    let request = request.header("cookie", "xunan_half=planted; xunan_half=made-by-the-phone");
    let reply = office.send(request.body(Body::from(body.to_string())).unwrap()).await;
    assert_eq!((reply.status.as_u16(), reply.json()["code"].as_str()), (401, Some("two_sessions")));
}

#[tokio::test]
async fn a_session_ends_after_ninety_days_however_much_it_is_used() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    for days in (10..90).step_by(10) {
        office.clock.set(super::office::now() + Duration::days(days));
        assert!(alive(&phone).await, "{days} days");
    }
    office.clock.set(super::office::now() + Duration::days(91));
    assert!(!alive(&phone).await);
}

#[tokio::test]
async fn a_clock_that_was_a_month_ahead_for_one_sign_in_ends_nobodys_session() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    office.clock.set(super::office::now() + Duration::days(31));
    office.phone(Role::Officer).await;
    office.clock.set(super::office::now());
    assert!(alive(&phone).await);
}
