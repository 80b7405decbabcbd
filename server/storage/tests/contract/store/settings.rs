//! 单位设置, and what of them everybody's session carries.

use super::{founded, id, now, office, person};
use chrono::Duration;
use domain::{
    permission::Permissions,
    person::Person,
    place::{Grid, PlaceId},
    role::{Action, Role},
    settings::OfficeSettings,
};
use storage::{NewSession, Purpose, Store, TokenHash};

pub async fn an_office_decides_for_itself(store: &impl Store) {
    let mut tx = founded(store).await;
    assert_eq!(tx.office_settings(office()).await.unwrap(), OfficeSettings::default());
    let mut allowed = Permissions::default().allowed();
    allowed.remove(&(Role::CommunityOfficer, Action::Recheck));
    let permissions = Permissions::allowing(&allowed).unwrap();
    let settings = OfficeSettings { permissions, ..OfficeSettings::default() };
    tx.put_office_settings(office(), &settings).await.unwrap();
    assert_eq!(tx.office_settings(office()).await.unwrap(), settings);
    // The office's name is another matter.
    let named = tx.places(office()).await.unwrap().office;
    tx.put_office(&named).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.office_settings(office()).await.unwrap(), settings);
    assert_eq!(store.office_settings(id(2)).await.unwrap(), OfficeSettings::default(), "another office's");
}

pub async fn a_session_knows_what_its_office_took_away_and_which_grids_a_community_has(store: &impl Store) {
    let officer = Person {
        role: Role::CommunityOfficer,
        grids: vec![],
        communities: vec![id(10)],
        ..person(32, "zhou")
    };
    let mut tx = founded(store).await;
    tx.put_person(office(), &officer, None).await.unwrap();
    let answers = tx.people_in(office(), PlaceId::Community(id(10))).await.unwrap();
    assert_eq!(answers, [officer]);
    let living = tx.living(office()).await.unwrap();
    assert_eq!(living.get(&PlaceId::Community(id(10))).unwrap().people, 1);
    let mut allowed = Permissions::default().allowed();
    allowed.remove(&(Role::CommunityOfficer, Action::Assign));
    let permissions = Permissions::allowing(&allowed).unwrap();
    let settings = OfficeSettings { permissions, ..OfficeSettings::default() };
    tx.put_office_settings(office(), &settings).await.unwrap();
    let session = NewSession {
        token: TokenHash([9; 32]),
        half: None,
        person: id(32),
        purpose: Purpose::Field,
        device_name: "手机".to_owned(),
        now: now(),
        expires: now() + Duration::hours(1),
        ends: now() + Duration::hours(9),
    };
    tx.put_session(&session).await.unwrap();
    tx.commit().await.unwrap();
    let known = store.session(&TokenHash([9; 32]), now()).await.unwrap().unwrap();
    assert_eq!(known.permissions, settings.permissions);
    let grids: Vec<_> = known.community_grids.iter().map(|grid| grid.id).collect();
    assert_eq!(grids, [id(11), id(12)]);
    // A grid that comes later is the community's, too.
    let mut tx = store.write().await.unwrap();
    let grid = Grid { id: id(13), community: id(10), name: "第13网格".to_owned() };
    tx.put_grid(office(), &grid).await.unwrap();
    tx.commit().await.unwrap();
    let all = store.sessions_of(id(32), now()).await.unwrap();
    assert_eq!(all.iter().map(|session| session.community_grids.len()).collect::<Vec<_>>(), [3]);
}
