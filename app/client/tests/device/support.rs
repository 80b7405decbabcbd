//! A person at work on a phone, and time that passes at once.

pub use client_fixtures::{PIN, beside, form, found, give, opened, pass_questions, site, unanswered};

use crate::office::Office;
use chrono::{DateTime, NaiveDateTime, Utc};
use client::{
    Device, DeviceError, Host, account, db, drafts, engine, lock, memory,
    outbox::{self, Submission},
    photos::{self, Stamp, Taken},
    platform::{ImageWorker, OpenedImage, PageEvent, RenderOrder, Rendered, Shot},
};
use client_fixtures::inspector;
use domain::{
    device::StoreName,
    id::PersonId,
    photo::{PhotoHash, Source},
    sync::SignedIn,
    text::Lang,
    visit::{Draft, VisitNature},
};
use std::{cell::RefCell, ops::Deref, rc::Rc, time::Duration};
use tokio::{runtime::Builder, task::LocalSet};
use uuid::Uuid;

/// A phone, and whatever it stands on.
pub struct Phone {
    pub device: Device,
    pub host: Host,
    pub office: Rc<Office>,
}

impl Deref for Phone {
    type Target = Device;

    fn deref(&self) -> &Device {
        &self.device
    }
}

/// A person's day on a clock that stands still while anything is done, and otherwise runs ahead to what is awaited next.
pub fn day(work: impl AsyncFnOnce(Phone)) {
    let runtime = Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    LocalSet::new().block_on(&runtime, async {
        let phone = Phone::on(Host::default(), Rc::default());
        work(phone).await;
    });
}

pub async fn pass(minutes: u64) {
    tokio::time::sleep(Duration::from_secs(minutes * 60)).await;
}

pub fn person(name: &str) -> SignedIn {
    let person = PersonId(Uuid::from_u128(name.bytes().map(u128::from).sum()));
    inspector(person, name)
}

impl Phone {
    pub fn on(host: Host, office: Rc<Office>) -> Self {
        let device = Device::new(host.clone());
        let phone = Self { device, host, office };
        phone.connect();
        phone
    }

    /// The line to the office is there.
    pub fn connect(&self) {
        let (office, clock) = (self.office.clone(), self.clock.clone());
        self.host.network.answer(move |asked| {
            let (office, now) = (office.clone(), clock.now());
            async move { office.answer(&asked, now) }
        });
    }

    /// As a page that was thrown away and comes back.
    pub fn reopened(&self) -> Self {
        Self::on(self.host.reopened(), self.office.clone())
    }

    /// The person goes on for so long, and touches the phone every now and then.
    pub async fn work(&self, minutes: u64) {
        for _ in 0..minutes / 5 {
            pass(5).await;
            self.host.page.happen(PageEvent::Touched);
        }
    }

    /// Signs in by the office, and sets the first PIN.
    pub async fn sign_in(&self, name: &str) -> SignedIn {
        self.sign_in_as(person(name)).await
    }

    /// The same, as the office says who it is.
    pub async fn sign_in_as(&self, who: SignedIn) -> SignedIn {
        let name = who.actor.name.clone();
        self.office.expect(who);
        let signed_in = account::sign_in(self, &name, "a password").await.unwrap();
        lock::look(self).await.unwrap();
        lock::set_pin(self, PIN).await.unwrap();
        signed_in
    }

    /// The engine runs, and has done what there was to do.
    pub async fn start(&self) {
        engine::start(self);
        pass(1).await;
    }

    pub async fn submissions(&self) -> Vec<Submission> {
        outbox::all(self).await.unwrap()
    }

    /// How many operations wait here or were refused.
    pub async fn queued(&self) -> usize {
        let keys =
            db::read(&self.db, &[StoreName::Operations], async |tx| tx.keys(StoreName::Operations).await)
                .await;
        keys.unwrap().len()
    }

    pub async fn begin(&self) -> Draft {
        drafts::begin(self, &site(), &form(), VisitNature::Patrol).await.unwrap()
    }

    /// A visit in which everything passed.
    pub async fn inspect(&self) {
        let mut draft = self.begin().await;
        pass_questions(&mut draft, &["a", "b"]);
        self.submit(draft).await.unwrap();
    }

    pub async fn submit(&self, draft: Draft) -> Result<(), drafts::NotSubmitted> {
        drafts::submit(self, opened(draft, &[form()]), &site(), format!("{} 检查", site().name)).await
    }

    pub async fn take(&self, shot: &File) -> Result<Taken, DeviceError> {
        photos::take(self, &Album::default(), shot, &Stamp::default(), chosen).await
    }

    /// A photo of so many bytes.
    pub async fn photo(&self, bytes: usize) -> PhotoHash {
        self.take(&File::jpeg(bytes)).await.unwrap().facts.hash
    }
}

pub fn chosen(_: Lang, taken: Option<NaiveDateTime>, _: DateTime<Utc>) -> String {
    format!("选自相册 {}", taken.map(|taken| taken.to_string()).unwrap_or_default())
}

/// A file from a camera.
pub struct File {
    pub bytes: Vec<u8>,
    pub source: Source,
}

impl File {
    /// Begins as a JPEG of 4000 by 3000 pixels does.
    pub fn jpeg(bytes: usize) -> Self {
        let [high, wide] = [3000_u16, 4000].map(u16::to_be_bytes);
        let channels = [3, 1, 0x11, 0, 2, 0x11, 1, 3, 0x11, 1];
        let mut file = [[0xff, 0xd8, 0xff, 0xc0, 0, 17, 8].as_slice(), &high, &wide, &channels].concat();
        // No two of them are the same.
        file.extend((file.len()..bytes).map(|at| u8::try_from(at * 31 % 251).unwrap_or_default()));
        Self { bytes: file, source: Source::Camera }
    }
}

impl Shot for File {
    fn source(&self) -> Source {
        self.source
    }

    fn length(&self) -> Option<u64> {
        Some(self.bytes.len() as u64)
    }

    async fn read(&self, most: Option<usize>) -> Result<Vec<u8>, DeviceError> {
        let most = most.unwrap_or(self.bytes.len()).min(self.bytes.len());
        Ok(self.bytes[..most].to_vec())
    }
}

/// Makes no pictures: what comes in goes out, and what was ordered is remembered.
#[derive(Default)]
pub struct Album {
    open: RefCell<Vec<u8>>,
    pub ordered: RefCell<Vec<RenderOrder>>,
}

/// Of every picture.
pub const SIZE: (u32, u32) = (4000, 3000);

impl ImageWorker for Album {
    type Shot = File;

    async fn open(&self, shot: &File) -> Result<Option<OpenedImage>, DeviceError> {
        self.open_stored(&shot.bytes).await
    }

    async fn open_stored(&self, photo: &[u8]) -> Result<Option<OpenedImage>, DeviceError> {
        self.open.replace(photo.to_vec());
        let (width, height) = SIZE;
        let is_jpeg = photo.starts_with(&[0xff, 0xd8, 0xff]);
        Ok(is_jpeg.then(|| OpenedImage { width, height, hash: PhotoHash::of(photo) }))
    }

    async fn render(&self, render: RenderOrder) -> Result<Rendered, DeviceError> {
        let open = self.open.take();
        let order = self.ordered.borrow().len() as u8;
        self.ordered.borrow_mut().push(render);
        // What was drawn makes it another file.
        let full = [open.as_slice(), &[order]].concat();
        Ok(Rendered { hash: PhotoHash::of(&full), full, thumbnail: b"small".to_vec() })
    }
}

/// What whoever finds the phone can read of it without a PIN.
pub fn in_the_open(host: &memory::Host) -> String {
    format!("{:?}", host.settings.texts())
}
