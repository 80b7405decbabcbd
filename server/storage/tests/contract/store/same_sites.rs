//! A site that was proposed where it was there already.

use super::*;
use domain::{
    id::SiteId,
    site::{SiteFilter, SiteLack, ToConfirm},
};

pub async fn a_site_proposed_again_is_the_one_that_is_there(store: &impl Store) {
    let (there, again, strange): (SiteId, SiteId, SiteId) = (id(21), id(91), id(92));
    let mut tx = founded(store).await;
    assert_eq!(tx.known_sites(&[there, again]).await.unwrap(), [there].into());
    assert!(tx.known_sites(&[]).await.unwrap().is_empty());
    assert!(tx.same_sites(office(), &[again]).await.unwrap().is_empty());
    // The second time nothing changes.
    for site in [there, id(22)] {
        tx.put_same_sites(office(), &[(again, site)]).await.unwrap();
    }
    tx.put_same_sites(office(), &[]).await.unwrap();
    assert_eq!(tx.same_sites(office(), &[again, strange]).await.unwrap(), [(again, there)].into());
    assert!(tx.same_sites(id(2), &[again]).await.unwrap().is_empty(), "another office's");
    // That site turns out to be a third one: both lead there.
    tx.put_same_sites(office(), &[(there, id(22))]).await.unwrap();
    assert_eq!(
        tx.same_sites(office(), &[again, there]).await.unwrap(),
        [(again, id(22)), (there, id(22))].into()
    );
    tx.commit().await.unwrap();
}

pub async fn what_was_made_on_the_spot_is_listed_until_it_is_confirmed(store: &impl Store) {
    let made = ToConfirm { by: id(51), by_name: "李敏".to_owned(), at: now(), photos: vec![] };
    let waits = Site { to_confirm: Some(made), ..site(23, 11) };
    let mut tx = founded(store).await;
    tx.put_site(office(), &waits).await.unwrap();
    tx.commit().await.unwrap();
    let filter = SiteFilter { page: 1, ..SiteFilter::of(SiteLack::Confirmation) };
    let page = store.sites(office(), &Scope::Office, &filter, now()).await.unwrap();
    assert_eq!(page.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [waits.id]);
    assert_eq!(store.site(office(), waits.id).await.unwrap(), Some(waits.clone()));
    let mut tx = store.write().await.unwrap();
    tx.put_site(office(), &Site { to_confirm: None, ..waits }).await.unwrap();
    tx.commit().await.unwrap();
    let page = store.sites(office(), &Scope::Office, &filter, now()).await.unwrap();
    assert!(page.rows.is_empty());
}
