//! What fails is tried again, and then is the administrator's.

use super::{FAILING, Failing, counted, put};
use crate::{
    asker::{at_desk, said},
    office::{TestOffice, now},
};
use app::error::AppError;
use chrono::Duration as Span;
use domain::{
    audit::{Act, AuditFilter, SubjectKind},
    job::JobState,
    role::{Actor, Role},
};
use serde_json::json;
use server::{jobs::Worker, service::jobs::failed, verify::verify};

async fn administrator(office: &TestOffice) -> Actor {
    let people = office.state.store.people(office.office.id).await.unwrap();
    let administrator = people.into_iter().find(|person| person.role == Role::Administrator).unwrap();
    administrator.actor(office.office.id, None)
}

#[tokio::test]
async fn a_job_that_fails_is_tried_again_later_and_then_is_the_administrators() {
    let office = TestOffice::open().await;
    let worker = Worker::new(office.state.services.clone()).of_kinds(FAILING);
    put(&office.state, &Failing { panics: false }).await;
    assert_eq!(worker.work_off().await.unwrap(), 1);
    assert_eq!(counted(&office).await, [1, 0, 0]);
    assert_eq!(worker.work_off().await.unwrap(), 0, "not at once");
    office.clock.set(now() + Span::seconds(10));
    assert_eq!(worker.work_off().await.unwrap(), 1);
    assert_eq!(counted(&office).await, [0, 0, 1]);
    office.clock.set(now() + Span::days(1));
    assert_eq!(worker.work_off().await.unwrap(), 0, "nobody tries it any more");

    let administrator = administrator(&office).await;
    let page = failed::list(&office.state, &at_desk(&administrator), 1).await.unwrap();
    let [row] = page.rows.as_slice() else { panic!("{page:?}") };
    assert_eq!((row.name.as_str(), row.key.as_str(), row.state), ("failing", "一号", JobState::Failed));
    assert_eq!((row.attempts, row.failed_at), (2, Some(now() + Span::seconds(10))));
    assert_eq!(row.failure.as_deref(), Some("attempt 2: no answer of https://host/a"));
    let report = verify(&*office.state.store, &*office.state.blobs).await.unwrap();
    assert!(report.is_clean() && report.failed_jobs == 1, "{report}");
    assert!(report.to_string().contains("1 background jobs failed"), "{report}");

    failed::decide(&office.state, &at_desk(&administrator), row.id, true).await.unwrap();
    assert_eq!(
        said(failed::decide(&office.state, &at_desk(&administrator), row.id, true).await),
        Err(AppError::NotFound),
        "it waits"
    );
    assert_eq!(worker.work_off().await.unwrap(), 1, "at once");
    office.clock.set(now() + Span::days(2));
    assert_eq!(worker.work_off().await.unwrap(), 1, "with all its attempts");
    assert_eq!(counted(&office).await, [0, 0, 1]);
    failed::decide(&office.state, &at_desk(&administrator), row.id, false).await.unwrap();
    assert_eq!(counted(&office).await, [0, 0, 0]);
    assert_eq!(
        said(failed::decide(&office.state, &at_desk(&administrator), row.id, false).await),
        Err(AppError::NotFound),
        "it is no more"
    );

    let filter = AuditFilter { subject: Some(SubjectKind::Job), page: 1, ..AuditFilter::default() };
    let told = office.state.store.audit(office.office.id, &filter).await.unwrap().rows;
    let acts: Vec<_> = told.iter().map(|entry| entry.act).collect();
    assert_eq!(acts, [Act::JobDiscarded, Act::JobRetried]);
    for entry in told {
        assert_eq!((entry.subject.id, entry.subject.label.as_str()), (Some(row.id.0), "failing 一号"));
        assert_eq!(
            entry.before,
            json!({ "attempts": 2, "failure": "attempt 2: no answer of https://host/a" })
        );
    }
}

#[tokio::test]
async fn a_panic_is_a_failure_and_what_cannot_be_read_is_not_tried_again() {
    let office = TestOffice::open().await;
    let worker = Worker::new(office.state.services.clone()).of_kinds(FAILING);
    put(&office.state, &Failing { panics: true }).await;
    assert_eq!(worker.work_off().await.unwrap(), 1);
    assert_eq!(counted(&office).await, [1, 0, 0]);
    office.database.execute("UPDATE job SET payload = '{}', run_at = 0").await;
    assert_eq!(worker.work_off().await.unwrap(), 1);
    let page = office.state.store.jobs(office.office.id, 1).await.unwrap();
    let failure = page.rows[0].failure.clone().unwrap();
    assert!(failure.contains("cannot be read"), "{failure}");
    assert_eq!(counted(&office).await, [0, 0, 1]);
}

/// Each time its server died: it would end one server after another.
#[tokio::test]
async fn a_job_that_ends_its_server_is_given_up() {
    let office = TestOffice::open().await;
    let worker = Worker::new(office.state.services.clone()).of_kinds(FAILING);
    put(&office.state, &Failing { panics: false }).await;
    office.database.execute("UPDATE job SET attempts = 2, lease_until = 0").await;
    assert_eq!(worker.work_off().await.unwrap(), 1);
    assert_eq!(counted(&office).await, [0, 0, 1]);
    let page = office.state.store.jobs(office.office.id, 1).await.unwrap();
    assert!(page.rows[0].failure.as_deref().unwrap().contains("the server died"), "{page:?}");
}
