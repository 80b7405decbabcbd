//! What an expression may ask.

use super::Value;
use crate::id::{QuestionId, SiteKind};
use chrono::{DateTime, FixedOffset};

/// The visit, the site and the form round an expression, as seen from the place in the form where it stands.
///
/// The answer to a pass/fail question is one of the words `pass`, `fail` and `na`, as [`Value::Text`]; a choice is
/// [`Value::Choices`]; a time of day is the text `14:30`. What was not answered, and what is not asked, is [`Value::Nothing`].
pub trait Facts {
    /// The answer in the nearest instance of the repeat that one stands in; elsewhere [`Value::Many`], of all instances.
    fn answer(&self, question: &QuestionId) -> Value;
    /// The answers of every instance, in order, unanswered ones too; of a question that is in no repeat its only one. The name of
    /// a repeat gives a value an instance, whichever. Of a repeat inside another: those inside the instance that one stands in.
    fn answers(&self, question: &QuestionId) -> Vec<Value>;
    /// The answer that is being looked at: a constraint's, a criterion's, the one that a calculation has already.
    fn this(&self) -> Value;
    /// Which instance of its repeat one stands in, from 1; None where one stands in no repeat.
    fn position(&self) -> Option<usize>;
    /// When the visit began, in the office's zone.
    fn now(&self) -> DateTime<FixedOffset>;
    fn is_site_kind(&self, kind: &SiteKind) -> bool;
    /// Of the site, e.g. `storeys`.
    fn site(&self, attribute: &str) -> Value;
    /// The answer of the visit before in which the form was filled in; of a question in a repeat [`Value::Many`].
    fn last(&self, question: &QuestionId) -> Value;
    /// How a choice reads in the language of the record.
    fn choice_name(&self, question: &QuestionId, option: &str) -> Option<String>;
    /// What stands in this column of a [`LookupTable`](super::LookupTable), in the row whose `key` has this value.
    fn pull(&self, table: &str, column: &str, key: &str, value: &str) -> Value;
}
