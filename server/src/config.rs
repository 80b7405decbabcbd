//! How this server is set up: by arguments, else by environment variables, else as it works on a desk.

use clap::Args;
use domain::{
    datum::Datum,
    integrity::Thresholds,
    map::{TileCredit, TileSource, TileTemplate, tile_datum},
    notice::PUSH_HOSTS,
    window::{LiveWindow, LiveWindows},
};
use ipnet::IpNet;
use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};
use storage::{
    address::{BlobsAddress, DatabaseAddress},
    disk::Reserve,
};

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

    /// Hosts in an inner network that channels of messages may lead to: an SMS gateway of the district, another program here
    #[arg(long, env = "XUNAN_NOTICE_HOSTS", value_delimiter = ',', value_name = "HOST")]
    pub notice_hosts: Vec<String>,

    /// Hosts of browsers' services that reminders on phones go to; `*.` in front stands for any name
    #[arg(long, env = "XUNAN_PUSH_HOSTS", value_delimiter = ',', value_name = "HOST", default_values = PUSH_HOSTS)]
    pub push_hosts: Vec<String>,

    #[command(flatten)]
    pub background: MapTiles,

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

    /// Days that a phone keeps a visit
    #[arg(long = "phone-visit-days", env = "XUNAN_PHONE_VISIT_DAYS", default_value_t = LiveWindows::default().narrow.visits, value_parser = clap::value_parser!(u16).range(1..=366), value_name = "DAYS")]
    pub visits: u16,

    /// The same of a closed hazard, for those who see the whole office or a department
    #[arg(long = "phone-wide-closed-days", env = "XUNAN_PHONE_WIDE_CLOSED_DAYS", default_value_t = LiveWindows::default().wide.closed_hazards, value_parser = clap::value_parser!(u16).range(1..=366), value_name = "DAYS")]
    pub wide_closed: u16,

    /// The same of a visit
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

/// A background of the map by a service of tiles. Unsaid, nobody outside is asked for anything.
#[derive(Debug, Clone, Args)]
pub struct MapTiles {
    /// Tiles for below the map, https://HOST/{z}/{x}/{y}.png, once somebody switches them on; anybody can read a key in it
    #[arg(long, env = "XUNAN_MAP_TILES", hide_env_values = true, value_name = "URL")]
    pub map_tiles: Option<TileTemplate>,

    /// How the tiles are cut: wgs84, or gcj02 as most services in China do
    #[arg(long, env = "XUNAN_MAP_TILES_DATUM", default_value = "wgs84", value_parser = tile_datum, value_name = "DATUM")]
    pub map_tiles_datum: Datum,

    /// The line by which the service wants to be named on the map, with its approval number
    #[arg(long, env = "XUNAN_MAP_TILES_CREDIT", requires = "map_tiles", value_name = "TEXT")]
    pub map_tiles_credit: Option<TileCredit>,
}

impl MapTiles {
    pub fn source(&self) -> Option<TileSource> {
        let (template, credit) = (self.map_tiles.clone()?, self.map_tiles_credit.clone());
        Some(TileSource { template, datum: self.map_tiles_datum, credit })
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
