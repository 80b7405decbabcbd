//! The fields of a party.

use super::people::people;
use crate::{
    components::field::{Field, Fields},
    i18n::{office, parties as t},
    server_fns::parties::party_form::PartyForm,
};
use domain::party::PartyKind;
use leptos::prelude::*;

/// `base` is what the form of a known party is based on.
pub fn fields(fields: Fields, form: PartyForm, base: Option<String>) -> AnyView {
    let lang = fields.lang;
    let none = std::iter::once((String::new(), office::please_choose(lang).to_owned()));
    let kinds = PartyKind::ALL.map(|kind| (kind.as_str().to_owned(), kind.name().get(lang).to_owned()));
    view! {
        {base.map(|base| fields.based_on(base))}
        {fields.hidden("id", form.id)}
        {fields.text(Field::new("name", t::name(lang), form.name).hint(t::name_hint(lang)))}
        {fields.select(Field::new("kind", t::kind(lang), form.kind), none.chain(kinds).collect())}
        {fields.text(
            Field::new("credit_code", t::credit_code(lang), form.credit_code)
                .hint(t::credit_code_hint(lang))
                .autocomplete("off"),
        )}
        {people(fields, form.people)}
        {fields.input("tel", Field::new("phone", t::phone(lang), form.phone).autocomplete("off"))}
        {fields.area(Field::new("note", t::note(lang), form.note))}
        {fields.check(Field::new("retired", office::is_retired(lang), "").hint(t::retired_hint(lang)), form.retired)}
    }
    .into_any()
}
