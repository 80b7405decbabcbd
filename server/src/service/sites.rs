//! Sites: what 操作记录 tells of a change, for forms and lists alike.

use crate::{
    state::AppState,
    storage::{Places, Result, Transaction},
};
use domain::{
    audit::{Act, Author, Subject, SubjectKind},
    id::OfficeId,
    site::Site,
};
use serde_json::{Value, json};

/// Of a site that is written in this transaction; where nothing differs, nothing is told.
pub async fn tell(
    state: &AppState,
    tx: &mut dyn Transaction,
    office: OfficeId,
    author: &Author,
    places: &Places,
    before: Option<&Site>,
    site: &Site,
) -> Result<()> {
    let act = match before {
        Some(before) if before.retired != site.retired => {
            if site.retired {
                Act::Closed
            } else {
                Act::Reopened
            }
        }
        Some(_) => Act::Changed,
        None => Act::Added,
    };
    let (was, is) = (before.map(|before| facts(places, before)), facts(places, site));
    if was.as_ref() == Some(&is) {
        return Ok(());
    }
    let label = format!("{} ({})", site.name, site.code);
    let subject = Subject::new(SubjectKind::Site, site.id.0, label);
    tx.put_audit(&state.audit(office, author, act, subject).change(&was.unwrap_or_default(), &is)).await
}

/// The site as people read it: names in the place of ids, without what the server reckons itself.
fn facts(places: &Places, site: &Site) -> Value {
    let community = places.communities.iter().find(|known| known.id == site.community);
    let grid = places.grids.iter().find(|known| known.id == site.grid);
    let department = places.departments.iter().find(|known| Some(known.id) == site.department);
    json!({
        "name": site.name,
        "code": site.code,
        "kinds": site.kinds,
        "sector": site.sector,
        "risk": site.risk,
        "community": community.map(|community| &community.name),
        "grid": grid.map(|grid| &grid.name),
        "address": site.address,
        "location": site.location,
        "contacts": site.contacts,
        "leader": site.leader,
        "department": department.map(|department| &department.name),
        "retired": site.retired,
    })
}
