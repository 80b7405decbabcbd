//! A long list comes onto a phone's screen a few entries at a time, so that nobody waits for all of it.

use crate::id::ItemId;

/// An item that is asked, and its number.
pub type Numbered = (ItemId, usize);

/// What stands on the screen next: of what is asked, in that order, what stands there already and `room` more.
pub fn next(standing: &[Numbered], asked: &[Numbered], mut room: usize) -> Vec<Numbered> {
    let mut next = vec![];
    for entry in asked {
        let stands = standing.iter().any(|(id, _)| *id == entry.0);
        if stands || room > 0 {
            room -= usize::from(!stands);
            next.push(entry.clone());
        }
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(ids: &[&str]) -> Vec<Numbered> {
        ids.iter().map(|id| ItemId::from(*id)).zip(1..).collect()
    }

    #[test]
    fn a_list_comes_in_its_order_a_few_at_a_time_until_it_is_whole() {
        let asked = items(&["a", "b", "c", "d", "e"]);
        let mut standing = vec![];
        for length in [2, 4, 5, 5] {
            standing = next(&standing, &asked, 2);
            assert_eq!(standing, asked[..length]);
        }
    }

    #[test]
    fn what_is_asked_no_longer_goes_at_once_and_what_is_new_stands_in_its_place() {
        let before = items(&["a", "b", "c", "d"]);
        let asked = items(&["a", "x", "y", "z", "d"]);
        let next = next(&before, &asked, 2);
        let expected =
            [("a", 1_usize), ("x", 2), ("y", 3), ("d", 5)].map(|(id, number)| (ItemId::from(id), number));
        assert_eq!(next, expected, "with its number of now");
    }
}
