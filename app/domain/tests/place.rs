//! What may be done to departments, communities and grids.

use domain::{
    id::OfficeId,
    place::{
        Community, Department, Grid, Office, PlaceId,
        command::{Living, PlaceCommand, PlaceEvent, PlaceRejection, PlacesSnapshot, decide},
    },
    risk::RiskLevel,
    schedule::VisitIntervals,
    sector::Sector,
};
use proptest::prelude::*;
use std::collections::BTreeMap;
use uuid::Uuid;

fn community(n: u128, name: &str) -> Community {
    Community { id: Uuid::from_u128(n).into(), name: name.into() }
}

fn grid(n: u128, community: u128, name: &str) -> Grid {
    Grid { id: Uuid::from_u128(n).into(), community: Uuid::from_u128(community).into(), name: name.into() }
}

fn community_id(n: u128) -> PlaceId {
    PlaceId::Community(Uuid::from_u128(n).into())
}

fn grid_id(n: u128) -> PlaceId {
    PlaceId::Grid(Uuid::from_u128(n).into())
}

/// 金河社区 with two grids, and its twin with a grid of the same name and one more.
fn places() -> PlacesSnapshot {
    PlacesSnapshot {
        office: Office { id: OfficeId(Uuid::nil()), name: "新城街道办事处".into(), demo: false },
        intervals: VisitIntervals::default(),
        departments: vec![Department {
            id: Uuid::from_u128(9).into(),
            name: "应急管理办公室".into(),
            sectors: vec![Sector::Fire],
        }],
        communities: vec![community(1, "金河社区"), community(2, "金河　社区"), community(3, "石桥村")],
        grids: vec![
            grid(11, 1, "第1网格"),
            grid(12, 1, "第2网格"),
            grid(21, 2, "第 1 网格"),
            grid(22, 2, "市场"),
        ],
        living: BTreeMap::from([(grid_id(11), Living { sites: 3, ..Living::default() })]),
    }
}

fn add(name: &str) -> PlaceCommand {
    PlaceCommand::PutCommunity { community: community(4, name), was: None }
}

#[test]
fn a_name_that_differs_in_what_nobody_sees_is_a_twin() {
    for name in ["石桥 村", "石桥村\u{200b}", " 石 桥　村"] {
        let refused = decide(&places(), &add(name));
        assert!(
            matches!(
                &refused,
                Err(PlaceRejection::Twin { name, .. } | PlaceRejection::NameTaken { name }) if name == "石桥村"
            ),
            "{name}: {refused:?}"
        );
    }
    let taken = PlaceRejection::NameTaken { name: "石桥村".into() };
    assert_eq!(decide(&places(), &add("石桥村")), Err(taken));
    assert!(decide(&places(), &add("石桥社区")).is_ok());
    assert_eq!(places().twin(community_id(2)), Some(community_id(1)));
    assert_eq!(places().twin(community_id(3)), None);
}

#[test]
fn full_width_letters_and_cases_are_twins_too() {
    let department = |n: u128, name: &str| PlaceCommand::PutDepartment {
        department: Department { id: Uuid::from_u128(n).into(), name: name.into(), sectors: vec![] },
        was: None,
    };
    let with = PlacesSnapshot {
        departments: vec![Department { id: Uuid::from_u128(8).into(), name: "A组".into(), sectors: vec![] }],
        ..places()
    };
    for name in ["Ａ组", "a组", "Ａ 组"] {
        assert!(matches!(decide(&with, &department(7, name)), Err(PlaceRejection::Twin { .. })), "{name}");
    }
}

#[test]
fn a_name_is_needed_and_held_to_its_limit() {
    assert_eq!(decide(&places(), &add(" \u{200b} ")), Err(PlaceRejection::NameMissing));
    for name in ["社".repeat(101), "<b>村".to_owned()] {
        assert!(matches!(decide(&places(), &add(&name)), Err(PlaceRejection::OverLimit(_))), "{name}");
    }
}

#[test]
fn grids_of_two_communities_may_have_the_same_name() {
    let put = |community| PlaceCommand::PutGrid { grid: grid(31, community, "第1网格"), was: None };
    assert!(decide(&places(), &put(3)).is_ok());
    assert!(matches!(decide(&places(), &put(1)), Err(PlaceRejection::NameTaken { .. })));
    assert_eq!(decide(&places(), &put(77)), Err(PlaceRejection::Unknown));
}

#[test]
fn merging_a_community_takes_its_grids_along_and_joins_those_of_the_same_name() {
    let merge = PlaceCommand::Merge { from: community_id(2), into: community_id(1) };
    assert_eq!(
        decide(&places(), &merge).unwrap(),
        [
            PlaceEvent::Ended { place: grid_id(21), into: Some(grid_id(11)) },
            PlaceEvent::GridPut { grid: grid(22, 1, "市场") },
            PlaceEvent::Ended { place: community_id(2), into: Some(community_id(1)) },
        ]
    );
}

#[test]
fn only_an_empty_place_is_closed_without_saying_where_its_things_go() {
    let close = |place, into| decide(&places(), &PlaceCommand::Close { place, into });
    let living = Living { sites: 3, ..Living::default() };
    assert_eq!(close(grid_id(11), None), Err(PlaceRejection::Occupied { living }));
    assert_eq!(close(grid_id(12), None).unwrap(), [PlaceEvent::Ended { place: grid_id(12), into: None }]);
    assert!(close(grid_id(11), Some(grid_id(12))).is_ok());
    assert_eq!(close(grid_id(11), Some(grid_id(11))), Err(PlaceRejection::IntoItself));
    assert_eq!(close(grid_id(11), Some(community_id(1))), Err(PlaceRejection::OtherKind));
    assert_eq!(close(grid_id(11), Some(grid_id(99))), Err(PlaceRejection::Unknown));
    assert_eq!(close(grid_id(99), None), Err(PlaceRejection::Unknown));
}

#[test]
fn what_somebody_else_changed_is_not_overwritten() {
    let rename = |was: &str| PlaceCommand::PutCommunity {
        community: community(3, "石桥新村"),
        was: Some(community(3, was)),
    };
    assert!(decide(&places(), &rename("石桥村")).is_ok());
    assert_eq!(decide(&places(), &rename("石桥")), Err(PlaceRejection::Changed));
    let gone = PlaceCommand::PutCommunity { community: community(5, "a"), was: Some(community(5, "b")) };
    assert_eq!(decide(&places(), &gone), Err(PlaceRejection::Unknown));
}

#[test]
fn an_interval_is_at_least_a_day() {
    let intervals = VisitIntervals { general: 0, ..VisitIntervals::default() };
    let set = PlaceCommand::SetIntervals { intervals, was: None };
    assert_eq!(decide(&places(), &set), Err(PlaceRejection::Interval { risk: RiskLevel::General }));
}

proptest! {
    /// However a name is blown up with blanks, it stays the twin or the same.
    #[test]
    fn blanks_never_make_another_name(at in 0_usize..=3, blank in "[ \u{3000}\u{200b}\u{a0}\t]{1,4}") {
        let mut name: Vec<char> = "石桥村".chars().collect();
        for (offset, sign) in blank.chars().enumerate() {
            name.insert(at + offset, sign);
        }
        let name: String = name.into_iter().collect();
        prop_assert!(decide(&places(), &add(&name)).is_err());
    }
}
