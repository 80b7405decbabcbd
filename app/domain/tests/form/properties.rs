//! What holds for every form and every sequence of changes.

use super::{
    drawn::{Act, Draw, act, form},
    *,
};
use domain::form::{
    Response,
    session::{Change, Line},
};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// All that can be seen of a session.
fn seen(session: &Session) -> String {
    let questions: Vec<_> =
        all_keys(session).iter().map(|key| format!("{key:?} {:?}\n", session.question(key))).collect();
    format!(
        "{:#?}\n{}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}",
        session.outline(),
        questions.concat(),
        session.standing(),
        session.tally(),
        session.issues(),
        session.findings(),
        session.record(),
        session.answers(),
    )
}

/// Every question of every instance, shown or not.
fn all_keys(session: &Session) -> BTreeSet<AnswerKey> {
    let mut instances: Vec<Vec<u16>> = vec![vec![]];
    for known in session.answers().instances {
        instances.extend(
            known.numbers.iter().map(|number| [known.repeat.instance.as_slice(), &[*number]].concat()),
        );
    }
    let questions: Vec<_> = session.form().questions().map(|question| question.id.to_string()).collect();
    let all = questions.iter().flat_map(|id| instances.iter().map(|instance| key(id).at(instance)));
    all.filter(|key| session.question(key).is_some()).collect()
}

fn apply(session: &mut Session, act: &Act) -> Option<Change> {
    match act {
        Act::Set(key, answer) => session.set(key, answer.clone()).ok(),
        Act::Clear(key) => session.clear(key).ok(),
        Act::Add(repeat) => session.add_instance(repeat).ok().map(|(_, change)| change),
        Act::Remove(repeat, number) => session.remove_instance(repeat, *number).ok(),
    }
}

type State = (bool, Option<Answer>, Option<domain::form::Verdict>);

fn states(session: &Session) -> BTreeMap<AnswerKey, State> {
    let of = |key: AnswerKey| {
        let state = session.question(&key).unwrap();
        let state = (state.shown, state.answer.cloned(), state.verdict);
        (key, state)
    };
    all_keys(session).into_iter().map(of).collect()
}

fn sorted(keys: &[AnswerKey]) -> Vec<AnswerKey> {
    keys.iter().cloned().collect::<BTreeSet<_>>().into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// What depends on a change is worked out again and nothing is forgotten: a session that grew is as one that is opened over
    /// the same answers and works everything out anew.
    #[test]
    fn a_session_that_grew_equals_a_fresh_one(
        form_bytes in prop::collection::vec(any::<u8>(), 1..120),
        acts in prop::collection::vec(any::<u8>(), 1..120),
    ) {
        let form = form(&mut Draw::new(&form_bytes));
        let mut draw = Draw::new(&acts);
        let mut session = reopen(&form, Answers::default());
        for _ in 0..acts.len() / 3 {
            let Some(act) = act(&mut draw, &session) else { continue };
            apply(&mut session, &act);
            prop_assert_eq!(seen(&session), seen(&reopen(&form, session.answers())), "after {:?}", act);
        }
    }

    #[test]
    fn a_change_names_exactly_what_is_different(
        form_bytes in prop::collection::vec(any::<u8>(), 1..120),
        acts in prop::collection::vec(any::<u8>(), 1..120),
    ) {
        let form = form(&mut Draw::new(&form_bytes));
        let mut draw = Draw::new(&acts);
        let mut session = reopen(&form, Answers::default());
        for _ in 0..acts.len() / 3 {
            let Some(act) = act(&mut draw, &session) else { continue };
            let before = states(&session);
            let Some(change) = apply(&mut session, &act) else { continue };
            let after = states(&session);
            let none: State = (false, None, None);
            let (mut shown, mut hidden, mut answers, mut verdicts) = (vec![], vec![], vec![], vec![]);
            for key in before.keys().chain(after.keys()).collect::<BTreeSet<_>>() {
                let (old, new) = (before.get(key).unwrap_or(&none), after.get(key).unwrap_or(&none));
                match (old.0, new.0) {
                    (false, true) => shown.push(key.clone()),
                    (true, false) => hidden.push(key.clone()),
                    (true, true) | (false, false) => {}
                }
                if old.1 != new.1 {
                    answers.push(key.clone());
                }
                if old.2 != new.2 {
                    verdicts.push((key.clone(), new.2));
                }
            }
            prop_assert_eq!(sorted(&change.shown), shown, "shown by {:?}", act);
            prop_assert_eq!(sorted(&change.hidden), hidden, "hidden by {:?}", act);
            prop_assert_eq!(sorted(&change.answers), answers, "answers by {:?}", act);
            let mut told = change.verdicts.clone();
            told.sort_by(|one, other| one.0.cmp(&other.0));
            prop_assert_eq!(told, verdicts, "verdicts by {:?}", act);
            prop_assert_eq!(change.shown.len() + change.hidden.len(), sorted(&change.shown).len() + sorted(&change.hidden).len());
        }
    }

    /// Only another answer, taking it back and removing its instance end an answer.
    #[test]
    fn no_sequence_of_changes_loses_an_answer(
        form_bytes in prop::collection::vec(any::<u8>(), 1..120),
        acts in prop::collection::vec(any::<u8>(), 1..120),
    ) {
        let form = form(&mut Draw::new(&form_bytes));
        let mut draw = Draw::new(&acts);
        let mut session = reopen(&form, Answers::default());
        let mut given: BTreeMap<AnswerKey, Answer> = BTreeMap::new();
        for step in 0..acts.len() / 3 {
            let Some(act) = act(&mut draw, &session) else { continue };
            if apply(&mut session, &act).is_none() {
                continue;
            }
            match act {
                Act::Set(key, answer) => drop(given.insert(key, answer)),
                Act::Clear(key) => drop(given.remove(&key)),
                Act::Add(_) => {}
                Act::Remove(repeat, number) => {
                    let gone = [repeat.instance.as_slice(), &[number]].concat();
                    let inside = inside(&form, &repeat);
                    given.retain(|key, _| !(key.instance.starts_with(&gone) && inside.contains(&key.question.to_string())));
                }
            }
            if step % 5 == 4 {
                session = reopen(&form, session.answers());
            }
            for (key, given) in &given {
                let kept = session.question(key).unwrap().kept;
                let is_kept = match (kept, given) {
                    // What is not offered for the moment stays chosen beside it.
                    (Some(Answer::SelectMultiple(kept)), Answer::SelectMultiple(given)) => kept.is_superset(given),
                    (kept, given) => kept == Some(given),
                };
                prop_assert!(is_kept, "{:?}: {:?} instead of {:?}", key, kept, given);
            }
        }
    }

    /// Whoever looks at a record later works the same out as the phone that made it: an honest one is never doubted.
    #[test]
    fn what_was_recorded_stands_there_again(
        form_bytes in prop::collection::vec(any::<u8>(), 1..120),
        acts in prop::collection::vec(any::<u8>(), 1..120),
    ) {
        let form = form(&mut Draw::new(&form_bytes));
        let mut draw = Draw::new(&acts);
        let mut session = reopen(&form, Answers::default());
        for _ in 0..acts.len() / 3 {
            if let Some(act) = act(&mut draw, &session) {
                apply(&mut session, &act);
            }
        }
        while let Some(issue) = session.issues().first() {
            session.set(&issue.question, Answer::NotApplicable).unwrap();
        }
        let recorded = session.record();
        let given = recorded.iter().map(|one| Response::answered(one.key.clone(), one.answer.clone()));
        let answers = Answers {
            responses: given.collect(),
            instances: session.answers().instances,
            aside: vec![],
        };
        let looked_at = Session::open_sealed(PreparedForm::new(Arc::new(form)), answers, context());
        prop_assert_eq!(looked_at.record(), recorded);
        prop_assert!(looked_at.issues().is_empty());
    }

    /// Whatever an author sends: it is checked and opened, and nothing panics.
    #[test]
    fn a_form_with_faults_is_opened_all_the_same(
        form_bytes in prop::collection::vec(any::<u8>(), 1..120),
        names in prop::collection::vec(0..12_usize, 1..12),
        acts in prop::collection::vec(any::<u8>(), 1..60),
    ) {
        // Names that stand for others make circles, doubles and strangers.
        let mut written = serde_json::to_string(&form(&mut Draw::new(&form_bytes))).unwrap();
        for (at, other) in names.iter().enumerate() {
            written = written.replace(&format!("\"e{at}\""), &format!("\"e{other}\""));
        }
        let form: Form = serde_json::from_str(&written).unwrap();
        drop(form.check());
        let mut session = reopen(&form, Answers::default());
        let mut draw = Draw::new(&acts);
        for _ in 0..acts.len() / 3 {
            if let Some(act) = act(&mut draw, &session) {
                apply(&mut session, &act);
            }
        }
        drop((session.outline(), session.issues(), session.findings(), session.record()));
    }

    #[test]
    fn there_and_back_no_draft_loses_anything(
        one in prop::collection::vec(any::<u8>(), 1..120),
        other in prop::collection::vec(any::<u8>(), 1..120),
        acts in prop::collection::vec(any::<u8>(), 1..120),
    ) {
        let (one, other) = (form(&mut Draw::new(&one)), form(&mut Draw::new(&other)));
        let mut draw = Draw::new(&acts);
        let mut session = reopen(&one, Answers::default());
        for _ in 0..acts.len() / 3 {
            if let Some(act) = act(&mut draw, &session) {
                apply(&mut session, &act);
            }
        }
        let there = session.answers().taken_over(&one, &other);
        let options = |answers: &Answers| {
            let asked = |key: &AnswerKey| session.question(key).is_some_and(|state| state.question.asks());
            let all = answers.responses.iter().chain(answers.aside.iter().map(|aside| &aside.response));
            all.filter(|response| asked(&response.key)).filter_map(|response| Some((response.key.clone(), response.answer.clone()?)))
                .flat_map(|(key, answer)| pieces(&answer).into_iter().map(move |piece| (key.clone(), piece)))
                .collect::<BTreeSet<_>>()
        };
        prop_assert_eq!(options(&session.answers()), options(&there));
    }
}

/// An answer as what is in it, whatever question it is an answer to.
fn pieces(answer: &Answer) -> Vec<String> {
    match answer {
        Answer::SelectOne(chosen) => vec![chosen.to_string()],
        Answer::SelectMultiple(chosen) => chosen.iter().map(ToString::to_string).collect(),
        answer => vec![format!("{answer:?}")],
    }
}

/// Names of the questions in a repeat.
fn inside(form: &Form, repeat: &GroupKey) -> Vec<String> {
    let all = form.all_entries();
    let found = all.iter().find(|entry| entry.name() == repeat.group.as_str()).unwrap();
    let mut names = vec![];
    let mut open = vec![*found];
    while let Some(entry) = open.pop() {
        names.push(entry.name().to_owned());
        open.extend(entry.entries());
    }
    names
}

/// Lines are compared in [`seen`]; this keeps the way there honest.
#[test]
fn everything_that_is_shown_is_seen() {
    let session = open(json!([pass_fail("lane", json!({}))]));
    assert!(matches!(session.outline().as_slice(), [Line::Question(..)]));
    assert!(seen(&session).contains("lane"));
    assert_eq!(all_keys(&session), keys(&["lane"]).into_iter().collect());
}
