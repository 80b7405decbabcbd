//! What is tapped on the phone beside a draft, and what stands there then.

use super::{Instead, Preview, PreviewControl, PreviewLine, PreviewQuestion, Step, Tap};
use domain::{expression::Expression, form::Form, id::SiteKind, text::Lang};
use serde_json::{Value, json};

fn titled(id: &str) -> Value {
    json!({ "zh": id, "en": id })
}

fn question(id: &str, kind: &Value) -> Value {
    json!({ "question": { "id": id, "text": titled(id), "kind": kind } })
}

fn form(entries: &Value) -> Form {
    let form = json!({
        "id": "tried", "version": 1, "title": titled("试"), "layer": "patrol", "sector": "fire", "entries": entries,
    });
    serde_json::from_value(form).unwrap()
}

fn rooms() -> Form {
    let lamps = json!({ "repeat": {
        "id": "lamps", "title": titled("灯"), "most": 2, "entries": [question("lit", &json!("pass_fail"))],
    } });
    let rooms = json!({ "repeat": {
        "id": "rooms", "title": titled("房间"), "most": 3,
        "entries": [question("clean", &json!("pass_fail")), lamps],
    } });
    form(&json!([rooms, question("last", &json!("pass_fail"))]))
}

fn step(name: &str, instance: &[u16], tap: Tap) -> Step {
    Step { name: name.to_owned(), instance: instance.to_vec(), tap }
}

fn answered(name: &str, instance: &[u16], word: &str) -> Step {
    step(name, instance, Tap::Answer(word.to_owned()))
}

fn tried(form: &Form, steps: &[Step]) -> Preview {
    let now = "2026-11-30T04:00:00Z".parse().unwrap();
    Preview::of(Lang::Zh, form, &SiteKind::from("shop"), steps, now)
}

/// The lines as one reads them: a heading by its words, a question by its name, instance and answer.
fn read(preview: &Preview) -> Vec<String> {
    let line = |line: &PreviewLine| match line {
        PreviewLine::Heading(words) | PreviewLine::Repeat { words, .. } => words.clone(),
        PreviewLine::Instance { words, number, remove, .. } => {
            assert_eq!(remove.as_deref(), Some(format!("去掉{words}").as_str()));
            format!("{words} = {number}")
        }
        PreviewLine::Add { words, .. } => words.clone(),
        PreviewLine::Question(one) => format!("{} {:?} {:?}", one.name, one.instance, one.answer.join(" ")),
    };
    preview.lines.iter().map(line).collect()
}

#[test]
fn an_instance_goes_with_its_answers_and_the_others_keep_theirs() {
    let form = rooms();
    let mut steps = vec![
        step("rooms", &[], Tap::Add),
        step("rooms", &[], Tap::Add),
        step("lamps", &[2], Tap::Add),
        answered("clean", &[1], "fail"),
        answered("clean", &[2], "pass"),
        answered("lit", &[2, 1], "fail"),
    ];
    let before = tried(&form, &steps);
    let all = [
        "房间",
        "房间 1 = 1",
        "clean [1] \"fail\"",
        "灯",
        "加一处“灯”",
        "房间 2 = 2",
        "clean [2] \"pass\"",
        "灯",
        "灯 1 = 1",
        "lit [2, 1] \"fail\"",
        "加一处“灯”",
        "加一处“房间”",
        "last [] \"\"",
    ];
    assert_eq!(read(&before), all);
    assert_eq!((before.asked, before.answered), (4, 3));

    steps.push(step("rooms", &[], Tap::Remove(1)));
    // There is no such instance any more: nothing happens.
    steps.push(step("rooms", &[], Tap::Remove(1)));
    let after = tried(&form, &steps);
    let left: Vec<_> = ["房间", "房间 1 = 2"].iter().chain(&all[6..]).copied().collect();
    assert_eq!(read(&after), left);
    assert_eq!((after.asked, after.answered), (3, 2));

    // Its number is given to nobody else.
    steps.push(step("rooms", &[], Tap::Add));
    assert!(read(&tried(&form, &steps)).contains(&"房间 2 = 3".to_owned()));
}

#[test]
fn what_an_answer_counts_is_not_taken_out_by_hand() {
    let unit = titled("间");
    let repeat = json!({ "repeat": {
        "id": "rooms", "title": titled("房间"), "most": 3, "count": Expression::Answer("many".into()),
        "entries": [question("clean", &json!("pass_fail"))],
    } });
    let form = form(&json!([question("many", &json!({ "count": { "unit": unit } })), repeat]));
    let steps = [answered("many", &[], "两间"), step("rooms", &[], Tap::Remove(1))];
    let preview = tried(&form, &steps);
    let removable = preview.lines.iter().map(|line| match line {
        PreviewLine::Instance { remove, .. } => Some(remove.is_some()),
        PreviewLine::Heading(_)
        | PreviewLine::Repeat { .. }
        | PreviewLine::Add { .. }
        | PreviewLine::Question(_) => None,
    });
    assert_eq!(removable.flatten().collect::<Vec<_>>(), [false, false]);
}

/// The only question of a form, after these taps.
fn one(kind: &Value, taps: &[Tap]) -> (PreviewQuestion, usize) {
    let form = form(&json!([question("asked", kind)]));
    let steps: Vec<_> = taps.iter().map(|tap| step("asked", &[], tap.clone())).collect();
    let preview = tried(&form, &steps);
    match preview.lines.as_slice() {
        [PreviewLine::Question(question)] => ((**question).clone(), preview.answered),
        lines => panic!("{lines:?}"),
    }
}

#[test]
fn every_kind_of_question_is_answered() {
    let choices = json!([{ "id": "own", "text": titled("自办") }, { "id": "hired", "text": titled("委托") }]);
    let metres = json!({ "unit": titled("米") });
    for (kind, word, shown) in [
        (json!("pass_fail"), "fail", "fail"),
        (json!({ "number": metres }), "3.5米", "3.5"),
        (json!({ "count": metres }), "三", "3"),
        (json!({ "select_one": choices }), "own", "own"),
        (json!({ "select_multiple": choices }), "own hired", "hired own"),
        (json!({ "date": {} }), "2026-11-01", "2026-11-01"),
        (json!({ "month": {} }), "2026-11", "2026-11"),
        (json!("time"), "08:30", "08:30"),
        (json!({ "text": { "lines": 1 } }), "na", "na"),
        (json!("code"), "A-1", "A-1"),
        (json!("photo"), "taken", "taken"),
        (json!("signature"), "taken", "taken"),
        (json!("place"), "taken", "taken"),
    ] {
        let given = Tap::Answer(word.to_owned());
        let (question, answered) = one(&kind, std::slice::from_ref(&given));
        assert_eq!((question.answer.join(" ").as_str(), answered), (shown, 1), "{kind}");
        assert_eq!(question.problem, None, "{kind}");
        let (question, answered) = one(&kind, &[given, Tap::Answer(String::new())]);
        assert_eq!((question.answer.join(" ").as_str(), answered), ("", 0), "{kind}");
        // Whatever is asked may be not applicable.
        let offered = match &question.control {
            PreviewControl::Buttons { options, .. } => options.iter().any(|(word, _)| word == "na"),
            PreviewControl::Field { .. } | PreviewControl::Shown(_) => false,
        };
        let beside = question.instead.iter().any(|(instead, ..)| *instead == Instead::NotApplicable);
        assert!(offered != beside, "{kind}");
    }
}

#[test]
fn what_is_said_in_place_of_an_answer_counts_as_one() {
    let paper = json!({ "date": { "none": true, "not_shown": true } });
    let (question, answered) = one(&paper, &[Tap::Instead(Instead::NotShown)]);
    let said: Vec<_> = question.instead.iter().map(|(_, words, on)| (words.as_str(), *on)).collect();
    assert_eq!(said, [("没有", false), ("未出示", true), ("不适用", false)]);
    assert_eq!((question.answer, answered), (vec![], 1));
    // Where the question does not offer it, it is passed over.
    let (question, answered) = one(&json!({ "date": {} }), &[Tap::Instead(Instead::Absent)]);
    assert_eq!((question.instead.len(), answered), (1, 0));
}

#[test]
fn what_is_no_answer_is_kept_and_told_in_the_phones_words() {
    let typed = |word: &str| Tap::Answer(word.to_owned());
    let metres = json!({ "number": { "unit": titled("米"), "to": 10 } });
    let (question, answered) = one(&metres, &[typed("30厘米")]);
    assert_eq!((question.answer.join(""), answered), ("30厘米".to_owned(), 0));
    let told = "没有记下：单位应是“米”。请换算好，只写数字";
    assert_eq!(question.problem.as_deref(), Some(told));
    let (question, _) = one(&metres, &[typed("11")]);
    assert_eq!(question.problem.as_deref(), Some("应在 0 到 10 之间，请看是不是按错了"));
    let (question, _) = one(&json!({ "month": {} }), &[typed("2026年")]);
    assert_eq!(question.problem.as_deref(), Some("填的内容没有记下，请改正"));
}
