//! Forms as files of the catalogue.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use authoring::{
    catalogue::{Fault, Problem, Wanted, read},
    expression::parse,
};
use domain::{
    form::{Entry, Form, PaperRule, QuestionKind, Quote, Responsible, basis::EndedBasis},
    id::QuoteId,
    law::StandardRegister,
    text::{Bilingual, Lang},
};
use std::{fs, path::Path};

const HEAD: &str = r#"
id = "fire-access"
version = 3
layer = "inspection"
sector = "fire"
site_kinds = ["high-rise"]
title = { zh = "消防车道", en = "Fire lane" }
"#;

fn quote(id: &QuoteId) -> Option<Quote> {
    (!id.as_str().starts_with("no-")).then(|| Quote {
        id: id.clone(),
        law: "《中华人民共和国消防法》".to_owned(),
        number: String::new(),
        article: "第二十八条".to_owned(),
        lead: String::new(),
        text: "任何单位、个人不得占用消防车通道。".to_owned(),
        in_force_from: "2021-04-29".parse().unwrap(),
        in_force_until: None,
    })
}

fn of(entries: &str) -> Result<Form, Vec<Fault>> {
    read(&format!("{HEAD}{entries}"), &quote)
}

#[test]
fn a_file_becomes_a_form() {
    let form = of(r#"
offered_if = "site('storeys') >= 10"
review = { by = "王芳", on = 2026-11-29 }
review_due = 2027-06-30

[[entry]]
group = "lane"
title = { zh = "消防车道", en = "Fire lane" }
relevant = "site-kind('high-rise')"

[[entry.entry]]
question = "width"
text = { zh = "净宽", en = "Clear width" }
hint = { zh = "量最窄处", en = "Measure the narrowest place" }
kind = { number = { unit = { zh = "米", en = "m" }, decimals = 1, from = 0, to = 50.5 } }
required = "false()"
criterion = { fails_if = "${width} < 4", level = "major", major_by = "gb-1", what = { zh = "宽度不足", en = "Too narrow" }, at_once = { zh = "清理", en = "Cleared" }, days = 3, responsible = { zh = "市场监督管理部门", en = "Market supervision" }, hazard = "lane" }
law = ["fire-law-021"]
standard = [{ number = "GB 50016-2014（2018年版）", clause = "7.1.8", valid_until = 2030-12-31 }]
plan = ["A4-036"]
photo = "always"
allow_existing_photo = true
every = "ten_days"
fact = "lane-width"

[[entry.entry]]
repeat = "extinguisher"
title = { zh = "灭火器", en = "Extinguisher" }
most = 20
count = "${width}"

[[entry.entry.entry]]
question = "colour"
text = { zh = "颜色", en = "Colour" }
kind = { select_one = [ { id = "red", zh = "红", en = "Red" }, { id = "green", zh = "绿", en = "Green", if = "${width} > 4" } ] }

[[entry.entry.entry]]
question = "made"
text = { zh = "日期", en = "Date" }
kind = { date = { none = true, not_shown = true } }
constraint = { test = ". <= today()", message = { zh = "不能晚于今天", en = "Not after today" } }
"#)
    .unwrap_or_else(|faults| panic!("{faults:#?}"));
    assert_eq!((form.version, form.quotes.len()), (3, 2), "law and criterion are carried");
    assert_eq!(form.review_due.map(|day| day.to_string()).as_deref(), Some("2027-06-30"));
    let Entry::Group(lane) = &form.entries[0] else { panic!("a group") };
    let width = lane.entries[0].question().unwrap();
    assert_eq!(width.criterion.as_ref().unwrap().fails_if, Some(parse("${width} < 4").unwrap()));
    let responsible = &width.criterion.as_ref().unwrap().finding.responsible;
    assert_eq!(
        *responsible,
        Responsible::Authority(Bilingual::new("市场监督管理部门", "Market supervision"))
    );
    assert!(matches!(&width.kind, QuestionKind::Number(rule) if rule.to == 50.5 && rule.from == 0.0));
    let Entry::Repeat(extinguisher) = &lane.entries[1] else { panic!("a repeat") };
    assert_eq!(extinguisher.most, 20);
    let colour = extinguisher.entries[0].question().unwrap();
    assert_eq!(colour.kind.choices()[1].shown_if, Some(parse("${width} > 4").unwrap()));
    let made = extinguisher.entries[1].question().unwrap();
    assert_eq!(made.kind, QuestionKind::Date(PaperRule { none: true, not_shown: true }));
}

#[test]
fn all_faults_are_told_at_once_with_question_and_line() {
    let faults = of(r#"
[[entry]]
question = "one"
text = { zh = "甲" }
kind = "pass-fail"
law = ["no-law-001"]
colour = "red"

[[entry]]
question = "two"
text = { zh = "乙", en = "B" }
kind = "text"
relevant = "${one} ="
every = "fortnight"
allow_existing_photo = "yes"

[[entry]]
title = { zh = "丙", en = "C" }
"#)
    .unwrap_err();
    let told: Vec<_> = faults.iter().map(|fault| (fault.question.as_str(), fault.line)).collect();
    let problem = |question: &str, wanted: &dyn Fn(&Problem) -> bool| {
        faults.iter().any(|fault| fault.question == question && wanted(&fault.problem))
    };
    assert!(problem("one", &|one| *one == Problem::Missing("en")), "{faults:#?}");
    assert!(
        problem("one", &|one| matches!(one, Problem::NotOneOf(word, _) if word == "pass-fail")),
        "{faults:#?}"
    );
    assert!(problem("one", &|one| *one == Problem::LawUnknown("no-law-001".to_owned())), "{faults:#?}");
    assert!(problem("one", &|one| matches!(one, Problem::Unknown(key, _) if key == "colour")), "{faults:#?}");
    assert!(problem("two", &|one| matches!(one, Problem::Expression(..))), "{faults:#?}");
    assert!(
        problem("two", &|one| matches!(one, Problem::NotOneOf(word, _) if word == "fortnight")),
        "{faults:#?}"
    );
    assert!(problem("two", &|one| *one == Problem::NotA(Wanted::Truth)), "{faults:#?}");
    assert!(problem("", &|one| *one == Problem::NotAnEntry), "{faults:#?}");
    assert!(told.contains(&("one", 12)) && told.contains(&("two", 20)), "{told:?}");
}

#[test]
fn what_is_no_toml_is_told_with_its_line() {
    let faults = read("id = \"a\"\nversion = = 3\n", &quote).unwrap_err();
    assert!(matches!(faults[0].problem, Problem::Syntax(_)));
    assert_eq!(faults[0].line, 2);
}

#[test]
fn every_fault_has_words_in_both_languages() {
    let faults = of("[[entry]]\nquestion = \"a b\"\nkind = 3\n").unwrap_err();
    for fault in &faults {
        assert!(fault.words(Lang::Zh).starts_with("第 "), "{}", fault.words(Lang::Zh));
        assert!(fault.words(Lang::En).starts_with("line "), "{}", fault.words(Lang::En));
    }
    assert!(faults.len() >= 3, "{faults:#?}");
}

#[test]
fn the_files_of_the_catalogue_are_forms() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalogue/forms");
    let mut wrong = vec![];
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if let Err(faults) = read(&fs::read_to_string(&path).unwrap(), &quote) {
            wrong.extend(faults.iter().map(|fault| format!("{name}: {fault}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_standard_that_has_ended_is_told_from_the_day_after() {
    let form = of(r#"
[[entry]]
question = "clear"
text = { zh = "畅通", en = "Clear" }
kind = "pass_fail"
criterion = { level = "general", what = { zh = "堵塞", en = "Blocked" }, days = 1, responsible = "site" }
standard = [{ number = "GB 10000-2020", clause = "1.1", valid_until = 2026-11-23 }, { number = "GB 10001-2020" }]
"#)
    .unwrap();
    let ended = |day: &str| form.ended(day.parse().unwrap(), &StandardRegister::default());
    assert_eq!(ended("2026-11-23"), []);
    let standard = form.questions().next().unwrap().basis.standard[0].clone();
    assert_eq!(ended("2026-11-24"), [EndedBasis::Standard("clear".into(), standard)]);
}
