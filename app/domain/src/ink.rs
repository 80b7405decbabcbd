//! # 笔迹: what a finger drew on a pad, as data
//!
//! Lines are kept with a draft, so that a page that was closed draws them again, and become a picture when the draft is sealed.
//! How much ink there is is measured here: a pad that nobody wrote on, a dot and a slip of the thumb are no signature.

use crate::limits::{DOTS, DOTS_OF_LINE};
use serde::{Deserialize, Serialize};

/// Pixels of the picture, however wide the screen is; dots are counted in them.
pub const WIDTH: u16 = 1_200;
/// See [`WIDTH`].
pub const HEIGHT: u16 = 480;

/// Nearer than this, a dot says nothing that the one before it does not say.
const STEP: u32 = 4;

/// The least that can be somebody's name: as long as a fifth of the pad is wide, and neither a line across nor one down.
const LEAST_LENGTH: u32 = 240;
const LEAST_EXTENT: u16 = 40;

/// Where a finger was: from the left, from above, in pixels of the picture.
pub type Dot = (u16, u16);

/// Lines in the order in which they were drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Strokes(Vec<Vec<Dot>>);

/// How much was drawn, as it travels with the picture of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Ink {
    /// Of all lines together, in pixels of the picture.
    pub length: u32,
    /// Of the smallest frame that holds all of it.
    pub width: u16,
    pub height: u16,
}

impl Strokes {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn lines(&self) -> &[Vec<Dot>] {
        &self.0
    }

    /// The finger is put down. Nothing happens on a pad that is full.
    pub fn begin(&mut self, at: Dot) {
        if self.dots() < DOTS {
            self.0.push(vec![within(at)]);
        }
    }

    /// The finger goes on to here. What is too near to the last dot is left out, and what a pad has no room for.
    pub fn go_on(&mut self, at: Dot) {
        let (at, full) = (within(at), self.dots() >= DOTS);
        let Some(line) = self.0.last_mut().filter(|line| !full && line.len() < DOTS_OF_LINE) else { return };
        if line.last().is_none_or(|last| distance(*last, at) >= STEP) {
            line.push(at);
        }
    }

    /// Takes the last line back.
    pub fn undo(&mut self) {
        self.0.pop();
    }

    pub fn ink(&self) -> Ink {
        let dots = || self.0.iter().flatten();
        let extent = |of: fn(&Dot) -> u16| {
            let (least, most) = (dots().map(of).min(), dots().map(of).max());
            most.unwrap_or_default() - least.unwrap_or_default()
        };
        let pairs = self.0.iter().flat_map(|line| line.iter().zip(line.iter().skip(1)));
        Ink {
            length: pairs.map(|(from, to)| distance(*from, *to)).sum(),
            width: extent(|dot| dot.0),
            height: extent(|dot| dot.1),
        }
    }

    fn dots(&self) -> usize {
        self.0.iter().map(Vec::len).sum()
    }
}

impl Ink {
    /// Whether it can be somebody's name at all.
    pub fn is_signature(self) -> bool {
        self.length >= LEAST_LENGTH && self.width >= LEAST_EXTENT && self.height >= LEAST_EXTENT
    }
}

/// A finger that leaves the pad goes along its edge.
fn within((x, y): Dot) -> Dot {
    (x.min(WIDTH), y.min(HEIGHT))
}

fn distance(from: Dot, to: Dot) -> u32 {
    let (across, down) = (u32::from(from.0.abs_diff(to.0)), u32::from(from.1.abs_diff(to.1)));
    // Both are within the pad: the squares are far from the type's end.
    (across * across + down * down).isqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(lines: &[&[Dot]]) -> Strokes {
        let mut strokes = Strokes::default();
        for line in lines {
            let mut dots = line.iter().copied();
            dots.next().into_iter().for_each(|at| strokes.begin(at));
            dots.for_each(|at| strokes.go_on(at));
        }
        strokes
    }

    #[test]
    fn only_what_has_length_and_extent_is_a_signature() {
        let scribble: Vec<Dot> = (0..200).map(|n| (600 + n % 2 * 10, 200 + n % 3 * 5)).collect();
        let cases: [(&str, Strokes, bool); 7] = [
            ("nothing", Strokes::default(), false),
            ("a dot", drawn(&[&[(600, 200)]]), false),
            ("a scribble on one spot", drawn(&[&scribble]), false),
            ("a line across", drawn(&[&[(100, 200), (1_100, 200)]]), false),
            ("a line down", drawn(&[&[(100, 20), (100, 460)]]), false),
            ("a cross", drawn(&[&[(100, 100), (250, 250)], &[(250, 100), (100, 250)]]), true),
            ("one line there and back", drawn(&[&[(100, 100), (300, 100), (200, 200)]]), true),
        ];
        for (what, strokes, is_one) in cases {
            assert_eq!(strokes.ink().is_signature(), is_one, "{what}: {:?}", strokes.ink());
        }
    }

    #[test]
    fn a_finger_stays_on_the_pad_and_the_pad_has_its_limit() {
        let mut strokes = drawn(&[&[(5_000, 5_000), (5_000, 5_001), (0, 0)]]);
        assert_eq!(strokes.lines(), [vec![(WIDTH, HEIGHT), (0, 0)]]);
        for n in 0..2 * DOTS as u32 {
            let x = (n % u32::from(WIDTH)) as u16;
            let y = if n % 2 == 0 { 0 } else { 400 };
            if n % 100 == 0 {
                strokes.begin((x, y));
            } else {
                strokes.go_on((x, y));
            }
        }
        assert_eq!(strokes.lines().iter().map(Vec::len).sum::<usize>(), DOTS);
        let lines = strokes.lines().len();
        strokes.undo();
        assert_eq!(strokes.lines().len(), lines - 1);
        (0..lines).for_each(|_| strokes.undo());
        assert!(strokes.is_empty());
        strokes.go_on((7, 7));
        assert!(strokes.is_empty(), "no finger was put down");
    }

    #[test]
    fn lines_are_kept_as_pairs_of_numbers() {
        let strokes = drawn(&[&[(1, 2), (30, 40)], &[(5, 6)]]);
        let kept = serde_json::to_string(&strokes).unwrap();
        assert_eq!(kept, "[[[1,2],[30,40]],[[5,6]]]");
        assert_eq!(serde_json::from_str::<Strokes>(&kept).unwrap(), strokes);
    }
}
