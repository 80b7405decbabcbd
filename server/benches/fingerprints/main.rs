//! Photos that were used before: how many of them are found whatever was done to them, how many innocent ones are
//! suspected, and how long it takes to look among ten thousand, a hundred thousand and a million.
//!
//! A number after `--` makes the largest look-up smaller: `cargo bench --bench fingerprints -- 0.1`.

#![expect(clippy::unwrap_used, reason = "a bench that cannot go on may panic")]

mod changes;
mod lookup;
#[expect(dead_code, reason = "the tests' office can do more than is measured here")]
#[expect(unused_imports, reason = "nobody makes visits here")]
#[path = "../../tests/api/office.rs"]
mod office;
mod quality;

#[tokio::main]
async fn main() {
    let scale = std::env::args().find_map(|word| word.parse::<f64>().ok()).unwrap_or(1.0);
    quality::table();
    lookup::table(scale).await;
}
