//! What devices send. The phone asks the same before it queues, so that nothing honest is refused for its size.

use super::{
    ANSWERS, Checked, Excess, FORMS, Field, KINDS, NAME, OverLimit, PHOTOS, PIXELS, SLUG, check_count,
    check_day, check_line, check_number, check_slug, check_text, records::check_location, tidy_line,
    tidy_text,
};
use crate::{
    answer::Answer,
    diagnostics::{Diagnostics, MOST_ENTRIES},
    hazard::{
        ExtensionGrant, ExtensionRequest, Found, HazardCommand, Listing, RectificationPlan, Referral,
        Reopening, Return,
    },
    photo::{Camera, PhotoFacts},
    sync::Payload,
    visit::{FilledForm, Visit, check_participants},
};

impl Payload {
    /// Whether every text, list, number and day is within its limit.
    pub fn check_limits(&self) -> Checked {
        match self {
            Self::SubmitVisit(visit) => check_visit(visit),
            Self::Hazard { command, .. } => check_command(command),
            Self::Photo(facts) => check_photo(facts),
            // Which type it may have is one closed list.
            Self::Paper(_) => Ok(()),
            Self::Diagnostics(report) => check_report(report),
        }
    }

    /// With every text as a person would have it: see [`tidy_text`].
    pub fn tidied(self) -> Self {
        match self {
            Self::SubmitVisit(mut visit) => {
                tidy(&mut visit.note);
                for participant in &mut visit.participants {
                    participant.name = tidy_line(&participant.name);
                }
                for sealed in visit.forms.iter_mut().flat_map(|form| form.answers.values_mut()) {
                    tidy(&mut sealed.note);
                    if let Answer::Text(text) = &mut sealed.answer {
                        tidy(text);
                    }
                }
                Self::SubmitVisit(visit)
            }
            Self::Hazard { hazard, event, site, command } => {
                Self::Hazard { hazard, event, site, command: command.tidied() }
            }
            Self::Photo(_) | Self::Paper(_) | Self::Diagnostics(_) => self,
        }
    }
}

impl HazardCommand {
    /// With every text as a person would have it; signs that a line does not take become their wide sisters.
    pub fn tidied(mut self) -> Self {
        for (field, text) in self.texts_mut() {
            let is_a_name = field == Field::Responsible || field == Field::Authority;
            *text = if is_a_name {
                tidy_line(text).replace('<', "＜").replace('>', "＞")
            } else {
                tidy_text(text)
            };
        }
        self
    }
}

pub fn tidy(text: &mut String) {
    *text = tidy_text(text);
}

pub fn check_visit(visit: &Visit) -> Checked {
    check_text(Field::Note, &visit.note)?;
    check_count(Field::Photos, visit.photos.len(), PHOTOS)?;
    check_participants(&visit.participants)?;
    check_count(Field::Kinds, visit.site_seen.kinds.len(), KINDS)?;
    visit.site_seen.kinds.iter().try_for_each(|kind| check_slug(Field::Kinds, kind.as_str()))?;
    visit.location.as_ref().map_or(Ok(()), check_location)?;
    check_count(Field::Forms, visit.forms.len(), FORMS)?;
    check_count(Field::Answers, visit.answers().count(), ANSWERS)?;
    visit.forms.iter().try_for_each(check_form)
}

fn check_form(form: &FilledForm) -> Checked {
    check_slug(Field::Checklist, form.checklist.as_str())?;
    for (item, sealed) in &form.answers {
        check_slug(Field::Item, item.as_str())?;
        check_text(Field::Note, &sealed.note)?;
        check_count(Field::Photos, sealed.photos.len(), PHOTOS)?;
        check_answer(&sealed.answer)?;
    }
    Ok(())
}

pub fn check_answer(answer: &Answer) -> Checked {
    match answer {
        Answer::Text(text) => check_text(Field::Answer, text),
        Answer::Date(day) => check_date_read(*day),
        Answer::SelectOne(option) => check_slug(Field::Answer, option.as_str()),
        Answer::SelectMultiple(chosen) => {
            check_count(Field::Answer, chosen.len(), SLUG)?;
            chosen.iter().try_for_each(|option| check_slug(Field::Answer, option.as_str()))
        }
        Answer::Pass | Answer::Fail | Answer::NotApplicable | Answer::Number(_) | Answer::Count(_) => Ok(()),
    }
}

/// A date that was read off something: an extinguisher is older than this system.
fn check_date_read(day: chrono::NaiveDate) -> Checked {
    use chrono::Datelike;
    let fits = (1900..=2100).contains(&day.year());
    if fits { Ok(()) } else { Err(OverLimit { field: Field::Answer, excess: Excess::Day }) }
}

pub fn check_command(command: &HazardCommand) -> Checked {
    for (field, text) in command.texts() {
        check_text(field, text)?;
    }
    for photos in command.lists_of_photos() {
        check_count(Field::Photos, photos.len(), PHOTOS)?;
    }
    match command {
        HazardCommand::Report(found) => check_found(found),
        HazardCommand::Assign(RectificationPlan { responsible, deadline, .. }) => {
            check_line(Field::Responsible, responsible, NAME)?;
            check_day(Field::Deadline, *deadline)
        }
        HazardCommand::AskExtension(ExtensionRequest { until, .. })
        | HazardCommand::GrantExtension(ExtensionGrant { until }) => check_day(Field::Until, *until),
        HazardCommand::Return(Return { deadline, .. }) => check_day(Field::Deadline, *deadline),
        HazardCommand::Reopen(Reopening { due, .. }) => due.map_or(Ok(()), |due| check_day(Field::Due, due)),
        HazardCommand::List(Listing { by_authority }) => check_line(Field::Authority, by_authority, NAME),
        HazardCommand::Refer(Referral { authority, .. }) => check_line(Field::Authority, authority, NAME),
        HazardCommand::RefuseExtension(_)
        | HazardCommand::Rectify(_)
        | HazardCommand::Accept(_)
        | HazardCommand::Suspend(_)
        | HazardCommand::LiftSuspension(_)
        | HazardCommand::Merge(_) => Ok(()),
    }
}

fn check_found(found: &Found) -> Checked {
    check_line(Field::Responsible, &found.responsible, NAME)?;
    found.checklist.as_ref().map_or(Ok(()), |id| check_slug(Field::Checklist, id.as_str()))?;
    found.item.as_ref().map_or(Ok(()), |id| check_slug(Field::Item, id.as_str()))
}

pub fn check_photo(facts: &PhotoFacts) -> Checked {
    for pixels in [facts.width, facts.height, facts.caption_height] {
        check_number(Field::Pixels, pixels.into(), PIXELS)?;
    }
    facts.location.as_ref().map_or(Ok(()), check_location)?;
    let Some(Camera { device, software, location, .. }) = &facts.camera else { return Ok(()) };
    check_camera(device)?;
    check_camera(software)?;
    location.as_ref().map_or(Ok(()), check_location)
}

/// What a camera writes is the camera's; it is only shown.
fn check_camera(text: &str) -> Checked {
    if text.chars().count() <= NAME {
        return Ok(());
    }
    Err(OverLimit { field: Field::Camera, excess: Excess::TooLong(NAME as u32) })
}

fn check_report(report: &Diagnostics) -> Checked {
    check_count(Field::Report, report.entries.len(), MOST_ENTRIES)?;
    let own = [&report.version, &report.system];
    let noted = report.entries.iter().flat_map(|entry| [&entry.what, &entry.came]);
    own.into_iter().chain(noted).try_for_each(|text| check_text(Field::Report, text))
}
