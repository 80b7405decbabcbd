//! Who sees a record, read from the columns that say where it lies.

use super::{
    Conn, QueryBuilder,
    rows::{IDS_AT_ONCE, push_in},
};
use crate::{Record, Result};
use domain::{
    audience::Audience,
    id::{DepartmentId, GridId, HazardId, OfficeId, SiteId, VisitId},
    role::ResourceScope,
    sector::Sector,
};
use std::collections::HashSet;
use uuid::Uuid;

/// A record, and who is to learn of it.
#[derive(Debug)]
pub(super) struct Announcement {
    pub record: Record,
    /// None see what is retired, or not there.
    pub audiences: Vec<Audience>,
    /// Milliseconds: when it ceased to be live.
    pub ended_at: Option<i64>,
}

impl Announcement {
    pub(super) fn words(&self) -> Vec<String> {
        self.audiences.iter().map(Audience::word).collect()
    }
}

/// Id, grid, site, department, sector, whether anybody sees it, when it ended.
type Place = (Uuid, Uuid, Uuid, Option<Uuid>, String, bool, Option<i64>);

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

/// Who is to learn of these records. Of one that is not there: nobody.
pub(super) async fn of(conn: &mut Conn, office: OfficeId, records: &[Record]) -> Result<Vec<Announcement>> {
    let (mut sites, mut hazards, mut visits) = (vec![], vec![], vec![]);
    let mut announced = vec![];
    for record in records {
        match record {
            Record::Directory | Record::Checklist(_) => announced.push(Announcement {
                record: record.clone(),
                audiences: vec![Audience::Everybody],
                ended_at: None,
            }),
            Record::Site(id) => sites.push(id.0),
            Record::Hazard(id) => hazards.push(id.0),
            Record::Visit(id) => visits.push(id.0),
        }
    }
    let site = |id| Record::Site(SiteId(id));
    let hazard = |id| Record::Hazard(HazardId(id));
    let visit = |id| Record::Visit(VisitId(id));
    placed(&mut *conn, office, OF_SITES, " AND s.id", &sites, site, &mut announced).await?;
    placed(&mut *conn, office, OF_HAZARDS, " AND h.id", &hazards, hazard, &mut announced).await?;
    placed(conn, office, OF_VISITS, " AND i.id", &visits, visit, &mut announced).await?;
    Ok(announced)
}

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
        let rows: Vec<Place> = sql.build_query_as().fetch_all(&mut *conn).await?;
        for (id, grid, site, department, sector, seen, ended_at) in rows {
            missing.remove(&id);
            let audiences = if seen { audiences(grid, site, department, &sector) } else { vec![] };
            announced.push(Announcement { record: record(id), audiences, ended_at });
        }
    }
    let gone = |id| Announcement { record: record(id), audiences: vec![], ended_at: None };
    announced.extend(missing.into_iter().map(gone));
    Ok(())
}

/// A sector that cannot be read keeps the record from nobody else: verification names the row.
fn audiences(grid: Uuid, site: Uuid, department: Option<Uuid>, sector: &str) -> Vec<Audience> {
    let known = Sector::parse(sector);
    let place = ResourceScope {
        grid: GridId(grid),
        site: SiteId(site),
        department: department.map(DepartmentId),
        sector: known.unwrap_or(Sector::General),
    };
    let mut audiences = place.audiences();
    audiences.retain(|audience| known.is_some() || !matches!(audience, Audience::Sector(_)));
    audiences
}
