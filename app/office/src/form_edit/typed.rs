//! What was typed into the open row and is not saved yet. The page is drawn anew whenever the draft is loaded anew, and another
//! person may have changed it meanwhile: what was typed stands over the draft as it is now, field by field.

use super::address::Chosen;
use crate::server_fns::form_editing::edit::DraftEdit;
use domain::form::FormSheets;
use std::collections::BTreeMap;

/// Texts by the names of the fields.
pub type Texts = BTreeMap<String, String>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    pub row: Chosen,
    /// The name of the row when it was opened: by it the row is found where another person has moved it.
    named: String,
    /// Every field as it stands in the form.
    cells: Texts,
    /// Every field as it was saved when it was begun to be changed. Empty: of a form that came back without the program,
    /// which does not say it.
    was: Texts,
    /// What another person has saved in a field that is changed here, too.
    theirs: Texts,
}

impl Typed {
    /// None: nothing differs from what is saved. `saved`: the fields of the row as the draft has them.
    pub fn new(row: Chosen, named: &str, cells: Texts, saved: &Texts) -> Option<Self> {
        let typed = Self { row, named: named.to_owned(), cells, was: saved.clone(), theirs: Texts::new() };
        typed.differs().then_some(typed)
    }

    /// The form that came back refused, sent without the program.
    pub fn refused(edit: DraftEdit) -> Option<Self> {
        let row = Chosen::parse(&edit.row).filter(|_| edit.does == "save")?;
        Some(Self { row, named: edit.named, cells: edit.cells, was: Texts::new(), theirs: Texts::new() })
    }

    fn changed(&self) -> impl Iterator<Item = (&String, &String)> {
        self.cells
            .iter()
            .filter(move |(name, text)| self.was.get(*name).is_none_or(|was| plain(was) != plain(text)))
    }

    fn differs(&self) -> bool {
        self.changed().next().is_some()
    }

    /// The same over the row as the draft has it now; what was not touched is as it is there. None: nothing differs any more.
    pub fn over(&self, saved: &Texts) -> Option<Self> {
        let (mut cells, mut theirs) = (saved.clone(), self.theirs.clone());
        for (name, text) in self.changed() {
            let now = saved.get(name).map_or("", String::as_str);
            let meanwhile = self.was.get(name).is_some_and(|was| plain(was) != plain(now));
            if meanwhile && plain(now) != plain(text) {
                theirs.insert(name.clone(), now.to_owned());
            }
            cells.insert(name.clone(), text.clone());
        }
        let over = Self { row: self.row, named: self.named.clone(), cells, was: saved.clone(), theirs };
        over.differs().then_some(over)
    }

    /// Typed on: what another person saved is told until the row is saved.
    pub fn and_before(mut self, before: Option<Self>) -> Self {
        if let Some(before) = before.filter(|before| before.row == self.row && before.named == self.named) {
            self.theirs = before.theirs;
        }
        self
    }

    /// What was typed into a field.
    pub fn text(&self, name: &str) -> Option<&String> {
        self.cells.get(name)
    }

    /// What another person saved there meanwhile.
    pub fn theirs(&self, name: &str) -> Option<&String> {
        self.theirs.get(name)
    }

    /// Whether it belongs to this row of the draft.
    pub fn is_of(&self, row: Chosen, sheets: &FormSheets) -> bool {
        self.row == row && self.is_at(row, sheets)
    }

    fn is_at(&self, row: Chosen, sheets: &FormSheets) -> bool {
        row.row()
            .is_none_or(|row| row < sheets.survey.rows.len() && sheets.survey.get(row, "name") == self.named)
    }

    /// The same where its row stands now. None: the row is gone.
    pub fn moved(&self, sheets: &FormSheets) -> Option<Self> {
        let row = place(self.row, &self.named, sheets)?;
        Some(Self { row, ..self.clone() })
    }

    /// What changes of the form send along, as fields of theirs: see `DraftEdit::open`.
    pub fn fields(&self) -> Vec<(String, String)> {
        let cells = self.cells.iter().map(|(name, text)| (format!("edit[cells][{name}]"), text.clone()));
        std::iter::once(("edit[open]".to_owned(), self.row.word())).chain(cells).collect()
    }

    /// What differs, in the order of the names of the fields.
    pub fn texts(&self) -> Vec<String> {
        self.changed().map(|(_, text)| text.clone()).filter(|text| !text.is_empty()).collect()
    }
}

/// Where a row of this name stands. Names are their rows' own; one without a name is known by its number alone.
pub fn place(row: Chosen, named: &str, sheets: &FormSheets) -> Option<Chosen> {
    let Some(at) = row.row() else { return Some(row) };
    let rows = 0..sheets.survey.rows.len();
    let is_named = |row: &usize| sheets.survey.get(*row, "name") == named;
    if rows.contains(&at) && is_named(&at) {
        return Some(row);
    }
    rows.filter(|_| !named.is_empty()).find(is_named).map(Chosen::Row)
}

/// As it is saved: what browsers write at the ends of lines says nothing.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::form::sheets::Cells;

    fn texts(pairs: &[(&str, &str)]) -> Texts {
        pairs.iter().map(|&(name, text)| (name.to_owned(), text.to_owned())).collect()
    }

    fn sheets(names: &[&str]) -> FormSheets {
        let rows = names.iter().map(|&name| vec![name.to_owned()]).collect();
        let survey = Cells { headings: vec!["name".to_owned()], rows };
        FormSheets { survey, ..FormSheets::default() }
    }

    fn typed(cells: &[(&str, &str)], saved: &[(&str, &str)]) -> Option<Typed> {
        Typed::new(Chosen::Row(1), "b", texts(cells), &texts(saved))
    }

    #[test]
    fn what_is_as_it_was_saved_is_not_unsaved() {
        let saved = [("label_zh", "几个"), ("choices", "a\nb")];
        assert_eq!(typed(&[("label_zh", "几个 "), ("choices", "a\r\nb\r\n")], &saved), None);
        assert!(typed(&[("label_zh", ""), ("choices", "a\nb")], &saved).is_some(), "emptied");
    }

    #[test]
    fn what_was_typed_stands_over_what_another_person_saved_and_nothing_else_does() {
        let was = [("label_zh", "几个"), ("label_en", "How many"), ("days", "3")];
        let typed = typed(&[("label_zh", "几个瓶"), ("label_en", "How many"), ("days", "5")], &was).unwrap();
        let now = texts(&[("label_zh", "几只"), ("label_en", "How many bottles"), ("days", "3")]);
        let over = typed.over(&now).unwrap();
        assert_eq!(over.text("label_zh").unwrap(), "几个瓶");
        assert_eq!(over.theirs("label_zh").unwrap(), "几只", "both changed it");
        assert_eq!(
            (over.text("label_en").unwrap().as_str(), over.theirs("label_en")),
            ("How many bottles", None)
        );
        assert_eq!((over.text("days").unwrap().as_str(), over.theirs("days")), ("5", None));
        assert_eq!(over.over(&now), Some(over.clone()), "however often the page is drawn");

        let same = texts(&[("label_zh", "几个瓶"), ("label_en", "How many"), ("days", "5")]);
        assert_eq!(typed.over(&same), None, "the other person wrote the very same");
    }

    #[test]
    fn what_they_saved_is_told_while_one_types_on() {
        let first =
            typed(&[("days", "5")], &[("days", "3")]).unwrap().over(&texts(&[("days", "4")])).unwrap();
        let on = typed(&[("days", "7")], &[("days", "4")]).unwrap().and_before(Some(first));
        assert_eq!(on.theirs("days").unwrap(), "4");
    }

    #[test]
    fn a_row_is_found_where_another_person_moved_it() {
        let typed = typed(&[("days", "5")], &[("days", "3")]).unwrap();
        assert!(typed.is_of(Chosen::Row(1), &sheets(&["a", "b"])));
        assert!(!typed.is_of(Chosen::Row(0), &sheets(&["a", "b"])));
        assert!(
            !typed.is_of(Chosen::Row(1), &sheets(&["a", "new", "b"])),
            "it would be written into another row"
        );
        assert_eq!(typed.moved(&sheets(&["a", "new", "b"])).unwrap().row, Chosen::Row(2));
        assert_eq!(typed.moved(&sheets(&["a", "c"])), None, "gone");
        assert_eq!(place(Chosen::Row(1), "", &sheets(&["a", "", ""])), Some(Chosen::Row(1)));
        assert_eq!(place(Chosen::Row(1), "", &sheets(&["a", "b", ""])), None);
        assert_eq!(place(Chosen::Whole, "", &sheets(&[])), Some(Chosen::Whole));
    }

    #[test]
    fn a_form_that_came_back_without_the_program_is_shown_as_it_was_typed() {
        let edit = DraftEdit {
            does: "save".to_owned(),
            row: "3".to_owned(),
            named: "b".to_owned(),
            cells: texts(&[("days", "x")]),
            ..DraftEdit::default()
        };
        let typed = Typed::refused(edit.clone()).unwrap();
        assert!(typed.is_of(Chosen::Row(1), &sheets(&["a", "b"])));
        assert_eq!(typed.over(&texts(&[("days", "3")])).unwrap().text("days").unwrap(), "x");
        assert_eq!(Typed::refused(DraftEdit { does: "move".to_owned(), ..edit }), None);
    }
}
