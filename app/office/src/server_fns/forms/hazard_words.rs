//! Which answer is a hazard, and what is proposed for it, in words.

use crate::{
    form_words::condition::ConditionWords,
    i18n::{forms as t, trade},
};
use domain::{
    form::{Question, Responsible},
    severity::Severity,
};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HazardWords {
    /// Which answer fails.
    pub fails: String,
    pub what: String,
    pub level: String,
    pub is_major: bool,
    /// By when and by whom it is put right, what is done at once, and by what it is major.
    pub remarks: Vec<String>,
}

impl HazardWords {
    /// None: no answer is a hazard.
    pub fn of(words: &ConditionWords<'_>, question: &Question) -> Option<Self> {
        let lang = words.lang;
        let criterion = question.criterion.as_ref()?;
        let fails = match &criterion.fails_if {
            Some(fails_if) => t::fails_if(lang, words.holds(fails_if, Some(question))),
            None => t::fails_by_answer(lang).to_owned(),
        };
        let finding = &criterion.finding;
        let level = finding.proposed_level();
        let within = match finding.days {
            0 => t::on_the_spot(lang).to_owned(),
            days => t::within_days(lang, days),
        };
        let by = match &finding.responsible {
            Responsible::Site => t::by_site(lang).to_owned(),
            Responsible::Authority(name) => t::by_authority(lang, name.get(lang).to_owned()),
            Responsible::Unknown => t::by_nobody_known(lang).to_owned(),
        };
        let at_once = finding.at_once.as_ref().map(|what| t::at_once(lang, what.get(lang).to_owned()));
        let major_by = finding.major_by.as_ref().filter(|_| level == Severity::Major);
        let major_by = major_by.and_then(|id| words.form.quote(id));
        let major_by = major_by.map(|quote| t::major_by(lang, quote.name()));
        Some(Self {
            fails,
            what: finding.what.get(lang).to_owned(),
            level: trade::severity(lang, level).to_owned(),
            is_major: level == Severity::Major,
            remarks: at_once.into_iter().chain([within, by]).chain(major_by).collect(),
        })
    }

    /// All of it, a line each.
    pub fn said(self) -> String {
        [self.fails, format!("{} · {}", self.level, self.what)]
            .into_iter()
            .chain(self.remarks)
            .collect::<Vec<_>>()
            .join("\n")
    }
}
