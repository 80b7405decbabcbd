//! The addresses of lists: of the page, and of the files. What they ask is the filter's own to say.

use crate::{
    lists::{List, path},
    query::Query,
};
use domain::{
    list::{FileFormat, ListFilter, ListName, ListRequest},
    site::SiteFilter,
};
use leptos_router::params::ParamsMap;

fn query(words: Vec<(&'static str, String)>) -> Query {
    words.into_iter().fold(Query::default(), |query, (key, word)| query.with(key, word))
}

/// The list, asked so.
pub fn address<L: List>(filter: &L::Filter) -> String {
    query(filter.words()).at(path(L::NAME))
}

/// What a figure opens.
pub fn request_address(request: &ListRequest) -> String {
    query(request.words()).at(path(request.name()))
}

/// The list with something of it open beside.
pub fn with_open<L: List>(filter: &L::Filter, open: impl ToString) -> String {
    query(filter.words()).with("open", open.to_string()).at(path(L::NAME))
}

/// The whole list as a file: pages are the screen's.
pub fn export_address(list: ListName, filter: &impl ListFilter, format: FileFormat) -> String {
    let at = format!("/office/export/{}/{}", list.as_str(), format.as_str());
    query(filter.at_page(1).words()).at(&at)
}

/// The codes for the walls of the sites that the list is asked for, whatever its page.
pub fn posters_address(filter: &SiteFilter) -> String {
    query(filter.at_page(1).words()).at("/office/sites/posters")
}

/// What the address of a page asks.
pub fn read<F: ListFilter>(query: &ParamsMap) -> F {
    F::read(|key| query.get(key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lists::{audit::Audit, ledger::Ledger, people::People, sites::Sites, visits::Visits};
    use domain::{
        audit::AuditFilter,
        ledger::{LedgerFilter, LedgerSort, LedgerStatusFilter},
        overview::Figure,
        person::PersonFilter,
        sector::Sector,
        severity::Severity,
        visit::{VisitFilter, VisitNature},
    };
    use uuid::Uuid;

    fn read_again<L: List>(filter: &L::Filter) -> L::Filter {
        let address = address::<L>(filter);
        let words = address.split_once('?').map_or("", |(_, words)| words).split('&');
        let pairs = words.filter_map(|pair| pair.split_once('='));
        read(&pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect())
    }

    /// With blanks and signs that addresses are made of, as a browser's router reads them.
    #[test]
    fn a_filter_survives_the_address() {
        let query = "惠民 市场 5%&a=b?#".to_owned();
        let ledger = LedgerFilter {
            status: LedgerStatusFilter::ToAccept,
            level: Some(Severity::Major),
            sector: Some(Sector::Fire),
            community: Some(Uuid::from_u128(7).into()),
            question: Some("楼道 1".into()),
            query: query.clone(),
            sort: LedgerSort::Site,
            page: 3,
            ..LedgerFilter::default()
        };
        assert_eq!(read_again::<Ledger>(&ledger), ledger);
        let visits = VisitFilter {
            nature: Some(VisitNature::Patrol),
            from: "2026-11-01".parse().ok(),
            query: query.clone(),
            page: 2,
            ..VisitFilter::default()
        };
        assert_eq!(read_again::<Visits>(&visits), visits);
        let sites = SiteFilter { query: query.clone(), page: 4, ..SiteFilter::default() };
        assert_eq!(read_again::<Sites>(&sites), sites);
        let people = PersonFilter { query: query.clone(), page: 2, ..PersonFilter::default() };
        assert_eq!(read_again::<People>(&people), people);
        let audit = AuditFilter { query, page: 9, ..AuditFilter::default() };
        assert_eq!(read_again::<Audit>(&audit), audit);
    }

    #[test]
    fn the_usual_list_has_a_bare_address() {
        assert_eq!(
            address::<Ledger>(&LedgerFilter { page: 1, ..LedgerFilter::default() }),
            "/office/hazards"
        );
        assert_eq!(request_address(&Figure::Late.rows()), "/office/hazards?status=late");
        assert_eq!(request_address(&Figure::SitesWithoutLeader.rows()), "/office/sites?lacking=leader");
    }

    #[test]
    fn a_file_holds_all_pages() {
        let filter = SiteFilter { sector: Some(Sector::School), page: 4, ..SiteFilter::default() };
        let file = export_address(ListName::Sites, &filter, FileFormat::Xlsx);
        assert_eq!(file, "/office/export/sites/xlsx?sector=school");
        assert_eq!(posters_address(&filter), "/office/sites/posters?sector=school");
    }
}
