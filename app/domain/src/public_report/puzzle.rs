//! What a browser reckons before it may send: work that costs a person a moment, and whoever sends by the thousand an hour.
//! No picture to be guessed, and nobody else is asked.

use sha2::{Digest, Sha256};

/// Bits of zero at the beginning of the hash: some seconds of a slow phone at the most.
pub const USUAL_DIFFICULTY: u8 = 16;
/// Fewer are no work.
pub const LEAST_DIFFICULTY: u8 = 8;
/// More keep an old phone busy for minutes.
pub const MOST_DIFFICULTY: u8 = 22;

/// Whether the SHA-256 of `question.answer` begins with so many zero bits.
pub fn solves(question: &str, answer: &str, difficulty: u8) -> bool {
    let hash: [u8; 32] = Sha256::digest(format!("{question}.{answer}")).into();
    let mut zeros = 0_u32;
    for byte in &hash {
        zeros += byte.leading_zeros();
        if *byte != 0 {
            break;
        }
    }
    zeros >= u32::from(difficulty)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_found_by_trying_and_fits_its_question_alone() {
        let answer = (0..u32::MAX).map(|n| n.to_string()).find(|answer| solves("q", answer, 10)).unwrap();
        assert!(solves("q", &answer, 10) && solves("q", &answer, 0));
        assert!(!solves("another", &answer, 10));
        assert!(!solves("q", &answer, u8::MAX));
    }
}
