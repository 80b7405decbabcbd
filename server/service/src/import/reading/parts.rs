//! What a workbook says of itself: its sheets, its texts, how its numbers are shown.

use super::{
    ReadError,
    format::{Format, Shape},
    limits,
};
use std::collections::HashMap;
use workbook::{
    archive::Archive,
    relations::relations,
    strings::Strings,
    xml::{Element, Piece, Xml},
};

pub struct Book {
    /// Visible ones, the first few.
    pub sheets: Vec<SheetPart>,
    pub strings: Strings,
    /// Of the cells' styles, by number.
    pub styles: Vec<Format>,
    /// Days are counted from 1904.
    pub since_1904: bool,
}

pub struct SheetPart {
    pub name: String,
    pub path: String,
}

impl Book {
    pub fn open(archive: &Archive<'_>) -> Result<Self, ReadError> {
        let roots = relations(archive, "_rels/.rels", "")?;
        let book = roots.into_iter().find(|relation| relation.kind.ends_with("/officeDocument"));
        let path = book.map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.target);
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", &path));
        let part = archive.part(&path)?.ok_or(ReadError::NotATable)?;
        let (named, since_1904) = sheets(Xml::new(part, "workbook.xml"))?;
        let relations = relations(archive, &format!("{folder}/_rels/{file}.rels"), folder)?;
        let mut sheets = vec![];
        for (name, id) in named {
            let found = relations.iter().find(|relation| relation.id == id);
            if let Some(found) = found.filter(|relation| relation.kind.ends_with("/worksheet")) {
                sheets.push(SheetPart { name, path: found.target.clone() });
            }
        }
        let of = |kind: &str| relations.iter().find(|relation| relation.kind.ends_with(kind));
        let strings = match of("/sharedStrings") {
            Some(relation) => match archive.part(&relation.target)? {
                Some(part) => Strings::read(Xml::new(part, "sharedStrings.xml"), archive.limits())?,
                None => Strings::default(),
            },
            None => Strings::default(),
        };
        let styles = match of("/styles") {
            Some(relation) => match archive.part(&relation.target)? {
                Some(part) => styles(Xml::new(part, "styles.xml"))?,
                None => vec![],
            },
            None => vec![],
        };
        Ok(Self { sheets, strings, styles, since_1904 })
    }
}

/// Names and ids of the visible sheets, and whether days count from 1904.
fn sheets(mut xml: Xml<'_>) -> Result<(Vec<(String, String)>, bool), ReadError> {
    let (mut sheets, mut since_1904) = (vec![], false);
    while let Some(piece) = xml.next()? {
        let Piece::Open(element) = piece else { continue };
        let is_shown =
            |element: &Element| !matches!(element.attribute("state"), Some("hidden" | "veryHidden"));
        match element.name.as_str() {
            "workbookPr" => since_1904 = matches!(element.attribute("date1904"), Some("1" | "true")),
            "sheet" if is_shown(&element) && sheets.len() < limits::SHEETS => {
                let of = |name: &str| element.attribute(name).unwrap_or_default().to_owned();
                sheets.push((of("name"), of("id")));
            }
            _ => {}
        }
    }
    Ok((sheets, since_1904))
}

fn styles(mut xml: Xml<'_>) -> Result<Vec<Format>, ReadError> {
    let mut own = HashMap::<u32, Format>::new();
    let mut styles = vec![];
    let mut in_cells = false;
    while let Some(piece) = xml.next()? {
        match piece {
            Piece::Open(element) => match element.name.as_str() {
                "numFmt" if own.len() < limits::STYLES => {
                    if let (Some(id), Some(code)) =
                        (element.number("numFmtId"), element.attribute("formatCode"))
                    {
                        own.insert(id, Format::parse(code));
                    }
                }
                "cellXfs" => in_cells = true,
                "xf" if in_cells && styles.len() < limits::STYLES => {
                    let id = element.number::<u32>("numFmtId").unwrap_or_default();
                    styles.push(own.get(&id).cloned().unwrap_or_else(|| Format::built_in(id)));
                }
                _ => {}
            },
            Piece::Close(name) if name == "cellXfs" => in_cells = false,
            Piece::Close(_) | Piece::Text(_) => {}
        }
    }
    Ok(styles)
}

impl Book {
    /// How the style of this number shows a number.
    pub fn shape(&self, style: Option<usize>) -> Shape<'_> {
        Shape { format: style.and_then(|style| self.styles.get(style)), since_1904: self.since_1904 }
    }
}
