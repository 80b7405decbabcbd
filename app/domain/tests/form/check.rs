//! All that is wrong with a form, at once.

use super::*;
use domain::{
    form::{
        ExpressionPlace as At, Fault, MOST_OF_A_DESCRIPTION, MOST_PICTURES, basis::EndedBasis, check::TextOf,
    },
    law::{RegisteredStandard, StandardRegister},
    limits::{Excess, Field, OverLimit},
};

fn faults(entries: Value) -> Vec<(String, Fault)> {
    faults_of(&form_of(entries))
}

fn faults_of(form: &Form) -> Vec<(String, Fault)> {
    let named = |at: Option<QuestionId>| at.map(|at| at.to_string()).unwrap_or_default();
    form.check().into_iter().map(|fault| (named(fault.at), fault.fault)).collect()
}

#[track_caller]
fn only(entries: Value, at: &str, fault: Fault) {
    assert_eq!(faults(entries), [(at.to_owned(), fault)]);
}

fn name(name: &str) -> QuestionId {
    QuestionId::from(name)
}

#[test]
fn a_sound_form_has_no_fault() {
    assert_eq!(
        faults(json!([
            group(
                "lane",
                json!([
                    with_criterion("clear", json!({})),
                    with_criterion("pile", json!({ "relevant": is("clear", "fail") }))
                ]),
                json!({})
            ),
            repeat("room", json!([count("beds", json!({}))]), json!({})),
            calculation("all", call(Function::Sum, [q("beds")])),
        ])),
        []
    );
}

#[test]
fn all_faults_are_told_at_once_with_the_question() {
    let found = faults(json!([
        pass_fail("a", json!({ "text": { "zh": "一", "en": " " } })),
        pass_fail("a", json!({})),
        pass_fail("b c", json!({})),
        group("g", json!([]), json!({})),
    ]));
    assert_eq!(
        found,
        [
            ("a".to_owned(), Fault::Untranslated(TextOf::Question)),
            ("a".to_owned(), Fault::DuplicateName),
            ("b c".to_owned(), Fault::BadName),
            ("g".to_owned(), Fault::Empty),
        ]
    );
}

#[test]
fn a_form_that_asks_nothing_is_none() {
    only(json!([question("title", json!("note"), json!({}))]), "", Fault::NothingAsked);
}

#[test]
fn nothing_can_be_looked_at_that_is_not_there() {
    let entries = json!([pass_fail("a", json!({ "relevant": is("moat", "pass") }))]);
    only(entries, "a", Fault::UnknownName { place: At::Relevant, name: name("moat") });
}

#[test]
fn a_condition_looks_back_and_not_ahead() {
    let entries = json!([pass_fail("a", json!({ "relevant": is("b", "pass") })), pass_fail("b", json!({}))]);
    only(entries, "a", Fault::Forward { place: At::Relevant, name: name("b") });
    let through = json!([
        calculation("sum", op(q("b"), Operator::Add, n(1.0))),
        pass_fail("a", json!({ "relevant": over(q("sum"), 1.0) })),
        count("b", json!({})),
    ]);
    only(through, "a", Fault::Forward { place: At::Relevant, name: name("sum") });
}

#[test]
fn a_calculation_and_a_criterion_may_look_ahead() {
    let criterion = json!({ "criterion": { "fails_if": over(q("b"), 3.0), "finding": proposal("a") } });
    assert_eq!(
        faults(json!([
            calculation("sum", op(q("b"), Operator::Add, n(1.0))),
            with_criterion("a", criterion),
            count("b", json!({})),
        ])),
        []
    );
}

#[test]
fn nothing_depends_on_itself() {
    let circle = json!([
        calculation("one", op(q("two"), Operator::Add, n(1.0))),
        calculation("two", op(q("one"), Operator::Add, n(1.0))),
        calculation("after", op(q("one"), Operator::Add, n(1.0))),
        pass_fail("a", json!({})),
    ]);
    assert_eq!(faults(circle), ["one", "two"].map(|at| (at.to_owned(), Fault::Circular)));
    let group =
        json!([group("g", json!([pass_fail("a", json!({}))]), json!({ "relevant": is("a", "pass") }))]);
    assert_eq!(faults(group), ["g", "a"].map(|at| (at.to_owned(), Fault::Circular)));
    let own =
        json!([pass_fail("a", json!({})), calculation("c", op(Expression::This, Operator::Add, n(1.0)))]);
    assert!(faults(own).contains(&("c".to_owned(), Fault::LooksAtItself { place: At::Calculation })));
}

#[test]
fn whether_a_form_is_offered_depends_on_the_site_alone() {
    let mut form = form_of(json!([pass_fail("a", json!({}))]));
    form.offered_if = Some(over(call(Function::Site, [t("storeys")]), 9.0));
    assert_eq!(faults_of(&form), []);
    form.offered_if = Some(is("a", "pass"));
    assert_eq!(faults_of(&form), [(String::new(), Fault::OfferedByAnswer(name("a")))]);
}

#[test]
fn types_are_looked_at() {
    let sum = op(q("day"), Operator::Add, q("day"));
    let found = faults(json!([
        count("a", json!({})),
        question("day", json!({ "date": {} }), json!({})),
        calculation("c", sum),
        pass_fail("b", json!({ "relevant": q("day") })),
    ]));
    assert!(matches!(&found[0], (at, Fault::Type { place: At::Calculation, .. }) if at == "c"), "{found:?}");
    assert!(
        matches!(&found[1], (at, Fault::WrongResult { place: At::Relevant, .. }) if at == "b"),
        "{found:?}"
    );
}

#[test]
fn only_choices_that_are_offered_are_looked_for() {
    let entries = json!([
        select_one("estate", &["old", "new"], json!({})),
        pass_fail("a", json!({ "relevant": is("estate", "ancient") })),
    ]);
    let fault = Fault::UnknownChoice { place: At::Relevant, name: name("estate"), word: "ancient".into() };
    assert!(faults(entries).contains(&("a".to_owned(), fault)));
}

#[test]
fn choices_are_at_least_two_and_each_once() {
    only(json!([select_one("a", &["x"], json!({}))]), "a", Fault::TooFewChoices);
    only(json!([select_one("a", &["x", "y", "x"], json!({}))]), "a", Fault::DuplicateChoice("x".into()));
    only(json!([select_one("a", &["x", "y z"], json!({}))]), "a", Fault::BadChoice("y z".into()));
    assert_eq!(faults(json!([select_one("a", &["1", "老旧"], json!({}))])), []);
}

#[test]
fn a_range_is_one_and_a_criterion_lies_in_it() {
    let number = |rule: Value, more| {
        question("a", json!({ "number": with(json!({ "unit": text("米") }), rule) }), more)
    };
    only(json!([number(json!({ "from": 9, "to": 1 }), json!({}))]), "a", Fault::Range);
    let fails = |limit| {
        json!({ "criterion": { "fails_if": under(Expression::This, limit), "finding": proposal("窄") },
        "basis": { "good_practice": true } })
    };
    assert_eq!(faults(json!([number(json!({ "to": 50 }), fails(4.0))])), []);
    only(json!([number(json!({ "to": 50 }), fails(400.0))]), "a", Fault::CriterionOutsideRange);
}

#[test]
fn what_can_fail_says_by_which_answer() {
    let with_criterion = |kind| {
        json!([question(
            "a",
            kind,
            json!({
        "criterion": { "finding": proposal("a") }, "basis": { "good_practice": true } })
        )])
    };
    assert_eq!(faults(with_criterion(json!("pass_fail"))), []);
    assert_eq!(faults(with_criterion(json!({ "date": { "none": true } }))), []);
    only(with_criterion(json!({ "date": {} })), "a", Fault::NoTest);
    only(with_criterion(json!({ "text": { "lines": 1 } })), "a", Fault::NoTest);
}

#[test]
fn nothing_is_major_without_a_criterion_and_nothing_fails_without_a_basis() {
    let finding = json!({ "criterion": { "finding": with(proposal("a"), json!({ "level": "major" })) } });
    only(json!([with_criterion("a", finding)]), "a", Fault::MajorWithoutCriterion);
    only(json!([with_criterion("a", json!({ "basis": { "plan": ["A4-036"] } }))]), "a", Fault::NoBasis);
    let standard =
        json!({ "basis": { "standard": [{ "number": "GB 50016-2014（2018年版）", "clause": "7.1.8" }] } });
    assert_eq!(faults(json!([with_criterion("a", standard)])), []);
}

#[test]
fn every_sentence_of_law_is_carried() {
    only(
        json!([with_criterion("a", json!({ "basis": { "law": ["fire-law-021"] } }))]),
        "a",
        Fault::QuoteNotCarried("fire-law-021".into()),
    );
}

#[test]
fn a_photo_that_is_always_wanted_is_explained() {
    only(json!([with_criterion("a", json!({ "photo": "always" }))]), "a", Fault::PhotoWithoutHint);
    assert_eq!(faults(json!([with_criterion("a", json!({ "photo": "always", "hint": text("全景") }))])), []);
}

fn with_picture(name: &str, image: &str, description: Value) -> Value {
    let image = domain::photo::PhotoHash::of(image.as_bytes());
    pass_fail(name, json!({ "picture": { "image": image, "description": description } }))
}

#[test]
fn what_a_picture_shows_is_said_in_both_languages_and_in_one_line() {
    assert_eq!(faults(json!([with_picture("a", "gauge", text("指针在绿区"))])), []);
    let one = json!({ "zh": "指针在绿区", "en": "" });
    only(json!([with_picture("a", "gauge", one)]), "a", Fault::Untranslated(TextOf::Picture));
    let over =
        |excess| Fault::BadText { of: TextOf::Picture, over: OverLimit { field: Field::What, excess } };
    let long = text(&"长".repeat(MOST_OF_A_DESCRIPTION + 1));
    only(json!([with_picture("a", "gauge", long)]), "a", over(Excess::TooLong(200)));
    only(json!([with_picture("a", "gauge", text("一\n二"))]), "a", over(Excess::Control));
    let longest = text(&"长".repeat(MOST_OF_A_DESCRIPTION));
    assert_eq!(faults(json!([with_picture("a", "gauge", longest)])), []);
}

#[test]
fn a_form_has_so_many_pictures_and_one_that_is_shown_twice_counts_once() {
    let pictures = |images: usize, questions: usize| {
        let one = |at: usize| with_picture(&format!("q{at}"), &(at % images).to_string(), text("指针在绿区"));
        Value::Array((0..questions).map(one).collect())
    };
    assert_eq!(faults(pictures(MOST_PICTURES, MOST_PICTURES * 2)), []);
    only(pictures(MOST_PICTURES + 1, MOST_PICTURES + 1), "", Fault::TooManyPictures);
}

#[test]
fn a_fact_is_asked_once_in_a_form_and_in_no_repeat() {
    let fact = json!({ "fact": "f" });
    only(
        json!([pass_fail("a", fact.clone()), pass_fail("b", fact.clone())]),
        "b",
        Fault::FactTwice(name("a")),
    );
    only(json!([repeat("r", json!([pass_fail("a", fact)]), json!({}))]), "a", Fault::FactInRepeat);
}

#[test]
fn a_repeat_has_a_limit() {
    for most in [0, 201] {
        only(
            json!([repeat("r", json!([pass_fail("a", json!({}))]), json!({ "most": most }))]),
            "r",
            Fault::Most,
        );
    }
}

#[test]
fn what_only_shows_something_has_something_to_show() {
    only(
        json!([pass_fail("b", json!({})), count("a", json!({ "read_only": true }))]),
        "a",
        Fault::ReadOnlyWithoutDefault,
    );
}

#[test]
fn a_patrol_takes_three_minutes_at_every_kind_of_site() {
    let of = |kind: &str| json!({ "relevant": call(Function::SiteKind, [t(kind)]) });
    let mut entries: Vec<_> = (0..13).map(|at| pass_fail(&format!("all-{at}"), json!({}))).collect();
    entries.push(pass_fail("shop-1", of("shop")));
    entries.push(pass_fail("school-1", of("school")));
    let mut form = form_of(Value::Array(entries.clone()));
    form.layer = domain::form::Layer::Patrol;
    form.site_kinds = ["shop", "school"].map(SiteKind::from).to_vec();
    assert_eq!(faults_of(&form), []);
    // Conditions on answers may all hold.
    let depends =
        json!({ "relevant": op(is("all-1", "fail"), Operator::And, call(Function::SiteKind, [t("shop")])) });
    entries.extend(["shop-2", "shop-3"].map(|id| pass_fail(id, depends.clone())));
    form.entries = form_of(Value::Array(entries)).entries;
    let too_long = |kind: &str| (String::new(), Fault::PatrolTooLong { of: vec![kind.into()], asked: 16 });
    assert_eq!(faults_of(&form), ["shop", "school"].map(too_long));
    form.layer = domain::form::Layer::Inspection;
    assert_eq!(faults_of(&form), []);
}

#[test]
fn a_patrol_takes_three_minutes_at_a_site_of_two_kinds_too() {
    let of = |kind: &str| json!({ "relevant": call(Function::SiteKind, [t(kind)]) });
    let mut entries: Vec<_> = (0..13).map(|at| pass_fail(&format!("all-{at}"), json!({}))).collect();
    for kind in ["shop", "school", "tall"] {
        entries.push(pass_fail(&format!("{kind}-1"), of(kind)));
    }
    let of_kinds = |entries: &[Value], kinds: &[&str]| {
        let mut form = form_of(Value::Array(entries.to_vec()));
        form.layer = domain::form::Layer::Patrol;
        form.site_kinds = kinds.iter().copied().map(SiteKind::from).collect();
        faults_of(&form)
    };
    let too_long = |kinds: [&str; 2], asked| {
        (String::new(), Fault::PatrolTooLong { of: kinds.map(SiteKind::from).to_vec(), asked })
    };
    assert_eq!(of_kinds(&entries, &["shop", "school"]), [], "fifteen at a shop that is a school");
    // The longest alone is told, and the other of its kinds need not be one of the list's.
    entries.push(pass_fail("tall-2", of("tall")));
    assert_eq!(of_kinds(&entries, &["shop", "school"]), [too_long(["shop", "tall"], 16)]);
    entries.push(pass_fail("school-2", of("school")));
    assert_eq!(of_kinds(&entries, &["shop", "school"]), [too_long(["school", "tall"], 17)]);
    // Whatever a list says of its kinds: nobody has this much time.
    let never = json!({ "relevant": call(Function::False, []) });
    entries.extend((0..140).map(|at| pass_fail(&format!("never-{at}"), never.clone())));
    let all = Fault::PatrolTooLong { of: vec![], asked: 158 };
    assert_eq!(of_kinds(&entries, &["shop"]), [(String::new(), all)]);
}

#[test]
fn groups_do_not_go_on_inside_each_other() {
    let deep = (0..11)
        .fold(pass_fail("a", json!({})), |inner, at| group(&format!("g{at}"), json!([inner]), json!({})));
    assert!(faults(json!([deep])).iter().all(|(_, fault)| *fault == Fault::TooDeep));
}

#[test]
fn what_has_ended_is_told_on_its_day() {
    let mut form = form_of(json!([with_criterion(
        "a",
        json!({ "basis": { "law": ["old"], "standard": [
        { "number": "GB 35181-2017", "valid_until": "2025-10-31" }] } })
    )]));
    form.quotes = serde_json::from_value(
        json!([{ "id": "old", "law": "《旧法》", "article": "第一条", "text": "应当。",
        "in_force_from": "2020-01-01", "in_force_until": "2026-08-14" }]),
    )
    .unwrap();
    let ended = |day: &str| form.ended(day.parse().unwrap(), &StandardRegister::default()).len();
    assert_eq!(
        [ended("2025-10-31"), ended("2025-11-01"), ended("2026-08-14"), ended("2026-08-15")],
        [0, 1, 1, 2]
    );
}

/// As the catalogue has it, with the number as nobody writes it.
fn register() -> StandardRegister {
    let standard = |number: &str, from: &str, until: Option<&str>| RegisteredStandard {
        number: number.to_owned(),
        title: None,
        in_force_from: from.parse().ok(),
        in_force_until: until.and_then(|day| day.parse().ok()),
        replaced_by: None,
    };
    StandardRegister::new([
        standard("GB 35181-2017", "2018-07-01", Some("2025-11-01")),
        standard("GB 35181-2025", "2025-11-01", None),
    ])
    .unwrap()
}

#[test]
fn a_registered_standard_ends_in_every_form_that_names_it() {
    let form = form_of(json!([
        with_criterion(
            "a",
            json!({ "basis": { "standard": [{ "number": "gb35181—2017", "clause": "7.1.1" }] } })
        ),
        with_criterion("b", json!({ "basis": { "standard": [{ "number": "GB 35181-2025" }] } })),
        with_criterion("c", json!({ "basis": { "standard": [{ "number": "GB 50016" }] } })),
    ]));
    let ended = |day: &str| {
        let ended = form.ended(day.parse().unwrap(), &register());
        ended.iter().map(|basis| (basis.question().to_string(), basis.name(&form))).collect::<Vec<_>>()
    };
    // The day before, only what is to take its place is not in force.
    assert_eq!(ended("2025-10-31"), [("b".to_owned(), "GB 35181-2025".to_owned())]);
    assert_eq!(ended("2025-11-01"), [("a".to_owned(), "gb35181—2017 7.1.1".to_owned())]);
    assert!(matches!(form.ended("2025-11-01".parse().unwrap(), &register())[..], [EndedBasis::Standard(..)]));
}
