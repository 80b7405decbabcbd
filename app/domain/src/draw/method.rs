//! 抽取方法: how many of what, and by which rules.

use super::DrawError;
use serde::{Deserialize, Serialize};

/// The rules of selection that stand in [`super`]. Others would be another number.
pub const METHOD: u16 = 1;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Method {
    /// [`METHOD`].
    pub version: u16,
    /// How many sites are drawn.
    pub sites: u32,
    /// How many people are sent to each.
    pub people_per_site: u32,
    /// 回避本网格: nobody goes to sites of their own grids.
    pub avoid_own_grid: bool,
}

impl Method {
    pub(super) fn check(&self) -> Result<(), DrawError> {
        if self.version == METHOD { Ok(()) } else { Err(DrawError::UnknownMethod(self.version)) }
    }
}
