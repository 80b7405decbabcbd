//! The clauses of the plan that questions cite, and whom these bind.

use crate::{assert_none, place, questions, relevance::asked_at, tables};
use domain::{
    form::{Form, Question},
    id::{ClauseId, SiteKind},
    sector::Sector,
};
use serde::Deserialize;
use service::catalogue::site_kinds::SiteKinds;
use std::collections::{BTreeMap, BTreeSet};

const CLAUSES: &str = include_str!("../../../catalogue/clauses.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Clauses {
    clause: Vec<Clause>,
}

/// What it says is read by the product.
#[derive(Deserialize)]
struct Clause {
    id: ClauseId,
    sector: Sector,
    duty: DutyHolder,
    #[serde(default)]
    also_duty: Vec<DutyHolder>,
    carry: String,
}

/// Whose duty a clause is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
enum DutyHolder {
    Office,
    Department,
    Community,
    /// District, city and province.
    Upper,
    Enterprise,
    School,
    /// Owners, managers, landlords or committees of residential buildings.
    Estate,
    /// Whoever uses or runs any other building or public place.
    Premises,
    /// Citizens, workers.
    Public,
}

/// Who can be found at a site of each kind. A site where somebody minds or teaches children for money is a business, too; a
/// laboratory is a school's, a hospital's or a firm's; cabinets and posts for charging are run by a firm on an estate's ground.
const HOLDERS: [(&[DutyHolder], &[&str]); 6] = {
    use DutyHolder::{Enterprise, Estate, Premises, School};
    [
        (&[School], &["school", "kindergarten", "boarding-school", "small-school"]),
        (&[School, Enterprise, Premises], &["training-centre", "day-care", "hazchem-lab"]),
        (
            &[Estate, Premises],
            &[
                "residential-compound",
                "old-estate",
                "high-rise",
                "self-built-house",
                "rented-house",
                "lone-elderly",
                "charging-shed",
            ],
        ),
        (&[Estate, Enterprise, Premises], &["swap-cabinet", "car-charging"]),
        (
            &[Enterprise, Premises],
            &[
                "market",
                "commercial-complex",
                "shop-front",
                "restaurant-gas",
                "hotel",
                "small-shop",
                "small-restaurant",
                "small-hotel",
                "small-entertainment",
                "small-beauty-bath",
                "small-clinic",
                "small-workshop",
                "small-internet-cafe",
                "ebike-shop",
                "delivery-station",
                "three-in-one",
                "factory-park",
                "hazchem-production",
                "hazchem-storage",
                "hazchem-trade",
                "hazchem-use",
                "filling-station",
                "ammonia-cold-store",
                "construction-site",
                "small-works",
                "transport-company",
                "logistics-warehouse",
                "internet-cafe",
                "culture-venue",
                "leisure-venue",
                "escape-room",
                "scenic-area",
                "hazwaste-producer",
                "gas-station-city",
                "lpg-station",
                "fireworks-retail",
                "scrap-yard",
                "industrial-enterprise",
                "paint-workshop",
                "special-equipment-user",
                "metro-station",
                "confined-space",
            ],
        ),
        (
            &[Premises],
            &[
                "care-home",
                "hospital",
                "sandwich-panel",
                "public-venue",
                "religious-site",
                "heritage-building",
                "village-road",
                "village-water",
                "bridge",
                "city-facility",
            ],
        ),
    ]
};

impl Clause {
    /// Whether a question must carry it.
    fn is_for_an_item(&self) -> bool {
        self.carry == "item"
    }

    fn holders(&self) -> impl Iterator<Item = DutyHolder> {
        [self.duty].into_iter().chain(self.also_duty.iter().copied())
    }
}

fn clauses() -> Vec<Clause> {
    toml::from_str::<Clauses>(CLAUSES).unwrap().clause
}

/// Who can be found at a site of one of these kinds.
fn holders_at(kinds: &[&SiteKind]) -> BTreeSet<DutyHolder> {
    let mut found = BTreeSet::<DutyHolder>::new();
    for (holders, ids) in HOLDERS {
        if kinds.iter().any(|kind| ids.contains(&kind.as_str())) {
            found.extend(holders);
        }
    }
    found
}

/// The questions that cite each clause.
fn carriers() -> BTreeMap<&'static ClauseId, Vec<String>> {
    let mut carriers = BTreeMap::<_, Vec<_>>::new();
    for (form, question) in questions() {
        for clause in &question.basis.plan {
            carriers.entry(clause).or_default().push(place(form, question));
        }
    }
    carriers
}

#[test]
fn every_clause_that_a_question_must_carry_is_carried() {
    let carriers = carriers();
    let clauses = clauses();
    let mut by_sector = BTreeMap::<&str, (usize, usize)>::new();
    let (mut table, mut missing) = (vec![], vec![]);
    for clause in clauses.iter().filter(|clause| clause.is_for_an_item()) {
        let sector = clause.sector.as_str();
        let (carried, all) = by_sector.entry(sector).or_default();
        *all += 1;
        match carriers.get(&clause.id) {
            Some(questions) => {
                *carried += 1;
                table.push(format!("{} {sector}: {}", clause.id, questions.join(", ")));
            }
            None => missing.push(format!("{} {sector}, {:?}: no question cites it", clause.id, clause.duty)),
        }
    }
    table.extend(missing.iter().cloned());
    let sums =
        by_sector.iter().map(|(sector, (carried, all))| format!("{sector}: {carried} of {all} clauses"));
    table.extend(sums);
    tables::write("clauses", &table);
    assert!(!by_sector.is_empty(), "no clause is for a question");
    assert_none(&missing);
}

/// The kinds of site of the form at which a question can be asked.
fn kinds_asked<'a>(form: &'a Form, question: &Question) -> Vec<&'a SiteKind> {
    let asks = |kind: &&SiteKind| asked_at(form, &[*kind]).iter().any(|asked| asked.id == question.id);
    form.site_kinds.iter().filter(asks).collect()
}

/// A question is looked at with the kinds of site that its own conditions leave, not with all of its form's.
#[test]
fn no_question_cites_a_clause_that_binds_nobody_at_the_sites_where_it_is_asked() {
    let clauses = clauses();
    let known: BTreeMap<_, _> = clauses.iter().map(|clause| (&clause.id, clause)).collect();
    let mut wrong = vec![];
    for (form, question) in questions().filter(|(_, question)| !question.basis.plan.is_empty()) {
        let at = place(form, question);
        let kinds = kinds_asked(form, question);
        if kinds.is_empty() {
            wrong.push(format!("{at}: is asked at no kind of site"));
        }
        let here = holders_at(&kinds);
        for id in &question.basis.plan {
            match known.get(id) {
                None => wrong.push(format!("{at}: {id} does not stand in clauses.toml")),
                Some(clause) if clause.holders().any(|holder| here.contains(&holder)) => {}
                Some(clause) => {
                    let bound: Vec<_> = clause.holders().collect();
                    wrong.push(format!("{at}: {id} binds {bound:?}; where it is asked there are {here:?}"));
                }
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn of_every_kind_of_site_it_is_said_once_who_can_be_found_there() {
    let catalogue = SiteKinds::built_in().unwrap();
    let mut kinds: Vec<_> = catalogue.kinds.iter().map(|kind| kind.id.as_str()).collect();
    let mut said: Vec<_> = HOLDERS.into_iter().flat_map(|(_, ids)| ids.iter().copied()).collect();
    kinds.sort_unstable();
    said.sort_unstable();
    assert_eq!(said, kinds);
}
