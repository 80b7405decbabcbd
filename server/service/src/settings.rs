//! 单位设置: the only writer of what an office decides for itself.
//!
//! Phones carry what their people may do: every change is told to them.

use crate::{
    asker::Asker,
    error::Error,
    services::Services,
    storage::{Record, Result as Stored},
};
use domain::{
    audit::{Act, Subject, SubjectKind},
    id::OfficeId,
    permission::{EXTENSION_LIMITS, PermissionRejection},
    public_report::{LEAST_DIFFICULTY, MOST_DIFFICULTY, PublicSettingsRejection},
    role::{Action, Role},
    settings::{
        OfficeSettings, SettingsCommand, SettingsRejection,
        calendar::{CalendarRejection, MOST_DAYS},
        hours::{HoursRejection, MOST_SPANS},
        paper::Paper,
        series::{Series, SeriesRejection},
        standards::{MOST_STANDARDS, NUMBER, OfficeStandard, StandardRejection},
    },
    text::Lang,
};
use i18n::{limits, places, public_reports as reports, settings as t, standards};
use serde_json::{Map, Value, json};

pub async fn file(state: &Services, by: &Asker) -> Result<OfficeSettings, Error> {
    by.allow(Action::ManageSettings)?;
    Ok(state.store.office_settings(by.actor.office).await?)
}

/// What the pages of the desk go by, whoever sits there.
pub async fn of(state: &Services, office: OfficeId) -> Stored<OfficeSettings> {
    state.store.office_settings(office).await
}

/// [`Error::NotFound`] where the office does not issue it: it is offered nowhere.
pub async fn issued(state: &Services, by: &Asker, paper: Paper) -> Result<(), Error> {
    if of(state, by.actor.office).await?.papers.issues(paper) { Ok(()) } else { Err(Error::NotFound) }
}

/// Does what the command says, or says why not; then nothing was changed.
pub async fn change(state: &Services, by: &Asker, command: &SettingsCommand) -> Result<(), Error> {
    by.allow(Action::ManageSettings)?;
    carry_out(state, by, command).await
}

/// The same for whoever has asked already whether they may: what forms rest on is kept by those who keep forms.
pub(crate) async fn carry_out(state: &Services, by: &Asker, command: &SettingsCommand) -> Result<(), Error> {
    let office = by.actor.office;
    let mut tx = state.store.write().await?;
    let was = tx.office_settings(office).await?;
    let is = domain::settings::decide(&was, command)?;
    if was == is {
        return Ok(());
    }
    tx.put_office_settings(office, &is).await?;
    let name = tx.places(office).await?.office.name;
    let entry =
        state.audit(office, &by.author(), Act::Changed, Subject::new(SubjectKind::Office, office.0, name));
    tx.put_audit(&entry.change(&facts(&was), &facts(&is))).await?;
    tx.touch(office, &[Record::Directory]).await?;
    tx.commit().await?;
    Ok(())
}

/// As 操作记录 keeps them: what each role may do, which extensions are the leader's, how numbers begin, which papers are issued, which
/// days are worked and at what hours.
fn facts(settings: &OfficeSettings) -> Value {
    let mut facts = Map::new();
    for role in Role::ALL {
        let stays = role.actions().iter().filter(|action| settings.permissions.may(role, **action));
        facts.insert(format!("may_{}", role.as_str()), json!(stays.collect::<Vec<_>>()));
    }
    facts.insert("extension_limit".to_owned(), json!(settings.permissions.extension_limit()));
    for series in Series::ALL {
        facts.insert(format!("number_{}", series.as_str()), json!(settings.series.prefix(series)));
    }
    facts.insert("papers".to_owned(), json!(settings.papers.issued()));
    facts.insert("days_off".to_owned(), json!(settings.calendar.days_off));
    facts.insert("workdays".to_owned(), json!(settings.calendar.workdays));
    let hours: Vec<_> = settings.calendar.hours.0.iter().map(ToString::to_string).collect();
    facts.insert("hours".to_owned(), json!(hours));
    let public = &settings.public;
    let sums: Vec<_> =
        public.rewards.iter().map(|line| format!("{} {}", line.name, line.sum.plain())).collect();
    facts.insert("public_open".to_owned(), json!(public.open));
    facts.insert("public_difficulty".to_owned(), json!(public.difficulty));
    facts.insert("public_rewards".to_owned(), json!(sums));
    let ended: Vec<_> = settings.standards.all().map(said).collect();
    facts.insert("standards".to_owned(), json!(ended));
    Value::Object(facts)
}

/// `GB 35181-2017 2025-11-01 → GB 35181-2025`
fn said(standard: &OfficeStandard) -> String {
    let newer = standard.replaced_by.as_ref().map(|newer| format!(" → {newer}")).unwrap_or_default();
    format!("{} {}{newer}", standard.number, standard.ends())
}

/// Why a change is not made, as people read it, and the field that is to blame; none where somebody else was there meanwhile.
pub fn in_words(lang: Lang, rejection: &SettingsRejection) -> (Option<&'static str>, String) {
    match rejection {
        SettingsRejection::Permission(PermissionRejection::Widens { role, action }) => {
            let (role, action) = (role.name().get(lang).to_owned(), action.name().get(lang).to_owned());
            (Some("allowed"), t::widens(lang, role, action))
        }
        SettingsRejection::Permission(PermissionRejection::LocksOut { action }) => {
            (Some("allowed"), t::locks_out(lang, action.name().get(lang).to_owned()))
        }
        SettingsRejection::Permission(PermissionRejection::ExtensionLimit) => {
            let (least, most) = EXTENSION_LIMITS;
            (Some("extension_limit"), t::extension_limit_wrong(lang, least, most))
        }
        SettingsRejection::Series(SeriesRejection::Malformed(series)) => {
            (Some(series.as_str()), t::prefix_wrong(lang).to_owned())
        }
        SettingsRejection::Series(SeriesRejection::Alike(series, other)) => {
            (Some(series.as_str()), t::prefix_taken(lang, t::series(lang, *other)))
        }
        SettingsRejection::Calendar(CalendarRejection::Both(day)) => {
            (Some("workdays"), t::day_both(lang, day.to_string()))
        }
        SettingsRejection::Calendar(CalendarRejection::Day(day)) => {
            (Some("days_off"), t::day_wrong(lang, day.to_string()))
        }
        SettingsRejection::Calendar(CalendarRejection::TooMany) => {
            (Some("days_off"), t::days_many(lang, MOST_DAYS))
        }
        SettingsRejection::Calendar(CalendarRejection::Hours(rejection)) => {
            let words = match rejection {
                HoursRejection::Backwards(span) => t::hours_backwards(lang, span.to_string()),
                HoursRejection::Overlaps(span) => t::hours_overlap(lang, span.to_string()),
                HoursRejection::TooMany => t::hours_many(lang, MOST_SPANS),
            };
            (Some("hours"), words)
        }
        SettingsRejection::Public(PublicSettingsRejection::Difficulty) => {
            let (least, most) = (LEAST_DIFFICULTY, MOST_DIFFICULTY);
            (Some("difficulty"), reports::difficulty_wrong(lang, least, most))
        }
        SettingsRejection::Public(PublicSettingsRejection::NameMissing) => {
            (Some("rewards"), reports::reward_name_missing(lang).to_owned())
        }
        SettingsRejection::Public(PublicSettingsRejection::Alike) => {
            (Some("rewards"), reports::reward_alike(lang).to_owned())
        }
        SettingsRejection::Public(PublicSettingsRejection::OverLimit(over)) => {
            (Some("rewards"), limits::over(lang, *over))
        }
        SettingsRejection::Standard(rejection) => standard_in_words(lang, rejection),
        SettingsRejection::Changed => (None, places::changed_title(lang).to_owned()),
    }
}

fn standard_in_words(lang: Lang, rejection: &StandardRejection) -> (Option<&'static str>, String) {
    match rejection {
        StandardRejection::Number => (Some("number"), standards::number_wrong(lang, NUMBER)),
        StandardRejection::ReplacedBy => (Some("replaced_by"), standards::number_wrong(lang, NUMBER)),
        StandardRejection::Itself => (Some("replaced_by"), standards::itself(lang).to_owned()),
        StandardRejection::Nothing => (Some("until"), standards::nothing_said(lang).to_owned()),
        StandardRejection::Day => (Some("until"), standards::day_wrong(lang).to_owned()),
        StandardRejection::BeforeForce(from) => {
            (Some("until"), standards::before_force(lang, from.to_string()))
        }
        StandardRejection::Registered(until) => {
            (Some("number"), standards::registered(lang, until.to_string()))
        }
        StandardRejection::TooMany => (Some("number"), standards::too_many(lang, MOST_STANDARDS)),
        StandardRejection::NotSaid => (Some("number"), standards::not_said(lang).to_owned()),
    }
}
