//! What the office has given to people: visits and a recheck for the first inspector, so that Today has something to say.

use super::rng::SeededRng;
use chrono::{DateTime, Duration, Utc};
use domain::{
    hazard::Hazard,
    id::SiteId,
    person::Person,
    role::Role,
    site::Site,
    task::{HazardNeed, Task, TaskAbout, TaskEvent, TaskRecord, TaskState},
    time::office_day,
    visit::Visit,
};
use std::collections::HashSet;

/// Whom they are given to.
const HOLDER: &str = "wangge1";

/// Days since the oldest was given, and some.
const LONGEST_AGO: i64 = 5;

/// Until so many days from today, given so many days ago, with what is wanted.
const VISITS: [(i64, i64, &str); 3] =
    [(-1, 4, "节前再看一次疏散通道和灭火器"), (0, 1, "居民反映夜间有人飞线充电，去核实"), (3, 0, "")];

pub(super) fn plan(
    rng: &mut SeededRng,
    now: DateTime<Utc>,
    sites: &[Site],
    people: &[Person],
    visits: &[Visit],
    hazards: &[Hazard],
) -> Vec<Task> {
    let holder = people.iter().find(|person| person.username == HOLDER);
    let giver = people.iter().find(|person| person.role == Role::Supervisor);
    let (Some(holder), Some(giver)) = (holder, giver) else { return vec![] };
    // Where nobody was since: what was given is still to be done.
    let before = now - Duration::days(LONGEST_AGO);
    let lately: HashSet<SiteId> =
        visits.iter().filter(|visit| visit.submitted_at >= before).map(|visit| visit.site).collect();
    let open =
        |site: &&Site| holder.grids.contains(&site.grid) && !site.retired && !lately.contains(&site.id);
    let mut tasks = vec![];
    for (site, (until, ago, note)) in sites.iter().filter(open).zip(VISITS) {
        let about = TaskAbout::Visit { site: site.id, site_name: site.name.clone(), forms: vec![] };
        tasks.push(given(rng, now - Duration::days(ago), holder, giver, about, note, until + ago));
    }
    let name = |id: SiteId| sites.iter().find(|site| site.id == id).map(|site| site.name.clone());
    let waits = hazards.iter().find(|hazard| {
        holder.grids.contains(&hazard.place.grid)
            && hazard.status.rectified_by().is_some_and(|by| by != holder.id)
    });
    if let Some(hazard) = waits {
        let about = TaskAbout::Hazard {
            hazard: hazard.id,
            what: hazard.title().to_owned(),
            site: hazard.place.site,
            site_name: name(hazard.place.site).unwrap_or_default(),
            need: HazardNeed::Recheck,
        };
        tasks.push(given(rng, now, holder, giver, about, "", 2));
    }
    tasks
}

/// Until so many days after it was given.
fn given(
    rng: &mut SeededRng,
    at: DateTime<Utc>,
    holder: &Person,
    giver: &Person,
    about: TaskAbout,
    note: &str,
    days: i64,
) -> Task {
    let mut task = Task {
        id: rng.id(),
        person: holder.id,
        person_name: holder.name.clone(),
        from: giver.id,
        from_name: giver.name.clone(),
        about,
        note: note.to_owned(),
        until: office_day(at) + Duration::days(days),
        given_at: at,
        state: TaskState::Open,
        events: vec![],
    };
    task.evolve(TaskRecord {
        id: rng.id(),
        at,
        received_at: Some(at),
        by: Some(giver.id),
        name: giver.name.clone(),
        event: TaskEvent::Given { to: holder.id, name: holder.name.clone() },
    });
    task
}
