//! One scan: which components, which of their coefficients, and every block of them.

use super::{
    Frame, MOST_BLOCKS, Tables,
    bits::{Bits, Table},
};

/// The order does not matter here; how many there are in a block does.
const COEFFICIENTS: u32 = 64;

/// Of so many intervals one may be damaged or lost.
const FORGIVEN: usize = 50;

pub(super) struct Scan {
    parts: Vec<Part>,
    /// From and to which coefficient.
    first: u32,
    last: u32,
    /// Whether the coefficients came before, less exactly.
    refines: bool,
}

/// A component of the scan: its place in the frame and its tables.
struct Part {
    at: usize,
    slow: usize,
    fast: usize,
}

impl Scan {
    pub(super) fn read(frame: &Frame, head: &[u8]) -> Option<Self> {
        let [count, rest @ ..] = head else { return None };
        let fields = rest.as_chunks::<2>().0.get(..usize::from(*count))?;
        let [first, last, how] = *rest.get(fields.len() * 2..)?.first_chunk()?;
        let mut parts: Vec<Part> = vec![];
        for [id, tables] in fields {
            let at = frame.components.iter().position(|one| one.id == *id)?;
            if parts.iter().any(|part| part.at == at) {
                return None;
            }
            parts.push(Part { at, slow: usize::from(tables >> 4), fast: usize::from(tables & 15) });
        }
        let blocks: usize =
            parts.iter().map(|part| frame.components[part.at].across * frame.components[part.at].down).sum();
        let (first, last) =
            if frame.progressive { (u32::from(first), u32::from(last)) } else { (0, COEFFICIENTS - 1) };
        let one = parts.len() == 1;
        let known =
            first <= last && last < COEFFICIENTS && (!frame.progressive || (first == 0) == (last == 0));
        let together = one || (blocks <= MOST_BLOCKS && (first == 0));
        let refines = frame.progressive && how >> 4 != 0;
        (known && together && !parts.is_empty()).then_some(Self { parts, first, last, refines })
    }

    /// The components that this scan begins, a bit for each.
    pub(super) fn first_of(&self) -> u8 {
        let begins = self.first == 0 && !self.refines;
        self.parts.iter().filter(|_| begins).fold(0, |bits, part| bits | 1 << part.at)
    }

    /// Whether there is a quantisation table for each of its components; `scales`: those that came, a bit for each.
    pub(super) fn has_scales(&self, frame: &Frame, scales: u8) -> bool {
        let scale = |part: &Part| frame.components.get(part.at).map_or(u8::MAX, |component| component.scale);
        self.parts.iter().all(|part| scales.checked_shr(scale(part).into()).unwrap_or(0) & 1 == 1)
    }

    /// Through all units; gives how many bytes that was.
    ///
    /// Where the picture is written in intervals, one that is damaged costs itself and no other, in decoders too: a few are
    /// forgiven, the last one is not.
    pub(super) fn walk(
        &self,
        frame: &mut Frame,
        tables: &Tables,
        restart: usize,
        data: &[u8],
    ) -> Option<usize> {
        let mut bits = Bits::new(data);
        let (across, down) = match self.parts.as_slice() {
            [only] => (frame.components[only.at].columns, frame.components[only.at].rows),
            _ => frame.units(),
        };
        let units = across * down;
        let interval = if restart == 0 { units } else { restart };
        let forgiven = units.div_ceil(interval) / FORGIVEN;
        let (mut begin, mut number, mut lost) = (0, 0, 0);
        loop {
            let end = units.min(begin + interval);
            let mut run = 0;
            let walked = (begin..end).try_for_each(|unit| {
                self.unit(&mut bits, frame, tables, (unit % across, unit / across), &mut run)
            });
            if end == units {
                return walked.filter(|()| lost <= forgiven).map(|()| bits.end());
            }
            let Some(found) = bits.restart() else {
                // Numbers go round at eight: more than that may be missing where some are.
                let missing = (units - begin).div_ceil(interval);
                return (lost > 0 && lost + missing <= forgiven).then_some(bits.end());
            };
            let skipped = found.wrapping_sub(number) % 8;
            lost += usize::from(walked.is_none()) + usize::from(skipped);
            number = (number + skipped + 1) % 8;
            begin = end + usize::from(skipped) * interval;
            if begin >= units {
                return None;
            }
        }
    }

    /// The blocks of one unit; of a scan of one component that is one block.
    fn unit(
        &self,
        bits: &mut Bits,
        frame: &mut Frame,
        tables: &Tables,
        (x, y): (usize, usize),
        run: &mut u32,
    ) -> Option<()> {
        let one = self.parts.len() == 1;
        for part in &self.parts {
            let component = frame.components.get_mut(part.at)?;
            let (wide, high) = if one { (1, 1) } else { (component.across, component.down) };
            for block in 0..wide * high {
                if frame.progressive {
                    let (column, row) = (x * wide + block % wide, y * high + block / wide);
                    let known = component.known.get_mut(row * component.stored + column)?;
                    self.step(bits, tables, part, known, run)?;
                } else {
                    whole(bits, tables.slow(part)?, tables.fast(part)?)?;
                }
            }
        }
        Some(())
    }

    /// Of one block what this scan has of it. `run`: blocks that have nothing more.
    fn step(
        &self,
        bits: &mut Bits,
        tables: &Tables,
        part: &Part,
        known: &mut u64,
        run: &mut u32,
    ) -> Option<()> {
        match (self.first, self.refines) {
            (0, false) => {
                let length = bits.meaning(tables.slow(part)?)?;
                bits.take(size(length)?).map(drop)
            }
            (0, true) => bits.take(1).map(drop),
            (first, false) => {
                if let Some(left) = run.checked_sub(1) {
                    *run = left;
                    return Some(());
                }
                let table = tables.fast(part)?;
                let mut at = first;
                while at <= self.last {
                    let meaning = bits.meaning(table)?;
                    let (skipped, length) = (u32::from(meaning >> 4), size(meaning & 15)?);
                    match (skipped, length) {
                        (15, 0) => at += 16,
                        (_, 0) => {
                            *run = (1 << skipped) - 1 + bits.take(skipped)?;
                            break;
                        }
                        _ => {
                            at += skipped;
                            bits.take(length)?;
                            *known |= 1_u64.checked_shl(at)?;
                            at += 1;
                        }
                    }
                }
                Some(())
            }
            (first, true) => self.refine(bits, tables.fast(part)?, first, known, run),
        }
    }

    /// A bit for every coefficient that is known, and new ones between them.
    fn refine(
        &self,
        bits: &mut Bits,
        table: &Table,
        first: u32,
        known: &mut u64,
        run: &mut u32,
    ) -> Option<()> {
        let mut at = first;
        if *run == 0 {
            while at <= self.last {
                let meaning = bits.meaning(table)?;
                let (mut skipped, length) = (u32::from(meaning >> 4), meaning & 15);
                if length == 0 && skipped < 15 {
                    *run = (1 << skipped) + bits.take(skipped)?;
                    break;
                }
                if length > 0 {
                    bits.take(1)?;
                }
                while at <= self.last {
                    if *known >> at & 1 == 1 {
                        bits.take(1)?;
                    } else if skipped == 0 {
                        if length > 0 {
                            *known |= 1 << at;
                        }
                        at += 1;
                        break;
                    } else {
                        skipped -= 1;
                    }
                    at += 1;
                }
            }
        }
        if *run > 0 {
            for at in at..=self.last {
                if *known >> at & 1 == 1 {
                    bits.take(1)?;
                }
            }
            *run -= 1;
        }
        Some(())
    }
}

/// A block of a picture that comes at once.
fn whole(bits: &mut Bits, slow: &Table, fast: &Table) -> Option<()> {
    let length = bits.meaning(slow)?;
    bits.take(size(length)?)?;
    let mut at = 1;
    while at < COEFFICIENTS {
        let meaning = bits.coefficient(fast)?;
        match (u32::from(meaning >> 4), meaning & 15) {
            (15, 0) => at += 16,
            (_, 0) => break,
            (skipped, _) => at += skipped + 1,
        }
    }
    Some(())
}

/// Bits of a number that follows.
fn size(length: u8) -> Option<u32> {
    (length <= 16).then_some(length.into())
}

impl Tables {
    fn slow(&self, part: &Part) -> Option<&Table> {
        self.slow.get(part.slow)?.as_ref()
    }

    fn fast(&self, part: &Part) -> Option<&Table> {
        self.fast.get(part.fast)?.as_ref()
    }
}
