//! 表单: what is asked at a site, versioned. A record keeps the version that it was filled in.
//!
//! A form is data: groups, repeats and questions, with expressions for when a question is asked, what is a slip of the
//! finger, and which answer is a hazard. It travels whole to the phone, with every sentence of law that it quotes, so that
//! nothing has to be looked up where there is no signal. Texts of authors are parsed and checked before (crate
//! `authoring`); here expressions are data already.
//!
//! A newcomer's path: this file → [`question`] → [`criterion`] → [`check`] (what makes a form usable) → [`session`]
//! (filling it in).

pub mod answer;
pub mod answers;
pub mod basis;
pub mod check;
pub mod compare;
pub mod criterion;
pub mod editing;
mod expressions;
mod last_answers;
mod layout;
mod month;
pub mod picture;
pub mod question;
pub mod reference;
pub mod session;
pub mod sheets;
mod take_over;
pub mod validity;
mod verdict;

pub use answer::{Answer, AnswerError};
pub use answers::{AnswerKey, Answers, Aside, AsideBecause, GroupKey, Instances, Response};
pub use basis::{Basis, Quote, Standard};
pub use check::{Fault, FormFault};
pub use compare::{Difference, EntryPart, FormPart};
pub use criterion::{Criterion, Proposal, Responsible, ResponsibleKind};
pub use expressions::ExpressionPlace;
pub use last_answers::{LastAnswer, LastAnswers, LookedBackAt};
pub use month::{Month, NotWrittenSo, TimeOfDay};
pub use picture::{MOST_OF_A_DESCRIPTION, MOST_PICTURES, QuestionPicture};
pub use question::{Choice, Constraint, Frequency, NumberRule, PaperRule, PhotoRule, Question, QuestionKind};
pub use sheets::{FormSheets, SheetEdit, SheetName};
pub use validity::{Validity, in_use};
pub use verdict::Verdict;

use crate::{
    expression::Expression,
    id::{FormId, GroupId, QuestionId, QuoteId, SiteKind},
    sector::Sector,
    text::Bilingual,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use session::{Context, PreparedForm, Session};
use std::sync::Arc;

/// Instances of one repeat; a form may allow fewer.
pub const MOST_INSTANCES: u16 = 200;

/// Groups, repeats and questions of one form together.
pub const MOST_ENTRIES: usize = 2_000;

/// Repeats inside one another.
pub const MOST_DEPTH: usize = 10;

/// Questions of a patrol list at any one site: three minutes.
pub const MOST_OF_A_PATROL: usize = 15;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Form {
    pub id: FormId,
    pub version: u32,
    pub title: Bilingual,
    pub layer: Layer,
    pub sector: Sector,
    /// Kinds of site that it is offered for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub site_kinds: Vec<SiteKind>,
    /// Asks for more than the kind: `site('storeys') >= 10`. It knows of the site only, not of answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offered_if: Option<Expression>,
    #[serde(default, skip_serializing_if = "Validity::is_open")]
    pub validity: Validity,
    /// None: nobody has read the content yet who answers for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Review>,
    /// The day by which somebody has to look again at what it rests on. None: nobody has set one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_due: Option<NaiveDate>,
    /// Every sentence of law that its questions name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quotes: Vec<Quote>,
    pub entries: Vec<Entry>,
}

/// Who goes with it, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// 巡查: a grid member, three minutes, by looking.
    Patrol,
    /// 专项: a campaign's list.
    Campaign,
    /// 检查: a certified officer.
    Inspection,
}

impl Layer {
    pub const ALL: [Self; 3] = [Self::Patrol, Self::Campaign, Self::Inspection];

    /// The word stored and sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Patrol => "patrol",
            Self::Campaign => "campaign",
            Self::Inspection => "inspection",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layer| layer.as_str() == word)
    }
}

/// Who answers for the content, and when they last read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Review {
    pub by: String,
    pub on: NaiveDate,
}

/// What stands in a form, in the order in which it is asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    Group(Group),
    Repeat(Repeat),
    Question(Box<Question>),
}

/// A section: it has a title, and is shown or not as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Group {
    pub id: GroupId,
    pub title: Bilingual,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relevant: Option<Expression>,
    #[cfg_attr(feature = "openapi", schema(no_recursion))]
    pub entries: Vec<Entry>,
}

/// The same questions for each of several things: twelve extinguishers, five rooms.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Repeat {
    pub id: GroupId,
    pub title: Bilingual,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relevant: Option<Expression>,
    /// How many there are, where an answer says so; without it the inspector adds and removes instances.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<Expression>,
    /// Never more instances than this; 1 to [`MOST_INSTANCES`].
    pub most: u16,
    #[cfg_attr(feature = "openapi", schema(no_recursion))]
    pub entries: Vec<Entry>,
}

impl Entry {
    /// Its id as text. Ids of groups, repeats and questions of one form are all different.
    pub fn name(&self) -> &str {
        match self {
            Self::Group(group) => group.id.as_str(),
            Self::Repeat(repeat) => repeat.id.as_str(),
            Self::Question(question) => question.id.as_str(),
        }
    }

    /// What stands in it; nothing stands in a question.
    pub fn entries(&self) -> &[Entry] {
        match self {
            Self::Group(group) => &group.entries,
            Self::Repeat(repeat) => &repeat.entries,
            Self::Question(_) => &[],
        }
    }

    pub fn relevant(&self) -> Option<&Expression> {
        match self {
            Self::Group(group) => group.relevant.as_ref(),
            Self::Repeat(repeat) => repeat.relevant.as_ref(),
            Self::Question(question) => question.relevant.as_ref(),
        }
    }

    pub fn question(&self) -> Option<&Question> {
        match self {
            Self::Question(question) => Some(question),
            Self::Group(_) | Self::Repeat(_) => None,
        }
    }
}

impl Form {
    /// Every entry, in form order: a group or repeat before what stands in it.
    pub fn all_entries(&self) -> Vec<&Entry> {
        let mut all = vec![];
        collect(&self.entries, &mut all);
        all
    }

    /// Every question, in form order.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.all_entries().into_iter().filter_map(Entry::question)
    }

    pub fn question(&self, id: &QuestionId) -> Option<&Question> {
        self.questions().find(|question| question.id == *id)
    }

    /// Those that stand in no repeat, in form order: each is asked once.
    pub fn single_questions(&self) -> Vec<&Question> {
        fn among<'a>(entries: &'a [Entry], single: &mut Vec<&'a Question>) {
            for entry in entries {
                match entry {
                    Entry::Group(group) => among(&group.entries, single),
                    Entry::Question(question) => single.push(question),
                    Entry::Repeat(_) => {}
                }
            }
        }
        let mut single = vec![];
        among(&self.entries, &mut single);
        single
    }

    /// Whether it is of any use at such a site: one that asks nothing there would be a record of nothing.
    pub fn asks_anything(self: &Arc<Self>, at: &Arc<Context>) -> bool {
        let prepared = PreparedForm::new(Arc::clone(self));
        Session::open(prepared, Answers::default(), Arc::clone(at)).standing().asked > 0
    }

    /// Whether the question stands in this repeat or group.
    pub(crate) fn stands_in(&self, group: &GroupId, question: &QuestionId) -> bool {
        let around = self.all_entries().into_iter().find(|entry| entry.name() == group.as_str());
        let mut inside = vec![];
        collect(around.map(Entry::entries).unwrap_or_default(), &mut inside);
        inside.into_iter().any(|entry| entry.name() == question.as_str())
    }

    pub fn quote(&self, id: &QuoteId) -> Option<&Quote> {
        self.quotes.iter().find(|quote| quote.id == *id)
    }
}

fn collect<'a>(entries: &'a [Entry], all: &mut Vec<&'a Entry>) {
    for entry in entries {
        all.push(entry);
        collect(entry.entries(), all);
    }
}
