//! # The picture of a question
//!
//! A workbook names a file and does not hold it. The office's own pictures are called by what they hold, `HASH.jpg`: a
//! workbook of ours finds them again. Any other file is named to the author, who adds it in the editor.

use super::{fault::Problem, read::Reading, table::Line};
use domain::{form::QuestionPicture, id::QuestionId, photo::PhotoHash, text::Bilingual};

/// A picture that a question is to have, and that is still to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedPicture {
    pub question: QuestionId,
    /// As the workbook names it.
    pub file: String,
    pub description: Option<Bilingual>,
}

impl<'a> Reading<'a> {
    pub(super) fn picture(&mut self, line: Line<'a>, question: &str) -> Option<QuestionPicture> {
        let description = self.text(line, "picture");
        let files = line.texts("image");
        let Some((place, file)) = files.first().cloned() else {
            if description.is_some() {
                self.tell(line.at("image"), Problem::Missing("media::image"));
            }
            return None;
        };
        if let Some((place, _)) = files.iter().find(|(_, other)| *other != file) {
            self.tell(place.clone(), Problem::OnePicture);
        }
        let Some(image) = image_of(file).filter(|image| self.holds(image)) else {
            self.tell(place, Problem::PictureToAdd(file.to_owned()));
            let question = QuestionId::from(question);
            self.wanted.push(WantedPicture { question, file: file.to_owned(), description });
            return None;
        };
        if description.is_none() {
            self.tell(line.at("picture"), Problem::Missing("picture_zh"));
        }
        Some(QuestionPicture { image, description: description.unwrap_or_default() })
    }

    fn holds(&self, image: &PhotoHash) -> bool {
        self.pictures.is_none_or(|held| held.contains(image))
    }
}

/// With or without an ending.
fn image_of(file: &str) -> Option<PhotoHash> {
    let name = file.split_once('.').map_or(file, |(name, _)| name);
    name.parse().ok()
}

/// As [`image_of`] reads it.
pub fn image_file(image: &PhotoHash) -> String {
    format!("{image}.jpg")
}
