//! Marks on an import's preview: corrections, confirmations and rows that are left out.

use super::{By, body, kept, passwords, validation};
use crate::{
    asker::Asker,
    error::Error,
    import::{
        columns,
        reading::{Cell, Nature},
    },
    services::Services,
};
use domain::import::ImportMark;
use uuid::Uuid;

/// Characters of a correction.
const LONGEST_CORRECTION: usize = 2000;

pub async fn mark(state: &Services, by: &Asker, id: Uuid, mark: ImportMark) -> Result<(), Error> {
    let (mut stored, mut plan) = kept(state, by, id).await?;
    let lang = by.lang;
    match mark {
        ImportMark::Correct { row, column, value } => {
            let value: String = value.chars().take(LONGEST_CORRECTION).collect();
            let known = columns(stored.what).iter().find(|known| known.id == column);
            let known = known.ok_or(Error::NotFound)?;
            let cell = if known.is_secret {
                passwords::of_row(state, by.actor.office, &plan, row, &value, lang).await?
            } else {
                Cell { text: value, nature: Nature::Said }
            };
            if plan.table.rows.iter().any(|known| known.number == row) {
                plan.corrections.entry(row).or_default().insert(column, cell);
            }
        }
        ImportMark::Restore { row, column } => {
            if let Some(row) = plan.corrections.get_mut(&row) {
                row.remove(&column);
            }
        }
        ImportMark::Tick { row, ask } => {
            plan.ticks.entry(row).or_default().insert(ask.chars().take(32).collect());
        }
        ImportMark::Untick { row, ask } => {
            if let Some(row) = plan.ticks.get_mut(&row) {
                row.remove(&ask);
            }
        }
        ImportMark::TickAll => {
            let mut validated = validation::validate(state, &By::asker(by), stored.what, plan, lang).await?;
            validated.agree();
            plan = validated.into_plan();
        }
        ImportMark::Leave { row } => {
            plan.left.insert(row);
        }
        ImportMark::Take { row } => {
            plan.left.remove(&row);
        }
        ImportMark::LeaveWrong => {
            let validated = validation::validate(state, &By::asker(by), stored.what, plan, lang).await?;
            let wrong = validated.wrong_rows();
            plan = validated.into_plan();
            plan.left.extend(wrong);
        }
        ImportMark::Datum { datum, swapped } => {
            plan.datum = Some(datum);
            plan.swapped = swapped;
        }
    }
    stored.body = body(&plan)?;
    let mut tx = state.store.write().await?;
    tx.put_import_plan(&stored, state.now()).await?;
    Ok(tx.commit().await?)
}
