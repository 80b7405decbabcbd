//! # The survey, row by row
//!
//! Groups and repeats that are open wait on a stack; what ends goes into what is open around it.

use super::{
    choices::OTHER,
    columns::On,
    fault::{Place, Problem},
    limits::DEPTH,
    read::{Reading, name_fault, yes_or_no},
    table::{Line, Table},
    types::{self, Means},
};
use domain::{
    expression::{Expression, Function},
    form::{Basis, Entry, Group, MOST_INSTANCES, Question, QuestionKind, Repeat},
    id::{GroupId, QuestionId},
    text::Bilingual,
};
use i18n::{Lang, xlsform as t};

/// What has begun and not ended.
struct Open {
    name: String,
    place: Place,
    title: Bilingual,
    relevant: Option<Expression>,
    /// Of a repeat: how many, and at the most.
    repeat: Option<(Option<Expression>, u16)>,
    entries: Vec<Entry>,
}

impl Open {
    fn close(self) -> Entry {
        let Self { name, title, relevant, repeat, entries, place: _ } = self;
        let id = GroupId::from(name.as_str());
        match repeat {
            Some((count, most)) => Entry::Repeat(Repeat { id, title, relevant, count, most, entries }),
            None => Entry::Group(Group { id, title, relevant, entries }),
        }
    }
}

struct Stack {
    open: Vec<Open>,
    done: Vec<Entry>,
}

impl Stack {
    fn put(&mut self, entry: Entry) {
        self.open.last_mut().map_or(&mut self.done, |open| &mut open.entries).push(entry);
    }
}

impl<'a> Reading<'a> {
    pub(super) fn survey(&mut self, table: &'a Table<'a>) -> Vec<Entry> {
        for column in ["type", "name"] {
            if !table.has(column) {
                self.tell(Place::sheet(table.name), Problem::ColumnMissing(column));
            }
        }
        let mut stack = Stack { open: vec![], done: vec![] };
        if !table.has("type") {
            return vec![];
        }
        let mut too_deep = 0usize;
        for line in table.lines() {
            self.line(line, &mut stack, &mut too_deep);
        }
        while let Some(open) = stack.open.pop() {
            self.tell(open.place.clone(), Problem::NeverEnded(open.name.clone()));
            stack.put(open.close());
        }
        stack.done
    }

    fn line(&mut self, line: Line<'a>, stack: &mut Stack, too_deep: &mut usize) {
        let Some(cell) = line.get("type") else {
            // A row of remarks has neither; one with a name or a label was meant to be read.
            if line.get("name").is_some() || line.get("label").is_some() {
                self.tell(line.at("type"), Problem::TypeMissing);
            }
            return;
        };
        let found = types::of(cell);
        let (word, means, rest) = match &found {
            Some((found, rest)) => (found.word, found.means, rest.as_str()),
            None => ("text", Means::Text, ""),
        };
        let is_broken = found.is_none() || matches!(means, Means::Refused(_));
        match (found.is_none(), means) {
            (true, _) => self.tell(line.at("type"), Problem::TypeUnknown(cell.to_owned())),
            (false, Means::Refused(advice)) => {
                self.tell(line.at("type"), Problem::TypeRefused(cell.to_owned(), advice));
            }
            (false, Means::Kept) => {
                return self.tell(line.at("type"), Problem::KeptByVisit(cell.to_owned()));
            }
            (false, _) => self.columns_fit(line, word, means),
        }
        match means {
            Means::EndGroup | Means::EndRepeat if *too_deep > 0 => *too_deep -= 1,
            Means::EndGroup | Means::EndRepeat => self.end(line, means == Means::EndRepeat, stack),
            Means::BeginGroup | Means::BeginRepeat if stack.open.len() >= DEPTH => {
                *too_deep += 1;
                self.tell(line.at("type"), Problem::TooDeep(DEPTH));
            }
            Means::BeginGroup | Means::BeginRepeat => {
                let open = self.begin(line, means == Means::BeginRepeat);
                stack.open.push(open);
            }
            // A loop has no name that others know.
            Means::Refused(_) if word.starts_with("begin") || word.starts_with("end") => {}
            Means::Text
            | Means::Integer
            | Means::Decimal
            | Means::Range
            | Means::SelectOne
            | Means::SelectMultiple
            | Means::Note
            | Means::Date
            | Means::Time
            | Means::Place
            | Means::Image
            | Means::Code
            | Means::Calculate
            | Means::Today
            | Means::Start
            | Means::Kept
            | Means::Refused(_) => {
                let name = self.name(line);
                if is_broken {
                    // It stands for itself, so that what refers to it is not told to be missing.
                    self.broken.push(name.clone());
                    stack.put(Entry::Question(Box::new(stand_in(&name))));
                    return;
                }
                let question = self.question(line, &name, means, rest);
                let other = other(&question, rest);
                stack.put(Entry::Question(Box::new(question)));
                if let Some(other) = other {
                    self.lines.entry(other.id.to_string()).or_insert(line);
                    stack.put(Entry::Question(Box::new(other)));
                }
            }
        }
    }

    /// A name of its own; a row without one gets one that nobody else has, so that the reading goes on.
    fn name(&mut self, line: Line<'a>) -> String {
        let Some(name) = line.get("name") else {
            self.tell(line.at("name"), Problem::NameMissing);
            let name = format!("row_{}", line.number());
            self.broken.push(name.clone());
            return name;
        };
        if let Some(problem) = name_fault(name, true) {
            self.tell(line.at("name"), problem);
            self.broken.push(name.to_owned());
        }
        if let Some(first) = self.lines.get(name) {
            let row = first.number();
            self.tell(line.at("name"), Problem::NameTwice(name.to_owned(), row));
            self.broken.push(name.to_owned());
            return format!("{name}_{}", line.number());
        }
        self.lines.insert(name.to_owned(), line);
        name.to_owned()
    }

    fn begin(&mut self, line: Line<'a>, is_repeat: bool) -> Open {
        let name = self.name(line);
        let title = self.text(line, "label").unwrap_or_else(|| {
            self.tell(line.at("label"), Problem::TitleTaken(name.clone()));
            Bilingual::new(&*name, &*name)
        });
        let repeat = is_repeat.then(|| {
            let count = self.expression_of(line, "repeat_count");
            let most = self.number(line, "most");
            // A count that is a figure is the most there are.
            let counted = match &count {
                Some(Expression::Number(count)) if (1.0..=f64::from(MOST_INSTANCES)).contains(count) => {
                    *count as u16
                }
                Some(_) | None => MOST_INSTANCES,
            };
            (count, most.unwrap_or(counted))
        });
        for word in line.get("appearance").unwrap_or_default().split_whitespace() {
            self.tell(line.at("appearance"), Problem::AppearanceNotUsed(word.to_owned()));
        }
        let relevant = self.expression_of(line, "relevant");
        Open { name, place: line.at("type"), title, relevant, repeat, entries: vec![] }
    }

    fn end(&mut self, line: Line<'a>, is_repeat: bool, stack: &mut Stack) {
        let what = if is_repeat { "repeat" } else { "group" };
        match stack.open.pop() {
            Some(open) => {
                if open.repeat.is_some() != is_repeat {
                    self.tell(line.at("type"), Problem::EndWithoutBegin(what));
                }
                stack.put(open.close());
            }
            None => self.tell(line.at("type"), Problem::EndWithoutBegin(what)),
        }
    }

    /// Tells what is filled in that this type has no use for.
    fn columns_fit(&mut self, line: Line<'a>, word: &str, means: Means) {
        for column in line.filled() {
            let is_no = line.get(column.word).and_then(yes_or_no) == Some(false);
            if !fits(column.on, means) && !is_no {
                self.tell_once(line.at(column.word), Problem::NotOfThisType(word.to_owned()));
            }
        }
    }
}

/// Whether a row of this type may fill a column.
fn fits(on: On, means: Means) -> bool {
    let ends = matches!(means, Means::EndGroup | Means::EndRepeat);
    let groups = matches!(means, Means::BeginGroup | Means::BeginRepeat);
    let shows = matches!(means, Means::Note | Means::Calculate | Means::Today | Means::Start);
    match on {
        On::Every => true,
        On::Begins => !ends,
        On::Questions => !ends && !groups,
        On::Asked => !ends && !groups && !shows,
        On::Repeats => means == Means::BeginRepeat,
        On::Numbers => matches!(means, Means::Integer | Means::Decimal | Means::Range),
        On::Selects => matches!(means, Means::SelectOne | Means::SelectMultiple),
        On::Dates => means == Means::Date,
        On::Calculations => means == Means::Calculate,
        On::Choices | On::Settings => false,
    }
}

/// The question that `or_other` adds: what the other one is.
fn other(question: &Question, rest: &str) -> Option<Question> {
    if !rest.ends_with("or_other") {
        return None;
    }
    let asked = vec![Expression::Answer(question.id.clone()), Expression::Text(OTHER.to_owned())];
    Some(Question {
        text: Bilingual::new(t::specify_other(Lang::Zh), t::specify_other(Lang::En)),
        relevant: Some(Expression::Call(Function::Selected, asked)),
        required: question.required.clone(),
        ..stand_in(&format!("{}_other", question.id))
    })
}

/// A text that need not be answered.
fn stand_in(name: &str) -> Question {
    Question {
        id: QuestionId::from(name),
        text: Bilingual::new(name, name),
        hint: None,
        picture: None,
        kind: QuestionKind::Text { lines: 1 },
        required: Some(Expression::Call(Function::False, vec![])),
        read_only: false,
        default: None,
        relevant: None,
        constraint: None,
        criterion: None,
        photo: Default::default(),
        allow_existing_photo: false,
        basis: Basis::default(),
        every: None,
        fact: None,
    }
}
