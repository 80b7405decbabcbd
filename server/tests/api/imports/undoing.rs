//! The last list is taken back as a whole, as far as nobody changed it since.

use super::{Desk, HEAD, list, person, row};
use crate::asker::{at_desk, said};
use crate::office::{PASSWORD, TestOffice, found, id, now, outcome_of};
use app::error::AppError;
use domain::{
    id::HazardId,
    import::{ImportKind, ImportMark, RowStatus},
    party::{CreditCode, Party},
    person::Person,
    place::{PlaceId, command::PlaceCommand},
    role::Role,
    site::Site,
};
use server::service::{Asker, imports, parties, people, places, sites};

#[tokio::test]
async fn the_last_list_is_taken_back_as_a_whole() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Administrator).await;
    let (a1, b1) = (desk.site("A1").await, desk.site("B1").await);
    let (id, _) = desk.sites("编码,名称,类别,风险等级,社区,网格,包联领导\nA1,,,,,,张三\nB1,,,,,,李四\nC1,新店,charging-shed,低,金河社区,第 3 网格,\n").await;
    desk.write(id).await.unwrap();
    let before = desk.site("B1").await;
    let changed = Site { address: "后来改的".into(), ..before.clone() };
    sites::save(&office.state, &desk.by, changed.clone(), Some(before)).await.unwrap();
    let last = imports::last(&office.state, &desk.by).await.unwrap().remove(0);
    assert_eq!((last.new, last.changed, last.changed_since.len()), (1, 2, 1));
    assert!(last.changed_since[0].starts_with("B1"));
    imports::undo(&office.state, &desk.by, ImportKind::Sites, last.id).await.unwrap();
    assert_eq!(desk.site("A1").await, a1);
    assert_eq!(desk.site("B1").await.leader, "李四", "changed since: it stays, b1 was {b1:?}");
    assert!(desk.site("C1").await.retired);
    let last = imports::last(&office.state, &desk.by).await.unwrap().remove(0);
    assert_eq!(last.undone.as_ref().map(|undone| undone.kept), Some(1));
    assert!(imports::undo(&office.state, &desk.by, ImportKind::Sites, last.id).await.is_err(), "once only");
    // What was taken back can be sent again, and comes back where the list says so.
    let again = "C1,新店,charging-shed,低,金河社区,第 3 网格";
    let (_, preview) = desk.sites(list(&format!("{again}\n"))).await;
    assert_eq!(row(&preview, 2).status, RowStatus::Same, "a column that is not there changes nothing");
    let (id, preview) = desk.sites(format!("{HEAD},状态\n{again},在用\n")).await;
    assert_eq!(row(&preview, 2).status, RowStatus::Confirm);
    desk.mark(id, ImportMark::TickAll).await;
    desk.write(id).await.unwrap();
    assert!(!desk.site("C1").await.retired);
    // After a week it cannot.
    let last = imports::last(&office.state, &desk.by).await.unwrap().remove(0);
    office.clock.set(now() + chrono::Duration::days(8));
    assert!(imports::undo(&office.state, &desk.by, ImportKind::Sites, last.id).await.is_err());
}

#[tokio::test]
async fn a_list_is_taken_back_though_its_old_places_were_merged_or_closed() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Administrator).await;
    let (a1, b1) = (desk.site("A1").await, desk.site("B1").await);
    assert_ne!(a1.grid, b1.grid);
    let (id, _) = desk.sites("编码,社区,网格\nA1,金河社区,第 8 网格\nB1,金河社区,第 9 网格\n").await;
    desk.mark(id, ImportMark::TickAll).await;
    desk.write(id).await.unwrap();
    let (eighth, ninth) = (desk.site("A1").await.grid, desk.site("B1").await.grid);
    assert!(eighth != a1.grid && ninth != b1.grid);
    // The first grid goes into the eighth, and the other one is closed: nobody is left in it.
    let (first, other) = (PlaceId::Grid(a1.grid), PlaceId::Grid(b1.grid));
    let merge = PlaceCommand::Merge { from: first, into: PlaceId::Grid(eighth) };
    places::put(&office.state, &desk.by, &[merge]).await.unwrap();
    let people = office.state.store.people(office.office.id).await.unwrap();
    assert!(people.iter().all(|person| !person.grids.contains(&b1.grid)), "somebody walks the other grid");
    let close = PlaceCommand::Close { place: other, into: None };
    places::put(&office.state, &desk.by, &[close]).await.unwrap();
    let last = imports::last(&office.state, &desk.by).await.unwrap().remove(0);
    assert_eq!(last.changed_since.len(), 1, "{:?}", last.changed_since);
    assert!(last.changed_since[0].starts_with("B1"));
    imports::undo(&office.state, &desk.by, ImportKind::Sites, last.id).await.unwrap();
    assert_eq!(desk.site("A1").await.grid, eighth, "where its old grid went");
    assert_eq!(desk.site("B1").await.grid, ninth, "it has nowhere to go back to");
    let last = imports::last(&office.state, &desk.by).await.unwrap().remove(0);
    assert_eq!(last.undone.as_ref().map(|undone| undone.kept), Some(1));
}

#[tokio::test]
async fn a_site_does_not_go_back_to_a_party_that_was_retired_since() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Administrator).await;
    let (id, _) = desk.sites("编码,责任主体\nA1,旧物业\nB1,街道物业\n").await;
    desk.write(id).await.unwrap();
    office.clock.set(now() + chrono::Duration::minutes(1));
    let (id, _) = desk.sites("编码,责任主体\nA1,新物业\nB1,新物业\n").await;
    desk.write(id).await.unwrap();
    let known = office.state.store.all_parties(office.office.id).await.unwrap();
    let old = known.into_iter().find(|party| party.name == "旧物业").unwrap();
    let retired = Party { retired: true, ..old.clone() };
    parties::save(&office.state, &desk.by, retired, Some(old)).await.unwrap();
    let last = imports::last(&office.state, &desk.by).await.unwrap().remove(0);
    assert_eq!(last.changed_since.len(), 1, "{:?}", last.changed_since);
    assert!(last.changed_since[0].starts_with("A1"));
    imports::undo(&office.state, &desk.by, ImportKind::Sites, last.id).await.unwrap();
    let party = async |code: &str| desk.site(code).await.party.map(|party| party.name);
    assert_eq!(party("A1").await.as_deref(), Some("新物业"), "the old one answers for nothing any more");
    assert_eq!(party("B1").await.as_deref(), Some("街道物业"));
    let last = imports::last(&office.state, &desk.by).await.unwrap().remove(0);
    assert_eq!(last.undone.as_ref().map(|undone| undone.kept), Some(2), "the site and the party that it has");
}

#[tokio::test]
async fn parties_that_a_list_made_go_with_it_unless_something_else_has_them() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Administrator).await;
    let store = &office.state.store;
    let party = async |name: &str| {
        let all = store.all_parties(office.office.id).await.unwrap();
        all.into_iter().find(|party| party.name == name).unwrap()
    };
    let (list, _) = desk.sites("编码,责任主体\nA1,老物业\n").await;
    desk.write(list).await.unwrap();
    office.clock.set(now() + chrono::Duration::minutes(1));
    let code = CreditCode::completing("91000000MA0000001").unwrap();
    let of_new = |n: u32, party: &str| format!("N{n},新店{n},charging-shed,低,金河社区,第 3 网格,{party},\n");
    let rows: String =
        [of_new(1, "无人要"), of_new(2, "另有场所"), of_new(3, "有隐患"), of_new(4, "改过的")].concat();
    let rows = format!("{HEAD},责任主体,统一社会信用代码\n{rows}A1,,,,,,老物业,{code}\n");
    let (list, preview) = desk.sites(rows).await;
    assert_eq!(preview.tally.wrong, 0, "{preview:?}");
    desk.mark(list, ImportMark::TickAll).await;
    desk.write(list).await.unwrap();
    assert_eq!(party("老物业").await.credit_code.as_ref(), Some(&code));

    // Meanwhile one is given another site, at one a hazard was found, and one has another number.
    let b1 = desk.site("B1").await;
    let given = Site { party: Some(party("另有场所").await.of_site()), ..b1.clone() };
    sites::save(&office.state, &desk.by, given, Some(b1)).await.unwrap();
    let inspector = office.phone(Role::Inspector).await;
    let site = desk.site("N3").await;
    let walks = Person { grids: vec![site.grid], ..person(&office, "inspector").await };
    let mut tx = store.write().await.unwrap();
    tx.put_person(office.office.id, &walks, None).await.unwrap();
    tx.commit().await.unwrap();
    let answer = inspector.sync(&[found(id::<HazardId>(), site.id, "楼道堆放杂物")]).await;
    assert_eq!(outcome_of(&answer[0]), "received", "{answer:?}");
    let before = party("改过的").await;
    let changed = Party { phone: "0371-60000001".into(), ..before.clone() };
    parties::save(&office.state, &desk.by, changed, Some(before)).await.unwrap();

    let last = imports::last(&office.state, &desk.by).await.unwrap().remove(0);
    let mut stay = last.parties_stay.clone();
    stay.sort_unstable();
    assert_eq!(stay, ["另有场所", "改过的", "有隐患"]);
    imports::undo(&office.state, &desk.by, ImportKind::Sites, last.id).await.unwrap();
    assert!(desk.site("N1").await.retired && desk.site("N2").await.retired);
    for (name, retired) in [("无人要", true), ("另有场所", false), ("有隐患", false), ("改过的", false)]
    {
        assert_eq!(party(name).await.retired, retired, "{name}");
    }
    let old = party("老物业").await;
    assert_eq!((old.retired, old.credit_code), (false, None), "it was there before, without the code");
    let last = imports::last(&office.state, &desk.by).await.unwrap().remove(0);
    let kept = last.undone.map(|undone| undone.kept);
    assert!(kept.is_some_and(|kept| kept >= 3), "{kept:?}");
}

#[tokio::test]
async fn people_go_back_to_where_their_old_grid_went() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Administrator).await;
    let before = person(&office, "inspector").await;
    assert_eq!(before.grids, [office.site.grid]);
    let (id, _) = desk.people("账号,姓名,网格\ninspector,改了名,金河社区/第 2 网格\n").await;
    desk.mark(id, ImportMark::TickAll).await;
    desk.write(id).await.unwrap();
    let (old, new) = (PlaceId::Grid(office.site.grid), PlaceId::Grid(office.elsewhere.grid));
    let merge = PlaceCommand::Merge { from: old, into: new };
    places::put(&office.state, &desk.by, &[merge]).await.unwrap();
    let last = imports::last(&office.state, &desk.by).await.unwrap().remove(0);
    imports::undo(&office.state, &desk.by, ImportKind::People, last.id).await.unwrap();
    let after = person(&office, "inspector").await;
    assert_eq!(after, Person { grids: vec![office.elsewhere.grid], ..before });
}

#[tokio::test]
async fn an_undone_list_of_people_leaves_the_administrator() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Administrator).await;
    let before = person(&office, "inspector").await;
    let (id, preview) = desk
        .people(format!(
            "账号,姓名,角色,网格,密码\ninspector,网格员,安委办,,\nnew1,新人,网格员,金河社区/第 1 网格,{PASSWORD}\n"
        ))
        .await;
    assert_eq!(preview.tally.unconfirmed, 1);
    desk.mark(id, ImportMark::TickAll).await;
    desk.write(id).await.unwrap();
    assert_eq!(person(&office, "inspector").await.role, Role::Supervisor);
    let last = imports::last(&office.state, &desk.by).await.unwrap().remove(0);
    imports::undo(&office.state, &desk.by, ImportKind::People, last.id).await.unwrap();
    assert_eq!(person(&office, "inspector").await, before);
    assert!(person(&office, "new1").await.disabled);
}

/// The inspector is administrator by list. What the list made of them goes back no further than the office can bear.
async fn made_administrator(desk: &Desk<'_>) -> Person {
    let (id, _) = desk.people("账号,角色\ninspector,管理员\n").await;
    desk.mark(id, ImportMark::TickAll).await;
    desk.write(id).await.unwrap();
    let made = person(desk.office, "inspector").await;
    assert_eq!(made.role, Role::Administrator);
    made
}

#[tokio::test]
async fn nobody_takes_their_own_account_back_with_a_list() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Administrator).await;
    let own = made_administrator(&desk).await.actor(office.office.id, None);
    let last = imports::last(&office.state, &at_desk(&own)).await.unwrap().remove(0);
    imports::undo(&office.state, &at_desk(&own), ImportKind::People, last.id).await.unwrap();
    assert_eq!(person(&office, "inspector").await.role, Role::Administrator);
    let last = imports::last(&office.state, &at_desk(&own)).await.unwrap().remove(0);
    assert_eq!(last.undone.map(|undone| undone.kept), Some(1));
}

#[tokio::test]
async fn the_last_administrator_does_not_go_with_a_list_that_is_taken_back() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Administrator).await;
    let new = made_administrator(&desk).await.actor(office.office.id, None);
    let old = person(&office, "administrator").await;
    let demoted = Person { role: Role::Supervisor, ..old.clone() };
    people::save(&office.state, &at_desk(&new), demoted, Some(old), None).await.unwrap();
    let last = imports::last(&office.state, &at_desk(&new)).await.unwrap().remove(0);
    // At the machine itself it is nobody's own account.
    let by = imports::By::command_line(office.office.id);
    let kept = imports::take_back(&office.state, &by, ImportKind::People, last.id).await.unwrap();
    assert_eq!((kept, person(&office, "inspector").await.role), (1, Role::Administrator));
}

#[tokio::test]
async fn a_list_of_people_is_written_and_taken_back_only_after_the_password_was_typed_lately() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Administrator).await;
    let late = Asker { confirmed: false, ..desk.by.clone() };
    let phone = async || person(&office, "inspector").await.phone;
    let (id, _) = desk.people("账号,电话\ninspector,13900000002\n").await;
    assert_eq!(said(imports::write(&office.state, &late, id).await), Err(AppError::Confirm));
    assert_eq!(phone().await, "");
    desk.write(id).await.unwrap();
    let last = imports::last(&office.state, &desk.by).await.unwrap().remove(0);
    assert_eq!(
        said(imports::undo(&office.state, &late, ImportKind::People, last.id).await),
        Err(AppError::Confirm)
    );
    assert_eq!(phone().await, "13900000002");
    // Sites open no door.
    let (id, _) = desk.sites("编码,包联领导\nA1,张三\n").await;
    imports::write(&office.state, &late, id).await.unwrap();
    let sites = imports::last(&office.state, &desk.by).await.unwrap().remove(0);
    imports::undo(&office.state, &late, ImportKind::Sites, sites.id).await.unwrap();
}
