//! 封存任务: what each of a team is told of a spot check before its hour.

use super::{
    Conn, QueryBuilder, SqlStore, SqlTransaction, changes,
    columns::{begins, body, ms, parse, time, word},
    query, query_as, query_scalar,
    rows::{IDS_AT_ONCE, power_of_two_chunks, push_in},
};
use crate::{OrderOpening, ReadSealedOrders, Record, Result, StoreError, StoredOrder, WriteSealedOrders};
use async_trait::async_trait;
use domain::{
    id::{OfficeId, PersonId, SealedOrderId, SpotCheckId, SpotCheckPlanId},
    spot_check::{KeyProof, OpenedBy, SealedOrder},
};
use std::collections::HashMap;
use uuid::Uuid;

const ORDER: &str = "a sealed order";

const COLUMNS: &str =
    "SELECT id, spot_check, leader, makers, opened_at, opened_by, proof, body, secret FROM sealed_order";

/// Id, check, leader, makers, when and how it was opened, the key's proof, body, secret.
type Row = (Uuid, Uuid, Uuid, String, Option<i64>, Option<String>, Vec<u8>, String, Vec<u8>);

fn stored((_, check, leader, makers, opened_at, opened_by, proof, body, secret): Row) -> Result<StoredOrder> {
    let order: SealedOrder = parse(ORDER, &body)?;
    let makers: Vec<PersonId> = parse("makers of a plan", &makers)?;
    let opened = match (opened_at, opened_by) {
        (Some(at), Some(by)) => Some(opening(at, &by)?),
        (None, None) => None,
        (_, _) => return Err(damaged("how an order was opened")),
    };
    let proof = proof.try_into().map(KeyProof).map_err(|_| damaged("the proof of an order's key"))?;
    let (check, leader) = (SpotCheckId(check), PersonId(leader));
    Ok(StoredOrder { order, check, leader, makers, secret, proof, opened })
}

fn opening(at: i64, by: &str) -> Result<OrderOpening> {
    Ok(OrderOpening { at: time(at)?, by: word("how an order was opened", by, OpenedBy::parse)? })
}

fn damaged(what: &str) -> StoreError {
    StoreError::Unreadable(what.to_owned())
}

/// Each as far as it can be read; what is not there is not in the answer.
pub(super) async fn some(
    conn: &mut Conn,
    office: OfficeId,
    ids: &[SealedOrderId],
) -> Result<Vec<(SealedOrderId, Result<StoredOrder>)>> {
    let mut all = vec![];
    for ids in ids.chunks(IDS_AT_ONCE) {
        let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
        let mut sql = QueryBuilder::new(COLUMNS);
        sql.push(" WHERE office = ").push_bind(office.0).push(" AND id");
        push_in(&mut sql, &ids);
        let rows: Vec<Row> = sql.build_query_as().fetch_all(&mut *conn).await?;
        all.extend(rows.into_iter().map(|row| (SealedOrderId(row.0), stored(row))));
    }
    Ok(all)
}

/// All of the office, by their ids.
pub(super) async fn all(conn: &mut Conn, office: OfficeId) -> Result<Vec<SealedOrderId>> {
    let ids: Vec<Uuid> =
        query_scalar("SELECT id FROM sealed_order WHERE office = $1").bind(office.0).fetch_all(conn).await?;
    Ok(ids.into_iter().map(SealedOrderId).collect())
}

/// The first moment after its last day.
fn closes_at(order: &SealedOrder) -> i64 {
    begins(order.until.succ_opt().unwrap_or(order.until))
}

async fn of_check(conn: &mut Conn, office: OfficeId, check: SpotCheckId) -> Result<Vec<StoredOrder>> {
    let mut sql = QueryBuilder::new(COLUMNS);
    sql.push(" WHERE office = ").push_bind(office.0).push(" AND spot_check = ").push_bind(check.0);
    sql.push(" ORDER BY id");
    let rows: Vec<Row> = sql.build_query_as().fetch_all(conn).await?;
    rows.into_iter().map(stored).collect()
}

async fn openings_of(
    conn: &mut Conn,
    office: OfficeId,
    plan: SpotCheckPlanId,
) -> Result<Vec<(SpotCheckId, PersonId, OrderOpening)>> {
    let rows: Vec<(Uuid, Uuid, i64, String)> = query_as(
        "SELECT o.spot_check, o.person, o.opened_at, o.opened_by
         FROM sealed_order o JOIN spot_check c ON c.id = o.spot_check AND c.office = o.office
         WHERE c.plan = $1 AND c.office = $2 AND o.opened_at IS NOT NULL
         ORDER BY o.opened_at, o.id",
    )
    .bind(plan.0)
    .bind(office.0)
    .fetch_all(conn)
    .await?;
    let told = rows
        .into_iter()
        .map(|(check, person, at, by)| Ok((SpotCheckId(check), PersonId(person), opening(at, &by)?)));
    told.collect()
}

async fn put(conn: &mut Conn, office: OfficeId, orders: &[StoredOrder]) -> Result<()> {
    for chunk in power_of_two_chunks(orders) {
        let texts: Vec<(String, String)> = chunk
            .iter()
            .map(|stored| Ok((body(&stored.order)?, body(&stored.makers)?)))
            .collect::<Result<_>>()?;
        let mut sql = QueryBuilder::new(
            "INSERT INTO sealed_order (id, office, person, spot_check, leader, makers, closes_at, opened_at,
                 opened_by, proof, body, secret) ",
        );
        sql.push_values(chunk.iter().zip(texts), |mut row, (stored, (body, makers))| {
            let StoredOrder { order, check, leader, secret, proof, opened, .. } = stored;
            row.push_bind(order.id.0).push_bind(office.0).push_bind(order.person.0);
            row.push_bind(check.0).push_bind(leader.0).push_bind(makers).push_bind(closes_at(order));
            row.push_bind(opened.map(|opened| ms(opened.at)));
            row.push_bind(opened.map(|opened| opened.by.as_str()));
            row.push_bind(proof.0.to_vec()).push_bind(body).push_bind(secret.clone());
        });
        sql.push(
            " ON CONFLICT (id) DO UPDATE SET leader = excluded.leader, opened_at = excluded.opened_at,
                 opened_by = excluded.opened_by, body = excluded.body, secret = excluded.secret
             WHERE sealed_order.office = excluded.office",
        );
        sql.build().execute(&mut *conn).await?;
    }
    let records: Vec<_> = orders.iter().map(|stored| Record::SealedOrder(stored.order.id)).collect();
    changes::touch(conn, office, &records).await
}

#[async_trait]
impl ReadSealedOrders for SqlStore {
    async fn sealed_order(&self, office: OfficeId, id: SealedOrderId) -> Result<Option<StoredOrder>> {
        let found = some(&mut self.reader().await?, office, &[id]).await?;
        found.into_iter().next().map(|(_, stored)| stored).transpose()
    }

    async fn order_openings(
        &self,
        office: OfficeId,
        plan: SpotCheckPlanId,
    ) -> Result<Vec<(SpotCheckId, PersonId, OrderOpening)>> {
        openings_of(&mut self.reader().await?, office, plan).await
    }
}

#[async_trait]
impl WriteSealedOrders for SqlTransaction {
    async fn sealed_orders(
        &mut self,
        office: OfficeId,
        ids: &[SealedOrderId],
    ) -> Result<HashMap<SealedOrderId, StoredOrder>> {
        let all = some(&mut self.0, office, ids).await?;
        all.into_iter().map(|(id, stored)| Ok((id, stored?))).collect()
    }

    async fn orders_of_check(&mut self, office: OfficeId, check: SpotCheckId) -> Result<Vec<StoredOrder>> {
        of_check(&mut self.0, office, check).await
    }

    async fn put_order_openings(
        &mut self,
        office: OfficeId,
        openings: &[(SealedOrderId, OrderOpening)],
    ) -> Result<()> {
        for (id, opening) in openings {
            query(
                "UPDATE sealed_order SET opened_at = $1, opened_by = $2
                 WHERE id = $3 AND office = $4 AND opened_at IS NULL",
            )
            .bind(ms(opening.at))
            .bind(opening.by.as_str())
            .bind(id.0)
            .bind(office.0)
            .execute(&mut self.0)
            .await?;
        }
        Ok(())
    }

    async fn put_sealed_orders(&mut self, office: OfficeId, orders: &[StoredOrder]) -> Result<()> {
        put(&mut self.0, office, orders).await
    }
}
