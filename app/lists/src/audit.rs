//! 操作记录 in columns.

use super::{CellContext, List};
use domain::{
    audit::{AuditEntry, AuditFilter},
    list::{Cell, Column, Layout, ListName},
    text::Lang,
};
use i18n::audit as t;
use serde_json::Value;
use std::collections::BTreeSet;

pub struct Audit;

type Col = Column<AuditEntry, CellContext>;

const COLUMNS: &[Col] = &[
    Col::new("at", t::at, |entry, _| Cell::Instant(entry.at)).layout(Layout::Figures),
    Col::new("who", t::who, |entry, around| Cell::text(t::by(around.lang, &entry.by))).cut(),
    Col::new("act", t::act, |entry, around| Cell::text(entry.act.name().get(around.lang))),
    Col::new("subject", t::subject, |entry, around| Cell::text(t::subject_words(around.lang, entry)))
        .layout(Layout::Long),
    Col::new("changes", t::changes, |entry, around| {
        let lines = changes(around.lang, &entry.before, &entry.after);
        let lines: Vec<_> = lines.into_iter().map(|(field, words)| format!("{field} {words}")).collect();
        Cell::text(lines.join(t::between_fields(around.lang)))
    })
    .layout(Layout::Long),
    Col::new("from_where", t::from_where, |entry, around| Cell::text(origin(around.lang, entry)))
        .layout(Layout::Note),
];

fn origin(lang: Lang, entry: &AuditEntry) -> String {
    let origin = &entry.origin;
    let session = origin.session.clone().map(|mark| t::session(lang, mark));
    let from = [origin.address.clone(), Some(origin.device.clone()), session].into_iter().flatten();
    from.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// As it was → as it became, for each field that differs.
pub fn changes(lang: Lang, before: &Value, after: &Value) -> Vec<(String, String)> {
    let fields = |value: &Value| value.as_object().map(|fields| fields.keys().cloned().collect::<Vec<_>>());
    let names: BTreeSet<String> = [fields(before), fields(after)].into_iter().flatten().flatten().collect();
    let lines = names.into_iter().map(|name| {
        let of = |record: &Value| record.get(&name).map(|value| t::value(lang, &name, value));
        let words = match (of(before), of(after)) {
            (Some(before), Some(after)) => format!("{before} → {after}"),
            (Some(before), None) => format!("{before} → {}", t::none(lang)),
            (None, after) => after.unwrap_or_default(),
        };
        (t::field_name(lang, &name), words)
    });
    lines.collect()
}

impl List for Audit {
    type Filter = AuditFilter;
    type Row = AuditEntry;
    type Summary = ();

    const NAME: ListName = ListName::Audit;

    fn title(lang: Lang) -> &'static str {
        t::audit(lang)
    }

    fn columns() -> &'static [Col] {
        COLUMNS
    }
}
