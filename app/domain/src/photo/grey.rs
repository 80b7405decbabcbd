//! A picture's brightness, which is all that comparing pictures looks at.

/// A byte a pixel, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grey {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

/// Standard deviation of the brightness, of 255, below which a picture is blank.
const BLANK: f64 = 6.0;

/// How much of a picture is cropped at each side, in fractions of its width and height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CropMargins {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

impl CropMargins {
    pub const NONE: Self = Self::all(0.0);

    pub const fn all(part: f32) -> Self {
        Self { left: part, top: part, right: part, bottom: part }
    }
}

impl Grey {
    /// None where there are not as many pixels as width and height say, or none at all.
    pub fn new(width: u32, height: u32, pixels: Vec<u8>) -> Option<Self> {
        let (width, height) = (usize::try_from(width).ok()?, usize::try_from(height).ok()?);
        (width > 0 && height > 0 && width.checked_mul(height)? == pixels.len()).then_some(Self {
            width,
            height,
            pixels,
        })
    }

    /// Without its lowest rows.
    #[must_use]
    pub fn without_caption(mut self, rows: u32) -> Self {
        let rows = usize::try_from(rows).unwrap_or(usize::MAX);
        if rows < self.height {
            self.height -= rows;
            self.pixels.truncate(self.width * self.height);
        }
        self
    }

    /// Whether there is hardly anything to be seen: a covered lens, a blank wall. Such pictures are all alike, and nobody can
    /// be told by them.
    pub fn is_blank(&self) -> bool {
        let count = self.pixels.len() as f64;
        let mean = self.pixels.iter().map(|pixel| f64::from(*pixel)).sum::<f64>() / count;
        let spread = self.pixels.iter().map(|pixel| (f64::from(*pixel) - mean).powi(2)).sum::<f64>() / count;
        spread.sqrt() < BLANK
    }

    /// Resized to a square of `N` by `N` pixels by averaging.
    pub(super) fn resized<const N: usize>(&self, crop: CropMargins) -> [[f32; N]; N] {
        let edges = |length: usize, before: f32, after: f32| -> Vec<usize> {
            let (from, to) = (before * length as f32, (1.0 - after) * length as f32);
            let at = |step: usize| (from + (to - from) * step as f32 / N as f32).round() as usize;
            (0..=N).map(|step| at(step).min(length)).collect()
        };
        let (columns, rows) =
            (edges(self.width, crop.left, crop.right), edges(self.height, crop.top, crop.bottom));
        let span = |edges: &[usize], step: usize, length: usize| {
            let from = edges[step].min(length - 1);
            from..edges[step + 1].clamp(from + 1, length)
        };
        std::array::from_fn(|y| {
            let rows = span(&rows, y, self.height);
            std::array::from_fn(|x| {
                let columns = span(&columns, x, self.width);
                let sum: u64 = rows
                    .clone()
                    .flat_map(|row| &self.pixels[row * self.width..][columns.clone()])
                    .map(|pixel| u64::from(*pixel))
                    .sum();
                sum as f32 / (rows.len() * columns.len()) as f32
            })
        })
    }
}
