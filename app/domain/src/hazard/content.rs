//! What commands and events hold. A command that is followed becomes an event of the same content, so each content is
//! written down once; what it lacks is the command's to say ([`HazardCommand::check`](super::HazardCommand::check)).

use crate::{
    fen::Fen,
    form::{Form, ResponsibleKind},
    id::{DepartmentId, FormId, HazardId, QuestionId, VisitId},
    photo::PhotoHash,
    place::Location,
    severity::Severity,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

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
    /// Of which kind they are. A phone of a version without this word means the site's party.
    #[serde(default, skip_serializing_if = "ResponsibleKind::is_site")]
    pub responsible_kind: ResponsibleKind,
    pub photos: Vec<PhotoHash>,
    /// Where the finder stood who reported it by itself; what a visit found lies where the visit says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// The visit and question that it comes from; none when reported by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<VisitId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<FormId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<QuestionId>,
    /// 群众举报: somebody without an account told of it; who they are stands in no hazard.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub from_public: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fixed: Option<FixedOnSpot>,
}

impl Found {
    /// The authority that is to put it right instead of the site's party, as the finder called it.
    pub fn authority(&self) -> Option<&str> {
        match self.responsible_kind {
            ResponsibleKind::Authority => Some(&self.responsible),
            ResponsibleKind::Site | ResponsibleKind::Unknown => None,
        }
    }

    /// Whether photos of this hazard may be ones taken before: where the question that found it allows it, and nowhere else.
    pub fn existing_photo_allowed(&self, forms: &[Form]) -> bool {
        let form = self.form.as_ref().and_then(|id| forms.iter().find(|form| form.id == *id));
        let question = form.zip(self.question.as_ref()).and_then(|(form, id)| form.question(id));
        question.is_some_and(|question| question.allow_existing_photo)
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
    pub funds: Fen,
    pub deadline: NaiveDate,
    pub contingency: String,
}

/// 申请延期
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExtensionRequest {
    pub until: NaiveDate,
    pub reason: String,
}

/// 同意延期
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExtensionGrant {
    pub until: NaiveDate,
}

/// 不同意延期
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExtensionRefusal {
    pub reason: String,
}

/// What shows how it is now: handed in by who put it right (报整改完成), or by who rechecked it (验收).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Evidence {
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub photos: Vec<PhotoHash>,
}

/// 退回
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Return {
    pub reason: String,
    pub deadline: NaiveDate,
    #[serde(default)]
    pub photos: Vec<PhotoHash>,
}

/// 挂牌督办
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Listing {
    pub by_authority: String,
}

/// 重患必停: the site, or its part, is stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Suspension {
    pub what: String,
}

/// 恢复使用: what was stopped may be used again, before the hazard is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SuspensionLift {
    pub reason: String,
}

/// 移送其他部门
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Referral {
    pub authority: String,
    pub reason: String,
}

/// A duplicate of another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Merger {
    pub into: HazardId,
}

/// 重新打开
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reopening {
    pub reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
}
