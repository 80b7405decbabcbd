//! 谁管这个网格: work that is given to whoever holds the grid goes to whoever does at that moment.

use super::{
    office::{TestOffice, id, now},
    pages::{Desk, fault},
};
use app::server_fns::tasks::task_form::TaskForm;
use axum::http::StatusCode;
use chrono::Duration;
use domain::{
    id::GridId,
    person::Person,
    role::{Role, Scope},
    task::{Task, TaskFilter},
    time::office_day,
};

async fn put(office: &TestOffice, person: &Person) {
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_person(office.office.id, person, Some("$argon2id$")).await.unwrap();
    tx.commit().await.unwrap();
}

async fn walks(office: &TestOffice, person: &Person, grid: GridId) {
    put(office, &Person { grids: vec![grid], ..person.clone() }).await;
}

async fn given(office: &TestOffice) -> Vec<Task> {
    let filter = TaskFilter { page: 1, ..TaskFilter::default() };
    office.state.store.tasks(office.office.id, &Scope::Office, &filter, now()).await.unwrap().rows
}

#[tokio::test]
async fn work_for_whoever_holds_the_grid_goes_to_who_does_when_it_is_given() {
    let office = TestOffice::open().await;
    let (here, there) = (office.site.grid, office.elsewhere.grid);
    let first = office.person(Role::Inspector).await;
    let desk = Desk::of(&office);
    let seat = desk.seat(Role::Officer).await;
    let page = seat.page(&format!("/office/tasks/new?site={}", office.site.id)).await.text();
    assert!(page.contains(&format!("谁管这个网格（{}）", first.name)), "{page}");
    // Meanwhile the grid changes hands: the page does not know of it.
    let second = Person { id: id(), username: "limin".into(), name: "李敏".into(), ..first.clone() };
    walks(&office, &second, here).await;
    walks(&office, &first, there).await;
    let form = TaskForm {
        site: office.site.id.to_string(),
        person: TaskForm::GRID_HOLDER.into(),
        until: (office_day(now()) + Duration::days(2)).to_string(),
        note: "节前看一看".into(),
        ..TaskForm::default()
    };
    assert_eq!(seat.act("give_task", &form).await.status, StatusCode::OK);
    let tasks = given(&office).await;
    assert_eq!(tasks.iter().map(|task| task.person).collect::<Vec<_>>(), [second.id]);
    // And then nobody holds it: nothing is given, and what was typed stays.
    walks(&office, &second, there).await;
    let refused = fault(&seat.act("give_task", &form).await);
    assert_eq!(refused["invalid"]["field"], "person", "{refused}");
    let (_, again) = seat.submit("give_task", &form).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    let again = again.text();
    assert!(again.contains("还没有能接单的网格员") && again.contains("节前看一看"), "{again}");
    assert!(!again.contains("谁管这个网格（"), "there is nobody whom it could stand for");
    assert_eq!(given(&office).await.len(), 1);
    // Nor is it for sites that whoever gives does not see.
    let elsewhere = TaskForm { site: office.elsewhere.id.to_string(), ..form };
    assert_eq!(seat.act("give_task", &elsewhere).await.status, StatusCode::NOT_FOUND);
}
