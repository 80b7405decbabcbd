//! What a short code keeps shut: from whoever guesses, sends too much, or comes too late.

use super::{
    super::{
        office::{TestOffice, now},
        pages::Desk,
        photos::jpeg,
    },
    DIGITS, asker, code_of, get, hazard, opened, post, reported, send_photo,
};
use axum::{
    body::Body,
    http::{Request, StatusCode, header::SET_COOKIE},
};
use chrono::Duration;
use domain::{
    audit::{Act, AuditFilter, SubjectKind},
    code::{ComplaintFilter, ComplaintState},
    role::Role,
};
use server::service::{codes, complaints};

/// With what was typed left out: that comes back in the form.
fn but_for(text: &str, code: &str) -> String {
    text.replace(code, "")
}

#[tokio::test]
async fn wrong_used_up_and_foreign_codes_say_the_same() {
    let office = TestOffice::open().await;
    let id = reported(&office).await;
    let old = code_of(&office, id).await;
    let code = code_of(&office, id).await;
    let other = TestOffice::open().await;
    let foreign = code_of(&other, reported(&other).await).await;
    let desk = Desk::of(&office);
    let tried = async |code: &str, digits: &str| {
        let reply = post(&desk, &format!("/c/{code}"), "", &format!("digits={digits}")).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{code} {digits}");
        assert!(reply.headers.get(SET_COOKIE).is_none());
        but_for(&reply.text(), code)
    };
    let wrong_digits = tried(&code, "123456").await;
    assert!(wrong_digits.contains("没有打开"), "{wrong_digits}");
    assert_eq!(tried(&old, DIGITS).await, wrong_digits, "another took its place");
    assert_eq!(tried(&foreign, DIGITS).await, wrong_digits, "another installation's");
    assert_eq!(tried("7K2M94QD8X", DIGITS).await, wrong_digits, "nobody's");
    assert_eq!(tried("nothing", DIGITS).await, wrong_digits, "no code at all");
    assert_eq!(tried(&code, "").await, wrong_digits);
    let by = asker(&office, Role::Supervisor).await;
    codes::revoke_of_hazard(&office.state, &by, id).await.unwrap();
    assert_eq!(tried(&code, DIGITS).await, wrong_digits, "withdrawn");
}

#[tokio::test]
async fn whoever_guesses_has_to_wait_whether_there_is_such_a_code_or_not() {
    let office = TestOffice::open().await;
    let id = reported(&office).await;
    let code = code_of(&office, id).await;
    let nobodys = domain::code::ShortCode::drawn([5; 16]).plain();
    let desk = Desk::of(&office);
    for code in [&code, &nobodys] {
        let statuses: Vec<_> = {
            let mut statuses = vec![];
            for n in 0..7 {
                let reply = post(&desk, &format!("/c/{code}"), "", &format!("digits=11111{n}")).await;
                statuses.push(reply.status.as_u16());
            }
            statuses
        };
        assert_eq!(statuses, [422, 422, 422, 422, 422, 429, 429]);
    }
    // Even the right digits wait, and so does nobody for ever.
    let right = post(&desk, &format!("/c/{code}"), "", &format!("digits={DIGITS}")).await;
    assert_eq!(right.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(right.text().contains("试的次数太多了") && right.headers.get("retry-after").is_some());
    office.clock.set(now() + Duration::minutes(16));
    opened(&desk, &code).await;
}

#[tokio::test]
async fn what_a_stranger_may_send_is_bounded_before_it_is_read() {
    let office = TestOffice::open().await;
    let id = reported(&office).await;
    let code = code_of(&office, id).await;
    let desk = Desk::of(&office);
    let shut = send_photo(&desk, &code, "", &[], &jpeg(9)).await;
    assert_eq!(shut.status, StatusCode::SEE_OTHER, "nothing was opened");
    assert_eq!(shut.headers["location"], format!("/c/{code}?over=1"));
    let forged = format!("xunan_code={}.{}.{}", "0".repeat(32), i64::MAX, "0".repeat(64));
    assert_eq!(send_photo(&desk, &code, &forged, &[], &jpeg(9)).await.status, StatusCode::SEE_OTHER);
    let cookie = opened(&desk, &code).await;
    let large = Request::post(format!("/c/{code}/repair")).header("accept", "text/html");
    let large = large.header("cookie", &cookie).header("content-type", "multipart/form-data; boundary=x");
    let large = large.header("content-length", (40 * 1024 * 1024).to_string());
    let reply = desk.ask(large.body(Body::empty()).unwrap()).await;
    assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(reply.text().contains("太大"), "{}", reply.text());
    // Without saying how long it is.
    let photo = vec![7; 21 * 1024 * 1024];
    let reply = send_photo(&desk, &code, &cookie, &[("note", "改好了")], &photo).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", reply.text());
    assert!(reply.text().contains("20 MB"), "{}", reply.text());
    let reply = send_photo(&desk, &code, &cookie, &[("note", "改好了")], b"<html>").await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.text().contains("不是照片") && reply.text().contains("改好了"), "{}", reply.text());
    let reply = send_photo(&desk, &code, &cookie, &[("note", "改好了")], b"").await;
    assert!(reply.text().contains("请先选一张照片"), "{}", reply.text());
    assert_eq!(hazard(&office, id).await.events.len(), 1, "nothing was taken");
}

#[tokio::test]
async fn a_code_that_is_withdrawn_shuts_what_it_has_opened() {
    let office = TestOffice::open().await;
    let id = reported(&office).await;
    let code = code_of(&office, id).await;
    let desk = Desk::of(&office);
    let cookie = opened(&desk, &code).await;
    let by = asker(&office, Role::Supervisor).await;
    assert!(codes::of_hazard(&office.state, &by, id).await.unwrap().code.unwrap().opened_at.is_some());
    let other = code_of(&office, reported(&office).await).await;
    let page = get(&desk, &format!("/c/{other}"), &cookie).await.text();
    assert!(!page.contains("啤酒箱"), "one cookie opens one code");
    codes::revoke_of_hazard(&office.state, &by, id).await.unwrap();
    let page = get(&desk, &format!("/c/{code}"), &cookie).await.text();
    assert!(page.contains("后 6 位") && !page.contains("啤酒箱"), "{page}");
    assert_eq!(send_photo(&desk, &code, &cookie, &[], &jpeg(9)).await.status, StatusCode::SEE_OTHER);
    assert_eq!(hazard(&office, id).await.events.len(), 1);
    let told = AuditFilter { subject: Some(SubjectKind::ShortCode), page: 1, ..AuditFilter::default() };
    let told = office.state.store.audit(office.office.id, &told).await.unwrap();
    let acts: Vec<_> = told.rows.iter().map(|entry| entry.act).collect();
    assert_eq!(acts.iter().filter(|act| **act == Act::Withdrawn).count(), 1);
    assert!(!serde_json::to_string(&told.rows).unwrap().contains(&code), "the code itself is never told");
}

#[tokio::test]
async fn an_hour_later_the_digits_are_asked_for_again() {
    let office = TestOffice::open().await;
    let id = reported(&office).await;
    let code = code_of(&office, id).await;
    let desk = Desk::of(&office);
    let cookie = opened(&desk, &code).await;
    office.clock.set(now() + Duration::minutes(61));
    let page = get(&desk, &format!("/c/{code}"), &cookie).await.text();
    assert!(!page.contains("啤酒箱"), "{page}");
    office.clock.set(now() + Duration::days(181));
    let reply = post(&desk, &format!("/c/{code}"), "", &format!("digits={DIGITS}")).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "it is over by itself");
}

#[tokio::test]
async fn no_code_buries_what_others_said() {
    let office = TestOffice::open().await;
    let id = reported(&office).await;
    let code = code_of(&office, id).await;
    let desk = Desk::of(&office);
    let cookie = opened(&desk, &code).await;
    let path = format!("/c/{code}/complaint");
    for n in 0..10 {
        office.clock.set(now() + Duration::minutes(3 * n));
        let said = post(&desk, &path, &cookie, &format!("complaint=the+{n}th")).await;
        assert_eq!(said.status, StatusCode::SEE_OTHER, "{n}: {}", said.text());
    }
    office.clock.set(now() + Duration::minutes(50));
    let more = post(&desk, &path, &cookie, "complaint=one+more").await;
    assert_eq!(more.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(more.text().contains("已经交了很多次") && more.text().contains("one more"), "{}", more.text());
    let supervisor = asker(&office, Role::Supervisor).await;
    let all = complaints::list(&office.state, &supervisor, &ComplaintFilter::default()).await.unwrap();
    assert_eq!(all.total, 10);
    let (first, answered) = (all.rows[0].complaint.id, ComplaintState::Answered);
    complaints::mark(&office.state, &supervisor, first, answered, "谢谢").await.unwrap();
    let said = post(&desk, &path, &cookie, "complaint=one+more").await;
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.text());
}
