//! Connections held by somebody who does not mean to use them, against the program as it is run.

use super::{
    served::{memory, served},
    waits::{Waits, answer},
};
use std::{
    io::{Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};
use tokio::time::sleep;

/// How long it goes on: until all are there, and longer than any body or head without a session is waited for.
const ATTACK: Duration = Duration::from_secs(56);
const MEMORY: u64 = 150 * 1024 * 1024;

/// An open connection on which these bytes have been sent.
fn hold(address: &str, bytes: &[u8]) -> Option<TcpStream> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_write_timeout(Some(Duration::from_millis(50))).unwrap();
    // What the server does not take is not sent; the connection is held all the same.
    let _ = stream.write_all(bytes);
    Some(stream)
}

fn count(metrics: &str, kind: &str) -> u64 {
    let line = format!("xunan_refused_total{{kind=\"{kind}\"}} ");
    metrics.lines().find_map(|known| known.strip_prefix(&line)).map_or(0, |count| count.parse().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn unfinished_bodies_and_half_open_requests_keep_nobody_waiting_and_cost_little() {
    let (_office, server) = served().await;
    // Beside it one that nobody attacks: how long the machine itself keeps people waiting just now.
    let (_other_office, other) = served().await;
    // A fresh connection each time, as somebody who comes now.
    let client = reqwest::Client::builder().pool_max_idle_per_host(0).build().unwrap();
    let address = server.url.trim_start_matches("http://").to_owned();
    let attacker = address.clone();
    let attack = tokio::task::spawn_blocking(move || {
        // Declared small enough to be waited for, and one byte short of it.
        let head = "POST /api/v1/session HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n";
        let mut body = format!("{head}content-length: 60001\r\n\r\n").into_bytes();
        body.extend(vec![b' '; 60_000]);
        let chunked = format!("{head}transfer-encoding: chunked\r\n\r\n10\r\n                \r\n");
        let half = [&b""[..], b"GET /", b"GET /healthz HTTP/1.1\r\nhost: a\r\n", b"PRI * HTTP/2.0\r\n"];
        let mut held: Vec<_> = (0..400).filter_map(|_| hold(&attacker, &body)).collect();
        held.extend((0..100).filter_map(|_| hold(&attacker, chunked.as_bytes())));
        held.extend((0..1100).filter_map(|n| hold(&attacker, half[n % half.len()])));
        held
    });
    let begun = Instant::now();
    let (mut waits, mut largest) = (Waits::default(), 0);
    while begun.elapsed() < ATTACK {
        waits.ask(&client, &server.url, &other.url).await;
        largest = largest.max(memory(&server).0 * 1024);
        sleep(Duration::from_millis(100)).await;
    }
    let held = attack.await.unwrap();
    let (_, metrics) = answer(&client, &server.url, "/metrics").await;
    println!("{} held; memory at most {largest}", held.len());
    let kinds = ["slow_body", "no_room", "silent", "displaced", "no_connection"];
    println!("{}", kinds.map(|kind| format!("{kind} {}", count(&metrics, kind))).join(", "));
    assert_eq!(held.len(), 1600);
    waits.check();
    assert!(largest < MEMORY, "{largest}");
    assert!(count(&metrics, "slow_body") + count(&metrics, "no_room") + count(&metrics, "displaced") >= 400);
    assert!(count(&metrics, "silent") + count(&metrics, "displaced") >= 500);
    for mut stream in held {
        stream.set_read_timeout(Some(Duration::from_millis(500))).unwrap();
        let mut rest = vec![];
        // Answered or not, it has ended.
        if let Err(error) = stream.read_to_end(&mut rest) {
            assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset, "{error}");
        }
    }
}
