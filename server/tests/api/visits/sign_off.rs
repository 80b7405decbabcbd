//! How a visit ends with the people of the site, and what of it the office believes.

use super::{by_kind, is_invalid, sent, visit_id};
use crate::{
    asker::at_desk,
    evidence::{actor, clean},
    office::{TestOffice, begun, now, opened, operation, outcome_of, passing_visit, refusal_of},
    photos::{announce, jpeg},
};
use domain::{
    photo::PhotoHash,
    role::Role,
    visit::{Draft, SignOff, VisitOutcome},
};
use serde_json::{Value, json};
use server::service::visits;

fn signature(picture: &PhotoHash) -> Value {
    json!({ "picture": picture, "ink": { "length": 2_100, "width": 640, "height": 210 } })
}

/// Before somebody who signs on the same phone.
fn refused(picture: &PhotoHash) -> Value {
    let witness = json!({ "name": "孙桂兰", "who": "隔壁 45 号店主", "signature": signature(picture) });
    let circumstances = json!({ "words": "店员称负责人外出，不肯签", "witness": witness });
    json!({ "refused": { "reason": "waits_for_person_in_charge", "circumstances": circumstances } })
}

#[tokio::test]
async fn whoever_answers_for_the_site_signs_and_the_desk_sees_it() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let bytes = jpeg(7);
    let (picture, announced) = announce(&phone, &bytes);
    assert_eq!(outcome_of(&sent(&phone, &announced).await), "received");
    phone.upload_as(&picture, bytes).await;
    let mut visit = passing_visit(&phone, &office.site, &by_kind(&office).await);
    let signed = json!({ "signature": signature(&picture), "name": "陈国平", "post": "店长" });
    visit["payload"]["submit_visit"]["sign_off"] = json!({ "signed": signed });
    assert_eq!(outcome_of(&sent(&phone, &visit).await), "received");
    let supervisor = actor(&office.phone(Role::Supervisor).await).await;
    let file = visits::file(&office.state, &at_desk(&supervisor), visit_id(&visit)).await.unwrap();
    let Some(SignOff::Signed(signed)) = file.visit.sign_off.as_deref() else { panic!("{:?}", file.visit) };
    assert_eq!((signed.name.as_str(), signed.post.as_str()), ("陈国平", "店长"));
    let reviewed: Vec<_> = file.photos.iter().map(|photo| (&photo.hash, photo.received)).collect();
    assert_eq!(reviewed, [(&picture, true)], "it is shown as photos are");
    clean(&office).await;
}

#[tokio::test]
async fn a_refusal_has_a_witness_or_a_photo_and_says_what_happened() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let (bytes, form) = (jpeg(8), by_kind(&office).await);
    let (picture, announced) = announce(&phone, &bytes);
    assert_eq!(outcome_of(&sent(&phone, &announced).await), "received");
    phone.upload_as(&picture, bytes).await;
    let mut visit = passing_visit(&phone, &office.site, &form);
    let told = |circumstances: Value| json!({ "absent": { "circumstances": circumstances } });
    let mut blank = refused(&picture);
    blank["refused"]["circumstances"]["witness"]["signature"]["ink"] =
        json!({ "length": 3, "width": 2, "height": 1 });
    let mut nobody = refused(&picture);
    nobody["refused"]["circumstances"]["witness"]["who"] = json!(" ");
    let cases = [
        (told(json!({ "words": "门开着，没有人" })), "neither a witness nor a photo"),
        (told(json!({ "words": " \n", "photos": [picture] })), "not said what happened"),
        (blank, "signature of the witness is empty"),
        (nobody, "who the witness is"),
        (json!({ "signed": { "signature": signature(&picture), "name": "" } }), "no name"),
    ];
    for (sign_off, why) in cases {
        visit["payload"]["submit_visit"]["sign_off"] = sign_off;
        let answer = sent(&phone, &visit).await;
        is_invalid(&answer, why);
        assert!(refusal_of(&answer)["message"].as_str().is_some_and(|words| !words.is_empty()), "in words");
    }
    let mut long = refused(&picture);
    long["refused"]["circumstances"]["witness"]["name"] = json!("孙<b>");
    visit["payload"]["submit_visit"]["sign_off"] = long;
    let answer = sent(&phone, &visit).await;
    let over = &refusal_of(&answer)["reason"]["incomplete"]["missing"]["over_limit"];
    assert_eq!((over["field"].as_str(), over["excess"].as_str()), (Some("name"), Some("markup")));
    for whole in [refused(&picture), told(json!({ "words": "贴在门上", "photos": [picture] }))] {
        let mut visit = passing_visit(&phone, &office.site, &form);
        visit["payload"]["submit_visit"]["sign_off"] = whole;
        assert_eq!(outcome_of(&sent(&phone, &visit).await), "received");
    }
    clean(&office).await;
}

#[tokio::test]
async fn nobody_signs_for_a_closed_door() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let (picture, announced) = announce(&phone, &jpeg(9));
    assert_eq!(outcome_of(&sent(&phone, &announced).await), "received");
    let closed = Draft { outcome: VisitOutcome::Closed, ..begun(&phone, &office.site) };
    let mut visit = operation(json!({ "submit_visit": opened(closed, &[]).submit(now()).unwrap().visit }));
    visit["payload"]["submit_visit"]["sign_off"] = refused(&picture);
    is_invalid(&sent(&phone, &visit).await, "nothing to sign for");
}
