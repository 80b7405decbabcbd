//! What devices send. The phone asks the same before it queues, so that nothing honest is refused for its size.

use super::{
    ANSWERS, Checked, Excess, FORMS, Field, HAZARDS, KINDS, LAST_ANSWERS, NAME, NOTICES, OverLimit, PHOTOS,
    PIXELS, SLUG, check_count, check_day, check_line, check_number, check_slug, check_text,
    records::{check_attributes, check_location},
    tidy_line, tidy_text,
};
use crate::{
    diagnostics::{Diagnostics, MOST_ENTRIES},
    form::{Answer, AnswerKey, LastAnswers, MOST_DEPTH},
    hazard::{
        ExtensionGrant, ExtensionRequest, Found, HazardCommand, Listing, RectificationPlan, Referral,
        Reopening, Return,
    },
    photo::{Camera, PhotoFacts},
    sync::Payload,
    task::{NewTask, TaskCommand, TaskSubject},
    visit::{FilledForm, Visit, check_participants},
};

impl Payload {
    /// Whether every text, list, number and day is within its limit.
    pub fn check_limits(&self) -> Checked {
        match self {
            Self::SubmitVisit(visit) => check_visit(visit),
            Self::Hazard { command, .. } => check_command(command),
            Self::Task { command, .. } => command.check_limits(),
            Self::NewSite(site) => site.check(),
            Self::Photo(facts) => check_photo(facts),
            // Which type it may have is one closed list.
            Self::Paper(_) => Ok(()),
            // Ids and a time.
            Self::OrderOpened { .. } => Ok(()),
            Self::NoticesSeen { notices } => check_count(Field::Notices, notices.len(), NOTICES),
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
                visit.sign_off = visit.sign_off.map(|sign_off| Box::new(sign_off.tidied()));
                visit.administrative =
                    visit.administrative.take().map(|inspection| Box::new(inspection.tidied()));
                for sealed in visit.forms.iter_mut().flat_map(|form| &mut form.answers) {
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
            Self::Task { task, event, command } => Self::Task { task, event, command: command.tidied() },
            Self::NewSite(site) => Self::NewSite(site.tidied()),
            Self::OrderOpened { .. }
            | Self::NoticesSeen { .. }
            | Self::Photo(_)
            | Self::Paper(_)
            | Self::Diagnostics(_) => self,
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

impl TaskCommand {
    /// Whether every text, list and day is within its limit.
    pub fn check_limits(&self) -> Checked {
        match self {
            Self::Give(NewTask { person: _, about, note, until }) => {
                if let TaskSubject::Visit { site: _, forms } = about {
                    check_count(Field::Forms, forms.len(), FORMS)?;
                    forms.iter().try_for_each(|form| check_slug(Field::Form, form.as_str()))?;
                }
                check_text(Field::Note, note)?;
                check_day(Field::Until, *until)
            }
            Self::HandOn { to: _ } => Ok(()),
            Self::Withdraw { reason } => check_text(Field::Reason, reason),
        }
    }

    /// With every text as a person would have it: see [`tidy_text`].
    #[must_use]
    pub fn tidied(mut self) -> Self {
        match &mut self {
            Self::Give(NewTask { note: text, .. }) | Self::Withdraw { reason: text } => tidy(text),
            Self::HandOn { to: _ } => {}
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
    visit.sign_off.as_ref().map_or(Ok(()), |sign_off| sign_off.check_limits())?;
    check_count(Field::Kinds, visit.site_seen.kinds.len(), KINDS)?;
    visit.site_seen.kinds.iter().try_for_each(|kind| check_slug(Field::Kinds, kind.as_str()))?;
    visit.location.as_ref().map_or(Ok(()), check_location)?;
    check_attributes(&visit.site_seen.attributes)?;
    check_count(Field::Forms, visit.site_seen.last.len(), FORMS)?;
    visit.site_seen.last.iter().try_for_each(check_last)?;
    check_count(Field::Forms, visit.forms.len(), FORMS)?;
    check_count(Field::Answers, visit.answers().count(), ANSWERS)?;
    visit.administrative.as_ref().map_or(Ok(()), |inspection| inspection.check_limits())?;
    visit.forms.iter().try_for_each(check_form)
}

fn check_form(form: &FilledForm) -> Checked {
    check_slug(Field::Form, form.form.as_str())?;
    let instances: usize = form.instances.iter().map(|known| known.numbers.len()).sum();
    check_count(Field::Answers, form.instances.len().max(instances), ANSWERS)?;
    check_count(Field::Answers, form.only.len(), ANSWERS)?;
    form.only.iter().try_for_each(|id| check_line(Field::Question, id.as_str(), SLUG))?;
    for known in &form.instances {
        check_line(Field::Question, known.repeat.group.as_str(), SLUG)?;
        check_count(Field::Answers, known.repeat.instance.len(), MOST_DEPTH)?;
    }
    for sealed in &form.answers {
        check_key(&sealed.key)?;
        check_text(Field::Note, &sealed.note)?;
        check_count(Field::Photos, sealed.photos.len(), PHOTOS)?;
        check_count(Field::Hazards, sealed.hazards.len(), HAZARDS)?;
        sealed.answer.check_limits()?;
    }
    Ok(())
}

/// The phone keeps no more of them, so that nothing honest is refused.
fn check_last(last: &LastAnswers) -> Checked {
    check_slug(Field::Form, last.form.as_str())?;
    check_count(Field::Answers, last.answers.len(), LAST_ANSWERS)?;
    for given in &last.answers {
        check_key(&given.key)?;
        given.answer.check_limits()?;
    }
    Ok(())
}

fn check_key(key: &AnswerKey) -> Checked {
    check_line(Field::Question, key.question.as_str(), SLUG)?;
    check_count(Field::Answers, key.instance.len(), MOST_DEPTH)
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
    found.location.as_ref().map_or(Ok(()), check_location)?;
    found.form.as_ref().map_or(Ok(()), |id| check_slug(Field::Form, id.as_str()))?;
    found.question.as_ref().map_or(Ok(()), |id| check_line(Field::Question, id.as_str(), SLUG))
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
