//! Rows of 操作记录, each with what changed, field by field.

use super::address::{audit_address, history_of};
use crate::i18n::audit as t;
use domain::{
    audit::{AuditEntry, AuditFilter, By},
    text::Lang,
    time,
};
use leptos::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;

pub fn table(lang: Lang, entries: Vec<AuditEntry>) -> AnyView {
    let rows = entries.into_iter().map(|entry| row(lang, entry)).collect_view();
    view! {
        <table class="data-table data-table--stacked">
            <thead>
                <tr>
                    <th scope="col">{t::at(lang)}</th>
                    <th scope="col">{t::who(lang)}</th>
                    <th scope="col">{t::act(lang)}</th>
                    <th scope="col">{t::subject(lang)}</th>
                    <th scope="col">{t::changes(lang)}</th>
                    <th scope="col">{t::from_where(lang)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(lang: Lang, entry: AuditEntry) -> impl IntoView + use<> {
    let by = t::by(lang, &entry.by);
    let by = match &entry.by {
        By::Person { id, .. } => {
            let filter = AuditFilter { person: Some(*id), ..AuditFilter::default() };
            view! { <a class="cell__link" href=audit_address(&filter)>{by}</a> }.into_any()
        }
        By::CommandLine | By::Nobody => view! { {by} }.into_any(),
    };
    let words = t::subject_words(lang, &entry);
    let subject = match entry.subject.id {
        Some(id) => view! { <a class="cell__link" href=history_of(id)>{words}</a> }.into_any(),
        None => view! { {words} }.into_any(),
    };
    let origin = &entry.origin;
    let session = origin.session.clone().map(|mark| t::session(lang, mark));
    let from: Vec<_> = [origin.address.clone(), Some(origin.device.clone()), session]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    view! {
        <tr>
            <td data-label=t::at(lang)>
                {time::long(entry.at)}
            </td>
            <td data-label=t::who(lang)>{by}</td>
            <td data-label=t::act(lang)>{entry.act.name().get(lang).to_owned()}</td>
            <td class="cell--wrap" data-label=t::subject(lang)>
                {subject}
            </td>
            <td class="cell--wrap" data-label=t::changes(lang)>
                {changes(lang, &entry.before, &entry.after)}
            </td>
            <td class="cell--wrap u-small" data-label=t::from_where(lang)>
                {from.join(" · ")}
            </td>
        </tr>
    }
}

/// As it was → as it became, for each field that differs.
fn changes(lang: Lang, before: &Value, after: &Value) -> AnyView {
    let fields = |value: &Value| value.as_object().map(|fields| fields.keys().cloned().collect::<Vec<_>>());
    let names: BTreeSet<String> = [fields(before), fields(after)].into_iter().flatten().flatten().collect();
    let lines = names.into_iter().map(|name| {
        let of = |record: &Value| record.get(&name).map(|value| t::value(lang, &name, value));
        let words = match (of(before), of(after)) {
            (Some(before), Some(after)) => format!("{before} → {after}"),
            (Some(before), None) => format!("{before} → {}", t::none(lang)),
            (None, after) => after.unwrap_or_default(),
        };
        view! {
            <li>
                <span class="u-small">{t::field_name(lang, &name)}</span>
                " "
                {words}
            </li>
        }
    });
    let lines: Vec<_> = lines.collect();
    if lines.is_empty() { ().into_any() } else { view! { <ul class="u-plain-list">{lines}</ul> }.into_any() }
}
