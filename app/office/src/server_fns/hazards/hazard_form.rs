//! The forms by which the desk acts on a hazard, as browsers send them: flat words. Which fields a form has is said by the
//! table of commands; reading them is a pure function.

use crate::{
    error::AppError,
    i18n::{money, office},
    server_fns::meanwhile::Take,
};
use chrono::NaiveDate;
use domain::{
    fen::{Fen, NotASum},
    hazard::{CommandField, Control, FilledIn, HazardCommand, HazardCommandKind, NotFilledIn},
    id::HazardId,
    text::Lang,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct HazardForm {
    pub hazard: String,
    /// [`HazardCommandKind::as_str`]
    pub does: String,
    /// What stands in the fields, under [`CommandField::as_str`]; days as `2026-11-30`, sums in
    /// yuan, another hazard by its number.
    pub given: BTreeMap<String, String>,
    /// How many events of the hazard the form knew of when it was loaded.
    pub base: String,
    /// What was chosen where somebody else had assigned it meanwhile.
    pub take: Take,
}

impl HazardForm {
    /// Where a plain form goes back to: the hazard, on its own page.
    pub fn page(&self) -> String {
        match self.hazard.parse::<HazardId>() {
            Ok(id) => format!("/office/hazards/{id}"),
            Err(_) => "/office/hazards".to_owned(),
        }
    }

    /// None: of a later version, or nothing that the desk does.
    pub fn kind(&self) -> Option<HazardCommandKind> {
        HazardCommandKind::parse(&self.does).filter(|kind| kind.row().offered.at_desk())
    }

    /// Empty where nothing was written.
    pub fn text(&self, field: CommandField) -> &str {
        self.given.get(field.as_str()).map_or("", |text| text.trim())
    }

    /// `today` is the earliest deadline that makes sense; `into` is the hazard whose number stands in the form, if there is
    /// one.
    pub fn read(
        self,
        lang: Lang,
        today: NaiveDate,
        into: Option<HazardId>,
    ) -> Result<(HazardId, HazardCommand), AppError> {
        let kind = self.kind().ok_or(AppError::NotAllowed)?;
        let hazard = self.hazard.parse().map_err(|_| AppError::NotFound)?;
        let mut day = None;
        for asks in kind.row().asks.iter().filter(|asks| asks.field.control() == Control::Day) {
            // What was given up when it ended does not come back unsaid: empty means that none is set.
            if asks.required || !self.text(asks.field).is_empty() {
                day = Some(self.day(lang, asks.field, today)?);
            }
        }
        let money = self.money(lang, kind)?;
        let text = |field| self.text(field).to_owned();
        let department = self.text(CommandField::Department).parse().ok();
        let form = FilledIn { text: &text, day, money, photos: vec![], department, other: into };
        let command = kind.filled_in(form).map_err(|missing| match missing {
            NotFilledIn::ByItself => AppError::NotAllowed,
            NotFilledIn::Money => invalid(CommandField::Funds, money::not_a_sum(lang, NotASum::Missing)),
            NotFilledIn::Day => invalid(CommandField::Deadline, office::needs_day(lang)),
            NotFilledIn::Hazard => invalid(CommandField::Into, office::no_such_number(lang)),
        })?;
        Ok((hazard, command.tidied()))
    }

    /// The sum that the form asks for; none where it asks for none.
    fn money(&self, lang: Lang, kind: HazardCommandKind) -> Result<Option<Fen>, AppError> {
        let asks = kind.row().asks.iter().find(|asks| asks.field.control() == Control::Money);
        let Some(asks) = asks.filter(|asks| asks.required || !self.text(asks.field).is_empty()) else {
            return Ok(None);
        };
        let sum = self.text(asks.field).parse::<Fen>();
        sum.map(Some).map_err(|why| invalid(asks.field, money::not_a_sum(lang, why)))
    }

    fn day(&self, lang: Lang, field: CommandField, today: NaiveDate) -> Result<NaiveDate, AppError> {
        let day: NaiveDate = self.text(field).parse().map_err(|_| invalid(field, office::needs_day(lang)))?;
        if day < today { Err(invalid(field, office::day_gone(lang))) } else { Ok(day) }
    }
}

fn invalid(field: CommandField, reason: &str) -> AppError {
    AppError::Invalid { field: field.as_str().to_owned(), reason: reason.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn form(kind: HazardCommandKind, given: &[(CommandField, &str)]) -> HazardForm {
        let given = given.iter().map(|(field, text)| (field.as_str().to_owned(), (*text).to_owned()));
        HazardForm { does: kind.as_str().into(), given: given.collect(), ..HazardForm::default() }
    }

    fn read(form: HazardForm) -> Result<HazardCommand, AppError> {
        let form = HazardForm { hazard: Uuid::nil().to_string(), ..form };
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        form.read(Lang::Zh, today, None).map(|(_, command)| command)
    }

    fn wrong_field(form: HazardForm) -> String {
        match read(form) {
            Err(AppError::Invalid { field, .. }) => field,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_deadline_is_a_day_that_has_not_gone_by() {
        let form = |deadline| {
            let given = [(CommandField::Reason, " 仍有杂物 "), (CommandField::Deadline, deadline)];
            form(HazardCommandKind::Return, &given)
        };
        assert_eq!(wrong_field(form("")), "deadline");
        assert_eq!(wrong_field(form("2026-11-23")), "deadline");
        let command = read(form("2026-11-24")).unwrap();
        assert!(matches!(command, HazardCommand::Return(back) if back.reason == "仍有杂物"));
    }

    #[test]
    fn what_is_no_sum_is_told_by_its_field_and_what_is_one_is_a_number() {
        let form = |funds| {
            let given = [
                (CommandField::Responsible, "物业 张经理"),
                (CommandField::Measures, "清走"),
                (CommandField::Funds, funds),
                (CommandField::Deadline, "2026-11-28"),
                (CommandField::Contingency, "巡查"),
            ];
            form(HazardCommandKind::Assign, &given)
        };
        for funds in ["", "不需要", "约 2000", "-1", "0.001", "10000000001"] {
            assert_eq!(wrong_field(form(funds)), "funds", "{funds}");
        }
        let command = read(form(" 1.5 万元 ")).unwrap();
        assert!(matches!(command, HazardCommand::Assign(plan) if plan.funds == Fen::of_yuan(15_000)));
    }

    #[test]
    fn a_day_that_may_be_left_out_is_left_out() {
        let form = |due| {
            form(HazardCommandKind::Reopen, &[(CommandField::Reason, "又堆上了"), (CommandField::Due, due)])
        };
        assert!(
            matches!(read(form(" ")).unwrap(), HazardCommand::Reopen(reopening) if reopening.due.is_none())
        );
        assert_eq!(wrong_field(form("明天")), "due");
    }

    #[test]
    fn a_duplicate_needs_a_number_that_exists() {
        assert_eq!(wrong_field(form(HazardCommandKind::Merge, &[(CommandField::Into, "000999")])), "into");
    }

    #[test]
    fn the_desk_does_what_the_table_offers_it_and_nothing_else() {
        for kind in HazardCommandKind::ALL.iter().copied() {
            let refused = read(form(kind, &[])) == Err(AppError::NotAllowed);
            assert_eq!(refused, !kind.row().offered.at_desk(), "{kind:?}");
        }
        for does in ["rectify", "report", "ask_extension", "of_tomorrow", ""] {
            let form = HazardForm { does: does.into(), ..HazardForm::default() };
            assert_eq!(read(form), Err(AppError::NotAllowed), "{does}");
        }
    }
}
