//! Sums of money, and what is wrong where somebody wrote one.

use domain::fen::{Fen, NotASum};

messages! {
    /// The figures have commas and two places.
    yuan(figures: &str) = "{figures} 元", "¥{figures}";

    missing = "请写金额，不花钱就写 0", "Enter a sum; 0 where it costs nothing";
    unreadable = "看不懂这个金额，请写数字，例如 2000 或 1.5万；不花钱就写 0", "This is not read as a sum. Enter a number such as 2000; 0 where it costs nothing";
    too_fine = "金额最小到分，小数点后最多两位", "A sum goes down to a fen: at most two decimal places";
    too_much = "金额太大，最多 100 亿元，请核对", "This sum is too large: at most 10 billion yuan. Check it";
}

/// `2,000.00 元`, `¥2,000.00`
pub fn sum(lang: Lang, sum: Fen) -> String {
    yuan(lang, &sum.to_string())
}

/// What is wrong and what to do.
pub const fn not_a_sum(lang: Lang, why: NotASum) -> &'static str {
    match why {
        NotASum::Missing => missing(lang),
        NotASum::Unreadable => unreadable(lang),
        NotASum::TooFine => too_fine(lang),
        NotASum::TooMuch => too_much(lang),
    }
}
