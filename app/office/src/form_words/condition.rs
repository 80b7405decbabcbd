//! Conditions in words: "“用气方式”为“瓶装气”，并且…". What words would not make plainer stands as the formula that it is.

use super::said::{Said, Sign, joined};
use crate::i18n::{forms as t, office, trade};
use domain::{
    expression::{Expression, Function, Operator},
    form::{Form, Question, QuestionKind},
    id::{QuestionId, SiteKind},
    site::attributes::{GasSupply, SiteAttribute},
    sync::SiteKindInfo,
    text::Lang,
};

/// Puts the conditions of one form into words.
#[derive(Clone, Copy)]
pub struct ConditionWords<'a> {
    pub lang: Lang,
    pub form: &'a Form,
    pub kinds: &'a [SiteKindInfo],
    /// A formula as authors write it.
    pub written: fn(&Expression) -> String,
}

impl ConditionWords<'_> {
    /// When it holds. `of` is the question that it is about, which needs not be named in it.
    pub fn holds(&self, condition: &Expression, of: Option<&Question>) -> String {
        self.said(condition, false, of)
    }

    /// When it does not.
    pub fn fails(&self, condition: &Expression, of: Option<&Question>) -> String {
        self.said(condition, true, of)
    }

    /// What is reckoned, as a formula with the questions' own words.
    pub fn formula(&self, expression: &Expression) -> String {
        let written = (self.written)(expression);
        self.form.questions().fold(written, |written, question| {
            let words = t::named(self.lang, question.text.get(self.lang).to_owned());
            written.replace(&format!("${{{}}}", question.id), &words)
        })
    }

    /// How many there are: the answer that says so, or a formula.
    pub fn amount(&self, expression: &Expression) -> String {
        self.subject(expression, None).unwrap_or_else(|| self.formula(expression))
    }

    pub fn kinds<'k>(&self, kinds: impl IntoIterator<Item = &'k SiteKind>) -> String {
        let name = |id: &SiteKind| {
            let known = self.kinds.iter().find(|kind| kind.id == *id);
            known.map_or_else(|| id.to_string(), |kind| kind.name.get(self.lang).to_owned())
        };
        let names: Vec<_> = kinds.into_iter().map(name).collect();
        names.join(office::between_choices(self.lang))
    }

    fn said(&self, condition: &Expression, negated: bool, of: Option<&Question>) -> String {
        if let Some(said) = self.words(condition, negated, of) {
            return said.words(self.lang);
        }
        let formula = self.formula(condition);
        t::formula(self.lang, if negated { format!("not({formula})") } else { formula })
    }

    fn words(&self, condition: &Expression, negated: bool, of: Option<&Question>) -> Option<Said> {
        let said = |left: &Expression, sign: Sign, right: &Expression| {
            let values = vec![self.value(right, self.looked_at(left, of), of)?];
            let is_day = matches!(right, Expression::Call(Function::Today, _));
            let sign = if is_day { sign.of_days() } else { sign };
            let sign = if negated { sign.negated() } else { sign };
            Some(Said::Of { subject: self.subject(left, of)?, sign, values })
        };
        match condition {
            Expression::Binary(operator @ (Operator::Or | Operator::And), ..) => {
                let mut parts = vec![];
                flatten(condition, *operator, &mut parts);
                let parts: Option<_> = parts.into_iter().map(|part| self.words(part, negated, of)).collect();
                // What is not this or that is neither.
                Some(joined(self.lang, parts?, (*operator == Operator::Or) != negated))
            }
            Expression::Binary(operator, left, right) => said(left, sign(*operator)?, right),
            Expression::Call(Function::Not, arguments) => self.words(arguments.first()?, !negated, of),
            Expression::Call(Function::Selected, arguments) => {
                said(arguments.first()?, Sign::Includes, arguments.get(1)?)
            }
            Expression::Call(Function::SiteKind, arguments) => {
                let Expression::Text(word) = arguments.first()? else { return None };
                let sign = if negated { Sign::BelongsNotTo } else { Sign::BelongsTo };
                let values = vec![self.kinds([&SiteKind::from(word.as_str())])];
                Some(Said::Of { subject: t::the_site(self.lang).to_owned(), sign, values })
            }
            Expression::Call(..)
            | Expression::Number(_)
            | Expression::Text(_)
            | Expression::Answer(_)
            | Expression::This
            | Expression::Negative(_) => None,
        }
    }

    /// What is looked at; nothing is said where it is the question itself, which everybody sees.
    fn subject(&self, left: &Expression, of: Option<&Question>) -> Option<String> {
        match left {
            Expression::This => Some(String::new()),
            Expression::Answer(name) if of.is_some_and(|question| question.id == *name) => {
                Some(String::new())
            }
            Expression::Answer(name) => self.question(name),
            Expression::Call(Function::Site, arguments) => {
                let attribute = attribute(arguments.first()?)?;
                Some(t::site_has(self.lang, attribute.name().get(self.lang).to_owned()))
            }
            Expression::Call(Function::Last, arguments) => {
                let Expression::Text(name) = arguments.first()? else { return None };
                Some(t::last_time(self.lang, self.question(&QuestionId::from(name.as_str()))?))
            }
            Expression::Call(Function::CountSelected, arguments) => {
                let words = self.subject(arguments.first()?, of)?;
                let all = words.is_empty().then(|| t::chosen(self.lang).to_owned());
                Some(all.unwrap_or_else(|| t::chosen_of(self.lang, words)))
            }
            Expression::Number(_)
            | Expression::Text(_)
            | Expression::Negative(_)
            | Expression::Binary(..)
            | Expression::Call(..) => None,
        }
    }

    fn question(&self, name: &QuestionId) -> Option<String> {
        let question = self.form.question(name)?;
        Some(t::named(self.lang, question.text.get(self.lang).to_owned()))
    }

    /// The question whose answer is looked at, so that its choices have their own words.
    fn looked_at<'q>(&'q self, left: &'q Expression, of: Option<&'q Question>) -> Looked<'q> {
        match left {
            Expression::This => of.map_or(Looked::Else, Looked::Question),
            Expression::Answer(name) => self.form.question(name).map_or(Looked::Else, Looked::Question),
            Expression::Call(Function::Site, _) => Looked::Site,
            Expression::Number(_)
            | Expression::Text(_)
            | Expression::Negative(_)
            | Expression::Binary(..)
            | Expression::Call(..) => Looked::Else,
        }
    }

    /// What it is compared with.
    fn value(&self, value: &Expression, looked: Looked<'_>, of: Option<&Question>) -> Option<String> {
        let lang = self.lang;
        match value {
            Expression::Number(number) => Some(match looked {
                Looked::Question(question) => {
                    super::kind::with_unit(lang, &question.kind, number.to_string())
                }
                Looked::Site | Looked::Else => number.to_string(),
            }),
            Expression::Text(word) if word.is_empty() => Some(t::nothing(lang).to_owned()),
            Expression::Text(word) => Some(t::named(lang, looked.word(lang, word))),
            Expression::Call(Function::True, _) => Some(t::named(lang, t::yes(lang).to_owned())),
            Expression::Call(Function::False, _) => Some(t::named(lang, t::no(lang).to_owned())),
            Expression::Call(Function::Today, _) => Some(t::day_of_visit(lang).to_owned()),
            Expression::Answer(_) => self.subject(value, of),
            Expression::This | Expression::Negative(_) | Expression::Binary(..) | Expression::Call(..) => {
                None
            }
        }
    }
}

/// Whose words a value has.
#[derive(Clone, Copy)]
enum Looked<'a> {
    Question(&'a Question),
    Site,
    Else,
}

impl Looked<'_> {
    fn word(self, lang: Lang, word: &str) -> String {
        match self {
            Self::Question(question) if question.kind == QuestionKind::PassFail => match word {
                "pass" => trade::pass(lang).to_owned(),
                "fail" => trade::fail(lang).to_owned(),
                _ => trade::not_applicable(lang).to_owned(),
            },
            Self::Question(question) => {
                let chosen = question.kind.choices().iter().find(|choice| choice.id.as_str() == word);
                chosen.map_or_else(|| word.to_owned(), |choice| choice.text.get(lang).to_owned())
            }
            Self::Site => {
                let gas = GasSupply::ALL.into_iter().find(|gas| gas.as_str() == word);
                gas.map_or_else(|| word.to_owned(), |gas| gas.name().get(lang).to_owned())
            }
            Self::Else => word.to_owned(),
        }
    }
}

fn attribute(word: &Expression) -> Option<SiteAttribute> {
    if let Expression::Text(word) = word { SiteAttribute::parse(word) } else { None }
}

fn flatten<'a>(condition: &'a Expression, by: Operator, parts: &mut Vec<&'a Expression>) {
    match condition {
        Expression::Binary(operator, left, right) if *operator == by => {
            flatten(left, by, parts);
            flatten(right, by, parts);
        }
        part => parts.push(part),
    }
}

/// None: it compares nothing.
fn sign(operator: Operator) -> Option<Sign> {
    match operator {
        Operator::Equal => Some(Sign::Is),
        Operator::NotEqual => Some(Sign::IsNot),
        Operator::Less => Some(Sign::Below),
        Operator::LessOrEqual => Some(Sign::NotAbove),
        Operator::Greater => Some(Sign::Above),
        Operator::GreaterOrEqual => Some(Sign::NotBelow),
        Operator::Or
        | Operator::And
        | Operator::Add
        | Operator::Subtract
        | Operator::Multiply
        | Operator::Divide
        | Operator::Remainder => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        form::{Choice, Layer, PaperRule, PhotoRule},
        sector::Sector,
        text::Bilingual,
    };
    use serde_json::json;

    fn question(id: &str, text: &str, kind: QuestionKind) -> Question {
        let plain = json!({ "id": id, "text": { "zh": text, "en": text }, "kind": "pass_fail" });
        let plain: Question = serde_json::from_value(plain).unwrap();
        Question { kind, photo: PhotoRule::Never, ..plain }
    }

    fn form() -> Form {
        let choice =
            |id: &str, text: &str| Choice { id: id.into(), text: Bilingual::new(text, text), shown_if: None };
        let supply = QuestionKind::SelectOne(vec![choice("own", "自办"), choice("contract", "委托")]);
        let until = QuestionKind::Date(PaperRule::default());
        let questions = [question("supply", "供餐方式", supply), question("until", "有效期至", until)];
        Form {
            id: "canteen".into(),
            version: 1,
            title: Bilingual::new("食堂", "Canteen"),
            layer: Layer::Patrol,
            sector: Sector::General,
            site_kinds: vec![],
            offered_if: None,
            validity: domain::form::Validity::default(),
            review: None,
            review_due: None,
            quotes: vec![],
            entries: questions.map(|question| domain::form::Entry::Question(Box::new(question))).into(),
        }
    }

    fn answer(name: &str) -> Expression {
        Expression::Answer(name.into())
    }

    fn text(word: &str) -> Expression {
        Expression::Text(word.to_owned())
    }

    fn binary(operator: Operator, left: Expression, right: Expression) -> Expression {
        Expression::Binary(operator, Box::new(left), Box::new(right))
    }

    fn call(function: Function, arguments: Vec<Expression>) -> Expression {
        Expression::Call(function, arguments)
    }

    #[test]
    fn choices_and_what_is_registered_have_their_own_words() {
        let form = form();
        let words = ConditionWords { lang: Lang::Zh, form: &form, kinds: &[], written: |_| "…".to_owned() };
        let is = |word| binary(Operator::Equal, answer("supply"), text(word));
        let either = binary(Operator::Or, is("own"), is("contract"));
        assert_eq!(words.holds(&either, None), "“供餐方式”为“自办”或“委托”");
        assert_eq!(words.fails(&either, None), "“供餐方式”不为“自办”或“委托”");
        let site = call(Function::Site, vec![text("gas")]);
        let none = binary(Operator::Equal, site, text("none"));
        assert_eq!(words.holds(&call(Function::Not, vec![none]), None), "登记的“用气方式”不为“不用气”");
    }

    #[test]
    fn a_criterion_does_not_name_its_own_question() {
        let form = form();
        let words = ConditionWords { lang: Lang::Zh, form: &form, kinds: &[], written: |_| "…".to_owned() };
        let today = call(Function::Today, vec![]);
        let past = binary(Operator::Less, answer("until"), today);
        let until = form.question(&"until".into());
        assert_eq!(words.holds(&past, until), "早于检查当天");
        assert_eq!(words.fails(&past, until), "不早于检查当天");
    }

    #[test]
    fn what_has_no_words_stands_as_a_formula_with_the_words_of_questions() {
        let form = form();
        let written = |_: &Expression| "${supply} + 1 > 2".to_owned();
        let words = ConditionWords { lang: Lang::Zh, form: &form, kinds: &[], written };
        assert_eq!(words.holds(&Expression::This, None), "公式 “供餐方式” + 1 > 2");
    }
}
