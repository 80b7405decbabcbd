//! # How a reporter's number lies there
//!
//! Two people of the office hold a key each (X25519). The private half lies in the database sealed by words that only its person
//! knows (Argon2id, AES-256-GCM); the public half is what a number is sealed to as it comes.
//!
//! A number is encrypted under a key that is made of two random shares together. Each share is sealed to one of the two people,
//! as HPKE does: an ephemeral key agrees with the holder's, HKDF makes a key of what they agree on, AES-256-GCM seals. Either
//! share alone is 32 random bytes. Who begins to open hands their share to the other, sealed to the other's key; so it takes both
//! people's words, whatever else one of them may read, the whole database included.

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey},
    agreement::{PrivateKey, UnparsedPublicKey, X25519, agree},
    hmac,
};
use domain::{
    id::{PersonId, PublicReportId},
    public_report::{SealedContact, SealedShare},
};
use rand::Rng;

/// Bytes of a key, public or private, and of a share.
const KEY: usize = 32;

/// Bytes of the nonce in front of what is sealed.
const NONCE: usize = 12;

/// Bytes of what is encrypted, whatever the number: its length tells nothing of it.
const PLAIN: usize = 64;

/// Somebody whom a share is sealed to.
#[derive(Debug, Clone)]
pub(super) struct Holder {
    pub person: PersonId,
    pub public: Vec<u8>,
}

/// Of a holder, unlocked for one opening.
pub(super) struct Unlocked(PrivateKey);

fn random() -> [u8; KEY] {
    let mut bytes = [0; KEY];
    rand::rng().fill_bytes(&mut bytes);
    bytes
}

/// HKDF-SHA256, one block.
fn derived(secret: &[u8], info: &[&[u8]]) -> [u8; KEY] {
    let salt = hmac::Key::new(hmac::HMAC_SHA256, b"xunan contact 1");
    let extracted = hmac::sign(&salt, secret);
    let key = hmac::Key::new(hmac::HMAC_SHA256, extracted.as_ref());
    let mut context = hmac::Context::with_key(&key);
    for part in info {
        context.update(part);
    }
    context.update(&[1]);
    let mut derived = [0; KEY];
    derived.copy_from_slice(context.sign().as_ref());
    derived
}

fn seal(key: &[u8; KEY], to: &[u8], plain: &[u8]) -> Option<Vec<u8>> {
    let mut sealed = plain.to_vec();
    let key = RandomizedNonceKey::new(&AES_256_GCM, key).ok()?;
    let nonce = key.seal_in_place_append_tag(Aad::from(to), &mut sealed).ok()?;
    Some([nonce.as_ref().as_slice(), &sealed].concat())
}

fn open(key: &[u8; KEY], to: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let mut opened = sealed.to_vec();
    let key = RandomizedNonceKey::new(&AES_256_GCM, key).ok()?;
    let length = key.open_in_place(nonce, Aad::from(to), &mut opened).ok()?.len();
    opened.truncate(length);
    Some(opened)
}

/// A fresh key: its public half, and the private one sealed under a key made of words.
pub(super) fn new_key(words_key: &[u8; KEY], person: PersonId) -> Option<(Vec<u8>, Vec<u8>)> {
    let seed = random();
    let private = PrivateKey::from_private_key(&X25519, &seed).ok()?;
    let public = private.compute_public_key().ok()?.as_ref().to_vec();
    Some((public, seal(words_key, person.0.as_bytes(), &seed)?))
}

/// None: the words are others.
pub(super) fn unlock(words_key: &[u8; KEY], person: PersonId, secret: &[u8]) -> Option<Unlocked> {
    let seed = open(words_key, person.0.as_bytes(), secret)?;
    PrivateKey::from_private_key(&X25519, &seed).ok().map(Unlocked)
}

fn agreed(private: &PrivateKey, other: &[u8], ephemeral: &[u8], public: &[u8]) -> Option<[u8; KEY]> {
    let other = UnparsedPublicKey::new(&X25519, other);
    agree(private, other, (), |secret| Ok(derived(secret, &[ephemeral, public]))).ok()
}

/// To one holder, and of one report.
pub(super) fn seal_share(report: PublicReportId, to: &Holder, share: &[u8]) -> Option<SealedShare> {
    let ephemeral = PrivateKey::from_private_key(&X25519, &random()).ok()?;
    let mine = ephemeral.compute_public_key().ok()?.as_ref().to_vec();
    let key = agreed(&ephemeral, &to.public, &mine, &to.public)?;
    let sealed = seal(&key, report.0.as_bytes(), share)?;
    Some(SealedShare {
        to: to.person,
        public: hex::encode(&to.public),
        sealed: hex::encode([mine, sealed].concat()),
    })
}

/// None: it is not sealed to this key, or of another report.
pub(super) fn open_share(report: PublicReportId, key: &Unlocked, share: &SealedShare) -> Option<Vec<u8>> {
    let sealed = hex::decode(&share.sealed).ok()?;
    let public = hex::decode(&share.public).ok()?;
    let (ephemeral, sealed) = sealed.split_at_checked(KEY)?;
    let key = agreed(&key.0, ephemeral, ephemeral, &public)?;
    open(&key, report.0.as_bytes(), sealed)
}

/// To both of them together.
pub(super) fn seal_phone(report: PublicReportId, to: [&Holder; 2], phone: &str) -> Option<SealedContact> {
    let (first, second) = (random(), random());
    let length = u8::try_from(phone.len()).ok().filter(|length| usize::from(*length) < PLAIN)?;
    let mut plain = [0; PLAIN];
    *plain.first_mut()? = length;
    plain.get_mut(1..=phone.len())?.copy_from_slice(phone.as_bytes());
    let sealed = seal(&of_both(&first, &second), report.0.as_bytes(), &plain)?;
    let [one, other] = to;
    let shares = [seal_share(report, one, &first)?, seal_share(report, other, &second)?];
    Some(SealedContact { shares, sealed: hex::encode(sealed) })
}

/// `shares` in the order of the record's.
pub(super) fn open_phone(
    report: PublicReportId,
    contact: &SealedContact,
    shares: [&[u8]; 2],
) -> Option<String> {
    let [first, second] = shares;
    let sealed = hex::decode(&contact.sealed).ok()?;
    let plain = open(&of_both(first, second), report.0.as_bytes(), &sealed)?;
    let (length, rest) = plain.split_first()?;
    String::from_utf8(rest.get(..usize::from(*length))?.to_vec()).ok()
}

fn of_both(first: &[u8], second: &[u8]) -> [u8; KEY] {
    derived(&[first, second].concat(), &[b"number"])
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn holder(n: u128, words: &[u8; KEY]) -> (Holder, Vec<u8>) {
        let person = PersonId(Uuid::from_u128(n));
        let (public, secret) = new_key(words, person).unwrap();
        (Holder { person, public }, secret)
    }

    #[test]
    fn a_number_is_opened_by_both_shares_and_by_neither_alone() {
        let report = PublicReportId(Uuid::from_u128(7));
        let (one_words, other_words) = ([1; KEY], [2; KEY]);
        let ((one, one_secret), (other, other_secret)) = (holder(1, &one_words), holder(2, &other_words));
        let contact = seal_phone(report, [&one, &other], "13812345678").unwrap();
        let text = serde_json::to_string(&contact).unwrap();
        assert!(!text.contains("13812345678") && !text.contains(&hex::encode("13812345678")));
        assert!(unlock(&other_words, one.person, &one_secret).is_none(), "other words");
        let one_key = unlock(&one_words, one.person, &one_secret).unwrap();
        let other_key = unlock(&other_words, other.person, &other_secret).unwrap();
        let first = open_share(report, &one_key, &contact.shares[0]).unwrap();
        assert!(open_share(report, &one_key, &contact.shares[1]).is_none(), "the other's share");
        assert!(open_phone(report, &contact, [&first, &first]).is_none());
        assert!(open_phone(report, &contact, [&first, &[0; KEY]]).is_none());
        // The first hands their share to the second.
        let handed = seal_share(report, &other, &first).unwrap();
        assert!(open_share(report, &one_key, &handed).is_none(), "it is the other's now");
        let elsewhere = PublicReportId(Uuid::from_u128(8));
        assert!(open_share(elsewhere, &other_key, &handed).is_none(), "of another report");
        let first = open_share(report, &other_key, &handed).unwrap();
        let second = open_share(report, &other_key, &contact.shares[1]).unwrap();
        assert_eq!(open_phone(report, &contact, [&first, &second]).as_deref(), Some("13812345678"));
        assert!(open_phone(report, &contact, [&second, &first]).is_none());
    }

    #[test]
    fn what_is_sealed_is_as_long_whatever_the_number() {
        let report = PublicReportId(Uuid::from_u128(7));
        let ((one, _), (other, _)) = (holder(1, &[1; KEY]), holder(2, &[2; KEY]));
        let long = |phone| seal_phone(report, [&one, &other], phone).map(|contact| contact.sealed.len());
        assert_eq!(long("12345"), long("+86 138 1234 5678"));
        let endless = "1".repeat(PLAIN);
        assert_eq!(long(endless.as_str()), None);
    }
}
