//! From nothing to an office: by the console's code, without an import.

use super::{
    office::{Database, TestOffice},
    pages::{Desk, fault},
};
use app::server_fns::{
    people::person_form::PersonForm,
    places::{
        place_form::PlaceForm,
        settings_form::{NAME, SettingsForm},
    },
    set_up::SetUpForm,
    sites::site_form::SiteForm,
};
use axum::http::StatusCode;
use chrono::Duration;
use clap::Parser;
use domain::{
    audit::{Author, By, Origin},
    role::Role,
    set_up::FirstAccount,
    text::Lang,
};
use server::{
    blobs::folder::FolderBlobs,
    catalogue::Catalogue,
    cli::Cli,
    clock::SetClock,
    service::{
        Error, Services,
        set_up::{SetUpRefusal, set_up},
    },
    state::AppState,
};
use std::sync::Arc;

const PASSWORD: &str = "correct horse battery 26";

async fn empty() -> (AppState, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let store = Database::new(folder.path()).await.open().await;
    let blobs = FolderBlobs::open(folder.path().join("photos")).unwrap();
    let clock = Arc::new(SetClock::at(super::office::now()));
    let state = AppState::new(store, Arc::new(blobs), clock, Catalogue::built_in().unwrap().kinds);
    (state, folder)
}

fn form(code: &str) -> SetUpForm {
    SetUpForm {
        code: code.into(),
        office: "新城街道办事处".into(),
        name: "韩立新".into(),
        username: "hanlixin".into(),
        password: PASSWORD.into(),
    }
}

#[tokio::test]
async fn an_empty_installation_leads_to_its_first_account_and_no_further_without_the_code() {
    let (state, _folder) = empty().await;
    let desk = Desk::open(&state);
    let stranger = desk.stranger();
    for path in ["/", "/signin", "/office", "/office/people"] {
        let reply = stranger.page(path).await;
        assert_eq!(reply.headers.get("location").map(|to| to.to_str().unwrap()), Some("/setup"), "{path}");
    }
    assert!(stranger.page("/setup").await.text().contains("启用码"));
    // Wrong ones are few, and then even the right one waits.
    let (_, page) = stranger.submit("set_up", &form("AAAA-AAAA-AAAA-AAAA")).await;
    assert!(page.text().contains("启用码不对") && page.text().contains("新城街道办事处"), "typed and kept");
    assert!(!page.text().contains(PASSWORD), "but for the password");
    for _ in 0..9 {
        fault(&stranger.act("set_up", &form("AAAA-AAAA-AAAA-AAAA")).await);
    }
    let code = state.set_up.code().to_owned();
    let refused = fault(&stranger.act("set_up", &form(&code)).await);
    assert!(refused["invalid"]["reason"].as_str().unwrap().contains("15 分钟"), "{refused}");
    assert!(state.store.offices().await.unwrap().is_empty());
}

/// Nor does what was tried while the clock was a day ahead.
#[tokio::test]
async fn wrong_codes_from_elsewhere_keep_the_operator_out_of_nothing() {
    let (state, _folder) = empty().await;
    let from = |address: &str| Author {
        by: By::Nobody,
        origin: Origin { address: Some(address.to_owned()), ..Origin::default() },
    };
    let first = |code: &str| FirstAccount {
        code: code.to_owned(),
        office: "新城街道办事处".into(),
        name: "韩立新".into(),
        username: "hanlixin".into(),
        password: PASSWORD.into(),
    };
    let clock = Arc::new(SetClock::at(super::office::now() + Duration::days(1)));
    let services = Services { clock, ..state.services.clone() };
    let ahead = AppState { services, ..state.clone() };
    for state in [&ahead, &state] {
        for _ in 0..10 {
            let wrong = set_up(state, Lang::Zh, &from("203.0.113.9"), first("AAAA")).await;
            assert_eq!(wrong, Err(Error::SetUp(SetUpRefusal::WrongCode)));
        }
    }
    let code = state.set_up.code().to_owned();
    let there = set_up(&state, Lang::Zh, &from("203.0.113.9"), first(&code)).await;
    assert_eq!(there, Err(Error::SetUp(SetUpRefusal::TooOften)));
    set_up(&state, Lang::Zh, &from("198.51.100.1"), first(&code)).await.unwrap();
}

#[tokio::test]
async fn what_is_wrong_with_the_first_account_is_told_by_field() {
    let (state, _folder) = empty().await;
    let desk = Desk::open(&state);
    let code = state.set_up.code().to_owned();
    for (field, wrong) in [
        ("office", SetUpForm { office: " \u{200b}".into(), ..form(&code) }),
        ("office", SetUpForm { office: "街".repeat(101), ..form(&code) }),
        ("name", SetUpForm { name: " ".into(), ..form(&code) }),
        ("username", SetUpForm { username: "韩".into(), ..form(&code) }),
        ("password", SetUpForm { password: "short".into(), ..form(&code) }),
    ] {
        assert_eq!(fault(&desk.stranger().act("set_up", &wrong).await)["invalid"]["field"], field);
    }
    assert!(state.store.offices().await.unwrap().is_empty(), "nothing half done");
}

#[tokio::test]
async fn a_code_makes_one_office_only_whoever_is_first() {
    let (state, _folder) = empty().await;
    let desk = Desk::open(&state);
    let code = state.set_up.code().to_lowercase();
    let (one, other) = (desk.stranger(), desk.stranger());
    let second = SetUpForm { username: "second".into(), ..form(&code) };
    let (first_form, (a, b)) = (form(&code), ("set_up", "set_up"));
    let (first, second) = tokio::join!(one.act(a, &first_form), other.act(b, &second));
    let done = [&first, &second].into_iter().filter(|reply| reply.status.is_success()).count();
    assert_eq!((done, state.store.offices().await.unwrap().len()), (1, 1));
    assert_eq!(desk.stranger().page("/setup").await.headers["location"], "/signin");
    let again = fault(&desk.stranger().act("set_up", &form(&code)).await);
    assert!(again["invalid"]["reason"].as_str().unwrap().contains("已经启用过"), "{again}");
}

#[tokio::test]
async fn a_real_office_is_set_up_by_its_pages_alone() {
    let (state, _folder) = empty().await;
    let desk = Desk::open(&state);
    let (path, _) = desk.stranger().submit("set_up", &form(state.set_up.code())).await;
    assert_eq!(path, "/office/start");
    let admin = desk.sign_in("hanlixin", PASSWORD).await;
    let page = admin.page("/office/start").await.text();
    assert!(
        page.contains("第 2 步，共 5 步") && page.contains("还没有部门"),
        "the office has its name already"
    );
    assert!(admin.page("/office").await.text().contains("启用还差 4 步"));

    let renamed = SettingsForm {
        does: NAME.into(),
        name: "新城街道办".into(),
        base: r#"{"does":"name","name":"新城街道办事处"}"#.into(),
        ..SettingsForm::default()
    };
    assert_eq!(admin.act("save_settings", &renamed).await.status, StatusCode::OK);
    let department = PlaceForm {
        does: "add".into(),
        kind: "department".into(),
        name: "应急管理办公室".into(),
        sectors: vec!["fire".into()],
        page: "/office/start?step=departments".into(),
        ..PlaceForm::default()
    };
    let (path, page) = admin.submit("change_place", &department).await;
    assert!(path == "/office/start?step=departments" && page.text().contains("应急管理办公室"), "{path}");
    let community = PlaceForm {
        does: "add".into(),
        kind: "community".into(),
        name: "金河社区".into(),
        grids: "2".into(),
        page: "/office/start?step=places".into(),
        ..PlaceForm::default()
    };
    assert!(admin.submit("change_place", &community).await.1.text().contains("第 2 网格"));
    let twin = PlaceForm { name: "金河 社区".into(), ..community };
    let page = admin.submit("change_place", &twin).await.1.text();
    assert!(page.contains("可能是同一个") && page.contains("金河 社区"), "told, and kept");

    let office = state.store.offices().await.unwrap().remove(0);
    let places = state.store.places(office.id).await.unwrap();
    let person = |username: &str, role: Role| PersonForm {
        name: username.into(),
        username: username.into(),
        role: role.as_str().into(),
        password: PASSWORD.into(),
        ..PersonForm::default()
    };
    let officer =
        PersonForm { department: places.departments[0].id.to_string(), ..person("zhang", Role::Officer) };
    let inspector =
        PersonForm { grids: vec![places.grids[0].id.to_string()], ..person("li", Role::Inspector) };
    for form in [officer, inspector] {
        let reply = admin.act("save_person", &form).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    }
    let site = SiteForm {
        name: "锦绣家园".into(),
        code: "XC-01".into(),
        kinds: vec!["charging-shed".into()],
        risk: "general".into(),
        grid: places.grids[0].id.to_string(),
        ..SiteForm::default()
    };
    let reply = admin.act("save_site", &site).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    assert!(admin.page("/office/start").await.text().contains("可以用了"));
    assert!(!admin.page("/office").await.text().contains("启用还差"));
    assert!(!state.store.newest_editions(office.id).await.unwrap().is_empty(), "with the built-in forms");
}

async fn xunan(database: &Database, folder: &std::path::Path, command: &[&str]) -> anyhow::Result<()> {
    let data = folder.display().to_string();
    let head = ["xunan", "--data", &data, "--database-url", &database.address];
    Cli::try_parse_from(head.iter().chain(command))?.run().await
}

#[tokio::test]
async fn a_mistyped_folder_is_no_new_office() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = Database::sqlite(&folder.path().join("nowhere.d"));
    for command in
        [&["serve", "--addr", "127.0.0.1:0"][..], &["department", "list"], &["office", "set", "--name", "a"]]
    {
        let refused = xunan(&nowhere, folder.path(), command).await.unwrap_err().to_string();
        assert!(refused.contains("xunan init"), "{refused}");
    }
    assert!(!folder.path().join("nowhere.d").exists());
    let new = Database::sqlite(folder.path());
    xunan(&new, folder.path(), &["init"]).await.unwrap();
    assert!(new.open().await.offices().await.unwrap().is_empty());
    // Once more changes nothing.
    xunan(&new, folder.path(), &["init"]).await.unwrap();
}

#[tokio::test]
async fn places_are_kept_from_the_command_line_as_at_the_desk() {
    let office = TestOffice::open().await;
    let run = async |command: &[&str]| xunan(&office.database, office.folder.path(), command).await;
    run(&["office", "set", "--name", "新城街道办事处"]).await.unwrap();
    run(&["department", "add", "消安办", "--sectors", "fire,消防"]).await.unwrap();
    run(&["department", "rename", "消安办", "消防安全办公室", "--sectors", "fire"]).await.unwrap();
    run(&["department", "merge", "应急管理办公室", "消防安全办公室"]).await.unwrap();
    run(&["community", "add", "石桥村", "--grids", "2"]).await.unwrap();
    let twin = run(&["community", "add", "石桥 村"]).await.unwrap_err().to_string();
    assert!(twin.contains("石桥村"), "{twin}");
    run(&["community", "rename", "石桥村", "石桥社区"]).await.unwrap();
    run(&["grid", "add", "石桥社区/市场网格"]).await.unwrap();
    run(&["grid", "rename", "石桥社区/市场网格", "金河社区/市场网格"]).await.unwrap();
    run(&["grid", "merge", "金河社区/第 1 网格", "金河社区/市场网格"]).await.unwrap();
    let occupied = run(&["grid", "close", "金河社区/市场网格"]).await.unwrap_err().to_string();
    assert!(occupied.contains('1'), "{occupied}");
    run(&["grid", "close", "石桥社区/第 2 网格"]).await.unwrap();
    let unknown = run(&["grid", "close", "石桥社区/第 9 网格"]).await.unwrap_err().to_string();
    assert!(unknown.contains("石桥社区/第 1 网格"), "{unknown}");
    run(&["intervals", "set", "--major", "7"]).await.unwrap();
    run(&["intervals", "set", "--low", "0"]).await.unwrap_err();
    let places = office.state.store.places(office.office.id).await.unwrap();
    assert_eq!((places.office.name.as_str(), places.intervals.major), ("新城街道办事处", 7));
    let names: Vec<_> = places.grids.iter().map(|grid| grid.name.as_str()).collect();
    assert!(names.contains(&"市场网格") && !names.contains(&"第 9 网格"), "{names:?}");
    let site = office.state.store.site(office.office.id, office.site.id).await.unwrap().unwrap();
    let market = places.grids.iter().find(|grid| grid.name == "市场网格").unwrap();
    assert_eq!(site.grid, market.id);
    assert_eq!(places.departments.len(), 1);
}

#[tokio::test]
async fn an_account_that_would_see_nothing_is_refused_from_the_command_line_too() {
    let office = TestOffice::open().await;
    let run = async |command: &[&str]| xunan(&office.database, office.folder.path(), command).await;
    for role in ["inspector", "school", "enterprise", "officer"] {
        run(&["user", "add", "zhouning", "--name", "周宁", "--role", role]).await.unwrap_err();
    }
    let grid = "金河社区/第 1 网格";
    run(&["user", "add", "zhouning", "--name", "周宁", "--role", "inspector", "--grids", grid])
        .await
        .unwrap();
    run(&["user", "add", "wangli", "--name", "王丽", "--role", "school", "--sites", "B1"]).await.unwrap();
    let store = &office.state.store;
    let person = async |username: &str| store.account(username).await.unwrap().unwrap().person;
    assert_eq!(person("zhouning").await.grids, [office.site.grid]);
    assert_eq!(person("wangli").await.sites, [office.elsewhere.id]);
}
