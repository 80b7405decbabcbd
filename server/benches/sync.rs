//! What an operation costs from its arrival to its receipt: over HTTP, on a real store, synced to the disk.

#![expect(clippy::unwrap_used, reason = "a bench that cannot go on may panic")]
#![expect(dead_code, reason = "the tests' office can do more than is measured here")]

#[path = "../tests/api/office.rs"]
mod office;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use domain::role::Role;
use office::{Phone, TestOffice, found, id, passing_visit, prepared};
use serde_json::Value;
use std::hint::black_box;
use tokio::runtime::Runtime;

fn visits(phone: &Phone<'_>, office: &TestOffice, count: usize) -> Vec<Value> {
    let form = office.form("ebike-charging");
    (0..count).map(|_| passing_visit(phone, &office.site, &form)).collect()
}

fn receiving(c: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let office = runtime.block_on(TestOffice::open());
    let phone = runtime.block_on(office.phone(Role::Inspector));
    let mut group = c.benchmark_group("received");
    for count in [1, 20] {
        group.throughput(Throughput::Elements(count as u64));
        group.bench_function(format!("{count} visits a batch"), |b| {
            b.iter_batched(
                || visits(&phone, &office, count),
                |batch| runtime.block_on(phone.sync(&batch)),
                BatchSize::PerIteration,
            );
        });
    }
    group.throughput(Throughput::Elements(1));
    group.bench_function("a hazard", |b| {
        b.iter_batched(
            || found(id(), office.site.id, "棚内堆放纸箱"),
            |hazard| runtime.block_on(phone.sync(&[hazard])),
            BatchSize::PerIteration,
        );
    });
    group.bench_function("a repeat", |b| {
        let again = visits(&phone, &office, 1);
        b.iter(|| runtime.block_on(phone.sync(black_box(&again))));
    });
    group.finish();
}

fn pulling(c: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let office = runtime.block_on(TestOffice::open());
    let phone = runtime.block_on(office.phone(Role::Inspector));
    c.bench_function("a fresh phone's first pull", |b| b.iter(|| runtime.block_on(phone.pull(None))));
}

fn deciding(c: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let office = runtime.block_on(TestOffice::open());
    let phone = runtime.block_on(office.phone(Role::Inspector));
    let forms = prepared(&[office.form("ebike-charging")]);
    let mut sealed = visits(&phone, &office, 1).remove(0);
    let visit: domain::visit::Visit =
        serde_json::from_value(sealed["payload"]["submit_visit"].take()).unwrap();
    c.bench_function("a visit evaluated", |b| {
        b.iter(|| black_box(&visit).check(&forms).unwrap());
    });
}

criterion_group!(benches, receiving, pulling, deciding);
criterion_main!(benches);
