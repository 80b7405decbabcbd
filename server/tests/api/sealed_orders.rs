//! 封存任务: the key is given at its hour and to its person, the words to those who may say them, and a check that was opened before its
//! hour is believed by a proof alone.

use super::{
    asker::at_desk,
    evidence::visits::{failing, photo},
    office::{Phone, TestOffice, checks::SealedCheck, id, now, operation, outcome_of, passing_visit},
};
use axum::http::StatusCode;
use chrono::{Duration, Utc};
use domain::{
    audit::{Act, AuditFilter},
    id::SealedOrderId,
    permission::Withheld,
    role::{Action, Actor, Role},
    spot_check::{
        ContentKey, KeyProof, OpenedBy, OrderKey, SealedFor, SealedOrder, SpotCheckState, WordList,
        file::OpenedOrder, open,
    },
};
use serde_json::{Value, json};
use server::{
    jobs,
    service::{Error, sealed_orders, spot_checks},
};

fn hour() -> chrono::DateTime<Utc> {
    now() + Duration::minutes(30)
}

async fn ask(phone: &Phone<'_>, order: SealedOrderId) -> (StatusCode, Value) {
    let reply = phone.request("GET", &format!("/api/v1/orders/{order}/key"), "").await;
    (reply.status, reply.json())
}

/// The order as the phone has it, if it has one.
async fn pulled(phone: &Phone<'_>) -> Option<SealedOrder> {
    let (changes, _) = phone.pull(None).await;
    let body = changes.iter().find(|change| change["kind"] == "sealed_order")?.get("body")?;
    serde_json::from_value(body.clone()).ok()
}

fn key_in(order: &SealedOrder) -> Option<ContentKey> {
    serde_json::to_value(order).unwrap()["state"]["sealed"]["key"]
        .as_str()
        .map(|digits| ContentKey::try_from(digits.to_owned()).unwrap())
}

fn opens(order: &SealedOrder, key: &ContentKey) -> bool {
    let value = serde_json::to_value(order).unwrap();
    let to = SealedFor { order: order.id, person: order.person, opens_at: order.opens_at };
    open(value["state"]["sealed"]["content"].as_str().unwrap(), &to, key).is_ok()
}

#[tokio::test]
async fn the_key_is_given_at_its_hour_by_the_servers_clock_and_to_its_person_alone() {
    let office = TestOffice::open().await;
    let site = office.site_to_check().await;
    let sealed = office.seal(&site, &[Role::Inspector, Role::Officer], hour()).await;
    let (one, other) = (office.phone(Role::Inspector).await, office.phone(Role::Officer).await);
    let order = pulled(&one).await.unwrap();
    assert_eq!((order.id, order.person), (sealed.of(one.person).order.id, one.person));
    assert_eq!(key_in(&order), None, "before its hour");
    let text = serde_json::to_string(&order).unwrap();
    assert!(WordList::read(&text.replace("\\n", "\n")).words().len() > 1_000, "the list travels with it");
    assert_ne!(pulled(&other).await.unwrap().id, order.id, "each has an order of their own");
    // What the phone says of the time is nothing to the server: `Phone::pull` sends a time of its own.
    let (status, problem) = ask(&one, order.id).await;
    assert_eq!((status.as_u16(), problem["code"].as_str()), (425, Some("not_yet")), "{problem}");
    assert!(problem["detail"].as_str().unwrap().contains("10:30"), "the hour is said: {problem}");
    office.clock.set(hour() - Duration::seconds(1));
    assert_eq!(ask(&one, order.id).await.0.as_u16(), 425);
    office.clock.set(hour());
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Inspector) {
        let (status, _) = ask(&office.phone(role).await, order.id).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{role:?}");
    }
    assert_eq!(ask(&one, id()).await.0, StatusCode::NOT_FOUND);
    let (status, answer) = ask(&one, order.id).await;
    assert_eq!(status, StatusCode::OK);
    let OrderKey { key } = serde_json::from_value(answer).unwrap();
    assert!(opens(&order, &key));
    // Who pulls finds it there, too, and is told by a job.
    let (_, cursor) = one.pull(None).await;
    jobs::work_off(&office.state).await.unwrap();
    let (changes, _) = one.pull(Some(cursor)).await;
    assert!(changes.iter().any(|change| change["kind"] == "sealed_order"), "the hour is announced");
    assert_eq!(key_in(&pulled(&one).await.unwrap()), Some(key));
    office.clock.set(hour() + Duration::days(2));
    assert_eq!(ask(&one, order.id).await.0, StatusCode::NOT_FOUND, "its last day is over");
}

#[tokio::test]
async fn what_is_withdrawn_opens_no_more() {
    let office = TestOffice::open().await;
    let site = office.site_to_check().await;
    let sealed = office.seal(&site, &[Role::Inspector], hour()).await;
    let phone = office.phone(Role::Inspector).await;
    let mut tx = office.state.store.write().await.unwrap();
    let (of, check) = (office.office.id, sealed.check.id);
    sealed_orders::withdraw(&office.state, &mut *tx, of, check).await.unwrap();
    tx.commit().await.unwrap();
    let order = pulled(&phone).await.unwrap();
    assert!(serde_json::to_value(&order).unwrap()["state"].get("withdrawn").is_some());
    office.clock.set(hour());
    assert_eq!(ask(&phone, order.id).await.0, StatusCode::NOT_FOUND);
    let leader = at_desk(&office.person(Role::Leader).await.actor(of, None));
    let words = sealed_orders::words_for_leader(&office.state, &leader, check).await;
    assert_eq!(words, Err(Error::NotFound));
}

#[tokio::test]
async fn the_words_are_for_the_leader_and_the_makers_and_each_look_is_audited() {
    let office = TestOffice::open().await;
    let site = office.site_to_check().await;
    let sealed = office.seal(&site, &[Role::Inspector], hour()).await;
    let list = WordList::of_this_version();
    let mut said = vec![];
    for role in Role::ALL {
        let asker = at_desk(&office.person(role).await.actor(office.office.id, None));
        let words = sealed_orders::words_for_leader(&office.state, &asker, sealed.check.id).await;
        match (role, words) {
            (Role::Leader | Role::Supervisor, Ok(words)) => said.push(words),
            (Role::Leader | Role::Supervisor, Err(error)) => panic!("{role:?}: {error}"),
            (_, Err(Error::NotFound | Error::NotAllowed)) => {}
            (_, other) => panic!("{role:?}: {other:?}"),
        }
    }
    // The office takes the right away after the plan was sent.
    for (role, action) in [(Role::Leader, Action::LeadSpotChecks), (Role::Supervisor, Action::PlanSpotChecks)]
    {
        let actor = office.person(role).await.actor(office.office.id, None);
        let asker = at_desk(&Actor { withheld: Withheld::from_iter([action]), ..actor });
        let words = sealed_orders::words_for_leader(&office.state, &asker, sealed.check.id).await;
        assert_eq!(words, Err(Error::NotFound), "{role:?}");
    }
    assert_eq!(said[0], said[1]);
    assert!(said[0].0.iter().all(|word| list.find(word).is_some()));
    let filter = AuditFilter { act: Some(Act::WordsShown), page: 1, ..AuditFilter::default() };
    let entries = office.state.store.audit(office.office.id, &filter).await.unwrap().rows;
    assert_eq!(entries.len(), 2);
    let text = serde_json::to_string(&entries).unwrap();
    assert!(said[0].0.iter().all(|word| !text.contains(word.as_str())) && !text.contains(&site.name));
    // Nor do they stand in the records.
    let stored = format!("{:?}", sealed.orders);
    assert!(!stored.contains(&said[0].0[0]));
}

#[tokio::test]
async fn a_check_that_cannot_be_read_stops_nobodys_visit() {
    let office = TestOffice::open().await;
    office.seal(&office.site, &[Role::Inspector], hour()).await;
    office.database.execute("UPDATE spot_check SET body = '{' || body").await;
    let phone = office.phone(Role::Inspector).await;
    let visit = passing_visit(&phone, &office.site, &office.form("ebike-charging"));
    assert_eq!(outcome_of(&phone.sync(&[visit]).await[0]), "received");
}

fn opened(order: SealedOrderId, proof: &KeyProof) -> Value {
    operation(json!({ "order_opened": { "order": order, "by": "words", "at": now(), "proof": proof } }))
}

/// The key of an order, as its phone will have it.
async fn key_of(office: &TestOffice, phone: &Phone<'_>, sealed: &SealedCheck) -> ContentKey {
    office.clock.set(sealed.check.opens_at);
    let (_, answer) = ask(phone, sealed.of(phone.person).order.id).await;
    office.clock.set(now());
    let OrderKey { key } = serde_json::from_value(answer).unwrap();
    key
}

#[tokio::test]
async fn a_check_that_was_opened_before_its_hour_is_believed_by_its_proof() {
    let office = TestOffice::open().await;
    let site = office.site_to_check().await;
    let sealed = office.seal(&site, &[Role::Inspector, Role::CommunityOfficer], hour()).await;
    let (phone, other) = (office.phone(Role::Inspector).await, office.phone(Role::CommunityOfficer).await);
    let key = key_of(&office, &phone, &sealed).await;
    let order = sealed.of(phone.person).order.id;
    let form = office.form("ebike-charging");
    let visit = || {
        let mut visit = passing_visit(&phone, &site, &form);
        visit["payload"]["submit_visit"]["order"] = json!(order);
        visit
    };
    // Whoever only guesses where it is learns nothing: with or without the order's id it is not theirs.
    let guessed = phone.sync(&[visit(), opened(order, &KeyProof([7; 32]))]).await;
    assert_eq!(guessed.iter().map(outcome_of).collect::<Vec<_>>(), ["refused", "refused"]);
    let strange = other.sync(&[opened(order, &key.proof())]).await;
    assert_eq!(outcome_of(&strange[0]), "refused", "somebody else's order");
    let (_, mut operations) = failing(&phone, &site, &form, &photo(&phone, 9).await);
    operations[0]["payload"]["submit_visit"]["order"] = json!(order);
    // What was found went first on the way; how they came to be there is heard before it.
    operations.push(opened(order, &key.proof()));
    let told = phone.sync(&operations).await;
    assert_eq!(told.iter().map(outcome_of).collect::<Vec<_>>(), ["received"; 3], "{told:?}");
    let stored = office.state.store.sealed_order(office.office.id, order).await.unwrap().unwrap();
    assert!(stored.opened.is_some());
    let check = office.state.store.spot_check(office.office.id, sealed.check.id).await.unwrap().unwrap();
    assert!(matches!(check.state, SpotCheckState::Done { .. }), "{check:?}");
    // The desk is told by whom and how.
    let maker = at_desk(&office.person(Role::Supervisor).await.actor(office.office.id, None));
    let plan = spot_checks::file(&office.state, &maker, check.plan).await.unwrap();
    let told = &plan.inside.unwrap().sites[0].opened;
    let name = office.person(Role::Inspector).await.name;
    assert_eq!(told, &[OpenedOrder { person: name, at: now(), by: OpenedBy::Words }]);
    // The second of the team arrives as well; the first arrival stays.
    office.clock.set(hour());
    let second = other.sync(&[passing_visit(&other, &site, &form)]).await;
    assert_eq!(outcome_of(&second[0]), "received");
    let again = office.state.store.spot_check(office.office.id, sealed.check.id).await.unwrap().unwrap();
    assert_eq!(again.state, check.state);
}
