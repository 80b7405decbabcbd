//! 人员: people with accounts.

use super::{
    Conn, QueryBuilder, SqlStore, SqlTransaction,
    columns::{body, ms, person},
    lists::{self, ListQuery},
    query, query_as,
    scoped::push_equal,
    search::{Searched, push_words},
    sessions,
};
use crate::{Account, ReadPeople, Result, WritePeople, error::map_unique_violation};
use async_trait::async_trait;
use domain::{
    id::{OfficeId, PersonId},
    person::{Person, PersonFilter, PersonPage},
    place::PlaceId,
    role::Role,
};
use tokio::sync::mpsc;
use uuid::Uuid;

pub(super) async fn account(conn: &mut Conn, username: &str) -> Result<Option<Account>> {
    let mut sql = QueryBuilder::new(
        "SELECT office, body, last_seen, password_hash, EXISTS (
             SELECT 1 FROM second_factor f WHERE f.person = person.id AND f.since IS NOT NULL
         ) FROM person WHERE ",
    );
    sql.push_same_username(username);
    let row: Option<(Uuid, String, Option<i64>, String, bool)> =
        sql.build_query_as().fetch_optional(conn).await?;
    row.map(|(office, body, last_seen, password_hash, has_factor)| {
        let (office, person) = (OfficeId(office), person(&body, last_seen)?);
        Ok(Account { office, person, password_hash, has_factor })
    })
    .transpose()
}

pub(super) async fn all(conn: &mut Conn, office: OfficeId) -> Result<Vec<Person>> {
    let rows: Vec<(String, Option<i64>)> =
        query_as("SELECT body, last_seen FROM person WHERE office = $1 ORDER BY disabled, role, username")
            .bind(office.0)
            .fetch_all(conn)
            .await?;
    rows.iter().map(|(body, last_seen)| person(body, *last_seen)).collect()
}

/// Also those who may not sign in.
pub(super) async fn with_role(conn: &mut Conn, office: OfficeId, role: Role) -> Result<Vec<Person>> {
    let rows: Vec<(String, Option<i64>)> =
        query_as("SELECT body, last_seen FROM person WHERE office = $1 AND role = $2")
            .bind(office.0)
            .bind(role.as_str())
            .fetch_all(conn)
            .await?;
    rows.iter().map(|(body, last_seen)| person(body, *last_seen)).collect()
}

/// People as a filter narrows them, those who may sign in first.
pub(super) struct PersonQuery<'a> {
    pub office: OfficeId,
    pub filter: &'a PersonFilter,
}

impl ListQuery for PersonQuery<'_> {
    /// The body, and when they were last seen.
    type Stored = (String, Option<i64>);
    type Row = Person;

    const ID: &'static str = "p.id";

    fn push_select(&self, sql: &mut QueryBuilder) {
        sql.push("SELECT p.body, p.last_seen FROM person p");
    }

    fn push_from(&self, sql: &mut QueryBuilder) {
        sql.push(" FROM person p WHERE p.office = ").push_bind(self.office.0);
        push_equal(sql, "p.role", self.filter.role.map(Role::as_str));
        let name = Searched::Said(|sql| {
            sql.push_name_of_person();
        });
        let phone = Searched::Said(|sql| {
            sql.push_phone_of_person();
        });
        push_words(sql, &self.filter.query, &[Searched::Column("p.username"), name, phone]);
    }

    fn order(&self) -> &'static str {
        " ORDER BY p.disabled, p.role, p.username, p.id"
    }

    fn row(&self, (body, last_seen): Self::Stored) -> Result<Person> {
        person(&body, last_seen)
    }
}

/// Everybody who walks the grid, answers for the community or belongs to the department.
async fn people_in(conn: &mut Conn, office: OfficeId, place: PlaceId) -> Result<Vec<Person>> {
    let everybody = all(conn, office).await?;
    let belongs = |person: &Person| match place {
        PlaceId::Department(id) => person.department == Some(id),
        PlaceId::Grid(id) => person.grids.contains(&id),
        PlaceId::Community(id) => person.communities.contains(&id),
    };
    Ok(everybody.into_iter().filter(belongs).collect())
}

pub(super) async fn put(
    conn: &mut Conn,
    office: OfficeId,
    person: &Person,
    password_hash: Option<&str>,
) -> Result<()> {
    // An account made without a password cannot be signed in to: nothing verifies against an empty hash.
    query(
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
    .map_err(map_unique_violation("username"))?;
    put_grids(conn, person).await?;
    if person.disabled || password_hash.is_some() {
        // Whoever knew the old password is out.
        sessions::end_all(conn, person.id, None).await?;
    }
    Ok(())
}

pub(super) async fn put_password(conn: &mut Conn, person: PersonId, hash: &str, due: bool) -> Result<()> {
    query("UPDATE person SET password_hash = $1, password_due = $2 WHERE id = $3")
        .bind(hash)
        .bind(due)
        .bind(person.0)
        .execute(conn)
        .await?;
    Ok(())
}

async fn put_grids(conn: &mut Conn, person: &Person) -> Result<()> {
    query("DELETE FROM person_grid WHERE person = $1").bind(person.id.0).execute(&mut *conn).await?;
    for grid in &person.grids {
        query("INSERT INTO person_grid (person, grid) VALUES ($1, $2) ON CONFLICT DO NOTHING")
            .bind(person.id.0)
            .bind(grid.0)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

#[async_trait]
impl ReadPeople for SqlStore {
    async fn account(&self, username: &str) -> Result<Option<Account>> {
        account(&mut self.reader().await?, username).await
    }

    async fn people(&self, office: OfficeId) -> Result<Vec<Person>> {
        all(&mut self.reader().await?, office).await
    }

    async fn people_page(&self, office: OfficeId, filter: &PersonFilter) -> Result<PersonPage> {
        lists::page(&mut self.snapshot().await?, &PersonQuery { office, filter }, filter.page).await
    }

    async fn send_people(
        &self,
        office: OfficeId,
        filter: &PersonFilter,
        most: u32,
        to: mpsc::Sender<Person>,
    ) -> Result<u32> {
        lists::send(&mut self.reader().await?, &PersonQuery { office, filter }, most, &to).await
    }
}

#[async_trait]
impl WritePeople for SqlTransaction {
    async fn people(&mut self, office: OfficeId) -> Result<Vec<Person>> {
        all(&mut self.0, office).await
    }

    async fn people_in(&mut self, office: OfficeId, place: PlaceId) -> Result<Vec<Person>> {
        people_in(&mut self.0, office, place).await
    }

    async fn put_person(
        &mut self,
        office: OfficeId,
        person: &Person,
        password_hash: Option<&str>,
    ) -> Result<()> {
        put(&mut self.0, office, person, password_hash).await
    }

    async fn put_password(
        &mut self,
        person: PersonId,
        password_hash: &str,
        due: bool,
        but: Option<i64>,
    ) -> Result<()> {
        put_password(&mut self.0, person, password_hash, due).await?;
        sessions::end_all(&mut self.0, person, but).await
    }
}
