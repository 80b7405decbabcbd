//! # The settings of a form

use super::{
    Outset,
    fault::Problem,
    read::{Reading, name_fault},
    table::{Line, Table},
};
use chrono::NaiveDate;
use domain::{
    form::{Form, Layer, Review, Validity, reference::ids},
    id::{FormId, SiteKind},
    sector::Sector,
    text::Bilingual,
};

impl<'a> Reading<'a> {
    /// A form without questions. What the sheet does not say is as `outset` has it.
    pub(super) fn settings(&mut self, table: Option<&'a Table<'a>>, outset: &Outset) -> Form {
        let mut form = Form {
            id: outset.id.clone(),
            version: 1,
            title: Bilingual::new(outset.id.as_str(), outset.id.as_str()),
            layer: outset.layer,
            sector: outset.sector,
            site_kinds: outset.site_kinds.clone(),
            offered_if: None,
            validity: Validity::default(),
            review: None,
            review_due: None,
            quotes: vec![],
            entries: vec![],
        };
        let Some(line) = table.and_then(|table| table.lines().next()) else {
            self.tell(super::fault::Place::sheet("settings"), Problem::TitleTaken(form.id.to_string()));
            return form;
        };
        self.settings = Some(line);
        self.settled(line, &mut form, outset);
        form
    }

    fn settled(&mut self, line: Line<'a>, form: &mut Form, outset: &Outset) {
        if let Some(id) = line.get("form_id") {
            if let Some(problem) = form_id_fault(id) {
                self.tell(line.at("form_id"), problem);
            }
            form.id = FormId::from(id);
        }
        match (line.bilingual("title"), line.get("form_title")) {
            (Some(title), _) => form.title = title,
            (None, Some(title)) => {
                form.title = Bilingual::new(title, title);
                self.tell(line.at("form_title"), Problem::TextOfOther);
            }
            (None, None) => {
                form.title = Bilingual::new(form.id.as_str(), form.id.as_str());
                self.tell(line.at("form_title"), Problem::TitleTaken(form.id.to_string()));
            }
        }
        if let Some(version) = line.get("version") {
            match version.parse().ok().filter(|version| *version > 0) {
                Some(number) => form.version = number,
                None => self.tell(line.at("version"), Problem::VersionTaken(version.to_owned())),
            }
        }
        let layers = Layer::ALL.map(|layer| (layer.as_str(), layer));
        let sectors = Sector::ALL.map(|sector| (sector.as_str(), sector));
        form.layer = self.word(line, "layer", &layers).unwrap_or(outset.layer);
        form.sector = self.word(line, "sector", &sectors).unwrap_or(outset.sector);
        if let Some(kinds) = line.get("site_kinds") {
            form.site_kinds = ids(kinds).map(SiteKind::from).collect();
        }
        if let Some(known) = &outset.known_kinds {
            for kind in form.site_kinds.iter().filter(|kind| !known.contains(*kind)) {
                self.tell(line.at("site_kinds"), Problem::KindUnknown(kind.to_string()));
            }
        }
        form.offered_if = self.expression_of(line, "offered_if");
        form.review = self.review(line);
        form.review_due = self.day(line, "review_due");
    }

    fn day(&mut self, line: Line<'a>, heading: &'static str) -> Option<NaiveDate> {
        let day = line.get(heading)?;
        let read = day.parse().ok();
        if read.is_none() {
            self.tell(line.at(heading), Problem::NotADay(day.to_owned()));
        }
        read
    }

    fn review(&mut self, line: Line<'a>) -> Option<Review> {
        let (by, on) = (line.get("reviewed_by"), line.get("reviewed_on"));
        let (Some(by), Some(_)) = (by, on) else {
            if by.is_some() || on.is_some() {
                let missing = if by.is_some() { "reviewed_on" } else { "reviewed_by" };
                self.tell(line.at(missing), Problem::Missing(missing));
            }
            return None;
        };
        let on = self.day(line, "reviewed_on")?;
        Some(Review { by: by.to_owned(), on })
    }
}

/// Ids of forms stand in addresses: they are names without letters beyond ASCII.
fn form_id_fault(id: &str) -> Option<Problem> {
    let plain: String = id.chars().map(|c| if c.is_ascii() { c } else { '_' }).collect();
    match name_fault(&plain, true) {
        Some(Problem::NameUnfit(_, offer)) => Some(Problem::NameUnfit(id.to_owned(), offer)),
        None if plain != id => Some(Problem::NameUnfit(id.to_owned(), plain)),
        other => other,
    }
}
