//! 网格列表: grids with those who walk them.

use super::{
    QueryBuilder,
    columns::count,
    lists::ListQuery,
    scoped::{push_id, push_in},
    search::{Searched, push_words},
};
use crate::Result;
use domain::{
    id::{GridId, OfficeId},
    place::{GridFilter, GridLack, GridRow},
    role::{Role, Scope},
};
use uuid::Uuid;

/// Grids as a filter narrows them. Who answers for grids sees those; a department or a site has none.
pub(super) struct GridQuery<'a> {
    pub office: OfficeId,
    pub scope: &'a Scope,
    pub filter: &'a GridFilter,
}

/// ` FROM … WHERE …`: those who walk the grid `g`.
fn push_inspectors(sql: &mut QueryBuilder) {
    sql.push(" FROM person_grid pg JOIN person p ON p.id = pg.person WHERE pg.grid = g.id");
    sql.push(" AND p.disabled = FALSE AND p.role = ").push_bind(Role::Inspector.as_str());
}

impl ListQuery for GridQuery<'_> {
    /// The id, its name and its community's, names of inspectors line by line, and how many sites are in use there.
    type Stored = (Uuid, String, String, Option<String>, i64);
    type Row = GridRow;

    const ID: &'static str = "g.id";

    fn push_select(&self, sql: &mut QueryBuilder) {
        sql.push("SELECT g.id, g.name, c.name, (SELECT ").push_names_of_people();
        push_inspectors(sql);
        sql.push(
            "), (SELECT count(*) FROM site s WHERE s.office = g.office AND s.grid = g.id AND s.retired = FALSE)
             FROM grid g JOIN community c ON c.id = g.community",
        );
    }

    fn push_from(&self, sql: &mut QueryBuilder) {
        let Self { office, scope, filter } = self;
        sql.push(" FROM grid g JOIN community c ON c.id = g.community WHERE g.office = ");
        sql.push_bind(office.0);
        match scope {
            Scope::Office => {}
            Scope::Grids(grids) => push_in(sql, " AND ", "g.id", grids.iter().map(|grid| grid.0)),
            Scope::Department { .. } | Scope::Sites(_) => {
                sql.push(" AND FALSE");
            }
        }
        push_id(sql, "g.community", filter.community.map(|id| id.0));
        match filter.lacking {
            None => {}
            Some(GridLack::Inspector) => {
                sql.push(" AND NOT EXISTS (SELECT 1");
                push_inspectors(sql);
                sql.push(")");
            }
        }
        push_words(sql, &filter.query, &["g.name", "c.name"].map(Searched::Column));
    }

    fn order(&self) -> &'static str {
        " ORDER BY c.name, g.name, g.id"
    }

    fn row(&self, (id, name, community_name, inspectors, sites): Self::Stored) -> Result<GridRow> {
        let mut inspectors: Vec<String> = inspectors.unwrap_or_default().lines().map(str::to_owned).collect();
        inspectors.sort();
        Ok(GridRow { id: GridId(id), name, community_name, inspectors, sites: count(sites) })
    }
}
