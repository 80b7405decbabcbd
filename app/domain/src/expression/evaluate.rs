//! Working an expression out. One match over data, so that it is small where a phone loads it.

use super::{
    DEPTH, Expression, Facts, Function, LENGTH, Operator, Regex, Value, calendar, compare::compares,
};
use crate::{
    figure::shortest,
    id::{QuestionId, SiteKind},
    json,
};

/// Figures behind the point that a number is rounded to, at the most.
const PLACES: f64 = 15.0;

impl Expression {
    /// What it comes to. What lies deeper than is allowed comes to nothing.
    pub fn evaluate(&self, facts: &dyn Facts) -> Value {
        evaluated(self, facts, 1)
    }

    /// Whether it is true.
    pub fn holds(&self, facts: &dyn Facts) -> bool {
        self.evaluate(facts).truth()
    }
}

fn evaluated(expression: &Expression, facts: &dyn Facts, depth: usize) -> Value {
    if depth > DEPTH {
        return Value::Nothing;
    }
    let of = |part: &Expression| evaluated(part, facts, depth + 1);
    match expression {
        Expression::Number(number) => Value::Number(*number),
        Expression::Text(text) => Value::Text(text.clone()),
        Expression::Answer(question) => facts.answer(question),
        Expression::This => facts.this(),
        Expression::Negative(part) => Value::Number(-of(part).number()),
        Expression::Binary(operator, left, right) => match operator {
            Operator::Or => Value::Truth(of(left).truth() || of(right).truth()),
            Operator::And => Value::Truth(of(left).truth() && of(right).truth()),
            Operator::Equal
            | Operator::NotEqual
            | Operator::Less
            | Operator::LessOrEqual
            | Operator::Greater
            | Operator::GreaterOrEqual => Value::Truth(compares(*operator, &of(left), &of(right))),
            Operator::Add => Value::Number(of(left).number() + of(right).number()),
            Operator::Subtract => Value::Number(of(left).number() - of(right).number()),
            Operator::Multiply => Value::Number(of(left).number() * of(right).number()),
            Operator::Divide => Value::Number(of(left).number() / of(right).number()),
            Operator::Remainder => Value::Number(of(left).number() % of(right).number()),
        },
        Expression::Call(function, arguments) => called(*function, arguments, facts, &of),
    }
}

/// Arguments are worked out as they are needed: `if()` looks at one branch only.
fn called(
    function: Function,
    arguments: &[Expression],
    facts: &dyn Facts,
    of: &dyn Fn(&Expression) -> Value,
) -> Value {
    let value = |place: usize| arguments.get(place).map_or(Value::Nothing, of);
    let text = |place: usize| value(place).text();
    let number = |place: usize| value(place).number();
    let question = |place: usize| match arguments.get(place) {
        Some(Expression::Answer(question)) => Some(question),
        Some(_) | None => None,
    };
    // Those that were given, of every instance.
    let all = |from: usize| {
        arguments
            .iter()
            .skip(from)
            .flat_map(|argument| of(argument).each())
            .filter(|value| !value.is_nothing())
    };
    match function {
        Function::Selected => {
            let word = text(1);
            Value::Truth(value(0).choices().iter().any(|choice| choice == word.trim()))
        }
        Function::SelectedAt => {
            let choice = index(number(1)).and_then(|place| value(0).choices().into_iter().nth(place));
            Value::Text(choice.unwrap_or_default())
        }
        Function::CountSelected => Value::Number(value(0).choices().len() as f64),
        Function::If => value(if value(0).truth() { 1 } else { 2 }),
        Function::Coalesce => Some(value(0)).filter(|first| !first.is_empty()).unwrap_or_else(|| value(1)),
        Function::Once => Some(facts.this()).filter(|this| !this.is_empty()).unwrap_or_else(|| value(0)),
        Function::Today => {
            calendar::when(&Value::Moment(facts.now())).map_or(Value::Nothing, |now| Value::Day(now.date()))
        }
        Function::Now => Value::Moment(facts.now()),
        Function::Date => calendar::when(&value(0)).map_or(Value::Nothing, |at| Value::Day(at.date())),
        Function::FormatDate | Function::FormatDateTime => {
            let at = calendar::when(&value(0));
            Value::Text(at.map(|at| bounded(calendar::format_at(at, &text(1)))).unwrap_or_default())
        }
        Function::DecimalDateTime => {
            Value::Number(calendar::when(&value(0)).map_or(f64::NAN, calendar::days))
        }
        Function::StringLength => Value::Number(text(0).chars().count() as f64),
        Function::Substr => {
            let whole: Vec<char> = text(0).chars().collect();
            let end = if arguments.len() > 2 { place(number(2), whole.len()) } else { whole.len() };
            let start = place(number(1), whole.len()).min(end);
            Value::Text(whole.iter().take(end).skip(start).collect())
        }
        Function::Contains => Value::Truth(text(0).contains(&text(1))),
        Function::StartsWith => Value::Truth(text(0).starts_with(&text(1))),
        Function::EndsWith => Value::Truth(text(0).ends_with(&text(1))),
        Function::Regex => Value::Truth(Regex::new(&text(1)).is_ok_and(|regex| regex.matches(&text(0)))),
        Function::Concat => joined("", all(0)),
        Function::Join => joined(&text(0), all(1)),
        Function::Round => {
            let places = if arguments.len() > 1 { number(1) } else { 0.0 };
            Value::Number(rounded(number(0), places))
        }
        Function::Int => Value::Number(number(0).trunc()),
        Function::Abs => Value::Number(number(0).abs()),
        Function::Number => Value::Number(number(0)),
        Function::String => Value::Text(text(0)),
        Function::Min => Value::Number(extreme(all(0), |a, b| a < b)),
        Function::Max => Value::Number(extreme(all(0), |a, b| a > b)),
        Function::Sum => Value::Number(all(0).fold(0.0, |sum, value| sum + value.number())),
        Function::Count => {
            Value::Number(question(0).map_or(0, |question| facts.answers(question).len()) as f64)
        }
        Function::CountNonEmpty => {
            let answers = question(0).map(|question| facts.answers(question)).unwrap_or_default();
            Value::Number(answers.iter().filter(|answer| !answer.is_empty()).count() as f64)
        }
        Function::IndexedRepeat => {
            let answers = question(0).map(|question| facts.answers(question)).unwrap_or_default();
            let place = index(number(2) - 1.0);
            place.and_then(|place| answers.into_iter().nth(place)).unwrap_or(Value::Nothing)
        }
        Function::Position => {
            facts.position().map_or(Value::Nothing, |position| Value::Number(position as f64))
        }
        Function::ChoiceName => {
            let name = |choice: &String| question(1).and_then(|question| facts.choice_name(question, choice));
            Value::Text(bounded(value(0).choices().iter().filter_map(name).collect::<Vec<_>>().join("、")))
        }
        Function::PullData => facts.pull(&text(0), &text(1), &text(2), &text(3)),
        Function::Not => Value::Truth(!value(0).truth()),
        Function::True => Value::Truth(true),
        Function::False => Value::Truth(false),
        Function::SiteKind => Value::Truth(facts.is_site_kind(&SiteKind(text(0)))),
        Function::Site => facts.site(&text(0)),
        Function::Last => facts.last(&QuestionId(text(0))),
    }
}

/// A place in a list, counted from 0.
fn index(number: f64) -> Option<usize> {
    if number >= 0.0 { Some(number as usize) } else { None }
}

/// A place in a text of so many characters; a negative one is counted from its end.
fn place(number: f64, length: usize) -> usize {
    let from_end = if number < 0.0 { length as f64 } else { 0.0 };
    (number + from_end).clamp(0.0, length as f64) as usize
}

fn joined(between: &str, values: impl Iterator<Item = Value>) -> Value {
    let mut whole = String::new();
    for (place, value) in values.enumerate() {
        if place > 0 {
            whole.push_str(between);
        }
        whole.push_str(&value.text());
        // A character has four bytes at the most.
        if whole.len() > 4 * LENGTH {
            break;
        }
    }
    Value::Text(bounded(whole))
}

fn bounded(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(LENGTH) {
        text.truncate(end);
    }
    text
}

fn extreme(values: impl Iterator<Item = Value>, is_further: fn(f64, f64) -> bool) -> f64 {
    let numbers = values.map(|value| value.number());
    let further = |a: f64, b: f64| if a.is_nan() || is_further(a, b) { a } else { b };
    numbers.reduce(further).unwrap_or(f64::NAN)
}

/// Half goes up. It is the number as it is written that is rounded: 1.005 to two places is 1.01, though the nearest float
/// is a little less.
fn rounded(number: f64, places: f64) -> f64 {
    if !number.is_finite() || places.is_nan() {
        return number;
    }
    let places = places.clamp(-PLACES, PLACES) as i32;
    let Some(shifted) = json::float(&format!("{}e{places}", shortest(number))) else { return number };
    let below = shifted.floor();
    let whole = if shifted - below >= 0.5 { below + 1.0 } else { below };
    json::float(&format!("{}e{}", shortest(whole), -places)).unwrap_or(number)
}
