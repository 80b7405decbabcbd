//! The browser's cryptography, as far as a PIN needs it.

use super::{js, window};
use crate::{
    DeviceError,
    platform::{Crypto, Opaque, Runtime as _},
};
use chrono::{DateTime, Utc};
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

const NONCE: usize = 12;

pub struct WebCrypto;

/// Absent on plain-http pages.
fn subtle() -> Result<SubtleCrypto, DeviceError> {
    let crypto = window().crypto().map_err(|_| DeviceError::NoCrypto)?;
    let subtle = Reflect::get(&crypto, &JsValue::from_str("subtle")).map_err(|_| DeviceError::NoCrypto)?;
    subtle.dyn_into().map_err(|_| DeviceError::NoCrypto)
}

fn uses() -> JsValue {
    Array::of2(&"encrypt".into(), &"decrypt".into()).into()
}

async fn done<T: JsCast>(promise: Result<js_sys::Promise, JsValue>) -> Option<T> {
    JsFuture::from(promise.ok()?).await.ok()?.dyn_into().ok()
}

/// The key that this PIN derives.
async fn of_pin(digits: &str, salt: &[u8], rounds: u32) -> Result<CryptoKey, DeviceError> {
    let subtle = subtle()?;
    let digits = Uint8Array::from(digits.as_bytes());
    let derive = Array::of1(&"deriveKey".into());
    let base: CryptoKey = done(subtle.import_key_with_str("raw", &digits, "PBKDF2", false, &derive))
        .await
        .ok_or(DeviceError::NoCrypto)?;
    let how = js::object(&[
        ("name", "PBKDF2".into()),
        ("hash", "SHA-256".into()),
        ("salt", Uint8Array::from(salt).into()),
        ("iterations", rounds.into()),
    ]);
    done(subtle.derive_key_with_object_and_object(&how, &base, &aes(), false, &uses()))
        .await
        .ok_or(DeviceError::NoCrypto)
}

fn aes() -> Object {
    js::object(&[("name", "AES-GCM".into()), ("length", 256.into())])
}

fn with(nonce: &[u8]) -> Object {
    js::object(&[("name", "AES-GCM".into()), ("iv", Uint8Array::from(nonce).into())])
}

/// Nonce and ciphertext.
async fn wrap(by: &CryptoKey, key: &[u8; 32]) -> Result<Vec<u8>, DeviceError> {
    let mut nonce = [0; NONCE];
    super::BrowserRuntime.random(&mut nonce);
    let promise = subtle()?.encrypt_with_object_and_u8_array(&with(&nonce), by, key);
    let buffer: JsValue = done(promise).await.ok_or(DeviceError::NoCrypto)?;
    Ok([nonce.as_slice(), &Uint8Array::new(&buffer).to_vec()].concat())
}

/// None where it is the wrong key.
async fn unwrapped(by: &CryptoKey, wrapped: &[u8]) -> Option<[u8; 32]> {
    let (nonce, ciphertext) = wrapped.split_at_checked(NONCE)?;
    let promise = subtle().ok()?.decrypt_with_object_and_u8_array(&with(nonce), by, ciphertext);
    let buffer: JsValue = done(promise).await?;
    Uint8Array::new(&buffer).to_vec().try_into().ok()
}

impl Crypto for WebCrypto {
    fn is_there(&self) -> bool {
        subtle().is_ok()
    }

    async fn wrap_key(
        &self,
        digits: &str,
        salt: &[u8],
        rounds: u32,
        key: &[u8; 32],
    ) -> Result<Vec<u8>, DeviceError> {
        wrap(&of_pin(digits, salt, rounds).await?, key).await
    }

    async fn unwrap_key(
        &self,
        digits: &str,
        salt: &[u8],
        rounds: u32,
        wrapped: &[u8],
    ) -> Result<Option<[u8; 32]>, DeviceError> {
        Ok(unwrapped(&of_pin(digits, salt, rounds).await?, wrapped).await)
    }

    /// The data key, wrapped by a key that the browser keeps to itself.
    async fn keep_open(&self, key: &[u8; 32], until: DateTime<Utc>) -> Result<Opaque, DeviceError> {
        let by: CryptoKey = done(subtle()?.generate_key_with_object(&aes(), false, &uses()))
            .await
            .ok_or(DeviceError::NoCrypto)?;
        let wrapped = wrap(&by, key).await?;
        let until = until.timestamp_millis() as f64;
        Ok(js::object(&[
            ("key", by.into()),
            ("wrapped", Uint8Array::from(wrapped.as_slice()).into()),
            ("until", until.into()),
        ])
        .into())
    }

    async fn reopen(&self, kept: &Opaque) -> Option<([u8; 32], DateTime<Utc>)> {
        let field = |name: &str| Reflect::get(kept, &JsValue::from_str(name)).ok();
        let until = DateTime::from_timestamp_millis(field("until")?.as_f64()? as i64)?;
        let by: CryptoKey = field("key")?.dyn_into().ok()?;
        let wrapped: Uint8Array = field("wrapped")?.dyn_into().ok()?;
        Some((unwrapped(&by, &wrapped.to_vec()).await?, until))
    }
}
