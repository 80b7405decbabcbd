//! # A row that is a question

use super::{
    appearances::{self, PARAMETERS, PARAMETERS_REFUSED, Use, appearance},
    choices::PASS_FAIL,
    fault::Problem,
    read::{Reading, yes_or_no},
    table::Line,
    types::Means,
};
use domain::{
    expression::{Expression, Function},
    form::{Constraint, NumberRule, PaperRule, Question, QuestionKind},
    id::QuestionId,
    text::Bilingual,
};
use i18n::{Lang, xlsform as t};

/// Between these a figure is plausible where a workbook says nothing.
const FAR: f64 = 1_000_000_000.0;

/// Decimals of a figure where a workbook says nothing.
const DECIMALS: u8 = 2;

/// Lines of a text of several lines where a workbook says no more.
const LINES: u8 = 3;

/// What appearance and parameters say.
#[derive(Default)]
struct Shape {
    is_signature: bool,
    is_month: bool,
    lines: Option<u8>,
    start: Option<f64>,
    end: Option<f64>,
    step: Option<f64>,
}

impl<'a> Reading<'a> {
    /// `list` is what follows the type's word.
    pub(super) fn question(&mut self, line: Line<'a>, name: &str, means: Means, list: &str) -> Question {
        let shape = self.shape(line, means);
        let kind = self.kind(line, means, list, &shape);
        let text = match (self.text(line, "label"), &kind) {
            (Some(text), _) => text,
            // Other programs never show it.
            (None, QuestionKind::Calculation(_)) => Bilingual::new(name, name),
            (None, _) => {
                self.tell(line.at("label"), Problem::TextMissing);
                Bilingual::new(name, name)
            }
        };
        let asks = kind.asks();
        let criterion = if asks { self.criterion(line) } else { None };
        Question {
            id: QuestionId::from(name),
            text,
            hint: self.text(line, "hint"),
            picture: self.picture(line, name),
            required: if asks { self.required(line) } else { None },
            read_only: self.is_yes(line, "read_only"),
            default: if asks { self.default_of(line, &kind) } else { None },
            relevant: self.expression_of(line, "relevant"),
            constraint: if asks { self.constraint(line) } else { None },
            criterion,
            photo: self.photo_rule(line),
            allow_existing_photo: self.is_yes(line, "allow_existing_photo"),
            basis: self.basis(line),
            every: self.every(line),
            fact: line.get("fact").map(str::to_owned),
            kind,
        }
    }

    fn kind(&mut self, line: Line<'a>, means: Means, list: &str, shape: &Shape) -> QuestionKind {
        match means {
            // Below none there is nothing to count.
            Means::Integer => match self.rule(line, 0, shape) {
                rule if rule.from < 0.0 => QuestionKind::Number(rule),
                rule => QuestionKind::Count(rule),
            },
            Means::Decimal => QuestionKind::Number(self.rule(line, DECIMALS, shape)),
            Means::Range => {
                // Whole steps are those of every figure.
                if shape.step.is_some_and(|step| step != 1.0) {
                    self.tell(line.at("parameters"), Problem::ParameterNotUsed("step".to_owned()));
                }
                let is_whole =
                    [shape.start, shape.end, shape.step].into_iter().flatten().all(|n| n.fract() == 0.0);
                let ranged = Shape {
                    start: Some(shape.start.unwrap_or(1.0)),
                    end: Some(shape.end.unwrap_or(10.0)),
                    ..Shape::default()
                };
                if is_whole && ranged.start.is_none_or(|start| start >= 0.0) {
                    QuestionKind::Count(self.rule(line, 0, &ranged))
                } else {
                    QuestionKind::Number(self.rule(line, DECIMALS, &ranged))
                }
            }
            Means::SelectOne | Means::SelectMultiple => self.select(line, means, list),
            Means::Date if shape.is_month => QuestionKind::Month(self.paper_rule(line)),
            Means::Date => QuestionKind::Date(self.paper_rule(line)),
            Means::Time => QuestionKind::Time,
            Means::Image if shape.is_signature => QuestionKind::Signature,
            Means::Image => QuestionKind::Photo,
            Means::Place => QuestionKind::Place,
            Means::Code => QuestionKind::Code,
            Means::Note => QuestionKind::Note,
            Means::Today => QuestionKind::Calculation(Expression::Call(Function::Today, vec![])),
            Means::Start => QuestionKind::Calculation(Expression::Call(Function::Now, vec![])),
            Means::Calculate => {
                if line.get("calculation").is_none() {
                    self.tell(line.at("calculation"), Problem::Missing("calculation"));
                }
                let nothing = || Expression::Text(String::new());
                QuestionKind::Calculation(self.expression_of(line, "calculation").unwrap_or_else(nothing))
            }
            Means::Text
            | Means::Kept
            | Means::Refused(_)
            | Means::BeginGroup
            | Means::EndGroup
            | Means::BeginRepeat
            | Means::EndRepeat => QuestionKind::Text { lines: self.lines(line, shape) },
        }
    }

    fn lines(&mut self, line: Line<'a>, shape: &Shape) -> u8 {
        let rows: Option<u8> = self.number(line, "rows");
        rows.or(shape.lines).unwrap_or(1)
    }

    fn select(&mut self, line: Line<'a>, means: Means, rest: &str) -> QuestionKind {
        let (list, or_other) = match rest.strip_suffix("or_other") {
            Some(list) if list.is_empty() || list.ends_with(' ') => (list.trim(), true),
            Some(_) | None => (rest, false),
        };
        if list.is_empty() {
            self.tell(line.at("type"), Problem::ListMissing);
            return QuestionKind::SelectOne(vec![]);
        }
        if means == Means::SelectOne && list == PASS_FAIL && !or_other {
            return QuestionKind::PassFail;
        }
        let choices = self.choices(line, list, or_other);
        if means == Means::SelectOne {
            QuestionKind::SelectOne(choices)
        } else {
            QuestionKind::SelectMultiple(choices)
        }
    }

    fn rule(&mut self, line: Line<'a>, decimals: u8, shape: &Shape) -> NumberRule {
        let unit = self.text(line, "unit").unwrap_or_else(|| {
            self.tell(line.at("unit"), Problem::UnitTaken);
            Bilingual::new(t::unit_usual(Lang::Zh), t::unit_usual(Lang::En))
        });
        let (from, to) = (self.figure(line, "from").or(shape.start), self.figure(line, "to").or(shape.end));
        let said = self.number(line, "decimals");
        // Whole numbers are counted here, from none.
        let least = if decimals == 0 { 0.0 } else { -FAR };
        let rule = NumberRule {
            unit,
            decimals: said.unwrap_or(decimals),
            from: from.unwrap_or(least),
            to: to.unwrap_or(FAR),
        };
        if from.is_none() || to.is_none() {
            let range = format!("{} – {} ({})", rule.from, rule.to, rule.decimals);
            self.tell(line.at("from"), Problem::RangeTaken(range));
        }
        rule
    }

    fn paper_rule(&mut self, line: Line<'a>) -> PaperRule {
        let mut rule = PaperRule::default();
        for word in domain::form::reference::ids(line.get("absent").unwrap_or_default()) {
            match word {
                "none" => rule.none = true,
                "not_shown" => rule.not_shown = true,
                _ => {
                    let known = "none, not_shown".to_owned();
                    self.tell(line.at("absent"), Problem::NotOneOf(word.to_owned(), known));
                }
            }
        }
        rule
    }

    /// XLSForm asks for nothing unless it is said; here everything is required unless it is said.
    fn required(&mut self, line: Line<'a>) -> Option<Expression> {
        let optional = || Some(Expression::Call(Function::False, vec![]));
        match line.get("required").map(|text| (text, yes_or_no(text))) {
            None | Some((_, Some(false))) => optional(),
            // Written so, it is an expression like any other, and stays one.
            Some((text, Some(true))) if !text.contains('(') => None,
            Some(_) => self.expression_of(line, "required"),
        }
    }

    fn constraint(&mut self, line: Line<'a>) -> Option<Constraint> {
        let message = self.text(line, "constraint_message");
        if line.get("constraint").is_none() {
            if message.is_some() {
                self.tell(line.at("constraint"), Problem::Missing("constraint"));
            }
            return None;
        }
        let usual = || Bilingual::new(t::constraint_usual(Lang::Zh), t::constraint_usual(Lang::En));
        let test = self.expression_of(line, "constraint")?;
        Some(Constraint { test, message: message.unwrap_or_else(usual) })
    }

    /// A word is itself; what has the signs of an expression is one.
    fn default_of(&mut self, line: Line<'a>, kind: &QuestionKind) -> Option<Expression> {
        let text = line.get("default")?;
        if !is_word(text, kind) {
            return self.expression_of(line, "default");
        }
        let is_figure = matches!(kind, QuestionKind::Number(_) | QuestionKind::Count(_));
        if is_figure && let Ok(expression) = self.parse(text, None) {
            return Some(expression);
        }
        let text = Expression::Text(text.to_owned());
        Some(match kind {
            QuestionKind::Date(_) => Expression::Call(Function::Date, vec![text]),
            QuestionKind::PassFail
            | QuestionKind::Number(_)
            | QuestionKind::Count(_)
            | QuestionKind::SelectOne(_)
            | QuestionKind::SelectMultiple(_)
            | QuestionKind::Month(_)
            | QuestionKind::Time
            | QuestionKind::Text { .. }
            | QuestionKind::Photo
            | QuestionKind::Signature
            | QuestionKind::Place
            | QuestionKind::Code
            | QuestionKind::Note
            | QuestionKind::Calculation(_) => text,
        })
    }

    fn shape(&mut self, line: Line<'a>, means: Means) -> Shape {
        let mut shape = Shape::default();
        let words = line.get("appearance").unwrap_or_default();
        if words.starts_with("ex:") {
            self.tell(line.at("appearance"), Problem::AppearanceRefused("ex:".to_owned(), appearances::APP));
        }
        for word in words.split_whitespace().filter(|_| !words.starts_with("ex:")) {
            match (appearance(word), means) {
                (Some(Use::Signature), Means::Image) => shape.is_signature = true,
                (Some(Use::Month), Means::Date) => shape.is_month = true,
                (Some(Use::Lines), Means::Text) => shape.lines = Some(LINES),
                (Some(Use::New), Means::Image) => {}
                (Some(Use::Refused(advice)), _) => {
                    self.tell(line.at("appearance"), Problem::AppearanceRefused(word.to_owned(), advice));
                }
                (Some(Use::Signature | Use::Month | Use::Lines | Use::New) | None, _) => {
                    self.tell(line.at("appearance"), Problem::AppearanceNotUsed(word.to_owned()));
                }
            }
        }
        // `start=1;end=10`: semicolons, commas or blanks between.
        let parts = line.get("parameters").unwrap_or_default().split([';', ',', ' ', '\n']);
        for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
            let (key, value) =
                part.split_once('=').map_or((part, ""), |(key, value)| (key.trim(), value.trim()));
            let refused = PARAMETERS_REFUSED.iter().find(|(known, _)| *known == key);
            if let Some((_, advice)) = refused {
                self.tell(line.at("parameters"), Problem::ParameterRefused(key.to_owned(), *advice));
                continue;
            }
            let is_used = match key {
                "rows" => means == Means::Text,
                _ => PARAMETERS.contains(&key) && means == Means::Range,
            };
            if !is_used {
                self.tell(line.at("parameters"), Problem::ParameterNotUsed(key.to_owned()));
                continue;
            }
            let Some(number) = value.parse::<f64>().ok().filter(|number| number.is_finite()) else {
                self.tell(line.at("parameters"), Problem::NotANumber(part.to_owned()));
                continue;
            };
            match key {
                "rows" if (1.0..=50.0).contains(&number) => shape.lines = Some(number as u8),
                "rows" => self.tell(line.at("parameters"), Problem::NotANumber(part.to_owned())),
                "start" => shape.start = Some(number),
                "end" => shape.end = Some(number),
                _ => shape.step = Some(number),
            }
        }
        shape
    }
}

/// Whether a default is the answer itself: it has no sign that only an expression has. Of a text nearly anything may be.
pub(super) fn is_word(text: &str, kind: &QuestionKind) -> bool {
    let signs: &[char] = match kind {
        QuestionKind::Text { .. } => &['(', '\'', '"', '$', '‘', '“'],
        QuestionKind::PassFail
        | QuestionKind::Number(_)
        | QuestionKind::Count(_)
        | QuestionKind::SelectOne(_)
        | QuestionKind::SelectMultiple(_)
        | QuestionKind::Date(_)
        | QuestionKind::Month(_)
        | QuestionKind::Time
        | QuestionKind::Photo
        | QuestionKind::Signature
        | QuestionKind::Place
        | QuestionKind::Code
        | QuestionKind::Note
        | QuestionKind::Calculation(_) => {
            &['(', ')', '\'', '"', '$', '{', '[', '*', '=', '<', '>', '+', '|', '‘', '“']
        }
    };
    let is_text = matches!(kind, QuestionKind::Text { .. });
    let reckons = [" div ", " mod ", " and ", " or ", " - "].into_iter().any(|word| text.contains(word));
    !text.is_empty()
        && text.trim() == text
        && !text.contains(signs)
        && !["TRUE", "FALSE", "."].contains(&text)
        && (is_text || !reckons)
}
