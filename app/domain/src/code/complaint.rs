//! 对上门的意见, and what the office does about one: it is being looked at, and it is answered.
//!
//! Who marks it stands there by name. What was answered is what the party reads, and is answered once.

mod list;

pub use list::{ComplaintFilter, ComplaintHazard, ComplaintPage, ComplaintRow};

use crate::{
    id::{CodeId, HazardId, PersonId, SiteId},
    limits::{Field, OverLimit, check_text, tidy_text},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use uuid::Uuid;

/// What a party says of a visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitComplaint {
    /// Made with the form, so that the same form counts once.
    pub id: Uuid,
    pub site: SiteId,
    /// None: it was said at the site's own code.
    pub hazard: Option<HazardId>,
    pub code: CodeId,
    /// The party's name as it was then.
    pub by_name: String,
    pub words: String,
    pub at: DateTime<Utc>,
    /// What the office did about it; none: nobody has looked at it.
    pub mark: Option<ComplaintMark>,
}

impl VisitComplaint {
    pub fn state(&self) -> ComplaintState {
        self.mark.as_ref().map_or(ComplaintState::Open, |mark| mark.state)
    }
}

/// How far a complaint has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ComplaintState {
    /// 待处理: nobody has looked at it.
    Open,
    /// 处理中
    InHand,
    /// 已答复
    Answered,
}

impl ComplaintState {
    pub const ALL: [Self; 3] = [Self::Open, Self::InHand, Self::Answered];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::InHand => "in_hand",
            Self::Answered => "answered",
        }
    }

    /// None: of a later version.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }

    /// To what somebody can still bring it from here.
    pub fn may_become(self) -> &'static [Self] {
        match self {
            Self::Open => &[Self::InHand, Self::Answered],
            Self::InHand => &[Self::Answered],
            Self::Answered => &[],
        }
    }
}

/// What somebody of the office did about a complaint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComplaintMark {
    pub state: ComplaintState,
    pub by: PersonId,
    /// As they were called then.
    pub by_name: String,
    pub at: DateTime<Utc>,
    /// What the party reads; empty: it is not answered.
    pub answer: String,
}

/// Why a complaint is not marked so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ComplaintRefusal {
    #[error("no answer")]
    AnswerMissing,
    #[error("{0}")]
    OverLimit(OverLimit),
    /// It has come further, or was answered otherwise.
    #[error("changed meanwhile")]
    Changed,
}

impl ComplaintMark {
    /// How far it comes, and the answer as it is kept; none: it is so already.
    ///
    /// # Errors
    /// What is missing, or that it does not go back; then nothing is changed.
    pub fn decide(
        was: Option<&Self>,
        state: ComplaintState,
        answer: &str,
    ) -> Result<Option<(ComplaintState, String)>, ComplaintRefusal> {
        let from = was.map_or(ComplaintState::Open, |was| was.state);
        match (state, from) {
            (ComplaintState::Open, ComplaintState::Open)
            | (ComplaintState::InHand, ComplaintState::InHand) => Ok(None),
            (ComplaintState::Open, ComplaintState::InHand | ComplaintState::Answered)
            | (ComplaintState::InHand, ComplaintState::Answered) => Err(ComplaintRefusal::Changed),
            (ComplaintState::InHand, ComplaintState::Open) => Ok(Some((state, String::new()))),
            (ComplaintState::Answered, _) => {
                let answer = tidy_text(answer);
                if answer.is_empty() {
                    return Err(ComplaintRefusal::AnswerMissing);
                }
                check_text(Field::Note, &answer).map_err(ComplaintRefusal::OverLimit)?;
                match was.filter(|was| was.state == ComplaintState::Answered) {
                    None => Ok(Some((state, answer))),
                    Some(was) if was.answer == answer => Ok(None),
                    Some(_) => Err(ComplaintRefusal::Changed),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(state: ComplaintState, answer: &str) -> ComplaintMark {
        let (by, at) = (PersonId(Uuid::nil()), DateTime::UNIX_EPOCH);
        ComplaintMark { state, by, by_name: "林薇".to_owned(), at, answer: answer.to_owned() }
    }

    #[test]
    fn a_complaint_goes_forward_is_answered_once_and_twice_is_once() {
        let (in_hand, answered) =
            (mark(ComplaintState::InHand, ""), mark(ComplaintState::Answered, "已批评"));
        let decide = |was: Option<&ComplaintMark>, state, answer: &str| {
            ComplaintMark::decide(was, state, answer)
                .map(|is| is.map(|(state, answer)| (state.as_str(), answer)))
        };
        let to = |state: &'static str, answer: &str| Ok(Some((state, answer.to_owned())));
        assert_eq!(decide(None, ComplaintState::InHand, ""), to("in_hand", ""));
        assert_eq!(decide(Some(&in_hand), ComplaintState::InHand, ""), Ok(None));
        assert_eq!(decide(None, ComplaintState::Answered, " 已批评 \r\n"), to("answered", "已批评"));
        assert_eq!(decide(Some(&in_hand), ComplaintState::Answered, "已批评"), to("answered", "已批评"));
        assert_eq!(decide(Some(&answered), ComplaintState::Answered, "已批评"), Ok(None));
        let changed = Err(ComplaintRefusal::Changed);
        assert_eq!(decide(Some(&answered), ComplaintState::Answered, "别的话"), changed);
        assert_eq!(decide(Some(&answered), ComplaintState::InHand, ""), changed);
        assert_eq!(decide(Some(&in_hand), ComplaintState::Open, ""), changed);
        assert_eq!(decide(None, ComplaintState::Answered, " \n"), Err(ComplaintRefusal::AnswerMissing));
        let long = "长".repeat(10_000);
        let refused = decide(None, ComplaintState::Answered, &long);
        assert!(matches!(refused, Err(ComplaintRefusal::OverLimit(_))), "{refused:?}");
    }

    #[test]
    fn what_a_complaint_may_become_is_what_is_decided() {
        for from in ComplaintState::ALL {
            let was = Some(mark(from, "已批评")).filter(|_| from != ComplaintState::Open);
            let becomes = |to: &ComplaintState| {
                matches!(ComplaintMark::decide(was.as_ref(), *to, "已补看证件"), Ok(Some(_)))
            };
            let decided: Vec<_> = ComplaintState::ALL.into_iter().filter(becomes).collect();
            assert_eq!(from.may_become(), decided, "{from:?}");
        }
    }

    #[test]
    fn a_state_is_sent_by_the_word_that_addresses_have() {
        for state in ComplaintState::ALL {
            assert_eq!(serde_json::to_value(state).unwrap(), state.as_str());
        }
    }
}
