//! Metrics in Prometheus's format. They contain no names, places or personal data.

use crate::disk::Room;
use domain::job::JobCount;
use prometheus_client::{
    encoding::{EncodeLabelSet, prometheus_text},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram, info::Info},
    registry::Registry,
};
use std::{
    fmt,
    sync::{Arc, OnceLock},
    time::Duration,
};

/// Seconds.
const TIMES: [f64; 9] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2.5, 10.0];

/// Operations of one turn.
const SIZES: [f64; 7] = [1.0, 2.0, 4.0, 8.0, 16.0, 64.0, 256.0];

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    method: String,
    /// As the router has it, never the path itself.
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Kind {
    kind: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Outcome {
    outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Disk {
    holds: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct JobOutcome {
    job: &'static str,
    outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Queued {
    job: String,
    state: &'static str,
}

type Times = Family<Answered, Histogram, fn() -> Histogram>;

/// What a server has open, and in memory, at one moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Held {
    pub connections: u64,
    /// Of bodies.
    pub bytes: u64,
}

/// Counted together by everything that has a copy. A copy is one count: every layer of a route has one, for every request.
#[derive(Clone)]
pub struct Metrics(Arc<Instruments>);

struct Instruments {
    registry: Registry,
    answers: Times,
    operations: Family<Outcome, Counter>,
    damaged: Family<Kind, Counter>,
    batch_times: Histogram,
    batch_sizes: Histogram,
    photo_bytes: Counter,
    jobs: Family<JobOutcome, Counter>,
    queued: Family<Queued, Gauge>,
    resident: Gauge,
    disk_size: Family<Disk, Gauge>,
    disk_free: Family<Disk, Gauge>,
    disk_reserve: Family<Disk, Gauge>,
    refused: Family<Kind, Counter>,
    connections: Gauge,
    body_bytes: Gauge,
    /// Tells, when somebody asks, what is open and held just now.
    watched: OnceLock<Box<dyn Fn() -> Held + Send + Sync>>,
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Metrics")
    }
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("xunan");
        let build = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "This program", build);
        let answers: Times = Family::new_with_constructor(|| Histogram::new(TIMES));
        registry.register("http_request_duration_seconds", "Time to answer", answers.clone());
        let operations = Family::default();
        registry.register("operations", "Operations of devices by outcome", operations.clone());
        let damaged = Family::default();
        registry.register("damaged_records", "Records that cannot be read, by kind", damaged.clone());
        let batch_times = Histogram::new(TIMES);
        registry.register(
            "write_batch_duration_seconds",
            "Write batches, waiting included",
            batch_times.clone(),
        );
        let batch_sizes = Histogram::new(SIZES);
        registry.register(
            "write_batch_operations",
            "Operations that shared a write batch",
            batch_sizes.clone(),
        );
        let photo_bytes = Counter::default();
        registry.register("photo_received_bytes", "Bytes of photos received", photo_bytes.clone());
        let jobs = Family::default();
        registry.register("jobs", "Attempts at work behind the answers by outcome", jobs.clone());
        let queued = Family::default();
        registry.register("queued_jobs", "Work behind the answers by where it stands", queued.clone());
        let resident = Gauge::default();
        registry.register("resident_memory_bytes", "Memory of this process", resident.clone());
        let (disk_size, disk_free, disk_reserve) = (Family::default(), Family::default(), Family::default());
        registry.register("disk_size_bytes", "Disk by what lies on it", disk_size.clone());
        registry.register("disk_free_bytes", "What is left of it", disk_free.clone());
        registry.register("disk_reserve_bytes", "What photos leave of it for records", disk_reserve.clone());
        let refused = Family::default();
        registry.register("refused", "What was turned away at the edge, by kind", refused.clone());
        let connections = Gauge::default();
        registry.register("connections", "Open connections", connections.clone());
        let body_bytes = Gauge::default();
        registry.register("body_held_bytes", "Bytes of bodies in memory", body_bytes.clone());
        Self(Arc::new(Instruments {
            registry,
            answers,
            operations,
            damaged,
            batch_times,
            batch_sizes,
            photo_bytes,
            jobs,
            queued,
            resident,
            disk_size,
            disk_free,
            disk_reserve,
            refused,
            connections,
            body_bytes,
            watched: OnceLock::new(),
        }))
    }
}

impl Metrics {
    pub fn answered(&self, method: &str, route: &str, status: u16, took: Duration) {
        let call = Answered { method: method.to_owned(), route: route.to_owned(), status };
        self.0.answers.get_or_create_owned(&call).observe(took.as_secs_f64());
    }

    pub fn operation(&self, outcome: &'static str) {
        self.0.operations.get_or_create_owned(&Outcome { outcome }).inc();
    }

    /// Once for each.
    pub fn damaged(&self, kind: &'static str) {
        self.0.damaged.get_or_create_owned(&Kind { kind }).inc();
    }

    pub fn batch(&self, operations: usize, took: Duration) {
        self.0.batch_sizes.observe(operations as f64);
        self.0.batch_times.observe(took.as_secs_f64());
    }

    pub fn photo(&self, bytes: u64) {
        self.0.photo_bytes.inc_by(bytes);
    }

    pub fn job(&self, job: &'static str, outcome: &'static str) {
        self.0.jobs.get_or_create_owned(&JobOutcome { job, outcome }).inc();
    }

    /// As the store has them; none: it does not say.
    pub fn queued(&self, counts: &[JobCount]) {
        self.0.queued.clear();
        for count in counts {
            let states = [("waiting", count.waiting), ("running", count.running), ("failed", count.failed)];
            for (state, jobs) in states {
                let queued = Queued { job: count.name.clone(), state };
                self.0.queued.get_or_create_owned(&queued).set(i64::try_from(jobs).unwrap_or(i64::MAX));
            }
        }
    }

    pub fn disk(&self, holds: &'static str, room: &Room) {
        let figures = [
            (&self.0.disk_size, room.total),
            (&self.0.disk_free, room.free),
            (&self.0.disk_reserve, room.reserve),
        ];
        for (figure, bytes) in figures {
            figure.get_or_create_owned(&Disk { holds }).set(i64::try_from(bytes).unwrap_or(i64::MAX));
        }
    }

    pub fn refused(&self, kind: &'static str) {
        self.0.refused.get_or_create_owned(&Kind { kind }).inc();
    }

    /// From now on this is asked. Said once.
    pub fn watch(&self, held: impl Fn() -> Held + Send + Sync + 'static) {
        let _ = self.0.watched.set(Box::new(held));
    }

    /// In Prometheus's text format.
    pub fn text(&self) -> Result<String, fmt::Error> {
        self.0.resident.set(resident_bytes().unwrap_or_default());
        if let Some(held) = self.0.watched.get() {
            let Held { connections, bytes } = held();
            self.0.connections.set(i64::try_from(connections).unwrap_or(i64::MAX));
            self.0.body_bytes.set(i64::try_from(bytes).unwrap_or(i64::MAX));
        }
        let mut text = String::new();
        prometheus_text::encode(&mut text, &self.0.registry)?;
        Ok(text)
    }
}

/// Of this process, where the system tells.
fn resident_bytes() -> Option<i64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse::<i64>().ok().map(|kilobytes| kilobytes * 1024)
}
