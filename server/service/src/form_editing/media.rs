//! A workbook and its pictures in one file, as authors of XLSForm pass them on: a ZIP archive of the workbook and, beside it, a
//! folder `media`. What comes is unpacked within limits, and of the pictures only those that the workbook names; what the archive
//! says of sizes decides nothing.

use super::{draft, pictures};
use crate::{asker::Asker, blobs::Variant, error::Error, services::Services};
use authoring::xlsform::{image_file, limits};
use domain::{
    form::{FormSheets, MOST_PICTURES, QuestionPicture, SheetEdit, SheetName},
    id::FormId,
    photo::PhotoHash,
    text::Lang,
};
use encoding_rs::GB18030;
use i18n::form_editing as t;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    time::{Duration, Instant},
};
use workbook::{Limits, UnpackError, archive::Archive, stored};

/// Of the archive, the workbook in it as a file.
const LIMITS: Limits = Limits { unpacked: 64 * 1024 * 1024, ..limits::LIMITS };

/// Bytes of the workbook as a file.
const LARGEST_BOOK: usize = 10 * 1024 * 1024;

/// How long unpacking may take, all files together.
const TIME: Duration = Duration::from_secs(4);

/// Every workbook has it, and nothing else that authors send.
const OF_A_WORKBOOK: &str = "[content_types].xml";

/// A picture as it came, and the file as which the workbook names it.
pub(super) struct Media {
    pub file: String,
    pub bytes: Vec<u8>,
}

/// A workbook with its pictures.
pub(super) struct MediaArchive<'a> {
    archive: Archive<'a>,
    /// Of the files inside, with `/` between folders.
    names: Vec<String>,
    /// Which of them is the workbook.
    book: usize,
    /// Which of them are pictures, by their names without folders, in small letters. The first of a name counts. Sought by each row of a
    /// workbook, and both may be thousands.
    media: BTreeMap<String, usize>,
}

impl<'a> MediaArchive<'a> {
    /// None of whatever holds no workbook, such as a workbook.
    ///
    /// # Errors
    /// [`Error::Invalid`] where it holds several.
    pub(super) fn open(lang: Lang, bytes: &'a [u8]) -> Result<Option<Self>, Error> {
        // What cannot be opened is no workbook either, and is refused as one.
        let Ok(archive) = Archive::open(bytes, LIMITS, Instant::now() + TIME) else { return Ok(None) };
        let names: Vec<_> = archive.names().map(in_letters).collect();
        if names.iter().any(|name| name.eq_ignore_ascii_case(OF_A_WORKBOOK)) {
            return Ok(None);
        }
        let workbooks = names.iter().enumerate().filter(|(_, name)| is_workbook(name));
        let workbooks: Vec<_> = workbooks.map(|(place, _)| place).collect();
        match workbooks[..] {
            [] => Ok(None),
            [book] => {
                let media = pictures_of(&names);
                Ok(Some(Self { archive, names, book, media }))
            }
            [..] => Err(Error::invalid("file", t::several_workbooks(lang))),
        }
    }

    /// The workbook's name and bytes.
    pub(super) fn workbook(&self, lang: Lang) -> Result<(String, Vec<u8>), Error> {
        let name = self.names.get(self.book).map(|name| base(name).to_owned()).unwrap_or_default();
        let bytes = self.archive.whole(self.book, LARGEST_BOOK).map_err(|error| refused(lang, &error))?;
        Ok((name, bytes.unwrap_or_default()))
    }

    /// Pictures that rows name and the office does not hold, as far as they are here. The author is told of the others by
    /// whoever reads the workbook.
    pub(super) fn media(
        &self,
        lang: Lang,
        sheets: &FormSheets,
        held: &BTreeSet<PhotoHash>,
    ) -> Result<Vec<Media>, Error> {
        let known: BTreeSet<_> = held.iter().map(image_file).collect();
        let most = usize::try_from(QuestionPicture::LARGEST_CHOSEN).unwrap_or(usize::MAX);
        let mut media: Vec<Media> = vec![];
        for file in (0..sheets.survey.rows.len()).map(|row| sheets.survey.image(row)) {
            let had = file.is_empty() || known.contains(file) || media.iter().any(|one| one.file == file);
            let Some(place) = self.place_of(file).filter(|_| !had) else { continue };
            if media.len() == MOST_PICTURES {
                return Err(Error::invalid("file", t::media_too_many(lang, MOST_PICTURES)));
            }
            let bytes = self.archive.whole(place, most).map_err(|error| refused(lang, &error))?;
            media.extend(bytes.map(|bytes| Media { file: file.to_owned(), bytes }));
        }
        Ok(media)
    }

    fn place_of(&self, file: &str) -> Option<usize> {
        self.media.get(&base(file).to_lowercase()).copied()
    }
}

fn pictures_of(names: &[String]) -> BTreeMap<String, usize> {
    let mut media = BTreeMap::new();
    for (place, name) in names.iter().enumerate().filter(|(_, name)| is_media(name)) {
        media.entry(base(name).to_lowercase()).or_insert(place);
    }
    media
}

/// Old programs write names in the code of their country.
fn in_letters(name: &[u8]) -> String {
    let utf8 = std::str::from_utf8(name).map(str::to_owned);
    utf8.unwrap_or_else(|_| GB18030.decode(name).0.into_owned()).replace('\\', "/")
}

fn base(name: &str) -> &str {
    name.rsplit_once('/').map_or(name, |(_, base)| base)
}

/// Not what systems and programs leave beside it.
fn is_workbook(name: &str) -> bool {
    let hidden = name.starts_with("__MACOSX/") || base(name).starts_with(['.', '~']);
    !hidden && Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"))
}

/// In a folder `media`, or `NAME-media` as servers of XLSForm call it.
fn is_media(name: &str) -> bool {
    let Some((folders, _)) = name.rsplit_once('/') else { return false };
    let folder = base(folders).to_lowercase();
    !name.starts_with("__MACOSX/") && (folder == "media" || folder.ends_with("-media"))
}

fn refused(lang: Lang, error: &UnpackError) -> Error {
    let reason = match error {
        UnpackError::Encrypted | UnpackError::Broken(_) => t::archive_broken(lang).to_owned(),
        UnpackError::TooBig | UnpackError::TooSlow => t::archive_too_large(
            lang,
            LIMITS.unpacked / 1024 / 1024,
            QuestionPicture::LARGEST_CHOSEN / 1024 / 1024,
        ),
    };
    Error::invalid("file", reason)
}

/// The rows that named a file name the picture that it has become.
pub(super) fn named(mut sheets: FormSheets, kept: &BTreeMap<String, PhotoHash>) -> Result<FormSheets, Error> {
    for row in 0..sheets.survey.rows.len() {
        let Some(image) = kept.get(sheets.survey.image(row)) else { continue };
        let cells = sheets.survey.naming_image(&image_file(image));
        let edit = SheetEdit::Write { sheet: SheetName::Survey, row, cells };
        sheets.apply(&edit).map_err(|_| Error::Changed)?;
    }
    Ok(sheets)
}

/// The draft, or without one the version, with its pictures: the archive's name and its bytes.
pub async fn bundle(
    state: &Services,
    by: &Asker,
    id: &FormId,
    version: Option<u32>,
) -> Result<(String, Vec<u8>), Error> {
    let (name, book) = draft::workbook(state, by, id, version).await?;
    let office = by.actor.office;
    let held = pictures(state, office).await?;
    let shown: BTreeSet<PhotoHash> = match version {
        Some(version) => {
            let form = state.store.form(office, id, version).await?.ok_or(Error::NotFound)?;
            form.pictures().into_iter().filter(|image| held.contains(*image)).cloned().collect()
        }
        None => {
            let (_, sheets) = draft::saved(state, by, id).await?;
            let files: BTreeSet<_> =
                (0..sheets.survey.rows.len()).map(|row| sheets.survey.image(row)).collect();
            held.into_iter().filter(|image| files.contains(image_file(image).as_str())).collect()
        }
    };
    let stem = name.strip_suffix(".xlsx").unwrap_or(&name).to_owned();
    let mut files = vec![(name, book)];
    for image in &shown {
        let bytes = state.blobs.get(image, Variant::Original).await?;
        files.extend(bytes.map(|bytes| (format!("media/{}", image_file(image)), bytes)));
    }
    let archive = stored::archive(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
    let archive = archive.ok_or_else(|| Error::Bug("a form is too large for an archive".to_owned()))?;
    Ok((format!("{stem}.zip"), archive))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_picture_of_a_name_counts_in_whichever_letters() {
        let names = [
            "a.xlsx",
            "media/HOW.png",
            "form/media/how.PNG",
            "how.png",
            "a-media/b.jpg",
            "__MACOSX/media/c.jpg",
        ];
        let media = pictures_of(&names.map(str::to_owned));
        assert_eq!(media, BTreeMap::from([("how.png".to_owned(), 1), ("b.jpg".to_owned(), 4)]));
    }
}
