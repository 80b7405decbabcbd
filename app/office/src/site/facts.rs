//! What the office knows of a site, and what it lacks.

use crate::{
    components::risk_sign::RiskSign,
    i18n::{office, parties, trade},
    parties::address::party_address,
    server_fns::{frame::Frame, parties::party_words::person_words, sites::attributes_form},
    visit::facts::contact_words,
};
use chrono::NaiveDate;
use domain::{due::Due, party::SiteParty, site::Site, text::Lang, time};
use leptos::prelude::*;

pub fn facts(lang: Lang, frame: &Frame, site: &Site, next_visit: NaiveDate, today: NaiveDate) -> AnyView {
    let kinds: Vec<_> = site.kinds.iter().map(|kind| frame.kind(kind, lang)).collect();
    let contacts: Vec<_> = site.contacts.iter().map(contact_words).collect();
    let department = site.department.map(|id| frame.department(id).to_owned());
    let location = site.location.map(|at| format!("{:.5}, {:.5}", at.latitude, at.longitude));
    let last = site.last_visit.map(time::long);
    let due = Due::of(Some(next_visit), today);
    let next = if site.retired {
        office::is_retired(lang).to_owned()
    } else {
        format!("{next_visit} · {}", trade::due(lang, due))
    };
    let lacking =
        |words: String| if words.trim().is_empty() { office::lacking(lang).to_owned() } else { words };
    let attributes = attributes_form::words(lang, &site.attributes);
    let attributes: Vec<_> = attributes.iter().map(|(name, words)| format!("{name}：{words}")).collect();
    view! {
        <dl class="fact-list">
            <dt>{office::risk(lang)}</dt>
            <dd>
                <RiskSign level=site.risk />
            </dd>
            <dt>{office::code(lang)}</dt>
            <dd>{site.code.clone()}</dd>
            <dt>{office::site_kinds(lang)}</dt>
            <dd>{kinds.join(office::between_choices(lang))}</dd>
            <dt>{office::sector(lang)}</dt>
            <dd>{site.sector.name().get(lang).to_owned()}</dd>
            <dt>{office::attributes(lang)}</dt>
            <dd>{lacking(attributes.join("；"))}</dd>
            <dt>{office::grid(lang)}</dt>
            <dd>{frame.grid(site.grid)}</dd>
            <dt>{office::address(lang)}</dt>
            <dd>{lacking(site.address.clone())}</dd>
            <dt>{office::location(lang)}</dt>
            <dd>{lacking(location.unwrap_or_default())}</dd>
            <dt>{office::contacts(lang)}</dt>
            <dd>{lacking(contacts.join("；"))}</dd>
            <dt>{parties::party(lang)}</dt>
            <dd>{party(lang, site.party.as_ref())}</dd>
            <dt>{office::leader(lang)}</dt>
            <dd>{lacking(site.leader.clone())}</dd>
            <dt>{office::department(lang)}</dt>
            <dd>{lacking(department.unwrap_or_default())}</dd>
            <dt>{office::last_visit(lang)}</dt>
            <dd>{last.unwrap_or_else(|| office::never_inspected(lang).to_owned())}</dd>
            <dt>{office::next_visit(lang)}</dt>
            <dd>
                {next}
            </dd>
        </dl>
    }
    .into_any()
}

/// Its name leads to its page; its people stand behind it.
fn party(lang: Lang, party: Option<&SiteParty>) -> AnyView {
    let Some(party) = party else { return office::lacking(lang).into_any() };
    let people: Vec<_> = party.people.iter().map(person_words).collect();
    let people = (!people.is_empty()).then(|| format!(" · {}", people.join("；")));
    view! {
        <a class="link" href=party_address(party.id)>
            {party.name.clone()}
        </a>
        {people}
    }
    .into_any()
}
