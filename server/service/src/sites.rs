//! Sites: writing them, what moves with them, and what 操作记录 tells of it, for forms, lists and places alike.
//!
//! A site that is moved to another grid or department takes its open hazards along, in the same transaction: whoever looks
//! after it from now on has them on the phone, whoever did before is told that they are gone. What has ended is seen by
//! whoever sees the site. One that cannot be read keeps no other back: its row is laid elsewhere, so that lists show it to
//! whoever walks there, its log says nothing of it, and the operator is told.

mod form;
mod merge;

pub use form::{file, list, of_code, save};
pub use merge::merge;

use crate::{
    services::Services,
    storage::{OpenHazards, OpenHazardsOf, Places, Record, Result, Transaction},
};
use domain::{
    audit::{Act, Author, By, Subject, SubjectKind},
    hazard::{Hazard, relocate},
    id::{DepartmentId, GridId, OfficeId},
    party::SiteParty,
    role::ResourceScope,
    site::{
        Site,
        attributes::{AttributeValue, SiteAttribute},
    },
};
use serde_json::{Value, json};

/// Writes a site as a person or a list has it, and tells of it in this transaction. `before`: as it was when it was validated.
pub async fn put(
    state: &Services,
    tx: &mut dyn Transaction,
    office: OfficeId,
    author: &Author,
    places: &Places,
    before: Option<&Site>,
    site: &Site,
) -> Result<()> {
    let moved = place(state, tx, office, site, &author.by).await?;
    tell(state, tx, office, author, places, before, site, moved).await
}

/// Writes a site, and takes its open hazards along where it lies elsewhere now. Gives how many those are.
pub async fn place(
    state: &Services,
    tx: &mut dyn Transaction,
    office: OfficeId,
    site: &Site,
    by: &By,
) -> Result<usize> {
    let stood = tx.sites(office, &[site.id]).await?.remove(&site.id);
    tx.put_site(office, site).await?;
    let Some(stood) = stood.filter(|stood| lies_in(stood) != lies_in(site)) else { return Ok(0) };
    // A hazard that was assigned to another department than the site's stays with it.
    let to = |place: ResourceScope| {
        let department =
            if place.department == stood.department { site.department } else { place.department };
        ResourceScope { grid: site.grid, department, ..place }
    };
    let open = tx.open_hazards(office, OpenHazardsOf::Site(site.id)).await?;
    relocate_all(state, tx, office, &open, to, by).await
}

/// What moves its hazards when it changes.
fn lies_in(site: &Site) -> (GridId, Option<DepartmentId>) {
    (site.grid, site.department)
}

/// Puts these hazards where they lie from now on; gives how many lay elsewhere.
pub async fn relocate_all(
    state: &Services,
    tx: &mut dyn Transaction,
    office: OfficeId,
    open: &OpenHazards,
    to: impl Fn(ResourceScope) -> ResourceScope,
    by: &By,
) -> Result<usize> {
    let now = state.now();
    // None where it lies there already.
    let relocated = |hazard: &Hazard| {
        let moved = relocate(hazard, &to(hazard.place), by, now)?;
        Some(hazard.clone().evolve(moved))
    };
    let moved: Vec<Hazard> = open.hazards.iter().filter_map(relocated).collect();
    tx.put_hazards(office, &moved, now).await?;
    let lie_elsewhere = open.unreadable.iter().map(|(id, place)| (*id, *place, to(*place)));
    let unreadable: Vec<_> = lie_elsewhere.filter(|(_, place, to)| place != to).collect();
    for (id, _, to) in &unreadable {
        tx.relocate_unreadable(office, *id, to).await?;
        state.damaged.tell_of(&state.metrics, office, Record::Hazard(*id));
    }
    Ok(moved.len() + unreadable.len())
}

/// Of a site that is written in this transaction; where nothing differs, nothing is told.
#[expect(clippy::too_many_arguments, reason = "what was done, where, by whom, and how it was before")]
async fn tell(
    state: &Services,
    tx: &mut dyn Transaction,
    office: OfficeId,
    author: &Author,
    places: &Places,
    before: Option<&Site>,
    site: &Site,
    moved: usize,
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
    let (mut was, mut is) = (before.map(|before| facts(places, before)), facts(places, site));
    // A name may be that of two.
    if let Some(was) = &mut was
        && let (Some(old), Some(new)) = (before.and_then(|before| before.party.as_ref()), &site.party)
        && old.id != new.id
        && old.name == new.name
    {
        (was["party"], is["party"]) = (json!(told_apart(old)), json!(told_apart(new)));
    }
    if was.as_ref() == Some(&is) && moved == 0 {
        return Ok(());
    }
    if moved > 0 {
        is["hazards_moved"] = json!(moved);
    }
    let label = format!("{} ({})", site.name, site.code);
    let subject = Subject::new(SubjectKind::Site, site.id.0, label);
    tx.put_audit(&state.audit(office, author, act, subject).change(&was.unwrap_or_default(), &is)).await
}

/// A party among others of its name.
fn told_apart(party: &SiteParty) -> String {
    let by = party.credit_code.as_ref().map_or_else(|| party.id.to_string(), ToString::to_string);
    format!("{} {by}", party.name)
}

/// The site as people read it: names in the place of ids, without what the server reckons itself.
fn facts(places: &Places, site: &Site) -> Value {
    let community = places.communities.iter().find(|known| known.id == site.community);
    let grid = places.grids.iter().find(|known| known.id == site.grid);
    let department = places.departments.iter().find(|known| Some(known.id) == site.department);
    let mut facts = json!({
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
        "party": site.party.as_ref().map(|party| &party.name),
        "leader": site.leader,
        "department": department.map(|department| &department.name),
        "retired": site.retired,
    });
    if site.to_confirm.is_some() {
        facts["to_confirm"] = json!(true);
    }
    // Each attribute that is known, by its own word.
    for attribute in SiteAttribute::ALL {
        if let Some(known) = site.attributes.get(attribute) {
            facts[attribute.as_str()] = match known {
                AttributeValue::Truth(truth) => json!(truth),
                AttributeValue::Number(number) => json!(number),
                AttributeValue::Word(word) => json!(word),
            };
        }
    }
    facts
}
