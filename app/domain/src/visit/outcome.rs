//! 检查结果: what became of going there.

use crate::text::Bilingual;
use serde::{Deserialize, Serialize};

/// Whether the site could be checked, and what was met with where it could not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum VisitOutcome {
    /// 已检查
    #[default]
    Done,
    /// 关门、停业中: nobody was there to open.
    Closed,
    /// 拒绝检查: somebody was there and did not let the inspector in.
    Refused,
    /// 已搬迁: it is somewhere else now.
    Moved,
    /// 已不存在、已注销
    Gone,
}

impl VisitOutcome {
    pub const ALL: [Self; 5] = [Self::Done, Self::Closed, Self::Refused, Self::Moved, Self::Gone];
    /// 没查成: what a visit without forms may have come to.
    pub const NOT_DONE: [Self; 4] = [Self::Closed, Self::Refused, Self::Moved, Self::Gone];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Closed => "closed",
            Self::Refused => "refused",
            Self::Moved => "moved",
            Self::Gone => "gone",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == word)
    }

    pub fn name(self) -> Bilingual {
        match self {
            Self::Done => Bilingual::new("已检查", "Inspected"),
            Self::Closed => Bilingual::new("关门、停业中", "Closed"),
            Self::Refused => Bilingual::new("拒绝检查", "Inspection refused"),
            Self::Moved => Bilingual::new("已搬迁", "Moved away"),
            Self::Gone => Bilingual::new("已不存在、已注销", "No longer exists"),
        }
    }

    /// Only then was anything checked: the site's last visit moves, and a form is there to be read.
    pub fn is_done(self) -> bool {
        self == Self::Done
    }

    /// What was met with has to be said in words: a refusal has consequences.
    pub fn needs_note(self) -> bool {
        self == Self::Refused
    }
}
