//! The fields of a site.

use super::{attributes::attributes, contacts::contacts};
use crate::{
    components::{
        choices::Choice,
        field::{Field, Fields},
    },
    i18n::{import, office, parties},
    server_fns::{frame::Frame, sites::site_form::SiteForm},
};
use domain::{datum::Datum, risk::RiskLevel, sector::Sector};
use leptos::prelude::*;

/// `base` is what the form of a known site is based on.
pub fn fields(fields: Fields, frame: &Frame, form: SiteForm, base: Option<String>) -> AnyView {
    let lang = fields.lang;
    let kinds = frame.kinds.iter().map(|kind| Choice {
        value: kind.id.to_string(),
        words: kind.name.get(lang).to_owned(),
        chosen: form.kinds.iter().any(|chosen| chosen == kind.id.as_str()),
    });
    let none = |words: &str| std::iter::once((String::new(), words.to_owned()));
    let sectors = Sector::ALL.map(|sector| (sector.as_str().to_owned(), sector.name().get(lang).to_owned()));
    let risks = RiskLevel::ALL.map(|level| (level.as_str().to_owned(), level.name().get(lang).to_owned()));
    let datums =
        Datum::ALL.map(|datum| (datum.as_str().to_owned(), import::datum_name(lang, datum).to_owned()));
    let grids = frame.grids.iter().map(|grid| (grid.id.to_string(), frame.grid(grid.id)));
    let departments = frame.departments.iter().map(|one| (one.id.to_string(), one.name.clone()));
    view! {
        {base.map(|base| fields.based_on(base))}
        {fields.hidden("id", form.id)}
        {fields.text(Field::new("name", office::site_name(lang), form.name))}
        {fields.text(Field::new("code", office::code(lang), form.code).hint(office::code_hint(lang)))}
        {fields.several(
            Field::new("kinds", office::site_kinds(lang), "").hint(office::kinds_hint(lang)),
            kinds.collect(),
        )}
        {fields.select(
            Field::new("sector", office::sector(lang), form.sector),
            none(office::sector_of_kind(lang)).chain(sectors).collect(),
        )}
        {fields.select(
            Field::new("risk", office::risk(lang), form.risk),
            none(office::please_choose(lang)).chain(risks).collect(),
        )}
        {fields.select(
            Field::new("grid", office::grid(lang), form.grid),
            none(office::please_choose(lang)).chain(grids).collect(),
        )}
        {attributes(fields, &form.attributes)}
        {fields.text(Field::new("address", office::address(lang), form.address))}
        {fields.text(
            Field::new("latitude", office::latitude(lang), form.latitude).hint(office::degrees_hint(lang)),
        )}
        {fields.text(Field::new("longitude", office::longitude(lang), form.longitude))}
        {fields.select(
            Field::new("datum", import::datum(lang), form.datum).hint(office::form_datum_hint(lang)),
            none(office::datum_unsaid(lang)).chain(datums).collect(),
        )}
        {contacts(fields, form.contacts)}
        {fields.text(Field::new("party", parties::party(lang), form.party).hint(parties::site_hint(lang)))}
        {fields.text(Field::new("leader", office::leader(lang), form.leader).hint(office::leader_hint(lang)))}
        {fields.select(
            Field::new("department", office::department(lang), form.department),
            none(office::no_department(lang)).chain(departments).collect(),
        )}
        {fields.check(
            Field::new("retired", office::is_retired(lang), "").hint(office::retired_hint(lang)),
            form.retired,
        )}
    }
    .into_any()
}
