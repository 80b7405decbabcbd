//! Matching: all ways through the pattern at once, a character at a time.

use super::{Regex, Span, Step};

impl Regex {
    /// Whether the whole text is so.
    pub fn matches(&self, text: &str) -> bool {
        let length = text.chars().count();
        let mut ways = Ways { steps: &self.steps, seen: vec![usize::MAX; self.steps.len() + 1], now: vec![] };
        ways.follow(0, 0, length);
        for (place, sign) in text.chars().enumerate() {
            let before = std::mem::take(&mut ways.now);
            for at in before {
                if let Some(Step::One { of, is_negated }) = self.steps.get(at)
                    && is_in(sign, of) != *is_negated
                {
                    ways.follow(at + 1, place + 1, length);
                }
            }
            if ways.now.is_empty() {
                return false;
            }
        }
        // Past the last step is the end of the pattern.
        ways.now.contains(&self.steps.len())
    }
}

struct Ways<'a> {
    steps: &'a [Step],
    /// At which character a step was come to last.
    seen: Vec<usize>,
    /// Steps that wait for a character.
    now: Vec<usize>,
}

impl Ways<'_> {
    /// Goes on from a step without taking a character, to every step that takes one.
    fn follow(&mut self, from: usize, place: usize, length: usize) {
        let mut open = vec![from];
        while let Some(at) = open.pop() {
            match self.seen.get_mut(at) {
                Some(seen) if *seen != place => *seen = place,
                Some(_) | None => continue,
            }
            match self.steps.get(at) {
                Some(Step::One { .. }) | None => self.now.push(at),
                Some(Step::Start) if place == 0 => open.push(at + 1),
                Some(Step::End) if place == length => open.push(at + 1),
                Some(Step::Start | Step::End) => {}
                Some(Step::Split(one, other)) => open.extend([*other, *one]),
                Some(Step::Jump(to)) => open.push(*to),
            }
        }
    }
}

fn is_in(sign: char, spans: &[Span]) -> bool {
    spans.iter().any(|(from, to)| (*from..=*to).contains(&sign))
}
