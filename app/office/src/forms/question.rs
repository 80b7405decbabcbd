//! One question of a form: what is asked on the left, what an answer means on the right.

use crate::{
    i18n::forms as t,
    server_fns::forms::{hazard_words::HazardWords, sheet::SheetQuestion},
};
use domain::text::Lang;
use leptos::prelude::*;

pub fn question(lang: Lang, one: &SheetQuestion) -> AnyView {
    let asked = &one.asked;
    let number = one.number.map(|number| number.to_string());
    let hint = asked.hint.clone().map(|hint| view! { <p class="u-small">{hint}</p> });
    let picture = asked.picture.as_ref().map(|picture| picture.view("form-sheet__picture"));
    let remarks = (!asked.remarks.is_empty()).then(|| {
        view! { <p class="u-small">{asked.remarks.join(" · ")}</p> }
    });
    view! {
        <article class="form-sheet__question">
            <span class="form-sheet__number">{number}</span>
            <div class="form-sheet__asked">
                <p>{asked.text.clone()}</p>
                {hint}
                {picture}
                <p class="form-sheet__kind">{asked.kind.clone()}</p>
                {remarks}
            </div>
            <div class="form-sheet__meant">
                {one.hazard.as_ref().map(|hazard| proposal(lang, hazard))}
                {basis(lang, one)}
            </div>
        </article>
    }
    .into_any()
}

fn proposal(lang: Lang, hazard: &HazardWords) -> AnyView {
    let class = if hazard.is_major { "badge badge--act" } else { "badge" };
    view! {
        <p class="u-small">{hazard.fails.clone()}</p>
        <p>
            <span class="u-visually-hidden">{t::proposes(lang)}</span>
            <span class=class>{hazard.level.clone()}</span>
            " "
            {hazard.what.clone()}
        </p>
        <p class="u-small">{hazard.remarks.join(" · ")}</p>
    }
    .into_any()
}

/// The sentences unfold below the names.
fn basis(lang: Lang, one: &SheetQuestion) -> AnyView {
    let ended = one.ended.iter().map(|name| {
        view! {
            <p class="u-small">
                <span class="badge badge--act">{t::has_ended(lang)}</span>
                " "
                {name.clone()}
            </p>
        }
    });
    let named = one.basis.clone().map(|words| view! { <p class="u-small">{t::basis_is(lang, words)}</p> });
    let quotes = one.quotes.iter().map(|quote| {
        view! {
            <dt>{quote.name.clone()}</dt>
            <dd>{quote.text.clone()}</dd>
        }
    });
    let quotes = quotes.collect_view();
    let quoted = (!one.quotes.is_empty()).then(|| {
        view! {
            <details>
                <summary class="link">{t::quoted(lang)}</summary>
                <dl class="form-sheet__quotes">{quotes}</dl>
            </details>
        }
    });
    view! {
        {named}
        {ended.collect_view()}
        {quoted}
    }
    .into_any()
}
