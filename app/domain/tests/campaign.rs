//! 专项: which sites a campaign is about, and which of them count as visited.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use chrono::{DateTime, Duration, TimeZone, Utc};
use domain::{
    campaign::{CampaignProgress, CampaignState, counted_by, is_visited, state_of},
    form::{Form, LastAnswers, Validity},
    id::VisitId,
    site::Site,
    time::office_day,
};
use serde_json::json;
use uuid::Uuid;

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 1, 0, 0).unwrap()
}

fn form(version: u32, layer: &str) -> Form {
    let form = json!({ "id": "lanes", "version": version, "layer": layer, "sector": "fire",
        "site_kinds": ["market"], "title": { "zh": "打通生命通道", "en": "Lifelines" }, "entries": [] });
    serde_json::from_value(form).unwrap()
}

fn site(n: u128, kind: &str) -> Site {
    let id = |n: u128| Uuid::from_u128(n).to_string();
    let site = json!({ "id": id(n), "community": id(2), "grid": id(3), "name": format!("市场{n}"), "code": "XC-1",
        "kinds": [kind], "sector": "fire", "risk": "general", "address": "" });
    serde_json::from_value(site).unwrap()
}

fn visited(site: Site, days_ago: i64) -> Site {
    let visit = VisitId(Uuid::from_u128(9));
    let at = now() - Duration::days(days_ago);
    Site { last_answers: vec![LastAnswers { form: "lanes".into(), visit, at, answers: vec![] }], ..site }
}

#[test]
fn a_campaign_is_about_sites_in_use_of_its_kinds() {
    let lanes = form(1, "campaign");
    assert_eq!(state_of(&lanes, &site(1, "market"), now()), Some(CampaignState::ToVisit));
    assert_eq!(state_of(&lanes, &visited(site(1, "market"), 3), now()), Some(CampaignState::Visited));
    assert_eq!(state_of(&lanes, &site(1, "school"), now()), None);
    let closed = Site { retired: true, ..site(1, "market") };
    assert_eq!(state_of(&lanes, &closed, now()), None);
    assert_eq!(state_of(&form(1, "patrol"), &site(1, "market"), now()), None, "no campaign");
    assert!(LastAnswers::are_kept_of(&lanes, &[]), "though it looks at none of them");
    assert!(!LastAnswers::are_kept_of(&form(1, "inspection"), &[]));
}

#[test]
fn what_was_done_before_the_campaign_began_does_not_count() {
    let validity = Validity { from: Some(office_day(now()) - Duration::days(3)), until: None };
    let lanes = Form { validity, ..form(2, "campaign") };
    assert!(is_visited(&lanes, &visited(site(1, "market"), 3)), "its first day counts");
    assert!(!is_visited(&lanes, &visited(site(1, "market"), 4)));
}

#[test]
fn what_waits_to_be_sent_counts_on_the_phone() {
    let lanes = form(1, "campaign");
    let sites = [visited(site(1, "market"), 1), site(3, "market"), site(2, "market"), site(4, "school")];
    let progress = CampaignProgress::of(&lanes, &sites, now(), |_| false);
    let names: Vec<_> = progress.left.iter().map(|(_, name)| name.as_str()).collect();
    assert_eq!((progress.sites, progress.visited(), names), (3, 1, vec!["市场2", "市场3"]));
    let sent = CampaignProgress::of(&lanes, &sites, now(), |site| site.name == "市场2");
    assert_eq!((sent.visited(), sent.left.len()), (2, 1));
}

#[test]
fn it_is_counted_by_the_newest_version_that_has_begun_even_when_it_is_over() {
    let today = office_day(now());
    let over = Validity { from: None, until: Some(today - Duration::days(1)) };
    let to_come = Validity { from: Some(today + Duration::days(1)), until: None };
    let editions = [
        form(1, "campaign"),
        Form { validity: over, ..form(2, "campaign") },
        Form { validity: to_come, ..form(3, "campaign") },
    ];
    assert_eq!(counted_by(editions.clone(), today).unwrap().version, 2);
    assert_eq!(counted_by(editions.into_iter().skip(2), today), None);
}
