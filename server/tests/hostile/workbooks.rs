//! Lists that mean harm. Whatever a file claims of itself or unpacks to: the server spends a bounded amount of memory and
//! work on it, says in words what is wrong, and answers others meanwhile.

mod archive;
mod forms;
mod lists;

use super::{
    office::PASSWORD,
    process::Process,
    served::{forget_peak, memory, processor_time, served},
    waits::Waits,
};
use domain::text::Lang;
use reqwest::{
    Client,
    header::{CONTENT_TYPE, COOKIE, SET_COOKIE},
};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

/// More than the server had before, at the most.
const MEMORY_KB: u64 = 100 * 1024;
/// Times the work of the largest honest list. What is read without a limit unpacks to hundreds of times as much; what is compared
/// with each other, row by row, is thousands of times as much.
const MOST_WORK: u32 = 12;

struct Desk {
    client: Client,
    url: String,
    cookie: String,
}

impl Desk {
    async fn of(server: &Process) -> Self {
        let client = Client::new();
        let session = client.post(format!("{}/api/pages/sign_in", server.url));
        let session = session.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        let words = format!("username=administrator&password={}&next=/office", PASSWORD.replace(' ', "+"));
        let reply = session.body(words).send().await.unwrap();
        let cookies = reply.headers().get_all(SET_COOKIE).iter().map(|cookie| cookie.to_str().unwrap());
        let cookies = cookies.map(|cookie| cookie.split(';').next().unwrap().to_owned()).collect::<Vec<_>>();
        assert!(!cookies.is_empty(), "not signed in: {}", reply.status());
        let cookie = cookies.join("; ");
        Self { client, url: server.url.clone(), cookie }
    }

    /// What the server made of a list: its id, or the fault.
    async fn send(&self, what: &str, file: &[u8]) -> Value {
        let edge = "----edge";
        let field = |name: &str, value: &str| {
            format!("--{edge}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let mut body = field("what", what).into_bytes();
        body.extend(
            format!("--{edge}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.xlsx\"\r\n\r\n")
                .bytes(),
        );
        body.extend(file);
        body.extend(format!("\r\n--{edge}--\r\n").bytes());
        let request = self.client.post(format!("{}/api/pages/import", self.url)).header(COOKIE, &self.cookie);
        let reply = request
            .header(CONTENT_TYPE, format!("multipart/form-data; boundary={edge}"))
            .body(body)
            .send()
            .await
            .unwrap();
        serde_json::from_slice(&reply.bytes().await.unwrap()).unwrap()
    }

    async fn preview(&self, id: &Value) -> Value {
        let request =
            self.client.post(format!("{}/api/pages/import_preview", self.url)).header(COOKIE, &self.cookie);
        let body = json!({ "id": id, "view": { "show": null, "page": 1, "row": null } });
        let reply =
            request.header(CONTENT_TYPE, "application/json").body(body.to_string()).send().await.unwrap();
        serde_json::from_slice(&reply.bytes().await.unwrap()).unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_list_costs_more_than_it_may() {
    let (_office, server) = served().await;
    // Beside it one that is sent honest lists, and then nothing.
    let (_other_office, other) = served().await;
    let honest = honest_work(&Desk::of(&other).await, &other).await;
    let desk = Desk::of(&server).await;
    // Pages and their functions are warm before anything is measured.
    let id = desk.send("sites", "编码,名称\nA1,x\n".as_bytes()).await;
    assert!(id["Ok"].is_string() || id.is_string(), "{id}");

    let done = Arc::new(AtomicBool::new(false));
    let watch = tokio::spawn({
        let (done, client) = (Arc::clone(&done), Client::new());
        let (attacked, calm) = (server.url.clone(), other.url.clone());
        async move {
            let mut waits = Waits::default();
            while !done.load(Ordering::Relaxed) {
                waits.ask(&client, &attacked, &calm).await;
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            waits
        }
    });
    let (mut dear, mut before_all) = (vec![], None);
    let mut said = BTreeMap::new();
    // People first: their lists want a sign-in of the last minutes.
    let people = lists::of_people().into_iter().map(|(name, file)| ("people", name, file));
    let sites = lists::of_sites().into_iter().map(|(name, file)| ("sites", name, file));
    for (what, name, file) in people.chain(sites) {
        assert!(file.len() < 10 * 1024 * 1024, "{name}: {} bytes do not fit a form", file.len());
        forget_peak(&server);
        let (before, _) = memory(&server);
        let least = *before_all.get_or_insert(before);
        let begun = processor_time(&server);
        let answer = desk.send(what, &file).await;
        let words = match answer.as_str() {
            // Rows that are wrong one by one are shown as such, a page of them.
            Some(_) => {
                let preview = desk.preview(&answer).await;
                assert!(
                    preview["shown"].as_array().is_some_and(|shown| shown.len() <= 50),
                    "{name}: {preview}"
                );
                // A page is shown, whatever a row holds.
                let weight = preview.to_string().len();
                assert!(weight < 512 * 1024, "{name}: a preview of {weight} bytes");
                preview["tally"].to_string()
            }
            None => {
                let reason = answer["invalid"]["reason"].as_str();
                reason.unwrap_or_else(|| panic!("{name}: {answer}")).to_owned()
            }
        };
        let (work, (_, peak)) = (processor_time(&server).saturating_sub(begun), memory(&server));
        let cost = more(peak, least, before);
        let times = work.div_duration_f32(honest);
        println!(
            "{name}: {work:?} of work, {times:.1} times an honest list's, {} MB more, {words}",
            cost / 1024
        );
        said.insert(name, words);
        if work > honest * MOST_WORK || cost > MEMORY_KB {
            dear.push(format!("{name}: {times:.1} times an honest list's work, {} MB", cost / 1024));
        }
    }
    done.store(true, Ordering::Relaxed);
    let waits = watch.await.unwrap();
    assert_eq!(dear, Vec::<String>::new());
    // Not only that it was cheap: that it was refused for what is wrong with it.
    for (name, error) in lists::refused_for() {
        assert_eq!(said.get(name), Some(&error.words(Lang::default())), "{name}");
    }
    waits.check();
}

/// Kilobytes that something cost at its peak: more than before it, or than at the very beginning where the server has grown since.
fn more(peak: u64, least: u64, before: u64) -> u64 {
    peak.saturating_sub(least.max(before.min(least + MEMORY_KB / 4)))
}

/// What the server's processors do for the largest lists that an office may send: of three times the middle one, and of the lists
/// the dearest.
async fn honest_work(desk: &Desk, server: &Process) -> Duration {
    let mut dearest = Duration::ZERO;
    for (name, file) in lists::honest() {
        let mut works = vec![];
        for _ in 0..3 {
            let begun = processor_time(server);
            let answer = desk.send("sites", &file).await;
            assert!(answer.is_string(), "{name}: {answer}");
            let preview = desk.preview(&answer).await;
            works.push(processor_time(server).saturating_sub(begun));
            assert!(preview["tally"].is_object(), "{name}: {preview}");
        }
        works.sort();
        println!("{name}: {works:?} of work");
        dearest = dearest.max(works[1]);
    }
    dearest
}
