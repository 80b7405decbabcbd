//! Why a draw cannot be made.

use crate::limits::OverLimit;
use thiserror::Error;

/// Of sites and people the name, as it stands in the list.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DrawError {
    #[error("there is no site to draw from")]
    NoSites,
    #[error("there is nobody to be sent")]
    NoPeople,
    #[error("no site, or nobody for a site, is wanted")]
    NothingWanted,
    #[error("{wanted} sites are wanted and {there} are there")]
    TooFewSites { wanted: u32, there: usize },
    /// Asked of every site that could be drawn, before anything is: a draw that cannot be carried out would have to be made
    /// again, and whoever could bring that about could try until the outcome pleases.
    #[error("{wanted} people are wanted for {site} and {there} may go there")]
    TooFewMayGo { site: String, wanted: u32, there: usize },
    #[error("{0} is in the list of sites twice")]
    DuplicateSite(String),
    #[error("{0} is in the list of people twice")]
    DuplicatePerson(String),
    #[error("the weight of {0} is no whole number from 1 to a million")]
    Weight(String),
    #[error("there is no method {0}")]
    UnknownMethod(u16),
    #[error("{0}")]
    OverLimit(#[from] OverLimit),
    /// What the seed is to come from, or what it came from.
    #[error("a text of the seed is empty, too long, or not one line")]
    SeedText,
    /// Of one person the seed would be known to them alone.
    #[error("two people at least must commit words")]
    TooFewCommitments,
    #[error("{0} has committed twice")]
    DuplicateCommitment(String),
    /// Whoever knows the seed before the fingerprint is published can choose the list by it.
    #[error("the seed was known before the fingerprint was published, or before its source was due")]
    SeedTooEarly,
    #[error("the seed is not from the source that was named")]
    OtherSource,
    /// The draw is void.
    #[error("{0} has not revealed the words that were committed")]
    NotRevealed(String),
    /// The same.
    #[error("{0} has revealed other words than those that were committed")]
    WrongReveal(String),
    #[error("{0} has committed nothing")]
    NotCommitted(String),
    #[error("it is not said why the draw is void")]
    NoReason,
    #[error("the draw has a result already, or is void")]
    Ended,
}
