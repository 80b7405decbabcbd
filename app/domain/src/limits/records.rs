//! What the desk keeps and lists bring in: sites, parties, people, places.

use super::{
    ADDRESS, CERTIFICATES, CODE, COMMUNITIES, CONTACTS, Checked, Excess, Field, GRIDS, KINDS, OverLimit,
    PARTY_PEOPLE, PHONE, SITES, check_address, check_code, check_count, check_day, check_line, check_measure,
    check_name, check_phone, check_slug, check_text, check_username,
};
use crate::{
    party::{CreditCode, Party, PartyPerson},
    person::{Certificate, Person},
    place::{Location, Office},
    site::{
        Contact, Site,
        attributes::{AttributeOutOfRange, SiteAttributes},
    },
};

pub fn check_site(site: &Site) -> Checked {
    check_name(Field::Name, &site.name)?;
    check_code(&site.code)?;
    check_address(&site.address)?;
    check_name(Field::Leader, &site.leader)?;
    check_count(Field::Kinds, site.kinds.len(), KINDS)?;
    site.kinds.iter().try_for_each(|kind| check_slug(Field::Kinds, kind.as_str()))?;
    check_count(Field::Contacts, site.contacts.len(), CONTACTS)?;
    site.contacts.iter().try_for_each(check_contact)?;
    check_attributes(&site.attributes)?;
    site.location.as_ref().map_or(Ok(()), check_location)
}

pub fn check_contact(contact: &Contact) -> Checked {
    check_name(Field::Contacts, &contact.name)?;
    check_name(Field::Duty, &contact.duty)?;
    check_phone(&contact.phone)
}

/// Its credit code has a form of its own ([`CreditCode`]).
pub fn check_party(party: &Party) -> Checked {
    check_name(Field::Name, &party.name)?;
    check_phone(&party.phone)?;
    check_count(Field::People, party.people.len(), PARTY_PEOPLE)?;
    party.people.iter().try_for_each(check_party_person)?;
    check_text(Field::Note, &party.note)
}

pub fn check_party_person(person: &PartyPerson) -> Checked {
    check_name(Field::People, &person.name)?;
    check_name(Field::Post, &person.post)?;
    check_phone(&person.phone)
}

pub fn check_person(person: &Person) -> Checked {
    check_username(&person.username)?;
    check_name(Field::Name, &person.name)?;
    check_line(Field::Phone, &person.phone, PHONE)?;
    check_count(Field::Grids, person.grids.len(), GRIDS)?;
    check_count(Field::Communities, person.communities.len(), COMMUNITIES)?;
    check_count(Field::Sites, person.sites.len(), SITES)?;
    check_count(Field::Certificates, person.certificates.len(), CERTIFICATES)?;
    person.certificates.iter().try_for_each(check_certificate)
}

pub fn check_certificate(certificate: &Certificate) -> Checked {
    check_line(Field::Certificates, &certificate.number, CODE)?;
    check_name(Field::Issuer, &certificate.issuer)?;
    check_day(Field::Certificates, certificate.valid_until)
}

pub fn check_office(office: &Office) -> Checked {
    check_name(Field::Name, &office.name)
}

/// A point on the ground; an accuracy beyond the earth's size is none.
pub fn check_attributes(attributes: &SiteAttributes) -> Checked {
    attributes.check().map_err(|AttributeOutOfRange { from, to, .. }| OverLimit {
        field: Field::Attributes,
        excess: Excess::Outside(from as i64, to as i64),
    })
}

pub fn check_location(at: &Location) -> Checked {
    check_measure(Field::Latitude, at.latitude, (-90, 90))?;
    check_measure(Field::Longitude, at.longitude, (-180, 180))?;
    at.accuracy.map_or(Ok(()), |metres| check_measure(Field::Accuracy, metres, (0, 40_000_000)))
}

/// What the desk's forms hold a line to, for `maxlength`; none where a field is free text or no text at all.
pub fn longest_line(field: &str) -> Option<usize> {
    match field {
        "name" | "leader" | "duty" | "post" | "party" | "responsible" | "authority" => Some(super::NAME),
        "code" => Some(CODE),
        // Blanks between groups are taken, too.
        "credit_code" => Some(2 * CreditCode::LENGTH),
        "phone" => Some(PHONE),
        "address" => Some(ADDRESS),
        "username" => Some(super::USERNAME),
        _ => None,
    }
}
