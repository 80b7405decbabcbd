//! Reporters' numbers, sealed, and who opens them.

use crate::{
    Result, StoredContact,
    sql::{
        Conn,
        columns::{body, ms, number, parse, time},
        query, query_as,
    },
};
use domain::{
    id::{OfficeId, PersonId, PublicReportId},
    public_report::{ContactHolder, ContactOpening, SealedContact},
};
use uuid::Uuid;

pub(super) async fn contact(
    conn: &mut Conn,
    office: OfficeId,
    report: PublicReportId,
) -> Result<Option<StoredContact>> {
    let row: Option<(String, i64)> =
        query_as("SELECT sealed, opened FROM public_contact WHERE report = $1 AND office = $2")
            .bind(report.0)
            .bind(office.0)
            .fetch_optional(conn)
            .await?;
    let stored = |(sealed, opened): (String, i64)| -> Result<StoredContact> {
        let opened = number("how often a number was opened", opened)?;
        Ok(StoredContact { sealed: parse("a sealed number", &sealed)?, opened })
    };
    row.map(stored).transpose()
}

pub(super) async fn put_contact(
    conn: &mut Conn,
    office: OfficeId,
    report: PublicReportId,
    sealed: &SealedContact,
) -> Result<()> {
    query("INSERT INTO public_contact (report, office, opened, sealed) VALUES ($1, $2, 0, $3)")
        .bind(report.0)
        .bind(office.0)
        .bind(body(sealed)?)
        .execute(conn)
        .await?;
    Ok(())
}

/// Person, name, public half, sealed half, salt, since when.
type Holder = (Uuid, String, Vec<u8>, Vec<u8>, Vec<u8>, i64);

pub(super) async fn holders(conn: &mut Conn, office: OfficeId) -> Result<Vec<ContactHolder>> {
    let rows: Vec<Holder> = query_as(
        "SELECT person, name, public, secret, salt, since FROM contact_holder WHERE office = $1
         ORDER BY since, person",
    )
    .bind(office.0)
    .fetch_all(conn)
    .await?;
    let holder = |(person, name, public, secret, salt, since): Holder| -> Result<ContactHolder> {
        let person = PersonId(person);
        Ok(ContactHolder { person, name, public, secret, salt, since: time(since)? })
    };
    rows.into_iter().map(holder).collect()
}

pub(super) async fn put_holder(conn: &mut Conn, office: OfficeId, holder: &ContactHolder) -> Result<()> {
    query(
        "INSERT INTO contact_holder (person, office, name, public, secret, salt, since)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(holder.person.0)
    .bind(office.0)
    .bind(&holder.name)
    .bind(holder.public.as_slice())
    .bind(holder.secret.as_slice())
    .bind(holder.salt.as_slice())
    .bind(ms(holder.since))
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn end_holder(conn: &mut Conn, office: OfficeId, person: PersonId) -> Result<()> {
    query("DELETE FROM contact_holder WHERE person = $1 AND office = $2")
        .bind(person.0)
        .bind(office.0)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn opening(
    conn: &mut Conn,
    office: OfficeId,
    report: PublicReportId,
) -> Result<Option<ContactOpening>> {
    let row: Option<(Uuid, String, String, i64, String)> = query_as(
        "SELECT person, name, reason, at, share FROM contact_opening WHERE report = $1 AND office = $2",
    )
    .bind(report.0)
    .bind(office.0)
    .fetch_optional(conn)
    .await?;
    let opening =
        |(by, by_name, reason, at, share): (Uuid, String, String, i64, String)| -> Result<ContactOpening> {
            let share = parse("half of a number's key", &share)?;
            Ok(ContactOpening { report, by: PersonId(by), by_name, reason, at: time(at)?, share })
        };
    row.map(opening).transpose()
}

pub(super) async fn put_opening(conn: &mut Conn, office: OfficeId, opening: &ContactOpening) -> Result<()> {
    query(
        "INSERT INTO contact_opening (report, office, person, name, reason, at, share)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (report) DO UPDATE SET person = excluded.person, name = excluded.name,
             reason = excluded.reason, at = excluded.at, share = excluded.share",
    )
    .bind(opening.report.0)
    .bind(office.0)
    .bind(opening.by.0)
    .bind(&opening.by_name)
    .bind(&opening.reason)
    .bind(ms(opening.at))
    .bind(body(&opening.share)?)
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn opened(conn: &mut Conn, office: OfficeId, report: PublicReportId) -> Result<()> {
    query("DELETE FROM contact_opening WHERE report = $1 AND office = $2")
        .bind(report.0)
        .bind(office.0)
        .execute(&mut *conn)
        .await?;
    query("UPDATE public_contact SET opened = opened + 1 WHERE report = $1 AND office = $2")
        .bind(report.0)
        .bind(office.0)
        .execute(conn)
        .await?;
    Ok(())
}
