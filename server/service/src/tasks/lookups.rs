//! What commands to tasks name, read in a transaction.

use crate::storage::{Places, Result as Stored, Transaction};
use domain::{
    hazard::Hazard,
    id::{FormId, HazardId, OfficeId, PersonId, SiteId, TaskId},
    permission::Permissions,
    person::{Person, Standing},
    site::Site,
    task::{Colleague, Task, TaskRecords, TaskSubject},
};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Everybody who may sign in, as every rule sees them.
pub(crate) fn colleagues(
    office: OfficeId,
    people: &[Person],
    places: &Places,
    permissions: &Permissions,
) -> Vec<Colleague> {
    let in_use = people.iter().filter(|person| !person.disabled);
    in_use
        .map(|person| {
            let department = places.departments.iter().find(|known| Some(known.id) == person.department);
            let standing = Standing { department, grids: &places.grids, permissions: Some(permissions) };
            Colleague::from(&person.actor(office, Some(&standing)))
        })
        .collect()
}

/// The same, read where a command is decided.
pub(crate) async fn read_colleagues(
    tx: &mut dyn Transaction,
    office: OfficeId,
) -> Stored<HashMap<PersonId, Colleague>> {
    let (people, places) = (tx.people(office).await?, tx.places(office).await?);
    let permissions = tx.office_settings(office).await?.permissions;
    let colleagues = colleagues(office, &people, &places, &permissions);
    Ok(colleagues.into_iter().map(|one| (one.person, one)).collect())
}

/// Those of these forms that the office has.
pub(crate) async fn read_forms(
    tx: &mut dyn Transaction,
    office: OfficeId,
    forms: &BTreeSet<FormId>,
) -> Stored<HashSet<FormId>> {
    let mut known = HashSet::new();
    for form in forms {
        if tx.sector_of(office, form).await?.is_some() {
            known.insert(form.clone());
        }
    }
    Ok(known)
}

/// What a command at the desk names.
pub(super) struct AtHand {
    pub tasks: HashMap<TaskId, Task>,
    sites: HashMap<SiteId, Site>,
    hazards: HashMap<HazardId, Hazard>,
    forms: HashSet<FormId>,
    pub colleagues: HashMap<PersonId, Colleague>,
}

impl AtHand {
    /// What the tasks are about, and what is to be given.
    pub async fn read(
        tx: &mut dyn Transaction,
        office: OfficeId,
        tasks: HashMap<TaskId, Task>,
        given: Option<&TaskSubject>,
    ) -> Stored<Self> {
        let subjects = tasks.values().map(|task| task.about.subject()).chain(given.cloned());
        let (mut sites, mut hazards, mut forms) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for subject in subjects {
            match subject {
                TaskSubject::Visit { site, forms: wanted } => {
                    sites.insert(site);
                    forms.extend(wanted);
                }
                TaskSubject::Hazard { hazard, need: _ } => drop(hazards.insert(hazard)),
            }
        }
        let hazards = tx.hazards(office, &hazards.into_iter().collect::<Vec<_>>()).await?;
        sites.extend(hazards.values().map(|hazard| hazard.place.site));
        Ok(Self {
            tasks,
            sites: tx.sites(office, &sites.into_iter().collect::<Vec<_>>()).await?,
            hazards,
            forms: read_forms(tx, office, &forms).await?,
            colleagues: read_colleagues(tx, office).await?,
        })
    }
}

impl TaskRecords for AtHand {
    fn task(&self, id: TaskId) -> Option<&Task> {
        self.tasks.get(&id)
    }

    fn is_taken(&self, id: TaskId) -> bool {
        self.tasks.contains_key(&id)
    }

    fn site(&self, id: SiteId) -> Option<&Site> {
        self.sites.get(&id)
    }

    fn hazard(&self, id: HazardId) -> Option<&Hazard> {
        self.hazards.get(&id)
    }

    fn has_form(&self, id: &FormId) -> bool {
        self.forms.contains(id)
    }

    fn colleague(&self, id: PersonId) -> Option<&Colleague> {
        self.colleagues.get(&id)
    }
}
