//! Parties: whom sites name, and how they are found.

use super::{announced, founded, hazard, id, now, office, site};
use domain::{
    audience::Audience,
    hazard::Hazard,
    id::PartyId,
    ledger::{LedgerFilter, LedgerStatusFilter},
    party::{CreditCode, Party, PartyFilter, PartyKind, PartyPerson, SiteParty},
    role::Scope,
    site::{Site, SiteFilter, SiteRow},
};
use storage::{Store, StoreError};
use tokio::sync::mpsc;

fn party(n: u128, name: &str, code: Option<&str>) -> Party {
    Party {
        id: id(n),
        name: name.to_owned(),
        kind: PartyKind::Enterprise,
        credit_code: code.map(|body| CreditCode::completing(body).unwrap()),
        phone: format!("0371-600000{n}"),
        people: vec![PartyPerson { name: "孙强".to_owned(), ..PartyPerson::default() }],
        note: String::new(),
        retired: false,
    }
}

fn of_party(site: Site, party: &Party) -> Site {
    Site { party: Some(party.of_site()), ..site }
}

pub async fn a_site_says_of_its_party_what_the_partys_own_record_says(store: &impl Store) {
    let first = party(71, "锦绣物业", Some("91000000MA0000001"));
    let mut tx = founded(store).await;
    tx.put_party(office(), &first).await.unwrap();
    // What a site's writer says of the party beside its id counts for nothing.
    let stale = SiteParty { name: "旧名称".to_owned(), ..first.of_site() };
    tx.put_site(office(), &Site { party: Some(stale), ..site(21, 11) }).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.site(office(), id(21)).await.unwrap(), Some(of_party(site(21, 11), &first)));
    let heard = announced(store, Audience::Grid(id(11)), 0, 10).await;
    let head = heard.iter().map(|changed| changed.seq).max().unwrap();

    let renamed = Party { name: "锦绣家园物业服务".to_owned(), ..first };
    let mut tx = store.write().await.unwrap();
    tx.put_party(office(), &renamed).await.unwrap();
    assert_eq!(tx.party(office(), renamed.id).await.unwrap(), Some(renamed.clone()));
    assert_eq!(tx.party(id(2), renamed.id).await.unwrap(), None, "another office's");
    assert_eq!(tx.count_sites_of_party(office(), renamed.id).await.unwrap(), 1);
    tx.commit().await.unwrap();
    let of_it = of_party(site(21, 11), &renamed);
    assert_eq!(store.all_sites(office()).await.unwrap(), [of_it.clone(), site(22, 12)]);
    let here = SiteFilter { party: Some(renamed.id), ..SiteFilter::default() };
    let rows = store.sites(office(), &Scope::Office, &here, now()).await.unwrap().rows;
    assert_eq!(rows, [SiteRow::of(of_it.clone(), 0, rows[0].next_visit)]);
    let again = announced(store, Audience::Grid(id(11)), head, 10).await;
    let named: Vec<_> = again.iter().map(|changed| (changed.kind.as_str(), changed.id.clone())).collect();
    assert_eq!(named, [("site", of_it.id.to_string())], "whoever sees the site hears of its party");
    assert_eq!(announced(store, Audience::Grid(id(12)), head, 10).await, [], "and nobody else");

    let mut tx = store.write().await.unwrap();
    tx.put_site(office(), &Site { retired: true, ..of_it }).await.unwrap();
    assert_eq!(tx.count_sites_of_party(office(), renamed.id).await.unwrap(), 0, "out of use");
}

pub async fn a_credit_code_belongs_to_one_party_of_the_office(store: &impl Store) {
    let body = "91000000MA0000002";
    let mut tx = founded(store).await;
    tx.put_party(office(), &party(71, "甲", Some(body))).await.unwrap();
    tx.put_party(office(), &party(72, "乙", None)).await.unwrap();
    tx.put_party(office(), &party(73, "丙", None)).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = store.write().await.unwrap();
    let taken = tx.put_party(office(), &party(72, "乙", Some(body))).await;
    assert!(matches!(taken, Err(StoreError::Taken(_))), "{taken:?}");
    drop(tx);
    assert_eq!(store.party(office(), id(72)).await.unwrap(), Some(party(72, "乙", None)));
    assert_eq!(store.party(id(2), id(72)).await.unwrap(), None, "another office's");
}

pub async fn parties_are_found_by_kind_name_code_and_phone(store: &impl Store) {
    let first = party(71, "锦绣物业", Some("91000000MA0000001"));
    let school = Party { kind: PartyKind::PublicInstitution, ..party(72, "第一小学", None) };
    let gone = Party { retired: true, ..party(73, "锦绣物业", None) };
    let mut tx = founded(store).await;
    for party in [&first, &school, &gone] {
        tx.put_party(office(), party).await.unwrap();
    }
    tx.put_site(office(), &of_party(site(21, 11), &first)).await.unwrap();
    let found = Hazard { party: Some(first.of_site().named()), ..hazard() };
    tx.put_hazards(office(), &[found], now()).await.unwrap();
    tx.commit().await.unwrap();

    let asked = async |scope: &Scope, filter: &PartyFilter| -> Vec<PartyId> {
        let page = store.parties(office(), scope, filter).await.unwrap();
        let ids: Vec<_> = page.rows.iter().map(|row| row.id).collect();
        assert_eq!(page.total, ids.len() as u64);
        let (to, mut sent) = mpsc::channel(8);
        store.send_parties(office(), scope, filter, 8, to).await.unwrap();
        let mut in_file = vec![];
        while let Some(row) = sent.recv().await {
            in_file.push(row.id);
        }
        assert_eq!(in_file, ids, "a file holds what the screen lists");
        ids
    };
    let all = PartyFilter::default();
    let searched = |query: &str| PartyFilter { query: query.to_owned(), ..PartyFilter::default() };
    let office_wide = Scope::Office;
    assert_eq!(asked(&office_wide, &all).await, [school.id, first.id, gone.id], "those in use first");
    assert_eq!(asked(&Scope::Grids(vec![id(11)]), &all).await, [], "the whole office's concern");
    let schools = PartyFilter { kind: Some(PartyKind::PublicInstitution), ..PartyFilter::default() };
    assert_eq!(asked(&office_wide, &schools).await, [school.id]);
    assert_eq!(asked(&office_wide, &searched("小学")).await, [school.id]);
    assert_eq!(asked(&office_wide, &searched("91000000ma")).await, [first.id]);
    assert_eq!(asked(&office_wide, &searched("60000072")).await, [school.id]);

    let rows = store.parties(office(), &office_wide, &searched("91000000")).await.unwrap().rows;
    assert_eq!((rows[0].sites, rows[0].open_hazards), (1, 1));
    let its = LedgerFilter { party: Some(first.id), ..LedgerFilter::of(LedgerStatusFilter::Open) };
    let ledger = store.ledger(office(), &office_wide, &its, now()).await.unwrap();
    assert_eq!(ledger.total, 1, "the figure opens its rows");
    assert_eq!(ledger.rows[0].party_name.as_deref(), Some("锦绣物业"));
    let others = LedgerFilter { party: Some(school.id), ..its };
    assert_eq!(store.ledger(office(), &office_wide, &others, now()).await.unwrap().total, 0);

    let named = store.parties_of_hazards(office()).await.unwrap();
    assert_eq!(named.into_iter().collect::<Vec<_>>(), [first.id]);
    assert!(store.parties_of_hazards(id(2)).await.unwrap().is_empty(), "another office's");

    let called = async |words: &str| -> Vec<PartyId> {
        let found = store.parties_called(office(), words).await.unwrap();
        found.iter().map(|party| party.id).collect()
    };
    assert_eq!(called("锦绣物业").await, [first.id], "nobody is offered who is retired");
    assert_eq!(called(first.credit_code.as_ref().unwrap().as_str()).await, [first.id]);
    assert_eq!(called("锦绣").await, [], "a name is told in full");
    let everyone: Vec<_> = store.all_parties(office()).await.unwrap().iter().map(|one| one.id).collect();
    assert_eq!(everyone, [school.id, first.id, gone.id]);
}
