//! 街: the doors of a street, and the order in which one walks them.

use super::{DoorNumber, StreetAddress};
use crate::{
    id::SiteId,
    order::{sort_by, sort_by_key},
    place::Location,
    site::Site,
};
use std::{cmp::Reverse, collections::BTreeMap};

/// A site as one passes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Door {
    pub site: SiteId,
    /// None where the address says none.
    pub number: Option<DoorNumber>,
}

/// The sites of one street.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Street {
    /// None: those of whose address no street can be read (没有门牌).
    pub name: Option<String>,
    /// By number; those without one come last, in the order in which the sites came.
    pub doors: Vec<Door>,
}

/// In which order the doors are walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Order {
    /// 按门牌走: by number, crossing the street at every door.
    #[default]
    ByNumber,
    /// 先单后双: up one side, and back down the other.
    SideBySide,
    /// 按远近: the nearest first.
    ByDistance,
}

impl Order {
    pub const ALL: [Self; 3] = [Self::ByNumber, Self::SideBySide, Self::ByDistance];
}

/// A line of a street's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    Door(Door),
    /// 没有登记的门牌: between two doors of one side stands another one, of which the office knows nothing.
    Missing(u32),
}

/// So many numbers of one side may be missing between two doors and still be told: where more are, there is a school or a park.
const MISSING_MOST: u32 = 2;

/// The streets of the sites that are in use: by name, those without a street last.
pub fn streets(sites: &[Site]) -> Vec<Street> {
    let mut by_name: BTreeMap<String, Vec<Door>> = BTreeMap::new();
    let mut without = vec![];
    for site in sites.iter().filter(|site| !site.retired) {
        match StreetAddress::read(&site.address) {
            Some(StreetAddress { street, number }) => {
                by_name.entry(street).or_default().push(Door { site: site.id, number });
            }
            None => without.push(Door { site: site.id, number: None }),
        }
    }
    let named = by_name.into_iter().map(|(name, doors)| Street { name: Some(name), doors: by_number(doors) });
    let without = (!without.is_empty()).then_some(Street { name: None, doors: without });
    named.chain(without).collect()
}

/// The street in which this site stands. Screens name a street by a site of it: a name would stand in the browser's history.
pub fn street_of(sites: &[Site], site: SiteId) -> Option<Street> {
    streets(sites).into_iter().find(|street| street.doors.iter().any(|door| door.site == site))
}

/// The doors of a street as one walks them. `place` says where a site is; from where one stands is known or not, and without
/// it nothing is near.
pub fn walked_in(
    doors: &[Door],
    order: Order,
    place: &dyn Fn(SiteId) -> Option<Location>,
    from: Option<&Location>,
) -> Vec<Door> {
    let mut walked = by_number(doors.to_vec());
    match order {
        Order::ByNumber => {}
        Order::SideBySide => {
            let (odd, rest): (Vec<_>, Vec<_>) =
                walked.into_iter().partition(|door| door.number.is_some_and(|at| at.number % 2 == 1));
            let (mut even, none): (Vec<_>, Vec<_>) = rest.into_iter().partition(|door| door.number.is_some());
            sort_by_key(&mut even, |door| Reverse(door.number));
            walked = [odd, even, none].concat();
        }
        Order::ByDistance => {
            let metres = |door: &Door| Some(place(door.site)?.distance(from?));
            let far = |door: &Door| metres(door).unwrap_or(f64::INFINITY);
            sort_by(&mut walked, |a, b| far(a).total_cmp(&far(b)));
        }
    }
    walked
}

/// The next door that is left: this one or one behind it, and where there is none, from the beginning on.
pub fn next_door(doors: &[Door], from: Option<SiteId>, is_left: &dyn Fn(SiteId) -> bool) -> Option<Door> {
    let at = from.and_then(|from| doors.iter().position(|door| door.site == from)).unwrap_or_default();
    let (before, behind) = doors.split_at(at);
    behind.iter().chain(before).find(|door| is_left(door.site)).copied()
}

/// Stable; what has no number comes last.
fn by_number(mut doors: Vec<Door>) -> Vec<Door> {
    sort_by_key(&mut doors, |door| (door.number.is_none(), door.number));
    doors
}

/// The doors in their order, and between two of one side the numbers that nothing is registered at. `doors` come by number.
pub fn lines(doors: &[Door]) -> Vec<Line> {
    let numbers: Vec<u32> = doors.iter().filter_map(|door| Some(door.number?.number)).collect();
    let mut lines = vec![];
    let mut told = 0;
    for door in doors {
        if let Some(at) = door.number.map(|at| at.number).filter(|at| *at > told) {
            // Farther before it than this nothing is told of.
            let first = (told + 1).max(at.saturating_sub(2 * MISSING_MOST + 1));
            let untold = (first..at).filter(|number| is_missing(&numbers, *number));
            lines.extend(untold.map(Line::Missing));
            told = at;
        }
        lines.push(Line::Door(*door));
    }
    lines
}

/// Whether doors of this number's side stand before and behind it, near enough, and none at it.
fn is_missing(numbers: &[u32], number: u32) -> bool {
    let side = || numbers.iter().copied().filter(|other| other % 2 == number % 2);
    let before = side().filter(|other| *other < number).max();
    let behind = side().filter(|other| *other > number).min();
    let near = |(before, behind): (u32, u32)| (behind - before) / 2 - 1 <= MISSING_MOST;
    !numbers.contains(&number) && before.zip(behind).is_some_and(near)
}
