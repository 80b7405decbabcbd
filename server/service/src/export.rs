//! # Tables that leave the office
//!
//! No cell of them can be taken for a formula, whichever column it stands in. The desk's lists leave as they are shown, row by
//! row ([`sheet`]). What leaves as a list of sites or people to be edited can come back by import and changes nothing.

pub mod sheet;
pub mod slots;

use crate::{
    import::{BETWEEN, columns, joined, people, reading::limits, sites, words::guarded},
    storage::Places,
};
use domain::{
    datum::Datum,
    id::CommunityId,
    import::ImportKind,
    person::{Certificate, Person},
    site::Site,
    sync::SiteKindInfo,
};
use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// So that spreadsheets take the text for UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Characters that a cell of a workbook holds.
const LONGEST: usize = 32_000;

pub type Rows = Vec<Vec<String>>;

/// The first row is the headings'.
pub fn csv(rows: &Rows) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(BYTE_ORDER_MARK.to_vec());
    for row in rows {
        writer.write_record(row.iter().map(|cell| guarded(cell)))?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

/// Cells that import would refuse as too long: the record and the column of each. Whoever means to bring a table back is
/// told when it leaves, not when it returns.
pub fn beyond_import(rows: &Rows, what: ImportKind) -> Vec<String> {
    let Some((headings, records)) = rows.split_first() else { return vec![] };
    let longest = |heading: &String| {
        let column = columns(what).iter().find(|column| column.zh == heading.as_str());
        column.map_or(usize::MAX, |column| column.longest.min(limits::CELL))
    };
    let mut beyond = vec![];
    for record in records {
        let key = record.first().map_or("", String::as_str);
        for (heading, cell) in headings.iter().zip(record) {
            if cell.chars().count() > longest(heading) {
                beyond.push(format!("{key} {heading}"));
            }
        }
    }
    beyond
}

/// The first row is the headings'; every cell is text.
pub fn workbook(sheet: &str, rows: &Rows) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.set_name(sheet)?;
    let (text, bold) = (Format::new().set_num_format("@"), Format::new().set_num_format("@").set_bold());
    for (row, cells) in (0u32..).zip(rows) {
        for (column, cell) in (0u16..).zip(cells) {
            let cell: String = guarded(cell).chars().take(LONGEST).collect();
            if !cell.is_empty() {
                page.write_string_with_format(row, column, cell, if row == 0 { &bold } else { &text })?;
            }
        }
    }
    page.set_freeze_panes(1, 0)?;
    book.save_to_buffer()
}

/// As [`sites::COLUMNS`] reads them.
pub fn sites(all: &[Site], places: &Places, kinds: &[SiteKindInfo]) -> Rows {
    let mut rows = vec![sites::COLUMNS.iter().map(|column| column.zh.to_owned()).collect()];
    for site in all {
        let community = places.communities.iter().find(|place| place.id == site.community);
        let grid = places.grids.iter().find(|place| place.id == site.grid);
        let department = places.departments.iter().find(|department| Some(department.id) == site.department);
        let degrees =
            |of: fn(&domain::place::Location) -> f64| site.location.as_ref().map(|at| of(at).to_string());
        let datum = site.location.map(|_| Datum::Wgs84.as_str().to_owned());
        let cell = |id: &str| -> String {
            match id {
                "code" => site.code.clone(),
                "name" => site.name.clone(),
                "kinds" => kind_names(site, kinds),
                "sector" => site.sector.name().zh,
                "risk" => site.risk.name().zh,
                "community" => community.map(|place| place.name.clone()).unwrap_or_default(),
                "grid" => grid.map(|place| place.name.clone()).unwrap_or_default(),
                "address" => site.address.clone(),
                "latitude" => degrees(|at| at.latitude).unwrap_or_default(),
                "longitude" => degrees(|at| at.longitude).unwrap_or_default(),
                "datum" => datum.clone().unwrap_or_default(),
                "contact" => joined(&site.contacts, |one| &one.name),
                "duty" => joined(&site.contacts, |one| &one.duty),
                "phone" => joined(&site.contacts, |one| &one.phone),
                "leader" => site.leader.clone(),
                "department" => department.map(|department| department.name.clone()).unwrap_or_default(),
                "state" => state(site.retired),
                _ => String::new(),
            }
        };
        rows.push(sites::COLUMNS.iter().map(|column| cell(column.id)).collect());
    }
    rows
}

/// By name; by id where a name would fall apart at its own delimiter.
fn kind_names(site: &Site, kinds: &[SiteKindInfo]) -> String {
    let name = |id: &domain::id::SiteKind| {
        let kind = kinds.iter().find(|kind| kind.id == *id);
        let name =
            kind.map(|kind| kind.name.zh.clone()).filter(|name| !name.contains(['、', ',', '，', ';', '；']));
        name.unwrap_or_else(|| id.as_str().to_owned())
    };
    site.kinds.iter().map(name).collect::<Vec<_>>().join(BETWEEN)
}

/// As [`people::COLUMNS`] reads them, without passwords.
pub fn people(all: &[Person], places: &Places, known_sites: &[Site]) -> Rows {
    let columns = || people::COLUMNS.iter().filter(|column| !column.is_secret);
    let mut rows = vec![columns().map(|column| column.zh.to_owned()).collect()];
    for person in all {
        let department =
            places.departments.iter().find(|department| Some(department.id) == person.department);
        let grid = |id: &domain::id::GridId| {
            let grid = places.grids.iter().find(|grid| grid.id == *id)?;
            let community = places.communities.iter().find(|community| community.id == grid.community)?;
            Some(format!("{}/{}", community.name, grid.name))
        };
        let code =
            |id: &domain::id::SiteId| Some(known_sites.iter().find(|site| site.id == *id)?.code.clone());
        let cell = |id: &str| -> String {
            match id {
                "username" => person.username.clone(),
                "name" => person.name.clone(),
                "role" => person.role.name().zh,
                "phone" => person.phone.clone(),
                "department" => department.map(|department| department.name.clone()).unwrap_or_default(),
                "grids" => person.grids.iter().filter_map(grid).collect::<Vec<_>>().join(BETWEEN),
                "communities" => {
                    let named = |id: &CommunityId| {
                        let known = places.communities.iter().find(|community| community.id == *id);
                        Some(known?.name.clone())
                    };
                    person.communities.iter().filter_map(named).collect::<Vec<_>>().join(BETWEEN)
                }
                "sites" => person.sites.iter().filter_map(code).collect::<Vec<_>>().join(BETWEEN),
                "certificates" => Certificate::lines(&person.certificates, "；"),
                "state" => state(person.disabled),
                _ => String::new(),
            }
        };
        rows.push(columns().map(|column| cell(column.id)).collect());
    }
    rows
}

fn state(is_off: bool) -> String {
    (if is_off { "停用" } else { "在用" }).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::reading;
    use domain::import::ImportFile;
    use std::time::Instant;

    #[test]
    fn no_cell_of_any_column_is_a_formula() {
        let odd =
            ["=1+1", "+8613900000071", "-2", "@SUM(A1)", "＝1", "\t=1", " =cmd|'/c calc'!A1", "飞线充电"];
        let rows = vec![odd.map(str::to_owned).to_vec()];
        let text = String::from_utf8(csv(&rows).unwrap()).unwrap();
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let row = reader.records().next().unwrap().unwrap();
        for (cell, was) in row.iter().zip(odd) {
            let bare = cell.trim_start();
            assert!(!bare.starts_with(['=', '+', '-', '@', '＝']), "{cell}");
            assert_eq!(crate::import::words::unguarded(cell), was);
        }
    }

    /// Saved as a list with delimiters, it would be read again.
    #[test]
    fn no_cell_of_a_workbook_is_a_formula_either() {
        let odd =
            ["=1+1", "+8613900000071", "-2", "@SUM(A1)", "＝1", "\t=1", " =cmd|'/c calc'!A1", "飞线充电"];
        let headings: Vec<String> = (1..=odd.len()).map(|column| format!("第{column}列")).collect();
        let rows = vec![headings, odd.map(str::to_owned).to_vec()];
        let file = ImportFile { name: "a.xlsx".to_owned(), bytes: workbook("表", &rows).unwrap() };
        let table = reading::read(&file, &|_| true, Instant::now()).unwrap();
        let shown: Vec<&str> = table.rows[0].cells.iter().map(|cell| cell.text.as_str()).collect();
        assert_eq!(shown.len(), odd.len());
        for (cell, was) in shown.into_iter().zip(odd) {
            let bare = cell.trim_start();
            assert!(!bare.starts_with(['=', '+', '-', '@', '＝']), "{cell}");
            assert_eq!(crate::import::words::unguarded(cell), was);
        }
    }

    #[test]
    fn a_cell_that_import_would_refuse_is_told() {
        let headings: Vec<String> = sites::COLUMNS.iter().map(|column| column.zh.to_owned()).collect();
        let at = headings.iter().position(|heading| heading == sites::CONTACT.zh).unwrap();
        let record = |contact: usize| {
            let mut record = vec![String::new(); headings.len()];
            record[0] = "A-12".to_owned();
            record[at] = "丁".repeat(contact);
            vec![headings.clone(), record]
        };
        let most = sites::CONTACT.longest.min(limits::CELL);
        assert!(beyond_import(&record(most), ImportKind::Sites).is_empty());
        assert_eq!(beyond_import(&record(most + 1), ImportKind::Sites), ["A-12 责任人"]);
    }
}
