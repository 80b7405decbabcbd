//! 单位设置: what an office decides for itself.

use super::{
    Conn, SqlStore, SqlTransaction,
    columns::{body, parse},
    query, query_scalar,
};
use crate::{ReadSettings, Result, WriteSettings};
use async_trait::async_trait;
use domain::{id::OfficeId, settings::OfficeSettings};

/// As the column holds them.
pub(super) fn read(stored: Option<&str>) -> Result<OfficeSettings> {
    let stored = stored.map(|stored| parse("an office's settings", stored));
    Ok(stored.transpose()?.unwrap_or_default())
}

async fn of(conn: &mut Conn, office: OfficeId) -> Result<OfficeSettings> {
    let stored: Option<Option<String>> =
        query_scalar("SELECT settings FROM office WHERE id = $1").bind(office.0).fetch_optional(conn).await?;
    read(stored.flatten().as_deref())
}

async fn put(conn: &mut Conn, office: OfficeId, settings: &OfficeSettings) -> Result<()> {
    query("UPDATE office SET settings = $1 WHERE id = $2")
        .bind(body(settings)?)
        .bind(office.0)
        .execute(conn)
        .await?;
    Ok(())
}

#[async_trait]
impl ReadSettings for SqlStore {
    async fn office_settings(&self, office: OfficeId) -> Result<OfficeSettings> {
        of(&mut self.reader().await?, office).await
    }
}

#[async_trait]
impl WriteSettings for SqlTransaction {
    async fn office_settings(&mut self, office: OfficeId) -> Result<OfficeSettings> {
        of(&mut self.0, office).await
    }

    async fn put_office_settings(&mut self, office: OfficeId, settings: &OfficeSettings) -> Result<()> {
        put(&mut self.0, office, settings).await
    }
}
