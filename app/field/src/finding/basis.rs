//! 依据: what a hazard rests on, by law and standard; a tap shows the sentence. The plan's clauses are the office's.

use crate::{
    i18n::{use_lang, visit as t},
    visit::VisitSession,
};
use domain::{
    form::{Quote, session::ProposedFinding},
    id::QuoteId,
};
use leptos::prelude::*;

#[component]
pub fn BasisLines(work: VisitSession, proposed: ProposedFinding) -> impl IntoView {
    let lang = use_lang();
    let major = proposed.major_by.as_ref().and_then(|id| work.quote(id));
    let major = major.map(|quote| sentence(t::major_by(lang, quote.name()), &quote));
    let law = proposed.basis.law.iter().filter(|id| Some(*id) != proposed.major_by.as_ref());
    let mut lines: Vec<AnyView> = major.into_iter().collect();
    lines.extend(law.filter_map(|id| work.quote(id)).map(|quote| sentence(quote.name(), &quote)));
    lines.extend(
        proposed
            .basis
            .standard
            .iter()
            .map(|standard| view! { <p class="u-small">{standard.name()}</p> }.into_any()),
    );
    if proposed.basis.good_practice {
        lines.push(view! { <p class="u-small">{t::good_practice(lang)}</p> }.into_any());
    }
    (!lines.is_empty()).then(|| {
        view! {
            <div class="field" role="group" aria-labelledby="finding-basis">
                <span class="field__label" id="finding-basis">{t::basis(lang)}</span>
                {lines}
            </div>
        }
    })
}

/// Folded: its name. Laws are quoted in the language that they are written in.
fn sentence(name: String, quote: &Quote) -> AnyView {
    let words = format!("{}{}", quote.lead, quote.text);
    view! {
        <details class="disclosure">
            <summary class="disclosure__summary disclosure__summary--small">{name}</summary>
            <blockquote class="u-small" lang="zh">{words}</blockquote>
        </details>
    }
    .into_any()
}

impl VisitSession {
    /// A sentence of law that one of the visit's forms carries.
    fn quote(self, id: &QuoteId) -> Option<Quote> {
        self.forms_now(|forms| forms.iter().find_map(|form| form.quote(id).cloned()))
    }
}
