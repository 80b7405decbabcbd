//! 对上门的意见 at the desk: who lists them, how they are narrowed, marked, answered and taken out, with the program and without.

use super::{
    super::{office::TestOffice, pages::Desk},
    asker, code_of, get, opened, post, reported,
};
use axum::http::StatusCode;
use domain::{
    audit::{AuditFilter, SubjectKind},
    code::{ComplaintFilter, ComplaintRow, ComplaintState},
    role::{Action, Actor, Role, Scope},
};
use serde_json::{Value, json};
use server::service::{Asker, Error, complaints};
use uuid::Uuid;

/// A complaint by the code of a hazard; the code, and the cookie of whoever opened it.
async fn said(office: &TestOffice, desk: &Desk) -> (String, String) {
    let hazard = reported(office).await;
    let code = code_of(office, hazard).await;
    let cookie = opened(desk, &code).await;
    let said = post(desk, &format!("/c/{code}/complaint"), &cookie, "complaint=no+certificate+shown").await;
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.text());
    (code, cookie)
}

async fn listed(office: &TestOffice, state: Option<ComplaintState>) -> Vec<ComplaintRow> {
    let by = asker(office, Role::Supervisor).await;
    let filter = ComplaintFilter { state, ..ComplaintFilter::default() };
    complaints::list(&office.state, &by, &filter).await.unwrap().rows
}

fn form(complaint: Uuid, does: &str, answer: &str) -> Value {
    json!({ "complaint": complaint, "does": does, "answer": answer })
}

#[tokio::test]
async fn a_complaint_is_looked_at_and_answered_and_its_party_reads_the_answer() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office);
    let (code, cookie) = said(&office, &desk).await;
    // Those who came have the paper and the number, too: they learn nothing of it.
    let page = get(&desk, &format!("/c/{code}"), &cookie).await.text();
    assert!(!page.contains("no certificate shown") && !page.contains("您交的意见"), "{page}");
    let id = listed(&office, Some(ComplaintState::Open)).await.remove(0).complaint.id;
    let seat = desk.seat(Role::Supervisor).await;
    for _ in 0..2 {
        let taken = seat.act("mark_complaint", &form(id, "in_hand", "")).await;
        assert_eq!(taken.status, StatusCode::OK, "twice is once: {}", taken.text());
    }
    assert_eq!(listed(&office, Some(ComplaintState::Open)).await, []);
    assert_eq!(listed(&office, Some(ComplaintState::InHand)).await.len(), 1);
    let silent = seat.act("mark_complaint", &form(id, "answered", " \n")).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", silent.text());
    assert!(silent.text().contains("请先写答复") && silent.text().contains("answer"), "{}", silent.text());
    let long = seat.act("mark_complaint", &form(id, "answered", &"长".repeat(3_000))).await;
    assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", long.text());
    let done = seat.act("mark_complaint", &form(id, "answered", "<b>shown since")).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text());
    let other = seat.act("mark_complaint", &form(id, "answered", "another word")).await;
    assert_eq!(other.status, StatusCode::CONFLICT, "it is answered once: {}", other.text());
    let nowhere = json!({ "complaint": "x", "does": "in_hand" });
    for form in [form(super::super::office::id(), "in_hand", ""), form(id, "lost", ""), nowhere] {
        let refused = seat.act("mark_complaint", &form).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{form}: {}", refused.text());
    }
    let page = get(&desk, &format!("/c/{code}"), &cookie).await.text();
    assert!(page.contains("&lt;b&gt;shown since") && page.contains("已答复"), "{page}");
    assert!(!page.contains("no certificate shown"), "{page}");
    let audit = office.state.store.audit(office.office.id, &AuditFilter::default()).await.unwrap();
    let entries = audit.rows.iter().filter(|entry| entry.subject.kind == SubjectKind::VisitComplaint);
    assert_eq!(entries.count(), 2);
}

#[tokio::test]
async fn without_the_program_a_form_leads_back_to_its_page_and_keeps_what_was_typed() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office);
    said(&office, &desk).await;
    let id = listed(&office, None).await[0].complaint.id;
    let seat = desk.seat(Role::Supervisor).await;
    let (path, page) = seat.submit("mark_complaint", &form(id, "in_hand", "")).await;
    assert_eq!(path, format!("/office/complaints/{id}"));
    let page = page.text();
    assert!(page.contains("处理中") && page.contains("no certificate shown"), "{page}");
    assert!(!page.contains("开始处理"), "it was taken up: {page}");
    let (path, silent) = seat.submit("mark_complaint", &form(id, "answered", " ")).await;
    assert_eq!((path.as_str(), silent.status), ("", StatusCode::UNPROCESSABLE_ENTITY));
    let silent = silent.text();
    assert!(silent.contains("请先写答复") && silent.contains("aria-invalid=\"true\""), "{silent}");
    let (path, page) = seat.submit("mark_complaint", &form(id, "answered", "<i>shown since")).await;
    assert_eq!(path, format!("/office/complaints/{id}"));
    let page = page.text();
    assert!(page.contains("&lt;i&gt;shown since") && !page.contains("<textarea"), "{page}");
    let (_, other) = seat.submit("mark_complaint", &form(id, "answered", "another word")).await;
    assert_eq!(other.status, StatusCode::CONFLICT);
    let other = other.text();
    assert!(other.contains("他人修改过") && other.contains("another word"), "{other}");
    assert!(other.contains("&lt;i&gt;shown since"), "what was answered stands there, too: {other}");
}

#[tokio::test]
async fn complaints_are_for_those_who_read_who_did_what() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office);
    said(&office, &desk).await;
    let id = listed(&office, None).await[0].complaint.id;
    for role in Role::ALL {
        let by = asker(&office, role).await;
        let may = role.may(Action::ReadAudit);
        let list = complaints::list(&office.state, &by, &ComplaintFilter::default()).await;
        assert_eq!(list.as_ref().err(), (!may).then_some(&Error::NotAllowed), "{role:?}");
        assert_eq!(complaints::file(&office.state, &by, id).await.is_ok(), may, "{role:?}");
    }
    let officer = asker(&office, Role::Officer).await;
    let refused = complaints::mark(&office.state, &officer, id, ComplaintState::InHand, "").await;
    assert_eq!(refused, Err(Error::NotAllowed));
    for role in [Role::Officer, Role::Supervisor, Role::Leader, Role::Administrator] {
        let seat = desk.seat(role).await;
        let may = role.may(Action::ReadAudit);
        for path in ["/office/complaints".to_owned(), format!("/office/complaints/{id}")] {
            let page = seat.page(&path).await;
            assert_eq!(page.status.is_success(), may, "{role:?} {path}: {}", page.status);
            assert_eq!(page.text().contains("no certificate shown"), may, "{role:?} {path}");
        }
        let rail = seat.page("/office").await.text();
        assert_eq!(rail.contains("href=\"/office/complaints\""), may, "{role:?}");
    }
    // Whoever sees less of the office is told of less, and marks no more than that.
    let near = asker(&office, Role::Supervisor).await;
    let elsewhere = Scope::Grids(vec![office.elsewhere.grid]);
    let far = Asker { actor: Actor { scope: elsewhere, ..near.actor.clone() }, ..near };
    let list = complaints::list(&office.state, &far, &ComplaintFilter::default()).await.unwrap();
    assert_eq!((list.total, list.rows), (0, vec![]));
    assert_eq!(complaints::file(&office.state, &far, id).await, Err(Error::NotFound));
    let marked = complaints::mark(&office.state, &far, id, ComplaintState::InHand, "").await;
    assert_eq!(marked, Err(Error::NotFound));
}

#[tokio::test]
async fn the_list_is_narrowed_and_taken_out_as_a_file() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office);
    said(&office, &desk).await;
    let row = listed(&office, None).await.remove(0);
    let (id, hazard) = (row.complaint.id, row.complaint.hazard.unwrap());
    let seat = desk.seat(Role::Supervisor).await;
    let answer = form(id, "answered", "shown since");
    assert_eq!(seat.act("mark_complaint", &answer).await.status, StatusCode::OK);
    let page = seat.page("/office/complaints?state=answered").await.text();
    let links = [format!("/office/complaints/{id}"), format!("/office/hazards/{hazard}")];
    for words in links.iter().map(String::as_str).chain(["no certificate shown", "已答复", "共 1 条意见"])
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    for (words, shown) in [
        ("?state=open", false),
        ("?state=in_hand", false),
        ("?q=certificate", true),
        ("?q=SHOWN+since", true),
        ("?q=nothing", false),
        ("?to=2020-01-01", false),
    ] {
        let page = seat.page(&format!("/office/complaints{words}")).await.text();
        assert_eq!(page.contains("no certificate shown"), shown, "{words}: {page}");
        let file = seat.page(&format!("/office/export/complaints/csv{words}")).await;
        assert_eq!(file.status, StatusCode::OK);
        let file = file.text();
        assert_eq!(file.contains("no certificate shown,"), shown, "{words}: {file}");
        assert_eq!(file.contains("shown since"), shown, "{words}: {file}");
        assert!(file.contains("意见,场所,责任主体,相关隐患,提交时间,状态,经办人,办理时间,答复"), "{file}");
    }
}
