//! What becomes of a job after an attempt. Pure.

use super::JobError;
use crate::storage::JobEnd;
use chrono::{DateTime, Duration, Utc};

/// After the first failed attempt; twice as long after each further one.
const FIRST: Duration = Duration::seconds(10);

const LONGEST: Duration = Duration::hours(1);

/// Where what the work needs does not answer.
const AWAY: Duration = Duration::minutes(5);

/// Characters of an error that are kept.
const MOST_KEPT: usize = 500;

/// How long to wait after this failed attempt, counted from 1.
pub fn delay(attempt: u32) -> Duration {
    let doubled = 1_i32 << attempt.saturating_sub(1).min(20);
    (FIRST * doubled).min(LONGEST)
}

/// `attempt` is counted from 1; `most` of them are made.
pub fn end_of(outcome: Result<(), JobError>, attempt: u32, most: u32, now: DateTime<Utc>) -> JobEnd {
    match outcome {
        Ok(()) => JobEnd::Done,
        Err(JobError::Unavailable(error)) => {
            JobEnd::Later { run_at: now + AWAY, attempts: attempt.saturating_sub(1), failure: kept(&error) }
        }
        Err(JobError::Retry(error)) if attempt < most => {
            JobEnd::Later { run_at: now + delay(attempt), attempts: attempt, failure: kept(&error) }
        }
        Err(JobError::Retry(error) | JobError::GiveUp(error)) => {
            JobEnd::Failed { at: now, failure: kept(&error) }
        }
    }
}

/// An error's words as they are stored and shown: one line of bounded length, in which no address holds a password or a
/// key, whoever's error it was.
pub fn kept(error: &str) -> String {
    let words: Vec<_> = error.split_whitespace().map(without_secrets).collect();
    words.join(" ").chars().filter(|letter| !letter.is_control()).take(MOST_KEPT).collect()
}

/// Of `scheme://user:password@host/path?token=…` what names no secret.
fn without_secrets(word: &str) -> String {
    const SECRET: [&str; 5] = ["password", "secret", "token", "key", "signature"];
    if let Some((scheme, rest)) = word.split_once("://") {
        let place = rest.rsplit_once('@').map_or(rest, |(_, place)| place);
        return format!("{scheme}://{}", place.split('?').next().unwrap_or_default());
    }
    match word.split_once(['=', ':']) {
        Some((name, value)) if !value.is_empty() => {
            let lower = name.to_lowercase();
            let is_secret = SECRET.iter().any(|secret| lower.ends_with(secret));
            if is_secret { format!("{name}=…") } else { word.to_owned() }
        }
        Some(_) | None => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn now() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 24, 2, 0, 0).unwrap()
    }

    fn seconds(attempt: u32) -> i64 {
        delay(attempt).num_seconds()
    }

    #[test]
    fn delays_double_up_to_an_hour() {
        assert_eq!([1, 2, 3, 4].map(seconds), [10, 20, 40, 80]);
        assert_eq!([8, 9, 10, 11].map(seconds), [1_280, 2_560, 3_600, 3_600]);
        assert_eq!([0, 40, u32::MAX].map(seconds), [10, 3_600, 3_600]);
    }

    #[test]
    fn the_last_attempt_that_fails_is_the_end() {
        let fails = || Err(JobError::Retry("no".to_owned()));
        let later = |seconds, attempts| JobEnd::Later {
            run_at: now() + Duration::seconds(seconds),
            attempts,
            failure: "no".to_owned(),
        };
        assert_eq!(end_of(Ok(()), 1, 3, now()), JobEnd::Done);
        assert_eq!(end_of(fails(), 1, 3, now()), later(10, 1));
        assert_eq!(end_of(fails(), 2, 3, now()), later(20, 2));
        let failed = JobEnd::Failed { at: now(), failure: "no".to_owned() };
        assert_eq!(end_of(fails(), 3, 3, now()), failed);
        assert_eq!(end_of(Err(JobError::GiveUp("no".to_owned())), 1, 3, now()), failed);
        // However long the storage is away.
        for attempt in [1, 3, 100] {
            let away = end_of(Err(JobError::Unavailable("no".to_owned())), attempt, 3, now());
            assert_eq!(away, later(300, attempt - 1));
        }
    }

    #[test]
    fn what_is_kept_of_an_error_is_short_and_holds_no_secret() {
        let told = kept(
            "cannot reach\n postgres://xunan:s3cr3t@p@db.local/city?password=s3cr3t: AWS_SECRET_KEY=s3cr3t token:s3cr3t \u{1b}[31mat key: 7",
        );
        assert_eq!(told, "cannot reach postgres://db.local/city AWS_SECRET_KEY=… token=… [31mat key: 7");
        assert_eq!(kept(&"字".repeat(2_000)).chars().count(), MOST_KEPT);
        assert_eq!(kept("a photo's hash: 7c"), "a photo's hash: 7c");
    }
}
