//! # A street of phones on the worst of lines
//!
//! Phones that are the product's own, on what memory has in the place of a browser; the real server on a SQLite file; between
//! them a line that loses, delays, doubles, cuts and lies; phones and servers that die between any two steps; clocks that
//! jump; people who are moved and sites that are closed while work about them waits. Everything is drawn from one number,
//! the seed, and the same seed does the same again: time is the tests' own, and stands still while the server works.
//!
//! When the faults are over and everybody has had time: every thing that a person saved is on the server exactly once, or
//! visibly refused and still on the phone; every phone holds what its person may see; every log folds, every photo has its
//! hash.
//!
//! `XUNAN_SEED` runs one seed, `XUNAN_SECONDS` says for how long to draw new ones (two minutes by default).

#![expect(clippy::unwrap_used, reason = "tests say what is wrong by panicking")]

mod album;
mod checks;
mod fault_plan;
mod faulty_blobs;
mod faulty_store;
mod machine;
mod network;
#[expect(dead_code, reason = "the office can do more than is simulated here")]
#[path = "../api/office.rs"]
mod office;
mod phone;
mod rng;
mod scenario;
mod template;
mod world;

use scenario::{Kind, Scenario, Tally};
use std::{
    env,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};
use template::Template;

const SECONDS: u64 = 120;

/// Where the seeds of a run begin; each run of `make soak` may begin elsewhere (`XUNAN_FIRST_SEED`).
const FIRST_SEED: u64 = 20_261_125;

fn number(name: &str) -> Option<u64> {
    env::var(name).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{name}={text}: a number")))
}

#[test]
fn nothing_is_lost_and_nothing_is_doubled() {
    let template = Template::make();
    if let Some(seed) = number("XUNAN_SEED") {
        println!("{}", Scenario::drawn(seed).run(&template));
        return;
    }
    let lasts = Duration::from_secs(number("XUNAN_SECONDS").unwrap_or(SECONDS));
    let (end, next) =
        (Instant::now() + lasts, AtomicU64::new(number("XUNAN_FIRST_SEED").unwrap_or(FIRST_SEED)));
    // A pull seldom fails after its operations were committed. Where none has yet, because the machine is slow or busy, as many
    // seeds again are drawn as the time allows twice over.
    let last = end + 2 * lasts;
    let whole = Mutex::new(Tally::default());
    let failed: Mutex<Option<Scenario>> = Mutex::new(None);
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let goes_on = || {
                    let now = Instant::now();
                    now < end || (now < last && whole.lock().unwrap().failed_pulls == 0)
                };
                while goes_on() && failed.lock().unwrap().is_none() {
                    let scenario = Scenario::drawn(next.fetch_add(1, Ordering::Relaxed));
                    match catch_unwind(AssertUnwindSafe(|| scenario.run(&template))) {
                        Ok(tally) => whole.lock().unwrap().add(&tally),
                        Err(_) => drop(failed.lock().unwrap().get_or_insert(scenario)),
                    }
                }
            });
        }
    });
    if let Some(scenario) = failed.into_inner().unwrap() {
        let smallest = smallest(scenario, &template);
        panic!("seed {} fails; so does this much of it: {smallest:?}", smallest.seed);
    }
    // Only where nothing failed: the last line says that nothing was lost.
    let whole = whole.into_inner().unwrap();
    assert!(
        whole.failed_pulls > 0,
        "no pull failed after its operations were committed: that is not tried any more; {whole}"
    );
    println!("{whole}");
}

/// The least that still fails: fewer kinds of faults, then fewer steps.
fn smallest(mut scenario: Scenario, template: &Template) -> Scenario {
    let fails = |scenario: &Scenario| catch_unwind(AssertUnwindSafe(|| scenario.run(template))).is_err();
    for kind in Kind::ALL {
        let without = scenario.without(kind);
        if without.kinds != scenario.kinds && fails(&without) {
            scenario = without;
        }
    }
    while scenario.steps > 1 {
        let shorter = Scenario { steps: scenario.steps / 2, ..scenario.clone() };
        if !fails(&shorter) {
            break;
        }
        scenario = shorter;
    }
    scenario
}
