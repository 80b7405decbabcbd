//! What of a site decides which questions are asked there. What is not known is left open: then it is asked.

use crate::{
    components::field::{Field, Fields},
    i18n::{forms, office},
    server_fns::sites::attributes_form::AttributesForm,
};
use domain::site::attributes::{GasSupply, SiteAttribute};
use leptos::prelude::*;

pub fn attributes(fields: Fields, form: &AttributesForm) -> AnyView {
    let lang = fields.lang;
    let of_it = Fields { group: "form[attributes]", ..fields };
    let lines = SiteAttribute::ALL.map(|attribute| {
        let name = attribute.name().get(lang).to_owned();
        let field = Field::new(attribute.as_str(), name, form.get(attribute));
        if let Some((from, to)) = attribute.range() {
            return of_it.text(field.hint(office::figure_between(lang, from, to)));
        }
        let unknown = (String::new(), office::not_known(lang).to_owned());
        let known = if attribute == SiteAttribute::Gas {
            GasSupply::ALL.map(|gas| (gas.as_str().to_owned(), gas.name().get(lang).to_owned())).to_vec()
        } else {
            [("yes", forms::yes(lang)), ("no", forms::no(lang))]
                .map(|(value, words)| (value.to_owned(), words.to_owned()))
                .to_vec()
        };
        of_it.select(field, std::iter::once(unknown).chain(known).collect())
    });
    view! {
        <fieldset class="field" id=fields.id("attributes")>
            <legend>{office::attributes(lang)}</legend>
            <p class="field__hint">{office::attributes_hint(lang)}</p>
            <div class="form form--pair">{lines.into_iter().collect_view()}</div>
        </fieldset>
    }
    .into_any()
}
