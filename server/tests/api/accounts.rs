//! 操作记录 of what people do, and passwords that are refused.

use super::{
    desk::Browser,
    office::{PASSWORD, TestOffice, found, id, now},
    quarantine::bundle,
    second_factor::set,
};
use crate::asker::{at_desk, said};
use app::error::AppError;
use chrono::Duration;
use domain::{
    audit::{Act, AuditEntry, AuditFilter, By, SubjectKind},
    import::{ImportFile, ImportKind, ImportView},
    person::Person,
    role::{Actor, Role},
};
use futures::{StreamExt, stream};
use serde_json::json;
use server::service::{
    audit, imports, people, sites,
    sync::{bundle_import, quarantine},
};

async fn entries(office: &TestOffice) -> Vec<AuditEntry> {
    let filter = AuditFilter { page: 1, ..AuditFilter::default() };
    office.state.store.audit(office.office.id, &filter).await.unwrap().rows
}

async fn told(office: &TestOffice, act: Act) -> Vec<AuditEntry> {
    entries(office).await.into_iter().filter(|entry| entry.act == act).collect()
}

/// The one entry of this act.
async fn once(office: &TestOffice, act: Act) -> AuditEntry {
    let mut told = told(office, act).await;
    assert_eq!(told.len(), 1, "{act:?}: {told:?}");
    told.remove(0)
}

async fn person(office: &TestOffice, role: Role) -> Person {
    let people = office.state.store.people(office.office.id).await.unwrap();
    people.into_iter().find(|person| person.role == role).unwrap()
}

async fn actor(office: &TestOffice, role: Role) -> Actor {
    person(office, role).await.actor(office.office.id, None)
}

#[tokio::test]
async fn signing_in_and_out_and_what_was_refused_is_told() {
    let office = TestOffice::open().await;
    let browser = Browser::at(&office, "198.51.100.7");
    browser.sign_in_on_phone("inspector", "wrong").await;
    let mistyped = "my secret password";
    let later = |seconds| office.clock.set(now() + Duration::seconds(seconds));
    later(1);
    browser.sign_in_on_phone(mistyped, "x").await;
    later(2);
    browser.sign_in("administrator", PASSWORD).await;
    later(3);
    browser.form("sign_out", &[]).await;
    let all = entries(&office).await;
    let acts: Vec<_> = all.iter().map(|entry| entry.act).collect();
    assert_eq!(acts, [Act::SignedOut, Act::SignedIn, Act::SignInRefused]);
    assert!(all.iter().all(|entry| entry.origin.address.as_deref() == Some("198.51.100.7")));
    assert_eq!(all[2].by, By::Nobody);
    assert_eq!(all[2].subject.label, "inspector");
    let counted = office.state.metrics.text().unwrap();
    assert!(counted.contains("refused_total{kind=\"unknown_account\"} 1"), "{counted}");
    let written = serde_json::to_string(&all).unwrap();
    assert!(!written.contains(mistyped) && !written.contains("wrong"), "{written}");
    for _ in 0..9 {
        browser.sign_in_on_phone("inspector", "wrong").await;
    }
    assert_eq!(told(&office, Act::LockedOut).await.len(), 1);
    assert_eq!(told(&office, Act::SignInRefused).await.len(), 1, "what stays for ever is written once");
    later(20 * 60);
    browser.sign_in_on_phone("inspector", "wrong").await;
    assert_eq!(told(&office, Act::SignInRefused).await.len(), 2);
}

#[tokio::test]
async fn a_change_of_an_account_tells_field_by_field_what_was_and_what_became() {
    let office = TestOffice::open().await;
    let administrator = actor(&office, Role::Administrator).await;
    let before = person(&office, Role::Inspector).await;
    let after = Person { phone: "1000".into(), grids: vec![office.elsewhere.grid], ..before.clone() };
    let new = Some("seven quiet herons".to_owned());
    people::save(&office.state, &at_desk(&administrator), after, Some(before.clone()), new).await.unwrap();
    let changed = &told(&office, Act::Changed).await[0];
    assert_eq!(changed.before, json!({ "phone": "", "grids": ["金河社区/第 1 网格"] }));
    assert_eq!(changed.after, json!({ "phone": "1000", "grids": ["金河社区/第 2 网格"] }));
    assert_eq!(changed.subject.id, Some(before.id.0));
    assert_eq!(changed.by, By::from(&administrator));
    assert_eq!(told(&office, Act::PasswordChanged).await.len(), 1);
    let written = serde_json::to_string(&entries(&office).await).unwrap();
    assert!(!written.contains("herons") && !written.contains("argon2"));
}

#[tokio::test]
async fn sites_lists_and_work_that_is_brought_in_or_decided_are_told() {
    let office = TestOffice::open().await;
    let administrator = actor(&office, Role::Administrator).await;
    let site = domain::site::Site { leader: "王书记".into(), ..office.site.clone() };
    sites::save(&office.state, &at_desk(&administrator), site, Some(office.site.clone())).await.unwrap();
    let changed = &told(&office, Act::Changed).await[0];
    assert_eq!(
        (changed.subject.kind, changed.after.clone()),
        (SubjectKind::Site, json!({ "leader": "王书记" }))
    );
    let list = "账号,姓名,角色,密码\nzhouning,周宁,supervisor,seven quiet herons";
    let file = ImportFile { name: "a.csv".into(), bytes: list.into() };
    let list =
        imports::send(&office.state, &at_desk(&administrator), ImportKind::People, file, None).await.unwrap();
    imports::write(&office.state, &at_desk(&administrator), list).await.unwrap();
    assert_eq!(told(&office, Act::Imported).await[0].after["new"], 1);
    assert_eq!(told(&office, Act::Added).await[0].after["name"], "周宁");
    // Work that waits, and is left.
    let phone = office.phone(Role::Inspector).await;
    let before = person(&office, Role::Inspector).await;
    let moved = Person { grids: vec![office.elsewhere.grid], ..before.clone() };
    people::save(&office.state, &at_desk(&administrator), moved, Some(before), None).await.unwrap();
    phone.sync(&[found(id(), office.site.id, "堆放杂物")]).await;
    let waiting =
        quarantine::list(&office.state, &at_desk(&administrator), &Default::default()).await.unwrap().rows;
    quarantine::decide(&office.state, &at_desk(&administrator), waiting[0].operation, false).await.unwrap();
    assert_eq!(told(&office, Act::QuarantineRejected).await[0].subject.id, Some(waiting[0].operation.0));
    // Work that comes as a file, and is taken.
    let file = bundle(&office, phone.person, &[found(id(), office.site.id, "飞线充电")], &[]);
    bundle_import::bring_in(
        &office.state,
        &at_desk(&administrator),
        stream::iter(vec![Ok::<_, String>(file)]).boxed(),
    )
    .await
    .unwrap();
    let brought = once(&office, Act::BroughtIn).await;
    assert_eq!((brought.subject.kind, brought.subject.id), (SubjectKind::Account, Some(phone.person.0)));
    assert_eq!((brought.by, &brought.after["operations"]), (By::from(&administrator), &json!(1)));
    let waiting =
        quarantine::list(&office.state, &at_desk(&administrator), &Default::default()).await.unwrap().rows;
    let waiting = waiting.into_iter().find(|one| one.decision.is_none()).unwrap();
    quarantine::decide(&office.state, &at_desk(&administrator), waiting.operation, true).await.unwrap();
    let taken = once(&office, Act::QuarantineAccepted).await;
    assert_eq!((taken.subject.id, taken.by), (Some(waiting.operation.0), By::from(&administrator)));
    // The list, taken back.
    let last = imports::last(&office.state, &at_desk(&administrator)).await.unwrap().remove(0);
    imports::undo(&office.state, &at_desk(&administrator), ImportKind::People, last.id).await.unwrap();
    let undone = once(&office, Act::ImportUndone).await;
    assert_eq!((undone.subject.kind, undone.subject.id), (SubjectKind::Import, Some(last.id)));
    assert_eq!((undone.by, &undone.after["kept"]), (By::from(&administrator), &json!(0)));
}

#[tokio::test]
async fn what_somebody_does_to_the_safety_of_their_own_account_is_told() {
    let office = TestOffice::open().await;
    let supervisor = actor(&office, Role::Supervisor).await;
    let browser = Browser::new(&office);
    browser.sign_in("supervisor", PASSWORD).await;
    browser.form("confirm", &[("password", PASSWORD), ("next", "/office")]).await;
    let (_, codes) = set(&browser, now()).await;
    let other = Browser::new(&office);
    other.sign_in("supervisor", PASSWORD).await;
    let led = other.form("second_factor", &[("code", codes[0].as_str().unwrap())]).await;
    assert_eq!(led, "/office");
    browser.form("sign_out_everywhere", &[]).await;
    browser.form("end_factor", &[]).await;
    for act in [
        Act::Confirmed,
        Act::SecondFactorSet,
        Act::RecoveryCodeUsed,
        Act::SessionsEnded,
        Act::SecondFactorRemoved,
    ] {
        let told = once(&office, act).await;
        assert_eq!((told.subject.kind, told.subject.id), (SubjectKind::Account, Some(supervisor.person.0)));
        assert_eq!(told.by, By::from(&supervisor), "{act:?}");
    }
}

#[tokio::test]
async fn only_those_who_answer_for_the_whole_office_read_it() {
    let office = TestOffice::open().await;
    let filter = AuditFilter { page: 1, ..AuditFilter::default() };
    for role in Role::ALL {
        let read = said(audit::list(&office.state, &at_desk(&actor(&office, role).await), &filter).await);
        let may = matches!(role, Role::Administrator | Role::Supervisor | Role::Leader);
        assert_eq!(read.is_ok(), may, "{role:?}: {read:?}");
    }
    let browser = Browser::new(&office);
    browser.sign_in("administrator", PASSWORD).await;
    let page = browser.get("/office/audit?act=signed_in").await.text();
    assert!(page.contains("操作记录") && page.contains("192.0.2.1"), "{page}");
}

#[tokio::test]
async fn passwords_that_others_try_first_are_refused_by_form_and_by_list() {
    let office = TestOffice::open().await;
    let administrator = actor(&office, Role::Administrator).await;
    let inspector = person(&office, Role::Inspector).await;
    for weak in [
        "12345678",
        "password",
        "88888888",
        "aaaaaaaa",
        "woaini1314",
        "inspector2026",
        "测试街道2026",
        "1234567",
    ] {
        let (before, weak_one) = (Some(inspector.clone()), Some(weak.to_owned()));
        let saved = said(
            people::save(&office.state, &at_desk(&administrator), inspector.clone(), before, weak_one).await,
        );
        assert!(
            matches!(&saved, Err(AppError::Invalid { field, .. }) if field == "password"),
            "{weak}: {saved:?}"
        );
        let list = format!("账号,姓名,角色,网格,密码\ninspector,网格员,inspector,金河社区/第 1 网格,{weak}");
        let file = ImportFile { name: "a.csv".into(), bytes: list.into_bytes() };
        let id = imports::send(&office.state, &at_desk(&administrator), ImportKind::People, file, None)
            .await
            .unwrap();
        let preview = imports::preview(&office.state, &at_desk(&administrator), id, ImportView::default())
            .await
            .unwrap();
        assert_eq!(preview.tally.wrong, 1, "{weak}");
    }
}

/// Not by the form alone: whoever answers for nothing signs in and sees nothing.
#[tokio::test]
async fn a_role_without_what_it_answers_for_is_refused_whichever_way_it_comes() {
    let office = TestOffice::open().await;
    let administrator = actor(&office, Role::Administrator).await;
    let bare_roles = [
        (Role::Inspector, "grids"),
        (Role::CommunityOfficer, "communities"),
        (Role::School, "sites"),
        (Role::Enterprise, "sites"),
    ];
    for (role, field) in bare_roles {
        let before = person(&office, role).await;
        let bare = Person { grids: vec![], communities: vec![], sites: vec![], ..before.clone() };
        let refused = said(
            people::save(&office.state, &at_desk(&administrator), bare.clone(), Some(before.clone()), None)
                .await,
        );
        assert!(matches!(refused, Err(AppError::Invalid { field: wrong, .. }) if wrong == field), "{role:?}");
        // Who is switched off answers for nothing.
        let off = Person { disabled: true, ..bare };
        people::save(&office.state, &at_desk(&administrator), off, Some(before), None).await.unwrap();
    }
    let list = "账号,姓名,角色,密码\nzhouning,周宁,inspector,seven quiet herons";
    let file = ImportFile { name: "a.csv".into(), bytes: list.into() };
    let list =
        imports::send(&office.state, &at_desk(&administrator), ImportKind::People, file, None).await.unwrap();
    assert!(matches!(
        said(imports::write(&office.state, &at_desk(&administrator), list).await),
        Err(AppError::Invalid { .. })
    ));
}
