//! Where, who, when and by which checklists: the site as it was when the visit was sealed.

use crate::{
    i18n::{inspection, limits, office, parties, spot_checks},
    server_fns::{frame::Frame, visits::record::VisitRecord},
};
use domain::{site::Contact, text::Lang, time, visit::PartySnapshot};
use leptos::prelude::*;

pub fn facts(lang: Lang, frame: &Frame, file: &VisitRecord) -> AnyView {
    let VisitRecord { site, tally, .. } = file;
    let kinds: Vec<_> = site.kinds.iter().map(|kind| frame.kind(kind, lang)).collect();
    let contacts: Vec<_> = site.contacts.iter().map(contact_words).collect();
    let forms: Vec<_> = file.forms.iter().map(|form| form.title_and_version.as_str()).collect();
    let grid = [site.community.as_str(), site.grid.as_str()];
    let called = if site.name == file.site_name_now {
        site.name.clone()
    } else {
        office::now_called(lang, site.name.clone(), file.site_name_now.clone())
    };
    let party = site.party.as_ref().map(PartySnapshot::words);
    let result = file.outcome.is_done().then(|| {
        let figures =
            office::tally_in_full(lang, tally.passed, tally.failed, tally.not_applicable, tally.information);
        match tally.still_open {
            0 => figures,
            still_open => office::tally_and_still_open(lang, figures, still_open),
        }
    });
    let facts = [
        (office::site(lang), called),
        (office::code(lang), site.code.clone()),
        (office::address(lang), site.address.clone()),
        (office::grid(lang), grid.join(" · ")),
        (office::department(lang), site.department.clone().unwrap_or_default()),
        (office::site_kinds(lang), kinds.join(office::between_choices(lang))),
        (office::risk(lang), site.risk.name().get(lang).to_owned()),
        (parties::party(lang), party.unwrap_or_default()),
        (office::contacts(lang), contacts.join("；")),
        (inspection::signed_by(lang, file.nature), file.inspector_name.clone()),
        (office::participants(lang), file.participants.join(office::between_choices(lang))),
        (spot_checks::departments(lang), file.departments.join(office::between_choices(lang))),
        (office::nature(lang), file.nature.name().get(lang).to_owned()),
        (office::outcome(lang), file.outcome.name().get(lang).to_owned()),
        (office::form(lang), forms.join(office::between_choices(lang))),
        // By the phone's clock; the office's stands below.
        (office::started(lang), limits::said_by_phone(lang, file.started_at, file.received_at)),
        (office::submitted(lang), limits::said_by_phone(lang, file.submitted_at, file.received_at)),
        (office::received(lang), time::long(file.received_at)),
        (office::location(lang), location_words(lang, file).unwrap_or_default()),
        (office::result(lang), result.unwrap_or_default()),
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
fn location_words(lang: Lang, file: &VisitRecord) -> Option<String> {
    let here = file.location?;
    let place = format!("{:.4}, {:.4}", here.latitude, here.longitude);
    let away = file.site.location.map(|site| office::metres_away(lang, here.distance(&site).round()));
    Some([Some(place), away].into_iter().flatten().collect())
}
