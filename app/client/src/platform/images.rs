//! Where pictures are made. Decoding a photo of twelve million pixels takes a slow phone a second, in which a screen would not
//! answer; so it is done beside it, by a worker that follows orders. What is drawn, and how large, is decided in
//! [`photos`](crate::photos).

use super::Drawing;
use crate::DeviceError;
use domain::photo::{PhotoHash, Source};

/// What comes from a camera, or was chosen from what a camera took.
pub trait Shot {
    fn source(&self) -> Source;

    /// Bytes of its file; none for what the camera inside the app saw.
    fn length(&self) -> Option<u64>;

    /// The beginning of its file, or all of it.
    fn read(&self, most: Option<usize>) -> impl Future<Output = Result<Vec<u8>, DeviceError>>;
}

/// Ready for one picture after the other.
pub trait ImageWorker {
    type Shot: Shot;

    /// None where it cannot be decoded.
    fn open(&self, shot: &Self::Shot) -> impl Future<Output = Result<Option<OpenedImage>, DeviceError>>;

    /// The same, of a photo that is kept already.
    fn open_stored(&self, photo: &[u8]) -> impl Future<Output = Result<Option<OpenedImage>, DeviceError>>;

    /// Makes what was ordered of the open picture, which is closed afterwards.
    fn render(&self, render: RenderOrder) -> impl Future<Output = Result<Rendered, DeviceError>>;
}

/// A picture that is open.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenedImage {
    /// As the camera was held.
    pub width: u32,
    pub height: u32,
    /// Of the file.
    pub hash: PhotoHash,
}

/// What is made of the open picture.
#[derive(Debug)]
pub struct RenderOrder {
    /// Of the picture in pixels.
    pub width: u32,
    pub height: u32,
    /// Rows below it.
    pub band: u32,
    pub drawing: Drawing,
    /// Rows of it that the thumbnail shows: those of the picture, without its stamp.
    pub shown: u32,
    /// Width and height of the thumbnail.
    pub small: (u32, u32),
}

/// A photo that was made, and its small picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    pub full: Vec<u8>,
    pub hash: PhotoHash,
    pub thumbnail: Vec<u8>,
}
