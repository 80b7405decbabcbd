//! Who sees the jobs, and what figures say of them.

use super::{FAILING, Failing, counted, put, received};
use crate::{
    office::{TestOffice, now},
    pages::Desk,
};
use chrono::Duration as Span;
use domain::role::Role;
use serde_json::json;
use server::jobs::{self, Worker};

#[tokio::test]
async fn only_the_administrator_sees_jobs_and_says_what_becomes_of_them() {
    let office = TestOffice::open().await;
    let worker = Worker::new(office.state.services.clone()).of_kinds(FAILING);
    put(&office.state, &Failing { panics: false }).await;
    for hours in 0..2 {
        office.clock.set(now() + Span::hours(hours));
        worker.work_off().await.unwrap();
    }
    let failed = office.state.store.jobs(office.office.id, 1).await.unwrap().rows[0].id;
    let desk = Desk::of(&office);
    for role in [Role::Supervisor, Role::Officer] {
        let seat = desk.seat(role).await;
        let page = seat.page("/office/jobs").await;
        assert_eq!(page.status, 403, "{role:?}");
        assert!(!page.text().contains("一号"), "{role:?}");
        let page = seat.page("/office").await.text();
        assert!(page.contains("href=\"/office/grids\""), "{role:?}: {page}");
        assert!(!page.contains("href=\"/office/jobs\"") && !page.contains("项失败"), "{role:?}: {page}");
        let form = json!({ "job": failed, "again": "no" });
        assert_eq!(seat.submit_fields("decide_job", &form).await.1.status, 403, "{role:?}");
    }
    assert_eq!(counted(&office).await, [0, 0, 1]);
    let seat = desk.seat(Role::Administrator).await;
    let page = seat.page("/office/jobs").await.text();
    assert!(page.contains("1 项失败"), "the rail tells of it: {page}");
    for words in
        ["一号", "新版本的任务（failing）", "2 次", "no answer of https://host/a", "重新运行", "放弃"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("s3cr3t"), "{page}");
    let (path, page) = seat.submit_fields("decide_job", &json!({ "job": failed, "again": "no" })).await;
    assert_eq!((path.as_str(), page.status.as_u16()), ("/office/jobs", 200));
    assert!(page.text().contains("没有失败或等待的任务"), "{}", page.text());
    assert!(!page.text().contains("项失败"), "nothing is left to tell of: {}", page.text());
    assert_eq!(counted(&office).await, [0, 0, 0]);
}

#[tokio::test]
async fn figures_say_what_waits_and_what_failed_by_name() {
    let office = TestOffice::open().await;
    received(&office, 1, (200, 150)).await;
    put(&office.state, &Failing { panics: false }).await;
    office.database.execute("UPDATE job SET failed_at = 0 WHERE name = 'failing'").await;
    office.state.metrics.queued(&office.state.store.job_counts().await.unwrap());
    let figures = office.state.metrics.text().unwrap();
    for line in [
        "xunan_queued_jobs{job=\"process_photo\",state=\"waiting\"} 1",
        "xunan_queued_jobs{job=\"process_photo\",state=\"failed\"} 0",
        "xunan_queued_jobs{job=\"failing\",state=\"failed\"} 1",
    ] {
        assert!(figures.contains(line), "{line}: {figures}");
    }
    jobs::work_off(&office.state).await.unwrap();
    office.state.metrics.queued(&office.state.store.job_counts().await.unwrap());
    let figures = office.state.metrics.text().unwrap();
    assert!(!figures.contains("state=\"waiting\"} 1"), "{figures}");
    assert!(figures.contains("xunan_jobs_total{job=\"process_photo\",outcome=\"done\"} 1"), "{figures}");
}
