//! The filters of 操作记录 in one line, and how many entries they leave.

use super::address::{AUDIT, audit_address};
use crate::{
    components::filter_chips::{ApplyWithoutScript, FilterDay, FilterLink, FilterSelect},
    i18n::{audit as t, office},
};
use domain::{
    audit::{Act, AuditFilter, SubjectKind},
    text::Lang,
};
use leptos::prelude::*;
use leptos_router::components::Form;

pub fn filters(lang: Lang, filter: &AuditFilter, total: u64) -> AnyView {
    let acts = Act::ALL.iter().map(move |act| (act.as_str().to_owned(), act.name().get(lang).to_owned()));
    let subjects = SubjectKind::ALL.iter();
    let subjects = subjects.map(move |kind| (kind.as_str().to_owned(), kind.name().get(lang).to_owned()));
    let without = |filter: AuditFilter| audit_address(&AuditFilter { page: 1, ..filter });
    let person =
        filter.person.map(|_| (t::by_one(lang), without(AuditFilter { person: None, ..filter.clone() })));
    let one = filter.subject_id;
    let one = one.map(|_| (t::of_one(lang), without(AuditFilter { subject_id: None, ..filter.clone() })));
    let narrowing = [person, one].into_iter().flatten().map(move |(words, href)| {
        view! {
            <FilterLink href on=true>
                {words}
                <span aria-label=office::remove_filter(lang)>"×"</span>
            </FilterLink>
        }
    });
    // A choice made in the form keeps what other pages' links have set.
    let kept = [
        ("who", filter.person.map(|id| id.to_string()).unwrap_or_default()),
        ("id", filter.subject_id.map(|id| id.to_string()).unwrap_or_default()),
    ];
    let kept = kept.into_iter().filter(|(_, value)| !value.is_empty());
    let kept = kept.map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    let (kept, narrowing) = (kept.collect_view(), narrowing.collect_view());
    let (acts, subjects): (Vec<_>, Vec<_>) = (acts.collect(), subjects.collect());
    let AuditFilter { act, subject, from, to, query, .. } = filter.clone();
    view! {
        <Form method="GET" action=AUDIT attr:class="filters" noscroll=true>
            {kept}
            <FilterSelect
                name="act"
                label=t::all_acts(lang)
                options=acts
                chosen=act.map(Act::as_str).unwrap_or_default()
            />
            <FilterSelect
                name="subject"
                label=t::all_subjects(lang)
                options=subjects
                chosen=subject.map(SubjectKind::as_str).unwrap_or_default()
            />
            <FilterDay name="from" label=office::from_day(lang) chosen=from />
            <FilterDay name="to" label=office::to_day(lang) chosen=to />
            <input
                class="chip chip--input"
                type="search"
                name="q"
                placeholder=t::find(lang)
                aria-label=t::find(lang)
                value=query
            />
            <ApplyWithoutScript />
            {narrowing}
            <span class="filters__count" role="status">
                {t::count(lang, total)}
            </span>
        </Form>
    }
    .into_any()
}
