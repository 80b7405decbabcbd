//! Guessing is slowed for whoever guesses, and for nobody else.

use super::{
    desk::Browser,
    office::{PASSWORD, TestOffice, now},
};
use axum::http::StatusCode;
use chrono::Duration;

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
