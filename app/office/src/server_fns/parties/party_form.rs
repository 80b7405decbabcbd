//! The form of a party as browsers send it: flat words. Reading it is a pure function, and what was typed can be shown
//! again as it was.

use crate::{
    error::AppError,
    i18n::{limits, parties},
    server_fns::meanwhile::Take,
};
use domain::{
    id::PartyId,
    limits::{records::check_party, tidy_line, tidy_text},
    party::{CreditCode, Party, PartyKind, PartyPerson},
    text::Lang,
};
use serde::{Deserialize, Serialize};

/// An empty `id` is a new party.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PartyForm {
    pub id: String,
    pub name: String,
    /// Empty: an enterprise, or what the credit code says.
    pub kind: String,
    pub credit_code: String,
    pub phone: String,
    /// Lines that are wholly empty count for nothing.
    pub people: Vec<PartyPerson>,
    pub note: String,
    pub retired: bool,
    /// The form as it was loaded.
    pub base: String,
    /// What was chosen where somebody else had changed the party meanwhile.
    pub take: Take,
}

impl PartyForm {
    /// The form with what is known of the party.
    pub fn of(party: &Party) -> Self {
        Self {
            id: party.id.to_string(),
            name: party.name.clone(),
            kind: party.kind.as_str().to_owned(),
            credit_code: party.credit_code.as_ref().map(ToString::to_string).unwrap_or_default(),
            phone: party.phone.clone(),
            people: party.people.clone(),
            note: party.note.clone(),
            retired: party.retired,
            base: String::new(),
            take: Take::new(),
        }
    }

    /// Where the form stands.
    pub fn page(&self) -> String {
        match self.id.parse::<PartyId>() {
            Ok(id) => format!("/office/parties/{id}/edit"),
            Err(_) => "/office/parties/new".to_owned(),
        }
    }

    /// `before` is the party as it stood, if it is not new.
    pub fn read(
        self,
        lang: Lang,
        before: Option<&Party>,
        fresh: impl FnOnce() -> PartyId,
    ) -> Result<Party, AppError> {
        let invalid = |field: &str, reason: String| AppError::Invalid { field: field.to_owned(), reason };
        let name = tidy_line(&self.name);
        if name.is_empty() {
            return Err(invalid("name", parties::name_missing(lang).to_owned()));
        }
        let credit_code = match tidy_line(&self.credit_code).as_str() {
            "" => None,
            code => Some(
                CreditCode::parse(code)
                    .map_err(|error| invalid("credit_code", parties::wrong_credit_code(lang, error)))?,
            ),
        };
        let said = credit_code.as_ref().and_then(CreditCode::kind);
        let people = self.people.into_iter().map(trimmed).filter(|one| *one != PartyPerson::default());
        let people: Vec<_> = people.collect();
        if people.iter().any(|person| person.name.is_empty()) {
            return Err(invalid("people", parties::person_missing(lang).to_owned()));
        }
        let party = Party {
            id: before.map_or_else(fresh, |party| party.id),
            name,
            kind: PartyKind::parse(&self.kind).or(said).unwrap_or_default(),
            credit_code,
            phone: tidy_line(&self.phone),
            people,
            note: tidy_text(&self.note),
            retired: self.retired,
        };
        check_party(&party).map_err(|over| invalid(over.field.as_str(), limits::over(lang, over)))?;
        Ok(party)
    }
}

fn trimmed(person: PartyPerson) -> PartyPerson {
    PartyPerson {
        name: tidy_line(&person.name),
        post: tidy_line(&person.post),
        phone: tidy_line(&person.phone),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn form() -> PartyForm {
        PartyForm {
            name: " 锦绣物业 ".into(),
            people: vec![
                PartyPerson { name: "孙强".into(), ..PartyPerson::default() },
                PartyPerson::default(),
            ],
            ..PartyForm::default()
        }
    }

    fn read(form: PartyForm, before: Option<&Party>) -> Result<Party, AppError> {
        form.read(Lang::Zh, before, || Uuid::from_u128(9).into())
    }

    fn wrong_field(form: PartyForm) -> String {
        match read(form, None) {
            Err(AppError::Invalid { field, .. }) => field,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn each_wrong_field_is_named() {
        assert_eq!(wrong_field(PartyForm { name: " ".into(), ..form() }), "name");
        assert_eq!(wrong_field(PartyForm { credit_code: "91".into(), ..form() }), "credit_code");
        assert_eq!(wrong_field(PartyForm { phone: "1".repeat(41), ..form() }), "phone");
        let nobody = PartyPerson { phone: "138".into(), ..PartyPerson::default() };
        assert_eq!(wrong_field(PartyForm { people: vec![nobody], ..form() }), "people");
    }

    #[test]
    fn a_kind_that_is_not_chosen_follows_from_the_code() {
        let code = CreditCode::completing("92000000MA0000001").unwrap();
        let typed = PartyForm { credit_code: format!(" {} ", code.as_str().to_lowercase()), ..form() };
        let party = read(typed.clone(), None).unwrap();
        assert_eq!(
            (party.kind, party.credit_code, party.people.len()),
            (PartyKind::SoleTrader, Some(code), 1)
        );
        let chosen = PartyForm { kind: "enterprise".into(), ..typed };
        assert_eq!(read(chosen, None).unwrap().kind, PartyKind::Enterprise);
    }

    #[test]
    fn a_form_that_changes_nothing_leaves_the_party_as_it_was() {
        let party = Party { note: "两行\n备注".into(), ..read(form(), None).unwrap() };
        assert_eq!(read(PartyForm::of(&party), Some(&party)).unwrap(), party);
    }
}
