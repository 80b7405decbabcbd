//! 检查表编制: from a workbook to a version that phones ask, and what stands in the way.

mod pictures;
mod references;

use super::{
    asker::{at_desk, said},
    office::TestOffice,
};
use app::error::AppError;
use domain::{
    audit::{Act, AuditFilter, SubjectKind},
    form::{
        SheetEdit, SheetName,
        editing::{DraftFile, DraftLint, FormOverview, SheetFault},
    },
    id::FormId,
    person::Person,
    role::Role,
    time::office_day,
};
use serde_json::{Value, json};
use server::service::{Asker, form_editing};

/// A built-in form that a phone of the test office has.
const FORM: &str = "ebike-charging";

struct Desk<'a> {
    office: &'a TestOffice,
    by: Asker,
    form: FormId,
}

impl<'a> Desk<'a> {
    async fn of(office: &'a TestOffice, role: Role) -> Self {
        let people = office.state.store.people(office.office.id).await.unwrap();
        let person: Person = people.into_iter().find(|person| person.username == role.as_str()).unwrap();
        Self { by: at_desk(&person.actor(office.office.id, None)), office, form: FormId::from(FORM) }
    }

    async fn begin(&self) -> Result<DraftFile, AppError> {
        said(form_editing::begin(&self.office.state, &self.by, &self.form).await)?;
        self.file().await
    }

    async fn file(&self) -> Result<DraftFile, AppError> {
        said(form_editing::file(&self.office.state, &self.by, &self.form).await)
    }

    async fn write(&self, seen: &DraftFile, row: usize, heading: &str, text: &str) -> Result<(), AppError> {
        let cells = [(heading.to_owned(), text.to_owned())].into();
        let edit = SheetEdit::Write { sheet: SheetName::Survey, row, cells };
        said(form_editing::edit(&self.office.state, &self.by, &self.form, seen.saved_at, &[edit]).await)
            .map(drop)
    }

    async fn send(&self, bytes: &[u8]) -> Result<FormId, AppError> {
        said(form_editing::take_workbook(&self.office.state, &self.by, "表.xlsx", bytes).await)
    }

    async fn workbook(&self, version: Option<u32>) -> Vec<u8> {
        form_editing::workbook(&self.office.state, &self.by, &self.form, version).await.unwrap().1
    }

    async fn publish(&self, seen: &DraftFile, reviewer: &str) -> Result<u32, AppError> {
        let today = office_day(self.office.state.now());
        let (state, form) = (&self.office.state, &self.form);
        said(form_editing::publish(state, &self.by, form, seen.saved_at, today, reviewer).await)
    }

    async fn overview(&self) -> FormOverview {
        let (all, _) = form_editing::overview(&self.office.state, &self.by).await.unwrap();
        all.into_iter().find(|row| row.id == self.form).unwrap()
    }
}

/// A row of the draft that somebody answers.
fn asked(file: &DraftFile) -> usize {
    let survey = &file.sheets.survey;
    (0..survey.rows.len()).find(|row| survey.get(*row, "type").starts_with("select_one")).unwrap()
}

fn versions(changes: &[Value]) -> Vec<u64> {
    let of_form = changes.iter().filter(|change| change["kind"] == "form" && change["body"]["id"] == FORM);
    of_form.map(|change| change["body"]["version"].as_u64().unwrap()).collect()
}

#[tokio::test]
async fn a_workbook_with_faults_is_mended_and_published_and_phones_get_it() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Supervisor).await;
    let phone = office.phone(Role::Inspector).await;
    let (_, cursor) = phone.pull(None).await;
    let published = desk.overview().await.published.unwrap();
    assert!(!published.own, "built in");

    // A draft that somebody spoiled, exported, discarded, and sent in again.
    let file = desk.begin().await.unwrap();
    let row = asked(&file);
    desk.write(&file, row, "relevant", "${nothing_of_this_name} > 0").await.unwrap();
    let bytes = desk.workbook(None).await;
    form_editing::discard(&office.state, &desk.by, &desk.form).await.unwrap();
    assert_eq!(desk.file().await.unwrap_err(), AppError::NotFound);
    assert_eq!(desk.send(&bytes).await.unwrap(), desk.form);

    let faulty = desk.file().await.unwrap();
    let places: Vec<_> =
        faulty.faults.iter().map(|fault| (fault.sheet.as_str(), fault.row, fault.heading.as_str())).collect();
    assert_eq!(places, [("survey", Some(row), "relevant")], "{:?}", faulty.faults);
    assert_eq!(faulty.form, None);
    assert_eq!(desk.overview().await.draft.unwrap().faults, 1);
    let refused = desk.publish(&faulty, "林芳").await.unwrap_err();
    assert_eq!(refused, AppError::Sheets { faults: faulty.faults.clone() });

    // While it is typed nothing is kept.
    let cells = [("relevant".to_owned(), String::new())].into();
    let edit = SheetEdit::Write { sheet: SheetName::Survey, row, cells };
    let left = form_editing::lint(&office.state, &desk.by, &desk.form, &[edit]).await.unwrap();
    assert_eq!((left, desk.file().await.unwrap()), (DraftLint::default(), faulty.clone()));
    desk.write(&faulty, row, "relevant", "").await.unwrap();
    let mended = desk.file().await.unwrap();
    desk.write(&mended, row, "label::中文 (zh)", "改过的检查项").await.unwrap();
    let mended = desk.file().await.unwrap();
    assert_eq!(mended.faults, []);
    assert_eq!(
        versions(&phone.pull(Some(cursor.clone())).await.0),
        [0u64; 0],
        "a draft is nobody's but the desk's"
    );

    let refused = desk.publish(&mended, " ").await.unwrap_err();
    assert!(matches!(refused, AppError::Invalid { field, .. } if field == "reviewer"));
    let version = desk.publish(&mended, "林芳").await.unwrap();
    assert_eq!(version, published.version + 1);
    let row = desk.overview().await;
    let edition = row.published.unwrap();
    assert_eq!((edition.version, edition.own, row.draft), (version, true, None));
    assert_eq!(edition.review.unwrap().by, "林芳");
    let (changes, _) = phone.pull(Some(cursor)).await;
    assert_eq!(versions(&changes), [u64::from(version)]);
    assert!(json!(changes).to_string().contains("改过的检查项"));

    let filter = AuditFilter { page: 1, ..AuditFilter::default() };
    let entries = office.state.store.audit(office.office.id, &filter).await.unwrap().rows;
    let count = |act: Act, kind: SubjectKind| {
        entries.iter().filter(|entry| entry.act == act && entry.subject.kind == kind).count()
    };
    let counts = [
        count(Act::Added, SubjectKind::FormDraft),
        count(Act::Removed, SubjectKind::FormDraft),
        count(Act::Published, SubjectKind::Form),
    ];
    assert_eq!(counts, [2, 1, 1]);
}

#[tokio::test]
async fn what_is_no_workbook_leaves_the_draft_as_it_was() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Administrator).await;
    let before = desk.begin().await.unwrap();
    let refused = desk.send(b"PK and nothing else").await.unwrap_err();
    assert!(matches!(refused, AppError::Sheets { faults } if !faults.is_empty()));
    assert_eq!(desk.file().await.unwrap(), before);
}

#[tokio::test]
async fn whoever_may_not_write_forms_only_reads_them() {
    let office = TestOffice::open().await;
    let writer = Desk::of(&office, Role::Supervisor).await;
    let file = writer.begin().await.unwrap();
    let bytes = writer.workbook(None).await;
    let officer = Desk::of(&office, Role::Officer).await;
    assert_eq!(officer.begin().await.unwrap_err(), AppError::NotAllowed);
    assert_eq!(officer.file().await.unwrap_err(), AppError::NotAllowed);
    assert_eq!(officer.send(&bytes).await.unwrap_err(), AppError::NotAllowed);
    assert_eq!(officer.write(&file, 0, "name", "x").await.unwrap_err(), AppError::NotAllowed);
    assert_eq!(officer.publish(&file, "林芳").await.unwrap_err(), AppError::NotAllowed);
    let today = office_day(office.state.now());
    let withdrawn = form_editing::withdraw(&office.state, &officer.by, &officer.form, today).await;
    assert_eq!(said(withdrawn).unwrap_err(), AppError::NotAllowed);
    let draft = form_editing::workbook(&office.state, &officer.by, &officer.form, None).await;
    assert_eq!(said(draft).unwrap_err(), AppError::NotAllowed);
    let overview = officer.overview().await;
    assert!(overview.draft.is_some() && overview.published.is_some());
    let version = overview.published.unwrap().version;
    assert!(!officer.workbook(Some(version)).await.is_empty());
}

#[tokio::test]
async fn whoever_comes_second_is_told_and_nothing_is_lost() {
    let office = TestOffice::open().await;
    let (one, other) =
        (Desk::of(&office, Role::Supervisor).await, Desk::of(&office, Role::Administrator).await);
    let seen = one.begin().await.unwrap();
    let row = asked(&seen);
    one.write(&seen, row, "label::中文 (zh)", "一").await.unwrap();
    let refused = other.write(&seen, row, "label::中文 (zh)", "二").await.unwrap_err();
    assert!(matches!(refused, AppError::Changed { .. }));
    assert!(matches!(other.publish(&seen, "林芳").await.unwrap_err(), AppError::Changed { .. }));
    let now = other.file().await.unwrap();
    assert_eq!(now.sheets.survey.get(row, "label::中文 (zh)"), "一");
    assert_eq!(now.saved_by, one.by.actor.name);
    other.write(&now, row, "label::中文 (zh)", "二").await.unwrap();
    // Of several changes either all are carried out or none.
    let now = other.file().await.unwrap();
    let edits = [SheetEdit::Remove { row }, SheetEdit::Remove { row: 99_999 }];
    let done = form_editing::edit(&office.state, &other.by, &other.form, now.saved_at, &edits).await;
    assert!(matches!(said(done).unwrap_err(), AppError::Changed { .. }));
    assert_eq!(other.file().await.unwrap(), now);
}

#[tokio::test]
async fn a_form_is_withdrawn_by_its_last_day_and_phones_hear_of_it() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Supervisor).await;
    let phone = office.phone(Role::Inspector).await;
    let (_, cursor) = phone.pull(None).await;
    let today = office_day(office.state.now());
    let gone = today - chrono::Duration::days(2);
    let refused = form_editing::withdraw(&office.state, &desk.by, &desk.form, gone).await;
    assert!(matches!(said(refused).unwrap_err(), AppError::Invalid { field, .. } if field == "until"));
    form_editing::withdraw(&office.state, &desk.by, &desk.form, today).await.unwrap();
    assert_eq!(desk.overview().await.published.unwrap().validity.until, Some(today));
    let (changes, _) = phone.pull(Some(cursor)).await;
    let form = changes.iter().find(|change| change["kind"] == "form" && change["body"]["id"] == FORM);
    assert_eq!(form.unwrap()["body"]["validity"]["until"], json!(today));
    let filter = AuditFilter { act: Some(Act::Withdrawn), page: 1, ..AuditFilter::default() };
    let entries = office.state.store.audit(office.office.id, &filter).await.unwrap().rows;
    assert_eq!(entries.len(), 1);
}

#[tokio::test]
async fn every_version_stays_and_a_draft_of_nothing_is_empty() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Supervisor).await;
    let file = desk.begin().await.unwrap();
    let version = desk.publish(&file, "林芳").await.unwrap();
    let (editions, draft) = form_editing::versions(&office.state, &desk.by, &desk.form).await.unwrap();
    let listed: Vec<_> = editions.iter().map(|edition| (edition.version, edition.own)).collect();
    assert_eq!((listed, draft), (vec![(version, true), (version - 1, false)], None));
    let old = form_editing::version(&office.state, &desk.by, &desk.form, version - 1).await.unwrap();
    assert_eq!(old.version, version - 1);

    let new = Desk { form: FormId::from("of-our-own"), ..Desk::of(&office, Role::Supervisor).await };
    let file = new.begin().await.unwrap();
    assert_eq!((file.sheets.survey.rows.len(), file.published), (0, None));
    let unfit = Desk { form: FormId::from("不行"), ..Desk::of(&office, Role::Supervisor).await };
    assert!(matches!(unfit.begin().await.unwrap_err(), AppError::Invalid { field, .. } if field == "id"));
}

#[tokio::test]
async fn a_standard_that_has_ended_is_told_at_its_row_and_of_what_is_published() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Supervisor).await;
    let file = desk.begin().await.unwrap();
    let row = asked(&file);
    let before = (file.ended.len(), desk.overview().await.ended);
    let told = |ended: &[SheetFault]| {
        let here = ended.iter().filter(|basis| basis.row == Some(row) && basis.heading == "standard");
        here.map(|basis| basis.words.clone()).collect::<Vec<_>>()
    };
    let typed = async |standard: &str| {
        let cells = [("standard".to_owned(), standard.to_owned())].into();
        let edit = SheetEdit::Write { sheet: SheetName::Survey, row, cells };
        form_editing::lint(&office.state, &desk.by, &desk.form, &[edit]).await.unwrap()
    };
    // As it is typed: the one that took its place is in force, and is named.
    assert_eq!(told(&typed("GB 35181-2025 | 5").await.ended), [""; 0]);
    let found = typed("GB35181—2017 | 7.1.1").await;
    assert_eq!(found.faults, []);
    let words = told(&found.ended);
    assert!(
        matches!(&words[..], [one] if one.contains("GB35181—2017 7.1.1") && one.contains("GB 35181-2025"))
    );

    desk.write(&file, row, "standard", "GB35181—2017 | 7.1.1").await.unwrap();
    let saved = desk.file().await.unwrap();
    assert_eq!((told(&saved.ended), saved.ended.len()), (words, before.0 + 1));
    assert_eq!(saved.faults, []);

    // It keeps nothing from being published; the list says it then.
    desk.publish(&saved, "林芳").await.unwrap();
    assert_eq!(desk.overview().await.ended, before.1 + 1);
}
