//! # 双随机抽取: sites and people by chance, so that anybody can compute it again and nobody can foresee it
//!
//! [`freeze`](FrozenDraw::freeze) fixes the list, the method and where the seed will come from, and gives a fingerprint; that is
//! published ([`announce`](PublishedDraw::announce)). Then the seed becomes known, and with it the result
//! ([`draw`](PublishedDraw::draw)). The file with all of it proves by itself that each part is what it was
//! ([`check`](PublishedDraw::check)). A draw that cannot go on is void ([`voided`](PublishedDraw::voided)), and stays.
//!
//! Chance and time are arguments. There is no floating point, so that every language computes the same, and
//! `end2end/draw-check.mjs` does it in sixty lines that share nothing with these.
//!
//! ## To the byte
//!
//! `H(label, a, b, …)` is the SHA-256 of the UTF-8 of the list `["xunan-draw-1", label, a, b, …]` in canonical JSON (RFC 8785: fields
//! by the alphabet, no blanks). Hashes and salts are 64 lower-case hexadecimal digits, and are hashed as such texts. Everything
//! else is hashed as it stands in the file ([`PublishedDraw`]).
//!
//! | in the file | is |
//! | --- | --- |
//! | `digests.plan`, `.population`, `.method`, `.source`, `.salt` | `H("plan", frozen.plan)`, and so on with each part of `frozen` |
//! | `fingerprint` | `H("fingerprint", digests.plan, digests.population, digests.method, digests.source, digests.salt)` |
//! | a commitment's `digest` | `H("commitment", name, words, salt)` |
//! | `seed.value`, from a public source | `H("seed", fingerprint, [words])` |
//! | `seed.value`, from commitments, in their order | `H("seed", fingerprint, [words, salt, words, salt, …])` |
//! | `result.digest` | `H("result", result.sites)` |
//!
//! **Sites.** The list is gone through in the order of the file. For the steps `n` = 1, 2, … until as many as are wanted are drawn:
//! `W` is the sum of the weights of those that are left, `r` is `H("site", seed.value, n)`, read as a 256-bit number whose first
//! digit is the highest, modulo `W`. From the first that is left on, weights are taken from `r`; the site whose weight is more
//! than what then remains of `r` is drawn, and left out from there on. So each has, at each step, the chance of its weight.
//!
//! **People.** For each drawn site, in the order of drawing: of the people who may go there (`avoids` does not name the site,
//! `parties` not its `party`, and with `method.avoid_own_grid` `grids` not its `grid`) those with the least workload are sent;
//! among equals those with the smaller `H("person", seed.value, site, person)`. Whoever is sent has one visit more from there on.

mod check;
mod digest;
mod error;
mod frozen;
mod method;
mod population;
mod published;
mod seed;
mod selection;

pub use check::DrawFault;
pub use digest::{Digest, NotHex, Salt};
pub use error::DrawError;
pub use frozen::{DrawPart, DrawPlan, FrozenDraw, PartDigests};
pub use method::{METHOD, Method};
pub use population::{Avoidance, DrawPerson, DrawSite, Population};
pub use published::{DrawFormat, DrawResult, NotADraw, PublishedDraw, VoidDraw, VoidReason};
pub use seed::{Commitment, Reveal, Revealed, Seed, SeedSource};
pub use selection::DrawnSite;
