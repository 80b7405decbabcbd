//! Writing forms: what happens to drafts of several people, and to versions that overlap.

use crate::office::{TestOffice, at_desk, now};
use chrono::NaiveDate;
use domain::{
    audit::{Act, AuditFilter, SubjectKind},
    form::{Form, SheetEdit, SheetName},
    id::FormId,
    role::{Actor, Role},
    settings::standards::StandardRejection,
    time::{office_day, short},
};
use service::{Asker, Error, form_editing, forms, standards};

/// A built-in form.
const FORM: &str = "ebike-charging";

fn id() -> FormId {
    FormId::from(FORM)
}

/// Somebody else who writes forms.
fn other(office: &TestOffice) -> Asker {
    let person = office.services.new_id();
    at_desk(&Actor { person, name: "林芳".into(), role: Role::Supervisor, ..office.administrator.clone() })
}

async fn count(office: &TestOffice, act: Act) -> usize {
    let filter =
        AuditFilter { act: Some(act), subject: Some(SubjectKind::FormDraft), page: 1, ..Default::default() };
    office.services.store.audit(office.administrator.office, &filter).await.unwrap().rows.len()
}

/// Writes a cell of the first question with choices.
async fn write(office: &TestOffice, by: &Asker, heading: &str, words: &str) {
    let services = &office.services;
    let (seen, sheets) = form_editing::saved(services, by, &id()).await.unwrap();
    let row = (0..sheets.survey.rows.len())
        .find(|row| sheets.survey.get(*row, "type").starts_with("select_one"))
        .unwrap();
    let cells = [(heading.to_owned(), words.to_owned())].into();
    let edit = SheetEdit::Write { sheet: SheetName::Survey, row, cells };
    form_editing::edit(services, by, &id(), seen, &[edit]).await.unwrap();
}

async fn spoil(office: &TestOffice, by: &Asker, formula: &str) {
    write(office, by, "relevant", formula).await;
}

#[tokio::test]
async fn a_workbook_does_not_take_the_place_of_somebody_elses_draft() {
    let office = TestOffice::open().await;
    let (services, by, other) = (&office.services, office.asker(), other(&office));
    form_editing::begin(services, &by, &id()).await.unwrap();
    let (_, bytes) = form_editing::workbook(services, &by, &id(), None).await.unwrap();
    let before = form_editing::file(services, &by, &id()).await.unwrap();

    let refused = form_editing::take_workbook(services, &other, "a.xlsx", &bytes).await.unwrap_err();
    let Error::Invalid { field, reason } = refused else { panic!("{refused:?}") };
    assert_eq!(field, "file");
    assert!(reason.contains(&by.actor.name) && reason.contains(&short(now())), "{reason}");
    assert_eq!(form_editing::file(services, &by, &id()).await.unwrap(), before);
    assert_eq!((count(&office, Act::Added).await, count(&office, Act::Changed).await), (1, 0));

    // One's own is replaced, and whoever still has it open is told.
    assert_eq!(form_editing::take_workbook(services, &by, "a.xlsx", &bytes).await, Ok(id()));
    let after = form_editing::file(services, &by, &id()).await.unwrap();
    assert_eq!(after.sheets, before.sheets);
    assert!(after.saved_at > before.saved_at, "though the clock stands still");
    let late = form_editing::edit(services, &by, &id(), before.saved_at, &[]).await;
    assert_eq!(late, Err(Error::Changed));
    assert_eq!((count(&office, Act::Added).await, count(&office, Act::Changed).await), (1, 1));

    form_editing::discard(services, &other, &id()).await.unwrap();
    assert_eq!(form_editing::take_workbook(services, &other, "a.xlsx", &bytes).await, Ok(id()));
    assert_eq!(count(&office, Act::Added).await, 2);
}

#[tokio::test]
async fn a_list_of_drafts_says_how_many_faults_each_has() {
    let office = TestOffice::open().await;
    let (services, by) = (&office.services, office.asker());
    form_editing::begin(services, &by, &id()).await.unwrap();
    let faults = async || {
        let (rows, forms) = form_editing::overview(services, &by).await.unwrap();
        assert_eq!(forms.len(), rows.len(), "each is published");
        let listed = rows.into_iter().find(|row| row.id == id()).unwrap().draft.unwrap().faults;
        let (_, draft) = form_editing::versions(services, &by, &id()).await.unwrap();
        assert_eq!(draft.unwrap().faults, listed);
        assert_eq!(form_editing::file(services, &by, &id()).await.unwrap().faults.len(), listed);
        listed
    };
    assert_eq!(faults().await, 0);
    spoil(&office, &by, "${nothing_of_this_name} > 0").await;
    assert_eq!(faults().await, 1);
    spoil(&office, &by, "").await;
    assert_eq!(faults().await, 0);
}

#[tokio::test]
async fn what_is_withdrawn_ends_in_every_version_also_while_a_newer_is_still_to_come() {
    let office = TestOffice::open().await;
    let (services, by) = (&office.services, office.asker());
    let today = office_day(now());
    form_editing::begin(services, &by, &id()).await.unwrap();
    let (seen, _) = form_editing::saved(services, &by, &id()).await.unwrap();
    let next_week = today + chrono::Duration::days(7);
    let version = form_editing::publish(services, &by, &id(), seen, next_week, "林芳").await.unwrap();
    let editions = async || {
        let (editions, _) = form_editing::versions(services, &by, &id()).await.unwrap();
        editions.iter().map(|edition| edition.validity.until).collect::<Vec<_>>()
    };
    assert_eq!(editions().await, [None, None]);
    form_editing::withdraw(services, &by, &id(), today).await.unwrap();
    assert_eq!(editions().await, [Some(today), Some(today)]);
    let all: Vec<Form> = vec![
        forms::newest(services, &by, &id()).await.unwrap(),
        form_editing::version(services, &by, &id(), version - 1).await.unwrap(),
    ];
    for later in [1, 7, 30] {
        let day = today + chrono::Duration::days(later);
        assert_eq!(domain::form::in_use(all.clone(), day), [], "{day}");
    }
    // The day was chosen wrong: both go on until then.
    form_editing::withdraw(services, &by, &id(), next_week).await.unwrap();
    assert_eq!(editions().await, [Some(next_week), Some(next_week)]);
}

/// Nobody has to look: the list counts it by the day.
#[tokio::test]
async fn a_form_that_rests_on_a_standard_that_has_ended_says_so() {
    let office = TestOffice::open().await;
    let (services, by) = (&office.services, office.asker());
    let today = office_day(now());
    let ended = async || {
        let (rows, _) = form_editing::overview(services, &by).await.unwrap();
        rows.into_iter().find(|row| row.id == id()).unwrap().ended
    };
    let before = ended().await;
    for (last_day, more) in [(today, 0), (today - chrono::Duration::days(1), 1)] {
        form_editing::begin(services, &by, &id()).await.unwrap();
        write(&office, &by, "standard", &format!("GB 10000-2020 | 1.1 | {last_day}")).await;
        let (seen, _) = form_editing::saved(services, &by, &id()).await.unwrap();
        form_editing::publish(services, &by, &id(), seen, today, "林芳").await.unwrap();
        assert_eq!(ended().await, before + more, "the last day is {last_day}");
    }
}

#[tokio::test]
async fn what_the_office_says_of_a_standard_is_told_as_the_register_is_until_it_is_taken_back() {
    let office = TestOffice::open().await;
    let (services, by) = (&office.services, office.asker());
    let today = office_day(now());
    form_editing::begin(services, &by, &id()).await.unwrap();
    write(&office, &by, "standard", "GB 10000—2020 | 1.1").await;
    let (seen, _) = form_editing::saved(services, &by, &id()).await.unwrap();
    form_editing::publish(services, &by, &id(), seen, today, "林芳").await.unwrap();
    form_editing::begin(services, &by, &id()).await.unwrap();
    // On the list, on the form's page and in the editor.
    let told = async || {
        let (rows, forms) = form_editing::overview(services, &by).await.unwrap();
        let listed = rows.into_iter().find(|row| row.id == id()).unwrap().ended;
        let form = forms.into_iter().find(|form| form.id == id()).unwrap();
        let page = form_editing::ended(services, &by, &form).await.unwrap().len();
        let draft = form_editing::file(services, &by, &id()).await.unwrap().ended;
        let words = draft.iter().filter(|basis| basis.words.contains("GB 10000—2020"));
        let words: Vec<_> = words.map(|basis| basis.words.clone()).collect();
        assert_eq!((listed, page), (draft.len(), draft.len()));
        (listed, words)
    };
    let end = async |until: Option<NaiveDate>, newer: &str| {
        standards::end(services, &by, "GB 10000-2020".to_owned(), until, newer.to_owned()).await
    };
    let (before, nothing) = told().await;
    assert_eq!(nothing, [""; 0]);
    end(Some(today + chrono::Duration::days(1)), "").await.unwrap();
    assert_eq!(told().await, (before, vec![]), "it ends tomorrow");
    end(Some(today), "GB 10000-2026").await.unwrap();
    let (after, words) = told().await;
    assert_eq!(after, before + 1);
    assert!(matches!(&words[..], [one] if one.contains("GB 10000-2026")), "{words:?}");

    let line = async || {
        let file = standards::list(services, &by).await.unwrap();
        let mut lines = file.standards.into_iter().filter(|line| line.number.contains("10000"));
        (lines.next().unwrap(), lines.next())
    };
    let (known, twice) = line().await;
    assert_eq!((known.forms, known.in_force_until, twice), (1, Some(today), None));
    let said = known.said.unwrap();
    assert_eq!((said.by.as_str(), said.at), (by.actor.name.as_str(), now()));

    let filter = AuditFilter { subject: Some(SubjectKind::Office), page: 1, ..AuditFilter::default() };
    let entries = services.store.audit(by.actor.office, &filter).await.unwrap().rows;
    let became = entries.iter().map(|entry| entry.after["standards"].to_string());
    assert!(became.filter(|became| became.contains("GB 10000-2026")).count() == 1, "{entries:?}");

    standards::take_back(services, &by, "GB 10000-2020".to_owned()).await.unwrap();
    assert_eq!(told().await, (before, vec![]));
    assert_eq!(line().await.0.said, None);
    let again = standards::take_back(services, &by, "GB 10000-2020".to_owned()).await;
    assert_eq!(again, Err(Error::Settings(StandardRejection::NotSaid.into())));
}

#[tokio::test]
async fn what_the_register_prints_is_not_written_over() {
    let office = TestOffice::open().await;
    let (services, by) = (&office.services, office.asker());
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let end = async |number: &str, until: &str| {
        standards::end(services, &by, number.to_owned(), Some(day(until)), String::new()).await
    };
    let refused = |rejection: StandardRejection| Err(Error::Settings(rejection.into()));
    // As server/catalogue/standards.toml has them.
    let registered = StandardRejection::Registered(day("2025-11-01"));
    assert_eq!(end("GB 35181-2017", "2026-01-01").await, refused(registered));
    let before = StandardRejection::BeforeForce(day("2023-06-01"));
    assert_eq!(end("GB55037—2022", "2023-05-31").await, refused(before));
    assert_eq!(end("GB55037—2022", "2026-12-01").await, Ok(()));
    let officer = at_desk(&Actor { role: Role::Officer, ..office.administrator.clone() });
    let of_officer = standards::take_back(services, &officer, "GB 55037-2022".to_owned()).await;
    assert_eq!(of_officer, Err(Error::NotAllowed));
}

#[tokio::test]
async fn the_day_by_which_a_forms_bases_are_looked_at_again_is_told_with_its_version() {
    let office = TestOffice::open().await;
    let (services, by) = (&office.services, office.asker());
    let today = office_day(now());
    let due = async || {
        let (rows, _) = form_editing::overview(services, &by).await.unwrap();
        rows.into_iter().find(|row| row.id == id()).unwrap().published.unwrap().review_due
    };
    assert_eq!(due().await, None, "no source says one of this form");
    form_editing::begin(services, &by, &id()).await.unwrap();
    let set = async |day: &str| {
        let (seen, _) = form_editing::saved(services, &by, &id()).await.unwrap();
        let cells = [("review_due".to_owned(), day.to_owned())].into();
        let edit = SheetEdit::Write { sheet: SheetName::Settings, row: 0, cells };
        form_editing::edit(services, &by, &id(), seen, &[edit]).await.unwrap();
        form_editing::file(services, &by, &id()).await.unwrap()
    };
    let wrong = set("明年").await.faults;
    assert!(matches!(&wrong[..], [one] if one.heading == "review_due"), "{wrong:?}");
    let draft = set("2027-06-30").await;
    assert_eq!(draft.faults, []);
    form_editing::publish(services, &by, &id(), draft.saved_at, today, "林芳").await.unwrap();
    assert_eq!(due().await, NaiveDate::from_ymd_opt(2027, 6, 30));
}

#[tokio::test]
async fn a_form_is_called_as_addresses_can_have_it() {
    let office = TestOffice::open().await;
    let (services, by) = (&office.services, office.asker());
    for unfit in ["", "Fire", "fire/lane", "消防", "-fire"] {
        let begun = form_editing::begin(services, &by, &unfit.into()).await;
        assert!(matches!(&begun, Err(Error::Invalid { field, .. }) if field == "id"), "{unfit}: {begun:?}");
    }
    form_editing::begin(services, &by, &"fire-2.a_b".into()).await.unwrap();
    assert_eq!(forms::newest(services, &by, &"fire-2.a_b".into()).await, Err(Error::NotFound));
}
