//! The built-in checklists carry the plan: every check and every frequency of the systems that this product begins with.

#![expect(clippy::unwrap_used, reason = "tests say what is wrong by panicking")]

use server::catalogue::Catalogue;
use std::collections::{BTreeMap, BTreeSet};

/// id, kind, system; kept beside the checklists so that this test needs nothing else.
const CLAUSES: &str = include_str!("../catalogue/clauses.txt");

fn required() -> Vec<(&'static str, &'static str)> {
    let lines = CLAUSES.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    let clause = |line: &'static str| {
        let mut words = line.split_whitespace();
        (words.next().unwrap(), words.nth(1).unwrap())
    };
    lines.map(clause).collect()
}

#[test]
fn every_clause_of_s11_to_s14_is_carried() {
    let catalogue = Catalogue::built_in().unwrap();
    let items = catalogue.checklists.iter().flat_map(|list| list.items());
    let carried: BTreeSet<&str> = items.flat_map(|item| &item.source).map(|clause| clause.as_str()).collect();

    let mut by_system = BTreeMap::<&str, (usize, Vec<&str>)>::new();
    for (id, system) in required() {
        let (covered, missing) = by_system.entry(system).or_default();
        if carried.contains(id) { *covered += 1 } else { missing.push(id) }
    }
    for (system, (covered, missing)) in &by_system {
        let all = covered + missing.len();
        println!("{system}: {covered} of {all} clauses, {} %  missing {missing:?}", 100 * covered / all);
    }
    assert_eq!(by_system.keys().copied().collect::<Vec<_>>(), ["S11", "S12", "S13", "S14"]);
    let missing: Vec<_> = by_system.values().flat_map(|(_, missing)| missing).collect();
    assert!(missing.is_empty(), "not carried: {missing:?}");
}

#[test]
fn numbers_are_numbers_and_failing_is_possible() {
    use domain::checklist::Question;
    let catalogue = Catalogue::built_in().unwrap();
    for list in &catalogue.checklists {
        let mut decided = 0;
        for item in list.items() {
            decided += usize::from(match &item.question {
                Question::PassFail => true,
                Question::Number(measure) | Question::Count(measure) => {
                    measure.at_least.is_some() || measure.at_most.is_some()
                }
                Question::SelectOne { options } | Question::SelectMultiple { options } => {
                    options.iter().any(|option| option.fails)
                }
                Question::Date(rule) => rule.within_days.is_some() || rule.not_past,
                Question::Text => false,
            });
        }
        println!("{}: {} items, {decided} of them with a criterion", list.id, list.items().count());
        assert!(decided * 4 > list.items().count() * 3, "{}: most items must be able to fail", list.id);
    }
}
