//! What the desk shows of tasks beside the list: one of them, what is to be given, and what somebody has who leaves.

use super::lookups::colleagues;
use crate::{
    asker::Asker,
    error::Error,
    services::Services,
    spot_checks::{HandOver, in_hand, plans_held},
    storage::{LoadedRecord, Record},
};
use domain::{
    audit::{Act, AuditFilter},
    form::in_use,
    hazard::Hazard,
    id::{FormId, PersonId, TaskId},
    role::{Action, ResourceScope, Role, Scope},
    site::Site,
    task::{
        Colleague, GivingFile, HandOverFile, HandedOver, HandedOverEntry, HazardNeed, TaskFile, TaskFilter,
        TaskStateKind, TaskSubject, holder_of, may_take,
    },
    text::Bilingual,
    time::office_day,
    visit::{SiteSeen, Visit},
};
use i18n::tasks as t;
use serde_json::Value;
use std::slice;

/// Hand-overs that a page tells of.
const BEFORE: usize = 5;

/// What a task is about, as the office has it.
struct About {
    site: Site,
    hazard: Option<Hazard>,
    place: ResourceScope,
}

/// [`Error::NotFound`] where it is not there, or out of sight.
async fn about(state: &Services, by: &Asker, subject: &TaskSubject) -> Result<About, Error> {
    let office = by.actor.office;
    let (hazard, site) = match subject {
        TaskSubject::Visit { site, .. } => (None, *site),
        TaskSubject::Hazard { hazard, .. } => {
            let hazard = state.store.hazard(office, *hazard).await?.ok_or(Error::NotFound)?;
            let site = hazard.place.site;
            (Some(hazard), site)
        }
    };
    let site = state.store.site(office, site).await?.ok_or(Error::NotFound)?;
    let place = hazard.as_ref().map_or_else(|| Visit::seen_at(&site), |hazard| hazard.place);
    if by.actor.scope.covers(&place) { Ok(About { site, hazard, place }) } else { Err(Error::NotFound) }
}

/// Everybody who may sign in, by role and name.
async fn everybody(state: &Services, by: &Asker) -> Result<Vec<Colleague>, Error> {
    let office = by.actor.office;
    let (people, places) = (state.store.people(office).await?, state.store.places(office).await?);
    let permissions = state.store.office_settings(office).await?.permissions;
    let mut everybody = colleagues(office, &people, &places, &permissions);
    everybody.sort_by(|a, b| (a.role, &a.name).cmp(&(b.role, &b.name)));
    Ok(everybody)
}

/// Whom this can be given to, by role and name.
pub async fn takers(state: &Services, by: &Asker, subject: &TaskSubject) -> Result<Vec<Colleague>, Error> {
    by.allow(Action::UseOffice)?;
    by.allow(Action::Assign)?;
    let About { place, hazard, .. } = about(state, by, subject).await?;
    let level = hazard.as_ref().map(Hazard::level);
    let mut takers = everybody(state, by).await?;
    takers.retain(|one| may_take(one, subject, &place, level).is_ok());
    Ok(takers)
}

/// What the form asks for that gives this.
pub async fn giving(state: &Services, by: &Asker, subject: &TaskSubject) -> Result<GivingFile, Error> {
    let takers = takers(state, by, subject).await?;
    let About { site, hazard, place } = about(state, by, subject).await?;
    let grid_holder = holder_of(&takers, &place).map(|one| one.name.clone());
    let forms = match subject {
        TaskSubject::Visit { .. } => offered(state, by, &site).await?,
        TaskSubject::Hazard { .. } => vec![],
    };
    let hazard = hazard.map(|hazard| (hazard.title().to_owned(), HazardNeed::of(&hazard)));
    Ok(GivingFile { site: site.id, site_name: site.name, hazard, forms, takers, grid_holder })
}

/// 谁管这个网格: who holds the grid there at this moment, where the work can be given to them.
pub async fn grid_holder(state: &Services, by: &Asker, subject: &TaskSubject) -> Result<PersonId, Error> {
    let takers = takers(state, by, subject).await?;
    let place = about(state, by, subject).await?.place;
    let holder = holder_of(&takers, &place).map(|one| one.person);
    holder.ok_or_else(|| Error::invalid("person", t::no_grid_holder(by.lang)))
}

/// The forms that are offered at a site today.
async fn offered(state: &Services, by: &Asker, site: &Site) -> Result<Vec<(FormId, Bilingual)>, Error> {
    let (now, known) = (state.now(), state.store.newest_editions(by.actor.office).await?);
    let forms = in_use(known.into_iter().map(|edition| edition.form), office_day(now));
    let at = SiteSeen::of(site).context(now);
    let offered = forms.into_iter().filter(|form| form.is_offered(&at));
    Ok(offered.map(|form| (form.id, form.title)).collect())
}

/// One task, where the person sees its site or its hazard, or gave it.
pub async fn file(state: &Services, by: &Asker, id: TaskId) -> Result<TaskFile, Error> {
    by.allow(Action::UseOffice)?;
    let record = Record::Task(id);
    let mut loaded = state.store.load_records(by.actor.office, slice::from_ref(&record)).await?;
    let Some(LoadedRecord::Task(task)) = loaded.remove(&record).transpose()? else {
        return Err(Error::NotFound);
    };
    let subject = task.about.subject();
    let takers = match about(state, by, &subject).await {
        Ok(_) if task.is_open() && by.actor.may_do(Action::Assign) => {
            let mut takers = takers(state, by, &subject).await?;
            takers.retain(|one| one.person != task.person);
            takers
        }
        Ok(_) => vec![],
        Err(Error::NotFound) if task.from == by.actor.person => vec![],
        Err(error) => return Err(error),
    };
    let mut forms = vec![];
    for form in task.about.forms() {
        let known = state.store.newest_edition(by.actor.office, form).await?;
        forms.extend(known.map(|edition| edition.form.title));
    }
    Ok(TaskFile { task: *task, forms, takers })
}

/// What somebody has, and who could take it over.
pub async fn leaving(state: &Services, by: &Asker, id: PersonId) -> Result<HandOverFile, Error> {
    by.allow(Action::UseOffice)?;
    by.allow(Action::Assign)?;
    let office = by.actor.office;
    let (people, places) = (state.store.people(office).await?, state.store.places(office).await?);
    let person = people.into_iter().find(|person| person.id == id).ok_or(Error::NotFound)?;
    let held =
        TaskFilter { person: Some(id), state: Some(TaskStateKind::Open), page: 1, ..TaskFilter::default() };
    let open = state.store.tasks(office, &Scope::Office, &held, state.now()).await?.total;
    let checks = if HandOver::may(by) {
        in_hand(state.store.sent_spot_checks(office).await?, id, state.now()).len()
    } else {
        0
    };
    let plans = if HandOver::may(by) {
        let mut tx = state.store.write().await?;
        let held = plans_held(&mut *tx, office, id, state.now()).await?;
        // Nothing was written.
        drop(tx);
        held
    } else {
        vec![]
    };
    let hands_grids_over = person.role == Role::Inspector && by.actor.may_do(Action::ManagePeople);
    let walks = places.grids.iter().filter(|grid| hands_grids_over && person.grids.contains(&grid.id));
    let grids = walks.map(|grid| grid.name.clone()).collect();
    let mut takers = everybody(state, by).await?;
    takers.retain(|one| one.person != id && one.takes_work());
    let filter =
        AuditFilter { act: Some(Act::HandedOver), subject_id: Some(id.0), page: 1, ..AuditFilter::default() };
    let before = state.store.audit(office, &filter).await?.rows;
    let entry = |after: &Value| {
        let count = |key: &str| after[key].as_u64().and_then(|count| usize::try_from(count).ok());
        let (checks, plans) = (count("checks").unwrap_or_default(), count("plans").unwrap_or_default());
        let moved = HandedOver { tasks: count("tasks")?, grids: count("grids")?, checks, plans };
        Some((after["to"].as_str()?.to_owned(), moved))
    };
    let told = before
        .iter()
        .filter_map(|one| entry(&one.after).map(|(to, moved)| HandedOverEntry { at: one.at, to, moved }));
    Ok(HandOverFile {
        person: id,
        name: person.name,
        open: usize::try_from(open).unwrap_or(usize::MAX),
        checks,
        plans,
        grids,
        takers,
        before: told.take(BEFORE).collect(),
    })
}
