//! The form by which anybody reports.

use super::document::{Document, escape, of_office};
use app::i18n::public_reports as t;
use axum::response::Response;
use domain::{place::Office, public_report::REPORT_PHOTOS, text::Lang};
use service::public_reports::Opening;

/// As it was typed, so that nothing is lost where something is wrong. There is a telephone number among it: it is never printed.
#[derive(Default)]
pub(super) struct Typed {
    pub office: String,
    pub what: String,
    pub place: String,
    pub phone: String,
    pub latitude: String,
    pub longitude: String,
    pub accuracy: String,
    pub same: String,
    /// The code that was read from a wall.
    pub site: String,
    /// Which of the sites near the position.
    pub beside: String,
    pub question: String,
    pub answer: String,
}

impl Typed {
    /// The field that is sent under this name.
    pub fn field(&mut self, name: &str) -> Option<&mut String> {
        match name {
            "office" => Some(&mut self.office),
            "what" => Some(&mut self.what),
            "place" => Some(&mut self.place),
            "phone" => Some(&mut self.phone),
            "latitude" => Some(&mut self.latitude),
            "longitude" => Some(&mut self.longitude),
            "accuracy" => Some(&mut self.accuracy),
            "same" => Some(&mut self.same),
            "site" => Some(&mut self.site),
            "beside" => Some(&mut self.beside),
            "question" => Some(&mut self.question),
            "answer" => Some(&mut self.answer),
            _ => None,
        }
    }
}

/// Where an installation has several offices.
pub(super) fn choice(css: &str, lang: Lang, path: &str, offices: &[Office]) -> Response {
    let line = |office: &Office| {
        let (to, name) = (of_office(office), escape(&office.name));
        format!("<li><a class=\"link\" href=\"{path}{to}\">{name}</a></li>")
    };
    let lines = offices.iter().map(line).collect::<Vec<_>>().concat();
    let words = if offices.is_empty() { t::closed(lang) } else { t::choose_office(lang) };
    let body = format!("<h1>{}</h1><p>{words}</p><ul>{lines}</ul>", t::report_title(lang));
    Document { lang, css, office: "", title: t::report_title(lang), body, has_script: false }.response()
}

/// A field with its label, its hint and what is wrong with it.
struct Line<'a> {
    name: &'a str,
    label: &'a str,
    hint: &'a str,
    error: Option<&'a str>,
}

impl Line<'_> {
    fn html(&self, control: &str) -> String {
        let Self { name, label, hint, error } = self;
        let error = error.map_or_else(String::new, |words| {
            format!("<p class=\"error-line\" id=\"{name}-e\" role=\"alert\">{}</p>", escape(words))
        });
        format!(
            "<div class=\"field\"><label for=\"{name}\">{label}</label>\
             <p class=\"field__hint\" id=\"{name}-h\">{hint}</p>{error}{control}</div>\n"
        )
    }

    fn aria(&self) -> String {
        let name = self.name;
        if self.error.is_some() {
            format!("aria-invalid=\"true\" aria-describedby=\"{name}-h {name}-e\"")
        } else {
            format!("aria-describedby=\"{name}-h\"")
        }
    }
}

/// `wall`: the name of the site whose code was read. `wrong`: which field, and what to do; without a field it stands above all.
pub(super) fn shown(
    css: &str,
    lang: Lang,
    opening: &Opening,
    wall: Option<&str>,
    typed: &Typed,
    wrong: Option<(&str, &str)>,
) -> Response {
    let title = t::report_title(lang);
    let body = if opening.settings.open {
        open(lang, opening, wall, typed, wrong)
    } else {
        format!("<h1>{title}</h1><p>{}</p>", t::closed(lang))
    };
    let has_script = opening.settings.open;
    Document { lang, css, office: &opening.office.name, title, body, has_script }.response()
}

fn open(
    lang: Lang,
    opening: &Opening,
    wall: Option<&str>,
    typed: &Typed,
    wrong: Option<(&str, &str)>,
) -> String {
    let of = |name: &str| wrong.filter(|(field, _)| *field == name).map(|(_, words)| words);
    let stands = |field: &str| match field {
        "what" | "place" | "photo" => true,
        "phone" => opening.takes_phone,
        _ => false,
    };
    let elsewhere = wrong.filter(|(field, _)| !stands(field)).map(|(_, words)| words);
    let above = elsewhere.map_or_else(String::new, |words| {
        format!("<p class=\"error-line\" role=\"alert\">{}</p>", escape(words))
    });
    let kept = if wrong.is_some() { format!("<p>{}</p>", t::still_here(lang)) } else { String::new() };
    let hidden = |name: &str, value: &str| {
        format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">", escape(value))
    };
    let office = opening.office.id.to_string();
    // A position that is none of the office's goes, so that the words alone can be sent.
    let is_kept = wrong.is_none_or(|(field, _)| field != "location");
    let placed = |part: &str| if is_kept { part.to_owned() } else { String::new() };
    let hidden: String = [
        hidden("office", &office),
        hidden("question", &opening.question),
        hidden("answer", ""),
        hidden("latitude", &placed(&typed.latitude)),
        hidden("longitude", &placed(&typed.longitude)),
        hidden("accuracy", &placed(&typed.accuracy)),
        // A code that says nothing is not kept: the form is that of everybody.
        wall.map_or_else(String::new, |_| hidden("site", &typed.site)),
    ]
    .concat();
    let wall = wall.map_or_else(String::new, |name| {
        format!("<p class=\"notice\">{}</p>\n", escape(&t::at_wall(lang, name)))
    });
    let many = t::e_photos_many(lang, REPORT_PHOTOS);
    let words = [
        ("working", t::working(lang)),
        ("locating", t::locating(lang)),
        ("located", t::located(lang)),
        ("unlocated", t::location_failed(lang)),
        ("large", t::e_photo_large(lang)),
        ("many", many.as_str()),
        ("chosen", t::photo_chosen(lang)),
        ("near", t::known_near(lang)),
        ("hint", t::known_hint(lang)),
        ("none", t::none_of_them(lang)),
        ("sites", t::at_which_site(lang)),
        ("choose", t::at_which_site_hint(lang)),
    ];
    let words = words.map(|(key, words)| format!(" data-{key}=\"{}\"", escape(words))).concat();
    let (photo, what, place) =
        (photo(lang, of("photo")), what(lang, typed, of("what")), place(lang, typed, of("place")));
    let phone = phone(lang, opening, typed, of("phone"));
    format!(
        "<h1>{title}</h1><p class=\"u-small\">{no_account}</p>\n\
         <a class=\"call-line\" href=\"tel:119\">{fire}</a>\n{wall}{above}{kept}\
         <noscript><p class=\"notice notice--refused\">{needs_script}</p></noscript>\n\
         <form class=\"form\" id=\"report\" method=\"post\" action=\"/report\" enctype=\"multipart/form-data\"{words}>\n\
         {hidden}{photo}{what}{place}<div id=\"near\"></div>{phone}\
         <p id=\"state\" role=\"status\"></p>\
         <button class=\"button\">{send}</button></form>\n\
         <p><a class=\"link\" href=\"/report/find{to}\">{follow}</a></p>\n\
         <p><a class=\"link\" href=\"/results{to}\">{results}</a></p>",
        title = t::report_title(lang),
        no_account = t::no_account(lang),
        fire = t::fire_first(lang),
        needs_script = t::needs_script(lang),
        send = t::send(lang),
        to = of_office(&opening.office),
        follow = t::follow_title(lang),
        results = t::results_title(lang),
    )
}

fn photo(lang: Lang, error: Option<&str>) -> String {
    let hint = t::photo_hint(lang, REPORT_PHOTOS);
    let line = Line { name: "photo", label: t::photo(lang), hint: &hint, error };
    let (aria, choose) = (line.aria(), t::photo_choose(lang));
    line.html(&format!(
        "<div class=\"file-pick\"><span class=\"button button--quiet\" aria-hidden=\"true\">{choose}</span>\
         <input class=\"file-pick__input\" type=\"file\" id=\"photo\" name=\"photo\" accept=\"image/*\" multiple {aria}></div>\
         <p class=\"u-small\" id=\"chosen\" role=\"status\"></p>"
    ))
}

fn what(lang: Lang, typed: &Typed, error: Option<&str>) -> String {
    let line = Line { name: "what", label: t::what(lang), hint: t::what_hint(lang), error };
    let (aria, text) = (line.aria(), escape(&typed.what));
    line.html(&format!(
        "<textarea class=\"input input--area\" id=\"what\" name=\"what\" rows=\"3\" maxlength=\"500\" required {aria}>\
         \n{text}</textarea>"
    ))
}

fn place(lang: Lang, typed: &Typed, error: Option<&str>) -> String {
    let line = Line { name: "place", label: t::where_it_is(lang), hint: t::where_hint(lang), error };
    let (aria, text, locate) = (line.aria(), escape(&typed.place), t::use_location(lang));
    line.html(&format!(
        "<input class=\"input\" type=\"text\" id=\"place\" name=\"place\" maxlength=\"200\" value=\"{text}\" {aria}>\
         <button class=\"button button--quiet\" type=\"button\" id=\"locate\">{locate}</button>\
         <p id=\"position\" role=\"status\"></p>"
    ))
}

fn phone(lang: Lang, opening: &Opening, typed: &Typed, error: Option<&str>) -> String {
    if !opening.takes_phone {
        return format!("<p class=\"u-small\">{}</p>\n", t::phone_not_taken(lang));
    }
    let line = Line { name: "phone", label: t::phone_number(lang), hint: t::phone_hint(lang), error };
    let (aria, text) = (line.aria(), escape(&typed.phone));
    line.html(&format!(
        "<input class=\"input\" type=\"tel\" id=\"phone\" name=\"phone\" maxlength=\"40\" autocomplete=\"off\" \
         value=\"{text}\" {aria}>"
    ))
}
