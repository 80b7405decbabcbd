//! 对上门的意见: what parties said of visits, and what was done about it, for those who see the whole office.

use super::{
    asker,
    form::{Fields, Sent},
    html::{Head, alert, document, escaped},
};
use crate::{
    http::{ApiError, Client},
    pages::Pages,
    storage::VisitComplaint,
};
use app::i18n::{account, codes as t};
use axum::{
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use domain::{code::ComplaintState, role::Action, text::Lang, time};
use service::{Asker, Error, codes};
use uuid::Uuid;

const ADDRESS: &str = "/office/complaints";

/// What was not taken: of which complaint, in which words, and what was written.
#[derive(Clone, Copy)]
struct Refused<'a> {
    id: Uuid,
    words: &'a str,
    answer: &'a str,
}

pub async fn show(
    State(pages): State<Pages>,
    client: Client,
    headers: HeaderMap,
    Query(words): Query<Vec<(String, String)>>,
) -> Result<Response, ApiError> {
    let by = asker(&pages, &client, &headers).await?;
    let come = words.iter().rev().find(|(key, _)| key == "state");
    let come = come.and_then(|(_, word)| ComplaintState::parse(word));
    page(&pages, &by, come, None).await
}

/// Marks one. What is not taken is said beside it, with what was written.
pub async fn mark(
    State(pages): State<Pages>,
    client: Client,
    headers: HeaderMap,
    form: Sent,
) -> Result<Response, ApiError> {
    let by = asker(&pages, &client, &headers).await?;
    by.allow(Action::ReadAudit)?;
    let fields = Fields::of(form);
    let come = ComplaintState::parse(fields.get("state"));
    let (Some(id), Some(come)) = (fields.read::<Uuid>("id"), come) else { return Err(ApiError::NotFound) };
    let answer = fields.get("answer");
    match codes::mark_complaint(&pages.state, &by, id, come, answer).await {
        Ok(()) => Ok(Redirect::to(ADDRESS).into_response()),
        Err(Error::Invalid { reason, .. }) => {
            page(&pages, &by, None, Some(Refused { id, words: &reason, answer })).await
        }
        Err(Error::Changed) => {
            let words = t::complaint_changed(by.lang);
            page(&pages, &by, None, Some(Refused { id, words, answer })).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn page(
    pages: &Pages,
    by: &Asker,
    come: Option<ComplaintState>,
    refused: Option<Refused<'_>>,
) -> Result<Response, ApiError> {
    let told = codes::complaints(&pages.state, by, come).await?;
    let lang = by.lang;
    let all: String = told
        .iter()
        .map(|(complaint, site)| {
            let refused = refused.as_ref().filter(|refused| refused.id == complaint.id);
            card(lang, complaint, site, refused)
        })
        .collect();
    let all = if all.is_empty() { format!("<p>{}</p>", t::complaints_none(lang)) } else { all };
    let body = format!(
        "<p><a href=\"/office\">{}</a></p><h1>{}</h1><p class=\"soft\">{}</p>{}{all}",
        account::product(lang),
        t::complaints(lang),
        t::complaints_hint(lang),
        narrowing(lang, come),
    );
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let head = Head { title: t::complaints(lang), office: "", under: t::complaints(lang), printed: false };
    Ok(document(lang, &head, &body, status))
}

/// By how far they have come.
fn narrowing(lang: Lang, come: Option<ComplaintState>) -> String {
    let all = [None].into_iter().chain(ComplaintState::ALL.map(Some));
    let link = |one: Option<ComplaintState>| {
        let here = if one == come { " aria-current=\"true\"" } else { "" };
        let query = one.map(|one| format!("?state={}", one.as_str())).unwrap_or_default();
        let words = one.map_or(t::complaints_all(lang), |one| t::complaint_state(lang, one));
        format!("<a class=\"row\" href=\"{ADDRESS}{query}\"{here}>{words}</a>")
    };
    let links: String = all.map(link).collect();
    format!("<nav aria-label=\"{}\">{links}</nav>", t::complaints(lang))
}

fn card(lang: Lang, complaint: &VisitComplaint, site: &str, refused: Option<&Refused<'_>>) -> String {
    let about = complaint
        .hazard
        .map(|id| format!("<a class=\"row\" href=\"/office/hazards/{id}\">{}</a>", t::back_to_hazard(lang)));
    let come = complaint.mark.as_ref().map_or(ComplaintState::Open, |mark| mark.state);
    let marked = complaint.mark.as_ref().map(|mark| {
        let answer = lines(&mark.answer);
        format!(" · {} · {}</span><p>{answer}</p>", escaped(&mark.by_name), time::long(mark.at))
    });
    format!(
        "<article class=\"card\"><b>{}</b><span class=\"soft\">{} · {}</span><p>{}</p>{}\
         <span class=\"soft\">{}{}{}{}</article>",
        escaped(site),
        escaped(&complaint.by_name),
        time::long(complaint.at),
        lines(&complaint.words),
        about.unwrap_or_default(),
        t::complaint_state(lang, come),
        marked.unwrap_or_else(|| "</span>".to_owned()),
        alert(refused.map(|refused| refused.words)),
        forms(lang, complaint, come, refused.map_or("", |refused| refused.answer)),
    )
}

fn lines(text: &str) -> String {
    escaped(text).replace('\n', "<br>")
}

/// What can still be done about it.
fn forms(lang: Lang, complaint: &VisitComplaint, come: ComplaintState, typed: &str) -> String {
    let head = |to: ComplaintState| {
        format!(
            "<form action=\"{ADDRESS}\" method=\"post\"><input type=\"hidden\" name=\"id\" value=\"{}\">\
             <input type=\"hidden\" name=\"state\" value=\"{}\">",
            complaint.id,
            to.as_str()
        )
    };
    let answer = || {
        format!(
            "{}<label>{}<textarea name=\"answer\" rows=\"3\" maxlength=\"2000\" required>{}</textarea></label>\
             <button>{}</button></form>",
            head(ComplaintState::Answered),
            t::complaint_answer(lang),
            escaped(typed),
            t::submit_answer(lang)
        )
    };
    match come {
        ComplaintState::Open => format!(
            "{}<button class=\"button--plain\">{}</button></form>{}",
            head(ComplaintState::InHand),
            t::complaint_take(lang),
            answer()
        ),
        ComplaintState::InHand => answer(),
        ComplaintState::Answered => String::new(),
    }
}
