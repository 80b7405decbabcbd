//! What a list can be asked, part by part. One function of each filter shows its parts; writing the address, reading it and
//! turning the page all go through it, so that no part can be forgotten by one of them.

use crate::{
    audit::{Act, SubjectKind},
    campaign::CampaignState,
    code::ComplaintState,
    device::heartbeat::UnsentState,
    id::{
        CommunityId, DepartmentId, FormId, GridId, HazardId, PartyId, PersonId, QuestionId, SiteId, VisitId,
    },
    ledger::{LedgerSort, LedgerStatusFilter},
    party::PartyKind,
    place::GridLack,
    public_report::ReportStateKind,
    quarantine::QuarantineState,
    risk::RiskLevel,
    role::Role,
    sector::Sector,
    severity::Severity,
    site::SiteLack,
    spot_check::{ChecksStand, SpotCheckKind, plan::PlanStep},
    task::{TaskLate, TaskStateKind},
    visit::{VisitNature, VisitOutcome},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a list can be asked. Every part narrows, but for the order and the page.
pub trait ListFilter: Clone + Default {
    /// Shows every part with the key by which addresses call it, in the order in which they stand there.
    fn parts(&mut self, parts: &mut impl Parts);

    /// As the words of an address say it. Words that nobody knows narrow nothing.
    #[must_use]
    fn read(word: impl Fn(&str) -> Option<String>) -> Self {
        let mut filter = Self::default();
        filter.parts(&mut Reading(word));
        filter
    }

    /// Keys and words of an address, without what is usual.
    fn words(&self) -> Vec<(&'static str, String)> {
        let mut written = Writing(vec![]);
        self.clone().parts(&mut written);
        written.0
    }

    /// The page that is asked for, from 1.
    fn page(&self) -> u32 {
        let mut paging = Paging { to: None, was: 1 };
        self.clone().parts(&mut paging);
        paging.was
    }

    /// The same list at another page.
    #[must_use]
    fn at_page(&self, page: u32) -> Self {
        let mut filter = self.clone();
        filter.parts(&mut Paging { to: Some(page), was: 1 });
        filter
    }
}

/// What goes through a filter, part by part.
pub trait Parts {
    /// A choice that may be left open.
    fn choice<T: Word>(&mut self, key: &'static str, chosen: &mut Option<T>);

    /// A choice that is always made. The usual one is not said.
    fn usual<T: Word + Default + PartialEq>(&mut self, key: &'static str, chosen: &mut T);

    /// Words to search for.
    fn search(&mut self, query: &mut String);

    /// From 1.
    fn page(&mut self, page: &mut u32);
}

const SEARCH: &str = "q";
const PAGE: &str = "page";

/// From the words of an address.
struct Reading<F>(F);

impl<F: Fn(&str) -> Option<String>> Parts for Reading<F> {
    fn choice<T: Word>(&mut self, key: &'static str, chosen: &mut Option<T>) {
        *chosen = (self.0)(key).and_then(|word| T::of_word(&word));
    }

    fn usual<T: Word + Default + PartialEq>(&mut self, key: &'static str, chosen: &mut T) {
        *chosen = (self.0)(key).and_then(|word| T::of_word(&word)).unwrap_or_default();
    }

    fn search(&mut self, query: &mut String) {
        *query = (self.0)(SEARCH).unwrap_or_default().trim().to_owned();
    }

    fn page(&mut self, page: &mut u32) {
        *page = (self.0)(PAGE).and_then(|word| word.parse().ok()).unwrap_or(1).max(1);
    }
}

/// To the words of an address.
struct Writing(Vec<(&'static str, String)>);

impl Parts for Writing {
    fn choice<T: Word>(&mut self, key: &'static str, chosen: &mut Option<T>) {
        self.0.extend(chosen.as_ref().map(|chosen| (key, chosen.word())));
    }

    fn usual<T: Word + Default + PartialEq>(&mut self, key: &'static str, chosen: &mut T) {
        if *chosen != T::default() {
            self.0.push((key, chosen.word()));
        }
    }

    fn search(&mut self, query: &mut String) {
        if !query.is_empty() {
            self.0.push((SEARCH, query.clone()));
        }
    }

    fn page(&mut self, page: &mut u32) {
        if *page > 1 {
            self.0.push((PAGE, page.to_string()));
        }
    }
}

/// To another page, or only to see which it is.
struct Paging {
    to: Option<u32>,
    was: u32,
}

impl Parts for Paging {
    fn choice<T: Word>(&mut self, _: &'static str, _: &mut Option<T>) {}

    fn usual<T: Word + Default + PartialEq>(&mut self, _: &'static str, _: &mut T) {}

    fn search(&mut self, _: &mut String) {}

    fn page(&mut self, page: &mut u32) {
        self.was = (*page).max(1);
        *page = self.to.unwrap_or(*page);
    }
}

/// A value as one word of an address.
pub trait Word: Sized {
    fn word(&self) -> String;

    /// None: nobody knows it.
    fn of_word(word: &str) -> Option<Self>;
}

/// How far the photos of a record have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhotoState {
    /// Some were announced and have not arrived.
    Missing,
}

impl PhotoState {
    pub const ALL: [Self; 1] = [Self::Missing];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// By the words of the type's own.
macro_rules! by_its_words {
    ($($type:ty),+ $(,)?) => {$(
        impl Word for $type {
            fn word(&self) -> String {
                self.as_str().to_owned()
            }

            fn of_word(word: &str) -> Option<Self> {
                Self::parse(word)
            }
        }
    )+};
}

by_its_words!(
    Act,
    CampaignState,
    ChecksStand,
    ComplaintState,
    GridLack,
    VisitNature,
    VisitOutcome,
    LedgerSort,
    PartyKind,
    PhotoState,
    PlanStep,
    QuarantineState,
    ReportStateKind,
    RiskLevel,
    Role,
    Sector,
    Severity,
    SiteLack,
    SpotCheckKind,
    LedgerStatusFilter,
    SubjectKind,
    TaskLate,
    TaskStateKind,
    UnsentState,
);

/// As it is printed and parsed.
macro_rules! as_printed {
    ($($type:ty),+ $(,)?) => {$(
        impl Word for $type {
            fn word(&self) -> String {
                self.to_string()
            }

            fn of_word(word: &str) -> Option<Self> {
                word.parse().ok()
            }
        }
    )+};
}

as_printed!(
    CommunityId,
    DepartmentId,
    GridId,
    HazardId,
    VisitId,
    NaiveDate,
    PartyId,
    PersonId,
    SiteId,
    Uuid,
    u16
);

/// Slugs of the catalogue: any word may be one.
macro_rules! slugs {
    ($($type:ty),+ $(,)?) => {$(
        impl Word for $type {
            fn word(&self) -> String {
                self.0.clone()
            }

            fn of_word(word: &str) -> Option<Self> {
                (!word.is_empty()).then(|| Self::from(word))
            }
        }
    )+};
}

slugs!(FormId, QuestionId);
