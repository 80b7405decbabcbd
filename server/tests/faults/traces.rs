//! Traces reach a collector, the last ones too.

use super::{
    office::{Database, TestOffice},
    process::Process,
};
use axum::{Router, body::Bytes, routing::post};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

#[tokio::test(flavor = "multi_thread")]
async fn spans_go_to_the_collector_that_the_environment_names() {
    let sent: Arc<Mutex<Vec<Bytes>>> = Arc::default();
    let collected = Arc::clone(&sent);
    let collector = Router::new().route(
        "/v1/traces",
        post(move |body: Bytes| {
            collected.lock().unwrap().push(body);
            async {}
        }),
    );
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, collector).await });

    let folder = tempfile::tempdir().unwrap();
    let database = Database::sqlite(folder.path());
    let office = TestOffice::on(database, folder).await;
    let blobs = format!("file://{}", office.folder.path().join("photos").display());
    let variables = [("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint), ("RUST_LOG", "info".to_owned())];
    let (folder, address) = (office.folder.path(), &office.database.address);
    let mut server = Process::serve_with(folder, address, &blobs, &variables).await;
    let path = "/api/v1/openapi.json?name=secret";
    assert_eq!(reqwest::get(format!("{}{path}", server.url)).await.unwrap().status(), 200);
    tokio::task::spawn_blocking(move || server.stop()).await.unwrap();

    let sent = sent.lock().unwrap().concat();
    let holds = |text: &str| sent.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(holds("xunan") && holds("/api/v1/openapi.json"), "{} bytes of spans", sent.len());
    assert!(!holds("secret"), "a query is nobody's business");
}
