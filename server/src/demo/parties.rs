//! Invented parties. Property companies answer for several compounds, sheds and towers; most other sites have one of their
//! own. Codes are made by the rule and name a place of registration that there is not, 000000.

use super::{rng::SeededRng, sites::person_name};
use domain::{
    party::{CreditCode, Party, PartyKind, PartyPerson},
    site::Site,
};

/// Names of companies that keep compounds.
const KEEPERS: [&str; 14] = [
    "安和",
    "百悦",
    "诚信达",
    "德邻",
    "恒居",
    "家乐",
    "康庭",
    "绿苑",
    "美邻",
    "宁馨",
    "启宁",
    "瑞居",
    "万家顺",
    "悦邻",
];

/// Gives most sites a party.
pub(super) fn plan(rng: &mut SeededRng, sites: &mut [Site]) -> Vec<Party> {
    let mut parties: Vec<Party> = vec![];
    for name in KEEPERS {
        let people = vec![
            person(rng, "主要负责人", parties.len() * 2),
            person(rng, "安全管理人员", parties.len() * 2 + 1),
        ];
        let name = format!("{name}物业服务有限公司");
        parties.push(party(rng, name, PartyKind::Enterprise, people, parties.len()));
    }
    let mut number = 100;
    for site in sites {
        let kind = site.kinds.first().map_or("", |kind| kind.as_str());
        if rng.percent(8) {
            continue;
        }
        if matches!(kind, "residential-compound" | "charging-shed" | "high-rise") {
            site.party = Some(rng.one(&parties[..KEEPERS.len()]).of_site());
            continue;
        }
        number += 1;
        let principal = match site.contacts.first() {
            Some(contact) => PartyPerson {
                name: contact.name.clone(),
                post: "主要负责人".to_owned(),
                phone: contact.phone.clone(),
            },
            None => person(rng, "主要负责人", number),
        };
        let (kind, name) = match kind {
            "school" | "boarding-school" | "hospital" => (PartyKind::PublicInstitution, site.name.clone()),
            "kindergarten" | "training-centre" | "care-home" => (PartyKind::Association, site.name.clone()),
            "ebike-shop" | "delivery-station" | "internet-cafe" => {
                (PartyKind::SoleTrader, format!("{}（个体工商户）", site.name))
            }
            "self-built-house" => (PartyKind::Resident, format!("{}（房主）", principal.name)),
            _ => (PartyKind::Enterprise, format!("{}有限公司", site.name.replace(['（', '）'], ""))),
        };
        let own = party(rng, name, kind, vec![principal], number);
        site.party = Some(own.of_site());
        parties.push(own);
    }
    parties
}

fn party(
    rng: &mut SeededRng,
    name: String,
    kind: PartyKind,
    people: Vec<PartyPerson>,
    number: usize,
) -> Party {
    let begins = match kind {
        PartyKind::Enterprise => Some("91"),
        PartyKind::SoleTrader => Some("92"),
        PartyKind::PublicInstitution => Some("12"),
        PartyKind::Association => Some("52"),
        PartyKind::Department => Some("11"),
        PartyKind::Resident => None,
    };
    let code = begins.and_then(|begins| CreditCode::completing(&format!("{begins}000000MA{number:07}")));
    Party {
        id: rng.id(),
        name,
        kind,
        credit_code: code,
        phone: String::new(),
        people,
        note: String::new(),
        retired: false,
    }
}

/// Numbers that begin with 100 are not assigned.
fn person(rng: &mut SeededRng, post: &str, number: usize) -> PartyPerson {
    PartyPerson { name: person_name(rng), post: post.to_owned(), phone: format!("1000001{:04}", number + 1) }
}
