//! The page of a hazard or a site, as whoever answers for it reads it, and the forms on it.

use super::{
    address,
    form::Fields,
    html::{Head, alert, document, escaped},
};
use app::i18n::{codes as t, complaints::state_of, trade};
use axum::{http::StatusCode, response::Response};
use chrono::{DateTime, Utc};
use domain::{
    code::VisitComplaint,
    hazard::{EventRecord, days_to_ask_for},
    id::EventId,
    photo::PhotoHash,
    text::Lang,
    time,
};
use service::codes::page::{Came, PartyHazard, PartyPage};

/// What is shown, and what was just said or refused.
pub struct Shown<'a> {
    pub lang: Lang,
    pub code: &'a str,
    pub page: &'a PartyPage,
    /// Of whatever is sent from this page: it counts once.
    pub id: EventId,
    pub typed: &'a Fields,
    pub refused: Option<&'a str>,
    pub done: Option<&'a str>,
    pub now: DateTime<Utc>,
}

/// What the page says once something has come; nothing of a word that it does not know.
pub fn done(lang: Lang, word: &str) -> Option<&'static str> {
    match word {
        "photo" => Some(t::photo_came(lang)),
        "time" => Some(t::time_came(lang)),
        "words" => Some(t::words_came(lang)),
        "complaint" => Some(t::complaint_came(lang)),
        _ => None,
    }
}

/// Where a code is typed.
pub fn enter(lang: Lang) -> Response {
    let body = format!(
        "<h1>{}</h1><p class=\"soft\">{}</p>\
         <form action=\"/c\" method=\"get\"><label>{}<input class=\"code\" name=\"code\" required maxlength=\"40\" \
         autocomplete=\"off\" autocapitalize=\"characters\" spellcheck=\"false\"></label>\
         <button>{}</button></form>",
        t::enter_title(lang),
        t::enter_hint(lang),
        t::code(lang),
        t::enter(lang)
    );
    let head = Head { title: t::enter_title(lang), office: "", under: t::notice(lang), printed: false };
    document(lang, &head, &body, StatusCode::OK)
}

/// Where six digits are typed: the same whether there is such a code or not.
pub fn prove(lang: Lang, code: &str, refused: Option<&str>, status: StatusCode) -> Response {
    let action = address(code);
    let invalid = if refused.is_some() { " aria-invalid=\"true\"" } else { "" };
    let body = format!(
        "<h1>{}</h1><p class=\"soft\">{}</p>{}\
         <form action=\"{action}\" method=\"post\"><label>{}<input class=\"digits\" name=\"digits\" required \
         inputmode=\"numeric\" maxlength=\"12\" autocomplete=\"off\"{invalid}></label><button>{}</button></form>\
         <div class=\"card\"><b>{}</b><span class=\"soft\">{}</span></div>\
         <div class=\"card\"><b>{}</b><span class=\"soft\">{}</span></div>\
         <a class=\"row\" href=\"/report?site={}\">{}</a><p class=\"soft\">{}</p>",
        t::prove_title(lang),
        t::prove_hint(lang),
        alert(refused),
        t::digits(lang),
        t::open(lang),
        t::number_changed(lang),
        t::number_changed_hint(lang),
        t::not_mine(lang),
        t::not_mine_hint(lang),
        action.trim_start_matches("/c/"),
        t::report_here(lang),
        t::no_account(lang),
    );
    let head = Head { title: t::prove_title(lang), office: "", under: t::notice(lang), printed: false };
    document(lang, &head, &body, status)
}

pub fn show(shown: &Shown<'_>, status: StatusCode) -> Response {
    let Shown { lang, page, .. } = *shown;
    let done = shown.done.map(|words| {
        let (words, close) = (escaped(words), t::may_close(lang));
        format!("<p class=\"done\" role=\"status\">{words}<br><span class=\"soft\">{close}</span></p>")
    });
    let done = done.unwrap_or_default();
    let place = format!("{} {}", page.site_name, page.address);
    let (under, body) = match &page.hazard {
        Some(hazard) => (t::notice_numbered(lang, &hazard.number), of_hazard(shown, hazard, &place)),
        None => (t::notice(lang).to_owned(), of_site(shown, &place)),
    };
    let said = complaints(lang, &page.complaints);
    let body = format!("{done}{}{body}{said}", alert(shown.refused));
    let head = Head { title: &under, office: &page.office_name, under: &under, printed: false };
    document(lang, &head, &body, status)
}

/// What is open at a site.
fn of_site(shown: &Shown<'_>, place: &str) -> String {
    let Shown { lang, page, code, .. } = *shown;
    let heading = if page.open.is_empty() {
        t::nothing_open(lang).to_owned()
    } else {
        t::open_here(lang, page.open.len())
    };
    let row = |row: &domain::ledger::LedgerRow| {
        let due = row.due.map(|due| t::due_by(lang, due.to_string())).unwrap_or_default();
        format!(
            "<div class=\"card\"><b>{}</b><span class=\"soft\">{due}</span>\
             <a class=\"row\" href=\"{}?hazard={}\">{}</a></div>",
            escaped(&row.what),
            address(code),
            row.id,
            t::show(lang)
        )
    };
    let rows: String = page.open.iter().map(row).collect();
    format!(
        "<h1>{}</h1><p class=\"soft\">{}</p>{rows}{}",
        escaped(&heading),
        escaped(place),
        complaint_form(shown, None)
    )
}

fn of_hazard(shown: &Shown<'_>, hazard: &PartyHazard, place: &str) -> String {
    let Shown { lang, code, .. } = *shown;
    let back = if shown.page.of_site {
        format!("<a class=\"row\" href=\"{}\">{}</a>", address(code), t::back_to_all(lang))
    } else {
        String::new()
    };
    let due =
        hazard.due.map_or_else(|| t::due_unset(lang).to_owned(), |due| t::due_by(lang, due.to_string()));
    let due = if hazard.may_write { format!("<p class=\"until\">{due}</p>") } else { String::new() };
    let asked = hazard.asked_until.map(|day| t::asked_until(lang, day.to_string()));
    let asked = asked.map(|words| format!("<p class=\"soft\">{words}</p>")).unwrap_or_default();
    format!(
        "<h1>{}</h1><p class=\"soft\">{}</p>{due}{asked}{}{}{}{}{}{}{}{back}",
        t::heading(lang, hazard.status),
        escaped(place),
        pictures(shown, hazard),
        facts(lang, hazard),
        repair_form(shown, hazard),
        time_form(shown, hazard),
        words_form(shown, hazard),
        came(shown, hazard),
        history(lang, &hazard.history),
    )
}

fn pictures(shown: &Shown<'_>, hazard: &PartyHazard) -> String {
    let lang = shown.lang;
    let figure = |hash: &PhotoHash, words: &str, described: &str, class: &str| {
        format!(
            "<figure{class}><img src=\"{}/photos/{hash}?hazard={}\" alt=\"{}\" loading=\"lazy\">\
             <figcaption>{words}</figcaption></figure>",
            address(shown.code),
            hazard.id,
            escaped(described)
        )
    };
    let found = if hazard.after.is_empty() { t::now_photo(lang) } else { t::before_photo(lang) };
    let found: String = hazard.photos.iter().map(|hash| figure(hash, found, &hazard.what, "")).collect();
    let after = t::after_photo(lang);
    let after: String = hazard.after.iter().map(|hash| figure(hash, after, after, "")).collect();
    let example = hazard.example.as_ref().map(|picture| {
        let described = picture.description.get(lang);
        figure(&picture.image, t::example_photo(lang), described, " class=\"should\"")
    });
    let all = format!("{found}{}{after}", example.unwrap_or_default());
    if all.is_empty() { all } else { format!("<div class=\"pair\">{all}</div>") }
}

/// What is wrong, what is to be done, and what it rests on; of what nothing is known, nothing.
fn facts(lang: Lang, hazard: &PartyHazard) -> String {
    let lines = [
        (t::what(lang), &hazard.what),
        (t::measures(lang), &hazard.measures),
        (t::basis(lang), &hazard.basis),
    ];
    let lines: String = lines
        .into_iter()
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(name, text)| format!("<div><b>{name}</b><br>{}</div>", lines_of(text)))
        .collect();
    format!("<div class=\"card\">{lines}</div>")
}

fn lines_of(text: &str) -> String {
    escaped(text).replace('\n', "<br>")
}

/// Where the form goes, and what it brings along unseen.
fn form_head(shown: &Shown<'_>, hazard: Option<&PartyHazard>, part: &str, kind: &str) -> String {
    let hazard =
        hazard.map(|hazard| format!("<input type=\"hidden\" name=\"hazard\" value=\"{}\">", hazard.id));
    format!(
        "<form action=\"{}/{part}\" method=\"post\"{kind}>\
         <input type=\"hidden\" name=\"id\" value=\"{}\">{}",
        address(shown.code),
        shown.id,
        hazard.unwrap_or_default()
    )
}

fn repair_form(shown: &Shown<'_>, hazard: &PartyHazard) -> String {
    if !hazard.may_write {
        return String::new();
    }
    let lang = shown.lang;
    let (title, what) =
        if hazard.may_rectify { (t::repair(lang), "first") } else { (t::another_photo(lang), "more") };
    let again = if shown.refused.is_some() {
        format!("<p class=\"soft\">{}</p>", t::choose_photo_again(lang))
    } else {
        String::new()
    };
    format!(
        "<section class=\"card\"><h2>{title}</h2>{}<input type=\"hidden\" name=\"what\" value=\"{what}\">{again}\
         <label>{}<input type=\"file\" name=\"photo\" accept=\"image/jpeg,image/png\" required></label>\
         <p class=\"soft\">{}</p>\
         <label>{}<textarea name=\"note\" rows=\"2\" maxlength=\"2000\">{}</textarea></label>\
         <button>{}</button></form></section>",
        form_head(shown, Some(hazard), "repair", " enctype=\"multipart/form-data\""),
        t::photo(lang),
        t::photo_hint(lang),
        t::note(lang),
        escaped(shown.typed.get("note")),
        t::submit_photo(lang)
    )
}

/// Opened where something was typed into it.
fn folded(title: &str, is_open: bool, body: &str) -> String {
    let open = if is_open { " open" } else { "" };
    format!("<details class=\"card\"{open}><summary>{title}</summary>{body}</details>")
}

fn time_form(shown: &Shown<'_>, hazard: &PartyHazard) -> String {
    if !hazard.may_ask_time {
        return String::new();
    }
    let (lang, typed) = (shown.lang, shown.typed);
    let (first, last) = days_to_ask_for(shown.now);
    let form = format!(
        "{}<label>{}<input type=\"date\" name=\"until\" required min=\"{first}\" max=\"{last}\" value=\"{}\"></label>\
         <label>{}<textarea name=\"reason\" rows=\"2\" maxlength=\"2000\" required>{}</textarea></label>\
         <button class=\"button--plain\">{}</button></form>",
        form_head(shown, Some(hazard), "time", ""),
        t::until(lang),
        escaped(typed.get("until")),
        t::reason(lang),
        escaped(typed.get("reason")),
        t::submit_time(lang)
    );
    folded(t::more_time(lang), !typed.get("reason").is_empty() || !typed.get("until").is_empty(), &form)
}

fn words_form(shown: &Shown<'_>, hazard: &PartyHazard) -> String {
    if !hazard.may_write {
        return String::new();
    }
    let (lang, typed) = (shown.lang, shown.typed.get("words"));
    let form = format!(
        "{}<label>{}<textarea name=\"words\" rows=\"3\" maxlength=\"2000\" required>{}</textarea></label>\
         <button class=\"button--plain\">{}</button></form>",
        form_head(shown, Some(hazard), "words", ""),
        t::words(lang),
        escaped(typed),
        t::submit_words(lang)
    );
    folded(t::word(lang), !typed.is_empty(), &form)
}

fn came(shown: &Shown<'_>, hazard: &PartyHazard) -> String {
    let (lang, Came { at, nature, people }) = (shown.lang, &hazard.came);
    let person = |(name, certificate): &(String, Option<String>)| {
        let certificate = certificate.as_ref().filter(|number| !number.is_empty());
        let certificate = certificate.map(|number| format!(" · {}", t::certificate(lang, number)));
        format!("<li>{}{}</li>", escaped(name), escaped(&certificate.unwrap_or_default()))
    };
    let people: String = people.iter().map(person).collect();
    format!(
        "<section class=\"card\"><h2>{}</h2><p>{}</p><ul>{people}</ul><p class=\"soft\">{}</p></section>{}",
        t::came(lang),
        t::came_at(lang, time::long(*at)),
        t::by_what_right(lang, *nature),
        complaint_form(shown, Some(hazard))
    )
}

/// When something was said of visits by this code, and what the office answered. What it was, and who answered, stays with the office.
fn complaints(lang: Lang, said: &[VisitComplaint]) -> String {
    if said.is_empty() {
        return String::new();
    }
    let one = |complaint: &VisitComplaint| {
        let answered = complaint.mark.as_ref().filter(|mark| !mark.answer.is_empty()).map(|mark| {
            let (head, answer) = (t::complaint_answer_of(lang, time::long(mark.at)), lines_of(&mark.answer));
            format!("<br><b>{head}</b><br>{answer}")
        });
        format!(
            "<li><span class=\"soft\">{} · {}</span>{}</li>",
            time::long(complaint.at),
            state_of(lang, complaint.state()),
            answered.unwrap_or_default()
        )
    };
    let all: String = said.iter().map(one).collect();
    format!("<section class=\"card\"><h2>{}</h2><ul>{all}</ul></section>", t::own_complaints(lang))
}

fn complaint_form(shown: &Shown<'_>, hazard: Option<&PartyHazard>) -> String {
    let (lang, typed) = (shown.lang, shown.typed.get("complaint"));
    let form = format!(
        "{}<p class=\"soft\">{}</p>\
         <label>{}<textarea name=\"complaint\" rows=\"3\" maxlength=\"2000\" required>{}</textarea></label>\
         <button class=\"button--plain\">{}</button></form>",
        form_head(shown, hazard, "complaint", ""),
        t::complaint_hint(lang),
        t::words(lang),
        escaped(typed),
        t::submit_complaint(lang)
    );
    folded(t::complaint(lang), !typed.is_empty(), &form)
}

fn history(lang: Lang, records: &[EventRecord]) -> String {
    let line = |record: &EventRecord| {
        let words = trade::words_of(&record.event).map(lines_of).unwrap_or_default();
        format!(
            "<li>{}<br><span class=\"soft\">{}</span><br>{words}</li>",
            escaped(&trade::did(lang, &record.event)),
            time::long(record.when())
        )
    };
    let lines: String = records.iter().map(line).collect();
    format!(
        "<section class=\"card\"><h2>{}</h2><ol class=\"history\">{lines}</ol></section>",
        t::history(lang)
    )
}
