//! Whether the changes and the records agree about who is to hear of what.

use super::{
    Conn, SqlStore, SqlTransaction,
    announcements::{self, Announcement, Seen},
    changes::{self, Key, key, record, seen},
    columns::ms,
    forms, notices, query_as, query_scalar, sealed_orders, tasks,
};
use crate::{AudienceFault, ReadAudiences, Record, Result, WriteAudiences};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    audience::Audience,
    id::{HazardId, OfficeId, SiteId, VisitId},
};
use std::collections::{BTreeSet, HashMap, HashSet};
use uuid::Uuid;

/// Rows of the changes that are looked over at a time.
const LOOKED_OVER: i64 = 2_000;

/// Number, kind, id, and who sees it.
type StandingRow =
    (i64, String, Vec<u8>, Option<Uuid>, Option<Uuid>, Option<Uuid>, Option<String>, Option<Uuid>);

/// Where the changes and the records disagree: an open hazard whose row lies in another grid than the hazard, a department that
/// hears of what it does not see. What has ended need not have a row, unless it ended since then; if it has one, it is right.
async fn faults(conn: &mut Conn, office: OfficeId, since: Option<i64>) -> Result<Vec<AudienceFault>> {
    let mut faults = vec![];
    let mut heard_of = HashSet::<Key>::new();
    let mut after = 0;
    loop {
        let rows: Vec<StandingRow> = query_as(
            "SELECT seq, kind, id, grid, site, department, sector, person FROM change
             WHERE office = $1 AND seq > $2 ORDER BY seq LIMIT $3",
        )
        .bind(office.0)
        .bind(after)
        .bind(LOOKED_OVER)
        .fetch_all(&mut *conn)
        .await?;
        let Some((last, ..)) = rows.last() else { break };
        after = *last;
        let known: HashMap<_, _> = rows
            .into_iter()
            .filter_map(|(_, kind, id, grid, site, department, sector, person)| {
                Some((record(&kind, &id)?, seen((grid, site, department, sector, person))))
            })
            .collect();
        let records: Vec<_> = known.keys().cloned().collect();
        for one in announcements::of(&mut *conn, office, &records).await? {
            faults.extend(fault(&one, known.get(&one.record)));
        }
        heard_of.extend(records.iter().map(key));
    }
    let mut wanted = wanted(&mut *conn, office, since).await?;
    wanted.retain(|record| !heard_of.contains(&key(record)));
    for one in announcements::of(conn, office, &wanted).await? {
        faults.extend(fault(&one, None));
    }
    Ok(faults)
}

/// `stands`: who hears of it.
fn fault(one: &Announcement, stands: Option<&Seen>) -> Option<AudienceFault> {
    let words = |seen: &Seen| seen.audiences().iter().map(Audience::word).collect::<BTreeSet<_>>();
    let (right, stands) = (words(&one.seen), stands.map(words).unwrap_or_default());
    let (kind, id) = one.record.named();
    let fault = AudienceFault {
        record: one.record.clone(),
        name: format!("{} {id}", kind.as_str()),
        missing: right.difference(&stands).cloned().collect(),
        wrong: stands.difference(&right).cloned().collect(),
    };
    (!fault.missing.is_empty() || !fault.wrong.is_empty()).then_some(fault)
}

/// What every phone that may see it must hear of.
async fn wanted(conn: &mut Conn, office: OfficeId, since: Option<i64>) -> Result<Vec<Record>> {
    let since = since.unwrap_or(i64::MAX);
    let mut wanted = vec![];
    let sites: Vec<Uuid> = query_scalar("SELECT id FROM site WHERE office = $1 AND retired = FALSE")
        .bind(office.0)
        .fetch_all(&mut *conn)
        .await?;
    wanted.extend(sites.into_iter().map(|id| Record::Site(SiteId(id))));
    let forms = forms::versions(&mut *conn, office).await?;
    wanted.extend(forms.into_iter().map(|(id, version)| Record::Form(id, version)));
    let hazards: Vec<Uuid> =
        query_scalar("SELECT id FROM hazard WHERE office = $1 AND (open = TRUE OR status_since >= $2)")
            .bind(office.0)
            .bind(since)
            .fetch_all(&mut *conn)
            .await?;
    wanted.extend(hazards.into_iter().map(|id| Record::Hazard(HazardId(id))));
    let visits: Vec<Uuid> = query_scalar("SELECT id FROM visit WHERE office = $1 AND submitted_at >= $2")
        .bind(office.0)
        .bind(since)
        .fetch_all(&mut *conn)
        .await?;
    wanted.extend(visits.into_iter().map(|id| Record::Visit(VisitId(id))));
    wanted.extend(tasks::open(&mut *conn, office).await?.into_iter().map(Record::Task));
    wanted.extend(notices::made_since(&mut *conn, office, since).await?.into_iter().map(Record::Notice));
    wanted.extend(sealed_orders::all(conn, office).await?.into_iter().map(Record::SealedOrder));
    Ok(wanted)
}

/// Announces anew whatever disagrees; gives how many records that were.
async fn rebuild(conn: &mut Conn, office: OfficeId, since: i64) -> Result<u64> {
    let faults = faults(&mut *conn, office, Some(since)).await?;
    let records: Vec<_> = faults.into_iter().map(|fault| fault.record).collect();
    changes::touch(conn, office, &records).await?;
    Ok(records.len() as u64)
}

#[async_trait]
impl ReadAudiences for SqlStore {
    async fn audience_faults(&self, office: OfficeId) -> Result<Vec<AudienceFault>> {
        faults(&mut self.snapshot().await?, office, None).await
    }
}

#[async_trait]
impl WriteAudiences for SqlTransaction {
    async fn rebuild_audiences(&mut self, office: OfficeId, since: DateTime<Utc>) -> Result<u64> {
        rebuild(&mut self.0, office, ms(since)).await
    }
}
