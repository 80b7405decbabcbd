//! What whoever reported is told: number and code, and what came of it.

use super::document::{Document, escape, of_office};
use app::i18n::public_reports as t;
use axum::response::Response;
use domain::{place::Office, public_report::Followed, text::Lang};
use service::public_reports::Received;

pub(super) fn received(css: &str, lang: Lang, office: &Office, received: &Received) -> Response {
    let title = t::sent_title(lang);
    let (number, code) = (escape(&received.number), received.code.to_string());
    let voices = if received.voices > 1 {
        format!("<p class=\"notice\">{}</p>", t::sent_voice(lang, received.voices))
    } else {
        String::new()
    };
    let body = format!(
        "<h1>{title}</h1>{voices}<dl class=\"fact-list card card--pad\">\
         <dt>{}</dt><dd class=\"kept-code\">{number}</dd>\
         <dt>{}</dt><dd class=\"kept-code\">{code}</dd></dl><p>{}</p>\
         <form class=\"form\" method=\"post\" action=\"/report/{number}\">\
         <input type=\"hidden\" name=\"office\" value=\"{}\">\
         <input type=\"hidden\" name=\"number\" value=\"{number}\">\
         <input type=\"hidden\" name=\"code\" value=\"{code}\">\
         <button class=\"button\">{}</button></form>\n<p><a class=\"link\" href=\"/report{}\">{}</a></p>",
        t::sent_number(lang),
        t::sent_code(lang),
        t::sent_keep(lang),
        office.id,
        t::follow(lang),
        of_office(office),
        t::follow_another(lang),
    );
    Document { lang, css, office: &office.name, title, body, has_script: false }.response()
}

/// Asks for number and code, once more where they were wrong.
pub(super) fn asked(css: &str, lang: Lang, office: &Office, number: &str, wrong: bool) -> Response {
    let title = t::follow_title(lang);
    let error = if wrong {
        format!("<p class=\"error-line\" role=\"alert\" id=\"wrong\">{}</p>", t::follow_wrong(lang))
    } else {
        String::new()
    };
    let number: String = number.chars().take(40).collect();
    let body = format!(
        "<h1>{title}</h1><p>{hint}</p>{error}\
         <form class=\"form\" method=\"post\" action=\"/report/find\">\
         <input type=\"hidden\" name=\"office\" value=\"{office}\">\
         <div class=\"field\"><label for=\"number\">{number_label}</label>\
         <input class=\"input\" id=\"number\" name=\"number\" maxlength=\"40\" autocomplete=\"off\" value=\"{number}\"></div>\
         <div class=\"field\"><label for=\"code\">{code_label}</label>\
         <input class=\"input\" id=\"code\" name=\"code\" maxlength=\"20\" autocomplete=\"off\" autocapitalize=\"characters\"></div>\
         <button class=\"button\">{follow}</button></form>",
        hint = t::follow_hint(lang),
        office = office.id,
        number_label = t::sent_number(lang),
        number = escape(&number),
        code_label = t::sent_code(lang),
        follow = t::follow(lang),
    );
    Document { lang, css, office: &office.name, title, body, has_script: false }.response()
}

/// What came of it. `asked`: the code by which it is followed, what was typed as a reply, and why that was not taken.
pub(super) fn followed(
    css: &str,
    lang: Lang,
    office: &Office,
    followed: &Followed,
    asked: (&str, &str, Option<&str>),
) -> Response {
    let title = t::status(lang, followed.status);
    let steps: Vec<_> = followed
        .steps
        .iter()
        .map(|step| {
            let (words, at) = t::step(lang, *step);
            format!(
                "<li class=\"timeline__entry\"><span class=\"timeline__dot\"></span>\
                 <div class=\"timeline__body\">{words}<br><span class=\"u-small\">{at}</span></div></li>"
            )
        })
        .collect();
    let steps = steps.concat();
    let answer = if followed.answer.is_empty() {
        String::new()
    } else {
        let (label, words) = (t::follow_answer(lang), escape(&followed.answer));
        format!("<section class=\"card card--pad\"><h2>{label}</h2><p>{words}</p></section>")
    };
    let fact = |label: &str, words: String| format!("<dt>{label}</dt><dd>{words}</dd>");
    let place = (!followed.place.is_empty()).then(|| fact(t::follow_place(lang), escape(&followed.place)));
    let reward =
        followed.reward.map(|(stage, sum)| fact(t::follow_reward(lang), t::reward(lang, stage, sum.plain())));
    let phone = followed.opened.map(|times| fact(t::follow_phone(lang), t::follow_opened(lang, times)));
    let facts: String = [
        Some(fact(t::sent_number(lang), escape(&followed.number))),
        Some(fact(t::what(lang), escape(&followed.what))),
        place,
        reward,
        phone,
    ]
    .into_iter()
    .flatten()
    .collect();
    let body = format!(
        "<h1>{title}</h1>{answer}{}<ol class=\"timeline card card--pad\">{steps}</ol>\
         <dl class=\"fact-list card card--pad\">{facts}</dl>\
         <p class=\"u-small\">{}</p><p><a class=\"link\" href=\"/report{}\">{}</a></p>",
        question(lang, office, followed, asked),
        t::follow_private(lang),
        of_office(office),
        t::follow_another(lang),
    );
    Document { lang, css, office: &office.name, title, body, has_script: false }.response()
}

/// What the office asks, with a place for the one answer, or what was answered.
fn question(
    lang: Lang,
    office: &Office,
    followed: &Followed,
    (code, typed, wrong): (&str, &str, Option<&str>),
) -> String {
    let wrong = wrong
        .map(|words| format!("<p class=\"error-line\" role=\"alert\" id=\"wrong\">{}</p>", escape(words)));
    let wrong = wrong.unwrap_or_default();
    let Some(question) = &followed.question else { return wrong };
    let answer = match &question.reply {
        Some(reply) => format!("<p><b>{}</b></p><p>{}</p>", t::own_reply(lang), escape(&reply.words)),
        None => format!(
            "<form class=\"form\" method=\"post\" action=\"/report/{number}\">\
             <input type=\"hidden\" name=\"office\" value=\"{office}\">\
             <input type=\"hidden\" name=\"number\" value=\"{number}\">\
             <input type=\"hidden\" name=\"code\" value=\"{code}\">\
             <div class=\"field\"><label for=\"reply\">{label}</label>\
             <textarea class=\"input\" id=\"reply\" name=\"reply\" rows=\"4\" maxlength=\"500\" required \
             aria-describedby=\"reply-hint\">{typed}</textarea>\
             <p class=\"u-small\" id=\"reply-hint\">{hint}</p></div>\
             <button class=\"button\">{send}</button></form>",
            number = escape(&followed.number),
            office = office.id,
            code = escape(code),
            label = t::reply_label(lang),
            typed = escape(typed),
            hint = t::reply_hint(lang),
            send = t::send_reply(lang),
        ),
    };
    format!(
        "<section class=\"card card--pad\"><h2>{}</h2><p>{}</p>{wrong}{answer}</section>",
        t::question_title(lang),
        escape(&question.words)
    )
}
