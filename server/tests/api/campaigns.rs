//! 专项: visits move a campaign on, at the desk and for the phone.

use super::{
    office::{TestOffice, now, outcome_of, passing_visit},
    pages::Desk,
};
use chrono::Duration;
use domain::{
    form::{Form, Layer, Validity},
    role::{Role, Scope},
    time::office_day,
};
use std::sync::Arc;

/// The checklist of charging sheds as a campaign's, which begins today.
async fn campaign(office: &TestOffice) -> Arc<Form> {
    let validity = Validity { from: Some(office_day(now())), until: None };
    let listed = office.form("ebike-charging");
    let form = Form { id: "sheds".into(), layer: Layer::Campaign, validity, ..Form::clone(&listed) };
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_form(office.office.id, &form).await.unwrap();
    tx.commit().await.unwrap();
    Arc::new(form)
}

async fn figures(office: &TestOffice, form: &Form, at: Duration) -> (u64, u64) {
    let (store, scope) = (&office.state.store, Scope::Office);
    let parts = store.campaign_progress(office.office.id, &scope, &form.id, now() + at).await.unwrap();
    parts.iter().fold((0, 0), |(sites, visited), part| (sites + part.sites, visited + part.visited))
}

#[tokio::test]
async fn a_visit_with_the_campaigns_list_moves_it_on_and_another_does_not() {
    let office = TestOffice::open().await;
    let form = campaign(&office).await;
    let phone = office.phone(Role::Inspector).await;
    assert_eq!(figures(&office, &form, Duration::zero()).await, (2, 0));
    let usual = passing_visit(&phone, &office.site, &office.form("ebike-charging"));
    assert_eq!(outcome_of(&phone.sync(&[usual]).await[0]), "received");
    assert_eq!(figures(&office, &form, Duration::zero()).await, (2, 0), "another list");
    let visit = passing_visit(&phone, &office.site, &form);
    assert_eq!(outcome_of(&phone.sync(std::slice::from_ref(&visit)).await[0]), "received");
    assert_eq!(outcome_of(&phone.sync(&[visit]).await[0]), "already_received");
    assert_eq!(figures(&office, &form, Duration::zero()).await, (2, 1));
    // The phone is told with the site, and counts the same.
    let (changes, _) = phone.pull(None).await;
    let site = changes.iter().find(|change| change["kind"] == "site").unwrap();
    assert_eq!(site["body"]["last_answers"][0]["form"], "sheds", "{site}");
    // The next round begins with the next version: what was done before does not count any more.
    let validity = Validity { from: Some(office_day(now()) + Duration::days(1)), until: None };
    let next = Form { version: form.version + 1, validity, ..Form::clone(&form) };
    let mut tx = office.state.store.write().await.unwrap();
    assert!(tx.publish_form(office.office.id, &next).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(figures(&office, &form, Duration::zero()).await, (2, 1));
    assert_eq!(figures(&office, &form, Duration::days(1)).await, (2, 0));
}

#[tokio::test]
async fn each_figure_on_the_forms_page_opens_its_sites() {
    let office = TestOffice::open().await;
    let form = campaign(&office).await;
    let phone = office.phone(Role::Inspector).await;
    phone.sync(&[passing_visit(&phone, &office.site, &form)]).await;
    let desk = Desk::of(&office);
    let seat = desk.seat(Role::Supervisor).await;
    let page = seat.page("/office/forms/sheds").await.text();
    assert!(page.contains("专项进度") && page.contains("已查 1 / 2 处"), "{page}");
    assert!(!seat.page("/office/forms/ebike-charging").await.text().contains("专项进度"));
    let opened = async |state: &str| {
        let link = format!("/office/sites?campaign=sheds&amp;campaign_state={state}");
        assert!(page.contains(&link), "{link}: {page}");
        seat.page(&link.replace("&amp;", "&")).await.text()
    };
    let (visited, left) = (opened("visited").await, opened("to_visit").await);
    assert!(visited.contains(&office.site.name) && !visited.contains(&office.elsewhere.name));
    assert!(left.contains(&office.elsewhere.name) && !left.contains(&office.site.name));
    assert!(left.contains("专项涉及的场所") && left.contains("未查"), "what narrows can be taken away");
}
