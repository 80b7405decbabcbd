//! A thousand reports by the public in a minute, each with its puzzle solved beforehand as a browser does it and from a network of its
//! own: what becomes of an inspector's requests meanwhile. Each figure stands beside its target, and the program fails where one is
//! missed.

use super::{
    clients::Load,
    office::TestOffice,
    storm::{Watcher, at},
};
use domain::{
    public_report::{LEAST_DIFFICULTY, PublicSettings},
    settings::OfficeSettings,
};
use server::service::public_reports::puzzle;
use std::time::{Duration, Instant};
use tokio::time::{interval, sleep};

/// Before anything is measured: connections and caches are cold.
const WARMING: Duration = Duration::from_secs(2);
const CALM: Duration = Duration::from_secs(15);
/// A minute's.
const REPORTS: u32 = 1_000;
const EVERY: Duration = Duration::from_millis(60);
/// Times the calm that an inspector may wait beside them.
const MOST_RATIO: f64 = 2.0;

/// So that solving the puzzles, which a thousand phones do, does not take this machine's time.
pub async fn lighten(office: &TestOffice) {
    let public = PublicSettings { difficulty: LEAST_DIFFICULTY, ..PublicSettings::default() };
    let mut tx = office.state.store.write().await.unwrap();
    let settings = OfficeSettings { public, ..OfficeSettings::default() };
    tx.put_office_settings(office.office.id, &settings).await.unwrap();
    tx.commit().await.unwrap();
}

/// Prints the head of the table, with what a row has to keep.
pub fn head() {
    println!(
        "\n| store | reports sent | taken (target: all) | taken a minute | inspector's p95 ms, calm | beside them | \
         ratio (target: at most {MOST_RATIO:.1}) |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- |");
}

/// Prints a row: p95 of an inspector's requests, calm and beside the public, and what the public was answered. Whether it keeps its
/// targets.
pub async fn measure(store: &str, load: &Load, url: &str) -> bool {
    let other = Watcher::begin(load);
    sleep(WARMING).await;
    other.end().await;

    let other = Watcher::begin(load);
    sleep(CALM).await;
    let calm = other.end().await;

    let client = reqwest::Client::new();
    let other = Watcher::begin(load);
    let begun = Instant::now();
    let mut clock = interval(EVERY);
    let mut reports = vec![];
    for n in 0..REPORTS {
        clock.tick().await;
        reports.push(tokio::spawn(report(client.clone(), url.to_owned(), n)));
    }
    let mut taken = 0;
    for report in reports {
        taken += u32::from(report.await.unwrap());
    }
    let took = begun.elapsed().as_secs_f64();
    let beside = other.end().await;
    let (p95_calm, p95_beside) = (at(&calm, 0.95), at(&beside, 0.95));
    let (ratio, a_minute) = (p95_beside / p95_calm, f64::from(taken) / took * 60.0);
    let are_all_taken = taken == REPORTS;
    let is_quick = ratio <= MOST_RATIO;
    let missed = |kept: bool| if kept { "" } else { ", MISSED" };
    println!(
        "| {store} | {REPORTS} in {took:.1} s | {taken}{} | {a_minute:.0} | {p95_calm:.1} | {p95_beside:.1} | {ratio:.1}{} |",
        missed(are_all_taken),
        missed(is_quick)
    );
    are_all_taken && is_quick
}

/// Whether it was taken.
async fn report(client: reqwest::Client, url: String, n: u32) -> bool {
    let [_, b, c, d] = n.to_be_bytes();
    let network = format!("10.{b}.{c}.{d}");
    let page = client.get(format!("{url}/report")).header("x-forwarded-for", &network);
    let page = page.send().await.unwrap().text().await.unwrap();
    let question = page.split("name=\"question\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let question = question.unwrap().to_owned();
    let answer = puzzle::solve(&question);
    let what = format!("第 {n} 处");
    let fields = [("question", question.as_str()), ("answer", &answer), ("what", &what), ("place", "北门")];
    let parts = fields.map(|(name, value)| {
        format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    });
    let sent = client
        .post(format!("{url}/report"))
        .header("x-forwarded-for", &network)
        .header("content-type", "multipart/form-data; boundary=x")
        .body(format!("{}--x--\r\n", parts.concat()));
    sent.send().await.unwrap().status().is_success()
}
