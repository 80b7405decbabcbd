//! Whether the changes and the records agree about who is to hear of what.

use super::{
    Conn, SqlStore, SqlTransaction,
    announcements::{self, Announcement},
    changes::{self, Key, key, record},
    columns::ms,
    query_as, query_scalar,
};
use crate::{AudienceFault, ReadAudiences, Record, Result, WriteAudiences};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::id::{ChecklistId, HazardId, OfficeId, SiteId, VisitId};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use uuid::Uuid;

/// Rows of the changes that are looked over at a time.
const LOOKED_OVER: i64 = 2_000;

/// Where the changes and the records disagree: an open hazard without a row for a grid that sees it, a row for a department
/// that does not. What has ended need not have rows, unless it ended since then; if it has any, they are the right ones.
async fn faults(conn: &mut Conn, office: OfficeId, since: Option<i64>) -> Result<Vec<AudienceFault>> {
    let mut faults = vec![];
    let mut heard_of = HashSet::<Key>::new();
    let mut after = (String::new(), String::new());
    loop {
        let rows: Vec<(String, String, String, bool)> = query_as(
            "SELECT kind, id, audience, gone FROM change_audience
             WHERE office = $1 AND (kind, id) > ($2, $3) ORDER BY kind, id, audience LIMIT $4",
        )
        .bind(office.0)
        .bind(&after.0)
        .bind(&after.1)
        .bind(LOOKED_OVER)
        .fetch_all(&mut *conn)
        .await?;
        let is_last = rows.len() < usize::try_from(LOOKED_OVER).unwrap_or(usize::MAX);
        let mut stand = BTreeMap::<(String, String), BTreeSet<String>>::new();
        for (kind, id, audience, gone) in rows {
            let audiences = stand.entry((kind, id)).or_default();
            if !gone {
                audiences.insert(audience);
            }
        }
        // Its other rows may be on the next page.
        if !is_last {
            stand.pop_last();
        }
        let Some((last, _)) = stand.last_key_value() else { break };
        after.clone_from(last);
        let known: BTreeMap<_, _> = stand
            .into_iter()
            .filter_map(|((kind, id), audiences)| Some((key(&record(&kind, &id)?), audiences)))
            .collect();
        let records: Vec<_> = known.keys().filter_map(|(kind, id)| record(kind, id)).collect();
        for one in announcements::of(&mut *conn, office, &records).await? {
            let stands = known.get(&key(&one.record)).cloned().unwrap_or_default();
            faults.extend(fault(&one, stands));
        }
        heard_of.extend(known.into_keys());
        if is_last {
            break;
        }
    }
    let mut wanted = wanted(&mut *conn, office, since).await?;
    wanted.retain(|record| !heard_of.contains(&key(record)));
    for one in announcements::of(conn, office, &wanted).await? {
        faults.extend(fault(&one, BTreeSet::new()));
    }
    Ok(faults)
}

fn fault(one: &Announcement, stands: BTreeSet<String>) -> Option<AudienceFault> {
    let right: BTreeSet<_> = one.words().into_iter().collect();
    let (kind, id) = key(&one.record);
    let fault = AudienceFault {
        record: one.record.clone(),
        name: format!("{kind} {id}"),
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
    let lists: Vec<String> = query_scalar("SELECT DISTINCT id FROM checklist WHERE office = $1")
        .bind(office.0)
        .fetch_all(&mut *conn)
        .await?;
    wanted.extend(lists.iter().map(|id| Record::Checklist(ChecklistId::from(id.as_str()))));
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
        .fetch_all(conn)
        .await?;
    wanted.extend(visits.into_iter().map(|id| Record::Visit(VisitId(id))));
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
