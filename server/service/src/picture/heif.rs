//! Whether a HEIC is built as one (ISO/IEC 14496-12 and 23008-12). Nobody here unpacks it, so its frame is all that can be
//! asked: boxes within boxes, a list of pictures, a main one among them, and their bytes within the file.

use domain::photo::NotAPhoto;

/// Pictures and their parts; a large one is made of some hundred tiles.
const MOST_ITEMS: usize = 4096;

/// Stretches of bytes of all items together: each is looked at, and one may be told in no bytes at all.
const MOST_EXTENTS: u64 = 4096;

/// Bytes at the beginning in which a browser that guesses would look for a page.
const GUESSED_BY: usize = 1024;

/// Beginnings of pages and programs.
const MARKUP: [&[u8]; 8] =
    [b"<html", b"<!doctype", b"<script", b"<svg", b"<body", b"<head", b"<iframe", b"<?"];

pub fn check(bytes: &[u8]) -> Result<(), NotAPhoto> {
    let beginning = bytes.get(..GUESSED_BY).unwrap_or(bytes).to_ascii_lowercase();
    if MARKUP.iter().any(|mark| beginning.windows(mark.len()).any(|part| part == *mark)) {
        return Err(NotAPhoto::OtherKind);
    }
    whole(bytes).ok_or(NotAPhoto::Cut)
}

fn whole(bytes: &[u8]) -> Option<()> {
    let mut meta = None;
    for found in Boxes(bytes) {
        let (kind, body) = found?;
        if kind == b"meta" && meta.is_none() {
            meta = Some(body);
        }
    }
    // Version and flags come first.
    let meta = meta?.get(4..)?;
    let part = |wanted: &[u8; 4]| {
        Boxes(meta).find_map(|found| found.filter(|(kind, _)| *kind == wanted)).map(|(_, body)| body)
    };
    Boxes(meta).all(|found| found.is_some()).then_some(())?;
    (part(b"hdlr")?.get(8..12)? == b"pict").then_some(())?;
    let listed = listed(part(b"iinf")?)?;
    let main = Fields(part(b"pitm")?).versioned()?;
    let places = Places { file: bytes.len() as u64, within: part(b"idat").map_or(0, <[u8]>::len) as u64 };
    let placed = places.read(part(b"iloc")?)?;
    (listed.contains(&main) && placed.contains(&main)).then_some(())
}

/// One box after the other; none for one that does not fit into what holds it.
struct Boxes<'a>(&'a [u8]);

impl<'a> Iterator for Boxes<'a> {
    type Item = Option<(&'a [u8; 4], &'a [u8])>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let one = self.one();
        if one.is_none() {
            self.0 = &[];
        }
        Some(one)
    }
}

impl<'a> Boxes<'a> {
    fn one(&mut self) -> Option<(&'a [u8; 4], &'a [u8])> {
        let (short, rest) = self.0.split_first_chunk()?;
        let (kind, rest) = rest.split_first_chunk()?;
        let (head, size) = match u32::from_be_bytes(*short) {
            0 => (8, self.0.len()),
            1 => (16, usize::try_from(u64::from_be_bytes(*rest.first_chunk()?)).ok()?),
            short => (8, usize::try_from(short).ok()?),
        };
        let body = self.0.get(head..size)?;
        self.0 = self.0.get(size..)?;
        Some((kind, body))
    }
}

/// Numbers one after the other.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    /// Of so many bytes, eight at the most.
    fn number(&mut self, bytes: u8) -> Option<u64> {
        let (number, rest) = self.0.split_at_checked(bytes.into())?;
        self.0 = rest;
        (number.len() <= 8).then(|| number.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
    }

    /// One that grew with the box's version.
    fn versioned(&mut self) -> Option<u64> {
        let version = self.number(1)?;
        self.number(3)?;
        self.number(if version == 0 { 2 } else { 4 })
    }
}

/// The numbers of all items.
fn listed(body: &[u8]) -> Option<Vec<u64>> {
    let mut fields = Fields(body);
    let count = usize::try_from(fields.versioned()?).ok().filter(|count| *count <= MOST_ITEMS)?;
    let mut items = vec![];
    for found in Boxes(fields.0) {
        let (kind, body) = found?;
        let mut fields = Fields(body);
        let version = fields.number(1)?;
        fields.number(3)?;
        items.push(fields.number(if version < 3 { 2 } else { 4 }).filter(|_| kind == b"infe")?);
    }
    (items.len() == count).then_some(items)
}

/// Where items may lie.
struct Places {
    file: u64,
    /// The part of the list that holds bytes itself.
    within: u64,
}

impl Places {
    /// The numbers of those that have bytes, all within.
    fn read(&self, body: &[u8]) -> Option<Vec<u64>> {
        let mut fields = Fields(body);
        let version = fields.number(1)?;
        fields.number(3)?;
        let (sizes, more) = (fields.number(1)?, fields.number(1)?);
        let half = |byte: u64, high: bool| u8::try_from(if high { byte >> 4 } else { byte & 15 }).ok();
        let (offset, length, base) = (half(sizes, true)?, half(sizes, false)?, half(more, true)?);
        let index = if version == 0 { 0 } else { half(more, false)? };
        let wide = if version < 2 { 2 } else { 4 };
        let count = usize::try_from(fields.number(wide)?).ok().filter(|count| *count <= MOST_ITEMS)?;
        let mut items = vec![];
        let mut all_extents: u64 = 0;
        for _ in 0..count {
            let item = fields.number(wide)?;
            let how = if version == 0 { 0 } else { fields.number(2)? & 15 };
            let elsewhere = fields.number(2)?;
            let base = fields.number(base)?;
            let end = match how {
                0 => self.file,
                1 => self.within,
                // Within another item, whose own place is looked at.
                _ => u64::MAX,
            };
            let mut bytes: u64 = 0;
            let extents = fields.number(2)?;
            all_extents += extents;
            // Without a place and a length there is nothing that several of them could mean.
            let said = extents <= 1 || offset > 0 || length > 0;
            (said && all_extents <= MOST_EXTENTS).then_some(())?;
            for _ in 0..extents {
                fields.number(index)?;
                let from = base.checked_add(fields.number(offset)?)?;
                let long = fields.number(length)?;
                (elsewhere == 0 && from.checked_add(long)? <= end).then_some(())?;
                bytes = bytes.saturating_add(long);
            }
            if bytes > 0 {
                items.push(item);
            }
        }
        Some(items)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, Instant};

    /// 24 KB that say 268 million stretches, and one that says as much of lengths as no number holds.
    #[test]
    fn stretches_that_are_told_in_no_bytes_cost_nothing() {
        let places = Places { file: 1000, within: 0 };
        let item: [u8; 6] = [0, 1, 0, 0, 0xff, 0xff];
        let endless = [b"\0\0\0\0\0\0\x10\0".as_slice(), &item.repeat(4096)].concat();
        let begun = Instant::now();
        assert_eq!(places.read(&endless), None);
        assert!(begun.elapsed() < Duration::from_millis(500), "{:?}", begun.elapsed());
        // Version 1, within another item, two stretches of eight bytes' length.
        let long: [u8; 8] = [0xff; 8];
        let said: [u8; 16] = [1, 0, 0, 0, 0x08, 0, 0, 1, 0, 1, 0, 2, 0, 0, 0, 2];
        assert_eq!(places.read(&[said.as_slice(), &long, &long].concat()), Some(vec![1]));
    }

    /// Version 0, one item. `sizes`: how many bytes tell a stretch's place, and its length.
    fn one_item(sizes: u8, stretches: u16) -> Vec<u8> {
        [[0, 0, 0, 0, sizes, 0, 0, 1, 0, 1, 0, 0].as_slice(), &stretches.to_be_bytes()].concat()
    }

    #[test]
    fn an_item_has_one_stretch_where_none_is_told_apart_and_so_many_where_each_is() {
        let places = Places { file: 1000, within: 0 };
        assert_eq!(places.read(&one_item(0, 1)), Some(vec![]));
        assert_eq!(places.read(&one_item(0, 2)), None);
        // A byte tells the place of each.
        let told = |stretches: u16| [one_item(0x10, stretches), vec![0; stretches.into()]].concat();
        let most = u16::try_from(MOST_EXTENTS).unwrap();
        assert_eq!(places.read(&told(most)), Some(vec![]));
        assert_eq!(places.read(&told(most + 1)), None);
    }
}
