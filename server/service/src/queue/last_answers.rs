//! 上次答案: what a visit leaves to the next one at its site, and whether what a visit went by was so.
//!
//! A visit is checked by what its phone went by, whatever the office knows better meanwhile: a colleague's visit may have come in
//! between, and nobody's work is lost by that. What was never so is not refused either, since a visit that was refused or lies in
//! quarantine was known to the phone that made it: it is marked beside the record. So is what cannot be found out any more: a
//! visit whose row is damaged keeps nobody from delivering the next one.

use super::UnitOfWork;
use crate::{
    hazard_commands::Records,
    storage::{StoreError, Transaction},
};
use domain::{
    form::{LastAnswers, session::PreparedForm},
    id::{FormId, OfficeId, SiteId, VisitId},
    site::Site,
    time::happened,
    visit::{Visit, VisitNature},
};
use std::{collections::HashMap, slice, sync::Arc};

/// This office's visits that others went by, as far as they can be read.
pub(super) async fn gone_by(
    tx: &mut dyn Transaction,
    office: OfficeId,
    ids: &[VisitId],
) -> Result<HashMap<VisitId, Visit>, StoreError> {
    match tx.visits(office, ids).await {
        Err(StoreError::Unreadable(_)) => {}
        read => return read,
    }
    let mut readable = HashMap::new();
    for id in ids {
        match tx.visits(office, slice::from_ref(id)).await {
            Ok(read) => readable.extend(read),
            Err(StoreError::Unreadable(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(readable)
}

impl UnitOfWork {
    /// Of each form that looks back. One that does not any more leaves nothing, in the place of what is known of it; neither does
    /// what a site answered itself.
    pub(super) fn left_by(
        &self,
        visit: &Visit,
        site: &Site,
        forms: &[Arc<PreparedForm>],
    ) -> Vec<(SiteId, LastAnswers)> {
        if visit.nature == VisitNature::SelfCheck {
            return vec![];
        }
        // As the last visit of the site moves: never later than the record's arrival.
        let at = happened(visit.submitted_at, Some(self.now)).min(self.now);
        let forms = forms.iter().map(|prepared| prepared.form());
        let kept = forms.filter(|form| LastAnswers::are_kept_of(form, &site.last_answers));
        kept.filter_map(|form| Some((visit.site, visit.last_answers(form, at)?))).collect()
    }

    /// The forms of which the phone went by answers that the office does not have so from the visit that it names.
    pub(super) fn unfounded_last(&self, visit: &Visit) -> Vec<FormId> {
        let is_so = |last: &LastAnswers| {
            let before = self.gone_by.get(&last.visit).or_else(|| Records::visit(self, last.visit));
            before.is_some_and(|before| visit.went_by(last, before))
        };
        let last = visit.site_seen.last.iter();
        last.filter(|last| !is_so(last)).map(|last| last.form.clone()).collect()
    }
}
