//! 新开的店: a site that somebody makes on the spot, where none is registered. It is there at once, on the phone and at the office,
//! so that what is seen there can be recorded; the office confirms it later.
//!
//! Whoever stands before a door may not know that the office has it already, under another name or from another phone. What is
//! [like](alike) it is offered first. What is [the same](ProposedSite::is_same) becomes no second site: the office goes on with
//! the one that it has, and takes what comes about the other id as being about that.

use super::{Site, attributes::SiteAttributes};
use crate::{
    id::{CommunityId, GridId, PersonId, SiteId, SiteKind},
    limits::{
        Checked, Field, PHOTOS, check_address, check_count, check_name, check_slug, records::check_location,
        tidy_line,
    },
    order::sort_by,
    patrol::StreetAddress,
    photo::PhotoHash,
    place::Location,
    risk::RiskLevel,
    role::{Actor, ResourceScope},
    search::fold,
    sector::Sector,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Two places within so many metres may be one.
pub const SAME_METRES: f64 = 15.0;
/// More than these nobody looks through before a door.
pub const ALIKE_MOST: usize = 3;

/// A site as it is proposed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProposedSite {
    pub id: SiteId,
    pub grid: GridId,
    pub name: String,
    pub kind: SiteKind,
    /// Of the kind, as the phone was told.
    pub sector: Sector,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// Of the door.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<PhotoHash>,
}

/// 待确认: who made the site on the spot, and what shows it. Whoever saves it at the desk has confirmed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ToConfirm {
    pub by: PersonId,
    pub by_name: String,
    /// By the phone's clock.
    pub at: DateTime<Utc>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<PhotoHash>,
}

impl ProposedSite {
    pub fn resource_scope(&self) -> ResourceScope {
        ResourceScope { grid: self.grid, site: self.id, department: None, sector: self.sector }
    }

    /// With every line as a person would have it.
    #[must_use]
    pub fn tidied(self) -> Self {
        Self { name: tidy_line(&self.name), address: tidy_line(&self.address), ..self }
    }

    /// One without a name cannot be found again.
    pub fn is_named(&self) -> bool {
        !tidy_line(&self.name).is_empty()
    }

    /// # Errors
    /// What is beyond its limit.
    pub fn check(&self) -> Checked {
        check_name(Field::Name, &self.name)?;
        check_address(&self.address)?;
        check_slug(Field::Kinds, self.kind.as_str())?;
        check_count(Field::Photos, self.photos.len(), PHOTOS)?;
        self.location.as_ref().map_or(Ok(()), check_location)
    }

    /// As it is kept until somebody confirms it. `community`: in which its grid lies.
    pub fn site(&self, community: CommunityId, by: &Actor, at: DateTime<Utc>) -> Site {
        Site {
            id: self.id,
            community,
            grid: self.grid,
            name: self.name.clone(),
            code: self.code(),
            kinds: vec![self.kind.clone()],
            sector: self.sector,
            // Nobody has looked yet how dangerous it is.
            risk: RiskLevel::General,
            attributes: SiteAttributes::default(),
            address: self.address.clone(),
            location: self.location,
            contacts: vec![],
            party: None,
            leader: String::new(),
            department: None,
            // Without its sounds, which only the office's table has: it is found by what is written.
            pinyin: format!("\n{}\n{}\n{}", fold(&self.name), fold(&self.code()), fold(&self.address)),
            last_visit: None,
            last_answers: vec![],
            retired: false,
            to_confirm: Some(ToConfirm {
                by: by.person,
                by_name: by.name.clone(),
                at,
                photos: self.photos.clone(),
            }),
        }
    }

    /// Of its id, so that no two phones give the same: the office writes another on the wall.
    fn code(&self) -> String {
        let id = self.id.0.simple().to_string().to_uppercase();
        format!("N-{}", id.get(20..).unwrap_or_default())
    }

    /// Whether it is the very site: of this name, at this door or within a few metres. `folded` makes alike what differs in width,
    /// case and blanks alone.
    pub fn is_same(&self, known: &Site, folded: &dyn Fn(&str) -> String) -> bool {
        let is_one = self.id == known.id || known.retired;
        !is_one
            && self.grid == known.grid
            && folded(&self.name) == folded(&known.name)
            && (self.is_at_door(known) || self.is_near(known))
    }

    fn is_at_door(&self, known: &Site) -> bool {
        let (mine, its) = (StreetAddress::read(&self.address), StreetAddress::read(&known.address));
        mine.filter(|address| address.number.is_some()).is_some_and(|mine| Some(mine) == its)
    }

    fn is_near(&self, known: &Site) -> bool {
        let metres =
            self.location.as_ref().zip(known.location.as_ref()).map(|(one, other)| one.distance(other));
        metres.is_some_and(|metres| metres <= SAME_METRES)
    }
}

/// 就是这家: known sites that may be the proposed one: of its name wherever they are, at its door, or near it with a name like
/// it. The nearest first; those whose place is unknown come last.
pub fn alike<'a>(proposed: &ProposedSite, sites: &'a [Site], fold: &dyn Fn(&str) -> String) -> Vec<&'a Site> {
    let name = fold(&proposed.name);
    let may_be = |site: &&Site| {
        let known = fold(&site.name);
        let is_like = !name.is_empty() && (known.contains(&name) || name.contains(&known));
        !site.retired
            && site.id != proposed.id
            && (known == name || proposed.is_at_door(site) || (is_like && proposed.is_near(site)))
    };
    let mut alike: Vec<_> = sites.iter().filter(may_be).collect();
    let metres = |site: &Site| Some(site.location.as_ref()?.distance(proposed.location.as_ref()?));
    let far = |site: &Site| metres(site).unwrap_or(f64::INFINITY);
    sort_by(&mut alike, |a, b| far(a).total_cmp(&far(b)));
    alike.truncate(ALIKE_MOST);
    alike
}
