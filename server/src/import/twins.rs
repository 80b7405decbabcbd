//! Sites that may be one and the same: of one name, or a few steps apart with nearly one name.

use super::words::key;
use domain::{place::Location, site::Site};
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
    let (one, other) = (pairs(&key(one)), pairs(&key(other)));
    let least = one.len().min(other.len());
    least > 0 && one.intersection(&other).count() * 2 >= least
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
        (same.community == new.community && apart.is_none_or(|apart| apart < 1000.0)).then_some((same, None))
    }
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
