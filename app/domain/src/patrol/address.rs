//! 门牌: what of an address is the street, and what the number on the door.
//!
//! Addresses are written by many hands: `金河中路 37 号`, `金河中路３７号附1`, `金河中路37-2号`, `石马村三组12号`. Where a number can
//! be read for sure it is taken; where it cannot, the site is walked all the same, among those without one.

use crate::device::typed::chinese;
use std::fmt;

/// The number on a door, and what tells it from others of that number. They are in the order in which one passes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DoorNumber {
    pub number: u32,
    /// Of `37号附1` and `37-1号` the 1; nothing where there is none.
    pub sub: u32,
}

/// As it is written on a sign: `37`, `37-1`.
impl fmt::Display for DoorNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.sub {
            0 => self.number.fmt(f),
            sub => write!(f, "{}-{sub}", self.number),
        }
    }
}

/// Of an address, what a patrol goes by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreetAddress {
    /// `金河中路`, and in a village its group: `石马村3组`.
    pub street: String,
    /// A group of a village may have no numbers.
    pub number: Option<DoorNumber>,
}

/// What is numbered within a door, or is a name: `3号楼`, `一号路`, `101号线`.
const NO_DOOR: &str = "楼院门铺店路街巷线桥库棚房栋";
/// What the name of a street ends with.
const STREET_ENDS: &str = "路街巷弄道里段";
/// What a part of a village ends with.
const GROUP_ENDS: &str = "组社队";
/// What stands before the name of a street, larger places first. A name that would be left with less than three characters
/// is a name: 新区大道, 市场路.
const AROUND: [&str; 9] = ["省", "市", "自治县", "县", "区", "镇", "乡", "街道", "社区"];
const SHORTEST_NAME: usize = 3;
/// Digits of a number on a door at the most.
const DIGITS: usize = 6;

impl StreetAddress {
    /// None where no street can be read.
    pub fn read(address: &str) -> Option<Self> {
        let written: Vec<char> = address.chars().filter_map(half_width).collect();
        let numbered = numbered(&written).or_else(|| at_the_end(&written));
        let (street, number) = match numbered {
            Some((before, number)) => (street(before), Some(number)),
            None if written.last().is_some_and(|last| GROUP_ENDS.contains(*last)) => (street(&written), None),
            None => return None,
        };
        (!street.is_empty()).then_some(Self { street, number })
    }
}

/// Half-width, without blanks; every dash is one.
fn half_width(c: char) -> Option<char> {
    match c {
        '－' | '–' | '—' | '―' | '−' => Some('-'),
        ',' | '，' => None,
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0),
        c => (!c.is_whitespace()).then_some(c),
    }
}

/// What stands before the first `…号` that is a door, and its number.
fn numbered(written: &[char]) -> Option<(&[char], DoorNumber)> {
    let signs = written.iter().enumerate().filter(|(_, c)| matches!(c, '号' | '號'));
    signs.filter(|(at, _)| written.get(at + 1).is_none_or(|next| !NO_DOOR.contains(*next))).find_map(
        |(at, _)| {
            let (before, after) = (written.get(..at)?, written.get(at + 1..)?);
            let (before, number) = number_before(before)?;
            Some((before, DoorNumber { sub: sub_after(after).unwrap_or(number.sub), ..number }))
        },
    )
}

/// `金河中路37`, `金河中路37-2`: nothing stands behind the number, and the name of a street before it.
fn at_the_end(written: &[char]) -> Option<(&[char], DoorNumber)> {
    let ends_in_digit = written.last().is_some_and(char::is_ascii_digit);
    let (before, number) = number_before(written).filter(|_| ends_in_digit)?;
    let is_street = |last: &char| STREET_ENDS.contains(*last) || GROUP_ENDS.contains(*last);
    before.last().is_some_and(is_street).then_some((before, number))
}

/// The number at the end of this, `37`, `37-2`, `37附2` or `三十七`, and what stands before it.
fn number_before(written: &[char]) -> Option<(&[char], DoorNumber)> {
    let (before, last) = digits_at_end(written)?;
    if let Some((joint, rest)) = before.split_last()
        && matches!(joint, '-' | '附' | '之')
        && let Some((before, number)) = digits_at_end(rest)
    {
        return Some((before, DoorNumber { number, sub: last }));
    }
    Some((before, DoorNumber { number: last, sub: 0 }))
}

/// Digits, else Chinese numerals.
fn digits_at_end(written: &[char]) -> Option<(&[char], u32)> {
    let of = |is_one: fn(&char) -> bool| {
        let count = written.iter().rev().take_while(|c| is_one(c)).count();
        let (before, number) = written.split_at(written.len() - count);
        (before, number.iter().collect::<String>())
    };
    let (before, digits) = of(char::is_ascii_digit);
    if !digits.is_empty() {
        let number: u32 = digits.parse().ok().filter(|_| digits.len() <= DIGITS)?;
        return (number > 0).then_some((before, number));
    }
    let (before, numerals) = of(|c| is_numeral(*c));
    chinese(&numerals).filter(|number| *number > 0).map(|number| (before, number))
}

fn is_numeral(c: char) -> bool {
    "零〇一二两三四五六七八九十百".contains(c)
}

/// Of what stands behind `号`: `附1`, `之2`, `-3`.
fn sub_after(after: &[char]) -> Option<u32> {
    let (joint, rest) = after.split_first()?;
    let digits: String = rest.iter().take_while(|c| c.is_ascii_digit()).collect();
    digits.parse().ok().filter(|_| matches!(joint, '附' | '之' | '-') && digits.len() <= DIGITS)
}

/// The name of the street alone, without the larger places before it; the number of a village's group in digits.
fn street(written: &[char]) -> String {
    let mut name = written;
    for around in AROUND {
        let around: Vec<char> = around.chars().collect();
        let ends = (0..name.len()).filter(|at| name.get(*at..at + around.len()) == Some(around.as_slice()));
        let cut = ends.map(|at| at + around.len()).filter(|end| name.len() - end >= SHORTEST_NAME).max();
        name = cut.and_then(|end| name.get(end..)).unwrap_or(name);
    }
    let group = name.split_last().filter(|(last, _)| GROUP_ENDS.contains(**last));
    if let Some((last, before)) = group
        && let Some((before, number)) = digits_at_end(before)
    {
        return format!("{}{number}{last}", before.iter().collect::<String>());
    }
    name.iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses_are_read_as_they_are_written() {
        let door = |number, sub| Some(DoorNumber { number, sub });
        for (written, street, number) in [
            ("金河中路 37 号", "金河中路", door(37, 0)),
            ("金河中路３７号", "金河中路", door(37, 0)),
            ("金河中路三十七号", "金河中路", door(37, 0)),
            ("金河中路37号附1", "金河中路", door(37, 1)),
            ("金河中路37号附1号", "金河中路", door(37, 1)),
            ("金河中路37附1号", "金河中路", door(37, 1)),
            ("金河中路37-2号", "金河中路", door(37, 2)),
            ("金河中路37－2號", "金河中路", door(37, 2)),
            ("金河中路37-2", "金河中路", door(37, 2)),
            ("金河中路37", "金河中路", door(37, 0)),
            ("金河中路37号3号楼", "金河中路", door(37, 0)),
            ("金河中路37号二楼", "金河中路", door(37, 0)),
            ("一号路5号", "一号路", door(5, 0)),
            ("新城县金河街道金河中路 37 号", "金河中路", door(37, 0)),
            ("新城市东区花园路8号", "花园路", door(8, 0)),
            ("新区大道5号", "新区大道", door(5, 0)),
            ("市场路5号", "市场路", door(5, 0)),
            ("龙门镇石马村三组12号", "石马村3组", door(12, 0)),
            ("龙门镇石马村3组", "石马村3组", None),
            ("人民路一段9号", "人民路一段", door(9, 0)),
        ] {
            let read = StreetAddress::read(written).unwrap_or_else(|| panic!("{written} is not read"));
            assert_eq!((read.street.as_str(), read.number), (street, number), "{written}");
        }
        for written in ["", "  ", "惠民市场北门", "37号", "3号楼", "金河中路与人民路交叉口", "金河中路0号"]
        {
            assert_eq!(StreetAddress::read(written), None, "{written}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_read_or_not_and_nothing_fails(address: String) {
            let read = StreetAddress::read(&address);
            prop_assert_eq!(&read, &StreetAddress::read(&address));
            prop_assert!(read.is_none_or(|read| !read.street.is_empty()));
        }

        #[test]
        fn a_number_is_read_from_what_it_is_written_as(number in 1_u32..999_999, sub in 0_u32..40) {
            let door = DoorNumber { number, sub };
            let read = StreetAddress::read(&format!("金河中路{door}号")).unwrap();
            prop_assert_eq!(read, StreetAddress { street: "金河中路".to_owned(), number: Some(door) });
        }
    }
}
