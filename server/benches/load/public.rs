//! A thousand reports by the public in a minute, each with its puzzle solved beforehand as a browser does it and from a network of its
//! own: what becomes of an inspector's requests meanwhile. Printed; that it stays below twice the calm is looked at by whoever reads it.

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

const CALM: Duration = Duration::from_secs(5);
/// A minute's thousand, for a third of a minute.
const REPORTS: u32 = 333;
const EVERY: Duration = Duration::from_millis(60);

/// So that solving the puzzles, which a thousand phones do, does not take this machine's time.
pub async fn lighten(office: &TestOffice) {
    let public = PublicSettings { difficulty: LEAST_DIFFICULTY, ..PublicSettings::default() };
    let mut tx = office.state.store.write().await.unwrap();
    let settings = OfficeSettings { public, ..OfficeSettings::default() };
    tx.put_office_settings(office.office.id, &settings).await.unwrap();
    tx.commit().await.unwrap();
}

/// Prints a row: p95 of an inspector's requests, calm and beside the public, and what the public was answered.
pub async fn measure(store: &str, load: &Load, url: &str) {
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
    println!(
        "| {store} | {REPORTS} in {took:.1} s | {taken} | {p95_calm:.1} | {p95_beside:.1} | {:.1} |",
        p95_beside / p95_calm
    );
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
