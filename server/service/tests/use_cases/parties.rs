//! Parties: who may keep them, what becomes of the sites and hazards that name them.

use crate::{
    office::{TestOffice, at_desk},
    phone::{report, synced},
};
use domain::{
    audit::{Act, AuditFilter, SubjectKind},
    id::HazardId,
    party::{CreditCode, Party, PartyFilter, PartyKind, PartyPerson},
    role::{Actor, Role},
    site::Site,
};
use service::{Error, hazards, parties, sites};
use tokio::task::yield_now;

fn party(office: &TestOffice, name: &str) -> Party {
    let manager =
        PartyPerson { name: "孙强".into(), post: "主要负责人".into(), ..PartyPerson::default() };
    Party {
        id: office.services.new_id(),
        name: name.into(),
        kind: PartyKind::Enterprise,
        credit_code: CreditCode::completing("91000000MA0000001"),
        phone: String::new(),
        people: vec![manager],
        note: String::new(),
        retired: false,
    }
}

/// The office's site, which names this party from now on.
async fn given(office: &TestOffice, party: &Party) -> Site {
    let by = office.asker();
    let site = Site { party: Some(party.of_site()), ..office.site.clone() };
    sites::save(&office.services, &by, site, Some(office.site.clone())).await.unwrap();
    sites::file(&office.services, &by, office.site.id).await.unwrap().site
}

fn wrong_field(saved: &Result<(), Error>) -> Option<&str> {
    match saved {
        Err(Error::Invalid { field, .. }) => Some(field),
        _ => None,
    }
}

#[tokio::test]
async fn a_party_that_changes_is_told_of_once_and_its_sites_say_so() {
    let office = TestOffice::open().await;
    let (services, by) = (&office.services, office.asker());
    let first = party(&office, "锦绣物业");
    parties::save(services, &by, first.clone(), None).await.unwrap();
    assert_eq!(given(&office, &first).await.party, Some(first.of_site()));

    let renamed = Party { name: "锦绣家园物业服务".into(), ..first.clone() };
    parties::save(services, &by, renamed.clone(), Some(first.clone())).await.unwrap();
    let late =
        parties::save(services, &by, Party { note: "晚了".into(), ..first.clone() }, Some(first)).await;
    assert!(matches!(late, Err(Error::Changed)), "{late:?}");
    let file = parties::file(services, &by, renamed.id).await.unwrap();
    assert_eq!(file.party, renamed);
    assert_eq!(file.sites[0].party_name, Some(renamed.name));
    let told = AuditFilter { subject: Some(SubjectKind::Party), page: 1, ..AuditFilter::default() };
    let told = services.store.audit(by.actor.office, &told).await.unwrap();
    let mut acts: Vec<_> = told.rows.iter().map(|entry| entry.act).collect();
    acts.sort();
    assert_eq!(acts, [Act::Added, Act::Changed]);
}

#[tokio::test]
async fn a_party_is_refused_where_another_has_its_code_or_it_answers_for_sites() {
    let office = TestOffice::open().await;
    let (services, by) = (&office.services, office.asker());
    let first = party(&office, "锦绣物业");
    parties::save(services, &by, first.clone(), None).await.unwrap();
    let twin = parties::save(services, &by, party(&office, "别家物业"), None).await;
    assert_eq!(wrong_field(&twin), Some("credit_code"), "{twin:?}");
    let nameless = parties::save(services, &by, party(&office, " "), None).await;
    assert_eq!(wrong_field(&nameless), Some("name"), "{nameless:?}");

    let site = given(&office, &first).await;
    let retired = Party { retired: true, ..first.clone() };
    let saved = parties::save(services, &by, retired.clone(), Some(first.clone())).await;
    assert_eq!(wrong_field(&saved), Some("retired"), "{saved:?}");
    let free = Site { party: None, ..site.clone() };
    sites::save(services, &by, free.clone(), Some(site)).await.unwrap();
    parties::save(services, &by, retired.clone(), Some(first)).await.unwrap();
    assert_eq!(parties::called(services, &by, "锦绣物业").await.unwrap(), []);
    let taken = Site { party: Some(retired.of_site()), ..free.clone() };
    let again = sites::save(services, &by, taken, Some(free)).await;
    assert_eq!(wrong_field(&again), Some("party"), "{again:?}");
}

#[tokio::test]
async fn a_party_that_is_being_retired_is_given_to_no_site() {
    let office = TestOffice::open().await;
    let (services, by) = (&office.services, office.asker());
    let first = party(&office, "锦绣物业");
    parties::save(services, &by, first.clone(), None).await.unwrap();
    let mut tx = services.store.write().await.unwrap();
    tx.put_party(by.actor.office, &Party { retired: true, ..first.clone() }).await.unwrap();
    // The form has read what it reads and waits for the writer.
    let retiring = async move {
        for _ in 0..1_000 {
            yield_now().await;
        }
        tx.commit().await
    };
    let site = Site { party: Some(first.of_site()), ..office.site.clone() };
    let giving = sites::save(services, &by, site, Some(office.site.clone()));
    let (given, retired) = tokio::join!(giving, retiring);
    retired.unwrap();
    assert_eq!(wrong_field(&given), Some("party"), "{given:?}");
}

#[tokio::test]
async fn a_hazard_keeps_who_answered_for_the_site_when_it_was_found() {
    let office = TestOffice::open().await;
    let (services, by) = (&office.services, office.asker());
    let first = party(&office, "锦绣物业");
    parties::save(services, &by, first.clone(), None).await.unwrap();
    let site = given(&office, &first).await;
    let id: HazardId = services.new_id();
    synced(&office, &office.inspectors[0], vec![report(&office, id)]).await;
    let next = Party { credit_code: None, ..party(&office, "接手的物业") };
    parties::save(services, &by, next.clone(), None).await.unwrap();
    let handed_over = Site { party: Some(next.of_site()), ..site.clone() };
    sites::save(services, &by, handed_over, Some(site)).await.unwrap();

    let hazard = services.store.hazard(by.actor.office, id).await.unwrap().unwrap();
    assert_eq!(hazard.party, Some(first.of_site().named()));
    let file = parties::file(services, &by, first.id).await.unwrap();
    assert_eq!((file.sites.len(), file.hazards.len()), (0, 1));
    let file = parties::file(services, &by, next.id).await.unwrap();
    assert_eq!((file.sites.len(), file.hazards.len()), (1, 0));
}

#[tokio::test]
async fn a_hazard_brings_the_desk_no_telephones_of_its_site() {
    let office = TestOffice::open().await;
    let (services, by) = (&office.services, office.asker());
    let called = PartyPerson { name: "孙强".into(), phone: "13900000091".into(), ..PartyPerson::default() };
    let first =
        Party { people: vec![called], phone: "0371-60000001".into(), ..party(&office, "锦绣物业") };
    parties::save(services, &by, first.clone(), None).await.unwrap();
    given(&office, &first).await;
    let id: HazardId = services.new_id();
    synced(&office, &office.inspectors[0], vec![report(&office, id)]).await;
    let file = hazards::file(services, &by, id).await.unwrap();
    assert_eq!(file.site_name, office.site.name);
    let sent = serde_json::to_string(&file).unwrap();
    assert!(sent.contains("锦绣物业"), "{sent}");
    assert!(!sent.contains("13900000091") && !sent.contains("0371-60000001"), "{sent}");
}

#[tokio::test]
async fn a_site_that_goes_to_another_party_of_the_same_name_is_told_of() {
    let office = TestOffice::open().await;
    let (services, by) = (&office.services, office.asker());
    let first = party(&office, "锦绣物业");
    let code = CreditCode::completing("91000000MA0000002");
    let second = Party { credit_code: code.clone(), ..party(&office, "锦绣物业") };
    for one in [&first, &second] {
        parties::save(services, &by, one.clone(), None).await.unwrap();
    }
    let site = given(&office, &first).await;
    let handed_over = Site { party: Some(second.of_site()), ..site.clone() };
    sites::save(services, &by, handed_over, Some(site)).await.unwrap();
    let told = AuditFilter { subject: Some(SubjectKind::Site), page: 1, ..AuditFilter::default() };
    let told = services.store.audit(by.actor.office, &told).await.unwrap();
    let after: Vec<_> = told.rows.iter().filter_map(|entry| entry.after["party"].as_str()).collect();
    let named = format!("锦绣物业 {}", code.unwrap());
    assert!(after.contains(&named.as_str()), "{after:?}");
}

#[tokio::test]
async fn a_party_is_seen_by_whoever_sees_one_of_its_sites_and_its_note_by_whoever_sees_the_office() {
    let office = TestOffice::open().await;
    let (services, by) = (&office.services, office.asker());
    let first = Party { note: "信访较多".into(), ..party(&office, "锦绣物业") };
    parties::save(services, &by, first.clone(), None).await.unwrap();
    let site = given(&office, &first).await;
    assert!(!serde_json::to_string(&site).unwrap().contains(&first.note), "phones hear of sites");
    assert_eq!(parties::file(services, &by, first.id).await.unwrap().party, first);
    let near = at_desk(&Actor { role: Role::Officer, ..office.inspectors[0].clone() });
    let far = at_desk(&Actor { role: Role::Officer, ..office.inspectors[1].clone() });
    let seen = Party { note: String::new(), ..first.clone() };
    assert_eq!(parties::file(services, &near, first.id).await.unwrap().party, seen);
    let asked = parties::file(services, &far, first.id).await;
    assert!(matches!(asked, Err(Error::NotFound)), "{asked:?}");
    let listed = parties::list(services, &near, &PartyFilter::default()).await.unwrap();
    assert_eq!(listed.total, 0, "the list is the whole office's concern");
    let inspector = parties::file(services, &at_desk(&office.inspectors[0]), first.id).await;
    assert!(matches!(inspector, Err(Error::NotAllowed)), "{inspector:?}");
    let saved = parties::save(services, &near, first.clone(), Some(first)).await;
    assert!(matches!(saved, Err(Error::NotAllowed)), "{saved:?}");
}
