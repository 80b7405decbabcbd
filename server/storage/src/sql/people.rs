//! 人员: people with accounts.

use super::{
    Conn, Db,
    columns::{body, ms, parse, time},
    dialect, sessions,
};
use crate::storage::{Account, Result, trouble::or_taken};
use domain::{
    id::{OfficeId, PersonId},
    person::Person,
};
use sqlx::QueryBuilder;
use uuid::Uuid;

/// The body with what the columns know better.
pub(super) fn person(body: &str, last_seen: Option<i64>) -> Result<Person> {
    let mut person: Person = parse("a person", body)?;
    person.last_seen = last_seen.map(time).transpose()?;
    Ok(person)
}

pub(super) async fn account(conn: &mut Conn, username: &str) -> Result<Option<Account>> {
    let mut sql = QueryBuilder::<Db>::new(
        "SELECT office, body, last_seen, password_hash, EXISTS (
             SELECT 1 FROM second_factor f WHERE f.person = person.id AND f.since IS NOT NULL
         ) FROM person WHERE ",
    );
    dialect::push_same_username(&mut sql, username);
    let row: Option<(Uuid, String, Option<i64>, String, bool)> =
        sql.build_query_as().fetch_optional(conn).await?;
    row.map(|(office, body, last_seen, password_hash, has_factor)| {
        let (office, person) = (OfficeId(office), person(&body, last_seen)?);
        Ok(Account { office, person, password_hash, has_factor })
    })
    .transpose()
}

pub(super) async fn all(conn: &mut Conn, office: OfficeId) -> Result<Vec<Person>> {
    let rows: Vec<(String, Option<i64>)> = sqlx::query_as(
        "SELECT body, last_seen FROM person WHERE office = $1 ORDER BY disabled, role, username",
    )
    .bind(office.0)
    .fetch_all(conn)
    .await?;
    rows.iter().map(|(body, last_seen)| person(body, *last_seen)).collect()
}

pub(super) async fn put(
    conn: &mut Conn,
    office: OfficeId,
    person: &Person,
    password_hash: Option<&str>,
) -> Result<()> {
    // An account made without a password cannot be signed in to: nothing verifies against an empty hash.
    sqlx::query(
        "INSERT INTO person (id, office, username, role, department, disabled, last_seen, password_hash, body)
         VALUES ($1, $2, $3, $4, $5, $6, $7, coalesce($8, ''), $9)
         ON CONFLICT (id) DO UPDATE SET username = excluded.username, role = excluded.role,
             department = excluded.department, disabled = excluded.disabled,
             password_hash = coalesce($8, person.password_hash), body = excluded.body
         WHERE person.office = excluded.office",
    )
    .bind(person.id.0)
    .bind(office.0)
    .bind(&person.username)
    .bind(person.role.as_str())
    .bind(person.department.map(|department| department.0))
    .bind(person.disabled)
    .bind(person.last_seen.map(ms))
    .bind(password_hash)
    .bind(body(person)?)
    .execute(&mut *conn)
    .await
    .map_err(or_taken("username"))?;
    put_grids(conn, person).await?;
    if person.disabled || password_hash.is_some() {
        // Whoever knew the old password is out.
        sessions::end_all(conn, person.id, None).await?;
    }
    Ok(())
}

pub(super) async fn put_password(conn: &mut Conn, person: PersonId, hash: &str, due: bool) -> Result<()> {
    sqlx::query("UPDATE person SET password_hash = $1, password_due = $2 WHERE id = $3")
        .bind(hash)
        .bind(due)
        .bind(person.0)
        .execute(conn)
        .await?;
    Ok(())
}

async fn put_grids(conn: &mut Conn, person: &Person) -> Result<()> {
    sqlx::query("DELETE FROM person_grid WHERE person = $1").bind(person.id.0).execute(&mut *conn).await?;
    for grid in &person.grids {
        sqlx::query("INSERT INTO person_grid (person, grid) VALUES ($1, $2) ON CONFLICT DO NOTHING")
            .bind(person.id.0)
            .bind(grid.0)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

pub(super) async fn seen(conn: &mut Conn, person: PersonId, now: i64) -> Result<()> {
    sqlx::query("UPDATE person SET last_seen = $1 WHERE id = $2")
        .bind(now)
        .bind(person.0)
        .execute(conn)
        .await?;
    Ok(())
}
