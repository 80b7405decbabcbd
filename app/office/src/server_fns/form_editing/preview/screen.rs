//! A form under way, line by line as the phone shows it.

use super::{
    PreviewControl, PreviewLine, PreviewQuestion,
    steps::{Instead, TAKEN, words},
};
use crate::{
    form_words::picture::PictureWords,
    i18n::{answers, form_editing as t, forms, trade, visit},
};
use domain::{
    device::typed,
    form::{
        AnswerKey, Entry, GroupKey, NumberRule, PaperRule, Question, QuestionKind, Repeat,
        session::{Line, ProposedFinding, QuestionState, Session},
    },
    text::Lang,
};

/// What the lines are written from, and how many questions stand in them.
struct Screen<'a> {
    lang: Lang,
    session: &'a Session,
    findings: Vec<ProposedFinding>,
    asked: usize,
}

pub fn lines(lang: Lang, session: &Session) -> Vec<PreviewLine> {
    let mut screen = Screen { lang, session, findings: session.findings(), asked: 0 };
    let mut lines = vec![];
    // The way to one more stands behind the last instance: what waits for that, the outermost repeat first.
    let mut waiting: Vec<(GroupKey, PreviewLine)> = vec![];
    for line in session.outline() {
        while let Some((_, add)) = waiting.pop_if(|(repeat, _)| !is_inside(&line, repeat)) {
            lines.push(add);
        }
        match line {
            Line::Group(_, group) => lines.push(PreviewLine::Heading(group.title.get(lang).to_owned())),
            Line::Repeat { key, repeat, can_add } => {
                let (name, instance) = (key.group.to_string(), key.instance.clone());
                let title = repeat.title.get(lang);
                if can_add {
                    let words = visit::add_instance(lang, title);
                    let add = PreviewLine::Add { name: name.clone(), instance: instance.clone(), words };
                    waiting.push((key, add));
                }
                lines.push(PreviewLine::Repeat { name, instance, words: title.to_owned() });
            }
            Line::Instance { repeat, number, position } => {
                lines.extend(screen.instance(repeat, number, position));
            }
            Line::Question(key, question) => lines.extend(screen.question(key, question)),
        }
    }
    lines.extend(waiting.into_iter().rev().map(|(_, add)| add));
    lines
}

/// Whether a line stands in the repeat, or is the head of one of its instances.
fn is_inside(line: &Line<'_>, repeat: &GroupKey) -> bool {
    let deeper = |instance: &[u16]| instance.len() > repeat.instance.len();
    match line {
        Line::Group(key, _) | Line::Repeat { key, .. } => deeper(&key.instance),
        Line::Instance { repeat: of, .. } => of == repeat || deeper(&of.instance),
        Line::Question(key, _) => deeper(&key.instance),
    }
}

impl Screen<'_> {
    fn repeat(&self, key: &GroupKey) -> Option<&Repeat> {
        self.session.form().all_entries().into_iter().find_map(|entry| match entry {
            Entry::Repeat(repeat) => (repeat.id == key.group).then_some(repeat),
            Entry::Group(_) | Entry::Question(_) => None,
        })
    }

    fn instance(&self, repeat: GroupKey, number: u16, position: usize) -> Option<PreviewLine> {
        let of = self.repeat(&repeat)?;
        let words = visit::instance(self.lang, of.title.get(self.lang), position);
        // Where an answer says how many there are, none is taken out by hand.
        let remove = of.count.is_none().then(|| visit::remove_instance(self.lang, &words));
        let GroupKey { group, instance } = repeat;
        Some(PreviewLine::Instance { name: group.to_string(), instance, number, words, remove })
    }

    fn question(&mut self, key: AnswerKey, question: &Question) -> Option<PreviewLine> {
        let lang = self.lang;
        let state = self.session.question(&key)?;
        self.asked += usize::from(question.asks());
        let number = question.asks().then_some(self.asked);
        let is_of_it =
            |finding: &&ProposedFinding| finding.questions.first().is_some_and(|one| one.key == key);
        let finding = self.findings.iter().find(is_of_it).map(|finding| found(lang, finding));
        let given = |instead: Instead| {
            let answer = instead.answer();
            (instead, answers::words(lang, &answer, &question.kind), state.kept == Some(&answer))
        };
        let kept = state.kept.map(|answer| words(&question.kind, answer));
        Some(PreviewLine::Question(Box::new(PreviewQuestion {
            number,
            text: question.text.get(lang).to_owned(),
            hint: question.hint.as_ref().map(|hint| hint.get(lang).to_owned()),
            picture: question.picture.as_ref().map(|picture| PictureWords::of(lang, picture)),
            control: control(lang, &state),
            answer: kept.unwrap_or_else(|| vec![state.typed.to_owned()]),
            instead: instead(question).into_iter().map(given).collect(),
            problem: problem(lang, &state),
            finding,
            name: key.question.to_string(),
            instance: key.instance,
        })))
    }
}

/// What the phone offers beside the control. Of pass/fail it is one of the three buttons.
fn instead(question: &Question) -> Vec<Instead> {
    if !question.asks() || question.kind == QuestionKind::PassFail {
        return vec![];
    }
    let paper = match &question.kind {
        QuestionKind::Date(rule) | QuestionKind::Month(rule) => *rule,
        QuestionKind::PassFail
        | QuestionKind::Number(_)
        | QuestionKind::Count(_)
        | QuestionKind::SelectOne(_)
        | QuestionKind::SelectMultiple(_)
        | QuestionKind::Time
        | QuestionKind::Text { .. }
        | QuestionKind::Photo
        | QuestionKind::Signature
        | QuestionKind::Place
        | QuestionKind::Code
        | QuestionKind::Note
        | QuestionKind::Calculation(_) => PaperRule::default(),
    };
    let is_offered = |instead: &Instead| match instead {
        Instead::Absent => paper.none,
        Instead::NotShown => paper.not_shown,
        Instead::NotApplicable => true,
    };
    Instead::ALL.into_iter().filter(is_offered).collect()
}

fn control(lang: Lang, state: &QuestionState<'_>) -> PreviewControl {
    let question = state.question;
    if question.read_only {
        let shown = state.answer.map(|answer| answers::words(lang, answer, &question.kind));
        return PreviewControl::Shown(shown.unwrap_or_default());
    }
    let options =
        || state.choices().map(|choice| (choice.id.to_string(), choice.text.get(lang).to_owned())).collect();
    let field = |kind: &str| PreviewControl::Field { kind: kind.to_owned(), unit: None };
    // A figure is typed as letters are: the phone reads `3 米` and `三`, too.
    let figure = |rule: &NumberRule| PreviewControl::Field {
        kind: "text".to_owned(),
        unit: Some(rule.unit.get(lang).to_owned()),
    };
    let taken = |words: &str| PreviewControl::Buttons {
        options: vec![(TAKEN.to_owned(), words.to_owned())],
        several: false,
    };
    match &question.kind {
        QuestionKind::PassFail => PreviewControl::Buttons {
            options: [
                ("pass", trade::pass(lang)),
                ("fail", trade::fail(lang)),
                ("na", trade::not_applicable(lang)),
            ]
            .map(|(value, words)| (value.to_owned(), words.to_owned()))
            .to_vec(),
            several: false,
        },
        QuestionKind::Number(rule) | QuestionKind::Count(rule) => figure(rule),
        QuestionKind::SelectOne(_) => PreviewControl::Buttons { options: options(), several: false },
        QuestionKind::SelectMultiple(_) => PreviewControl::Buttons { options: options(), several: true },
        QuestionKind::Date(_) => field("date"),
        QuestionKind::Month(_) => field("month"),
        QuestionKind::Time => field("time"),
        QuestionKind::Text { .. } | QuestionKind::Code => field("text"),
        QuestionKind::Photo => taken(t::phone_photographed(lang)),
        QuestionKind::Signature => taken(t::phone_signed(lang)),
        QuestionKind::Place => taken(t::phone_located(lang)),
        QuestionKind::Note | QuestionKind::Calculation(_) => PreviewControl::Shown(String::new()),
    }
}

/// Why what was given does not count, in the phone's words.
fn problem(lang: Lang, state: &QuestionState<'_>) -> Option<String> {
    let question = state.question;
    if let Some(problem) = state.problem {
        let message = question.constraint.as_ref().map(|constraint| &constraint.message);
        return Some(visit::problem(lang, problem, message));
    }
    if state.typed.is_empty() {
        return None;
    }
    let unclear = match &question.kind {
        QuestionKind::Number(rule) => typed::figure(state.typed, rule).err().zip(Some(rule)),
        QuestionKind::Count(rule) => typed::count(state.typed, rule).err().zip(Some(rule)),
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
        | QuestionKind::Calculation(_) => None,
    };
    Some(match unclear {
        Some((why, rule)) => visit::unclear(lang, why, rule.unit.get(lang)),
        None => visit::issue_not_an_answer(lang).to_owned(),
    })
}

/// `一般隐患 · 停用灶具 · 3 天内整改`
fn found(lang: Lang, finding: &ProposedFinding) -> String {
    let level = trade::severity(lang, finding.level).to_owned();
    let at_once = finding.at_once.iter().map(|what| what.get(lang).to_owned());
    let due =
        if finding.is_on_the_spot { forms::on_the_spot(lang).to_owned() } else { finding.due.to_string() };
    let parts = [level, finding.what.get(lang).to_owned()].into_iter().chain(at_once).chain([due]);
    parts.collect::<Vec<_>>().join(" · ")
}
