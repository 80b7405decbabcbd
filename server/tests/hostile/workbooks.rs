//! Lists that mean harm. Whatever a file claims of itself or unpacks to: the server spends a bounded amount of memory and
//! time on it, says in words what is wrong, and answers others meanwhile.

use super::{
    office::{Database, PASSWORD, TestOffice},
    process::Process,
};
use flate2::{Compression, write::DeflateEncoder};
use reqwest::{
    Client,
    header::{CONTENT_TYPE, COOKIE, SET_COOKIE},
};
use serde_json::{Value, json};
use std::{
    fs,
    io::Write,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

/// More than the server had before, at the most.
const MEMORY_KB: u64 = 100 * 1024;
const TIME: Duration = Duration::from_secs(5);

const SHEET: &str = "xl/worksheets/sheet1.xml";

/// A part of a workbook as it is packed; `said` is what the archive says of its size.
struct Part {
    name: String,
    method: u16,
    packed: Vec<u8>,
    said: u32,
    flags: u16,
}

fn part(name: &str, text: impl AsRef<[u8]>) -> Part {
    let text = text.as_ref();
    let mut deflate = DeflateEncoder::new(vec![], Compression::fast());
    deflate.write_all(text).unwrap();
    let said = u32::try_from(text.len()).unwrap();
    Part { name: name.into(), method: 8, packed: deflate.finish().unwrap(), said, flags: 0 }
}

/// A part that unpacks to so many copies of a text, without ever being unpacked or even packed here: from the second on, a
/// block is packed as the one before it, because what it points back at is the same.
fn bomb(name: &str, head: &str, text: &str, copies: usize) -> Part {
    let in_block = (64 * 1024 / text.len()).max(1);
    let block = text.repeat(in_block);
    let mut deflate = DeflateEncoder::new(vec![], Compression::best());
    let mut lengths = vec![];
    for written in [head, &block, &block] {
        deflate.write_all(written.as_bytes()).unwrap();
        deflate.flush().unwrap();
        lengths.push(deflate.get_ref().len());
    }
    let mut packed = deflate.get_ref().clone();
    let again = packed[lengths[1]..lengths[2]].to_vec();
    for _ in 2..copies.div_ceil(in_block) {
        packed.extend(&again);
    }
    // An empty last block.
    packed.extend([1, 0, 0, 0xff, 0xff]);
    Part { name: name.into(), method: 8, packed, said: 1000, flags: 0 }
}

fn zip(parts: &[Part]) -> Vec<u8> {
    let (mut file, mut directory) = (vec![], vec![]);
    let long = |n: usize| u32::try_from(n).unwrap().to_le_bytes();
    let short = |n: usize| u16::try_from(n).unwrap().to_le_bytes();
    for part in parts {
        let offset = long(file.len());
        let sizes = [0u32.to_le_bytes(), long(part.packed.len()), part.said.to_le_bytes()].concat();
        let about = [part.flags.to_le_bytes(), part.method.to_le_bytes(), [0, 0], [0, 0]].concat();
        let name = part.name.as_bytes();
        let local =
            [b"PK\x03\x04\x14\x00", about.as_slice(), &sizes, &short(name.len()), &[0, 0], name].concat();
        file.extend([local.as_slice(), &part.packed].concat());
        let central = [
            b"PK\x01\x02\x14\x00\x14\x00",
            about.as_slice(),
            &sizes,
            &short(name.len()),
            &[0; 12],
            &offset,
            name,
        ];
        directory.extend(central.concat());
    }
    let (at, size) = (long(file.len()), long(directory.len()));
    let count = short(parts.len().min(65_535));
    file.extend(directory);
    file.extend([b"PK\x05\x06\0\0\0\0", count.as_slice(), &count, &size, &at, &[0, 0]].concat());
    file
}

/// A workbook around a sheet and whatever else.
fn book(parts: Vec<Part>) -> Vec<u8> {
    const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{TYPES}/{kind}\" Target=\"{target}\"/>")
    };
    let relations = |all: String| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{all}</Relationships>"
        )
    };
    let inner = relation("rId1", "worksheet", "worksheets/sheet1.xml")
        + &relation("rId2", "sharedStrings", "sharedStrings.xml")
        + &relation("rId3", "styles", "styles.xml");
    let sheets = format!(
        "<workbook xmlns:r=\"{TYPES}\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let mut all = vec![
        part("_rels/.rels", relations(relation("rId1", "officeDocument", "xl/workbook.xml"))),
        part("xl/workbook.xml", sheets),
        part("xl/_rels/workbook.xml.rels", relations(inner)),
    ];
    all.extend(parts);
    zip(&all)
}

fn cell(name: &str, text: &str) -> String {
    format!("<c r=\"{name}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

fn sheet(rows: impl AsRef<str>) -> Part {
    part(SHEET, format!("<worksheet><sheetData>{}</sheetData></worksheet>", rows.as_ref()))
}

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
fn hostile() -> Vec<(&'static str, Vec<u8>)> {
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

/// Sites of kinds that are none. Their number is what an unoptimised build reads in time.
fn kinds(kinds: String) -> Vec<u8> {
    let rows: String = (0..3_000).map(|n| format!("C{n},x{n},\"{kinds}\",低,s,g\n")).collect();
    format!("编码,名称,类别,风险等级,社区,网格\n{rows}").into_bytes()
}

/// Lists of people, whose cells hold many names each.
fn hostile_people() -> Vec<(&'static str, Vec<u8>)> {
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

struct Desk {
    client: Client,
    url: String,
    cookie: String,
}

impl Desk {
    async fn of(server: &Process) -> Self {
        let client = Client::new();
        let session = client.post(format!("{}/api/pages/sign_in", server.url));
        let session = session.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        let words = format!("username=administrator&password={}&next=/office", PASSWORD.replace(' ', "+"));
        let reply = session.body(words).send().await.unwrap();
        let cookies = reply.headers().get_all(SET_COOKIE).iter().map(|cookie| cookie.to_str().unwrap());
        let cookies = cookies.map(|cookie| cookie.split(';').next().unwrap().to_owned()).collect::<Vec<_>>();
        assert!(!cookies.is_empty(), "not signed in: {}", reply.status());
        let cookie = cookies.join("; ");
        Self { client, url: server.url.clone(), cookie }
    }

    /// What the server made of a list: its id, or the fault.
    async fn send(&self, what: &str, file: &[u8]) -> Value {
        let edge = "----edge";
        let field = |name: &str, value: &str| {
            format!("--{edge}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let mut body = field("what", what).into_bytes();
        body.extend(
            format!("--{edge}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.xlsx\"\r\n\r\n")
                .bytes(),
        );
        body.extend(file);
        body.extend(format!("\r\n--{edge}--\r\n").bytes());
        let request = self.client.post(format!("{}/api/pages/import", self.url)).header(COOKIE, &self.cookie);
        let reply = request
            .header(CONTENT_TYPE, format!("multipart/form-data; boundary={edge}"))
            .body(body)
            .send()
            .await
            .unwrap();
        serde_json::from_slice(&reply.bytes().await.unwrap()).unwrap()
    }

    async fn preview(&self, id: &Value) -> Value {
        let request =
            self.client.post(format!("{}/api/pages/import_preview", self.url)).header(COOKIE, &self.cookie);
        let body = json!({ "id": id, "view": { "show": null, "page": 1, "row": null } });
        let reply =
            request.header(CONTENT_TYPE, "application/json").body(body.to_string()).send().await.unwrap();
        serde_json::from_slice(&reply.bytes().await.unwrap()).unwrap()
    }
}

/// Kilobytes of the process: now, and the most since [`forget_peak`].
fn memory(pid: u32) -> (u64, u64) {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let field = |name: &str| {
        let line = status.lines().find(|line| line.starts_with(name)).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    };
    (field("VmRSS:"), field("VmHWM:"))
}

fn forget_peak(pid: u32) {
    fs::write(format!("/proc/{pid}/clear_refs"), "5").unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn no_list_costs_more_than_it_may() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::sqlite(folder.path());
    let office = TestOffice::on(database, folder).await;
    let blobs = format!("file://{}", office.folder.path().join("photos").display());
    let server = Process::serve(office.folder.path(), &office.database.address, &blobs).await;
    let desk = Desk::of(&server).await;
    // Pages and their functions are warm before anything is measured.
    let id = desk.send("sites", "编码,名称\nA1,x\n".as_bytes()).await;
    assert!(id["Ok"].is_string() || id.is_string(), "{id}");

    let done = Arc::new(AtomicBool::new(false));
    let watch = tokio::spawn({
        let (done, client, url) = (Arc::clone(&done), Client::new(), format!("{}/healthz", server.url));
        async move {
            let mut waits = vec![];
            while !done.load(Ordering::Relaxed) {
                let begun = Instant::now();
                client.get(&url).send().await.unwrap().error_for_status().unwrap();
                waits.push(begun.elapsed());
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            waits
        }
    });
    let (mut dear, mut before_all) = (vec![], None);
    // People first: their lists want a sign-in of the last minutes.
    let people = hostile_people().into_iter().map(|(name, file)| ("people", name, file));
    let sites = hostile().into_iter().map(|(name, file)| ("sites", name, file));
    for (what, name, file) in people.chain(sites) {
        assert!(file.len() < 10 * 1024 * 1024, "{name}: {} bytes do not fit a form", file.len());
        forget_peak(server.pid());
        let (before, _) = memory(server.pid());
        let least = *before_all.get_or_insert(before);
        let begun = Instant::now();
        let answer = desk.send(what, &file).await;
        let words = match answer.as_str() {
            // Rows that are wrong one by one are shown as such, a page of them.
            Some(_) => {
                let preview = desk.preview(&answer).await;
                assert!(
                    preview["shown"].as_array().is_some_and(|shown| shown.len() <= 50),
                    "{name}: {preview}"
                );
                // A page is shown, whatever a row holds.
                let weight = preview.to_string().len();
                assert!(weight < 512 * 1024, "{name}: a preview of {weight} bytes");
                preview["tally"].to_string()
            }
            None => {
                assert_eq!(answer["fault"], "invalid", "{name}: {answer}");
                answer["reason"].as_str().unwrap().to_owned()
            }
        };
        let (took, (_, peak)) = (begun.elapsed(), memory(server.pid()));
        let cost = peak.saturating_sub(least.max(before.min(least + MEMORY_KB / 4)));
        println!("{name}: {took:?}, {} MB more, {words}", cost / 1024);
        if took > TIME || cost > MEMORY_KB {
            dear.push(format!("{name}: {took:?}, {} MB", cost / 1024));
        }
    }
    done.store(true, Ordering::Relaxed);
    let mut waits = watch.await.unwrap();
    waits.sort();
    let late = waits.iter().filter(|wait| **wait > Duration::from_millis(100)).count();
    println!("/healthz: {} answers, {late} later than 100 ms, the last {:?}", waits.len(), waits.last());
    assert_eq!(dear, Vec::<String>::new());
    // Other tests share the cores: one in a hundred may come late for their sake.
    assert!(late * 100 <= waits.len(), "{late} of {} answers came late", waits.len());
}
