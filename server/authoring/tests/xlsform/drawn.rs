//! Forms drawn by chance, of everything that a form can hold.

mod expressions;

use domain::{
    expression::{Expression, Function, Operator},
    form::{
        Basis, Choice, Criterion, Entry, Form, Frequency, Group, Layer, MOST_OF_A_PATROL, NumberRule,
        PaperRule, PhotoRule, Proposal, Question, QuestionKind, QuestionPicture, Quote, Repeat, Responsible,
        Review, Standard, Validity,
    },
    id::{FormId, GroupId, OptionId, QuestionId, QuoteId},
    photo::PhotoHash,
    sector::Sector,
    severity::Severity,
    text::Bilingual,
};
use expressions::binary;
use proptest::{collection::vec, prelude::*};

/// Texts that a workbook, its XML or a careless reader may spoil.
const TEXTS: [&str; 12] = [
    "消防车道净宽（米）",
    "Clear width, in \"metres\" & 'feet'",
    "=1+1",
    "TRUE",
    "_x0041_ and _x000D_",
    "第一行\n第二行",
    "5",
    "yes",
    "<b>not markup</b>",
    "a | b \\ c",
    "#N/A",
    "𠮷野家 🚒",
];

const NAMES: [&str; 6] = ["q", "车道", "_x", "Name-", "pass_fail", "end_group"];

pub fn form() -> impl Strategy<Value = Form> {
    vec(any::<u16>(), 20..600).prop_map(|dice| Drawing::new(dice).form())
}

struct Drawing {
    dice: std::vec::IntoIter<u16>,
    count: usize,
    /// Questions before, which an expression here may look at.
    seen: Vec<(QuestionId, Seen)>,
    /// Repeats before, which stand in no other, each with a figure that is asked in it.
    repeats: Vec<(GroupId, QuestionId)>,
    quotes: Vec<QuoteId>,
    in_repeat: usize,
}

#[derive(Clone)]
enum Seen {
    Figure,
    Word,
    Choices(Vec<OptionId>),
    Day,
}

impl Drawing {
    fn new(dice: Vec<u16>) -> Self {
        Self { dice: dice.into_iter(), count: 0, seen: vec![], repeats: vec![], quotes: vec![], in_repeat: 0 }
    }

    /// A figure below `n`; 0 when the dice are used up.
    fn roll(&mut self, n: usize) -> usize {
        usize::from(self.dice.next().unwrap_or_default()) % n
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.roll(n) == n - 1
    }

    fn name(&mut self) -> String {
        self.count += 1;
        let stem = NAMES[self.roll(NAMES.len())];
        if self.count == 1 { stem.to_owned() } else { format!("{stem}{}", self.count) }
    }

    fn text(&mut self) -> Bilingual {
        let (zh, en) = (self.roll(TEXTS.len()), self.roll(TEXTS.len()));
        Bilingual::new(TEXTS[zh], TEXTS[en])
    }

    fn maybe<T>(&mut self, n: usize, draw: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.one_in(n).then(|| draw(self))
    }

    fn form(mut self) -> Form {
        let mut entries = self.entries(0);
        // Something is asked.
        entries.push(Entry::Question(Box::new(plain("last-question", QuestionKind::PassFail))));
        let quotes: std::collections::BTreeSet<_> = std::mem::take(&mut self.quotes).into_iter().collect();
        let kinds = ["high-rise", "restaurant-gas", "bridge"];
        let is_short = asked(&entries) <= MOST_OF_A_PATROL;
        let layer = match self.roll(4) {
            0 => Layer::Campaign,
            2 | 3 if is_short => Layer::Patrol,
            _ => Layer::Inspection,
        };
        Form {
            id: FormId::from("drawn-form"),
            version: 1 + self.roll(60_000) as u32,
            title: self.text(),
            layer,
            sector: Sector::ALL[self.roll(12)],
            site_kinds: kinds[..=self.roll(3)].iter().map(|kind| (*kind).into()).collect(),
            offered_if: self.maybe(3, |_| {
                let storeys = Expression::Call(Function::Site, vec![Expression::Text("storeys".to_owned())]);
                binary(Operator::GreaterOrEqual, storeys, Expression::Number(10.0))
            }),
            validity: self
                .maybe(3, |drawing| Validity {
                    from: drawing.maybe(2, |_| "2026-12-01".parse().unwrap()),
                    until: drawing.maybe(2, |_| "2027-05-31".parse().unwrap()),
                })
                .unwrap_or_default(),
            review: self.maybe(3, |_| Review { by: "王芳".to_owned(), on: "2026-11-29".parse().unwrap() }),
            review_due: self.maybe(3, |_| "2027-06-30".parse().unwrap()),
            quotes: quotes.into_iter().map(quote).collect(),
            entries,
        }
    }

    fn entries(&mut self, depth: usize) -> Vec<Entry> {
        let count = 1 + self.roll(5);
        (0..count).map(|_| self.entry(depth)).collect()
    }

    fn entry(&mut self, depth: usize) -> Entry {
        match self.roll(8) {
            6 if depth < 3 => {
                let id = GroupId::from(self.name().as_str());
                let (title, relevant) = (self.text(), self.maybe(3, Self::condition));
                Entry::Group(Group { id, title, relevant, entries: self.entries(depth + 1) })
            }
            7 if depth < 3 => {
                let id = GroupId::from(self.name().as_str());
                let (title, relevant) = (self.text(), self.maybe(3, Self::condition));
                let count = self.maybe(2, |drawing| match drawing.of(|seen| matches!(seen, Seen::Figure)) {
                    Some((question, _)) => Expression::Answer(question),
                    None => Expression::Number(3.0),
                });
                let most = 1 + self.roll(200) as u16;
                let outside = self.seen.len();
                self.in_repeat += 1;
                let entries = self.entries(depth + 1);
                self.in_repeat -= 1;
                let inside = self.seen.split_off(outside);
                let figure = inside.into_iter().find(|(_, seen)| matches!(seen, Seen::Figure));
                if let Some((figure, _)) = figure.filter(|_| self.in_repeat == 0) {
                    self.repeats.push((id.clone(), figure));
                }
                Entry::Repeat(Repeat { id, title, relevant, count, most, entries })
            }
            _ => Entry::Question(Box::new(self.question())),
        }
    }

    fn of(&mut self, fits: impl Fn(&Seen) -> bool) -> Option<(QuestionId, Seen)> {
        let fitting: Vec<_> = self.seen.iter().filter(|(_, seen)| fits(seen)).cloned().collect();
        if fitting.is_empty() { None } else { fitting.get(self.roll(fitting.len())).cloned() }
    }

    fn question(&mut self) -> Question {
        let name = self.name();
        let kind = self.kind();
        let asks = kind.asks();
        let (text, hint) = (self.text(), self.maybe(2, Self::text));
        let default = if asks { self.default_of(&kind) } else { None };
        let criterion = if asks { self.criterion(&kind) } else { None };
        let photo = match self.roll(3) {
            0 => PhotoRule::Never,
            1 if hint.is_some() => PhotoRule::Always,
            _ => PhotoRule::OnFail,
        };
        let basis = self.basis(criterion.is_some());
        let relevant = self.maybe(3, Self::condition);
        let question = Question {
            id: QuestionId::from(name.as_str()),
            text,
            hint,
            picture: self.maybe(6, |drawing| QuestionPicture {
                image: PhotoHash::of(&[drawing.roll(4) as u8]),
                description: Bilingual::new("压力表指针在绿区", "The gauge's needle is in the green"),
            }),
            required: match self.roll(4) {
                0 | 1 => None,
                2 if asks => Some(Expression::Call(Function::False, vec![])),
                3 if asks => Some(self.condition()),
                _ => None,
            },
            read_only: asks && default.is_some() && self.one_in(3),
            default,
            relevant,
            constraint: if asks && self.one_in(4) { self.constraint(&kind) } else { None },
            criterion,
            photo,
            allow_existing_photo: self.one_in(3),
            basis,
            every: self.maybe(4, |drawing| {
                [Frequency::Day, Frequency::TenDays, Frequency::HalfYear, Frequency::Term][drawing.roll(4)]
            }),
            fact: if self.in_repeat == 0 { self.maybe(5, |_| format!("fact-{name}")) } else { None },
            kind,
        };
        let seen = match &question.kind {
            QuestionKind::Number(_) | QuestionKind::Count(_) => Some(Seen::Figure),
            QuestionKind::Text { .. } => Some(Seen::Word),
            QuestionKind::Date(_) => Some(Seen::Day),
            QuestionKind::PassFail => Some(Seen::Choices(vec!["fail".into()])),
            QuestionKind::SelectOne(choices) | QuestionKind::SelectMultiple(choices) => {
                Some(Seen::Choices(choices.iter().map(|choice| choice.id.clone()).collect()))
            }
            _ => None,
        };
        self.seen.extend(seen.map(|seen| (question.id.clone(), seen)));
        question
    }

    fn kind(&mut self) -> QuestionKind {
        match self.roll(18) {
            0 => QuestionKind::PassFail,
            1 => QuestionKind::Number(NumberRule {
                unit: self.text(),
                decimals: self.roll(4) as u8,
                from: -2.5,
                to: 50.25,
            }),
            2 => QuestionKind::Count(NumberRule { unit: self.text(), decimals: 0, from: 0.0, to: 1e6 }),
            3 => QuestionKind::SelectOne(self.choices()),
            4 => QuestionKind::SelectMultiple(self.choices()),
            5 => QuestionKind::Date(self.paper_rule()),
            6 => QuestionKind::Month(self.paper_rule()),
            7 => QuestionKind::Time,
            8 => QuestionKind::Text { lines: 1 + self.roll(9) as u8 },
            9 => QuestionKind::Photo,
            10 => QuestionKind::Signature,
            11 => QuestionKind::Place,
            12 => QuestionKind::Code,
            13 => QuestionKind::Note,
            _ => QuestionKind::Calculation(self.calculation()),
        }
    }

    fn paper_rule(&mut self) -> PaperRule {
        PaperRule { none: self.one_in(2), not_shown: self.one_in(2) }
    }

    fn choices(&mut self) -> Vec<Choice> {
        let ids = ["other", "2024", "甲-1", "pass", "fail", "na"];
        let count = 2 + self.roll(5);
        let choice = |drawing: &mut Self, id: &&str| Choice {
            id: OptionId::from(*id),
            text: drawing.text(),
            shown_if: drawing.maybe(4, Self::condition),
        };
        ids[..count.min(ids.len())].iter().map(|id| choice(self, id)).collect()
    }

    fn criterion(&mut self, kind: &QuestionKind) -> Option<Criterion> {
        let text = |text: &str| Expression::Text(text.to_owned());
        let fails_if = match kind {
            QuestionKind::PassFail => None,
            QuestionKind::Number(_) | QuestionKind::Count(_) => {
                Some(binary(Operator::Less, Expression::This, Expression::Number(4.0)))
            }
            QuestionKind::SelectOne(choices) | QuestionKind::SelectMultiple(choices) => {
                let choice = text(choices[0].id.as_str());
                Some(Expression::Call(Function::Selected, vec![Expression::This, choice]))
            }
            QuestionKind::Date(_) => {
                Some(binary(Operator::Less, Expression::This, Expression::Call(Function::Today, vec![])))
            }
            _ => return None,
        };
        if !self.one_in(2) {
            return None;
        }
        let major_by = self.maybe(3, |drawing| drawing.quoted());
        let level = if major_by.is_some() { Severity::Major } else { Severity::General };
        let finding = Proposal {
            level,
            major_by,
            what: self.text(),
            at_once: self.maybe(2, Self::text),
            days: self.roll(90) as u16,
            responsible: match self.roll(3) {
                0 => Responsible::Site,
                1 => Responsible::Unknown,
                _ => Responsible::Authority(self.text()),
            },
            hazard: self.maybe(3, |_| "lane-blocked".to_owned()),
        };
        Some(Criterion { fails_if, finding })
    }

    fn quoted(&mut self) -> QuoteId {
        let id = QuoteId::from(["fire-law-021", "gb55036-2022-001", "work-safety-law-013"][self.roll(3)]);
        self.quotes.push(id.clone());
        id
    }

    fn basis(&mut self, is_needed: bool) -> Basis {
        let standards = [
            Standard {
                number: "GB 50016-2014（2018年版）".to_owned(),
                clause: "7.1.8".to_owned(),
                valid_until: None,
            },
            Standard {
                number: "DB41/T | 1\\2".to_owned(),
                clause: String::new(),
                valid_until: "2027-01-01".parse().ok(),
            },
            Standard { number: "GB 55037".to_owned(), clause: String::new(), valid_until: None },
        ];
        Basis {
            law: self.maybe(2, Self::quoted).into_iter().collect(),
            standard: standards[..self.roll(4)].to_vec(),
            plan: ["A4-036", "A1-001"][..self.roll(3)].iter().map(|clause| (*clause).into()).collect(),
            good_practice: is_needed || self.one_in(3),
        }
    }
}

fn plain(name: &str, kind: QuestionKind) -> Question {
    Question {
        id: QuestionId::from(name),
        text: Bilingual::new("问", "Q"),
        hint: None,
        picture: None,
        kind,
        required: None,
        read_only: false,
        default: None,
        relevant: None,
        constraint: None,
        criterion: None,
        photo: PhotoRule::OnFail,
        allow_existing_photo: false,
        basis: Basis::default(),
        every: None,
        fact: None,
    }
}

/// Questions that somebody answers, in all of these.
fn asked(entries: &[Entry]) -> usize {
    let own = |entry: &Entry| usize::from(entry.question().is_some_and(Question::asks));
    entries.iter().map(|entry| own(entry) + asked(entry.entries())).sum()
}

fn quote(id: QuoteId) -> Quote {
    Quote {
        id,
        law: "《中华人民共和国消防法》".to_owned(),
        number: String::new(),
        article: "第二十八条".to_owned(),
        lead: String::new(),
        text: "任何单位、个人不得占用消防车通道。".to_owned(),
        in_force_from: "2021-04-29".parse().unwrap(),
        in_force_until: None,
    }
}
