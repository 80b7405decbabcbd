//! Where, who, when and by which checklist.

use crate::{
    i18n::{limits, office},
    server_fns::frame::Frame,
};
use domain::{file::VisitFile, site::Contact, text::Lang, time};
use leptos::prelude::*;

pub fn facts(lang: Lang, frame: &Frame, file: &VisitFile) -> AnyView {
    let VisitFile { visit, site, checklist, .. } = file;
    let kinds: Vec<_> = site.kinds.iter().map(|kind| frame.kind(kind, lang)).collect();
    let contacts: Vec<_> = site.contacts.iter().map(contact_words).collect();
    let tally = visit.tally();
    let checklist = office::title_and_version(lang, checklist.title.get(lang).to_owned(), checklist.version);
    let facts = [
        (office::site(lang), site.name.clone()),
        (office::code(lang), site.code.clone()),
        (office::address(lang), site.address.clone()),
        (office::grid(lang), frame.grid(site.grid)),
        (office::site_kinds(lang), kinds.join(office::between_choices(lang))),
        (office::risk(lang), site.risk.name().get(lang).to_owned()),
        (office::contacts(lang), contacts.join("；")),
        (office::inspector(lang), file.inspector_name.clone()),
        (office::kind(lang), visit.kind.name().get(lang).to_owned()),
        (office::checklist(lang), checklist),
        // By the phone's clock; the office's stands below.
        (office::started(lang), limits::said_by_phone(lang, visit.started_at, file.received_at)),
        (office::submitted(lang), limits::said_by_phone(lang, visit.submitted_at, file.received_at)),
        (office::received(lang), time::long(file.received_at)),
        (office::location(lang), location_words(lang, file).unwrap_or_default()),
        (
            office::result(lang),
            office::tally_in_full(lang, tally.passed, tally.failed, tally.not_applicable, tally.information),
        ),
    ];
    let facts = facts.into_iter().filter(|(_, words)| !words.trim().is_empty()).map(|(name, words)| {
        view! {
            <dt>{name}</dt>
            <dd>{words}</dd>
        }
    });
    view! { <dl class="fact-list">{facts.collect_view()}</dl> }.into_any()
}

/// `王建国 安全员 138…`
pub fn contact_words(contact: &Contact) -> String {
    let parts = [&contact.name, &contact.duty, &contact.phone].map(|part| part.trim());
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Where the phone was, and how far that is from where the site is known to be.
fn location_words(lang: Lang, file: &VisitFile) -> Option<String> {
    let here = file.visit.location?;
    let place = format!("{:.4}, {:.4}", here.latitude, here.longitude);
    let away = file.site.location.map(|site| office::metres_away(lang, here.distance(&site).round()));
    Some([Some(place), away].into_iter().flatten().collect())
}
