//! The areas of communities and grids, and the sites that a map shows in them.

use super::{founded, id, now, office, site};
use domain::{
    id::SiteId,
    map::{Area, Outline, Polygon},
    place::{FormerPlace, PlaceId},
    role::Scope,
    site::Site,
};
use storage::Store;

fn outline(place: PlaceId, west: f64) -> Outline {
    let ring = vec![[west, 34.85], [west + 0.01, 34.85], [west + 0.01, 34.86], [west, 34.85]];
    Outline { place, area: Area(vec![Polygon(vec![ring])]) }
}

pub async fn an_outline_is_the_one_that_its_place_was_given_last(store: &impl Store) {
    founded(store).await.commit().await.unwrap();
    assert_eq!(store.outlines(office()).await.unwrap(), []);
    let (community, grid) = (PlaceId::Community(id(10)), PlaceId::Grid(id(12)));
    let mut tx = store.write().await.unwrap();
    tx.put_outlines(office(), &[outline(community, 113.5), outline(grid, 113.6)]).await.unwrap();
    tx.put_outlines(office(), &[outline(grid, 113.7)]).await.unwrap();
    tx.put_outlines(office(), &[]).await.unwrap();
    tx.commit().await.unwrap();
    let kept = store.outlines(office()).await.unwrap();
    assert_eq!(kept, [outline(community, 113.5), outline(grid, 113.7)]);
    assert_eq!(store.outlines(id(2)).await.unwrap(), [], "another office's");

    let mut tx = store.write().await.unwrap();
    tx.put_site(office(), &Site { grid: id(11), ..site(22, 12) }).await.unwrap();
    let former = FormerPlace { place: grid, name: "网格".into(), into: None, at: now(), by: "王".into() };
    tx.end_place(office(), &former).await.unwrap();
    tx.commit().await.unwrap();
    let kept = store.outlines(office()).await.unwrap();
    assert_eq!(kept, [outline(community, 113.5)], "a place that is no more is on no map");
}

pub async fn an_outline_is_removed_once(store: &impl Store) {
    founded(store).await.commit().await.unwrap();
    let (community, grid) = (PlaceId::Community(id(10)), PlaceId::Grid(id(12)));
    let mut tx = store.write().await.unwrap();
    tx.put_outlines(office(), &[outline(community, 113.5), outline(grid, 113.6)]).await.unwrap();
    assert!(!tx.remove_outline(id(2), grid).await.unwrap(), "another office's");
    assert!(!tx.remove_outline(office(), PlaceId::Community(id(12))).await.unwrap(), "another kind of place");
    assert!(tx.remove_outline(office(), grid).await.unwrap());
    assert!(!tx.remove_outline(office(), grid).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(store.outlines(office()).await.unwrap(), [outline(community, 113.5)]);
    assert!(
        store.places(office()).await.unwrap().grids.iter().any(|known| known.id == id(12)),
        "the grid stays"
    );
}

pub async fn sites_in_use_are_told_as_far_as_one_sees(store: &impl Store) {
    let mut tx = founded(store).await;
    tx.put_site(office(), &Site { retired: true, ..site(22, 12) }).await.unwrap();
    tx.put_site(office(), &site(23, 12)).await.unwrap();
    tx.commit().await.unwrap();
    let seen = async |scope: Scope| -> Vec<SiteId> {
        store.sites_in_use(office(), &scope).await.unwrap().into_iter().map(|site| site.id).collect()
    };
    let ids = |numbers: &[u128]| numbers.iter().map(|n| id(*n)).collect::<Vec<SiteId>>();
    assert_eq!(seen(Scope::Office).await, ids(&[21, 23]));
    assert_eq!(seen(Scope::Grids(vec![id(12)])).await, ids(&[23]));
    assert_eq!(seen(Scope::Sites(vec![])).await, ids(&[]));
}
