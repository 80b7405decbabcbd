//! Sorting and collecting as a phone does it: by code that is compiled once.
//!
//! The standard library's sort comes again for every type that is sorted, 4 KB each, and a tree that is collected sorts what it
//! is made of. A phone's program, which somebody waits for, would hold nineteen of them. So here numbers are sorted, and the
//! list follows them.

use std::cmp::Ordering;

/// Stable: what compares alike keeps its order.
pub fn sort_by<T>(list: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let order = sorted(list.len(), &|a, b| compare(&list[a], &list[b]));
    let mut taken: Vec<Option<T>> = list.drain(..).map(Some).collect();
    list.extend(order.into_iter().filter_map(|at| taken[at].take()));
}

/// Stable; the key is made anew at every comparison.
pub fn sort_by_key<T, K: Ord>(list: &mut Vec<T>, key: impl Fn(&T) -> K) {
    sort_by(list, |a, b| key(a).cmp(&key(b)));
}

/// A map or set, filled one by one.
pub fn collected<C: Default + Extend<T>, T>(items: impl IntoIterator<Item = T>) -> C {
    let mut all = C::default();
    items.into_iter().for_each(|item| all.extend([item]));
    all
}

/// Positions of a list of this length, in order.
#[inline(never)]
fn sorted(length: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..length).collect();
    order.sort_by(|a, b| compare(*a, *b));
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    proptest! {
        #[test]
        fn it_sorts_as_the_standard_library_does(list: Vec<(u8, u16)>) {
            let (mut ours, mut theirs) = (list.clone(), list);
            sort_by_key(&mut ours, |(key, _)| *key);
            theirs.sort_by_key(|(key, _)| *key);
            prop_assert_eq!(&ours, &theirs);
            sort_by(&mut ours, |a, b| b.1.cmp(&a.1));
            theirs.sort_by_key(|entry| std::cmp::Reverse(entry.1));
            prop_assert_eq!(ours, theirs);
        }

        #[test]
        fn it_collects_as_the_standard_library_does(list: Vec<(u8, u16)>) {
            prop_assert_eq!(collected::<BTreeMap<_, _>, _>(list.clone()), list.iter().copied().collect());
            prop_assert_eq!(collected::<BTreeSet<_>, _>(list.clone()), list.into_iter().collect());
        }
    }
}
