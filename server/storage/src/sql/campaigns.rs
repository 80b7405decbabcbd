//! 专项: which sites a list of a campaign is about, and which of them were visited with it. What a form is about is said by its
//! expressions, which no database can work out; so the office's sites are looked through first, as a search does.

use super::{
    Conn, QueryBuilder,
    columns::count,
    forms,
    lists::{ListQuery, Reader},
    sites::{self, SiteQuery},
};
use crate::Result;
use domain::{
    campaign::{CampaignPart, CampaignState, counted_by, state_of},
    id::{CommunityId, FormId, GridId},
    site::SiteFilter,
    time::office_day,
};
use uuid::Uuid;

/// Sites that stand so in the campaign, in any state where none is asked for. None where there is no such list.
pub(super) async fn sites(
    conn: &mut Conn,
    reader: Reader<'_>,
    form: &FormId,
    state: Option<CampaignState>,
) -> Result<Vec<Uuid>> {
    let editions = forms::editions(conn, reader.office, form).await?;
    let editions = editions.into_iter().map(|edition| edition.form);
    let Some(form) = counted_by(editions, office_day(reader.now)) else { return Ok(vec![]) };
    let all = sites::all(conn, reader.office).await?;
    let stands_so = |stands: CampaignState| state.is_none_or(|state| state == stands);
    let meant = all.iter().filter(|site| state_of(&form, site, reader.now).is_some_and(stands_so));
    Ok(meant.map(|site| site.id.0).collect())
}

/// Grids in which there is any such site, as far as the reader sees them; counted by the filter that opens them.
pub(super) async fn progress(
    conn: &mut Conn,
    reader: Reader<'_>,
    form: &FormId,
) -> Result<Vec<CampaignPart>> {
    let all = counted(conn, reader, form, None).await?;
    let visited = counted(conn, reader, form, Some(CampaignState::Visited)).await?;
    let part = |(community, grid, sites): (Uuid, Uuid, i64)| {
        let of_it = visited.iter().find(|(_, known, _)| *known == grid);
        CampaignPart {
            community: CommunityId(community),
            grid: GridId(grid),
            sites: count(sites),
            visited: of_it.map_or(0, |(.., visited)| count(*visited)),
        }
    };
    Ok(all.into_iter().map(part).collect())
}

async fn counted(
    conn: &mut Conn,
    reader: Reader<'_>,
    form: &FormId,
    state: Option<CampaignState>,
) -> Result<Vec<(Uuid, Uuid, i64)>> {
    let filter = SiteFilter { campaign: Some(form.clone()), campaign_state: state, ..SiteFilter::default() };
    let query = SiteQuery::of(conn, reader, &filter).await?;
    let mut sql = QueryBuilder::new("SELECT s.community, s.grid, count(*)");
    query.push_from(&mut sql);
    sql.push(" GROUP BY s.community, s.grid ORDER BY s.community, s.grid");
    Ok(sql.build_query_as().fetch_all(conn).await?)
}
