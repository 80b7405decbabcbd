//! The hazard sheet of what failed, before it is sent.

use crate::{
    form::{
        AnswerKey, PhotoRule, Responsible, ResponsibleKind,
        session::{ProposedFinding, Session},
    },
    hazard::{FixedOnSpot, Found, HazardCommand},
    id::{FormId, HazardId, VisitId},
    limits::tidy_line,
    photo::PhotoHash,
    severity::Severity,
    text::Lang,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The hazard sheet of what failed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    pub hazard: HazardId,
    pub level: Severity,
    pub what: String,
    pub basis: String,
    /// The site's party is to put it right by then; of others no day is asked.
    pub due: NaiveDate,
    /// Of the site.
    pub responsible: String,
    /// Whether it is the site's party at all.
    #[serde(default, skip_serializing_if = "ResponsibleKind::is_site")]
    pub responsible_kind: ResponsibleKind,
    /// The authority that it is to be referred to. It stands beside the site's party, so that choosing again loses neither.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub authority: String,
    pub photos: Vec<PhotoHash>,
    /// 立查立改
    pub fixed: bool,
    pub after: Vec<PhotoHash>,
    pub after_note: String,
}

impl Finding {
    /// Everything already proposed, so that failing costs one tap more than passing. `site`: who answers for the site.
    pub fn propose(
        hazard: HazardId,
        proposed: &ProposedFinding,
        basis: String,
        site: &str,
        today: NaiveDate,
        lang: Lang,
    ) -> Self {
        Self {
            hazard,
            level: proposed.level,
            what: proposed.what.get(lang).to_owned(),
            basis,
            due: proposed.due.max(today),
            responsible: site.to_owned(),
            responsible_kind: proposed.responsible.kind(),
            authority: match &proposed.responsible {
                Responsible::Authority(name) => name.get(lang).to_owned(),
                Responsible::Site | Responsible::Unknown => String::new(),
            },
            photos: vec![],
            fixed: false,
            after: vec![],
            after_note: String::new(),
        }
    }

    /// Whether the office would not know whom to refer it to.
    pub fn lacks_authority(&self) -> bool {
        self.responsible_kind == ResponsibleKind::Authority && tidy_line(&self.authority).is_empty()
    }

    /// Whether the office is to refer it: another authority or nobody known is to put it right, and it was not put right on the
    /// spot.
    pub fn is_to_be_referred(&self) -> bool {
        !self.fixed && !self.responsible_kind.is_site()
    }

    /// Whoever is to put it right, by name.
    fn named(&self) -> &str {
        match self.responsible_kind {
            ResponsibleKind::Site => &self.responsible,
            ResponsibleKind::Authority => &self.authority,
            ResponsibleKind::Unknown => "",
        }
    }

    /// As it is sent, from this question of this form.
    pub(super) fn report(&self, visit: VisitId, form: &FormId, question: &AnswerKey) -> HazardCommand {
        HazardCommand::Report(Found {
            level: self.level,
            what: self.what.trim().to_owned(),
            basis: self.basis.clone(),
            due: (!self.fixed && self.responsible_kind.is_site()).then_some(self.due),
            responsible: self.named().trim().to_owned(),
            responsible_kind: self.responsible_kind,
            photos: self.photos.clone(),
            location: None,
            visit: Some(visit),
            form: Some(form.clone()),
            question: Some(question.question.clone()),
            from_public: false,
            fixed: self
                .fixed
                .then(|| FixedOnSpot { note: self.after_note.clone(), photos: self.after.clone() }),
        })
    }
}

impl ProposedFinding {
    /// Whether one of its questions wants a photo of it.
    pub(super) fn wants_photo(&self, sessions: &[Session]) -> bool {
        self.questions.iter().any(|failed| {
            let state = sessions.get(failed.form).and_then(|session| session.question(&failed.key));
            state.is_some_and(|state| state.question.photo != PhotoRule::Never)
        })
    }

    /// Whether a photo of it stands beside one of its answers.
    pub(super) fn has_photo(&self, sessions: &[Session]) -> bool {
        self.questions.iter().any(|failed| {
            let state = sessions.get(failed.form).and_then(|session| session.question(&failed.key));
            state.is_some_and(|state| !state.photos.is_empty())
        })
    }
}
