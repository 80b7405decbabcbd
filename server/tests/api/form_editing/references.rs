//! What a form can name: found by whoever may write forms, and called as nothing else.

use super::{
    super::{asker::said, office::TestOffice},
    Desk,
};
use app::error::AppError;
use domain::{
    form::reference::{MOST_FOUND, ReferenceKind, References},
    law::LawStatus,
    role::Role,
};
use server::service::form_editing;

fn find(desk: &Desk<'_>, kind: ReferenceKind, typed: &str) -> Result<References, AppError> {
    said(form_editing::references::find(&desk.office.state, &desk.by, kind, typed))
}

#[tokio::test]
async fn whatever_a_form_can_name_is_found_by_whoever_may_write_forms() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Supervisor).await;
    let first = |kind, typed: &str| find(&desk, kind, typed).unwrap().found.into_iter().next().unwrap();

    let law = first(ReferenceKind::Law, "安全生产法 第四条 双重预防");
    assert_eq!((law.id.as_str(), law.status), ("work-safety-law-001", LawStatus::InForce));
    assert!(law.name.contains("第四条第一款") && law.text.contains("双重预防机制"), "{law:?}");
    assert_eq!(first(ReferenceKind::Law, "work-safety-law-002").id, "work-safety-law-002", "its id");
    assert!(first(ReferenceKind::Law, "消防法 28条").name.contains("第二十八条"), "its article in figures");

    let criterion = first(ReferenceKind::Criterion, "未取得燃气经营许可证");
    assert_eq!(criterion.id, "gas-major-criteria-003");
    assert!(!criterion.about.is_empty(), "whom it binds: {criterion:?}");
    assert!(find(&desk, ReferenceKind::Criterion, "work-safety-law-001").unwrap().found.is_empty());
    assert_eq!(
        first(ReferenceKind::Law, "gas-major-criteria-003").id,
        criterion.id,
        "a sentence as any other"
    );

    assert_eq!(first(ReferenceKind::SiteKind, "住宅小区").id, "residential-compound");
    assert_eq!(first(ReferenceKind::Clause, "a4-036").id, "A4-036");
    let clause = first(ReferenceKind::Clause, "警示教育");
    assert!(clause.text.contains("警示教育"), "{clause:?}");

    let all = find(&desk, ReferenceKind::Law, "").unwrap();
    assert_eq!(all.found.len(), MOST_FOUND);
    assert!(all.more > 100, "{}", all.more);

    let ids = ["A4-036", "residential-compound", "nowhere"].into();
    let named = form_editing::references::named(&office.state, &desk.by, &ids).unwrap();
    assert_eq!(
        named.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(),
        ["residential-compound", "A4-036"]
    );

    let officer = Desk::of(&office, Role::Officer).await;
    assert_eq!(find(&officer, ReferenceKind::Law, "").unwrap_err(), AppError::NotAllowed);
    let named = form_editing::references::named(&office.state, &officer.by, &ids);
    assert_eq!(said(named).unwrap_err(), AppError::NotAllowed);
}

/// What was chosen is told of by its id alone, whatever it is.
#[tokio::test]
async fn nothing_that_a_form_can_name_is_called_as_anything_else() {
    let office = TestOffice::open().await;
    let library = server::service::catalogue::forms::library().unwrap();
    let quotes = library.quotations.iter().map(|quote| quote.id.to_string());
    let kinds = office.state.kinds.iter().map(|kind| kind.id.to_string());
    let clauses = server::service::catalogue::clauses::built_in().unwrap();
    let clauses = clauses.iter().map(|clause| clause.id.to_string());
    let mut all: Vec<_> = quotes.chain(kinds).chain(clauses).collect();
    let count = all.len();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), count);
}
