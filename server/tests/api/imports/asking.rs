//! What is told of a row before anything is written: what is wrong with it, and what wants somebody's word.

use super::{Desk, HEAD, list, person, reason, row};
use crate::office::TestOffice;
use domain::{
    datum::Datum,
    import::{ImportFile, ImportKind, ImportMark, RowStatus},
    risk::RiskLevel,
    role::Role,
    text::Lang,
};

#[tokio::test]
async fn an_empty_cell_keeps_and_only_a_word_and_a_tick_empty() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Administrator).await;
    let (_, preview) = desk.sites("编码,地址\nA1,\n").await;
    assert_eq!(row(&preview, 2).status, RowStatus::Same);
    let (id, preview) = desk.sites("编码,地址\nA1,清空\n").await;
    assert_eq!((preview.tally.confirm, preview.tally.unconfirmed), (1, 1));
    assert!(reason(desk.write(id).await.unwrap_err()).contains("1 行待确认"));
    assert_eq!(desk.site("A1").await.address, "金河路 1 号", "nothing was written");
    let ask = row(&preview, 2).asks[0].id.clone();
    desk.mark(id, ImportMark::Tick { row: 2, ask }).await;
    desk.write(id).await.unwrap();
    assert_eq!(desk.site("A1").await.address, "");

    let (id, preview) = desk.people("账号,网格\ninspector,清空\n").await;
    let change = &row(&preview, 2).changes[0];
    assert_eq!((change.before.as_str(), change.after.as_str()), ("金河社区 第 1 网格", "0 个网格"));
    assert!(desk.write(id).await.is_err());
}

#[tokio::test]
async fn a_risk_is_lowered_with_a_tick_only() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Supervisor).await;
    let (id, preview) = desk.sites("编码,风险等级\nA1,一般\nB1,重大\n").await;
    assert_eq!(row(&preview, 2).status, RowStatus::Confirm);
    assert_eq!(row(&preview, 3).status, RowStatus::Changed);
    assert!(desk.write(id).await.is_err());
    let preview = desk.mark(id, ImportMark::TickAll).await;
    assert_eq!(preview.tally.writes_changed, 2);
    desk.write(id).await.unwrap();
    assert_eq!(desk.site("A1").await.risk, RiskLevel::General);
}

#[tokio::test]
async fn the_last_administrator_and_oneself_stay() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Administrator).await;
    let (id, preview) =
        desk.people("账号,姓名,角色,网格\nadministrator,管理员,网格员,金河社区/第 1 网格\n").await;
    assert_eq!(row(&preview, 2).status, RowStatus::Wrong);
    assert!(desk.write(id).await.is_err());
    // By the command line nobody is oneself, and still one stays.
    let by = server::service::imports::By::command_line(office.office.id);
    for list in ["账号,角色\nadministrator,安委办\n", "账号,状态\nadministrator,停用\n"] {
        let file = ImportFile { name: String::new(), bytes: list.into() };
        let state = &office.state;
        let plan = server::service::imports::plan(state, &by, ImportKind::People, file, None, Lang::Zh)
            .await
            .unwrap();
        let mut validated =
            server::service::imports::look(state, &by, ImportKind::People, plan, Lang::Zh).await.unwrap();
        validated.agree();
        let plan = validated.into_plan();
        let put =
            server::service::imports::put(state, &by, ImportKind::People, "", plan, None, Lang::Zh).await;
        let Err(server::service::Error::Import(refusal)) = put else { panic!("{put:?}") };
        assert!(refusal.words(Lang::Zh).contains("管理员"));
    }
    assert_eq!(person(&office, "administrator").await.role, Role::Administrator);
}

#[tokio::test]
async fn names_that_look_alike_make_no_twins() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Supervisor).await;
    let (id, preview) = desk
        .sites(list(
            "Ｔ－０７０１,全角店,public-venue,一般,金河 社区,第１网格\nT-0702,全角店二,public-venue,一般,金河社区\u{200b},第1网格\n\
             T-0703,新处,public-venue,一般,石桥社区,第一网格\nT-0704,新处二,public-venue,一般,石桥\u{3000}社区,第一\u{200b}网格\n\
             T-0701\u{200b},零宽店,public-venue,一般,金河社区,第 1 网格\n",
        ))
        .await;
    assert_eq!(preview.new_places, ["石桥社区", "石桥社区 第一网格"]);
    assert!(preview.notes.iter().any(|note| note.contains("金河 社区")), "{:?}", preview.notes);
    assert!(row(&preview, 6).faults[0].reason.contains("第 2 行"), "the same code twice");
    desk.mark(id, ImportMark::Leave { row: 6 }).await;
    desk.write(id).await.unwrap();
    assert_eq!(desk.site("T-0701").await.grid, desk.site("A1").await.grid);
    let places = office.state.store.places(office.office.id).await.unwrap();
    assert_eq!(places.communities.len(), 2);
}

#[tokio::test]
async fn coordinates_are_read_by_the_datum_that_somebody_names() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Supervisor).await;
    let text = format!(
        "{HEAD},纬度,经度\nT-2501,高德坐标店,public-venue,一般,金河社区,第 1 网格,34.855015,113.605051\n\
         T-2502,二,public-venue,一般,金河社区,第 1 网格,34.855115,113.605151\nT-2503,三,public-venue,一般,金河社区,第 1 网格,34.8551,113.6051\n\
         T-2504,四,public-venue,一般,金河社区,第 1 网格,31.23,121.47\n"
    );
    let (id, preview) = desk.sites(text.clone()).await;
    assert_eq!(preview.coordinates.unwrap().given, 4);
    assert!(reason(desk.write(id).await.unwrap_err()).contains("坐标"));
    let preview = desk.mark(id, ImportMark::Datum { datum: Datum::Gcj02, swapped: false }).await;
    let found = preview.coordinates.unwrap();
    assert_eq!((found.near, found.far), (3, 1));
    assert!(row(&preview, 5).asks[0].words.contains("公里"));
    desk.mark(id, ImportMark::TickAll).await;
    desk.write(id).await.unwrap();
    let at = desk.site("T-2501").await.location.unwrap();
    let there = domain::place::Location { latitude: 34.8561, longitude: 113.599, accuracy: None };
    assert!(at.distance(&there) < 1.0, "{at:?}");

    let swapped = format!(
        "{HEAD},纬度,经度,坐标系\nT-2505,反,public-venue,一般,金河社区,第 1 网格,113.605051,34.855015,高德\n"
    );
    let (id, preview) = desk.sites(swapped).await;
    assert!(row(&preview, 2).faults[0].reason.contains("填反"));
    let preview = desk.mark(id, ImportMark::Datum { datum: Datum::Wgs84, swapped: true }).await;
    assert_eq!(preview.tally.wrong, 0, "{preview:?}");
    desk.write(id).await.unwrap();
    assert!(desk.site("T-2505").await.location.unwrap().distance(&there) < 1.0, "the row's own datum counts");

    let nowhere =
        format!("{HEAD},纬度,经度,坐标系\nT-2506,没取到,public-venue,一般,金河社区,第 1 网格,0,0,高德\n");
    let (id, preview) = desk.sites(nowhere).await;
    assert!(row(&preview, 2).faults[0].reason.contains("0,0"), "{preview:?}");
    assert!(desk.write(id).await.is_err());
}

#[tokio::test]
async fn a_code_that_names_another_site_asks() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Supervisor).await;
    let (_, preview) = desk.sites(list("A1,望岳路水果摊,charging-shed,较大,金河社区,第 1 网格\n")).await;
    assert!(row(&preview, 2).asks[0].words.contains("可能是两处"));
    let (id, preview) = desk
        .sites(list(
            "C9,锦绣家园 A1,charging-shed,较大,金河社区,第 1 网格\na1,别处,charging-shed,较大,金河社区,第 1 网格\n",
        ))
        .await;
    let same = row(&preview, 2).asks[0].other.clone().unwrap();
    assert_eq!(same.value, "A1");
    assert_eq!(row(&preview, 3).asks[0].other.as_ref().unwrap().value, "A1", "only the case differs");
    let preview = desk.mark(id, ImportMark::Correct { row: 2, column: same.column, value: same.value }).await;
    assert_eq!(row(&preview, 2).status, RowStatus::Same);
}

#[tokio::test]
async fn rows_of_one_list_that_may_be_one_site_ask() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Supervisor).await;
    let place = "public-venue,一般,金河社区,第 1 网格";
    let text = format!(
        "{HEAD},纬度,经度,坐标系\nT-61,全角店,{place},,,\nt-61,另一处,{place},,,\nT-62,全角店,{place},,,\n\
         T-63,顺达电动车行,{place},34.855,113.605,WGS-84\nT-64,顺达电动车行中路店,{place},34.8551,113.605,WGS-84\n\
         T-65,河畔餐馆,{place},34.8551,113.605,WGS-84\n"
    );
    let (id, preview) = desk.sites(text).await;
    assert_eq!((preview.tally.wrong, preview.tally.new, preview.tally.unconfirmed), (0, 3, 3), "{preview:?}");
    for (number, like) in [
        (3, "第 2 行有编码仅大小写不同的场所：T-61"),
        (4, "第 2 行有同一社区同名的场所：T-61"),
        (6, "第 5 行有 11 米内的场所：T-63"),
    ] {
        let ask = &row(&preview, number).asks[0];
        assert!(ask.words.contains(like), "{number}: {}", ask.words);
        desk.mark(id, ImportMark::Tick { row: number, ask: ask.id.clone() }).await;
    }
    desk.write(id).await.unwrap();
    assert_eq!(desk.site("T-62").await.name, "全角店");
}
