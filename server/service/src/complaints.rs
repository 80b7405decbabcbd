//! 对上门的意见: what parties say of visits by their codes ([`complain`](crate::codes::answering::complain)), and what the office does
//! about it. For those who read who did what and nobody else, so that nobody who came reads it first.

use crate::{asker::Asker, error::Error, services::Services};
use domain::{
    audit::{Act, Subject, SubjectKind},
    code::{ComplaintFilter, ComplaintMark, ComplaintPage, ComplaintRefusal, ComplaintRow, ComplaintState},
    role::Action,
    text::Lang,
};
use i18n::{complaints as t, limits};
use serde_json::json;
use uuid::Uuid;

/// What was said at sites in this person's sight.
pub async fn list(state: &Services, by: &Asker, filter: &ComplaintFilter) -> Result<ComplaintPage, Error> {
    by.allow(Action::ReadAudit)?;
    Ok(state.store.visit_complaints(by.actor.office, &by.actor.scope, filter).await?)
}

/// # Errors
/// [`Error::NotFound`] where there is none of this id in sight.
pub async fn file(state: &Services, by: &Asker, id: Uuid) -> Result<ComplaintRow, Error> {
    by.allow(Action::ReadAudit)?;
    state.store.visit_complaint(by.actor.office, &by.actor.scope, id).await?.ok_or(Error::NotFound)
}

/// Says that a complaint is being looked at, or answers it: then the party reads the answer on its page. Twice is once.
///
/// # Errors
/// What is missing, by its field; [`Error::Changed`] where somebody has brought it further or answered otherwise.
pub async fn mark(
    state: &Services,
    by: &Asker,
    id: Uuid,
    to: ComplaintState,
    answer: &str,
) -> Result<(), Error> {
    by.allow(Action::ReadAudit)?;
    let office = by.actor.office;
    let mut tx = state.store.write().await?;
    let complaint = tx.visit_complaint(office, &by.actor.scope, id).await?.ok_or(Error::NotFound)?;
    let was = complaint.mark.as_ref();
    let decided = ComplaintMark::decide(was, to, answer).map_err(|refusal| match refusal {
        ComplaintRefusal::AnswerMissing => Error::invalid("answer", t::answer_missing(by.lang).to_owned()),
        ComplaintRefusal::OverLimit(over) => Error::invalid("answer", limits::over(by.lang, over)),
        ComplaintRefusal::Changed => Error::Changed,
    })?;
    let Some((to, answer)) = decided else { return Ok(()) };
    let (person, name) = (by.actor.person, by.actor.name.clone());
    let mark = ComplaintMark { state: to, by: person, by_name: name, at: state.now(), answer };
    tx.mark_complaint(office, id, &mark).await?;
    let told = |mark: Option<&ComplaintMark>| {
        let state = mark.map_or(ComplaintState::Open, |mark| mark.state);
        let answer = mark.map(|mark| mark.answer.as_str()).unwrap_or_default();
        json!({ "state": t::state_of(Lang::Zh, state), "answer": answer })
    };
    let subject = Subject::new(SubjectKind::VisitComplaint, id, complaint.by_name.clone());
    let entry = state.audit(office, &by.author(), Act::Changed, subject);
    tx.put_audit(&entry.change(&told(was), &told(Some(&mark)))).await?;
    Ok(tx.commit().await?)
}
