//! What is made of a photo once it has arrived: small pictures, and what it looks like, compared with all before it.

use super::JobError;
use crate::{blobs::Variant, picture::decoded, state::AppState};
use domain::{
    id::OfficeId,
    photo::{Grey, Look, PhotoFacts, PhotoHash},
};
use image::{DynamicImage, ImageFormat};
use std::io::Cursor;
use tokio::task::spawn_blocking;

/// Pixels of the long edge of each.
const SMALL: [(Variant, u32); 2] = [(Variant::Preview, 1024), (Variant::Thumbnail, 320)];

/// Pixels of the long edge of what is looked at; finer detail tells nothing more.
const LOOKED_AT: u32 = 512;

/// Bits of 256 up to which a likeness is written down; thresholds lie below.
const WORTH_NOTING: u32 = 100;

/// Likenesses of one photo; a wall that everybody photographs has more.
const MOST_ALIKE: usize = 64;

pub(super) async fn work(state: &AppState, office: OfficeId, subject: &str) -> Result<(), JobError> {
    let Ok(hash) = subject.parse::<PhotoHash>() else { return Ok(()) };
    let Some(known) = state.store.photo(office, &hash).await? else { return Ok(()) };
    let Some(bytes) = state.blobs.get(&hash, Variant::Original).await? else { return Ok(()) };
    let developed = spawn_blocking(move || develop(&bytes, &known.facts)).await.ok().flatten();
    let Developed { small, look } = developed.unwrap_or_default();
    for (variant, bytes) in small {
        if !state.blobs.has(&hash, variant).await? {
            state.blobs.put(&hash, variant, &bytes).await?;
        }
    }
    let Some(look) = look else {
        // Nobody here can read it, as HEIC, or it shows nothing: that is written down, so that nobody looks again.
        return Ok(note(state, office, &hash, None, &[]).await?);
    };
    let near = state.store.looks_near(office, &look).await?;
    let others = near.into_iter().filter(|(other, _)| *other != hash);
    let mut alike: Vec<_> = others.map(|(other, its)| (other, look.distance(&its).fine)).collect();
    alike.retain(|(_, bits)| *bits <= WORTH_NOTING);
    alike.sort_by_key(|(_, bits)| *bits);
    alike.truncate(MOST_ALIKE);
    Ok(note(state, office, &hash, Some(&look), &alike).await?)
}

async fn note(
    state: &AppState,
    office: OfficeId,
    hash: &PhotoHash,
    look: Option<&Look>,
    alike: &[(PhotoHash, u32)],
) -> Result<(), crate::storage::StoreError> {
    let mut tx = state.store.write().await?;
    tx.put_look(office, hash, look, alike).await?;
    tx.commit().await
}

#[derive(Default)]
struct Developed {
    small: Vec<(Variant, Vec<u8>)>,
    /// None of a blank picture.
    look: Option<Look>,
}

/// None where the bytes are no picture that can be read here.
fn develop(bytes: &[u8], facts: &PhotoFacts) -> Option<Developed> {
    let whole = decoded(bytes)?;
    let look = look(&whole, facts);
    // Each from the one before it.
    let mut picture = whole;
    let mut small = vec![];
    for (variant, edge) in SMALL {
        if picture.width().max(picture.height()) > edge {
            picture = picture.thumbnail(edge, edge);
        }
        small.push((variant, jpeg(&picture)?));
    }
    Some(Developed { small, look })
}

fn look(whole: &DynamicImage, facts: &PhotoFacts) -> Option<Look> {
    let grey = whole.thumbnail(LOOKED_AT, LOOKED_AT).into_luma8();
    let (width, height) = grey.dimensions();
    let band = (u64::from(facts.band) * u64::from(height)).div_ceil(u64::from(whole.height()).max(1));
    let band = u32::try_from(band).unwrap_or(u32::MAX);
    let grey = Grey::new(width, height, grey.into_raw())?.without_band(band);
    (!grey.is_blank()).then(|| Look::of(&grey))
}

fn jpeg(picture: &DynamicImage) -> Option<Vec<u8>> {
    let mut out = Cursor::new(Vec::new());
    picture.to_rgb8().write_to(&mut out, ImageFormat::Jpeg).ok()?;
    Some(out.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use domain::id::PersonId;
    use image::{Luma, RgbImage, imageops};
    use uuid::Uuid;

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
            band,
        }
    }

    fn picture() -> RgbImage {
        RgbImage::from_fn(1600, 1200, |x, y| {
            let wave = |n: f32| ((x as f32 / 1600.0 * n).sin() + (y as f32 / 1200.0 * n * 0.7).cos()) * 60.0;
            image::Rgb([(127.0 + wave(9.0) + wave(4.0)) as u8; 3])
        })
    }

    fn bytes(picture: &RgbImage) -> Vec<u8> {
        jpeg(&picture.clone().into()).unwrap()
    }

    #[test]
    fn a_picture_shrinks_twice_and_anything_else_gives_none() {
        let Developed { small, .. } = develop(&bytes(&picture()), &facts(0)).unwrap();
        let sizes = small.iter().map(|(variant, bytes)| {
            let small = image::load_from_memory(bytes).unwrap();
            (*variant, small.width(), small.height())
        });
        assert!(sizes.eq([(Variant::Preview, 1024, 768), (Variant::Thumbnail, 320, 240)]));
        assert!(develop(b"not a picture", &facts(0)).is_none());
    }

    #[test]
    fn a_picture_that_shows_nothing_is_like_no_other() {
        let wall = RgbImage::from_fn(800, 600, |x, _| image::Rgb([120 + (x / 200) as u8; 3]));
        let Developed { small, look } = develop(&bytes(&wall), &facts(0)).unwrap();
        assert_eq!((small.len(), look), (2, None));
    }

    #[test]
    fn the_stamp_below_a_picture_is_no_part_of_its_look() {
        let plain = picture();
        let mut stamped = RgbImage::from_pixel(1600, 1336, image::Rgb([18; 3]));
        imageops::replace(&mut stamped, &plain, 0, 0);
        for x in (0..1600).step_by(3) {
            stamped.put_pixel(x, 1260, image::Rgb([Luma([250])[0]; 3]));
        }
        let look = |picture: &RgbImage, band| develop(&bytes(picture), &facts(band)).unwrap().look.unwrap();
        assert!(look(&stamped, 136).distance(&look(&plain, 0)).fine <= 4);
    }
}
