//! Rows of people; each leads to the account.

use super::PEOPLE;
use crate::{i18n::office, server_fns::frame::Frame};
use domain::{person::Person, role::Role, text::Lang, time};
use leptos::prelude::*;

pub fn table(lang: Lang, frame: &Frame, people: Vec<Person>) -> AnyView {
    let rows = people.into_iter().map(|person| table_row(lang, frame, person)).collect_view();
    view! {
        <table class="data-table data-table--stacked">
            <thead>
                <tr>
                    <th scope="col">{office::person_name(lang)}</th>
                    <th scope="col">{office::username(lang)}</th>
                    <th scope="col">{office::role(lang)}</th>
                    <th scope="col">{office::scope(lang)}</th>
                    <th scope="col">{office::phone_number(lang)}</th>
                    <th scope="col" class="cell--right">
                        {office::last_seen(lang)}
                    </th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn table_row(lang: Lang, frame: &Frame, person: Person) -> impl IntoView + use<> {
    let scope = scope_words(lang, frame, &person);
    let seen = person.last_seen.map_or_else(|| office::never_seen(lang).to_owned(), time::long);
    let off = person.disabled.then(|| view! { <span class="badge">{office::switched_off(lang)}</span> });
    view! {
        <tr>
            <td data-label=office::person_name(lang)>
                <a class="cell__link" href=format!("{PEOPLE}/{}", person.id)>{person.name} " " {off}</a>
            </td>
            <td data-label=office::username(lang)>{person.username}</td>
            <td data-label=office::role(lang)>{person.role.name().get(lang).to_owned()}</td>
            <td class="cell--wrap" data-label=office::scope(lang)>
                {scope}
            </td>
            <td data-label=office::phone_number(lang)>
                {person.phone}
            </td>
            <td class="cell--right" data-label=office::last_seen(lang)>
                {seen}
            </td>
        </tr>
    }
}

/// What part of the office the person sees, as [`Person::actor`] has it.
fn scope_words(lang: Lang, frame: &Frame, person: &Person) -> String {
    let scope = match person.role {
        Role::Supervisor | Role::Administrator => office::whole_office(lang).to_owned(),
        Role::Officer => person.department.map(|id| frame.department(id).to_owned()).unwrap_or_default(),
        Role::Inspector => {
            let grids: Vec<_> = person.grids.iter().map(|grid| frame.grid(*grid)).collect();
            grids.join(office::between_choices(lang))
        }
        Role::Enterprise | Role::School if person.sites.is_empty() => String::new(),
        Role::Enterprise | Role::School => office::count_sites(lang, person.sites.len() as u64),
    };
    if scope.is_empty() { office::no_scope(lang).to_owned() } else { scope }
}
