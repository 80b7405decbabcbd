//! What is written of a list: what was seen, all of it or nothing, for the one who sent it.

use super::{Desk, list, person, reason, row};
use crate::{
    desk::Browser,
    office::{TestOffice, now},
};
use app::error::AppError;
use domain::{
    audit::{Act, AuditFilter, SubjectKind},
    import::{ImportKind, ImportMark, RowStatus},
    person::{Certificate, Person},
    risk::RiskLevel,
    role::Role,
    site::Site,
};
use serde_json::Value;
use server::service::{imports, people, sites};

#[tokio::test]
async fn a_column_that_is_not_there_changes_nothing() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Administrator).await;
    let before = person(&office, "inspector").await;
    assert_eq!(before.grids.len(), 1);
    let (id, preview) =
        desk.people("\u{feff}账号,姓名,角色,电话\ninspector,网格员,网格员,13900000002\n").await;
    let changes = &row(&preview, 2).changes;
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert_eq!((changes[0].heading.as_str(), changes[0].before.as_str()), ("电话", ""));
    desk.write(id).await.unwrap();
    assert_eq!(person(&office, "inspector").await, Person { phone: "13900000002".into(), ..before });

    let before = desk.site("A1").await;
    let (id, _) = desk.sites(list("A1,锦绣家园 A1,charging-shed,重大,金河社区,第 1 网格\n")).await;
    desk.write(id).await.unwrap();
    let after = desk.site("A1").await;
    assert_eq!(after, Site { risk: RiskLevel::Major, ..before }, "address and the rest stay");
}

#[tokio::test]
async fn certificates_come_by_list_and_go_with_a_tick() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Administrator).await;
    let (id, preview) =
        desk.people("账号,执法证件\nofficer,0173/区司法局/2027-12-31；0219/区司法局/2028年1月2日\n").await;
    assert_eq!(preview.tally.changed, 1, "{preview:?}");
    desk.write(id).await.unwrap();
    let held = person(&office, "officer").await.certificates;
    assert_eq!(Certificate::lines(&held, "；"), "0173/区司法局/2027-12-31；0219/区司法局/2028-01-02");
    let (_, preview) = desk.people("账号,执法证件\nofficer,0173\n").await;
    assert!(format!("{:?}", row(&preview, 2)).contains("证号/发证机关/到期日"), "{preview:?}");
    let (id, preview) = desk.people("账号,执法证件\nofficer,0173/区司法局/2027-12-31\n").await;
    assert_eq!(row(&preview, 2).status, RowStatus::Confirm, "one is lost");
    desk.mark(id, ImportMark::TickAll).await;
    desk.write(id).await.unwrap();
    assert_eq!(person(&office, "officer").await.certificates.len(), 1);
}

#[tokio::test]
async fn a_list_without_a_state_brings_nobody_back() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Administrator).await;
    let gone = Person { disabled: true, ..person(&office, "inspector").await };
    let closed = Site { retired: true, ..desk.site("B1").await };
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_person(office.office.id, &gone, None).await.unwrap();
    tx.put_site(office.office.id, &closed).await.unwrap();
    tx.commit().await.unwrap();
    for (what, text, rows) in [
        (ImportKind::People, "账号,电话\ninspector,13900000002\nofficer,13900000003\n", 2),
        (ImportKind::Sites, "编码,包联领导\nA1,张三\nB1,李四\n", 2),
    ] {
        let (id, preview) = desk.sent(what, text).await;
        assert_eq!((preview.tally.changed, preview.tally.confirm), (rows, 0), "{preview:?}");
        assert!(preview.notes.iter().any(|note| note.contains("仍是停用")), "{:?}", preview.notes);
        // As `xunan import --agree` does.
        desk.mark(id, ImportMark::TickAll).await;
        desk.write(id).await.unwrap();
    }
    let after = person(&office, "inspector").await;
    assert!(after.disabled && after.phone == "13900000002", "{after:?}");
    let after = desk.site("B1").await;
    assert!(after.retired && after.leader == "李四", "{after:?}");
    // Only a word in a column brings them back, and a tick.
    let (id, preview) = desk.people("账号,状态\ninspector,在用\n").await;
    assert_eq!(row(&preview, 2).status, RowStatus::Confirm);
    desk.mark(id, ImportMark::TickAll).await;
    desk.write(id).await.unwrap();
    assert!(!person(&office, "inspector").await.disabled);
}

#[tokio::test]
async fn a_password_by_list_ends_sessions_and_is_never_kept() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Administrator).await;
    let phone = office.phone(Role::Inspector).await;
    let (id, preview) = desk.people("账号,密码\ninspector,quite another 2026\n").await;
    assert_eq!(preview.tally.writes_changed, 1, "{preview:?}");
    let kept = office.database.texts("SELECT body FROM import_plan").await.concat();
    assert!(!kept.contains("quite another") && kept.contains("argon2id"));
    assert_eq!(phone.request("GET", "/api/v1/session", "").await.status, 200);
    desk.write(id).await.unwrap();
    assert_eq!(phone.request("GET", "/api/v1/session", "").await.status, 401);
    let (_, preview) = desk.people("账号,姓名,角色,密码\nnew1,新人,网格员,kurz\nnew2,新人二,网格员,\n").await;
    assert_eq!(preview.tally.wrong, 2, "too short, and none at all: {preview:?}");
    assert!(row(&preview, 2).faults.iter().all(|fault| fault.shown.is_empty()));
}

#[tokio::test]
async fn a_password_that_is_typed_into_the_preview_is_checked_and_kept_as_its_hash() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Administrator).await;
    let (id, preview) =
        desk.people("账号,姓名,角色,网格,密码\nnew1,新人,网格员,金河社区/第 1 网格,kurz\n").await;
    assert_eq!(preview.tally.wrong, 1);
    let typed =
        |value: &str| ImportMark::Correct { row: 2, column: "password".into(), value: value.to_owned() };
    let preview = desk.mark(id, typed("woaini1314")).await;
    assert_eq!(preview.tally.wrong, 1, "what others try first: {preview:?}");
    let preview = desk.mark(id, typed("seven quiet herons")).await;
    assert_eq!((preview.tally.wrong, preview.tally.writes_new), (0, 1), "{preview:?}");
    let kept = office.database.texts("SELECT body FROM import_plan").await.concat();
    assert!(!kept.contains("woaini1314") && !kept.contains("herons") && kept.contains("argon2id"), "{kept}");
    desk.write(id).await.unwrap();
    let signed_in = Browser::new(&office).sign_in_on_phone("new1", "seven quiet herons").await;
    assert_eq!(signed_in.status.as_u16(), 200, "{}", signed_in.text());
}

#[tokio::test]
async fn a_password_that_somebody_else_gives_is_changed_first_and_ones_own_is_not() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Administrator).await;
    let given = "seven quiet herons";
    let (id, _) = desk.people(format!("账号,密码\ninspector,{given}\nadministrator,{given}\n")).await;
    desk.write(id).await.unwrap();
    let school = person(&office, "school").await;
    let new = Some(given.to_owned());
    people::save(&office.state, &desk.by, school.clone(), Some(school), new).await.unwrap();
    let due = async |username: &str| {
        let signed_in = Browser::new(&office).sign_in_on_phone(username, given).await;
        assert_eq!(signed_in.status.as_u16(), 200, "{username}: {}", signed_in.text());
        signed_in.json()["due"].clone()
    };
    assert_eq!(due("inspector").await, "password", "by list");
    assert_eq!(due("school").await, "password", "by form");
    assert_eq!(due("administrator").await, Value::Null, "whoever sends the list chose their own");
}

#[tokio::test]
async fn places_of_a_list_are_made_as_those_of_the_form_are() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Supervisor).await;
    let (id, _) = desk.sites(list("T-1,甲,public-venue,一般,A区社区,B格\n")).await;
    desk.write(id).await.unwrap();
    let again = list("T-2,乙店,public-venue,一般,a区社区,b格\nT-1,甲,,,a区社区,b格\n");
    let (id, preview) = desk.sites(again).await;
    assert_eq!(preview.new_places, Vec::<String>::new(), "what the form calls a twin is the same place");
    assert_eq!(row(&preview, 3).status, RowStatus::Same);
    desk.write(id).await.unwrap();
    assert_eq!(desk.site("T-2").await.grid, desk.site("T-1").await.grid);
    // 操作记录 tells of them as of any other.
    let filter = AuditFilter { act: Some(Act::Added), page: 1, ..AuditFilter::default() };
    let added = office.state.store.audit(office.office.id, &filter).await.unwrap().rows;
    let named = |kind: SubjectKind| -> Vec<String> {
        let of_kind = added.iter().filter(|entry| entry.subject.kind == kind);
        of_kind.map(|entry| entry.subject.label.clone()).collect()
    };
    assert_eq!(named(SubjectKind::Community), ["A区社区"]);
    assert_eq!(named(SubjectKind::Grid), ["B格"]);
}

#[tokio::test]
async fn what_changes_while_a_list_is_written_is_not_lost() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Supervisor).await;
    let rows: String =
        (0..400).map(|n| format!("T-{n},第{n}号店,public-venue,一般,金河社区,第 1 网格\n")).collect();
    let (id, _) = desk.sites(list(&format!("{rows}A1,,,重大,,\n"))).await;
    let before = desk.site("A1").await;
    let changed = Site { leader: "王五".into(), ..before.clone() };
    let (written, saved) =
        tokio::join!(desk.write(id), sites::save(&office.state, &desk.by, changed, Some(before.clone())),);
    // Whoever came second saw what the first one wrote: refused or asked, never overwritten.
    let after = desk.site("A1").await;
    assert_eq!(written.is_ok(), after.risk == RiskLevel::Major, "{written:?}");
    assert_eq!(saved.is_ok(), after.leader == "王五", "{saved:?}");
}

#[tokio::test]
async fn what_somebody_changed_meanwhile_is_not_overwritten_unseen() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Supervisor).await;
    let (id, preview) = desk.sites("编码,包联领导\nA1,张三\nB1,李四\n").await;
    assert_eq!(preview.tally.changed, 2);
    let before = desk.site("A1").await;
    let site = Site { leader: "王五".into(), ..before.clone() };
    sites::save(&office.state, &desk.by, site, Some(before)).await.unwrap();
    assert!(reason(desk.write(id).await.unwrap_err()).contains("1 行待确认"));
    let preview = desk.look(id).await;
    let moved = row(&preview, 2);
    assert_eq!((moved.status, moved.changes[0].before.as_str()), (RowStatus::Confirm, "王五"));
    assert_eq!(desk.site("B1").await.leader, "", "all or none");
    desk.mark(id, ImportMark::TickAll).await;
    desk.write(id).await.unwrap();
    assert_eq!(
        (desk.site("A1").await.leader.as_str(), desk.site("B1").await.leader.as_str()),
        ("张三", "李四")
    );
}

#[tokio::test]
async fn a_list_is_its_senders_for_a_day() {
    let office = TestOffice::open().await;
    let admin = Desk::of(&office, Role::Administrator).await;
    let supervisor = Desk::of(&office, Role::Supervisor).await;
    let inspector = Desk::of(&office, Role::Inspector).await;
    assert_eq!(inspector.send(ImportKind::Sites, list("X,x,x,x,x,x\n")).await, Err(AppError::NotAllowed));
    assert_eq!(
        supervisor.send(ImportKind::People, "账号,电话\ninspector,1\n").await,
        Err(AppError::NotAllowed)
    );
    let (id, _) = admin.people("账号,电话\ninspector,13900000000\n").await;
    assert_eq!(supervisor.write(id).await, Err(AppError::NotFound));
    assert_eq!(imports::last(&office.state, &supervisor.by).await.unwrap(), vec![]);
    let (other, _) = admin.sites("编码,地址\nA1,新址\n").await;
    assert_eq!(admin.write(id).await, Err(AppError::NotFound), "one list at a time");
    office.clock.set(now() + chrono::Duration::hours(25));
    assert_eq!(admin.write(other).await, Err(AppError::NotFound));
}

#[tokio::test]
async fn what_is_exported_comes_back_and_changes_nothing() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Administrator).await;
    let odd = Site {
        name: "=cmd|'/c calc'!A1".into(),
        address: "＋甲、乙，丙\"丁\"".into(),
        leader: "-王".into(),
        contacts: vec![
            domain::site::Contact {
                name: "刘军".into(),
                duty: String::new(),
                phone: "+8613900000071".into(),
            },
            domain::site::Contact { name: "陈燕".into(), duty: "店长".into(), phone: String::new() },
        ],
        location: Some(domain::place::Location { latitude: 34.856, longitude: 113.6, accuracy: Some(8.0) }),
        ..desk.site("A1").await
    };
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_site(office.office.id, &odd).await.unwrap();
    tx.put_site(office.office.id, &Site { retired: true, ..desk.site("B1").await }).await.unwrap();
    tx.commit().await.unwrap();
    let store = &office.state.store;
    let places = store.places(office.office.id).await.unwrap();
    let sites = store.all_sites(office.office.id).await.unwrap();
    let people = store.people(office.office.id).await.unwrap();
    let rows = server::export::sites(&sites, &places, &office.state.kinds);
    for list in [server::export::csv(&rows).unwrap(), server::export::workbook("场所", &rows).unwrap()] {
        let (_, preview) = desk.sites(list).await;
        assert_eq!(preview.tally.same, sites.len(), "{preview:?}");
        assert_eq!(preview.blocked, Vec::<String>::new());
    }
    let rows = server::export::people(&people, &places, &sites);
    let (_, preview) = desk.people(server::export::csv(&rows).unwrap()).await;
    assert_eq!(preview.tally.same, people.len(), "{preview:?}");
}

#[tokio::test]
async fn the_marked_list_says_what_is_wrong_beside_each_row() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Administrator).await;
    let (id, _) = desk.people("账号,姓名,角色,密码\nnew1,新人,飞行员,a secret of mine\n").await;
    let book = imports::marked(&office.state, &desk.by, id).await.unwrap().1;
    let (_, again) = desk.people(book).await;
    assert!(again.unused.contains(&"导入说明".to_owned()), "{:?}", again.unused);
    assert_eq!(row(&again, 2).key, "new1");
    let cells = again.shown[0].faults.iter().map(|fault| fault.column.as_str()).collect::<Vec<_>>();
    assert_eq!(cells, ["role", "password"], "the password is not in it");
}

#[tokio::test]
async fn communities_are_called_by_name_and_an_unknown_one_is_said() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Administrator).await;
    let list = |community: &str| {
        let row = format!("shequ1,周宁,社区安全员,{community},seven quiet herons");
        format!("账号,姓名,角色,社区,密码\n{row}\n")
    };
    let (_, preview) = desk.people(list("东苑社区").as_str()).await;
    assert_eq!(row(&preview, 2).status, RowStatus::Wrong, "{preview:?}");
    let (id, _) = desk.people(list("金河社区").as_str()).await;
    desk.write(id).await.unwrap();
    let made = person(&office, "shequ1").await;
    assert_eq!((made.role, made.communities), (Role::CommunityOfficer, vec![office.site.community]));
    // Called by its other name, nothing changes; without a community, somebody would see nothing.
    let (_, preview) = desk.people("账号,角色,社区\nshequ1,社区（村）安全员,金河社区\n").await;
    assert_eq!(row(&preview, 2).status, RowStatus::Same);
    let (id, _) = desk.people("账号,社区\nshequ1,清空\n").await;
    desk.mark(id, ImportMark::TickAll).await;
    assert!(desk.write(id).await.is_err());
}
