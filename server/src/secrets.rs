//! The installation's own secret, from which its keys are made.
//!
//! It lies in a file beside the database and never in it: whoever reads the records, or a backup of them, cannot read
//! second factors. Servers of one installation share the file. Without it, those who have a second factor sign in with a
//! recovery code and set it anew.

use anyhow::{Context, ensure};
use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey},
    hmac,
};
use rand::Rng;
use std::{
    fmt,
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    path::Path,
    sync::Arc,
};

/// Bytes of the secret.
const LENGTH: usize = 32;

/// Bytes of the nonce in front of what is sealed.
const NONCE: usize = 12;

#[derive(Clone)]
pub struct Secrets(Arc<[u8; LENGTH]>);

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(…)")
    }
}

impl Secrets {
    /// Known to this process only.
    pub fn fresh() -> Self {
        let mut secret = [0; LENGTH];
        rand::rng().fill_bytes(&mut secret);
        Self(Arc::new(secret))
    }

    /// From its file, which is made where there is none.
    pub fn open(file: &Path) -> anyhow::Result<Self> {
        let name = file.display();
        let fresh = Self::fresh();
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(file) {
            Ok(mut made) => {
                made.write_all(hex::encode(*fresh.0).as_bytes())
                    .and_then(|()| made.sync_all())
                    .with_context(|| format!("{name} cannot be written"))?;
                Ok(fresh)
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                let text = fs::read_to_string(file).with_context(|| format!("{name} cannot be read"))?;
                let secret = hex::decode(text.trim()).ok().and_then(|secret| secret.try_into().ok());
                ensure!(secret.is_some(), "{name} is damaged: it holds 64 hexadecimal digits");
                Ok(secret.map_or(fresh, |secret| Self(Arc::new(secret))))
            }
            Err(error) => Err(error).with_context(|| format!("{name} cannot be made")),
        }
    }

    /// What only this installation could have made of these parts, in 32 bytes.
    pub fn mark(&self, what: &str, parts: &[&[u8]]) -> [u8; LENGTH] {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &*self.0);
        let mut context = hmac::Context::with_key(&key);
        for part in [what.as_bytes()].iter().chain(parts) {
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part);
        }
        let mut mark = [0; LENGTH];
        mark.copy_from_slice(context.sign().as_ref());
        mark
    }

    fn sealing(&self) -> Option<RandomizedNonceKey> {
        RandomizedNonceKey::new(&AES_256_GCM, &self.mark("seal", &[])).ok()
    }

    /// Readable only here, and only as this owner's.
    pub fn seal(&self, owner: &[u8], secret: &[u8]) -> Option<Vec<u8>> {
        let mut sealed = secret.to_vec();
        let nonce = self.sealing()?.seal_in_place_append_tag(Aad::from(owner), &mut sealed).ok()?;
        Some([nonce.as_ref().as_slice(), &sealed].concat())
    }

    pub fn unseal(&self, owner: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut opened = sealed.to_vec();
        let length = self.sealing()?.open_in_place(nonce, Aad::from(owner), &mut opened).ok()?.len();
        opened.truncate(length);
        Some(opened)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_is_its_owners_and_this_installations() {
        let secrets = Secrets::fresh();
        let sealed = secrets.seal(b"wang", b"secret").unwrap();
        assert_eq!(secrets.unseal(b"wang", &sealed).as_deref(), Some(b"secret".as_slice()));
        assert_eq!(secrets.unseal(b"li", &sealed), None);
        assert_eq!(Secrets::fresh().unseal(b"wang", &sealed), None);
        assert_eq!(secrets.unseal(b"wang", b"short"), None);
    }

    #[test]
    fn the_file_is_made_once_and_only_its_owner_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secret.key");
        let (one, other) = (Secrets::open(&file).unwrap(), Secrets::open(&file).unwrap());
        assert_eq!(one.mark("a", &[b"b"]), other.mark("a", &[b"b"]));
        assert_ne!(one.mark("a", &[b"b", b"c"]), one.mark("a", &[b"bc"]));
        #[cfg(unix)]
        assert_eq!(
            std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&file).unwrap().permissions()) & 0o777,
            0o600
        );
        fs::write(&file, "short").unwrap();
        assert!(Secrets::open(&file).is_err());
    }
}
