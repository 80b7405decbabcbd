//! A draft becomes a version; a version ends.

use super::{draft::unchanged, next_version, pictures, read};
use crate::{asker::Asker, error::Error, services::Services};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    audit::{Act, Subject, SubjectKind},
    form::{Form, Review, Validity},
    id::FormId,
    limits::{Field, NAME, check_day, check_line, tidy_line},
    role::Action,
    time::office_day,
};
use i18n::{form_editing as t, limits};
use serde_json::json;

/// Publishes the draft that the author has seen, to be asked from this day on; `reviewer` answers for the content.
///
/// # Errors
/// [`Error::Sheets`] with all that is wrong with it, [`Error::Changed`] where somebody has saved since.
pub async fn publish(
    state: &Services,
    by: &Asker,
    id: &FormId,
    seen: DateTime<Utc>,
    from: NaiveDate,
    reviewer: &str,
) -> Result<u32, Error> {
    by.allow(Action::ManageForms)?;
    let (office, lang, today) = (by.actor.office, by.lang, office_day(state.now()));
    let reviewer = tidy_line(reviewer);
    if reviewer.is_empty() {
        return Err(Error::invalid("reviewer", t::reviewer_missing(lang)));
    }
    check_line(Field::Name, &reviewer, NAME)
        .and_then(|()| check_day(Field::Due, from))
        .map_err(|over| Error::invalid(over.field.as_str(), limits::over(lang, over)))?;
    if from < today {
        return Err(Error::invalid("from", t::from_gone(lang)));
    }
    let draft = state.store.form_draft(office, id).await?.ok_or(Error::NotFound)?;
    if draft.saved_at != seen {
        return Err(Error::Changed);
    }
    let held = pictures(state, office).await?;
    let imported = read(state, &draft, &held)?.map_err(|faults| Error::Sheets(super::told(&faults, lang)))?;
    let mut tx = state.store.write().await?;
    unchanged(&mut *tx, office, id, seen).await?;
    let newest = tx.newest_edition(office, id).await?.map(|known| known.form);
    let form = Form {
        id: id.clone(),
        version: next_version(newest.as_ref()),
        validity: Validity { from: (from > today).then_some(from), until: None },
        review: Some(Review { by: reviewer.clone(), on: today }),
        ..imported.form
    };
    if !tx.publish_form(office, &form).await? {
        return Err(Error::Changed);
    }
    tx.delete_form_draft(office, id).await?;
    let subject = Subject::new(SubjectKind::Form, None, format!("{id}@{}", form.version));
    let became = json!({ "from": from, "reviewed_by": reviewer });
    let entry = state.audit(office, &by.author(), Act::Published, subject).change(&json!({}), &became);
    tx.put_audit(&entry).await?;
    tx.commit().await?;
    Ok(form.version)
}

/// The form is asked for the last time on this day, in whichever version: also one that is in use while a newer is still to come.
/// What was begun is finished.
pub async fn withdraw(state: &Services, by: &Asker, id: &FormId, until: NaiveDate) -> Result<(), Error> {
    by.allow(Action::ManageForms)?;
    let (office, lang, today) = (by.actor.office, by.lang, office_day(state.now()));
    let yesterday = today.pred_opt().unwrap_or(today);
    check_day(Field::Until, until)
        .map_err(|over| Error::invalid(over.field.as_str(), limits::over(lang, over)))?;
    if until < yesterday {
        return Err(Error::invalid("until", t::until_gone(lang)));
    }
    let mut tx = state.store.write().await?;
    let editions = tx.editions(office, id).await?;
    let newest = &editions.first().ok_or(Error::NotFound)?.form;
    // Those that end later, and those that were withdrawn together with the newest. What ended before stays as it was.
    let ends =
        |known: Option<NaiveDate>| known.is_none_or(|day| day > until) || known == newest.validity.until;
    for Form { version, validity, .. } in editions.iter().map(|known| &known.form) {
        if ends(validity.until) {
            let validity = Validity { until: Some(until), ..*validity };
            tx.set_validity(office, id, *version, validity).await?;
        }
    }
    let subject = Subject::new(SubjectKind::Form, None, format!("{id}@{}", newest.version));
    let (was, became) = (json!({ "until": newest.validity.until }), json!({ "until": until }));
    let entry = state.audit(office, &by.author(), Act::Withdrawn, subject).change(&was, &became);
    tx.put_audit(&entry).await?;
    Ok(tx.commit().await?)
}
