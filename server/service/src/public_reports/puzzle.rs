//! The puzzle that a browser solves before it may send. The server keeps nothing of it before it is solved: the question says
//! until when it counts, for which office, how hard it is, and bears a mark that only this installation makes.

use crate::services::Services;
use chrono::{DateTime, Duration, Utc};
use domain::{id::OfficeId, public_report::solves};
use rand::Rng;

/// For so long a question can be answered: long enough to write and to take a photo.
const LIFE: Duration = Duration::hours(1);

/// A question that was asked here and lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Solved {
    /// Its random part.
    pub token: String,
    pub until: DateTime<Utc>,
}

/// `1764000000.16.00ff….mark`
pub(super) fn asked(state: &Services, office: OfficeId, difficulty: u8) -> String {
    let mut random = [0; 16];
    rand::rng().fill_bytes(&mut random);
    let until = (state.now() + LIFE).timestamp();
    let open = format!("{until}.{difficulty}.{}", hex::encode(random));
    format!("{open}.{}", mark(state, office, &open))
}

fn mark(state: &Services, office: OfficeId, open: &str) -> String {
    let mark = state.secrets.mark("puzzle of a public report", &[office.0.as_bytes(), open.as_bytes()]);
    hex::encode(mark)
}

/// None where it was not asked here, is over, or is not solved.
pub(super) fn checked(state: &Services, office: OfficeId, question: &str, answer: &str) -> Option<Solved> {
    let (open, said) = question.rsplit_once('.')?;
    let mut parts = open.split('.');
    let until: i64 = parts.next()?.parse().ok()?;
    let difficulty: u8 = parts.next()?.parse().ok()?;
    let token = parts.next()?.to_owned();
    let until = DateTime::from_timestamp(until, 0)?;
    let fits = parts.next().is_none() && answer.len() <= 20 && until > state.now();
    // The mark tells nobody anything who compares it byte by byte: a new question has a new one.
    let is_ours = fits && mark(state, office, open) == said && solves(question, answer, difficulty);
    is_ours.then_some(Solved { token, until })
}

/// What solves a question: for tests, benches and the demonstration, which reckon as a browser does.
pub fn solve(question: &str) -> String {
    let difficulty = question.split('.').nth(1).and_then(|word| word.parse().ok()).unwrap_or_default();
    (0..u64::MAX)
        .map(|n| n.to_string())
        .find(|answer| solves(question, answer, difficulty))
        .unwrap_or_default()
}
