//! What the office has to look into before it relies on the record. It stands beside the document, not in it.

use crate::{
    components::icon::{Icon, Sign},
    i18n::{inspection, office},
    server_fns::visits::record::VisitRecord,
};
use domain::text::Lang;
use leptos::prelude::*;

pub fn doubts(lang: Lang, file: &VisitRecord) -> AnyView {
    view! {
        {attributes(lang, file)}
        {last_answers(lang, file)}
        {breaches(lang, file)}
    }
    .into_any()
}

fn attributes(lang: Lang, file: &VisitRecord) -> Option<AnyView> {
    let words = |known: Option<&str>| known.unwrap_or(office::not_known(lang)).to_owned();
    let lines = file.attributes_never_had.iter().map(|other| {
        let (seen, known) = (words(other.seen.as_deref()), words(other.known.as_deref()));
        office::attribute_otherwise(lang, other.name.clone(), seen, known)
    });
    let (heading, hint) = (office::attributes_never_had(lang), office::attributes_never_had_hint(lang));
    doubt("doubts-attributes", heading, hint, lines.collect())
}

fn last_answers(lang: Lang, file: &VisitRecord) -> Option<AnyView> {
    let (heading, hint) = (office::unfounded_last(lang), office::unfounded_last_hint(lang));
    doubt("doubts-last", heading, hint, file.unfounded_last.clone())
}

/// What of an administrative inspection did not fit the office's rules, and could not be known on the phone.
fn breaches(lang: Lang, file: &VisitRecord) -> Option<AnyView> {
    let received = file.site.inspection.as_ref()?;
    let lines = received.breaches.iter().map(|breach| inspection::breach(lang, breach)).collect();
    doubt("doubts-inspection", inspection::breaches_heading(lang), inspection::breaches_hint(lang), lines)
}

/// None where nothing is doubted.
fn doubt(id: &'static str, heading: &'static str, hint: &'static str, lines: Vec<String>) -> Option<AnyView> {
    if lines.is_empty() {
        return None;
    }
    let lines = lines.into_iter().map(|line| view! { <li>{line}</li> });
    let view = view! {
        <section class="notice notice--refused u-no-print" aria-labelledby=id>
            <h2 class="u-row" id=id>
                <Sign icon=Icon::Alert />
                {heading}
            </h2>
            <p>{hint}</p>
            <ul>{lines.collect_view()}</ul>
        </section>
    };
    Some(view.into_any())
}
