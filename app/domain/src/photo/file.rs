//! What kind of file somebody hands in, and how large its picture is, from its first bytes and its length: before anything
//! unpacks it, because a picture of a hundred million pixels takes a phone's whole memory.
//!
//! A file's name and the type that it is sent with are claims. Only what the file itself says counts, and what it says of
//! its size is what a decoder would believe.
//!
//! The crate `imagesize` was weighed and left: it takes a JPEG with fill bytes before a marker for damaged, multiplies what
//! a HEIF says of its width and height unchecked, which overflows in a phone's 32 bits, and does not tell whether a file is
//! whole. `infer` would replace the few lines that name the kind.

use thiserror::Error;

/// The kinds of picture that phones make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Jpeg,
    Png,
    WebP,
    /// HEIC and its relatives, which few browsers draw.
    Heif,
}

impl Format {
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
            Self::Heif => "image/heic",
        }
    }

    /// By a file's first bytes, whatever it is called. None: no picture of a known kind.
    pub fn of(head: &[u8]) -> Option<Self> {
        match head {
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(Self::Png),
            [b'R', b'I', b'F', b'F', ..] if head.get(8..12) == Some(b"WEBP") => Some(Self::WebP),
            _ => Reader(head).is_heif().then_some(Self::Heif),
        }
    }
}

/// A file that says that it is a picture; only decoding it shows whether it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhotoFile {
    pub format: Format,
    /// Pixels, before it is turned; none where the file does not say so near its beginning.
    pub size: Option<(u32, u32)>,
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotAPhoto {
    #[error("the file is empty")]
    Empty,
    /// Whatever it is called.
    #[error("not a picture of a known kind")]
    OtherKind,
    #[error("the file ends before its picture does")]
    Cut,
    #[error("a picture of {width} by {height} pixels shows nothing")]
    TooSmall { width: u32, height: u32 },
    #[error("a picture of {width} by {height} pixels is too much for a phone")]
    TooManyPixels { width: u32, height: u32 },
    /// Of what moves only the first picture would be seen.
    #[error("an animation, not a photo")]
    Animated,
    #[error("what lies beside the picture unpacks to more than a photo has")]
    TooMuchBeside,
}

impl PhotoFile {
    /// Bytes at the beginning of a file that are enough.
    pub const HEAD: usize = super::LOOKED_THROUGH;

    /// A shorter edge shows nothing: such are the previews inside of photos.
    pub const SHORTEST_EDGE: u32 = 120;

    /// Unpacked, four bytes each. Phones take 12 to 50 million; more only when they are told to.
    pub const MOST_PIXELS: u64 = 80_000_000;

    /// `head`: the first [`HEAD`](Self::HEAD) bytes, or all; `length`: of the whole file.
    pub fn read(head: &[u8], length: u64) -> Result<Self, NotAPhoto> {
        if length == 0 {
            return Err(NotAPhoto::Empty);
        }
        let reader = Reader(head);
        let format = Format::of(head).ok_or(NotAPhoto::OtherKind)?;
        let size = match format {
            Format::Jpeg => reader.jpeg_size(),
            Format::Png => reader.png_size(),
            Format::WebP => {
                reader.riff_is_whole(length)?;
                reader.webp_size()
            }
            Format::Heif => {
                reader.boxes_are_whole(length)?;
                reader.heif_size()
            }
        };
        match size {
            Some((width, height)) if u64::from(width) * u64::from(height) > Self::MOST_PIXELS => {
                Err(NotAPhoto::TooManyPixels { width, height })
            }
            size => Ok(Self { format, size }),
        }
    }

    /// Refuses a picture that is too small to show anything, while a person is there to take another one.
    pub fn shows_something(self) -> Result<Self, NotAPhoto> {
        match self.size {
            Some((width, height)) if width.min(height) < Self::SHORTEST_EDGE => {
                Err(NotAPhoto::TooSmall { width, height })
            }
            _ => Ok(self),
        }
    }
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn bytes<const N: usize>(&self, at: usize) -> Option<[u8; N]> {
        self.0.get(at..at.checked_add(N)?)?.try_into().ok()
    }

    fn be16(&self, at: usize) -> Option<u32> {
        self.bytes(at).map(|bytes| u16::from_be_bytes(bytes).into())
    }

    fn le16(&self, at: usize) -> Option<u32> {
        self.bytes(at).map(|bytes| u16::from_le_bytes(bytes).into())
    }

    fn be32(&self, at: usize) -> Option<u32> {
        self.bytes(at).map(u32::from_be_bytes)
    }

    fn le32(&self, at: usize) -> Option<u32> {
        self.bytes(at).map(u32::from_le_bytes)
    }

    /// Where the first segment of such a kind begins; each before it says how long it is.
    fn jpeg_segment(&self, wanted: impl Fn(u8) -> bool) -> Option<usize> {
        let mut at = 2;
        loop {
            match self.bytes(at)? {
                // Any number of fill bytes may stand before a marker.
                [0xff, 0xff] => at += 1,
                [0xff, kind] if wanted(kind) => return Some(at),
                [0xff, 0x01 | 0xd0..=0xd7] => at += 2,
                [0xff, _] => at += 2 + usize::try_from(self.be16(at + 2)?).ok()?.max(2),
                _ => return None,
            }
        }
    }

    /// In the frame header.
    fn jpeg_size(&self) -> Option<(u32, u32)> {
        let frame = |kind| matches!(kind, 0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf);
        let at = self.jpeg_segment(frame)?;
        Some((self.be16(at + 7)?, self.be16(at + 5)?))
    }

    fn png_size(&self) -> Option<(u32, u32)> {
        (self.bytes(12)? == *b"IHDR").then_some((self.be32(16)?, self.be32(20)?))
    }

    fn webp_size(&self) -> Option<(u32, u32)> {
        match &self.bytes(12)? {
            b"VP8 " => Some((self.le16(26)? & 0x3fff, self.le16(28)? & 0x3fff)),
            b"VP8L" => {
                let both = self.le32(21)?;
                Some(((both & 0x3fff) + 1, (both >> 14 & 0x3fff) + 1))
            }
            b"VP8X" => {
                let three =
                    |at| self.bytes(at).map(|[a, b, c]: [u8; 3]| u32::from_le_bytes([a, b, c, 0]) + 1);
                Some((three(24)?, three(27)?))
            }
            _ => None,
        }
    }

    fn riff_is_whole(&self, length: u64) -> Result<(), NotAPhoto> {
        let whole = self.le32(4).is_some_and(|said| u64::from(said) + 8 <= length);
        whole.then_some(()).ok_or(NotAPhoto::Cut)
    }

    /// The file type box of ISO media files, with a brand of still pictures.
    fn is_heif(&self) -> bool {
        const BRANDS: [&[u8; 4]; 6] = [b"heic", b"heix", b"heim", b"mif1", b"msf1", b"avif"];
        self.bytes(4) == Some(*b"ftyp") && self.bytes(8).is_some_and(|brand| BRANDS.contains(&&brand))
    }

    /// The largest of the pictures that it is made of, the whole one.
    fn heif_size(&self) -> Option<(u32, u32)> {
        let places = self.0.windows(4).enumerate();
        let described = places.take_while(|(_, name)| *name != b"mdat").filter(|(_, name)| *name == b"ispe");
        let sizes = described.filter_map(|(at, _)| Some((self.be32(at + 8)?, self.be32(at + 12)?)));
        sizes.max_by_key(|(width, height)| u64::from(*width) * u64::from(*height))
    }

    /// Each box says how long it is; as far as they can be followed here, none may reach beyond the file.
    fn boxes_are_whole(&self, length: u64) -> Result<(), NotAPhoto> {
        let mut at: u64 = 0;
        while let Some(short) = usize::try_from(at).ok().and_then(|at| self.be32(at)) {
            let size = match short {
                // To the end of the file.
                0 => return Ok(()),
                1 => usize::try_from(at).ok().and_then(|at| self.bytes(at + 8)).map_or(0, u64::from_be_bytes),
                short => short.into(),
            };
            at = match at.checked_add(size) {
                Some(end) if size >= 8 && end <= length => end,
                _ => return Err(NotAPhoto::Cut),
            };
        }
        // Looked through to the end: nothing but whole boxes.
        let beyond = (self.0.len() as u64) < length || at == length;
        beyond.then_some(()).ok_or(NotAPhoto::Cut)
    }
}
