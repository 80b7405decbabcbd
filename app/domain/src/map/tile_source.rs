//! 底图: the service of tiles that whoever runs the server has named, as the option says it and as a document carries it.

use super::tile::Tile;
use crate::{datum::Datum, limits::tidy_line};
use std::{fmt, str::FromStr};
use thiserror::Error;

/// Characters of an address.
pub const LONGEST_TEMPLATE: usize = 500;

/// Characters of the line that a service wants to be named by.
pub const LONGEST_CREDIT: usize = 80;

/// What an address has the numbers of a tile in.
const PLACES: [&str; 3] = ["{z}", "{x}", "{y}"];

/// Where tiles come from, and by which datum they are cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TileSource {
    pub template: TileTemplate,
    pub datum: Datum,
    pub credit: Option<TileCredit>,
}

/// `https://HOST/…` with `{z}`, `{x}` and `{y}` behind the host. There may be a key in it.
#[derive(Clone, PartialEq, Eq)]
pub struct TileTemplate {
    /// Scheme, host and port, in small letters: what a content security policy names.
    origin: String,
    /// The rest, from its first `/` on.
    path: String,
}

/// The line that a service wants to be named by: [`LONGEST_CREDIT`] characters at the most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TileCredit(String);

/// Why an option is not taken. Whoever starts the server reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TileSourceFault {
    #[error("an address has {} characters at the most", LONGEST_TEMPLATE)]
    TooLong,
    #[error("an address begins with https://, or with http:// for 127.0.0.1 and localhost")]
    NotHttps,
    #[error("no name and no password may stand before the host")]
    UserInfo,
    #[error("the host is a name of letters, figures, hyphens and dots, with a port at the most")]
    NoHost,
    #[error("{{z}}, {{x}} and {{y}} have to stand behind the host")]
    NoTile,
    #[error("nothing but {{z}}, {{x}} and {{y}} stands in braces")]
    UnknownPlace,
    #[error("blanks, quotes, # and what is not ASCII have to be percent-encoded")]
    NoPath,
    #[error("tiles are wgs84 or gcj02")]
    NoDatum,
    #[error("a credit has one to {} characters", LONGEST_CREDIT)]
    NoCredit,
}

impl TileSource {
    /// As a document carries it; none where that is none of ours.
    pub fn carried(template: &str, datum: &str, credit: Option<&str>) -> Option<Self> {
        let template = template.parse().ok()?;
        Some(Self {
            template,
            datum: tile_datum(datum).ok()?,
            credit: credit.and_then(|line| line.parse().ok()),
        })
    }
}

/// The datum of tiles. 百度 cuts another square, so BD-09 is none.
pub fn tile_datum(word: &str) -> Result<Datum, TileSourceFault> {
    match Datum::parse(word) {
        Some(datum @ (Datum::Wgs84 | Datum::Gcj02)) => Ok(datum),
        Some(Datum::Bd09) | None => Err(TileSourceFault::NoDatum),
    }
}

impl TileTemplate {
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Without scheme and port.
    pub fn host(&self) -> &str {
        let authority = self.origin.split_once("://").map_or(self.origin.as_str(), |(_, rest)| rest);
        authority.split_once(':').map_or(authority, |(host, _)| host)
    }

    pub fn url(&self, tile: Tile) -> String {
        let Tile { zoom, x, y } = tile;
        let [z_place, x_place, y_place] = PLACES;
        let path = self.path.replace(z_place, &zoom.to_string());
        let path = path.replace(x_place, &x.to_string()).replace(y_place, &y.to_string());
        format!("{}{path}", self.origin)
    }
}

impl FromStr for TileTemplate {
    type Err = TileSourceFault;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() > LONGEST_TEMPLATE {
            return Err(TileSourceFault::TooLong);
        }
        let (scheme, rest) = text.split_once("://").ok_or(TileSourceFault::NotHttps)?;
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        if authority.contains('@') {
            return Err(TileSourceFault::UserInfo);
        }
        let host = host(authority).ok_or(TileSourceFault::NoHost)?;
        match scheme {
            "https" => {}
            "http" if matches!(host, "127.0.0.1" | "localhost") => {}
            _ => return Err(TileSourceFault::NotHttps),
        }
        let is_plain = |c: char| {
            c.is_ascii_graphic() && !matches!(c, '"' | '\'' | '<' | '>' | '\\' | '^' | '`' | '|' | '#')
        };
        if !path.chars().all(is_plain) {
            return Err(TileSourceFault::NoPath);
        }
        let found = PLACES.map(|place| path.matches(place).count());
        if found.contains(&0) {
            return Err(TileSourceFault::NoTile);
        }
        if path.matches(['{', '}']).count() != 2 * found.iter().sum::<usize>() {
            return Err(TileSourceFault::UnknownPlace);
        }
        Ok(Self { origin: format!("{scheme}://{}", authority.to_ascii_lowercase()), path: path.to_owned() })
    }
}

/// The host of what stands before the path; none where that is more than a name and a port. Nothing of it can end or widen a
/// content security policy.
fn host(authority: &str) -> Option<&str> {
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    };
    let is_label = |label: &str| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let is_port = |port: &str| {
        port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port > 0)
    };
    (host.split('.').all(is_label) && port.is_none_or(is_port)).then_some(host)
}

/// As it was written, but for the letters of the host.
impl fmt::Display for TileTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin, self.path)
    }
}

/// A key in it is for browsers, and not for logs.
impl fmt::Debug for TileTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TileTemplate({}/…)", self.origin)
    }
}

impl TileCredit {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for TileCredit {
    type Err = TileSourceFault;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let line = tidy_line(text);
        let fits = !line.is_empty() && line.chars().count() <= LONGEST_CREDIT;
        if fits { Ok(Self(line)) } else { Err(TileSourceFault::NoCredit) }
    }
}
