//! 整批撤销: undoes an import, except for records that were changed since. Where a place of then was merged, the
//! one that it went into counts; where it was closed, or where the party of then was retired, the record stays as it is. A
//! party that the list made goes out of use with it, unless a site in use has it by then, or a hazard.

use super::{
    By, ImportRefusal, allow, subject,
    validation::{Was, Written},
    write::save_people,
};
use crate::{
    asker::Asker,
    error::Error,
    import::{action, people, sites},
    parties,
    services::Services,
    sites::put,
    storage::{StoredImport, Undone},
};
use chrono::Days;
use domain::{
    audit::Act,
    id::{CommunityId, DepartmentId, GridId, PartyId, PersonId, SiteId},
    import::{ImportKind, ImportUndone, WrittenImport},
    party::Party,
    person::Person,
    place::PlaceId,
    role::{Action, Role},
    site::Site,
};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// For how long.
const WITHIN: Days = Days::new(7);

/// Names that are listed of what would stay.
const SHOWN: usize = 50;

/// The last list of each kind that this person may import.
pub async fn last(state: &Services, by: &Asker) -> Result<Vec<WrittenImport>, Error> {
    by.allow(Action::ManageSites)?;
    let (actor, mut last) = (&by.actor, vec![]);
    for what in [ImportKind::Sites, ImportKind::People] {
        if !actor.may_do(action(what)) {
            continue;
        }
        if let Some(stored) = state.store.last_import(actor.office, what).await? {
            last.push(told(state, stored).await?);
        }
    }
    Ok(last)
}

async fn told(state: &Services, stored: StoredImport) -> Result<WrittenImport, Error> {
    let written = written(&stored)?;
    let until =
        stored.at.checked_add_days(WITHIN).filter(|until| *until > state.now() && stored.undone.is_none());
    let now = Now::read(state, &stored).await?;
    let (mut changed_since, mut parties_stay) = (vec![], vec![]);
    if until.is_some() {
        let sites = written.sites.iter().filter(|was| now.site(was).is_none()).map(|was| &was.after);
        changed_since.extend(sites.map(|site| format!("{} {}", site.code, site.name)));
        let people = written.people.iter().filter(|was| now.person(was).is_none()).map(|was| &was.after);
        changed_since.extend(people.map(|person| format!("{} {}", person.username, person.name)));
        changed_since.truncate(SHOWN);
        let needed = now.needed_parties(&written);
        let stay = written.parties.iter().filter(|was| now.party(was, &needed).is_none());
        parties_stay.extend(stay.map(|was| was.after.name.clone()).take(SHOWN));
    }
    let news = written.sites.iter().filter(|was| was.before.is_none()).count()
        + written.people.iter().filter(|was| was.before.is_none()).count();
    Ok(WrittenImport {
        id: stored.id,
        what: stored.what,
        file: stored.file,
        by: stored.by,
        at: stored.at,
        new: news,
        changed: written.sites.len() + written.people.len() - news,
        new_places: written.new_places,
        undone: stored.undone.map(|undone| ImportUndone { by: undone.by, at: undone.at, kept: undone.kept }),
        undo_until: until,
        changed_since,
        parties_stay,
    })
}

fn written(stored: &StoredImport) -> Result<Written, Error> {
    serde_json::from_str(&stored.body).map_err(|error| Error::Bug(error.to_string()))
}

/// The records of this moment.
struct Now {
    sites: HashMap<SiteId, Site>,
    people: HashMap<PersonId, Person>,
    grids: HashMap<GridId, CommunityId>,
    communities: HashSet<CommunityId>,
    departments: HashSet<DepartmentId>,
    parties: HashMap<PartyId, Party>,
    parties_of_hazards: HashSet<PartyId>,
    /// Where everything went that lived in a place that is no more.
    former: HashMap<PlaceId, Option<PlaceId>>,
}

impl Now {
    async fn read(state: &Services, stored: &StoredImport) -> Result<Self, Error> {
        let (store, office) = (&state.store, stored.office);
        let (mut sites, mut parties, mut people) = (vec![], vec![], vec![]);
        let mut parties_of_hazards = HashSet::new();
        match stored.what {
            ImportKind::Sites => {
                sites = store.all_sites(office).await?;
                parties = store.all_parties(office).await?;
                parties_of_hazards = store.parties_of_hazards(office).await?;
            }
            ImportKind::People => people = store.people(office).await?,
        }
        let places = store.places(office).await?;
        let former = store.former_places(office).await?;
        Ok(Self {
            sites: sites.into_iter().map(|site| (site.id, site)).collect(),
            people: people.into_iter().map(|person| (person.id, person)).collect(),
            grids: places.grids.iter().map(|grid| (grid.id, grid.community)).collect(),
            communities: places.communities.iter().map(|community| community.id).collect(),
            departments: places.departments.iter().map(|department| department.id).collect(),
            parties: parties.into_iter().map(|party| (party.id, party)).collect(),
            parties_of_hazards,
            former: former.into_iter().map(|former| (former.place, former.into)).collect(),
        })
    }

    /// The place, or the one that it was merged into; None where it was closed.
    fn surviving_place(&self, place: PlaceId) -> Option<PlaceId> {
        let mut place = place;
        // A place that stands again under its old id may have gone before.
        for _ in 0..=self.former.len() {
            let stands = match place {
                PlaceId::Grid(id) => self.grids.contains_key(&id),
                PlaceId::Department(id) => self.departments.contains(&id),
                PlaceId::Community(id) => self.communities.contains(&id),
            };
            if stands {
                return Some(place);
            }
            place = (*self.former.get(&place)?)?;
        }
        None
    }

    fn grid(&self, id: GridId) -> Option<GridId> {
        match self.surviving_place(PlaceId::Grid(id))? {
            PlaceId::Grid(id) => Some(id),
            PlaceId::Community(_) | PlaceId::Department(_) => None,
        }
    }

    fn community(&self, id: CommunityId) -> Option<CommunityId> {
        match self.surviving_place(PlaceId::Community(id))? {
            PlaceId::Community(id) => Some(id),
            PlaceId::Grid(_) | PlaceId::Department(_) => None,
        }
    }

    /// Some of nothing where there was none; None where it was closed.
    fn department(&self, id: Option<DepartmentId>) -> Option<Option<DepartmentId>> {
        let Some(id) = id else { return Some(None) };
        match self.surviving_place(PlaceId::Department(id))? {
            PlaceId::Department(id) => Some(Some(id)),
            PlaceId::Community(_) | PlaceId::Grid(_) => None,
        }
    }

    /// Whether the party of then may answer for the site: one that was retired since is given to none in use.
    fn is_answered_for(&self, then: &Site, now: &Site) -> bool {
        let answers = |site: &Site| site.party.as_ref().filter(|_| !site.retired).map(|party| party.id);
        let is_retired = |party| self.parties.get(&party).is_some_and(|party| party.retired);
        answers(then).is_none_or(|party| answers(now) == Some(party) || !is_retired(party))
    }

    /// In the places of this moment.
    fn site_at_home(&self, site: &Site) -> Option<Site> {
        let grid = self.grid(site.grid)?;
        let community = *self.grids.get(&grid)?;
        let department = self.department(site.department)?;
        Some(Site { grid, community, department, ..site.clone() })
    }

    fn person_at_home(&self, person: &Person) -> Option<Person> {
        let mut grids = vec![];
        for grid in &person.grids {
            let grid = self.grid(*grid)?;
            if !grids.contains(&grid) {
                grids.push(grid);
            }
        }
        let mut communities = vec![];
        for community in &person.communities {
            let community = self.community(*community)?;
            if !communities.contains(&community) {
                communities.push(community);
            }
        }
        let department = self.department(person.department)?;
        Some(Person { grids, communities, department, ..person.clone() })
    }

    /// As it was before; out of use where it was new. None where somebody changed or visited it since, or where it has no
    /// place or party to go back to.
    fn site(&self, was: &Was<Site>) -> Option<Site> {
        let now = self.sites.get(&was.after.id)?;
        let untouched = sites::version(now) == sites::version(&was.after);
        match &was.before {
            Some(before) => {
                let may_go_back = untouched && self.is_answered_for(before, now);
                let before = self.site_at_home(before).filter(|_| may_go_back)?;
                Some(Site { last_visit: now.last_visit, ..before })
            }
            None => (untouched && now.last_visit.is_none()).then(|| Site { retired: true, ..now.clone() }),
        }
    }

    /// Parties that a site in use has once the list is taken back, or a hazard.
    fn needed_parties(&self, written: &Written) -> HashSet<PartyId> {
        let back = written.sites.iter().filter_map(|was| self.site(was));
        let back: HashMap<SiteId, Site> = back.map(|site| (site.id, site)).collect();
        let sites = self.sites.values().map(|site| back.get(&site.id).unwrap_or(site));
        let of_sites = sites.filter(|site| !site.retired).filter_map(|site| site.party.as_ref());
        of_sites.map(|party| party.id).chain(self.parties_of_hazards.iter().copied()).collect()
    }

    /// As it was before; out of use where it was new. None where somebody changed it since, or something else needs it.
    fn party(&self, was: &Was<Party>, needed: &HashSet<PartyId>) -> Option<Party> {
        let now = self.parties.get(&was.after.id)?;
        match &was.before {
            Some(before) => (*now == was.after).then(|| before.clone()),
            None if now.retired => Some(now.clone()),
            None => {
                let goes = *now == was.after && !needed.contains(&now.id);
                goes.then(|| Party { retired: true, ..now.clone() })
            }
        }
    }

    fn person(&self, was: &Was<Person>) -> Option<Person> {
        let now = self.people.get(&was.after.id)?;
        let untouched = people::version(now) == people::version(&was.after);
        match &was.before {
            Some(before) => {
                let before = self.person_at_home(before).filter(|_| untouched)?;
                Some(Person { last_seen: now.last_seen, ..before })
            }
            None => untouched.then(|| Person { disabled: true, ..now.clone() }),
        }
    }
}

/// Takes the last list of its kind back, at the desk.
pub async fn undo(state: &Services, by: &Asker, what: ImportKind, id: Uuid) -> Result<usize, Error> {
    allow(by, what)?;
    take_back(state, &By::asker(by), what, id).await
}

/// The same, for whoever may; gives how many records stayed as they are.
pub async fn take_back(state: &Services, by: &By, what: ImportKind, id: Uuid) -> Result<usize, Error> {
    let mut tx = state.store.write().await?;
    let stored = state.store.last_import(by.office, what).await?.filter(|stored| stored.id == id);
    let stored = stored.ok_or(ImportRefusal::TooLate)?;
    let is_open = stored.at.checked_add_days(WITHIN).is_some_and(|until| until > state.now());
    if stored.undone.is_some() || !is_open {
        return Err(ImportRefusal::TooLate.into());
    }
    let written = written(&stored)?;
    let mut now = Now::read(state, &stored).await?;
    let places = tx.places(by.office).await?;
    let mut back_again = vec![];
    let mut kept = 0;
    for was in &written.sites {
        match now.site(was) {
            Some(site) => {
                let before = Some(&was.after);
                put(state, &mut *tx, by.office, &by.author, &places, before, &site).await?;
            }
            None => kept += 1,
        }
    }
    let needed = now.needed_parties(&written);
    for was in &written.parties {
        match now.party(was, &needed) {
            Some(party) => {
                let before = now.parties.get(&party.id);
                parties::put(state, &mut *tx, by.office, &by.author, before, &party).await?;
            }
            None => kept += 1,
        }
    }
    for was in &written.people {
        let reigns = |person: &Person| person.role == Role::Administrator && !person.disabled;
        let back = now.person(was).filter(|back| {
            // Neither oneself nor the last administrator goes with it.
            let others = now.people.values().any(|person| person.id != back.id && reigns(person));
            let is_own = by.person == Some(back.id);
            reigns(back) || !reigns(&was.after) || (others && !is_own)
        });
        match back {
            Some(person) => {
                back_again.push((0, Was { before: None, after: person.clone() }, None));
                now.people.insert(person.id, person);
            }
            None => kept += 1,
        }
    }
    save_people(state, &mut *tx, by, &back_again).await?;
    let counts = json!({ "kept": kept });
    let entry = state.audit(by.office, &by.author, Act::ImportUndone, subject(&stored));
    tx.put_audit(&entry.change(&Value::Null, &counts)).await?;
    let undone = Undone { at: state.now(), by: by.name.clone(), kept };
    tx.import_undone(by.office, id, &undone).await?;
    tx.commit().await?;
    Ok(kept)
}
