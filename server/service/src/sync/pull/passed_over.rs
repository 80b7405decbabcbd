//! Rows that a device was not sent because they could not be read. They are asked for again at each pull, so there is room for
//! a few; of more the first ones are known, and that there are others behind the last.

use std::fmt;

const MOST: usize = 8;

/// Sequences, the smallest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct PassedOver {
    rows: [i64; MOST],
    count: usize,
    /// Behind the last there are others, which nobody knows.
    more: bool,
}

impl PassedOver {
    pub(super) fn rows(&self) -> &[i64] {
        &self.rows[..self.count]
    }

    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// 0 where there is none.
    pub(super) fn last(&self) -> i64 {
        self.rows().last().copied().unwrap_or_default()
    }

    pub(super) fn put(&mut self, row: i64) {
        let at = self.rows().partition_point(|known| *known < row);
        if self.rows().get(at) == Some(&row) {
            return;
        }
        let is_full = self.count == MOST;
        if at == self.count && (self.more || is_full) {
            self.more = true;
            return;
        }
        // Where there is no room, the last is one of those behind the last.
        self.more |= is_full;
        self.count = MOST.min(self.count + 1);
        self.rows.copy_within(at..self.count - 1, at + 1);
        self.rows[at] = row;
    }

    /// True where those that nobody knows are behind it: they have to be looked for, from here on.
    pub(super) fn take(&mut self, row: i64) -> bool {
        let Ok(at) = self.rows().binary_search(&row) else { return false };
        let is_last = at + 1 == self.count;
        self.rows.copy_within(at + 1..self.count, at);
        self.count -= 1;
        self.rows[self.count] = 0;
        is_last && std::mem::take(&mut self.more)
    }

    /// None where it is not written so.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut read = Self::default();
        for row in text.strip_suffix('+').unwrap_or(text).split('-') {
            let row = row.parse::<i64>().ok().filter(|row| *row > read.last())?;
            *read.rows.get_mut(read.count)? = row;
            read.count += 1;
        }
        read.more = text.ends_with('+');
        Some(read)
    }
}

/// `3-9-41`, and `3-9-41+` where there are others.
impl fmt::Display for PassedOver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows: Vec<_> = self.rows().iter().map(i64::to_string).collect();
        write!(f, "{}{}", rows.join("-"), if self.more { "+" } else { "" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rows: impl IntoIterator<Item = i64>) -> PassedOver {
        let mut all = PassedOver::default();
        rows.into_iter().for_each(|row| all.put(row));
        all
    }

    #[test]
    fn the_first_are_known_in_whatever_order_they_are_met() {
        assert_eq!(of([9, 3, 41, 9]).to_string(), "3-9-41");
        assert_eq!(of(1..=8).to_string(), "1-2-3-4-5-6-7-8");
        assert_eq!(of(1..=9).to_string(), "1-2-3-4-5-6-7-8+");
        assert_eq!(of((1..=9).rev()), of(1..=9));
        for all in [of([7]), of(1..=8), of(1..=20)] {
            assert_eq!(PassedOver::read(&all.to_string()), Some(all), "{all}");
        }
        for text in ["", "+", "0", "-1", "3-3", "9-3", "3--9", "3-x", "1-2-3-4-5-6-7-8-9", "3+9"] {
            assert_eq!(PassedOver::read(text), None, "{text}");
        }
    }

    #[test]
    fn whoever_is_not_known_is_behind_the_last() {
        let mut all = of((2..=20).map(|row| row * 10));
        assert!(!all.take(30));
        assert!(!all.take(35), "it is not known");
        // There is room, and those behind the last are known no better for it.
        all.put(500);
        assert_eq!(all.to_string(), "20-40-50-60-70-80-90+");
        all.put(30);
        all.put(10);
        assert_eq!(all.to_string(), "10-20-30-40-50-60-70-80+");
        assert!(all.take(80));
        assert_eq!(all.to_string(), "10-20-30-40-50-60-70");
        assert!(!all.take(70));
    }
}
