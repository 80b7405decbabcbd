//! What happens to the server while it works: nothing, or its death or an absent store at a chosen point.

use super::scenario::Kind;
use futures::FutureExt;
use server::{blobs::BlobError, storage::StoreError};
use std::{
    future::{Future, pending},
    sync::Mutex,
};
use tokio::sync::Notify;

#[derive(Debug, Default)]
pub struct FaultPlan {
    /// What comes, after so many more points.
    coming: Mutex<Option<(Kind, usize)>>,
    pub died: Notify,
}

/// The store or the photos are not there.
pub struct Away;

impl From<Away> for StoreError {
    fn from(_: Away) -> Self {
        Self::Unavailable("away".to_owned())
    }
}

impl From<Away> for BlobError {
    fn from(_: Away) -> Self {
        Self::Unavailable("away".to_owned())
    }
}

impl FaultPlan {
    pub fn brew(&self, kind: Kind, after: usize) {
        *self.coming.lock().unwrap() = Some((kind, after));
    }

    /// Whether it came to anything.
    pub fn clear(&self) -> bool {
        // A death that came behind the answer, which nobody waited for: it is not the next server's.
        let _ = self.died.notified().now_or_never();
        self.coming.lock().unwrap().take().is_none()
    }

    /// Asks something of the store, if it comes to that; its answer is heard of, if it comes to that.
    pub async fn survive<T, E: From<Away>>(&self, asked: impl Future<Output = Result<T, E>>) -> Result<T, E> {
        self.point().await?;
        let answer = asked.await?;
        self.point().await?;
        Ok(answer)
    }

    async fn point(&self) -> Result<(), Away> {
        let now = {
            let mut coming = self.coming.lock().unwrap();
            match &mut *coming {
                Some((kind, 0)) => {
                    let kind = *kind;
                    *coming = None;
                    Some(kind)
                }
                Some((_, left)) => {
                    *left -= 1;
                    None
                }
                None => None,
            }
        };
        match now {
            Some(Kind::ServerKilled) => {
                self.died.notify_one();
                pending().await
            }
            Some(_) => Err(Away),
            None => Ok(()),
        }
    }
}
