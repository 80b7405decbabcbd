//! The part of a list that is looked at.

use super::validation::ValidatedList;
use crate::{
    import::{Columns, columns},
    storage::StoredPlan,
};
use domain::{
    import::{ChosenRow, ImportPreview, ImportView, PlannedRow, RowStatus, ShownCell},
    text::Lang,
};

/// Names that are listed of new places.
const PLACES_SHOWN: usize = 40;

pub fn of(stored: &StoredPlan, validated: &ValidatedList, view: ImportView, lang: Lang) -> ImportPreview {
    let all = columns(stored.what);
    let found = Columns::of(all, &validated.plan.table);
    let tally = validated.tally();
    let rank = |row: &PlannedRow| RowStatus::ALL.iter().position(|status| *status == row.status);
    let mut rows: Vec<&PlannedRow> = match view.show {
        Some(show) => validated.rows.iter().filter(|row| row.status == show).collect(),
        None => validated.rows.iter().collect(),
    };
    // What is to be done first.
    rows.sort_by_key(|row| (rank(row), row.row));
    let shown_of = rows.len();
    let size = ImportPreview::PAGE_SIZE as usize;
    let first = (view.page.max(1) as usize - 1).saturating_mul(size);
    let shown = rows.into_iter().skip(first).take(size).cloned().collect();
    let chosen = view.row.and_then(|number| validated.rows.iter().find(|row| row.row == number));
    let stands_in_the_way = |row: &&PlannedRow| match row.status {
        RowStatus::Wrong => true,
        RowStatus::Confirm => row.asks.iter().any(|ask| !ask.ticked),
        RowStatus::Changed | RowStatus::New | RowStatus::Same | RowStatus::Left => false,
    };
    let open: Vec<u32> = validated.rows.iter().filter(stands_in_the_way).map(|row| row.row).collect();
    let after = open.iter().find(|row| view.row.is_none_or(|current| **row > current));
    let mut new_places = validated.new_places.clone();
    new_places.truncate(PLACES_SHOWN);
    ImportPreview {
        id: stored.id,
        what: stored.what,
        file: stored.file.clone(),
        sheet: validated.plan.table.sheet.clone(),
        heading_row: validated.plan.table.heading_row,
        rows: validated.rows.len(),
        recognised: found.recognised(),
        absent: found.absent(all, lang),
        unused: found.unused,
        coordinates: validated.coordinates,
        new_places,
        notes: validated.notes.clone(),
        blocked: validated.blocked().to_vec(),
        tally,
        shown,
        shown_of,
        chosen: chosen
            .map(|row| ChosenRow { row: row.clone(), cells: cells(stored, validated, row.row, lang) }),
        next: after.or(open.first()).copied(),
    }
}

/// The cells of a row as they count now.
fn cells(stored: &StoredPlan, validated: &ValidatedList, number: u32, lang: Lang) -> Vec<ShownCell> {
    let table = &validated.plan.table;
    let found = Columns::of(columns(stored.what), table);
    let row = table.rows.iter().find(|row| row.number == number);
    let corrected = validated.plan.corrections.get(&number);
    let all = columns(stored.what).iter().filter(|column| !column.is_secret);
    let cell = |column: &crate::import::Column| {
        let said = corrected.and_then(|row| row.get(column.id));
        let read = found.position(column).and_then(|position| row?.cells.get(position));
        let cell = said.or(read)?;
        (!cell.text.is_empty() || said.is_some()).then(|| ShownCell {
            column: column.id.to_owned(),
            heading: column.name(lang),
            shown: cell.text.clone(),
            corrected: said.is_some(),
        })
    };
    all.filter_map(cell).collect()
}
