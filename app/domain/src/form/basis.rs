//! 依据: what a question rests on. Law and standard are shown and printed; the plan's clause stays in the data.

use super::Form;
use crate::{
    id::{ClauseId, QuestionId, QuoteId},
    law::StandardRegister,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Basis {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub law: Vec<QuoteId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub standard: Vec<Standard>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub plan: Vec<ClauseId>,
    /// Neither law nor standard asks for it; said so wherever a basis would stand.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub good_practice: bool,
}

/// A clause of a standard, named and not quoted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Standard {
    /// `GB 50016-2014（2018年版）`
    pub number: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub clause: String,
    /// The last day on which it is in force, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<NaiveDate>,
}

/// A sentence of law as it is printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Quote {
    pub id: QuoteId,
    /// 《中华人民共和国消防法》
    pub law: String,
    /// Of the regulation: 应急管理部令第5号. A law has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// 第二十八条
    pub article: String,
    /// The opening words that an item of the article hangs on.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub lead: String,
    pub text: String,
    pub in_force_from: NaiveDate,
    /// The last day on which it is in force, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force_until: Option<NaiveDate>,
}

/// A question, and what it rests on that is not in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EndedBasis {
    Quote(QuestionId, QuoteId),
    Standard(QuestionId, Standard),
}

impl Basis {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What papers name: 《…》第…条, and standards by number and clause. `forms` carry the quotes. Records are in Chinese,
    /// whoever made them.
    pub fn words(&self, forms: &[&Form]) -> String {
        let quotes = self.law.iter().filter_map(|id| forms.iter().find_map(|form| form.quote(id)));
        let mut named: Vec<_> = quotes.map(Quote::name).collect();
        named.extend(self.standard.iter().map(Standard::name));
        named.dedup();
        named.join("；")
    }

    /// Whether there is something to print where it is asked on what the question rests.
    pub fn can_be_said(&self) -> bool {
        !self.law.is_empty() || !self.standard.is_empty() || self.good_practice
    }
}

impl Quote {
    /// `《中华人民共和国消防法》第二十八条`
    pub fn name(&self) -> String {
        format!("{}{}", self.law, self.article)
    }

    pub fn is_in_force(&self, on: NaiveDate) -> bool {
        self.in_force_from <= on && self.in_force_until.is_none_or(|until| on <= until)
    }
}

impl Standard {
    /// `GB 50016-2014（2018年版） 7.1.8`
    pub fn name(&self) -> String {
        if self.clause.is_empty() { self.number.clone() } else { format!("{} {}", self.number, self.clause) }
    }

    /// By the last day that the form gives it, and by what is registered of its number.
    pub fn is_in_force(&self, on: NaiveDate, standards: &StandardRegister) -> bool {
        self.valid_until.is_none_or(|until| on <= until) && standards.is_in_force(&self.number, on)
    }
}

impl EndedBasis {
    /// The question that rests on it.
    pub fn question(&self) -> &QuestionId {
        match self {
            Self::Quote(question, _) | Self::Standard(question, _) => question,
        }
    }

    /// As papers name it; a quote that the form does not carry, by its id.
    pub fn name(&self, form: &Form) -> String {
        match self {
            Self::Quote(_, id) => form.quote(id).map_or_else(|| id.to_string(), Quote::name),
            Self::Standard(_, standard) => standard.name(),
        }
    }
}

impl Form {
    /// What its questions rest on that is not in force on this day, in form order. A quote that the form does not carry is
    /// none of this: [`check`](Form::check) names it.
    pub fn ended(&self, on: NaiveDate, standards: &StandardRegister) -> Vec<EndedBasis> {
        let mut ended = vec![];
        for question in self.questions() {
            let major_by =
                question.criterion.as_ref().and_then(|criterion| criterion.finding.major_by.as_ref());
            let quotes = question.basis.law.iter().chain(major_by);
            for id in quotes.filter(|id| self.quote(id).is_some_and(|quote| !quote.is_in_force(on))) {
                let one = EndedBasis::Quote(question.id.clone(), id.clone());
                if !ended.contains(&one) {
                    ended.push(one);
                }
            }
            let named = question.basis.standard.iter();
            let named = named.filter(|standard| !standard.is_in_force(on, standards));
            ended.extend(named.map(|standard| EndedBasis::Standard(question.id.clone(), standard.clone())));
        }
        ended
    }
}
