//! # Room on the disk
//!
//! Photos are large and can wait on the phones; records are small and cannot. So photos stop before the disk is full: what
//! is left then is the records' reserve, in which an office goes on for months while somebody makes room.

use std::{io, path::Path, str::FromStr};
use thiserror::Error;

/// Bytes with which a database can hardly write any more.
const LAST: u64 = 16 * 1024 * 1024;

/// How much of a disk photos leave free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reserve {
    /// A gigabyte, or a twentieth of a small disk.
    #[default]
    Usual,
    Bytes(u64),
    Percent(u8),
}

#[derive(Debug, Error, PartialEq, Eq)]
#[error("a reserve is a number of bytes as 500MB or 2GB, or a share of the disk as 5%")]
pub struct NoReserve;

impl Reserve {
    /// In bytes, of a disk of this size.
    pub fn of(self, total: u64) -> u64 {
        match self {
            Self::Usual => (total / 20).min(1_000_000_000),
            Self::Bytes(bytes) => bytes,
            Self::Percent(percent) => total / 100 * u64::from(percent),
        }
    }
}

impl FromStr for Reserve {
    type Err = NoReserve;

    fn from_str(text: &str) -> Result<Self, NoReserve> {
        let text = text.trim().to_ascii_uppercase();
        let digits = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
        let (number, unit) = text.split_at(digits);
        let number: u64 = number.parse().map_err(|_| NoReserve)?;
        let times = match unit.trim() {
            "%" => {
                return u8::try_from(number)
                    .ok()
                    .filter(|share| *share <= 100)
                    .map(Self::Percent)
                    .ok_or(NoReserve);
            }
            "" | "B" => 1,
            "KB" => 1_000,
            "MB" => 1_000_000,
            "GB" => 1_000_000_000,
            _ => return Err(NoReserve),
        };
        number.checked_mul(times).map(Self::Bytes).ok_or(NoReserve)
    }
}

/// A disk as it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    pub total: u64,
    /// For this account.
    pub free: u64,
    pub reserve: u64,
}

impl Room {
    /// None where the system does not say.
    pub fn of(folder: &Path, reserve: Reserve) -> io::Result<Option<Self>> {
        #[cfg(unix)]
        {
            let disk = rustix::fs::statvfs(folder)?;
            let total = disk.f_blocks.saturating_mul(disk.f_frsize);
            let free = disk.f_bavail.saturating_mul(disk.f_frsize);
            Ok(Some(Self { total, free, reserve: reserve.of(total) }))
        }
        #[cfg(not(unix))]
        {
            let _ = (folder, reserve);
            Ok(None)
        }
    }

    /// Whether a photo of this size still leaves the reserve.
    pub fn takes(&self, bytes: u64) -> bool {
        self.free >= self.reserve.saturating_add(bytes)
    }

    /// Whether records can hardly be written.
    pub fn is_full(&self) -> bool {
        self.free < LAST.min(self.total / 20)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reserve_is_bytes_or_a_share() {
        assert_eq!("500MB".parse(), Ok(Reserve::Bytes(500_000_000)));
        assert_eq!("2 gb".parse(), Ok(Reserve::Bytes(2_000_000_000)));
        assert_eq!("0".parse(), Ok(Reserve::Bytes(0)));
        assert_eq!("5%".parse(), Ok(Reserve::Percent(5)));
        for wrong in ["", "GB", "-1", "101%", "1.5GB", "99999999999999GB", "5 furlongs"] {
            assert_eq!(wrong.parse::<Reserve>(), Err(NoReserve), "{wrong}");
        }
        assert_eq!(Reserve::Usual.of(250_000_000_000), 1_000_000_000);
        assert_eq!(Reserve::Usual.of(8_000_000_000), 400_000_000);
        assert_eq!(Reserve::Percent(10).of(8_000_000_000), 800_000_000);
    }

    #[test]
    fn photos_stop_at_the_reserve_and_records_go_on() {
        let room = |free| Room { total: 10_000_000_000, free, reserve: 500_000_000 };
        assert!(room(600_000_000).takes(99_000_000));
        assert!(!room(600_000_000).takes(101_000_000));
        assert!(!room(400_000_000).takes(0));
        assert!(!room(400_000_000).is_full());
        assert!(room(1_000_000).is_full());
    }
}
