//! 标准施行情况 as a browser without the program meets it.

use super::{
    desk::Browser,
    office::{PASSWORD, TestOffice},
};
use domain::role::Role;

#[tokio::test]
async fn a_standard_is_said_to_have_ended_and_taken_back_by_plain_forms() {
    let office = TestOffice::open().await;
    let browser = Browser::new(&office);
    browser.sign_in(Role::Supervisor.as_str(), PASSWORD).await;
    let end = |until: &'static str| {
        [
            ("form[does]", "end"),
            ("form[number]", "GB55037—2022"),
            ("form[until]", until),
            ("form[replaced_by]", "GB 55037-2026"),
        ]
    };
    let refused = browser.form("change_standard", &end("2023-05-31")).await;
    assert!(refused.contains("2023-06-01") && refused.contains("GB55037—2022"), "{refused}");
    let unread = browser.form("change_standard", &end("去年")).await;
    assert!(unread.contains("日期应写成"), "{unread}");
    assert_eq!(browser.form("change_standard", &end("2026-01-01")).await, "/office/standards");
    let page = browser.get("/office/standards").await.text();
    assert!(page.contains("GB 55037-2026") && page.contains("2026-01-01"), "{page}");
    let back = [("form[does]", "take_back"), ("form[number]", "GB 55037-2022")];
    assert_eq!(browser.form("change_standard", &back).await, "/office/standards");
    assert!(!browser.get("/office/standards").await.text().contains("GB 55037-2026"));
    let gone = browser.form("change_standard", &back).await;
    assert!(gone.contains("可能已被别人撤回"), "{gone}");
}
