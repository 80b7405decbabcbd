//! 消息: the inbox, the rules of who is told what, and the ways out of the house.
//!
//! [`make()`] works out from the records what has to be told and writes what is not there yet, with a delivery for each channel
//! that carries such notices; [`deliver()`] sends what waits. Both are done by jobs, over and over, and cut off anywhere they
//! lose nothing: a notice has a key, a delivery its channel and notice, and a try is counted before it is made.

mod channels;
mod deliver;
mod fence;
mod http;
mod mail;
mod make;
mod message;
mod parties;
mod push;
mod robots;
mod sms;
mod webhook;

pub use channels::{change_channel, change_rules, file, retire_channel};
pub use deliver::deliver;
pub use fence::{Fenced, is_public};
pub use make::{Made, make};
pub use parties::{deliver_to_parties, make_for_parties};
pub use push::{push_key, subscribe, unsubscribe};

use crate::{asker::Asker, error::Error, services::Services};
use domain::{
    id::NoticeId,
    limits::{Field, NOTICES, OverLimit, check_count},
    notice::Notice,
    text::Lang,
};

/// Notices that the desk's inbox shows: what is older is no news.
const SHOWN: u32 = 200;

/// One's own, the newest first.
pub async fn inbox(state: &Services, by: &Asker) -> Result<Vec<Notice>, Error> {
    Ok(state.store.notices(by.actor.office, by.actor.person, SHOWN).await?)
}

/// How many of one's own wait to be read.
pub async fn unseen(state: &Services, by: &Asker) -> Result<u64, Error> {
    Ok(state.store.unseen_notices(by.actor.office, by.actor.person).await?)
}

/// Notes that one's own were seen. Twice is once, and what is somebody else's stays as it is.
pub async fn see(state: &Services, by: &Asker, notices: &[NoticeId]) -> Result<(), Error> {
    check_count(Field::Notices, notices.len(), NOTICES).map_err(|over| invalid(by.lang, over))?;
    let mut tx = state.store.write().await?;
    if tx.see_notices(by.actor.office, by.actor.person, notices, state.now()).await? > 0 {
        tx.commit().await?;
    }
    Ok(())
}

fn invalid(lang: Lang, over: OverLimit) -> Error {
    Error::invalid(over.field.as_str(), i18n::limits::over(lang, over))
}
