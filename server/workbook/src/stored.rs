//! # Several files as one
//!
//! A ZIP archive of files that are compressed already, as workbooks and pictures are: they are put into it as they are.

use flate2::Crc;

/// The version of the format that whoever unpacks it has to know: 2.0, as folders need it.
const VERSION: u16 = 20;

/// Names are UTF-8.
const UTF8: u16 = 1 << 11;

/// The first of January of 1980, the earliest that can be written: an archive of the same files is the same archive.
const DAY: u16 = (1 << 5) | 1;

/// Of each file its path and its bytes. None where it would be larger than the format allows, 4 GB or 65,535 files.
pub fn archive<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Option<Vec<u8>> {
    let (mut archive, mut directory, mut count) = (vec![], vec![], 0_u16);
    for (name, bytes) in files {
        let offset = u32::try_from(archive.len()).ok()?;
        let about = about(name, bytes)?;
        archive.extend_from_slice(b"PK\x03\x04");
        archive.extend_from_slice(&about);
        archive.extend_from_slice(name.as_bytes());
        archive.extend_from_slice(bytes);
        directory.extend_from_slice(b"PK\x01\x02");
        directory.extend_from_slice(&VERSION.to_le_bytes());
        directory.extend_from_slice(&about);
        // No comment, the first disk, and nothing said of the file to any system.
        directory.extend_from_slice(&[0; 10]);
        directory.extend_from_slice(&offset.to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
        count = count.checked_add(1)?;
    }
    let offset = u32::try_from(archive.len()).ok()?;
    let length = u32::try_from(directory.len()).ok()?;
    archive.append(&mut directory);
    archive.extend_from_slice(b"PK\x05\x06");
    archive.extend_from_slice(&[0; 4]);
    archive.extend_from_slice(&count.to_le_bytes());
    archive.extend_from_slice(&count.to_le_bytes());
    archive.extend_from_slice(&length.to_le_bytes());
    archive.extend_from_slice(&offset.to_le_bytes());
    archive.extend_from_slice(&[0; 2]);
    Some(archive)
}

/// What stands of a file both before it and in the directory, from the version to the length of what else is said: 26 bytes.
fn about(name: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let mut crc = Crc::new();
    crc.update(bytes);
    let length = u32::try_from(bytes.len()).ok()?;
    let mut about = vec![];
    for word in [VERSION, UTF8, 0, 0, DAY] {
        about.extend_from_slice(&word.to_le_bytes());
    }
    for number in [crc.sum(), length, length] {
        about.extend_from_slice(&number.to_le_bytes());
    }
    for word in [u16::try_from(name.len()).ok()?, 0] {
        about.extend_from_slice(&word.to_le_bytes());
    }
    Some(about)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, UnpackError, archive::Archive};
    use std::time::{Duration, Instant};

    const LIMITS: Limits = Limits { unpacked: 1_000, entries: 10, text: 0, strings: 0, cell: 0 };

    fn open(bytes: &[u8]) -> Archive<'_> {
        Archive::open(bytes, LIMITS, Instant::now() + Duration::from_mins(1)).unwrap()
    }

    #[test]
    fn what_is_put_in_comes_out() {
        let (book, picture) = ([1; 300], [2; 200]);
        let bytes = archive([("表.xlsx", &book[..]), ("media/a.jpg", &picture[..])]).unwrap();
        let opened = open(&bytes);
        let names: Vec<_> = opened.names().map(String::from_utf8_lossy).collect();
        assert_eq!(names, ["表.xlsx", "media/a.jpg"]);
        assert_eq!(opened.whole(0, 300), Ok(Some(book.to_vec())));
        assert_eq!(opened.whole(1, 200), Ok(Some(picture.to_vec())));
        assert_eq!(opened.whole(2, 200), Ok(None));
        assert_eq!(open(&archive([]).unwrap()).names().count(), 0);
    }

    #[test]
    fn no_more_comes_out_than_may() {
        let bytes = archive([("a", &[0; 600][..]), ("b", &[0; 300][..])]).unwrap();
        let opened = open(&bytes);
        assert_eq!(opened.whole(0, 599), Err(UnpackError::TooBig), "one file");
        let opened = open(&bytes);
        assert_eq!(opened.whole(0, 600).map(|whole| whole.map(|whole| whole.len())), Ok(Some(600)));
        assert_eq!(opened.whole(0, 600), Err(UnpackError::TooBig), "all together, however often one is read");
    }
}
