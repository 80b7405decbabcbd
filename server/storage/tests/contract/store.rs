//! Records, in the trade's words.

mod accounts;
mod audiences;
mod campaigns;
mod codes;
mod complaints;
mod forms;
mod hazards;
mod heartbeats;
mod imports;
mod inspections;
mod jobs;
mod lists;
mod notices;
mod outlines;
mod parties;
mod party_notices;
mod people;
mod phrases;
mod places;
mod public_reports;
mod push_subscriptions;
mod quarantine;
mod same_sites;
mod sealed_orders;
mod settings;
mod spot_checks;
mod tasks;
mod transactions;
mod uploads;
mod visits;
mod whole;

pub use accounts::*;
pub use audiences::*;
pub use campaigns::*;
pub use codes::*;
pub use complaints::*;
pub use forms::*;
pub use hazards::*;
pub use heartbeats::*;
pub use imports::*;
pub use inspections::*;
pub use jobs::*;
pub use lists::*;
pub use notices::*;
pub use outlines::*;
pub use parties::*;
pub use party_notices::*;
pub use people::*;
pub use phrases::*;
pub use places::*;
pub use public_reports::*;
pub use push_subscriptions::*;
pub use quarantine::*;
pub use same_sites::*;
pub use sealed_orders::*;
pub use settings::*;
pub use spot_checks::{
    a_check_is_found_at_its_site_until_it_is_withdrawn, a_plan_keeps_what_happened_to_it,
    plans_are_listed_by_what_is_to_be_done, plans_that_were_not_sent_are_told,
    reports_count_at_the_site_that_they_turned_out_to_be_of, sites_are_told_with_what_a_rule_looks_at,
    whoever_reads_a_visit_finds_the_check_that_it_carried_out,
};
pub use tasks::*;
pub use transactions::*;
pub use uploads::*;
pub use visits::*;
pub use whole::*;

use chrono::{DateTime, TimeZone, Utc};
use domain::{
    audience::Audience,
    hazard::{Found, Hazard, Issued},
    id::OfficeId,
    permission::Withheld,
    person::Person,
    place::{Community, Grid, Office},
    risk::RiskLevel,
    role::{Actor, Role, Scope},
    sector::Sector,
    site::{Site, attributes::SiteAttributes},
};
use serde_json::json;
use storage::{ChangeQuery, Changed, Store, Transaction};
use uuid::Uuid;

pub(super) fn id<T: From<Uuid>>(n: u128) -> T {
    T::from(Uuid::from_u128(n))
}

pub(super) fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 2, 0, 0).unwrap()
}

pub(super) fn office() -> OfficeId {
    id(1)
}

fn site(n: u128, grid: u128) -> Site {
    let name = format!("场所{n}");
    Site {
        // What the store finds it by, it makes itself.
        pinyin: format!(
            "chang suo {}\n{name}\nc{n}\n",
            n.to_string().chars().map(String::from).collect::<Vec<_>>().join(" ")
        ),
        id: id(n),
        community: id(10),
        grid: id(grid),
        name,
        code: format!("C{n}"),
        kinds: vec!["charging-shed".into()],
        sector: Sector::Fire,
        risk: RiskLevel::Considerable,
        attributes: SiteAttributes::default(),
        address: String::new(),
        location: None,
        contacts: vec![],
        party: None,
        leader: String::new(),
        department: None,
        last_visit: None,
        last_answers: vec![],
        to_confirm: None,
        retired: false,
    }
}

fn person(n: u128, username: &str) -> Person {
    Person {
        id: id(n),
        username: username.to_owned(),
        name: "王芳".to_owned(),
        role: Role::Inspector,
        phone: String::new(),
        department: None,
        grids: vec![id(11)],
        communities: vec![],
        sites: vec![],
        certificates: vec![],
        disabled: false,
        last_seen: None,
    }
}

/// An office with two grids, a site in each and one inspector; left open for more.
pub(super) async fn founded(store: &impl Store) -> Box<dyn Transaction> {
    let mut tx = store.write().await.unwrap();
    tx.put_office(&Office { id: office(), name: "测试街道".to_owned(), demo: false }).await.unwrap();
    let community = Community { id: id(10), name: "锦绣社区".to_owned() };
    tx.put_community(office(), &community).await.unwrap();
    for grid in [11, 12] {
        let grid = Grid { id: id(grid), community: community.id, name: format!("第{grid}网格") };
        tx.put_grid(office(), &grid).await.unwrap();
    }
    tx.put_site(office(), &site(21, 11)).await.unwrap();
    tx.put_site(office(), &site(22, 12)).await.unwrap();
    tx.put_person(office(), &person(31, "wang"), Some("$argon2id$")).await.unwrap();
    tx
}

/// What this audience has to hear of, behind a number.
async fn announced(store: &impl Store, audience: Audience, after: i64, limit: u32) -> Vec<Changed> {
    let query = ChangeQuery { audiences: vec![audience], after, live: None, limit };
    store.changes(office(), &query).await.unwrap().rows
}

fn by() -> Actor {
    Actor {
        office: office(),
        person: id(31),
        name: "王芳".to_owned(),
        role: Role::Supervisor,
        scope: Scope::Office,
        withheld: Withheld::default(),
        extension_limit: None,
    }
}

fn issued(n: u128, by: &Actor) -> Issued<'_> {
    Issued { id: id(n), at: now(), received_at: None, by }
}

/// Found at the first site.
fn found(n: u128, event: u128, found: serde_json::Value) -> Hazard {
    let found: Found = serde_json::from_value(found).unwrap();
    Hazard::open(id(n), site(21, 11).resource_scope(), None, found, &issued(event, &by())).unwrap()
}

pub(super) fn hazard() -> Hazard {
    let what = json!({ "level": "general", "what": "堆物", "photos": [], "due": "2026-11-27" });
    Hazard { number: Some("XC-2026-000001".to_owned()), ..found(51, 61, what) }
}

pub async fn what_is_not_committed_never_was(store: &impl Store) {
    drop(founded(store).await);
    assert_eq!(store.offices().await.unwrap(), []);
    founded(store).await.commit().await.unwrap();
    assert_eq!(store.offices().await.unwrap().len(), 1);
    assert_eq!(store.site(office(), id(21)).await.unwrap(), Some(site(21, 11)));
}
