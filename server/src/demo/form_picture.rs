//! 示例图 of the demonstration: the gauge of an extinguisher with its needle in the green, drawn as `gauge.svg`.

use chrono::{DateTime, Utc};
use domain::{
    attachment::AttachmentFacts,
    form::{Entry, QuestionPicture},
    id::PersonId,
    photo::{Format, PhotoFacts, PhotoHash},
    text::Bilingual,
};

/// `gauge.svg` as a JPEG.
pub(super) const GAUGE: &[u8] = include_bytes!("gauge.jpg");
const WIDE: u32 = 640;
const HIGH: u32 = 480;

pub(super) fn image() -> PhotoHash {
    PhotoHash::of(GAUGE)
}

/// As if this person had added it at the desk.
pub(super) fn facts(by: PersonId, at: DateTime<Utc>) -> AttachmentFacts {
    AttachmentFacts::Photo(PhotoFacts {
        hash: image(),
        bytes: GAUGE.len() as u64,
        media_type: Format::Jpeg.media_type().to_owned(),
        width: WIDE,
        height: HIGH,
        at,
        by,
        location: None,
        original: None,
        camera: None,
        source: None,
        caption_height: 0,
    })
}

/// Puts it to this question, wherever it stands.
pub(super) fn show(entries: &mut [Entry], question: &str) {
    for entry in entries {
        match entry {
            Entry::Group(group) => show(&mut group.entries, question),
            Entry::Repeat(repeat) => show(&mut repeat.entries, question),
            Entry::Question(found) => {
                if found.id.as_str() == question {
                    found.picture = Some(QuestionPicture { image: image(), description: description() });
                }
            }
        }
    }
}

fn description() -> Bilingual {
    Bilingual::new("灭火器压力表，指针在绿色区域", "The gauge of an extinguisher, its needle in the green")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_what_is_said_of_it_and_no_larger_than_an_authors() {
        let picture = image::load_from_memory_with_format(GAUGE, image::ImageFormat::Jpeg).unwrap();
        assert_eq!((picture.width(), picture.height()), (WIDE, HIGH));
        assert!(GAUGE.len() as u64 <= QuestionPicture::LARGEST);
    }
}
