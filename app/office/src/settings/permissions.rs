//! 角色权限: a row an action, a column a role. An office unticks; what the product never gave a role cannot be ticked.

use super::{address::Here, form::Forms, own::not_yours};
use crate::{
    components::field::{Field, Fields},
    i18n::{Lang, settings as t},
    server_fns::{
        meanwhile::base_of,
        settings::office_settings_form::{EXTENSIONS, OfficeSettingsForm, PERMISSIONS, word_of},
    },
};
use domain::{
    permission::{RESERVABLE, is_fixed},
    role::{Action, Role},
    settings::OfficeSettings,
};
use leptos::prelude::*;

pub fn permissions(forms: &Forms, settings: Option<&OfficeSettings>, here: &Here) -> AnyView {
    let lang = forms.lang;
    let Some(settings) = settings else { return not_yours(lang, t::part_permissions(lang)) };
    let known = OfficeSettingsForm::of(PERMISSIONS, settings);
    let base = base_of(&known);
    let form = forms.own(known, here.closed(), "form form--wide", |fields, form| {
        let base = if form.base.is_empty() { base } else { form.base.clone() };
        let heads = Role::ALL.map(|role| {
            view! {
                <th scope="col" class="cell--wrap">
                    {role.name().get(lang).to_owned()}
                </th>
            }
        });
        let rows = Action::ALL.map(|action| row(fields, &form, action, note(lang, settings, action)));
        view! {
            {fields.based_on(base)}
            {fields.hint_and_error(&Field::new("allowed", t::matrix(lang), ""))}
            <div class="table-scroll">
                <table class="data-table data-table--stacked" aria-label=t::matrix(lang)>
                    <thead>
                        <tr>
                            <th scope="col">{t::action(lang)}</th>
                            {heads.into_iter().collect_view()}
                        </tr>
                    </thead>
                    <tbody>{rows.into_iter().collect_view()}</tbody>
                </table>
            </div>
            <button class="button">{t::save(lang)}</button>
        }
        .into_any()
    });
    let limit = extensions(forms, settings, here);
    view! {
        <p class="page-lead">{t::lead_permissions(lang)}</p>
        {form}
        <p class="page-lead">{t::fixed_hint(lang)}</p>
        <div class="page-body">{limit}</div>
    }
    .into_any()
}

/// From how many days on an extension is the leader's.
fn extensions(forms: &Forms, settings: &OfficeSettings, here: &Here) -> AnyView {
    let lang = forms.lang;
    let known = OfficeSettingsForm::of(EXTENSIONS, settings);
    let base = base_of(&known);
    forms.own(known, here.closed(), "form", |fields, form| {
        let base = if form.base.is_empty() { base } else { form.base.clone() };
        let days = Field::new("extension_limit", t::extension_limit(lang), form.extension_limit);
        view! {
            {fields.based_on(base)}
            {fields.input("number", days.hint(t::extension_limit_hint(lang)))}
            <button class="button">{t::set_extension_limit(lang)}</button>
        }
        .into_any()
    })
}

/// Whose an action is to decide, where the office may leave it to its leader.
fn note(lang: Lang, settings: &OfficeSettings, action: Action) -> Option<String> {
    let (permissions, days) = (&settings.permissions, settings.permissions.extension_limit());
    let is_of_days = action == Action::GrantLongExtensions;
    match days.filter(|_| is_of_days) {
        None if is_of_days => Some(t::long_extensions_unset(lang).to_owned()),
        Some(days) if permissions.reserves(action) => Some(t::long_extensions(lang, days)),
        None if permissions.reserves(action) => Some(t::reserved(lang).to_owned()),
        Some(_) | None => RESERVABLE.contains(&action).then(|| t::reservable(lang).to_owned()),
    }
}

fn row(fields: Fields, form: &OfficeSettingsForm, action: Action, note: Option<String>) -> AnyView {
    let lang = fields.lang;
    let cells = Role::ALL.map(|role| cell(fields, form, role, action));
    view! {
        <tr>
            <td class="cell--wrap" data-label=t::action(lang)>
                <b>{action.name().get(lang).to_owned()}</b>
                {note.map(|note| view! { <p class="u-small">{note}</p> })}
            </td>
            {cells.into_iter().collect_view()}
        </tr>
    }
    .into_any()
}

fn cell(fields: Fields, form: &OfficeSettingsForm, role: Role, action: Action) -> AnyView {
    let lang = fields.lang;
    let column = role.name().get(lang).to_owned();
    if !role.may(action) {
        return view! {
            <td class="u-soft" data-label=column>
                {t::never(lang)}
            </td>
        }
        .into_any();
    }
    let (name, word) = (format!("{}[]", fields.name("allowed")), word_of(role, action));
    if is_fixed(role, action) {
        return view! {
            <td data-label=column>
                <input type="hidden" name=name value=word />
                {t::fixed(lang)}
            </td>
        }
        .into_any();
    }
    let stays = form.allowed.contains(&word);
    let words = named(lang, role, action);
    view! {
        <td data-label=column>
            <label class="check">
                <input
                    class="check__input"
                    type="checkbox"
                    name=name
                    value=word
                    checked=stays
                    aria-label=words
                />
            </label>
        </td>
    }
    .into_any()
}

fn named(lang: Lang, role: Role, action: Action) -> String {
    t::cell(lang, role.name().get(lang).to_owned(), action.name().get(lang).to_owned())
}
