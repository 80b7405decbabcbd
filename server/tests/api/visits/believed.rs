//! What a phone says is not believed where the office can know better: what nobody answers, and what a site is.

use super::{is_invalid, keep, sent, skip, visit_id};
use crate::{
    asker::at_desk,
    evidence::{actor, clean},
    office::{TestOffice, answers_in, begun, now, opened, operation, outcome_of, passing_visit},
    pages::Desk,
};
use domain::{
    expression::{Expression, Function, Operator},
    file::VisitFile,
    form::Form,
    role::Role,
    site::{Site, attributes::SiteAttributes},
    visit::{Draft, VisitOutcome},
};
use serde_json::{Value, json};
use server::service::visits;
use std::sync::Arc;

/// One thing is asked everywhere, another where there are more than three storeys, which the form shows.
async fn by_storeys(office: &TestOffice) -> Arc<Form> {
    let text = |zh: &str| json!({ "zh": zh, "en": zh });
    let storeys = Expression::Call(Function::Site, vec![Expression::Text("storeys".to_owned())]);
    let many = Expression::Binary(
        Operator::Greater,
        Expression::Answer("storeys".into()).into(),
        Expression::Number(3.0).into(),
    );
    let shown = json!({ "question": {
        "id": "storeys", "text": text("层数"), "kind": { "count": { "unit": text("层") } },
        "read_only": true, "default": storeys,
    } });
    let asked = |id: &str| {
        json!({ "id": id, "text": text(id), "kind": "pass_fail", "basis": { "good_practice": true },
            "criterion": { "finding": { "what": text(id), "days": 7 } } })
    };
    let mut guard = asked("guard");
    guard["relevant"] = json!(many);
    let form = json!({ "id": "by-storeys", "version": 1, "title": text("按层数"), "layer": "inspection",
        "sector": "fire", "entries": [shown, { "question": asked("clear") }, { "question": guard }] });
    let form: Form = serde_json::from_value(form).unwrap();
    assert!(form.check().is_empty());
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_form(office.office.id, &form).await.unwrap();
    tx.commit().await.unwrap();
    Arc::new(form)
}

fn of(office: &TestOffice, storeys: Option<u16>) -> Site {
    let attributes = SiteAttributes { storeys, ..SiteAttributes::default() };
    Site { attributes, ..office.site.clone() }
}

/// The desk writes down how many storeys there are.
async fn registered(office: &TestOffice, storeys: u16) -> Site {
    let site = of(office, Some(storeys));
    keep(office, &site).await;
    site
}

fn is_asked(visit: &mut Value, question: &str) -> bool {
    answers_in(visit).iter().any(|answer| answer["key"]["question"] == question)
}

async fn file(office: &TestOffice, visit: &Value) -> VisitFile {
    let supervisor = actor(&office.phone(Role::Supervisor).await).await;
    visits::file(&office.state, &at_desk(&supervisor), visit_id(visit)).await.unwrap()
}

#[tokio::test]
async fn what_is_only_shown_is_not_for_the_phone_to_say() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let (form, tall) = (by_storeys(&office).await, registered(&office, 6).await);
    let mut forged = passing_visit(&phone, &tall, &form);
    skip(&mut forged, 0, "guard");
    let mut answers = answers_in(&mut forged).iter_mut();
    let storeys = answers.find(|answer| answer["key"]["question"] == "storeys").unwrap();
    assert_eq!(storeys["answer"], json!({ "count": 6 }));
    storeys["answer"] = json!({ "count": 1 });
    is_invalid(&sent(&phone, &forged).await, "`storeys` carries another answer");
    let mut silent = passing_visit(&phone, &tall, &form);
    skip(&mut silent, 0, "storeys");
    is_invalid(&sent(&phone, &silent).await, "`storeys` has an answer that the record lacks");
    let honest = passing_visit(&phone, &tall, &form);
    assert_eq!(outcome_of(&sent(&phone, &honest).await), "received");
    assert!(!file(&office, &honest).await.site.attributes_never_had);
    clean(&office).await;
}

/// A lower house asks less. Nothing is lost, and the desk is told, in words.
#[tokio::test]
async fn attributes_that_the_site_never_had_are_told_of() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let (form, _) = (by_storeys(&office).await, registered(&office, 6).await);
    let mut forged = passing_visit(&phone, &of(&office, Some(1)), &form);
    assert!(!is_asked(&mut forged, "guard"));
    assert_eq!(outcome_of(&sent(&phone, &forged).await), "received");
    // What is registered later makes it no better.
    registered(&office, 1).await;
    let read = file(&office, &forged).await;
    assert!(read.site.attributes_never_had);
    assert_eq!((read.visit.site_seen.attributes.storeys, read.site.attributes.storeys), (Some(1), Some(6)));
    let desk = Desk::of(&office);
    let page = format!("/office/visits/{}", visit_id(&forged));
    let page = desk.seat(Role::Supervisor).await.page(&page).await.text();
    assert!(page.contains("层数：检查时为“1”，收到时登记为“6”"), "{page}");

    // Nothing was asked behind a closed door.
    let closed = Draft { outcome: VisitOutcome::Closed, ..begun(&phone, &of(&office, Some(9))) };
    let closed = operation(json!({ "submit_visit": opened(closed, &[]).submit(now()).unwrap().visit }));
    assert_eq!(outcome_of(&sent(&phone, &closed).await), "received");
    assert!(!file(&office, &closed).await.site.attributes_never_had);
    clean(&office).await;
}

/// It was away while the desk registered more, twice.
#[tokio::test]
async fn a_phone_that_knew_the_site_as_it_was_is_not_doubted() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let form = by_storeys(&office).await;
    let mut early = passing_visit(&phone, &of(&office, None), &form);
    let mut late = passing_visit(&phone, &registered(&office, 2).await, &form);
    assert!(!is_asked(&mut early, "storeys") && is_asked(&mut late, "storeys"));
    for storeys in [6, 8] {
        registered(&office, storeys).await;
    }
    for visit in [early, late] {
        assert_eq!(outcome_of(&sent(&phone, &visit).await), "received");
        let read = file(&office, &visit).await;
        assert!(!read.site.attributes_never_had);
        assert_eq!(read.site.attributes.storeys, Some(8), "as the office knew it then");
    }
    clean(&office).await;
}
