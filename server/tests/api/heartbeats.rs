//! 心跳: what phones say of the work that waits on them, and who hears of it.

use super::{
    asker::at_desk,
    office::{Phone, TestOffice, found, id, now, outcome_of},
    pages::Desk,
    quarantine::{bring, bundle_of},
};
use axum::http::StatusCode;
use chrono::Duration;
use domain::{
    device::heartbeat::{UnsentFilter, UnsentRow, UnsentState},
    permission::Withheld,
    person::Person,
    role::{Actor, Role, Scope},
    time::office_day,
};
use serde_json::{Value, json};
use server::service::{heartbeats, verify::verify};

/// What the phone says, and what it is answered.
async fn says(phone: &Phone<'_>, heartbeat: &Value, operations: &[Value]) -> Value {
    let body = json!({ "device": phone.device, "now": now(), "app": "0.1.0 \u{7}", "operations": operations,
        "heartbeat": heartbeat });
    let reply = phone.request("POST", "/api/v1/sync", body.to_string()).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    reply.json()
}

fn holding(number: u64, visits: u32) -> Value {
    let unsent = json!({ "visits": visits, "photos": 22, "photo_bytes": 61_000_000 });
    json!({ "number": number, "unsent": unsent, "oldest": now() - Duration::hours(70), "drafts": 1 })
}

/// What this role's person sees of it at the desk.
async fn seen(office: &TestOffice, role: Role, scope: Scope) -> Vec<UnsentRow> {
    let withheld = Withheld::default();
    let (office_id, name) = (office.office.id, "周宁".into());
    let actor = Actor { office: office_id, person: id(), name, role, scope, withheld, extension_limit: None };
    let listed = heartbeats::list(&office.state.services, &at_desk(&actor), &UnsentFilter::default()).await;
    listed.unwrap().rows
}

async fn all(office: &TestOffice) -> Vec<UnsentRow> {
    seen(office, Role::Supervisor, Scope::Office).await
}

#[tokio::test]
async fn what_a_phone_says_is_seen_by_who_sees_its_person() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let answer = says(&phone, &holding(1, 6), &[]).await;
    assert_eq!(answer["heard"], json!(true));
    let rows = all(&office).await;
    assert_eq!(rows.len(), 1);
    let unsent = rows[0].heartbeat.unsent;
    assert_eq!((rows[0].person, rows[0].device), (phone.person, phone.device));
    assert_eq!((unsent.visits, unsent.photos, unsent.photo_bytes), (6, 22, 61_000_000));
    assert_eq!((rows[0].since, rows[0].heard_at), (Some(now() - Duration::hours(70)), now()));
    assert_eq!((rows[0].app.as_str(), rows[0].heartbeat.drafts), ("0.1.0", 1), "no control characters");
    let (here, there) = (office.site.grid, office.elsewhere.grid);
    let of = async |scope| seen(&office, Role::CommunityOfficer, scope).await.len();
    assert_eq!(of(Scope::Grids(vec![there, here])).await, 1);
    assert_eq!(of(Scope::Grids(vec![there])).await, 0, "somebody else's grid");
    assert_eq!(of(Scope::Grids(vec![])).await, 0);
    // No phone is sent any of it.
    let supervisor = office.phone(Role::Supervisor).await;
    let (changes, _) = supervisor.pull(None).await;
    assert!(!json!(changes).to_string().contains("photo_bytes"));
    // For notices: what has waited since.
    let since = async |hours| {
        let since = now() - Duration::hours(hours);
        heartbeats::unsent_since(&office.state.services, office.office.id, since).await.unwrap().len()
    };
    assert_eq!((since(69).await, since(71).await), (1, 0));
}

#[tokio::test]
async fn work_is_taken_whatever_is_said_of_it() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    // In words of a later version, or of nobody: nothing is noted, and everything else goes on.
    for odd in [json!(7), json!({ "number": "x" }), json!({ "unsent": { "visits": -1 } }), Value::Null] {
        let answer = says(&phone, &odd, &[found(id(), office.site.id, "堆放杂物")]).await;
        assert_eq!(outcome_of(&answer["outcomes"][0]), "received", "{odd}");
        assert_eq!(answer.get("heard"), None, "{odd}");
    }
    assert_eq!(all(&office).await, []);
    // A phone that does not say anything is answered as ever.
    assert_eq!(phone.sync(&[found(id(), office.site.id, "堆放杂物")]).await.len(), 1);
    // What a later version says beside is passed over.
    let mut more = holding(1, 1);
    more["battery"] = json!(40);
    assert_eq!(says(&phone, &more, &[]).await["heard"], json!(true));
    assert_eq!(all(&office).await.len(), 1);
}

#[tokio::test]
async fn no_figure_of_a_hostile_phone_breaks_the_list() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    let most = json!({ "visits": u32::MAX, "hazards": u32::MAX, "others": u32::MAX, "photos": u32::MAX,
        "photo_bytes": u64::MAX, "refused": u32::MAX });
    let absurd = json!({ "number": u64::MAX, "unsent": most, "drafts": u32::MAX,
        "oldest": "0001-01-01T00:00:00Z" });
    says(&phone, &absurd, &[]).await;
    // As many phones as it likes.
    for _ in 0..20 {
        let other = Phone { device: id(), cookie: phone.cookie.clone(), ..phone };
        says(&other, &absurd, &[]).await;
    }
    let rows = all(&office).await;
    assert_eq!(rows.len(), 8, "of one person eight are remembered");
    assert!(rows.iter().all(|row| row.since.is_none_or(|since| since >= now() - Duration::days(366))));
    assert_eq!(rows[0].state(office_day(now())), UnsentState::Refused);
    let report = verify(&*office.state.store, &*office.state.blobs).await.unwrap();
    assert!(report.is_clean(), "{report}");
}

#[tokio::test]
async fn what_came_late_or_twice_says_nothing_new() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    says(&phone, &holding(5, 6), &[]).await;
    // It was overtaken on its way: the office is told, and knows better.
    assert_eq!(says(&phone, &holding(4, 9), &[]).await["heard"], json!(true));
    assert_eq!(says(&phone, &holding(5, 9), &[]).await["heard"], json!(true));
    assert_eq!(all(&office).await[0].heartbeat.unsent.visits, 6);
    says(&phone, &json!({ "number": 6 }), &[]).await;
    let rows = all(&office).await;
    assert_eq!((rows.len(), rows[0].since), (1, None), "all is sent");
}

#[tokio::test]
async fn work_that_came_as_a_file_is_not_waited_for() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    says(&phone, &holding(1, 1), &[]).await;
    let operations = [found(id(), office.site.id, "堆放杂物")];
    let of_another = bundle_of(&office, phone.person, id(), &operations, &[]);
    bring(&office, &of_another).await.unwrap();
    assert_eq!(all(&office).await.len(), 1, "it was another phone's");
    let file = bundle_of(&office, phone.person, phone.device, &operations, &[]);
    bring(&office, &file).await.unwrap();
    assert_eq!(all(&office).await, []);
    // Where it lives after all it says so.
    says(&phone, &holding(2, 1), &[]).await;
    assert_eq!(all(&office).await.len(), 1);
}

#[tokio::test]
async fn the_desk_lists_it_and_shows_it_with_the_person() {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    says(&phone, &holding(1, 6), &[]).await;
    let people = office.state.store.people(office.office.id).await.unwrap();
    let holder: Person = people.into_iter().find(|person| person.id == phone.person).unwrap();
    let desk = Desk::of(&office);
    let seat = desk.seat(Role::Administrator).await;
    for path in ["/office/unsent", "/office/unsent?state=long", "/office/unsent?state=holding"] {
        let page = seat.page(path).await.text();
        assert!(page.contains(&holder.name) && page.contains("检查 6、照片 22"), "{path}: {page}");
    }
    let page = seat.page("/office/unsent?state=sent").await.text();
    assert!(page.contains("没有符合条件的手机"), "{page}");
    let page = seat.page(&format!("/office/people/{}", holder.id)).await.text();
    assert!(page.contains("手机上没传的") && page.contains("检查 6、照片 22"), "{page}");
    let file = seat.page("/office/export/unsent/csv").await;
    assert_eq!(file.status, StatusCode::OK);
    assert!(file.text().contains(&holder.name) && file.text().contains("61000000"), "{}", file.text());
    let file = desk.seat(Role::CommunityOfficer).await.page("/office/export/unsent/csv").await;
    assert!(file.text().contains(&holder.name), "the community's own: {}", file.text());
}
