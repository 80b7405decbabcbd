//! What the desk asks: who may not is told so, what does not fit is refused with a reason, and nothing of it is written.

use crate::office::{PASSWORD, TestOffice, at_desk, inspector};
use domain::{
    audit::{Act, AuditFilter, SubjectKind},
    import::{ImportFile, ImportKind},
    place::command::{PlaceCommand, PlaceRejection},
    role::{Actor, Role},
    site::Site,
};
use futures::stream;
use service::{
    Asker, Error, imports,
    people::{self, Rule},
    places, sites,
    sync::bundle_import,
};

#[tokio::test]
async fn a_list_of_people_is_for_those_who_keep_the_accounts() {
    let office = TestOffice::open().await;
    let seen = people::all(&office.services, &at_desk(&office.inspectors[0])).await;
    assert!(matches!(seen, Err(Error::NotAllowed)), "{seen:?}");
    assert_eq!(people::all(&office.services, &office.asker()).await.unwrap().len(), 3);
}

#[tokio::test]
async fn an_account_is_saved_with_a_fit_password_or_not_at_all() {
    let office = TestOffice::open().await;
    let (services, by) = (&office.services, office.asker());
    let person = inspector(services.new_id(), "zhao", &office.grids[0]);
    let weak = Some("12345678".to_owned());
    let saved = people::save(services, &by, person.clone(), None, weak).await;
    assert!(matches!(&saved, Err(Error::Invalid { field, .. }) if field == "password"), "{saved:?}");
    let refused = |rule| Err::<(), _>(Error::Account { position: 0, rule });
    let saved = people::save(services, &by, person.clone(), None, None).await;
    assert_eq!(saved, refused(Rule::PasswordMissing));
    let twin = inspector(services.new_id(), "wang", &office.grids[0]);
    let saved = people::save(services, &by, twin, None, Some(PASSWORD.into())).await;
    assert_eq!(saved, refused(Rule::UsernameTaken));
    assert_eq!(people::all(services, &by).await.unwrap().len(), 3);
    people::save(services, &by, person, None, Some(PASSWORD.into())).await.unwrap();
    assert_eq!(people::all(services, &by).await.unwrap().len(), 4);
}

#[tokio::test]
async fn a_site_that_somebody_changed_meanwhile_stays_as_they_left_it() {
    let office = TestOffice::open().await;
    let (services, by, seen) = (&office.services, office.asker(), office.site.clone());
    let renamed = Site { name: "锦绣家园东车棚".into(), ..seen.clone() };
    sites::save(services, &by, renamed.clone(), Some(seen.clone())).await.unwrap();
    let late = Site { address: "金河路 2 号".into(), ..seen.clone() };
    let saved = sites::save(services, &by, late, Some(seen)).await;
    assert!(matches!(saved, Err(Error::Changed)), "{saved:?}");
    let file = sites::file(services, &by, renamed.id).await.unwrap();
    assert_eq!((file.site.name, file.site.address), (renamed.name, renamed.address));
    let changes = AuditFilter {
        act: Some(Act::Changed),
        subject: Some(SubjectKind::Site),
        page: 1,
        ..AuditFilter::default()
    };
    let told = services.store.audit(by.actor.office, &changes).await.unwrap();
    assert_eq!(told.total, 1, "{told:?}");
}

#[tokio::test]
async fn a_site_out_of_sight_is_answered_like_one_that_is_not_there() {
    let office = TestOffice::open().await;
    let elsewhere = Actor { role: Role::Supervisor, ..office.inspectors[1].clone() };
    for id in [office.site.id, office.services.new_id()] {
        let asked = sites::file(&office.services, &at_desk(&elsewhere), id).await;
        assert!(matches!(asked, Err(Error::NotFound)), "{asked:?}");
    }
    let inspector = sites::file(&office.services, &at_desk(&office.inspectors[0]), office.site.id).await;
    assert!(matches!(inspector, Err(Error::NotAllowed)), "{inspector:?}");
}

#[tokio::test]
async fn of_several_changes_of_places_all_happen_or_none() {
    let office = TestOffice::open().await;
    let (services, by) = (&office.services, office.asker());
    let named = PlaceCommand::NameOffice { name: "新名街道".into(), was: None };
    let mut taken = office.grids[0].clone();
    taken.id = services.new_id();
    let taken = PlaceCommand::PutGrid { grid: taken, was: None };
    let put = places::put(services, &by, &[named.clone(), taken]).await;
    assert!(matches!(put, Err(Error::Place(PlaceRejection::NameTaken { .. }))), "{put:?}");
    assert_eq!(services.store.offices().await.unwrap()[0].name, "测试街道");
    places::put(services, &by, &[named]).await.unwrap();
    assert_eq!(services.store.offices().await.unwrap()[0].name, "新名街道");
}

#[tokio::test]
async fn what_touches_accounts_wants_a_password_that_was_typed_lately() {
    let office = TestOffice::open().await;
    let services = &office.services;
    let late = Asker { confirmed: false, ..office.asker() };
    let person = inspector(services.new_id(), "zhao", &office.grids[0]);
    let saved = people::save(services, &late, person, None, Some(PASSWORD.into())).await;
    assert_eq!(saved, Err(Error::Confirm));
    let file = || ImportFile { name: "名单.csv".into(), bytes: "账号,姓名\nwang,王磊\n".into() };
    let sent = imports::send(services, &late, ImportKind::People, file(), None).await;
    assert_eq!(sent, Err(Error::Confirm));
    let nothing = stream::empty::<Result<Vec<u8>, String>>();
    let brought = bundle_import::bring_in(services, &late, nothing).await;
    assert!(matches!(brought, Err(Error::Confirm)), "{brought:?}");
    // Sites open no door.
    let file = ImportFile { name: "场所.csv".into(), bytes: "编码,包联领导\nA1,张三\n".into() };
    imports::send(services, &late, ImportKind::Sites, file, None).await.unwrap();
}
