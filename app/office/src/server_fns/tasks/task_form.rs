//! The forms of tasks as browsers send them: flat words. Reading them is pure; the rules are the server's.

use crate::{
    error::AppError,
    i18n::{office, tasks as t},
};
use domain::{
    id::{FormId, HazardId, PersonId, SiteId, TaskId},
    limits::tidy_text,
    task::{HazardNeed, NewTask, TaskCommand, TaskSubject},
    text::Lang,
};
use serde::{Deserialize, Serialize};

fn invalid(field: &str, reason: &str) -> AppError {
    AppError::Invalid { field: field.to_owned(), reason: reason.to_owned() }
}

/// Work being given: to visit a site, or to see to a hazard; the other of the two is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TaskForm {
    pub site: String,
    pub hazard: String,
    /// An id, or [`TaskForm::GRID_HOLDER`].
    pub person: String,
    /// Of a hazard.
    pub need: String,
    pub until: String,
    pub note: String,
    /// Of a visit.
    pub forms: Vec<String>,
}

impl TaskForm {
    /// Stands for whoever holds the grid when it is given.
    pub const GRID_HOLDER: &str = "grid_holder";

    /// Where the form stands.
    pub fn page(&self) -> String {
        let (key, id) = if self.hazard.is_empty() { ("site", &self.site) } else { ("hazard", &self.hazard) };
        let id = id.parse::<uuid::Uuid>().map(|id| id.to_string()).unwrap_or_default();
        format!("/office/tasks/new?{key}={id}")
    }

    /// What is given; none where the form names nothing.
    pub fn subject(&self) -> Option<TaskSubject> {
        match (self.hazard.parse::<HazardId>(), self.site.parse::<SiteId>()) {
            (Ok(hazard), _) => {
                let need = HazardNeed::parse(&self.need).unwrap_or(HazardNeed::Chase);
                Some(TaskSubject::Hazard { hazard, need })
            }
            (Err(_), Ok(site)) => {
                let forms = self.forms.iter().map(|form| FormId::from(form.as_str())).collect();
                Some(TaskSubject::Visit { site, forms })
            }
            (Err(_), Err(_)) => None,
        }
    }

    pub fn read(self, lang: Lang) -> Result<TaskCommand, AppError> {
        let about = self.subject().ok_or(AppError::NotFound)?;
        let person = self.person.parse::<PersonId>();
        let person = person.map_err(|_| invalid("person", t::choose_person(lang)))?;
        let until = self.until.parse().map_err(|_| invalid("until", office::needs_day(lang)))?;
        Ok(TaskCommand::Give(NewTask { person, about, note: tidy_text(&self.note), until }))
    }
}

/// What is done to a task: `does` is `hand_on` or `withdraw`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TaskChange {
    pub does: String,
    pub task: String,
    /// To whom it is handed on.
    pub to: String,
    pub reason: String,
}

impl TaskChange {
    pub const HAND_ON: &str = "hand_on";
    pub const WITHDRAW: &str = "withdraw";

    /// Where the form stands.
    pub fn page(&self) -> String {
        let id = self.task.parse::<TaskId>().map(|id| id.to_string()).unwrap_or_default();
        format!("/office/tasks/{id}")
    }

    pub fn read(self, lang: Lang) -> Result<(TaskId, TaskCommand), AppError> {
        let task = self.task.parse().map_err(|_| AppError::NotFound)?;
        let command = match self.does.as_str() {
            Self::HAND_ON => {
                let to = self.to.parse().map_err(|_| invalid("to", t::choose_person(lang)))?;
                TaskCommand::HandOn { to }
            }
            Self::WITHDRAW => TaskCommand::Withdraw { reason: tidy_text(&self.reason) },
            _ => return Err(AppError::NotFound),
        };
        Ok((task, command))
    }
}

/// All that somebody has goes to somebody else.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct HandOverForm {
    pub person: String,
    pub to: String,
    /// The grids go along.
    pub grids: bool,
}

impl HandOverForm {
    /// Where the form stands.
    pub fn page(&self) -> String {
        let id = self.person.parse::<PersonId>().map(|id| id.to_string()).unwrap_or_default();
        format!("/office/people/{id}/hand-over")
    }

    /// From whom, and to whom.
    pub fn read(&self, lang: Lang) -> Result<(PersonId, PersonId), AppError> {
        let from = self.person.parse().map_err(|_| AppError::NotFound)?;
        let to = self.to.parse().map_err(|_| invalid("to", t::choose_person(lang)))?;
        Ok((from, to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn id(n: u128) -> String {
        Uuid::from_u128(n).to_string()
    }

    fn form() -> TaskForm {
        TaskForm {
            site: id(5),
            person: id(7),
            until: "2026-11-26".into(),
            note: " 节前看一看 ".into(),
            forms: vec!["fire-access".into()],
            ..TaskForm::default()
        }
    }

    fn wrong_field<T: std::fmt::Debug>(read: Result<T, AppError>) -> String {
        match read {
            Err(AppError::Invalid { field, .. }) => field,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_form_says_what_is_given_to_whom_and_until_when() {
        let TaskCommand::Give(new) = form().read(Lang::Zh).unwrap() else { panic!("something is given") };
        let forms = vec!["fire-access".into()];
        assert_eq!(new.about, TaskSubject::Visit { site: Uuid::from_u128(5).into(), forms });
        assert_eq!((new.note.as_str(), new.until.to_string().as_str()), ("节前看一看", "2026-11-26"));
        let of_hazard = TaskForm { hazard: id(6), need: "recheck".into(), ..form() };
        let TaskCommand::Give(new) = of_hazard.clone().read(Lang::Zh).unwrap() else { panic!("given") };
        let hazard = Uuid::from_u128(6).into();
        assert_eq!(new.about, TaskSubject::Hazard { hazard, need: HazardNeed::Recheck });
        assert_eq!(of_hazard.page(), format!("/office/tasks/new?hazard={}", id(6)));
    }

    #[test]
    fn what_is_missing_is_told_by_its_field() {
        let without = |change: fn(&mut TaskForm)| {
            let mut form = form();
            change(&mut form);
            form.read(Lang::Zh)
        };
        assert_eq!(wrong_field(without(|form| form.person.clear())), "person");
        assert_eq!(wrong_field(without(|form| form.until.clear())), "until");
        assert_eq!(without(|form| form.site.clear()), Err(AppError::NotFound));
        let change = |does: &str| TaskChange { does: does.into(), task: id(1), ..TaskChange::default() };
        assert_eq!(wrong_field(change(TaskChange::HAND_ON).read(Lang::Zh)), "to");
        assert_eq!(change("nonsense").read(Lang::Zh), Err(AppError::NotFound));
        let over = HandOverForm { person: id(1), ..HandOverForm::default() };
        assert_eq!(wrong_field(over.read(Lang::Zh)), "to");
    }
}
