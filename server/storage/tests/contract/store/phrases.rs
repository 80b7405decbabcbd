//! What an office writes often.

use super::{by, founded, id, issued, now, office, site};
use chrono::Duration;
use domain::{
    hazard::{Found, Hazard, Issued},
    quick_report::office::{HazardWords, OfficePhrase},
    sector::Sector,
};
use serde_json::json;
use storage::Store;
use uuid::Uuid;

fn phrase(words: &str, times: u32, sectors: &[Sector]) -> OfficePhrase {
    let (words, sounds) = (words.to_owned(), "x f t d".to_owned());
    OfficePhrase { words, times, sounds, sectors: sectors.to_vec() }
}

pub async fn an_offices_phrases_are_what_was_put_last(store: &impl Store) {
    founded(store).await.commit().await.unwrap();
    assert_eq!(store.phrases(office()).await.unwrap(), []);
    let first =
        [phrase("消防通道堆放杂物", 46, &[Sector::Fire, Sector::Ebike]), phrase("灭火器过期", 3, &[])];
    let mut tx = store.write().await.unwrap();
    tx.put_phrases(office(), &first).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.phrases(office()).await.unwrap(), first, "in their order");
    assert_eq!(store.phrases(id(2)).await.unwrap(), [], "another office's");
    for next in [vec![phrase("井盖缺失", 2, &[Sector::City])], vec![]] {
        let mut tx = store.write().await.unwrap();
        tx.put_phrases(office(), &next).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(store.phrases(office()).await.unwrap(), next);
    }
}

pub async fn the_words_of_hazards_are_told_from_the_newest_on(store: &impl Store) {
    let of = |n: u128, visit: Option<u128>, days: i64| {
        let visit = visit.map(Uuid::from_u128);
        let found = json!({ "level": "general", "what": format!("堆物{n}"), "photos": [], "visit": visit });
        let (found, by): (Found, _) = (serde_json::from_value(found).unwrap(), by());
        let issued = Issued { at: now() - Duration::days(days), ..issued(n + 100, &by) };
        Hazard::open(id(n), site(21, 11).resource_scope(), None, found, &issued).unwrap()
    };
    let mut tx = founded(store).await;
    tx.put_hazards(office(), &[of(51, None, 3), of(52, Some(71), 1), of(53, None, 9)], now()).await.unwrap();
    tx.commit().await.unwrap();
    let told = |n: u128, record: u128| HazardWords {
        words: format!("堆物{n}"),
        site: id(21),
        sector: Sector::Fire,
        record: Uuid::from_u128(record),
    };
    let since =
        async |days, most| store.hazard_words(office(), now() - Duration::days(days), most).await.unwrap();
    assert_eq!(since(5, 10).await, [told(52, 71), told(51, 51)], "a visit's, and one that no visit found");
    assert_eq!(since(30, 2).await, [told(52, 71), told(51, 51)]);
    assert_eq!(since(0, 10).await, []);
    assert_eq!(
        store.hazard_words(id(2), now() - Duration::days(30), 10).await.unwrap(),
        [],
        "another office's"
    );
}
