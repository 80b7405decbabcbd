//! Pictures of forms: what an author may add, what becomes of it, and who sees it.

use crate::office::{TestOffice, at_desk, now};
use bytes::Bytes;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::{
    audit::{Act, AuditFilter, SubjectKind},
    form::{QuestionPicture, SheetEdit, SheetName, editing::DraftFile},
    id::FormId,
    photo::PhotoHash,
    role::{Actor, Role},
    time::office_day,
};
use flate2::{Compression, write::DeflateEncoder};
use i18n::form_editing as t;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use service::{
    Asker, Error, Services,
    blobs::{Variant, folder::FolderBlobs},
    clock::SetClock,
    form_editing::{self, put_picture},
    jobs::sweep::sweep,
    photo_access,
};
use std::{
    collections::BTreeSet,
    fs,
    io::{Cursor, Write},
    sync::Arc,
};
use workbook::stored::archive;

/// A built-in form.
const FORM: &str = "ebike-charging";

fn id() -> FormId {
    FormId::from(FORM)
}

pub fn file(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(vec![]);
    picture.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// As wide as a screen, and different from one pixel to the next.
pub fn noise(width: u32, height: u32) -> RgbImage {
    let grain = |x: u32, y: u32| (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)).to_le_bytes();
    RgbImage::from_fn(width, height, |x, y| {
        let [a, b, c, d] = grain(x, y);
        Rgb([a ^ d, b, c])
    })
}

pub struct Desk<'a> {
    office: &'a TestOffice,
    pub by: Asker,
    row: usize,
}

impl<'a> Desk<'a> {
    pub async fn begin(office: &'a TestOffice) -> Self {
        let by = office.asker();
        form_editing::begin(&office.services, &by, &id()).await.unwrap();
        let (_, sheets) = form_editing::saved(&office.services, &by, &id()).await.unwrap();
        let asked = |row: &usize| sheets.survey.get(*row, "type").starts_with("select_one");
        let row = (0..sheets.survey.rows.len()).find(asked).unwrap();
        Self { office, by, row }
    }

    async fn draft(&self) -> DraftFile {
        form_editing::file(&self.office.services, &self.by, &id()).await.unwrap()
    }

    pub async fn put(&self, file: Vec<u8>) -> Result<DateTime<Utc>, Error> {
        let seen = self.draft().await.saved_at;
        put_picture(&self.office.services, &self.by, &id(), seen, self.row, file.into()).await
    }

    async fn write(&self, cells: &[(&str, &str)]) {
        let cells = cells.iter().map(|(heading, text)| ((*heading).to_owned(), (*text).to_owned()));
        let edit = SheetEdit::Write { sheet: SheetName::Survey, row: self.row, cells: cells.collect() };
        let seen = self.draft().await.saved_at;
        form_editing::edit(&self.office.services, &self.by, &id(), seen, &[edit]).await.unwrap();
    }

    /// The picture that the row names.
    pub async fn named(&self) -> PhotoHash {
        let draft = self.draft().await;
        let file = draft.sheets.survey.image(self.row);
        file.strip_suffix(".jpg").unwrap().parse().unwrap()
    }

    /// As it is kept.
    pub async fn kept(&self) -> Vec<u8> {
        let hash = self.named().await;
        let bytes = self.office.services.blobs.get(&hash, Variant::Original).await.unwrap().unwrap();
        assert_eq!(PhotoHash::of(&bytes), hash);
        bytes
    }
}

#[tokio::test]
async fn a_picture_is_put_to_its_row_described_published_and_seen_by_all_of_the_office() {
    let office = TestOffice::open().await;
    let desk = Desk::begin(&office).await;
    let before = desk.draft().await.saved_at;
    let saved = desk.put(file(noise(640, 480), ImageFormat::Png)).await.unwrap();
    let draft = desk.draft().await;
    assert!(saved > before && draft.saved_at == saved, "though the clock stands still");
    let wrong: Vec<_> = draft.faults.iter().map(|fault| (fault.row, fault.heading.as_str())).collect();
    assert_eq!(wrong, [(Some(desk.row), "picture_zh")], "what it shows is still to be said");

    desk.write(&[("picture_zh", "充电口完好"), ("picture_en", "A sound socket")]).await;
    let draft = desk.draft().await;
    assert_eq!(draft.faults, []);
    let (image, form) = (desk.named().await, draft.form.unwrap());
    assert_eq!(form.pictures(), BTreeSet::from([&image]));
    let version =
        form_editing::publish(&office.services, &desk.by, &id(), draft.saved_at, today(&office), "林芳")
            .await;
    assert!(version.is_ok(), "{version:?}");

    let sees = async |actor: &Actor| {
        photo_access::attachment(&office.services, actor, &image).await.unwrap().is_some()
    };
    let of_no_grid = Actor { role: Role::Enterprise, ..office.inspectors[1].clone() };
    let elsewhere = Actor { office: office.services.new_id(), ..office.administrator.clone() };
    assert!(sees(&office.inspectors[0]).await && sees(&of_no_grid).await);
    assert!(!sees(&elsewhere).await, "another office's are nobody's here");

    // Whoever brings the workbook back finds the picture.
    let (_, bytes) = form_editing::workbook(&office.services, &desk.by, &id(), version.ok()).await.unwrap();
    form_editing::take_workbook(&office.services, &desk.by, "a.xlsx", &bytes).await.unwrap();
    let again = desk.draft().await;
    assert_eq!((again.remarks, again.form.unwrap().pictures()), (vec![], form.pictures()));
    let filter = AuditFilter {
        act: Some(Act::Changed),
        subject: Some(SubjectKind::FormDraft),
        page: 1,
        ..AuditFilter::default()
    };
    let entries = office.services.store.audit(office.administrator.office, &filter).await.unwrap().rows;
    assert_eq!(entries.len(), 1, "{entries:?}");
    assert_eq!(entries[0].after["picture"], image.as_str());
}

fn today(office: &TestOffice) -> NaiveDate {
    office_day(office.services.now())
}

#[tokio::test]
async fn whatever_is_sent_is_made_anew_within_limits() {
    let office = TestOffice::open().await;
    let desk = Desk::begin(&office).await;
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
        desk.put(file(noise(2000, 1000), format)).await.unwrap();
        let kept = desk.kept().await;
        assert!(kept.len() as u64 <= QuestionPicture::LARGEST, "{format:?}: {} bytes", kept.len());
        let shown = image::load_from_memory_with_format(&kept, ImageFormat::Jpeg).unwrap();
        let long = shown.width();
        assert!(long <= QuestionPicture::LONG_EDGE && shown.height() == long / 2, "{format:?}: {long}");
    }
    let before = desk.named().await;
    desk.put(file(noise(2000, 1000), ImageFormat::WebP)).await.unwrap();
    assert_eq!(desk.named().await, before, "the same picture is the same file");
    // A drawing for paper: black on nothing.
    desk.put(file(RgbaImage::from_pixel(64, 64, Rgba([0, 0, 0, 0])), ImageFormat::Png)).await.unwrap();
    let shown = image::load_from_memory(&desk.kept().await).unwrap().into_rgb8();
    assert!(shown.pixels().all(|pixel| pixel.0.iter().all(|part| *part > 250)));
}

#[tokio::test]
async fn what_cannot_be_shown_is_refused_in_words_and_the_draft_stays() {
    let office = TestOffice::open().await;
    let desk = Desk::begin(&office).await;
    let before = desk.draft().await;
    let whole = file(noise(400, 300), ImageFormat::Jpeg);
    let cut = whole[..whole.len() / 2].to_vec();
    let large = vec![0; usize::try_from(QuestionPicture::LARGEST_CHOSEN).unwrap() + 1];
    let drawing = b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec();
    for unfit in [vec![], b"GIF89a".to_vec(), drawing, b"%PDF-1.7".to_vec(), cut, large] {
        let refused = desk.put(unfit).await.unwrap_err();
        assert!(matches!(&refused, Error::Invalid { field, .. } if field == "picture"), "{refused:?}");
    }
    assert_eq!(desk.draft().await, before);
    assert!(office.services.store.form_pictures(desk.by.actor.office).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_picture_is_added_by_whoever_writes_the_form_as_it_is() {
    let office = TestOffice::open().await;
    let desk = Desk::begin(&office).await;
    let (services, seen) = (&office.services, desk.draft().await.saved_at);
    let picture = || Bytes::from(file(noise(64, 48), ImageFormat::Png));
    let officer = at_desk(&Actor { role: Role::Officer, ..office.administrator.clone() });
    let put = put_picture(services, &officer, &id(), seen, desk.row, picture()).await;
    assert_eq!(put, Err(Error::NotAllowed));
    let put = put_picture(services, &desk.by, &id(), seen, 99_999, picture()).await;
    assert_eq!(put, Err(Error::Changed));
    desk.write(&[("label::中文 (zh)", "改过的检查项")]).await;
    let put = put_picture(services, &desk.by, &id(), seen, desk.row, picture()).await;
    assert_eq!(put, Err(Error::Changed), "somebody has saved since");
}

#[tokio::test]
async fn what_was_not_kept_is_no_picture_of_the_office() {
    let office = TestOffice::open().await;
    let desk = Desk::begin(&office).await;
    let before = desk.draft().await;
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("photos");
    let blobs = FolderBlobs::open(place.clone()).unwrap();
    // No file can be written where a file stands in the folder's place.
    fs::remove_dir_all(&place).unwrap();
    fs::write(&place, "").unwrap();
    let services = Services { blobs: Arc::new(blobs), ..office.services.clone() };
    let picture = file(noise(64, 48), ImageFormat::Png);
    let put =
        put_picture(&services, &desk.by, &id(), before.saved_at, desk.row, picture.clone().into()).await;
    assert!(matches!(put, Err(Error::Unavailable(_))), "{put:?}");
    assert_eq!(desk.draft().await, before);
    let held = async || services.store.form_pictures(desk.by.actor.office).await.unwrap();
    assert!(held().await.is_empty());

    desk.put(picture).await.unwrap();
    assert_eq!(held().await, BTreeSet::from([desk.named().await]));
}

#[tokio::test]
async fn a_form_shows_no_photo_that_was_not_added_as_its_picture() {
    let office = TestOffice::open().await;
    let desk = Desk::begin(&office).await;
    let taken = PhotoHash::of(b"somebody's proof");
    desk.write(&[("media::image", &format!("{taken}.jpg")), ("picture_zh", "图"), ("picture_en", "A")]).await;
    let draft = desk.draft().await;
    assert!(draft.form.unwrap().pictures().is_empty());
    assert!(draft.remarks.iter().any(|remark| remark.words.contains(taken.as_str())), "{:?}", draft.remarks);
}

#[tokio::test]
async fn a_picture_that_was_taken_out_goes_a_month_later_and_what_is_shown_stays() {
    let office = TestOffice::open().await;
    let desk = Desk::begin(&office).await;
    desk.put(file(noise(64, 48), ImageFormat::Png)).await.unwrap();
    let first = desk.named().await;
    desk.put(file(noise(48, 64), ImageFormat::Png)).await.unwrap();
    let second = desk.named().await;
    let swept = async |days: i64| {
        let clock = Arc::new(SetClock::at(now() + Duration::days(days)));
        sweep(&Services { clock, ..office.services.clone() }).await.unwrap().pictures
    };
    let held = async || office.services.store.form_pictures(desk.by.actor.office).await.unwrap();
    assert_eq!(swept(0).await, 0);
    assert_eq!(swept(30).await, 0, "its author may put it in again");
    assert_eq!(held().await, BTreeSet::from([first.clone(), second.clone()]));
    assert_eq!(swept(31).await, 1);
    assert_eq!(held().await, BTreeSet::from([second.clone()]), "of the draft");

    // Who names it all the same is told that it is gone, and can add it again.
    desk.write(&[("media::image", &format!("{first}.jpg")), ("picture_zh", "图"), ("picture_en", "A")]).await;
    let draft = desk.draft().await;
    assert!(draft.remarks.iter().any(|remark| remark.words.contains(first.as_str())), "{:?}", draft.remarks);
    desk.put(file(noise(64, 48), ImageFormat::Png)).await.unwrap();
    assert_eq!((desk.named().await, held().await), (first.clone(), BTreeSet::from([first, second])));
    assert!(!desk.kept().await.is_empty(), "with its bytes");
}

#[tokio::test]
async fn a_form_goes_with_its_pictures_in_one_file_to_another_office() {
    let office = TestOffice::open().await;
    let desk = Desk::begin(&office).await;
    desk.put(file(noise(64, 48), ImageFormat::Png)).await.unwrap();
    desk.write(&[("picture_zh", "充电口完好"), ("picture_en", "A sound socket")]).await;
    let (name, bytes) = form_editing::bundle(&office.services, &desk.by, &id(), None).await.unwrap();
    assert_eq!(name, "ebike-charging-draft.zip");

    let other = TestOffice::open().await;
    let there = Desk::begin(&other).await;
    let taken = form_editing::take_workbook(&other.services, &there.by, &name, &bytes).await;
    assert_eq!(taken, Ok(id()));
    let draft = there.draft().await;
    assert!(draft.faults.is_empty() && draft.remarks.is_empty(), "{:?} {:?}", draft.faults, draft.remarks);
    let (image, form) = (there.named().await, draft.form.unwrap());
    assert!(!there.kept().await.is_empty());
    assert_eq!(form.pictures(), BTreeSet::from([&image]));
    assert_eq!(other.services.store.form_pictures(there.by.actor.office).await.unwrap(), [image].into());
}

/// Of a file inside that is packed, and says that it is no larger for being unpacked.
fn packed(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(vec![], Compression::best());
    encoder.write_all(bytes).unwrap();
    let mut all = archive([(name, &encoder.finish().unwrap()[..])]).unwrap();
    let directory = all.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    (all[8], all[directory + 10]) = (8, 8);
    all
}

#[tokio::test]
async fn an_archive_is_unpacked_within_limits_and_what_is_wrong_with_it_is_said() {
    let office = TestOffice::open().await;
    let desk = Desk::begin(&office).await;
    desk.write(&[("media::image", "how.png"), ("picture_zh", "图"), ("picture_en", "A")]).await;
    let (_, book) = form_editing::workbook(&office.services, &desk.by, &id(), None).await.unwrap();
    let book = &book[..];
    let (before, lang) = (desk.draft().await, desk.by.lang);
    let take =
        async |bytes: &[u8]| form_editing::take_workbook(&office.services, &desk.by, "a.zip", bytes).await;
    let reason = |taken: Result<FormId, Error>| match taken.unwrap_err() {
        Error::Invalid { field, reason } if field == "file" => reason,
        other => panic!("{other:?}"),
    };
    let of = |files: &[(&str, &[u8])]| archive(files.iter().copied()).unwrap();

    assert_eq!(reason(take(&of(&[("a.xlsx", book), ("b.xlsx", book)])).await), t::several_workbooks(lang));
    let unfit = reason(take(&of(&[("a.xlsx", book), ("media/how.png", &b"GIF89a"[..])])).await);
    assert!(unfit.contains("how.png") && unfit.contains(t::picture_unfit(lang)), "{unfit}");
    let large = vec![0; usize::try_from(QuestionPicture::LARGEST_CHOSEN).unwrap() + 1];
    let too_large = t::archive_too_large(lang, 64, 10);
    assert_eq!(reason(take(&of(&[("a.xlsx", book), ("media/how.png", &large[..])])).await), too_large);
    let bomb = packed("a.xlsx", &vec![0; 80 * 1024 * 1024]);
    assert!(bomb.len() < 200_000);
    assert_eq!(reason(take(&bomb).await), too_large);
    let mut torn = of(&[("a.xlsx", book)]);
    torn[..4].fill(0);
    assert_eq!(reason(take(&torn).await), t::archive_broken(lang));
    // Neither a workbook nor one with pictures.
    assert!(matches!(take(&of(&[("a.txt", &b"a"[..])])).await, Err(Error::Sheets(_))));
    assert_eq!(desk.draft().await, before, "nothing of it was taken");
    assert!(office.services.store.form_pictures(desk.by.actor.office).await.unwrap().is_empty());

    // As systems pack it: in a folder of its own, with other slashes, with files of theirs beside it.
    let picture = file(noise(64, 48), ImageFormat::Png);
    let sound = of(&[
        ("__MACOSX/._a.xlsx", &b"x"[..]),
        ("form/~$a.xlsx", &b"x"[..]),
        ("form/a.xlsx", book),
        ("form\\media\\HOW.PNG", &picture[..]),
    ]);
    assert_eq!(take(&sound).await, Ok(id()));
    assert!(!desk.kept().await.is_empty());
    assert_eq!(desk.draft().await.remarks, []);
}
