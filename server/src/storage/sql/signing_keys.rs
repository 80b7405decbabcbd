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

pub(super) async fn put(conn: &mut Conn, id: &str, secret: &[u8], made_at: DateTime<Utc>) -> Result<()> {
    sqlx::query("INSERT INTO signing_key (id, secret, made_at) VALUES ($1, $2, $3)")
        .bind(id)
        .bind(secret)
        .bind(ms(made_at))
        .execute(conn)
        .await?;
    Ok(())
}
