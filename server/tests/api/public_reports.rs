//! 群众举报: taken in once, joined where many say the same, made a hazard, rewarded by two people, told to whoever has the code.

mod closed;
mod copied;
mod guarded;
mod near;
mod opened;
mod proposed;
mod quarantined;
mod questions;
mod rewards;

use super::{
    asker::at_desk,
    office::{TestOffice, command_in, found, id, outcome_of},
    pages::Desk,
};
use domain::{
    audit::{Act, AuditFilter},
    hazard::{HazardCommand, Listing},
    id::{HazardId, PublicReportId},
    place::Location,
    public_report::{
        FollowStatus, LEAST_DIFFICULTY, NewReport, PublicReportFilter, PublicSettings, ReportPlace,
        ReportState,
    },
    role::{Actor, Role, Scope},
    settings::OfficeSettings,
    severity::Severity,
    site::{Site, SiteFilter},
};
use serde_json::json;
use server::service::{
    Asker, Error, codes, hazards,
    public_reports::{self, Received, Sent, Wanted, publish, puzzle},
};
use std::net::IpAddr;

fn here() -> Location {
    Location { latitude: 34.75, longitude: 113.62, accuracy: Some(9.0) }
}

/// The office with a site on the map.
async fn placed() -> TestOffice {
    let office = TestOffice::open().await;
    let site = Site { location: Some(here()), ..office.site.clone() };
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_site(office.office.id, &site).await.unwrap();
    // A light puzzle: it is solved often here.
    let public = PublicSettings { difficulty: LEAST_DIFFICULTY, ..PublicSettings::default() };
    let light = OfficeSettings { public, ..OfficeSettings::default() };
    tx.put_office_settings(office.office.id, &light).await.unwrap();
    tx.commit().await.unwrap();
    office
}

fn said(what: &str) -> NewReport {
    let place = ReportPlace { location: Some(here()), words: "北门".to_owned(), ..ReportPlace::default() };
    NewReport { what: what.to_owned(), place, ..NewReport::default() }
}

/// With the puzzle solved.
async fn solved(office: &TestOffice, report: NewReport) -> Sent {
    let opening = public_reports::opening(&office.state, office.office.id).await.unwrap();
    let answer = puzzle::solve(&opening.question);
    Sent { report, question: opening.question, answer, ..Sent::default() }
}

async fn sent_from(office: &TestOffice, address: &str, sent: Sent) -> Result<Received, Error> {
    let address: Option<IpAddr> = Some(address.parse().unwrap());
    public_reports::receive(&office.state, office.office.id, address, domain::text::Lang::Zh, sent).await
}

async fn report(office: &TestOffice, address: &str, what: &str) -> Received {
    let sent = solved(office, said(what)).await;
    sent_from(office, address, sent).await.unwrap()
}

async fn desk(office: &TestOffice, role: Role) -> Asker {
    at_desk(&office.person(role).await.actor(office.office.id, None))
}

/// A community officer, in the grid of the site.
async fn in_grid(office: &TestOffice) -> Asker {
    let actor = office.person(Role::CommunityOfficer).await.actor(office.office.id, None);
    at_desk(&Actor { scope: Scope::Grids(vec![office.site.grid]), ..actor })
}

async fn ids(office: &TestOffice, by: &Asker) -> Vec<(PublicReportId, u32)> {
    let page = public_reports::list(&office.state, by, &PublicReportFilter::default()).await.unwrap();
    page.rows.iter().map(|row| (row.report.id, row.voices)).collect()
}

fn field(error: &Error) -> &str {
    match error {
        Error::Invalid { field, .. } => field,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_report_becomes_a_hazard_and_whoever_has_the_code_hears_of_it() {
    let office = placed().await;
    let received = report(&office, "192.0.2.1", "占着消防通道摆摊").await;
    assert!(received.number.starts_with("JB-2026-"));
    let by = desk(&office, Role::Supervisor).await;
    let [(id, 1)] = ids(&office, &by).await[..] else { panic!("one report") };
    assert_eq!(ids(&office, &in_grid(&office).await).await, [(id, 1)], "in their grid");
    let wanted = Wanted::MakeHazard {
        site: office.site.code.clone(),
        what: "消防车通道被占用".to_owned(),
        level: Severity::General,
    };
    let made = public_reports::act(&office.state, &by, id, wanted.clone()).await.unwrap();
    let hazard = made.state.hazard().unwrap();
    let hazard = office.state.store.hazard(office.office.id, hazard).await.unwrap().unwrap();
    assert!(hazard.number.as_deref().is_some_and(|number| number.starts_with("XC-2026-")));
    assert_eq!((hazard.found.what.as_str(), hazard.place.site), ("消防车通道被占用", office.site.id));
    let again = public_reports::act(&office.state, &by, id, wanted).await.unwrap_err();
    assert_eq!(field(&again), "make_hazard", "once");
    let words = "谢谢，三天内清走".to_owned();
    public_reports::act(&office.state, &by, id, Wanted::Answer { words: words.clone() }).await.unwrap();
    let follow = async |number: &str, code: &str| {
        public_reports::follow(&office.state, office.office.id, None, number, code).await
    };
    let code = received.code.to_string();
    let told = follow(&received.number, &code.to_lowercase().replace('-', " ")).await.unwrap();
    assert_eq!((told.status, told.answer), (FollowStatus::BeingPutRight, words));
    for (number, code) in [
        (received.number.as_str(), "0000-0000"),
        (received.number.as_str(), "nonsense"),
        ("JB-2026-009999", code.as_str()),
    ] {
        assert_eq!(follow(number, code).await, Err(Error::NotFound), "{number} {code}");
    }
    let elsewhere = TestOffice::open().await;
    let other = public_reports::follow(&elsewhere.state, elsewhere.office.id, None, &received.number, &code);
    assert_eq!(other.await, Err(Error::NotFound), "a code of another office is told alike");
}

#[tokio::test]
async fn the_same_from_ten_people_is_one_with_ten_voices() {
    let office = placed().await;
    let mut all = vec![];
    for n in 1..=10 {
        all.push(report(&office, &format!("192.0.2.{n}"), "占着消防 通道摆摊").await);
    }
    assert_eq!(all.iter().map(|one| one.voices).collect::<Vec<_>>(), (1..=10).collect::<Vec<_>>());
    let by = desk(&office, Role::Supervisor).await;
    let [(id, 10)] = ids(&office, &by).await[..] else { panic!("one with ten voices") };
    let reason = "没有摆摊".to_owned();
    public_reports::act(&office.state, &by, id, Wanted::FindNothing { reason }).await.unwrap();
    for one in &all {
        let code = one.code.to_string();
        let told = public_reports::follow(&office.state, office.office.id, None, &one.number, &code);
        assert_eq!(told.await.unwrap().status, FollowStatus::NothingFound, "each hears of it");
    }
    // What was nothing then may be something now.
    let later = report(&office, "192.0.2.77", "占着消防通道摆摊").await;
    assert_eq!(later.voices, 1);
    assert_eq!(ids(&office, &by).await.len(), 2);
}

#[tokio::test]
async fn a_place_that_is_none_of_the_offices_is_refused_in_words() {
    let office = placed().await;
    for (latitude, longitude) in [(0.0, 0.0), (39.9, 116.4), (91.0, 113.0)] {
        let mut away = said("占道");
        away.place.location = Some(Location { latitude, longitude, accuracy: None });
        let sent = solved(&office, away).await;
        let error = sent_from(&office, "192.0.2.1", sent).await.unwrap_err();
        assert_eq!(field(&error), "location", "{latitude} {longitude}");
    }
    let mut nowhere = said("占道");
    nowhere.place = ReportPlace::default();
    let sent = solved(&office, nowhere).await;
    assert_eq!(field(&sent_from(&office, "192.0.2.1", sent).await.unwrap_err()), "place");
}

/// What differs each time is left out.
fn but_for_the_puzzle(page: &str) -> String {
    let (before, after) = page.split_once("name=\"question\" value=\"").unwrap();
    let (_, after) = after.split_once('"').unwrap();
    format!("{before}{after}")
}

#[tokio::test]
async fn the_code_on_a_wall_says_where_and_a_wrong_one_says_what_none_says() {
    let office = placed().await;
    let by = desk(&office, Role::Supervisor).await;
    let all = SiteFilter::default();
    codes::make_for_sites(&office.state, &by, &all).await.unwrap();
    let posters = codes::posters(&office.state, &by, &all).await.unwrap().posters;
    let code = posters.iter().find(|poster| poster.site == office.site.id).unwrap().code.plain();
    let inspector = office.phone(Role::Inspector).await;
    let hazard: HazardId = id();
    let known = found(hazard, office.site.id, "楼道堆放杂物");
    assert_eq!(outcome_of(&inspector.sync(&[known]).await[0]), "received");
    codes::make_for_hazard(&office.state, &by, hazard).await.unwrap();
    let of_hazard = codes::of_hazard(&office.state, &by, hazard).await.unwrap().code.unwrap().code.plain();

    let pages = Desk::of(&office);
    let shown = async |code: &str| {
        let page = pages.stranger().page(&format!("/report?site={code}")).await.text();
        but_for_the_puzzle(&page)
    };
    let (plain, hangs) = (shown("").await, shown(&code).await);
    assert!(!plain.contains(&office.site.name) && hangs.contains(&office.site.name), "{hangs}");
    assert!(hangs.contains(&format!("name=\"site\" value=\"{code}\"")), "{hangs}");
    for wrong in ["7K2M94QD8X", "nonsense", "%3Cb%3E", of_hazard.as_str()] {
        assert_eq!(shown(wrong).await, plain, "{wrong}");
    }

    let read = async |address: &str, wall: &str, what: &str| {
        let nowhere = NewReport { place: ReportPlace::default(), ..said(what) };
        let sent = Sent { wall: wall.to_owned(), ..solved(&office, nowhere).await };
        sent_from(&office, address, sent).await
    };
    assert_eq!(field(&read("192.0.2.1", "7K2M94QD8X", "灭火器过期").await.unwrap_err()), "place");
    read("192.0.2.1", &code, "灭火器过期").await.unwrap();
    let [(first, 1)] = ids(&office, &in_grid(&office).await).await[..] else { panic!("in the site's grid") };
    let file = public_reports::file(&office.state, &by, first).await.unwrap();
    let place = &file.report.place;
    assert_eq!((place.site, place.site_name.as_str()), (Some(office.site.id), office.site.name.as_str()));
    assert_eq!(file.report.state, ReportState::Received, "somebody stood at the wall");
    assert_eq!(file.near.iter().map(|near| near.0).collect::<Vec<_>>(), [hazard]);
    assert_eq!(read("192.0.2.2", &code, "灭火器过期").await.unwrap().voices, 2);

    // Codes are not guessed by asking for the form.
    let at = async |address: &str, code: &str| {
        let address: Option<IpAddr> = Some(address.parse().unwrap());
        public_reports::site_at(&office.state, address, code).await.unwrap().map(|(_, site)| site.id)
    };
    for _ in 0..120 {
        assert_eq!(at("192.0.2.9", "7K2M94QD8X").await, None);
    }
    assert_eq!(at("192.0.2.9", &code).await, None, "too many were read there");
    assert_eq!(at("192.0.2.10", &code).await, Some(office.site.id));
    codes::revoke_of_site(&office.state, &by, office.site.id).await.unwrap();
    assert_eq!(shown(&code).await, plain, "it was ended");
}

#[tokio::test]
async fn anybody_reads_of_a_listed_hazard_that_the_office_chose_to_tell_of() {
    let office = placed().await;
    let inspector = office.phone(Role::Inspector).await;
    let hazard: HazardId = id();
    let mut operation = found(hazard, office.site.id, "疏散通道被封堵");
    command_in(&mut operation)["level"] = json!("major");
    assert_eq!(outcome_of(&inspector.sync(&[operation]).await[0]), "received");
    let by = desk(&office, Role::Supervisor).await;
    let told = async || publish::results(&office.state, office.office.id, None).await.unwrap().hazards;
    let early = publish::disclose(&office.state, &by, hazard, true).await.unwrap_err();
    assert_eq!(field(&early), "disclose", "it is not listed");
    let list = HazardCommand::List(Listing { by_authority: "区应急局".to_owned() });
    hazards::act(&office.state, &by, hazard, &list, 1).await.unwrap();
    assert_eq!(told().await, [], "nothing is told by itself");
    publish::disclose(&office.state, &by, hazard, true).await.unwrap();
    let page = told().await;
    assert_eq!(page.iter().map(|one| one.hazard).collect::<Vec<_>>(), [hazard]);
    assert_eq!(page[0].what, "疏散通道被封堵");
    let file = publish::settings_file(&office.state, &by).await.unwrap();
    assert!(file.hazards.iter().any(|row| row.hazard == hazard && row.public));
    publish::disclose(&office.state, &by, hazard, false).await.unwrap();
    assert_eq!(told().await, []);
    for act in [Act::Disclosed, Act::Undisclosed] {
        let filter = AuditFilter { act: Some(act), page: 1, ..AuditFilter::default() };
        let rows = office.state.store.audit(office.office.id, &filter).await.unwrap().rows;
        assert_eq!(rows.len(), 1, "{act:?}");
    }
}
