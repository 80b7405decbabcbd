//! Addresses that mean to reach something else.

use super::pages::{Pages, asked};
use axum::{body::Body, http::Uri};

#[tokio::test]
async fn no_address_leads_out_of_the_site_or_to_an_error() {
    let pages = Pages::open().await;
    let secret = std::fs::read(pages.office.folder.path().join("xunan.sqlite")).ok();
    let odd = [
        "/../xunan.sqlite",
        "/..%2fxunan.sqlite",
        "/%2e%2e/xunan.sqlite",
        "/pkg/%2e%2e/%2e%2e/xunan.sqlite",
        "/pkg/..%5c..%5cxunan.sqlite",
        "/pkg//../../xunan.sqlite",
        "/%00",
        "/pkg/xunan.js%00.css",
        "/field/../../xunan.sqlite",
        "/office/hazards/%ff",
        "/office/sites/..%2f..%2f",
        "/api/v1/attachments/..%2f..%2fxunan.sqlite",
        "/api/v1/attachments/%00",
        "/api/v1/uploads/%2e%2e",
        "/office/hazards?status=%ff&page=-1&q=%00",
        "/office/hazards?page=99999999999999999999",
        "//evil.example/office",
        "/office/%3Cscript%3E",
    ];
    for path in odd {
        let Ok(path) = path.parse::<Uri>() else { continue };
        for method in ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECTION"] {
            let reply = pages.send(asked(method, &path.to_string(), "").body(Body::empty()).unwrap()).await;
            assert!(reply.status.as_u16() < 500, "{method} {path}: {}", reply.status);
            assert!(secret.is_none() || Some(&reply.bytes) != secret.as_ref(), "{method} {path}");
            assert!(!reply.text().contains("SQLite format"), "{method} {path}");
        }
    }
}
