//! Pictures of questions: which file a workbook names, what is said of it, and what is still to be added.

use crate::support::{book, outset, quote, survey, told};
use authoring::xlsform::{Imported, Outset, Problem, image_file, of_workbook, read_sheets};
use domain::{
    form::{QuestionPicture, SheetEdit, SheetName},
    photo::PhotoHash,
    text::{Bilingual, Lang},
};
use std::time::Instant;

/// Of the only question.
fn picture(imported: &Imported) -> Option<QuestionPicture> {
    imported.form.questions().next().unwrap().picture.clone()
}

#[test]
fn a_picture_is_named_in_any_language_and_described_in_both() {
    let image = PhotoHash::of(b"gauge");
    let file = format!("{image}.jpg");
    let read = |heads: [&str; 2], cells: [&str; 4]| {
        let head = ["type", "name", "label::zh", "label::en", heads[0], heads[1], "picture_zh", "picture_en"];
        let [one, other, zh, en] = cells;
        survey(&[
            &head,
            &["select_one yes_no", "gauge", "压力表正常吗", "Is the gauge right", one, other, zh, en],
        ])
    };
    let shown = Some(QuestionPicture {
        image: image.clone(),
        description: Bilingual::new("指针在绿区", "In the green"),
    });
    let file = file.as_str();
    let languages = ["media::image::English (en)", "media::image::中文 (zh)"];
    for (heads, other) in [(["media::image", "x"], ""), (languages, file)] {
        let imported = read(heads, [file, other, "指针在绿区", "In the green"]).unwrap();
        assert_eq!(picture(&imported), shown);
        assert!(of_survey(&imported).is_empty(), "{heads:?}");
    }

    // One question has one picture.
    let imported = read(languages, [file, "other.png", "指针在绿区", "In the green"]).unwrap();
    assert_eq!(picture(&imported), shown);
    assert_eq!(of_survey(&imported), [&Problem::OnePicture]);

    let only = |cells| {
        let faults = told(read(["image", "x"], cells));
        faults.into_iter().map(|(_, problem)| problem).collect::<Vec<_>>()
    };
    assert_eq!(only([file, "", "", ""]), [Problem::Missing("picture_zh")]);
    assert_eq!(only(["", "", "指针在绿区", "In the green"]), [Problem::Missing("media::image")]);
}

/// What is remarked of the questions; of what these tests choose from there is always a column too many.
fn of_survey(imported: &Imported) -> Vec<&Problem> {
    let remarks = imported.remarks.iter().filter(|remark| remark.place.sheet == "survey");
    remarks.map(|remark| &remark.problem).collect()
}

#[test]
fn a_file_that_is_not_in_the_workbook_is_named_to_its_author() {
    let head: &[&str] = &["type", "name", "label::zh", "label::en", "media::image"];
    let imported = survey(&[head, &["select_one yes_no", "q", "问", "Q", "gauge.png"]]).unwrap();
    assert_eq!(picture(&imported), None);
    let remark = imported.remarks.iter().find(|remark| remark.place.sheet == "survey").unwrap();
    assert_eq!(remark.place.words(Lang::En), "survey!E2 (media::image)");
    assert_eq!(remark.problem, Problem::PictureToAdd("gauge.png".to_owned()));
}

#[test]
fn a_picture_that_the_office_does_not_hold_stays_named_until_it_is_added() {
    let image = PhotoHash::of(b"gauge");
    let outset = Outset { pictures: Some([image.clone()].into()), ..outset() };
    let read = |rows: &_| read_sheets(rows, &outset, &quote);
    let asks: &[&[&str]] = &[
        &["type", "name", "label::zh", "label::en", "media::image", "picture_zh", "picture_en"],
        &["select_one pass_fail", "gauge", "压力", "Gauge", "gauge.png", "指针在绿区", "In the green"],
    ];
    let rows = of_workbook(&book(&[("survey", asks)]), Instant::now()).unwrap();
    let imported = read(&rows).unwrap();
    assert_eq!(picture(&imported), None);
    let mut own = imported.sheets().unwrap();
    let added = Problem::PictureToAdd("gauge.png".to_owned());
    let remarks = read(&own).unwrap().remarks;
    assert!(remarks.iter().any(|remark| remark.problem == added), "{remarks:?}");

    let cells = own.survey.naming_image(&image_file(&image));
    own.apply(&SheetEdit::Write { sheet: SheetName::Survey, row: 0, cells }).unwrap();
    let read = read(&own).unwrap();
    let description = Bilingual::new("指针在绿区", "In the green");
    assert_eq!(picture(&read), Some(QuestionPicture { image, description }));
    assert_eq!((read.remarks, read.wanted), (vec![], vec![]));
}
