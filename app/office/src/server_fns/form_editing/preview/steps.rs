//! What was tapped in a form that is tried out, and what the phone's rules make of it.

use domain::{
    attachment::AttachmentHash,
    device::typed,
    form::{Answer, AnswerKey, GroupKey, Month, QuestionKind, TimeOfDay, session::Session},
    id::{GroupId, OptionId, QuestionId},
    place::Location,
};
use serde::{Deserialize, Serialize};

/// The word of what only a phone can take: here it counts as taken.
pub const TAKEN: &str = "taken";

/// Something that was tapped or typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Of a question, or of a repeat.
    pub name: String,
    /// Numbers of the instances around it, the outermost repeat first.
    pub instance: Vec<u16>,
    pub tap: Tap,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tap {
    /// An answer as a word of its control, or what was typed; empty: it is taken back.
    Answer(String),
    Instead(Instead),
    /// One more of a repeat.
    Add,
    /// The instance of this number goes, with every answer in it.
    Remove(u16),
}

/// What may be said in place of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Instead {
    /// 不适用
    NotApplicable,
    /// 没有
    Absent,
    /// 未出示
    NotShown,
}

impl Instead {
    pub const ALL: [Self; 3] = [Self::Absent, Self::NotShown, Self::NotApplicable];

    /// As a word of a page, different for each.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotApplicable => "not_applicable",
            Self::Absent => "absent",
            Self::NotShown => "not_shown",
        }
    }

    pub fn answer(self) -> Answer {
        match self {
            Self::NotApplicable => Answer::NotApplicable,
            Self::Absent => Answer::Absent,
            Self::NotShown => Answer::NotShown,
        }
    }
}

/// What cannot be done any more, because something else is not asked, is passed over as the phone passes it over.
pub fn take(session: &mut Session, step: &Step) {
    let Step { name, instance, tap } = step;
    let repeat = || GroupKey { group: GroupId::from(name.as_str()), instance: instance.clone() };
    let key = AnswerKey { question: QuestionId::from(name.as_str()), instance: instance.clone() };
    let _ = match tap {
        Tap::Add => session.add_instance(&repeat()).map(|(_, change)| change),
        Tap::Remove(number) => session.remove_instance(&repeat(), *number),
        Tap::Instead(instead) => session.set(&key, instead.answer()),
        Tap::Answer(word) if word.is_empty() => session.clear(&key),
        Tap::Answer(word) => {
            let kind = session.form().question(&key.question).map(|question| &question.kind);
            match kind.and_then(|kind| answer(kind, word)) {
                Some(answer) => session.set(&key, answer),
                None => session.type_in(&key, word.clone()),
            }
        }
    };
}

/// A word of a control as an answer, read as the phone reads what is typed; None: it is none.
fn answer(kind: &QuestionKind, word: &str) -> Option<Answer> {
    Some(match kind {
        QuestionKind::PassFail => match word {
            "pass" => Answer::Pass,
            "fail" => Answer::Fail,
            "na" => Answer::NotApplicable,
            _ => return None,
        },
        QuestionKind::Number(rule) => Answer::Number(typed::figure(word, rule).ok()??),
        QuestionKind::Count(rule) => Answer::Count(typed::count(word, rule).ok()??),
        QuestionKind::SelectOne(_) => Answer::SelectOne(OptionId::from(word)),
        QuestionKind::SelectMultiple(_) => {
            Answer::SelectMultiple(word.split(' ').map(OptionId::from).collect())
        }
        QuestionKind::Date(_) => Answer::Date(word.parse().ok()?),
        QuestionKind::Month(_) => Answer::Month(Month::try_from(word.to_owned()).ok()?),
        QuestionKind::Time => Answer::Time(TimeOfDay::try_from(word.to_owned()).ok()?),
        QuestionKind::Text { .. } => Answer::Text(word.to_owned()),
        QuestionKind::Code => Answer::Code(word.to_owned()),
        // No file and no spot on the ground: something stands in for them.
        QuestionKind::Photo | QuestionKind::Signature if word == TAKEN => {
            Answer::Attachments(vec![AttachmentHash::of(TAKEN.as_bytes())])
        }
        QuestionKind::Place if word == TAKEN => {
            Answer::Place(Location { latitude: 0.0, longitude: 0.0, accuracy: None })
        }
        QuestionKind::Photo
        | QuestionKind::Signature
        | QuestionKind::Place
        | QuestionKind::Note
        | QuestionKind::Calculation(_) => return None,
    })
}

/// An answer in the words that [`Tap::Answer`] has. What is said in place of one has none, but of pass/fail.
pub fn words(kind: &QuestionKind, answer: &Answer) -> Vec<String> {
    match answer {
        Answer::Pass => vec!["pass".to_owned()],
        Answer::Fail => vec!["fail".to_owned()],
        Answer::NotApplicable if *kind == QuestionKind::PassFail => vec!["na".to_owned()],
        Answer::Number(number) => vec![number.to_string()],
        Answer::Count(number) => vec![number.to_string()],
        Answer::Date(day) => vec![day.to_string()],
        Answer::Month(month) => vec![month.to_string()],
        Answer::Time(time) => vec![time.to_string()],
        Answer::SelectOne(option) => vec![option.to_string()],
        Answer::SelectMultiple(options) => options.iter().map(ToString::to_string).collect(),
        Answer::Text(text) | Answer::Code(text) => vec![text.clone()],
        Answer::Place(_) | Answer::Attachments(_) => vec![TAKEN.to_owned()],
        // Said in place of an answer, or worked out and given by nobody.
        Answer::NotApplicable
        | Answer::StillOpen
        | Answer::Absent
        | Answer::NotShown
        | Answer::Truth(_)
        | Answer::Moment(_) => vec![],
    }
}
