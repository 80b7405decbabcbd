//! Workbooks of forms that mean harm, or are broken: each is refused or becomes a draft that cannot be published, and costs no more
//! than it may.

mod files;

use super::{Desk, MEMORY_KB, more};
use crate::{
    process::Process,
    served::{forget_peak, memory, processor_time, served},
};
use domain::text::Lang;
use reqwest::header::{CONTENT_TYPE, COOKIE};
use serde_json::{Value, json};
use std::{collections::BTreeMap, time::Duration};

/// Times the work of the largest honest form. Its conditions are short; hundreds that are as long as a cell may be cost more to read,
/// and what is read without a limit, hundreds of times as much.
const MOST_WORK: u32 = 40;
/// Faults that are told of one workbook, and how many more there are.
const MOST_FAULTS: usize = 201;

impl Desk {
    /// What the server made of the workbook: the id of the draft, or what is wrong.
    async fn send_form(&self, file: &[u8]) -> Value {
        let edge = "----edge";
        let head =
            format!("--{edge}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.xlsx\"\r\n\r\n");
        let body = [head.as_bytes(), file, format!("\r\n--{edge}--\r\n").as_bytes()].concat();
        self.asked("send_form", &format!("multipart/form-data; boundary={edge}"), body).await
    }

    /// The page that its author gets.
    async fn draft(&self, id: &Value) -> Value {
        let body = json!({ "id": id, "kind": null }).to_string().into_bytes();
        self.asked("form_draft", "application/json", body).await
    }

    async fn asked(&self, function: &str, kind: &str, body: Vec<u8>) -> Value {
        let request = self.client.post(format!("{}/api/pages/{function}", self.url));
        let request = request.header(COOKIE, &self.cookie).header(CONTENT_TYPE, kind).body(body);
        serde_json::from_slice(&request.send().await.unwrap().bytes().await.unwrap()).unwrap()
    }

    /// What is wrong with the workbook, in words; of one that is only too large as a draft, that.
    async fn faults(&self, file: &[u8]) -> Vec<String> {
        let answer = self.send_form(file).await;
        if let Some(reason) = answer["invalid"]["reason"].as_str() {
            return vec![reason.to_owned()];
        }
        let drafted = if answer.is_string() { self.draft(&answer).await } else { Value::Null };
        let faults = if drafted.is_null() { &answer["sheets"]["faults"] } else { &drafted["faults"] };
        let faults = faults.as_array().unwrap_or_else(|| panic!("{answer}"));
        faults.iter().map(|fault| fault["words"].as_str().unwrap().to_owned()).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_workbook_of_a_form_costs_more_than_it_may() {
    let (_office, server) = served().await;
    let desk = Desk::of(&server).await;
    let honest = honest_work(&desk, &server).await;
    let (mut dear, mut before_all) = (vec![], None);
    let mut said = BTreeMap::new();
    for (name, file) in files::broken() {
        assert!(file.len() < 10 * 1024 * 1024, "{name}: {} bytes do not fit a form", file.len());
        forget_peak(&server);
        let (before, _) = memory(&server);
        let least = *before_all.get_or_insert(before);
        let begun = processor_time(&server);
        let faults = desk.faults(&file).await;
        let work = processor_time(&server).saturating_sub(begun);
        let cost = more(memory(&server).1, least, before);
        let times = work.div_duration_f32(honest);
        println!(
            "{name}: {work:?} of work, {times:.1} times an honest form's, {} MB more, {} faults, first {:?}",
            cost / 1024,
            faults.len(),
            faults.first()
        );
        // All at once, and no more than a person reads.
        assert!((1..=MOST_FAULTS).contains(&faults.len()), "{name}: {} faults", faults.len());
        said.insert(name, faults);
        if work > honest * MOST_WORK || cost > MEMORY_KB {
            dear.push(format!("{name}: {times:.1} times an honest form's work, {} MB", cost / 1024));
        }
    }
    assert_eq!(dear, Vec::<String>::new());
    // Not only that it was cheap: that it was refused for what is wrong with it.
    for (name, problem) in files::refused_for() {
        let words = problem.words(Lang::default());
        let faults = &said[name];
        assert!(faults.iter().any(|fault| fault.ends_with(&words)), "{name}: {words} is not in {faults:?}");
    }
}

/// What the server's processors do for the largest form that an office may send: of three times the middle one.
async fn honest_work(desk: &Desk, server: &Process) -> Duration {
    let file = files::honest();
    let mut works = vec![];
    for _ in 0..3 {
        let begun = processor_time(server);
        assert_eq!(desk.faults(&file).await, Vec::<String>::new());
        works.push(processor_time(server).saturating_sub(begun));
    }
    works.sort();
    println!("an honest form: {works:?} of work");
    works[1]
}
