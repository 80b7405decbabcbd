//! What is written together: a test holds the store, lets one request after the other come, and sees each wait where it means it to.

use super::office::TestOffice;
use server::service::queue::QueueLoad;
use std::time::Duration;
use tokio::{task::yield_now, time::timeout};

/// As long as a test has patience with a machine that has much else to do.
const PATIENCE: Duration = Duration::from_mins(2);

/// Until one request is in the writer's hands and so many wait for the next batch.
pub async fn held_with_waiting(office: &TestOffice, waiting: usize) {
    let wanted = QueueLoad { under_way: 1, waiting };
    let comes = async {
        while office.state.write_queue.load() != wanted {
            yield_now().await;
        }
    };
    let came = timeout(PATIENCE, comes).await;
    assert!(came.is_ok(), "{:?}, and not {wanted:?}", office.state.write_queue.load());
}
