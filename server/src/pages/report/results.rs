//! What an office publishes: its random checks, and the listed major hazards that it chose to tell of.

use super::{
    Asked,
    document::{Document, escape},
    form,
};
use crate::{
    http::{ApiError, Client},
    pages::Pages,
    session,
};
use app::i18n::{public_reports as t, trade};
use axum::{
    extract::{Query, State},
    http::HeaderMap,
    response::Response,
};
use domain::id::OfficeId;
use service::public_reports::{self, publish};

pub(in crate::pages) async fn results(
    State(pages): State<Pages>,
    Query(asked): Query<Asked>,
    client: Client,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let lang = session::lang(&headers);
    let css = &pages.site.desk.css;
    let store = &*pages.state.store;
    let office = public_reports::office_of(store, asked.office.map(OfficeId)).await?;
    let Some(office) = office else {
        let offices = public_reports::offices(&pages.state).await?;
        return Ok(form::choice(css, lang, "/results", &offices));
    };
    let results = publish::results(&pages.state, office.id, client.address).await?;
    let checks: Vec<_> = results
        .checks
        .iter()
        .map(|plan| {
            let (id, title) = (plan.id, escape(&plan.title));
            format!(
                "<li><span class=\"rows__body\"><a class=\"link\" href=\"/draws/{id}\">{title}</a></span>\
                 <span class=\"u-small\">{}</span></li>",
                plan.until
            )
        })
        .collect();
    let hazards: Vec<_> = results
        .hazards
        .iter()
        .map(|hazard| {
            let until = hazard.deadline.map(|day| t::results_until(lang, day.to_string()));
            let status = trade::status(lang, hazard.status);
            format!(
                "<li><div class=\"rows__body\"><p class=\"rows__title\">{}</p><p>{}</p>\
                 <p class=\"u-small\">{status} · {} {}</p></div></li>",
                escape(&hazard.site_name),
                escape(&hazard.what),
                escape(&hazard.number),
                until.unwrap_or_default(),
            )
        })
        .collect();
    let or = |lines: &str, none: &str| {
        if lines.is_empty() {
            format!("<p>{none}</p>")
        } else {
            format!("<ul class=\"card rows\">{lines}</ul>")
        }
    };
    let title = t::results_title(lang);
    let body = format!(
        "<h1>{title}</h1><h2>{}</h2>{}<h2>{}</h2>{}",
        t::results_draws(lang),
        or(&checks.concat(), t::results_no_draws(lang)),
        t::results_hazards(lang),
        or(&hazards.concat(), t::results_no_hazards(lang)),
    );
    Ok(Document { lang, css, office: &results.office, title, body, has_script: false }.response())
}
