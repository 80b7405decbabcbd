//! Pictures of a form: sent with the draft, had by the phones of its office.

use super::{
    super::{
        desk::Browser,
        office::{PASSWORD, TestOffice},
        photo_access::{another, another_office},
        photos::jpeg,
    },
    Desk, FORM, asked,
};
use chrono::SecondsFormat;
use domain::{form::editing::DraftFile, photo::PhotoHash, role::Role};
use server::service::form_editing;

#[tokio::test]
async fn the_pictures_of_a_form_are_had_by_everybody_of_its_office_and_nobody_else() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Supervisor).await;
    let file = desk.begin().await.unwrap();
    let row = asked(&file);
    let (state, by, form) = (&office.state, &desk.by, &desk.form);
    let saved = form_editing::put_picture(state, by, form, file.saved_at, row, jpeg(90).into()).await;
    let seen = DraftFile { saved_at: saved.unwrap(), ..file };
    desk.write(&seen, row, "picture_zh", "充电口完好").await.unwrap();
    desk.write(&desk.file().await.unwrap(), row, "picture_en", "A sound socket").await.unwrap();
    let draft = desk.file().await.unwrap();
    desk.publish(&draft, "林芳").await.unwrap();

    let phone = office.phone(Role::Inspector).await;
    let (changes, _) = phone.pull(None).await;
    let told = changes.iter().find(|change| change["body"]["id"] == FORM).unwrap().to_string();
    let image = draft.form.unwrap().pictures().first().unwrap().to_string();
    assert!(told.contains(&image) && told.contains("A sound socket"), "{told}");
    let path = format!("/api/v1/attachments/{image}");
    for role in [Role::Inspector, Role::Enterprise, Role::Officer] {
        let reply = office.phone(role).await.request("GET", &path, "").await;
        assert_eq!((reply.status.as_u16(), PhotoHash::of(&reply.bytes).as_str()), (200, image.as_str()));
        assert_eq!(reply.headers["content-type"], "image/jpeg");
    }
    let (other, _) = another_office(&office).await;
    let stranger = another(&office, other.id, "stranger", Role::Administrator, vec![]).await;
    assert_eq!(stranger.request("GET", &path, "").await.status, 404);
}

#[tokio::test]
async fn a_picture_is_sent_and_taken_away_by_plain_forms() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Supervisor).await;
    let browser = Browser::new(&office);
    browser.sign_in(Role::Supervisor.as_str(), PASSWORD).await;
    let file = desk.begin().await.unwrap();
    let row = asked(&file);
    let at = (row + 2).to_string();
    let seen = |draft: &DraftFile| draft.saved_at.to_rfc3339_opts(SecondsFormat::Millis, true);
    let before = seen(&file);
    let page = format!("/office/forms/{FORM}/edit?row={at}");

    let drawing = b"<svg xmlns='http://www.w3.org/2000/svg'/>";
    let fields = [("form", FORM), ("seen", before.as_str()), ("row", at.as_str())];
    let refused = browser.file("send_picture", &fields, drawing).await;
    assert!(refused.text().contains("不是完好的 JPEG、PNG 或 WebP 图片"), "{}", refused.text());
    assert_eq!(desk.file().await.unwrap(), file);

    let sent = browser.file("send_picture", &fields, &jpeg(120)).await;
    assert_eq!(sent.headers["location"], page.as_str(), "{}", sent.text());
    let draft = desk.file().await.unwrap();
    let image = draft.sheets.survey.image(row).strip_suffix(".jpg").unwrap().to_owned();
    let shown = browser.get(&page).await.text();
    assert!(shown.contains(&format!("/api/v1/attachments/{image}/preview")), "{shown}");
    assert_eq!(browser.get(&format!("/api/v1/attachments/{image}/preview")).await.status, 200);

    let after = seen(&draft);
    let fields = [
        ("edit[form]", FORM),
        ("edit[seen]", after.as_str()),
        ("edit[row]", at.as_str()),
        ("edit[does]", "remove_picture"),
    ];
    assert_eq!(browser.form("edit_draft", &fields).await, page);
    assert_eq!(desk.file().await.unwrap().sheets.survey.image(row), "");
}
