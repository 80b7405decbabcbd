//! A long list comes onto a phone's screen a few entries at a time, so that nobody waits for all of it.

/// A line of the list, by what it is, and its number.
pub type Numbered<K> = (K, usize);

/// What stands on the screen next: of what is shown, in that order, what stands there already and some more: `room` behind all
/// of it, and one in front of something that stands.
///
/// One, because the renderer compares two lists by counting what came and what went: with two new ones in front it takes
/// everything behind them out of the page and puts it back, which on a long form is what a thumb waits for.
pub fn next<K: PartialEq + Clone>(
    standing: &[Numbered<K>],
    shown: &[Numbered<K>],
    room: usize,
) -> Vec<Numbered<K>> {
    let (mut next, mut rest) = (vec![], standing);
    // New ones since what was found last, and the first of all that stand in front of something.
    let (mut behind, mut in_front) = (vec![], None);
    for entry in shown {
        // Both have one order: what stands is looked for behind what was found last, so that a long list is gone through once.
        match rest.iter().position(|(key, _)| *key == entry.0) {
            Some(at) => {
                rest = &rest[at + 1..];
                in_front = in_front.or_else(|| Some((next.len(), behind.first().copied()?)));
                behind.clear();
                next.push(entry.clone());
            }
            None => behind.push(entry),
        }
    }
    if let Some((place, entry)) = in_front {
        next.insert(place, entry.clone());
    }
    next.extend(behind.into_iter().take(room).cloned());
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(keys: &[&'static str]) -> Vec<Numbered<&'static str>> {
        keys.iter().copied().zip(1..).collect()
    }

    #[test]
    fn a_list_comes_in_its_order_a_few_at_a_time_until_it_is_whole() {
        let shown = lines(&["a", "b", "c", "d", "e"]);
        let mut standing = vec![];
        for length in [2, 4, 5, 5] {
            standing = next(&standing, &shown, 2);
            assert_eq!(standing, shown[..length]);
        }
    }

    #[test]
    fn what_is_shown_no_longer_goes_at_once_and_what_is_new_stands_in_its_place() {
        let before = lines(&["a", "b", "c", "d"]);
        let shown = lines(&["a", "x", "y", "z", "d"]);
        let mut standing = next(&before, &shown, 2);
        assert_eq!(standing, [("a", 1), ("x", 2), ("d", 5)], "with its number of now");
        standing = next(&standing, &shown, 2);
        assert_eq!(standing, [("a", 1), ("x", 2), ("y", 3), ("d", 5)]);
        assert_eq!(next(&standing, &shown, 2), shown);
    }

    #[test]
    fn one_comes_in_front_of_what_stands_while_others_come_behind() {
        let shown = lines(&["x", "a", "y", "b", "c", "d", "e"]);
        let standing = next(&lines(&["a", "b"]), &shown, 2);
        assert_eq!(standing, [("x", 1), ("a", 2), ("b", 4), ("c", 5), ("d", 6)]);
        assert_eq!(next(&standing, &shown, 0), shown[..6], "the next one in front, and no room behind");
    }
}
