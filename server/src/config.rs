//! How this server is set up: by arguments, else by environment variables, else as it works on a desk.

use crate::disk::Reserve;
use clap::Args;
use domain::{
    integrity::Thresholds,
    window::{LiveWindow, LiveWindows},
};
use ipnet::IpNet;
use std::{
    fmt,
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    str::FromStr,
};
use thiserror::Error;

#[derive(Debug, Clone, Args)]
pub struct Config {
    /// Folder of the database and the photos
    #[arg(long, env = "XUNAN_DATA", default_value = "data", global = true)]
    pub data: PathBuf,

    /// Where records live: sqlite://FILE or postgres://USER:PASSWORD@HOST/NAME; unsaid, a file in the data folder
    #[arg(long, env = "XUNAN_DATABASE_URL", hide_env_values = true, global = true)]
    pub database_url: Option<DatabaseAddress>,

    /// Where photo bytes live: file://FOLDER, or s3://BUCKET with the usual AWS variables; unsaid, in the data folder
    #[arg(long, env = "XUNAN_BLOBS", global = true)]
    pub blobs: Option<BlobsAddress>,

    /// What photos leave free on their disk, for records: 500MB, 2GB, 5%; unsaid, 1 GB or 5 % of a smaller disk
    #[arg(long, env = "XUNAN_DISK_RESERVE", global = true, value_name = "BYTES|SHARE")]
    pub disk_reserve: Option<Reserve>,

    /// File of the installation's own secret, the same on all its servers; unsaid, in the data folder
    #[arg(long, env = "XUNAN_SECRET_FILE", global = true)]
    pub secret_file: Option<PathBuf>,

    /// Log as JSON, one line an event
    #[arg(long, env = "XUNAN_LOG_JSON", global = true)]
    pub log_json: bool,
}

/// What only a server that listens needs.
#[derive(Debug, Clone, Args)]
pub struct Listening {
    /// Address to listen on
    #[arg(long, env = "XUNAN_ADDR", default_value = "127.0.0.1:3000")]
    pub addr: SocketAddr,

    /// Folder of the built pages and programs; unsaid, those that this program carries
    #[arg(long, env = "XUNAN_SITE")]
    pub site: Option<PathBuf>,

    #[command(flatten)]
    pub tls: Tls,

    /// Addresses or networks of our own proxies, whose X-Forwarded-For and X-Forwarded-Proto are believed
    #[arg(long, env = "XUNAN_TRUSTED_PROXIES", value_delimiter = ',', value_parser = network)]
    pub trusted_proxies: Vec<IpNet>,

    #[command(flatten)]
    pub photos: PhotoRules,

    #[command(flatten)]
    pub live: LiveRules,

    /// Connections at a time; from one address that is no proxy of ours half of them, a thousand at the most
    #[arg(long, env = "XUNAN_CONNECTIONS", default_value_t = 4096, value_name = "NUMBER")]
    pub connections: usize,

    /// Jobs behind the answers at a time; unsaid, four for each core, of which one at a time unpacks a picture
    #[arg(long, env = "XUNAN_JOBS", value_parser = clap::value_parser!(u16).range(1..=1024), value_name = "NUMBER")]
    pub jobs: Option<u16>,

    /// What /metrics and /readyz ask for as a bearer token; unsaid, only this machine may see them, without a proxy
    #[arg(long, env = "XUNAN_METRICS_TOKEN", hide_env_values = true)]
    pub metrics_token: Option<String>,
}

/// From where on a photo is shown with a word of warning; nothing is refused for it.
#[derive(Debug, Clone, Copy, Args)]
pub struct PhotoRules {
    /// Bits of 256 in which two photos may differ and count as the same picture
    #[arg(long = "photo-alike", env = "XUNAN_PHOTO_ALIKE", default_value_t = Thresholds::default().alike_bits, value_parser = clap::value_parser!(u32).range(..=96), value_name = "BITS")]
    pub alike: u32,

    /// Metres from the site beyond which a photo was taken elsewhere
    #[arg(long = "photo-far", env = "XUNAN_PHOTO_FAR", default_value_t = Thresholds::default().far_metres, value_name = "METRES")]
    pub far: f64,

    /// Likeness in percent below which a photo hardly shows the place of the found one
    #[arg(long = "photo-same-place", env = "XUNAN_PHOTO_SAME_PLACE", default_value_t = Thresholds::default().same_place_percent, value_parser = clap::value_parser!(u8).range(..=100), value_name = "PERCENT")]
    pub same_place: u8,
}

impl From<PhotoRules> for Thresholds {
    fn from(rules: PhotoRules) -> Self {
        Self { alike_bits: rules.alike, far_metres: rules.far, same_place_percent: rules.same_place }
    }
}

/// For how long phones keep what has ended; the rest they ask for when somebody opens it. Open hazards are always kept.
#[derive(Debug, Clone, Copy, Args)]
pub struct LiveRules {
    /// Days that a phone keeps a closed hazard
    #[arg(long = "phone-closed-days", env = "XUNAN_PHONE_CLOSED_DAYS", default_value_t = LiveWindows::default().narrow.closed_hazards, value_parser = clap::value_parser!(u16).range(1..=366), value_name = "DAYS")]
    pub closed: u16,

    /// Days that a phone keeps an inspection
    #[arg(long = "phone-visit-days", env = "XUNAN_PHONE_VISIT_DAYS", default_value_t = LiveWindows::default().narrow.visits, value_parser = clap::value_parser!(u16).range(1..=366), value_name = "DAYS")]
    pub visits: u16,

    /// The same of a closed hazard, for those who see the whole office or a department
    #[arg(long = "phone-wide-closed-days", env = "XUNAN_PHONE_WIDE_CLOSED_DAYS", default_value_t = LiveWindows::default().wide.closed_hazards, value_parser = clap::value_parser!(u16).range(1..=366), value_name = "DAYS")]
    pub wide_closed: u16,

    /// The same of an inspection
    #[arg(long = "phone-wide-visit-days", env = "XUNAN_PHONE_WIDE_VISIT_DAYS", default_value_t = LiveWindows::default().wide.visits, value_parser = clap::value_parser!(u16).range(1..=366), value_name = "DAYS")]
    pub wide_visits: u16,
}

impl From<LiveRules> for LiveWindows {
    fn from(rules: LiveRules) -> Self {
        Self {
            narrow: LiveWindow { closed_hazards: rules.closed, visits: rules.visits },
            wide: LiveWindow { closed_hazards: rules.wide_closed, visits: rules.wide_visits },
        }
    }
}

/// HTTPS without a proxy: phones need it for the camera, the location and working offline.
#[derive(Debug, Clone, Args)]
pub struct Tls {
    /// Certificate chain, PEM; read again on SIGHUP
    #[arg(long = "tls-cert", env = "XUNAN_TLS_CERT", requires = "key", value_name = "FILE")]
    pub certificate: Option<PathBuf>,

    /// Its private key, PEM
    #[arg(long = "tls-key", env = "XUNAN_TLS_KEY", requires = "certificate", value_name = "FILE")]
    pub key: Option<PathBuf>,

    /// Get certificates for these names from an ACME authority; it must reach this server on port 443
    #[arg(
        long = "acme-domain",
        env = "XUNAN_ACME_DOMAIN",
        value_delimiter = ',',
        conflicts_with = "certificate",
        value_name = "NAME"
    )]
    pub domains: Vec<String>,

    /// Mail address that the authority writes to
    #[arg(long = "acme-contact", env = "XUNAN_ACME_CONTACT", value_name = "MAIL")]
    pub contact: Option<String>,

    /// The authority's directory; unsaid, Let's Encrypt's
    #[arg(long = "acme-directory", env = "XUNAN_ACME_DIRECTORY", value_name = "URL")]
    pub directory: Option<String>,
}

/// `10.0.0.0/8`, or one address.
fn network(text: &str) -> Result<IpNet, ipnet::AddrParseError> {
    text.parse().or_else(|error| text.parse::<IpAddr>().map(IpNet::from).map_err(|_| error))
}

impl Config {
    pub fn database(&self) -> DatabaseAddress {
        let here = || DatabaseAddress::Sqlite(self.data.join("xunan.sqlite"));
        self.database_url.clone().unwrap_or_else(here)
    }

    pub fn photos(&self) -> BlobsAddress {
        self.blobs.clone().unwrap_or_else(|| BlobsAddress::Folder(self.data.join("photos")))
    }
}

impl Config {
    pub fn secret(&self) -> PathBuf {
        self.secret_file.clone().unwrap_or_else(|| self.data.join("secret.key"))
    }
}

/// Where records live.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseAddress {
    Sqlite(PathBuf),
    /// With the password in it.
    Postgres(String),
}

impl DatabaseAddress {
    /// Before the host or among the parameters.
    pub fn has_password(&self) -> bool {
        match self {
            Self::Sqlite(_) => false,
            Self::Postgres(url) => {
                let rest = url.split_once("://").map_or("", |(_, rest)| rest);
                let named = rest.rsplit_once('@').is_some_and(|(user, _)| user.contains(':'));
                let asked = rest.split_once('?').map_or("", |(_, query)| query).split('&');
                named || asked.into_iter().any(|part| part.starts_with("password="))
            }
        }
    }
}

/// Where photo bytes live.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlobsAddress {
    Folder(PathBuf),
    S3 { bucket: String },
}

#[derive(Debug, Error, PartialEq, Eq)]
pub enum AddressError {
    #[error("a database is sqlite://FILE or postgres://USER:PASSWORD@HOST/NAME")]
    NoDatabase,
    #[error("photo storage is file://FOLDER or s3://BUCKET")]
    NoBlobs,
}

impl FromStr for DatabaseAddress {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once("://") {
            Some(("sqlite", file)) if !file.is_empty() => Ok(Self::Sqlite(file.into())),
            Some(("postgres" | "postgresql", rest)) if !rest.is_empty() => {
                Ok(Self::Postgres(text.to_owned()))
            }
            _ => Err(AddressError::NoDatabase),
        }
    }
}

impl DatabaseAddress {
    /// Whether there is one: of a file, whether it exists; a server is asked when it is opened.
    pub fn is_there(&self) -> bool {
        match self {
            Self::Sqlite(file) => file.exists(),
            Self::Postgres(_) => true,
        }
    }
}

impl FromStr for BlobsAddress {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once("://") {
            Some(("file", folder)) if !folder.is_empty() => Ok(Self::Folder(folder.into())),
            Some(("s3", bucket)) if !bucket.is_empty() && !bucket.contains('/') => {
                Ok(Self::S3 { bucket: bucket.to_owned() })
            }
            _ => Err(AddressError::NoBlobs),
        }
    }
}

/// For logs and error messages: what follows the last `@`, so that no password is ever shown.
impl fmt::Display for DatabaseAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(file) => file.display().fmt(f),
            Self::Postgres(url) => {
                let place = url.rsplit_once('@').map_or("…", |(_, place)| place);
                // Parameters may hold a password too.
                write!(f, "postgres://{}", place.split('?').next().unwrap_or_default())
            }
        }
    }
}

impl fmt::Debug for DatabaseAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_say_which_kind_they_are() {
        assert_eq!("sqlite:///srv/a.sqlite".parse(), Ok(DatabaseAddress::Sqlite("/srv/a.sqlite".into())));
        assert!(matches!("postgresql://h/n".parse(), Ok(DatabaseAddress::Postgres(_))));
        assert_eq!("file://photos".parse(), Ok(BlobsAddress::Folder("photos".into())));
        assert_eq!("s3://photos".parse(), Ok(BlobsAddress::S3 { bucket: "photos".to_owned() }));
        for wrong in ["", "mysql://h/n", "sqlite://", "/srv/a.sqlite"] {
            assert_eq!(wrong.parse::<DatabaseAddress>(), Err(AddressError::NoDatabase), "{wrong}");
        }
        for wrong in ["s3://", "s3://a/b", "photos"] {
            assert_eq!(wrong.parse::<BlobsAddress>(), Err(AddressError::NoBlobs), "{wrong}");
        }
    }

    #[test]
    fn a_password_is_found_wherever_it_stands() {
        let has = |url: &str| url.parse::<DatabaseAddress>().unwrap().has_password();
        assert!(
            has("postgres://xunan:s3cr3t@db/city") && has("postgres://xunan@db/city?a=b&password=s3cr3t")
        );
        assert!(!has("postgres://xunan@db:5432/city?host=/run") && !has("sqlite:///srv/a:b@c"));
    }

    #[test]
    fn a_password_is_never_shown() {
        let address: DatabaseAddress =
            "postgres://xunan:s3cr3t@p@db.local/city?password=s3cr3t".parse().unwrap();
        assert_eq!(format!("{address} {address:?}"), "postgres://db.local/city postgres://db.local/city");
    }
}
