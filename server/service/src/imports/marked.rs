//! The list as it was sent, with a last column that says of each row what is wrong and what would change.

use super::validation::ValidatedList;
use crate::{
    export::workbook as write,
    import::{Columns, columns, reading::Nature},
};
use domain::{
    import::{ImportKind, PlannedRow, RowStatus},
    text::Lang,
};
use i18n::import as t;
use rust_xlsxwriter::XlsxError;

pub fn workbook(what: ImportKind, validated: &ValidatedList, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let table = &validated.plan.table;
    let secret = columns(what).iter().filter(|column| column.is_secret);
    let found = Columns::of(columns(what), table);
    let secret: Vec<usize> = secret.filter_map(|column| found.position(column)).collect();
    let width = table.headings.iter().map(|heading| heading.column + 1).max().unwrap_or_default();
    let heading = |column: usize| {
        let heading = table.headings.iter().find(|heading| heading.column == column);
        heading.map(|heading| heading.words.clone()).unwrap_or_default()
    };
    let mut headings = vec![t::row_number(lang).to_owned()];
    headings.extend((0..width).map(heading));
    headings.push(t::remarks(lang).to_owned());
    let mut rows = vec![headings];
    for (row, planned) in table.rows.iter().zip(&validated.rows) {
        let shown = |column: usize| match row.cells.get(column) {
            Some(cell) if !secret.contains(&column) && cell.nature != Nature::Hashed => cell.text.clone(),
            _ => String::new(),
        };
        let mut cells = vec![row.number.to_string()];
        cells.extend((0..width).map(shown));
        cells.push(remark(planned, lang));
        rows.push(cells);
    }
    write(t::remarks(lang), &rows)
}

fn remark(row: &PlannedRow, lang: Lang) -> String {
    let faults = row.faults.iter().map(|fault| format!("{}：{}", fault.heading, fault.reason));
    let asks = row.asks.iter().map(|ask| ask.words.clone());
    let changes =
        row.changes.iter().map(|change| format!("{}：{} → {}", change.heading, change.before, change.after));
    let what: Vec<String> = match row.status {
        RowStatus::Wrong => faults.collect(),
        RowStatus::Confirm => asks.chain(changes).collect(),
        RowStatus::Changed => changes.collect(),
        RowStatus::New => vec![row.about.clone()],
        RowStatus::Same | RowStatus::Left => vec![],
    };
    let status = t::status(lang, row.status);
    if what.is_empty() {
        status.to_owned()
    } else {
        format!("{status} · {}", what.join(t::between_remarks(lang)))
    }
}
