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
use domain::{file::InspectionRulesFile, id::DepartmentId, inspection::InspectionMatter};
use leptos::prelude::*;

pub fn matters(forms: &Forms, file: &InspectionRulesFile) -> AnyView {
    let (lang, rules) = (forms.lang, &file.rules);
    let table = (!rules.matters.is_empty()).then(|| {
        let rows = rules.matters.iter().map(|matter| row(forms, file, matter)).collect_view();
        view! {
            <div class="table-scroll">
                <table class="data-table data-table--stacked">
                    <thead>
                        <tr>
                            <th scope="col">{t::matter_code(lang)}</th>
                            <th scope="col">{t::matter_name(lang)}</th>
                            <th scope="col">{t::matter_basis(lang)}</th>
                            <th scope="col">{t::matter_department(lang)}</th>
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
        <section class="page-body">{form(forms, file)}</section>
    }
    .into_any()
}

fn row(forms: &Forms, file: &InspectionRulesFile, matter: &InspectionMatter) -> AnyView {
    let lang = forms.lang;
    let department = name_of(forms, file, matter.department);
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
            <td data-label=t::matter_department(lang)>{department}</td>
            <td data-label=t::setting_column(lang)>{state}</td>
        </tr>
    }
    .into_any()
}

/// Of the department whose matter it is; nothing where that is gone.
fn name_of(forms: &Forms, file: &InspectionRulesFile, department: Option<DepartmentId>) -> String {
    let Some(id) = department else { return t::of_sub_district(forms.lang).to_owned() };
    let known = file.departments.iter().find(|known| known.id == id);
    known.map(|known| known.name.clone()).unwrap_or_default()
}

fn form(forms: &Forms, file: &InspectionRulesFile) -> AnyView {
    let lang = forms.lang;
    let fault = forms.fault(MATTER, forms.matter);
    let fields = Fields { lang, form: "matter", group: "form", fault };
    let typed = forms.typed(MATTER).cloned().unwrap_or_default();
    let version = fields.hidden("version", file.rules.version.to_string());
    let whoever = (String::new(), t::of_sub_district(lang).to_owned());
    let known = file.departments.iter().map(|known| (known.id.to_string(), known.name.clone()));
    let departments = std::iter::once(whoever).chain(known).collect();
    let department = Field::new("department", t::matter_department(lang), typed.department)
        .hint(t::matter_department_hint(lang));
    view! {
        <SentForm to=forms.matter attr:class="form">
            {fields.hidden("does", MATTER)}
            {version}
            <ErrorLine fault />
            {fields.text(Field::new("code", t::matter_code(lang), typed.code).hint(t::matter_code_hint(lang)))}
            {fields.text(Field::new("name", t::matter_name(lang), typed.name))}
            {fields.area(Field::new("basis", t::matter_basis(lang), typed.basis))}
            {fields.select(department, departments)}
            {fields.check(
                Field::new("ended", t::matter_ended(lang), "").hint(t::matter_ended_hint(lang)),
                typed.ended,
            )}
            <button class="button">{t::save_matter(lang)}</button>
        </SentForm>
    }
    .into_any()
}
