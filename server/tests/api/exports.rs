//! Lists as files: the rows of the screen, in both formats, for whoever may see the list.

use super::{
    office::{Phone, Reply, TestOffice, command, found, id, outcome_of, passing_visit},
    pages::{Desk, Seat},
};
use crate::asker::at_desk;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use domain::{
    audit::{Act, AuditFilter},
    id::HazardId,
    import::ImportFile,
    ledger::{LedgerFilter, LedgerStatusFilter},
    list::{FileFormat, ListName},
    overview::Figure,
    person::Person,
    role::{Actor, Role, Scope},
    site::{Contact, Site},
};
use server::{
    import::reading,
    service::{hazards, overview},
};
use std::time::Instant;

async fn actor(phone: &Phone<'_>) -> Actor {
    let whoami = phone.request("GET", "/api/v1/session", "").await.json();
    serde_json::from_value(whoami["actor"].clone()).unwrap()
}

/// A list as a file of lines: headings, then rows.
async fn lines(seat: &Seat<'_>, list: &str, words: &str) -> Vec<Vec<String>> {
    let reply = seat.page(&format!("/office/export/{list}/csv{words}")).await;
    assert_eq!(reply.status, 200, "{list}: {}", reply.text());
    assert_eq!(reply.headers[CONTENT_TYPE], "text/csv; charset=utf-8");
    read(&reply)
}

fn read(reply: &Reply) -> Vec<Vec<String>> {
    let text = reply.text();
    let text = text.strip_prefix('\u{feff}').unwrap_or_else(|| panic!("without the mark of UTF-8: {text}"));
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn column<'a>(lines: &'a [Vec<String>], heading: &str) -> Vec<&'a str> {
    let at = lines[0].iter().position(|known| known == heading).unwrap_or_else(|| panic!("{:?}", lines[0]));
    lines[1..].iter().map(|row| row[at].as_str()).collect()
}

/// Sixty hazards at the first site, two at another, one visit; a name that a spreadsheet would take for a formula.
async fn busy() -> TestOffice {
    let office = TestOffice::open().await;
    let contact = Contact { name: "赵敏".into(), phone: "13900000071".into(), ..Contact::default() };
    let site = Site { name: "=1+1 便利店".into(), contacts: vec![contact], ..office.site.clone() };
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_site(office.office.id, &site).await.unwrap();
    tx.commit().await.unwrap();
    let inspector = office.phone(Role::Inspector).await;
    let supervisor = office.phone(Role::Supervisor).await;
    let visit = passing_visit(&inspector, &office.site, &office.form("ebike-charging"));
    let here = |n: usize| found(id(), office.site.id, &format!("堆放杂物{n}"));
    let mine: Vec<_> = (0..40).map(here).chain([visit]).collect();
    let theirs: Vec<_> = (40..60).map(here).collect();
    let elsewhere = [found(id(), office.elsewhere.id, "飞线"), found(id(), office.elsewhere.id, "飞线")];
    let answers =
        [inspector.sync(&mine).await, supervisor.sync(&theirs).await, supervisor.sync(&elsewhere).await];
    assert!(answers.iter().flatten().all(|answer| outcome_of(answer) == "received"), "{answers:?}");
    office
}

#[tokio::test]
async fn a_file_has_the_rows_that_the_list_has_for_everybodys_scope() {
    let office = busy().await;
    let desk = Desk::of(&office);
    for (role, hazards) in [(Role::Supervisor, 62), (Role::Officer, 60), (Role::Administrator, 62)] {
        let actor = actor(&office.phone(role).await).await;
        let seat = desk.seat(role).await;
        for (filter, words) in [
            (LedgerFilter::default(), ""),
            (LedgerFilter::of(LedgerStatusFilter::Any), "?status=any&page=2"),
            (LedgerFilter::of(LedgerStatusFilter::Late), "?status=late"),
            (LedgerFilter { query: "杂物7".into(), ..LedgerFilter::default() }, "?q=%E6%9D%82%E7%89%A97"),
        ] {
            let mut listed = vec![];
            for page in 1.. {
                let page = hazards::ledger(
                    &office.state,
                    &at_desk(&actor),
                    &LedgerFilter { page, ..filter.clone() },
                )
                .await
                .unwrap();
                if page.rows.is_empty() {
                    break;
                }
                listed.extend(page.rows.into_iter().map(|row| row.number));
            }
            let file = lines(&seat, "hazards", words).await;
            assert_eq!(column(&file, "编号"), listed, "{role:?} {words}");
        }
        let all = lines(&seat, "hazards", "").await;
        assert_eq!(all.len(), 1 + hazards, "{role:?}");
        let overview = overview::read(&office.state, &at_desk(&actor)).await.unwrap();
        assert_eq!(overview.count(Figure::Open), hazards as u64, "{role:?}");
    }
}

#[tokio::test]
async fn a_file_says_what_the_columns_say() {
    let office = busy().await;
    let desk = Desk::of(&office);
    let seat = desk.seat(Role::Supervisor).await;
    let hazards = lines(&seat, "hazards", "?q=%E6%9D%82%E7%89%A97").await;
    assert_eq!(
        hazards[0],
        [
            "编号",
            "场所",
            "风险等级",
            "社区",
            "隐患",
            "级别",
            "行业",
            "进度",
            "期限",
            "责任部门",
            "责任主体",
            "资金（元）",
            "发现时间",
            "发现人"
        ]
    );
    let row = &hazards[1];
    assert!(row[0].starts_with("XC-2026-"), "{row:?}");
    let said = ["'=1+1 便利店", "较大风险", "金河社区", "堆放杂物7", "一般隐患"];
    assert_eq!(row[1..6], said.map(str::to_owned), "no formula, whatever somebody called it");
    assert_eq!(
        row[7..],
        ["等交办", "2026-11-27", "", "", "", "2026-11-24 10:00", "网格员"].map(str::to_owned)
    );

    let visits = lines(&seat, "visits", "").await;
    assert_eq!(column(&visits, "检查方式"), ["巡查"]);
    assert_eq!(column(&visits, "不合格项数"), ["0"]);
    assert!(column(&visits, "检查项数")[0].parse::<u32>().unwrap() > 5);

    let sites = lines(&seat, "sites", "").await;
    assert_eq!(column(&sites, "编码").len(), 2);
    assert!(column(&sites, "责任人").contains(&"赵敏"));
    assert!(sites.concat().iter().all(|cell| !cell.contains("13900000071")), "the list shows no telephone");
    let grids = lines(&seat, "grids", "?lacking=inspector").await;
    assert_eq!(column(&grids, "网格"), ["第 2 网格"]);

    let reply = seat.page("/office/export/hazards/xlsx?q=%E6%9D%82%E7%89%A97").await;
    let bytes = reply.bytes;
    let file = ImportFile { name: "a.xlsx".into(), bytes };
    let table = reading::read(&file, &|_| true, Instant::now()).unwrap();
    let cells: Vec<_> = table.rows[0].cells.iter().map(|cell| cell.text.clone()).collect();
    assert_eq!(cells, *row, "a workbook says the same");
    let disposition = reply.headers[CONTENT_DISPOSITION].to_str().unwrap();
    let named = "attachment; filename=\"hazards-2026-11-24.xlsx\"; filename*=UTF-8''%E9%9A%90%E6%82%A3";
    assert!(disposition.starts_with(named), "{disposition}");
}

#[tokio::test]
async fn a_file_is_had_by_whoever_may_see_the_list_and_by_nobody_else() {
    let office = busy().await;
    let people = office.state.store.people(office.office.id).await.unwrap();
    let inspector = people.into_iter().find(|person| person.role == Role::Inspector).unwrap();
    let reached = Person { phone: "13900000077".into(), ..inspector };
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_person(office.office.id, &reached, None).await.unwrap();
    tx.commit().await.unwrap();
    let desk = Desk::of(&office);
    for list in ListName::ALL {
        for format in FileFormat::ALL {
            let path = format!("/office/export/{}/{}", list.as_str(), format.as_str());
            assert_eq!(desk.stranger().page(&path).await.status, 401, "{path}");
            for role in [Role::Officer, Role::Supervisor, Role::Administrator] {
                let reply = desk.seat(role).await.page(&path).await;
                let may = role.may(list.action());
                assert_eq!(reply.status, if may { 200 } else { 403 }, "{path} by {role:?}: {}", reply.text());
                let shows = list == ListName::People && format == FileFormat::Csv && may;
                assert_eq!(reply.text().contains(&reached.phone), shows, "{path} by {role:?}");
            }
        }
    }
    let admin = desk.seat(Role::Administrator).await;
    assert_eq!(admin.page("/office/export/hazards/pdf").await.status, 404);
    assert_eq!(admin.page("/office/export/nothing/csv").await.status, 404);
}

#[tokio::test]
async fn whoever_takes_a_list_out_is_told_of() {
    let office = busy().await;
    let seat = Desk::of(&office);
    let seat = seat.seat(Role::Officer).await;
    lines(&seat, "hazards", "?status=late&sector=fire").await;
    lines(&seat, "hazards", "?status=any").await;
    let filter = AuditFilter { act: Some(Act::Exported), page: 1, ..AuditFilter::default() };
    let told = office.state.store.audit(office.office.id, &filter).await.unwrap().rows;
    let said: Vec<_> = told.iter().map(|entry| (&entry.subject.label, &entry.after)).collect();
    let file = "隐患台账-2026-11-24.csv";
    let all = serde_json::json!({ "file": file, "rows": 60, "filter": ["status=any"] });
    let late = serde_json::json!({ "file": file, "rows": 0, "filter": ["status=late", "sector=fire"] });
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said.iter().all(|(label, _)| *label == "隐患台账"));
    assert!(said.iter().any(|(_, after)| **after == all) && said.iter().any(|(_, after)| **after == late));
}

#[tokio::test]
async fn what_a_plan_sets_aside_is_a_number_in_yuan() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Supervisor).await;
    let hazard: HazardId = id();
    let plan = serde_json::json!({ "assign": { "responsible": "物业", "measures": "清走", "funds": 123_450,
        "deadline": "2026-12-01", "contingency": "巡查" } });
    let answers = phone.sync(&[found(hazard, office.site.id, "堆放杂物"), command(hazard, plan)]).await;
    assert!(answers.iter().all(|answer| outcome_of(answer) == "received"), "{answers:?}");
    let desk = Desk::of(&office);
    let seat = desk.seat(Role::Supervisor).await;
    assert_eq!(column(&lines(&seat, "hazards", "").await, "资金（元）"), ["1234.50"]);
    let page = seat.page(&format!("/office/hazards/{hazard}")).await.text();
    assert!(page.contains("1,234.50 元"), "{page}");
}

/// One row's damage is its own: the others are listed and taken out, and both say that there is one more.
#[tokio::test]
async fn a_row_that_cannot_be_read_is_left_out_and_said_to_be() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Supervisor).await;
    let [sound, spoilt]: [HazardId; 2] = [id(), id()];
    phone.sync(&[found(sound, office.site.id, "堆放杂物"), found(spoilt, office.site.id, "飞线")]).await;
    office.database.execute("UPDATE hazard SET level = 'of a later version' WHERE what = '飞线'").await;
    let (store, now) = (&office.state.store, office.state.now());
    let page = store.ledger(office.office.id, &Scope::Office, &LedgerFilter::default(), now).await.unwrap();
    assert_eq!((page.rows.len(), page.total, page.unreadable), (1, 2, 1));
    let desk = Desk::of(&office);
    let seat = desk.seat(Role::Supervisor).await;
    let file = lines(&seat, "hazards", "").await;
    assert_eq!((file.len(), file[1][4].as_str()), (3, "堆放杂物"));
    assert!(file[2].len() == 1 && file[2][0].contains("另有 1 行读不出来"), "{file:?}");
    let page = seat.page("/office/hazards").await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("另有 1 条读不出来"), "{}", page.text());
}

/// What a figure opens is the page that lists what it counts.
#[tokio::test]
async fn every_figure_leads_to_a_page_that_says_as_many() {
    let office = busy().await;
    let desk = Desk::of(&office);
    let seat = desk.seat(Role::Supervisor).await;
    let overview = seat.page("/office").await.text();
    for figure in Figure::TILES {
        let rows = figure.rows();
        let words: Vec<_> = rows.words().into_iter().map(|(key, word)| format!("{key}={word}")).collect();
        let query = if words.is_empty() { String::new() } else { format!("?{}", words.join("&amp;")) };
        let path = format!("href=\"{}{query}\"", app::lists::path(rows.name()));
        assert!(overview.contains(&path), "{figure:?}: no {path} in {overview}");
    }
    let page = seat.page("/office/hazards?status=extension_asked").await.text();
    assert!(page.contains("没有符合的隐患") && page.contains("申请延期"), "{page}");
    let page = seat.page("/office/grids?lacking=inspector").await.text();
    assert_eq!(page.matches("data-label=\"网格\"").count(), 1, "{page}");
    assert!(page.contains(">第 2 网格<") && page.contains("1 个"), "{page}");
    for link in ["/office/export/grids/csv?lacking=inspector", "/office/export/grids/xlsx?lacking=inspector"]
    {
        assert!(page.contains(&format!("href=\"{link}\"")), "{link}: {page}");
    }
}
