//! What a plan says of all its checks, as browsers send it: flat words.

use crate::{
    error::AppError,
    i18n::{limits, spot_checks as t},
    spot_checks::address::{CHECKS, edit_address},
};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::{
    id::{DepartmentId, FormId, SpotCheckPlanId},
    limits::{FORMS, Field as LimitField, OverLimit, PARTICIPANTS, check_count},
    spot_check::{SpotCheckKind, plan::PlanOutline},
    text::Lang,
    time::{china, hour_and_minute, office_time},
    visit::VisitNature,
};
use serde::{Deserialize, Serialize};

/// An empty `id` is a new plan.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanForm {
    pub id: String,
    pub title: String,
    pub kind: String,
    pub nature: String,
    pub forms: Vec<String>,
    /// Code of what is inspected; empty: chosen at the site.
    pub matter: String,
    pub basis: String,
    pub leader: String,
    pub opens_day: String,
    pub opens_hour: String,
    pub until: String,
    pub team_size: String,
    pub departments: Vec<String>,
    pub meet: String,
    pub bring: String,
    pub note: String,
}

impl PlanForm {
    pub fn of(id: SpotCheckPlanId, outline: &PlanOutline) -> Self {
        let opens = office_time(outline.opens_at);
        Self {
            id: id.to_string(),
            title: outline.title.clone(),
            kind: outline.kind.as_str().to_owned(),
            nature: outline.nature.as_str().to_owned(),
            forms: outline.forms.iter().map(ToString::to_string).collect(),
            matter: outline.matter.clone(),
            basis: outline.basis.clone(),
            leader: outline.leader.to_string(),
            opens_day: opens.date_naive().to_string(),
            opens_hour: hour_and_minute(&opens),
            until: outline.until.to_string(),
            team_size: outline.team_size.to_string(),
            departments: outline.departments.iter().map(ToString::to_string).collect(),
            meet: outline.meet.clone(),
            bring: outline.bring.clone(),
            note: outline.note.clone(),
        }
    }

    /// A new one: patrols of two, from the next day at nine on.
    pub fn new(today: NaiveDate) -> Self {
        let tomorrow = today.succ_opt().unwrap_or(today).to_string();
        Self {
            kind: SpotCheckKind::Surprise.as_str().to_owned(),
            nature: VisitNature::Patrol.as_str().to_owned(),
            opens_day: tomorrow.clone(),
            opens_hour: "09:00".to_owned(),
            until: tomorrow,
            team_size: "2".to_owned(),
            ..Self::default()
        }
    }

    /// Where the form stands.
    pub fn page(&self) -> String {
        self.id.parse::<SpotCheckPlanId>().map_or_else(|_| format!("{CHECKS}/new"), edit_address)
    }

    pub fn read(&self, lang: Lang) -> Result<PlanOutline, AppError> {
        let invalid = |field: &str, reason: &str| AppError::Invalid {
            field: field.to_owned(),
            reason: reason.to_owned(),
        };
        let too_many = |field: &str, over: OverLimit| invalid(field, &limits::over(lang, over));
        check_count(LimitField::Forms, self.forms.len(), FORMS).map_err(|over| too_many("forms", over))?;
        check_count(LimitField::Participants, self.departments.len(), PARTICIPANTS)
            .map_err(|over| too_many("departments", over))?;
        let departments = self.departments.iter().map(|id| id.parse::<DepartmentId>());
        Ok(PlanOutline {
            title: self.title.clone(),
            kind: SpotCheckKind::parse(&self.kind).unwrap_or(SpotCheckKind::Surprise),
            nature: VisitNature::parse(&self.nature)
                .ok_or_else(|| invalid("nature", t::wrong_nature(lang)))?,
            forms: self.forms.iter().map(|form| FormId::from(form.as_str())).collect(),
            matter: self.matter.clone(),
            basis: self.basis.clone(),
            leader: self.leader.parse().map_err(|_| invalid("leader", t::no_leader(lang)))?,
            opens_at: moment(&self.opens_day, &self.opens_hour)
                .ok_or_else(|| invalid("opens_day", t::day_wrong(lang)))?,
            until: self.until.parse().map_err(|_| invalid("until", t::day_wrong(lang)))?,
            team_size: self
                .team_size
                .trim()
                .parse()
                .map_err(|_| invalid("team_size", t::number_wrong(lang)))?,
            departments: departments
                .collect::<Result<_, _>>()
                .map_err(|_| invalid("departments", t::departments_missing(lang)))?,
            meet: self.meet.clone(),
            bring: self.bring.clone(),
            note: self.note.clone(),
        })
    }
}

/// A day and an hour such as `09:30`, by the office's clock.
pub fn moment(day: &str, hour: &str) -> Option<DateTime<Utc>> {
    let day: NaiveDate = day.trim().parse().ok()?;
    let mut parts = hour.trim().split(':');
    let (hours, minutes) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let time = NaiveTime::from_hms_opt(hours, minutes, 0)?;
    let local = day.and_time(time).and_local_timezone(china()).single()?;
    Some(local.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn form() -> PlanForm {
        PlanForm {
            title: "冬季夜查".to_owned(),
            forms: vec!["fire-access".to_owned()],
            leader: Uuid::from_u128(7).to_string(),
            ..PlanForm::new("2026-11-24".parse().unwrap())
        }
    }

    #[test]
    fn what_was_read_is_written_as_it_was() {
        let outline = form().read(Lang::Zh).unwrap();
        assert_eq!(outline.opens_at.to_string(), "2026-11-25 01:00:00 UTC");
        let id = Uuid::from_u128(9).into();
        assert_eq!(PlanForm::of(id, &outline), PlanForm { id: id.to_string(), ..form() });
    }

    #[test]
    fn each_wrong_field_is_named() {
        let wrong = |form: PlanForm| match form.read(Lang::Zh) {
            Err(AppError::Invalid { field, .. }) => field,
            other => panic!("{other:?}"),
        };
        assert_eq!(wrong(PlanForm { nature: String::new(), ..form() }), "nature");
        assert_eq!(wrong(PlanForm { leader: String::new(), ..form() }), "leader");
        for (day, hour) in [("", "09:00"), ("2026-11-25", ""), ("2026-11-25", "25:00"), ("x", "y")] {
            let typed = PlanForm { opens_day: day.to_owned(), opens_hour: hour.to_owned(), ..form() };
            assert_eq!(wrong(typed), "opens_day", "{day} {hour}");
        }
        assert_eq!(wrong(PlanForm { until: "明天".to_owned(), ..form() }), "until");
        let many = |n: usize| vec![Uuid::from_u128(7).to_string(); n];
        assert_eq!(wrong(PlanForm { forms: many(FORMS + 1), ..form() }), "forms");
        assert_eq!(wrong(PlanForm { departments: many(PARTICIPANTS + 1), ..form() }), "departments");
        assert_eq!(wrong(PlanForm { team_size: "两".to_owned(), ..form() }), "team_size");
        assert_eq!(wrong(PlanForm { departments: vec!["x".to_owned()], ..form() }), "departments");
    }
}
