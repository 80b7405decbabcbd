//! 行政检查事项清单: what may be inspected at all. A matter is known by its code; whoever writes the same code again writes another
//! wording of it, or takes it off the list.

use super::Forms;
use crate::{
    components::{
        fault::ErrorLine,
        field::{Field, Fields},
    },
    i18n::inspection as t,
    sending::SentForm,
    server_fns::inspections::rules_form::MATTER,
};
use domain::inspection::{InspectionMatter, InspectionRules};
use leptos::prelude::*;

pub fn matters(forms: &Forms, rules: &InspectionRules) -> AnyView {
    let lang = forms.lang;
    let table = (!rules.matters.is_empty()).then(|| {
        let rows = rules.matters.iter().map(|matter| row(forms, matter)).collect_view();
        view! {
            <div class="table-scroll">
                <table class="data-table data-table--stacked">
                    <thead>
                        <tr>
                            <th scope="col">{t::matter_code(lang)}</th>
                            <th scope="col">{t::matter_name(lang)}</th>
                            <th scope="col">{t::matter_basis(lang)}</th>
                            <th scope="col">{t::setting_column(lang)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    });
    let none = rules.matters.is_empty().then(|| view! { <p class="u-small">{t::no_matter_yet(lang)}</p> });
    view! {
        <section class="page-body">
            <h2>{t::matters_heading(lang)}</h2>
            {none}
        </section>
        {table}
        <section class="page-body">{form(forms, rules)}</section>
    }
    .into_any()
}

fn row(forms: &Forms, matter: &InspectionMatter) -> AnyView {
    let lang = forms.lang;
    let state = if matter.ended { t::is_ended(lang) } else { t::is_published(lang) };
    view! {
        <tr>
            <td class="u-code" data-label=t::matter_code(lang)>
                {matter.code.clone()}
            </td>
            <td class="cell--wrap" data-label=t::matter_name(lang)>
                {matter.name.clone()}
            </td>
            <td class="cell--wrap" data-label=t::matter_basis(lang)>
                {matter.basis.clone()}
            </td>
            <td data-label=t::setting_column(lang)>{state}</td>
        </tr>
    }
    .into_any()
}

fn form(forms: &Forms, rules: &InspectionRules) -> AnyView {
    let lang = forms.lang;
    let fault = forms.fault(MATTER, forms.matter);
    let fields = Fields { lang, form: "matter", group: "form", fault };
    let typed = forms.typed(MATTER).cloned().unwrap_or_default();
    let version = fields.hidden("version", rules.version.to_string());
    view! {
        <SentForm to=forms.matter attr:class="form">
            {fields.hidden("does", MATTER)}
            {version}
            <ErrorLine fault />
            {fields.text(Field::new("code", t::matter_code(lang), typed.code).hint(t::matter_code_hint(lang)))}
            {fields.text(Field::new("name", t::matter_name(lang), typed.name))}
            {fields.area(Field::new("basis", t::matter_basis(lang), typed.basis))}
            {fields.check(
                Field::new("ended", t::matter_ended(lang), "").hint(t::matter_ended_hint(lang)),
                typed.ended,
            )}
            <button class="button">{t::save_matter(lang)}</button>
        </SentForm>
    }
    .into_any()
}
