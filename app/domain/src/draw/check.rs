//! Whether a published draw is what it was: everything computed again.

use super::{Digest, DrawError, DrawPart, DrawResult, PublishedDraw, Seed, SeedSource};

/// What is wrong with a published draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DrawFault {
    /// It is not what its digest was made of.
    Changed(DrawPart),
    /// The fingerprint that was published before is another one: this is another draw.
    OtherFingerprint,
    /// Seed and result are each whole, and the one does not follow from the other: one of them was changed along with its hash.
    NotOfThisSeed,
    /// It should never have been drawn.
    Invalid(DrawError),
    /// It has no result, and is not void.
    Unfinished,
}

impl PublishedDraw {
    /// Everything that is wrong; nothing where it holds. `published`: the fingerprint as it was published before the seed was
    /// known. Without it a file that was made up from end to end holds, too.
    pub fn check(&self, published: Option<&Digest>) -> Vec<DrawFault> {
        let changed = self.digests.changed(&self.frozen.digests());
        let mut faults: Vec<_> = changed.into_iter().map(DrawFault::Changed).collect();
        if self.digests.fingerprint() != self.fingerprint {
            faults.push(DrawFault::Changed(DrawPart::Fingerprint));
        }
        if published.is_some_and(|published| *published != self.fingerprint) {
            faults.push(DrawFault::OtherFingerprint);
        }
        if faults.is_empty() {
            faults.extend(self.validate().err().map(DrawFault::Invalid));
        }
        let frozen_holds = faults.is_empty();
        if let Some(seed) = &self.seed {
            faults.extend(self.check_seed(seed, frozen_holds.then_some(&self.frozen.source)));
        }
        if self.result.as_ref().is_some_and(|result| !result.holds()) {
            faults.push(DrawFault::Changed(DrawPart::Result));
        }
        match (&self.seed, &self.result) {
            (Some(seed), Some(result)) if faults.is_empty() && !self.follows(seed, result) => {
                faults.push(DrawFault::NotOfThisSeed);
            }
            (None, Some(_)) => faults.push(DrawFault::Changed(DrawPart::Seed)),
            (_, None) if self.void.is_none() => faults.push(DrawFault::Unfinished),
            (Some(_), Some(_)) | (_, None) => {}
        }
        faults
    }

    fn follows(&self, seed: &Seed, result: &DrawResult) -> bool {
        self.frozen.select(&seed.value).as_ref() == Ok(&result.sites)
    }

    /// `source`: none where the list or the source itself was changed, of which enough is said.
    fn check_seed(&self, seed: &Seed, source: Option<&SeedSource>) -> Option<DrawFault> {
        // Whichever of the two was changed, the seed is of the other.
        let fingerprints = [self.fingerprint, self.digests.fingerprint()];
        if !fingerprints.iter().any(|fingerprint| seed.revealed.value(fingerprint) == seed.value) {
            return Some(DrawFault::Changed(DrawPart::Seed));
        }
        match source.map(|source| seed.check(source)) {
            None | Some(Ok(())) => None,
            Some(Err(error @ DrawError::SeedTooEarly)) => Some(DrawFault::Invalid(error)),
            Some(Err(_)) => Some(DrawFault::Changed(DrawPart::Seed)),
        }
    }
}
