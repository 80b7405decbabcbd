//! The forms by which the desk acts on a hazard, as browsers send them: flat words. Reading them is a pure function.

use crate::{error::Fault, i18n::office, server_fns::meanwhile::Take};
use chrono::NaiveDate;
use domain::{
    hazard::{Deed, RectificationPlan},
    id::HazardId,
    text::Lang,
};
use serde::{Deserialize, Serialize};

/// `does` is [`Deed::word`]; of the other fields, a deed reads its own.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DeedForm {
    pub hazard: String,
    pub does: String,
    pub responsible: String,
    pub department: String,
    pub measures: String,
    pub funds: String,
    /// `2026-11-30`, as are `until` and `due`.
    pub deadline: String,
    pub contingency: String,
    pub until: String,
    pub due: String,
    pub reason: String,
    pub note: String,
    pub authority: String,
    pub what: String,
    /// Number of the hazard that this one is a duplicate of.
    pub into: String,
    /// How many events of the hazard the form knew of when it was loaded.
    pub base: String,
    /// What was chosen where somebody else had assigned it meanwhile.
    pub take: Take,
}

impl DeedForm {
    /// Where a plain form goes back to: the hazard, on its own page.
    pub fn page(&self) -> String {
        match self.hazard.parse::<HazardId>() {
            Ok(id) => format!("/office/hazards/{id}"),
            Err(_) => "/office/hazards".to_owned(),
        }
    }

    /// `today` is the earliest deadline that makes sense; `into` is the hazard that `self.into` names, if there is one.
    pub fn read(
        self,
        lang: Lang,
        today: NaiveDate,
        into: Option<HazardId>,
    ) -> Result<(HazardId, Deed), Fault> {
        let invalid =
            |field: &str, reason: &str| Fault::Invalid { field: field.to_owned(), reason: reason.to_owned() };
        let day = |field: &str, text: &str| {
            let day: NaiveDate = text.trim().parse().map_err(|_| invalid(field, office::needs_day(lang)))?;
            if day < today { Err(invalid(field, office::day_gone(lang))) } else { Ok(day) }
        };
        let hazard = self.hazard.parse().map_err(|_| Fault::NotFound)?;
        let deed = match self.does.as_str() {
            "assigned" => Deed::Assigned(RectificationPlan {
                deadline: day("deadline", &self.deadline)?,
                responsible: self.responsible,
                department: self.department.parse().ok(),
                measures: self.measures,
                funds: self.funds,
                contingency: self.contingency,
            }),
            "extension_granted" => Deed::ExtensionGranted { until: day("until", &self.until)? },
            "extension_refused" => Deed::ExtensionRefused { reason: self.reason },
            "accepted" => Deed::Accepted { note: self.note, photos: vec![] },
            "returned" => Deed::Returned {
                deadline: day("deadline", &self.deadline)?,
                reason: self.reason,
                photos: vec![],
            },
            "listed" => Deed::Listed { by_authority: self.authority },
            "suspended" => Deed::Suspended { what: self.what },
            "referred" => Deed::Referred { authority: self.authority, reason: self.reason },
            "merged" => {
                Deed::Merged { into: into.ok_or_else(|| invalid("into", office::no_such_number(lang)))? }
            }
            "reopened" => {
                // What was given up when it ended does not come back unsaid: empty means that none is set.
                let due = if self.due.trim().is_empty() { None } else { Some(day("due", &self.due)?) };
                Deed::Reopened { reason: self.reason, due }
            }
            _ => return Err(Fault::NotAllowed),
        };
        Ok((hazard, deed.tidied()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn read(form: DeedForm) -> Result<Deed, Fault> {
        let form = DeedForm { hazard: Uuid::nil().to_string(), ..form };
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        form.read(Lang::Zh, today, None).map(|(_, deed)| deed)
    }

    fn wrong_field(form: DeedForm) -> String {
        match read(form) {
            Err(Fault::Invalid { field, .. }) => field,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_deadline_is_a_day_that_has_not_gone_by() {
        let form = |deadline: &str| DeedForm {
            does: "returned".into(),
            reason: " 仍有杂物 ".into(),
            deadline: deadline.into(),
            ..DeedForm::default()
        };
        assert_eq!(wrong_field(form("")), "deadline");
        assert_eq!(wrong_field(form("2026-11-23")), "deadline");
        let deed = read(form("2026-11-24")).unwrap();
        assert!(matches!(deed, Deed::Returned { reason, .. } if reason == "仍有杂物"));
    }

    #[test]
    fn a_duplicate_needs_a_number_that_exists() {
        assert_eq!(
            wrong_field(DeedForm { does: "merged".into(), into: "000999".into(), ..DeedForm::default() }),
            "into"
        );
    }

    #[test]
    fn the_desk_does_not_report_work_as_done() {
        for does in ["rectified", "found", "extension_asked", ""] {
            let form = DeedForm { does: does.into(), ..DeedForm::default() };
            assert_eq!(read(form), Err(Fault::NotAllowed), "{does}");
        }
    }
}
