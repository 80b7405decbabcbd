//! What a list says is read as its clerk sees it: cells, headings, sheets, encodings.

use super::{Desk, HEAD, reason, row};
use crate::office::TestOffice;
use domain::{
    import::{ImportKind, ImportMark, RowStatus},
    role::Role,
};
use rust_xlsxwriter::{Format, Formula, Workbook};

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
    assert_eq!(row(&preview, 6).status, RowStatus::New, "a service number");
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
    assert_eq!(row(&preview, 5).status, RowStatus::New);
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
async fn the_first_five_sheets_are_looked_into_and_no_other() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Supervisor).await;
    let book = |empty_before: usize| {
        let mut book = Workbook::new();
        for _ in 0..empty_before {
            book.add_worksheet();
        }
        let sheet = book.add_worksheet();
        let cells = "T-54,第五张,public-venue,一般,金河社区,第 1 网格";
        for (row, line) in [HEAD, cells].into_iter().enumerate() {
            for (column, cell) in line.split(',').enumerate() {
                let (row, column) = (u32::try_from(row).unwrap(), u16::try_from(column).unwrap());
                sheet.write_string(row, column, cell).unwrap();
            }
        }
        book.save_to_buffer().unwrap()
    };
    let (_, preview) = desk.sites(book(4)).await;
    assert_eq!(preview.tally.new, 1, "{preview:?}");
    let sixth = desk.send(ImportKind::Sites, book(5)).await;
    assert!(reason(sixth.unwrap_err()).contains("表头下面没有数据"));
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
