//! Parties at the desk and on phones: by forms, pages, and inside the sites that are sent.

use super::{
    office::{TestOffice, found, id, outcome_of},
    pages::{Desk, fault},
};
use app::server_fns::{meanwhile::base_of, parties::party_form::PartyForm, sites::site_form::SiteForm};
use axum::http::StatusCode;
use domain::{
    id::HazardId,
    party::{CreditCode, Party, PartyPerson},
    role::Role,
    site::{Contact, Site},
};
use serde_json::{Value, json};
use server::verify::verify;

fn form(name: &str, code: Option<&CreditCode>) -> PartyForm {
    PartyForm {
        name: name.into(),
        credit_code: code.map(ToString::to_string).unwrap_or_default(),
        people: vec![PartyPerson {
            name: "孙强".into(),
            post: "主要负责人".into(),
            phone: "13900000091".into(),
        }],
        ..PartyForm::default()
    }
}

async fn all(office: &TestOffice) -> Vec<Party> {
    office.state.store.all_parties(office.office.id).await.unwrap()
}

async fn site(office: &TestOffice) -> Site {
    office.state.store.site(office.office.id, office.site.id).await.unwrap().unwrap()
}

/// The form of the office's site as it stands, with this party.
async fn with_party(office: &TestOffice, party: &str) -> SiteForm {
    let known = SiteForm::of(&site(office).await);
    SiteForm { base: base_of(&known), party: party.into(), ..known }
}

#[tokio::test]
async fn a_site_is_given_its_party_by_full_name_or_code_and_its_phones_have_the_people() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office);
    let seat = desk.seat(Role::Supervisor).await;
    let code = CreditCode::completing("91000000MA0000001").unwrap();
    let (page, reply) = seat.submit("save_party", &form("锦绣物业", Some(&code))).await;
    assert!(page.starts_with("/office/parties/"), "{page}");
    assert!(reply.text().contains("锦绣物业") && reply.text().contains(code.as_str()), "{}", reply.text());

    let refused = fault(&seat.act("save_site", &with_party(&office, "锦绣").await).await);
    assert_eq!(refused["invalid"]["field"], "party", "a name is told in full: {refused}");
    let phone = office.phone(Role::Inspector).await;
    let (_, cursor) = phone.pull(None).await;
    assert_eq!(seat.act("save_site", &with_party(&office, code.as_str()).await).await.status, StatusCode::OK);
    let party = all(&office).await.remove(0);
    assert_eq!(site(&office).await.party, Some(party.of_site()));
    let (changes, cursor) = phone.pull(Some(cursor)).await;
    let sent =
        |changes: &[Value]| changes.iter().map(|change| change["body"]["party"].clone()).collect::<Vec<_>>();
    assert_eq!(sent(&changes), [json!(party.of_site())]);

    // What is said on the party's own page comes to the phones of its sites, and to no others.
    let known = PartyForm::of(&party);
    let base = base_of(&known);
    let renamed = PartyForm { base, name: "锦绣家园物业服务".into(), ..known };
    assert_eq!(seat.act("save_party", &renamed).await.status, StatusCode::OK);
    let (changes, cursor) = phone.pull(Some(cursor)).await;
    assert_eq!(sent(&changes).len(), 1, "{changes:?}");
    assert_eq!(changes[0]["body"]["party"]["name"], "锦绣家园物业服务");

    // A hazard keeps who answered when it was found, for the desk and for phones.
    let hazard: HazardId = id();
    let answers = phone.sync(&[found(hazard, office.site.id, "堆放杂物")]).await;
    assert_eq!(outcome_of(&answers[0]), "received");
    assert_eq!(seat.act("save_site", &with_party(&office, "").await).await.status, StatusCode::OK);
    assert_eq!(site(&office).await.party, None);
    let (changes, _) = phone.pull(Some(cursor)).await;
    let of_hazard = changes.iter().find(|change| change["kind"] == "hazard").unwrap();
    assert_eq!(of_hazard["body"]["party"]["name"], "锦绣家园物业服务");
    let page = seat.page(&format!("/office/hazards/{hazard}")).await.text();
    assert!(page.contains(&format!("/office/parties/{}", party.id)), "{page}");
    let page = seat.page(&format!("/office/hazards?party={}", party.id)).await.text();
    assert!(page.contains("堆放杂物") && page.contains("锦绣家园物业服务"), "{page}");
}

#[tokio::test]
async fn a_list_of_sites_names_whom_to_call_and_carries_no_telephone() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office);
    let seat = desk.seat(Role::Supervisor).await;
    assert_eq!(seat.act("save_party", &form("锦绣物业", None)).await.status, StatusCode::OK);
    let contact = Contact { name: "张店长".into(), phone: "13900000092".into(), ..Contact::default() };
    let called = SiteForm { contacts: vec![contact], ..with_party(&office, "锦绣物业").await };
    assert_eq!(seat.act("save_site", &called).await.status, StatusCode::OK);
    let of_it = format!("/office/sites?party={}", all(&office).await[0].id);
    for (path, shown) in
        [("/office/sites", "张店长"), (of_it.as_str(), "锦绣物业"), ("/office/export/sites/csv", "锦绣物业")]
    {
        let page = seat.page(path).await.text();
        assert!(page.contains(shown), "{path}: {page}");
        // Neither in what is seen nor in the data that travels with the page.
        for phone in ["13900000091", "13900000092"] {
            assert!(!page.contains(phone), "{path}: {page}");
        }
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_party_is_told_by_field_and_nothing_is_lost() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office);
    let (one, other) = (desk.seat(Role::Supervisor).await, desk.seat(Role::Administrator).await);
    let code = CreditCode::completing("91000000MA0000001").unwrap();
    let wrong = PartyForm { credit_code: "91000000MA00000010".into(), ..form("锦绣物业", None) };
    let refused = fault(&one.act("save_party", &wrong).await);
    assert_eq!(refused["invalid"]["field"], "credit_code", "{refused}");
    assert_eq!(one.act("save_party", &form("锦绣物业", Some(&code))).await.status, StatusCode::OK);
    let twin = fault(&one.act("save_party", &form("别家物业", Some(&code))).await);
    assert_eq!(twin["invalid"]["field"], "credit_code", "{twin}");
    assert_eq!(all(&office).await.len(), 1);

    let known = PartyForm::of(&all(&office).await[0]);
    let loaded = PartyForm { base: base_of(&known), ..known };
    let first = PartyForm { phone: "0371-60000001".into(), ..loaded.clone() };
    assert_eq!(one.act("save_party", &first).await.status, StatusCode::OK);
    let second = PartyForm { phone: "0371-60000002".into(), ..loaded };
    let changed = fault(&other.act("save_party", &second).await);
    let field = &changed["changed"]["meanwhile"]["fields"][0];
    assert_eq!((field["field"].as_str(), field["theirs"].as_str()), (Some("phone"), Some("0371-60000001")));
    assert_eq!(all(&office).await[0].phone, "0371-60000001", "nothing was written over");
}

#[tokio::test]
async fn the_list_of_parties_names_them_to_whoever_sees_the_whole_office() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office);
    let seat = desk.seat(Role::Supervisor).await;
    assert_eq!(seat.act("save_party", &form("锦绣物业", None)).await.status, StatusCode::OK);
    let page = seat.page("/office/parties").await.text();
    assert!(page.contains("锦绣物业"), "{page}");
    assert!(!page.contains("13900000091"), "the list shows no telephone");
    let file = seat.page("/office/export/parties/csv").await.text();
    assert!(file.contains("锦绣物业") && !file.contains("13900000091"), "{file}");
    let officer = desk.seat(Role::Officer).await;
    assert!(!officer.page("/office/parties").await.text().contains("锦绣物业"));
    let party = all(&office).await.remove(0);
    let page = officer.page(&format!("/office/parties/{}", party.id)).await.text();
    assert!(!page.contains("锦绣物业"), "nothing of it is in sight: {page}");
}

#[tokio::test]
async fn what_lists_show_of_a_party_is_held_against_its_record() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office);
    let seat = desk.seat(Role::Supervisor).await;
    let code = CreditCode::completing("91000000MA0000001").unwrap();
    seat.submit("save_party", &form("锦绣物业", Some(&code))).await;
    let report = async || verify(&*office.state.store, &*office.state.blobs).await.unwrap();
    assert!(report().await.is_clean(), "{}", report().await);
    for (column, wrong, right) in [
        ("name", "'别的'", "'锦绣物业'"),
        ("kind", "'resident'", "'enterprise'"),
        ("credit_code", "NULL", format!("'{code}'").as_str()),
        ("retired", "NOT retired", "NOT retired"),
    ] {
        office.database.execute(&format!("UPDATE party SET {column} = {wrong}")).await;
        let damaged = report().await;
        let told = damaged.told.iter().any(|told| told.contains("lists show something else"));
        assert!(told, "{column}: {damaged}");
        office.database.execute(&format!("UPDATE party SET {column} = {right}")).await;
    }
    assert!(report().await.is_clean(), "{}", report().await);
}
