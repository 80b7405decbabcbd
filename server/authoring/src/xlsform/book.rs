//! # The sheets of a workbook
//!
//! What the three sheets of a form hold, cell by cell, within [`LIMITS`]. Faults are gathered and reading goes on wherever
//! something is left to read; only what is beyond a limit, or damaged, ends it.

use super::{
    fault::{Fault, Place, Problem},
    limits::{LIMITS, SHEETS},
    sheet::{self, Sheet},
};
use std::{collections::HashMap, time::Instant};
use workbook::{
    UnpackError,
    archive::Archive,
    relations::relations,
    strings::Strings,
    xml::{Piece, Xml},
};

/// The sheets that are read.
const READ: [&str; 3] = ["survey", "choices", "settings"];

/// Sheets of XLSForm that say something a form of ours cannot do.
const REFUSED: [&str; 3] = ["external_choices", "entities", "osm"];

#[derive(Debug, Default)]
pub(super) struct Book {
    pub survey: Option<Sheet>,
    pub choices: Option<Sheet>,
    pub settings: Option<Sheet>,
}

/// What cells of all sheets refer to.
pub(super) struct Shared {
    pub strings: Strings,
    /// Whether the style of this number shows numbers as days or times.
    pub shows_days: Vec<bool>,
    pub since_1904: bool,
}

/// A sheet by its name and the path of its part.
struct Named {
    name: String,
    path: String,
}

/// `told` takes what is wrong and what is not read; what is returned is as much as could be read.
pub(super) fn read(bytes: &[u8], deadline: Instant, told: &mut Vec<Fault>) -> Book {
    match open(bytes, deadline, told) {
        Ok(book) => book,
        Err(problem) => {
            told.push(Fault::new(Place::file(), problem));
            Book::default()
        }
    }
}

fn open(bytes: &[u8], deadline: Instant, told: &mut Vec<Fault>) -> Result<Book, Problem> {
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        // A protected workbook is an old container around a new file, and says so in UTF-16.
        let said: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let is_encrypted = bytes.windows(said.len()).any(|window| window == said);
        return Err(if is_encrypted { Problem::Encrypted } else { Problem::OldWorkbook });
    }
    if !bytes.starts_with(b"PK") {
        return Err(Problem::NotAWorkbook);
    }
    let archive = Archive::open(bytes, LIMITS, deadline)?;
    if archive.has_part("vbaproject.bin") {
        told.push(Fault::new(Place::file(), Problem::Macros));
    }
    let roots = relations(&archive, "_rels/.rels", "")?;
    let book = roots.into_iter().find(|relation| relation.kind.ends_with("/officeDocument"));
    let path = book.map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.target);
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", &path));
    let part = archive.part(&path)?.ok_or(Problem::NotAWorkbook)?;
    let (sheets, since_1904) = named(Xml::new(part, "workbook.xml"))?;
    let relations = relations(&archive, &format!("{folder}/_rels/{file}.rels"), folder)?;
    let of = |kind: &str| relations.iter().find(|relation| relation.kind.ends_with(kind));
    let strings = match of("/sharedStrings").map(|relation| archive.part(&relation.target)).transpose()? {
        Some(Some(part)) => Strings::read(Xml::new(part, "sharedStrings.xml"), LIMITS)?,
        Some(None) | None => Strings::default(),
    };
    let shows_days = match of("/styles").map(|relation| archive.part(&relation.target)).transpose()? {
        Some(Some(part)) => styles(Xml::new(part, "styles.xml"))?,
        Some(None) | None => vec![],
    };
    let shared = Shared { strings, shows_days, since_1904 };
    let paths = sheets.into_iter().filter_map(|(name, id)| {
        let found = relations.iter().find(|one| one.id == id && one.kind.ends_with("/worksheet"))?;
        Some(Named { name, path: found.target.clone() })
    });
    let mut book = Book::default();
    for named in paths {
        let name = named.name.trim().to_lowercase();
        if !READ.contains(&name.as_str()) {
            let problem = if REFUSED.contains(&name.as_str()) {
                Problem::SheetRefused(name.clone())
            } else {
                Problem::SheetNotRead(named.name.clone())
            };
            told.push(Fault::new(Place::sheet(&named.name), problem));
            continue;
        }
        let place = match name.as_str() {
            "survey" => &mut book.survey,
            "choices" => &mut book.choices,
            _ => &mut book.settings,
        };
        if place.is_some() {
            told.push(Fault::new(Place::sheet(&name), Problem::SheetTwice(name.clone())));
            continue;
        }
        // One sheet that is too large leaves the others to be read.
        *place = Some(sheet::read(&archive, &shared, &name, &named.path, told)?);
    }
    if book.survey.is_none() {
        told.push(Fault::new(Place::file(), Problem::SheetMissing("survey")));
    }
    Ok(book)
}

/// Names and ids of the sheets, and whether days count from 1904.
fn named(mut xml: Xml<'_>) -> Result<(Vec<(String, String)>, bool), UnpackError> {
    let (mut sheets, mut since_1904) = (vec![], false);
    while let Some(piece) = xml.next()? {
        let Piece::Open(element) = piece else { continue };
        let of = |name: &str| element.attribute(name).unwrap_or_default().to_owned();
        match element.name.as_str() {
            "workbookPr" => since_1904 = matches!(element.attribute("date1904"), Some("1" | "true")),
            "sheet" if sheets.len() < SHEETS => sheets.push((of("name"), of("id"))),
            "sheet" => return Err(UnpackError::TooBig),
            _ => {}
        }
    }
    Ok((sheets, since_1904))
}

/// Of each style of cells, whether it shows days or times.
fn styles(mut xml: Xml<'_>) -> Result<Vec<bool>, UnpackError> {
    let mut own = HashMap::<u32, bool>::new();
    let mut styles = vec![];
    let mut in_cells = false;
    while let Some(piece) = xml.next()? {
        match piece {
            Piece::Open(element) => match element.name.as_str() {
                "numFmt" if own.len() < LIMITS.entries => {
                    let code = element.attribute("formatCode").map(shows_days);
                    own.extend(element.number("numFmtId").zip(code));
                }
                "cellXfs" => in_cells = true,
                "xf" if in_cells && styles.len() < usize::from(u16::MAX) => {
                    let id = element.number::<u32>("numFmtId").unwrap_or_default();
                    let built_in = matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58);
                    styles.push(own.get(&id).copied().unwrap_or(built_in));
                }
                _ => {}
            },
            Piece::Close(name) if name == "cellXfs" => in_cells = false,
            Piece::Close(_) | Piece::Text(_) => {}
        }
    }
    Ok(styles)
}

/// Whether a format has letters of a day or a time outside of what is quoted or in brackets.
fn shows_days(code: &str) -> bool {
    let (mut quoted, mut bracketed, mut escaped) = (false, false, false);
    code.chars().any(|letter| {
        if escaped {
            escaped = false;
            return false;
        }
        match letter {
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            '[' => bracketed = true,
            ']' => bracketed = false,
            'y' | 'm' | 'd' | 'h' | 's' | 'Y' | 'M' | 'D' | 'H' | 'S' => return !quoted && !bracketed,
            _ => {}
        }
        false
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_of_days_are_told_from_those_of_numbers() {
        assert!(["yyyy-mm-dd", "h:mm", "m\"月\"d\"日\""].into_iter().all(shows_days));
        assert!(!["General", "0.00", "\"days\" 0", "[Red]0", "0\\d"].into_iter().any(shows_days));
    }
}
