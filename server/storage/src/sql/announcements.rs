//! Who sees a record, read from the columns that say where it lies.

use super::{
    Conn, QueryBuilder, forms,
    rows::{IDS_AT_ONCE, push_in},
};
use crate::{Record, Result};
use domain::{
    audience::Audience,
    id::{
        DepartmentId, GridId, HazardId, NoticeId, OfficeId, PersonId, SealedOrderId, SiteId, TaskId, VisitId,
    },
    role::ResourceScope,
    sector::Sector,
};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Where a record lies: as much of it as says who sees the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub grid: Uuid,
    pub site: Uuid,
    pub department: Option<Uuid>,
    pub sector: Option<String>,
}

/// Who is to learn of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Seen {
    /// What is retired, or not there.
    ByNobody,
    /// What lies nowhere, such as the directory and the forms.
    ByEverybody,
    /// What is one person's own.
    ByPerson(PersonId),
    Of(Place),
}

impl Seen {
    /// A sector that cannot be read keeps the record from nobody else: verification names the row.
    pub(super) fn audiences(&self) -> Vec<Audience> {
        let place = match self {
            Self::ByNobody => return vec![],
            Self::ByEverybody => return vec![Audience::Everybody],
            Self::ByPerson(person) => return vec![Audience::Person(*person)],
            Self::Of(place) => place,
        };
        let known = place.sector.as_deref().and_then(Sector::parse);
        let scope = ResourceScope {
            grid: GridId(place.grid),
            site: SiteId(place.site),
            department: place.department.map(DepartmentId),
            sector: known.unwrap_or(Sector::General),
        };
        let mut audiences = scope.audiences();
        audiences.retain(|audience| known.is_some() || !matches!(audience, Audience::Sector(_)));
        audiences
    }
}

/// A record, and who is to learn of it.
#[derive(Debug)]
pub(super) struct Announcement {
    pub record: Record,
    pub seen: Seen,
    /// Milliseconds: when it ceased to be live.
    pub ended_at: Option<i64>,
}

/// Id, grid, site, department, sector, whether anybody sees it, when it ended.
type Row = (Uuid, Uuid, Uuid, Option<Uuid>, String, bool, Option<i64>);

const OF_SITES: &str =
    "SELECT s.id, s.grid, s.id, s.department, s.sector, s.retired = FALSE, CAST(NULL AS BIGINT)
     FROM site s WHERE s.office = ";

/// An open hazard moves with its site, by an event of its own. One that has ended lies where it lay, and is seen by whoever
/// walks its site's grid now.
const OF_HAZARDS: &str =
    "SELECT h.id, CASE WHEN h.open = TRUE THEN h.grid ELSE s.grid END, h.site, h.department, h.sector, TRUE,
         CASE WHEN h.open = TRUE THEN NULL ELSE h.status_since END
     FROM hazard h JOIN site s ON s.id = h.site WHERE h.office = ";

/// Whether somebody may see a visit is its site's to say.
const OF_VISITS: &str = "SELECT i.id, s.grid, s.id, s.department, s.sector, TRUE, i.submitted_at
     FROM visit i JOIN site s ON s.id = i.site WHERE i.office = ";

/// A notice is news for a while, seen or not.
const OF_NOTICES: &str = "SELECT id, person, made_at FROM notice WHERE office = ";

/// A sealed order ends by itself after its last day.
const OF_ORDERS: &str = "SELECT id, person, closes_at FROM sealed_order WHERE office = ";

/// Who is to learn of these records. Of one that is not there: nobody.
pub(super) async fn of(conn: &mut Conn, office: OfficeId, records: &[Record]) -> Result<Vec<Announcement>> {
    let (mut sites, mut hazards, mut visits) = (vec![], vec![], vec![]);
    let (mut orders, mut tasks, mut told) = (vec![], vec![], vec![]);
    let mut announced = vec![];
    for record in records {
        match record {
            Record::Directory => announced.push(Announcement {
                record: record.clone(),
                seen: Seen::ByEverybody,
                ended_at: None,
            }),
            Record::Form(id, version) => {
                // Phones have no use for a version that another has taken the place of.
                let is_superseded = forms::is_superseded(&mut *conn, office, id, *version).await?;
                let seen = if is_superseded { Seen::ByNobody } else { Seen::ByEverybody };
                announced.push(Announcement { record: record.clone(), seen, ended_at: None });
            }
            Record::Site(id) => sites.push(id.0),
            Record::Hazard(id) => hazards.push(id.0),
            Record::Visit(id) => visits.push(id.0),
            Record::SealedOrder(id) => orders.push(id.0),
            Record::Task(id) => tasks.push(id.0),
            Record::Notice(id) => told.push(id.0),
        }
    }
    let site = |id| Record::Site(SiteId(id));
    let hazard = |id| Record::Hazard(HazardId(id));
    let visit = |id| Record::Visit(VisitId(id));
    placed(&mut *conn, office, OF_SITES, " AND s.id", &sites, site, &mut announced).await?;
    placed(&mut *conn, office, OF_HAZARDS, " AND h.id", &hazards, hazard, &mut announced).await?;
    placed(&mut *conn, office, OF_VISITS, " AND i.id", &visits, visit, &mut announced).await?;
    own(&mut *conn, office, &tasks, &mut announced).await?;
    let notice = |id| Record::Notice(NoticeId(id));
    let order = |id| Record::SealedOrder(SealedOrderId(id));
    personal(&mut *conn, office, OF_NOTICES, &told, notice, &mut announced).await?;
    personal(conn, office, OF_ORDERS, &orders, order, &mut announced).await?;
    Ok(announced)
}

/// A task is for the one who has it, until it ends.
async fn own(
    conn: &mut Conn,
    office: OfficeId,
    tasks: &[Uuid],
    announced: &mut Vec<Announcement>,
) -> Result<()> {
    let mut gone: HashSet<Uuid> = tasks.iter().copied().collect();
    for ids in tasks.chunks(IDS_AT_ONCE) {
        let mut sql =
            QueryBuilder::new("SELECT t.id, t.person FROM task t WHERE t.ended_at IS NULL AND t.office = ");
        sql.push_bind(office.0).push(" AND t.id");
        push_in(&mut sql, ids);
        let rows: Vec<(Uuid, Uuid)> = sql.build_query_as().fetch_all(&mut *conn).await?;
        for (id, person) in rows {
            gone.remove(&id);
            let seen = Seen::ByPerson(PersonId(person));
            announced.push(Announcement { record: Record::Task(TaskId(id)), seen, ended_at: None });
        }
    }
    announced.extend(gone.into_iter().map(|id| Announcement {
        record: Record::Task(TaskId(id)),
        seen: Seen::ByNobody,
        ended_at: None,
    }));
    Ok(())
}

/// What is one person's for good: `query` reads its id, whose it is, and when it ceases to be live.
async fn personal(
    conn: &mut Conn,
    office: OfficeId,
    query: &'static str,
    ids: &[Uuid],
    record: fn(Uuid) -> Record,
    announced: &mut Vec<Announcement>,
) -> Result<()> {
    let mut known: HashMap<Uuid, (Uuid, i64)> = HashMap::new();
    for some in ids.chunks(IDS_AT_ONCE) {
        let mut sql = QueryBuilder::new(query);
        sql.push_bind(office.0).push(" AND id");
        push_in(&mut sql, some);
        let rows: Vec<(Uuid, Uuid, i64)> = sql.build_query_as().fetch_all(&mut *conn).await?;
        known.extend(rows.into_iter().map(|(id, person, ended_at)| (id, (person, ended_at))));
    }
    announced.extend(ids.iter().map(|id| {
        let (seen, ended_at) = match known.get(id) {
            Some((person, ended_at)) => (Seen::ByPerson(PersonId(*person)), Some(*ended_at)),
            None => (Seen::ByNobody, None),
        };
        Announcement { record: record(*id), seen, ended_at }
    }));
    Ok(())
}

/// What lies somewhere: `query` reads a [`Row`] of each.
async fn placed(
    conn: &mut Conn,
    office: OfficeId,
    query: &'static str,
    id_in: &'static str,
    ids: &[Uuid],
    record: fn(Uuid) -> Record,
    announced: &mut Vec<Announcement>,
) -> Result<()> {
    let mut missing: HashSet<Uuid> = ids.iter().copied().collect();
    for ids in ids.chunks(IDS_AT_ONCE) {
        let mut sql = QueryBuilder::new(query);
        sql.push_bind(office.0).push(id_in);
        push_in(&mut sql, ids);
        let rows: Vec<Row> = sql.build_query_as().fetch_all(&mut *conn).await?;
        for (id, grid, site, department, sector, seen, ended_at) in rows {
            missing.remove(&id);
            let place = Place { grid, site, department, sector: Some(sector) };
            let seen = if seen { Seen::Of(place) } else { Seen::ByNobody };
            announced.push(Announcement { record: record(id), seen, ended_at });
        }
    }
    let gone = |id| Announcement { record: record(id), seen: Seen::ByNobody, ended_at: None };
    announced.extend(missing.into_iter().map(gone));
    Ok(())
}
