//! What was answered, in words.

use domain::{
    figure::{rounded, shortest},
    form::{Answer, NumberRule, QuestionKind},
    id::OptionId,
    place::Location,
    time,
};

messages! {
    pass = "合格", "Pass";
    fail = "不合格", "Fail";
    not_applicable = "不适用", "N/A";
    still_open = "还没改", "Still open";
    absent = "没有", "There is none";
    not_shown = "未出示", "Not shown";
    yes = "是", "Yes";
    no = "否", "No";
    files(n: usize) = "{n} 张", "{n} photos";
    near(at: String, metres: String) = "{at}，误差约 {metres} 米", "{at}, within about {metres} m";
}

/// As a line of a list says it.
pub fn words(lang: Lang, answer: &Answer, kind: &QuestionKind) -> String {
    match answer {
        Answer::Pass => pass(lang).to_owned(),
        Answer::Fail => fail(lang).to_owned(),
        Answer::NotApplicable => not_applicable(lang).to_owned(),
        Answer::StillOpen => still_open(lang).to_owned(),
        Answer::Absent => absent(lang).to_owned(),
        Answer::NotShown => not_shown(lang).to_owned(),
        Answer::Number(number) => with_unit(lang, figure(*number), kind),
        Answer::Count(count) => with_unit(lang, count.to_string(), kind),
        Answer::Date(day) => day.to_string(),
        Answer::Month(month) => month.to_string(),
        Answer::Time(time) => time.to_string(),
        Answer::SelectOne(chosen) => choice(lang, chosen, kind),
        Answer::SelectMultiple(chosen) => {
            let all: Vec<_> = chosen.iter().map(|chosen| choice(lang, chosen, kind)).collect();
            all.join(match lang {
                Lang::Zh => "、",
                Lang::En => ", ",
            })
        }
        Answer::Text(text) | Answer::Code(text) => text.clone(),
        Answer::Place(at) => place(lang, at),
        Answer::Attachments(all) => files(lang, all.len()),
        Answer::Truth(true) => yes(lang).to_owned(),
        Answer::Truth(false) => no(lang).to_owned(),
        Answer::Moment(at) => time::long(at.to_utc()),
    }
}

/// `34.87120, 113.62050，误差约 12 米`
pub fn place(lang: Lang, at: &Location) -> String {
    let coordinates = [rounded(at.latitude, 5), rounded(at.longitude, 5)].join(", ");
    match at.accuracy {
        Some(metres) => near(lang, coordinates, rounded(metres, 0)),
        None => coordinates,
    }
}

/// `4`, `3.5`: as short as it can be said.
pub fn figure(number: f64) -> String {
    shortest(number)
}

fn with_unit(lang: Lang, figure: String, kind: &QuestionKind) -> String {
    match kind {
        QuestionKind::Number(NumberRule { unit, .. }) | QuestionKind::Count(NumberRule { unit, .. }) => {
            format!("{figure} {}", unit.get(lang)).trim_end().to_owned()
        }
        QuestionKind::PassFail
        | QuestionKind::SelectOne(_)
        | QuestionKind::SelectMultiple(_)
        | QuestionKind::Date(_)
        | QuestionKind::Month(_)
        | QuestionKind::Time
        | QuestionKind::Text { .. }
        | QuestionKind::Photo
        | QuestionKind::Signature
        | QuestionKind::Place
        | QuestionKind::Code
        | QuestionKind::Note
        | QuestionKind::Calculation(_) => figure,
    }
}

/// One that is not offered any more is called by its name.
fn choice(lang: Lang, chosen: &OptionId, kind: &QuestionKind) -> String {
    let known = kind.choices().iter().find(|choice| choice.id == *chosen);
    known.map_or_else(|| chosen.to_string(), |choice| choice.text.get(lang).to_owned())
}
