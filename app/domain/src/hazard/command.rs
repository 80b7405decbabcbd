//! What somebody does to a hazard, and what it must contain to be done at all.

use crate::{
    checklist::{Checklist, Severity},
    id::{ChecklistId, DepartmentId, HazardId, InspectionId, ItemId},
    limits::{Field, OverLimit, operations::check_deed},
    photo::PhotoHash,
    role::Action,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    Found(Found),
    /// 交办
    Assigned(RectificationPlan),
    ExtensionAsked {
        until: NaiveDate,
        reason: String,
    },
    ExtensionGranted {
        until: NaiveDate,
    },
    ExtensionRefused {
        reason: String,
    },
    /// 报整改完成
    Rectified {
        #[serde(default)]
        note: String,
        photos: Vec<PhotoHash>,
    },
    /// 验收
    Accepted {
        #[serde(default)]
        note: String,
        #[serde(default)]
        photos: Vec<PhotoHash>,
    },
    /// 退回
    Returned {
        reason: String,
        deadline: NaiveDate,
        #[serde(default)]
        photos: Vec<PhotoHash>,
    },
    /// 挂牌督办, major hazards only.
    Listed {
        by_authority: String,
    },
    /// 重患必停, major hazards only.
    Suspended {
        what: String,
    },
    /// 移送其他部门
    Referred {
        authority: String,
        reason: String,
    },
    /// A duplicate of another one.
    Merged {
        into: HazardId,
    },
    Reopened {
        reason: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<NaiveDate>,
    },
}

/// 发现
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Found {
    pub level: Severity,
    /// What was seen, in the finder's words.
    pub what: String,
    #[serde(default)]
    pub basis: String,
    /// Proposed by the finder; binding once assigned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    /// Who is to put it right, as told on the spot.
    #[serde(default)]
    pub responsible: String,
    pub photos: Vec<PhotoHash>,
    /// The inspection and item that it comes from; none when reported by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inspection: Option<InspectionId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checklist: Option<ChecklistId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fixed: Option<FixedOnSpot>,
}

impl Found {
    /// Whether photos of this hazard may be ones taken before: where the item that found it allows it, and nowhere else.
    pub fn gallery_allowed(&self, checklists: &[Checklist]) -> bool {
        let list = self.checklist.as_ref().and_then(|id| checklists.iter().find(|list| list.id == *id));
        let item = list.zip(self.item.as_ref()).and_then(|(list, item)| list.item(item));
        item.is_some_and(|item| item.gallery)
    }
}

/// 立查立改: put right during the visit, proven by an after photo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FixedOnSpot {
    #[serde(default)]
    pub note: String,
    pub photos: Vec<PhotoHash>,
}

/// 五落实: responsible party, measures, funds, deadline, contingency plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RectificationPlan {
    pub responsible: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<DepartmentId>,
    pub measures: String,
    pub funds: String,
    pub deadline: NaiveDate,
    pub contingency: String,
}

/// What a deed lacks or has too much of; it is told to the person before anything is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Error, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Incomplete {
    #[error("words that say what was seen are missing")]
    What,
    #[error("the after photo is missing")]
    AfterPhoto,
    #[error("the responsible party is missing")]
    Responsible,
    #[error("the measures are missing")]
    Measures,
    #[error("the funds are missing; 0 or none is an answer")]
    Funds,
    #[error("the contingency plan is missing")]
    Contingency,
    #[error("the reason is missing")]
    Reason,
    #[error("{0}")]
    OverLimit(OverLimit),
}

/// The texts of a deed, by reference of whichever kind.
macro_rules! texts_of {
    ($deed:expr) => {
        match $deed {
            Self::Found(Found { what, basis, responsible, fixed, .. }) => {
                let mut texts =
                    vec![(Field::What, what), (Field::Basis, basis), (Field::Responsible, responsible)];
                if let Some(FixedOnSpot { note, .. }) = fixed {
                    texts.push((Field::Note, note));
                }
                texts
            }
            Self::Assigned(RectificationPlan { responsible, measures, funds, contingency, .. }) => vec![
                (Field::Responsible, responsible),
                (Field::Measures, measures),
                (Field::Funds, funds),
                (Field::Contingency, contingency),
            ],
            Self::ExtensionAsked { reason, .. }
            | Self::ExtensionRefused { reason }
            | Self::Returned { reason, .. }
            | Self::Reopened { reason, .. } => vec![(Field::Reason, reason)],
            Self::Rectified { note, .. } | Self::Accepted { note, .. } => vec![(Field::Note, note)],
            Self::Listed { by_authority } => vec![(Field::Authority, by_authority)],
            Self::Suspended { what } => vec![(Field::What, what)],
            Self::Referred { authority, reason } => {
                vec![(Field::Authority, authority), (Field::Reason, reason)]
            }
            Self::ExtensionGranted { .. } | Self::Merged { .. } => vec![],
        }
    };
}

impl Deed {
    pub fn photos(&self) -> Vec<&PhotoHash> {
        self.lists_of_photos().into_iter().flatten().collect()
    }

    /// What a person must be allowed to do for this.
    pub fn action(&self) -> Action {
        match self {
            Self::Found(_) => Action::Inspect,
            Self::Rectified { .. } | Self::ExtensionAsked { .. } => Action::Rectify,
            Self::Accepted { .. } | Self::Returned { .. } => Action::Recheck,
            Self::Assigned(_)
            | Self::ExtensionGranted { .. }
            | Self::ExtensionRefused { .. }
            | Self::Listed { .. }
            | Self::Suspended { .. }
            | Self::Referred { .. }
            | Self::Merged { .. }
            | Self::Reopened { .. } => Action::Direct,
        }
    }

    /// The word stored beside the deed, equal to its tag.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Found(_) => "found",
            Self::Assigned(_) => "assigned",
            Self::ExtensionAsked { .. } => "extension_asked",
            Self::ExtensionGranted { .. } => "extension_granted",
            Self::ExtensionRefused { .. } => "extension_refused",
            Self::Rectified { .. } => "rectified",
            Self::Accepted { .. } => "accepted",
            Self::Returned { .. } => "returned",
            Self::Listed { .. } => "listed",
            Self::Suspended { .. } => "suspended",
            Self::Referred { .. } => "referred",
            Self::Merged { .. } => "merged",
            Self::Reopened { .. } => "reopened",
        }
    }

    /// Every text that a person wrote, with what it is.
    pub fn texts(&self) -> Vec<(Field, &String)> {
        texts_of!(self)
    }

    pub fn texts_mut(&mut self) -> Vec<(Field, &mut String)> {
        texts_of!(self)
    }

    /// The places where photos stand.
    pub fn lists_of_photos(&self) -> Vec<&Vec<PhotoHash>> {
        match self {
            Self::Found(found) => {
                let after = found.fixed.iter().map(|fixed| &fixed.photos);
                std::iter::once(&found.photos).chain(after).collect()
            }
            Self::Rectified { photos, .. }
            | Self::Accepted { photos, .. }
            | Self::Returned { photos, .. } => vec![photos],
            Self::Assigned(_)
            | Self::ExtensionAsked { .. }
            | Self::ExtensionGranted { .. }
            | Self::ExtensionRefused { .. }
            | Self::Listed { .. }
            | Self::Suspended { .. }
            | Self::Referred { .. }
            | Self::Merged { .. }
            | Self::Reopened { .. } => vec![],
        }
    }

    /// Refuses a deed that lacks a part or goes beyond a limit, whatever the hazard's state.
    pub fn check(&self) -> Result<(), Incomplete> {
        check_deed(self).map_err(Incomplete::OverLimit)?;
        let given = |text: &str, missing| if text.trim().is_empty() { Err(missing) } else { Ok(()) };
        match self {
            Self::Found(found) => {
                given(&found.what, Incomplete::What)?;
                match &found.fixed {
                    Some(fixed) if fixed.photos.is_empty() => Err(Incomplete::AfterPhoto),
                    _ => Ok(()),
                }
            }
            Self::Assigned(plan) => {
                given(&plan.responsible, Incomplete::Responsible)?;
                given(&plan.measures, Incomplete::Measures)?;
                given(&plan.funds, Incomplete::Funds)?;
                given(&plan.contingency, Incomplete::Contingency)
            }
            Self::Rectified { photos, .. } if photos.is_empty() => Err(Incomplete::AfterPhoto),
            Self::Rectified { .. } | Self::Accepted { .. } => Ok(()),
            Self::ExtensionAsked { reason, .. }
            | Self::ExtensionRefused { reason }
            | Self::Returned { reason, .. }
            | Self::Reopened { reason, .. } => given(reason, Incomplete::Reason),
            Self::Referred { authority, reason } => {
                given(authority, Incomplete::Responsible)?;
                given(reason, Incomplete::Reason)
            }
            Self::Listed { by_authority } => given(by_authority, Incomplete::Responsible),
            Self::Suspended { what } => given(what, Incomplete::What),
            Self::ExtensionGranted { .. } | Self::Merged { .. } => Ok(()),
        }
    }
}
