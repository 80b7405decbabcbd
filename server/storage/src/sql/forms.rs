//! 表单: every version that was ever published, and drafts of those to come.
//!
//! What a version asks never changes; how long it is used may, and that stands in its body with the rest. So a body is written
//! anew when a form is withdrawn.

use super::{
    Conn, QueryBuilder, SqlStore, SqlTransaction, changes,
    columns::{body, day, ms, number, parse, time, word},
    query, query_as, query_scalar,
    rows::{power_of_two_chunks, push_in},
};
use crate::{FormDraft, PublishedForm, ReadForms, Record, Result, WriteForms};
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::{
    form::{Form, Validity},
    id::{FormId, OfficeId},
    sector::Sector,
};
use std::collections::{BTreeMap, BTreeSet};

/// These versions, as far as they can be read, but for those that a later one has taken the place of: to phones they are gone.
pub(super) async fn some(
    conn: &mut Conn,
    office: OfficeId,
    asked: &[(FormId, u32)],
) -> Result<Vec<((FormId, u32), Result<Form>)>> {
    let ids: BTreeSet<String> = asked.iter().map(|(id, _)| id.to_string()).collect();
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let mut sql = QueryBuilder::new(
        "SELECT id, version, body FROM form f WHERE NOT EXISTS (SELECT 1 FROM form later
             WHERE later.office = f.office AND later.id = f.id AND later.version > f.version
             AND later.begins IS NULL) AND office = ",
    );
    sql.push_bind(office.0).push(" AND id");
    push_in(&mut sql, &ids.into_iter().collect::<Vec<_>>());
    let rows: Vec<(String, i64, String)> = sql.build_query_as().fetch_all(conn).await?;
    let mut found = vec![];
    for (id, version, body) in rows {
        let version = (FormId(id), number("a form's version", version)?);
        if asked.contains(&version) {
            found.push((version, parse::<Form>("a form", &body)));
        }
    }
    Ok(found)
}

/// Whether a later version is asked since it was written.
pub(super) async fn is_superseded(
    conn: &mut Conn,
    office: OfficeId,
    id: &FormId,
    version: u32,
) -> Result<bool> {
    let later: Option<i64> = query_scalar(
        "SELECT version FROM form WHERE office = $1 AND id = $2 AND version > $3 AND begins IS NULL LIMIT 1",
    )
    .bind(office.0)
    .bind(id.as_str())
    .bind(i64::from(version))
    .fetch_optional(conn)
    .await?;
    Ok(later.is_some())
}

pub(super) async fn get(
    conn: &mut Conn,
    office: OfficeId,
    id: &FormId,
    version: u32,
) -> Result<Option<Form>> {
    let row: Option<String> =
        query_scalar("SELECT body FROM form WHERE office = $1 AND id = $2 AND version = $3")
            .bind(office.0)
            .bind(id.as_str())
            .bind(i64::from(version))
            .fetch_optional(conn)
            .await?;
    row.map(|row| parse("a form", &row)).transpose()
}

pub(super) async fn sector_of(conn: &mut Conn, office: OfficeId, id: &FormId) -> Result<Option<Sector>> {
    let row: Option<String> =
        query_scalar("SELECT sector FROM form WHERE office = $1 AND id = $2 ORDER BY version DESC LIMIT 1")
            .bind(office.0)
            .bind(id.as_str())
            .fetch_optional(conn)
            .await?;
    row.map(|sector| word("a sector", &sector, Sector::parse)).transpose()
}

pub(super) async fn versions(conn: &mut Conn, office: OfficeId) -> Result<BTreeSet<(FormId, u32)>> {
    let rows: Vec<(String, i64)> =
        query_as("SELECT id, version FROM form WHERE office = $1").bind(office.0).fetch_all(conn).await?;
    rows.into_iter().map(|(id, version)| Ok((FormId(id), number("a form's version", version)?))).collect()
}

/// Writes those that are not there yet. What is built in leaves alone what the office wrote itself.
pub(super) async fn put(conn: &mut Conn, office: OfficeId, forms: &[Form], own: bool) -> Result<()> {
    let rows: Vec<(String, i64, bool)> = query_as("SELECT id, version, own FROM form WHERE office = $1")
        .bind(office.0)
        .fetch_all(&mut *conn)
        .await?;
    let of_office: BTreeSet<String> =
        rows.iter().filter(|(_, _, own)| *own).map(|(id, _, _)| id.clone()).collect();
    let had: BTreeSet<String> = rows.iter().map(|(id, _, _)| id.clone()).collect();
    let mut known: BTreeSet<(String, i64)> = rows.into_iter().map(|(id, version, _)| (id, version)).collect();
    let mut is_new = |form: &&Form| {
        let may = own || !of_office.contains(form.id.as_str());
        may && known.insert((form.id.to_string(), i64::from(form.version)))
    };
    let new: Vec<_> = forms.iter().filter(|form| is_new(form)).collect();
    let upgraded = new.iter().filter(|form| !own && had.contains(form.id.as_str())).map(|form| &form.id);
    let ended = ended(&mut *conn, office, upgraded.collect()).await?;
    let carried = |form: &Form| {
        let until = form.validity.until.or_else(|| ended.get(&form.id).copied());
        Form { validity: Validity { until, ..form.validity }, ..form.clone() }
    };
    let new: Vec<Form> = new.into_iter().map(carried).collect();
    for chunk in power_of_two_chunks(&new) {
        let bodies: Vec<_> = chunk.iter().map(body).collect::<Result<_>>()?;
        let mut sql = QueryBuilder::new("INSERT INTO form (office, id, version, sector, own, begins, body) ");
        sql.push_values(chunk.iter().zip(bodies), |mut row, (form, body)| {
            row.push_bind(office.0).push_bind(form.id.to_string()).push_bind(i64::from(form.version));
            row.push_bind(form.sector.as_str()).push_bind(own);
            row.push_bind(form.validity.from.map(day)).push_bind(body);
        });
        sql.build().execute(&mut *conn).await?;
    }
    if new.is_empty() {
        return Ok(());
    }
    // With each the versions that it takes the place of.
    let of_id = |id: &str| new.iter().find(|form| form.id.as_str() == id);
    let mut announced: BTreeSet<(FormId, u32)> = BTreeSet::new();
    for (id, version) in known.iter().filter(|(id, _)| of_id(id).is_some()) {
        announced.insert((FormId(id.clone()), number("a form's version", *version)?));
    }
    let announced: Vec<_> = announced.into_iter().map(|(id, version)| Record::Form(id, version)).collect();
    changes::touch(conn, office, &announced).await
}

/// The last day of those of these forms whose newest version was withdrawn.
async fn ended(
    conn: &mut Conn,
    office: OfficeId,
    ids: BTreeSet<&FormId>,
) -> Result<BTreeMap<FormId, NaiveDate>> {
    let mut ended = BTreeMap::new();
    for id in ids {
        let newest = newest_edition(&mut *conn, office, id).await?;
        ended.extend(newest.and_then(|known| Some((known.form.id, known.form.validity.until?))));
    }
    Ok(ended)
}

fn published((own, body): (bool, String)) -> Result<PublishedForm> {
    Ok(PublishedForm { form: parse("a form", &body)?, own })
}

pub(super) async fn editions(conn: &mut Conn, office: OfficeId, id: &FormId) -> Result<Vec<PublishedForm>> {
    let rows: Vec<(bool, String)> =
        query_as("SELECT own, body FROM form WHERE office = $1 AND id = $2 ORDER BY version DESC")
            .bind(office.0)
            .bind(id.as_str())
            .fetch_all(conn)
            .await?;
    rows.into_iter().map(published).collect()
}

async fn newest_editions(conn: &mut Conn, office: OfficeId) -> Result<Vec<PublishedForm>> {
    let rows: Vec<(bool, String)> = query_as(
        "SELECT own, body FROM form f WHERE office = $1
         AND version = (SELECT max(version) FROM form n WHERE n.office = $1 AND n.id = f.id) ORDER BY id",
    )
    .bind(office.0)
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(published).collect()
}

async fn newest_edition(conn: &mut Conn, office: OfficeId, id: &FormId) -> Result<Option<PublishedForm>> {
    let row: Option<(bool, String)> =
        query_as("SELECT own, body FROM form WHERE office = $1 AND id = $2 ORDER BY version DESC LIMIT 1")
            .bind(office.0)
            .bind(id.as_str())
            .fetch_optional(conn)
            .await?;
    row.map(published).transpose()
}

async fn set_validity(
    conn: &mut Conn,
    office: OfficeId,
    id: &FormId,
    version: u32,
    validity: Validity,
) -> Result<bool> {
    let Some(form) = get(&mut *conn, office, id, version).await? else { return Ok(false) };
    let form = Form { validity, ..form };
    query("UPDATE form SET body = $1, begins = $5 WHERE office = $2 AND id = $3 AND version = $4")
        .bind(body(&form)?)
        .bind(office.0)
        .bind(id.as_str())
        .bind(i64::from(version))
        .bind(validity.from.map(day))
        .execute(&mut *conn)
        .await?;
    changes::touch(conn, office, &[Record::Form(id.clone(), version)]).await?;
    Ok(true)
}

type DraftRow = (String, i64, String, i64, String);

fn draft((id, saved_at, saved_by, faults, body): DraftRow) -> Result<FormDraft> {
    let sheets = parse("the draft of a form", &body)?;
    let faults = number("the faults of a draft", faults)?;
    Ok(FormDraft { id: FormId(id), saved_at: time(saved_at)?, saved_by, faults, sheets })
}

async fn drafts(conn: &mut Conn, office: OfficeId) -> Result<Vec<FormDraft>> {
    let rows: Vec<DraftRow> =
        query_as("SELECT id, saved_at, saved_by, faults, body FROM form_draft WHERE office = $1 ORDER BY id")
            .bind(office.0)
            .fetch_all(conn)
            .await?;
    rows.into_iter().map(draft).collect()
}

async fn draft_of(conn: &mut Conn, office: OfficeId, id: &FormId) -> Result<Option<FormDraft>> {
    let row: Option<DraftRow> =
        query_as("SELECT id, saved_at, saved_by, faults, body FROM form_draft WHERE office = $1 AND id = $2")
            .bind(office.0)
            .bind(id.as_str())
            .fetch_optional(conn)
            .await?;
    row.map(draft).transpose()
}

async fn put_draft(conn: &mut Conn, office: OfficeId, draft: &FormDraft) -> Result<()> {
    query(
        "INSERT INTO form_draft (office, id, saved_at, saved_by, faults, body) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (office, id) DO UPDATE SET saved_at = excluded.saved_at, saved_by = excluded.saved_by,
         faults = excluded.faults, body = excluded.body",
    )
    .bind(office.0)
    .bind(draft.id.as_str())
    .bind(ms(draft.saved_at))
    .bind(&draft.saved_by)
    .bind(i64::from(draft.faults))
    .bind(body(&draft.sheets)?)
    .execute(conn)
    .await?;
    Ok(())
}

async fn delete_draft(conn: &mut Conn, office: OfficeId, id: &FormId) -> Result<()> {
    query("DELETE FROM form_draft WHERE office = $1 AND id = $2")
        .bind(office.0)
        .bind(id.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

#[async_trait]
impl ReadForms for SqlStore {
    async fn form(&self, office: OfficeId, id: &FormId, version: u32) -> Result<Option<Form>> {
        get(&mut self.reader().await?, office, id, version).await
    }

    async fn form_versions(&self, office: OfficeId) -> Result<BTreeSet<(FormId, u32)>> {
        versions(&mut self.reader().await?, office).await
    }

    async fn editions(&self, office: OfficeId, id: &FormId) -> Result<Vec<PublishedForm>> {
        editions(&mut self.reader().await?, office, id).await
    }

    async fn newest_editions(&self, office: OfficeId) -> Result<Vec<PublishedForm>> {
        newest_editions(&mut self.reader().await?, office).await
    }

    async fn newest_edition(&self, office: OfficeId, id: &FormId) -> Result<Option<PublishedForm>> {
        newest_edition(&mut self.reader().await?, office, id).await
    }

    async fn form_drafts(&self, office: OfficeId) -> Result<Vec<FormDraft>> {
        drafts(&mut self.reader().await?, office).await
    }

    async fn form_draft(&self, office: OfficeId, id: &FormId) -> Result<Option<FormDraft>> {
        draft_of(&mut self.reader().await?, office, id).await
    }
}

#[async_trait]
impl WriteForms for SqlTransaction {
    async fn form(&mut self, office: OfficeId, id: &FormId, version: u32) -> Result<Option<Form>> {
        get(&mut self.0, office, id, version).await
    }

    async fn sector_of(&mut self, office: OfficeId, id: &FormId) -> Result<Option<Sector>> {
        sector_of(&mut self.0, office, id).await
    }

    async fn put_form(&mut self, office: OfficeId, form: &Form) -> Result<()> {
        put(&mut self.0, office, std::slice::from_ref(form), false).await
    }

    async fn put_forms(&mut self, office: OfficeId, forms: &[Form]) -> Result<()> {
        put(&mut self.0, office, forms, false).await
    }

    async fn publish_form(&mut self, office: OfficeId, form: &Form) -> Result<bool> {
        if get(&mut self.0, office, &form.id, form.version).await?.is_some() {
            return Ok(false);
        }
        put(&mut self.0, office, std::slice::from_ref(form), true).await?;
        Ok(true)
    }

    async fn set_validity(
        &mut self,
        office: OfficeId,
        id: &FormId,
        version: u32,
        validity: Validity,
    ) -> Result<bool> {
        set_validity(&mut self.0, office, id, version, validity).await
    }

    async fn editions(&mut self, office: OfficeId, id: &FormId) -> Result<Vec<PublishedForm>> {
        editions(&mut self.0, office, id).await
    }

    async fn newest_edition(&mut self, office: OfficeId, id: &FormId) -> Result<Option<PublishedForm>> {
        newest_edition(&mut self.0, office, id).await
    }

    async fn form_draft(&mut self, office: OfficeId, id: &FormId) -> Result<Option<FormDraft>> {
        draft_of(&mut self.0, office, id).await
    }

    async fn put_form_draft(&mut self, office: OfficeId, draft: &FormDraft) -> Result<()> {
        put_draft(&mut self.0, office, draft).await
    }

    async fn delete_form_draft(&mut self, office: OfficeId, id: &FormId) -> Result<()> {
        delete_draft(&mut self.0, office, id).await
    }
}
