//! Who sends, as browsers' services ask for it: VAPID, RFC 8292. A token for the service's origin, signed by ES256 with the installation's
//! own key; a browser takes messages that were signed by the key that it was shown, and no others.
//!
//! The key is made of the installation's secret, which lies in a file beside the database: so all servers of an installation have the
//! same, and neither the records nor a backup of them hold it. With another secret phones switch reminders on anew.

use crate::secrets::Secrets;
use aws_lc_rs::{
    agreement::{ECDH_P256, PrivateKey},
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Duration, Utc};
use serde_json::json;

/// How long a token counts; the standard allows a day.
const COUNTS_FOR: Duration = Duration::hours(12);

/// Of 2³² secrets one is no key of the curve: then the next is taken.
const TRIED: u8 = 8;

pub struct VapidKey(EcdsaKeyPair);

impl VapidKey {
    /// The same each time. None: in theory only.
    pub fn of(secrets: &Secrets) -> Option<Self> {
        (0..TRIED).find_map(|n| {
            let secret = secrets.mark("web push", &[&[n]]);
            let private = PrivateKey::from_private_key(&ECDH_P256, &secret).ok()?;
            let public = private.compute_public_key().ok()?;
            let (algorithm, public) = (&ECDSA_P256_SHA256_FIXED_SIGNING, public.as_ref());
            EcdsaKeyPair::from_private_key_and_public_key(algorithm, &secret, public).ok().map(Self)
        })
    }

    /// As browsers are shown it: 65 bytes in base64url.
    pub fn public(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.public_key().as_ref())
    }

    /// What stands in `authorization`. `origin`: of the service, as `https://host`; `contact`: whom it writes to.
    pub fn authorization(&self, origin: &str, contact: &str, now: DateTime<Utc>) -> Option<String> {
        let expires = (now + COUNTS_FOR).timestamp();
        let part = |text: String| URL_SAFE_NO_PAD.encode(text);
        let head = part(json!({ "typ": "JWT", "alg": "ES256" }).to_string());
        let claims = part(json!({ "aud": origin, "exp": expires, "sub": contact }).to_string());
        let signed = format!("{head}.{claims}");
        let signature = self.0.sign(&SystemRandom::new(), signed.as_bytes()).ok()?;
        let signature = URL_SAFE_NO_PAD.encode(signature.as_ref());
        Some(format!("vapid t={signed}.{signature}, k={}", self.public()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
    use serde_json::Value;

    #[test]
    fn an_installation_has_one_key_and_signs_with_it() {
        let secrets = Secrets::fresh();
        let key = VapidKey::of(&secrets).unwrap();
        assert_eq!(key.public(), VapidKey::of(&secrets).unwrap().public());
        assert_ne!(key.public(), VapidKey::of(&Secrets::fresh()).unwrap().public());
        let now = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
        let said = key.authorization("https://push.example.net", "mailto:it@jinhe.example", now).unwrap();
        let (token, public) = said.strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
        assert_eq!(public, key.public());
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        let public = URL_SAFE_NO_PAD.decode(public).unwrap();
        assert_eq!((public.len(), public[0], signature.len()), (65, 4, 64));
        let public = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, public);
        assert!(public.verify(signed.as_bytes(), &signature).is_ok());
        let (head, claims) = signed.split_once('.').unwrap();
        let read =
            |part: &str| -> Value { serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap() };
        assert_eq!(read(head), json!({ "typ": "JWT", "alg": "ES256" }));
        let claims = read(claims);
        assert_eq!(claims["aud"], "https://push.example.net");
        assert_eq!(claims["sub"], "mailto:it@jinhe.example");
        assert_eq!(claims["exp"], 1_795_000_000 + 12 * 60 * 60);
    }
}
