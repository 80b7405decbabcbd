//! The data of a scan, bit by bit.

/// Bits of a code that are looked up at once; few are longer.
const AHEAD: u32 = 10;

/// The longest code and the longest number behind it.
const LONGEST: u32 = 32;

/// A Huffman table.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// By the next bits.
    short: [Short; 1 << AHEAD],
    /// For each length: the first code beyond it, filled up to 16 bits, and from its codes to their places.
    beyond: [u32; 17],
    place: [i32; 17],
    meanings: Vec<u8>,
}

/// A code that is short enough to be looked up at once.
#[derive(Debug, Clone, Copy, Default)]
struct Short {
    /// 0 where the code is longer.
    length: u8,
    meaning: u8,
    /// With the number behind it, where it is a coefficient's.
    whole: u8,
}

impl Table {
    /// From sixteen counts and the meanings; also how many bytes that took.
    pub(super) fn read(bytes: &[u8]) -> Option<(Self, usize)> {
        let counts = bytes.get(..16)?;
        let all: usize = counts.iter().map(|count| usize::from(*count)).sum();
        let meanings = bytes.get(16..16 + all)?.to_vec();
        let short = [Short::default(); 1 << AHEAD];
        let mut table = Self { short, beyond: [0; 17], place: [0; 17], meanings };
        let (mut code, mut at) = (0_u32, 0_usize);
        for (length, count) in (1_u32..).zip(counts) {
            let count = u32::from(*count);
            if code + count > 1 << length {
                return None;
            }
            let index = length as usize;
            table.place[index] = i32::try_from(at).ok()? - code.cast_signed();
            for _ in 0..count {
                if length <= AHEAD {
                    let from = (code << (AHEAD - length)) as usize;
                    let (length_of, meaning) = (u8::try_from(length).ok()?, *table.meanings.get(at)?);
                    let short = Short { length: length_of, meaning, whole: length_of + (meaning & 15) };
                    table.short.get_mut(from..from + (1 << (AHEAD - length)))?.fill(short);
                }
                code += 1;
                at += 1;
            }
            table.beyond[index] = code << (16 - length);
            code <<= 1;
        }
        Some((table, 16 + all))
    }
}

/// Ends where a marker stands or the file ends.
pub(super) struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The next bits, the first of them highest; zeros behind them.
    held: u64,
    count: u32,
}

impl<'a> Bits<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, held: 0, count: 0 }
    }

    fn fill(&mut self) {
        // Several bytes at once, where none of the next eight may begin a marker.
        if let Some(eight) = self.bytes.get(self.at..).and_then(|rest| rest.first_chunk()) {
            let (ahead, room) = (u64::from_be_bytes(*eight), (63 - self.count) / 8);
            if !has_ff(ahead) {
                let whole = ahead & !(u64::MAX >> (8 * room));
                self.held |= whole >> self.count;
                self.at += room as usize;
                self.count += 8 * room;
                return;
            }
        }
        while self.count <= 56 {
            let Some(byte) = self.bytes.get(self.at).copied() else { return };
            if byte == 0xff {
                match self.bytes.get(self.at + 1) {
                    Some(0) => self.at += 1,
                    Some(0xff) => {
                        self.at += 1;
                        continue;
                    }
                    _ => return,
                }
            }
            self.at += 1;
            self.held |= u64::from(byte) << (56 - self.count);
            self.count += 8;
        }
    }

    /// The next sixteen, zeros behind the end.
    fn peek(&mut self) -> u32 {
        if self.count < 16 {
            self.fill();
        }
        (self.held >> 48) as u32
    }

    /// None where there are not so many any more; never more than [`LONGEST`].
    fn pass(&mut self, count: u32) -> Option<()> {
        self.count = self.count.checked_sub(count)?;
        self.held <<= count;
        Some(())
    }

    /// None where there are not so many any more.
    pub(super) fn take(&mut self, count: u32) -> Option<u32> {
        let next = self.peek();
        self.pass(count)?;
        Some(if count == 0 { 0 } else { next >> (16 - count) })
    }

    pub(super) fn meaning(&mut self, table: &Table) -> Option<u8> {
        let next = self.peek();
        let Short { length, meaning, .. } = table.short[(next >> (16 - AHEAD)) as usize];
        if length > 0 {
            return self.pass(length.into()).map(|()| meaning);
        }
        let length = (AHEAD + 1..=16).find(|length| next < table.beyond[*length as usize])?;
        self.pass(length)?;
        let code = (next >> (16 - length)).cast_signed();
        table.meanings.get(usize::try_from(code + table.place[length as usize]).ok()?).copied()
    }

    /// A coefficient: its code, and past the number behind it, of which the code's meaning says how long it is.
    pub(super) fn coefficient(&mut self, table: &Table) -> Option<u8> {
        if self.count < LONGEST {
            self.fill();
        }
        let Short { length, meaning, whole } = table.short[(self.held >> (64 - AHEAD)) as usize];
        if length > 0 {
            return self.pass(whole.into()).map(|()| meaning);
        }
        let meaning = self.meaning(table)?;
        self.take(u32::from(meaning & 15)).map(|_| meaning)
    }

    /// Over the rest of this interval to the number of the next.
    pub(super) fn restart(&mut self) -> Option<u8> {
        (self.held, self.count) = (0, 0);
        loop {
            match (*self.bytes.get(self.at)?, *self.bytes.get(self.at + 1)?) {
                (0xff, number @ 0xd0..=0xd7) => {
                    self.at += 2;
                    return Some(number - 0xd0);
                }
                (0xff, 0xd9) => return None,
                _ => self.at += 1,
            }
        }
    }

    /// Where what follows begins. Whole bytes that were read ahead are data all the same: the next marker is looked for.
    pub(super) fn end(self) -> usize {
        self.at
    }
}

/// Whether one of these eight bytes is 0xff.
fn has_ff(bytes: u64) -> bool {
    const ONES: u64 = u64::MAX / 255;
    (!bytes).wrapping_sub(ONES) & bytes & (ONES << 7) != 0
}
