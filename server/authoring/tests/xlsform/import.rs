use crate::support::{book, import, survey, told};
use authoring::{
    expression::parse,
    xlsform::{Problem, columns, fault::Advice, types::TYPES},
};
use domain::{
    form::{Entry, Frequency, PaperRule, PhotoRule, Question, QuestionKind, Responsible},
    severity::Severity,
    text::{Bilingual, Lang},
};

const HEAD: &[&str] = &["type", "name", "label::中文 (zh)", "label::English (en)"];

fn question<'a>(entries: &'a [Entry], name: &str) -> &'a Question {
    let entry = entries.iter().find(|entry| entry.name() == name);
    entry.and_then(Entry::question).unwrap_or_else(|| panic!("there is no question {name}"))
}

#[test]
fn a_row_becomes_a_question_in_both_languages() {
    let imported = survey(&[HEAD, &["text", "owner", "业主", "Owner"]]).unwrap();
    let owner = question(&imported.form.entries, "owner");
    assert_eq!(owner.text, Bilingual::new("业主", "Owner"));
    assert_eq!(owner.kind, QuestionKind::Text { lines: 1 });
    assert_eq!(owner.required, Some(parse("false()").unwrap()), "XLSForm requires nothing unless it is said");
}

#[test]
fn a_column_of_one_language_serves_both_and_is_remarked_upon() {
    let imported = survey(&[&["type", "name", "label"], &["text", "owner", "Owner"]]).unwrap();
    assert_eq!(question(&imported.form.entries, "owner").text, Bilingual::new("Owner", "Owner"));
    let remark = imported.remarks.iter().find(|one| one.problem == Problem::TextOfOther).unwrap();
    assert_eq!(remark.place.words(Lang::En), "survey!C1 (label)");
}

#[test]
fn a_third_language_is_not_read_and_that_is_said() {
    let head: &[&str] = &["type", "name", "label::Swahili (sw)", "label::English (en)"];
    let imported = survey(&[head, &["text", "owner", "Mmiliki", "Owner"]]).unwrap();
    let remarks: Vec<_> = imported.remarks.into_iter().map(|one| one.problem).collect();
    assert!(remarks.contains(&Problem::LanguageNotRead("Swahili (sw)".to_owned())), "{remarks:?}");
    assert_eq!(question(&imported.form.entries, "owner").text, Bilingual::new("Owner", "Owner"));
}

#[test]
fn every_type_that_is_taken_becomes_its_kind() {
    let of = |row: &[&str]| {
        let head: &[&str] =
            &["type", "name", "label::zh", "label::en", "appearance", "parameters", "calculation"];
        let imported = survey(&[head, row, &["text", "asked", "问", "Q"]])
            .unwrap_or_else(|faults| panic!("{row:?}: {faults:?}"));
        question(&imported.form.entries, "q").kind.clone()
    };
    assert_eq!(of(&["text", "q", "问", "Q", "", "rows=4"]), QuestionKind::Text { lines: 4 });
    assert_eq!(of(&["note", "q", "问", "Q"]), QuestionKind::Note);
    assert_eq!(of(&["date", "q", "问", "Q"]), QuestionKind::Date(PaperRule::default()));
    assert_eq!(of(&["date", "q", "问", "Q", "month-year"]), QuestionKind::Month(PaperRule::default()));
    assert_eq!(of(&["time", "q", "问", "Q"]), QuestionKind::Time);
    assert_eq!(of(&["geopoint", "q", "问", "Q"]), QuestionKind::Place);
    assert_eq!(of(&["image", "q", "问", "Q"]), QuestionKind::Photo);
    assert_eq!(of(&["image", "q", "问", "Q", "signature"]), QuestionKind::Signature);
    assert_eq!(of(&["barcode", "q", "问", "Q"]), QuestionKind::Code);
    assert_eq!(of(&["select_one pass_fail", "q", "问", "Q"]), QuestionKind::PassFail);
    let two = parse("1 + 1").unwrap();
    assert_eq!(of(&["calculate", "q", "", "", "", "", "1 + 1"]), QuestionKind::Calculation(two));
    assert_eq!(of(&["today", "q", "", ""]), QuestionKind::Calculation(parse("today()").unwrap()));
    assert_eq!(of(&["start", "q", "", ""]), QuestionKind::Calculation(parse("now()").unwrap()));
    let QuestionKind::Count(rule) = of(&["range", "q", "问", "Q", "", "start=1;end=5;step=1"]) else {
        panic!("a range of whole numbers is a count")
    };
    assert_eq!((rule.from, rule.to, rule.decimals), (1.0, 5.0, 0));
    let QuestionKind::Number(rule) = of(&["range", "q", "问", "Q", "", "start=1.5 end=5.5 step=0.5"]) else {
        panic!("a range of others is a number")
    };
    assert_eq!((rule.from, rule.to), (1.5, 5.5));
    assert!(matches!(of(&["integer", "q", "问", "Q"]), QuestionKind::Count(rule) if rule.decimals == 0));
    assert!(matches!(of(&["decimal", "q", "问", "Q"]), QuestionKind::Number(_)));
    assert!(
        matches!(of(&["select_multiple yes_no", "q", "问", "Q"]), QuestionKind::SelectMultiple(all) if all.len() == 2)
    );
}

#[test]
fn every_type_that_is_refused_says_what_to_write_instead() {
    let refused = TYPES.iter().filter_map(|one| match one.means {
        authoring::xlsform::types::Means::Refused(advice) => Some((one.word, advice)),
        _ => None,
    });
    for (word, advice) in refused {
        let kind = format!("{word} yes_no");
        let faults = told(survey(&[HEAD, &[&kind, "q", "问", "Q"]]));
        let place = "survey!A2 (type)".to_owned();
        assert!(faults.contains(&(place, Problem::TypeRefused(kind.clone(), advice))), "{word}: {faults:?}");
    }
}

#[test]
fn every_column_that_is_refused_says_what_to_write_instead() {
    for column in columns::SURVEY {
        let columns::Support::Refused(advice) = column.support else { continue };
        let head: &[&str] = &["type", "name", "label::zh", "label::en", column.word];
        let faults = told(survey(&[head, &["text", "q", "问", "Q", "x"]]));
        let place = format!("survey!E2 ({})", column.word);
        assert_eq!(faults, [(place, Problem::ColumnRefused(column.word.to_owned(), advice))]);
    }
}

#[test]
fn what_the_visit_keeps_by_itself_is_left_out_with_a_remark() {
    let imported =
        survey(&[HEAD, &["deviceid", "device"], &["end", "ended"], &["text", "owner", "业主", "Owner"]])
            .unwrap();
    assert_eq!(imported.form.entries.len(), 1);
    let kept: Vec<_> =
        imported.remarks.iter().filter(|one| matches!(one.problem, Problem::KeptByVisit(_))).collect();
    assert_eq!(kept.len(), 2);
}

#[test]
fn groups_and_repeats_lie_in_each_other() {
    let head: &[&str] = &["type", "name", "label::zh", "label::en", "repeat_count", "most", "relevant"];
    let imported = survey(&[
        head,
        &["integer", "rooms", "房间数", "Rooms"],
        &["begin group", "inside", "室内", "Inside", "", "", "${rooms} > 0"],
        &["begin_repeat", "room", "房间", "Room", "${rooms}", "12"],
        &["text", "use", "用途", "Use"],
        &["end repeat"],
        &["end_group"],
    ])
    .unwrap();
    let Entry::Group(inside) = &imported.form.entries[1] else { panic!("a group") };
    assert_eq!(inside.relevant, Some(parse("${rooms} > 0").unwrap()));
    let Entry::Repeat(room) = &inside.entries[0] else { panic!("a repeat") };
    assert_eq!((room.most, room.count.clone()), (12, Some(parse("${rooms}").unwrap())));
    assert_eq!(room.entries.len(), 1);
}

#[test]
fn a_choice_filter_becomes_a_condition_of_each_choice() {
    let head: &[&str] = &["type", "name", "label::zh", "label::en", "choice_filter"];
    let imported = survey(&[
        head,
        &["text", "wanted", "颜色", "Colour"],
        &["select_one yes_no", "q", "问", "Q", "colour = ${wanted}"],
    ])
    .unwrap();
    let choices = question(&imported.form.entries, "q").kind.choices();
    assert_eq!(choices[0].shown_if, Some(parse("'green' = ${wanted}").unwrap()));
    assert_eq!(choices[1].shown_if, Some(parse("'red' = ${wanted}").unwrap()));
}

#[test]
fn a_choice_that_several_answers_lead_to_is_one_choice() {
    let imported = import(&book(&[
        (
            "survey",
            &[
                &["type", "name", "label::zh", "label::en", "choice_filter"],
                &["text", "state", "州", "State"],
                &["select_one county", "q", "县", "County", "state = ${state}"],
            ],
        ),
        (
            "choices",
            &[
                &["list_name", "name", "label::zh", "label::en", "state"],
                &["county", "king", "金县", "King", "wa"],
                &["county", "king", "金县", "King", "tx"],
                &["county", "pierce", "皮尔斯县", "Pierce", "wa"],
            ],
        ),
    ]))
    .unwrap();
    let choices = question(&imported.form.entries, "q").kind.choices();
    assert_eq!(choices.len(), 2);
    assert_eq!(choices[0].shown_if, Some(parse("'wa' = ${state} or 'tx' = ${state}").unwrap()));
}

#[test]
fn a_column_of_choices_that_no_filter_names_is_remarked_upon() {
    let imported = survey(&[HEAD, &["select_one yes_no", "q", "问", "Q"]]).unwrap();
    let remark =
        imported.remarks.iter().find(|one| one.problem == Problem::ColumnNotRead("colour".to_owned()));
    assert_eq!(remark.map(|one| one.place.words(Lang::En)).as_deref(), Some("choices!E1 (colour)"));
}

#[test]
fn or_other_adds_a_choice_and_asks_what_it_is() {
    let imported = survey(&[HEAD, &["select_one yes_no or_other", "q", "问", "Q"]]).unwrap();
    let choices = question(&imported.form.entries, "q").kind.choices();
    assert_eq!(choices.last().map(|choice| choice.id.as_str()), Some("other"));
    let other = question(&imported.form.entries, "q_other");
    assert_eq!(other.relevant, Some(parse("selected(${q}, 'other')").unwrap()));
}

#[test]
fn own_columns_make_a_criterion_with_its_basis() {
    let imported = survey(&[
        &[
            "type",
            "name",
            "label::zh",
            "label::en",
            "hint::zh",
            "hint::en",
            "required",
            "fails_if",
            "level",
            "major_by",
            "finding_zh",
            "finding_en",
            "at_once_zh",
            "at_once_en",
            "days",
            "responsible",
            "authority_zh",
            "authority_en",
            "hazard",
            "law",
            "standard",
            "plan",
            "good_practice",
            "photo",
            "allow_existing_photo",
            "every",
            "fact",
            "unit_zh",
            "unit_en",
            "decimals",
            "from",
            "to",
        ],
        &[
            "decimal",
            "width",
            "净宽",
            "Clear width",
            "量最窄处",
            "Measure the narrowest place",
            "yes",
            ". < 4",
            "major",
            "fire-law-021",
            "消防车道宽度不足",
            "Lane too narrow",
            "当场清理",
            "Cleared on the spot",
            "3",
            "authority",
            "市场监督管理部门",
            "Market supervision",
            "lane",
            "fire-law-021",
            "GB 55037-2022 | 3.4.5 | 2030-12-31\nGB 50016",
            "A4-036 A4-037",
            "yes",
            "always",
            "yes",
            "ten_days",
            "lane-width",
            "米",
            "m",
            "1",
            "0",
            "50",
        ],
    ])
    .unwrap();
    let width = question(&imported.form.entries, "width");
    let finding = width.criterion.as_ref().map(|criterion| &criterion.finding).unwrap();
    assert_eq!(width.criterion.as_ref().unwrap().fails_if, Some(parse(". < 4").unwrap()));
    assert_eq!(finding.level, Severity::Major);
    assert_eq!(finding.major_by.as_ref().map(|id| id.as_str()), Some("fire-law-021"));
    assert_eq!(finding.days, 3);
    assert_eq!(
        finding.responsible,
        Responsible::Authority(Bilingual::new("市场监督管理部门", "Market supervision"))
    );
    assert_eq!(width.basis.standard.len(), 2);
    assert_eq!(width.basis.standard[0].valid_until.map(|day| day.to_string()).as_deref(), Some("2030-12-31"));
    assert_eq!(width.basis.plan.len(), 2);
    assert_eq!((width.photo, width.allow_existing_photo), (PhotoRule::Always, true));
    assert_eq!((width.every, width.required.clone()), (Some(Frequency::TenDays), None));
    assert_eq!(width.fact.as_deref(), Some("lane-width"));
    assert_eq!(imported.form.quotes.len(), 1, "the form carries what it quotes");
}

#[test]
fn quotation_marks_that_a_spreadsheet_turned_round_are_read() {
    let head: &[&str] = &["type", "name", "label::zh", "label::en", "relevant"];
    let imported = survey(&[
        head,
        &["select_one yes_no", "any", "有吗", "Any"],
        &["text", "which", "哪些", "Which", "${any} = ‘yes’"],
    ])
    .unwrap();
    let which = question(&imported.form.entries, "which");
    assert_eq!(which.relevant, Some(parse("${any} = 'yes'").unwrap()));
}

#[test]
fn defaults_are_words_figures_days_or_expressions() {
    let head: &[&str] = &["type", "name", "label::zh", "label::en", "default"];
    let default = |kind: &str, text: &str| {
        let imported = survey(&[head, &[kind, "q", "问", "Q", text]]).unwrap();
        question(&imported.form.entries, "q").default.clone().unwrap()
    };
    assert_eq!(default("text", "http://getodk.org/"), parse("'http://getodk.org/'").unwrap());
    assert_eq!(default("text", "5"), parse("'5'").unwrap());
    assert_eq!(default("integer", "5"), parse("5").unwrap());
    assert_eq!(default("date", "2026-11-30"), parse("date('2026-11-30')").unwrap());
    assert_eq!(default("date", "today()"), parse("today()").unwrap());
    assert_eq!(default("select_one yes_no", "yes"), parse("'yes'").unwrap());
}

#[test]
fn a_sentence_cannot_refer_to_an_answer() {
    let faults =
        told(survey(&[HEAD, &["text", "me", "我", "Me"], &["note", "hello", "你好", "Hello ${me}!"]]));
    assert_eq!(
        faults,
        [("survey!D3 (label::English (en))".to_owned(), Problem::TextRefers("me".to_owned()))]
    );
}

#[test]
fn what_a_type_has_no_use_for_is_not_passed_over() {
    let head: &[&str] = &["type", "name", "label::zh", "label::en", "choice_filter", "calculation"];
    let faults = told(survey(&[head, &["text", "q", "问", "Q", "a = b", "1 + 1"]]));
    let problem = Problem::NotOfThisType("text".to_owned());
    assert_eq!(
        faults,
        [
            ("survey!E2 (choice_filter)".to_owned(), problem.clone()),
            ("survey!F2 (calculation)".to_owned(), problem),
        ]
    );
}

#[test]
fn settings_stand_before_what_the_office_chose() {
    let imported = import(&book(&[
        ("survey", &[HEAD, &["text", "owner", "业主", "Owner"]]),
        (
            "settings",
            &[
                &[
                    "title_zh",
                    "title_en",
                    "form_id",
                    "version",
                    "layer",
                    "sector",
                    "site_kinds",
                    "offered_if",
                    "reviewed_by",
                    "reviewed_on",
                    "review_due",
                ],
                &[
                    "消防车道",
                    "Fire lane",
                    "fire-access",
                    "7",
                    "patrol",
                    "fire",
                    "high-rise, restaurant-gas",
                    "site('storeys') >= 10",
                    "王芳",
                    "2026-11-29",
                    "2027-06-30",
                ],
            ],
        ),
    ]))
    .unwrap();
    let form = imported.form;
    assert_eq!((form.id.as_str(), form.version), ("fire-access", 7));
    assert_eq!(form.title.en, "Fire lane");
    assert_eq!((form.layer.as_str(), form.sector.as_str()), ("patrol", "fire"));
    assert_eq!(form.site_kinds.len(), 2);
    assert_eq!(form.offered_if, Some(parse("site('storeys') >= 10").unwrap()));
    assert_eq!(form.review.map(|review| review.by).as_deref(), Some("王芳"));
    assert_eq!(form.review_due.map(|day| day.to_string()).as_deref(), Some("2027-06-30"));
}

#[test]
fn advice_is_compared_by_its_words() {
    assert_eq!(Advice(i18n::xlsform::instead_rank), Advice(i18n::xlsform::instead_rank));
    assert_ne!(Advice(i18n::xlsform::instead_rank), Advice(i18n::xlsform::instead_map));
}
