//! Marks too close to be told apart, drawn as one; and the index by which a finger finds them.
//!
//! The square is parted into cells of [`CELL`] pixels at a whole step of the zoom, whatever is between two steps: so panning
//! and pinching draw the same marks until the next step, and nothing is reckoned anew for a frame.

use super::{
    mark::{Mark, MarkKind},
    projection::World,
    view::{Pixel, TILE, View, ZOOM},
};
use std::collections::BTreeMap;

/// Pixels of a cell's side, at the step of the zoom that it was made for.
const CELL: f64 = 40.0;

/// Pixels from a mark within which a finger means it.
pub const REACH: f64 = 22.0;

/// What is drawn as one mark.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// In the middle of them, which is within their cell.
    pub at: World,
    /// What presses most of them.
    pub kind: MarkKind,
    /// Which of the marks it is made of, what presses most first; at least one.
    pub marks: Vec<usize>,
}

/// All marks at one step of the zoom.
#[derive(Debug, Clone, PartialEq)]
pub struct Clusters {
    step: f64,
    /// By row and column, as they are drawn: from north to south.
    cells: BTreeMap<(i64, i64), Cluster>,
}

/// The whole step of the zoom that a view is drawn by.
fn step(zoom: f64) -> f64 {
    zoom.floor().clamp(ZOOM.0, ZOOM.1)
}

impl Clusters {
    pub fn of(marks: &[Mark], zoom: f64) -> Self {
        let step = step(zoom);
        let mut members: BTreeMap<(i64, i64), Vec<(usize, Mark)>> = BTreeMap::new();
        for (position, mark) in marks.iter().enumerate() {
            members.entry(cell(step, mark.at)).or_default().push((position, *mark));
        }
        let cells = members.into_iter().filter_map(|(cell, members)| Some((cell, Cluster::of(members)?)));
        Self { step, cells: cells.collect() }
    }

    /// Whether a view at this zoom is drawn by them.
    pub fn are_for(&self, zoom: f64) -> bool {
        self.step == step(zoom)
    }

    pub fn all(&self) -> impl Iterator<Item = &Cluster> {
        self.cells.values()
    }

    /// Those that the view shows, from north to south.
    pub fn seen<'a>(&'a self, view: &View) -> impl Iterator<Item = &'a Cluster> + use<'a> {
        let seen = view.seen(REACH);
        let ((top, left), (bottom, right)) = (cell(self.step, seen.first), cell(self.step, seen.last));
        self.cells
            .range((top, left)..=(bottom, right))
            .filter(move |((_, column), _)| (left..=right).contains(column))
            .map(|(_, cluster)| cluster)
    }

    /// The nearest within [`REACH`] of a point of the canvas.
    pub fn hit(&self, view: &View, at: Pixel) -> Option<&Cluster> {
        let corner = |x: f64, y: f64| cell(self.step, view.world(Pixel { x, y }));
        let (top, left) = corner(at.x - REACH, at.y - REACH);
        let (bottom, right) = corner(at.x + REACH, at.y + REACH);
        let near = self
            .cells
            .range((top, left)..=(bottom, right))
            .filter(|((_, column), _)| (left..=right).contains(column))
            .map(|(_, cluster)| (view.pixel(cluster.at).distance(at), cluster));
        let within = near.filter(|(away, _)| *away <= REACH);
        within.min_by(|(one, _), (other, _)| one.total_cmp(other)).map(|(_, cluster)| cluster)
    }
}

/// Row and column.
fn cell(step: f64, at: World) -> (i64, i64) {
    let side = CELL / (TILE * step.exp2());
    ((at.y / side).floor() as i64, (at.x / side).floor() as i64)
}

impl Cluster {
    fn of(mut members: Vec<(usize, Mark)>) -> Option<Self> {
        members.sort_by_key(|(position, mark)| (mark.kind.rank(), *position));
        let kind = members.first()?.1.kind;
        let count = members.len() as f64;
        let sum = members.iter().fold((0.0, 0.0), |(x, y), (_, mark)| (x + mark.at.x, y + mark.at.y));
        let at = World { x: sum.0 / count, y: sum.1 / count };
        Some(Self { at, kind, marks: members.into_iter().map(|(position, _)| position).collect() })
    }
}
