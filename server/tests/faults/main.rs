//! What breaks in the world: servers, databases, disks, buckets. The program runs as it is run, as a process; phones are
//! without a screen.

#![expect(clippy::unwrap_used, reason = "tests say what is wrong by panicking")]

mod bucket;
mod database;
#[path = "../support/device.rs"]
mod device;
mod disk;
mod flood;
#[path = "../support/line.rs"]
mod line;
mod load_spike;
#[expect(dead_code, reason = "the office can do more than is broken here")]
#[path = "../api/office.rs"]
mod office;
#[path = "../support/phone.rs"]
mod phone;
mod private;
#[path = "../support/process.rs"]
mod process;
mod servers;
mod tls;
mod traces;
