//! A patrol list takes three minutes: what it may ask at most, of a site of each kind that it is for and of two kinds at once.

use super::{Fault, Faults};
use crate::{
    expression::{Expression, Function},
    form::{
        Entry, Form, Layer, MOST_OF_A_PATROL,
        session::{Context, SiteOnly},
    },
    id::SiteKind,
};
use chrono::DateTime;
use std::collections::BTreeSet;

/// A list that is longer than this is too long for a patrol whatever its conditions say.
const MOST_IN_ALL: usize = 10 * MOST_OF_A_PATROL;
/// Parts of conditions that are worked out, all sites of two kinds taken together. The list of nine kinds of small premises takes
/// some tens of thousands; more than this is written only to keep the server busy.
const MOST_STEPS: usize = 4_000_000;

pub(super) fn check(form: &Form, faults: &mut Faults) {
    match form.layer {
        Layer::Patrol => {}
        Layer::Campaign | Layer::Inspection => return,
    }
    let in_all = form.questions().filter(|question| question.asks()).count();
    if in_all <= MOST_OF_A_PATROL {
        return;
    }
    let named = named_kinds(form);
    let is_endless = in_all > MOST_IN_ALL || steps(form, named.len()) > MOST_STEPS;
    if form.site_kinds.is_empty() || is_endless {
        let asked = if is_endless { in_all } else { asked_at(form, &[]) };
        if asked > MOST_OF_A_PATROL {
            faults.add(None, Fault::PatrolTooLong { of: vec![], asked });
        }
        return;
    }
    let mut fitting = vec![];
    for kind in &form.site_kinds {
        let asked = asked_at(form, &[kind]);
        if asked > MOST_OF_A_PATROL {
            faults.add(None, Fault::PatrolTooLong { of: vec![kind.clone()], asked });
        } else {
            fitting.push(kind);
        }
    }
    if let Some((of, asked)) = longest_pair(form, &fitting, &named) {
        faults.add(None, Fault::PatrolTooLong { of: of.to_vec(), asked });
    }
}

/// Of sites of two kinds, one of them of these, that of which the most is asked, where that is too much. A kind that no condition
/// names changes nothing beside another, and is not tried.
fn longest_pair(form: &Form, kinds: &[&SiteKind], named: &[SiteKind]) -> Option<([SiteKind; 2], usize)> {
    let mut longest: Option<([SiteKind; 2], usize)> = None;
    for (place, kind) in kinds.iter().copied().enumerate() {
        for other in named {
            let is_tried = kinds[..=place].contains(&other);
            // Of what is too long for a kind alone it is told already.
            let is_told = form.site_kinds.contains(other) && !kinds.contains(&other);
            if is_tried || is_told {
                continue;
            }
            let asked = asked_at(form, &[kind, other]);
            if asked > MOST_OF_A_PATROL && longest.as_ref().is_none_or(|(_, most)| asked > *most) {
                longest = Some(([kind.clone(), other.clone()], asked));
            }
        }
    }
    longest
}

/// The kinds that conditions of questions, groups and repeats name.
fn named_kinds(form: &Form) -> Vec<SiteKind> {
    let mut named = BTreeSet::new();
    for relevant in form.all_entries().into_iter().filter_map(Entry::relevant) {
        collect_kinds(relevant, &mut named);
    }
    named.into_iter().map(SiteKind::from).collect()
}

fn collect_kinds<'a>(expression: &'a Expression, named: &mut BTreeSet<&'a str>) {
    if let Expression::Call(Function::SiteKind, parts) = expression {
        named.extend(parts.iter().filter_map(|part| match part {
            Expression::Text(kind) => Some(kind.as_str()),
            Expression::Number(_)
            | Expression::Answer(_)
            | Expression::This
            | Expression::Negative(_)
            | Expression::Binary(..)
            | Expression::Call(..) => None,
        }));
    }
    for part in expression.parts() {
        collect_kinds(part, named);
    }
}

/// How much is worked out where each kind of the form is tried with each that is named.
fn steps(form: &Form, named: usize) -> usize {
    let conditions = form.all_entries().into_iter().filter_map(Entry::relevant).map(parts).sum::<usize>();
    conditions.saturating_mul(form.site_kinds.len()).saturating_mul(1 + named)
}

fn parts(expression: &Expression) -> usize {
    1 + expression.parts().into_iter().map(parts).sum::<usize>()
}

/// What may be asked at a site of these kinds, of which nothing else is known.
fn asked_at(form: &Form, kinds: &[&SiteKind]) -> usize {
    let site = Context::new(DateTime::default(), kinds.iter().copied().cloned().collect());
    most_asked(&form.entries, &SiteOnly { at: &site, form })
}

/// As if every condition held that depends on an answer.
fn most_asked(entries: &[Entry], site: &SiteOnly<'_>) -> usize {
    let asked = |entry: &Entry| {
        if !entry.relevant().is_none_or(|relevant| may_hold(relevant, site)) {
            return 0;
        }
        let own = entry.question().is_some_and(|question| question.asks());
        usize::from(own) + most_asked(entry.entries(), site)
    };
    entries.iter().map(asked).sum()
}

fn may_hold(relevant: &Expression, site: &SiteOnly<'_>) -> bool {
    let needs = relevant.needs();
    let depends = !relevant.references().is_empty() || needs.last || needs.time || needs.position;
    depends || relevant.holds(site)
}
