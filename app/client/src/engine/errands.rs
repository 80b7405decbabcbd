//! What the engine does beside pulling: operations are sent, what waits here is said by itself, photos, small pictures and which are
//! wanted, housekeeping.
//!
//! None of it is needed before a form can be answered, so in the release build it is a part of the program by itself
//! (feature `split`), which comes when it is first needed.

use super::{
    Engine, heartbeat,
    pictures::{self, Wanted},
    sending, transport,
};
use crate::{DeviceError, diagnostics, form_pictures, notices, orders, outbox, photos, records};
use domain::{
    id::{OperationId, PersonId},
    photo::PhotoHash,
};
use std::{pin::Pin, rc::Rc};

pub(super) enum Errand {
    /// Sends operations and pulls.
    Send(PersonId, Vec<OperationId>),
    /// Says what waits here, and nothing else.
    Tell(PersonId),
    /// Takes a photo's upload a step further.
    Upload(PersonId, PhotoHash),
    /// Fetches a small picture.
    Fetch(PersonId, PhotoHash),
    /// Fetches a picture of a form.
    FetchPicture(PersonId, PhotoHash),
    /// What nobody needs any more goes.
    Housekeep,
    /// What the engine did is written down.
    KeepLog,
}

/// The part is neither on this phone nor to be had.
#[cfg(feature = "split")]
type Missing = wasm_split_helpers::SplitLoaderError;
#[cfg(not(feature = "split"))]
type Missing = std::convert::Infallible;

type Done = Result<(), Missing>;

/// False where this part of the program has not come.
pub(super) async fn run(engine: &Rc<Engine>, errand: Errand) -> bool {
    carried_out(engine.clone(), errand).await.is_ok()
}

#[cfg_attr(
    feature = "split",
    wasm_split_helpers::wasm_split(errands, return_wrapper(let done = _; { done.await } -> Done), fallible)
)]
fn carried_out(engine: Rc<Engine>, errand: Errand) -> Pin<Box<dyn Future<Output = Done>>> {
    Box::pin(async move {
        carry_out(&engine, errand).await;
        Ok(())
    })
}

/// Takes this part of the program in, for a page that nothing but itself keeps the program for. False where it has not come.
pub async fn take_in() -> bool {
    arrived().await.is_ok()
}

#[cfg_attr(
    feature = "split",
    wasm_split_helpers::wasm_split(errands, return_wrapper(let done = _; { done.await } -> Done), fallible)
)]
fn arrived() -> Pin<Box<dyn Future<Output = Done>>> {
    Box::pin(async { Ok(()) })
}

type Looked = Result<Result<Wanted, DeviceError>, Missing>;

/// Which pictures are to be fetched: none where this part of the program has not come.
pub(super) async fn wanted(engine: &Rc<Engine>) -> Result<Wanted, DeviceError> {
    looked(engine.clone()).await.unwrap_or_else(|_| Ok(Wanted::default()))
}

#[cfg_attr(
    feature = "split",
    wasm_split_helpers::wasm_split(errands, return_wrapper(let done = _; { done.await } -> Looked), fallible)
)]
fn looked(engine: Rc<Engine>) -> Pin<Box<dyn Future<Output = Looked>>> {
    Box::pin(async move { Ok(pictures::wanted(&engine).await) })
}

async fn carry_out(engine: &Engine, errand: Errand) {
    let device = &engine.device;
    match errand {
        Errand::Send(me, operations) => sending::send(engine, me, operations).await,
        Errand::Tell(me) => heartbeat::tell(engine, me).await,
        Errand::Upload(me, photo) => transport::upload(engine, me, photo).await,
        Errand::Fetch(me, photo) => transport::fetch(engine, me, photo).await,
        Errand::FetchPicture(me, picture) => transport::fetch_picture(engine, me, picture).await,
        Errand::Housekeep => {
            let now = device.clock.now();
            // Housekeeping must not keep anything from being sent.
            for done in [
                outbox::prune(device, device.clock.office_now()).await,
                photos::remove_orphans(device, now).await,
                records::prune(device, device.clock.office_now()).await,
                form_pictures::prune(device).await,
                orders::prune(device, device.clock.office_now()).await,
                notices::prune(device, device.clock.office_now()).await,
            ] {
                if let Err(error) = done {
                    engine.note("housekeeping", error.code(), 0, now);
                }
            }
        }
        Errand::KeepLog => diagnostics::keep(device).await,
    }
}
