//! What rules and draws look at of every site.

use crate::{
    Result,
    sql::{
        Conn,
        columns::{ms, parse, time},
        query_as,
    },
};
use chrono::{DateTime, Utc};
use domain::{
    id::{OfficeId, PartyId},
    site::Site,
    spot_check::SiteFacts,
};
use uuid::Uuid;

/// A site's body, its party, its last visit, open hazards; those found, and reports that came, since the time that was asked for.
type FactsRow = (String, Option<Uuid>, Option<i64>, i64, i64, i64);

/// A report that became a hazard, or was joined to one, counts where the hazard is. Until somebody of the office has looked at it, it
/// counts nowhere: where it lies is what whoever sent it says.
pub(super) async fn site_facts(
    conn: &mut Conn,
    office: OfficeId,
    since: DateTime<Utc>,
) -> Result<Vec<SiteFacts>> {
    let rows: Vec<FactsRow> = query_as(
        "SELECT s.body, s.party, s.last_visit,
             (SELECT count(*) FROM hazard h WHERE h.site = s.id AND h.open = TRUE),
             (SELECT count(*) FROM hazard h WHERE h.site = s.id AND h.found_at >= $1),
             COALESCE(told.reports, 0)
         FROM site s
         LEFT JOIN (
             SELECT COALESCE(h.site, r.site) AS site, count(*) AS reports
             FROM public_report r LEFT JOIN hazard h ON h.id = r.hazard
             WHERE r.office = $2 AND r.voice_of IS NULL AND r.received_at >= $1
                 AND r.state IN ('confirmed', 'joined', 'hazard')
             GROUP BY COALESCE(h.site, r.site)
         ) told ON told.site = s.id
         WHERE s.office = $2 ORDER BY s.id",
    )
    .bind(ms(since))
    .bind(office.0)
    .fetch_all(conn)
    .await?;
    let facts = |(body, party, last_visit, open, found, reports): FactsRow| {
        let site: Site = parse("a site", &body)?;
        Ok(SiteFacts {
            id: site.id,
            name: site.name,
            grid: site.grid,
            community: site.community,
            party: party.map(PartyId),
            kinds: site.kinds,
            risk: site.risk,
            last_visit: last_visit.map(time).transpose()?,
            open_hazards: u32::try_from(open).unwrap_or_default(),
            hazards: u32::try_from(found).unwrap_or_default(),
            reports: u32::try_from(reports).unwrap_or_default(),
            retired: site.retired,
        })
    };
    rows.into_iter().map(facts).collect()
}
