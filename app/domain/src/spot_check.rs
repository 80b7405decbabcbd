//! # 抽查: sites that are checked without notice
//!
//! The desk makes a [plan]: which sites, by whom, from which hour on. Each site of it is one [`SpotCheck`]. Whoever goes
//! there hears which site it is when its hour has come, and nobody else before: neither the site nor those of the office who have no
//! part in it.

mod attempts;
mod check;
pub mod file;
mod kind;
mod list;
mod missed;
mod order;
pub mod plan;
mod rule;
mod sealing;
mod words;

pub use attempts::Attempts;
pub use check::{SpotCheck, SpotCheckState, at_site};
pub use kind::SpotCheckKind;
pub use list::{ChecksStand, SpotCheckFilter, SpotCheckPage, SpotCheckRow};
pub use missed::{CheckProgress, missed};
pub use order::{
    LastHazard, OpenedBy, OrderContent, OrderKey, OrderLeader, OrderPhase, OrderState, OrderWords,
    SealedOrder,
};
pub use rule::{ByRule, LATELY_DAYS, RuleReason, SiteFacts, SpotCheckRule};
pub use sealing::{ContentKey, KeyProof, NotOpened, NotSealed, PLAIN, SealedFor, open, seal, wrap};
pub use words::{LISTED, ROUNDS, SpokenWords, WORDS, Word, WordList};
