//! What is made of a photo once it has arrived: small pictures, and what it looks like, compared with all before it.
//!
//! Here it is unpacked, once. What cannot be is written down as damaged: the phone that sent it is told when it asks for the
//! receipt again, the desk with what speaks against the photo, and nothing is accepted by it ([`domain::integrity`]).

use super::{Context, Job, JobError, Priority};
use crate::{
    blobs::Variant,
    picture::{Picture, decoded, outline, slots, small},
    services::Services,
    storage::{NewJob, StoreError, StoredAttachment},
};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    id::OfficeId,
    photo::{Format, Grey, ImageFingerprint, PhotoFacts, PhotoHash},
};
use image::DynamicImage;
use serde::{Deserialize, Serialize};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Pixels of the long edge of each.
const SMALL: [(Variant, u32); 2] = [(Variant::Preview, 1024), (Variant::Thumbnail, 320)];

/// Pixels of the long edge of what is looked at; finer detail tells nothing more.
const LOOKED_AT: u32 = 512;

/// Bits of 256 up to which a likeness is written down; thresholds lie below.
const WORTH_NOTING: u32 = 100;

/// Likenesses of one photo; a wall that everybody photographs has more.
const MOST_ALIKE: usize = 64;

/// A photo of this office whose bytes are stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcessPhoto {
    pub office: OfficeId,
    pub photo: PhotoHash,
}

#[async_trait]
impl Job for ProcessPhoto {
    const NAME: &'static str = "process_photo";
    const PRIORITY: Priority = Priority::Low;
    /// Half a day.
    const ATTEMPTS: u32 = 20;

    fn office(&self) -> Option<OfficeId> {
        Some(self.office)
    }

    fn key(&self) -> String {
        self.photo.to_string()
    }

    /// Makes and stores the small pictures, and compares what it looks like. Where there is no such photo, nothing.
    async fn run(&self, context: &Context) -> Result<(), JobError> {
        let Self { office, photo } = self;
        let state = &context.state;
        let known = state.store.attachment(*office, photo).await?.and_then(StoredAttachment::photo);
        let Some(known) = known else { return Ok(()) };
        let Some(bytes) = state.blobs.get(photo, Variant::Original).await? else { return Ok(()) };
        match unpacked(bytes, known.facts).await? {
            Unpacked::Picture { small, fingerprint } => {
                for (variant, bytes) in small {
                    state.blobs.put(photo, variant, &bytes).await?;
                }
                self.compare(state, fingerprint.as_deref()).await.map_err(JobError::from)
            }
            Unpacked::NotHere => self.compare(state, None).await.map_err(JobError::from),
            Unpacked::Damaged => {
                tracing::warn!(%office, %photo, "a photo cannot be unpacked: it proves nothing");
                let mut tx = state.store.write().await?;
                tx.put_damaged_photo(*office, photo).await?;
                Ok(tx.commit().await?)
            }
        }
    }
}

/// The job of a photo that has arrived, for the queue that notes its arrival.
pub fn wanted(office: OfficeId, photo: PhotoHash, now: DateTime<Utc>) -> Result<NewJob, StoreError> {
    super::new(&ProcessPhoto { office, photo }, now)
}

impl ProcessPhoto {
    /// Writes down what it looks like, and which others are nearly the same. None where nobody here reads its kind, or where
    /// it shows nothing; that is written down too, so that nobody looks again.
    ///
    /// The look comes first, in a commit of its own: whoever compares after that finds those of all who compare at the same
    /// time.
    async fn compare(
        &self,
        state: &Services,
        fingerprint: Option<&ImageFingerprint>,
    ) -> Result<(), StoreError> {
        let Self { office, photo } = self;
        let mut tx = state.store.write().await?;
        tx.put_fingerprint(*office, photo, fingerprint, &[]).await?;
        tx.commit().await?;
        let Some(fingerprint) = fingerprint else { return Ok(()) };
        let near = state.store.fingerprints_near(*office, fingerprint).await?;
        let others = near.into_iter().filter(|(other, _)| other != photo);
        let mut alike: Vec<_> = others.map(|(other, its)| (other, fingerprint.distance(&its).fine)).collect();
        alike.retain(|(_, bits)| *bits <= WORTH_NOTING);
        alike.sort_by_key(|(_, bits)| *bits);
        alike.truncate(MOST_ALIKE);
        if alike.is_empty() {
            return Ok(());
        }
        let mut tx = state.store.write().await?;
        tx.put_fingerprint(*office, photo, Some(fingerprint), &alike).await?;
        tx.commit().await
    }
}

/// What there is in the bytes of a photo.
enum Unpacked {
    Picture {
        small: Vec<(Variant, Vec<u8>)>,
        /// None of a blank picture.
        fingerprint: Option<Box<ImageFingerprint>>,
    },
    /// HEIC, which nobody here reads.
    NotHere,
    /// Nothing that anybody could see.
    Damaged,
}

async fn unpacked(bytes: Vec<u8>, facts: PhotoFacts) -> Result<Unpacked, JobError> {
    let done = match outline(&bytes) {
        Ok(outline) if outline.format == Format::Heif => Some(Unpacked::NotHere),
        Ok(outline) => {
            let work = move || {
                // What a decoder panics at is as damaged as what it refuses.
                let picture = catch_unwind(AssertUnwindSafe(|| decoded(&bytes, &outline).ok()));
                match picture.ok().flatten() {
                    Some(picture) => process(picture, &facts),
                    None => damaged(&bytes, &facts),
                }
            };
            slots::behind(outline.memory, work).await.flatten()
        }
        Err(_) => damaged(&bytes, &facts),
    };
    done.ok_or_else(|| JobError::Retry("nothing could be made of the picture as it is stored".to_owned()))
}

/// None where the storage has damaged it, and not whoever sent it: somebody may mend that.
fn damaged(bytes: &[u8], facts: &PhotoFacts) -> Option<Unpacked> {
    (PhotoHash::of(bytes) == facts.hash).then_some(Unpacked::Damaged)
}

/// None only where a small picture cannot be written.
fn process(whole: Picture, facts: &PhotoFacts) -> Option<Unpacked> {
    let rows = whole.height();
    let [(preview, edge), (thumbnail, smaller)] = SMALL;
    // Each from the larger one, which shows as much.
    let larger = whole.within(edge);
    let small = small::within(&larger, smaller).unwrap_or_else(|| larger.clone());
    let looked_at = small::within(&larger, LOOKED_AT).unwrap_or_else(|| larger.clone());
    let fingerprint = fingerprint(looked_at, rows, facts).map(Box::new);
    let small = vec![(preview, small::jpeg(larger)?), (thumbnail, small::jpeg(small)?)];
    Some(Unpacked::Picture { small, fingerprint })
}

/// `rows`: of the whole picture, its caption among them.
fn fingerprint(picture: DynamicImage, rows: u32, facts: &PhotoFacts) -> Option<ImageFingerprint> {
    let grey = picture.into_luma8();
    let (width, height) = grey.dimensions();
    let band = (u64::from(facts.caption_height) * u64::from(height)).div_ceil(u64::from(rows).max(1));
    let band = u32::try_from(band).unwrap_or(u32::MAX);
    let grey = Grey::new(width, height, grey.into_raw())?.without_caption(band);
    (!grey.is_blank()).then(|| ImageFingerprint::of(&grey))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::MOST_MEMORY;
    use domain::id::PersonId;
    use image::{Luma, RgbImage, imageops};
    use serde_json::json;
    use uuid::Uuid;

    /// It lies in databases.
    #[test]
    fn what_is_stored_of_it_keeps_its_shape() {
        let job = ProcessPhoto { office: OfficeId(Uuid::from_u128(7)), photo: PhotoHash::of(b"") };
        let stored = json!({
            "office": "00000000-0000-0000-0000-000000000007",
            "photo": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        });
        assert_eq!(serde_json::to_value(&job).unwrap(), stored);
        assert_eq!(serde_json::from_value::<ProcessPhoto>(stored).unwrap(), job);
    }

    type Small = Vec<(Variant, Vec<u8>)>;

    fn processed(bytes: &[u8], facts: &PhotoFacts) -> Option<(Small, Option<ImageFingerprint>)> {
        let outline = outline(bytes).ok()?;
        assert!(outline.memory < MOST_MEMORY);
        match process(decoded(bytes, &outline).ok()?, facts)? {
            Unpacked::Picture { small, fingerprint } => Some((small, fingerprint.map(|known| *known))),
            Unpacked::NotHere | Unpacked::Damaged => None,
        }
    }

    fn facts(band: u32) -> PhotoFacts {
        PhotoFacts {
            hash: PhotoHash::of(b""),
            bytes: 0,
            media_type: "image/jpeg".into(),
            width: 0,
            height: 0,
            at: DateTime::UNIX_EPOCH,
            by: PersonId(Uuid::nil()),
            location: None,
            original: None,
            camera: None,
            source: None,
            caption_height: band,
        }
    }

    fn picture() -> RgbImage {
        RgbImage::from_fn(1600, 1200, |x, y| {
            let wave = |n: f32| ((x as f32 / 1600.0 * n).sin() + (y as f32 / 1200.0 * n * 0.7).cos()) * 60.0;
            image::Rgb([(127.0 + wave(9.0) + wave(4.0)) as u8; 3])
        })
    }

    fn bytes(picture: &RgbImage) -> Vec<u8> {
        small::jpeg(picture.clone().into()).unwrap()
    }

    #[test]
    fn a_picture_shrinks_twice_and_anything_else_gives_none() {
        let (small, _) = processed(&bytes(&picture()), &facts(0)).unwrap();
        let sizes = small.iter().map(|(variant, bytes)| {
            let small = image::load_from_memory(bytes).unwrap();
            (*variant, small.width(), small.height())
        });
        assert!(sizes.eq([(Variant::Preview, 1024, 768), (Variant::Thumbnail, 320, 240)]));
        assert!(processed(b"not a picture", &facts(0)).is_none());
    }

    #[test]
    fn a_picture_that_shows_nothing_is_like_no_other() {
        let wall = RgbImage::from_fn(800, 600, |x, _| image::Rgb([120 + (x / 200) as u8; 3]));
        let (small, fingerprint) = processed(&bytes(&wall), &facts(0)).unwrap();
        assert_eq!((small.len(), fingerprint), (2, None));
    }

    #[test]
    fn the_stamp_below_a_picture_is_no_part_of_its_fingerprint() {
        let plain = picture();
        let mut stamped = RgbImage::from_pixel(1600, 1336, image::Rgb([18; 3]));
        imageops::replace(&mut stamped, &plain, 0, 0);
        for x in (0..1600).step_by(3) {
            stamped.put_pixel(x, 1260, image::Rgb([Luma([250])[0]; 3]));
        }
        let fingerprint =
            |picture: &RgbImage, band| processed(&bytes(picture), &facts(band)).unwrap().1.unwrap();
        assert!(fingerprint(&stamped, 136).distance(&fingerprint(&plain, 0)).fine <= 4);
    }
}
