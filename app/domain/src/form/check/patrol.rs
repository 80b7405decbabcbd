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

/// A list that is longer than this is too long for a patrol whatever its conditions say, and sites of two kinds are not tried.
const MOST_IN_ALL: usize = 10 * MOST_OF_A_PATROL;

pub(super) fn check(form: &Form, faults: &mut Faults) {
    match form.layer {
        Layer::Patrol => {}
        Layer::Campaign | Layer::Inspection => return,
    }
    let in_all = form.questions().filter(|question| question.asks()).count();
    if in_all <= MOST_OF_A_PATROL {
        return;
    }
    if form.site_kinds.is_empty() || in_all > MOST_IN_ALL {
        let asked = if in_all > MOST_IN_ALL { in_all } else { asked_at(form, &[]) };
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
    if let Some((of, asked)) = longest_pair(form, &fitting) {
        faults.add(None, Fault::PatrolTooLong { of: of.to_vec(), asked });
    }
}

/// Of sites of two kinds, one of them of these, that of which the most is asked, where that is too much. A kind that no condition
/// names changes nothing beside another, and is not tried.
fn longest_pair(form: &Form, kinds: &[&SiteKind]) -> Option<([SiteKind; 2], usize)> {
    let entries = form.all_entries();
    let mut named = BTreeSet::new();
    for relevant in entries.iter().filter_map(|entry| entry.relevant()) {
        collect_kinds(relevant, &mut named);
    }
    let named: Vec<_> = named.into_iter().map(SiteKind::from).collect();
    let mut longest: Option<([SiteKind; 2], usize)> = None;
    for (place, kind) in kinds.iter().copied().enumerate() {
        for other in &named {
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
