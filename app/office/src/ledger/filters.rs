//! The ledger's filters, what narrows it beyond them, and what they leave: "126 条，17 条逾期，最久 9 天".

use super::table;
use crate::{
    i18n::{office, parties, trade},
    list::{Control, DeskList, communities, named, one_of},
    lists::ledger::Ledger,
    server_fns::frame::Frame,
};
use chrono::NaiveDate;
use domain::{
    ledger::{LedgerFilter, LedgerPage, LedgerRow, LedgerSort, LedgerStatusFilter},
    sector::Sector,
    severity::Severity,
    text::Lang,
};
use leptos::prelude::*;

/// The standings with a chip of their own.
const CHIPS: [LedgerStatusFilter; 5] = [
    LedgerStatusFilter::Open,
    LedgerStatusFilter::Late,
    LedgerStatusFilter::DueThisWeek,
    LedgerStatusFilter::ToAssign,
    LedgerStatusFilter::ToAccept,
];

impl DeskList for Ledger {
    fn controls(lang: Lang, frame: &Frame, filter: &LedgerFilter) -> Vec<Control<LedgerFilter>> {
        let chips = CHIPS.map(|status| Control::Chip {
            words: trade::ledger_status(lang, status).to_owned(),
            to: LedgerFilter { status, ..filter.clone() },
            on: filter.status == status,
        });
        let is_major = filter.level == Some(Severity::Major);
        let major = Control::Chip {
            words: trade::major_hazard(lang).to_owned(),
            to: LedgerFilter { level: (!is_major).then_some(Severity::Major), ..filter.clone() },
            on: is_major,
        };
        let departments = frame.departments.iter().map(|department| (&department.id, &department.name));
        let choices = [
            statuses(lang, filter),
            communities(lang, frame, filter.community.as_ref()),
            Control::choice(
                "sector",
                office::sector(lang),
                one_of(Sector::ALL, |sector| sector.name().get(lang).to_owned()),
                filter.sector.as_ref(),
            ),
            Control::choice(
                "department",
                office::department(lang),
                named(departments),
                filter.department.as_ref(),
            ),
            Control::choice(
                "sort",
                trade::sort_due(lang),
                one_of(LedgerSort::ALL.into_iter().skip(1), |sort| trade::sort(lang, *sort).to_owned()),
                Some(&filter.sort).filter(|sort| **sort != LedgerSort::default()),
            ),
        ];
        chips.into_iter().chain([major]).chain(choices).collect()
    }

    fn narrowing(
        lang: Lang,
        _: &Frame,
        filter: &LedgerFilter,
        first: Option<&LedgerRow>,
    ) -> Vec<(String, LedgerFilter)> {
        let called = |name: fn(&LedgerRow) -> &str, unknown: &str| first.map_or(unknown, name).to_owned();
        let all = || filter.clone();
        let site = filter.site.map(|_| {
            let name = called(|row| &row.site_name, office::one_site(lang));
            (name, LedgerFilter { site: None, ..all() })
        });
        let party = filter.party.map(|_| {
            let name = first.and_then(|row| row.party_name.clone());
            let name = name.unwrap_or_else(|| parties::one(lang).to_owned());
            (name, LedgerFilter { party: None, ..all() })
        });
        let inspector = filter.inspector.map(|_| {
            let name = called(|row| &row.found_by, office::one_person(lang));
            (name, LedgerFilter { inspector: None, ..all() })
        });
        let visit =
            filter.visit.map(|_| (office::one_visit(lang).to_owned(), LedgerFilter { visit: None, ..all() }));
        let question = match (&filter.form, &filter.question) {
            (None, None) => None,
            (Some(_), None) => Some(office::one_form(lang)),
            (Some(_) | None, Some(_)) => Some(office::one_question(lang)),
        };
        let question =
            question.map(|words| (words.to_owned(), LedgerFilter { form: None, question: None, ..all() }));
        let waiting = filter
            .waiting
            .map(|days| (office::waiting_over(lang, days), LedgerFilter { waiting: None, ..all() }));
        let found = days(lang, filter.found_from, filter.found_to).map(|days| {
            (office::found_on(lang, days), LedgerFilter { found_from: None, found_to: None, ..all() })
        });
        let closed = days(lang, filter.closed_from, filter.closed_to).map(|days| {
            (office::closed_on(lang, days), LedgerFilter { closed_from: None, closed_to: None, ..all() })
        });
        let photos = filter
            .photos
            .map(|_| (office::lacks_photos(lang).to_owned(), LedgerFilter { photos: None, ..all() }));
        let query = (!filter.query.is_empty()).then(|| {
            let words = office::found_by(lang, filter.query.clone());
            (words, LedgerFilter { query: String::new(), ..all() })
        });
        [site, party, inspector, visit, question, waiting, found, closed, photos, query]
            .into_iter()
            .flatten()
            .collect()
    }

    fn count(lang: Lang, page: &LedgerPage) -> String {
        let summary = page.summary;
        if summary.late > 0 {
            office::count_late(lang, page.total, summary.late, summary.worst_days)
        } else {
            office::count(lang, page.total)
        }
    }

    fn nothing(lang: Lang) -> AnyView {
        table::nothing(lang)
    }
}

/// Those without a chip; while a chip is on, leaving the choice open keeps it.
fn statuses(lang: Lang, filter: &LedgerFilter) -> Control<LedgerFilter> {
    let other = |status: &LedgerStatusFilter| !CHIPS.contains(status);
    let word = filter.status.as_str().to_owned();
    let (chosen, unchosen) =
        if other(&filter.status) { (word, String::new()) } else { (String::new(), word) };
    Control::Choice {
        key: "status",
        label: office::other_status(lang),
        options: one_of(LedgerStatusFilter::ALL.into_iter().filter(other), |status| {
            trade::ledger_status(lang, *status).to_owned()
        }),
        chosen,
        unchosen,
    }
}

/// Office days, both included; none where neither end is set.
fn days(lang: Lang, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Option<String> {
    match (from, to) {
        (None, None) => None,
        (Some(from), Some(to)) => Some(office::days_between(lang, from.to_string(), to.to_string())),
        (Some(from), None) => Some(office::days_since(lang, from.to_string())),
        (None, Some(to)) => Some(office::days_until(lang, to.to_string())),
    }
}
