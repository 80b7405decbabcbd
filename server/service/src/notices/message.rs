//! What is sent as one: a digest instead of ten.

use domain::{id::PersonId, notice::Notice, text::Lang};
use i18n::notices as t;
use std::collections::HashMap;

/// Lines of one message; the rest is counted.
const LINES: usize = 15;

/// Bytes of a text that robots take.
const BYTES: usize = 1_800;

/// To a group: a line a matter, with who is told of it. Several who are told the same are one line.
pub fn to_group(lang: Lang, notices: &[&Notice], names: &HashMap<PersonId, String>) -> String {
    let mut lines: Vec<(String, Vec<&str>)> = vec![];
    for notice in notices {
        let line = line(lang, notice);
        let name = names.get(&notice.person).map(String::as_str);
        match lines.iter_mut().find(|(known, _)| *known == line) {
            Some((_, told)) => told.extend(name),
            None => lines.push((line, name.into_iter().collect())),
        }
    }
    let all = lines.len();
    let head = if all == 1 { t::message_one(lang).to_owned() } else { t::message_head(lang, all) };
    let mut text = head;
    let mut said = 0;
    for (line, told) in lines.into_iter().take(LINES) {
        let told = told.join(t::names_between(lang));
        let told = if told.is_empty() { String::new() } else { t::message_to(lang, told) };
        let line = format!("\n{line}{told}");
        if text.len() + line.len() > BYTES {
            break;
        }
        text.push_str(&line);
        said += 1;
    }
    if said < all {
        text.push('\n');
        text.push_str(&t::message_more(lang, all - said));
    }
    text
}

/// What a mail is called.
pub fn subject(lang: Lang, notices: &[&Notice]) -> String {
    if notices.len() == 1 { t::message_one(lang).to_owned() } else { t::message_head(lang, notices.len()) }
}

/// To one person's phone: short, since each message costs.
pub fn to_person(lang: Lang, notices: &[&Notice]) -> String {
    match notices {
        [one] => t::sms_one(lang, line(lang, one).chars().take(120).collect()),
        several => t::sms_many(lang, several.len()),
    }
}

fn line(lang: Lang, notice: &Notice) -> String {
    let detail = t::detail(lang, notice);
    let title = t::title(lang, notice);
    if detail.is_empty() { title } else { format!("{title}{}{detail}", t::between(lang)) }
}
