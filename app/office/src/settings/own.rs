//! The office's own settings: its name, and the days between two visits.

use super::{address::Here, form::Forms};
use crate::{
    components::field::Field,
    i18n::{Lang, places as t},
    server_fns::{
        frame::Frame,
        meanwhile::base_of,
        places::settings_form::{INTERVALS, NAME, SettingsForm},
    },
};
use domain::{file::PlacesFile, risk::RiskLevel, role::Action};
use leptos::prelude::*;

pub fn office(forms: &Forms, frame: &Frame, file: &PlacesFile, here: &Here) -> AnyView {
    let lang = forms.lang;
    if !frame.me.may_do(Action::ManagePeople) {
        return not_yours(lang, file.office.name.clone());
    }
    let known = SettingsForm::of(NAME, file);
    let base = base_of(&known);
    let form = forms.settings(known, here.closed(), |fields, form| {
        let base = if form.base.is_empty() { base } else { form.base.clone() };
        view! {
            {fields.based_on(base)}
            {fields.text(Field::new("name", t::office_name(lang), form.name).hint(t::office_name_hint(lang)))}
            <button class="button">{t::save(lang)}</button>
        }
        .into_any()
    });
    view! { <div class="page-body">{form}</div> }.into_any()
}

/// A part that somebody else keeps.
pub fn not_yours(lang: Lang, title: impl Into<String>) -> AnyView {
    let title: String = title.into();
    view! {
        <div class="page-body">
            <h2>{title}</h2>
            <p class="u-small">{t::not_yours(lang)}</p>
        </div>
    }
    .into_any()
}

pub fn intervals(forms: &Forms, _: &Frame, file: &PlacesFile, here: &Here) -> AnyView {
    let lang = forms.lang;
    let known = SettingsForm::of(INTERVALS, file);
    let base = base_of(&known);
    let form = forms.settings(known, here.closed(), |fields, form| {
        let base = if form.base.is_empty() { base } else { form.base.clone() };
        let levels = RiskLevel::ALL.map(|risk| {
            let label = level_label(lang, risk);
            fields.input("number", Field::new(risk.as_str(), label, form.days(risk)))
        });
        view! {
            {fields.based_on(base)}
            {levels.into_iter().collect_view()}
            <button class="button">{t::save(lang)}</button>
        }
        .into_any()
    });
    view! {
        <p class="page-lead">{t::lead_intervals(lang)}</p>
        <div class="page-body">{form}</div>
    }
    .into_any()
}

/// Labels of fields live as long as the program.
fn level_label(lang: Lang, risk: RiskLevel) -> &'static str {
    match risk {
        RiskLevel::Major => t::risk_major(lang),
        RiskLevel::Considerable => t::risk_considerable(lang),
        RiskLevel::General => t::risk_general(lang),
        RiskLevel::Low => t::risk_low(lang),
    }
}
