//! What a phone reads again of a visit that it submitted and that waits to be sent: what was answered, for whoever comes to the
//! site next. The rest is sent as it lies there.

use crate::{
    form::{Form, LastAnswer, LastAnswers},
    id::{FormId, QuestionId, SiteId, VisitId},
    visit::{VisitNature, VisitOutcome},
};
use chrono::{DateTime, Utc};
use serde::Deserialize;

/// Of an [`Operation`](crate::sync::Operation) that submits a visit.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct VisitOperation {
    pub payload: VisitPayload,
}

/// Of a [`Payload`](crate::sync::Payload).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitPayload {
    SubmitVisit(SubmittedVisit),
}

/// Of a [`Visit`](crate::visit::Visit).
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct SubmittedVisit {
    pub id: VisitId,
    pub site: SiteId,
    pub nature: VisitNature,
    #[serde(default)]
    pub outcome: VisitOutcome,
    pub submitted_at: DateTime<Utc>,
    #[serde(default)]
    pub forms: Vec<SubmittedForm>,
}

/// Of a [`FilledForm`](crate::visit::FilledForm).
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct SubmittedForm {
    pub form: FormId,
    pub answers: Vec<LastAnswer>,
    #[serde(default)]
    pub only: Vec<QuestionId>,
}

impl From<VisitOperation> for SubmittedVisit {
    fn from(operation: VisitOperation) -> Self {
        let VisitPayload::SubmitVisit(visit) = operation.payload;
        visit
    }
}

impl SubmittedVisit {
    /// As [`Visit::counts_as_last`](crate::visit::Visit::counts_as_last) has it.
    pub fn counts_as_last(&self) -> bool {
        self.nature.counts_as_last(self.outcome)
    }

    /// What this form looks back at of it, as [`Visit::last_answers`](crate::visit::Visit::last_answers) has it.
    pub fn last_answers(&self, form: &Form) -> Option<LastAnswers> {
        let filled = self.forms.iter().find(|filled| filled.form == form.id && filled.only.is_empty())?;
        Some(LastAnswers::of(form, self.id, self.submitted_at, filled.answers.iter().cloned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::{Operation, Payload};

    /// As it lies in the old shapes.
    #[test]
    fn a_visit_is_read_again_with_its_answers() {
        let texts: Vec<serde_json::Value> =
            serde_json::from_str(include_str!("../../tests/shapes/v1/operations.json")).unwrap();
        let mut answers = 0;
        for text in texts {
            let Ok(read) = serde_json::from_value::<VisitOperation>(text.clone()) else { continue };
            let read = SubmittedVisit::from(read);
            let operation: Operation = serde_json::from_value(text).unwrap();
            let Payload::SubmitVisit(visit) = operation.payload else { panic!("no visit: {read:?}") };
            assert_eq!((read.id, read.site, read.submitted_at), (visit.id, visit.site, visit.submitted_at));
            assert_eq!((read.outcome, read.nature), (visit.outcome, visit.nature));
            assert_eq!(read.counts_as_last(), visit.counts_as_last());
            let given: Vec<_> = read.forms.iter().flat_map(|form| &form.answers).collect();
            assert!(
                given
                    .iter()
                    .map(|one| (&one.key, &one.answer))
                    .eq(visit.answers().map(|one| (&one.key, &one.answer)))
            );
            answers += given.len();
        }
        assert!(answers > 0, "a visit with answers is among them");
    }
}
