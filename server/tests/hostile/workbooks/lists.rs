//! The files that mean harm, each with its name.

use super::archive::{Part, SHEET, bomb, book, cell, part, sheet, zip};
use server::import::reading::ReadError;

fn heads() -> String {
    let cells = ["编码", "名称", "类别", "风险等级", "社区", "网格"].into_iter().zip('A'..);
    cells.map(|(words, column)| cell(&format!("{column}1"), words)).collect()
}

fn shared(count: &str) -> Vec<u8> {
    let strings = format!("<sst count=\"{count}\" uniqueCount=\"{count}\"><si><t>编码</t></si></sst>");
    book(vec![
        sheet("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>"),
        part("xl/sharedStrings.xml", strings),
    ])
}

/// Every file with its name.
pub fn of_sites() -> Vec<(&'static str, Vec<u8>)> {
    let first = format!("<row r=\"1\">{}</row>", heads());
    let far = |name: &str| {
        let row: String = name.chars().filter(char::is_ascii_digit).collect();
        book(vec![sheet(format!("{first}<row r=\"{row}\">{}</row>", cell(name, "x")))])
    };
    let large = "x".repeat(40_000);
    let entity = |body: &str, inside: &str| {
        part(
            SHEET,
            format!(
                "<!DOCTYPE a [{body}]><worksheet><sheetData><row r=\"1\">{}</row></sheetData></worksheet>",
                cell("A1", inside)
            ),
        )
    };
    let laughs: String = (1..30).map(|n| format!("<!ENTITY l{n} \"&l{0};&l{0};\">", n - 1)).collect();
    let merges: String =
        (0..200_000).map(|n| format!("<mergeCell ref=\"A{}:XFD1048576\"/>", n % 9 + 1)).collect();
    let merged_rows: String =
        (2..9_000).map(|n| format!("<row r=\"{n}\">{}</row>", cell(&format!("A{n}"), "x"))).collect();
    let rows_of = |count: u32| -> String {
        (2..count).map(|n| format!("<row r=\"{n}\"><c r=\"A{n}\"><v>1</v></c></row>")).collect()
    };
    let inner = zip(&[bomb("a", "", "0", 10_000_000)]);
    let mut old = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    old.resize(100_000, 0);
    let mut protected = old.clone();
    protected.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let whole = book(vec![sheet(&first)]);
    let mut cut = whole.clone();
    cut.truncate(whole.len() / 2);
    let locked = Part { flags: 1, ..sheet(&first) };
    let lying = Part { said: u32::MAX, ..sheet(&first) };
    let many: Vec<Part> = (0..60_000)
        .map(|n| Part { packed: vec![], said: 0, method: 0, flags: 0, name: format!("{n}") })
        .collect();
    let nested = "<a>".repeat(1_000_000);
    let attributes: String = (0..20_000).map(|n| format!(" a{n}=\"\"")).collect();
    vec![
        ("10^13 shared texts", shared("10000000000000")),
        ("2^64 - 1 shared texts", shared("18446744073709551615")),
        ("2^64 shared texts", shared("18446744073709551616")),
        ("less than none", shared("-1")),
        ("a far cell", far("XFD1048576")),
        ("a far row", far("A1048576")),
        ("a cell that is none", far("A99999999999999999999")),
        ("a far column", far("XFD2000")),
        (
            "a dimension that lies",
            book(vec![part(
                SHEET,
                format!(
                    "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData>{first}</sheetData></worksheet>"
                ),
            )]),
        ),
        (
            "a gigabyte of spaces",
            book(vec![bomb(
                SHEET,
                "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>",
                " ",
                1_000_000_000,
            )]),
        ),
        ("a gigabyte of rows", book(vec![bomb(SHEET, "<worksheet><sheetData>", "<row></row>", 90_000_000)])),
        ("a gigabyte of one name", book(vec![bomb(SHEET, "<worksheet><", "a", 1_000_000_000)])),
        (
            "millions of empty texts",
            book(vec![sheet(&first), bomb("xl/sharedStrings.xml", "<sst>", "<si/>", 9_000_000)]),
        ),
        (
            "millions of styles",
            book(vec![
                sheet(&first),
                bomb("xl/styles.xml", "<styleSheet><cellXfs>", "<xf numFmtId=\"1\"/>", 2_000_000),
            ]),
        ),
        ("millions of comments", book(vec![bomb(SHEET, "<worksheet>", "<!-- -->", 5_000_000)])),
        ("an archive in an archive", book(vec![part(SHEET, inner)])),
        ("a file of this machine", book(vec![entity("<!ENTITY x SYSTEM \"file:///etc/passwd\">", "&x;")])),
        ("a document type that declares nothing", book(vec![entity("", "编码")])),
        ("a billion laughs", book(vec![entity(&format!("<!ENTITY l0 \"ha\">{laughs}"), "&l29;")])),
        (
            "an entity that nobody declared",
            book(vec![sheet(format!("<row r=\"1\">{}</row>", cell("A1", "&x;")))]),
        ),
        ("a million elements in each other", book(vec![part(SHEET, nested)])),
        (
            "thousands of attributes",
            book(vec![part(SHEET, format!("<worksheet><sheetData{attributes}></sheetData></worksheet>"))]),
        ),
        (
            "everything merged",
            book(vec![part(
                SHEET,
                format!(
                    "<worksheet><sheetData>{first}{merged_rows}</sheetData><mergeCells>{merges}</mergeCells></worksheet>"
                ),
            )]),
        ),
        ("too many rows", book(vec![sheet(format!("{first}{}", rows_of(40_000)))])),
        ("rows backwards", book(vec![sheet("<row r=\"9\"/><row r=\"3\"/>")])),
        (
            "a text that is not there",
            book(vec![sheet("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>99999999999999999999</v></c></row>")]),
        ),
        ("a long cell", book(vec![sheet(format!("{first}<row r=\"2\">{}</row>", cell("A2", &large)))])),
        (
            "numbers without end",
            book(vec![sheet(format!(
                "{first}<row r=\"2\"><c r=\"A2\"><v>1e999999</v></c><c r=\"B2\"><v>{}</v></c></row>",
                "9".repeat(30_000)
            ))]),
        ),
        ("a locked part", book(vec![locked])),
        ("four gigabytes, it says", book(vec![lying])),
        ("sixty thousand files", zip(&many)),
        ("half a workbook", cut),
        ("no workbook inside", zip(&[part("mimetype", "application/vnd.oasis.opendocument.spreadsheet")])),
        ("a protected one", protected),
        ("an old one", old),
        ("two letters", b"PK".to_vec()),
        ("one byte", b"a".to_vec()),
        ("millions of columns", "a;".repeat(4_500_000).into_bytes()),
        ("one cell of 9 MB", "a".repeat(9_000_000).into_bytes()),
        ("millions of rows", format!("编码,名称\n{}", "a,b\n".repeat(2_000_000)).into_bytes()),
        ("millions of empty lines", "\n".repeat(9_000_000).into_bytes()),
        ("millions of empty cells", ",".repeat(9_000_000).into_bytes()),
        (
            "a quotation mark that stays open",
            format!("编码,名称\n\"{}", "a,b\n".repeat(2_000_000)).into_bytes(),
        ),
        ("zeros", vec![0; 9_000_000]),
        (
            "every row wrong in every cell",
            format!("编码,名称,类别,风险等级,社区,网格\n{}", "<,<,<,<,<,<\n".repeat(9_990)).into_bytes(),
        ),
        ("a community for each row", {
            let rows: String =
                (0..9_990).map(|n| format!("C{n},x{n},charging-shed,低,s{n},g{n}\n")).collect();
            format!("编码,名称,类别,风险等级,社区,网格\n{rows}").into_bytes()
        }),
        // As many kinds as a cell may name, and as many as fit into it.
        ("unknown kinds in each cell", kinds("a;".repeat(20))),
        ("a hundred kinds in each cell", kinds("a;".repeat(100))),
        ("a hundred contacts in each cell", {
            let names = "a;".repeat(100);
            let rows: String = (0..1_500).map(|n| format!("C{n},x{n},\"{names}\",\"{names}\"\n")).collect();
            format!("编码,名称,责任人,职务\n{rows}").into_bytes()
        }),
    ]
}

/// As large as lists of sites may be, and in order: as many rows as are read, of few cells as a table and of many as a workbook.
pub fn honest() -> Vec<(&'static str, Vec<u8>)> {
    let of = |n: usize| format!("C{n},x{n},charging-shed,低,s{},g{}\n", n % 40, n % 400);
    let rows: String = (0..9_990).map(of).collect();
    let table = format!("编码,名称,类别,风险等级,社区,网格\n{rows}").into_bytes();
    let row = |n: usize| {
        let words =
            [format!("C{n}"), format!("x{n}"), "charging-shed".into(), "低".into(), format!("s{}", n % 40)];
        let words = words.into_iter().chain([format!("g{}", n % 400)]);
        let cells: String =
            words.zip('A'..).map(|(words, column)| cell(&format!("{column}{n}"), &words)).collect();
        format!("<row r=\"{n}\">{cells}</row>")
    };
    let rows: String = (2..9_990).map(row).collect();
    let workbook = book(vec![sheet(format!("<row r=\"1\">{}</row>{rows}", heads()))]);
    vec![("an honest table", table), ("an honest workbook", workbook)]
}

/// Sites of kinds that are none. Their number is what an unoptimised build reads in time.
fn kinds(kinds: String) -> Vec<u8> {
    let rows: String = (0..3_000).map(|n| format!("C{n},x{n},\"{kinds}\",低,s,g\n")).collect();
    format!("编码,名称,类别,风险等级,社区,网格\n{rows}").into_bytes()
}

/// Those of [`of_sites`] that one limit refuses, and no other.
pub fn refused_for() -> Vec<(&'static str, ReadError)> {
    let far = |cell: &str| ReadError::TooFar(cell.to_owned());
    vec![
        ("a far cell", far("XFD1048576")),
        ("a far column", far("XFD2000")),
        ("a document type that declares nothing", ReadError::Broken("sheet")),
        ("a file of this machine", ReadError::Broken("sheet")),
        ("a billion laughs", ReadError::Broken("sheet")),
        ("an entity that nobody declared", ReadError::Broken("sheet")),
        ("a million elements in each other", ReadError::Broken("sheet")),
        ("too many rows", ReadError::TooManyRows),
        ("rows backwards", ReadError::Broken("row")),
        ("a long cell", ReadError::TooLong("A2".to_owned())),
        ("an old one", ReadError::OldWorkbook),
        ("a protected one", ReadError::Encrypted),
    ]
}

/// Lists of people, whose cells hold many names each.
pub fn of_people() -> Vec<(&'static str, Vec<u8>)> {
    let list = |column: &str, rows: usize, cell: &str| {
        let rows: String = (0..rows).map(|n| format!("u{n},x{n},inspector,\"{cell}\"\n")).collect();
        format!("账号,姓名,角色,{column}\n{rows}").into_bytes()
    };
    let (grids, sites) = ("a;".repeat(200), "a;".repeat(500));
    vec![
        ("a thousand grids of 400 people", list("网格", 400, &"a;".repeat(1_000))),
        ("as many grids as one may have", list("网格", 1_000, &grids)),
        ("as many sites as one may have", list("场所编码", 1_000, &sites)),
        ("two thousand slashes", list("网格", 400, &"/".repeat(1_990))),
        ("one grid of two thousand letters", list("网格", 400, &"a".repeat(1_990))),
        ("every account wrong in every cell", {
            let row = "<,<,<,<,<,<,<,<\n".repeat(9_990);
            format!("账号,姓名,角色,电话,部门,网格,场所编码,状态\n{row}").into_bytes()
        }),
    ]
}
