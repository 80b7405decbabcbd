//! 两步验证: a code that an app on one's own phone makes every half minute, after the password. Whoever has lost the phone
//! has ten recovery codes, each good once.

use crate::{
    error::Error,
    own::try_in,
    people::subject,
    services::Services,
    session::is_confirmed,
    storage::{Session, StoreError, TokenHash, Transaction},
    token::hash,
};
use aws_lc_rs::hmac;
use domain::{
    audit::{Act, Author},
    id::PersonId,
    text::Lang,
    totp::{self, SECRET},
};
use i18n::account;
use rand::Rng;

const RECOVERY_CODES: usize = 10;

/// How a code was right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    Code,
    RecoveryCode,
}

/// What is shown of a factor that is being set.
#[derive(Debug)]
pub struct Begun {
    pub secret: String,
    pub uri: String,
}

/// The code of a half minute.
pub fn code(secret: &[u8], step: i64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    tag.as_ref().try_into().map(|mac: &[u8; 20]| totp::digits(mac)).unwrap_or_default()
}

/// A new secret, not in force until [`set`] is given a code of it.
/// It weighs: the password was typed lately. One that is in force stays.
pub async fn begin(state: &Services, session: &Session) -> Result<(), Error> {
    confirmed(state, session)?;
    if session.has_factor {
        return Err(Error::NotAllowed);
    }
    let mut secret = [0; SECRET];
    rand::rng().fill_bytes(&mut secret);
    let person = session.person.id;
    let sealed = state.secrets.seal(person.0.as_bytes(), &secret);
    let sealed = sealed.ok_or_else(|| StoreError::Corrupt("a second factor cannot be sealed".to_owned()))?;
    let mut tx = state.store.write().await?;
    tx.put_second_factor(person, &sealed).await?;
    Ok(tx.commit().await?)
}

fn confirmed(state: &Services, session: &Session) -> Result<(), Error> {
    if is_confirmed(session, state.now()) { Ok(()) } else { Err(Error::Confirm) }
}

/// None where none was begun, or where one is in force: that one is not shown again.
pub async fn begun(state: &Services, session: &Session) -> Result<Option<Begun>, StoreError> {
    let stored = state.store.second_factor(session.person.id).await?;
    let waiting = stored.filter(|stored| stored.since.is_none());
    let secret =
        waiting.and_then(|stored| state.secrets.unseal(session.person.id.0.as_bytes(), &stored.secret));
    Ok(secret.map(|secret| Begun {
        uri: totp::uri(account::product(Lang::En), &session.person.username, &secret),
        secret: totp::base32(&secret),
    }))
}

/// Gives the recovery codes, which are shown this once.
pub async fn set(
    state: &Services,
    session: &Session,
    author: &Author,
    typed: &str,
) -> Result<Vec<String>, Error> {
    let person = session.person.id;
    let throttle = try_in(state, session).await?;
    let mut tx = state.store.write().await?;
    if check(state, &mut *tx, person, typed).await? != Some(Right::Code) {
        return Err(Error::WrongCredentials);
    }
    let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| recovery_code()).collect();
    let hashes: Vec<TokenHash> = codes.iter().map(|code| hash(&totp::plain(code))).collect();
    tx.put_recovery_codes(person, &hashes).await?;
    throttle.right(&mut *tx, state.now()).await?;
    let entry = state.audit(session.office.id, author, Act::SecondFactorSet, subject(&session.person));
    tx.put_audit(&entry).await?;
    tx.commit().await?;
    Ok(codes)
}

/// Whether it is a code of the person's factor or one of the recovery codes; neither is a second time.
pub async fn check(
    state: &Services,
    tx: &mut dyn Transaction,
    person: PersonId,
    typed: &str,
) -> Result<Option<Right>, StoreError> {
    let Some(stored) = tx.second_factor(person).await? else { return Ok(None) };
    let (typed, now) = (totp::plain(typed), state.now());
    // Without the installation's secret the recovery codes are left.
    if let Some(secret) = state.secrets.unseal(person.0.as_bytes(), &stored.secret)
        && let Some(step) = totp::steps(now, stored.last_step).find(|step| code(&secret, *step) == typed)
    {
        tx.second_factor_used(person, step, now).await?;
        return Ok(Some(Right::Code));
    }
    let taken = stored.since.is_some() && tx.take_recovery_code(person, &hash(&typed)).await?;
    Ok(taken.then_some(Right::RecoveryCode))
}

/// It weighs: the password was typed lately.
pub async fn end(state: &Services, session: &Session, author: &Author) -> Result<(), Error> {
    confirmed(state, session)?;
    let entry = state.audit(session.office.id, author, Act::SecondFactorRemoved, subject(&session.person));
    let mut tx = state.store.write().await?;
    tx.end_second_factor(session.person.id).await?;
    tx.put_audit(&entry).await?;
    Ok(tx.commit().await?)
}

/// Ten letters and figures that do not look alike, 50 bits.
fn recovery_code() -> String {
    const SIGNS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789w";
    let mut random = [0; 10];
    rand::rng().fill_bytes(&mut random);
    let signs = random.iter().map(|byte| char::from(SIGNS[usize::from(byte % 32)]));
    let signs: String = signs.collect();
    format!("{}-{}", signs.get(..5).unwrap_or_default(), signs.get(5..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, the last six of eight digits.
        for (seconds, expected) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
            assert_eq!(code(b"12345678901234567890", seconds / 30), expected);
        }
    }
}
