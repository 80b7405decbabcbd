//! 告知书: a hazard's paper for whoever answers for it, with its code; made and ended at the desk.

use super::{
    asker,
    form::{Fields, Sent},
    html::{Head, document, escaped},
    origin, qr,
};
use crate::{
    http::{ApiError, Client},
    pages::Pages,
};
use app::i18n::codes as t;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode, Uri},
    response::{IntoResponse, Redirect, Response},
};
use domain::{code::Scanned, id::HazardId, role::Action, text::Lang, time};
use service::{
    Asker,
    codes::{self, HazardCode, ShownCode},
};
use uuid::Uuid;

/// The hazard's own page.
fn hazard_address(id: HazardId) -> String {
    format!("/office/hazards/{id}")
}

pub async fn show(
    State(pages): State<Pages>,
    Path(id): Path<Uuid>,
    uri: Uri,
    client: Client,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let by = asker(&pages, &client, &headers).await?;
    let paper = codes::of_hazard(&pages.state, &by, HazardId(id)).await?;
    Ok(page(&by, &paper, &origin(&client, &headers, &uri)))
}

/// Makes a code, or ends the one that there is.
pub async fn change(
    State(pages): State<Pages>,
    Path(id): Path<Uuid>,
    client: Client,
    headers: HeaderMap,
    form: Sent,
) -> Result<Response, ApiError> {
    let by = asker(&pages, &client, &headers).await?;
    let id = HazardId(id);
    match Fields::of(form).get("do") {
        "make" => codes::make_for_hazard(&pages.state, &by, id).await?,
        "revoke" => codes::revoke_of_hazard(&pages.state, &by, id).await?,
        // Another form's, or none.
        _ => drop(codes::of_hazard(&pages.state, &by, id).await?),
    }
    Ok(Redirect::to(&format!("{}/code", hazard_address(id))).into_response())
}

fn page(by: &Asker, paper: &HazardCode, origin: &str) -> Response {
    let (lang, hazard) = (by.lang, &paper.hazard);
    let number = hazard.number.clone().unwrap_or_default();
    let under = t::notice_numbered(lang, &number);
    let code = match &paper.code {
        Some(code) => of_code(lang, paper, code, origin),
        None => format!("<p class=\"card screen-only\">{}</p>", t::no_code(lang)),
    };
    let due =
        hazard.due.map_or_else(|| t::due_unset(lang).to_owned(), |due| t::due_by(lang, due.to_string()));
    let measures = hazard.plan.as_ref().map(|plan| plan.measures.as_str()).unwrap_or_default();
    let lines = [
        (t::site(lang), format!("{} {}", paper.site.name, paper.site.address)),
        (t::what(lang), hazard.found.what.clone()),
        (t::measures(lang), measures.to_owned()),
        (t::basis(lang), hazard.found.basis.clone()),
    ];
    let lines: String = lines
        .iter()
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(name, text)| format!("<div><b>{name}</b><br>{}</div>", escaped(text)))
        .collect();
    let body = format!(
        "<p class=\"screen-only\"><a href=\"{}\">{}</a></p><h1>{}</h1><p>{} · {}</p>\
         <p class=\"until\">{due}</p><div class=\"card\">{lines}</div>{code}{}\
         <p class=\"soft screen-only\">{}</p>",
        hazard_address(hazard.id),
        t::back_to_hazard(lang),
        escaped(&under),
        escaped(&paper.office_name),
        escaped(&paper.site.who_answers()),
        buttons(by, paper),
        t::print(lang)
    );
    let head = Head { title: &under, office: &paper.office_name, under: t::sheet(lang), printed: true };
    document(lang, &head, &body, StatusCode::OK)
}

/// The code, as a picture and as it is typed, what became of it, and a message for whoever has no paper.
fn of_code(lang: Lang, paper: &HazardCode, code: &ShownCode, origin: &str) -> String {
    let address = Scanned::address(origin, &code.code, None);
    let opened = match code.opened_at {
        Some(at) => t::opened_at(lang, time::long(at)),
        None => t::not_opened_yet(lang).to_owned(),
    };
    let until = code.expires_at.map(|at| t::valid_until(lang, time::long(at))).unwrap_or_default();
    let message = t::message_text(
        lang,
        &paper.office_name,
        &paper.site.name,
        &paper.hazard.found.what,
        code.code.to_string(),
        address.clone(),
    );
    format!(
        "<section class=\"card\"><h2>{}</h2>{}<p class=\"code\">{}</p><p class=\"soft\">{}</p>\
         <p class=\"soft\">{}</p></section>\
         <section class=\"card screen-only\"><p>{}</p><p>{}</p><p><b>{}</b></p><p class=\"soft\">{}</p>\
         <label>{}<textarea rows=\"4\" readonly>{}</textarea></label></section>",
        t::sheet(lang),
        qr::picture(&address, t::scan_hint(lang)),
        code.code,
        t::scan_hint(lang),
        escaped(&format!("{origin}/c")),
        escaped(&t::made_by(lang, &code.made_by_name, time::long(code.made_at))),
        escaped(&until),
        escaped(&opened),
        t::sheet_hint(lang),
        t::message(lang),
        escaped(&message)
    )
}

/// For those who give work out, while there is something to put right.
fn buttons(by: &Asker, paper: &HazardCode) -> String {
    let lang = by.lang;
    if !paper.hazard.is_open() {
        return format!("<p class=\"soft screen-only\">{}</p>", t::ended_needs_none(lang));
    }
    if !by.actor.may_do(Action::Assign) {
        return String::new();
    }
    let address = format!("{}/code", hazard_address(paper.hazard.id));
    let button = |what: &str, words: &str, class: &str| {
        format!(
            "<form class=\"screen-only\" action=\"{address}\" method=\"post\">\
             <button name=\"do\" value=\"{what}\"{class}>{words}</button></form>"
        )
    };
    match paper.code {
        None => button("make", t::make(lang), ""),
        Some(_) => {
            let plain = " class=\"button--plain\"";
            let another = button("make", t::make_another(lang), plain);
            format!("{another}{}", button("revoke", t::revoke(lang), plain))
        }
    }
}
