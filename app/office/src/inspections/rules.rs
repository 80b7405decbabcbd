//! The rules: a row each, with what it asks, where it comes from, whether it holds and with which figure, and who said so.

use super::Forms;
use crate::{
    components::{fault::ErrorLine, field::Fields, options::Options},
    i18n::{inspection as t, places},
    sending::SentForm,
    server_fns::inspections::rules_form::RULE,
};
use domain::{
    inspection::{InspectionRule, InspectionRules},
    time,
};
use leptos::prelude::*;

pub fn rules(forms: &Forms, rules: &InspectionRules) -> AnyView {
    let lang = forms.lang;
    let fault = forms.fault(RULE, forms.rule);
    let rows = InspectionRule::ALL.map(|rule| row(forms, rules, rule)).into_iter().collect_view();
    view! {
        <section class="page-body">
            <h2>{t::rules_heading(lang)}</h2>
            <ErrorLine fault />
        </section>
        <div class="table-scroll">
            <table class="data-table data-table--stacked">
                <thead>
                    <tr>
                        <th scope="col">{t::rule_column(lang)}</th>
                        <th scope="col">{t::source_column(lang)}</th>
                        <th scope="col">{t::decided_column(lang)}</th>
                        <th scope="col">{t::setting_column(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(forms: &Forms, rules: &InspectionRules, rule: InspectionRule) -> AnyView {
    let lang = forms.lang;
    let decided = match rules.setting(rule) {
        Some(setting) => t::decided_by(lang, setting.by.clone(), time::long(setting.at)),
        None => t::as_usual(lang).to_owned(),
    };
    let setting = if rule.row().is_fixed {
        view! { <span class="badge">{t::always_holds(lang)}</span> }.into_any()
    } else {
        setting(forms, rules, rule)
    };
    view! {
        <tr>
            <td class="cell--wrap" data-label=t::rule_column(lang)>
                <b>{t::rule(lang, rule)}</b>
            </td>
            <td class="cell--wrap" data-label=t::source_column(lang)>
                {t::source(lang, rule.row().source)}
            </td>
            <td class="cell--wrap" data-label=t::decided_column(lang)>
                {decided}
            </td>
            <td class="cell--wrap cell--full" data-label=t::setting_column(lang)>
                {setting}
            </td>
        </tr>
    }
    .into_any()
}

fn setting(forms: &Forms, rules: &InspectionRules, rule: InspectionRule) -> AnyView {
    let lang = forms.lang;
    let typed = forms.typed(RULE).filter(|typed| typed.rule == rule.as_str());
    let fields = Fields { lang, form: rule.as_str(), group: "form", fault: forms.fault(RULE, forms.rule) };
    let chosen = typed.map_or_else(|| words(rules.is_on(rule)).to_owned(), |typed| typed.on.clone());
    let figure = rules.figure(rule).map(|figure| figure.to_string()).unwrap_or_default();
    let figure = typed.map_or(figure, |typed| typed.figure.clone());
    let options =
        vec![("yes".to_owned(), t::holds(lang).to_owned()), ("no".to_owned(), t::is_off(lang).to_owned())];
    let input = rule.row().figure.map(|(from, to)| {
        view! {
            <input
                class="input"
                type="number"
                min=from.to_string()
                max=to.to_string()
                name=fields.name("figure")
                value=figure
                aria-label=t::figure_of(lang, t::rule(lang, rule))
            />
        }
    });
    let version = fields.hidden("version", rules.version.to_string());
    view! {
        <SentForm to=forms.rule attr:class="rule-setting">
            {fields.hidden("does", RULE)}
            {version}
            {fields.hidden("rule", rule.as_str())}
            <select
                class="input input--select"
                name=fields.name("on")
                aria-label=t::state_of(lang, t::rule(lang, rule))
            >
                <Options options chosen />
            </select>
            {input}
            <button class="button button--small" aria-label=t::save_rule(lang, t::rule(lang, rule))>
                {places::save(lang)}
            </button>
        </SentForm>
    }
    .into_any()
}

fn words(on: bool) -> &'static str {
    if on { "yes" } else { "no" }
}
