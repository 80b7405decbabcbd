//! 派单: given at the desk and on the phone, done by the work, handed on, handed over.

mod accounts;

use super::{
    asker::at_desk,
    office::{
        Phone, TestOffice, command, found, given, id, now, outcome_of, passing_visit, reason_of, refusal_of,
        task_command, word_of,
    },
    pages::{Desk, fault},
};
use app::server_fns::tasks::task_form::{HandOverForm, TaskChange, TaskForm};
use axum::http::StatusCode;
use chrono::Duration;
use domain::{
    audit::{Act, AuditFilter},
    id::{HazardId, PersonId, TaskId},
    permission::Withheld,
    person::Person,
    role::{Actor, Role, Scope},
    task::{
        HandedOver, HazardNeed, NewTask, Task, TaskCommand, TaskDoneBy, TaskFilter, TaskState, TaskStateKind,
        TaskSubject,
    },
    time::office_day,
};
use serde_json::{Value, json};
use server::service::{
    Asker, Error,
    people::{self, PersonChange, Rule},
    tasks,
};

async fn person(office: &TestOffice, role: Role) -> Person {
    let people = office.state.store.people(office.office.id).await.unwrap();
    people.into_iter().find(|person| person.role == role).unwrap()
}

/// Who sees the whole office, with this role.
fn asker(office: &TestOffice, role: Role) -> Asker {
    let actor = Actor {
        office: office.office.id,
        person: id(),
        name: "周宁".into(),
        role,
        scope: Scope::Office,
        withheld: Withheld::default(),
        extension_limit: None,
    };
    at_desk(&actor)
}

/// A second inspector of the same grid.
async fn another(office: &TestOffice) -> Person {
    let known = person(office, Role::Inspector).await;
    let other = Person { id: id(), username: "limin".into(), name: "李敏".into(), ..known };
    put(office, &other).await;
    other
}

async fn put(office: &TestOffice, person: &Person) {
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_person(office.office.id, person, Some("$argon2id$")).await.unwrap();
    tx.commit().await.unwrap();
}

fn visit_for(office: &TestOffice, to: PersonId) -> TaskCommand {
    TaskCommand::Give(NewTask {
        person: to,
        about: TaskSubject::Visit { site: office.site.id, forms: vec![] },
        note: "节前看一看".into(),
        until: office_day(now()) + Duration::days(2),
    })
}

async fn open(office: &TestOffice) -> Vec<Task> {
    let filter = TaskFilter { state: Some(TaskStateKind::Open), page: 1, ..TaskFilter::default() };
    office.state.store.tasks(office.office.id, &Scope::Office, &filter, now()).await.unwrap().rows
}

async fn all(office: &TestOffice) -> Vec<Task> {
    let filter = TaskFilter { page: 1, ..TaskFilter::default() };
    office.state.store.tasks(office.office.id, &Scope::Office, &filter, now()).await.unwrap().rows
}

/// Bodies of the tasks that come, and ids of those that go.
async fn pulled(phone: &Phone<'_>, cursor: Option<String>) -> (Vec<Value>, Vec<String>, String) {
    let (changes, cursor) = phone.pull(cursor).await;
    let (mut came, mut went) = (vec![], vec![]);
    for change in changes.into_iter().filter(|change| change["kind"] == "task") {
        match change.get("body") {
            Some(body) => came.push(body.clone()),
            None => went.push(change["id"].as_str().unwrap().to_owned()),
        }
    }
    (came, went, cursor)
}

#[tokio::test]
async fn what_the_desk_gives_is_on_the_phone_until_a_visit_does_it() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let supervisor = asker(&office, Role::Supervisor);
    let (came, _, cursor) = pulled(&phone, None).await;
    assert_eq!(came, Vec::<Value>::new());
    let task =
        tasks::give(&office.state.services, &supervisor, &visit_for(&office, phone.person)).await.unwrap();
    let (came, went, cursor) = pulled(&phone, Some(cursor)).await;
    assert_eq!((came.len(), went.len()), (1, 0));
    assert_eq!(
        (&came[0]["from_name"], &came[0]["note"], &came[0]["about"]["visit"]["site_name"]),
        (&json!("周宁"), &json!("节前看一看"), &json!(office.site.name))
    );
    // Nobody else has it, however much of the office they see.
    let leader = office.phone(Role::Administrator).await;
    assert_eq!(pulled(&leader, None).await.0, Vec::<Value>::new());
    let fetched = leader.request("GET", &format!("/api/v1/records/task/{}", task.id), "").await;
    assert_eq!(fetched.status, 404);
    let visit = passing_visit(&phone, &office.site, &office.form("ebike-charging"));
    assert_eq!(outcome_of(&phone.sync(std::slice::from_ref(&visit)).await[0]), "received");
    let known = all(&office).await;
    let made: domain::id::VisitId =
        serde_json::from_value(visit["payload"]["submit_visit"]["id"].clone()).unwrap();
    assert_eq!(known[0].state, TaskState::Done { at: now(), by: TaskDoneBy::Visit(made) });
    let (came, went, _) = pulled(&phone, Some(cursor)).await;
    assert_eq!((came.len(), went), (0, vec![task.id.to_string()]));
    // Sent once more, it changes nothing.
    assert_eq!(outcome_of(&phone.sync(&[visit]).await[0]), "already_received");
    assert_eq!(all(&office).await, known);
}

#[tokio::test]
async fn an_officer_gives_work_on_the_phone_and_each_command_happens_once() {
    let office = TestOffice::open().await;
    let (phone, officer) = (office.phone(Role::Inspector).await, office.phone(Role::CommunityOfficer).await);
    let hazard: HazardId = id();
    assert_eq!(outcome_of(&phone.sync(&[found(hazard, office.site.id, "堆放杂物")]).await[0]), "received");
    let task: TaskId = id();
    let give = given(task, phone.person, &json!({ "hazard": { "hazard": hazard, "need": "chase" } }));
    assert_eq!(outcome_of(&officer.sync(std::slice::from_ref(&give)).await[0]), "received");
    assert_eq!(outcome_of(&officer.sync(std::slice::from_ref(&give)).await[0]), "already_received");
    // The same command in another operation, as a phone that was restored sends it.
    let mut again = give.clone();
    again["id"] = json!(id::<domain::id::OperationId>());
    assert_eq!(outcome_of(&officer.sync(&[again]).await[0]), "received");
    assert_eq!(all(&office).await.len(), 1);
    let (came, ..) = pulled(&phone, None).await;
    assert_eq!(came[0]["about"]["hazard"]["what"], "堆放杂物");
    // What was chased is done when it is reported as put right.
    let photo = "1".repeat(64);
    let facts = super::office::operation(json!({ "photo": { "hash": photo, "bytes": 20_000,
        "media_type": "image/jpeg", "width": 1, "height": 1, "at": now(), "by": phone.person } }));
    let plan = json!({ "assign": { "responsible": "锦绣物业", "measures": "清理", "funds": 0,
        "deadline": "2026-11-27", "contingency": "专人看守" } });
    let supervisor = office.phone(Role::Supervisor).await;
    assert_eq!(outcome_of(&supervisor.sync(&[command(hazard, plan)]).await[0]), "received");
    let rectify = command(hazard, json!({ "rectify": { "note": "已清走", "photos": [photo] } }));
    for answer in phone.sync(&[facts, rectify]).await {
        assert_eq!(outcome_of(&answer), "received", "{answer}");
    }
    assert!(matches!(all(&office).await[0].state, TaskState::Done { by: TaskDoneBy::Hazard(_), .. }));
}

/// What its giver found is on its way: the task is not refused for want of it.
#[tokio::test]
async fn work_about_a_hazard_waits_for_what_came_before_it() {
    let office = TestOffice::open().await;
    let (phone, officer) = (office.phone(Role::Inspector).await, office.phone(Role::CommunityOfficer).await);
    let (hazard, unknown): (HazardId, HazardId) = (id(), id());
    let about = |hazard: HazardId| json!({ "hazard": { "hazard": hazard, "need": "recheck" } });
    let mut report = found(hazard, office.site.id, "堆放杂物");
    // Nobody has told of the photo that is to show it.
    report["payload"]["hazard"]["command"]["report"]["fixed"] =
        json!({ "note": "已清走", "photos": ["9".repeat(64)] });
    let task: TaskId = id();
    let withdrawn = task_command(task, &json!({ "withdraw": { "reason": "派错了" } }));
    let answers = officer.sync(&[report, given(task, phone.person, &about(hazard)), withdrawn]).await;
    // Nor is what was done with the task refused because it is not given yet.
    assert_eq!(answers.iter().map(outcome_of).collect::<Vec<_>>(), ["retry_after"; 3], "{answers:?}");
    assert_eq!(all(&office).await, []);
    let answer = &officer.sync(&[given(id(), phone.person, &about(unknown))]).await[0];
    assert_eq!((outcome_of(answer), reason_of(answer)), ("refused", "unknown_hazard"));
}

#[tokio::test]
async fn who_may_not_give_or_take_is_told_why() {
    let office = TestOffice::open().await;
    let officer = office.phone(Role::CommunityOfficer).await;
    let inspector = person(&office, Role::Inspector).await;
    let here = json!({ "visit": { "site": office.site.id } });
    let elsewhere = json!({ "visit": { "site": office.elsewhere.id } });
    let contact = person(&office, Role::Enterprise).await;
    let refusals = [
        (given(id(), inspector.id, &elsewhere), "out_of_sight"),
        (given(id(), contact.id, &here), "role_may_not"),
        (given(id(), id(), &here), "left"),
        (task_command(id(), &json!({ "withdraw": { "reason": "派错了" } })), "unknown_task"),
    ];
    for (operation, why) in refusals {
        let answer = &officer.sync(&[operation]).await[0];
        assert_eq!((outcome_of(answer), reason_of(answer)), ("refused", "task"), "{answer}");
        assert_eq!(word_of(&refusal_of(answer)["reason"]["task"]["because"]), why);
        assert!(!refusal_of(answer)["message"].as_str().unwrap().is_empty());
    }
    // An hour ago there was somebody: the giver learns it and keeps what was written.
    put(&office, &Person { disabled: true, ..inspector.clone() }).await;
    let answer = &officer.sync(&[given(id(), inspector.id, &here)]).await[0];
    assert_eq!(refusal_of(answer)["reason"]["task"]["because"], "left");
    assert!(refusal_of(answer)["message"].as_str().unwrap().contains("改派"), "{answer}");
    // No role that may not give any.
    for role in [Role::Leader, Role::Enterprise, Role::School] {
        let answer = &office.phone(role).await.sync(&[given(id(), inspector.id, &here)]).await[0];
        assert_eq!((outcome_of(answer), reason_of(answer)), ("refused", "not_allowed"), "{role:?}");
    }
    assert_eq!(all(&office).await, []);
    let state = &office.state.services;
    let told = tasks::give(state, &asker(&office, Role::Supervisor), &visit_for(&office, id())).await;
    assert!(matches!(told, Err(Error::Invalid { field, .. }) if field == "person"));
    let told = tasks::give(state, &asker(&office, Role::Leader), &visit_for(&office, contact.id)).await;
    assert_eq!(told.err(), Some(Error::NotAllowed));
}

#[tokio::test]
async fn a_hand_over_moves_everything_and_the_old_holders_phone_is_told() {
    let office = TestOffice::open().await;
    let (state, phone) = (&office.state.services, office.phone(Role::Inspector).await);
    let supervisor = asker(&office, Role::Supervisor);
    for _ in 0..3 {
        tasks::give(state, &supervisor, &visit_for(&office, phone.person)).await.unwrap();
    }
    let (came, _, cursor) = pulled(&phone, None).await;
    assert_eq!(came.len(), 3);
    // Somebody who does not see the place gets none of them.
    let other = another(&office).await;
    let away = Person { grids: vec![office.elsewhere.grid], ..other.clone() };
    put(&office, &away).await;
    let refused = tasks::hand_over(state, &supervisor, phone.person, other.id, false).await;
    assert!(matches!(refused, Err(Error::Invalid { field, .. }) if field == "to"));
    assert!(open(&office).await.iter().all(|task| task.person == phone.person));
    // With the grids they go, by whoever manages accounts.
    let grids = tasks::hand_over(state, &supervisor, phone.person, other.id, true).await;
    assert_eq!(grids, Err(Error::NotAllowed));
    let administrator = asker(&office, Role::Administrator);
    let long_ago = Asker { confirmed: false, ..administrator.clone() };
    let unconfirmed = tasks::hand_over(state, &long_ago, phone.person, other.id, true).await;
    assert_eq!(unconfirmed, Err(Error::Confirm));
    let done = tasks::hand_over(state, &administrator, phone.person, other.id, true).await.unwrap();
    assert_eq!(done, HandedOver { tasks: 3, grids: 1, checks: 0, plans: 0 });
    assert!(open(&office).await.iter().all(|task| task.person == other.id && task.events.len() == 2));
    let (came, went, _) = pulled(&phone, Some(cursor)).await;
    assert_eq!((came.len(), went.len()), (0, 3));
    let filter = AuditFilter { act: Some(Act::HandedOver), page: 1, ..AuditFilter::default() };
    let entries = office.state.store.audit(office.office.id, &filter).await.unwrap().rows;
    assert_eq!((entries.len(), &entries[0].after["tasks"]), (1, &json!(3)));
}

#[tokio::test]
async fn an_account_with_open_work_is_switched_off_once_it_is_handed_over() {
    let office = TestOffice::open().await;
    let state = &office.state.services;
    let inspector = person(&office, Role::Inspector).await;
    let (supervisor, administrator) = (asker(&office, Role::Supervisor), asker(&office, Role::Administrator));
    tasks::give(state, &supervisor, &visit_for(&office, inspector.id)).await.unwrap();
    let off = Person { disabled: true, ..inspector.clone() };
    let contact =
        Person { role: Role::Enterprise, grids: vec![], sites: vec![office.site.id], ..inspector.clone() };
    let save = async |person: &Person| {
        let mut tx = state.store.write().await.unwrap();
        let change = PersonChange { person: person.clone(), password: None };
        people::save_all(state, &mut *tx, office.office.id, &administrator.author(), vec![change]).await?;
        Ok::<_, Error>(tx.commit().await?)
    };
    let refused = |rule| Err(Error::Account { position: 0, rule });
    assert_eq!(save(&off).await, refused(Rule::OpenTasks(1)));
    assert_eq!(save(&contact).await, refused(Rule::OpenTasksOfContact(1)));
    let other = another(&office).await;
    tasks::hand_over(state, &supervisor, inspector.id, other.id, false).await.unwrap();
    assert_eq!(save(&contact).await, Ok(()));
    assert_eq!(save(&off).await, Ok(()));
}

/// As an officer's phone does it: it may arrive twice, and what has ended meanwhile is said.
#[tokio::test]
async fn a_phone_hands_on_and_withdraws_what_it_gave() {
    let office = TestOffice::open().await;
    let (officer, holder, other) =
        (office.phone(Role::Officer).await, person(&office, Role::Inspector).await, another(&office).await);
    let task: TaskId = id();
    let here = json!({ "visit": { "site": office.site.id } });
    assert_eq!(outcome_of(&officer.sync(&[given(task, holder.id, &here)]).await[0]), "received");
    let hand_on = task_command(task, &json!({ "hand_on": { "to": other.id } }));
    for outcome in ["received", "already_received"] {
        let answer = &officer.sync(std::slice::from_ref(&hand_on)).await[0];
        assert_eq!(outcome_of(answer), outcome, "{answer}");
    }
    let handed = open(&office).await.remove(0);
    assert_eq!((handed.person, handed.events.len()), (other.id, 2), "once");
    let withdraw = || task_command(task, &json!({ "withdraw": { "reason": "派错了" } }));
    assert_eq!(outcome_of(&officer.sync(&[withdraw()]).await[0]), "received");
    let answer = &officer.sync(&[withdraw()]).await[0];
    assert_eq!(refusal_of(answer)["reason"]["task"]["because"], "ended", "{answer}");
    assert_eq!(open(&office).await, []);
}

#[tokio::test]
async fn lists_and_takers_are_those_of_the_place() {
    let office = TestOffice::open().await;
    let state = &office.state.services;
    let (here, supervisor) = (person(&office, Role::Inspector).await, asker(&office, Role::Supervisor));
    tasks::give(state, &supervisor, &visit_for(&office, here.id)).await.unwrap();
    let seen = async |scope: Scope| {
        let by = Asker { actor: Actor { scope, ..supervisor.actor.clone() }, ..supervisor.clone() };
        tasks::list(state, &by, &TaskFilter { page: 1, ..TaskFilter::default() }).await.unwrap().total
    };
    assert_eq!(seen(Scope::Office).await, 1);
    assert_eq!(seen(Scope::Grids(vec![office.site.grid])).await, 1);
    assert_eq!(seen(Scope::Grids(vec![office.elsewhere.grid])).await, 0);
    let subject = |site| TaskSubject::Visit { site, forms: vec![] };
    let takers = tasks::takers(state, &supervisor, &subject(office.site.id)).await.unwrap();
    let roles: Vec<_> = takers.iter().map(|one| one.role).collect();
    assert!(roles.contains(&Role::Inspector) && !roles.contains(&Role::Enterprise), "{roles:?}");
    let takers = tasks::takers(state, &supervisor, &subject(office.elsewhere.id)).await.unwrap();
    assert!(takers.iter().all(|one| one.role != Role::Inspector), "who walks another grid");
    let nobody = TaskSubject::Hazard { hazard: id(), need: HazardNeed::Recheck };
    assert_eq!(tasks::takers(state, &supervisor, &nobody).await.err(), Some(Error::NotFound));
    // The same people are in the directory of whoever gives work on the phone, and in nobody else's.
    for (role, gives) in [(Role::CommunityOfficer, true), (Role::Inspector, false), (Role::Enterprise, false)]
    {
        let (changes, _) = office.phone(role).await.pull(None).await;
        let directory = changes.iter().find(|change| change["kind"] == "directory").unwrap();
        let colleagues = directory["body"].get("colleagues");
        assert_eq!(colleagues.is_some(), gives, "{role:?}");
        let roles = colleagues.into_iter().flat_map(|all| all.as_array().unwrap());
        assert!(roles.map(|one| &one["role"]).all(|role| role != "enterprise" && role != "school"));
    }
}

/// What is there works without the program.
#[tokio::test]
async fn the_desks_forms_give_hand_on_withdraw_and_hand_over() {
    let office = TestOffice::open().await;
    let (desk, holder, other) =
        (Desk::of(&office), person(&office, Role::Inspector).await, another(&office).await);
    let seat = desk.seat(Role::Supervisor).await;
    let page = seat.page(&format!("/office/tasks/new?site={}", office.site.id)).await;
    assert!(page.text().contains(&holder.name) && page.text().contains("李敏"), "{}", page.text());
    let form = TaskForm {
        site: office.site.id.to_string(),
        until: "2026-11-26".into(),
        note: "节前看一看".into(),
        ..TaskForm::default()
    };
    // Nobody is chosen: the page comes again with what was typed.
    let (led, refused) = seat.submit("give_task", &form).await;
    assert_eq!((led.as_str(), refused.status), ("", StatusCode::UNPROCESSABLE_ENTITY));
    assert!(refused.text().contains("请选择承办人") && refused.text().contains("节前看一看"));
    let past = TaskForm { person: holder.id.to_string(), until: "2026-11-01".into(), ..form.clone() };
    assert_eq!(fault(&seat.act("give_task", &past).await)["invalid"]["field"], "until");
    let form = TaskForm { person: holder.id.to_string(), ..form };
    let (led, page) = seat.submit("give_task", &form).await;
    let task = open(&office).await.remove(0);
    assert_eq!(led, format!("/office/tasks/{}", task.id));
    assert!(page.text().contains("节前看一看") && page.text().contains("办理中"), "{}", page.text());
    assert!(seat.page("/office/tasks?state=open").await.text().contains(&office.site.name));

    let change =
        |does: &str| TaskChange { does: does.into(), task: task.id.to_string(), ..TaskChange::default() };
    let hand_on = TaskChange { to: other.id.to_string(), ..change(TaskChange::HAND_ON) };
    assert_eq!(seat.act("change_task", &hand_on).await.status, StatusCode::OK);
    assert_eq!(open(&office).await[0].person, other.id);
    let over = HandOverForm { person: other.id.to_string(), to: holder.id.to_string(), grids: false };
    let (_, page) = seat.submit("hand_over", &over).await;
    assert!(
        page.text().contains("已将 1 件派单交给") && page.text().contains("没有办理中的派单"),
        "{}",
        page.text()
    );
    assert_eq!(
        fault(&seat.act("change_task", &change(TaskChange::WITHDRAW)).await)["invalid"]["field"],
        "reason"
    );
    let back = TaskChange { reason: "派错了".into(), ..change(TaskChange::WITHDRAW) };
    assert_eq!(seat.act("change_task", &back).await.status, StatusCode::OK);
    assert_eq!(open(&office).await, []);
    // Who gives no work finds no form for it.
    let leader = desk.seat(Role::Leader).await;
    assert_ne!(leader.act("give_task", &form).await.status, StatusCode::OK);
    assert!(!leader.page(&format!("/office/sites/{}", office.site.id)).await.text().contains("派给…"));
}
