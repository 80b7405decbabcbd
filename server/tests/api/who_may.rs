//! One table: every route, every role.

use super::office::{TestOffice, command, found, id, now, operation, outcome_of, reason_of};
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use domain::{id::HazardId, role::Role};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use server::{http, state::AppState};
use tower::ServiceExt;

#[tokio::test]
async fn nothing_but_signing_in_and_health_answers_without_a_session() {
    let office = TestOffice::open().await;
    let hash = "0".repeat(64);
    let closed = [
        ("GET", "/api/v1/session".to_owned()),
        ("DELETE", "/api/v1/session".to_owned()),
        ("POST", "/api/v1/sync".to_owned()),
        ("GET", format!("/api/v1/attachments/{hash}")),
        ("GET", format!("/api/v1/attachments/{hash}/thumbnail")),
        ("GET", format!("/api/v1/attachments/{hash}/receipt")),
        ("GET", format!("/api/v1/attachments/{hash}/preview")),
        ("GET", format!("/api/v1/hazards/{}/photos", uuid::Uuid::nil())),
        ("GET", "/api/v1/push".to_owned()),
        ("PUT", "/api/v1/push".to_owned()),
        ("DELETE", "/api/v1/push".to_owned()),
        ("POST", "/api/v1/bundles".to_owned()),
        ("POST", "/api/v1/uploads".to_owned()),
        ("PATCH", format!("/api/v1/uploads/{}", uuid::Uuid::nil())),
        ("POST", format!("/api/v1/uploads/{}", uuid::Uuid::nil())),
        ("HEAD", format!("/api/v1/uploads/{}", uuid::Uuid::nil())),
        ("DELETE", format!("/api/v1/uploads/{}", uuid::Uuid::nil())),
    ];
    for (method, path) in closed {
        let request = Request::builder().method(method).uri(&path).header("content-type", "application/json");
        let reply = office.send(request.body(Body::from("{}")).unwrap()).await;
        assert_eq!(reply.status, StatusCode::UNAUTHORIZED, "{method} {path}");
    }
    for path in ["/healthz", "/api/v1/openapi.json", "/api/v1/receipt-key"] {
        assert_eq!(office.send(Request::get(path).body(Body::empty()).unwrap()).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn figures_are_for_whoever_holds_the_token() {
    let office = TestOffice::open().await;
    office.phone(Role::Inspector).await.sync(&[found(id(), office.site.id, "堆放杂物")]).await;
    let metrics = |token: Option<&str>| {
        let request = Request::get("/metrics");
        let request = match token {
            Some(token) => request.header("authorization", format!("Bearer {token}")),
            None => request,
        };
        request.body(Body::empty()).unwrap()
    };
    assert_eq!(office.send(metrics(None)).await.status, StatusCode::NOT_FOUND, "from nobody knows where");
    let state = AppState { metrics_token: Some("t0ken".into()), ..office.state.clone() };
    let app = http::with_middleware(&state, http::api(state.clone()));
    for (token, status) in [(None, 404), (Some("wrong"), 404), (Some("t0ken"), 200)] {
        let reply = app.clone().oneshot(metrics(token)).await.unwrap();
        assert_eq!(reply.status(), status, "{token:?}");
        if status == 200 {
            let text = reply.into_body().collect().await.unwrap().to_bytes();
            let text = String::from_utf8_lossy(&text);
            for line in ["xunan_operations_total{outcome=\"received\"} 1", "route=\"/api/v1/sync\""] {
                assert!(text.contains(line), "{line}: {text}");
            }
        }
    }
}

#[tokio::test]
async fn what_each_role_may_do_to_a_hazard() {
    let office = TestOffice::open().await;
    let plan = json!({ "assign": { "responsible": "物业", "measures": "清走", "funds": 0,
        "deadline": "2026-11-28", "contingency": "巡查" } });
    let rectified = json!({ "rectify": { "photos": ["1".repeat(64)] } });
    let accepted = json!({ "accept": {} });
    // Each role's answers to: report one, assign it, report it as put right, accept it.
    let table: [(Role, [bool; 4]); 8] = [
        (Role::Inspector, [true, false, true, true]),
        (Role::CommunityOfficer, [true, false, true, true]),
        (Role::Officer, [true, true, true, true]),
        (Role::Supervisor, [true, true, true, true]),
        (Role::Leader, [true, false, false, true]),
        (Role::Enterprise, [false, false, true, false]),
        (Role::School, [false, false, true, false]),
        (Role::Administrator, [true, true, true, true]),
    ];
    for (role, expected) in table {
        let phone = office.phone(role).await;
        let other = office.phone(Role::Administrator).await;
        let own = phone.sync(&[found(id(), office.site.id, "堆放杂物")]).await;
        let mut allowed = vec![outcome_of(&own[0]) == "received"];
        let steps = [&plan, &rectified, &accepted];
        for (step, one) in steps.iter().enumerate() {
            // A hazard that stands exactly before this step, brought there by others.
            let hazard: HazardId = id();
            let mut before = vec![found(hazard, office.site.id, "堆放杂物")];
            before.extend(steps[..step].iter().map(|done| command(hazard, (*done).clone())));
            let other = if role == Role::Administrator {
                office.phone(Role::Supervisor).await
            } else {
                other_of(&other)
            };
            // Whose photos are told of, too.
            before.push(operation(json!({ "photo": { "hash": "1".repeat(64), "bytes": 1000,
                "media_type": "image/jpeg", "width": 1, "height": 1, "at": now(), "by": other.person } })));
            for answer in other.sync(&before).await {
                assert_eq!(outcome_of(&answer), "received", "{answer}");
            }
            let answer = phone.sync(&[command(hazard, (*one).clone())]).await;
            allowed.push(outcome_of(&answer[0]) == "received");
        }
        assert_eq!(allowed, expected, "{role:?}");
    }
}

fn other_of<'a>(phone: &super::office::Phone<'a>) -> super::office::Phone<'a> {
    super::office::Phone {
        office: phone.office,
        cookie: phone.cookie.clone(),
        device: phone.device,
        person: phone.person,
    }
}

#[tokio::test]
async fn nobody_acts_or_sees_outside_their_scope() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let answers = inspector.sync(&[found(id(), office.elsewhere.id, "堆放杂物")]).await;
    assert_eq!(reason_of(&answers[0]), "not_allowed");
    let names = |changes: &[Value]| -> Vec<String> {
        let sites = changes.iter().filter(|change| change["kind"] == "site");
        sites.map(|site| site["body"]["code"].as_str().unwrap().to_owned()).collect()
    };
    let (changes, _) = inspector.pull(None).await;
    assert_eq!(names(&changes), ["A1"]);
    let (changes, _) = office.phone(Role::Supervisor).await.pull(None).await;
    assert_eq!(names(&changes), ["A1", "B1"]);
    let (changes, _) = office.phone(Role::Officer).await.pull(None).await;
    assert_eq!(names(&changes), ["A1"], "a school is not the department's sector");
}
