//! What is wrong with a form, in words, whatever it was read from.

use crate::expression::explain;
use domain::{
    expression::Expression,
    form::{Entry, ExpressionPlace, Fault, Form, FormFault, check::TextOf},
    id::SiteKind,
    text::{Bilingual, Lang},
};
use i18n::form_faults as t;

/// In both languages: what is wrong, and what to do. Where it is stands in the fault.
pub fn words(form: &Form, fault: &FormFault) -> Bilingual {
    let entry = fault
        .at
        .as_ref()
        .and_then(|at| form.all_entries().into_iter().find(|entry| entry.name() == at.as_str()));
    let of = |lang| in_words(form, entry, &fault.fault, lang);
    Bilingual::new(of(Lang::Zh), of(Lang::En))
}

fn in_words(form: &Form, entry: Option<&Entry>, fault: &Fault, lang: Lang) -> String {
    match fault {
        Fault::NothingAsked => t::nothing_asked(lang).to_owned(),
        Fault::TooManyEntries => t::too_many_entries(lang, domain::form::MOST_ENTRIES),
        Fault::TooManyPictures => t::too_many_pictures(lang, domain::form::MOST_PICTURES),
        Fault::PatrolTooLong { of, asked } if of.is_empty() => {
            t::patrol_too_long(lang, *asked, domain::form::MOST_OF_A_PATROL)
        }
        Fault::PatrolTooLong { of, asked } => {
            let kinds: Vec<_> = of.iter().map(SiteKind::as_str).collect();
            t::patrol_too_long_of(lang, &kinds.join(" + "), *asked, domain::form::MOST_OF_A_PATROL)
        }
        Fault::OfferedByAnswer(name) => t::offered_by_answer(lang, name.as_str()),
        Fault::DuplicateQuote(quote) => t::duplicate_quote(lang, quote.as_str()),
        Fault::DuplicateName => t::duplicate_name(lang).to_owned(),
        Fault::BadName => t::bad_name(lang).to_owned(),
        Fault::Untranslated(of) => t::untranslated(lang, &text_of(of, lang)),
        Fault::BadText { of, over } => {
            t::bad_text(lang, &text_of(of, lang), &i18n::limits::over(lang, *over))
        }
        Fault::Empty => t::empty(lang).to_owned(),
        Fault::TooDeep => t::too_deep(lang).to_owned(),
        Fault::Most => t::most(lang, domain::form::MOST_INSTANCES),
        Fault::Range => t::range(lang).to_owned(),
        Fault::TooFewChoices => t::too_few_choices(lang).to_owned(),
        Fault::DuplicateChoice(choice) => t::duplicate_choice(lang, choice.as_str()),
        Fault::BadChoice(choice) => t::bad_choice(lang, choice.as_str()),
        Fault::ReadOnlyWithoutDefault => t::read_only_without_default(lang).to_owned(),
        Fault::PhotoWithoutHint => t::photo_without_hint(lang).to_owned(),
        Fault::FactInRepeat => t::fact_in_repeat(lang).to_owned(),
        Fault::FactTwice(name) => t::fact_twice(lang, name.as_str()),
        Fault::UnknownName { name, place: _ } => t::unknown_name(lang, name.as_str()),
        Fault::Forward { name, place: _ } => t::forward(lang, name.as_str()),
        Fault::Circular => t::circular(lang).to_owned(),
        Fault::LooksAtItself { place: _ } => t::looks_at_itself(lang).to_owned(),
        Fault::Type { place, error } => {
            let found = expression(form, entry, place).map(|expression| explain(expression, error));
            found.map_or_else(|| t::wrong_result(lang).to_owned(), |words| words.get(lang).to_owned())
        }
        Fault::WrongResult { place: _, found: _ } => t::wrong_result(lang).to_owned(),
        Fault::UnknownChoice { name, word, place: _ } => t::unknown_choice(lang, name.as_str(), word),
        Fault::NothingToJudge => t::nothing_to_judge(lang).to_owned(),
        Fault::NoTest => t::no_test(lang).to_owned(),
        Fault::CriterionOutsideRange => t::criterion_outside_range(lang).to_owned(),
        Fault::MajorWithoutCriterion => t::major_without_criterion(lang).to_owned(),
        Fault::TooManyDays => t::too_many_days(lang).to_owned(),
        Fault::NoBasis => t::no_basis(lang).to_owned(),
        Fault::QuoteNotCarried(quote) => t::quote_not_carried(lang, quote.as_str()),
    }
}

/// What stands at a place of an entry, or of the form.
fn expression<'a>(
    form: &'a Form,
    entry: Option<&'a Entry>,
    place: &ExpressionPlace,
) -> Option<&'a Expression> {
    match entry {
        Some(entry) => entry.expressions().into_iter().find(|(at, _)| at == place).map(|(_, found)| found),
        None => form.offered_if.as_ref(),
    }
}

fn text_of(of: &TextOf, lang: Lang) -> String {
    match of {
        TextOf::Title => t::of_title(lang).to_owned(),
        TextOf::Question => t::of_question(lang).to_owned(),
        TextOf::Hint => t::of_hint(lang).to_owned(),
        TextOf::Picture => t::of_picture(lang).to_owned(),
        TextOf::Unit => t::of_unit(lang).to_owned(),
        TextOf::Choice(choice) => t::of_choice(lang, choice.as_str()),
        TextOf::ConstraintMessage => t::of_constraint_message(lang).to_owned(),
        TextOf::What => t::of_what(lang).to_owned(),
        TextOf::AtOnce => t::of_at_once(lang).to_owned(),
        TextOf::Authority => t::of_authority(lang).to_owned(),
    }
}
