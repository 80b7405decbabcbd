//! 依据 in words: laws and standards by name, and their sentences as printed. Clauses of the plan stay in the data.

use crate::i18n::forms as t;
use domain::{
    form::{Basis, Form, Quote},
    text::Lang,
};
use serde::{Deserialize, Serialize};

/// A sentence of law.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteWords {
    /// `《中华人民共和国消防法》第二十八条`, with its number where it has one.
    pub name: String,
    pub text: String,
}

impl QuoteWords {
    pub fn of(quote: &Quote) -> Self {
        let number = if quote.number.is_empty() { String::new() } else { format!("（{}）", quote.number) };
        Self {
            name: format!("{}{number}{}", quote.law, quote.article),
            text: format!("{}{}", quote.lead, quote.text),
        }
    }
}

/// What the question rests on, by name; None where nothing can be said.
pub fn basis_words(lang: Lang, basis: &Basis, form: &Form) -> Option<String> {
    let named = basis.words(&[form]);
    let practice = basis.good_practice.then(|| t::good_practice(lang).to_owned());
    let words: Vec<_> = Some(named).filter(|named| !named.is_empty()).into_iter().chain(practice).collect();
    (!words.is_empty()).then(|| words.join("；"))
}

/// The sentences that it rests on.
pub fn quotes<'a>(basis: &Basis, form: &'a Form) -> Vec<&'a Quote> {
    basis.law.iter().filter_map(|id| form.quote(id)).collect()
}
