//! 对上门的意见: what parties said of visits, for those who see the whole office.

use super::{
    asker,
    html::{Head, document, escaped},
};
use crate::{
    http::{ApiError, Client},
    pages::Pages,
    storage::VisitComplaint,
};
use app::i18n::{account, codes as t};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use domain::time;
use service::codes;

pub async fn show(
    State(pages): State<Pages>,
    client: Client,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let by = asker(&pages, &client, &headers).await?;
    let told = codes::complaints(&pages.state, &by).await?;
    let lang = by.lang;
    let one = |(complaint, site): &(VisitComplaint, String)| {
        let about = complaint.hazard.map(|id| {
            format!("<a class=\"row\" href=\"/office/hazards/{id}\">{}</a>", t::back_to_hazard(lang))
        });
        format!(
            "<article class=\"card\"><b>{}</b><span class=\"soft\">{} · {}</span><p>{}</p>{}</article>",
            escaped(site),
            escaped(&complaint.by_name),
            time::long(complaint.at),
            escaped(&complaint.words).replace('\n', "<br>"),
            about.unwrap_or_default()
        )
    };
    let all: String = told.iter().map(one).collect();
    let all = if all.is_empty() { format!("<p>{}</p>", t::complaints_none(lang)) } else { all };
    let body = format!(
        "<p><a href=\"/office\">{}</a></p><h1>{}</h1><p class=\"soft\">{}</p>{all}",
        account::product(lang),
        t::complaints(lang),
        t::complaints_hint(lang)
    );
    let head = Head { title: t::complaints(lang), office: "", under: t::complaints(lang), printed: false };
    Ok(document(lang, &head, &body, StatusCode::OK))
}
