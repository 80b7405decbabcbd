//! The installation's signing keys; the newest one signs.

use super::{Conn, SqlStore, SqlTransaction, columns::ms, query, query_scalar};
use crate::{ReadSigningKeys, Result, WriteSigningKeys};
use async_trait::async_trait;
use chrono::{DateTime, Utc};

pub(super) async fn newest(conn: &mut Conn) -> Result<Option<Vec<u8>>> {
    let secret = query_scalar("SELECT secret FROM signing_key ORDER BY made_at DESC, id LIMIT 1")
        .fetch_optional(conn)
        .await?;
    Ok(secret)
}

pub(super) async fn all(conn: &mut Conn) -> Result<Vec<Vec<u8>>> {
    let secrets = query_scalar("SELECT secret FROM signing_key ORDER BY made_at DESC, id");
    Ok(secrets.fetch_all(conn).await?)
}

pub(super) async fn put(conn: &mut Conn, id: &str, secret: &[u8], made_at: DateTime<Utc>) -> Result<()> {
    // The newest by this order, whatever the clock says of the one before.
    let newest: Option<i64> =
        query_scalar("SELECT max(made_at) FROM signing_key").fetch_one(&mut *conn).await?;
    let made_at = newest.map_or(ms(made_at), |newest| ms(made_at).max(newest + 1));
    query("INSERT INTO signing_key (id, secret, made_at) VALUES ($1, $2, $3)")
        .bind(id)
        .bind(secret)
        .bind(made_at)
        .execute(conn)
        .await?;
    Ok(())
}

#[async_trait]
impl ReadSigningKeys for SqlStore {
    async fn signing_key(&self) -> Result<Option<Vec<u8>>> {
        newest(&mut self.reader().await?).await
    }

    async fn signing_keys(&self) -> Result<Vec<Vec<u8>>> {
        all(&mut self.reader().await?).await
    }
}

#[async_trait]
impl WriteSigningKeys for SqlTransaction {
    async fn signing_key(&mut self) -> Result<Option<Vec<u8>>> {
        newest(&mut self.0).await
    }

    async fn put_signing_key(&mut self, id: &str, secret: &[u8], made_at: DateTime<Utc>) -> Result<()> {
        put(&mut self.0, id, secret, made_at).await
    }
}
