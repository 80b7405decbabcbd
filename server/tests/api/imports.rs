//! Lists of sites and people as offices send them: what is seen in the preview is what is written, and nothing else.

use super::office::{PASSWORD, TestOffice, now};
use app::{
    backend::{
        Backend,
        import::{ImportFile, ImportKind, ImportMark, ImportPreview, ImportView, PlannedRow, RowStanding},
    },
    error::Fault,
};
use domain::{
    audit::{Act, AuditFilter, SubjectKind},
    datum::Datum,
    person::Person,
    place::{PlaceId, command::PlaceCommand},
    risk::RiskLevel,
    role::{Actor, Role},
    site::Site,
    text::Lang,
};
use rust_xlsxwriter::{Format, Formula, Workbook};
use server::backend::PagesBackend;
use uuid::Uuid;

struct Desk<'a> {
    office: &'a TestOffice,
    backend: PagesBackend,
    actor: Actor,
}

impl<'a> Desk<'a> {
    async fn of(office: &'a TestOffice, role: Role) -> Self {
        let person = person(office, role.as_str()).await;
        let backend = PagesBackend::new(office.state.clone(), Lang::Zh);
        Self { actor: person.actor(office.office.id, None), backend, office }
    }

    async fn send(&self, what: ImportKind, bytes: impl Into<Vec<u8>>) -> Result<Uuid, Fault> {
        let file = ImportFile { name: "名单.csv".into(), bytes: bytes.into() };
        self.backend.send_list(&self.actor, what, file, None).await
    }

    async fn sent(&self, what: ImportKind, bytes: impl Into<Vec<u8>>) -> (Uuid, ImportPreview) {
        let id = self.send(what, bytes).await.unwrap();
        (id, self.look(id).await)
    }

    async fn sites(&self, bytes: impl Into<Vec<u8>>) -> (Uuid, ImportPreview) {
        self.sent(ImportKind::Sites, bytes).await
    }

    async fn people(&self, bytes: impl Into<Vec<u8>>) -> (Uuid, ImportPreview) {
        self.sent(ImportKind::People, bytes).await
    }

    async fn look(&self, id: Uuid) -> ImportPreview {
        self.backend.import_preview(&self.actor, id, ImportView::default()).await.unwrap()
    }

    async fn mark(&self, id: Uuid, mark: ImportMark) -> ImportPreview {
        self.backend.mark_import(&self.actor, id, mark).await.unwrap();
        self.look(id).await
    }

    async fn write(&self, id: Uuid) -> Result<(), Fault> {
        self.backend.write_import(&self.actor, id).await
    }

    async fn site(&self, code: &str) -> Site {
        let sites = self.office.state.store.all_sites(self.office.office.id).await.unwrap();
        sites.into_iter().find(|site| site.code == code).unwrap_or_else(|| panic!("no site {code}"))
    }
}

async fn person(office: &TestOffice, username: &str) -> Person {
    let people = office.state.store.people(office.office.id).await.unwrap();
    people.into_iter().find(|person| person.username == username).unwrap()
}

fn row(preview: &ImportPreview, number: u32) -> &PlannedRow {
    preview
        .shown
        .iter()
        .find(|row| row.row == number)
        .unwrap_or_else(|| panic!("no row {number}: {preview:?}"))
}

fn reason(fault: Fault) -> String {
    match fault {
        Fault::Invalid { reason, .. } => reason,
        other => panic!("{other:?}"),
    }
}

const HEAD: &str = "编码,名称,类别,风险等级,社区,网格";

fn list(rows: &str) -> String {
    format!("\u{feff}{HEAD}\n{rows}")
}

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
    assert_eq!(row(&preview, 2).standing, RowStanding::Confirm);
    desk.mark(id, ImportMark::TickAll).await;
    desk.write(id).await.unwrap();
    assert!(!person(&office, "inspector").await.disabled);
}

#[tokio::test]
async fn an_empty_cell_keeps_and_only_a_word_and_a_tick_empty() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Administrator).await;
    let (_, preview) = desk.sites("编码,地址\nA1,\n").await;
    assert_eq!(row(&preview, 2).standing, RowStanding::Same);
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
    assert_eq!(row(&preview, 2).standing, RowStanding::Confirm);
    assert_eq!(row(&preview, 3).standing, RowStanding::Changed);
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
    assert_eq!(row(&preview, 2).standing, RowStanding::Wrong);
    assert!(desk.write(id).await.is_err());
    // By the command line nobody is oneself, and still one stays.
    let by = server::service::import::By::command_line(office.office.id);
    for list in ["账号,角色\nadministrator,安委办\n", "账号,状态\nadministrator,停用\n"] {
        let file = ImportFile { name: String::new(), bytes: list.into() };
        let state = &office.state;
        let plan = server::service::import::plan(state, &by, ImportKind::People, file, None, Lang::Zh)
            .await
            .unwrap();
        let mut judged =
            server::service::import::look(state, &by, ImportKind::People, plan, Lang::Zh).await.unwrap();
        judged.agree();
        let plan = judged.into_plan();
        let put =
            server::service::import::put(state, &by, ImportKind::People, "", plan, None, Lang::Zh).await;
        assert!(put.unwrap_err().words(Lang::Zh).unwrap().contains("管理员"));
    }
    assert_eq!(person(&office, "administrator").await.role, Role::Administrator);
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

/// `sites-cell-types.xlsx`
fn cell_types() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let headings = ["编码", "名称", "类别", "风险等级", "社区", "网格", "地址", "责任人", "电话"];
    for (column, heading) in headings.into_iter().enumerate() {
        sheet.write_string(0, u16::try_from(column).unwrap(), heading).unwrap();
    }
    for row in 1..=10 {
        let words = [(1, format!("型号店{row}")), (2, "public-venue".into()), (3, "一般".into())];
        let place = [(4, "石桥社区".into()), (5, "第一网格".to_owned()), (7, "丁一".into())];
        for (column, text) in words.into_iter().chain(place) {
            sheet.write_string(row, column, text).unwrap();
        }
    }
    let format = |code: &str| Format::new().set_num_format(code);
    sheet.write_string(1, 0, "T-0402").unwrap();
    sheet.write_number_with_format(2, 0, 46_082, &format("m-d")).unwrap();
    sheet.write_number_with_format(3, 0, 12, &format("0000")).unwrap();
    sheet.write_number(4, 0, 914_101_007_850_123_456_u64 as f64).unwrap();
    sheet.write_string(5, 0, "T-0406").unwrap();
    sheet.write_formula(5, 1, Formula::new("=NA()").set_result("#N/A")).unwrap();
    sheet.write_string(6, 0, "T-0407").unwrap();
    sheet.write_number_with_format(6, 8, 37_166_880_011_f64, &format("000000000000")).unwrap();
    sheet.write_string(7, 0, "T-0408").unwrap();
    sheet.write_number(7, 8, 13_912_345_678_901_230_f64).unwrap();
    sheet.write_boolean(8, 0, true).unwrap();
    sheet.write_string(9, 0, "T-0410").unwrap();
    sheet.write_number(9, 8, 37_166_880_011_f64).unwrap();
    sheet.write_string(10, 0, "T-0411").unwrap();
    sheet.write_number_with_format(10, 6, 0.12, &format("0%")).unwrap();
    book.save_to_buffer().unwrap()
}

#[tokio::test]
async fn what_the_clerk_sees_is_what_counts() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Supervisor).await;
    let (id, preview) = desk.sites(cell_types()).await;
    let fault = |number: u32| {
        row(&preview, number).faults.first().map(|fault| (fault.cell.clone(), fault.offers.clone()))
    };
    assert_eq!(fault(3), Some(("A3".into(), vec!["3-1".into()])), "a day that was a code");
    assert_eq!(row(&preview, 4).key, "0012");
    assert_eq!(fault(5), Some(("A5".into(), vec![])), "18 digits");
    assert_eq!(fault(6), Some(("B6".into(), vec![])), "#N/A");
    assert_eq!(fault(7), None, "a landline with its zero shown");
    assert_eq!(fault(8), Some(("I8".into(), vec![])), "a phone of 17 digits");
    assert_eq!(fault(9), Some(("A9".into(), vec![])), "TRUE");
    assert_eq!(
        fault(10),
        Some(("I10".into(), vec!["037166880011".into(), "37166880011".into()])),
        "a lost zero"
    );
    assert_eq!(fault(11), Some(("G11".into(), vec![])), "12%");
    assert_eq!((preview.tally.wrong, preview.tally.new), (7, 3));
    assert!(desk.write(id).await.is_err());
    // A wrong cell is put right here, without sending the list again.
    let right = |row, column: &str, value: &str| ImportMark::Correct {
        row,
        column: column.into(),
        value: value.into(),
    };
    for mark in
        [right(3, "code", "3-1"), right(10, "phone", "037166880011"), right(5, "code", "914101007850123456")]
    {
        desk.mark(id, mark).await;
    }
    let preview = desk.mark(id, ImportMark::LeaveWrong).await;
    assert_eq!((preview.tally.wrong, preview.tally.left, preview.tally.writes_new), (0, 4, 6));
    assert_eq!(preview.new_places, ["石桥社区", "石桥社区 第一网格"]);
    desk.write(id).await.unwrap();
    assert_eq!(desk.site("3-1").await.name, "型号店2");
    assert_eq!(desk.site("0012").await.name, "型号店3");
    assert_eq!(desk.site("T-0407").await.contacts[0].phone, "037166880011");
    assert_eq!(desk.site("T-0410").await.contacts[0].phone, "037166880011");
}

#[tokio::test]
async fn lists_saved_by_a_spreadsheet_keep_its_damage_in_sight() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Supervisor).await;
    let text = "编码,名称,类别,风险等级,社区,网格,责任人,电话\n3月1日,甲,charging-shed,一般,金河社区,第 1 网格,,\n\
                9.14E+17,乙,charging-shed,一般,金河社区,第 1 网格,,\nT-3,丙,charging-shed,一般,金河社区,第 1 网格,丁,1.39E+10\n\
                T-4,#N/A,charging-shed,一般,金河社区,第 1 网格,,\nT-5,TRUE,charging-shed,一般,金河社区,第 1 网格,,\n";
    let (_, preview) = desk.sites(text).await;
    assert_eq!(preview.tally.wrong, 5, "{preview:?}");
    assert_eq!(row(&preview, 2).faults[0].offers[0], "3-1");

    // A list with delimiters has no natures: what a workbook says of a number is told by its look.
    let line = "charging-shed,一般,金河社区,第 1 网格,丁一";
    let text = format!(
        "{HEAD},责任人,电话\nT-6,甲,{line},37166880011\nT-7,乙,{line},2026/3/1\nT-8,丙,{line},1-Mar\n\
         T-9,丁,{line}、丁二,13900000071、37166880011\nT-10,戊,{line},4008008820\n2026/3/1,己,{line},13900000071\n"
    );
    let (id, preview) = desk.sites(text).await;
    let offers = |number: u32| row(&preview, number).faults[0].offers.clone();
    assert_eq!(offers(2), ["037166880011", "37166880011"]);
    assert_eq!([offers(3), offers(4)].concat(), ["清空", "清空"], "no number is a day");
    assert_eq!(offers(5), ["13900000071、037166880011", "13900000071、37166880011"]);
    assert_eq!(row(&preview, 6).standing, RowStanding::New, "a service number");
    assert_eq!(offers(7), ["26-3-1", "2026-3-1", "3-1", "2026/3/1"], "nobody can say which");
    // A number that somebody means as it is stays, and comes back from an export.
    let means = ImportMark::Correct { row: 2, column: "phone".into(), value: "37166880011".into() };
    desk.mark(id, means).await;
    desk.mark(id, ImportMark::Correct { row: 7, column: "code".into(), value: "2026-3-1".into() }).await;
    desk.mark(id, ImportMark::LeaveWrong).await;
    desk.write(id).await.unwrap();
    let (_, preview) = desk.sites("编码,电话\nT-6,37166880011\n2026-3-1,13900000071\n").await;
    assert_eq!(preview.tally.same, 2, "{preview:?}");
}

#[tokio::test]
async fn several_of_a_cell_may_stand_on_lines_of_their_own() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Administrator).await;
    let text = format!(
        "{HEAD},责任人,职务,电话\nT-6,甲,\"charging-shed\npublic-venue\",一般,金河社区,第 1 网格,\"丁一\n丁二\",\"店长\n电工\",\"13900000071\r\n13900000072\"\n\
         T-7,乙店,charging-shed,一般,金河社区,第 1 网格,\"丁三\n丁四\",,\"13900000073\n13900000074\n13900000075\"\n"
    );
    let (id, preview) = desk.sites(text).await;
    let wrong = row(&preview, preview.shown[0].row);
    assert!(wrong.faults[0].reason.contains("数量不一致"), "three for two: {preview:?}");
    desk.mark(id, ImportMark::LeaveWrong).await;
    desk.write(id).await.unwrap();
    let site = desk.site("T-6").await;
    assert_eq!(site.kinds.len(), 2);
    let told = site.contacts.iter().map(|one| format!("{} {} {}", one.name, one.duty, one.phone));
    assert_eq!(told.collect::<Vec<_>>(), ["丁一 店长 13900000071", "丁二 电工 13900000072"]);
    let text =
        "账号,网格,场所编码\ninspector,\"金河社区/第 1 网格\n金河社区/第 2 网格\",\ncontact,,\"A1\nB1\"\n";
    let text = text.replace("contact", Role::Enterprise.as_str());
    let (_, preview) = desk.people(text).await;
    assert_eq!((preview.tally.wrong, preview.tally.changed), (0, 2), "{preview:?}");
}

#[tokio::test]
async fn rows_are_called_as_the_spreadsheet_calls_them() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Supervisor).await;
    let text = format!(
        "\u{feff}九小场所底册,,,,,,\n\n{HEAD},地址\n\nT-0801,空行店,public-venue,一般,石桥社区,第一网格,\"石桥路 1 号\n二楼\"\n\n\nT-0802,错行店,public-venue,极高,石桥社区,第一网格,x\n"
    );
    let (_, preview) = desk.sites(text).await;
    assert_eq!(preview.heading_row, 3);
    assert_eq!(row(&preview, 8).faults[0].cell, "D8");
    assert_eq!(row(&preview, 5).standing, RowStanding::New);
}

#[tokio::test]
async fn every_encoding_and_delimiter_of_a_spreadsheet_is_read() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Supervisor).await;
    let text = format!("{HEAD}\r\nT-0301,国标照相馆,public-venue,一般,金河社区,第 1 网格\r\n");
    let utf16 = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let mut marked = vec![0xff, 0xfe];
    marked.extend(utf16(u16::to_le_bytes));
    let (gb, _, _) = encoding_rs::GB18030.encode(&text);
    let lists = [
        text.clone().into_bytes(),
        format!("\u{feff}{text}").into_bytes(),
        gb.into_owned(),
        marked,
        utf16(u16::to_le_bytes),
        utf16(u16::to_be_bytes),
        text.replace(',', ";").into_bytes(),
        format!("sep=;\r\n{}", text.replace(',', ";")).into_bytes(),
        text.replace(',', "\t").into_bytes(),
    ];
    for (at, list) in lists.into_iter().enumerate() {
        let (_, preview) = desk.sites(list).await;
        assert_eq!((preview.tally.new, preview.shown[0].name.as_str()), (1, "国标照相馆"), "list {at}");
    }
    for odd in [&b"\xff\x00\x81"[..], b"PK\x03\x04 not a workbook", b"", b"<html><table>", b"a,b\n1,2\n"] {
        assert!(desk.send(ImportKind::Sites, odd).await.is_err());
    }
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
async fn places_of_a_list_are_made_as_those_of_the_form_are() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Supervisor).await;
    let (id, _) = desk.sites(list("T-1,甲,public-venue,一般,A区社区,B格\n")).await;
    desk.write(id).await.unwrap();
    let again = list("T-2,乙店,public-venue,一般,a区社区,b格\nT-1,甲,,,a区社区,b格\n");
    let (id, preview) = desk.sites(again).await;
    assert_eq!(preview.new_places, Vec::<String>::new(), "what the form calls a twin is the same place");
    assert_eq!(row(&preview, 3).standing, RowStanding::Same);
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
        tokio::join!(desk.write(id), desk.backend.save_site(&desk.actor, changed, Some(before.clone())),);
    // Whoever came second saw what the first one wrote: refused or asked, never overwritten.
    let after = desk.site("A1").await;
    assert_eq!(written.is_ok(), after.risk == RiskLevel::Major, "{written:?}");
    assert_eq!(saved.is_ok(), after.leader == "王五", "{saved:?}");
}

#[tokio::test]
async fn headings_are_known_as_offices_write_them() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Supervisor).await;
    let text = "编 码*,名　称,类别（必填）,\"风险\n等级\",所属社区,网格,详细地址,负责人,联系电话,包保领导,备注,录入人\n\
                T-0531,未知列店,public-venue,一般,金河社区,第 1 网格,石桥路 31 号,贺一,13900000031,副书记 孙二,好,我\n";
    let (id, preview) = desk.sites(text).await;
    assert_eq!(
        (preview.recognised, preview.unused.clone()),
        (10, vec!["备注".to_owned(), "录入人".to_owned()])
    );
    assert!(preview.absent.contains(&"部门".to_owned()));
    desk.write(id).await.unwrap();
    let site = desk.site("T-0531").await;
    assert_eq!((site.address.as_str(), site.leader.as_str()), ("石桥路 31 号", "副书记 孙二"));
    assert_eq!((site.contacts[0].name.as_str(), site.contacts[0].phone.as_str()), ("贺一", "13900000031"));
    let twice = desk.send(ImportKind::Sites, "编码,名称,名 称\nA1,甲,乙\n").await;
    assert!(reason(twice.unwrap_err()).contains("名 称"));
}

#[tokio::test]
async fn headings_in_two_rows_are_the_lower_ones() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Supervisor).await;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let plain = Format::new();
    for (column, heading) in HEAD.split(',').enumerate() {
        let column = u16::try_from(column).unwrap();
        sheet.merge_range(0, column, 1, column, heading, &plain).unwrap();
    }
    sheet.merge_range(0, 6, 0, 8, "责任人", &plain).unwrap();
    let row = "T-51,两行店,public-venue,一般,金河社区,第 1 网格,丁一,店长,13900000071";
    for (line, cells) in [(1, ",,,,,,姓名,职务,电话"), (2, row)] {
        for (column, cell) in cells.split(',').enumerate().filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(line, u16::try_from(column).unwrap(), cell).unwrap();
        }
    }
    let (id, preview) = desk.sites(book.save_to_buffer().unwrap()).await;
    assert_eq!((preview.heading_row, preview.recognised, preview.tally.new), (2, 9, 1), "{preview:?}");
    desk.write(id).await.unwrap();
    let contact = desk.site("T-51").await.contacts.remove(0);
    assert_eq!((contact.name.as_str(), contact.duty.as_str()), ("丁一", "店长"));
}

#[tokio::test]
async fn the_sheet_with_the_most_headings_is_the_list() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Supervisor).await;
    let book = |last: &str| {
        let mut book = Workbook::new();
        let remarks = book.add_worksheet().set_name("说明").unwrap();
        for (row, words) in ["编码", "每处场所一个，不要重复"].into_iter().enumerate() {
            remarks.write_string(u32::try_from(row).unwrap(), 0, words).unwrap();
        }
        let sheet = book.add_worksheet().set_name("底册").unwrap();
        let heads = HEAD.replace("网格", last);
        let cells = "T-52,第二张,public-venue,一般,金河社区,第 1 网格";
        for (row, line) in [heads.as_str(), cells].into_iter().enumerate() {
            for (column, cell) in line.split(',').enumerate() {
                let (row, column) = (u32::try_from(row).unwrap(), u16::try_from(column).unwrap());
                sheet.write_string(row, column, cell).unwrap();
            }
        }
        book.save_to_buffer().unwrap()
    };
    let (_, preview) = desk.sites(book("网格")).await;
    assert_eq!((preview.sheet.as_str(), preview.tally.new), ("底册", 1), "{preview:?}");
    // What is wrong with the list is told, instead of the remarks being read.
    let twice = desk.send(ImportKind::Sites, book("名 称")).await;
    assert!(reason(twice.unwrap_err()).contains("名 称"));
}

#[tokio::test]
async fn the_fault_of_a_list_with_tabs_is_told() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Supervisor).await;
    for mark in ["\t", ";", ","] {
        let twice = ["编码,名称,名 称\nA1,甲,乙\n", "编码,名称,备注\nA1,甲,LONG\n"];
        for (text, told) in twice.into_iter().zip(["名 称", "C2"]) {
            let text = text.replace(',', mark).replace("LONG", &"长".repeat(2_500));
            let fault = desk.send(ImportKind::Sites, text).await.unwrap_err();
            assert!(reason(fault.clone()).contains(told), "{mark:?} {told}: {fault:?}");
        }
    }
}

#[tokio::test]
async fn a_merged_cell_counts_in_all_of_its_rows() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Supervisor).await;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.merge_range(0, 0, 0, 5, "九小场所底册", &Format::new()).unwrap();
    for (column, heading) in HEAD.split(',').enumerate() {
        sheet.write_string(1, u16::try_from(column).unwrap(), heading).unwrap();
    }
    for row in 2..5 {
        for (column, text) in [
            (0, format!("T-050{row}")),
            (1, format!("合并店{row}")),
            (2, "public-venue".into()),
            (3, "一般".into()),
        ] {
            sheet.write_string(row, column, text).unwrap();
        }
    }
    sheet.merge_range(2, 4, 4, 4, "金河社区", &Format::new()).unwrap();
    sheet.merge_range(2, 5, 4, 5, "第 1 网格", &Format::new()).unwrap();
    let (_, preview) = desk.sites(book.save_to_buffer().unwrap()).await;
    assert_eq!((preview.tally.new, preview.heading_row), (3, 2), "{preview:?}");
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
}

#[tokio::test]
async fn what_somebody_changed_meanwhile_is_not_overwritten_unseen() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Supervisor).await;
    let (id, preview) = desk.sites("编码,包联领导\nA1,张三\nB1,李四\n").await;
    assert_eq!(preview.tally.changed, 2);
    let before = desk.site("A1").await;
    let site = Site { leader: "王五".into(), ..before.clone() };
    desk.backend.save_site(&desk.actor, site, Some(before)).await.unwrap();
    assert!(reason(desk.write(id).await.unwrap_err()).contains("1 行待确认"));
    let preview = desk.look(id).await;
    let moved = row(&preview, 2);
    assert_eq!((moved.standing, moved.changes[0].before.as_str()), (RowStanding::Confirm, "王五"));
    assert_eq!(desk.site("B1").await.leader, "", "all or none");
    desk.mark(id, ImportMark::TickAll).await;
    desk.write(id).await.unwrap();
    assert_eq!(
        (desk.site("A1").await.leader.as_str(), desk.site("B1").await.leader.as_str()),
        ("张三", "李四")
    );
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
    assert_eq!(row(&preview, 2).standing, RowStanding::Same);
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

#[tokio::test]
async fn the_last_list_is_taken_back_as_a_whole() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Administrator).await;
    let (a1, b1) = (desk.site("A1").await, desk.site("B1").await);
    let (id, _) = desk.sites("编码,名称,类别,风险等级,社区,网格,包联领导\nA1,,,,,,张三\nB1,,,,,,李四\nC1,新店,charging-shed,低,金河社区,第 3 网格,\n").await;
    desk.write(id).await.unwrap();
    let before = desk.site("B1").await;
    let changed = Site { address: "后来改的".into(), ..before.clone() };
    desk.backend.save_site(&desk.actor, changed.clone(), Some(before)).await.unwrap();
    let last = desk.backend.last_imports(&desk.actor).await.unwrap().remove(0);
    assert_eq!((last.new, last.changed, last.changed_since.len()), (1, 2, 1));
    assert!(last.changed_since[0].starts_with("B1"));
    desk.backend.undo_import(&desk.actor, ImportKind::Sites, last.id).await.unwrap();
    assert_eq!(desk.site("A1").await, a1);
    assert_eq!(desk.site("B1").await.leader, "李四", "changed since: it stays, b1 was {b1:?}");
    assert!(desk.site("C1").await.retired);
    let last = desk.backend.last_imports(&desk.actor).await.unwrap().remove(0);
    assert_eq!(last.undone.as_ref().map(|undone| undone.kept), Some(1));
    assert!(desk.backend.undo_import(&desk.actor, ImportKind::Sites, last.id).await.is_err(), "once only");
    // What was taken back can be sent again, and comes back where the list says so.
    let again = "C1,新店,charging-shed,低,金河社区,第 3 网格";
    let (_, preview) = desk.sites(list(&format!("{again}\n"))).await;
    assert_eq!(row(&preview, 2).standing, RowStanding::Same, "a column that is not there changes nothing");
    let (id, preview) = desk.sites(format!("{HEAD},状态\n{again},在用\n")).await;
    assert_eq!(row(&preview, 2).standing, RowStanding::Confirm);
    desk.mark(id, ImportMark::TickAll).await;
    desk.write(id).await.unwrap();
    assert!(!desk.site("C1").await.retired);
    // After a week it cannot.
    let last = desk.backend.last_imports(&desk.actor).await.unwrap().remove(0);
    office.clock.set(now() + chrono::Duration::days(8));
    assert!(desk.backend.undo_import(&desk.actor, ImportKind::Sites, last.id).await.is_err());
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
    desk.backend.change_places(&desk.actor, vec![merge]).await.unwrap();
    let people = office.state.store.people(office.office.id).await.unwrap();
    assert!(people.iter().all(|person| !person.grids.contains(&b1.grid)), "somebody walks the other grid");
    let close = PlaceCommand::Close { place: other, into: None };
    desk.backend.change_places(&desk.actor, vec![close]).await.unwrap();
    let last = desk.backend.last_imports(&desk.actor).await.unwrap().remove(0);
    assert_eq!(last.changed_since.len(), 1, "{:?}", last.changed_since);
    assert!(last.changed_since[0].starts_with("B1"));
    desk.backend.undo_import(&desk.actor, ImportKind::Sites, last.id).await.unwrap();
    assert_eq!(desk.site("A1").await.grid, eighth, "where its old grid went");
    assert_eq!(desk.site("B1").await.grid, ninth, "it has nowhere to go back to");
    let last = desk.backend.last_imports(&desk.actor).await.unwrap().remove(0);
    assert_eq!(last.undone.as_ref().map(|undone| undone.kept), Some(1));
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
    desk.backend.change_places(&desk.actor, vec![merge]).await.unwrap();
    let last = desk.backend.last_imports(&desk.actor).await.unwrap().remove(0);
    desk.backend.undo_import(&desk.actor, ImportKind::People, last.id).await.unwrap();
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
    let last = desk.backend.last_imports(&desk.actor).await.unwrap().remove(0);
    desk.backend.undo_import(&desk.actor, ImportKind::People, last.id).await.unwrap();
    assert_eq!(person(&office, "inspector").await, before);
    assert!(person(&office, "new1").await.disabled);
}

#[tokio::test]
async fn a_list_is_its_senders_for_a_day() {
    let office = TestOffice::open().await;
    let admin = Desk::of(&office, Role::Administrator).await;
    let supervisor = Desk::of(&office, Role::Supervisor).await;
    let inspector = Desk::of(&office, Role::Inspector).await;
    assert_eq!(inspector.send(ImportKind::Sites, list("X,x,x,x,x,x\n")).await, Err(Fault::NotAllowed));
    assert_eq!(supervisor.send(ImportKind::People, "账号,电话\ninspector,1\n").await, Err(Fault::NotAllowed));
    let (id, _) = admin.people("账号,电话\ninspector,13900000000\n").await;
    assert_eq!(supervisor.write(id).await, Err(Fault::NotFound));
    assert_eq!(supervisor.backend.last_imports(&supervisor.actor).await.unwrap(), vec![]);
    let (other, _) = admin.sites("编码,地址\nA1,新址\n").await;
    assert_eq!(admin.write(id).await, Err(Fault::NotFound), "one list at a time");
    office.clock.set(now() + chrono::Duration::hours(25));
    assert_eq!(admin.write(other).await, Err(Fault::NotFound));
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
    let book = server::service::import::marked(&office.state, &desk.actor, id, Lang::Zh).await.unwrap().1;
    let (_, again) = desk.people(book).await;
    assert!(again.unused.contains(&"导入说明".to_owned()), "{:?}", again.unused);
    assert_eq!(row(&again, 2).key, "new1");
    let cells = again.shown[0].faults.iter().map(|fault| fault.column.as_str()).collect::<Vec<_>>();
    assert_eq!(cells, ["role", "password"], "the password is not in it");
}
