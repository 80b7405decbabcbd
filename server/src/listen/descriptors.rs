//! How many connections the system lets us have.

use super::connections::Most;

/// What is needed beside connections: the database, photos being written, the log, other servers.
const OTHERS: u64 = 224;

/// An office behind one address.
const OF_ONE: usize = 1024;

/// Takes as many descriptors as the system allows, and says how many connections that makes, `wanted` at the most.
pub(super) fn most(wanted: usize) -> Most {
    let wanted = u64::try_from(wanted).unwrap_or(u64::MAX).max(16);
    let has = raised(wanted + OTHERS);
    let all = wanted.min(has.saturating_sub(OTHERS).max(has / 2));
    let all = usize::try_from(all).unwrap_or(usize::MAX);
    if all < usize::try_from(wanted).unwrap_or(usize::MAX) {
        tracing::warn!(
            descriptors = has,
            connections = all,
            "the system allows fewer connections than asked for"
        );
    }
    Most { all, of_one: OF_ONE.min(all / 2) }
}

#[cfg(unix)]
fn raised(needed: u64) -> u64 {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let now = getrlimit(Resource::Nofile);
    let Some(soft) = now.current.filter(|soft| *soft < needed) else {
        return now.current.unwrap_or(u64::MAX);
    };
    let wanted = now.maximum.map_or(needed, |hard| hard.min(needed));
    match setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum: now.maximum }) {
        Ok(()) => wanted.max(soft),
        Err(error) => {
            tracing::warn!(%error, soft, "the limit of descriptors stays as it is");
            soft
        }
    }
}

#[cfg(not(unix))]
fn raised(_: u64) -> u64 {
    1024
}
