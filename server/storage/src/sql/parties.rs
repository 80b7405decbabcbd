//! 责任主体: who answers for sites.

use super::{
    Conn, QueryBuilder, SqlStore, SqlTransaction,
    changes::{self, InPlace},
    columns::{body, count, parse},
    lists::{self, ListQuery},
    query, query_scalar,
    scoped::push_equal,
    search::{Searched, push_words},
};
use crate::{ReadParties, Record, Result, WriteParties, error::map_unique_violation};
use async_trait::async_trait;
use domain::{
    id::{OfficeId, PartyId, SiteId},
    party::{CreditCode, Party, PartyFilter, PartyKind, PartyPage, PartyRow},
    role::Scope,
    search,
};
use std::collections::HashSet;
use tokio::sync::mpsc;
use uuid::Uuid;

/// The most of one name that are told of; with so many, a credit code is needed.
const MOST: i64 = 6;

fn party(body: &str) -> Result<Party> {
    parse("a party", body)
}

async fn get(conn: &mut Conn, office: OfficeId, id: PartyId) -> Result<Option<Party>> {
    let stored: Option<String> = query_scalar("SELECT body FROM party WHERE office = $1 AND id = $2")
        .bind(office.0)
        .bind(id.0)
        .fetch_optional(conn)
        .await?;
    stored.map(|body| party(&body)).transpose()
}

async fn all(conn: &mut Conn, office: OfficeId) -> Result<Vec<Party>> {
    let stored: Vec<String> = query_scalar("SELECT body FROM party WHERE office = $1 ORDER BY name, id")
        .bind(office.0)
        .fetch_all(conn)
        .await?;
    stored.iter().map(|body| party(body)).collect()
}

async fn called(conn: &mut Conn, office: OfficeId, words: &str) -> Result<Vec<Party>> {
    // What is no code is nobody's.
    let code = CreditCode::parse(words).map(String::from).unwrap_or_default();
    let stored: Vec<String> = query_scalar(
        "SELECT body FROM party WHERE office = $1 AND retired = FALSE AND (name = $2 OR credit_code = $3)
         ORDER BY name, id LIMIT $4",
    )
    .bind(office.0)
    .bind(words)
    .bind(code)
    .bind(MOST)
    .fetch_all(conn)
    .await?;
    stored.iter().map(|body| party(body)).collect()
}

async fn of_hazards(conn: &mut Conn, office: OfficeId) -> Result<HashSet<PartyId>> {
    let named: Vec<Uuid> =
        query_scalar("SELECT DISTINCT party FROM hazard WHERE office = $1 AND party IS NOT NULL")
            .bind(office.0)
            .fetch_all(conn)
            .await?;
    Ok(named.into_iter().map(PartyId).collect())
}

/// Parties as a filter narrows them, those in use first. They are the whole office's concern: whoever sees less of it sees
/// none.
pub(super) struct PartyQuery<'a> {
    pub office: OfficeId,
    pub scope: &'a Scope,
    pub filter: &'a PartyFilter,
}

impl ListQuery for PartyQuery<'_> {
    /// The body, how many sites in use it answers for, and how many open hazards were found there.
    type Stored = (String, i64, i64);
    type Row = PartyRow;

    const ID: &'static str = "p.id";

    fn push_select(&self, sql: &mut QueryBuilder) {
        sql.push(
            "SELECT p.body, (SELECT count(*) FROM site s WHERE s.party = p.id AND s.retired = FALSE),
                 (SELECT count(*) FROM hazard h WHERE h.party = p.id AND h.open = TRUE)
             FROM party p",
        );
    }

    fn push_from(&self, sql: &mut QueryBuilder) {
        let Self { office, scope, filter } = self;
        sql.push(" FROM party p WHERE p.office = ").push_bind(office.0);
        if **scope != Scope::Office {
            sql.push(" AND FALSE");
        }
        push_equal(sql, "p.kind", filter.kind.map(PartyKind::as_str));
        push_words(sql, &filter.query, &[Searched::Column("p.search_key")]);
    }

    fn order(&self) -> &'static str {
        " ORDER BY p.retired, p.name, p.id"
    }

    fn row(&self, (body, sites, open): Self::Stored) -> Result<PartyRow> {
        Ok(PartyRow::of(party(&body)?, count(sites), count(open)))
    }
}

async fn put(conn: &mut Conn, office: OfficeId, party: &Party) -> Result<()> {
    let code = party.credit_code.as_ref().map(CreditCode::as_str);
    query(
        "INSERT INTO party (id, office, name, kind, credit_code, search_key, retired, body)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind,
             credit_code = excluded.credit_code, search_key = excluded.search_key, retired = excluded.retired,
             body = excluded.body
         WHERE party.office = excluded.office",
    )
    .bind(party.id.0)
    .bind(office.0)
    .bind(&party.name)
    .bind(party.kind.as_str())
    .bind(code)
    .bind(search::key(&[], &[&party.name, code.unwrap_or_default(), &party.phone]))
    .bind(party.retired)
    .bind(body(party)?)
    .execute(&mut *conn)
    .await
    .map_err(map_unique_violation("credit_code"))?;
    let sites: Vec<Uuid> = query_scalar("SELECT id FROM site WHERE office = $1 AND party = $2")
        .bind(office.0)
        .bind(party.id.0)
        .fetch_all(&mut *conn)
        .await?;
    let site = |id| InPlace { record: Record::Site(SiteId(id)), site: SiteId(id), ended_at: None };
    let sites: Vec<_> = sites.into_iter().map(site).collect();
    changes::touch_in_place(conn, office, &sites).await
}

#[async_trait]
impl ReadParties for SqlStore {
    async fn all_parties(&self, office: OfficeId) -> Result<Vec<Party>> {
        all(&mut self.reader().await?, office).await
    }

    async fn parties(&self, office: OfficeId, scope: &Scope, filter: &PartyFilter) -> Result<PartyPage> {
        lists::page(&mut self.snapshot().await?, &PartyQuery { office, scope, filter }, filter.page).await
    }

    async fn send_parties(
        &self,
        office: OfficeId,
        scope: &Scope,
        filter: &PartyFilter,
        most: u32,
        to: mpsc::Sender<PartyRow>,
    ) -> Result<u32> {
        lists::send(&mut self.snapshot().await?, &PartyQuery { office, scope, filter }, most, &to).await
    }

    async fn party(&self, office: OfficeId, id: PartyId) -> Result<Option<Party>> {
        get(&mut self.reader().await?, office, id).await
    }

    async fn parties_called(&self, office: OfficeId, words: &str) -> Result<Vec<Party>> {
        called(&mut self.reader().await?, office, words).await
    }

    async fn parties_of_hazards(&self, office: OfficeId) -> Result<HashSet<PartyId>> {
        of_hazards(&mut self.reader().await?, office).await
    }
}

#[async_trait]
impl WriteParties for SqlTransaction {
    async fn party(&mut self, office: OfficeId, id: PartyId) -> Result<Option<Party>> {
        get(&mut self.0, office, id).await
    }

    async fn count_sites_of_party(&mut self, office: OfficeId, id: PartyId) -> Result<u64> {
        let sites: i64 =
            query_scalar("SELECT count(*) FROM site WHERE office = $1 AND party = $2 AND retired = FALSE")
                .bind(office.0)
                .bind(id.0)
                .fetch_one(&mut self.0)
                .await?;
        Ok(count(sites))
    }

    async fn put_party(&mut self, office: OfficeId, party: &Party) -> Result<()> {
        put(&mut self.0, office, party).await
    }
}
