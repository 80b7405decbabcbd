//! The second factor: a code after the password, and what it takes to set it or to take it away.

use super::{
    desk::Browser,
    office::{PASSWORD, TestOffice, now, word_of},
};
use axum::http::StatusCode;
use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};
use server::service::factor;

/// What an app shows that has taken the secret in.
pub fn code(secret: &str, at: DateTime<Utc>) -> String {
    const BASE32: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let bits: Vec<u8> = secret
        .chars()
        .flat_map(|c| {
            let value = BASE32.find(c).unwrap();
            (0..5).rev().map(move |bit| (value >> bit & 1) as u8)
        })
        .collect();
    let bytes: Vec<u8> =
        bits.chunks_exact(8).map(|eight| eight.iter().fold(0, |byte, bit| byte << 1 | bit)).collect();
    factor::code(&bytes, domain::totp::step(at))
}

/// Sets the factor of whoever sits there; gives its secret and the recovery codes.
pub async fn set(browser: &Browser, at: DateTime<Utc>) -> (String, Vec<Value>) {
    browser.form("begin_factor", &[]).await;
    let stands = browser.ask("factor", json!({})).await;
    let begun = &stands["begun"];
    let secret = begun["secret"].as_str().unwrap().to_owned();
    let codes = browser.ask("set_factor", json!({ "code": code(&secret, at) })).await;
    (secret, codes.as_array().unwrap().clone())
}

#[tokio::test]
async fn a_second_factor_is_asked_for_after_the_password_and_each_code_counts_once() {
    let office = TestOffice::open().await;
    let browser = Browser::new(&office);
    browser.sign_in("supervisor", PASSWORD).await;
    assert_eq!(browser.ask("factor", json!({})).await, "off");
    browser.form("begin_factor", &[]).await;
    let stands = browser.ask("factor", json!({})).await;
    let begun = &stands["begun"];
    assert!(begun["picture"].as_str().unwrap().contains("<svg"), "{stands}");
    let secret = begun["secret"].as_str().unwrap().to_owned();
    let refused = browser.ask("set_factor", json!({ "code": "000000" })).await;
    assert_eq!(refused["invalid"]["field"], "code", "{refused}");
    let codes = browser.ask("set_factor", json!({ "code": code(&secret, now()) })).await;
    assert_eq!(codes.as_array().unwrap().len(), 10);
    let kept = office.database.texts("SELECT CAST(count(*) AS TEXT) FROM recovery_code").await;
    assert_eq!(kept, ["10"]);

    let later = now() + Duration::minutes(5);
    office.clock.set(later);
    let next = Browser::new(&office);
    assert_eq!(next.sign_in("supervisor", PASSWORD).await, "/signin/code");
    assert_ne!(next.get("/office").await.status, StatusCode::OK, "the password alone opens nothing");
    assert!(next.form("second_factor", &[("code", "123456")]).await.starts_with("/signin/code?field=code"));
    // The app's clock is half a minute behind.
    let current = code(&secret, later - Duration::seconds(30));
    assert_eq!(next.form("second_factor", &[("code", &current)]).await, "/office");
    let again = Browser::new(&office);
    again.sign_in("supervisor", PASSWORD).await;
    assert!(
        again.form("second_factor", &[("code", &current)]).await.starts_with("/signin/code"),
        "taken before"
    );
    let recovery = codes[0].as_str().unwrap();
    assert_eq!(again.form("second_factor", &[("code", recovery)]).await, "/office");
    let last = Browser::new(&office);
    last.sign_in("supervisor", PASSWORD).await;
    assert!(
        last.form("second_factor", &[("code", recovery)]).await.starts_with("/signin/code"),
        "taken before"
    );
}

#[tokio::test]
async fn an_office_may_want_a_second_factor_of_those_who_answer_for_all_of_it() {
    let office = TestOffice::open().await;
    let mut tx = office.state.store.write().await.unwrap();
    tx.ask_second_factor(office.office.id, true).await.unwrap();
    tx.commit().await.unwrap();
    let browser = Browser::new(&office);
    assert_eq!(browser.sign_in("administrator", PASSWORD).await, "/account/second-factor?next=%2Foffice");
    assert_eq!(browser.ask("overview", json!({})).await["due"]["due"], "second_factor");
    assert_eq!(Browser::new(&office).sign_in("officer", PASSWORD).await, "/office");
    browser.form("begin_factor", &[]).await;
    let stands = browser.ask("factor", json!({})).await;
    let begun = &stands["begun"];
    let code = code(begun["secret"].as_str().unwrap(), now());
    browser.ask("set_factor", json!({ "code": code })).await;
    assert_eq!(browser.get("/office").await.status, StatusCode::OK);
}

#[tokio::test]
async fn who_has_the_password_guesses_few_codes_however_often_they_sign_in() {
    let office = TestOffice::open().await;
    let browser = Browser::new(&office);
    browser.sign_in("supervisor", PASSWORD).await;
    let (secret, _) = set(&browser, now()).await;
    let later = now() + Duration::minutes(1);
    office.clock.set(later);
    let give = async |code: &str| {
        let anew = Browser::new(&office);
        assert_eq!(anew.sign_in("supervisor", PASSWORD).await, "/signin/code");
        anew.form("second_factor", &[("code", code)]).await
    };
    for n in 0..8 {
        let led = give("123456").await;
        assert!(led.starts_with("/signin/code?field=code"), "{n}: {led}");
    }
    let led = give(&code(&secret, later)).await;
    assert!(led.starts_with("/signin/code?field=&"), "the right one waits, and no field is wrong: {led}");
    let then = later + Duration::minutes(16);
    office.clock.set(then);
    assert_eq!(give(&code(&secret, then)).await, "/office");
}

/// Whoever finds a desk left open must not make the account their own.
#[tokio::test]
async fn the_factor_is_begun_and_ended_only_after_the_password_was_typed_lately() {
    let office = TestOffice::open().await;
    let browser = Browser::new(&office);
    browser.sign_in("supervisor", PASSWORD).await;
    let stands = async || word_of(&browser.ask("factor", json!({})).await).to_owned();
    let late = now() + Duration::minutes(11);
    office.clock.set(late);
    let led = browser.form("begin_factor", &[]).await;
    assert!(led.starts_with("/account/confirm"), "{led}");
    assert_eq!(stands().await, "off");
    browser.form("confirm", &[("password", PASSWORD), ("next", "/office")]).await;
    set(&browser, late).await;
    assert_eq!(stands().await, "on");
    office.clock.set(late + Duration::minutes(11));
    let led = browser.form("end_factor", &[]).await;
    assert!(led.starts_with("/account/confirm"), "{led}");
    assert_eq!(stands().await, "on");
}

#[tokio::test]
async fn a_factor_in_force_is_not_begun_anew() {
    let office = TestOffice::open().await;
    let browser = Browser::new(&office);
    browser.sign_in("supervisor", PASSWORD).await;
    let (secret, _) = set(&browser, now()).await;
    browser.form("begin_factor", &[]).await;
    let stands = browser.ask("factor", json!({})).await;
    assert_eq!(stands, json!({ "on": { "asked": false } }));
    // Its codes still count.
    let later = now() + Duration::minutes(1);
    office.clock.set(later);
    let next = Browser::new(&office);
    assert_eq!(next.sign_in("supervisor", PASSWORD).await, "/signin/code");
    assert_eq!(next.form("second_factor", &[("code", &code(&secret, later))]).await, "/office");
}
