//! The overview's figures as links: what each says, and the list that it counts.

use crate::{
    components::bars::Bar,
    i18n::{office, spot_checks, unsent},
    ledger::address::ledger_address,
    list::address::request_address,
};
use domain::{
    overview::{Figure, Overview, open_of_community, open_of_sector},
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

pub fn tiles(lang: Lang, overview: &Overview) -> Vec<Tile> {
    let tile = |figure: Figure| Tile {
        count: overview.count(figure),
        words: words(lang, figure, overview),
        href: request_address(&figure.rows()),
    };
    Figure::TILES.map(tile).into()
}

pub fn concerns(lang: Lang, overview: &Overview) -> Vec<Line> {
    lines(lang, overview, &Figure::CONCERNS)
}

/// Records whose photos have not all arrived.
pub fn missing_photos(lang: Lang, overview: &Overview) -> Vec<Line> {
    lines(lang, overview, &[Figure::HazardsMissingPhotos, Figure::VisitsMissingPhotos])
}

/// Those of the figures that count anything.
fn lines(lang: Lang, overview: &Overview, figures: &[Figure]) -> Vec<Line> {
    let counted = figures.iter().map(|figure| (*figure, overview.count(*figure)));
    let lines = counted.filter(|(_, count)| *count > 0).map(|(figure, count)| Line {
        words: words(lang, figure, overview),
        amount: count.to_string(),
        href: request_address(&figure.rows()),
    });
    lines.collect()
}

fn words(lang: Lang, figure: Figure, overview: &Overview) -> String {
    let count = overview.count(figure);
    let words = match figure {
        Figure::Late if count > 0 => return office::late_worst(lang, overview.worst_days),
        Figure::HazardsMissingPhotos => return office::hazards_missing_photos(lang, count),
        Figure::VisitsMissingPhotos => return office::visits_missing_photos(lang, count),
        Figure::Open => office::open(lang),
        Figure::Late => office::none_late(lang),
        Figure::DueThisWeek => office::due_this_week(lang),
        Figure::Major => office::major(lang),
        Figure::ClosedThisMonth => office::closed_this_month(lang),
        Figure::WaitingForAcceptance => office::waits_for_acceptance(lang),
        Figure::WaitingForAssignment => office::waits_for_assignment(lang),
        Figure::WaitingForReferral => office::waits_for_referral(lang),
        Figure::ExtensionsAsked => office::extensions_asked(lang),
        Figure::SitesNotVisited => office::sites_not_visited(lang),
        Figure::GridsWithoutInspector => office::grids_without_inspector(lang),
        Figure::SitesWithoutContact => office::sites_without_contact(lang),
        Figure::SitesWithoutLeader => office::sites_without_leader(lang),
        Figure::SpotChecksMissed => spot_checks::missed_plans(lang),
        Figure::UnsentForLong => unsent::for_long(lang),
    };
    words.to_owned()
}

pub fn recurring(lang: Lang, overview: &Overview) -> Vec<Line> {
    let lines = overview.recurring.iter().map(|again| Line {
        words: format!("{} · {}", again.site_name, again.what),
        amount: office::times(lang, again.times),
        href: ledger_address(&again.rows()),
    });
    lines.collect()
}

pub fn by_sector(lang: Lang, overview: &Overview) -> Vec<Bar> {
    let bars = overview.by_sector.iter().map(|(sector, count)| {
        let name = sector.name().get(lang).to_owned();
        Bar { name, count: *count, href: ledger_address(&open_of_sector(*sector)) }
    });
    bars.collect()
}

/// The communities with most of them; all of them are in the ledger's filter.
pub fn by_community(overview: &Overview) -> Vec<Bar> {
    const MOST: usize = 10;
    let bars = overview.by_community.iter().take(MOST).map(|(community, name, count)| Bar {
        name: name.clone(),
        count: *count,
        href: ledger_address(&open_of_community(*community)),
    });
    bars.collect()
}
