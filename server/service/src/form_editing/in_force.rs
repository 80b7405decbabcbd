//! What a form rests on that has ended, or is not in force yet. It keeps nothing from being published: it is told wherever the
//! form is seen, and to its author at the row.

use super::laws;
use crate::{catalogue::standards, error::Error, services::Services, storage::StoreError};
use domain::{
    form::{Form, FormSheets, basis::EndedBasis, editing::SheetFault},
    law::StandardRegister,
    text::Lang,
    time::office_day,
};
use i18n::form_editing as t;
use std::sync::OnceLock;

/// What it rests on today that is not in force, in form order.
pub fn ended(state: &Services, form: &Form) -> Result<Vec<EndedBasis>, Error> {
    Ok(form.ended(office_day(state.now()), standards()?))
}

/// The built-in register, read once.
pub(super) fn standards() -> Result<&'static StandardRegister, Error> {
    static STANDARDS: OnceLock<Option<StandardRegister>> = OnceLock::new();
    let laws = laws()?;
    let register = STANDARDS.get_or_init(|| standards::register(laws).ok());
    register.as_ref().ok_or_else(|| Error::from(StoreError::Corrupt("the register of standards".to_owned())))
}

/// The same at the rows of the draft that the form was read from, with what to name instead where that is known.
pub(super) fn told(
    state: &Services,
    lang: Lang,
    sheets: &FormSheets,
    form: &Form,
) -> Result<Vec<SheetFault>, Error> {
    let standards = standards()?;
    let told = ended(state, form)?.into_iter().map(|basis| {
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
