//! 标准施行情况: which standards the office's forms name, which of them have ended, and what the office says of one whose end the
//! built-in register does not show.

use crate::{asker::Asker, error::Error, form_editing, services::Services, settings, storage::PublishedForm};
use chrono::NaiveDate;
use domain::{
    file::{StandardLine, StandardsFile},
    law::{StandardRegister, is_same_standard},
    role::Action,
    settings::{
        SettingsCommand,
        standards::{OfficeStandard, OfficeStandards},
    },
};
use std::collections::BTreeMap;

/// Those that published forms of the office name, and those of which it says something, by their numbers.
pub async fn list(state: &Services, by: &Asker) -> Result<StandardsFile, Error> {
    by.allow(Action::ManageForms)?;
    let office = by.actor.office;
    let said = state.store.office_settings(office).await?.standards;
    let mut forms: BTreeMap<String, usize> = BTreeMap::new();
    for PublishedForm { form, .. } in state.store.newest_editions(office).await? {
        let mut named: Vec<&str> = vec![];
        for standard in form.questions().flat_map(|question| &question.basis.standard) {
            if !named.iter().any(|known| is_same_standard(known, &standard.number)) {
                named.push(&standard.number);
            }
        }
        for number in named {
            let known = forms.keys().find(|known| is_same_standard(known, number)).cloned();
            *forms.entry(known.unwrap_or_else(|| number.to_owned())).or_default() += 1;
        }
    }
    for one in said.all() {
        if !forms.keys().any(|known| is_same_standard(known, &one.number)) {
            forms.insert(one.number.clone(), 0);
        }
    }
    let register = form_editing::built_in_standards()?;
    let beside = said.beside(register);
    let standards = forms.into_iter().map(|(number, forms)| line(&number, forms, &said, register, &beside));
    Ok(StandardsFile { standards: standards.collect() })
}

/// What the register shows of it is printed as it stands there; what the office says fills in its end alone.
/// `beside`: the register with what the office says.
fn line(
    number: &str,
    forms: usize,
    said: &OfficeStandards,
    register: &StandardRegister,
    beside: &StandardRegister,
) -> StandardLine {
    let known = register.get(number);
    let ends = beside.get(number);
    // Where the register has come to show the end itself, what was said before it did counts no more.
    let counts = known.is_none_or(|known| known.in_force_until.is_none());
    StandardLine {
        number: known.map_or_else(|| number.to_owned(), |known| known.number.clone()),
        title: known.and_then(|known| known.title.clone()),
        in_force_from: known.and_then(|known| known.in_force_from),
        in_force_until: ends.and_then(|known| known.in_force_until),
        replaced_by: ends.and_then(|known| known.replaced_by.clone()),
        said: said.get(number).cloned(),
        counts,
        forms,
    }
}

/// Says of a standard that it has ended, or will: from `until` on, or by now where a newer one is all that is known.
///
/// # Errors
/// [`Error::Settings`] with why that cannot be.
pub async fn end(
    state: &Services,
    by: &Asker,
    number: String,
    until: Option<NaiveDate>,
    replaced_by: String,
) -> Result<(), Error> {
    by.allow(Action::ManageForms)?;
    let known = form_editing::built_in_standards()?.get(&number).cloned();
    let said = OfficeStandard {
        number,
        until,
        replaced_by: Some(replaced_by),
        by: by.actor.name.clone(),
        at: state.now(),
    };
    settings::carry_out(state, by, &SettingsCommand::EndStandard { said, known }).await
}

/// The office says nothing of it any more; what the register shows stays.
pub async fn take_back(state: &Services, by: &Asker, number: String) -> Result<(), Error> {
    by.allow(Action::ManageForms)?;
    settings::carry_out(state, by, &SettingsCommand::TakeBackStandard { number }).await
}
