//! What the list of sites shows, as it stands in the address: coming back finds the same list.
//!
//! The words do not: browsers write addresses into their history, and what is looked for is a name. They are remembered until the
//! phone is locked or changes hands, and no longer than the page lives.

use super::due_site::DueSite;
use crate::sought::sought;
use domain::{
    id::GridId,
    order::{sort_by, sort_by_key},
    place::Location,
    risk::RiskLevel,
};
use leptos_router::params::ParamsMap;
use std::cell::RefCell;

thread_local! {
    static WORDS: RefCell<String> = const { RefCell::new(String::new()) };
}

/// What was looked for last.
pub fn words() -> String {
    WORDS.with_borrow(Clone::clone)
}

pub fn remember(words: &str) {
    WORDS.set(words.to_owned());
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    pub words: String,
    pub grid: Option<GridId>,
    pub risk: Option<RiskLevel>,
    /// Only what is late or due today.
    pub due: bool,
    /// By distance.
    pub near: bool,
}

impl Query {
    pub fn read(map: &ParamsMap) -> Self {
        Self {
            words: words(),
            grid: map.get("grid").and_then(|id| id.parse().ok()),
            risk: map.get("risk").and_then(|word| RiskLevel::parse(&word)),
            due: map.get("due").is_some(),
            near: map.get("near").is_some(),
        }
    }

    pub fn address(&self) -> String {
        let mut parts = vec![];
        parts.extend(self.grid.map(|grid| format!("grid={grid}")));
        parts.extend(self.risk.map(|risk| format!("risk={}", risk.as_str())));
        parts.extend(self.due.then(|| "due=1".to_owned()));
        parts.extend(self.near.then(|| "near=1".to_owned()));
        if parts.is_empty() { "/field/sites".to_owned() } else { format!("/field/sites?{}", parts.join("&")) }
    }

    /// Whether anything is left out of the list.
    pub fn narrows(&self) -> bool {
        *self != Self { near: self.near, ..Self::default() }
    }

    /// Positions in `visits` of what is shown, with metres, in order. `visits` come by name.
    pub fn choose(&self, visits: &[DueSite], from: Option<&Location>) -> Vec<(usize, Option<f64>)> {
        let sought = sought(&self.words);
        let fits = |due_site: &DueSite| {
            self.grid.is_none_or(|grid| due_site.site.grid == grid)
                && self.risk.is_none_or(|risk| due_site.site.risk == risk)
                && (!self.due || due_site.due.is_due())
                && due_site.site.matches(&sought)
        };
        let mut chosen: Vec<_> = visits
            .iter()
            .enumerate()
            .filter(|(_, due_site)| fits(due_site))
            .map(|(at, due_site)| (at, due_site.metres(from)))
            .collect();
        if self.near && from.is_some() {
            // Sites whose place is unknown come last, by name.
            let far = |metres: &Option<f64>| metres.unwrap_or(f64::INFINITY);
            sort_by(&mut chosen, |(_, a), (_, b)| far(a).total_cmp(&far(b)));
        } else if self.due {
            sort_by_key(&mut chosen, |(at, _)| (visits[*at].due.rank(), visits[*at].site.risk));
        }
        chosen
    }
}
