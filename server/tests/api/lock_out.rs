//! Guessing is slowed for whoever guesses, and for nobody else.

use super::{
    desk::Browser,
    office::{PASSWORD, TestOffice, now},
    second_factor::code,
};
use axum::http::StatusCode;
use chrono::Duration;
use domain::role::Role;
use serde_json::json;

async fn guess(browser: &Browser, username: &str, times: usize) -> StatusCode {
    let mut last = StatusCode::OK;
    for _ in 0..times {
        last = browser.sign_in_on_phone(username, "a wrong guess").await.status;
    }
    last
}

async fn right(browser: &Browser, username: &str) -> StatusCode {
    browser.sign_in_on_phone(username, PASSWORD).await.status
}

#[tokio::test]
async fn a_strangers_guesses_keep_nobody_out_who_signs_in_elsewhere_or_has_signed_in_before() {
    let office = TestOffice::open().await;
    let own = Browser::at(&office, "198.51.100.1");
    assert_eq!(right(&own, "inspector").await, StatusCode::OK);
    let stranger = Browser::at(&office, "198.51.100.1");
    assert_eq!(guess(&stranger, "inspector", 9).await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(right(&stranger, "inspector").await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(
        right(&own, "inspector").await,
        StatusCode::OK,
        "behind the same address, a device that is known"
    );
    assert_eq!(right(&Browser::at(&office, "203.0.113.9"), "inspector").await, StatusCode::OK, "elsewhere");
}

#[tokio::test]
async fn guesses_from_everywhere_are_slowed_and_known_devices_go_on() {
    let office = TestOffice::open().await;
    let own = Browser::at(&office, "198.51.100.1");
    right(&own, "inspector").await;
    for n in 0..6 {
        guess(&Browser::at(&office, &format!("203.0.113.{n}")), "inspector", 7).await;
    }
    let another = Browser::at(&office, "203.0.113.99");
    assert_eq!(right(&another, "inspector").await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(right(&own, "inspector").await, StatusCode::OK);
}

#[tokio::test]
async fn an_office_behind_one_address_goes_on_when_somebody_there_guesses() {
    let office = TestOffice::open().await;
    let own = Browser::at(&office, "198.51.100.1");
    right(&own, "officer").await;
    let stranger = Browser::at(&office, "198.51.100.1");
    for n in 0..9 {
        guess(&stranger, &format!("nobody{n}"), 7).await;
    }
    assert_eq!(right(&stranger, "school").await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(right(&own, "officer").await, StatusCode::OK);
}

#[tokio::test]
async fn a_known_device_guesses_no_more_than_that_either() {
    let office = TestOffice::open().await;
    let own = Browser::at(&office, "198.51.100.1");
    right(&own, "inspector").await;
    assert_eq!(guess(&own, "inspector", 21).await, StatusCode::TOO_MANY_REQUESTS);
    // Known for one account is not known for another.
    assert_eq!(guess(&own, "officer", 9).await, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn a_clock_that_was_a_day_ahead_locks_nobody_out() {
    let office = TestOffice::open().await;
    let stranger = Browser::at(&office, "198.51.100.1");
    office.clock.set(now() + Duration::days(1));
    guess(&stranger, "inspector", 9).await;
    office.clock.set(now());
    assert_eq!(right(&stranger, "inspector").await, StatusCode::OK);
}

#[tokio::test]
async fn nobody_waits_longer_than_the_window() {
    let office = TestOffice::open().await;
    let stranger = Browser::at(&office, "198.51.100.1");
    guess(&stranger, "inspector", 8).await;
    office.clock.set(now() - Duration::seconds(50));
    let reply = stranger.sign_in_on_phone("inspector", PASSWORD).await;
    let wait: u64 = reply.headers.get("retry-after").unwrap().to_str().unwrap().parse().unwrap();
    assert!(wait <= 15 * 60, "{wait} s");
}

/// Whoever finds a desk or a phone open guesses no more often than whoever signs in.
#[tokio::test]
async fn within_a_session_the_password_is_guessed_no_more_often_either() {
    let office = TestOffice::open().await;
    let new = "seven quiet herons";
    let desk = Browser::new(&office);
    desk.sign_in("administrator", PASSWORD).await;
    let confirm = async |typed: &str| desk.form("confirm", &[("password", typed), ("next", "/office")]).await;
    for n in 0..8 {
        let led = confirm("a wrong guess").await;
        assert!(led.starts_with("/account/confirm?field=password"), "{n}: {led}");
    }
    let led = confirm(PASSWORD).await;
    assert!(led.starts_with("/account/confirm?field=&"), "the right one waits, and no field is wrong: {led}");
    let led = desk.form("change_password", &[("old", PASSWORD), ("new", new), ("again", new)]).await;
    assert!(led.starts_with("/account/password?field=&"), "it is one number of guesses for both: {led}");

    let phone = office.phone(Role::Inspector).await;
    let change = async |old: &str| {
        let wanted = json!({ "old": old, "new": new }).to_string();
        phone.request("POST", "/api/v1/password", wanted).await.status
    };
    for n in 0..8 {
        assert_eq!(change("a wrong guess").await, StatusCode::UNAUTHORIZED, "{n}");
    }
    assert_eq!(change(PASSWORD).await, StatusCode::TOO_MANY_REQUESTS);
    office.clock.set(now() + Duration::minutes(16));
    assert_eq!(change(PASSWORD).await, StatusCode::OK);
    assert_eq!(confirm(PASSWORD).await, "/office");
}

#[tokio::test]
async fn the_first_code_of_a_factor_is_guessed_no_more_often_either() {
    let office = TestOffice::open().await;
    let desk = Browser::new(&office);
    desk.sign_in("supervisor", PASSWORD).await;
    desk.form("begin_factor", &[]).await;
    let begun = desk.ask("factor", json!({})).await;
    let right = code(begun["begun"]["secret"].as_str().unwrap(), now());
    for n in 0..8 {
        let refused = desk.ask("set_factor", json!({ "code": "000000" })).await;
        assert_eq!(refused["invalid"]["field"], "code", "{n}: {refused}");
    }
    assert_eq!(desk.ask("set_factor", json!({ "code": right })).await, "busy");
}
