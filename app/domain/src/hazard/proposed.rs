//! What the form of a command begins with: what is known of the plan, whom the finder named, the day that is usual. Desk and
//! phone propose the same.

use super::{CommandField, Hazard, HazardCommandKind};
use chrono::{Days, NaiveDate};

impl Hazard {
    /// Words of a field; empty where nothing is known.
    pub fn proposed_words(&self, kind: HazardCommandKind, field: CommandField) -> String {
        if (kind, field) == (HazardCommandKind::Refer, CommandField::Authority) {
            return self.found.authority().unwrap_or_default().to_owned();
        }
        if kind != HazardCommandKind::Assign {
            return String::new();
        }
        let plan = self.plan.as_ref();
        let known = match field {
            CommandField::Responsible => {
                Some(plan.map_or_else(|| self.who_is_to_rectify(), |plan| plan.responsible.clone()))
            }
            CommandField::Measures => plan.map(|plan| plan.measures.clone()),
            CommandField::Funds => plan.map(|plan| plan.funds.plain()),
            CommandField::Contingency => plan.map(|plan| plan.contingency.clone()),
            CommandField::What
            | CommandField::Department
            | CommandField::Deadline
            | CommandField::Until
            | CommandField::Due
            | CommandField::Reason
            | CommandField::Note
            | CommandField::Authority
            | CommandField::Into
            | CommandField::Photos => None,
        };
        known.unwrap_or_default()
    }

    /// Who of the site is to put it right: as the finder said, or else the site's party.
    fn who_is_to_rectify(&self) -> String {
        if self.found.responsible_kind.is_site() {
            return self.found.responsible.clone();
        }
        self.party.as_ref().map(|party| party.name.clone()).unwrap_or_default()
    }

    /// The day of a field.
    pub fn proposed_day(
        &self,
        kind: HazardCommandKind,
        field: CommandField,
        today: NaiveDate,
    ) -> Option<NaiveDate> {
        let in_days = |days| today.checked_add_days(Days::new(days));
        match field {
            CommandField::Deadline if kind == HazardCommandKind::Assign => {
                self.due.filter(|due| *due >= today).or(in_days(7))
            }
            CommandField::Deadline => in_days(3),
            CommandField::Until if kind == HazardCommandKind::AskExtension => {
                self.due.map_or(today, |due| due.max(today)).checked_add_days(Days::new(7))
            }
            CommandField::Until => self.extension.as_ref().map(|asked| asked.until),
            CommandField::Due
            | CommandField::What
            | CommandField::Department
            | CommandField::Responsible
            | CommandField::Measures
            | CommandField::Funds
            | CommandField::Contingency
            | CommandField::Reason
            | CommandField::Note
            | CommandField::Authority
            | CommandField::Into
            | CommandField::Photos => None,
        }
    }
}
