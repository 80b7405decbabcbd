//! Everything sent reads back as it was, and old phones' words stay understood.

use chrono::{DateTime, TimeZone, Utc};
use domain::{
    form::{Answer, AnswerKey, Verdict},
    hazard::{Evidence, HazardCommand, RejectedBecause},
    id::{EventId, FormId, HazardId, OperationId, PersonId, SiteId, VisitId},
    photo::{PhotoFacts, PhotoHash},
    receipt::Receipt,
    sync::{Operation, Outcome, Payload, Problem, Reason, Refusal, SCHEMA},
    visit::{FilledForm, RecordedAnswer, SiteSeen, Visit, VisitNature, VisitOutcome},
};
use serde_json::json;
use uuid::Uuid;

fn at() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 1, 0, 0).unwrap()
}

fn payloads() -> [Payload; 3] {
    let answer = RecordedAnswer {
        key: AnswerKey::of("lane"),
        elsewhere: false,
        answer: Answer::Number(3.9),
        verdict: Verdict::Fail,
        note: "量了两次".into(),
        photos: vec![PhotoHash::of(b"photo")],
        hazards: vec![HazardId(Uuid::from_u128(5))],
    };
    let visit = Visit {
        id: VisitId(Uuid::from_u128(1)),
        site: SiteId(Uuid::from_u128(2)),
        site_seen: SiteSeen::default(),
        nature: VisitNature::Patrol,
        administrative: None,
        inspector: PersonId(Uuid::from_u128(3)),
        participants: vec![],
        outcome: VisitOutcome::Done,
        started_at: at(),
        order: None,
        submitted_at: at(),
        location: None,
        forms: vec![FilledForm {
            form: FormId::from("shed"),
            version: 1,
            answers: vec![answer],
            only: vec![],
            instances: vec![],
        }],
        note: String::new(),
        photos: vec![],
        sign_off: None,
    };
    let evidence = Evidence { note: "清完了".into(), photos: vec![PhotoHash::of(b"after")] };
    let facts = PhotoFacts {
        hash: PhotoHash::of(b"photo"),
        bytes: 5,
        media_type: "image/jpeg".into(),
        width: 2048,
        height: 1536,
        at: at(),
        by: PersonId(Uuid::from_u128(3)),
        location: None,
        original: None,
        camera: None,
        source: None,
        caption_height: 0,
    };
    [
        Payload::SubmitVisit(visit),
        Payload::Hazard {
            hazard: HazardId(Uuid::from_u128(5)),
            event: EventId(Uuid::from_u128(6)),
            site: None,
            command: HazardCommand::Rectify(evidence),
        },
        Payload::Photo(facts),
    ]
}

#[test]
fn every_payload_reads_back_as_it_was_sent() {
    for payload in payloads() {
        let operation = Operation { id: OperationId(Uuid::from_u128(9)), schema: SCHEMA, at: at(), payload };
        let text = serde_json::to_string(&operation).unwrap();
        assert_eq!(serde_json::from_str::<Operation>(&text).unwrap(), operation, "{text}");
    }
}

#[test]
fn every_outcome_reads_back_as_it_was_sent() {
    let receipt = Receipt {
        number: "HZ-2026-004817".into(),
        operation: OperationId(Uuid::from_u128(9)),
        hash: "00".into(),
        at: at(),
        signature: None,
    };
    let refusal = |reason| Outcome::Refused {
        refusal: Refusal { reason, kept: Some(receipt.clone()), message: "…".into() },
    };
    let because = RejectedBecause::AlreadyClosed { by: "王磊".into(), at: at() };
    let outcomes = [
        Outcome::Received { receipt: receipt.clone() },
        Outcome::AlreadyReceived { receipt: receipt.clone() },
        Outcome::RetryAfter { after_seconds: 30, because: Default::default() },
        refusal(Reason::Rejected { because }),
        refusal(Reason::Malformed { detail: "no id".into() }),
        refusal(Reason::NotAllowed),
    ];
    for outcome in outcomes {
        let text = serde_json::to_string(&outcome).unwrap();
        assert_eq!(serde_json::from_str::<Outcome>(&text).unwrap(), outcome, "{text}");
    }
}

#[test]
fn the_hash_of_an_operation_does_not_depend_on_the_order_of_its_fields() {
    assert_eq!(Operation::hash(&json!({ "a": 1, "b": 2 })), Operation::hash(&json!({ "b": 2, "a": 1 })));
    assert_ne!(Operation::hash(&json!({ "a": 1 })), Operation::hash(&json!({ "a": 2 })));
}

#[test]
fn a_hash_is_sixty_four_small_hexadecimal_digits() {
    assert!(PhotoHash::of(b"").as_str().starts_with("e3b0c442"));
    for bad in ["", "e3b0", &"E".repeat(64), &"g".repeat(64)] {
        assert!(bad.parse::<PhotoHash>().is_err(), "{bad}");
    }
}

#[test]
fn problem_details_are_told_by_their_media_type_and_named_by_their_code() {
    for ours in ["application/problem+json", "Application/Problem+JSON; charset=utf-8"] {
        assert!(Problem::is_media_type(ours), "{ours}");
    }
    for other in ["application/json", "text/html; charset=utf-8", "application/problem+xml", ""] {
        assert!(!Problem::is_media_type(other), "{other}");
    }
    let problem = Problem::new("too_many_tries", 429, "请稍后再试".into());
    assert_eq!(
        (problem.type_uri.as_str(), problem.title.as_str(), problem.status),
        ("urn:xunan:problem:too_many_tries", "Too many tries", 429)
    );
}
