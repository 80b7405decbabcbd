//! 判定: what an answer says of its question.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Pass,
    Fail,
    NotApplicable,
    /// It fails as it did before: the hazard of then is still open, and it is no second one.
    StillOpen,
    /// The question asks for a fact and has no criterion.
    Information,
}
