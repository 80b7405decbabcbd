//! What is drawn, reckoned once for all views.

use domain::{
    map::{Area, Bounds, MapHazard, MapPlaces, MapSite, Mark, World},
    place::{Location, PlaceId},
};

/// The marks are those of the sites, then those of the hazards.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    pub places: MapPlaces,
    pub marks: Vec<Mark>,
    /// Communities before grids, which are drawn over them.
    pub outlines: Vec<DrawnOutline>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct DrawnOutline {
    pub rings: Vec<Vec<World>>,
    pub bounds: Bounds,
    pub is_grid: bool,
    /// Empty where it is not known.
    pub name: String,
}

/// What a mark stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Item<'a> {
    Site(&'a MapSite),
    Hazard(&'a MapHazard),
}

impl Scene {
    /// `names`: of the places that have an outline.
    pub fn of(places: MapPlaces, names: &[(PlaceId, String)]) -> Self {
        let sites = places.sites.iter().map(Mark::of_site);
        let marks = sites.chain(places.hazards.iter().map(Mark::of_hazard)).collect();
        let drawn = |is_grid: bool| {
            let of_kind =
                places.outlines.iter().filter(move |one| matches!(one.place, PlaceId::Grid(_)) == is_grid);
            of_kind.filter_map(move |one| {
                let name = names.iter().find(|(place, _)| *place == one.place);
                let name = name.map(|(_, name)| name.clone()).unwrap_or_default();
                DrawnOutline::of(&one.area, is_grid, name)
            })
        };
        let outlines = drawn(false).chain(drawn(true)).collect();
        Self { places, marks, outlines }
    }

    pub fn item(&self, mark: usize) -> Option<Item<'_>> {
        let sites = self.places.sites.len();
        match self.places.sites.get(mark) {
            Some(site) => Some(Item::Site(site)),
            None => self.places.hazards.get(mark.checked_sub(sites)?).map(Item::Hazard),
        }
    }

    /// The site of a hazard, unless it is not among what is shown.
    pub fn site_of(&self, item: Item<'_>) -> Option<&str> {
        match item {
            Item::Site(_) => None,
            Item::Hazard(hazard) => {
                let site = self.places.sites.iter().find(|site| site.id == hazard.site);
                site.map(|site| site.name.as_str())
            }
        }
    }

    /// Around all of it; none where nothing is shown.
    pub fn bounds(&self) -> Option<Bounds> {
        let marks = Bounds::of(self.marks.iter().map(|mark| mark.at));
        let outlines = self.outlines.iter().map(|outline| outline.bounds).reduce(Bounds::with);
        match (marks, outlines) {
            (Some(marks), Some(outlines)) => Some(marks.with(outlines)),
            (one, other) => one.or(other),
        }
    }

    /// Marks in the order of a list: what presses most first, sites by their names.
    pub fn in_order(&self) -> Vec<usize> {
        let mut all: Vec<usize> = (0..self.marks.len()).collect();
        let key = |mark: &usize| {
            let rank = self.marks.get(*mark).map(|mark| mark.kind.rank());
            (rank, self.item(*mark).map(|item| item.name().to_owned()))
        };
        all.sort_by_cached_key(key);
        all
    }
}

impl DrawnOutline {
    fn of(area: &Area, is_grid: bool, name: String) -> Option<Self> {
        let world = |[longitude, latitude]: &[f64; 2]| World::of(*latitude, *longitude);
        let rings = area.rings().map(|ring| ring.iter().map(world).collect()).collect();
        Some(Self { rings, bounds: area.bounds()?, is_grid, name })
    }
}

impl Item<'_> {
    pub fn name(&self) -> &str {
        match self {
            Self::Site(site) => &site.name,
            Self::Hazard(hazard) => &hazard.what,
        }
    }

    pub fn at(&self) -> Location {
        match self {
            Self::Site(site) => site.at,
            Self::Hazard(hazard) => hazard.at,
        }
    }
}
