//! 编号、文书、工作日: how numbers begin, which papers the office issues, on which days and at what hours it works.

use super::{address::Here, form::Forms, own::not_yours};
use crate::{
    components::{choices::Choice, field::Field},
    i18n::{Lang, settings as t},
    server_fns::{
        meanwhile::base_of,
        settings::office_settings_form::{CALENDAR, NUMBERS, OfficeSettingsForm, PAPERS},
    },
};
use domain::settings::{OfficeSettings, paper::Paper, series::Series};
use leptos::prelude::*;

pub fn numbers(forms: &Forms, settings: Option<&OfficeSettings>, here: &Here) -> AnyView {
    let lang = forms.lang;
    let Some(settings) = settings else { return not_yours(lang, t::part_numbers(lang)) };
    let known = OfficeSettingsForm::of(NUMBERS, settings);
    let base = base_of(&known);
    let series = settings.series.clone();
    let form = forms.own(known, here.closed(), "form", |fields, form| {
        let base = if form.base.is_empty() { base } else { form.base.clone() };
        let prefixes = Series::ALL.map(|one| {
            let hint = t::prefix_hint(lang, series.prefix(one).to_owned());
            fields.text(Field::new(one.as_str(), label(lang, one), form.prefix(one)).hint(hint))
        });
        view! {
            {fields.based_on(base)}
            {prefixes.into_iter().collect_view()}
            <button class="button">{t::save(lang)}</button>
        }
        .into_any()
    });
    view! {
        <p class="page-lead">{t::lead_numbers(lang)}</p>
        <div class="page-body">{form}</div>
    }
    .into_any()
}

fn label(lang: Lang, series: Series) -> &'static str {
    match series {
        Series::Visit => t::prefix_visit(lang),
        Series::Hazard => t::prefix_hazard(lang),
        Series::Receipt => t::prefix_receipt(lang),
        Series::SpotCheck => t::prefix_spot_check(lang),
    }
}

pub fn papers(forms: &Forms, settings: Option<&OfficeSettings>, here: &Here) -> AnyView {
    let lang = forms.lang;
    let Some(settings) = settings else { return not_yours(lang, t::part_papers(lang)) };
    let known = OfficeSettingsForm::of(PAPERS, settings);
    let base = base_of(&known);
    let form = forms.own(known, here.closed(), "form", |fields, form| {
        let base = if form.base.is_empty() { base } else { form.base.clone() };
        let choices = Paper::ALL.map(|paper| Choice {
            value: paper.as_str().to_owned(),
            words: paper.name().get(lang).to_owned(),
            chosen: form.papers.iter().any(|word| word == paper.as_str()),
        });
        view! {
            {fields.based_on(base)}
            {fields.several(Field::new("papers", t::papers_issued(lang), ""), choices.into())}
            <button class="button">{t::save(lang)}</button>
        }
        .into_any()
    });
    view! {
        <p class="page-lead">{t::lead_papers(lang)}</p>
        <div class="page-body">{form}</div>
    }
    .into_any()
}

pub fn calendar(forms: &Forms, settings: Option<&OfficeSettings>, here: &Here) -> AnyView {
    let lang = forms.lang;
    let Some(settings) = settings else { return not_yours(lang, t::part_calendar(lang)) };
    let known = OfficeSettingsForm::of(CALENDAR, settings);
    let base = base_of(&known);
    let form = forms.own(known, here.closed(), "form", |fields, form| {
        let base = if form.base.is_empty() { base } else { form.base.clone() };
        view! {
            {fields.based_on(base)}
            {fields.area(Field::new("days_off", t::days_off(lang), form.days_off).hint(t::days_hint(lang)))}
            {fields.area(Field::new("workdays", t::workdays(lang), form.workdays).hint(t::days_hint(lang)))}
            {fields.area(Field::new("hours", t::hours(lang), form.hours).hint(t::hours_hint(lang)))}
            <button class="button">{t::save(lang)}</button>
        }
        .into_any()
    });
    view! {
        <p class="page-lead">{t::lead_calendar(lang)}</p>
        <div class="page-body">{form}</div>
    }
    .into_any()
}
