//! A school that files its own drill and its daily check: as checks of its own, which the office reads and nobody else of a site does.

use super::{
    evidence::clean,
    office::{Phone, TestOffice, id, outcome_of, passing_visit},
    pages::Desk,
};
use domain::{
    id::VisitId,
    role::{Role, Scope},
    sector::Sector,
    site::Site,
    visit::VisitFilter,
};
use serde_json::{Value, json};

/// What a school fills in about itself.
const FILED: [(&str, &str); 2] =
    [("school-safety", "学校安全检查"), ("school-drill", "学校应急疏散演练检查")];

/// The school of the office's school safety officer; the enterprise contact is of another site.
async fn school(office: &TestOffice) -> Site {
    let site = Site {
        kinds: vec!["school".into()],
        sector: Sector::School,
        name: "锦绣小学".into(),
        ..office.site.clone()
    };
    let enterprise = office.person(Role::Enterprise).await;
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_site(office.office.id, &site).await.unwrap();
    let away = domain::person::Person { sites: vec![office.elsewhere.id], ..enterprise };
    tx.put_person(office.office.id, &away, None).await.unwrap();
    tx.commit().await.unwrap();
    site
}

fn filed(office: &TestOffice, phone: &Phone<'_>, site: &Site, form: &str) -> (VisitId, Value) {
    let mut visit = passing_visit(phone, site, &office.form(form));
    visit["payload"]["submit_visit"]["nature"] = json!("self_check");
    let id = visit["payload"]["submit_visit"]["id"].as_str().unwrap().parse().unwrap();
    (id, visit)
}

#[tokio::test]
async fn a_school_files_its_own_drill_and_daily_check() {
    let office = TestOffice::open().await;
    let site = school(&office).await;
    let phone = office.phone(Role::School).await;
    let desk = Desk::of(&office);
    let supervisor = desk.seat(Role::Supervisor).await;
    for (form, title) in FILED {
        let (visit, sent) = filed(&office, &phone, &site, form);
        // A phone that was not answered sends it again.
        for expected in ["received", "already_received"] {
            let answer = phone.sync(std::slice::from_ref(&sent)).await.remove(0);
            assert_eq!(outcome_of(&answer), expected, "{form}: {answer}");
        }
        let record = supervisor.page(&format!("/office/visits/{visit}")).await.text();
        for words in ["自查", title, "锦绣小学"] {
            assert!(record.contains(words), "{form}: {words}");
        }
        let own = phone.request("GET", &format!("/api/v1/records/visit/{visit}"), "").await;
        assert_eq!(own.status.as_u16(), 200, "{form}: {}", own.text());
        let enterprise = office.phone(Role::Enterprise).await;
        let others = enterprise.request("GET", &format!("/api/v1/records/visit/{visit}"), "").await;
        assert_eq!(others.status.as_u16(), 404, "{form}: {}", others.text());
    }
    let filter = VisitFilter { page: 1, ..VisitFilter::default() };
    let visits = office.state.store.visits(office.office.id, &Scope::Office, &filter).await.unwrap();
    assert_eq!(visits.total, 2, "each once");
    // Neither is a visit of the office: the site waits for one as before.
    let known = office.state.store.site(office.office.id, site.id).await.unwrap().unwrap();
    assert_eq!(known.last_visit, None);
    // And nobody of a school files the check of another site.
    let elsewhere = Site { id: id(), code: "B9".into(), ..office.elsewhere.clone() };
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_site(office.office.id, &elsewhere).await.unwrap();
    tx.commit().await.unwrap();
    let (_, sent) = filed(&office, &phone, &elsewhere, "school-drill");
    let answer = phone.sync(std::slice::from_ref(&sent)).await.remove(0);
    assert_eq!(outcome_of(&answer), "refused", "{answer}");
    clean(&office).await;
}
