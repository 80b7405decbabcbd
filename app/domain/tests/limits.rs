//! What may be given: the shape of texts, lists and days, wherever they come from.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    fen::Fen,
    form::{Answer, AnswerError, QuestionKind, ResponsibleKind},
    hazard::{
        Evidence, ExtensionGrant, ExtensionRefusal, ExtensionRequest, FixedOnSpot, Found, HazardCommand,
        Listing, RectificationPlan, Referral, Reopening, Return, Suspension, SuspensionLift, ValidationError,
    },
    limits::{
        self, ADDRESS, CODE, Excess, Field, NAME, OverLimit, PHOTOS, TEXT, USERNAME, check_code, check_day,
        check_line, check_name, check_text, check_username, is_invisible, operations::check_photo,
        records::check_person, tidy_line, tidy_text,
    },
    person::Person,
    photo::{PhotoFacts, PhotoHash},
    place::Location,
    role::Role,
};
use proptest::prelude::*;
use uuid::Uuid;

fn found() -> Found {
    Found {
        level: domain::severity::Severity::General,
        what: "通道被堵".into(),
        basis: String::new(),
        due: None,
        responsible: String::new(),
        responsible_kind: ResponsibleKind::Site,
        photos: vec![],
        location: None,
        visit: None,
        form: None,
        question: None,
        from_public: false,
        fixed: None,
    }
}

fn excess(command: HazardCommand) -> Option<(Field, Excess)> {
    match command.check() {
        Err(ValidationError::OverLimit(OverLimit { field, excess })) => Some((field, excess)),
        _ => None,
    }
}

#[test]
fn every_text_of_a_command_has_its_limit() {
    let long = || "字".repeat(TEXT + 1);
    let day = NaiveDate::from_ymd_opt(2026, 11, 30).unwrap();
    let plan = RectificationPlan {
        responsible: "物业".into(),
        department: None,
        measures: "清理".into(),
        funds: Fen::ZERO,
        deadline: day,
        contingency: "无".into(),
    };
    let photos = || vec![PhotoHash::of(b"after")];
    let fixed = Some(FixedOnSpot { note: long(), photos: photos() });
    let commands = [
        (Field::What, HazardCommand::Report(Found { what: long(), ..found() })),
        (Field::Basis, HazardCommand::Report(Found { basis: long(), ..found() })),
        (Field::Responsible, HazardCommand::Report(Found { responsible: long(), ..found() })),
        (Field::Note, HazardCommand::Report(Found { fixed, ..found() })),
        (Field::Measures, HazardCommand::Assign(RectificationPlan { measures: long(), ..plan.clone() })),
        (
            Field::Contingency,
            HazardCommand::Assign(RectificationPlan { contingency: long(), ..plan.clone() }),
        ),
        (Field::Responsible, HazardCommand::Assign(RectificationPlan { responsible: long(), ..plan })),
        (Field::Reason, HazardCommand::AskExtension(ExtensionRequest { until: day, reason: long() })),
        (Field::Reason, HazardCommand::RefuseExtension(ExtensionRefusal { reason: long() })),
        (Field::Note, HazardCommand::Rectify(Evidence { note: long(), photos: photos() })),
        (Field::Note, HazardCommand::Accept(Evidence { note: long(), photos: vec![] })),
        (Field::Reason, HazardCommand::Return(Return { reason: long(), deadline: day, photos: vec![] })),
        (Field::Authority, HazardCommand::List(Listing { by_authority: long() })),
        (Field::What, HazardCommand::Suspend(Suspension { what: long() })),
        (Field::Reason, HazardCommand::LiftSuspension(SuspensionLift { reason: long() })),
        (Field::Authority, HazardCommand::Refer(Referral { authority: long(), reason: "管辖".into() })),
        (Field::Reason, HazardCommand::Refer(Referral { authority: "市局".into(), reason: long() })),
        (Field::Reason, HazardCommand::Reopen(Reopening { reason: long(), due: None })),
    ];
    for (field, command) in commands {
        let too_long = Some((field, Excess::TooLong(TEXT as u32)));
        assert_eq!(excess(command.clone()), too_long, "{command:?}");
    }
}

#[test]
fn lists_and_days_have_theirs() {
    let photos: Vec<_> = (0..=PHOTOS).map(|n| PhotoHash::of(&n.to_le_bytes())).collect();
    let many = HazardCommand::Rectify(Evidence { note: String::new(), photos });
    assert_eq!(excess(many), Some((Field::Photos, Excess::TooMany(PHOTOS as u32))));
    for due in ["+262142-12-31", "2019-12-31", "2101-01-01"] {
        let due = due.parse().unwrap();
        let reopened = HazardCommand::Reopen(Reopening { reason: "又堵了".into(), due: Some(due) });
        assert_eq!(excess(reopened), Some((Field::Due, Excess::Day)));
        let granted = HazardCommand::GrantExtension(ExtensionGrant { until: due });
        assert_eq!(excess(granted), Some((Field::Until, Excess::Day)));
    }
    for day in [limits::first_day(), limits::last_day()] {
        assert_eq!(check_day(Field::Due, day), Ok(()));
    }
}

#[test]
fn where_a_hazard_was_reported_from_lies_on_the_earth() {
    let at = |latitude| {
        let location = Some(Location { latitude, longitude: 113.6, accuracy: Some(6.0) });
        excess(HazardCommand::Report(Found { location, ..found() }))
    };
    assert_eq!(at(34.9), None);
    assert_eq!(at(91.0), Some((Field::Latitude, Excess::Outside(-90, 90))));
    assert_eq!(at(f64::NAN), Some((Field::Latitude, Excess::Outside(-90, 90))));
}

#[test]
fn a_name_at_its_limit_is_taken_and_one_more_is_not() {
    for (most, check) in [
        (NAME, (|name: &str| check_name(Field::Name, name)) as fn(&str) -> limits::Checked),
        (CODE, check_code),
        (ADDRESS, limits::check_address),
    ] {
        assert_eq!(check(&"码".repeat(most)), Ok(()));
        let over = check(&"码".repeat(most + 1)).unwrap_err();
        assert_eq!(over.excess, Excess::TooLong(most as u32));
    }
    assert_eq!(check_username(&"a".repeat(USERNAME)), Ok(()));
    assert!(check_username("网格员").is_err() && check_username("a b").is_err());
}

#[test]
fn what_cannot_be_seen_or_reads_as_markup_is_in_no_name() {
    for (name, excess) in [
        ("东方\u{200b}商场", Excess::Invisible),
        ("\u{202e}场商", Excess::Invisible),
        ("商场\u{feff}", Excess::Invisible),
        ("商\u{3164}场", Excess::Invisible),
        ("</title><meta>", Excess::Markup),
        ("商场\n二店", Excess::Control),
        ("商场\u{7}", Excess::Control),
    ] {
        assert_eq!(check_name(Field::Name, name).unwrap_err().excess, excess, "{name:?}");
    }
    assert_eq!(check_text(Field::Note, "第一行\n第二行 <见图>"), Ok(()));
    assert_eq!(check_text(Field::Note, "\u{1b}[2J").unwrap_err().excess, Excess::Control);
}

#[test]
fn what_cannot_be_seen_is_no_word_and_turns_none() {
    assert_eq!(tidy_text(" \u{200b}\u{feff}\u{2060} "), "");
    assert_eq!(tidy_text("三楼\u{202e}消防门\u{202c}\r\n第二行\u{200f}"), "三楼消防门\n第二行");
    let text = QuestionKind::Text { lines: 1 };
    for nothing in ["", " ", "\u{7}", "\u{200b}"] {
        let answer = Answer::Text(nothing.to_owned());
        assert_eq!(answer.fits(&text), Err(AnswerError::Empty), "{nothing:?} would be sealed as nothing");
    }
}

#[test]
fn a_person_and_a_photo_have_their_shape() {
    let person = Person {
        id: Uuid::nil().into(),
        username: "limin".into(),
        name: "李敏".into(),
        role: Role::Inspector,
        phone: "138 0000 0000 转 8".into(),
        department: None,
        grids: vec![],
        communities: vec![],
        sites: vec![],
        certificates: vec![],
        disabled: false,
        last_seen: None,
    };
    assert_eq!(check_person(&person), Ok(()));
    let grids = vec![Uuid::nil().into(); limits::GRIDS + 1];
    assert_eq!(check_person(&Person { grids, ..person }).unwrap_err().field, Field::Grids);
    let facts = PhotoFacts {
        hash: PhotoHash::of(b"photo"),
        bytes: 5,
        media_type: "image/jpeg".into(),
        width: 640,
        height: 480,
        at: DateTime::<Utc>::UNIX_EPOCH,
        by: Uuid::nil().into(),
        location: None,
        original: None,
        camera: None,
        source: None,
        caption_height: 0,
    };
    assert_eq!(check_photo(&facts), Ok(()));
    assert_eq!(check_photo(&PhotoFacts { width: u32::MAX, ..facts }).unwrap_err().field, Field::Pixels);
}

proptest! {
    /// Whatever is typed: what passes has the shape that lists and pages rely upon, and what is tidied passes unless it
    /// is too long or reads as markup.
    #[test]
    fn what_passes_has_its_shape(text in any::<String>(), most in 1_usize..200) {
        let tidied = tidy_line(&text);
        match check_line(Field::Name, &tidied, most) {
            Ok(()) => {
                prop_assert!(tidied.chars().count() <= most);
                prop_assert!(!tidied.contains(['<', '>']));
                prop_assert!(!tidied.chars().any(|c| c.is_control() || is_invisible(c)));
                prop_assert_eq!(tidied.trim(), &tidied);
            }
            Err(over) => prop_assert!(matches!(over.excess, Excess::TooLong(_) | Excess::Markup)),
        }
        prop_assert_eq!(tidy_line(&tidied), tidied);
        let long = tidy_text(&text);
        prop_assert_eq!(check_text(Field::Note, &long).is_ok(), long.chars().count() <= TEXT);
        prop_assert_eq!(tidy_text(&long), long);
    }
}
