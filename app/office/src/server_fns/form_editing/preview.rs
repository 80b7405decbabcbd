//! A form as an inspector is asked it, tried out: the same rules as on the phone, carried out on the server. The page sends
//! what was tapped, in order, and gets what is asked then; its program carries none of the rules.

mod screen;
mod steps;
#[cfg(test)]
mod tests;

pub use steps::{Instead, Step, Tap};

use crate::form_words::picture::PictureWords;
use chrono::{DateTime, Utc};
use domain::{
    form::{
        Answers, Form,
        session::{Context, PreparedForm, Session},
    },
    id::SiteKind,
    text::Lang,
    time::office_time,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Steps that are carried out; a form that is tried out has fewer.
const MOST_STEPS: usize = 2_000;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Preview {
    pub lines: Vec<PreviewLine>,
    pub asked: usize,
    pub answered: usize,
    /// Whether the phone lists the form at such a site at all.
    pub offered: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum PreviewLine {
    Heading(String),
    /// The heading of a repeat; its instances follow.
    Repeat {
        name: String,
        instance: Vec<u16>,
        words: String,
    },
    Instance {
        /// Of its repeat, and the numbers of the instances around that.
        name: String,
        instance: Vec<u16>,
        /// By which it is taken out.
        number: u16,
        words: String,
        /// What taking it out is called; none where it cannot be.
        remove: Option<String>,
    },
    /// One more can be added.
    Add {
        name: String,
        instance: Vec<u16>,
        words: String,
    },
    Question(Box<PreviewQuestion>),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PreviewQuestion {
    pub name: String,
    pub instance: Vec<u16>,
    /// What is only shown has none.
    pub number: Option<usize>,
    pub text: String,
    pub hint: Option<String>,
    pub picture: Option<PictureWords>,
    pub control: PreviewControl,
    /// What was answered, as words of the control.
    pub answer: Vec<String>,
    /// What may be said in place of an answer, its words, and whether it was.
    pub instead: Vec<(Instead, String, bool)>,
    pub problem: Option<String>,
    /// The hazard that the answer proposes.
    pub finding: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum PreviewControl {
    /// Value and words of each button; several may be pressed.
    Buttons { options: Vec<(String, String)>, several: bool },
    /// A field of this type; of a figure with its unit.
    Field { kind: String, unit: Option<String> },
    /// It shows something.
    Shown(String),
}

impl Preview {
    pub fn of(lang: Lang, form: &Form, kind: &SiteKind, steps: &[Step], now: DateTime<Utc>) -> Self {
        let context = Arc::new(Context::new(office_time(now), vec![kind.clone()]));
        let offered = form.is_offered(&context);
        let prepared = PreparedForm::new(Arc::new(form.clone()));
        let mut session = Session::open(prepared, Answers::default(), context);
        steps.iter().take(MOST_STEPS).for_each(|step| steps::take(&mut session, step));
        let standing = session.standing();
        let lines = screen::lines(lang, &session);
        Self { lines, asked: standing.asked, answered: standing.answered, offered }
    }
}
