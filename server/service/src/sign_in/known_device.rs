//! Devices that have signed in before. A stranger's wrong tries do not keep them out.
//!
//! The device keeps a name made by chance and, for each account that signed in there, a mark that only this installation
//! can make: whoever reads it learns no account, and nobody writes one.

use crate::secrets::Secrets;
use domain::id::PersonId;
use rand::Rng;

/// Accounts of one device.
const MOST: usize = 8;

/// Characters of a name and of a mark.
const LENGTH: usize = 32;

#[derive(Debug)]
pub(super) struct KnownDevice {
    pub id: String,
    marks: Vec<String>,
}

impl KnownDevice {
    /// A new one where the device keeps nothing.
    pub(super) fn of(secrets: &Secrets, kept: Option<&str>) -> Self {
        let mut words = kept.unwrap_or_default().split('.').map(str::to_owned);
        let fits = |word: &String| word.len() == LENGTH && word.bytes().all(|byte| byte.is_ascii_hexdigit());
        match words.next().filter(fits) {
            Some(id) => Self { id, marks: words.filter(fits).take(MOST).collect() },
            None => {
                let mut random = [0; 16];
                rand::rng().fill_bytes(&mut random);
                let name = secrets.mark("device", &[&random]);
                Self { id: hex::encode(name.get(..LENGTH / 2).unwrap_or_default()), marks: vec![] }
            }
        }
    }

    fn mark(&self, secrets: &Secrets, person: PersonId) -> String {
        let mark = secrets.mark("known device", &[self.id.as_bytes(), person.0.as_bytes()]);
        hex::encode(mark.get(..LENGTH / 2).unwrap_or_default())
    }

    pub(super) fn has(&self, secrets: &Secrets, person: PersonId) -> bool {
        self.marks.contains(&self.mark(secrets, person))
    }

    pub(super) fn with(mut self, secrets: &Secrets, person: PersonId) -> Self {
        let mark = self.mark(secrets, person);
        self.marks.retain(|known| *known != mark);
        self.marks.insert(0, mark);
        self.marks.truncate(MOST);
        self
    }

    /// What the device keeps.
    pub(super) fn words(&self) -> String {
        let words: Vec<_> = [&self.id].into_iter().chain(&self.marks).map(String::as_str).collect();
        words.join(".")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_device_knows_those_who_signed_in_there_and_nobody_can_write_that() {
        let secrets = Secrets::fresh();
        let [wang, li] = [1, 2].map(|n| PersonId(Uuid::from_u128(n)));
        let device = KnownDevice::of(&secrets, None).with(&secrets, wang);
        let value = device.words();
        let again = KnownDevice::of(&secrets, Some(&value));
        assert!(again.has(&secrets, wang) && !again.has(&secrets, li));
        assert!(!KnownDevice::of(&Secrets::fresh(), Some(&value)).has(&Secrets::fresh(), wang));
        let forged = value.replacen(|digit: char| digit.is_ascii_hexdigit(), "0", 3);
        let forged = if forged == value { value.replacen('0', "1", 3) } else { forged };
        assert!(!KnownDevice::of(&secrets, Some(&forged)).has(&secrets, wang));
    }
}
