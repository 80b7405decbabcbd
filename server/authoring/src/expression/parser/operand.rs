//! What operators work on: numbers, texts, answers, calls, and what stands in brackets.

use super::{
    Input, Parsed, Parser, Part, blanks, bounded, fails, instead, is_of_name, left_over, operator, shown,
    wrong,
};
use crate::expression::{both, refused};
use domain::{
    expression::{Expression, Function},
    id::QuestionId,
    json,
};
use i18n::expression as t;
use winnow::{
    Parser as _,
    ascii::digit0,
    combinator::{opt, preceded},
    stream::Location as _,
    token::{literal, take, take_till, take_while},
};

/// Opening quotes, those that end a text so opened, and the one that is meant. Programs for texts turn quotes round.
const QUOTES: &[(char, &[char], &str)] =
    &[('\'', &['\''], "'"), ('"', &['"'], "\""), ('‘', &['’', '‘', '\''], "’"), ('“', &['”', '“', '"'], "”")];

impl Parser<'_> {
    pub(super) fn operand(&self, input: &mut Input<'_>, nesting: usize) -> Parsed<Part> {
        blanks(input)?;
        let start = input.current_token_start();
        let rest = *input.as_ref();
        let mut signs = rest.chars();
        let (first, second) = (signs.next(), signs.next());
        let leaf = |it| Ok(Part { it, depth: 1 });
        match first {
            None => wrong(input, 0, t::ends_early),
            Some('-') => {
                take(1usize).void().parse_next(input)?;
                let part = self.binary(input, 7, nesting + 1)?;
                let span = start..input.previous_token_end();
                bounded(Expression::Negative(Box::new(part.it)), part.depth + 1, span)
            }
            Some('(') => {
                take(1usize).void().parse_next(input)?;
                let part = self.binary(input, 1, nesting + 1)?;
                self.close(input, start)?;
                Ok(part)
            }
            Some(digit) if digit.is_ascii_digit() => leaf(number(input)?),
            Some('.') if second.is_some_and(|sign| sign.is_ascii_digit()) => leaf(number(input)?),
            Some('.') if second == Some('.') && !rest.starts_with("../") => wrong(input, 2, t::parent),
            Some('.') if second != Some('.') && second != Some('/') => {
                take(1usize).void().parse_next(input)?;
                leaf(Expression::This)
            }
            Some('/' | '.') => path(input, 0),
            Some('$') if second == Some('{') => leaf(Expression::Answer(answer(input)?)),
            Some('$') => {
                let name: &str = rest.get(1..).unwrap_or_default();
                let end = name.find(|sign| !is_of_name(sign)).unwrap_or(name.len());
                let name = name.get(..end).unwrap_or_default();
                wrong(input, 1 + name.len(), |lang| t::variable(lang, name))
            }
            Some(quote) if QUOTES.iter().any(|(open, ..)| *open == quote) => {
                leaf(Expression::Text(text(input)?))
            }
            Some(letter) if letter.is_alphabetic() || letter == '_' => self.named(input, nesting),
            Some('!') if second != Some('=') => instead(input, "!", "not(…)"),
            Some('@') => wrong(input, 1, |lang| t::axis(lang, "@")),
            Some('[') => wrong(input, 1, t::predicate),
            Some('（') => instead(input, "（", "("),
            Some(')' | ',') => {
                let found = shown(input);
                wrong(input, found.len(), |lang| t::operand_missing(lang, found))
            }
            Some(_) if operator::stands(input) => {
                let found = shown(input);
                wrong(input, found.len(), |lang| t::operand_missing(lang, found))
            }
            Some(_) => {
                let found = shown(input);
                wrong(input, found.len(), |lang| t::unreadable(lang, found))
            }
        }
    }

    /// The bracket that ends what was opened there.
    fn close(&self, input: &mut Input<'_>, opened: usize) -> Parsed<()> {
        blanks(input)?;
        match input.chars().next() {
            Some(')') => take(1usize).void().parse_next(input),
            Some(',') => wrong(input, 1, t::comma),
            Some(_) => left_over(input),
            None => fails(opened..opened + 1, both(t::open_bracket)),
        }
    }

    /// A call, or a bare name.
    fn named(&self, input: &mut Input<'_>, nesting: usize) -> Parsed<Part> {
        let start = input.current_token_start();
        let rest = *input.as_ref();
        let is_of_word = |sign: char| is_of_name(sign) || sign == ':';
        let word: &str =
            rest.get(..rest.find(|sign| !is_of_word(sign)).unwrap_or(rest.len())).unwrap_or_default();
        if word.contains("::") {
            return wrong(input, word.len(), |lang| t::axis(lang, word));
        }
        let after = rest.get(word.len()..).unwrap_or_default();
        if after.starts_with('/') {
            return path(input, word.len());
        }
        let is_call = after.trim_start().starts_with('(');
        if !is_call && operator::stands(input) {
            return wrong(input, word.len(), |lang| t::operand_missing(lang, word));
        }
        if !is_call && let Some(value) = (self.column)(word) {
            take_while(1.., is_of_word).void().parse_next(input)?;
            return Ok(Part { it: Expression::Text(value), depth: 1 });
        }
        if !is_call {
            return match word.to_lowercase().as_str() {
                "true" => instead(input, word, "true()"),
                "false" => instead(input, word, "false()"),
                "not" => instead(input, word, "not(…)"),
                _ => wrong(input, word.len(), |lang| t::bare_name(lang, word)),
            };
        }
        let Some(function) = Function::named(word) else {
            return fails(start..start + word.len(), refused::unknown(word));
        };
        take_while(1.., is_of_word).void().parse_next(input)?;
        blanks(input)?;
        let opened = input.current_token_start();
        take(1usize).void().parse_next(input)?;
        let parts = self.arguments(input, function, opened, nesting)?;
        let depth = 1 + parts.iter().map(|part| part.depth).max().unwrap_or_default();
        let arguments = parts.into_iter().map(|part| part.it).collect();
        bounded(Expression::Call(function, arguments), depth, start..input.previous_token_end())
    }

    /// After the opening bracket, with the closing one.
    fn arguments(
        &self,
        input: &mut Input<'_>,
        function: Function,
        opened: usize,
        nesting: usize,
    ) -> Parsed<Vec<Part>> {
        blanks(input)?;
        if function == Function::Position {
            let dots: Option<&str> = opt(literal("..")).parse_next(input)?;
            return match dots {
                Some(_) => self.close(input, opened).map(|()| vec![]),
                None => fails(opened..opened + 1, both(t::position_form)),
            };
        }
        let mut parts = vec![];
        while !input.starts_with(')') || !parts.is_empty() {
            let named = function == Function::ChoiceName && parts.len() == 1;
            parts.push(if named { choice_list(input)? } else { self.binary(input, 1, nesting + 1)? });
            blanks(input)?;
            if input.starts_with(',') {
                take(1usize).void().parse_next(input)?;
            } else {
                break;
            }
        }
        self.close(input, opened)?;
        // Without anything it looks at the answer itself.
        if function == Function::StringLength && parts.is_empty() {
            parts.push(Part { it: Expression::This, depth: 1 });
        }
        let (least, most) = function.signature().arity();
        let given = parts.len();
        if given < least || most.is_some_and(|most| given > most) {
            let wanted = t::counts(least, most);
            let words = both(|lang| t::arguments(lang, function.word(), &wanted, given));
            return fails(opened..input.previous_token_end(), words);
        }
        Ok(parts)
    }
}

/// `'${name}'`: the question whose choices are meant. Without quotes it can only mean the same.
fn choice_list(input: &mut Input<'_>) -> Parsed<Part> {
    blanks(input)?;
    let start = input.current_token_start();
    let quote = input.chars().next().and_then(|sign| QUOTES.iter().find(|(open, ..)| *open == sign));
    if quote.is_some() {
        take(1usize).void().parse_next(input)?;
        blanks(input)?;
    }
    if !input.starts_with("${") {
        return fails(start..input.current_token_start(), both(t::choice_name_form));
    }
    let question = answer(input)?;
    if let Some((_, closing, meant)) = quote {
        blanks(input)?;
        if !input.starts_with(*closing) {
            return fails(start..input.current_token_start(), both(|lang| t::open_text(lang, meant)));
        }
        take(1usize).void().parse_next(input)?;
    }
    Ok(Part { it: Expression::Answer(question), depth: 1 })
}

fn number(input: &mut Input<'_>) -> Parsed<Expression> {
    let start = input.current_token_start();
    let written = (digit0, opt(preceded('.', digit0))).take().parse_next(input)?;
    let next = input.chars().next();
    // A minus after it is one.
    let goes_on = next.is_some_and(|sign| sign != '-' && is_of_name(sign));
    if goes_on || json::float(written).is_none() {
        let whole = written.len() + shown(input).len();
        return fails(
            start..start + whole,
            both(|lang| t::unreadable(lang, &[written, shown(input)].concat())),
        );
    }
    Ok(Expression::Number(json::float(written).unwrap_or_default()))
}

fn text(input: &mut Input<'_>) -> Parsed<String> {
    let start = input.current_token_start();
    let open = take(1usize).parse_next(input)?;
    let Some((_, closing, meant)) = QUOTES.iter().find(|(quote, ..)| open.starts_with(*quote)) else {
        return left_over(input);
    };
    let written = take_till(0.., *closing).parse_next(input)?;
    if input.is_empty() {
        return fails(start..start + open.len(), both(|lang| t::open_text(lang, meant)));
    }
    take(1usize).void().parse_next(input)?;
    let span = start..input.previous_token_end();
    if let Some(name) = answer_inside(written) {
        return fails(span, both(|lang| t::answer_in_text(lang, name)));
    }
    Ok(written.to_owned())
}

/// The question that a text seems to name.
fn answer_inside(text: &str) -> Option<&str> {
    let name = text.split("${").skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name);
    let mut names = name.filter(|name| name.starts_with(char::is_alphabetic) && name.chars().all(is_of_name));
    names.next()
}

/// `${name}`
fn answer(input: &mut Input<'_>) -> Parsed<QuestionId> {
    let start = input.current_token_start();
    literal("${").void().parse_next(input)?;
    let name = take_till(0.., ['}', '\'', '"', '$', '(', ')']).parse_next(input)?;
    if !input.starts_with('}') {
        return fails(start..start + 2, both(|lang| t::open_name(lang, "}")));
    }
    take(1usize).void().parse_next(input)?;
    let span = start..input.previous_token_end();
    let name = name.trim();
    if let Some(saved) = name.strip_prefix("last-saved#") {
        return fails(span, both(|lang| t::last_saved(lang, saved)));
    }
    if name.is_empty() || !name.chars().all(is_of_name) {
        return fails(span, both(|lang| t::name_unfit(lang, name)));
    }
    Ok(QuestionId::from(name))
}

/// A path through a document. What it ends with is the question that is meant.
fn path<T>(input: &Input<'_>, least: usize) -> Parsed<T> {
    let rest = *input.as_ref();
    let is_of_path = |sign: char| is_of_name(sign) || matches!(sign, '/' | '*' | '@' | ':');
    let length = rest.find(|sign| !is_of_path(sign)).unwrap_or(rest.len()).max(least);
    let shown = rest.get(..length).unwrap_or_default();
    let name = shown.rsplit('/').next().filter(|name| name.starts_with(char::is_alphabetic));
    match name {
        Some(name) => wrong(input, length, |lang| t::path_to(lang, shown, name)),
        None => wrong(input, length, |lang| t::path(lang, shown)),
    }
}
