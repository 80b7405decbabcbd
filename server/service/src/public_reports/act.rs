//! What the office does with a report.

use super::subject;
use crate::{
    asker::Asker, blobs::Variant, error::Error, hazards, services::Services, storage::Transaction, uploads,
};
use domain::{
    attachment::AttachmentFacts,
    audit::Act,
    form::ResponsibleKind,
    hazard::Found,
    id::{HazardId, PublicReportId, SiteId},
    limits::{Field, check_code, check_text},
    photo::{Format, PhotoFacts, PhotoHash},
    public_report::{
        PublicReport, ReportCommand, ReportCommandKind, ReportEvent, ReportRecord, ReportRefusal, decide,
    },
    role::Action,
    severity::Severity,
};
use i18n::{limits, public_reports as t};
use serde_json::{Value, json};

/// What is wanted of a report, as it is typed at the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    Release,
    Discard {
        reason: String,
    },
    Confirm {
        note: String,
    },
    FindNothing {
        reason: String,
    },
    /// By the hazard's number.
    Join {
        number: String,
    },
    /// By the site's code.
    MakeHazard {
        site: String,
        what: String,
        level: Severity,
    },
    Answer {
        words: String,
    },
    Ask {
        words: String,
    },
    /// By the name of a line of the table.
    ProposeReward {
        line: String,
    },
    /// Of the sum that the approver was shown, in yuan.
    ApproveReward {
        sum: String,
    },
    PayReward,
}

impl Wanted {
    fn kind(&self) -> ReportCommandKind {
        match self {
            Self::Release => ReportCommandKind::Release,
            Self::Discard { .. } => ReportCommandKind::Discard,
            Self::Confirm { .. } => ReportCommandKind::Confirm,
            Self::FindNothing { .. } => ReportCommandKind::FindNothing,
            Self::Join { .. } => ReportCommandKind::Join,
            Self::MakeHazard { .. } => ReportCommandKind::MakeHazard,
            Self::Answer { .. } => ReportCommandKind::Answer,
            Self::Ask { .. } => ReportCommandKind::Ask,
            Self::ProposeReward { .. } => ReportCommandKind::ProposeReward,
            Self::ApproveReward { .. } => ReportCommandKind::ApproveReward,
            Self::PayReward => ReportCommandKind::PayReward,
        }
    }

    /// Whoever gives work looks after reports; money is for those who supervise.
    fn needs(&self) -> Action {
        match self {
            Self::ApproveReward { .. } | Self::PayReward => Action::AssignAndSupervise,
            Self::Release
            | Self::Discard { .. }
            | Self::Confirm { .. }
            | Self::FindNothing { .. }
            | Self::Join { .. }
            | Self::MakeHazard { .. }
            | Self::Answer { .. }
            | Self::Ask { .. }
            | Self::ProposeReward { .. } => Action::Assign,
        }
    }
}

/// Does it, or says by which field why not.
pub async fn act(
    state: &Services,
    by: &Asker,
    id: PublicReportId,
    wanted: Wanted,
) -> Result<PublicReport, Error> {
    by.allow(Action::UseOffice)?;
    by.allow(wanted.needs())?;
    let office = by.actor.office;
    if !state.store.sees_public_report(office, &by.actor.scope, id).await? {
        return Err(Error::NotFound);
    }
    let kind = wanted.kind();
    let shown = match &wanted {
        Wanted::ApproveReward { sum } => Some(sum.clone()),
        Wanted::Release
        | Wanted::Discard { .. }
        | Wanted::Confirm { .. }
        | Wanted::FindNothing { .. }
        | Wanted::Join { .. }
        | Wanted::MakeHazard { .. }
        | Wanted::Answer { .. }
        | Wanted::Ask { .. }
        | Wanted::ProposeReward { .. }
        | Wanted::PayReward => None,
    };
    let prepared = Prepared::of(state, by, id, wanted).await?;
    let mut tx = state.store.write().await?;
    let mut report = tx.public_report(office, id).await?.ok_or(Error::NotFound)?;
    let event = decide(&report, &prepared.command, by.actor.person)
        .map_err(|why| Error::invalid(kind.as_str(), t::refusal(by.lang, why)))?;
    // Another sum may have been proposed since the approver looked: nobody approves what they have not seen.
    let sum = report.reward.as_ref().map(|reward| reward.sum.sum.plain());
    if shown.is_some() && shown != sum {
        return Err(Error::invalid(kind.as_str(), t::refusal(by.lang, ReportRefusal::RewardMoved)));
    }
    if let Some((site, found)) = prepared.hazard
        && let ReportEvent::BecameHazard { hazard } = event
    {
        hazards::report(state, &mut *tx, by, hazard, site, found).await?;
    }
    entered(state, &mut *tx, by, &report, &event).await?;
    let (at, person, name) = (state.now(), by.actor.person, by.actor.name.clone());
    report.evolve(ReportRecord { id: state.new_id(), at, by: person, name, event });
    tx.change_public_report(office, &report).await?;
    tx.commit().await?;
    Ok(report)
}

/// A command, with the site and the words of the hazard that it makes.
struct Prepared {
    command: ReportCommand,
    hazard: Option<(SiteId, Found)>,
}

impl Prepared {
    async fn of(state: &Services, by: &Asker, id: PublicReportId, wanted: Wanted) -> Result<Self, Error> {
        let command = match wanted {
            Wanted::Release => ReportCommand::Release,
            Wanted::Discard { reason } => ReportCommand::Discard { reason },
            Wanted::Confirm { note } => ReportCommand::Confirm { note },
            Wanted::FindNothing { reason } => ReportCommand::FindNothing { reason },
            Wanted::Answer { words } => ReportCommand::Answer { words },
            Wanted::Ask { words } => ReportCommand::Ask { words },
            Wanted::ApproveReward { .. } => ReportCommand::ApproveReward,
            Wanted::PayReward => ReportCommand::PayReward,
            Wanted::Join { number } => ReportCommand::Join { hazard: joined(state, by, &number).await? },
            Wanted::ProposeReward { line } => {
                let table = state.store.office_settings(by.actor.office).await?.public.rewards;
                let sum = table.into_iter().find(|known| known.name == line);
                let missing = || Error::invalid("line", t::reward_none(by.lang));
                ReportCommand::ProposeReward { sum: sum.ok_or_else(missing)? }
            }
            Wanted::MakeHazard { site, what, level } => {
                let site = site_of(state, by, &site).await?;
                let hazard: HazardId = state.new_id();
                let row = state.store.public_report(by.actor.office, id).await?.ok_or(Error::NotFound)?;
                check_text(Field::What, &what)
                    .map_err(|over| Error::invalid("what", limits::over(by.lang, over)))?;
                if what.trim().is_empty() {
                    return Err(Error::invalid("what", t::r_words(by.lang)));
                }
                if !row.report.allows(ReportCommandKind::MakeHazard) {
                    return Err(Error::invalid("make_hazard", t::r_moved(by.lang)));
                }
                let photos = brought(state, by, &row.report).await?;
                let found = found_of(&row.report, what, level, photos);
                let command = ReportCommand::MakeHazard { hazard };
                return Ok(Self { command, hazard: Some((site, found)) });
            }
        };
        Ok(Self { command, hazard: None })
    }
}

/// What is entered of it: what was paid, to whatever report, and nothing of what was only said.
async fn entered(
    state: &Services,
    tx: &mut dyn Transaction,
    by: &Asker,
    report: &PublicReport,
    event: &ReportEvent,
) -> Result<(), Error> {
    let sum = || report.reward.as_ref().map(|reward| reward.sum.sum.plain());
    let (act, became) = match event {
        ReportEvent::RewardProposed { sum } => (Act::RewardProposed, json!({ "sum": sum.sum.plain() })),
        ReportEvent::RewardApproved => (Act::RewardApproved, json!({ "sum": sum() })),
        ReportEvent::RewardPaid => (Act::RewardPaid, json!({ "sum": sum() })),
        ReportEvent::Released => (Act::QuarantineAccepted, Value::Null),
        ReportEvent::Discarded { reason } => (Act::QuarantineRejected, json!({ "reason": reason })),
        ReportEvent::Confirmed { .. }
        | ReportEvent::NothingFound { .. }
        | ReportEvent::Joined { .. }
        | ReportEvent::BecameHazard { .. }
        | ReportEvent::Answered { .. }
        | ReportEvent::Asked { .. } => (Act::Changed, Value::Null),
    };
    let entry = state.audit(by.actor.office, &by.author(), act, subject(report));
    tx.put_audit(&entry.change(&Value::Null, &became)).await?;
    Ok(())
}

/// An open hazard that the asker sees.
async fn joined(state: &Services, by: &Asker, number: &str) -> Result<HazardId, Error> {
    let (office, scope) = (by.actor.office, &by.actor.scope);
    let unknown = || Error::invalid("number", t::join_unknown(by.lang));
    let number = number.trim();
    if number.is_empty() || check_code(number).is_err() {
        return Err(unknown());
    }
    let known = state.store.hazards_of_number(office, scope, number).await?;
    let [(id, _)] = known.as_slice() else { return Err(unknown()) };
    let hazard = state.store.hazard(office, *id).await?.ok_or_else(unknown)?;
    if hazard.is_open() { Ok(*id) } else { Err(Error::invalid("number", t::join_ended(by.lang))) }
}

/// A site that the asker sees, by its code.
async fn site_of(state: &Services, by: &Asker, code: &str) -> Result<SiteId, Error> {
    let unknown = || Error::invalid("site", t::site_unknown(by.lang));
    let code = code.trim();
    if code.is_empty() || check_code(code).is_err() {
        return Err(unknown());
    }
    let known = state.store.sites_of_code(by.actor.office, &by.actor.scope, code).await?;
    let [(id, _)] = known.as_slice() else { return Err(unknown()) };
    Ok(*id)
}

/// As a report by the office: nothing in it tells of whoever sent it, and not when they did.
fn found_of(report: &PublicReport, what: String, level: Severity, photos: Vec<PhotoHash>) -> Found {
    Found {
        level,
        what,
        basis: String::new(),
        due: None,
        responsible: String::new(),
        responsible_kind: ResponsibleKind::Site,
        photos,
        location: report.place.location,
        visit: None,
        form: None,
        question: None,
        from_public: true,
        fixed: None,
    }
}

/// The report's photos become those of who makes the hazard: their bytes are here.
async fn brought(state: &Services, by: &Asker, report: &PublicReport) -> Result<Vec<PhotoHash>, Error> {
    let (office, person) = (by.actor.office, by.actor.person);
    for hash in &report.photos {
        let Some(bytes) = state.blobs.get(hash, Variant::Original).await? else { continue };
        let facts = AttachmentFacts::Photo(PhotoFacts {
            hash: hash.clone(),
            bytes: bytes.len() as u64,
            media_type: Format::Jpeg.media_type().to_owned(),
            width: 0,
            height: 0,
            // When it came would tell whoever is reported when somebody stood there.
            at: state.now(),
            by: person,
            location: None,
            original: None,
            camera: None,
            source: None,
            caption_height: 0,
        });
        let mut tx = state.store.write().await?;
        tx.put_attachments(office, &[facts]).await?;
        tx.commit().await?;
        let own = state.store.announcement(office, hash, person).await?;
        let own = own.ok_or_else(|| Error::Bug("a photo was told of and is not known".to_owned()))?;
        uploads::whole(state, office, &own, bytes.into()).await?;
    }
    Ok(report.photos.clone())
}
