//! The installation's signing keys; the newest one signs.

use super::{Conn, columns::ms};
use crate::storage::Result;
use chrono::{DateTime, Utc};

pub(super) async fn newest(conn: &mut Conn) -> Result<Option<Vec<u8>>> {
    let secret = sqlx::query_scalar("SELECT secret FROM signing_key ORDER BY made_at DESC, id LIMIT 1")
        .fetch_optional(conn)
        .await?;
    Ok(secret)
}

pub(super) async fn all(conn: &mut Conn) -> Result<Vec<Vec<u8>>> {
    let secrets = sqlx::query_scalar("SELECT secret FROM signing_key ORDER BY made_at DESC, id");
    Ok(secrets.fetch_all(conn).await?)
}

pub(super) async fn put(conn: &mut Conn, id: &str, secret: &[u8], made_at: DateTime<Utc>) -> Result<()> {
    // The newest by this order, whatever the clock says of the one before.
    let newest: Option<i64> =
        sqlx::query_scalar("SELECT max(made_at) FROM signing_key").fetch_one(&mut *conn).await?;
    let made_at = newest.map_or(ms(made_at), |newest| ms(made_at).max(newest + 1));
    sqlx::query("INSERT INTO signing_key (id, secret, made_at) VALUES ($1, $2, $3)")
        .bind(id)
        .bind(secret)
        .bind(made_at)
        .execute(conn)
        .await?;
    Ok(())
}
