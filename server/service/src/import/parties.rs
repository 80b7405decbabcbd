//! 责任主体, 统一社会信用代码: the party of a row, by its code, else by its name; one that nobody knows is made.

use super::{
    plan::{CellValue, RowReading},
    sites::{CREDIT_CODE, PARTY},
    words,
};
use domain::{
    limits::{Field, check_name},
    party::{CreditCode, Party, SiteParty},
    text::Lang,
};
use i18n::{limits::over as over_limit, parties as t};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// Names of new parties that a preview tells.
const SHOWN: usize = 20;

/// The office's parties, and what a list makes of them.
pub struct PartyBook {
    all: Vec<Party>,
    by_code: HashMap<CreditCode, usize>,
    /// Those in use, by their names as they are compared.
    by_name: HashMap<String, Vec<usize>>,
    /// Places in `all` of those that are written: with whether they are new.
    written: BTreeMap<usize, bool>,
}

impl PartyBook {
    pub fn new(known: &[Party]) -> Self {
        let mut book =
            Self { all: vec![], by_code: HashMap::new(), by_name: HashMap::new(), written: BTreeMap::new() };
        for party in known {
            book.enter(party.clone());
        }
        book
    }

    fn enter(&mut self, party: Party) -> usize {
        let at = self.all.len();
        if let Some(code) = &party.credit_code {
            self.by_code.insert(code.clone(), at);
        }
        if !party.retired {
            self.by_name.entry(words::key(&party.name)).or_default().push(at);
        }
        self.all.push(party);
        at
    }

    /// What the list writes of parties, before its sites: the new ones, and those that were without a code until now.
    pub fn written(&self) -> Vec<Party> {
        self.written.keys().filter_map(|at| self.all.get(*at)).cloned().collect()
    }

    /// Which are new, in words.
    pub fn note(&self, lang: Lang) -> Option<String> {
        let new = self.written.iter().filter(|(_, is_new)| **is_new);
        let names: Vec<_> = new.filter_map(|(at, _)| Some(self.all.get(*at)?.name.clone())).collect();
        let mut shown = names.iter().take(SHOWN).cloned().collect::<Vec<_>>().join("、");
        if names.len() > SHOWN {
            shown.push('…');
        }
        (!names.is_empty()).then(|| t::would_be_made(lang, shown))
    }

    /// The party of the row; where nothing is said it stays the same.
    pub fn read(
        &mut self,
        reading: &mut RowReading<'_>,
        old: Option<&SiteParty>,
        new_id: &impl Fn() -> Uuid,
    ) -> Option<SiteParty> {
        let name_before = old.map_or("", |party| party.name.as_str());
        let code_before = old.and_then(|party| party.credit_code.as_ref()).map_or("", CreditCode::as_str);
        let name = reading.given_beside(&PARTY, name_before);
        let code = reading.given_beside(&CREDIT_CODE, code_before);
        let name = match name {
            CellValue::Wrong => return old.cloned(),
            CellValue::Clear => {
                reading.cleared(&PARTY, name_before);
                return None;
            }
            CellValue::Absent | CellValue::Empty => None,
            CellValue::Words(name) => match check_name(Field::Name, &name) {
                Ok(()) => Some(name),
                Err(over) => {
                    reading.fault(&PARTY, over_limit(reading.lang, over), vec![]);
                    return old.cloned();
                }
            },
        };
        let code = match code {
            CellValue::Wrong => return old.cloned(),
            CellValue::Absent | CellValue::Empty | CellValue::Clear => None,
            CellValue::Words(code) => match CreditCode::parse(&code) {
                Ok(code) => Some(code),
                Err(error) => {
                    reading.fault(&CREDIT_CODE, t::wrong_credit_code(reading.lang, error), vec![]);
                    return old.cloned();
                }
            },
        };
        let found = match (name, code) {
            (None, None) => return old.cloned(),
            (name, Some(code)) => self.of_code(reading, code, name, old, new_id),
            (Some(name), None) if old.is_some() && words::key(&name) == words::key(name_before) => {
                return old.cloned();
            }
            (Some(name), None) => self.of_name(reading, name, new_id),
        };
        let Some(found) = found.and_then(|at| self.all.get(at)).map(Party::of_site) else {
            return old.cloned();
        };
        let is_another = old.is_none_or(|old| old.id != found.id);
        if is_another && found.name != name_before {
            reading.change(&PARTY, name_before, &found.name, false);
        } else if is_another || old.is_some_and(|old| old.credit_code != found.credit_code) {
            // Of another one of the same name, the code is what is seen to change.
            let code = found.credit_code.as_ref().map_or("", CreditCode::as_str);
            reading.change(&CREDIT_CODE, code_before, code, false);
        }
        Some(found)
    }

    /// None: what is wrong was told.
    fn of_code(
        &mut self,
        reading: &mut RowReading<'_>,
        code: CreditCode,
        name: Option<String>,
        old: Option<&SiteParty>,
        new_id: &impl Fn() -> Uuid,
    ) -> Option<usize> {
        let lang = reading.lang;
        if let Some(at) = self.by_code.get(&code).copied() {
            let known = self.all.get(at)?;
            // Whoever repeats the site's own changes nothing.
            if known.retired && old.is_none_or(|old| old.id != known.id) {
                reading.fault(&CREDIT_CODE, t::gone(lang), vec![]);
                return None;
            }
            if name.is_some_and(|name| words::key(&name) != words::key(&known.name)) {
                let offers = vec![known.name.clone()];
                let reason = t::is_another(lang, code.to_string(), known.name.clone());
                reading.fault(&PARTY, reason, offers);
                return None;
            }
            return Some(at);
        }
        let Some(name) = name else {
            reading.fault(&PARTY, t::code_without_name(lang), vec![]);
            return None;
        };
        let alike = self.by_name.get(&words::key(&name)).cloned().unwrap_or_default();
        let mut uncoded: Vec<_> = alike.into_iter().filter(|at| self.is_uncoded(*at)).collect();
        // Of several, the one that the site has is meant.
        let own = uncoded.iter().copied().find(|at| self.is(*at, old));
        if let Some(own) = own {
            uncoded = vec![own];
        }
        match uncoded.as_slice() {
            // The one of this name whose code nobody had written down.
            [at] => {
                if let Some(party) = self.all.get_mut(*at) {
                    party.credit_code = Some(code.clone());
                }
                self.by_code.insert(code, *at);
                self.written.entry(*at).or_insert(false);
                Some(*at)
            }
            [] => Some(self.make(name, Some(code), new_id)),
            [_, _, ..] => {
                reading.fault(&PARTY, t::ambiguous(lang, name), vec![]);
                None
            }
        }
    }

    /// None: what is wrong was told.
    fn of_name(
        &mut self,
        reading: &mut RowReading<'_>,
        name: String,
        new_id: &impl Fn() -> Uuid,
    ) -> Option<usize> {
        match self.by_name.get(&words::key(&name)).map(Vec::as_slice) {
            None | Some([]) => Some(self.make(name, None, new_id)),
            Some([at]) => Some(*at),
            Some([_, _, ..]) => {
                reading.fault(&PARTY, t::ambiguous(reading.lang, name), vec![]);
                None
            }
        }
    }

    fn is_uncoded(&self, at: usize) -> bool {
        self.all.get(at).is_some_and(|party| party.credit_code.is_none())
    }

    fn is(&self, at: usize, party: Option<&SiteParty>) -> bool {
        self.all.get(at).is_some_and(|known| party.is_some_and(|party| party.id == known.id))
    }

    fn make(&mut self, name: String, code: Option<CreditCode>, new_id: &impl Fn() -> Uuid) -> usize {
        let kind = code.as_ref().and_then(CreditCode::kind).unwrap_or_default();
        let at = self.enter(Party {
            id: new_id().into(),
            name,
            kind,
            credit_code: code,
            phone: String::new(),
            people: vec![],
            note: String::new(),
            retired: false,
        });
        self.written.insert(at, true);
        at
    }
}
