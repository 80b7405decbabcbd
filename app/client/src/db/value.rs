//! How a value that lies in the database is read: whose it is, and what it says.

use crate::{DeviceError, encryption::Encryption, platform::StoredValue};
use domain::{device::StoreName, id::PersonId};

impl StoredValue {
    /// Whose it is; none where nothing says so.
    pub fn owner(&self) -> Option<PersonId> {
        match self {
            Self::Sealed(sealed) => crate::encryption::owner_of(sealed),
            Self::Text(_) | Self::Opaque(_) => None,
        }
    }

    /// Not sealed by anybody else.
    pub fn is_mine(&self, encryption: &Encryption) -> bool {
        self.owner().is_none_or(|owner| encryption.owner() == Some(owner))
    }

    /// Sealed in the same act: sealing twice gives two values.
    pub fn is_same(&self, other: &Self) -> bool {
        matches!((self, other), (Self::Sealed(one), Self::Sealed(other)) if one == other)
    }

    /// None where it is another person's.
    pub(super) fn text(
        self,
        encryption: &Encryption,
        store: StoreName,
        key: &str,
    ) -> Result<Option<String>, DeviceError> {
        match self {
            // Nobody can have sealed it, so nobody can tell whose it is.
            Self::Text(_) if store.seals(key) => Err(DeviceError::Unreadable("in the clear".to_owned())),
            Self::Text(text) => Ok(Some(text)),
            Self::Sealed(sealed) => {
                let Some(bytes) = encryption.open(store, key, &sealed)? else { return Ok(None) };
                String::from_utf8(bytes).map(Some).map_err(|error| DeviceError::Unreadable(error.to_string()))
            }
            Self::Opaque(_) => Ok(None),
        }
    }

    pub fn bytes(
        self,
        encryption: &Encryption,
        store: StoreName,
        key: &str,
    ) -> Result<Option<Vec<u8>>, DeviceError> {
        match self {
            Self::Sealed(sealed) => encryption.open(store, key, &sealed),
            Self::Text(_) | Self::Opaque(_) => Ok(None),
        }
    }
}
