//! The overview's figures as links: what each says and which rows it opens.

use crate::{
    components::bars::Bar, i18n::office, office::ledger::address::ledger_address, office::query::Query,
};
use domain::{
    checklist::Severity,
    ledger::{LedgerFilter, Standing},
    overview::{ConcernKind, Overview},
    role::{Action, Role},
    text::Lang,
};

pub struct Tile {
    pub count: u64,
    pub words: String,
    pub href: String,
}

/// A line of a list: words on the left, how many on the right.
pub struct Line {
    pub words: String,
    pub amount: String,
    pub href: String,
}

fn standing(standing: Standing) -> LedgerFilter {
    LedgerFilter { standing, ..LedgerFilter::default() }
}

pub fn tiles(lang: Lang, overview: &Overview) -> Vec<Tile> {
    let late = if overview.late > 0 {
        office::late_worst(lang, overview.worst_days)
    } else {
        office::none_late(lang).to_owned()
    };
    let major = LedgerFilter { level: Some(Severity::Major), ..LedgerFilter::default() };
    [
        (overview.open, office::open(lang).to_owned(), standing(Standing::Open)),
        (overview.late, late, standing(Standing::Late)),
        (overview.due_this_week, office::due_this_week(lang).to_owned(), standing(Standing::DueThisWeek)),
        (overview.major, office::major(lang).to_owned(), major),
        (
            overview.closed_this_month,
            office::closed_this_month(lang).to_owned(),
            standing(Standing::ClosedThisMonth),
        ),
    ]
    .map(|(count, words, filter)| Tile { count, words, href: ledger_address(&filter) })
    .into()
}

/// Where it is seen who walks a grid: among the accounts, or among the places for whoever may not keep accounts.
fn who_walks(role: Role) -> &'static str {
    if role.may(Action::ManagePeople) { "/office/people" } else { "/office/settings?part=places" }
}

pub fn concerns(lang: Lang, role: Role, overview: &Overview) -> Vec<Line> {
    let lacking = |what: &str| Query::default().with("lacking", what).at("/office/sites");
    overview
        .concerns
        .iter()
        .filter(|concern| concern.count > 0)
        .map(|concern| {
            let (words, elsewhere) = match concern.what {
                ConcernKind::WaitingForAcceptance => (office::waits_for_acceptance(lang), String::new()),
                ConcernKind::WaitingForAssignment => (office::waits_for_assignment(lang), String::new()),
                ConcernKind::ExtensionsAsked => (office::extensions_asked(lang), String::new()),
                ConcernKind::SitesNotVisited => (office::sites_not_visited(lang), lacking("visit")),
                ConcernKind::GridsWithoutInspector => {
                    (office::grids_without_inspector(lang), who_walks(role).to_owned())
                }
                ConcernKind::SitesWithoutContact => (office::sites_without_contact(lang), lacking("contact")),
                ConcernKind::SitesWithoutLeader => (office::sites_without_leader(lang), lacking("leader")),
            };
            let href = concern.filter().map_or(elsewhere, |filter| ledger_address(&filter));
            Line { words: words.to_owned(), amount: concern.count.to_string(), href }
        })
        .collect()
}

pub fn recurring(lang: Lang, overview: &Overview) -> Vec<Line> {
    let lines = overview.recurring.iter().map(|again| {
        let filter = LedgerFilter {
            standing: Standing::Any,
            site: Some(again.site),
            query: again.what.clone(),
            ..LedgerFilter::default()
        };
        Line {
            words: format!("{} · {}", again.site_name, again.what),
            amount: office::times(lang, again.times),
            href: ledger_address(&filter),
        }
    });
    lines.collect()
}

pub fn by_sector(lang: Lang, overview: &Overview) -> Vec<Bar> {
    let bars = overview.by_sector.iter().map(|(sector, count)| {
        let filter = LedgerFilter { sector: Some(*sector), ..LedgerFilter::default() };
        Bar { name: sector.name().get(lang).to_owned(), count: *count, href: ledger_address(&filter) }
    });
    bars.collect()
}

/// The communities with most of them; all of them are in the ledger's filter.
pub fn by_community(overview: &Overview) -> Vec<Bar> {
    const MOST: usize = 10;
    let bars = overview.by_community.iter().take(MOST).map(|(community, name, count)| {
        let filter = LedgerFilter { community: Some(*community), ..LedgerFilter::default() };
        Bar { name: name.clone(), count: *count, href: ledger_address(&filter) }
    });
    bars.collect()
}
