//! The filter of the sites in the page's address, there and back.

use crate::office::query::Query;
use domain::{
    id::SiteId,
    risk::RiskLevel,
    sector::Sector,
    site::{SiteFilter, SiteLack},
};
use leptos_router::params::ParamsMap;

pub const SITES: &str = "/office/sites";

/// Words that nobody knows filter nothing.
pub fn site_filter(query: &ParamsMap) -> SiteFilter {
    let word = |key| query.get_str(key).unwrap_or_default();
    SiteFilter {
        query: word("q").trim().to_owned(),
        community: word("community").parse().ok(),
        grid: word("grid").parse().ok(),
        sector: Sector::parse(word("sector")),
        risk: RiskLevel::parse(word("risk")),
        lacking: SiteLack::parse(word("lacking")),
        page: word("page").parse().unwrap_or(1).max(1),
    }
}

pub fn sites_address(filter: &SiteFilter) -> String {
    Query::default()
        .with_some("lacking", filter.lacking.map(SiteLack::as_str))
        .with_some("community", filter.community)
        .with_some("grid", filter.grid)
        .with_some("sector", filter.sector.map(Sector::as_str))
        .with_some("risk", filter.risk.map(RiskLevel::as_str))
        .with("q", &filter.query)
        .with_some("page", (filter.page > 1).then_some(filter.page))
        .at(SITES)
}

pub fn site_address(site: SiteId) -> String {
    format!("{SITES}/{site}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_filter_survives_the_address() {
        let filter = SiteFilter {
            query: "jhhy".to_owned(),
            community: Some(Uuid::from_u128(7).into()),
            grid: Some(Uuid::from_u128(8).into()),
            sector: Some(Sector::School),
            risk: Some(RiskLevel::Considerable),
            lacking: Some(SiteLack::Leader),
            page: 4,
        };
        let address = sites_address(&filter);
        let (_, query) = address.split_once('?').unwrap();
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let read = site_filter(&pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect());
        assert_eq!(read, filter);
        assert_eq!(sites_address(&SiteFilter { page: 1, ..SiteFilter::default() }), SITES);
    }
}
