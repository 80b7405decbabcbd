//! Every use case of forms, by every role: what is published is read at the desk, and written by those who may.

use super::{Call, call};
use crate::{
    desk::Browser,
    office::{PASSWORD, TestOffice, now},
    photos::jpeg,
};
use axum::http::StatusCode;
use domain::{
    id::FormId,
    role::{Action, Role},
    time::office_day,
};
use futures::FutureExt;
use serde_json::{Value, json};
use server::service::{Services, form_editing, forms, standards};

/// Asked for in this order by everybody: what the one has done is nobody's reason to refuse the other.
pub fn calls(state: &Services) -> Vec<Call> {
    let (read, write) = (Action::UseOffice, Action::ManageForms);
    let form = || FormId::from("ebike-charging");
    vec![
        call("forms", read, state, |services, by| {
            async move { form_editing::overview(&services, &by).await }.boxed()
        }),
        call("form", read, state, |services, by| {
            async move { forms::newest(&services, &by, &"nowhere".into()).await }.boxed()
        }),
        call("form_versions", read, state, move |services, by| {
            async move { form_editing::versions(&services, &by, &form()).await }.boxed()
        }),
        call("form_version", read, state, move |services, by| {
            async move { form_editing::version(&services, &by, &form(), 1).await }.boxed()
        }),
        call("export form", read, state, move |services, by| {
            async move { form_editing::workbook(&services, &by, &form(), Some(1)).await }.boxed()
        }),
        call("export form with pictures", read, state, move |services, by| {
            async move { form_editing::bundle(&services, &by, &form(), Some(1)).await }.boxed()
        }),
        call("standards", write, state, |services, by| {
            async move { standards::list(&services, &by).await }.boxed()
        }),
        call("end standard", write, state, |services, by| {
            let (number, newer) = ("GB 10000-2020".to_owned(), "GB 10000-2026".to_owned());
            async move { standards::end(&services, &by, number, None, newer).await }.boxed()
        }),
        call("take back standard", write, state, |services, by| {
            let number = "GB 10000-2020".to_owned();
            async move { standards::take_back(&services, &by, number).await }.boxed()
        }),
        call("begin_draft", write, state, move |services, by| {
            async move { form_editing::begin(&services, &by, &form()).await }.boxed()
        }),
        call("form_draft", write, state, move |services, by| {
            async move { form_editing::file(&services, &by, &form()).await }.boxed()
        }),
        call("saved_draft", write, state, move |services, by| {
            async move { form_editing::saved(&services, &by, &form()).await }.boxed()
        }),
        call("export draft", write, state, move |services, by| {
            async move { form_editing::workbook(&services, &by, &form(), None).await }.boxed()
        }),
        call("lint_draft", write, state, move |services, by| {
            async move { form_editing::lint(&services, &by, &form(), &[]).await }.boxed()
        }),
        call("edit_draft", write, state, move |services, by| {
            async move { form_editing::edit(&services, &by, &form(), now(), &[]).await }.boxed()
        }),
        call("import form", write, state, move |services, by| {
            async move { form_editing::take_workbook(&services, &by, "表.xlsx", b"no workbook").await }
                .boxed()
        }),
        call("send_picture", write, state, move |services, by| {
            let file = b"no picture".to_vec().into();
            async move { form_editing::put_picture(&services, &by, &form(), now(), 0, file).await }.boxed()
        }),
        call("publish_draft", write, state, move |services, by| {
            let today = office_day(services.now());
            async move { form_editing::publish(&services, &by, &form(), now(), today, "林芳").await }.boxed()
        }),
        call("discard_draft", write, state, move |services, by| {
            async move { form_editing::discard(&services, &by, &form()).await }.boxed()
        }),
        call("withdraw_form", write, state, move |services, by| {
            let today = office_day(services.now());
            async move { form_editing::withdraw(&services, &by, &form(), today).await }.boxed()
        }),
    ]
}

/// Somebody at the desk, and the form that they try everything with.
struct Seat<'a> {
    office: &'a TestOffice,
    browser: Browser,
    form: &'static str,
    version: u32,
}

impl<'a> Seat<'a> {
    async fn of(office: &'a TestOffice, role: Role, form: &'static str) -> Self {
        let browser = Browser::new(office);
        browser.sign_in(role.as_str(), PASSWORD).await;
        Self { office, browser, form, version: office.form(form).version }
    }

    async fn get(&self, under: &str) -> StatusCode {
        self.browser.get(&format!("/office/forms/{}{under}", self.form)).await.status
    }

    /// A function that reads, with the form's id besides.
    async fn ask(&self, function: &str, mut arguments: Value) -> StatusCode {
        arguments["id"] = self.form.into();
        self.browser.post(&format!("/api/pages/{function}"), arguments).await.status
    }

    /// A plain form with the form's id, and where it leads.
    async fn act(&self, function: &str, fields: &[(&str, &str)]) -> String {
        let fields: Vec<_> = [("id", self.form)].into_iter().chain(fields.iter().copied()).collect();
        self.browser.form(function, &fields).await
    }

    fn edit(&self, seen: &str) -> Value {
        json!({ "edit": { "form": self.form, "seen": seen, "does": "save", "row": "form" } })
    }

    async fn save(&self, seen: &str) -> String {
        let fields = [
            ("edit[form]", self.form),
            ("edit[seen]", seen),
            ("edit[does]", "save"),
            ("edit[row]", "form"),
            ("edit[cells][title_zh]", "改过的名称"),
        ];
        self.browser.form("edit_draft", &fields).await
    }

    async fn send(&self, workbook: &[u8]) -> (StatusCode, Option<String>) {
        let head = "--of-a-form\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.xlsx\"\r\n\
                    content-type: application/octet-stream\r\n\r\n";
        let body = [head.as_bytes(), workbook, b"\r\n--of-a-form--\r\n"].concat();
        let kind = "multipart/form-data; boundary=of-a-form";
        let reply = self.browser.send("POST", "/api/pages/send_form", kind, body).await;
        let led = reply.headers.get("location").and_then(|to| to.to_str().ok()).map(str::to_owned);
        (reply.status, led)
    }

    /// When the draft was saved, as its page says it.
    async fn seen(&self) -> String {
        let draft = self.browser.ask("form_draft", json!({ "id": self.form })).await;
        draft["saved_at"].as_str().unwrap().to_owned()
    }

    /// The draft, and the newest version.
    async fn stored(&self) -> (Option<server::storage::FormDraft>, u32) {
        let (store, office, id) = (&self.office.state.store, self.office.office.id, FormId::from(self.form));
        let newest = store.newest_edition(office, &id).await.unwrap().unwrap();
        (store.form_draft(office, &id).await.unwrap(), newest.form.version)
    }
}

/// A form that nobody's test changes, and one for each of those who write.
fn form_of(role: Role) -> &'static str {
    match role {
        Role::Administrator => "ebike-charging",
        Role::Supervisor => "fire-access",
        Role::Inspector
        | Role::CommunityOfficer
        | Role::Officer
        | Role::Leader
        | Role::Enterprise
        | Role::School => "school-safety",
    }
}

#[tokio::test]
async fn what_is_published_is_read_at_the_desk_and_nowhere_else() {
    let office = TestOffice::open().await;
    for role in Role::ALL {
        let seat = Seat::of(&office, role, form_of(role)).await;
        let (version, expected) =
            (seat.version, if role.may(Action::UseOffice) { StatusCode::OK } else { StatusCode::FORBIDDEN });
        assert_eq!(seat.browser.get("/office/forms").await.status, expected, "{role:?}");
        assert_eq!(seat.get("").await, expected, "{role:?}");
        assert_eq!(seat.get(&format!("/compare?old={version}&new={version}")).await, expected, "{role:?}");
        assert_eq!(seat.get(&format!("/{version}.xlsx")).await, expected, "{role:?}");
        assert_eq!(seat.get(&format!("/{version}.zip")).await, expected, "{role:?}");
        assert_eq!(seat.ask("forms", json!({ "filter": {} })).await, expected, "{role:?}");
        assert_eq!(seat.ask("form", json!({})).await, expected, "{role:?}");
        let both = json!({ "old": version, "new": version });
        assert_eq!(seat.ask("compare_forms", both).await, expected, "{role:?}");
    }
}

#[tokio::test]
async fn whoever_may_write_forms_does_all_of_it() {
    let office = TestOffice::open().await;
    for role in Role::ALL.into_iter().filter(|role| role.may(Action::ManageForms)) {
        let seat = Seat::of(&office, role, form_of(role)).await;
        let page = format!("/office/forms/{}", seat.form);
        let editor = format!("{page}/edit");
        assert_eq!(seat.act("begin_draft", &[]).await, editor, "{role:?}");
        assert_eq!(seat.get("/edit").await, StatusCode::OK, "{role:?}");
        assert_eq!(seat.ask("lint_draft", seat.edit("")).await, StatusCode::OK, "{role:?}");
        let steps = [json!({ "name": "nobody", "instance": [], "tap": { "Answer": "pass" } })];
        let tried = json!({ "kind": "charging-shed", "steps": steps });
        assert_eq!(seat.ask("preview_draft", tried).await, StatusCode::OK, "{role:?}");
        let led = seat.save(&seat.seen().await).await;
        assert_eq!(led, format!("{editor}?row=form"), "{role:?}");
        assert_eq!(seat.ask("compare_forms", json!({ "old": null, "new": null })).await, StatusCode::OK);
        let workbook = seat.browser.get(&format!("{page}/draft.xlsx")).await;
        assert_eq!(workbook.status, StatusCode::OK, "{role:?}");

        assert_eq!(seat.act("discard_draft", &[]).await, "/office/forms", "{role:?}");
        assert_eq!(seat.stored().await, (None, seat.version), "{role:?}");
        let (status, led) = seat.send(&workbook.bytes).await;
        assert_eq!(led.as_ref(), Some(&editor), "{role:?}: {status}");
        let seen = seat.seen().await;
        let fields = [("seen", seen.as_str()), ("from", ""), ("reviewer", "林芳")];
        let next = seat.version + 1;
        assert_eq!(seat.act("publish_draft", &fields).await, format!("{page}?published={next}"), "{role:?}");
        assert_eq!(seat.stored().await, (None, next), "{role:?}");
        assert_eq!(seat.act("withdraw_form", &[("until", "")]).await, page, "{role:?}");
    }
}

#[tokio::test]
async fn whoever_may_not_write_forms_opens_and_changes_nobodys_draft() {
    let office = TestOffice::open().await;
    let writer = Seat::of(&office, Role::Supervisor, form_of(Role::Officer)).await;
    writer.act("begin_draft", &[]).await;
    let (stored, seen) = (writer.stored().await, writer.seen().await);
    assert!(stored.0.is_some());
    let workbook = writer.browser.get(&format!("/office/forms/{}/draft.xlsx", writer.form)).await.bytes;
    for role in Role::ALL.into_iter().filter(|role| !role.may(Action::ManageForms)) {
        let seat = Seat::of(&office, role, form_of(role)).await;
        assert_eq!(seat.get("/edit").await, StatusCode::FORBIDDEN, "{role:?}");
        assert_eq!(seat.get("/draft.xlsx").await, StatusCode::FORBIDDEN, "{role:?}");
        assert_eq!(seat.get("/draft.zip").await, StatusCode::FORBIDDEN, "{role:?}");
        for (function, arguments) in [
            ("form_draft", json!({})),
            ("lint_draft", seat.edit(&seen)),
            ("preview_draft", json!({ "kind": "school", "steps": [] })),
        ] {
            assert_eq!(seat.ask(function, arguments).await, StatusCode::FORBIDDEN, "{function} by {role:?}");
        }
        // The newest version beside the draft.
        let of_draft = seat.ask("compare_forms", json!({ "old": null, "new": null })).await;
        assert_eq!(of_draft, StatusCode::FORBIDDEN, "{role:?}");
        let publish = [("seen", seen.as_str()), ("from", ""), ("reviewer", "林芳")];
        let calls: [(&str, &[(&str, &str)]); 4] = [
            ("begin_draft", &[]),
            ("discard_draft", &[]),
            ("publish_draft", &publish),
            ("withdraw_form", &[("until", "")]),
        ];
        for (function, fields) in calls {
            let led = seat.act(function, fields).await;
            assert!(led.starts_with("403"), "{function} by {role:?}: {led}");
        }
        let led = seat.save(&seen).await;
        assert!(led.starts_with("403"), "edit_draft by {role:?}: {led}");
        assert_eq!(seat.send(&workbook).await, (StatusCode::FORBIDDEN, None), "{role:?}");
        let fields = [("form", seat.form), ("seen", seen.as_str()), ("row", "3")];
        let picture = seat.browser.file("send_picture", &fields, &jpeg(90)).await;
        assert_eq!(picture.status, StatusCode::FORBIDDEN, "{role:?}");
        assert_eq!(seat.stored().await, stored, "{role:?}");
    }
    assert!(matches!(
        office.state.store.newest_edition(office.office.id, &writer.form.into()).await,
        Ok(Some(newest)) if newest.form.validity.until.is_none()
    ));
}
