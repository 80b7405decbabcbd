//! The library as a whole, and what of it is read in a sector.

use super::{Law, LawStatus, Quotation};
use crate::{
    id::{LawId, LawTopicId, QuoteId},
    sector::Sector,
    text::Bilingual,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What quotations are about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LawTopic {
    pub id: LawTopicId,
    pub name: Bilingual,
    /// Sectors in which one looks for it.
    pub sectors: Vec<Sector>,
}

/// Texts and what is quoted from them, both in the order of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LawLibrary {
    pub topics: Vec<LawTopic>,
    pub laws: Vec<Law>,
    pub quotations: Vec<Quotation>,
}

/// What of the library is read in a sector, as it travels to a phone and stays there. Quotations of several sectors are in
/// each of them, so that one sector is complete without the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SectorLaw {
    pub sector: Sector,
    pub library: LawLibrary,
}

/// A quotation that somebody rests on, and whose text is in force no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EndedBasis<'a> {
    pub quotation: &'a Quotation,
    pub law: &'a Law,
}

impl LawLibrary {
    pub fn law(&self, id: &LawId) -> Option<&Law> {
        self.laws.iter().find(|law| law.id == *id)
    }

    pub fn quotation(&self, id: &QuoteId) -> Option<&Quotation> {
        self.quotations.iter().find(|quotation| quotation.id == *id)
    }

    /// What is cited although its text has ended by that day, in the order in which it is cited. What the library does not
    /// have is not told of here: whoever publishes a form has to look for that.
    pub fn ended<'a>(
        &'a self,
        cited: impl IntoIterator<Item = &'a QuoteId>,
        on: NaiveDate,
    ) -> Vec<EndedBasis<'a>> {
        let found = cited.into_iter().filter_map(|id| {
            let quotation = self.quotation(id)?;
            Some(EndedBasis { quotation, law: self.law(&quotation.law)? })
        });
        found.filter(|basis| basis.law.status(on) == LawStatus::Ended).collect()
    }

    /// What is read in a sector: the laws that belong to it with all that is quoted from them, and of other laws the quotations
    /// on its topics.
    pub fn of_sector(&self, sector: Sector) -> SectorLaw {
        let topics: BTreeSet<&LawTopicId> = self
            .topics
            .iter()
            .filter(|topic| topic.sectors.contains(&sector))
            .map(|topic| &topic.id)
            .collect();
        let own: BTreeSet<&LawId> =
            self.laws.iter().filter(|law| law.sector == sector).map(|law| &law.id).collect();
        let quotations: Vec<&Quotation> = self
            .quotations
            .iter()
            .filter(|quotation| {
                own.contains(&quotation.law) || quotation.topics.iter().any(|topic| topics.contains(topic))
            })
            .collect();
        let named: BTreeSet<&LawTopicId> =
            quotations.iter().flat_map(|quotation| &quotation.topics).collect();
        let quoted: BTreeSet<&LawId> = quotations.iter().map(|quotation| &quotation.law).collect();
        let library = Self {
            topics: self.topics.iter().filter(|topic| named.contains(&topic.id)).cloned().collect(),
            laws: self.laws.iter().filter(|law| quoted.contains(&law.id)).cloned().collect(),
            quotations: quotations.into_iter().cloned().collect(),
        };
        SectorLaw { sector, library }
    }
}
