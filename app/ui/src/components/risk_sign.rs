//! A risk level: colour, shape and word, always the three together.

use crate::i18n::use_lang;
use domain::risk::RiskLevel;
use leptos::prelude::*;

#[component]
pub fn RiskSign(level: RiskLevel) -> impl IntoView {
    view! { <span class=format!("risk-sign risk-sign--{}", level.as_str())>{level.name().get(use_lang()).to_owned()}</span> }
}

/// The shape and colour on a name, for dense tables; the word is read out.
#[component]
pub fn RiskName(level: RiskLevel, name: String) -> impl IntoView {
    let word = level.name().get(use_lang()).to_owned();
    let spoken = word.clone();
    view! {
        <span class=format!("risk-sign risk-sign--inline risk-sign--{}", level.as_str()) title=word>
            <span class="u-visually-hidden">{spoken} " "</span>
            {name}
        </span>
    }
}
