//! What the office asks whoever reported, and the one answer.

use super::{desk, ids, placed, report};
use crate::{office::TestOffice, pages::Desk};
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use domain::{public_report::FollowCode, role::Role};
use server::service::{
    Error,
    public_reports::{self, Wanted},
};

async fn post(
    office: &TestOffice,
    number: &str,
    code: &FollowCode,
    reply: Option<&str>,
) -> (StatusCode, String) {
    let reply = reply.map(|reply| format!("&reply={reply}")).unwrap_or_default();
    let form = format!("office={}&number={number}&code={code}{reply}", office.office.id);
    let request = Request::post(format!("/report/{number}")).header("accept", "text/html");
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let answer = Desk::of(office).ask(request.body(Body::from(form)).unwrap()).await;
    (answer.status, answer.text())
}

#[tokio::test]
async fn the_office_asks_and_whoever_reported_answers_once() {
    let office = placed().await;
    let received = report(&office, "192.0.2.1", "占着消防通道摆摊").await;
    let (number, code) = (received.number.as_str(), &received.code);
    let by = desk(&office, Role::Supervisor).await;
    let [(id, 1)] = ids(&office, &by).await[..] else { panic!("one report") };
    let (status, page) = post(&office, number, code, None).await;
    assert_eq!(status, StatusCode::OK);
    assert!(!page.contains("街道有一个问题"), "{page}");
    let (status, page) = post(&office, number, code, Some("six")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "nothing was asked");
    assert!(page.contains("不用回答"), "{page}");
    let ask = |words: &str| Wanted::Ask { words: words.to_owned() };
    let silent = public_reports::act(&office.state, &by, id, ask(" ")).await;
    assert!(matches!(silent, Err(Error::Invalid { .. })), "{silent:?}");
    let inspector = desk(&office, Role::Inspector).await;
    let refused = public_reports::act(&office.state, &inspector, id, ask("几点？")).await;
    assert_eq!(refused, Err(Error::NotAllowed));
    public_reports::act(&office.state, &by, id, ask("一般几点<开始>？")).await.unwrap();
    let again = public_reports::act(&office.state, &by, id, ask("还有谁？")).await;
    assert!(matches!(again, Err(Error::Invalid { .. })), "once: {again:?}");
    let (_, page) = post(&office, number, code, None).await;
    assert!(page.contains("一般几点&lt;开始&gt;？") && page.contains("您的回答"), "{page}");
    assert!(!page.contains(&by.actor.name), "who asks stays with the office: {page}");
    let long = "a".repeat(501);
    for (wrong, words) in [("+", "请先写回答"), (long.as_str(), "500")] {
        let (status, page) = post(&office, number, code, Some(wrong)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(page.contains(words), "{words}: {page}");
    }
    for _ in 0..2 {
        let (status, page) = post(&office, number, code, Some("six+in+the+evening")).await;
        assert_eq!(status, StatusCode::OK, "twice is once: {page}");
        assert!(page.contains("您回答过") && page.contains("six in the evening"), "{page}");
    }
    let (status, page) = post(&office, number, code, Some("seven")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("只收一次") && page.contains("six in the evening"), "{page}");
    let stored = office.state.store.public_report(office.office.id, id).await.unwrap().unwrap().report;
    assert_eq!(stored.question.unwrap().reply.unwrap().words, "six in the evening");
    let seat = Desk::of(&office);
    let page = seat.seat(Role::Supervisor).await.page(&format!("/office/reports/{id}")).await.text();
    assert!(page.contains("six in the evening"), "{page}");
}

#[tokio::test]
async fn nobody_answers_by_another_code() {
    let office = placed().await;
    let received = report(&office, "192.0.2.1", "占着消防通道摆摊").await;
    let other = report(&office, "192.0.2.2", "楼道里堆满纸箱").await;
    let by = desk(&office, Role::Supervisor).await;
    let rows = office.state.store.followed_report(office.office.id, &received.number).await.unwrap();
    let id = rows.unwrap().report.id;
    let ask = Wanted::Ask { words: "几点？".to_owned() };
    public_reports::act(&office.state, &by, id, ask).await.unwrap();
    let (status, page) = post(&office, &received.number, &other.code, Some("six")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!page.contains("几点？"), "{page}");
    let stored = office.state.store.public_report(office.office.id, id).await.unwrap().unwrap().report;
    assert_eq!(stored.question.unwrap().reply, None);
}
