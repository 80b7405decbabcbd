//! 常用说法: what the office writes most.

use super::{
    Conn, QueryBuilder, SqlStore, SqlTransaction,
    columns::{body, ms, number, parse},
    query, query_as,
};
use crate::{ReadPhrases, Result, WritePhrases};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    id::OfficeId,
    quick_report::office::{HazardWords, OfficePhrase},
    sector::Sector,
};
use uuid::Uuid;

async fn all(conn: &mut Conn, office: OfficeId) -> Result<Vec<OfficePhrase>> {
    let rows: Vec<(String, i64, String, String)> =
        query_as("SELECT words, times, sounds, sectors FROM phrase WHERE office = $1 ORDER BY position")
            .bind(office.0)
            .fetch_all(conn)
            .await?;
    let told = rows.into_iter().map(|(words, times, sounds, sectors)| -> Result<OfficePhrase> {
        // Of a sector that cannot be read it is as good as not known: nobody's directory is held up by it.
        let sectors = parse("sectors of a phrase", &sectors).unwrap_or_default();
        Ok(OfficePhrase { words, times: number("how often a phrase is used", times)?, sounds, sectors })
    });
    told.collect()
}

async fn words(
    conn: &mut Conn,
    office: OfficeId,
    since: DateTime<Utc>,
    most: u32,
) -> Result<Vec<HazardWords>> {
    let rows: Vec<(String, Uuid, String, Option<Uuid>, Uuid)> = query_as(
        "SELECT what, site, sector, visit, id FROM hazard WHERE office = $1 AND found_at >= $2
         ORDER BY found_at DESC, id LIMIT $3",
    )
    .bind(office.0)
    .bind(ms(since))
    .bind(i64::from(most))
    .fetch_all(conn)
    .await?;
    // Of one whose sector cannot be read nothing is learned.
    let read = rows.into_iter().filter_map(|(words, site, sector, visit, id)| {
        let sector = Sector::parse(&sector)?;
        Some(HazardWords { words, site: site.into(), sector, record: visit.unwrap_or(id) })
    });
    Ok(read.collect())
}

async fn put(conn: &mut Conn, office: OfficeId, phrases: &[OfficePhrase]) -> Result<()> {
    query("DELETE FROM phrase WHERE office = $1").bind(office.0).execute(&mut *conn).await?;
    if phrases.is_empty() {
        return Ok(());
    }
    let sectors: Vec<String> = phrases.iter().map(|phrase| body(&phrase.sectors)).collect::<Result<_>>()?;
    let mut sql = QueryBuilder::new("INSERT INTO phrase (office, position, words, times, sounds, sectors) ");
    sql.push_values(phrases.iter().zip(sectors).zip(0_i64..), |mut row, ((phrase, sectors), position)| {
        row.push_bind(office.0).push_bind(position).push_bind(&phrase.words);
        row.push_bind(i64::from(phrase.times)).push_bind(&phrase.sounds).push_bind(sectors);
    });
    sql.build().execute(conn).await?;
    Ok(())
}

#[async_trait]
impl ReadPhrases for SqlStore {
    async fn phrases(&self, office: OfficeId) -> Result<Vec<OfficePhrase>> {
        all(&mut self.reader().await?, office).await
    }

    async fn hazard_words(
        &self,
        office: OfficeId,
        since: DateTime<Utc>,
        most: u32,
    ) -> Result<Vec<HazardWords>> {
        words(&mut self.reader().await?, office, since, most).await
    }
}

#[async_trait]
impl WritePhrases for SqlTransaction {
    async fn put_phrases(&mut self, office: OfficeId, phrases: &[OfficePhrase]) -> Result<()> {
        put(&mut self.0, office, phrases).await
    }
}
