//! Every function, in one table: how it is written, what it takes, what it comes to and what it needs.

use super::{Needs, ValueType};
use serde::{Deserialize, Serialize};

/// On the wire it is the word that authors write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Function {
    Selected,
    SelectedAt,
    CountSelected,
    If,
    Coalesce,
    Once,
    Today,
    Now,
    Date,
    FormatDate,
    FormatDateTime,
    DecimalDateTime,
    StringLength,
    Substr,
    Contains,
    StartsWith,
    EndsWith,
    Regex,
    Concat,
    Join,
    Round,
    Int,
    Abs,
    Number,
    String,
    Min,
    Max,
    Sum,
    Count,
    CountNonEmpty,
    IndexedRepeat,
    Position,
    #[serde(rename = "jr:choice-name")]
    ChoiceName,
    #[serde(rename = "pulldata")]
    PullData,
    Not,
    True,
    False,
    SiteKind,
    Site,
    Last,
}

/// What may stand at a place of a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parameter {
    Any,
    Truth,
    /// A number, or a day or a moment, which count as days.
    Number,
    Text,
    /// A day, a moment, a number of days since 1970, or a text such as `2026-11-29`.
    Day,
    Choices,
    /// `${name}` itself.
    Question,
    /// The `${name}` of a repeat.
    Repeat,
    /// A text in quotes: what it names is looked up when the form is published.
    Word,
    /// A text in quotes that names a question.
    QuestionWord,
    /// A text in quotes that is a [`Regex`](super::Regex).
    Pattern,
    /// A text in quotes that says how a day is written.
    Format,
}

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature {
    /// As it is written.
    pub word: &'static str,
    pub parameters: &'static [Parameter],
    /// How many of the parameters may be left out at the end.
    pub optional: usize,
    /// Whether the last one may be given again and again.
    pub repeats: bool,
    /// None: what its arguments come to.
    pub result: Option<ValueType>,
    pub needs: Needs,
}

impl Signature {
    const fn new(word: &'static str, parameters: &'static [Parameter], result: ValueType) -> Self {
        Self { word, parameters, optional: 0, repeats: false, result: Some(result), needs: Needs::NONE }
    }

    /// As its arguments are.
    const fn of_arguments(mut self) -> Self {
        self.result = None;
        self
    }

    const fn with_optional(mut self) -> Self {
        self.optional = 1;
        self
    }

    const fn repeating(mut self) -> Self {
        self.repeats = true;
        self
    }

    const fn needing(mut self, needs: Needs) -> Self {
        self.needs = needs;
        self
    }

    /// How many arguments it takes: at least, and at the most.
    pub const fn arity(&self) -> (usize, Option<usize>) {
        let all = self.parameters.len();
        (all - self.optional, if self.repeats { None } else { Some(all) })
    }

    /// What stands at this place, counted from 0.
    pub fn parameter(&self, place: usize) -> Option<Parameter> {
        self.parameters.get(place).or(self.parameters.last().filter(|_| self.repeats)).copied()
    }
}

impl Function {
    pub const ALL: [Self; 40] = [
        Self::Selected,
        Self::SelectedAt,
        Self::CountSelected,
        Self::If,
        Self::Coalesce,
        Self::Once,
        Self::Today,
        Self::Now,
        Self::Date,
        Self::FormatDate,
        Self::FormatDateTime,
        Self::DecimalDateTime,
        Self::StringLength,
        Self::Substr,
        Self::Contains,
        Self::StartsWith,
        Self::EndsWith,
        Self::Regex,
        Self::Concat,
        Self::Join,
        Self::Round,
        Self::Int,
        Self::Abs,
        Self::Number,
        Self::String,
        Self::Min,
        Self::Max,
        Self::Sum,
        Self::Count,
        Self::CountNonEmpty,
        Self::IndexedRepeat,
        Self::Position,
        Self::ChoiceName,
        Self::PullData,
        Self::Not,
        Self::True,
        Self::False,
        Self::SiteKind,
        Self::Site,
        Self::Last,
    ];

    pub fn signature(self) -> Signature {
        use Parameter::{
            Any, Choices, Day, Format, Number, Pattern, Question, QuestionWord, Repeat, Text, Truth, Word,
        };
        use ValueType as Is;
        let row = Signature::new;
        match self {
            Self::Selected => row("selected", &[Choices, Text], Is::Truth),
            Self::SelectedAt => row("selected-at", &[Choices, Number], Is::Text),
            Self::CountSelected => row("count-selected", &[Choices], Is::Number),
            Self::If => row("if", &[Truth, Any, Any], Is::Any).of_arguments(),
            Self::Coalesce => row("coalesce", &[Any, Any], Is::Any).of_arguments(),
            Self::Once => row("once", &[Any], Is::Any).of_arguments(),
            Self::Today => row("today", &[], Is::Day).needing(Needs::TIME),
            Self::Now => row("now", &[], Is::Moment).needing(Needs::TIME),
            Self::Date => row("date", &[Day], Is::Day),
            Self::FormatDate => row("format-date", &[Day, Format], Is::Text),
            Self::FormatDateTime => row("format-date-time", &[Day, Format], Is::Text),
            Self::DecimalDateTime => row("decimal-date-time", &[Day], Is::Number),
            Self::StringLength => row("string-length", &[Any], Is::Number),
            Self::Substr => row("substr", &[Any, Number, Number], Is::Text).with_optional(),
            Self::Contains => row("contains", &[Any, Text], Is::Truth),
            Self::StartsWith => row("starts-with", &[Any, Text], Is::Truth),
            Self::EndsWith => row("ends-with", &[Any, Text], Is::Truth),
            Self::Regex => row("regex", &[Any, Pattern], Is::Truth),
            Self::Concat => row("concat", &[Any], Is::Text).repeating(),
            Self::Join => row("join", &[Text, Any], Is::Text).repeating(),
            Self::Round => row("round", &[Number, Number], Is::Number).with_optional(),
            Self::Int => row("int", &[Number], Is::Number),
            Self::Abs => row("abs", &[Number], Is::Number),
            Self::Number => row("number", &[Any], Is::Number),
            Self::String => row("string", &[Any], Is::Text),
            Self::Min => row("min", &[Number], Is::Number).repeating(),
            Self::Max => row("max", &[Number], Is::Number).repeating(),
            Self::Sum => row("sum", &[Number], Is::Number),
            Self::Count => row("count", &[Question], Is::Number),
            Self::CountNonEmpty => row("count-non-empty", &[Question], Is::Number),
            Self::IndexedRepeat => row("indexed-repeat", &[Question, Repeat, Number], Is::Any).of_arguments(),
            Self::Position => row("position", &[], Is::Number).needing(Needs::POSITION),
            Self::ChoiceName => row("jr:choice-name", &[Any, Question], Is::Text),
            Self::PullData => row("pulldata", &[Word, Word, Word, Any], Is::Any).needing(Needs::TABLES),
            Self::Not => row("not", &[Truth], Is::Truth),
            Self::True => row("true", &[], Is::Truth),
            Self::False => row("false", &[], Is::Truth),
            Self::SiteKind => row("site-kind", &[Word], Is::Truth).needing(Needs::SITE),
            Self::Site => row("site", &[Word], Is::Any).needing(Needs::SITE),
            Self::Last => row("last", &[QuestionWord], Is::Any).of_arguments().needing(Needs::LAST),
        }
    }

    /// As it is written.
    pub fn word(self) -> &'static str {
        self.signature().word
    }

    /// By the word that is written.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|function| function.word() == word)
    }
}
