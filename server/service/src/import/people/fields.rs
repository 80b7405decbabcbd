//! What each field of a row makes of its account.

use super::{CERTIFICATES, COMMUNITIES, DEPARTMENT, GRIDS, PASSWORD, ROLE, RowValidator, SITES};
use crate::import::{
    columns::Column,
    places,
    plan::{CellValue, RowReading},
    reading::Nature,
    words,
};
use domain::{
    id::{CommunityId, DepartmentId, GridId, SiteId},
    limits,
    person::{Certificate, Person},
    role::Role,
    text::Lang,
};
use i18n::{import as t, office};

/// Names that a change shows; beyond them it shows how many.
const SHOWN: usize = 3;

/// Characters that a fault shows of a word that names nothing.
const SHOWN_OF_WORD: usize = 60;

impl RowValidator<'_> {
    pub(super) fn role(&self, reading: &mut RowReading<'_>, old: Option<&Person>) -> Role {
        let lang = self.lang;
        let before = old.map_or(Role::Inspector, |old| old.role);
        let Some(words) = reading.needed(&ROLE, old.is_some()) else { return before };
        let called = |role: &Role| {
            let other = other_names(*role).iter().any(|name| words::exact(name) == words::exact(&words));
            other || words::is_called(&role.name(), role.as_str(), &words)
        };
        let Some(after) = Role::ALL.into_iter().find(called) else {
            reading.fault(&ROLE, t::role_unknown(lang, words), vec![]);
            return before;
        };
        if old.is_some() && after != before {
            let (was, is) = (before.name().get(lang).to_owned(), after.name().get(lang).to_owned());
            reading.change(&ROLE, &was, &is, true);
            reading.ask("role", t::ask_role(lang, was, is), t::tick_role(lang), None);
        }
        after
    }

    pub(super) fn department(
        &self,
        reading: &mut RowReading<'_>,
        old: Option<&Person>,
        role: Role,
    ) -> Option<DepartmentId> {
        let before = old.and_then(|old| old.department);
        let named = places::department(reading, &DEPARTMENT, &self.known.places.departments, before);
        let Some(after) = named else { return before };
        if after.is_none() && role == Role::Officer {
            reading.fault(&DEPARTMENT, t::department_wanted(self.lang), vec![]);
        }
        after
    }

    /// `社区/网格`, several with 、 , or ; between.
    pub(super) fn grids(&self, reading: &mut RowReading<'_>, old: Option<&Person>) -> Vec<GridId> {
        let before = old.map(|old| old.grids.clone()).unwrap_or_default();
        let named = named(reading, &GRIDS, limits::GRIDS, |word| self.places.find(word), t::grid_unknown);
        let Some(after) = named else { return before };
        let names = |grids: &[GridId]| self.grid_names(grids);
        compare(
            reading,
            &GRIDS,
            &before,
            &after,
            names,
            t::ask_grids_lost(self.lang),
            t::tick_lost(self.lang),
        );
        in_old_order(before, after)
    }

    /// By their names, several with 、 , or ; between.
    pub(super) fn communities(&self, reading: &mut RowReading<'_>, old: Option<&Person>) -> Vec<CommunityId> {
        let before = old.map(|old| old.communities.clone()).unwrap_or_default();
        let find = |word: &str| self.places.find_community(word);
        let named = named(reading, &COMMUNITIES, limits::COMMUNITIES, find, t::community_unknown);
        let Some(after) = named else { return before };
        let lang = self.lang;
        let names = |communities: &[CommunityId]| {
            let names: Vec<_> = communities.iter().map(|id| self.places.community_name(*id)).collect();
            names.join(t::between(lang))
        };
        compare(
            reading,
            &COMMUNITIES,
            &before,
            &after,
            names,
            t::ask_communities_lost(lang),
            t::tick_lost(lang),
        );
        in_old_order(before, after)
    }

    pub(super) fn grid_names(&self, grids: &[GridId]) -> String {
        let lang = self.lang;
        if grids.len() > SHOWN || grids.is_empty() {
            return t::count_grids(lang, grids.len());
        }
        let community = |grid: GridId| {
            self.known.places.grids.iter().find(|known| known.id == grid).map(|known| known.community)
        };
        let name = |grid: &GridId| {
            community(*grid).map(|community| self.places.place_name(community, *grid)).unwrap_or_default()
        };
        grids.iter().map(name).collect::<Vec<_>>().join(t::between(lang))
    }

    pub(super) fn sites(&self, reading: &mut RowReading<'_>, old: Option<&Person>) -> Vec<SiteId> {
        let before = old.map(|old| old.sites.clone()).unwrap_or_default();
        let find = |code: &str| self.by_code.get(code).map(|site| site.id);
        let Some(after) = named(reading, &SITES, limits::SITES, find, t::site_unknown) else { return before };
        let lang = self.lang;
        let names = |sites: &[SiteId]| match sites.len() {
            1..=SHOWN => {
                let codes = self.known.sites.iter().filter(|site| sites.contains(&site.id));
                codes.map(|site| site.code.as_str()).collect::<Vec<_>>().join(t::between(lang))
            }
            many => office::count_sites(lang, many as u64),
        };
        compare(reading, &SITES, &before, &after, names, t::ask_sites_lost(lang), t::tick_lost(lang));
        in_old_order(before, after)
    }

    /// `证号/发证机关/到期日`, several with ; between.
    pub(super) fn certificates(
        &self,
        reading: &mut RowReading<'_>,
        old: Option<&Person>,
    ) -> Vec<Certificate> {
        let before = old.map(|old| old.certificates.clone()).unwrap_or_default();
        let after = match reading.given(&CERTIFICATES) {
            CellValue::Absent | CellValue::Empty | CellValue::Wrong => return before,
            CellValue::Clear => vec![],
            CellValue::Words(words) => match Certificate::read_all(&words) {
                Ok(after) => after,
                Err(wrong) => {
                    let wrong = words::short(&wrong, SHOWN_OF_WORD);
                    reading.fault(&CERTIFICATES, office::certificate_wrong(self.lang, wrong), vec![]);
                    return before;
                }
            },
        };
        if after != before && !reading.is_new {
            let lost = before.iter().any(|held| !after.contains(held));
            let words = |held: &[Certificate]| Certificate::lines(held, "；");
            let (was, is) = (words(&before), words(&after));
            reading.change(&CERTIFICATES, &was, &is, lost);
            if lost {
                let ask = format!("{}{was} → {is}", t::ask_certificates_lost(self.lang));
                reading.ask(CERTIFICATES.id, ask, t::tick_lost(self.lang), None);
            }
        }
        after
    }

    /// The hash of a new one.
    pub(super) fn password(&self, reading: &mut RowReading<'_>, is_new: bool) -> Option<String> {
        let hashed =
            reading.raw(&PASSWORD).filter(|cell| cell.nature == Nature::Hashed).map(|cell| cell.text.clone());
        if let Some(hash) = hashed {
            reading.change(&PASSWORD, "", t::password_set(self.lang), false);
            return Some(hash);
        }
        let given = reading.given(&PASSWORD);
        if is_new && !matches!(given, CellValue::Wrong) {
            reading.missing(&PASSWORD);
        }
        None
    }
}

/// What lists also call a role.
fn other_names(role: Role) -> &'static [&'static str] {
    match role {
        Role::Supervisor => &["安委办", "应急办", "应急管理办公室"],
        Role::CommunityOfficer => &["社区安全员", "村安全员", "村（社区）安全员"],
        Role::Leader => &["领导"],
        Role::Inspector | Role::Officer | Role::Enterprise | Role::School | Role::Administrator => &[],
    }
}

/// Those that a cell names; None where the person's stay as they are.
fn named<T: PartialEq>(
    reading: &mut RowReading<'_>,
    column: &Column,
    most: usize,
    find: impl Fn(&str) -> Option<T>,
    unknown: fn(Lang, String) -> String,
) -> Option<Vec<T>> {
    let words = match reading.given(column) {
        CellValue::Absent | CellValue::Empty | CellValue::Wrong => return None,
        CellValue::Clear => return Some(vec![]),
        CellValue::Words(words) => words,
    };
    let Some(named) = words::several_of(&words, most) else {
        reading.fault(column, t::too_many_words(reading.lang, most), vec![]);
        return None;
    };
    let mut found = vec![];
    for word in named {
        match find(word) {
            Some(one) if found.contains(&one) => {}
            Some(one) => found.push(one),
            None if reading.is_full() => reading.more += 1,
            None => reading.fault(column, unknown(reading.lang, words::short(word, SHOWN_OF_WORD)), vec![]),
        }
    }
    Some(found)
}

/// Those that stay keep their order, so that an equal list changes nothing.
fn in_old_order<T: PartialEq + Copy>(before: Vec<T>, after: Vec<T>) -> Vec<T> {
    let stay = before.iter().copied().filter(|one| after.contains(one));
    let come = after.iter().copied().filter(|one| !before.contains(one));
    stay.chain(come).collect()
}

/// Tells what a list of places becomes; what is lost wants a tick.
fn compare<T: PartialEq + Copy>(
    reading: &mut RowReading<'_>,
    column: &Column,
    before: &[T],
    after: &[T],
    names: impl Fn(&[T]) -> String,
    ask: &str,
    tick: &str,
) {
    let same = before.len() == after.len() && before.iter().all(|one| after.contains(one));
    if same || reading.is_new {
        return;
    }
    let lost: Vec<T> = before.iter().copied().filter(|one| !after.contains(one)).collect();
    let (was, is) = (names(before), names(after));
    reading.change(column, &was, &is, !lost.is_empty());
    if !lost.is_empty() {
        reading.ask(column.id, format!("{ask}{was} → {is}"), tick, None);
    }
}
