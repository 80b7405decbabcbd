//! The filter of the inspections in the page's address, there and back.

use crate::office::query::Query;
use domain::{
    id::{InspectionId, SiteId},
    inspection::{InspectionFilter, InspectionKind},
    sector::Sector,
};
use leptos_router::params::ParamsMap;

pub const INSPECTIONS: &str = "/office/inspections";

/// Words that nobody knows filter nothing.
pub fn inspection_filter(query: &ParamsMap) -> InspectionFilter {
    let word = |key| query.get_str(key).unwrap_or_default();
    InspectionFilter {
        kind: InspectionKind::parse(word("kind")),
        sector: Sector::parse(word("sector")),
        community: word("community").parse().ok(),
        site: word("site").parse().ok(),
        inspector: word("inspector").parse().ok(),
        from: word("from").parse().ok(),
        to: word("to").parse().ok(),
        query: word("q").trim().to_owned(),
        page: word("page").parse().unwrap_or(1).max(1),
    }
}

pub fn inspections_address(filter: &InspectionFilter) -> String {
    Query::default()
        .with_some("kind", filter.kind.map(InspectionKind::as_str))
        .with_some("sector", filter.sector.map(Sector::as_str))
        .with_some("community", filter.community)
        .with_some("site", filter.site)
        .with_some("inspector", filter.inspector)
        .with_some("from", filter.from)
        .with_some("to", filter.to)
        .with("q", &filter.query)
        .with_some("page", (filter.page > 1).then_some(filter.page))
        .at(INSPECTIONS)
}

pub fn inspection_address(inspection: InspectionId) -> String {
    format!("{INSPECTIONS}/{inspection}")
}

/// Every inspection of one site.
pub fn inspections_of(site: SiteId) -> String {
    inspections_address(&InspectionFilter { site: Some(site), ..InspectionFilter::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;
    use uuid::Uuid;

    #[test]
    fn a_filter_survives_the_address() {
        let filter = InspectionFilter {
            kind: Some(InspectionKind::Surprise),
            sector: Some(Sector::Fire),
            community: Some(Uuid::from_u128(7).into()),
            from: NaiveDate::from_ymd_opt(2026, 11, 1),
            to: NaiveDate::from_ymd_opt(2026, 11, 30),
            query: "XC-2026".to_owned(),
            page: 2,
            ..InspectionFilter::default()
        };
        let address = inspections_address(&filter);
        let (_, query) = address.split_once('?').unwrap();
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let read = inspection_filter(&pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect());
        assert_eq!(read, filter);
        assert_eq!(inspections_address(&InspectionFilter { page: 1, ..Default::default() }), INSPECTIONS);
    }
}
