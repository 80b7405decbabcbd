//! Types, looked at when a form is published: what a phone could only work out as nothing is refused before.

use super::{
    DEPTH, Expression, Function, LookupTable, Operator, Parameter, Regex, RegexError, calendar,
    value::number_of,
};
use crate::id::QuestionId;
use thiserror::Error;

/// What a question's answers, or a part of an expression, come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ValueType {
    Truth,
    Number,
    Text,
    Day,
    Moment,
    /// One choice or several; and pass/fail, whose words are `pass`, `fail` and `na`.
    Choices,
    /// The name of a repeat, which only `count()` and `indexed-repeat()` take.
    Repeat,
    /// Known when it is worked out: an attribute of the site, a table's cell.
    Any,
}

/// What is wrong with a part, which stands at the end of this path (see [`Expression::at`]).
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{kind}")]
pub struct TypeError {
    pub path: Vec<usize>,
    pub kind: TypeErrorKind,
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TypeErrorKind {
    #[error("there is no question `{0}`")]
    UnknownQuestion(QuestionId),
    #[error("{found:?} where {expected:?} is needed")]
    WrongType { expected: ValueType, found: ValueType },
    #[error("`{word}` can never be a {of:?}")]
    NeverA { of: ValueType, word: String },
    #[error("{left:?} and {right:?} are nothing to compare")]
    Incomparable { left: ValueType, right: ValueType },
    #[error("two days cannot be added, multiplied or divided")]
    DaysReckoned,
    #[error("{function:?} takes {least} to {most:?} arguments, not {given}")]
    WrongCount { function: Function, given: usize, least: usize, most: Option<usize> },
    #[error("{function:?} takes the name of a question here")]
    NoQuestion { function: Function },
    #[error("{function:?} takes the name of a repeat here")]
    NoRepeat { function: Function },
    #[error("{function:?} takes a text in quotes here")]
    NoWord { function: Function },
    #[error("there is no table `{0}`")]
    UnknownTable(String),
    #[error("the table `{}` has no column `{column}`", .table.as_str())]
    UnknownColumn { table: LookupTable, column: String },
    #[error(transparent)]
    Regex(RegexError),
    #[error("`%{0}` is no part of a date")]
    UnknownFormat(String),
    #[error("`.` stands for nothing here")]
    NoThis,
    #[error("parts are inside parts too often")]
    TooDeep,
}

/// What it comes to, or the first part that cannot be. `of` is the type of a question, or [`ValueType::Repeat`] of a repeat;
/// `this` that of `.`, None where it stands for nothing.
pub fn check_types(
    expression: &Expression,
    of: &dyn Fn(&QuestionId) -> Option<ValueType>,
    this: Option<ValueType>,
) -> Result<ValueType, TypeError> {
    let mut check = Check { of, this, path: vec![] };
    if expression.depth() > DEPTH {
        return check.fails(TypeErrorKind::TooDeep);
    }
    check.value(expression)
}

type Checked<T = ValueType> = Result<T, TypeError>;

struct Check<'a> {
    of: &'a dyn Fn(&QuestionId) -> Option<ValueType>,
    this: Option<ValueType>,
    /// Where it is.
    path: Vec<usize>,
}

impl Check<'_> {
    fn fails<T>(&self, kind: TypeErrorKind) -> Checked<T> {
        Err(TypeError { path: self.path.clone(), kind })
    }

    fn wrong(&self, expected: ValueType, found: ValueType) -> Checked {
        self.fails(TypeErrorKind::WrongType { expected, found })
    }

    fn part<T>(&mut self, place: usize, look: impl FnOnce(&mut Self) -> Checked<T>) -> Checked<T> {
        self.path.push(place);
        let found = look(self)?;
        self.path.pop();
        Ok(found)
    }

    /// Of anything but the bare name of a repeat.
    fn value(&mut self, expression: &Expression) -> Checked {
        match self.any(expression)? {
            ValueType::Repeat => self.wrong(ValueType::Any, ValueType::Repeat),
            found => Ok(found),
        }
    }

    fn any(&mut self, expression: &Expression) -> Checked {
        match expression {
            Expression::Number(_) => Ok(ValueType::Number),
            Expression::Text(_) => Ok(ValueType::Text),
            Expression::Answer(question) => match (self.of)(question) {
                Some(of) => Ok(of),
                None => self.fails(TypeErrorKind::UnknownQuestion(question.clone())),
            },
            Expression::This => self.this.map_or_else(|| self.fails(TypeErrorKind::NoThis), Ok),
            Expression::Negative(part) => self.part(0, |here| here.number(part)).map(|_| ValueType::Number),
            Expression::Binary(operator, left, right) => match operator {
                Operator::Or | Operator::And => {
                    self.part(0, |here| here.truth(left))?;
                    self.part(1, |here| here.truth(right))
                }
                Operator::Equal | Operator::NotEqual => self.compared(left, right, true),
                Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => {
                    self.compared(left, right, false)
                }
                Operator::Add
                | Operator::Subtract
                | Operator::Multiply
                | Operator::Divide
                | Operator::Remainder => {
                    let left = self.part(0, |here| here.number(left))?;
                    let right = self.part(1, |here| here.number(right))?;
                    let are_days = left.is_day() && right.is_day();
                    if are_days && *operator != Operator::Subtract {
                        return self.fails(TypeErrorKind::DaysReckoned);
                    }
                    Ok(ValueType::Number)
                }
            },
            Expression::Call(function, arguments) => self.called(*function, arguments),
        }
    }

    fn truth(&mut self, part: &Expression) -> Checked {
        match self.value(part)? {
            // `'false'`, a choice and a day are all true, which nobody means.
            found @ (ValueType::Text | ValueType::Day | ValueType::Moment | ValueType::Choices) => {
                self.wrong(ValueType::Truth, found)
            }
            ValueType::Truth | ValueType::Number | ValueType::Any | ValueType::Repeat => Ok(ValueType::Truth),
        }
    }

    /// Choices may be called by numbers, and truths may be counted.
    fn number(&mut self, part: &Expression) -> Checked {
        match self.value(part)? {
            ValueType::Text => self.wrong(ValueType::Number, ValueType::Text),
            found => Ok(found),
        }
    }

    fn compared(&mut self, left: &Expression, right: &Expression, as_same: bool) -> Checked {
        let types = (self.part(0, |here| here.value(left))?, self.part(1, |here| here.value(right))?);
        // `= ''` asks whether there is an answer.
        if as_same && (is_blank(left) || is_blank(right)) {
            return Ok(ValueType::Truth);
        }
        self.part(1, |here| here.reads_as(right, types.0, as_same))?;
        self.part(0, |here| here.reads_as(left, types.1, as_same))?;
        let fits = match types {
            (ValueType::Any, _) | (_, ValueType::Any) => true,
            (ValueType::Truth, ValueType::Truth | ValueType::Number | ValueType::Text)
            | (ValueType::Number | ValueType::Text, ValueType::Truth) => as_same,
            (ValueType::Truth, _) | (_, ValueType::Truth) => false,
            (ValueType::Choices, ValueType::Day | ValueType::Moment)
            | (ValueType::Day | ValueType::Moment, ValueType::Choices) => false,
            (
                ValueType::Number
                | ValueType::Text
                | ValueType::Day
                | ValueType::Moment
                | ValueType::Choices
                | ValueType::Repeat,
                _,
            ) => true,
        };
        let (left, right) = types;
        if fits { Ok(ValueType::Truth) } else { self.fails(TypeErrorKind::Incomparable { left, right }) }
    }

    /// A text in quotes has to be one that the other side can be.
    fn reads_as(&self, part: &Expression, of: ValueType, as_same: bool) -> Checked<()> {
        let Expression::Text(word) = part else { return Ok(()) };
        let is_number = number_of(word).is_some();
        let can_be = match of {
            ValueType::Truth => matches!(word.as_str(), "true" | "false" | "1" | "0"),
            ValueType::Number => is_number,
            ValueType::Day | ValueType::Moment => calendar::day_of(word).is_some(),
            ValueType::Choices => as_same || is_number,
            ValueType::Text => as_same || is_number || calendar::time_of(word).is_some(),
            ValueType::Any | ValueType::Repeat => true,
        };
        if can_be { Ok(()) } else { self.fails(TypeErrorKind::NeverA { of, word: word.clone() }) }
    }

    fn called(&mut self, function: Function, arguments: &[Expression]) -> Checked {
        let signature = function.signature();
        let (least, most) = signature.arity();
        let given = arguments.len();
        if given < least || most.is_some_and(|most| given > most) {
            return self.fails(TypeErrorKind::WrongCount { function, given, least, most });
        }
        let mut found = vec![];
        for (place, argument) in arguments.iter().enumerate() {
            let Some(parameter) = signature.parameter(place) else { break };
            found.push(self.part(place, |here| here.argument(function, parameter, argument))?);
        }
        if function == Function::PullData {
            self.look_up(arguments)?;
        }
        Ok(match (signature.result, function, found.as_slice(), arguments) {
            (Some(result), ..) => result,
            (None, Function::If, [_, left, right], [_, a, b]) | (None, _, [left, right], [a, b]) => {
                if is_blank(a) {
                    *right
                } else if is_blank(b) {
                    *left
                } else {
                    left.or(*right)
                }
            }
            (None, _, [first, ..], _) => *first,
            (None, _, [], _) => ValueType::Any,
        })
    }

    /// The table and its columns, which are words by now.
    fn look_up(&mut self, arguments: &[Expression]) -> Checked<()> {
        let [Expression::Text(table), Expression::Text(column), Expression::Text(key), ..] = arguments else {
            return Ok(());
        };
        let unknown = || TypeErrorKind::UnknownTable(table.clone());
        let known =
            self.part(0, |here| LookupTable::named(table).map_or_else(|| here.fails(unknown()), Ok))?;
        for (place, column) in [(1, column), (2, key)] {
            if !known.columns().contains(&column.as_str()) {
                let kind = TypeErrorKind::UnknownColumn { table: known, column: column.clone() };
                return self.part(place, |here| here.fails(kind));
            }
        }
        Ok(())
    }

    fn argument(&mut self, function: Function, parameter: Parameter, argument: &Expression) -> Checked {
        match parameter {
            Parameter::Any | Parameter::Text => self.value(argument),
            Parameter::Truth => self.truth(argument),
            Parameter::Number => self.number(argument),
            Parameter::Day => match (self.value(argument)?, argument) {
                (found @ (ValueType::Truth | ValueType::Choices), _) => self.wrong(ValueType::Day, found),
                (_, Expression::Text(word)) if !word.is_empty() => {
                    self.reads_as(argument, ValueType::Day, true).map(|()| ValueType::Day)
                }
                (_, _) => Ok(ValueType::Day),
            },
            Parameter::Choices => {
                let found = self.value(argument)?;
                let is_list = matches!(found, ValueType::Choices | ValueType::Text | ValueType::Any);
                if is_list { Ok(found) } else { self.wrong(ValueType::Choices, found) }
            }
            Parameter::Question => {
                if !matches!(argument, Expression::Answer(_)) {
                    return self.fails(TypeErrorKind::NoQuestion { function });
                }
                // Instances of a repeat are counted as answers are.
                let counts = matches!(function, Function::Count | Function::CountNonEmpty);
                if counts { self.any(argument) } else { self.value(argument) }
            }
            Parameter::Repeat => match (self.any(argument)?, argument) {
                (ValueType::Repeat, Expression::Answer(_)) => Ok(ValueType::Repeat),
                (_, _) => self.fails(TypeErrorKind::NoRepeat { function }),
            },
            Parameter::Word => self.word(function, argument).map(|_| ValueType::Text),
            Parameter::QuestionWord => {
                let question = QuestionId::from(self.word(function, argument)?);
                match (self.of)(&question) {
                    Some(ValueType::Repeat) => self.wrong(ValueType::Any, ValueType::Repeat),
                    Some(of) => Ok(of),
                    None => self.fails(TypeErrorKind::UnknownQuestion(question)),
                }
            }
            Parameter::Pattern => match Regex::new(self.word(function, argument)?) {
                Ok(_) => Ok(ValueType::Text),
                Err(why) => self.fails(TypeErrorKind::Regex(why)),
            },
            Parameter::Format => match calendar::unknown_format(self.word(function, argument)?) {
                Some(sign) => self.fails(TypeErrorKind::UnknownFormat(sign)),
                None => Ok(ValueType::Text),
            },
        }
    }

    fn word<'e>(&self, function: Function, argument: &'e Expression) -> Checked<&'e str> {
        match argument {
            Expression::Text(word) if !word.is_empty() => Ok(word),
            Expression::Text(_)
            | Expression::Number(_)
            | Expression::Answer(_)
            | Expression::This
            | Expression::Negative(_)
            | Expression::Binary(..)
            | Expression::Call(..) => self.fails(TypeErrorKind::NoWord { function }),
        }
    }
}

impl ValueType {
    fn is_day(self) -> bool {
        matches!(self, Self::Day | Self::Moment)
    }

    /// What one of both comes to.
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (one, same) if one == same => one,
            (one, other) if one.is_day() && other.is_day() => Self::Moment,
            (Self::Choices, Self::Text) | (Self::Text, Self::Choices) => Self::Text,
            (_, _) => Self::Any,
        }
    }
}

fn is_blank(expression: &Expression) -> bool {
    matches!(expression, Expression::Text(text) if text.is_empty())
}
