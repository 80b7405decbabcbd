//! Workbooks as no spreadsheet writes them: an archive whose every part may lie.

use flate2::{Compression, write::DeflateEncoder};
use std::io::Write;

pub const SHEET: &str = "xl/worksheets/sheet1.xml";

/// A part of a workbook as it is packed; `said` is what the archive says of its size.
pub struct Part {
    pub name: String,
    pub method: u16,
    pub packed: Vec<u8>,
    pub said: u32,
    pub flags: u16,
}

pub fn part(name: &str, text: impl AsRef<[u8]>) -> Part {
    let text = text.as_ref();
    let mut deflate = DeflateEncoder::new(vec![], Compression::fast());
    deflate.write_all(text).unwrap();
    let said = u32::try_from(text.len()).unwrap();
    Part { name: name.into(), method: 8, packed: deflate.finish().unwrap(), said, flags: 0 }
}

/// A part that unpacks to so many copies of a text, without ever being unpacked or even packed here: from the second on, a
/// block is packed as the one before it, because what it points back at is the same.
pub fn bomb(name: &str, head: &str, text: &str, copies: usize) -> Part {
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

pub fn zip(parts: &[Part]) -> Vec<u8> {
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
pub fn book(parts: Vec<Part>) -> Vec<u8> {
    book_of(&["a"], parts)
}

/// A workbook with sheets of these names, the first in [`SHEET`], the others in those after it; and whatever else.
pub fn book_of(names: &[&str], parts: Vec<Part>) -> Vec<u8> {
    const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{TYPES}/{kind}\" Target=\"{target}\"/>")
    };
    let relations = |all: String| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{all}</Relationships>"
        )
    };
    let numbered = || (1..).zip(names);
    let inner: String = numbered()
        .map(|(n, _)| relation(&format!("rId{n}"), "worksheet", &format!("worksheets/sheet{n}.xml")))
        .collect();
    let inner = inner
        + &relation("rIdStrings", "sharedStrings", "sharedStrings.xml")
        + &relation("rIdStyles", "styles", "styles.xml");
    let sheets: String = numbered()
        .map(|(n, name)| format!("<sheet name=\"{name}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>"))
        .collect();
    let sheets = format!("<workbook xmlns:r=\"{TYPES}\"><sheets>{sheets}</sheets></workbook>");
    let mut all = vec![
        part("_rels/.rels", relations(relation("rId1", "officeDocument", "xl/workbook.xml"))),
        part("xl/workbook.xml", sheets),
        part("xl/_rels/workbook.xml.rels", relations(inner)),
    ];
    all.extend(parts);
    zip(&all)
}

pub fn cell(name: &str, text: &str) -> String {
    format!("<c r=\"{name}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

pub fn sheet(rows: impl AsRef<str>) -> Part {
    part(SHEET, format!("<worksheet><sheetData>{}</sheetData></worksheet>", rows.as_ref()))
}
