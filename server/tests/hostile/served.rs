//! An office with a server of its own, as it is run: what somebody costs it is measured from outside.

use super::{
    office::{Database, TestOffice},
    process::Process,
};
use std::{fs, time::Duration};

pub async fn served() -> (TestOffice, Process) {
    let folder = tempfile::tempdir().unwrap();
    let office = TestOffice::on(Database::sqlite(folder.path()), folder).await;
    let blobs = format!("file://{}", office.folder.path().join("photos").display());
    let server = Process::serve(office.folder.path(), &office.database.address, &blobs).await;
    (office, server)
}

/// Kilobytes of the process: now, and the most since it began or since [`forget_peak`].
pub fn memory(server: &Process) -> (u64, u64) {
    let status = fs::read_to_string(format!("/proc/{}/status", server.pid())).unwrap();
    let field = |name: &str| {
        let line = status.lines().find(|line| line.starts_with(name)).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    };
    (field("VmRSS:"), field("VmHWM:"))
}

pub fn forget_peak(server: &Process) {
    fs::write(format!("/proc/{}/clear_refs", server.pid()), "5").unwrap();
}

/// What processors have done for the process so far: whoever else uses them does not count.
pub fn processor_time(server: &Process) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{}/stat", server.pid())).unwrap();
    // The name may hold anything but its closing bracket; behind it stand figures, the 14th and 15th of all among them.
    let figures: Vec<_> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    let ticks: u64 = figures[11..13].iter().map(|figure| figure.parse::<u64>().unwrap()).sum();
    // Linux gives hundredths of a second on every machine.
    Duration::from_millis(ticks * 10)
}
