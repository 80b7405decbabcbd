//! What is sent and stored keeps its shape: old phones depend on it.

use super::office::TestOffice;
use domain::{
    role::Role,
    sync::{Operation, OperationResult, Outcome},
};
use serde_json::Value;

#[test]
fn the_contract_is_as_published() {
    insta::assert_json_snapshot!("openapi", server::http::openapi());
}

/// Whatever takes a body tells what becomes of one that is none, and of one that is too large.
#[test]
fn whatever_takes_a_body_tells_of_one_that_it_does_not_take() {
    let contract = serde_json::to_value(server::http::openapi()).unwrap();
    let mut with_body = 0;
    for (path, methods) in contract["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            if operation.get("requestBody").is_none() {
                continue;
            }
            with_body += 1;
            for status in ["400", "413"] {
                assert!(
                    operation["responses"].get(status).is_some(),
                    "{method} {path} says nothing of {status}"
                );
            }
        }
    }
    assert!(with_body >= 6, "only {with_body} take a body");
}

/// Every payload that was ever published, as phones send it; one file each.
#[test]
fn published_payloads_are_still_read() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/payloads");
    let mut read = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let raw: Value = serde_json::from_str(&text).unwrap();
        let operation: Operation = serde_json::from_value(raw.clone()).unwrap();
        assert_eq!(serde_json::to_value(&operation).unwrap(), raw, "written as it was read");
        read += 1;
    }
    assert!(read >= 4, "only {read} payloads");
}

#[tokio::test]
async fn published_payloads_are_still_answered() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/payloads");
    for entry in std::fs::read_dir(folder).unwrap() {
        let raw: Value =
            serde_json::from_str(&std::fs::read_to_string(entry.unwrap().path()).unwrap()).unwrap();
        // What was before somebody's eyes is so, whatever became of it since: a notice that is not there is passed over.
        let is_passed_over = raw.pointer("/payload/notices_seen").is_some();
        let answers = phone.sync(&[raw]).await;
        let answered: OperationResult = serde_json::from_value(answers[0].clone()).unwrap();
        assert_eq!(
            matches!(answered.outcome, Outcome::Refused { .. }),
            !is_passed_over,
            "of another office, hence refused, but understood: {}",
            answers[0]
        );
        assert!(!answers[0].to_string().contains("malformed"), "{}", answers[0]);
    }
}
