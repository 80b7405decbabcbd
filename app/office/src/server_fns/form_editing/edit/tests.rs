//! What a press of a button means for the rows.

use super::*;
use domain::form::sheets::Cells;

fn cells(headings: &[&str], rows: &[&[&str]]) -> Cells {
    let owned = |row: &&[&str]| row.iter().map(|&cell| cell.to_owned()).collect::<Vec<_>>();
    Cells { headings: owned(&headings), rows: rows.iter().map(owned).collect() }
}

fn draft() -> FormSheets {
    FormSheets {
        survey: cells(
            &["type", "name", "label::中文 (zh)", "relevant"],
            &[
                &["begin_group", "g1", "用电"],
                &["select_one gas", "gas", "用气方式"],
                &["end_group"],
                &["integer", "n", "几个", "1 = 1"],
            ],
        ),
        choices: cells(
            &["list_name", "name", "label::中文 (zh)", "label::English (en)", "shown_if"],
            &[&["gas", "none", "不用", "None"], &["gas", "piped", "管道", "Piped", "1 = 1"]],
        ),
        settings: Cells::default(),
    }
}

fn edit(does: &str, row: &str, cells: &[(&str, &str)]) -> DraftEdit {
    let cells = cells.iter().map(|&(name, text)| (name.to_owned(), text.to_owned())).collect();
    DraftEdit { does: does.to_owned(), row: row.to_owned(), cells, ..DraftEdit::default() }
}

#[test]
fn only_what_differs_is_written() {
    let typed = [("label_zh", "几个瓶"), ("relevant", "1 = 1"), ("kind", "integer"), ("days", "")];
    let (edits, chosen) = edit("save", "5", &typed).meant(&draft()).unwrap();
    let cells = BTreeMap::from([("label::中文 (zh)".to_owned(), "几个瓶".to_owned())]);
    assert_eq!(edits, [SheetEdit::Write { sheet: SheetName::Survey, row: 3, cells }]);
    assert_eq!(chosen, Some(Chosen::Row(3)));
    assert_eq!(edit("save", "5", &[("label_zh", "几个")]).meant(&draft()).unwrap().0, []);
}

#[test]
fn another_type_is_written_with_its_appearance() {
    let (edits, _) = edit("save", "5", &[("kind", "month")]).meant(&draft()).unwrap();
    let mut sheets = draft();
    edits.iter().for_each(|edit| sheets.apply(edit).unwrap());
    assert_eq!((sheets.survey.get(3, "type"), sheets.survey.get(3, "appearance")), ("date", "month-year"));
}

#[test]
fn choices_are_lines_and_keep_what_stands_beside_them() {
    assert_eq!(choices_text(&draft(), "gas"), "none | 不用 | None\npiped | 管道 | Piped");
    let typed = [
        ("kind", "select_one"),
        ("list", "gas"),
        ("choices", "piped | 管道气 | Piped\r\nlpg | 瓶装 | Bottled"),
    ];
    let (edits, _) = edit("save", "3", &typed).meant(&draft()).unwrap();
    let mut sheets = draft();
    edits.iter().for_each(|edit| sheets.apply(edit).unwrap());
    assert_eq!(choices_text(&sheets, "gas"), "piped | 管道气 | Piped\nlpg | 瓶装 | Bottled");
    assert_eq!(sheets.choices.get(0, "shown_if"), "1 = 1");
}

/// As it is saved.
fn done(sheets: &FormSheets, row: &str, typed: &[(&str, &str)]) -> Result<FormSheets, Unmeant> {
    let (edits, _) = edit("save", row, typed).meant(sheets)?;
    let mut sheets = sheets.clone();
    edits.iter().for_each(|edit| sheets.apply(edit).unwrap());
    Ok(sheets)
}

#[test]
fn another_list_comes_with_its_own_choices() {
    let mut sheets = draft();
    let fuel = ["fuel", "coal", "煤", "Coal"].map(str::to_owned).to_vec();
    sheets.choices.rows.push(fuel);
    let page = choices_text(&sheets, "gas");
    for choices in [page.as_str(), "", "none | 不用 | None"] {
        let typed = [("kind", "select_one"), ("list", "fuel"), ("choices", choices)];
        let after = done(&sheets, "3", &typed).unwrap();
        assert_eq!(after.survey.get(1, "type"), "select_one fuel");
        assert_eq!(after.choices, sheets.choices, "{choices:?}");
    }
    // A number that becomes a choice from a list that others offer: its page showed no choices.
    let typed = [("kind", "select_one"), ("list", "gas"), ("choices", "")];
    let after = done(&sheets, "5", &typed).unwrap();
    assert_eq!((after.survey.get(3, "type"), after.choices), ("select_one gas", sheets.choices.clone()));
}

#[test]
fn a_list_of_a_new_name_is_made_of_what_stands_on_the_page() {
    let page = choices_text(&draft(), "gas");
    let typed = [("kind", "select_one"), ("list", "gas_here"), ("choices", page.as_str())];
    let after = done(&draft(), "3", &typed).unwrap();
    assert_eq!((choices_text(&after, "gas_here"), choices_text(&after, "gas")), (page.clone(), page));
    let shown: Vec<_> = after.choices_of("gas_here").map(|row| after.choices.get(row, "shown_if")).collect();
    assert_eq!(shown, ["", "1 = 1"]);
}

#[test]
fn a_bar_stands_in_the_english_alone() {
    let of_gas =
        |choices: &str| done(&draft(), "3", &[("kind", "select_one"), ("list", "gas"), ("choices", choices)]);
    let english = "piped | 管道 | Piped | mains";
    let after = of_gas(english).unwrap();
    assert_eq!(after.choices.get(0, "label::English (en)"), "Piped | mains");
    assert_eq!(choices_text(&after, "gas"), english);
    let chinese = "piped | 管道 | 市政 | Piped";
    assert_eq!(of_gas(chinese), Err(Unmeant::Bar(chinese.to_owned())));
    // It came with a workbook: untouched it stays, but it cannot be written here.
    let mut sheets = draft();
    sheets.choices.rows[1][2] = "管道|市政".to_owned();
    let page = choices_text(&sheets, "gas");
    let typed = |choices| [("kind", "select_one"), ("list", "gas"), ("choices", choices)];
    assert_eq!(done(&sheets, "3", &typed(page.as_str())), Ok(sheets.clone()));
    let refused = done(&sheets, "3", &typed("none | 无 | None"));
    assert_eq!(refused, Err(Unmeant::Bar("piped | 管道|市政".to_owned())));
}

#[test]
fn a_picture_goes_with_what_is_said_of_it() {
    let mut sheets = draft();
    let cells = [("media::image", "a.jpg"), ("picture_zh", "指针在绿区"), ("label::中文 (zh)", "几个")];
    let cells = cells.map(|(heading, text)| (heading.to_owned(), text.to_owned())).into();
    sheets.apply(&SheetEdit::Write { sheet: SheetName::Survey, row: 3, cells }).unwrap();
    let left = |open: &str, typed: &[(&str, &str)]| {
        let removed = DraftEdit { open: open.to_owned(), ..edit("remove_picture", "5", typed) };
        let (edits, chosen) = removed.meant(&sheets).unwrap();
        let mut sheets = sheets.clone();
        edits.iter().for_each(|edit| sheets.apply(edit).unwrap());
        assert_eq!((sheets.survey.image(3), sheets.survey.get(3, "picture_zh")), ("", ""));
        assert_eq!(chosen, Some(Chosen::Row(3)));
        sheets.survey.get(3, "label::中文 (zh)").to_owned()
    };
    assert_eq!(left("", &[]), "几个");
    assert_eq!(
        left("5", &[("label_zh", "几个瓶"), ("picture_zh", "指针")]),
        "几个瓶",
        "what was typed is saved along"
    );
}

#[test]
fn a_new_row_has_a_name_of_its_own_and_is_open() {
    let (edits, chosen) = edit("group", "2", &[]).meant(&draft()).unwrap();
    let mut sheets = draft();
    edits.iter().for_each(|edit| sheets.apply(edit).unwrap());
    assert_eq!((sheets.survey.get(1, "type"), sheets.survey.get(1, "name")), ("begin_group", "g2"));
    assert_eq!(chosen, Some(Chosen::Row(1)));
    assert_eq!(edit("nonsense", "2", &[]).meant(&draft()), Err(Unmeant::Unknown));
}

#[test]
fn what_was_typed_into_the_open_row_is_saved_with_whatever_is_done_beside_it() {
    let typed = [("label_zh", "几个瓶"), ("name", "q1")];
    let beside = DraftEdit { open: "5".to_owned(), ..edit("question", "2", &typed) };
    let (edits, chosen) = beside.meant(&draft()).unwrap();
    let mut sheets = draft();
    edits.iter().for_each(|edit| sheets.apply(edit).unwrap());
    assert_eq!((sheets.survey.get(4, "label::中文 (zh)"), sheets.survey.get(4, "name")), ("几个瓶", "q1"));
    assert_eq!(sheets.survey.get(1, "name"), "q2", "the name was taken a moment before");
    assert_eq!(chosen, Some(Chosen::Row(1)));

    let gone = DraftEdit { open: "5".to_owned(), ..edit("remove", "5", &typed) };
    assert_eq!(gone.meant(&draft()).unwrap().0, [SheetEdit::Remove { row: 3 }]);
    let bar = [("kind", "select_one"), ("list", "gas"), ("choices", "piped | 管道 | 市政 | Piped")];
    let refused = DraftEdit { open: "3".to_owned(), ..edit("question", "2", &bar) };
    assert!(matches!(refused.meant(&draft()), Err(Unmeant::Bar(_))), "then nothing is done");
}

#[test]
fn a_row_that_moves_stays_open() {
    let moved = DraftEdit { before: "6".to_owned(), ..edit("move", "2", &[]) };
    let (edits, chosen) = moved.meant(&draft()).unwrap();
    assert_eq!(edits, [SheetEdit::Move { row: 0, before: 4 }]);
    assert_eq!(chosen, Some(Chosen::Row(1)));
}
