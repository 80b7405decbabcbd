//! Drafts as rows of cells, and what an author does to them.

use domain::form::{
    FormSheets, SheetEdit, SheetName,
    sheets::{Cells, NoSuchPlace},
};
use proptest::prelude::*;

fn sheets(rows: &[(&str, &str)]) -> FormSheets {
    let headings = vec!["type".to_owned(), "name".to_owned()];
    let rows = rows.iter().map(|(kind, name)| vec![(*kind).to_owned(), (*name).to_owned()]).collect();
    FormSheets { survey: Cells { headings, rows }, ..FormSheets::default() }
}

fn draft() -> FormSheets {
    sheets(&[
        ("acknowledge", "a"),
        ("begin group", "g"),
        ("acknowledge", "b"),
        ("begin_repeat", "r"),
        ("acknowledge", "c"),
        ("end_repeat", ""),
        ("end group", ""),
        ("acknowledge", "d"),
    ])
}

fn names(sheets: &FormSheets) -> Vec<&str> {
    (0..sheets.survey.rows.len()).map(|row| sheets.survey.get(row, "name")).collect()
}

#[test]
fn a_group_moves_with_all_that_stands_in_it() {
    let mut sheets = draft();
    sheets.apply(&SheetEdit::Move { row: 1, before: 8 }).unwrap();
    assert_eq!(names(&sheets), ["a", "d", "g", "b", "r", "c", "", ""]);
    sheets.apply(&SheetEdit::Move { row: 2, before: 0 }).unwrap();
    assert_eq!(names(&sheets), ["g", "b", "r", "c", "", "", "a", "d"]);
}

#[test]
fn nothing_moves_into_itself_and_no_end_by_itself() {
    let mut sheets = draft();
    for (row, before) in [(1, 3), (1, 6), (6, 0), (5, 8)] {
        assert_eq!(sheets.apply(&SheetEdit::Move { row, before }), Err(NoSuchPlace::InItself));
    }
    assert_eq!(sheets.apply(&SheetEdit::Move { row: 99, before: 0 }), Err(NoSuchPlace::InItself));
    assert_eq!(sheets.apply(&SheetEdit::Remove { row: 99 }), Err(NoSuchPlace::Row));
    assert_eq!(sheets, draft());
}

#[test]
fn a_new_group_comes_with_its_end_and_goes_with_it() {
    let mut sheets = sheets(&[("acknowledge", "a")]);
    let cells = [("type", "begin_group"), ("name", "g"), ("label", "一")];
    let cells = cells.map(|(heading, text)| (heading.to_owned(), text.to_owned())).into();
    sheets.apply(&SheetEdit::Insert { before: 9, cells }).unwrap();
    assert_eq!(names(&sheets), ["a", "g", ""]);
    assert_eq!(sheets.survey.get(1, "label"), "一", "a heading that was not there");
    assert_eq!(sheets.depths(), [0, 0, 0]);
    assert!(sheets.is_end(2));
    sheets.apply(&SheetEdit::Remove { row: 1 }).unwrap();
    assert_eq!(names(&sheets), ["a"]);
}

#[test]
fn the_choices_of_a_list_are_replaced_where_they_stand() {
    let mut sheets = FormSheets::default();
    let choice = |name: &str| [("name".to_owned(), name.to_owned())].into();
    let put = |list: &str, names: &[&str]| SheetEdit::Choices {
        list: list.to_owned(),
        rows: names.iter().map(|name| choice(name)).collect(),
    };
    sheets.apply(&put("sheds", &["open", "indoor"])).unwrap();
    sheets.apply(&put("doors", &["one"])).unwrap();
    sheets.apply(&put("sheds", &["open"])).unwrap();
    let lists: Vec<_> = (0..sheets.choices.rows.len())
        .map(|row| (sheets.choices.get(row, "list_name"), sheets.choices.get(row, "name")))
        .collect();
    assert_eq!(lists, [("sheds", "open"), ("doors", "one")]);
    assert_eq!(sheets.choices_of("doors").collect::<Vec<_>>(), [1]);
}

#[test]
fn settings_have_one_row_to_write_into() {
    let mut sheets = FormSheets::default();
    let cells = [("form_id".to_owned(), " mine ".to_owned())].into();
    sheets.apply(&SheetEdit::Write { sheet: SheetName::Settings, row: 0, cells }).unwrap();
    assert_eq!(sheets.settings.get(0, "form_id"), "mine");
}

proptest! {
    /// Wherever rows are moved, none is lost, and groups stay whole.
    #[test]
    fn moving_loses_nothing(moves in prop::collection::vec((0usize..9, 0usize..10), 0..20)) {
        let mut sheets = draft();
        let mut before = sheets.survey.rows.clone();
        for (row, to) in moves {
            let _ = sheets.apply(&SheetEdit::Move { row, before: to });
            prop_assert_eq!(sheets.depths().last().copied(), Some(0));
        }
        let mut after = sheets.survey.rows.clone();
        before.sort();
        after.sort();
        prop_assert_eq!(before, after);
    }
}

#[test]
fn a_row_goes_one_place_higher_or_lower_and_out_of_its_group_at_the_edge() {
    let sheets = draft();
    let moved = |row: usize, before: Option<usize>| {
        let mut sheets = draft();
        sheets.apply(&SheetEdit::Move { row, before: before.unwrap() }).unwrap();
        let lands = draft().lands(row, before.unwrap()).unwrap();
        assert_eq!(sheets.survey.get(lands, "name"), draft().survey.get(row, "name"), "where it is now");
        names(&sheets).concat()
    };
    assert_eq!(names(&sheets).concat(), "agbrcd");
    assert_eq!(moved(1, sheets.above(1)), "gbrcad", "a group before what is above it");
    assert_eq!(moved(7, sheets.above(7)), "adgbrc", "over the whole group");
    assert_eq!(moved(2, sheets.above(2)), "abgrcd", "out of its group");
    assert_eq!(moved(0, sheets.below(0)), "gbrcad", "over the whole group");
    assert_eq!(moved(2, sheets.below(2)), "agrcbd", "over the repeat beside it");
    assert_eq!(moved(3, sheets.below(3)), "agbrcd", "out of its group, at whose end it stood");
    assert_eq!((sheets.above(0), sheets.below(7)), (None, None));
    assert_eq!(sheets.above(6), None, "an end does not go by itself");
    assert_eq!(sheets.lands(1, 3), None);
}

#[test]
fn a_row_names_one_picture_whatever_its_workbook_calls_the_column() {
    let headings = ["type", "media::image::English (en)", "big-image", "Image", "media::image::中文 (zh)"];
    let mut sheets = FormSheets::default();
    sheets.survey.headings = headings.map(str::to_owned).to_vec();
    sheets.survey.rows = vec![["note", "a.png", "large.png", "", "b.png"].map(str::to_owned).to_vec()];
    assert_eq!(sheets.survey.image(0), "a.png");
    let name = |sheets: &mut FormSheets, file: &str| {
        let cells = sheets.survey.naming_image(file);
        sheets.apply(&SheetEdit::Write { sheet: SheetName::Survey, row: 0, cells }).unwrap();
        sheets.survey.rows[0].clone()
    };
    assert_eq!(name(&mut sheets, "c.jpg"), ["note", "c.jpg", "large.png", "", ""]);
    assert_eq!(name(&mut sheets, ""), ["note", "", "large.png", "", ""]);
    assert_eq!(sheets.survey.image(0), "");
    let mut sheets = self::sheets(&[("note", "a")]);
    assert_eq!(name(&mut sheets, "c.jpg"), ["note", "a", "c.jpg"]);
    assert_eq!(sheets.survey.headings, ["type", "name", "media::image"]);
}
