//! What a form rests on that has ended, or is not in force yet. It keeps nothing from being published: it is told wherever the
//! form is seen, and to its author at the row.

use super::laws;
use crate::{asker::Asker, catalogue::standards, error::Error, services::Services, storage::StoreError};
use domain::{
    form::{Form, FormSheets, basis::EndedBasis, editing::SheetFault},
    id::OfficeId,
    law::StandardRegister,
    role::Action,
    time::office_day,
};
use i18n::form_editing as t;
use std::sync::OnceLock;

/// What it rests on today that is not in force, in form order.
pub async fn ended(state: &Services, by: &Asker, form: &Form) -> Result<Vec<EndedBasis>, Error> {
    by.allow(Action::UseOffice)?;
    let standards = standards_of(state, by.actor.office).await?;
    Ok(form.ended(office_day(state.now()), &standards))
}

/// The built-in register, with the ends that the office knows of beside it.
pub(crate) async fn standards_of(state: &Services, office: OfficeId) -> Result<StandardRegister, Error> {
    let settings = state.store.office_settings(office).await?;
    Ok(settings.standards.beside(built_in_standards()?))
}

/// The built-in register, read once.
pub(crate) fn built_in_standards() -> Result<&'static StandardRegister, Error> {
    static STANDARDS: OnceLock<Option<StandardRegister>> = OnceLock::new();
    let laws = laws()?;
    let register = STANDARDS.get_or_init(|| standards::register(laws).ok());
    register.as_ref().ok_or_else(|| Error::from(StoreError::Corrupt("the register of standards".to_owned())))
}

/// The same at the rows of the draft that the form was read from, with what to name instead where that is known.
pub(super) async fn told(
    state: &Services,
    by: &Asker,
    sheets: &FormSheets,
    form: &Form,
) -> Result<Vec<SheetFault>, Error> {
    let lang = by.lang;
    let standards = standards_of(state, by.actor.office).await?;
    let ended = form.ended(office_day(state.now()), &standards);
    let told = ended.into_iter().map(|basis| {
        let named = |row: &usize| sheets.survey.get(*row, "name").trim() == basis.question().as_str();
        let name = basis.name(form);
        let (heading, newer) = match &basis {
            EndedBasis::Quote(..) => ("law", None),
            EndedBasis::Standard(_, standard) => {
                let known = standards.get(&standard.number);
                ("standard", known.and_then(|known| known.replaced_by.as_deref()))
            }
        };
        SheetFault {
            sheet: "survey".to_owned(),
            row: (0..sheets.survey.rows.len()).find(named),
            heading: heading.to_owned(),
            words: match newer {
                Some(newer) => t::basis_replaced(lang, &name, newer),
                None => t::basis_not_in_force(lang, &name),
            },
        }
    });
    Ok(told.collect())
}
