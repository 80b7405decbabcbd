//! What is not the site's to put right: from the phone that found it to the office that refers it.

use super::{
    evidence::{actor, clean},
    office::{
        Phone, TestOffice, begun, command, command_in, found, id, now, opened, operation, outcome_of,
        refusal_of,
    },
    pages::Desk,
};
use crate::asker::at_desk;
use app::server_fns::hazards::{hazard_form::HazardForm, plan_words::base_of_hazard};
use axum::http::StatusCode;
use domain::{
    form::{Answer, AnswerKey, Form, ResponsibleKind},
    hazard::{CommandField, Hazard, HazardCommand, HazardCommandKind, HazardStatus},
    id::{EventId, HazardId},
    ledger::{LedgerFilter, LedgerStatusFilter},
    overview::Figure,
    role::{Actor, Role},
    text::Lang,
};
use serde_json::{Value, json};
use server::service::{hazards, overview};
use std::{slice, sync::Arc};

/// One question about what an authority answers for, one about what nobody known does.
async fn street(office: &TestOffice) -> Arc<Form> {
    let text = |zh: &str| json!({ "zh": zh, "en": zh });
    let question = |id: &str, responsible: Value| {
        let criterion = json!({ "finding": { "what": text(id), "days": 7, "responsible": responsible } });
        json!({ "question": { "id": id, "text": text(id), "kind": "pass_fail", "photo": "never",
            "criterion": criterion, "basis": { "good_practice": true } } })
    };
    let authority = json!({ "authority": text("市场监督管理部门") });
    let entries = json!([question("licence", authority), question("well", json!("unknown"))]);
    let form = json!({ "id": "street", "version": 1, "title": text("街面"), "layer": "inspection", "sector": "fire",
        "entries": [{ "group": { "id": "all", "title": text("全部"), "entries": entries } }] });
    let form: Form = serde_json::from_value(form).unwrap();
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_form(office.office.id, &form).await.unwrap();
    tx.commit().await.unwrap();
    Arc::new(form)
}

/// A visit in which both fail, as the phone seals and sends it: the hazards of the authority and of nobody.
async fn both_found(phone: &Phone<'_>, form: &Arc<Form>) -> [HazardId; 2] {
    let site = &phone.office.site;
    let mut draft = begun(phone, site);
    draft.add_form(form);
    let mut draft = opened(draft, slice::from_ref(form));
    let ids = [id::<HazardId>(), id()];
    for (question, hazard) in ["licence", "well"].into_iter().zip(ids) {
        let key = AnswerKey::of(question);
        draft.answer(0, &key, Answer::Fail).unwrap();
        assert!(draft.open_finding((0, &key), hazard, "物业", now().date_naive(), Lang::Zh));
    }
    let sealed = draft.submit(now()).unwrap();
    let mut sent = vec![operation(json!({ "submit_visit": sealed.visit }))];
    for (hazard, command) in sealed.hazards {
        sent.push(operation(
            json!({ "hazard": { "hazard": hazard, "event": id::<EventId>(), "site": site.id,
            "command": command } }),
        ));
    }
    let answers = phone.sync(&sent).await;
    assert!(answers.iter().all(|answer| outcome_of(answer) == "received"), "{answers:?}");
    ids
}

async fn stored(office: &TestOffice, hazard: HazardId) -> Hazard {
    office.state.store.hazard(office.office.id, hazard).await.unwrap().unwrap()
}

/// The hazards that the ledger lists so.
async fn listed(office: &TestOffice, by: &Actor, status: LedgerStatusFilter) -> Vec<HazardId> {
    let filter = LedgerFilter { page: 1, ..LedgerFilter::of(status) };
    let page = hazards::ledger(&office.state, &at_desk(by), &filter).await.unwrap();
    let mut ids: Vec<_> = page.rows.into_iter().map(|row| row.id).collect();
    ids.sort();
    ids
}

#[tokio::test]
async fn what_another_authority_answers_for_waits_for_the_office_to_refer_it() {
    let office = TestOffice::open().await;
    let form = street(&office).await;
    let inspector = office.phone(Role::Inspector).await;
    let supervisor = office.phone(Role::Supervisor).await;
    let by = actor(&supervisor).await;
    let [licence, well] = both_found(&inspector, &form).await;

    let of_authority = stored(&office, licence).await;
    assert_eq!(
        (&of_authority.status, of_authority.due),
        (&HazardStatus::Found, None),
        "nobody is given a day"
    );
    assert_eq!(of_authority.found.authority(), Some("市场监督管理部门"));
    let of_nobody = stored(&office, well).await;
    assert_eq!(of_nobody.found.responsible_kind, ResponsibleKind::Unknown);
    assert_eq!((of_nobody.found.responsible.as_str(), of_nobody.due), ("", None));

    // The phone that found it hears the same.
    let (changes, _) = inspector.pull(None).await;
    let change = changes.iter().find(|change| change["id"] == json!(licence)).unwrap();
    let pulled: Hazard = serde_json::from_value(change["body"].clone()).unwrap();
    assert!(pulled.is_to_be_referred(), "{change}");

    // The desk has it among what it has to do.
    assert_eq!(listed(&office, &by, LedgerStatusFilter::ToRefer).await, [licence, well]);
    assert_eq!(listed(&office, &by, LedgerStatusFilter::ToAssign).await, []);
    let figures = overview::read(&office.state, &at_desk(&by)).await.unwrap();
    assert_eq!(figures.count(Figure::WaitingForReferral), 2);
    let desk = Desk::of(&office);
    let seat = desk.seat(Role::Supervisor).await;
    let page = seat.page(&format!("/office/hazards/{licence}")).await.text();
    for words in ["等移送", "其他部门：市场监督管理部门", "value=\"市场监督管理部门\""]
    {
        assert!(page.contains(words), "{words} is not on the page: {page}");
    }
    let page = seat.page("/office/hazards?status=to_refer").await.text();
    assert!(page.contains("licence") && page.contains("等移送"), "{page}");

    let given = [(CommandField::Authority, "市场监督管理部门"), (CommandField::Reason, "无证经营")];
    let given = given.map(|(field, words)| (field.as_str().to_owned(), words.to_owned()));
    let form = HazardForm {
        hazard: licence.to_string(),
        does: HazardCommandKind::Refer.as_str().into(),
        base: base_of_hazard(&of_authority),
        given: given.into(),
        ..HazardForm::default()
    };
    assert_eq!(seat.act("act", &form).await.status, StatusCode::OK);
    let referred = HazardStatus::Referred { authority: "市场监督管理部门".into() };
    assert_eq!(stored(&office, licence).await.status, referred);

    // Of the other it turned out whose it is.
    let plan = json!({ "assign": { "responsible": "物业", "measures": "加盖", "funds": 0, "deadline": "2026-12-01",
        "contingency": "围挡" } });
    let assign: HazardCommand = serde_json::from_value(plan).unwrap();
    assert_eq!(outcome_of(&supervisor.sync(&[command(well, json!(assign))]).await[0]), "received");
    assert_eq!(stored(&office, well).await.status, HazardStatus::Assigned);
    assert_eq!(listed(&office, &by, LedgerStatusFilter::ToRefer).await, []);
    clean(&office).await;
}

/// A phone of a version before says nothing of it.
#[tokio::test]
async fn a_report_that_does_not_say_whose_it_is_means_the_site() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let by = actor(&office.phone(Role::Supervisor).await).await;
    let hazard: HazardId = id();
    assert_eq!(
        outcome_of(&inspector.sync(&[found(hazard, office.site.id, "堆放杂物")]).await[0]),
        "received"
    );
    let known = stored(&office, hazard).await;
    assert!(known.found.responsible_kind.is_site() && known.due.is_some());
    assert_eq!(listed(&office, &by, LedgerStatusFilter::ToAssign).await, [hazard]);
    assert_eq!(listed(&office, &by, LedgerStatusFilter::ToRefer).await, []);
}

#[tokio::test]
async fn an_authority_without_a_name_is_refused_as_incomplete() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let mut nameless = found(id(), office.site.id, "路面塌陷");
    command_in(&mut nameless)["responsible_kind"] = json!("authority");
    let answer = &inspector.sync(&[nameless]).await[0];
    assert_eq!(refusal_of(answer)["reason"]["incomplete"]["missing"], "responsible", "{answer}");
}
