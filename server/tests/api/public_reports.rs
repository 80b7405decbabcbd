//! 群众举报: taken in once, joined where many say the same, made a hazard, rewarded by two people, and opened by two.

use super::{
    asker::at_desk,
    office::{TestOffice, now},
    upkeep::xunan,
};
use chrono::Duration;
use domain::{
    audit::{Act, AuditFilter},
    fen::Fen,
    id::PublicReportId,
    place::Location,
    public_report::{
        FollowStatus, LEAST_DIFFICULTY, NewReport, PublicReportFilter, PublicSettings, ReportPlace,
        ReportState, RewardSum,
    },
    role::{Actor, Role, Scope},
    settings::{OfficeSettings, SettingsCommand},
    severity::Severity,
    site::Site,
};
use server::service::{
    Asker, Error,
    public_reports::{self, Received, Sent, Wanted, contacts, puzzle},
    settings,
};
use std::{fs, io::Read, net::IpAddr};

const PHONE: &str = "138 1234 5678";
const WORDS: [&str; 2] = ["马路边的石榴树开花", "老城墙根下三只白猫"];

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
async fn a_code_is_not_guessed() {
    let office = placed().await;
    let received = report(&office, "192.0.2.1", "电线垂下来").await;
    let mut answers = vec![];
    for n in 0..40 {
        let guess = format!("0000-{n:04}");
        let number = &received.number;
        answers.push(public_reports::follow(&office.state, office.office.id, None, number, &guess).await);
    }
    assert!(answers.iter().take(20).all(|answer| *answer == Err(Error::NotFound)));
    assert!(answers.iter().skip(20).all(|answer| matches!(answer, Err(Error::TooManyTries { .. }))));
    office.clock.set(now() + Duration::minutes(16));
    let code = received.code.to_string();
    let told = public_reports::follow(&office.state, office.office.id, None, &received.number, &code).await;
    assert!(told.is_ok(), "{told:?}");
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
async fn a_report_is_taken_in_once_and_a_puzzle_is_solved_once() {
    let office = placed().await;
    let sent = solved(&office, said("灭火器过期")).await;
    let first = sent_from(&office, "192.0.2.1", sent.clone()).await.unwrap();
    let again = sent_from(&office, "192.0.2.1", sent.clone()).await.unwrap();
    assert_eq!((&first.number, &first.code), (&again.number, &again.code), "the answer was lost on the way");
    let other = Sent { report: said("别的"), ..sent.clone() };
    assert_eq!(field(&sent_from(&office, "192.0.2.1", other).await.unwrap_err()), "puzzle");
    let unsolved = solved(&office, said("井盖缺失")).await;
    for wrong in [
        Sent { answer: "no".to_owned(), ..unsolved.clone() },
        Sent { question: unsolved.question.replacen(".8.", ".0.", 1), ..unsolved.clone() },
        Sent { question: String::new(), ..unsolved.clone() },
    ] {
        assert_eq!(field(&sent_from(&office, "192.0.2.1", wrong).await.unwrap_err()), "puzzle");
    }
    office.clock.set(now() + Duration::hours(2));
    assert_eq!(field(&sent_from(&office, "192.0.2.1", unsolved).await.unwrap_err()), "puzzle", "too old");
    assert_eq!(ids(&office, &desk(&office, Role::Supervisor).await).await.len(), 1);
}

#[tokio::test]
async fn who_sends_without_end_is_quarantined_and_then_turned_away() {
    let office = placed().await;
    let mut last = None;
    for n in 0..21 {
        let sent = solved(&office, said(&format!("第 {n} 处"))).await;
        last = Some(sent_from(&office, "2001:db8:1:2::9", sent).await);
    }
    assert!(matches!(last, Some(Err(Error::TooManyTries { .. }))), "{last:?}");
    let page = PublicReportFilter::default();
    let by = desk(&office, Role::Supervisor).await;
    let rows = public_reports::list(&office.state, &by, &page).await.unwrap().rows;
    let aside = rows.iter().filter(|row| row.report.state == ReportState::Quarantined).count();
    assert_eq!((rows.len(), aside), (20, 15));
    let id = rows.iter().find(|row| row.report.suspicion.is_some()).unwrap().report.id;
    let released = public_reports::act(&office.state, &by, id, Wanted::Release).await.unwrap();
    assert_eq!(released.state, ReportState::Received);
    let sent = solved(&office, said("另一个网络")).await;
    assert!(sent_from(&office, "2001:db8:1:3::9", sent).await.is_ok(), "nobody else waits for it");
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

#[tokio::test]
async fn a_reward_is_approved_by_somebody_else_and_paid_by_the_table() {
    let office = placed().await;
    let admin = desk(&office, Role::Administrator).await;
    let line = RewardSum { name: "一般隐患".to_owned(), sum: Fen::of_yuan(200) };
    let public = PublicSettings { rewards: vec![line], ..PublicSettings::default() };
    settings::change(&office.state, &admin, &SettingsCommand::Public { public, was: None }).await.unwrap();
    report(&office, "192.0.2.1", "占着消防通道摆摊").await;
    let by = desk(&office, Role::Supervisor).await;
    let [(id, 1)] = ids(&office, &by).await[..] else { panic!("one report") };
    let propose = || Wanted::ProposeReward { line: "一般隐患".to_owned() };
    let early = public_reports::act(&office.state, &by, id, propose()).await.unwrap_err();
    assert_eq!(field(&early), "propose_reward", "nothing has come of it yet");
    let site = office.site.code.clone();
    let made = Wanted::MakeHazard { site, what: "通道被占用".to_owned(), level: Severity::General };
    public_reports::act(&office.state, &by, id, made).await.unwrap();
    let unknown = Wanted::ProposeReward { line: "重大隐患".to_owned() };
    assert_eq!(field(&public_reports::act(&office.state, &by, id, unknown).await.unwrap_err()), "line");
    public_reports::act(&office.state, &by, id, propose()).await.unwrap();
    let own = public_reports::act(&office.state, &by, id, Wanted::ApproveReward).await.unwrap_err();
    assert_eq!(field(&own), "approve_reward");
    let low = desk(&office, Role::CommunityOfficer).await;
    let low = public_reports::act(&office.state, &low, id, Wanted::ApproveReward).await;
    assert_eq!(low, Err(Error::NotAllowed));
    public_reports::act(&office.state, &admin, id, Wanted::ApproveReward).await.unwrap();
    let paid = public_reports::act(&office.state, &by, id, Wanted::PayReward).await.unwrap();
    assert!(paid.reward.is_some_and(|reward| reward.paid.is_some()));
    for act in [Act::RewardProposed, Act::RewardApproved, Act::RewardPaid] {
        let filter = AuditFilter { act: Some(act), page: 1, ..AuditFilter::default() };
        let rows = office.state.store.audit(office.office.id, &filter).await.unwrap().rows;
        assert_eq!(rows.len(), 1, "{act:?}");
    }
}

#[tokio::test]
async fn a_number_is_nowhere_in_the_clear_and_is_opened_by_two() {
    let office = placed().await;
    let with_phone = || NewReport { phone: PHONE.to_owned(), ..said("占着消防通道摆摊") };
    let early = solved(&office, with_phone()).await;
    let error = sent_from(&office, "192.0.2.1", early).await.unwrap_err();
    assert_eq!(field(&error), "phone", "nobody could open it yet");
    let (one, other) = (desk(&office, Role::Supervisor).await, in_grid(&office).await);
    for (holder, words) in [(&one, WORDS[0]), (&other, WORDS[1])] {
        let long = format!("{words}，真好看");
        assert_eq!(field(&contacts::hold(&office.state, holder, "短", "短").await.unwrap_err()), "words");
        contacts::hold(&office.state, holder, &long, &long).await.unwrap();
    }
    let [one_words, other_words] = WORDS.map(|words| format!("{words}，真好看"));
    let third = desk(&office, Role::Officer).await;
    let full = contacts::hold(&office.state, &third, &one_words, &one_words).await.unwrap_err();
    assert_eq!(field(&full), "words", "there are two");
    let sent = solved(&office, with_phone()).await;
    let received = sent_from(&office, "192.0.2.1", sent).await.unwrap();
    let [(id, 1)] = ids(&office, &one).await[..] else { panic!("one report") };
    is_nowhere(&office).await;

    // One alone opens nothing, not even by asking twice.
    assert_eq!(field(&contacts::open(&office.state, &one, id, &one_words).await.unwrap_err()), "words");
    let wrong = contacts::ask(&office.state, &one, id, "不是这一句话呀不是", "回话").await.unwrap_err();
    assert_eq!(field(&wrong), "words");
    contacts::ask(&office.state, &one, id, &one_words, "问几点钟堵").await.unwrap();
    assert_eq!(field(&contacts::open(&office.state, &one, id, &one_words).await.unwrap_err()), "words");
    let not_theirs = contacts::open(&office.state, &other, id, &one_words).await.unwrap_err();
    assert_eq!(field(&not_theirs), "words", "with the first one's words");
    is_nowhere(&office).await;
    let phone = contacts::open(&office.state, &other, id, &other_words).await.unwrap();
    assert_eq!(phone, PHONE);
    let again = contacts::open(&office.state, &other, id, &other_words).await.unwrap_err();
    assert_eq!(field(&again), "words", "each opening is asked for anew");
    is_nowhere(&office).await;
    for (act, count) in [(Act::ContactAsked, 1), (Act::ContactOpened, 1), (Act::ContactKeyMade, 2)] {
        let filter = AuditFilter { act: Some(act), page: 1, ..AuditFilter::default() };
        let rows = office.state.store.audit(office.office.id, &filter).await.unwrap().rows;
        assert_eq!(rows.len(), count, "{act:?}");
    }
    let code = received.code.to_string();
    let told = public_reports::follow(&office.state, office.office.id, None, &received.number, &code);
    assert_eq!(told.await.unwrap().opened, Some(1), "who left it is told");
}

/// In no row, no backup and no file of the database.
async fn is_nowhere(office: &TestOffice) {
    let file = office.folder.path().join("backup.jsonl.gz");
    let photos = office.folder.path().join("photos");
    let _ = fs::remove_file(&file);
    xunan(&office.database, &photos, &["backup", file.to_str().unwrap()]).await.unwrap();
    let mut backup = vec![];
    flate2::read::GzDecoder::new(fs::File::open(&file).unwrap()).read_to_end(&mut backup).unwrap();
    let mut held = vec![backup];
    for entry in fs::read_dir(office.folder.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            held.push(fs::read(path).unwrap());
        }
    }
    let plain: String = PHONE.chars().filter(char::is_ascii_digit).collect();
    for text in [PHONE.to_owned(), plain.clone(), hex::encode(PHONE), hex::encode(&plain)] {
        let text = text.as_bytes();
        assert!(held.iter().all(|bytes| !bytes.windows(text.len()).any(|window| window == text)));
    }
}
