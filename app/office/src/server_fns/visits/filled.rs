//! A form as it was filled in, line by line: the groups that its questions stand in, each instance of what repeats, and every
//! answer in words.

use super::record::{AnswerWords, FilledWords, RecordLine};
use crate::{
    form_words::{
        answer::{answer_words, limit_words},
        basis::{QuoteWords, basis_words, quotes},
        condition::ConditionWords,
    },
    i18n::{forms as t, office},
};
use domain::{
    file::VisitFile,
    form::{Answer, Entry, Question, QuestionKind, Verdict},
    id::QuestionId,
    text::Bilingual,
    visit::RecordedAnswer,
};
use std::collections::HashMap;

/// A group or an instance of a repeat that a question stands in.
#[derive(Debug, Clone, PartialEq)]
struct Around<'a> {
    title: &'a Bilingual,
    name: &'a str,
    /// Of a repeat: the instances down to here.
    instance: Option<Vec<u16>>,
}

/// A group or a repeat of the form that a question stands in.
#[derive(Clone)]
struct Within<'a> {
    title: &'a Bilingual,
    name: &'a str,
    /// Of a repeat: how many repeats there are down to it.
    depth: Option<usize>,
}

/// A question of the form, and all that it stands in, the outermost first.
struct Place<'a> {
    question: &'a Question,
    within: Vec<Within<'a>>,
}

/// The questions of a form by their ids.
type Places<'a> = HashMap<&'a QuestionId, Place<'a>>;

/// A name and an instance of it.
type Instance<'a> = (&'a str, Vec<u16>);

/// The form at this place of the visit. Sentences that what failed rests on are added to `said`.
pub(super) fn filled(
    file: &VisitFile,
    place: usize,
    conditions: &ConditionWords<'_>,
    said: &mut Vec<QuoteWords>,
) -> FilledWords {
    let (lang, form) = (conditions.lang, &file.forms[place]);
    let mut places = Places::new();
    collect(&form.entries, &[], &mut places);
    let answers: Vec<_> = file.visit.forms[place]
        .answers
        .iter()
        .filter_map(|sealed| Some((places.get(&sealed.key.question)?, sealed)))
        .filter(|(place, sealed)| is_shown(place.question, sealed))
        .collect();
    let around: Vec<_> =
        answers.iter().map(|(place, sealed)| around(&place.within, &sealed.key.instance)).collect();
    let positions = positions(&around);
    let mut lines = vec![];
    let (mut before, mut number): (&[Around<'_>], usize) = (&[], 0);
    for ((Place { question, .. }, sealed), here) in answers.iter().zip(&around) {
        let same = before.iter().zip(here).take_while(|(before, here)| before == here).count();
        lines.extend(here[same..].iter().map(|one| {
            let title = one.title.get(lang).to_owned();
            let own = one.instance.clone().and_then(|instance| positions.get(&(one.name, instance)));
            RecordLine::Heading(match own {
                Some(position) => t::instance(lang, title, *position),
                None => title,
            })
        }));
        before = here;
        number += usize::from(question.asks());
        let number = question.asks().then_some(number);
        lines.push(RecordLine::Answer(Box::new(line(file, place, conditions, question, sealed, number))));
        if sealed.verdict == Verdict::Fail {
            let more: Vec<_> = quotes(&question.basis, form).into_iter().map(QuoteWords::of).collect();
            said.extend(more.into_iter().filter(|quote| !said.contains(quote)).collect::<Vec<_>>());
        }
    }
    let title = form.title.get(lang).to_owned();
    let title_and_version = office::title_and_version(lang, title.clone(), form.version);
    let only = file.visit.forms[place].only.len();
    let only = (only > 0).then(|| t::asked_only(lang, only));
    FilledWords { title, title_and_version, only, lines }
}

/// What is worked out is shown where it is a result: it was judged, or it is a figure.
fn is_shown(question: &Question, sealed: &RecordedAnswer) -> bool {
    match question.kind {
        QuestionKind::Calculation(_) => {
            question.criterion.is_some() || matches!(sealed.answer, Answer::Number(_))
        }
        QuestionKind::PassFail
        | QuestionKind::Number(_)
        | QuestionKind::Count(_)
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
        | QuestionKind::Note => true,
    }
}

/// Each question below these entries, which stand in `within`. Of two of one id the first counts.
fn collect<'a>(entries: &'a [Entry], within: &[Within<'a>], places: &mut Places<'a>) {
    let repeats = within.iter().filter(|one| one.depth.is_some()).count();
    for entry in entries {
        let (title, depth) = match entry {
            Entry::Question(question) => {
                let place = || Place { question, within: within.to_vec() };
                places.entry(&question.id).or_insert_with(place);
                continue;
            }
            Entry::Group(group) => (&group.title, None),
            Entry::Repeat(repeat) => (&repeat.title, Some(repeats + 1)),
        };
        let own = Within { title, name: entry.name(), depth };
        collect(entry.entries(), &[within, &[own]].concat(), places);
    }
}

/// All that an answer stands in, the outermost first.
fn around<'a>(within: &[Within<'a>], instance: &[u16]) -> Vec<Around<'a>> {
    let one = |one: &Within<'a>| Around {
        title: one.title,
        name: one.name,
        instance: one.depth.map(|depth| instance.iter().take(depth).copied().collect()),
    };
    within.iter().map(one).collect()
}

/// Which of those that were answered each instance is, from 1: their numbers may have gaps.
fn positions<'a>(all: &[Vec<Around<'a>>]) -> HashMap<Instance<'a>, usize> {
    let mut positions: HashMap<Instance<'a>, usize> = HashMap::new();
    // How many there are so far in the instance around them.
    let mut counts: HashMap<Instance<'a>, usize> = HashMap::new();
    for one in all.iter().flatten() {
        let Some(instance) = &one.instance else { continue };
        positions.entry((one.name, instance.clone())).or_insert_with(|| {
            let outer = instance[..instance.len().saturating_sub(1)].to_vec();
            let count = counts.entry((one.name, outer)).or_default();
            *count += 1;
            *count
        });
    }
    positions
}

fn line(
    file: &VisitFile,
    place: usize,
    conditions: &ConditionWords<'_>,
    question: &Question,
    sealed: &RecordedAnswer,
    number: Option<usize>,
) -> AnswerWords {
    let (lang, form) = (conditions.lang, &file.forms[place]);
    let hazards = sealed.hazards.iter().filter_map(|id| file.hazards.iter().find(|row| row.id == *id));
    let failed = sealed.verdict == Verdict::Fail;
    let asked_in = |fact: &str| {
        let earlier = file.forms.iter().take(place);
        let asks = |question: &Question| question.fact.as_deref() == Some(fact);
        earlier.into_iter().find(|form| form.questions().any(asks))
    };
    let elsewhere = sealed.elsewhere.then(|| {
        let form = question.fact.as_deref().and_then(asked_in);
        let title = form.map(|form| form.title.get(lang).to_owned());
        title.map_or_else(|| t::asked_before(lang).to_owned(), |title| t::asked_elsewhere(lang, title))
    });
    AnswerWords {
        number,
        question: question.text.get(lang).to_owned(),
        answer: answer_words(lang, question, &sealed.answer, sealed.verdict),
        limit: limit_words(conditions, question),
        basis: failed.then(|| basis_words(lang, &question.basis, form)).flatten(),
        elsewhere,
        note: sealed.note.clone(),
        hazards: hazards.map(|row| (row.id, row.number.clone())).collect(),
        photos: sealed.files().cloned().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server_fns::visits::record::VisitRecord;
    use domain::text::Lang;
    use serde_json::{Value, json};

    fn both(words: &str) -> Value {
        json!({ "zh": words, "en": words })
    }

    /// Two forms: extinguishers one by one, and a door that both ask for.
    fn file() -> VisitFile {
        let fails = json!({ "finding": { "what": both("失效"), "days": 3 } });
        let rests = json!({ "law": ["fire-law-1"], "plan": ["A4-017"] });
        let door = json!({ "question": { "id": "door", "text": both("门能开"), "kind": "pass_fail", "fact": "door" } });
        let gauge = json!({ "question": {
            "id": "gauge", "text": both("压力正常"), "kind": "pass_fail", "criterion": fails, "basis": rests,
        } });
        let each =
            json!({ "repeat": { "id": "each", "title": both("灭火器"), "most": 20, "entries": [gauge] } });
        let hall = json!({ "group": { "id": "hall", "title": both("走廊"), "entries": [each] } });
        let quote = json!({
            "id": "fire-law-1", "law": "《消防法》", "article": "第一条", "text": "保持完好。",
            "in_force_from": "2021-04-29",
        });
        let form = |id: &str, title: &str, entries: Vec<Value>| {
            json!({
                "id": id, "version": 2, "title": both(title), "layer": "patrol", "sector": "fire",
                "quotes": [quote], "entries": entries,
            })
        };
        let sealed = |question: &str, instance: &[u16], answer: &str| {
            let key = json!({ "question": question, "instance": instance });
            json!({ "key": key, "answer": answer, "verdict": answer })
        };
        let again =
            json!({ "key": { "question": "door" }, "answer": "pass", "verdict": "pass", "elsewhere": true });
        let id = "00000000-0000-0000-0000-000000000001";
        let visit = json!({
            "id": id, "site": id, "site_seen": { "kinds": [] }, "nature": "patrol", "inspector": id, "outcome": "done",
            "started_at": "2026-11-30T01:00:00Z", "submitted_at": "2026-11-30T02:00:00Z",
            "forms": [
                { "form": "first", "version": 2, "answers": [
                    sealed("door", &[], "pass"), sealed("gauge", &[2], "fail"), sealed("gauge", &[5], "fail"),
                ] },
                { "form": "second", "version": 2, "answers": [again] },
            ],
        });
        let site = json!({
            "name": "一小", "code": "A1", "kinds": [], "sector": "fire", "risk": "low", "community": "", "grid": "",
        });
        let file = json!({
            "number": "1", "received_at": "2026-11-30T03:00:00Z", "inspector_name": "李敏", "visit": visit,
            "forms": [form("first", "消防", vec![door.clone(), hall]), form("second", "夜查", vec![door])],
            "site": site, "site_name_now": "一小", "hazards": [], "proofs": [], "photos": [],
            "thresholds": domain::integrity::Thresholds::default(),
        });
        serde_json::from_value(file).unwrap()
    }

    fn record() -> VisitRecord {
        VisitRecord::of(Lang::Zh, file(), &[], |_| String::new())
    }

    #[test]
    fn answers_stand_under_their_groups_and_instances_and_are_numbered() {
        let record = record();
        let lines = record.forms[0].lines.iter().map(|line| match line {
            RecordLine::Heading(title) => title.clone(),
            RecordLine::Answer(line) => {
                format!("{} {}：{}", line.number.unwrap_or_default(), line.question, line.answer)
            }
        });
        let expected =
            ["1 门能开：合格", "走廊", "灭火器 1", "2 压力正常：不合格", "灭火器 2", "3 压力正常：不合格"];
        assert_eq!(lines.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_recheck_says_that_it_asked_a_part() {
        let mut file = file();
        assert_eq!(VisitRecord::of(Lang::Zh, file.clone(), &[], |_| String::new()).forms[0].only, None);
        file.visit.forms[0].only = vec!["door".into(), "gauge".into()];
        let record = VisitRecord::of(Lang::Zh, file, &[], |_| String::new());
        assert_eq!(record.forms[0].only.as_deref(), Some("复查：只问上次不合格的 2 项"));
        assert_eq!(record.forms[1].only, None);
    }

    #[test]
    fn instances_are_counted_anew_in_each_instance_around_them() {
        let title = Bilingual::new("楼层", "Floor");
        let within = |name, depth| Within { title: &title, name, depth };
        let path = [within("hall", None), within("floor", Some(1)), within("door", Some(2))];
        let all: Vec<_> =
            [[3, 7], [3, 9], [3, 7], [5, 9]].iter().map(|instance| around(&path, instance)).collect();
        let positions = positions(&all);
        let of = |name, instance: &[u16]| positions.get(&(name, instance.to_vec())).copied();
        assert_eq!([of("floor", &[3]), of("floor", &[5])], [Some(1), Some(2)]);
        assert_eq!(
            [of("door", &[3, 7]), of("door", &[3, 9]), of("door", &[5, 9]), of("door", &[5, 7])],
            [Some(1), Some(2), Some(1), None]
        );
        assert_eq!(of("hall", &[]), None, "no repeat");
    }

    #[test]
    fn what_failed_names_its_law_and_the_sentence_is_printed_once() {
        let record = record();
        let bases: Vec<_> = record.forms[0].answers().map(|line| line.basis.as_deref()).collect();
        assert_eq!(bases, [None, Some("《消防法》第一条"), Some("《消防法》第一条")]);
        assert_eq!(record.quotes.len(), 1);
        assert_eq!(record.quotes[0].text, "保持完好。");
        let written = serde_json::to_string(&record).unwrap();
        assert!(!written.contains("A4-017"), "clauses of the plan stay in the data");
    }

    #[test]
    fn an_answer_names_each_of_its_hazards_in_the_order_in_which_they_were_written_up() {
        let id = |n: u8| format!("00000000-0000-0000-0000-00000000000{n}");
        let row = |n: u8| {
            json!({
                "id": id(n), "number": format!("YH-{n}"), "what": "失效", "level": "general", "status": "found",
                "extension_asked": false, "to_refer": false, "sector": "fire", "site": id(9), "site_name": "一小",
                "risk": "low", "community_name": "", "found_at": "2026-11-30T01:30:00Z", "found_by": "李敏",
            })
        };
        let mut file = file();
        file.hazards = serde_json::from_value(json!([row(2), row(1), row(3)])).unwrap();
        file.visit.forms[0].answers[1].hazards =
            serde_json::from_value(json!([id(1), id(3), id(2), id(8)])).unwrap();
        let record = VisitRecord::of(Lang::Zh, file, &[], |_| String::new());
        let named = record.forms[0].answers().map(|line| {
            let numbers = line.hazards.iter().map(|(_, number)| number.as_str());
            numbers.collect::<Vec<_>>()
        });
        // One that has not come yet, or that the reader may not see, is not named.
        assert_eq!(named.collect::<Vec<_>>(), [vec![], vec!["YH-1", "YH-3", "YH-2"], vec![]]);
    }

    #[test]
    fn what_was_asked_in_another_form_says_in_which() {
        let record = record();
        let again: Vec<_> = record.forms[1].answers().collect();
        assert_eq!(again[0].elsewhere.as_deref(), Some("已在《消防》中回答"));
        assert_eq!(record.tally.passed, 1);
    }
}
