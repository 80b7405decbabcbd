//! The database goes away, and comes back or is replaced.

use super::{
    load_spike::LoadSpike,
    office::{Database, PASSWORD, TestOffice, found, id},
    phone::HeadlessPhone,
    process::{self, Process},
};
use domain::role::Role;
use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};
use test_support::postgres::Cluster;
use tokio::time::{sleep, timeout};

async fn served(cluster: &Cluster) -> (TestOffice, Process) {
    let database = Database { address: cluster.database().await };
    let office = TestOffice::on(database, tempfile::tempdir().unwrap()).await;
    let blobs = format!("file://{}", office.folder.path().join("photos").display());
    let server = Process::serve(office.folder.path(), &office.database.address, &blobs).await;
    (office, server)
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_database_is_away_requests_are_put_off_and_afterwards_all_goes_on() {
    let cluster = Cluster::start();
    let (office, server) = served(&cluster).await;
    let urls = [server.url.clone()];
    let mut load_spike = LoadSpike::gather(&office, &urls[0]).await;
    load_spike.work(&urls, 5, 2).await;
    let over = AtomicBool::new(false);
    let interruption = async {
        sleep(Duration::from_millis(200)).await;
        assert!(!over.load(Ordering::Relaxed), "everybody was done before the database went");
        cluster.kill();
        let client = reqwest::Client::new();
        let ready = client.get(format!("{}/readyz", server.url)).send().await.unwrap();
        assert_eq!(ready.status(), 503);
        assert_eq!(ready.headers()["retry-after"], "30");
        let alive = client.get(format!("{}/healthz", server.url)).send().await.unwrap();
        assert_eq!(alive.status(), 200);
        cluster.revive();
    };
    let work = async {
        load_spike.work(&urls, 40, 3).await;
        over.store(true, Ordering::Relaxed);
    };
    tokio::join!(work, interruption);
    load_spike.check(&urls[0]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_standby_that_takes_over_has_everything_that_was_acknowledged() {
    let cluster = Cluster::pair();
    let (office, server) = served(&cluster).await;
    let urls = [server.url.clone()];
    let mut load_spike = LoadSpike::gather(&office, &urls[0]).await;
    let over = AtomicBool::new(false);
    let failover = async {
        sleep(Duration::from_millis(300)).await;
        assert!(!over.load(Ordering::Relaxed), "everybody was done before the standby took over");
        cluster.kill();
        cluster.promote();
    };
    let work = async {
        load_spike.work(&urls, 60, 4).await;
        over.store(true, Ordering::Relaxed);
    };
    tokio::join!(work, failover);
    let stored = load_spike.check(&urls[0]).await;
    println!("{stored} operations, {} tries that came to nothing", load_spike.misses());
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_acknowledged_that_the_standby_does_not_have() {
    let cluster = Cluster::pair();
    let (office, server) = served(&cluster).await;
    let mut phone = HeadlessPhone::sign_in(&server.url, Role::Inspector.as_str(), PASSWORD, id()).await;
    phone.put(found(id(), office.site.id, "堆放杂物"));
    cluster.freeze();
    let answer = timeout(Duration::from_secs(2), phone.sync_once(&server.url)).await;
    cluster.thaw();
    assert!(answer.is_err(), "{answer:?}");
    let mut load_spike = LoadSpike::of(&office, vec![phone]);
    load_spike.work(std::slice::from_ref(&server.url), 0, 6).await;
    assert_eq!(load_spike.check(&server.url).await, 1);
}

#[tokio::test]
async fn a_database_that_cannot_be_reached_is_named_when_the_server_starts() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = format!("postgres://xunan:s3cr3t@localhost/city?host={}", folder.path().display());
    let output = std::process::Command::new(process::program())
        .args(["serve", "--data", &folder.path().display().to_string(), "--database-url", &nowhere])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("the database postgres://localhost/city cannot be opened"), "{said}");
    assert!(!said.contains("s3cr3t"), "{said}");
}
