//! Several servers on one database, one of which dies all the time.

use super::{
    load_spike::LoadSpike,
    office::{Database, TestOffice},
    process::Process,
};
use std::time::Duration;
use test_support::postgres::Cluster;
use tokio::{sync::oneshot, time::sleep};

const THINGS: usize = 40;

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_one_of_which_is_killed_again_and_again_lose_nothing_and_double_nothing() {
    let cluster = Cluster::start();
    let database = Database { address: cluster.database().await };
    let office = TestOffice::on(database, tempfile::tempdir().unwrap()).await;
    let (folder, address) = (office.folder.path(), &office.database.address);
    let blobs = format!("file://{}", folder.join("photos").display());
    let mut servers =
        [Process::serve(folder, address, &blobs).await, Process::serve(folder, address, &blobs).await];
    let urls = servers.each_ref().map(|server| server.url.clone());
    let mut load_spike = LoadSpike::gather(&office, &urls[0]).await;
    let (done, mut over) = oneshot::channel::<()>();
    let killing = async move {
        let mut kills = 0;
        while over.try_recv().is_err() {
            // Long enough to get something done, short enough to die in the middle of it.
            sleep(Duration::from_millis(150 + 97 * (kills % 7))).await;
            let server = &mut servers[usize::from(kills % 2 == 1)];
            server.kill();
            server.start().await;
            kills += 1;
        }
        (servers, kills)
    };
    let working = async {
        load_spike.work(&urls, THINGS, 20_261_125).await;
        done.send(()).unwrap();
    };
    let ((_servers, kills), ()) = tokio::join!(killing, working);
    let stored = load_spike.check(&urls[1]).await;
    println!("{stored} operations, {kills} kills, {} tries that came to nothing", load_spike.misses());
    assert!(kills >= 3 && load_spike.misses() > 0, "{kills} kills: nothing was put to the test");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_server_took_the_other_gives_in_the_same_second() {
    let cluster = Cluster::start();
    let database = Database { address: cluster.database().await };
    let office = TestOffice::on(database, tempfile::tempdir().unwrap()).await;
    let (folder, address) = (office.folder.path(), &office.database.address);
    let blobs = format!("file://{}", folder.join("photos").display());
    let servers =
        [Process::serve(folder, address, &blobs).await, Process::serve(folder, address, &blobs).await];
    let urls = servers.each_ref().map(|server| server.url.clone());
    let mut load_spike = LoadSpike::gather(&office, &urls[0]).await;
    load_spike.work(&urls, 10, 1).await;
    assert!(load_spike.check(&urls[1]).await > 30);
}
