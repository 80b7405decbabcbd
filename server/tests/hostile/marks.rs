//! By what somebody could tell from an answer which place it speaks of, and how often that stands there.

use base64::{Engine, prelude::BASE64_STANDARD};
use domain::site::Site;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Texts, each of which tells.
pub struct Marks {
    texts: Vec<String>,
    /// Whether one of them begins with these two bytes: each answer is read through once, however many marks there are.
    begins: Vec<bool>,
}

impl Marks {
    /// Everything by which the site could be told, in the clear and made of that.
    pub fn of_site(site: &Site) -> Self {
        Self::of(&[site.id.0], &[&site.name, &site.code])
    }

    /// Of records of these ids, and of these words.
    pub fn of(ids: &[Uuid], words: &[&str]) -> Self {
        let plain = ids.iter().flat_map(|id| [id.to_string(), id.simple().to_string()]);
        let plain: Vec<String> = plain.chain(words.iter().map(|word| (*word).to_owned())).collect();
        let made = plain.iter().flat_map(|text| {
            // Wherever in a longer text it begins, two of its thirds are told by whole groups of Base64.
            let shifted = (0..3).map(|at| {
                let bytes = [&b"\0\0"[..at], text.as_bytes()].concat();
                let encoded = BASE64_STANDARD.encode(&bytes);
                encoded.get(4..encoded.len() - 4).unwrap().to_owned()
            });
            let hash = hash_of(text.as_bytes());
            shifted.chain([hash]).collect::<Vec<_>>()
        });
        let bytes = ids.iter().map(|id| hash_of(id.as_bytes()));
        let texts: Vec<String> = plain.iter().cloned().chain(made).chain(bytes).collect();
        let mut begins = vec![false; 1 << 16];
        for text in &texts {
            begins[pair(text.as_bytes()[0], text.as_bytes()[1])] = true;
        }
        Self { texts, begins }
    }

    /// How often they stand in it, all together.
    pub fn count(&self, text: &str) -> usize {
        let bytes = text.as_bytes();
        let mut count = 0;
        for (at, two) in bytes.windows(2).enumerate() {
            if self.begins[pair(two[0], two[1])] {
                count += self.texts.iter().filter(|mark| bytes[at..].starts_with(mark.as_bytes())).count();
            }
        }
        count
    }
}

fn hash_of(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

fn pair(first: u8, second: u8) -> usize {
    usize::from(u16::from_be_bytes([first, second]))
}

/// As it stands in an address.
pub fn escaped(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02x}")).collect()
}

#[test]
fn a_mark_is_counted_wherever_it_stands_and_however_it_is_written() {
    let id = Uuid::from_u128(0x1234_5678);
    let marks = Marks::of(&[id], &["信和冷库九号"]);
    assert_eq!(marks.count("信和冷库"), 0);
    assert_eq!(marks.count("在信和冷库九号，信和冷库九号"), 2);
    assert_eq!(marks.count(&format!("{id} {}", id.simple())), 2);
    let hidden = BASE64_STANDARD.encode("去信和冷库九号！！");
    assert!(marks.count(&hidden) > 0, "{hidden}");
    assert!(marks.count(&hash_of(id.as_bytes())) > 0);
}
