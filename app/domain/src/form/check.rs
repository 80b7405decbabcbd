//! What makes a form usable: all that is wrong with it, at once, each fault with the entry that it is in.
//!
//! Everything after this may rely on it; what is published has no fault. A session of a form with faults does not panic
//! either, it works out what can be worked out.

mod criteria;
mod entries;
mod expressions;
mod patrol;

use super::{Entry, ExpressionPlace, Form, MOST_ENTRIES, MOST_PICTURES, layout::Layout};
use crate::{
    expression::{TypeError, ValueType},
    id::{OptionId, QuestionId, QuoteId, SiteKind},
    limits::{Checked, Excess, Field, OverLimit, SLUG, check_day, check_line, check_slug, check_text},
    text::Bilingual,
};
use thiserror::Error;

/// Repeats inside repeats at the most.
const DEEPEST_REPEAT: usize = 3;
/// Groups and repeats inside each other at the most.
const DEEPEST: usize = 10;

#[derive(Debug, Clone, PartialEq, Error)]
#[error("{}: {fault}", at.as_ref().map_or("form", QuestionId::as_str))]
pub struct FormFault {
    /// The question, group or repeat; None: the form itself.
    pub at: Option<QuestionId>,
    pub fault: Fault,
}

/// A text of an entry or of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextOf {
    Title,
    Question,
    Hint,
    /// What a picture shows.
    Picture,
    Unit,
    Choice(OptionId),
    ConstraintMessage,
    What,
    AtOnce,
    Authority,
}

#[derive(Debug, Clone, PartialEq, Error)]
pub enum Fault {
    // The form.
    #[error("nothing is asked")]
    NothingAsked,
    #[error("more than {MOST_ENTRIES} entries")]
    TooManyEntries,
    #[error("more than {MOST_PICTURES} pictures")]
    TooManyPictures,
    /// Of a site of this kind, or of these two; none: of any.
    #[error("{asked} questions are asked of {of:?}: more than a patrol has time for")]
    PatrolTooLong { of: Vec<SiteKind>, asked: usize },
    #[error("whether it is offered depends on `{0}`, which nobody has answered yet")]
    OfferedByAnswer(QuestionId),
    #[error("quote `{0}` stands twice")]
    DuplicateQuote(QuoteId),
    // Names and texts.
    #[error("the name stands twice")]
    DuplicateName,
    #[error("the name has other signs than letters, digits, `-` and `_`, or is too long")]
    BadName,
    #[error("{0:?} lacks one of its two languages")]
    Untranslated(TextOf),
    #[error("{of:?}: {over}")]
    BadText { of: TextOf, over: OverLimit },
    // What it is made of.
    #[error("nothing stands in it")]
    Empty,
    #[error("too many groups or repeats inside each other")]
    TooDeep,
    #[error("a repeat has 1 to 200 instances at the most")]
    Most,
    #[error("the range is none, or has figures that are none")]
    Range,
    #[error("fewer than two choices")]
    TooFewChoices,
    #[error("choice `{0}` stands twice")]
    DuplicateChoice(OptionId),
    #[error("choice `{0}` has a name that is none")]
    BadChoice(OptionId),
    #[error("it only shows its default, and has none")]
    ReadOnlyWithoutDefault,
    #[error("a photo is always wanted, and no hint says why")]
    PhotoWithoutHint,
    #[error("what stands in a repeat cannot be asked once in a visit")]
    FactInRepeat,
    #[error("`{0}` asks for the same fact")]
    FactTwice(QuestionId),
    // Expressions.
    #[error("{place:?} names `{name}`, which is no question of the form")]
    UnknownName { place: ExpressionPlace, name: QuestionId },
    #[error("{place:?} looks at `{name}`, which is asked later")]
    Forward { place: ExpressionPlace, name: QuestionId },
    #[error("it depends on itself, directly or through others")]
    Circular,
    #[error("{place:?} depends on what it comes to itself")]
    LooksAtItself { place: ExpressionPlace },
    #[error("{place:?}: {error}")]
    Type { place: ExpressionPlace, error: TypeError },
    #[error("{place:?} comes to a {found:?}, which is of no use there")]
    WrongResult { place: ExpressionPlace, found: ValueType },
    #[error("{place:?} looks for `{word}`, which `{name}` does not offer")]
    UnknownChoice { place: ExpressionPlace, name: QuestionId, word: String },
    // Criteria and bases.
    #[error("there is no answer that could fail")]
    NothingToJudge,
    #[error("it does not say which answer fails")]
    NoTest,
    #[error("the criterion is outside the plausible range")]
    CriterionOutsideRange,
    #[error("major without a criterion of law")]
    MajorWithoutCriterion,
    #[error("more than ten years")]
    TooManyDays,
    #[error("it can fail, and rests on no law, no standard and no good practice")]
    NoBasis,
    #[error("quote `{0}` is not in the form")]
    QuoteNotCarried(QuoteId),
}

/// Faults as they are found.
struct Faults {
    found: Vec<FormFault>,
}

impl Faults {
    fn add(&mut self, at: Option<&str>, fault: Fault) {
        self.found.push(FormFault { at: at.map(QuestionId::from), fault });
    }

    /// A text in both languages, of several lines.
    fn text(&mut self, at: Option<&str>, of: TextOf, text: &Bilingual) {
        self.held_to(at, of, text, |text| check_text(Field::What, text));
    }

    /// The same of one line, of so many characters at the most.
    fn line(&mut self, at: Option<&str>, of: TextOf, text: &Bilingual, most: usize) {
        self.held_to(at, of, text, |text| check_line(Field::What, text, most));
    }

    fn held_to(&mut self, at: Option<&str>, of: TextOf, text: &Bilingual, check: impl Fn(&str) -> Checked) {
        if text.zh.trim().is_empty() || text.en.trim().is_empty() {
            self.add(at, Fault::Untranslated(of.clone()));
        }
        for text in [&text.zh, &text.en] {
            if let Err(over) = check(text) {
                return self.add(at, Fault::BadText { of, over });
            }
        }
    }
}

impl Form {
    /// All that an author may get wrong. Entries in form order; what concerns the form as a whole comes last.
    pub fn check(&self) -> Vec<FormFault> {
        let mut faults = Faults { found: vec![] };
        let entries = self.all_entries();
        if entries.len() > MOST_ENTRIES {
            // The rest would be as long as the form.
            faults.add(None, Fault::TooManyEntries);
            return faults.found;
        }
        let layout = Layout::of(self);
        let types = expressions::types(self, &layout);
        for (node, entry) in entries.iter().enumerate() {
            let name = entry.name();
            if entries[..node].iter().any(|earlier| earlier.name() == name) {
                faults.add(Some(name), Fault::DuplicateName);
            }
            if !is_name(name) {
                faults.add(Some(name), Fault::BadName);
            }
            entries::check(self, &layout, node, entry, &mut faults);
            expressions::check(self, &layout, &types, node, entry, &mut faults);
            if let Entry::Question(question) = entry {
                criteria::check(self, question, &mut faults);
            }
        }
        self.check_whole(&types, &layout, &mut faults);
        faults.found
    }

    fn check_whole(&self, types: &[Option<ValueType>], layout: &Layout, faults: &mut Faults) {
        if check_slug(Field::Form, self.id.as_str()).is_err() || self.id.as_str().is_empty() {
            faults.add(None, Fault::BadName);
        }
        faults.text(None, TextOf::Title, &self.title);
        if let Some(Err(over)) = self.review.as_ref().map(|review| check_line(Field::Name, &review.by, SLUG))
        {
            faults.add(None, Fault::BadText { of: TextOf::Title, over });
        }
        if let Some(Err(over)) = self.review_due.map(|day| check_day(Field::Due, day)) {
            faults.add(None, Fault::BadText { of: TextOf::Title, over });
        }
        if !self.questions().any(super::Question::asks) {
            faults.add(None, Fault::NothingAsked);
        }
        if self.pictures().len() > MOST_PICTURES {
            faults.add(None, Fault::TooManyPictures);
        }
        for (place, quote) in self.quotes.iter().enumerate() {
            if self.quotes[..place].iter().any(|earlier| earlier.id == quote.id) {
                faults.add(None, Fault::DuplicateQuote(quote.id.clone()));
            }
        }
        expressions::check_offer(self, layout, types, faults);
        patrol::check(self, faults);
    }
}

/// Letters of any writing, digits, `-` and `_`; it begins with a letter or `_`.
fn is_name(name: &str) -> bool {
    let begins = name.chars().next().is_some_and(|first| first.is_alphabetic() || first == '_');
    let fits = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    begins && name.chars().count() <= SLUG && name.chars().all(fits)
}

/// What can stand in a list of chosen ones: one word of any writing.
fn is_choice(name: &str) -> bool {
    let is_line = !matches!(check_line(Field::Answer, name, SLUG), Err(OverLimit { excess, .. }) if excess != Excess::Markup);
    !name.is_empty() && is_line && !name.chars().any(char::is_whitespace)
}
