//! 操作记录: who did what, when and from where, newest first.

pub mod address;

use crate::{
    asking::{Asked, ask},
    desk::use_desk,
    head::PageHeader,
    i18n::{audit as t, office, use_lang},
    list::{self, Control, DeskList, one_of},
    lists::{
        CellContext,
        audit::{Audit, changes},
    },
    nothing::nothing_fits,
    server_fns::{audit::LoadAudit, frame::Frame},
};
use address::{AUDIT, audit_address, history_of};
use domain::{
    audit::{Act, AuditEntry, AuditFilter, AuditPage as Entries, By, SubjectKind},
    text::Lang,
};
use leptos::prelude::*;

#[component]
pub fn AuditPage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let filter = list::asked_by_address::<Audit>();
    let asked = Asked::new(move || ask(LoadAudit { filter: filter.get() }).in_round(desk.changes.get()));
    view! {
        <PageHeader title=t::audit(lang) />
        <p class="page-body u-small">{t::audit_hint(lang)}</p>
        {list::filters::<Audit>(asked, filter)}
        {list::rows::<Audit>(asked, filter, list::table::<Audit>)}
    }
}

impl DeskList for Audit {
    fn controls(lang: Lang, _: &Frame, filter: &AuditFilter) -> Vec<Control<AuditFilter>> {
        let acts = one_of(Act::ALL.iter().copied(), |act| act.name().get(lang).to_owned());
        let subjects = one_of(SubjectKind::ALL.iter().copied(), |kind| kind.name().get(lang).to_owned());
        vec![
            Control::choice("act", t::all_acts(lang), acts, filter.act.as_ref()),
            Control::choice("subject", t::all_subjects(lang), subjects, filter.subject.as_ref()),
            Control::Day { key: "from", label: office::from_day(lang), chosen: filter.from },
            Control::Day { key: "to", label: office::to_day(lang), chosen: filter.to },
            Control::Search { key: "q", label: t::find(lang), words: filter.query.clone() },
        ]
    }

    fn narrowing(
        lang: Lang,
        _: &Frame,
        filter: &AuditFilter,
        _: Option<&AuditEntry>,
    ) -> Vec<(String, AuditFilter)> {
        let person = filter
            .person
            .map(|_| (t::by_one(lang).to_owned(), AuditFilter { person: None, ..filter.clone() }));
        let one = filter
            .subject_id
            .map(|_| (t::of_one(lang).to_owned(), AuditFilter { subject_id: None, ..filter.clone() }));
        [person, one].into_iter().flatten().collect()
    }

    fn count(lang: Lang, page: &Entries) -> String {
        t::count(lang, page.total)
    }

    fn nothing(lang: Lang) -> AnyView {
        nothing_fits(lang, t::nothing(lang), AUDIT)
    }

    fn cell(key: &'static str, entry: &AuditEntry, around: &CellContext) -> Option<AnyView> {
        let lang = around.lang;
        match (key, &entry.by, entry.subject.id) {
            ("who", By::Person { id, .. }, _) => {
                let theirs = AuditFilter { person: Some(*id), ..AuditFilter::default() };
                Some(
                    view! { <a class="cell__link" href=audit_address(&theirs)>{t::by(lang, &entry.by)}</a> }
                        .into_any(),
                )
            }
            ("subject", _, Some(id)) => Some(
                view! { <a class="cell__link" href=history_of(id)>{t::subject_words(lang, entry)}</a> }
                    .into_any(),
            ),
            ("changes", ..) => Some(lines(changes(lang, &entry.before, &entry.after))),
            _ => None,
        }
    }
}

/// One line for each field that differs.
fn lines(changes: Vec<(String, String)>) -> AnyView {
    if changes.is_empty() {
        return ().into_any();
    }
    let lines = changes.into_iter().map(|(field, words)| {
        view! {
            <li>
                <span class="u-small">{field}</span>
                " "
                {words}
            </li>
        }
    });
    view! { <ul class="u-plain-list">{lines.collect_view()}</ul> }.into_any()
}
