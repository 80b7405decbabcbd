//! 隐患台账, and a hazard found by its number.

use crate::{asker::Asker, error::Error, services::Services};
use domain::{
    id::HazardId,
    ledger::{LedgerFilter, LedgerPage},
    role::Action,
};

pub async fn ledger(state: &Services, by: &Asker, filter: &LedgerFilter) -> Result<LedgerPage, Error> {
    by.allow(Action::UseOffice)?;
    Ok(state.store.ledger(by.actor.office, &by.actor.scope, filter, state.now()).await?)
}

/// The hazard of this number, else those in the person's scope whose number ends so: at most a handful.
pub async fn of_number(state: &Services, by: &Asker, number: &str) -> Result<Vec<(HazardId, String)>, Error> {
    by.allow(Action::UseOffice)?;
    Ok(state.store.hazards_of_number(by.actor.office, &by.actor.scope, number).await?)
}
