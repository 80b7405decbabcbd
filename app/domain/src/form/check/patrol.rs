//! A patrol list takes three minutes: what it may ask at most, of each kind of site that it is for.

use super::{Fault, Faults};
use crate::{
    expression::Expression,
    form::{
        Entry, Form, Layer, MOST_OF_A_PATROL,
        session::{Context, SiteOnly},
    },
};
use chrono::DateTime;

pub(super) fn check(form: &Form, faults: &mut Faults) {
    match form.layer {
        Layer::Patrol => {}
        Layer::Campaign | Layer::Inspection => return,
    }
    let anywhere = form.site_kinds.is_empty().then_some(None);
    for kind in form.site_kinds.iter().map(Some).chain(anywhere) {
        // Nothing else is known of it.
        let site = Context::new(DateTime::default(), kind.into_iter().cloned().collect());
        let asked = most_asked(&form.entries, &SiteOnly { at: &site, form });
        if asked > MOST_OF_A_PATROL {
            faults.add(None, Fault::PatrolTooLong { of: kind.cloned(), asked });
        }
    }
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
