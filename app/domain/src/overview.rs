//! 总览: who must act today, then the figures. Every figure is a list's own filter, counted: it opens exactly the rows that
//! it counts, because nothing else says which they are.

use crate::{
    device::heartbeat::{UnsentFilter, UnsentState},
    id::{CommunityId, FormId, HazardId, QuestionId, SiteId},
    ledger::{LedgerFilter, LedgerStatusFilter},
    list::{ListRequest, PhotoState},
    place::{GridFilter, GridLack},
    sector::Sector,
    severity::Severity,
    site::{SiteFilter, SiteLack},
    spot_check::{ChecksStand, SpotCheckFilter},
    visit::VisitFilter,
};
use chrono::{DateTime, Days, NaiveDate, Utc, Weekday};
use serde::{Deserialize, Serialize};

/// Days within which the same thing recurs at the same site.
const RECURS_WITHIN: Days = Days::new(90);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    pub as_of: DateTime<Utc>,
    /// One of each.
    pub figures: Vec<(Figure, u64)>,
    /// The longest overdue, in days.
    pub worst_days: u32,
    /// Oldest week first.
    pub weeks: Vec<Week>,
    pub by_sector: Vec<(Sector, u64)>,
    pub by_community: Vec<(CommunityId, String, u64)>,
    pub recurring: Vec<Recurring>,
}

impl Overview {
    pub fn count(&self, figure: Figure) -> u64 {
        self.figures.iter().find(|(known, _)| *known == figure).map_or(0, |(_, count)| *count)
    }

    /// Everything that is counted: the rows that it opens, and how many they are.
    pub fn counted(&self) -> Vec<(ListRequest, u64)> {
        let figures = self.figures.iter().map(|(figure, count)| (figure.rows(), *count));
        let found = self.weeks.iter().map(|week| (week.rows_found(), week.found));
        let closed = self.weeks.iter().map(|week| (week.rows_closed(), week.closed));
        let sectors = self.by_sector.iter().map(|(sector, count)| (open_of_sector(*sector), *count));
        let communities =
            self.by_community.iter().map(|(community, _, count)| (open_of_community(*community), *count));
        let recurring = self.recurring.iter().map(|again| (again.rows(), again.times));
        let of_hazards = found.chain(closed).chain(sectors).chain(communities).chain(recurring);
        figures.chain(of_hazards.map(|(filter, count)| (filter.into(), count))).collect()
    }
}

/// A figure that stands by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    Open,
    Late,
    DueThisWeek,
    Major,
    ClosedThisMonth,
    /// Hazards of which photos were announced and have not arrived.
    HazardsMissingPhotos,
    /// The same of visits.
    VisitsMissingPhotos,
    /// Reported as put right more than two days ago.
    WaitingForAcceptance,
    /// Found more than a day ago and not assigned.
    WaitingForAssignment,
    /// Another authority's or nobody's known, and not referred yet.
    WaitingForReferral,
    /// Extensions that wait for an answer.
    ExtensionsAsked,
    /// Sites not visited within their level's interval.
    SitesNotVisited,
    GridsWithoutInspector,
    SitesWithoutContact,
    SitesWithoutLeader,
    /// Plans with spot checks that nobody carried out by the end of their last day.
    SpotChecksMissed,
    /// Phones on which something has waited since the day before yesterday, or longer.
    UnsentForLong,
}

impl Figure {
    pub const ALL: [Self; 17] = [
        Self::Open,
        Self::Late,
        Self::DueThisWeek,
        Self::Major,
        Self::ClosedThisMonth,
        Self::HazardsMissingPhotos,
        Self::VisitsMissingPhotos,
        Self::WaitingForAcceptance,
        Self::WaitingForAssignment,
        Self::WaitingForReferral,
        Self::ExtensionsAsked,
        Self::SitesNotVisited,
        Self::GridsWithoutInspector,
        Self::SitesWithoutContact,
        Self::SitesWithoutLeader,
        Self::SpotChecksMissed,
        Self::UnsentForLong,
    ];

    /// What the desk's tiles show.
    pub const TILES: [Self; 5] =
        [Self::Open, Self::Late, Self::DueThisWeek, Self::Major, Self::ClosedThisMonth];

    /// What somebody should see to today.
    pub const CONCERNS: [Self; 10] = [
        Self::SpotChecksMissed,
        Self::UnsentForLong,
        Self::WaitingForAcceptance,
        Self::WaitingForAssignment,
        Self::WaitingForReferral,
        Self::ExtensionsAsked,
        Self::SitesNotVisited,
        Self::GridsWithoutInspector,
        Self::SitesWithoutContact,
        Self::SitesWithoutLeader,
    ];

    /// The rows that it counts.
    pub fn rows(self) -> ListRequest {
        let waiting = |status, days| LedgerFilter { waiting: Some(days), ..LedgerFilter::of(status) }.into();
        match self {
            Self::Open => LedgerFilter::of(LedgerStatusFilter::Open).into(),
            Self::Late => LedgerFilter::of(LedgerStatusFilter::Late).into(),
            Self::DueThisWeek => LedgerFilter::of(LedgerStatusFilter::DueThisWeek).into(),
            Self::Major => {
                LedgerFilter { level: Some(Severity::Major), ..LedgerFilter::of(LedgerStatusFilter::Open) }
                    .into()
            }
            Self::ClosedThisMonth => LedgerFilter::of(LedgerStatusFilter::ClosedThisMonth).into(),
            Self::HazardsMissingPhotos => LedgerFilter {
                photos: Some(PhotoState::Missing),
                ..LedgerFilter::of(LedgerStatusFilter::Any)
            }
            .into(),
            Self::VisitsMissingPhotos => {
                VisitFilter { photos: Some(PhotoState::Missing), ..VisitFilter::default() }.into()
            }
            Self::WaitingForAcceptance => waiting(LedgerStatusFilter::ToAccept, 2),
            Self::WaitingForAssignment => waiting(LedgerStatusFilter::ToAssign, 1),
            Self::WaitingForReferral => LedgerFilter::of(LedgerStatusFilter::ToRefer).into(),
            Self::ExtensionsAsked => LedgerFilter::of(LedgerStatusFilter::ExtensionAsked).into(),
            Self::SitesNotVisited => SiteFilter::of(SiteLack::Visit).into(),
            Self::GridsWithoutInspector => GridFilter::of(GridLack::Inspector).into(),
            Self::SitesWithoutContact => SiteFilter::of(SiteLack::Contact).into(),
            Self::SitesWithoutLeader => SiteFilter::of(SiteLack::Leader).into(),
            Self::SpotChecksMissed => SpotCheckFilter::of(ChecksStand::Missed).into(),
            Self::UnsentForLong => UnsentFilter::of(UnsentState::Long).into(),
        }
    }
}

/// Found and closed in the seven days from this day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Week {
    pub from: NaiveDate,
    pub found: u64,
    pub closed: u64,
}

impl Week {
    /// How many of them are told.
    pub const COUNT: u64 = 12;

    /// The first days of the weeks up to this day's, the oldest first.
    pub fn begin(today: NaiveDate) -> Vec<NaiveDate> {
        let monday = today.week(Weekday::Mon).first_day();
        (0..Self::COUNT).rev().filter_map(|ago| monday.checked_sub_days(Days::new(ago * 7))).collect()
    }

    fn last(&self) -> NaiveDate {
        last_of_week(self.from)
    }

    pub fn rows_found(&self) -> LedgerFilter {
        found_between(self.from, Some(self.last()))
    }

    pub fn rows_closed(&self) -> LedgerFilter {
        closed_between(self.from, self.last())
    }
}

/// The last day of the week that begins on this one.
pub fn last_of_week(first: NaiveDate) -> NaiveDate {
    first.checked_add_days(Days::new(6)).unwrap_or(first)
}

/// All that were found on these days, however they stand.
pub fn found_between(from: NaiveDate, to: Option<NaiveDate>) -> LedgerFilter {
    LedgerFilter { found_from: Some(from), found_to: to, ..LedgerFilter::of(LedgerStatusFilter::Any) }
}

/// All that were closed on these days and still are.
pub fn closed_between(from: NaiveDate, to: NaiveDate) -> LedgerFilter {
    LedgerFilter {
        closed_from: Some(from),
        closed_to: Some(to),
        ..LedgerFilter::of(LedgerStatusFilter::Closed)
    }
}

pub fn open_of_sector(sector: Sector) -> LedgerFilter {
    LedgerFilter { sector: Some(sector), ..LedgerFilter::of(LedgerStatusFilter::Open) }
}

pub fn open_of_community(community: CommunityId) -> LedgerFilter {
    LedgerFilter { community: Some(community), ..LedgerFilter::of(LedgerStatusFilter::Open) }
}

/// The same question failed again at the same site lately.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recurring {
    pub site: SiteId,
    pub site_name: String,
    pub form: FormId,
    pub question: QuestionId,
    /// The first day that counts.
    pub since: NaiveDate,
    /// As the newest was described.
    pub what: String,
    pub times: u64,
    pub newest: HazardId,
}

impl Recurring {
    /// The first day that counts, as of this one.
    pub fn since(today: NaiveDate) -> NaiveDate {
        today.checked_sub_days(RECURS_WITHIN).unwrap_or(today)
    }

    pub fn rows(&self) -> LedgerFilter {
        LedgerFilter {
            site: Some(self.site),
            form: Some(self.form.clone()),
            question: Some(self.question.clone()),
            ..found_between(self.since, None)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_weeks_end_with_the_one_that_runs() {
        let weeks = Week::begin(day("2026-11-24"));
        assert_eq!((weeks.len(), weeks[0], weeks[11]), (12, day("2026-09-07"), day("2026-11-23")));
        let week = Week { from: weeks[11], found: 0, closed: 0 };
        assert_eq!(week.rows_found().found_to, Some(day("2026-11-29")));
    }

    #[test]
    fn no_two_figures_open_the_same_rows() {
        for (position, figure) in Figure::ALL.into_iter().enumerate() {
            for other in &Figure::ALL[position + 1..] {
                assert_ne!(figure.rows(), other.rows(), "{figure:?} {other:?}");
            }
        }
        for figure in Figure::TILES.iter().chain(&Figure::CONCERNS) {
            assert!(Figure::ALL.contains(figure), "{figure:?}");
        }
    }
}
