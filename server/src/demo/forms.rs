//! What an office does with forms: one of its own in place of a built-in one, one that begins next month, a draft of a further
//! version to be compared, which names a standard that has ended, and one that was only begun and still has faults.

use super::form_picture;
use crate::{catalogue::Catalogue, storage::FormDraft};
use authoring::xlsform;
use chrono::{DateTime, Datelike, Months, Utc};
use domain::{
    form::{
        Basis, Entry, Form, FormSheets, PhotoRule, Question, QuestionKind, Review, SheetEdit, SheetName,
        Standard, Validity,
    },
    id::{FormId, QuestionId},
    text::Bilingual,
    time::office_day,
};

/// Who answers for the office's own forms, and who writes them.
const REVIEWER: &str = "应急办 刘强";

#[derive(Debug, Default)]
pub(super) struct OwnForms {
    /// By their versions.
    pub published: Vec<Form>,
    pub drafts: Vec<FormDraft>,
}

/// The built-in form that the office has published anew, and works on further.
const LODGING: &str = "lodging";

/// What a question of the draft rests on: the editor says that it has ended.
const ENDED: &str = "GB 35181-2017";

/// The one that begins next month.
const CAMPAIGN: &str = "fire-lane-campaign";

pub(super) fn plan(now: DateTime<Utc>, catalogue: &Catalogue) -> OwnForms {
    let today = office_day(now);
    let next_month = today.with_day(1).and_then(|first| first.checked_add_months(Months::new(1)));
    let built_in = |id: &str| catalogue.forms.iter().find(|form| form.id.as_str() == id);
    let review = Some(Review { by: REVIEWER.to_owned(), on: today });
    let mut own = OwnForms::default();
    if let Some(form) = built_in(LODGING) {
        let published = Form { version: form.version + 1, review: review.clone(), ..with_night_duty(form) };
        let mut further = Form { version: published.version + 1, ..published.clone() };
        further.title = Bilingual::new(
            "宾馆旅馆民宿检查（节前）",
            "Inspection: hotel or guest house (before the holidays)",
        );
        if let Some(Entry::Question(question)) = further.entries.last_mut() {
            let (number, clause) = (ENDED.to_owned(), String::new());
            question.basis.standard.push(Standard { number, clause, valid_until: None });
        }
        if let Ok(sheets) = xlsform::sheets(&further) {
            own.drafts.push(draft(LODGING, now, sheets));
        }
        own.published.push(published);
    }
    if let Some(form) = built_in(CAMPAIGN) {
        let validity = Validity { from: next_month, until: None };
        own.published.push(Form { version: form.version + 1, validity, review, ..form.clone() });
    }
    own.drafts.push(draft("spring-fireworks", now, begun()));
    own
}

/// The question of it that shows how it should look.
const WITH_PICTURE: &str = "extinguishers-ready";

/// The same, with a picture, and with a question of the office's own at its end.
fn with_night_duty(form: &Form) -> Form {
    let question = Question {
        id: QuestionId::from("night-duty"),
        text: Bilingual::new("夜间值班人员在岗、清醒", "Staff on night duty are there and awake"),
        hint: Some(Bilingual::new("查值班表，问应急电话", "See the roster, ask for the emergency number")),
        picture: None,
        kind: QuestionKind::SelectOne(vec![choice("yes", "是", "Yes"), choice("no", "否", "No")]),
        required: None,
        read_only: false,
        default: None,
        relevant: None,
        constraint: None,
        criterion: None,
        photo: PhotoRule::Never,
        allow_existing_photo: false,
        basis: Basis { good_practice: true, ..Basis::default() },
        every: None,
        fact: None,
    };
    let mut form = form.clone();
    form_picture::show(&mut form.entries, WITH_PICTURE);
    form.entries.push(Entry::Question(Box::new(question)));
    form
}

fn choice(id: &str, zh: &str, en: &str) -> domain::form::Choice {
    domain::form::Choice { id: id.into(), text: Bilingual::new(zh, en), shown_if: None }
}

/// A list that somebody has begun: one question lacks its English, another goes by a name that there is not.
fn begun() -> FormSheets {
    let mut sheets = FormSheets::default();
    let cells = |cells: &[(&str, &str)]| {
        cells.iter().map(|(heading, text)| ((*heading).to_owned(), (*text).to_owned())).collect()
    };
    let settings = [
        ("form_id", "spring-fireworks"),
        ("title_zh", "春节烟花爆竹零售点巡查"),
        ("title_en", "Patrol: fireworks stalls at Spring Festival"),
        ("layer", "patrol"),
        ("sector", "hazchem"),
        ("site_kinds", "fireworks-retail"),
        ("version", "1"),
    ];
    let rows: [&[(&str, &str)]; 3] = [
        &[
            ("type", "select_one pass_fail"),
            ("name", "licence"),
            ("label::中文 (zh)", "零售许可证在有效期内并挂在明处"),
            ("label::English (en)", "The retail licence is valid and hangs in sight"),
            ("hint::中文 (zh)", "看许可证日期"),
            ("hint::English (en)", "See the dates of the licence"),
            ("good_practice", "yes"),
        ],
        &[
            ("type", "integer"),
            ("name", "boxes"),
            ("label::中文 (zh)", "存放箱数"),
            ("label::English (en)", "Boxes stored"),
            ("unit_zh", "箱"),
            ("unit_en", "boxes"),
            ("relevant", "${license} = 'pass'"),
            ("good_practice", "yes"),
        ],
        &[
            ("type", "select_one pass_fail"),
            ("name", "extinguishers"),
            ("label::中文 (zh)", "灭火器不少于 2 具且压力正常"),
            ("good_practice", "yes"),
        ],
    ];
    let edits =
        std::iter::once(SheetEdit::Write { sheet: SheetName::Settings, row: 0, cells: cells(&settings) });
    let rows = rows.into_iter().map(|row| SheetEdit::Insert { before: usize::MAX, cells: cells(row) });
    for edit in edits.chain(rows) {
        // There is always a first row of settings, and an end to insert at.
        let _ = sheets.apply(&edit);
    }
    sheets
}

/// Its faults are counted by whoever writes it.
fn draft(id: &str, now: DateTime<Utc>, sheets: FormSheets) -> FormDraft {
    FormDraft { id: FormId::from(id), saved_at: now, saved_by: REVIEWER.to_owned(), faults: 0, sheets }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn what_is_published_has_no_fault_and_begins_when_it_says() {
        let now = Utc.with_ymd_and_hms(2026, 11, 30, 2, 0, 0).unwrap();
        let catalogue = Catalogue::built_in().unwrap();
        let own = plan(now, &catalogue);
        let versions: Vec<_> = own.published.iter().map(|form| (form.id.as_str(), form.version)).collect();
        assert_eq!(versions, [("lodging", 2), ("fire-lane-campaign", 2)]);
        for form in &own.published {
            assert_eq!(form.check(), [], "{}", form.id);
        }
        assert_eq!(own.published[0].pictures().len(), 1, "there is such a question");
        assert_eq!(own.published[1].validity.from.map(|day| day.to_string()).as_deref(), Some("2026-12-01"));
        assert_eq!(
            own.drafts.iter().map(|draft| draft.id.as_str()).collect::<Vec<_>>(),
            ["lodging", "spring-fireworks"]
        );
        let sheets = &own.drafts[0].sheets.survey;
        assert!((0..sheets.rows.len()).any(|row| sheets.get(row, "standard") == ENDED), "to be told of");
    }
}
