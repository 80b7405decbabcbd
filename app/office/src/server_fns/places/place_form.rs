//! The forms by which places are made, changed, merged and closed, as browsers send them: flat words. Reading them is a
//! pure function.

use crate::{
    error::AppError,
    i18n::places as t,
    server_fns::meanwhile::{FieldChange, RawChange, Take},
};
use domain::{
    file::PlacesFile,
    id::CommunityId,
    place::{Community, Department, Grid, PlaceId, PlaceKind, command::PlaceCommand},
    sector::Sector,
    text::Lang,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// Grids that are made along with a community at the most.
const MOST_GRIDS: u32 = 50;

/// `does` is `add`, `change`, `merge` or `close`; `kind` is [`PlaceKind::as_str`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PlaceForm {
    pub does: String,
    pub kind: String,
    /// Of the place that is changed; a new one has none.
    pub id: String,
    pub name: String,
    /// That a grid belongs to.
    pub community: String,
    /// Of a department.
    pub sectors: Vec<String>,
    /// Where a merged or closed place's things go.
    pub into: String,
    /// How many grids a new community begins with.
    pub grids: String,
    pub base: String,
    pub take: Take,
    /// Where the form stands.
    pub page: String,
}

impl PlaceForm {
    pub fn of_department(one: &Department) -> Self {
        let sectors = one.sectors.iter().map(|sector| sector.as_str().to_owned()).collect();
        Self { sectors, ..Self::changing(PlaceId::Department(one.id), &one.name) }
    }

    pub fn of_community(one: &Community) -> Self {
        Self::changing(PlaceId::Community(one.id), &one.name)
    }

    pub fn of_grid(one: &Grid) -> Self {
        Self { community: one.community.to_string(), ..Self::changing(PlaceId::Grid(one.id), &one.name) }
    }

    fn changing(place: PlaceId, name: &str) -> Self {
        Self {
            does: "change".to_owned(),
            kind: place.kind().as_str().to_owned(),
            id: place.uuid().to_string(),
            name: name.to_owned(),
            ..Self::default()
        }
    }

    /// Whether both are the same form of the same page.
    pub fn is_of(&self, does: &str, kind: PlaceKind, id: &str) -> bool {
        self.does == does && self.kind == kind.as_str() && self.id == id
    }

    fn place(&self) -> Option<PlaceId> {
        Some(PlaceKind::parse(&self.kind)?.id(self.id.parse().ok()?))
    }

    /// The form of the known place that this one changes.
    pub fn as_it_stands(&self, file: &PlacesFile) -> Option<Self> {
        if self.does != "change" {
            return None;
        }
        match self.place()? {
            PlaceId::Department(id) => {
                file.departments.iter().find(|one| one.id == id).map(Self::of_department)
            }
            PlaceId::Community(id) => {
                file.communities.iter().find(|one| one.id == id).map(Self::of_community)
            }
            PlaceId::Grid(id) => file.grids.iter().find(|one| one.id == id).map(Self::of_grid),
        }
    }

    /// `file` is how the places stand; what is changed is based on it.
    pub fn read(
        &self,
        lang: Lang,
        file: &PlacesFile,
        fresh: impl Fn() -> Uuid,
    ) -> Result<Vec<PlaceCommand>, AppError> {
        let invalid = |field: &str, reason: &str| AppError::Invalid {
            field: field.to_owned(),
            reason: reason.to_owned(),
        };
        let kind = PlaceKind::parse(&self.kind).ok_or(AppError::NotFound)?;
        let into = match self.into.as_str() {
            "" => None,
            id => Some(kind.id(id.parse().map_err(|_| invalid("into", t::place_unknown(lang)))?)),
        };
        match self.does.as_str() {
            "add" => self.put(lang, kind.id(fresh()), file, fresh),
            "change" => self.put(lang, self.place().ok_or(AppError::NotFound)?, file, fresh),
            "merge" => {
                let into = into.ok_or_else(|| invalid("into", t::choose_target(lang)))?;
                Ok(vec![PlaceCommand::Merge { from: self.place().ok_or(AppError::NotFound)?, into }])
            }
            "close" => Ok(vec![PlaceCommand::Close { place: self.place().ok_or(AppError::NotFound)?, into }]),
            _ => Err(AppError::NotAllowed),
        }
    }

    fn put(
        &self,
        lang: Lang,
        place: PlaceId,
        file: &PlacesFile,
        fresh: impl Fn() -> Uuid,
    ) -> Result<Vec<PlaceCommand>, AppError> {
        let name = self.name.clone();
        Ok(match place {
            PlaceId::Department(id) => {
                let sectors = self.sectors.iter().filter_map(|word| Sector::parse(word)).collect();
                let was = file.departments.iter().find(|one| one.id == id).cloned();
                vec![PlaceCommand::PutDepartment { department: Department { id, name, sectors }, was }]
            }
            PlaceId::Community(id) => {
                let was = file.communities.iter().find(|one| one.id == id).cloned();
                let grids = self.new_grids(lang, id, fresh)?;
                let put = PlaceCommand::PutCommunity { community: Community { id, name }, was };
                std::iter::once(put).chain(grids).collect()
            }
            PlaceId::Grid(id) => {
                let community = self.community.parse().map_err(|_| AppError::Invalid {
                    field: "community".to_owned(),
                    reason: t::place_unknown(lang).to_owned(),
                })?;
                let was = file.grids.iter().find(|one| one.id == id).cloned();
                vec![PlaceCommand::PutGrid { grid: Grid { id, community, name }, was }]
            }
        })
    }

    fn new_grids(
        &self,
        lang: Lang,
        community: CommunityId,
        fresh: impl Fn() -> Uuid,
    ) -> Result<Vec<PlaceCommand>, AppError> {
        let count = match self.grids.trim() {
            "" => 0,
            words => {
                words.parse().ok().filter(|count| *count <= MOST_GRIDS).ok_or_else(|| AppError::Invalid {
                    field: "grids".to_owned(),
                    reason: t::grids_to_make_wrong(lang).to_owned(),
                })?
            }
        };
        // Their names are the office's, whatever language somebody reads the page in.
        let grid = |number| Grid { id: fresh().into(), community, name: t::grid_numbered(Lang::Zh, number) };
        Ok((1..=count).map(|number| PlaceCommand::PutGrid { grid: grid(number), was: None }).collect())
    }
}

/// A concurrent change by another person, as shown on the form.
pub fn in_words(lang: Lang, kind: &str, file: &PlacesFile, change: RawChange) -> FieldChange {
    let RawChange { field, theirs, mine, both } = change;
    let label = match (field.as_str(), PlaceKind::parse(kind)) {
        ("community", _) => t::belongs_to(lang),
        ("sectors", _) => t::sectors_of_department(lang),
        (_, Some(PlaceKind::Department)) => t::department_name(lang),
        (_, Some(PlaceKind::Community)) => t::community_name(lang),
        (_, Some(PlaceKind::Grid) | None) => t::grid_name(lang),
    };
    let words = |value: &Value| match (field.as_str(), value) {
        ("community", Value::String(id)) => {
            let known = file.communities.iter().find(|one| one.id.to_string() == *id);
            known.map(|one| one.name.clone()).unwrap_or_default()
        }
        ("sectors", Value::Array(sectors)) => {
            let names = sectors.iter().filter_map(|word| Sector::parse(word.as_str()?));
            let names: Vec<_> = names.map(|sector| sector.name().get(lang).to_owned()).collect();
            names.join(crate::i18n::office::between_choices(lang))
        }
        (_, Value::String(text)) => text.clone(),
        (_, other) => other.to_string(),
    };
    FieldChange { label: label.to_owned(), theirs: words(&theirs), mine: words(&mine), both, field }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{id::OfficeId, place::Office};
    use std::cell::Cell;

    fn file() -> PlacesFile {
        let community = Uuid::from_u128(1).into();
        PlacesFile {
            office: Office { id: OfficeId(Uuid::nil()), name: "新城街道".into(), demo: false },
            intervals: Default::default(),
            departments: vec![],
            communities: vec![Community { id: community, name: "惠民社区".into() }],
            grids: vec![],
            living: vec![],
            former: vec![],
        }
    }

    fn read(form: PlaceForm) -> Result<Vec<PlaceCommand>, AppError> {
        let next = Cell::new(100);
        form.read(Lang::Zh, &file(), || {
            next.set(next.get() + 1);
            Uuid::from_u128(next.get())
        })
    }

    #[test]
    fn a_community_begins_with_as_many_grids_as_are_asked_for() {
        let form = |grids: &str| PlaceForm {
            does: "add".into(),
            kind: "community".into(),
            name: "石桥村".into(),
            grids: grids.into(),
            ..PlaceForm::default()
        };
        assert_eq!(read(form("")).unwrap().len(), 1);
        let made = read(form("3")).unwrap();
        assert!(matches!(&made[3], PlaceCommand::PutGrid { grid, .. } if grid.name == "第 3 网格"));
        for wrong in ["51", "-1", "三"] {
            assert!(matches!(read(form(wrong)), Err(AppError::Invalid { field, .. }) if field == "grids"));
        }
    }

    #[test]
    fn a_merge_names_its_target_and_a_known_place_what_it_was() {
        let id = Uuid::from_u128(1).to_string();
        let form = PlaceForm { does: "merge".into(), kind: "community".into(), id, ..PlaceForm::default() };
        assert!(matches!(read(form.clone()), Err(AppError::Invalid { field, .. }) if field == "into"));
        let change = PlaceForm { does: "change".into(), name: "惠民新村".into(), ..form };
        let was = Some(file().communities[0].clone());
        assert!(
            matches!(&read(change).unwrap()[..], [PlaceCommand::PutCommunity { was: known, .. }] if *known == was)
        );
    }
}
