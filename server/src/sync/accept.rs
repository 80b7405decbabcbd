//! One operation: recorded, read, judged, carried out.

use super::deeds;
use crate::{
    http::ApiError,
    session::SignedInAs,
    state::AppState,
    storage::{NewOperation, Series, StoreError, StoredInspection, Transaction},
};
use app::i18n::trade;
use chrono::{DateTime, Datelike, Utc};
use domain::{
    hazard::{Deed, Entry, Hazard, Misfit},
    id::{DeviceId, EventId, HazardId, OperationId, SiteId},
    inspection::{Inspection, Unsound},
    photo::PhotoFacts,
    receipt::{Receipt, hazard_number, inspection_number, receipt_number},
    role::Action,
    sync::{Answered, LARGEST_OPERATION, Operation, Outcome, Payload, Reason, Refusal, SCHEMA},
    text::Lang,
    time::office_day,
};
use serde_json::Value;

/// How long a device waits before it sends again what the store could not take.
const LATER_SECONDS: u32 = 30;

/// The operations of one request, in one transaction.
pub(super) struct Batch<'a> {
    who: &'a SignedInAs,
    lang: Lang,
    device: DeviceId,
    now: DateTime<Utc>,
    tx: Box<dyn Transaction>,
}

/// Why an operation was not carried out.
enum Trouble {
    Refused(Reason),
    Store(StoreError),
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Reason> for Trouble {
    fn from(reason: Reason) -> Self {
        Self::Refused(reason)
    }
}

/// What an operation brought about, when it brought about anything.
enum Effect {
    Done,
    /// Kept in the hazard's log, without effect.
    Kept(Misfit),
}

impl<'a> Batch<'a> {
    pub(super) async fn begin(
        state: &AppState,
        who: &'a SignedInAs,
        lang: Lang,
        device: DeviceId,
    ) -> Result<Self, ApiError> {
        let tx = state.store.write().await?;
        Ok(Self { who, lang, device, now: state.now(), tx })
    }

    /// Durable when it returns.
    pub(super) async fn commit(self) -> Result<(), ApiError> {
        Ok(self.tx.commit().await?)
    }

    /// Answers one operation. An error here is the whole batch's: nothing of it was stored.
    pub(super) async fn take(&mut self, raw: &Value) -> Result<Answered, ApiError> {
        let id = raw.get("id").and_then(Value::as_str).and_then(|id| id.parse::<OperationId>().ok());
        let Some(id) = id else {
            let reason = Reason::Malformed { detail: "no id".to_owned() };
            return Ok(Answered { operation: None, outcome: self.refuse(reason, None) });
        };
        let text = raw.to_string();
        let hash = Operation::hash(raw);
        if let Some(known) = self.tx.recorded(id).await? {
            let same = known.hash == hash && known.person == self.who.actor.person;
            let outcome = match known.outcome {
                _ if !same => self.refuse(Reason::IdReused, None),
                Outcome::Received { receipt } => Outcome::AlreadyReceived { receipt },
                other => other,
            };
            return Ok(Answered { operation: Some(id), outcome });
        }
        self.tx.savepoint().await?;
        let outcome = match self.carry_out(id, raw, &text, &hash).await {
            Ok(outcome) => {
                self.tx.keep().await?;
                outcome
            }
            Err(Trouble::Refused(reason)) => {
                self.tx.undo().await?;
                self.refuse(reason, None)
            }
            Err(Trouble::Store(StoreError::Unavailable(why))) => {
                tracing::warn!(operation = %id, why, "not stored");
                self.tx.undo().await?;
                Outcome::Later { after_seconds: LATER_SECONDS }
            }
            Err(Trouble::Store(error)) => return Err(error.into()),
        };
        Ok(Answered { operation: Some(id), outcome })
    }

    async fn carry_out(
        &mut self,
        id: OperationId,
        raw: &Value,
        text: &str,
        hash: &str,
    ) -> Result<Outcome, Trouble> {
        let operation = read(raw, text)?;
        let effect = match operation.payload {
            Payload::SubmitInspection(inspection) => self.inspection(inspection).await?,
            Payload::Hazard { hazard, event, site, deed } => {
                self.hazard(hazard, event, site, deed, operation.at).await?
            }
            Payload::Photo(facts) => self.photo(facts).await?,
        };
        let office = self.who.actor.office;
        let year = office_day(self.now).year();
        let running = self.tx.next_number(office, Series::Receipt, year).await?;
        let receipt = Receipt {
            number: receipt_number(year, running),
            operation: id,
            hash: hash.to_owned(),
            at: self.now,
        };
        let outcome = match effect {
            Effect::Done => Outcome::Received { receipt },
            Effect::Kept(misfit) => self.refuse(Reason::Misfit { misfit }, Some(receipt)),
        };
        let record = NewOperation {
            id,
            office,
            person: self.who.actor.person,
            device: self.device,
            schema: operation.schema,
            at: operation.at,
            received_at: self.now,
            hash: hash.to_owned(),
            raw: text.to_owned(),
            outcome: outcome.clone(),
        };
        self.tx.record(&record).await?;
        Ok(outcome)
    }

    async fn inspection(&mut self, inspection: Inspection) -> Result<Effect, Trouble> {
        let actor = &self.who.actor;
        let office = actor.office;
        let site = self.tx.site(office, inspection.site).await?.ok_or(Reason::UnknownSite)?;
        let list = self.tx.checklist(office, &inspection.checklist, inspection.version).await?;
        let list = list.ok_or(Reason::UnknownChecklist)?;
        let mut place = site.placement();
        let there = actor.may(Action::Inspect, &place);
        place.sector = list.sector;
        if inspection.inspector != actor.person || !(there || actor.may(Action::Inspect, &place)) {
            return Err(Reason::NotAllowed.into());
        }
        if self.tx.inspection_exists(office, inspection.id).await? {
            return Err(Reason::IdReused.into());
        }
        match inspection.check(&list, &site.kinds) {
            // Filled in when the site was still of other kinds: what was asked then was answered.
            Ok(()) | Err(Unsound::Unanswered(_)) => {}
            Err(unsound) => return Err(Reason::Unsound { detail: unsound.to_string() }.into()),
        }
        let year = office_day(self.now).year();
        let number = inspection_number(year, self.tx.next_number(office, Series::Inspection, year).await?);
        let photos: Vec<_> = inspection.photos().cloned().collect();
        let stored = StoredInspection {
            number,
            received_at: self.now,
            inspector_name: actor.name.clone(),
            inspection,
        };
        self.tx.put_inspection(office, &stored).await?;
        self.tx.name_photos(office, site.id, &photos).await?;
        Ok(Effect::Done)
    }

    async fn hazard(
        &mut self,
        id: HazardId,
        event: EventId,
        site: Option<SiteId>,
        deed: Deed,
        at: DateTime<Utc>,
    ) -> Result<Effect, Trouble> {
        deed.check().map_err(|missing| Reason::Incomplete { missing })?;
        let actor = &self.who.actor;
        let office = actor.office;
        let entry = Entry { event, at, by: actor.person, name: actor.name.clone(), deed, misfit: None };
        let photos: Vec<_> = entry.deed.photos().into_iter().cloned().collect();
        let action = entry.deed.action();
        let known = self.tx.hazard(office, id).await?;
        let (hazard, misfit) = match (known, &entry.deed) {
            (Some(hazard), _) => {
                if !actor.may(action, &hazard.place) {
                    return Err(Reason::NotAllowed.into());
                }
                hazard.take(entry)
            }
            (None, Deed::Found(found)) => {
                let site = site.ok_or(Reason::UnknownSite)?;
                let site = self.tx.site(office, site).await?.ok_or(Reason::UnknownSite)?;
                let place = deeds::place(&mut *self.tx, office, &site, found.checklist.as_ref()).await?;
                if !actor.may(action, &place) && !actor.may(action, &site.placement()) {
                    return Err(Reason::NotAllowed.into());
                }
                let malformed =
                    |error: domain::hazard::NoBeginning| Reason::Malformed { detail: error.to_string() };
                let mut hazard = Hazard::begin(id, place, entry).map_err(malformed)?;
                let year = office_day(self.now).year();
                let running = self.tx.next_number(office, Series::Hazard, year).await?;
                hazard.number = Some(hazard_number(year, running));
                (hazard, None)
            }
            (None, _) => return Err(Reason::UnknownHazard.into()),
        };
        self.tx.put_hazard(office, &hazard, self.now).await?;
        self.tx.name_photos(office, hazard.place.site, &photos).await?;
        Ok(misfit.map_or(Effect::Done, Effect::Kept))
    }

    async fn photo(&mut self, facts: PhotoFacts) -> Result<Effect, Trouble> {
        if facts.by != self.who.actor.person {
            return Err(Reason::NotAllowed.into());
        }
        if facts.bytes > PhotoFacts::LARGEST {
            return Err(Reason::TooLarge { bytes: facts.bytes, most: PhotoFacts::LARGEST }.into());
        }
        if !PhotoFacts::MEDIA_TYPES.contains(&facts.media_type.as_str()) {
            return Err(Reason::PhotoRefused.into());
        }
        self.tx.put_photo(self.who.actor.office, &facts).await?;
        Ok(Effect::Done)
    }

    fn refuse(&self, reason: Reason, kept: Option<Receipt>) -> Outcome {
        let words = trade::reason(self.lang, &reason);
        Outcome::Refused { refusal: Refusal { reason, kept, words } }
    }
}

fn read(raw: &Value, text: &str) -> Result<Operation, Reason> {
    if text.len() > LARGEST_OPERATION {
        return Err(Reason::TooLarge { bytes: text.len() as u64, most: LARGEST_OPERATION as u64 });
    }
    let schema = raw.get("schema").and_then(Value::as_u64).and_then(|schema| u16::try_from(schema).ok());
    match schema {
        Some(schema) if schema > SCHEMA => return Err(Reason::UnknownVersion { schema }),
        Some(_) => {}
        None => return Err(Reason::Malformed { detail: "no schema".to_owned() }),
    }
    serde_json::from_value(raw.clone()).map_err(|error| Reason::Malformed { detail: error.to_string() })
}
