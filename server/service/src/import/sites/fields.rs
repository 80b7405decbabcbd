//! What each field of a row makes of its site.

use super::{
    ADDRESS, COMMUNITY, Called, DEPARTMENT, GRID, KINDS, LEADER, NAME, RISK, RowValidator, SECTOR, STATE,
};
use crate::import::{
    columns::Column,
    contacts, places,
    plan::{CellValue, RowReading},
    state_of_use,
    twins::alike,
    words,
};
use domain::{
    id::{CommunityId, GridId, SiteKind},
    limits,
    risk::RiskLevel,
    sector::Sector,
    site::Site,
    sync::SiteKindInfo,
};
use i18n::import as t;
use uuid::Uuid;

impl<'a> RowValidator<'a> {
    pub(super) fn fields(
        &mut self,
        reading: &mut RowReading<'a>,
        code: &str,
        old: Option<&Site>,
        new_id: &impl Fn() -> Uuid,
    ) -> Site {
        let name = reading.text(&NAME, old.map(|old| old.name.as_str()), true);
        if let Some(old) = old
            && !alike(&old.name, &name)
        {
            let words = t::ask_other_name(self.lang, code.to_owned(), old.name.clone(), name.clone());
            reading.ask("name", words, t::tick_renamed(self.lang), None);
        }
        let kinds = self.kinds(reading, old);
        let sector = self.sector(reading, old, &kinds);
        let risk = self.risk(reading, old);
        let (community, grid) = self.place(reading, old, new_id);
        let address = reading.text(&ADDRESS, old.map(|old| old.address.as_str()), false);
        let location = self.ground.read(reading, old);
        let contacts = contacts::read(reading, old.map_or(&[], |old| old.contacts.as_slice()));
        let party = self.parties.read(reading, old.and_then(|old| old.party.as_ref()), new_id);
        let leader = reading.text(&LEADER, old.map(|old| old.leader.as_str()), false);
        let department = old.and_then(|old| old.department);
        let departments = &self.known.places.departments;
        let department =
            places::department(reading, &DEPARTMENT, departments, department).unwrap_or(department);
        let retired = state_of_use(reading, &STATE, old.is_some_and(|old| old.retired));
        Site {
            id: old.map_or_else(|| new_id().into(), |old| old.id),
            community,
            grid,
            name,
            code: old.map_or_else(|| code.to_owned(), |old| old.code.clone()),
            kinds,
            sector,
            risk,
            attributes: old.map(|old| old.attributes.clone()).unwrap_or_default(),
            address,
            location,
            contacts,
            party,
            leader,
            department,
            pinyin: String::new(),
            last_visit: old.and_then(|old| old.last_visit),
            last_answers: old.map(|old| old.last_answers.clone()).unwrap_or_default(),
            retired,
            to_confirm: old.and_then(|old| old.to_confirm.clone()),
        }
    }

    /// By id or by name in either language.
    fn kind_called(&self, word: &str) -> Option<&'a SiteKindInfo> {
        let plain = words::key(word);
        let is_it = |called: &&Called<'a>| {
            called.zh == plain || called.en.eq_ignore_ascii_case(&plain) || called.kind.id.as_str() == word
        };
        self.called.iter().find(is_it).map(|called| called.kind)
    }

    pub(super) fn kind_name(&self, id: &SiteKind) -> String {
        let kind = self.known.kinds.iter().find(|kind| kind.id == *id);
        kind.map_or_else(|| id.as_str().to_owned(), |kind| kind.name.get(self.lang).to_owned())
    }

    /// By id or by name in either language, several with 、 , ; between.
    fn kinds(&self, reading: &mut RowReading<'_>, old: Option<&Site>) -> Vec<SiteKind> {
        let before = old.map(|old| old.kinds.clone()).unwrap_or_default();
        let Some(words) = reading.needed(&KINDS, old.is_some()) else { return before };
        let mut kinds = vec![];
        // Names may hold a delimiter themselves, or be broken over two lines: the whole cell is tried first.
        let whole = self.kind_called(&words).or_else(|| self.kind_called(&words.replace('、', "")));
        if let Some(kind) = whole {
            kinds.push(kind.id.clone());
        } else {
            let Some(named) = words::several_of(&words, limits::KINDS) else {
                reading.fault(&KINDS, t::too_many_words(self.lang, limits::KINDS), vec![]);
                return before;
            };
            for word in named {
                match self.kind_called(word) {
                    Some(kind) if kinds.contains(&kind.id) => {}
                    Some(kind) => kinds.push(kind.id.clone()),
                    None => reading.fault(&KINDS, t::kind_unknown(self.lang, word.to_owned()), vec![]),
                }
            }
        }
        if old.is_some() && kinds != before {
            let names = |kinds: &[SiteKind]| {
                kinds.iter().map(|kind| self.kind_name(kind)).collect::<Vec<_>>().join(t::between(self.lang))
            };
            reading.change(&KINDS, &names(&before), &names(&kinds), false);
        }
        kinds
    }

    /// Of a new site where nothing is said: the sector of its first kind.
    fn sector(&self, reading: &mut RowReading<'_>, old: Option<&Site>, kinds: &[SiteKind]) -> Sector {
        let usual = kinds.first().and_then(|first| self.known.kinds.iter().find(|kind| kind.id == *first));
        let before = old.map_or_else(|| usual.map_or(Sector::General, |kind| kind.sector), |old| old.sector);
        match reading.given(&SECTOR) {
            CellValue::Absent | CellValue::Empty | CellValue::Wrong => before,
            CellValue::Clear => {
                reading.missing(&SECTOR);
                before
            }
            CellValue::Words(words) => {
                let named = Sector::ALL
                    .into_iter()
                    .find(|sector| words::is_called(&sector.name(), sector.as_str(), &words));
                let Some(after) = named else {
                    reading.fault(&SECTOR, t::sector_unknown(self.lang, words), vec![]);
                    return before;
                };
                if after != before {
                    reading.change(&SECTOR, before.name().get(self.lang), after.name().get(self.lang), false);
                }
                after
            }
        }
    }

    fn risk(&self, reading: &mut RowReading<'_>, old: Option<&Site>) -> RiskLevel {
        let lang = self.lang;
        let before = old.map(|old| old.risk);
        let lowest = before.unwrap_or(RiskLevel::Low);
        let Some(words) = reading.needed(&RISK, old.is_some()) else { return lowest };
        let short = |words: &str| words.trim_end_matches("风险").trim_end_matches("级").to_owned();
        let found = RiskLevel::ALL.into_iter().find(|level| {
            words::is_called(&level.name(), level.as_str(), &words)
                || short(&level.name().zh) == short(&words)
        });
        let Some(after) = found else {
            reading.fault(&RISK, t::risk_unknown(lang, words), vec![]);
            return lowest;
        };
        if let Some(before) = before
            && after != before
        {
            // The gravest comes first.
            let lowered = after > before;
            let (was, is) = (before.name().get(lang).to_owned(), after.name().get(lang).to_owned());
            reading.change(&RISK, &was, &is, lowered);
            if lowered {
                reading.ask("risk", t::ask_lowered(lang, was, is), t::tick_lowered(lang), None);
            }
        }
        after
    }

    fn place(
        &mut self,
        reading: &mut RowReading<'_>,
        old: Option<&Site>,
        new_id: &impl Fn() -> Uuid,
    ) -> (CommunityId, GridId) {
        let nowhere = || (CommunityId(Uuid::nil()), GridId(Uuid::nil()));
        let before = old.map(|old| (old.community, old.grid));
        let (community, grid) = (reading.given(&COMMUNITY), reading.given(&GRID));
        if matches!(community, CellValue::Wrong) || matches!(grid, CellValue::Wrong) {
            return before.unwrap_or_else(nowhere);
        }
        let named = |reading: &mut RowReading<'_>, column: &Column, given: CellValue| match given {
            CellValue::Words(words) => Some(words),
            CellValue::Clear => {
                reading.missing(column);
                None
            }
            CellValue::Absent | CellValue::Empty | CellValue::Wrong => {
                if before.is_none() {
                    reading.missing(column);
                }
                None
            }
        };
        let community = named(reading, &COMMUNITY, community);
        let grid = named(reading, &GRID, grid);
        let same = |old: String, given: &Option<String>| {
            given.as_ref().is_none_or(|given| places::key(given) == places::key(&old))
        };
        if let Some((old_community, old_grid)) = before {
            let same_community = same(self.places.community_name(old_community), &community);
            if same_community && same(self.places.grid_name(old_grid), &grid) {
                return (old_community, old_grid);
            }
            if !same_community && grid.is_none() {
                reading.fault(&GRID, t::grid_wanted(self.lang), vec![]);
                return (old_community, old_grid);
            }
        }
        let (Some(grid), true) = (grid, reading.faults.is_empty()) else {
            return before.unwrap_or_else(nowhere);
        };
        let community = match (community, before) {
            (Some(name), _) => self.places.community(&name, new_id),
            (None, Some((community, _))) => community,
            (None, None) => return nowhere(),
        };
        let grid = self.places.grid(community, &grid, new_id);
        if let Some((old_community, old_grid)) = before {
            let (was, is) =
                (self.places.place_name(old_community, old_grid), self.places.place_name(community, grid));
            reading.change(&GRID, &was, &is, false);
        }
        (community, grid)
    }
}
