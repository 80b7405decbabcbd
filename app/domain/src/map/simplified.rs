//! Fewer points for the same line, by Douglas and Peucker.

/// Metres of a degree of latitude; of longitude as much at the equator.
const METRES_OF_DEGREE: f64 = 111_320.0;

/// A closed ring without the points that are within so many metres of the line between the ones that stay; closed again.
/// One that comes to nothing has two points.
pub(super) fn simplified(ring: &[[f64; 2]], metres: f64) -> Vec<[f64; 2]> {
    let Some(&[_, latitude]) = ring.first() else { return vec![] };
    // Around one ring the earth is flat.
    let across = METRES_OF_DEGREE * latitude.to_radians().cos();
    let flat: Vec<(f64, f64)> = ring.iter().map(|[x, y]| (x * across, y * METRES_OF_DEGREE)).collect();
    let mut kept = vec![false; ring.len()];
    for end in [0, ring.len() - 1] {
        if let Some(kept) = kept.get_mut(end) {
            *kept = true;
        }
    }
    // No recursion: how deep it goes is the file's to say.
    let mut parts = vec![(0, ring.len() - 1)];
    while let Some((from, to)) = parts.pop() {
        let Some((at, away)) = farthest(&flat, from, to) else { continue };
        if away > metres {
            if let Some(kept) = kept.get_mut(at) {
                *kept = true;
            }
            parts.push((from, at));
            parts.push((at, to));
        }
    }
    ring.iter().zip(kept).filter(|(_, kept)| *kept).map(|(point, _)| *point).collect()
}

/// Which of the points between two is farthest from the line between them, and how far; none where there is none between.
fn farthest(flat: &[(f64, f64)], from: usize, to: usize) -> Option<(usize, f64)> {
    let (one, other) = (*flat.get(from)?, *flat.get(to)?);
    let between = flat.get(from + 1..to)?;
    let away = between.iter().enumerate().map(|(at, point)| (from + 1 + at, distance(*point, one, other)));
    away.max_by(|(_, one), (_, other)| one.total_cmp(other))
}

/// From a line's nearest point; where both its ends are one, from that.
fn distance(point: (f64, f64), from: (f64, f64), to: (f64, f64)) -> f64 {
    let (along, up) = (to.0 - from.0, to.1 - from.1);
    let square = along * along + up * up;
    let part = if square > 0.0 {
        (((point.0 - from.0) * along + (point.1 - from.1) * up) / square).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (point.0 - from.0 - part * along).hypot(point.1 - from.1 - part * up)
}
