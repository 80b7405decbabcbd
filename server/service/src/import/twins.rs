//! Sites that may be one and the same: of one name, or a few steps apart with nearly one name. Those that the office has
//! are looked through, and those that the list itself brings.

use super::words::key;
use domain::{id::CommunityId, place::Location, site::Site};
use std::collections::{HashMap, HashSet};

/// Metres within which two names that are nearly the same are asked about.
const NEAR: f64 = 50.0;

/// Whether names have anything in common: a pair of characters, or all of a short one.
pub fn alike(one: &str, other: &str) -> bool {
    let (one, other) = (key(one), key(other));
    if one.is_empty() || other.is_empty() || one.contains(&other) || other.contains(&one) {
        return true;
    }
    !pairs(&one).is_disjoint(&pairs(&other))
}

fn pairs(name: &str) -> HashSet<(char, char)> {
    name.chars().zip(name.chars().skip(1)).collect()
}

/// Half of the pairs of the shorter name.
fn nearly_one(one: &str, other: &str) -> bool {
    share_half(&pairs(&key(one)), &pairs(&key(other)))
}

fn share_half(one: &HashSet<(char, char)>, other: &HashSet<(char, char)>) -> bool {
    let least = one.len().min(other.len());
    least > 0 && one.intersection(other).count() * 2 >= least
}

/// Known sites by name and by place.
pub struct Neighbours<'a> {
    by_name: HashMap<String, &'a Site>,
    /// In squares of about 100 m.
    by_square: HashMap<(i64, i64), Vec<&'a Site>>,
}

fn square(at: &Location) -> (i64, i64) {
    // Degrees of a place on earth, in thousandths, are small.
    ((at.latitude * 1000.0).round() as i64, (at.longitude * 1000.0).round() as i64)
}

impl<'a> Neighbours<'a> {
    pub fn of(sites: &'a [Site]) -> Self {
        let mut by_square = HashMap::<_, Vec<_>>::new();
        for site in sites.iter().filter(|site| !site.retired) {
            if let Some(at) = &site.location {
                by_square.entry(square(at)).or_default().push(site);
            }
        }
        let by_name = sites.iter().filter(|site| !site.retired).map(|site| (key(&site.name), site)).collect();
        Self { by_name, by_square }
    }

    /// The known site that this new one may be, with the metres between them where they are near.
    pub fn of_new(&self, new: &Site) -> Option<(&'a Site, Option<u32>)> {
        if let Some(at) = &new.location {
            let (north, east) = square(at);
            let around = (-1..=1).flat_map(|dn| (-1..=1).map(move |de| (north + dn, east + de)));
            let near = around.filter_map(|square| self.by_square.get(&square)).flatten();
            let near = near.filter_map(|site| Some((*site, site.location?.distance(at))));
            let near = near.filter(|(site, metres)| *metres <= NEAR && nearly_one(&site.name, &new.name));
            if let Some((site, metres)) = near.min_by(|(_, one), (_, other)| one.total_cmp(other)) {
                return Some((site, Some(metres.round() as u32)));
            }
        }
        let same = self.by_name.get(&key(&new.name))?;
        let apart = same.location.zip(new.location).map(|(one, other)| one.distance(&other));
        let is_near = apart.is_none_or(|apart| apart < ONE_NAME);
        (same.community == new.community && is_near).then_some((same, None))
    }
}

/// New sites of a list that are compared in one square; more of them are no street.
const MOST_IN_SQUARE: usize = 64;

/// Metres within which sites of one name in one community are asked about.
const ONE_NAME: f64 = 1000.0;

/// A new site of a list, as far as others are compared with it.
#[derive(Debug, Clone)]
pub struct Newcomer {
    pub row: u32,
    pub code: String,
    pub name: String,
    at: Option<Location>,
    pairs: HashSet<(char, char)>,
}

/// How two sites are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// The codes differ in case only.
    Code,
    Metres(u32),
    Name,
}

/// New sites of the rows above.
#[derive(Debug, Default)]
pub struct Newcomers {
    all: Vec<Newcomer>,
    by_letters: HashMap<String, usize>,
    by_name: HashMap<(CommunityId, String), usize>,
    by_square: HashMap<(i64, i64), Vec<usize>>,
}

impl Newcomers {
    /// The row above that this new site may be one with.
    pub fn of_new(&self, new: &Site) -> Option<(&Newcomer, Likeness)> {
        let found = |at: &usize| self.all.get(*at);
        if let Some(same) = self.by_letters.get(&letters(&new.code)).and_then(found) {
            return Some((same, Likeness::Code));
        }
        if let Some(at) = &new.location {
            let (north, east) = square(at);
            let pairs = pairs(&key(&new.name));
            let around = (-1..=1).flat_map(|dn| (-1..=1).map(move |de| (north + dn, east + de)));
            let near = around.filter_map(|square| self.by_square.get(&square)).flatten().filter_map(found);
            let near = near.filter_map(|one| Some((one, one.at?.distance(at))));
            let near = near.filter(|(one, metres)| *metres <= NEAR && share_half(&one.pairs, &pairs));
            if let Some((one, metres)) = near.min_by(|(_, one), (_, other)| one.total_cmp(other)) {
                return Some((one, Likeness::Metres(metres.round() as u32)));
            }
        }
        let same = self.by_name.get(&(new.community, key(&new.name))).and_then(found)?;
        let apart = same.at.zip(new.location).map(|(one, other)| one.distance(&other));
        apart.is_none_or(|apart| apart < ONE_NAME).then_some((same, Likeness::Name))
    }

    pub fn add(&mut self, row: u32, new: &Site) {
        let at = self.all.len();
        let name = key(&new.name);
        self.by_letters.entry(letters(&new.code)).or_insert(at);
        if let Some(place) = &new.location {
            let square = self.by_square.entry(square(place)).or_default();
            if square.len() < MOST_IN_SQUARE {
                square.push(at);
            }
        }
        self.all.push(Newcomer {
            row,
            code: new.code.clone(),
            name: new.name.clone(),
            at: new.location,
            pairs: pairs(&name),
        });
        self.by_name.entry((new.community, name)).or_insert(at);
    }
}

/// A code without its case.
pub fn letters(code: &str) -> String {
    key(code).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_renamed_site_is_told_from_another_one() {
        assert!(alike("顺达电动车行", "顺达电动自行车销售部"));
        assert!(alike("好再来", "好再来（旅馆）"));
        assert!(!alike("金河副食店", "望岳路水果摊"));
        assert!(nearly_one("顺达电动车行中路店", "顺达电动车行"));
        assert!(!nearly_one("金河社区卫生站", "河畔餐馆"));
    }
}
