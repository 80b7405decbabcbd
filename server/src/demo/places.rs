//! The invented sub-district's places; its departments are those that the plan charges with a sector.

use super::rng::SeededRng;
use domain::{
    place::{Community, Department, Grid, Location, Office},
    sector::Sector,
};

pub(super) struct Places {
    pub office: Office,
    pub departments: Vec<Department>,
    pub communities: Vec<Community>,
    pub grids: Vec<Grid>,
}

const DEPARTMENTS: [(&str, &[Sector]); 7] = [
    ("应急管理办公室", &[Sector::Fire, Sector::Hazchem, Sector::Enterprise, Sector::General]),
    ("区域发展办公室", &[Sector::Transport]),
    ("综合执法办公室", &[Sector::Construction, Sector::City]),
    ("生态环境保护办公室", &[Sector::Hazwaste]),
    ("社区服务办公室", &[Sector::Culture]),
    ("市场监督管理所", &[Sector::Equipment, Sector::Ebike]),
    ("中心校", &[Sector::School]),
];

const COMMUNITIES: [(&str, u8); 12] = [
    ("金河社区", 4),
    ("锦绣社区", 4),
    ("惠民社区", 4),
    ("新城路社区", 4),
    ("老鸦陈村", 3),
    ("柳林村", 3),
    ("杏花社区", 3),
    ("东苑社区", 3),
    ("北辰社区", 3),
    ("石桥村", 3),
    ("青禾社区", 3),
    ("望岳社区", 3),
];

pub(super) fn plan(rng: &mut SeededRng) -> Places {
    let office = Office { id: rng.id(), name: "新城街道办事处".to_owned(), demo: true };
    let departments = DEPARTMENTS.map(|(name, sectors)| Department {
        id: rng.id(),
        name: name.to_owned(),
        sectors: sectors.to_vec(),
    });
    let mut communities = vec![];
    let mut grids = vec![];
    for (name, count) in COMMUNITIES {
        let community = Community { id: rng.id(), name: name.to_owned() };
        for number in 1..=count {
            let name = format!("第 {number} 网格");
            grids.push(Grid { id: rng.id(), community: community.id, name });
        }
        communities.push(community);
    }
    Places { office, departments: departments.to_vec(), communities, grids }
}

/// Degrees from one community to the next; the sub-district is about five kilometres across.
const SIDE: f64 = 0.014;

impl Places {
    /// Communities beside each other; the first lies in the south-west.
    pub const COLUMNS: usize = 4;
}

/// Latitude and longitude of the south-western corner of the community in this row and column.
pub(super) fn corner_of(row: usize, column: usize) -> (f64, f64) {
    const SOUTH: f64 = 34.849;
    const WEST: f64 = 113.592;
    (SOUTH + row as f64 * SIDE, WEST + column as f64 * SIDE)
}

/// A point of one of the community's grids, not too near its edge. `grid`: its number, from 0 and from east to west, and how many
/// there are.
pub(super) fn somewhere(rng: &mut SeededRng, community: usize, grid: (usize, usize)) -> Location {
    let (south, west) = corner_of(community / Places::COLUMNS, community % Places::COLUMNS);
    let mut part = || 0.15 + 0.7 * (rng.below(1000) as f64 / 1000.0);
    let (north, east) = (part(), part());
    let (number, count) = (grid.0 as f64, grid.1.max(1) as f64);
    Location {
        latitude: south + north * SIDE,
        longitude: west + (count - number - east) / count * SIDE,
        accuracy: None,
    }
}
