//! Every filter survives its address, and an address that nobody understands narrows nothing.

use domain::{
    list::{ListFilter, ListName, ListRequest},
    overview::Figure,
};
use proptest::{prelude::*, sample::select};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Every key that an address of some list may have, with a word that is known there.
const KEYS: [(&str, &[&str]); 37] = [
    (
        "status",
        &["late", "due_this_week", "to_refer", "to_accept", "extension_asked", "closed_this_month", "any"],
    ),
    ("level", &["general", "major"]),
    ("sector", &["fire", "ebike", "school"]),
    ("community", &["00000000-0000-0000-0000-000000000007"]),
    ("department", &["00000000-0000-0000-0000-000000000008"]),
    ("site", &["00000000-0000-0000-0000-000000000009"]),
    ("party", &["00000000-0000-0000-0000-00000000000f"]),
    ("inspector", &["00000000-0000-0000-0000-00000000000a"]),
    ("visit", &["00000000-0000-0000-0000-00000000000b"]),
    ("form", &["fire-access"]),
    ("question", &["stairs", "楼道"]),
    ("waiting", &["1", "2", "365"]),
    ("found_from", &["2026-11-01"]),
    ("found_to", &["2026-11-30"]),
    ("closed_from", &["2026-11-02"]),
    ("closed_to", &["2026-11-29"]),
    ("photos", &["missing"]),
    ("q", &["惠民 市场", "5%_\\", "a&b=c", "?"]),
    ("sort", &["newest", "number", "site"]),
    ("page", &["2", "17"]),
    ("nature", &["patrol", "self_check"]),
    ("outcome", &["done", "closed", "refused"]),
    ("from", &["2026-10-01"]),
    ("to", &["2026-10-31"]),
    ("grid", &["00000000-0000-0000-0000-00000000000c"]),
    ("risk", &["considerable"]),
    ("role", &["school"]),
    ("checks", &["missed"]),
    ("step", &["drafted", "sent", "published"]),
    (
        "state",
        &[
            "waiting",
            "accepted",
            "rejected",
            "open",
            "done",
            "holding",
            "long",
            "sent",
            "received",
            "nothing_found",
            "in_hand",
            "answered",
        ],
    ),
    ("person", &["00000000-0000-0000-0000-000000000010"]),
    ("late", &["overdue"]),
    ("hazard", &["00000000-0000-0000-0000-000000000011"]),
    ("campaign", &["fire-lane-campaign"]),
    ("campaign_state", &["to_visit", "visited"]),
    ("act", &["sign_in_refused"]),
    ("who", &["00000000-0000-0000-0000-00000000000d"]),
];

/// Keys whose words mean something else from list to list.
fn others() -> impl Strategy<Value = Vec<(String, String)>> {
    let lacking = select(vec!["visit", "contact", "leader", "confirmation", "inspector"])
        .prop_map(|word| ("lacking", word));
    let kind = select(vec!["enterprise", "sole_trader", "resident", "surprise", "cross"])
        .prop_map(|word| ("kind", word));
    let subject = select(vec!["account", "site", "party"]).prop_map(|word| ("subject", word));
    let id = Just(("id", "00000000-0000-0000-0000-00000000000e"));
    proptest::collection::vec(prop_oneof![lacking, kind, subject, id], 0..3)
        .prop_map(|words| words.into_iter().map(|(key, word)| (key.to_owned(), word.to_owned())).collect())
}

fn words() -> impl Strategy<Value = BTreeMap<String, String>> {
    let known = proptest::collection::vec((select(KEYS.to_vec()), any::<usize>()), 0..12);
    (known, others()).prop_map(|(known, others)| {
        let known =
            known.into_iter().map(|((key, words), n)| (key.to_owned(), words[n % words.len()].to_owned()));
        known.chain(others).collect()
    })
}

fn read(name: ListName, words: &BTreeMap<String, String>) -> ListRequest {
    ListRequest::read(name, |key| words.get(key).cloned())
}

proptest! {
    /// Whatever an address says is said again by the address of what was understood.
    #[test]
    fn a_filter_survives_its_address(words in words()) {
        for name in ListName::ALL {
            let request = read(name, &words);
            let said: BTreeMap<String, String> =
                request.words().into_iter().map(|(key, word)| (key.to_owned(), word)).collect();
            prop_assert_eq!(request.name(), name);
            prop_assert_eq!(read(name, &said), request);
            for (key, word) in &said {
                prop_assert_eq!(words.get(key), Some(word), "{} says {} by itself", name.as_str(), key);
            }
        }
    }

    #[test]
    fn words_that_nobody_knows_narrow_nothing(noise in "\\PC{1,12}", key in select(KEYS.to_vec())) {
        // These take any words.
        prop_assume!(!["q", "form", "question", "campaign"].contains(&key.0));
        let words = BTreeMap::from([(key.0.to_owned(), format!("x{noise}"))]);
        for name in ListName::ALL {
            prop_assert_eq!(read(name, &words), read(name, &BTreeMap::new()));
        }
    }
}

#[test]
fn every_key_is_some_lists() {
    let all: BTreeMap<String, String> =
        KEYS.iter().map(|(key, words)| ((*key).to_owned(), words[0].to_owned())).collect();
    let said: Vec<_> = ListName::ALL.into_iter().flat_map(|name| read(name, &all).words()).collect();
    for (key, _) in KEYS {
        assert!(said.iter().any(|(known, _)| *known == key), "{key}");
    }
}

#[test]
fn the_usual_list_has_a_bare_address() {
    for name in ListName::ALL {
        assert!(read(name, &BTreeMap::new()).words().is_empty(), "{name:?}");
    }
}

#[test]
fn pages_are_turned_and_nothing_else() {
    let filter = domain::ledger::LedgerFilter {
        site: Some(Uuid::from_u128(7).into()),
        page: 3,
        ..domain::ledger::LedgerFilter::default()
    };
    assert_eq!((filter.page(), filter.at_page(5).page()), (3, 5));
    assert_eq!(filter.at_page(5).at_page(3), filter);
    assert_eq!(domain::ledger::LedgerFilter::default().page(), 1);
    let zero = BTreeMap::from([("page".to_owned(), "0".to_owned())]);
    assert_eq!(read(ListName::Ledger, &zero), read(ListName::Ledger, &BTreeMap::new()));
}

#[test]
fn what_a_figure_opens_survives_its_address() {
    for figure in Figure::ALL {
        let rows = figure.rows();
        let said: BTreeMap<String, String> =
            rows.words().into_iter().map(|(key, word)| (key.to_owned(), word)).collect();
        assert_eq!(read(rows.name(), &said).words(), rows.words(), "{figure:?}");
    }
}
