//! 部门: which there are, what each answers for, and who belongs to it.

use super::{
    address::Here,
    form::{Does, Forms},
};
use crate::{
    components::{
        choices::Choice,
        field::{Field, Fields},
    },
    i18n::{Lang, office, places as t},
    server_fns::{frame::Frame, places::place_form::PlaceForm},
};
use domain::{
    file::PlacesFile,
    place::{Department, PlaceId, PlaceKind, same_name},
    role::Action,
    sector::Sector,
};
use leptos::prelude::*;

pub fn departments(
    forms: &Forms,
    frame: &Frame,
    file: &PlacesFile,
    here: &Here,
    open: Option<PlaceId>,
) -> AnyView {
    let lang = forms.lang;
    let rows = file.departments.iter().map(|one| row(lang, file, here, one, open)).collect_view();
    let table = if file.departments.is_empty() {
        view! { <p class="page-lead">{t::no_departments(lang)}</p> }.into_any()
    } else {
        view! {
            <table class="data-table data-table--stacked">
                <thead>
                    <tr>
                        <th scope="col">{t::kind_department(lang)}</th>
                        <th scope="col">{t::column_sectors(lang)}</th>
                        <th scope="col" class="cell--right">
                            {t::column_people(lang)}
                        </th>
                        <th scope="col" class="cell--right">
                            {t::column_open(lang)}
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    let add = frame.me.may_do(Action::ManagePeople).then(|| add(forms, here));
    view! {
        <p class="page-lead">{t::lead_departments(lang)}</p>
        {table}
        {add}
    }
    .into_any()
}

fn row(
    lang: Lang,
    file: &PlacesFile,
    here: &Here,
    one: &Department,
    open: Option<PlaceId>,
) -> impl IntoView + use<> {
    let place = PlaceId::Department(one.id);
    let living = file.living(place);
    let sectors: Vec<_> = one.sectors.iter().map(|sector| sector.name().get(lang).to_owned()).collect();
    let is_open = open == Some(place);
    let twin = file.departments.iter().find(|other| other.id != one.id && same_name(&other.name, &one.name));
    let twin = twin.map(|twin| {
        view! { <span class="error-line">{t::looks_like(lang, twin.name.clone())}</span> }
    });
    view! {
        <tr aria-selected=is_open.then_some("true")>
            <td class="cell--wrap" data-label=t::kind_department(lang)>
                <a class="cell__link" href=here.with_open(place)>{one.name.clone()}</a>
                {twin}
            </td>
            <td class="cell--wrap u-soft" data-label=t::column_sectors(lang)>
                {sectors.join(office::between_choices(lang))}
            </td>
            <td class="cell--right" data-label=t::column_people(lang)>
                {living.people}
            </td>
            <td class="cell--right" data-label=t::column_open(lang)>
                {living.open_hazards}
            </td>
        </tr>
    }
}

fn add(forms: &Forms, here: &Here) -> AnyView {
    let lang = forms.lang;
    let does = Does { does: "add", kind: PlaceKind::Department, id: "" };
    let form = forms.place(does, PlaceForm::default(), here.closed(), "form", |fields, form| {
        view! {
            {fields.text(Field::new("name", t::department_name(lang), form.name.clone()))}
            {sectors(fields, &form)}
            <button class="button">{t::add(lang)}</button>
        }
        .into_any()
    });
    view! {
        <section class="page-body">
            <h2>{t::add_department(lang)}</h2>
            {form}
        </section>
    }
    .into_any()
}

/// What it answers for, to be ticked.
pub fn sectors(fields: Fields, form: &PlaceForm) -> AnyView {
    let lang = fields.lang;
    let choices = Sector::ALL.map(|sector| Choice {
        value: sector.as_str().to_owned(),
        words: sector.name().get(lang).to_owned(),
        chosen: form.sectors.iter().any(|word| word == sector.as_str()),
    });
    let field = Field::new("sectors", t::sectors_of_department(lang), "").hint(t::sectors_hint(lang));
    fields.several(field, choices.into())
}
