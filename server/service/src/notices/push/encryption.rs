//! A message that only one browser can read: RFC 8291, in the coding `aes128gcm` of RFC 8188. The browser's service, through whose hands
//! it goes, sees how long it is and nothing else.

use aws_lc_rs::{
    aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    agreement::{ECDH_P256, PrivateKey, UnparsedPublicKey, agree},
    hmac,
};
use rand::Rng as _;

/// Bytes of a public key, uncompressed.
const PUBLIC: usize = 65;

const SALT: usize = 16;

/// Bytes of a record, its tag included. Messages are shorter: each is one record.
const RECORD: u32 = 4_096;

/// Bytes of a message, so that it fits whatever service carries it.
const MOST: usize = 3_000;

/// Says that no record follows.
const LAST: u8 = 2;

/// A browser's own.
#[derive(Clone, Copy)]
pub struct Browser<'a> {
    /// 65 bytes.
    pub p256dh: &'a [u8],
    /// 16 bytes.
    pub auth: &'a [u8],
}

/// None where the browser's key is no point of the curve, or the message is too long.
pub fn encrypt(browser: Browser<'_>, message: &[u8]) -> Option<Vec<u8>> {
    let mut salt = [0; SALT];
    rand::rng().fill_bytes(&mut salt);
    encrypt_with(browser, message, &PrivateKey::generate(&ECDH_P256).ok()?, salt)
}

/// By a key and a salt that are used for nothing else.
fn encrypt_with(browser: Browser<'_>, message: &[u8], own: &PrivateKey, salt: [u8; SALT]) -> Option<Vec<u8>> {
    if message.len() > MOST {
        return None;
    }
    let public = own.compute_public_key().ok()?;
    let peer = UnparsedPublicKey::new(&ECDH_P256, browser.p256dh);
    let prk = agree(own, peer, (), |shared| Ok(mac(browser.auth, &[shared]))).ok()?;
    let info: [&[u8]; 4] = [b"WebPush: info\0", browser.p256dh, public.as_ref(), &[1]];
    let keying = mac(prk.as_ref(), &info);
    coded(keying.as_ref(), salt, public.as_ref(), message)
}

/// One record of `aes128gcm` with its header; `name` is the key's, which whoever reads it looks for.
fn coded(keying: &[u8], salt: [u8; SALT], name: &[u8], message: &[u8]) -> Option<Vec<u8>> {
    let prk = mac(&salt, &[keying]);
    let key = mac(prk.as_ref(), &[b"Content-Encoding: aes128gcm\0\x01"]);
    let nonce = mac(prk.as_ref(), &[b"Content-Encoding: nonce\0\x01"]);
    let key = UnboundKey::new(&AES_128_GCM, key.as_ref().get(..16)?).ok()?;
    let nonce = Nonce::try_assume_unique_for_key(nonce.as_ref().get(..12)?).ok()?;
    let mut record = [message, &[LAST]].concat();
    LessSafeKey::new(key).seal_in_place_append_tag(nonce, Aad::empty(), &mut record).ok()?;
    let named = u8::try_from(name.len()).ok()?;
    let mut whole = Vec::with_capacity(SALT + 4 + 1 + PUBLIC + record.len());
    whole.extend_from_slice(&salt);
    whole.extend_from_slice(&RECORD.to_be_bytes());
    whole.push(named);
    whole.extend_from_slice(name);
    whole.extend_from_slice(&record);
    Some(whole)
}

/// HMAC-SHA256: both steps of HKDF, whose keys here are never longer than one block of it.
fn mac(key: &[u8], parts: &[&[u8]]) -> hmac::Tag {
    let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, key));
    for part in parts {
        context.update(part);
    }
    context.sign()
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

    fn bytes(text: &str) -> Vec<u8> {
        URL_SAFE_NO_PAD.decode(text).unwrap()
    }

    /// RFC 8291, appendix A.
    #[test]
    fn a_message_is_encrypted_as_the_standard_has_it() {
        let p256dh =
            bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4");
        let auth = bytes("BTBZMqHH6r4Tts7J_aSIgg");
        let own = bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
        let own = PrivateKey::from_private_key(&ECDH_P256, &own).unwrap();
        let salt = bytes("DGv6ra1nlYgDCS1FRnbzlw").try_into().unwrap();
        let browser = Browser { p256dh: &p256dh, auth: &auth };
        let message = b"When I grow up, I want to be a watermelon";
        let whole = encrypt_with(browser, message, &own, salt).unwrap();
        let wanted = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tlz\
                      AC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";
        assert_eq!(URL_SAFE_NO_PAD.encode(whole), wanted);
    }

    /// RFC 8188, section 3.1.
    #[test]
    fn a_record_is_coded_as_the_standard_has_it() {
        let (keying, salt) = (bytes("yqdlZ-tYemfogSmv7Ws5PQ"), bytes("I1BsxtFttlv3u_Oo94xnmw"));
        let whole = coded(&keying, salt.try_into().unwrap(), b"", b"I am the walrus").unwrap();
        let wanted = "I1BsxtFttlv3u_Oo94xnmwAAEAAA-NAVub2qFgBEuQKRapoZu-IxkIva3MEB1PD-ly8Thjg";
        assert_eq!(URL_SAFE_NO_PAD.encode(whole), wanted);
    }

    #[test]
    fn no_two_messages_are_alike_and_no_key_but_a_point_is_taken() {
        let own = PrivateKey::generate(&ECDH_P256).unwrap();
        let public = own.compute_public_key().unwrap();
        let browser = Browser { p256dh: public.as_ref(), auth: &[7; 16] };
        assert_ne!(encrypt(browser, b"1").unwrap(), encrypt(browser, b"1").unwrap());
        assert_eq!(encrypt(browser, &[0; MOST + 1]), None);
        for wrong in [vec![4; PUBLIC], vec![0; PUBLIC], vec![]] {
            assert_eq!(encrypt(Browser { p256dh: &wrong, auth: &[7; 16] }, b"1"), None);
        }
    }
}
