//! # CPU slots for decoding
//!
//! A picture of a few megabytes unpacks to some hundred, so at most so many are unpacked at the same time, whoever asks,
//! and together they have a budget of memory. Photos that somebody waits for have slots of their own, so that work behind
//! the answers never stands before them; that work is done by threads of low priority, which take what cores are left
//! over and nothing else: it never rests while they are idle and never hinders an answer.

use std::{
    num::NonZero,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, LazyLock, Mutex, mpsc},
    thread,
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, oneshot},
    task::spawn_blocking,
};

/// Permits are given for so many bytes.
const UNIT: u64 = 1024 * 1024;

/// Slots of one kind of work, and the memory that they have together: that of the largest picture, which a dozen ordinary
/// ones share.
struct Slots {
    places: Arc<Semaphore>,
    memory: Arc<Semaphore>,
}

/// Photos that are being received.
static RECEIVING: LazyLock<Slots> = LazyLock::new(|| Slots::new((cores() / 2).max(1)));

/// Work behind the answers.
static BEHIND: LazyLock<Slots> = LazyLock::new(|| Slots::new(cores()));

static WORKERS: LazyLock<Workers> = LazyLock::new(|| Workers::begin(cores()));

pub fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

impl Slots {
    fn new(places: usize) -> Self {
        let memory = units(super::MOST_MEMORY + domain::photo::PhotoFacts::LARGEST);
        Self { places: Arc::new(Semaphore::new(places)), memory: Arc::new(Semaphore::new(memory as usize)) }
    }

    /// None only where the program ends.
    async fn one(&self, memory: u64) -> Option<[OwnedSemaphorePermit; 2]> {
        let place = Arc::clone(&self.places).acquire_owned().await.ok()?;
        let memory = Arc::clone(&self.memory).acquire_many_owned(units(memory)).await.ok()?;
        Some([place, memory])
    }
}

fn units(memory: u64) -> u32 {
    u32::try_from(memory.div_ceil(UNIT)).unwrap_or(u32::MAX)
}

/// Runs work on a photo that a request waits for. None where the work panicked.
pub async fn receiving<T: Send + 'static>(
    memory: u64,
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    let slot = RECEIVING.one(memory).await?;
    spawn_blocking(move || {
        let done = work();
        drop(slot);
        done
    })
    .await
    .ok()
}

/// Runs background work on a photo. None where it panicked.
pub async fn behind<T: Send + 'static>(memory: u64, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let slot = BEHIND.one(memory).await?;
    let (done, given) = oneshot::channel();
    WORKERS.give(Box::new(move || {
        // Whoever asked may have gone.
        let _ = done.send(work());
        drop(slot);
    }));
    given.await.ok()
}

type Work = Box<dyn FnOnce() + Send>;

/// Threads of low priority.
struct Workers {
    queue: mpsc::Sender<Work>,
}

impl Workers {
    fn begin(threads: usize) -> Self {
        let (queue, waiting) = mpsc::channel::<Work>();
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..threads {
            let waiting = Arc::clone(&waiting);
            let begun = thread::Builder::new().name("behind".to_owned()).spawn(move || {
                give_way();
                while let Ok(work) = next(&waiting) {
                    // The panic is told where it happens; whoever waits for it hears that nothing comes.
                    let _ = catch_unwind(AssertUnwindSafe(work));
                }
            });
            if let Err(error) = begun {
                tracing::error!(%error, "no thread for work behind the answers");
            }
        }
        Self { queue }
    }

    fn give(&self, work: Work) {
        // Fails only where no thread is left; then the work is dropped, and whoever waits for it hears so.
        let _ = self.queue.send(work);
    }
}

fn next(waiting: &Mutex<mpsc::Receiver<Work>>) -> Result<Work, mpsc::RecvError> {
    waiting.lock().map_err(|_| mpsc::RecvError)?.recv()
}

/// On Linux a thread has a priority of its own. Where a lower one is refused, this one competes with those that answer.
fn give_way() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::nice(15);
}
