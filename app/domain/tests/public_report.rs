//! 群众举报: what a stranger may send, what is the same, what the office may do with it, and what its sender hears.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use chrono::{DateTime, Duration, TimeZone, Utc};
use domain::{
    fen::Fen,
    id::{HazardId, PersonId},
    photo::PhotoHash,
    place::Location,
    public_report::{
        FollowCode, FollowStatus, FollowStep, NewReport, NotSent, PublicReport, PublicSettings,
        PublicSettingsRejection, ReplyRefusal, ReportCommand, ReportCommandKind, ReportPlace, ReportRecord,
        ReportRefusal, ReportState, ReportStateKind, RewardStage, RewardSum, Suspicion, decide, is_outside,
    },
};
use uuid::Uuid;

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 2, 0, 0).unwrap()
}

fn id<T: From<Uuid>>(n: u128) -> T {
    Uuid::from_u128(n).into()
}

/// So many metres to the north.
fn north(metres: f64) -> Location {
    Location { latitude: 34.75 + metres / 111_195.0, longitude: 113.62, accuracy: None }
}

fn sent(what: &str) -> NewReport {
    let place = ReportPlace { location: Some(north(0.0)), ..ReportPlace::default() };
    NewReport { what: what.to_owned(), place, ..NewReport::default() }
}

fn known(state: ReportState) -> PublicReport {
    PublicReport {
        id: id(1),
        number: "JB-2026-000001".to_owned(),
        what: "占着消防通道摆摊".to_owned(),
        place: sent("").place,
        photos: vec![PhotoHash::of(b"one")],
        received_at: now(),
        state,
        suspicion: None,
        taken_for: None,
        answer: String::new(),
        question: None,
        reward: None,
        events: vec![],
    }
}

#[test]
fn a_telephone_number_is_not_printed_with_the_rest() {
    let left = NewReport { phone: "138 1234 5678".to_owned(), ..sent("占道") };
    let printed = format!("{left:?} {left:#?}");
    assert!(printed.contains("占道") && !printed.contains("138"), "{printed}");
}

#[test]
fn what_is_missing_or_wrong_is_told_in_the_order_of_the_form() {
    assert_eq!(sent("占道").check(), Ok(()));
    assert_eq!(sent("").check(), Err(NotSent::WordsMissing));
    let nowhere = NewReport { place: ReportPlace::default(), ..sent("占道") };
    assert_eq!(nowhere.check(), Err(NotSent::PlaceMissing));
    let at_wall = ReportPlace { site: Some(id(7)), ..ReportPlace::default() };
    assert_eq!(
        NewReport { place: at_wall, ..sent("占道") }.check(),
        Ok(()),
        "the code on the wall says where"
    );
    assert!(matches!(sent(&"长".repeat(501)).check(), Err(NotSent::OverLimit(_))));
    for (phone, fits) in [
        ("", true),
        ("138 1234 5678", true),
        ("+86-0371-12345678", true),
        ("138", false),
        ("微信同号", false),
        ("12345<b>", false),
    ] {
        let checked = NewReport { phone: phone.to_owned(), ..sent("占道") }.check();
        assert_eq!(checked.is_ok(), fits, "{phone}: {checked:?}");
    }
    let pasted = NewReport { phone: "\u{200b}138\t1234 5678 ".to_owned(), ..sent(" 占道\r\n") }.tidied();
    assert_eq!((pasted.phone.as_str(), pasted.what.as_str()), ("138 1234 5678", "占道"));
}

#[test]
fn nought_degrees_and_another_town_are_outside_of_the_office() {
    let sites = || [north(0.0), north(3_000.0)].into_iter();
    let at = |latitude, longitude| Location { latitude, longitude, accuracy: None };
    for (here, outside) in [
        (at(0.0, 0.0), true),
        (at(f64::NAN, 113.0), true),
        (at(95.0, 113.0), true),
        (at(39.9, 116.4), true),
        (north(7_900.0), false),
        (north(8_100.0), true),
    ] {
        assert_eq!(is_outside(&here, sites()), outside, "{here:?}");
    }
    assert!(!is_outside(&at(39.9, 116.4), std::iter::empty()), "an office without a map has no edge");
    assert!(is_outside(&at(0.0, 0.0), std::iter::empty()));
}

#[test]
fn the_same_is_said_by_words_photo_or_hazard_near_by_and_lately() {
    let first = known(ReportState::Received);
    let same = |report: &NewReport| report.is_of(&first, now() + Duration::hours(1));
    assert!(same(&sent("占着 消防通道摆摊")));
    assert!(!same(&sent("电线垂下来")), "something else at the same place");
    let at = |metres| ReportPlace { location: Some(north(metres)), ..ReportPlace::default() };
    assert!(same(&NewReport { place: at(29.0), ..sent("占着消防通道摆摊") }));
    assert!(!same(&NewReport { place: at(31.0), ..sent("占着消防通道摆摊") }));
    assert!(same(&NewReport { photos: vec![PhotoHash::of(b"one")], ..sent("别的话") }));
    let words = ReportPlace { words: "北门".to_owned(), ..ReportPlace::default() };
    assert!(!same(&NewReport { place: words, ..sent("占着消防通道摆摊") }), "nobody knows where that is");
    let at_wall = |site| ReportPlace { site: Some(id(site)), ..ReportPlace::default() };
    let read = |site| NewReport { place: at_wall(site), ..sent("占着消防通道摆摊") };
    let by_code = PublicReport { place: at_wall(7), ..first.clone() };
    assert!(read(7).is_of(&by_code, now()));
    assert!(!read(8).is_of(&by_code, now()), "the same words at another wall");
    let later = now() + Duration::days(8);
    assert!(!sent("占着消防通道摆摊").is_of(&first, later));
    for state in [ReportState::NothingFound, ReportState::Discarded] {
        assert!(!sent("占着消防通道摆摊").is_of(&known(state), now()));
    }
    let hazard: HazardId = id(9);
    let far = NewReport { taken_for: Some(hazard), place: at(500.0), ..sent("这里") };
    assert!(far.is_of(&known(ReportState::Joined(hazard)), now()));
    assert!(!far.is_of(&first, now()));
}

#[test]
fn what_gives_nothing_to_go_by_is_quarantined() {
    assert_eq!(sent("占道").suspicion(false), None);
    assert_eq!(sent("占道").suspicion(true), Some(Suspicion::ManyFromThere));
    let words = ReportPlace { words: "北门".to_owned(), ..ReportPlace::default() };
    let bare = NewReport { place: words, ..sent("占道") };
    assert_eq!(bare.suspicion(false), Some(Suspicion::NothingToGoBy));
}

fn command(kind: ReportCommandKind) -> ReportCommand {
    let sum = RewardSum { name: "一般隐患".to_owned(), sum: Fen::of_yuan(200) };
    match kind {
        ReportCommandKind::Release => ReportCommand::Release,
        ReportCommandKind::Discard => ReportCommand::Discard { reason: "广告".to_owned() },
        ReportCommandKind::Confirm => ReportCommand::Confirm { note: String::new() },
        ReportCommandKind::FindNothing => ReportCommand::FindNothing { reason: "没有".to_owned() },
        ReportCommandKind::Join => ReportCommand::Join { hazard: id(9) },
        ReportCommandKind::MakeHazard => ReportCommand::MakeHazard { hazard: id(9) },
        ReportCommandKind::Answer => ReportCommand::Answer { words: "谢谢".to_owned() },
        ReportCommandKind::Ask => ReportCommand::Ask { words: "几点开始？".to_owned() },
        ReportCommandKind::ProposeReward => ReportCommand::ProposeReward { sum },
        ReportCommandKind::ApproveReward => ReportCommand::ApproveReward,
        ReportCommandKind::PayReward => ReportCommand::PayReward,
    }
}

fn after(mut report: PublicReport, kind: ReportCommandKind, by: u128) -> PublicReport {
    let by: PersonId = id(by);
    let event = decide(&report, &command(kind), by).unwrap();
    report.evolve(ReportRecord { id: id(7), at: now(), by, name: "李敏".to_owned(), event });
    report
}

#[test]
fn what_is_allowed_is_done_and_everything_else_is_refused() {
    let states = [
        ReportState::Quarantined,
        ReportState::Received,
        ReportState::Confirmed,
        ReportState::Joined(id(9)),
        ReportState::Hazard(id(9)),
        ReportState::NothingFound,
        ReportState::Discarded,
    ];
    assert_eq!(states.map(ReportState::kind), ReportStateKind::ALL);
    for state in states {
        for kind in ReportCommandKind::ALL {
            let report = known(state);
            let decided = decide(&report, &command(kind), id(1));
            assert_eq!(decided.is_ok(), report.allows(kind), "{state:?} {kind:?}: {decided:?}");
        }
    }
    for kind in ReportCommandKind::ALL {
        assert_eq!(command(kind).kind(), kind);
        assert_eq!(ReportCommandKind::parse(kind.as_str()), Some(kind));
    }
    let silent = ReportCommand::Answer { words: " ".to_owned() };
    let refused = decide(&known(ReportState::Received), &silent, id(1));
    assert_eq!(refused, Err(ReportRefusal::WordsMissing));
}

#[test]
fn a_reward_is_approved_by_another_person_and_paid_once() {
    let hazard = after(known(ReportState::Received), ReportCommandKind::MakeHazard, 1);
    let proposed = after(hazard, ReportCommandKind::ProposeReward, 1);
    let own = decide(&proposed, &ReportCommand::ApproveReward, id(1));
    assert_eq!(own, Err(ReportRefusal::OwnProposal));
    assert_eq!(decide(&proposed, &ReportCommand::PayReward, id(2)), Err(ReportRefusal::RewardMoved));
    let approved = after(proposed, ReportCommandKind::ApproveReward, 2);
    let again = command(ReportCommandKind::ProposeReward);
    assert_eq!(decide(&approved, &again, id(1)), Err(ReportRefusal::RewardMoved));
    let paid = after(approved, ReportCommandKind::PayReward, 1);
    assert_eq!(paid.reward.as_ref().unwrap().stage(), RewardStage::Paid);
    assert_eq!(decide(&paid, &ReportCommand::PayReward, id(1)), Err(ReportRefusal::RewardMoved));
    let nothing = after(known(ReportState::Received), ReportCommandKind::FindNothing, 1);
    assert_eq!(decide(&nothing, &again, id(1)), Err(ReportRefusal::NoHazard));
}

#[test]
fn its_sender_hears_what_came_of_it_and_no_name() {
    let report = after(known(ReportState::Received), ReportCommandKind::Confirm, 1);
    let report = after(report, ReportCommandKind::Answer, 1);
    let told = report.followed(None, Some(2));
    assert_eq!((told.status, told.answer.as_str(), told.opened), (FollowStatus::Confirmed, "谢谢", Some(2)));
    assert_eq!(told.steps, [FollowStep::Received(now()), FollowStep::Confirmed(now())]);
    assert!(!format!("{told:?}").contains("李敏"));
    let aside = known(ReportState::Quarantined).followed(None, None);
    assert_eq!(aside.status, FollowStatus::Received, "nobody is told how rubbish is found");
}

#[test]
fn a_code_is_read_however_it_is_typed() {
    let code = FollowCode::of(&[7; 32]);
    let shown = code.to_string();
    assert_eq!(shown.len(), 9);
    for typed in [shown.clone(), shown.to_lowercase(), shown.replace('-', ""), format!(" {shown} ")] {
        assert_eq!(FollowCode::typed(&typed).as_ref(), Some(&code), "{typed}");
    }
    assert_eq!(FollowCode::typed("oil0-oil0"), FollowCode::typed("0110-0110"));
    for nonsense in ["", "1234", "12345678 9", "码码码码码码码码"] {
        assert_eq!(FollowCode::typed(nonsense), None, "{nonsense}");
    }
}

#[test]
fn a_table_of_rewards_has_a_name_in_each_line() {
    let line = |name: &str| RewardSum { name: name.to_owned(), sum: Fen::of_yuan(200) };
    let with = |rewards| PublicSettings { rewards, ..PublicSettings::default() }.check();
    assert_eq!(with(vec![line("一般隐患"), line("重大隐患")]), Ok(()));
    assert_eq!(with(vec![line(" ")]), Err(PublicSettingsRejection::NameMissing));
    assert_eq!(with(vec![line("一般隐患"), line("一般隐患")]), Err(PublicSettingsRejection::Alike));
    let light = PublicSettings { difficulty: 0, ..PublicSettings::default() };
    assert_eq!(light.check(), Err(PublicSettingsRejection::Difficulty));
}

#[test]
fn one_question_is_asked_and_one_reply_is_taken() {
    assert_eq!(known(ReportState::Received).replied("六点", now()), Err(ReplyRefusal::NotAsked));
    let mut report = after(known(ReportState::Received), ReportCommandKind::Ask, 1);
    assert_eq!(decide(&report, &command(ReportCommandKind::Ask), id(1)), Err(ReportRefusal::Moved), "once");
    assert_eq!(report.followed(None, None).question.unwrap().words, "几点开始？");
    assert_eq!(report.replied(" \n", now()), Err(ReplyRefusal::WordsMissing));
    let long = "长".repeat(501);
    assert!(matches!(report.replied(&long, now()), Err(ReplyRefusal::OverLimit(_))));
    assert_eq!(report.replied(" 六点 ", now()), Ok(true));
    assert_eq!(report.replied("六点", now()), Ok(false), "twice is once");
    assert_eq!(report.replied("七点", now()), Err(ReplyRefusal::Replied));
    assert_eq!(report.question.unwrap().reply.unwrap().words, "六点");
}
