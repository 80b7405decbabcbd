//! Where records and photos live, as the configuration says it.

use std::{fmt, path::PathBuf, str::FromStr};
use thiserror::Error;

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
