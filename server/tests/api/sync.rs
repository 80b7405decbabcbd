//! Operations come whole, twice, broken, too late and together with others.

use super::office::{
    TestOffice, answer_in, command, command_in, found, id, operation, outcome_of, passing_visit, reason_of,
    receipt_of, refusal_of, word_of,
};
use axum::http::StatusCode;
use domain::{
    id::{HazardId, OperationId},
    role::Role,
    sync::LARGEST_OPERATION,
};
use serde_json::{Value, json};

#[tokio::test]
async fn an_operation_sent_twice_happens_once_and_gets_its_first_receipt() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let operation = found(id(), office.site.id, "充电线飞线");
    let first = phone.sync(std::slice::from_ref(&operation)).await;
    let again = phone.sync(std::slice::from_ref(&operation)).await;
    assert_eq!((outcome_of(&first[0]), outcome_of(&again[0])), ("received", "already_received"));
    assert_eq!(receipt_of(&first[0]), receipt_of(&again[0]));
    assert_eq!(receipt_of(&first[0])["number"], "HZ-2026-000001");
    let (changes, _) = phone.pull(None).await;
    let hazards = changes.iter().filter(|change| change["kind"] == "hazard").count();
    assert_eq!(hazards, 1);
}

#[tokio::test]
async fn one_bad_operation_does_not_hold_up_the_rest() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let mut large = found(id(), office.site.id, "大");
    command_in(&mut large)["what"] = json!("大".repeat(LARGEST_OPERATION));
    let mut newer = found(id(), office.site.id, "新");
    newer["schema"] = json!(99);
    let unknown = command(id(), json!({ "accept": {} }));
    let wordless = found(id(), office.site.id, "  ");
    let answers = phone
        .sync(&[
            json!("not an operation"),
            found(id(), office.site.id, "第一条"),
            json!({ "id": id::<OperationId>(), "schema": 1 }),
            large,
            newer,
            unknown,
            wordless,
            found(id(), office.site.id, "最后一条"),
        ])
        .await;
    let told: Vec<_> = answers
        .iter()
        .map(|answer| match outcome_of(answer) {
            "refused" => reason_of(answer),
            other => other,
        })
        .collect();
    assert_eq!(
        told,
        [
            "malformed",
            "received",
            "malformed",
            "too_large",
            "unknown_version",
            "unknown_hazard",
            "incomplete",
            "received"
        ]
    );
    for refused in answers.iter().filter(|answer| outcome_of(answer) == "refused") {
        assert!(
            !refusal_of(refused)["message"].as_str().unwrap().is_empty(),
            "no words for a person: {refused}"
        );
    }
}

#[tokio::test]
async fn a_record_that_cannot_be_read_puts_off_only_what_is_about_it() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let damaged: HazardId = id();
    phone.sync(&[found(damaged, office.site.id, "堆放杂物")]).await;
    office.database.execute("UPDATE hazard SET body = '{'").await;
    let rectified = json!({ "rectify": { "photos": ["2".repeat(64)] } });
    let operations =
        [found(id(), office.site.id, "一"), command(damaged, rectified), found(id(), office.site.id, "二")];
    let told = |answers: Vec<Value>| -> Vec<String> {
        answers.iter().map(|answer| outcome_of(answer).to_owned()).collect()
    };
    assert_eq!(told(phone.sync(&operations).await), ["received", "retry_after", "received"]);
    assert_eq!(told(phone.sync(&operations).await), ["already_received", "retry_after", "already_received"]);
}

/// Requests that come while a turn is written share the next one, and each gets its own answers.
#[tokio::test]
async fn requests_that_wait_together_are_answered_each_for_itself() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let hazards: Vec<HazardId> = (0..40).map(|_| id()).collect();
    let one = |hazard: HazardId| {
        let operations = [found(hazard, office.site.id, "堆放杂物"), json!({ "id": id::<OperationId>() })];
        let phone = &phone;
        async move { phone.sync(&operations).await }
    };
    let answers = futures::future::join_all(hazards.iter().copied().map(one)).await;
    let mut numbers: Vec<_> = answers
        .iter()
        .map(|answers| {
            assert_eq!(outcome_of(&answers[1]), "refused");
            receipt_of(&answers[0])["number"].as_str().unwrap().to_owned()
        })
        .collect();
    numbers.sort_unstable();
    let expected: Vec<_> = (1..=40).map(|n| format!("HZ-2026-{n:06}")).collect();
    assert_eq!(numbers, expected);
    let metrics = office.state.metrics.text().unwrap();
    let batches =
        metrics.lines().find_map(|line| line.strip_prefix("xunan_write_batch_operations_count ")).unwrap();
    assert!(batches.parse::<u32>().unwrap() < 40, "{batches} batches for 40 requests");
}

#[tokio::test]
async fn the_same_id_for_something_else_is_refused() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let first = found(id(), office.site.id, "一");
    let mut other = found(id(), office.site.id, "二");
    other["id"] = first["id"].clone();
    assert_eq!(outcome_of(&phone.sync(&[first]).await[0]), "received");
    let answer = &phone.sync(&[other]).await[0];
    assert!(answer.to_string().contains("id_reused"), "{answer}");
}

#[tokio::test]
async fn a_command_that_came_too_late_is_kept_and_told_to_its_author() {
    let office = TestOffice::open().await;
    let (inspector, officer) = (office.phone(Role::Inspector).await, office.phone(Role::Officer).await);
    let hazard: HazardId = id();
    let plan = json!({ "assign": { "responsible": "物业", "measures": "清走", "funds": 0,
        "deadline": "2026-11-28", "contingency": "巡查" } });
    let rectified = || json!({ "rectify": { "photos": ["2".repeat(64)] } });
    inspector.sync(&[found(hazard, office.site.id, "堆放杂物")]).await;
    officer.sync(&[command(hazard, plan), command(hazard, rectified())]).await;
    let late = inspector.sync(&[command(hazard, rectified())]).await;
    assert_eq!(outcome_of(&late[0]), "refused");
    let refusal = refusal_of(&late[0]);
    assert_eq!(reason_of(&late[0]), "rejected");
    assert!(refusal["kept"]["number"].as_str().unwrap().starts_with("HZ-"));
    assert!(refusal["message"].as_str().unwrap().contains("部门负责人"), "{refusal}");
    let (changes, _) = inspector.pull(None).await;
    let hazard = &changes.iter().find(|change| change["kind"] == "hazard").unwrap()["body"];
    assert_eq!(hazard["events"].as_array().unwrap().len(), 4, "the late one is in the log");
    assert_eq!(word_of(&hazard["events"][3]["event"]["rejected"]["because"]), "already_rectified");
}

#[tokio::test]
async fn a_sealed_visit_arrives_and_moves_the_last_visit() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let form = office.form("ebike-charging");
    let visit = passing_visit(&phone, &office.site, &form);
    let answers = phone.sync(std::slice::from_ref(&visit)).await;
    assert_eq!(outcome_of(&answers[0]), "received", "{}", answers[0]);
    let (changes, _) = phone.pull(None).await;
    let of = |kind: &str| changes.iter().find(|change| change["kind"] == kind).unwrap()["body"].clone();
    assert_eq!(of("visit")["number"], "JC-2026-000001");
    assert_eq!(of("site")["last_visit"], visit["payload"]["submit_visit"]["submitted_at"]);

    let mut forged = visit;
    forged["id"] = json!(id::<OperationId>());
    forged["payload"]["submit_visit"]["id"] = json!(id::<domain::id::VisitId>());
    answer_in(&mut forged)["verdict"] = json!("fail");
    let answer = phone.sync(&[forged]).await;
    assert!(answer[0].to_string().contains("invalid_visit"), "{}", answer[0]);
}

#[tokio::test]
async fn a_cursor_brings_only_what_changed_and_another_scope_starts_over() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let (_, cursor) = phone.pull(None).await;
    let (changes, cursor) = phone.pull(Some(cursor)).await;
    assert_eq!(changes, Vec::<Value>::new());
    phone.sync(&[found(id(), office.site.id, "堆放杂物")]).await;
    let (changes, cursor) = phone.pull(Some(cursor)).await;
    assert_eq!(changes.iter().map(|change| &change["kind"]).collect::<Vec<_>>(), ["hazard"]);

    let mut people = office.state.store.people(office.office.id).await.unwrap();
    let mut inspector = people.remove(people.iter().position(|one| one.role == Role::Inspector).unwrap());
    inspector.grids.push(office.elsewhere.grid);
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_person(office.office.id, &inspector, None).await.unwrap();
    tx.commit().await.unwrap();
    let body = json!({ "device": phone.device, "now": super::office::now(), "pull": true, "cursor": cursor });
    let reply = phone.request("POST", "/api/v1/sync", body.to_string()).await.json();
    assert_eq!(reply["reset"], true);
    let sites = reply["changes"].as_array().unwrap().iter().filter(|change| change["kind"] == "site").count();
    assert_eq!(sites, 2);
}

#[tokio::test]
async fn what_is_no_request_at_all_is_told_so_and_unknown_fields_are_kept() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let reply = phone.request("POST", "/api/v1/sync", "{").await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    assert!(!reply.json()["detail"].as_str().unwrap().is_empty());
    let many: Vec<Value> = (0..51).map(|_| operation(json!({}))).collect();
    let body = json!({ "device": phone.device, "now": super::office::now(), "operations": many });
    let reply = phone.request("POST", "/api/v1/sync", body.to_string()).await;
    assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);

    let mut future = found(id(), office.site.id, "带新字段");
    command_in(&mut future)["colour"] = json!("red");
    assert_eq!(outcome_of(&phone.sync(&[future]).await[0]), "received");
}
