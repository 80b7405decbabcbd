//! Departments, communities, grids, the office's name and the visit intervals from the command line: the same service as
//! the desk's settings. A place is named; a grid with its community before it: `金河社区/第1网格`.

use super::{user::single_office, words};
use crate::state::AppState;
use anyhow::{Context, bail};
use app::i18n::import::count_grids;
use clap::{Args, Subcommand};
use domain::{
    audit::Author,
    id::{CommunityId, GridId, OfficeId},
    place::{
        Community, Department, Grid, PlaceId, PlaceKind,
        command::{PlaceCommand, PlacesSnapshot},
        same_name,
    },
    risk::RiskLevel,
    schedule::VisitIntervals,
    sector::Sector,
    text::Lang,
};
use service::places::{change, snapshot};

#[derive(Debug, Subcommand)]
pub enum OfficeCommand {
    /// Change the office's name
    Set {
        #[arg(long)]
        name: String,
    },
}

#[derive(Debug, Subcommand)]
pub enum IntervalsCommand {
    /// Days between two visits, by risk level; what is not said stays
    Set(Intervals),
    /// Show them
    List,
}

#[derive(Debug, Args)]
pub struct Intervals {
    #[arg(long)]
    major: Option<u16>,
    #[arg(long)]
    considerable: Option<u16>,
    #[arg(long)]
    general: Option<u16>,
    #[arg(long)]
    low: Option<u16>,
}

#[derive(Debug, Subcommand)]
pub enum DepartmentCommand {
    /// Make a department
    Add {
        name: String,
        /// A sector that it answers for, such as fire or school; several with commas between
        #[arg(long, value_delimiter = ',', value_parser = sector)]
        sectors: Vec<Sector>,
    },
    /// Give it another name or other sectors
    Rename {
        name: String,
        to: String,
        #[arg(long, value_delimiter = ',', value_parser = sector)]
        sectors: Option<Vec<Sector>>,
    },
    /// Put everything of one department into another and end the first
    Merge { from: String, into: String },
    /// End a department; what still belongs to it goes to another
    Close {
        name: String,
        #[arg(long)]
        into: Option<String>,
    },
    /// Show all
    List,
}

#[derive(Debug, Subcommand)]
pub enum CommunityCommand {
    /// Make a community
    Add {
        name: String,
        /// Grids to make along with it, called 第 1 网格 and so on
        #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u32).range(..=50))]
        grids: u32,
    },
    /// Give it another name
    Rename { name: String, to: String },
    /// Put everything of one community into another and end the first
    Merge { from: String, into: String },
    /// End a community; what still lives there goes to another
    Close {
        name: String,
        #[arg(long)]
        into: Option<String>,
    },
    /// Show all
    List,
}

#[derive(Debug, Subcommand)]
pub enum GridCommand {
    /// Make a grid: COMMUNITY/NAME
    Add { name: String },
    /// Give it another name: COMMUNITY/NAME NEWNAME; with COMMUNITY/NEWNAME it moves there
    Rename { name: String, to: String },
    /// Put everything of one grid into another and end the first
    Merge { from: String, into: String },
    /// End a grid; what still lives there goes to another
    Close {
        name: String,
        #[arg(long)]
        into: Option<String>,
    },
    /// Show all
    List,
}

fn sector(word: &str) -> Result<Sector, String> {
    let named = || Sector::ALL.into_iter().find(|sector| sector.name().zh == word);
    let known = || Sector::ALL.map(Sector::as_str).join(", ");
    Sector::parse(word).or_else(named).ok_or_else(|| format!("one of {}", known()))
}

impl OfficeCommand {
    pub async fn run(self, state: &AppState) -> anyhow::Result<()> {
        let Self::Set { name } = self;
        put(state, vec![PlaceCommand::NameOffice { name, was: None }]).await?;
        println!("{}", words::office_called(words::lang(), single_office(state).await?.name));
        Ok(())
    }
}

impl IntervalsCommand {
    pub async fn run(self, state: &AppState) -> anyhow::Result<()> {
        let office = single_office(state).await?;
        let now = state.store.places(office.id).await?.intervals;
        if let Self::Set(Intervals { major, considerable, general, low }) = self {
            let intervals = VisitIntervals {
                major: major.unwrap_or(now.major),
                considerable: considerable.unwrap_or(now.considerable),
                general: general.unwrap_or(now.general),
                low: low.unwrap_or(now.low),
            };
            put(state, vec![PlaceCommand::SetIntervals { intervals, was: Some(now) }]).await?;
        }
        let intervals = state.store.places(office.id).await?.intervals;
        for risk in RiskLevel::ALL {
            println!("{:<14} {}", risk.as_str(), words::count_days(words::lang(), intervals.days(risk)));
        }
        Ok(())
    }
}

impl DepartmentCommand {
    pub async fn run(self, state: &AppState) -> anyhow::Result<()> {
        let places = snapshot(state, single_office(state).await?.id).await?;
        let named = |name: &str| find(&places, PlaceKind::Department, name);
        let command = match self {
            Self::Add { name, sectors } => {
                let department = Department { id: state.new_id(), name, sectors };
                PlaceCommand::PutDepartment { department, was: None }
            }
            Self::Rename { name, to, sectors } => {
                let place = named(&name)?;
                let was = places.departments.iter().find(|one| PlaceId::Department(one.id) == place).cloned();
                let was = was.with_context(|| name.clone())?;
                let sectors = sectors.unwrap_or_else(|| was.sectors.clone());
                let department = Department { id: was.id, name: to, sectors };
                PlaceCommand::PutDepartment { department, was: Some(was) }
            }
            Self::Merge { from, into } => PlaceCommand::Merge { from: named(&from)?, into: named(&into)? },
            Self::Close { name, into } => {
                PlaceCommand::Close { place: named(&name)?, into: into.as_deref().map(named).transpose()? }
            }
            Self::List => {
                for one in &places.departments {
                    let sectors: Vec<_> = one.sectors.iter().map(|sector| sector.as_str()).collect();
                    println!("{}  {}", one.name, sectors.join(","));
                }
                return Ok(());
            }
        };
        done(state, command).await
    }
}

impl CommunityCommand {
    pub async fn run(self, state: &AppState) -> anyhow::Result<()> {
        let places = snapshot(state, single_office(state).await?.id).await?;
        let named = |name: &str| find(&places, PlaceKind::Community, name);
        let command = match self {
            Self::Add { name, grids } => {
                let community = Community { id: state.new_id(), name };
                let grid = |number| Grid {
                    id: state.new_id(),
                    community: community.id,
                    name: app::i18n::places::grid_numbered(Lang::Zh, number),
                };
                let grids = (1..=grids).map(|number| PlaceCommand::PutGrid { grid: grid(number), was: None });
                let grids: Vec<_> = grids.collect();
                let made = PlaceCommand::PutCommunity { community, was: None };
                put(state, std::iter::once(made).chain(grids).collect()).await?;
                println!("{}", words::done(words::lang()));
                return Ok(());
            }
            Self::Rename { name, to } => {
                let place = named(&name)?;
                let was = places.communities.iter().find(|one| PlaceId::Community(one.id) == place).cloned();
                let was = was.with_context(|| name.clone())?;
                let community = Community { id: was.id, name: to };
                PlaceCommand::PutCommunity { community, was: Some(was) }
            }
            Self::Merge { from, into } => PlaceCommand::Merge { from: named(&from)?, into: named(&into)? },
            Self::Close { name, into } => {
                PlaceCommand::Close { place: named(&name)?, into: into.as_deref().map(named).transpose()? }
            }
            Self::List => {
                for one in &places.communities {
                    let grids = places.grids.iter().filter(|grid| grid.community == one.id).count();
                    println!("{}  {}", one.name, count_grids(words::lang(), grids));
                }
                return Ok(());
            }
        };
        done(state, command).await
    }
}

impl GridCommand {
    pub async fn run(self, state: &AppState) -> anyhow::Result<()> {
        let places = snapshot(state, single_office(state).await?.id).await?;
        let named = |name: &str| find(&places, PlaceKind::Grid, name);
        let command = match self {
            Self::Add { name } => {
                let (community, name) = within(&places, &name)?;
                let grid = Grid { id: state.new_id(), community, name };
                PlaceCommand::PutGrid { grid, was: None }
            }
            Self::Rename { name, to } => {
                let place = named(&name)?;
                let was = places.grids.iter().find(|one| PlaceId::Grid(one.id) == place).cloned();
                let was = was.with_context(|| name.clone())?;
                let (community, name) =
                    if to.contains('/') { within(&places, &to)? } else { (was.community, to) };
                let grid = Grid { id: was.id, community, name };
                PlaceCommand::PutGrid { grid, was: Some(was) }
            }
            Self::Merge { from, into } => PlaceCommand::Merge { from: named(&from)?, into: named(&into)? },
            Self::Close { name, into } => {
                PlaceCommand::Close { place: named(&name)?, into: into.as_deref().map(named).transpose()? }
            }
            Self::List => {
                for community in &places.communities {
                    for grid in places.grids.iter().filter(|grid| grid.community == community.id) {
                        println!("{}/{}", community.name, grid.name);
                    }
                }
                return Ok(());
            }
        };
        done(state, command).await
    }
}

async fn done(state: &AppState, command: PlaceCommand) -> anyhow::Result<()> {
    put(state, vec![command]).await?;
    println!("{}", words::done(words::lang()));
    Ok(())
}

async fn put(state: &AppState, commands: Vec<PlaceCommand>) -> anyhow::Result<()> {
    let office = single_office(state).await?;
    let done = change(state, office.id, &Author::command_line(), &commands).await;
    done.map_err(|error| words::refused(words::lang(), error))
}

/// Grids by their paths.
pub(super) async fn grids(
    state: &AppState,
    office: OfficeId,
    paths: &[String],
) -> anyhow::Result<Vec<GridId>> {
    let places = snapshot(state, office).await?;
    let grid = |path: &String| -> anyhow::Result<GridId> {
        match find(&places, PlaceKind::Grid, path)? {
            PlaceId::Grid(id) => Ok(id),
            PlaceId::Department(_) | PlaceId::Community(_) => {
                bail!(words::write_path(words::lang(), path.clone()))
            }
        }
    };
    paths.iter().map(grid).collect()
}

/// By their names.
pub(super) async fn communities(
    state: &AppState,
    office: OfficeId,
    names: &[String],
) -> anyhow::Result<Vec<CommunityId>> {
    let places = snapshot(state, office).await?;
    let community = |name: &String| -> anyhow::Result<CommunityId> {
        match find(&places, PlaceKind::Community, name)? {
            PlaceId::Community(id) => Ok(id),
            PlaceId::Department(_) | PlaceId::Grid(_) => {
                bail!(words::write_path(words::lang(), name.clone()))
            }
        }
    };
    names.iter().map(community).collect()
}

/// `COMMUNITY/NAME` of a grid that need not be there.
fn within(places: &PlacesSnapshot, path: &str) -> anyhow::Result<(CommunityId, String)> {
    let (community, name) =
        path.split_once('/').with_context(|| words::write_path(words::lang(), path.to_owned()))?;
    match find(places, PlaceKind::Community, community)? {
        PlaceId::Community(id) => Ok((id, name.to_owned())),
        PlaceId::Department(_) | PlaceId::Grid(_) => bail!(words::write_path(words::lang(), path.to_owned())),
    }
}

/// By the very name; where no place has it, by what differs in blanks and width only. Two of those must be told apart.
fn find(places: &PlacesSnapshot, kind: PlaceKind, name: &str) -> anyhow::Result<PlaceId> {
    let community =
        |id| places.communities.iter().find(|one| one.id == id).map_or("", |one| one.name.as_str());
    let all: Vec<(PlaceId, String)> = match kind {
        PlaceKind::Department => {
            places.departments.iter().map(|one| (PlaceId::Department(one.id), one.name.clone())).collect()
        }
        PlaceKind::Community => {
            places.communities.iter().map(|one| (PlaceId::Community(one.id), one.name.clone())).collect()
        }
        PlaceKind::Grid => {
            let path = |one: &Grid| format!("{}/{}", community(one.community), one.name);
            places.grids.iter().map(|one| (PlaceId::Grid(one.id), path(one))).collect()
        }
    };
    if let Some((place, _)) = all.iter().find(|(_, called)| called == name) {
        return Ok(*place);
    }
    let mut alike = all.iter().filter(|(_, called)| same_name(called, name));
    match (alike.next(), alike.next()) {
        (Some((place, _)), None) => Ok(*place),
        (None, _) => {
            let known: Vec<_> = all.into_iter().map(|(_, called)| called).collect();
            bail!(words::no_place(words::lang(), name.to_owned(), known.join(", ")))
        }
        (Some(_), Some(_)) => bail!(words::several_alike(words::lang(), name.to_owned())),
    }
}
