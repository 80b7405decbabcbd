//! The head of the page: which draft, what differs, and the ways on: compare, export, publish, discard.

use super::{
    Doing,
    address::{Chosen, EditorView, bundle_address, compare_address, editor_address, workbook_address},
    faults::FaultPlaces,
    seen,
};
use crate::{
    forms::address::{FORMS, form_address},
    head::PageHeader,
    i18n::form_editing as t,
    sending::SentForm,
    server_fns::form_editing::draft::DraftPage,
};
use domain::{text::Lang, time};
use leptos::prelude::*;

pub fn head(doing: &Doing, draft: &DraftPage) -> AnyView {
    let doing = *doing;
    let lang = doing.lang;
    let differs = draft.differs.zip(draft.published);
    let differs = differs.map(|(differs, published)| t::differs(lang, differs.words(lang), published));
    let compare = (draft.published.is_some() && draft.faults.is_empty()).then(|| {
        view! {
            <a class="chip" href=compare_address(&draft.id, None, None)>
                {t::compare(lang)}
            </a>
        }
    });
    let back = if draft.published.is_some() { form_address(&draft.id) } else { FORMS.to_owned() };
    let saved = t::saved(lang, draft.saved_by.clone(), time::short(draft.saved_at));
    let about = [differs, Some(saved)].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let shows = (0..draft.sheets.survey.rows.len()).any(|row| !draft.sheets.survey.image(row).is_empty());
    let bundle = shows.then(|| {
        view! {
            <a class="chip" href=bundle_address(&draft.id, None) rel="external" download>
                {t::export_with_pictures(lang)}
            </a>
        }
    });
    let (version, export) = (t::draft_version(lang, draft.version), workbook_address(&draft.id, None));
    view! {
        <PageHeader title=draft.title.clone() finds_in=FORMS>
            <span class="badge">{version}</span>
            <span class="u-small" role="status">
                {about}
            </span>
            <a class="chip" href=back>
                {t::to_form(lang)}
            </a>
            {compare}
            <a class="chip" href=export rel="external" download>
                {t::export(lang)}
            </a>
            {bundle}
        </PageHeader>
        <div class="form-edit__acts" inert=move || doing.busy.get()>{publication(&doing, draft)} {discard(&doing, draft)}</div>
    }
    .into_any()
}

/// Where there is something to mend, the way to the first of it.
fn publication(doing: &Doing, draft: &DraftPage) -> AnyView {
    let doing = *doing;
    let lang = doing.lang;
    let count = draft.faults.len();
    if count > 0 {
        return view! {
            <a class="chip" href=first_fault(draft)>
                {t::faults(lang, count)}
            </a>
            <button class="button" disabled>
                {t::publish_after(lang, count)}
            </button>
        }
        .into_any();
    }
    let pending = doing.publish.pending();
    // Only what is saved would be published.
    let unsaved = move || match (doing.typed.with(Option::is_some), doing.gone.with(Vec::is_empty)) {
        (true, _) => t::publish_unsaved(lang),
        (false, false) => t::publish_kept(lang),
        (false, true) => "",
    };
    let (id, seen) = (draft.id.to_string(), seen(draft));
    let open = doing.publish.fault().with_untracked(Option::is_some);
    view! {
        <details class="form-edit__act" open=open>
            <summary class="button">{t::publish(lang)}</summary>
            <SentForm to=doing.publish attr:class="form panel">
                <p class="u-small">{t::publish_hint(lang)}</p>
                <input type="hidden" name="id" value=id />
                <input type="hidden" name="seen" value=seen />
                {text(lang, "from", "date", t::publish_from(lang), None)}
                {text(lang, "reviewer", "text", t::reviewer(lang), Some(t::reviewer_hint(lang)))}
                <button
                    class="button"
                    aria-busy=move || pending.get().then_some("true")
                    disabled=move || pending.get() || !unsaved().is_empty()
                >
                    {t::publish_now(lang)}
                </button>
                <p class="u-small" role="status">
                    {unsaved}
                </p>
            </SentForm>
        </details>
    }
    .into_any()
}

fn text(
    lang: Lang,
    name: &'static str,
    kind: &'static str,
    label: &'static str,
    hint: Option<&'static str>,
) -> AnyView {
    let id = format!("publish-{name}");
    let hint_id = hint.map(|_| format!("{id}-h"));
    let hint =
        hint.zip(hint_id.clone()).map(|(words, id)| view! { <p class="field__hint" id=id>{words}</p> });
    // Without a day it begins today.
    let required = kind != "date";
    let empty = (!required).then(|| view! { <p class="field__hint">{t::from_empty(lang)}</p> });
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            {hint}
            {empty}
            <input class="input" type=kind id=id name=name required=required aria-describedby=hint_id />
        </div>
    }
    .into_any()
}

fn discard(doing: &Doing, draft: &DraftPage) -> AnyView {
    let doing = *doing;
    let (lang, id) = (doing.lang, draft.id.to_string());
    view! {
        <details class="form-edit__act">
            <summary class="button button--quiet">{t::discard(lang)}</summary>
            <SentForm to=doing.discard attr:class="form panel">
                <p class="u-small">{t::discard_hint(lang)}</p>
                <input type="hidden" name="id" value=id />
                <button class="button button--danger">{t::discard_now(lang)}</button>
            </SentForm>
        </details>
    }
    .into_any()
}

fn first_fault(draft: &DraftPage) -> String {
    let row = FaultPlaces::of(&draft.faults, &draft.sheets).first();
    let chosen = row.map_or(Chosen::Whole, Chosen::Row);
    editor_address(&draft.id, &EditorView { chosen: Some(chosen), kind: draft.kind.clone() })
}
