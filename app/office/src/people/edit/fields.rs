//! The fields of an account. With the program, only those that the chosen role needs are shown.

use crate::{
    components::{
        choices::Choice,
        field::{Field, Fields},
    },
    i18n::office,
    server_fns::{frame::Frame, people::person_form::PersonForm},
};
use domain::role::Role;
use leptos::prelude::*;

/// `role` is the one chosen in the browser, as soon as there is a program to hear it.
pub fn fields(fields: Fields, frame: &Frame, form: PersonForm, role: RwSignal<Option<Role>>) -> AnyView {
    let lang = fields.lang;
    let is_new = form.id.is_empty();
    let none = |words: &str| std::iter::once((String::new(), words.to_owned()));
    let roles = Role::ALL.map(|role| (role.as_str().to_owned(), role.name().get(lang).to_owned()));
    let departments = frame.departments.iter().map(|one| (one.id.to_string(), one.name.clone()));
    let grids = frame.grids.iter().map(|grid| {
        let value = grid.id.to_string();
        Choice { chosen: form.grids.contains(&value), words: frame.grid(grid.id), value }
    });
    let communities = frame.communities.iter().map(|community| {
        let value = community.id.to_string();
        Choice { chosen: form.communities.contains(&value), words: community.name.clone(), value }
    });
    let first = Role::parse(&form.role);
    Effect::new(move |_| role.set(first));
    let choose = move |event| role.set(Role::parse(&event_target_value(&event)));
    let not_for =
        move |needing: &'static [Role]| move || role.get().is_some_and(|role| !needing.contains(&role));
    let password_words = if is_new { office::password(lang) } else { office::new_password(lang) };
    let password_hint = if is_new { office::password_hint(lang) } else { office::new_password_hint(lang) };
    view! {
        {fields.hidden("id", form.id)}
        {fields.text(Field::new("name", office::person_name(lang), form.name))}
        {fields.text(
            Field::new("username", office::username(lang), form.username)
                .hint(office::username_hint(lang))
                .autocomplete("off"),
        )}
        <div on:change=choose>
            {fields.select(
                Field::new("role", office::role(lang), form.role),
                none(office::please_choose(lang)).chain(roles).collect(),
            )}
        </div>
        <div hidden=not_for(&[Role::Officer, Role::Inspector])>
            {fields.select(
                Field::new("department", office::own_department(lang), form.department)
                    .hint(office::own_department_hint(lang)),
                none(office::no_department(lang)).chain(departments).collect(),
            )}
        </div>
        <div hidden=not_for(&[Role::Inspector])>
            {fields.several(
                Field::new("grids", office::own_grids(lang), "").hint(office::own_grids_hint(lang)),
                grids.collect(),
            )}
        </div>
        <div hidden=not_for(&[Role::CommunityOfficer])>
            {fields.several(
                Field::new("communities", office::own_communities(lang), "")
                    .hint(office::own_communities_hint(lang)),
                communities.collect(),
            )}
        </div>
        <div hidden=not_for(&[Role::Enterprise, Role::School])>
            {fields.text(
                Field::new("sites", office::own_sites(lang), form.sites).hint(office::own_sites_hint(lang)),
            )}
        </div>
        <div hidden=not_for(&[Role::Officer, Role::Supervisor, Role::Leader, Role::Administrator])>
            {fields.area(
                Field::new("certificates", office::certificates(lang), form.certificates)
                    .hint(office::certificates_hint(lang)),
            )}
        </div>
        {fields.input("tel", Field::new("phone", office::phone_number(lang), form.phone).autocomplete("off"))}
        {fields.input(
            "password",
            Field::new("password", password_words, form.password).hint(password_hint).autocomplete("new-password"),
        )}
        {fields.check(
            Field::new("disabled", office::is_disabled(lang), "").hint(office::disabled_hint(lang)),
            form.disabled,
        )}
    }
    .into_any()
}
