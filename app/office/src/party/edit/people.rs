//! The people of a party.

use crate::{
    components::{
        field::{Field, Fields},
        people_field::{PersonLine, people_field},
    },
    i18n::parties as t,
};
use domain::party::PartyPerson;
use leptos::prelude::*;

pub fn people(fields: Fields, known: Vec<PartyPerson>) -> AnyView {
    let lang = fields.lang;
    let field = Field::new("people", t::people(lang), "").hint(t::people_hint(lang));
    let line = |PartyPerson { name, post, phone }| PersonLine { name, post, phone };
    people_field(fields, &field, ("post", t::post(lang)), known.into_iter().map(line))
}
