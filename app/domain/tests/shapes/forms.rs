//! Forms as they travel, and answers to them as they are kept.

use super::{stays, values::day};
use chrono::{DateTime, FixedOffset};
use domain::{
    expression::{Expression, Operator},
    form::{
        Answer, AnswerKey, Answers, Aside, AsideBecause, Basis, Choice, Constraint, Criterion, Entry, Form,
        Frequency, Group, GroupKey, Instances, Layer, Month, NumberRule, PaperRule, PhotoRule, Proposal,
        Question, QuestionKind, QuestionPicture, Quote, Repeat, Response, Responsible, Review, Standard,
        TimeOfDay, Validity,
    },
    id::QuestionId,
    photo::PhotoHash,
    place::Location,
    sector::Sector,
    severity::Severity,
    text::Bilingual,
};

fn text(zh: &str, en: &str) -> Bilingual {
    Bilingual::new(zh, en)
}

fn answered(question: &str, word: &str) -> Expression {
    let question = Expression::Answer(QuestionId::from(question));
    Expression::Binary(Operator::Equal, question.into(), Expression::Text(word.to_owned()).into())
}

fn narrow() -> Expression {
    Expression::Binary(Operator::Less, Expression::This.into(), Expression::Number(4.0).into())
}

fn choices() -> Vec<Choice> {
    vec![
        Choice { id: "old".into(), text: text("老旧小区", "Old estate"), shown_if: None },
        Choice {
            id: "new".into(),
            text: text("新建小区", "New estate"),
            shown_if: Some(answered("lane", "pass")),
        },
    ]
}

fn metres() -> NumberRule {
    NumberRule { unit: text("米", "m"), decimals: 1, from: 0.0, to: 50.0 }
}

fn kinds() -> Vec<QuestionKind> {
    every!(QuestionKind {
        QuestionKind::PassFail => [QuestionKind::PassFail],
        QuestionKind::Number(_) => [QuestionKind::Number(metres())],
        QuestionKind::Count(_) => [QuestionKind::Count(NumberRule { decimals: 0, ..metres() })],
        QuestionKind::SelectOne(_) => [QuestionKind::SelectOne(choices())],
        QuestionKind::SelectMultiple(_) => [QuestionKind::SelectMultiple(choices())],
        QuestionKind::Date(_) => [QuestionKind::Date(PaperRule { none: true, not_shown: true }), QuestionKind::Date(PaperRule::default())],
        QuestionKind::Month(_) => [QuestionKind::Month(PaperRule { none: true, not_shown: false })],
        QuestionKind::Time => [QuestionKind::Time],
        QuestionKind::Text { .. } => [QuestionKind::Text { lines: 3 }],
        QuestionKind::Photo => [QuestionKind::Photo],
        QuestionKind::Signature => [QuestionKind::Signature],
        QuestionKind::Place => [QuestionKind::Place],
        QuestionKind::Code => [QuestionKind::Code],
        QuestionKind::Note => [QuestionKind::Note],
        QuestionKind::Calculation(_) => [QuestionKind::Calculation(narrow())],
    })
}

fn bare(id: &str, kind: QuestionKind) -> Question {
    Question {
        id: id.into(),
        text: text("消防车通道没有被占用", "Fire lane is clear"),
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

fn full() -> Question {
    Question {
        hint: Some(text("看全长", "Look along all of it")),
        picture: Some(QuestionPicture {
            image: PhotoHash::of(b"picture"),
            description: text("车道全长没有车辆和杂物", "The whole lane, without vehicles or clutter"),
        }),
        required: Some(answered("lane", "fail")),
        read_only: true,
        default: Some(Expression::Number(4.0)),
        relevant: Some(answered("lane", "fail")),
        constraint: Some(Constraint { test: narrow(), message: text("太宽", "Too wide") }),
        criterion: Some(Criterion { fails_if: Some(narrow()), finding: major() }),
        photo: PhotoRule::Always,
        allow_existing_photo: true,
        basis: Basis {
            law: vec!["fire-law-021".into()],
            standard: vec![Standard {
                number: "GB 50016-2014（2018年版）".into(),
                clause: "7.1.8".into(),
                valid_until: Some(day()),
            }],
            plan: vec!["A4-036".into()],
            good_practice: true,
        },
        every: Some(Frequency::Month),
        fact: Some("lane-width".into()),
        ..bare("width", QuestionKind::Number(metres()))
    }
}

fn major() -> Proposal {
    Proposal {
        level: Severity::Major,
        major_by: Some("criteria-003".into()),
        what: text("消防车通道净宽不足", "Fire lane is too narrow"),
        at_once: Some(text("清除障碍物", "Clear the obstacles")),
        days: 7,
        responsible: Responsible::Authority(text("消防救援机构", "Fire and rescue authority")),
        hazard: Some("lane-blocked".into()),
    }
}

fn quotes() -> Vec<Quote> {
    let quote = Quote {
        id: "fire-law-021".into(),
        law: "《中华人民共和国消防法》".into(),
        number: String::new(),
        article: "第二十八条".into(),
        lead: String::new(),
        text: "任何单位、个人不得占用、堵塞、封闭疏散通道、安全出口、消防车通道。".into(),
        in_force_from: day(),
        in_force_until: None,
    };
    let ended = Quote {
        number: "应急管理部令第5号".into(),
        lead: "有下列行为之一的：".into(),
        in_force_until: Some(day()),
        ..quote.clone()
    };
    vec![quote, ended]
}

/// A form with every kind of question, with everything that may be left out, and without.
pub fn forms() -> [Form; 2] {
    let simple = |(at, kind)| Entry::Question(Box::new(bare(&format!("q-{at}"), kind)));
    let found = |id: &str, responsible| {
        let finding = Proposal {
            responsible,
            level: Severity::General,
            major_by: None,
            at_once: None,
            hazard: None,
            ..major()
        };
        let criterion = Some(Criterion { fails_if: None, finding });
        Entry::Question(Box::new(Question { criterion, ..bare(id, QuestionKind::PassFail) }))
    };
    let responsible = every!(Responsible {
        Responsible::Site => [Responsible::Site],
        Responsible::Authority(_) => [Responsible::Authority(text("城管", "City management"))],
        Responsible::Unknown => [Responsible::Unknown],
    });
    let judged =
        responsible.into_iter().enumerate().map(|(at, who)| found(&format!("j-{at}"), who)).collect();
    let repeat = Repeat {
        id: "extinguisher".into(),
        title: text("灭火器", "Extinguishers"),
        relevant: Some(answered("lane", "pass")),
        count: Some(Expression::Number(2.0)),
        most: 20,
        entries: vec![Entry::Question(Box::new(full()))],
    };
    let group =
        Group { id: "simple".into(), title: text("各种", "All kinds"), relevant: None, entries: judged };
    let hidden = Group {
        relevant: Some(answered("lane", "pass")),
        id: "hidden".into(),
        entries: vec![],
        ..group.clone()
    };
    let mut entries: Vec<_> = kinds().into_iter().enumerate().map(simple).collect();
    entries.extend([
        Entry::Group(group),
        Entry::Group(hidden),
        Entry::Repeat(Repeat {
            id: "room".into(),
            relevant: None,
            count: None,
            entries: vec![],
            ..repeat.clone()
        }),
        Entry::Repeat(repeat),
    ]);
    let whole = Form {
        id: "fire-access".into(),
        version: 3,
        title: text("消防车通道", "Fire lanes"),
        layer: Layer::Inspection,
        sector: Sector::Fire,
        site_kinds: vec!["high-rise".into()],
        offered_if: Some(Expression::Number(1.0)),
        validity: Validity { from: Some(day()), until: Some(day()) },
        review: Some(Review { by: "李工".into(), on: day() }),
        review_due: Some(day()),
        quotes: quotes(),
        entries,
    };
    let bare = Form {
        site_kinds: vec![],
        offered_if: None,
        validity: Validity::default(),
        review: None,
        review_due: None,
        quotes: vec![],
        entries: vec![],
        ..whole.clone()
    };
    [whole, bare]
}

#[test]
fn forms_stay() {
    stays("forms", &forms());
}

#[test]
fn layers_stay() {
    stays("layers", &words!(Layer { Patrol, Campaign, Inspection }));
}

pub fn answers() -> Vec<Answer> {
    let began: DateTime<FixedOffset> = "2026-11-24T09:00:00+08:00".parse().unwrap();
    every!(Answer {
        Answer::Pass => [Answer::Pass],
        Answer::Fail => [Answer::Fail],
        Answer::NotApplicable => [Answer::NotApplicable],
        Answer::StillOpen => [Answer::StillOpen],
        Answer::Number(_) => [Answer::Number(3.9)],
        Answer::Count(_) => [Answer::Count(12)],
        Answer::Date(_) => [Answer::Date(day())],
        Answer::SelectOne(_) => [Answer::SelectOne("old".into())],
        Answer::SelectMultiple(_) => [Answer::SelectMultiple(["old".into(), "new".into()].into())],
        Answer::Text(_) => [Answer::Text("两处".into())],
        Answer::Absent => [Answer::Absent],
        Answer::NotShown => [Answer::NotShown],
        Answer::Month(_) => [Answer::Month(Month::of(day()))],
        Answer::Time(_) => [Answer::Time(TimeOfDay::new(7, 5).unwrap())],
        Answer::Place(_) => [Answer::Place(Location { latitude: 34.7, longitude: 113.6, accuracy: None })],
        Answer::Code(_) => [Answer::Code("6901234567892".into())],
        Answer::Attachments(_) => [Answer::Attachments(vec![PhotoHash::of(b"photo")])],
        Answer::Truth(_) => [Answer::Truth(true)],
        Answer::Moment(_) => [Answer::Moment(began)],
    })
}

/// With every kind of answer, one that is none yet, and what the form has no place for.
pub fn kept_answers() -> Answers {
    let key = |at: usize| AnswerKey::of(&format!("q-{at}"));
    let mut responses: Vec<_> =
        answers().into_iter().enumerate().map(|(at, answer)| Response::answered(key(at), answer)).collect();
    responses.push(Response {
        answer: None,
        typed: "3,,9".into(),
        note: "门锁着".into(),
        photos: vec![PhotoHash::of(b"photo")],
        ..Response::new(AnswerKey::of("width").at(&[2]))
    });
    let why = words!(AsideBecause { Gone, OtherKind, OptionGone });
    let aside =
        why.into_iter().map(|because| Aside { response: Response::answered(key(0), Answer::Pass), because });
    Answers {
        responses,
        instances: vec![Instances {
            repeat: GroupKey::of("extinguisher").at(&[1]),
            numbers: vec![1, 2],
            next: 4,
        }],
        aside: aside.collect(),
    }
}

#[test]
fn answers_stay() {
    stays("form_answers", &[kept_answers(), Answers::default()]);
}
