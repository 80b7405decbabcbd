//! What a form can name by an id: kinds of site, sentences of law, criteria, clauses of the plan. All of it is built in and the
//! same for every office; it is looked through by whoever may write forms.

use super::laws;
use crate::{asker::Asker, catalogue::clauses, error::Error, services::Services, storage::StoreError};
use chrono::NaiveDate;
use domain::{
    form::reference::{self, Findable, Reference, ReferenceKind, References},
    id::SiteKind,
    law::{LawLibrary, Quotation, in_figures},
    role::Action,
    text::{Bilingual, Lang},
    time::office_day,
};
use i18n::form_editing as t;
use std::{collections::BTreeSet, sync::OnceLock};

/// What can be named, and whom it binds where that decides.
struct Named {
    found: Findable,
    kind: ReferenceKind,
    binds: Vec<SiteKind>,
}

/// What fits best.
///
/// # Errors
/// [`Error::NotAllowed`] to whoever may not write forms.
pub fn find(state: &Services, by: &Asker, kind: ReferenceKind, typed: &str) -> Result<References, Error> {
    by.allow(Action::ManageForms)?;
    let (named, today) = (all(state)?, office_day(state.now()));
    let fits = |one: &&Named| match kind {
        // A criterion is a sentence of law, too.
        ReferenceKind::Law => matches!(one.kind, ReferenceKind::Law | ReferenceKind::Criterion),
        ReferenceKind::SiteKind | ReferenceKind::Criterion | ReferenceKind::Clause => one.kind == kind,
    };
    let fitting: Vec<_> = named.iter().filter(fits).collect();
    let (found, more) = reference::find(fitting.iter().map(|one| &one.found), typed, today);
    let told = |found: &Findable| {
        let one = fitting.iter().find(|one| one.found.id == found.id)?;
        Some(one.told(state, by.lang, today))
    };
    Ok(References { found: found.into_iter().filter_map(told).collect(), more })
}

/// Those of these ids that there are. No two of whatever kind are called alike.
///
/// # Errors
/// [`Error::NotAllowed`] to whoever may not write forms.
pub fn named(state: &Services, by: &Asker, ids: &BTreeSet<&str>) -> Result<Vec<Reference>, Error> {
    by.allow(Action::ManageForms)?;
    let (named, today) = (all(state)?, office_day(state.now()));
    let asked = named.iter().filter(|one| ids.contains(one.found.id.as_str()));
    Ok(asked.map(|one| one.told(state, by.lang, today)).collect())
}

impl Named {
    fn told(&self, state: &Services, lang: Lang, on: NaiveDate) -> Reference {
        let about = match self.kind {
            ReferenceKind::Criterion => {
                let bound = state.kinds.iter().filter(|kind| self.binds.contains(&kind.id));
                let names: Vec<_> = bound.map(|kind| kind.name.get(lang)).collect();
                if names.is_empty() { String::new() } else { t::binds(lang, names.join(t::between(lang))) }
            }
            ReferenceKind::SiteKind | ReferenceKind::Law | ReferenceKind::Clause => String::new(),
        };
        self.found.reference(lang, on, about)
    }
}

/// Built once: it is looked through with every key that is typed.
fn all(state: &Services) -> Result<&'static [Named], Error> {
    static ALL: OnceLock<Option<Vec<Named>>> = OnceLock::new();
    let built = ALL.get_or_init(|| {
        let clauses = clauses::built_in().ok()?.into_iter().map(|clause| of_clause(&clause));
        let kinds = state.kinds.iter().map(|kind| Named {
            found: Findable::new(kind.id.as_str(), kind.name.clone(), Bilingual::default(), &[]),
            kind: ReferenceKind::SiteKind,
            binds: vec![],
        });
        let laws = laws().ok()?;
        let sentences = laws.quotations.iter().filter_map(|quotation| of_sentence(laws, quotation));
        Some(kinds.chain(sentences).chain(clauses).collect())
    });
    let damaged = || Error::from(StoreError::Corrupt("what forms can name".to_owned()));
    built.as_deref().ok_or_else(damaged)
}

fn of_sentence(laws: &LawLibrary, quotation: &Quotation) -> Option<Named> {
    let law = laws.law(&quotation.law)?;
    let (name, text) = (law.cite(&quotation.article), format!("{}{}", quotation.lead, quotation.text));
    let figures = in_figures(&quotation.article);
    let besides = [&law.title.zh, &law.title.en, &law.number, &quotation.article, &figures];
    let besides = besides.map(String::as_str);
    // Both as printed: papers are in Chinese.
    let same = |words: String| Bilingual::new(words.clone(), words);
    let found = Findable::new(quotation.id.as_str(), same(name), same(text), &besides);
    Some(Named {
        found: found.of_law(law.clone()),
        kind: if quotation.is_criterion() { ReferenceKind::Criterion } else { ReferenceKind::Law },
        binds: quotation.binds.clone().unwrap_or_default(),
    })
}

/// Called by where it stands: `A4-036` in annex 4, `M-016` in the main text.
fn of_clause(clause: &clauses::PlanClause) -> Named {
    let id = clause.id.as_str();
    let annex = id.strip_prefix('A').and_then(|rest| rest.split('-').next());
    let name = |lang: Lang| match annex {
        Some(annex) => t::plan_annex(lang, annex),
        None => t::plan_main(lang).to_owned(),
    };
    Named {
        found: Findable::new(id, Bilingual::new(name(Lang::Zh), name(Lang::En)), clause.text.clone(), &[]),
        kind: ReferenceKind::Clause,
        binds: vec![],
    }
}
