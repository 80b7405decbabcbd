//! The workbooks, each with its name. None of them is a form that could be published.

use super::super::archive::{Part, SHEET, bomb, book_of, cell, part, zip};
use authoring::xlsform::{
    Problem,
    limits::{CELL, COLUMNS, ROWS},
};

const HEAD: [&str; 5] = ["type", "name", "label::zh", "label::en", "relevant"];

/// A row of a sheet, from its first column on; blank cells are left out.
fn row(number: usize, cells: &[&str]) -> String {
    let cells = ('A'..).zip(cells).filter(|(_, text)| !text.is_empty());
    let cells: String = cells.map(|(column, text)| cell(&format!("{column}{number}"), text)).collect();
    format!("<row r=\"{number}\">{cells}</row>")
}

fn rows<const N: usize>(head: [&str; N], cells: impl IntoIterator<Item = [String; N]>) -> String {
    let numbered = (2..).zip(cells);
    let rows = numbered.map(|(number, cells)| row(number, &cells.each_ref().map(String::as_str)));
    row(1, &head) + &rows.collect::<String>()
}

fn sheet(number: usize, rows: &str, more: &str) -> Part {
    let text = format!("<worksheet><sheetData>{rows}</sheetData>{more}</worksheet>");
    part(&format!("xl/worksheets/sheet{number}.xml"), text)
}

/// A workbook whose survey has these rows.
fn survey(rows: &str) -> Vec<u8> {
    book_of(&["survey"], vec![sheet(1, rows, "")])
}

/// Questions that are answered by a text, each with its condition.
fn texts(count: usize, relevant: impl Fn(usize) -> String) -> Vec<[String; 5]> {
    let text = |n: usize| ["text".to_owned(), format!("q{n}"), "问".to_owned(), "Q".to_owned(), relevant(n)];
    (0..count).map(text).collect()
}

/// `word` with each number, joined by `or`, as long as a cell may be.
fn any_of(numbers: impl Iterator<Item = usize>, word: impl Fn(usize) -> String) -> String {
    let mut all = "false()".to_owned();
    for part in numbers.map(word) {
        if all.len() + part.len() + 4 > CELL {
            break;
        }
        all = format!("{all} or {part}");
    }
    all
}

/// As large as a form may be, and sound.
pub fn honest() -> Vec<u8> {
    let relevant = |n: usize| if n % 3 == 2 { "${q0} = 'x'".to_owned() } else { String::new() };
    survey(&rows(HEAD, texts(1_900, relevant)))
}

pub fn broken() -> Vec<(&'static str, Vec<u8>)> {
    [of_files(), of_sheets(), of_forms()].into_iter().flatten().collect()
}

/// What is wrong with the file itself.
fn of_files() -> Vec<(&'static str, Vec<u8>)> {
    let alone = |part: Part| book_of(&["survey"], vec![part]);
    let whole = survey(&rows(HEAD, texts(3, |_| String::new())));
    let mut old = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    old.resize(100_000, 0);
    let mut protected = old.clone();
    protected.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let laughs: String = (1..30).map(|n| format!("<!ENTITY l{n} \"&l{0};&l{0};\">", n - 1)).collect();
    let laughs = format!(
        "<!DOCTYPE a [<!ENTITY l0 \"ha\">{laughs}]><worksheet><sheetData>{}</sheetData></worksheet>",
        row(1, &["&l29;"])
    );
    let open = "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>";
    let head = || sheet(1, &row(1, &HEAD), "");
    vec![
        ("a gigabyte of spaces", alone(bomb(SHEET, open, " ", 1_000_000_000))),
        ("a gigabyte of rows", alone(bomb(SHEET, "<worksheet><sheetData>", "<row></row>", 90_000_000))),
        ("a gigabyte of one name", alone(bomb(SHEET, "<worksheet><", "a", 1_000_000_000))),
        ("a gigabyte of comments", alone(bomb(SHEET, "<worksheet>", "<!-- -->", 120_000_000))),
        (
            "millions of shared texts",
            book_of(&["survey"], vec![head(), bomb("xl/sharedStrings.xml", "<sst>", "<si/>", 9_000_000)]),
        ),
        (
            "millions of styles",
            book_of(
                &["survey"],
                vec![
                    head(),
                    bomb("xl/styles.xml", "<styleSheet><cellXfs>", "<xf numFmtId=\"1\"/>", 2_000_000),
                ],
            ),
        ),
        ("a billion laughs", alone(part(SHEET, laughs))),
        ("a million elements in each other", alone(part(SHEET, "<a>".repeat(1_000_000)))),
        ("half a workbook", whole[..whole.len() / 2].to_vec()),
        ("a locked part", alone(Part { flags: 1, ..head() })),
        ("four gigabytes, it says", alone(Part { said: u32::MAX, ..sheet(1, "", "") })),
        ("macros", book_of(&["survey"], vec![head(), part("xl/vbaProject.bin", "macro")])),
        ("no workbook inside", zip(&[part("mimetype", "application/vnd.oasis.opendocument.spreadsheet")])),
        ("two workbooks in an archive", zip(&[part("a.xlsx", &whole), part("b.xlsx", &whole)])),
        ("a gigabyte of a workbook in an archive", zip(&[bomb("a.xlsx", "x", "a", 1_000_000_000)])),
        ("a protected one", protected),
        ("an old one", old),
        ("two letters", b"PK".to_vec()),
        ("zeros", vec![0; 9_000_000]),
    ]
}

/// What is wrong with cells and sheets.
fn of_sheets() -> Vec<(&'static str, Vec<u8>)> {
    let first = row(1, &HEAD);
    let far = format!("{first}<row r=\"2\">{}</row>", cell("XFD2", "x"));
    let merges: String =
        (0..200_000).map(|n| format!("<mergeCell ref=\"A{}:XFD1048576\"/>", n % 9 + 2)).collect();
    let merges = format!("<mergeCells>{merges}</mergeCells>");
    let names = vec!["x"; 5_000];
    vec![
        ("cells a million columns apart", survey(&far)),
        ("ten thousand rows", survey(&rows(HEAD, texts(10_000, |_| String::new())))),
        ("everything merged", book_of(&["survey"], vec![sheet(1, &first, &merges)])),
        ("a long cell", survey(&(first.clone() + &row(2, &["text", "q", "x".repeat(CELL + 1).as_str()])))),
        ("thousands of sheets", book_of(&names, vec![])),
        (
            "the survey twice",
            book_of(&["survey", "survey"], vec![sheet(1, &first, ""), sheet(2, &first, "")]),
        ),
        ("no survey", book_of(&["choices"], vec![sheet(1, &first, "")])),
        ("no type", survey(&row(1, &["name", "label"]))),
    ]
}

/// What is wrong with the form that rows make.
fn of_forms() -> Vec<(&'static str, Vec<u8>)> {
    let own = |cells: [&str; 5]| cells.map(str::to_owned);
    let types = texts(4_000, |_| String::new()).into_iter().map(|[_, rest @ ..]| {
        let [name, zh, en, relevant] = rest;
        ["texts".to_owned(), name, zh, en, relevant]
    });
    let names = (0..4_000).map(|_| own(["text", "same", "问", "Q", ""]));
    let unknown = texts(450, |_| any_of(500..5_000, |n| format!("${{q{n}}} = 'x'")));
    let circle = texts(1_900, |n| format!("${{q{}}} = 'x'", (n + 1) % 1_900));
    let begins = (0..2_000)
        .map(|n| ["begin group".to_owned(), format!("g{n}"), "组".into(), "G".into(), String::new()]);
    let ends = (0..2_000).map(|_| own(["end group", "", "", "", ""]));
    let brackets = texts(400, |_| "(".repeat(CELL - 1));
    let minuses = texts(400, |_| format!("{}1 > 0", "-".repeat(CELL - 10)));
    let patterns = texts(400, |_| "regex(${q0}, '((((a*)*)*)*)*b{1,9999}')".to_owned());
    vec![
        ("types that are none", survey(&rows(HEAD, types))),
        ("one name for all", survey(&rows(HEAD, names))),
        ("conditions that name nothing", survey(&rows(HEAD, unknown))),
        ("a circle through all", survey(&rows(HEAD, circle))),
        ("groups in each other", survey(&rows(HEAD, begins.chain(ends)))),
        ("brackets that stay open", survey(&rows(HEAD, brackets))),
        ("minuses without end", survey(&rows(HEAD, minuses))),
        ("patterns in patterns", survey(&rows(HEAD, patterns))),
        ("a long list for each question", choices()),
        ("a patrol of a hundred kinds", patrol()),
    ]
}

fn choices() -> Vec<u8> {
    let asked = (0..1_900).map(|n| {
        ["select_one all".to_owned(), format!("q{n}"), "问".to_owned(), "Q".to_owned(), String::new()]
    });
    let offered = (0..1_500).map(|n| ["all".to_owned(), format!("c{n}"), "选".to_owned(), "C".to_owned()]);
    let offered = rows(["list_name", "name", "label::zh", "label::en"], offered);
    book_of(&["survey", "choices"], vec![sheet(1, &rows(HEAD, asked), ""), sheet(2, &offered, "")])
}

/// Each question at one kind of site or another: at which two the most is asked is found by trying.
fn patrol() -> Vec<u8> {
    let of_kinds =
        |n: usize| any_of((0..100).map(|kind| kind + n), |kind| format!("site-kind('k{}')", kind % 100));
    let kinds: Vec<_> = (0..100).map(|kind| format!("k{kind}")).collect();
    let settings =
        rows(["layer", "sector", "site_kinds"], [["patrol".to_owned(), "fire".to_owned(), kinds.join(" ")]]);
    let asked = rows(HEAD, texts(140, of_kinds));
    book_of(&["survey", "settings"], vec![sheet(1, &asked, ""), sheet(2, &settings, "")])
}

/// Those that are refused for one thing, and no other.
pub fn refused_for() -> Vec<(&'static str, Problem)> {
    vec![
        ("half a workbook", Problem::Broken("zip")),
        ("macros", Problem::Macros),
        ("a protected one", Problem::Encrypted),
        ("an old one", Problem::OldWorkbook),
        ("zeros", Problem::NotAWorkbook),
        ("cells a million columns apart", Problem::TooFar(COLUMNS)),
        ("ten thousand rows", Problem::TooManyRows(ROWS)),
        ("everything merged", Problem::Merged("A2:XFD1048576".to_owned())),
        ("a long cell", Problem::TooLong(CELL)),
        ("the survey twice", Problem::SheetTwice("survey".to_owned())),
        ("no survey", Problem::SheetMissing("survey")),
        ("no type", Problem::ColumnMissing("type")),
    ]
}
