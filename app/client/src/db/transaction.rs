//! One transaction from its beginning to its end, compiled once for whatever is done within it: a screen full of readings would
//! else bring it as often.

use super::{Db, Tx};
use crate::{
    DeviceError,
    platform::{Database as _, Mode, Transaction as _},
};
use domain::device::StoreName;
use std::pin::Pin;

type Done<'a> = Pin<Box<dyn Future<Output = Result<(), DeviceError>> + 'a>>;

/// What is done within a transaction.
trait Work {
    fn within<'a>(&'a mut self, tx: &'a Tx<'_>) -> Done<'a>;
}

/// It is done once, and what came of it stays here.
struct Once<W, T> {
    work: Option<W>,
    value: Option<T>,
}

impl<T, W> Work for Once<W, T>
where
    W: AsyncFnOnce(&Tx<'_>) -> Result<T, DeviceError>,
{
    fn within<'a>(&'a mut self, tx: &'a Tx<'_>) -> Done<'a> {
        Box::pin(async move {
            if let Some(work) = self.work.take() {
                self.value = Some(work(tx).await?);
            }
            Ok(())
        })
    }
}

impl Db {
    pub(super) async fn transact<T>(
        &self,
        stores: &[StoreName],
        mode: Mode,
        work: impl AsyncFnOnce(&Tx<'_>) -> Result<T, DeviceError>,
    ) -> Result<T, DeviceError> {
        let mut once = Once { work: Some(work), value: None };
        self.carry_through(stores, mode, &mut once).await?;
        // What was carried through without an error has left what came of it.
        once.value.ok_or(DeviceError::StorageSilent)
    }

    async fn carry_through(
        &self,
        stores: &[StoreName],
        mode: Mode,
        work: &mut dyn Work,
    ) -> Result<(), DeviceError> {
        let _waiting = self.patience.begin();
        let handle = self.handle().await?;
        let reopened;
        let begun = match handle.begin(stores, mode) {
            Ok(begun) => begun,
            // A handle that the browser has closed says so when a transaction is begun on it.
            Err(_) => {
                self.handle.take();
                reopened = self.handle().await?;
                reopened.begin(stores, mode)?
            }
        };
        let tx = Tx { tx: begun, db: self };
        work.within(&tx).await?;
        // What was only read is here; nothing of it has to become durable.
        if mode == Mode::Write {
            tx.tx.commit().await?;
        }
        Ok(())
    }
}
