//! An office of the test's own, made by the use cases that make offices. Its clock stands still.

use chrono::{DateTime, TimeZone, Utc};
use domain::{
    audit::{Author, Origin},
    id::PersonId,
    person::Person,
    place::{Community, Grid, command::PlaceCommand},
    risk::RiskLevel,
    role::{Actor, Role},
    sector::Sector,
    set_up::FirstAccount,
    site::{Site, attributes::SiteAttributes},
    text::Lang,
};
use service::{
    Asker, Services, blobs::folder::FolderBlobs, catalogue::site_kinds::SiteKinds, clock::SetClock, people,
    places, set_up::set_up, sites, start, storage::address::DatabaseAddress,
};
use std::sync::Arc;

pub const PASSWORD: &str = "correct horse battery 26";

pub fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 2, 0, 0).unwrap()
}

pub struct TestOffice {
    pub services: Services,
    pub administrator: Actor,
    /// With an inspector each.
    pub grids: [Grid; 2],
    pub inspectors: [Actor; 2],
    /// In the first grid.
    pub site: Site,
    _folder: tempfile::TempDir,
}

impl TestOffice {
    pub async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = DatabaseAddress::Sqlite(folder.path().join("records.db"));
        let store = service::storage::open(&database, true).await.unwrap();
        let blobs = FolderBlobs::open(folder.path().join("photos")).unwrap();
        let kinds = SiteKinds::built_in().unwrap().kinds;
        let services = start(store, Arc::new(blobs), Arc::new(SetClock::at(now())), kinds);

        let first = FirstAccount {
            code: services.set_up.code().to_owned(),
            office: "测试街道".into(),
            name: "韩立新".into(),
            username: "hanlixin".into(),
            password: PASSWORD.into(),
        };
        set_up(&services, Lang::Zh, &Author::command_line(), first).await.unwrap();
        let office = services.store.offices().await.unwrap().remove(0);
        let administrator = services.store.people(office.id).await.unwrap().remove(0).actor(office.id, None);
        let by = at_desk(&administrator);

        let community = Community { id: services.new_id(), name: "金河社区".into() };
        let grids = ["第一网格", "第二网格"].map(|name| Grid {
            id: services.new_id(),
            community: community.id,
            name: name.into(),
        });
        let mut commands = vec![PlaceCommand::PutCommunity { community: community.clone(), was: None }];
        commands.extend(grids.iter().cloned().map(|grid| PlaceCommand::PutGrid { grid, was: None }));
        places::put(&services, &by, &commands).await.unwrap();

        let mut inspectors = vec![];
        for (username, grid) in ["wang", "li"].into_iter().zip(&grids) {
            let person = inspector(services.new_id(), username, grid);
            let actor = person.actor(office.id, None);
            people::save(&services, &by, person, None, Some(PASSWORD.into())).await.unwrap();
            inspectors.push(actor);
        }
        let site = Site {
            id: services.new_id(),
            community: community.id,
            grid: grids[0].id,
            name: "锦绣家园车棚".into(),
            code: "A1".into(),
            kinds: vec!["charging-shed".into()],
            sector: Sector::Ebike,
            risk: RiskLevel::Considerable,
            attributes: SiteAttributes::default(),
            address: "金河路 1 号".into(),
            location: None,
            contacts: vec![],
            party: None,
            leader: String::new(),
            department: None,
            pinyin: String::new(),
            last_visit: None,
            last_answers: vec![],
            to_confirm: None,
            retired: false,
        };
        sites::save(&services, &by, site.clone(), None).await.unwrap();
        let site = services.store.site(office.id, site.id).await.unwrap().unwrap();
        let inspectors = inspectors.try_into().unwrap();
        Self { services, administrator, grids, inspectors, site, _folder: folder }
    }

    pub fn asker(&self) -> Asker {
        at_desk(&self.administrator)
    }
}

/// Somebody at the desk who has just typed the password.
pub fn at_desk(actor: &Actor) -> Asker {
    let actor = actor.clone();
    Asker { actor, origin: Origin::default(), lang: Lang::Zh, session: None, confirmed: true }
}

pub fn inspector(id: PersonId, username: &str, grid: &Grid) -> Person {
    Person {
        id,
        username: username.into(),
        name: format!("巡查员 {username}"),
        role: Role::Inspector,
        phone: String::new(),
        department: None,
        grids: vec![grid.id],
        communities: vec![],
        sites: vec![],
        certificates: vec![],
        disabled: false,
        last_seen: None,
    }
}
