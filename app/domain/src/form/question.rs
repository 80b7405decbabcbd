//! 问题: one thing that is asked.

use super::{Basis, Criterion, QuestionPicture};
use crate::{
    expression::Expression,
    id::{OptionId, QuestionId},
    text::Bilingual,
};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Question {
    pub id: QuestionId,
    pub text: Bilingual,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Bilingual>,
    /// How it should look.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<QuestionPicture>,
    pub kind: QuestionKind,
    /// None: it has to be answered. A literal false: it need not be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<Expression>,
    /// It is shown and cannot be changed; its answer is its default, and follows what that looks at.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub read_only: bool,
    /// The answer that stands when the question is shown for the first time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Expression>,
    /// None: it is always asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relevant: Option<Expression>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constraint: Option<Constraint>,
    /// Without one the question is information: it neither passes nor fails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub criterion: Option<Criterion>,
    #[serde(default)]
    pub photo: PhotoRule,
    /// Its photos may be ones taken before: of papers, or of what is over. Elsewhere they are taken on the spot.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub allow_existing_photo: bool,
    #[serde(default, skip_serializing_if = "Basis::is_empty")]
    pub basis: Basis,
    /// How often the plan wants it done, where it says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<Frequency>,
    /// A word for what is asked: the same word in two lists of one visit is asked once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fact: Option<String>,
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// 合格 or 不合格
    PassFail,
    Number(NumberRule),
    /// A whole number.
    Count(NumberRule),
    SelectOne(Vec<Choice>),
    SelectMultiple(Vec<Choice>),
    Date(PaperRule),
    Month(PaperRule),
    Time,
    Text {
        /// How many lines the field is high.
        lines: u8,
    },
    Photo,
    Signature,
    /// A point on the ground.
    Place,
    /// What a scan of a barcode or a QR code says.
    Code,
    /// A text that is shown and asks nothing.
    Note,
    /// Worked out, not asked.
    Calculation(Expression),
}

/// A figure's unit and plausible range.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NumberRule {
    pub unit: Bilingual,
    #[serde(default)]
    pub decimals: u8,
    /// Outside `from..=to` it is a slip of the finger, not an answer.
    #[serde(default)]
    pub from: f64,
    #[serde(default = "NumberRule::far")]
    pub to: f64,
}

impl NumberRule {
    fn far() -> f64 {
        1_000_000.0
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Choice {
    pub id: OptionId,
    pub text: Bilingual,
    /// None: it is always offered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown_if: Option<Expression>,
}

/// What may be said in place of a date that stands on a paper or a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaperRule {
    /// 没有: there is none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub none: bool,
    /// 未出示: there is said to be one, and it cannot be shown.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_shown: bool,
}

/// When a question must have a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PhotoRule {
    Never,
    #[default]
    OnFail,
    Always,
}

/// How often the plan wants a thing done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Frequency {
    Day,
    Week,
    TenDays,
    Month,
    Quarter,
    HalfYear,
    Term,
    Year,
}

/// What must hold for an answer to be one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Constraint {
    /// `.` is the answer.
    pub test: Expression,
    pub message: Bilingual,
}

impl QuestionKind {
    /// The word stored and sent.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::PassFail => "pass_fail",
            Self::Number(_) => "number",
            Self::Count(_) => "count",
            Self::SelectOne(_) => "select_one",
            Self::SelectMultiple(_) => "select_multiple",
            Self::Date(_) => "date",
            Self::Month(_) => "month",
            Self::Time => "time",
            Self::Text { .. } => "text",
            Self::Photo => "photo",
            Self::Signature => "signature",
            Self::Place => "place",
            Self::Code => "code",
            Self::Note => "note",
            Self::Calculation(_) => "calculation",
        }
    }

    /// Whether somebody answers it.
    pub fn asks(&self) -> bool {
        !matches!(self, Self::Note | Self::Calculation(_))
    }

    /// What can be chosen; nothing where nothing is chosen.
    pub fn choices(&self) -> &[Choice] {
        match self {
            Self::SelectOne(choices) | Self::SelectMultiple(choices) => choices,
            Self::PassFail
            | Self::Number(_)
            | Self::Count(_)
            | Self::Date(_)
            | Self::Month(_)
            | Self::Time
            | Self::Text { .. }
            | Self::Photo
            | Self::Signature
            | Self::Place
            | Self::Code
            | Self::Note
            | Self::Calculation(_) => &[],
        }
    }
}

impl Question {
    /// Whether somebody answers it: no note, nothing that is worked out, nothing that only shows its default.
    pub fn asks(&self) -> bool {
        self.kind.asks() && !self.read_only
    }

    /// What its answer is worked out by, again and again: a calculation, or the default of what is only shown. None where
    /// somebody answers.
    pub fn worked_out(&self) -> Option<&Expression> {
        match &self.kind {
            QuestionKind::Calculation(calculation) => Some(calculation),
            QuestionKind::Note => None,
            QuestionKind::PassFail
            | QuestionKind::Number(_)
            | QuestionKind::Count(_)
            | QuestionKind::SelectOne(_)
            | QuestionKind::SelectMultiple(_)
            | QuestionKind::Date(_)
            | QuestionKind::Month(_)
            | QuestionKind::Time
            | QuestionKind::Text { .. }
            | QuestionKind::Photo
            | QuestionKind::Signature
            | QuestionKind::Place
            | QuestionKind::Code => self.default.as_ref().filter(|_| self.read_only),
        }
    }

    /// Whether a screen shows it: everything but what is only worked out.
    pub fn is_seen(&self) -> bool {
        !matches!(self.kind, QuestionKind::Calculation(_))
    }
}
