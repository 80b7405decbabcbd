//! A camera that gives what it is told, and a worker that makes nothing else of it: what is stored are the bytes that were
//! taken.

use client::{
    DeviceError,
    platform::{ImageWorker, OpenedImage, RenderOrder, Rendered, Shot},
};
use domain::photo::{PhotoHash, Source};
use std::cell::RefCell;

/// Pixels of every picture that is sent here.
const EDGE: u32 = 120;

/// A file from a camera.
pub struct Picture(pub Vec<u8>);

impl Shot for Picture {
    fn source(&self) -> Source {
        Source::Camera
    }

    fn length(&self) -> Option<u64> {
        Some(self.0.len() as u64)
    }

    async fn read(&self, most: Option<usize>) -> Result<Vec<u8>, DeviceError> {
        let most = most.unwrap_or(self.0.len()).min(self.0.len());
        Ok(self.0[..most].to_vec())
    }
}

/// With the picture that is open.
#[derive(Default)]
pub struct Album(RefCell<Vec<u8>>);

impl ImageWorker for Album {
    type Shot = Picture;

    async fn open(&self, shot: &Picture) -> Result<Option<OpenedImage>, DeviceError> {
        self.open_stored(&shot.0).await
    }

    async fn open_stored(&self, photo: &[u8]) -> Result<Option<OpenedImage>, DeviceError> {
        self.0.replace(photo.to_vec());
        Ok(Some(OpenedImage { width: EDGE, height: EDGE, hash: PhotoHash::of(photo) }))
    }

    async fn render(&self, _: RenderOrder) -> Result<Rendered, DeviceError> {
        let full = self.0.take();
        Ok(Rendered { hash: PhotoHash::of(&full), full, thumbnail: b"small".to_vec() })
    }
}
