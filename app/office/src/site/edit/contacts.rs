//! 责任人 of a site.

use crate::{
    components::{
        field::{Field, Fields},
        people_field::{PersonLine, people_field},
    },
    i18n::office,
};
use domain::site::Contact;
use leptos::prelude::*;

pub fn contacts(fields: Fields, known: Vec<Contact>) -> AnyView {
    let lang = fields.lang;
    let field = Field::new("contacts", office::contacts(lang), "").hint(office::contacts_hint(lang));
    let line = |Contact { name, duty, phone }| PersonLine { name, post: duty, phone };
    people_field(fields, &field, ("duty", office::duty(lang)), known.into_iter().map(line))
}
