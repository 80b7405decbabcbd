//! What a command must hold, and its words.

use super::{day, found, full_plan, of_authority, one_of_each, photo, plan, tag};
use domain::{
    fen::Fen,
    form::ResponsibleKind,
    hazard::{
        CommandField, Control, Evidence, FilledIn, Found, HazardCommand, HazardCommandKind, HazardEventKind,
        HazardStatusKind, NotFilledIn, RectificationPlan, ValidationError,
    },
    id::HazardId,
    limits::TEXT,
    severity::Severity,
};
use uuid::Uuid;

#[test]
fn a_plan_needs_all_five_points() {
    let lacking = |change: fn(&mut RectificationPlan)| {
        let mut plan = full_plan(day(22));
        change(&mut plan);
        HazardCommand::Assign(plan).check()
    };
    assert_eq!(plan(day(22)).check(), Ok(()));
    assert_eq!(lacking(|p| p.responsible.clear()), Err(ValidationError::Responsible));
    assert_eq!(lacking(|p| p.measures = "  ".into()), Err(ValidationError::Measures));
    assert_eq!(lacking(|p| p.contingency.clear()), Err(ValidationError::Contingency));
    let unproven = HazardCommand::Rectify(Evidence { note: String::new(), photos: vec![] });
    assert_eq!(unproven.check(), Err(ValidationError::AfterPhoto));
}

#[test]
fn an_authority_needs_a_name_and_nobody_known_needs_none() {
    let report = |kind, name: &str| {
        let found = Found { responsible_kind: kind, responsible: name.into(), ..found(Severity::General) };
        HazardCommand::Report(found).check()
    };
    assert_eq!(HazardCommand::Report(of_authority()).check(), Ok(()));
    assert_eq!(report(ResponsibleKind::Authority, " "), Err(ValidationError::Responsible));
    assert_eq!(report(ResponsibleKind::Unknown, ""), Ok(()));
    assert_eq!(report(ResponsibleKind::Site, ""), Ok(()));
}

/// A form with something in every field makes a command that lacks nothing; where a field that is required is empty, the
/// command says so by that field.
#[test]
fn the_table_says_what_each_command_must_hold() {
    let form = |kind: HazardCommandKind, empty: Option<CommandField>| {
        let text =
            |field: CommandField| if Some(field) == empty { "  ".to_owned() } else { "有".to_owned() };
        let photos = if empty == Some(CommandField::Photos) { vec![] } else { vec![photo(1)] };
        let other = (empty != Some(CommandField::Into)).then_some(HazardId(Uuid::from_u128(5)));
        let is_day = empty.is_some_and(|field| field.control() == Control::Day);
        let day = (!is_day).then_some(day(22));
        let money = (empty != Some(CommandField::Funds)).then_some(Fen::ZERO);
        kind.filled_in(FilledIn { text: &text, day, money, photos, department: None, other })
    };
    for kind in HazardCommandKind::ALL.iter().copied() {
        if kind == HazardCommandKind::Report {
            assert_eq!(form(kind, None), Err(NotFilledIn::ByItself));
            continue;
        }
        let command = form(kind, None).unwrap();
        assert_eq!((command.kind(), command.check()), (kind, Ok(())));
        for asks in kind.row().asks {
            let without = form(kind, Some(asks.field));
            let lacks = match asks.field.control() {
                Control::Day => asks.required.then_some(NotFilledIn::Day),
                Control::Money => asks.required.then_some(NotFilledIn::Money),
                Control::Hazard => asks.required.then_some(NotFilledIn::Hazard),
                Control::Line | Control::Lines | Control::Photos | Control::Department => {
                    let missing = asks.field.missing().filter(|_| asks.required);
                    assert_eq!(without.clone().unwrap().check().err(), missing, "{kind:?} {asks:?}");
                    None
                }
            };
            assert_eq!(without.err(), lacks, "{kind:?} {asks:?}");
        }
    }
}

#[test]
fn every_text_of_every_command_has_its_limit() {
    for command in one_of_each() {
        for n in 0..command.texts().len() {
            let mut long = command.clone();
            let (field, text) = long.texts_mut().swap_remove(n);
            *text = "字".repeat(TEXT + 1);
            let over = long.check().unwrap_err();
            assert!(matches!(over, ValidationError::OverLimit(over) if over.field == field), "{over}");
        }
    }
}

#[test]
fn words_are_the_tags_and_no_two_are_the_same() {
    for command in one_of_each() {
        assert_eq!(tag(&command), command.kind().as_str());
        assert_eq!(HazardCommandKind::parse(command.kind().as_str()), Some(command.kind()));
    }
    let kinds: Vec<_> = one_of_each().iter().map(HazardCommand::kind).collect();
    assert_eq!(kinds, HazardCommandKind::ALL, "one of each");
    for kind in HazardStatusKind::ALL {
        assert_eq!(
            (tag(&kind).as_str(), HazardStatusKind::parse(kind.as_str())),
            (kind.as_str(), Some(kind))
        );
    }
    for kind in HazardEventKind::ALL {
        assert_eq!(HazardEventKind::parse(kind.as_str()), Some(*kind));
    }
    assert_eq!(HazardStatusKind::parse("of_tomorrow"), None);
}
