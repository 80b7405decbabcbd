//! A question as a row, and its choices as rows of their own.

use super::{ExportError, Writing, row::Row};
use crate::{
    expression,
    words::{FREQUENCIES, LEVELS, PHOTOS},
    xlsform::{
        choices::PASS_FAIL, criterion::print_standard, picture::image_file, question::is_word,
        read::yes_or_no,
    },
};
use domain::{
    expression::{Expression, Function},
    form::{Basis, Choice, Criterion, NumberRule, PaperRule, PhotoRule, Question, QuestionKind, Responsible},
    text::Bilingual,
};
use i18n::{Lang, xlsform as t};

impl Writing<'_> {
    pub fn question(&mut self, question: &Question) -> Result<(), ExportError> {
        let name = question.id.as_str();
        let list = self.list(question);
        let select = |word: &str| format!("{word} {list}");
        let mut row = Row::named(
            &match &question.kind {
                QuestionKind::PassFail => format!("select_one {PASS_FAIL}"),
                QuestionKind::Number(_) => "decimal".to_owned(),
                QuestionKind::Count(_) => "integer".to_owned(),
                QuestionKind::SelectOne(_) => select("select_one"),
                QuestionKind::SelectMultiple(_) => select("select_multiple"),
                QuestionKind::Date(_) | QuestionKind::Month(_) => "date".to_owned(),
                QuestionKind::Time => "time".to_owned(),
                QuestionKind::Text { .. } => "text".to_owned(),
                QuestionKind::Photo | QuestionKind::Signature => "image".to_owned(),
                QuestionKind::Place => "geopoint".to_owned(),
                QuestionKind::Code => "barcode".to_owned(),
                QuestionKind::Note => "note".to_owned(),
                QuestionKind::Calculation(_) => "calculate".to_owned(),
            },
            name,
        )?;
        row.texts("label", Some(&question.text))?;
        row.texts("hint", question.hint.as_ref())?;
        row.kind(&question.kind)?;
        row.required(question)?;
        row.default_of(question)?;
        row.expression("relevant", question.relevant.as_ref())?;
        if let Some(constraint) = &question.constraint {
            row.expression("constraint", Some(&constraint.test))?;
            row.texts("constraint_message", Some(&constraint.message))?;
        }
        row.yes("read_only", question.read_only)?;
        if let Some(picture) = &question.picture {
            row.put("media::image", &image_file(&picture.image))?;
            row.own_texts("picture", Some(&picture.description))?;
        }
        if let Some(criterion) = &question.criterion {
            row.criterion(criterion)?;
        }
        row.basis(&question.basis)?;
        if question.photo != PhotoRule::default() {
            row.word("photo", &PHOTOS, &question.photo)?;
        }
        row.yes("allow_existing_photo", question.allow_existing_photo)?;
        if let Some(every) = &question.every {
            row.word("every", &FREQUENCIES, every)?;
        }
        row.optional("fact", question.fact.as_deref())?;
        self.survey.push(row);
        self.list_rows(&list, &question.kind)
    }

    /// What a question's list is called: as the question, unless that means something else.
    fn list(&self, question: &Question) -> String {
        let mut list = question.id.to_string();
        while list == PASS_FAIL || (list != question.id.as_str() && self.names.contains(list.as_str())) {
            list.push('_');
        }
        list
    }

    fn list_rows(&mut self, list: &str, kind: &QuestionKind) -> Result<(), ExportError> {
        let mut put = |list: &str, choice: &Choice| -> Result<(), ExportError> {
            let mut row = Row::new(list);
            row.put("list_name", list)?;
            row.name("name", choice.id.as_str(), false)?;
            row.texts("label", Some(&choice.text))?;
            row.expression("shown_if", choice.shown_if.as_ref())?;
            self.choices.push(row);
            Ok(())
        };
        if matches!(kind, QuestionKind::PassFail) {
            if !self.has_pass_fail {
                for (id, words) in
                    [("pass", t::pass as fn(Lang) -> _), ("fail", t::fail), ("na", t::not_applicable)]
                {
                    let text = Bilingual::new(words(Lang::Zh), words(Lang::En));
                    put(PASS_FAIL, &Choice { id: id.into(), text, shown_if: None })?;
                }
            }
            self.has_pass_fail = true;
            return Ok(());
        }
        kind.choices().iter().try_for_each(|choice| put(list, choice))
    }
}

impl Row {
    fn kind(&mut self, kind: &QuestionKind) -> Result<(), ExportError> {
        match kind {
            QuestionKind::Number(rule) | QuestionKind::Count(rule) => self.rule(rule),
            QuestionKind::Date(rule) => self.absent(*rule),
            QuestionKind::Month(rule) => {
                self.put("appearance", "month-year")?;
                self.absent(*rule)
            }
            QuestionKind::Text { lines } if *lines != 1 => self.put("parameters", &format!("rows={lines}")),
            QuestionKind::Signature => self.put("appearance", "signature"),
            QuestionKind::Calculation(expression) => self.expression("calculation", Some(expression)),
            QuestionKind::Text { .. }
            | QuestionKind::PassFail
            | QuestionKind::SelectOne(_)
            | QuestionKind::SelectMultiple(_)
            | QuestionKind::Time
            | QuestionKind::Photo
            | QuestionKind::Place
            | QuestionKind::Code
            | QuestionKind::Note => Ok(()),
        }
    }

    fn rule(&mut self, rule: &NumberRule) -> Result<(), ExportError> {
        if rule.unit != Bilingual::default() {
            self.own_texts("unit", Some(&rule.unit))?;
        }
        self.put("decimals", &rule.decimals.to_string())?;
        self.put("from", &rule.from.to_string())?;
        self.put("to", &rule.to.to_string())
    }

    fn absent(&mut self, rule: PaperRule) -> Result<(), ExportError> {
        let words = [("none", rule.none), ("not_shown", rule.not_shown)];
        self.ids("absent", words.into_iter().filter(|(_, is_so)| *is_so).map(|(word, _)| word))
    }

    fn required(&mut self, question: &Question) -> Result<(), ExportError> {
        match &question.required {
            None if question.kind.asks() => self.put("required", "yes"),
            None => Ok(()),
            Some(Expression::Call(Function::False, _)) if question.kind.asks() => Ok(()),
            Some(expression) => {
                let text = expression::print(expression);
                // `1` alone would read as yes.
                let is_word = yes_or_no(&text).is_some() && !text.contains('(');
                self.put("required", &if is_word { format!("({text})") } else { text })
            }
        }
    }

    fn default_of(&mut self, question: &Question) -> Result<(), ExportError> {
        let Some(default) = &question.default else { return Ok(()) };
        let is_figure = matches!(question.kind, QuestionKind::Number(_) | QuestionKind::Count(_));
        let is_date = matches!(question.kind, QuestionKind::Date(_));
        let word = if is_date { day_of(default) } else { word_of(default).filter(|_| !is_figure) };
        if let Some(word) = word.filter(|word| is_word(word, &question.kind)) {
            return self.put("default", word);
        }
        let text = expression::print(default);
        // In brackets it is read as an expression, not as a word.
        self.put(
            "default",
            &if is_word(&text, &question.kind) && !is_figure { format!("({text})") } else { text },
        )
    }

    fn criterion(&mut self, criterion: &Criterion) -> Result<(), ExportError> {
        let finding = &criterion.finding;
        self.expression("fails_if", criterion.fails_if.as_ref())?;
        self.word("level", &LEVELS, &finding.level)?;
        self.ids("major_by", finding.major_by.iter().map(|id| id.as_str()))?;
        self.own_texts("finding", Some(&finding.what))?;
        self.own_texts("at_once", finding.at_once.as_ref())?;
        self.put("days", &finding.days.to_string())?;
        self.optional("hazard", finding.hazard.as_deref())?;
        match &finding.responsible {
            Responsible::Site => self.put("responsible", "site"),
            Responsible::Unknown => self.put("responsible", "unknown"),
            Responsible::Authority(authority) => {
                self.put("responsible", "authority")?;
                self.own_texts("authority", Some(authority))
            }
        }
    }

    fn basis(&mut self, basis: &Basis) -> Result<(), ExportError> {
        self.ids("law", basis.law.iter().map(|id| id.as_str()))?;
        self.ids("plan", basis.plan.iter().map(|id| id.as_str()))?;
        self.yes("good_practice", basis.good_practice)?;
        let fits = |text: &str| text.trim() == text && !text.contains('\n');
        if basis.standard.iter().any(|one| !fits(&one.number) || !fits(&one.clause) || one.number.is_empty())
        {
            return Err(ExportError::Text(self.of.clone()));
        }
        let lines: Vec<_> = basis.standard.iter().map(print_standard).collect();
        if lines.is_empty() { Ok(()) } else { self.put("standard", &lines.join("\n")) }
    }
}

/// The text of an expression that is nothing else.
fn word_of(expression: &Expression) -> Option<&str> {
    if let Expression::Text(word) = expression { Some(word) } else { None }
}

/// The text of a day that is written as one.
fn day_of(expression: &Expression) -> Option<&str> {
    match expression {
        Expression::Call(Function::Date, arguments) => match arguments.as_slice() {
            [day] => word_of(day),
            _ => None,
        },
        Expression::Call(..)
        | Expression::Number(_)
        | Expression::Text(_)
        | Expression::Answer(_)
        | Expression::This
        | Expression::Negative(_)
        | Expression::Binary(..) => None,
    }
}
