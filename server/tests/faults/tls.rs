//! HTTPS by the program itself.

use super::{
    office::{Database, PASSWORD, TestOffice},
    process::Process,
};
use domain::role::Role;
use reqwest::{Certificate, Client, Version};
use serde_json::json;
use std::{fs, time::Duration};
use tokio::time::{sleep, timeout};

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_of_ones_own_gives_https_http2_and_secure_cookies_and_can_be_renewed() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::sqlite(folder.path());
    let office = TestOffice::on(database, folder).await;
    let (certificate, key) = (office.folder.path().join("cert.pem"), office.folder.path().join("key.pem"));
    let write = || {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        fs::write(&certificate, made.cert.pem()).unwrap();
        fs::write(&key, made.key_pair.serialize_pem()).unwrap();
        Certificate::from_pem(made.cert.pem().as_bytes()).unwrap()
    };
    let first = write();
    let client = Client::builder().tls_certs_only([first.clone()]).build().unwrap();
    let (folder, address) = (office.folder.path(), &office.database.address);
    let blobs = format!("file://{}", folder.join("photos").display());
    let server = Process::serve_tls(folder, address, &blobs, &certificate, &key, &client).await;

    let reply = client.get(format!("{}/healthz", server.url)).send().await.unwrap();
    assert_eq!((reply.status().as_u16(), reply.version()), (200, Version::HTTP_2));
    assert!(reply.headers().contains_key("strict-transport-security"));
    let credentials =
        json!({ "username": Role::Inspector.as_str(), "password": PASSWORD, "device_name": "test" });
    let request =
        client.post(format!("{}/api/v1/session", server.url)).header("content-type", "application/json");
    let signed_in = request.body(credentials.to_string()).send().await.unwrap();
    assert!(signed_in.headers()["set-cookie"].to_str().unwrap().contains("; Secure"));

    // A client of its own for each try: kept connections keep the old certificate.
    let healthy = async |trusted: &Certificate| {
        let client = Client::builder().tls_certs_only([trusted.clone()]).build().unwrap();
        client.get(format!("{}/healthz", server.url)).send().await
    };
    let renewed = write();
    server.hang_up();
    let renewal = async {
        while healthy(&renewed).await.is_err() {
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(Duration::from_secs(20), renewal).await.expect("the new certificate is read");
    assert!(healthy(&first).await.is_err(), "the old one is still used");
    // A broken file is read and left; what is read after it shows that it has been.
    fs::write(&certificate, "no certificate").unwrap();
    server.hang_up();
    for _ in 0..20 {
        sleep(Duration::from_millis(20)).await;
        assert_eq!(healthy(&renewed).await.unwrap().status(), 200, "a broken file leaves the old one in use");
    }
}
