//! The ledger's filter in the page's address, there and back.

use crate::office::query::Query;
use domain::{
    checklist::Severity,
    id::HazardId,
    ledger::{LedgerFilter, LedgerSort, Standing},
    sector::Sector,
};
use leptos_router::params::ParamsMap;

pub const LEDGER: &str = "/office/hazards";

/// Words that nobody knows filter nothing.
pub fn ledger_filter(query: &ParamsMap) -> LedgerFilter {
    let word = |key| query.get_str(key).unwrap_or_default();
    LedgerFilter {
        standing: Standing::parse(word("standing")).unwrap_or_default(),
        level: [Severity::General, Severity::Major].into_iter().find(|level| level.as_str() == word("level")),
        sector: Sector::parse(word("sector")),
        community: word("community").parse().ok(),
        department: word("department").parse().ok(),
        site: word("site").parse().ok(),
        inspector: word("inspector").parse().ok(),
        inspection: word("inspection").parse().ok(),
        query: word("q").trim().to_owned(),
        sort: LedgerSort::parse(word("sort")).unwrap_or_default(),
        page: word("page").parse().unwrap_or(1).max(1),
    }
}

/// The hazard that is open beside the list.
pub fn hazard_in(query: &ParamsMap) -> Option<HazardId> {
    query.get_str("open")?.parse().ok()
}

fn query(filter: &LedgerFilter) -> Query {
    let usual = LedgerFilter::default();
    Query::default()
        .with_some("standing", (filter.standing != usual.standing).then(|| filter.standing.as_str()))
        .with_some("level", filter.level.map(Severity::as_str))
        .with_some("sector", filter.sector.map(Sector::as_str))
        .with_some("community", filter.community)
        .with_some("department", filter.department)
        .with_some("site", filter.site)
        .with_some("inspector", filter.inspector)
        .with_some("inspection", filter.inspection)
        .with("q", &filter.query)
        .with_some("sort", (filter.sort != usual.sort).then(|| filter.sort.as_str()))
        .with_some("page", (filter.page > 1).then_some(filter.page))
}

pub fn ledger_address(filter: &LedgerFilter) -> String {
    query(filter).at(LEDGER)
}

/// The ledger with this hazard open beside it.
pub fn ledger_with_open(filter: &LedgerFilter, hazard: HazardId) -> String {
    query(filter).with("open", hazard).at(LEDGER)
}

/// The hazard's own page.
pub fn hazard_address(hazard: HazardId) -> String {
    format!("{LEDGER}/{hazard}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn read(address: &str) -> LedgerFilter {
        let query = address.split_once('?').map_or("", |(_, query)| query);
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        ledger_filter(&pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect())
    }

    #[test]
    fn a_filter_survives_the_address() {
        let filter = LedgerFilter {
            standing: Standing::ToAccept,
            level: Some(Severity::Major),
            sector: Some(Sector::Fire),
            community: Some(Uuid::from_u128(7).into()),
            query: "惠民 市场".to_owned(),
            sort: LedgerSort::Site,
            page: 3,
            ..LedgerFilter::default()
        };
        assert_eq!(read(&ledger_address(&filter)), filter);
    }

    #[test]
    fn the_usual_ledger_has_a_bare_address() {
        assert_eq!(ledger_address(&LedgerFilter { page: 1, ..LedgerFilter::default() }), LEDGER);
        assert_eq!(read("/office/hazards?standing=nonsense&page=0").standing, Standing::Open);
    }
}
