//! Which part of the program a page is in.

#[cfg(feature = "hydrate")]
use super::{
    Missing, fetch_arriving, fetch_hazards, fetch_keeping, fetch_mapping, fetch_records, fetch_writing,
};

/// A part of the program, called as its file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The ledger and the files of hazards.
    Hazards,
    /// Visits, and what is visited.
    Records,
    /// What arrives otherwise than from phones, has not arrived or was not taken, and what is done behind the pages.
    Arriving,
    /// The office itself, its people, and one's own account.
    Keeping,
    /// Writing forms.
    Writing,
    /// The map, and what it is drawn from.
    Mapping,
}

impl Part {
    pub const ALL: [Self; 6] =
        [Self::Hazards, Self::Records, Self::Arriving, Self::Keeping, Self::Writing, Self::Mapping];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Hazards => "hazards",
            Self::Records => "records",
            Self::Arriving => "arriving",
            Self::Keeping => "keeping",
            Self::Writing => "writing",
            Self::Mapping => "mapping",
        }
    }

    /// Whether it needs this file of the program, which is called after the parts that do: `split_hazards`, or
    /// `shared_hazards_records`.
    pub fn needs(self, url: &str) -> bool {
        let file = url.rsplit('/').next().unwrap_or_default();
        let name = file.split('.').next().unwrap_or_default();
        name.split('_').skip(1).any(|part| part == self.as_str())
    }

    /// The part that the page at this path is in; none where it is in the first file.
    pub fn of(path: &str) -> Option<Self> {
        let mut segments = path.split('/').filter(|segment| !segment.is_empty());
        let two = (segments.next(), segments.next());
        match two {
            (Some("office"), Some("forms")) if matches!(segments.nth(1), Some("edit" | "compare")) => {
                Some(Self::Writing)
            }
            (Some("office"), Some("standards")) => Some(Self::Writing),
            (Some("office"), None) => None,
            (Some("office"), Some("hazards")) => Some(Self::Hazards),
            (
                Some("office"),
                Some("visits" | "sites" | "checks" | "parties" | "grids" | "forms" | "tasks" | "reports"),
            )
            | (Some("draws"), Some(_)) => Some(Self::Records),
            (Some("office"), Some("map" | "outlines")) => Some(Self::Mapping),
            (Some("office"), Some("import" | "quarantine" | "jobs" | "unsent" | "complaints")) => {
                Some(Self::Arriving)
            }
            (Some("office"), Some(_)) | (Some("signin" | "setup" | "account") | None, _) => {
                Some(Self::Keeping)
            }
            (Some(_), _) => None,
        }
    }

    /// Whether it is fetched before anybody goes there. Few people write forms, or look at the map.
    #[cfg(feature = "hydrate")]
    pub fn is_fetched_ahead(self) -> bool {
        match self {
            Self::Writing | Self::Mapping => false,
            Self::Hazards | Self::Records | Self::Arriving | Self::Keeping => true,
        }
    }

    /// Waits until it is here.
    ///
    /// # Errors
    /// Where it did not come.
    #[cfg(feature = "hydrate")]
    pub async fn fetch(self) -> Result<(), Missing> {
        match self {
            Self::Hazards => fetch_hazards().await,
            Self::Records => fetch_records().await,
            Self::Arriving => fetch_arriving().await,
            Self::Keeping => fetch_keeping().await,
            Self::Writing => fetch_writing().await,
            Self::Mapping => fetch_mapping().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_the_part_that_its_page_is_in() {
        let of =
            |part, paths: &[&str]| paths.iter().for_each(|path| assert_eq!(Part::of(path), part, "{path}"));
        of(None, &["/office", "/office/", "/elsewhere"]);
        of(Some(Part::Hazards), &["/office/hazards", "/office/hazards/7"]);
        of(Some(Part::Records), &["/office/visits", "/office/visits/7", "/office/grids", "/office/forms/7"]);
        of(
            Some(Part::Records),
            &["/office/sites", "/office/sites/new", "/office/sites/7", "/office/sites/7/edit"],
        );
        of(Some(Part::Records), &["/office/parties", "/office/parties/new", "/office/parties/7/edit"]);
        of(Some(Part::Mapping), &["/office/map", "/office/outlines"]);
        of(Some(Part::Writing), &["/office/forms/7/edit", "/office/forms/7/compare", "/office/standards"]);
        of(
            Some(Part::Arriving),
            &["/office/import", "/office/import/7", "/office/quarantine", "/office/jobs", "/office/unsent"],
        );
        of(Some(Part::Arriving), &["/office/complaints", "/office/complaints/7"]);
        of(
            Some(Part::Keeping),
            &[
                "/office/audit",
                "/office/settings",
                "/office/inspections",
                "/office/notices",
                "/office/notices/rules",
                "/office/start",
                "/office/people/new",
            ],
        );
        of(Some(Part::Keeping), &["/", "/signin", "/signin/code", "/setup", "/account/devices"]);
    }

    #[test]
    fn a_file_is_called_after_the_parts_that_need_it() {
        let needing = |file: &str| Part::ALL.into_iter().filter(|part| part.needs(file)).collect::<Vec<_>>();
        assert_eq!(needing("/pkg/split_records.0a1b.wasm"), [Part::Records]);
        assert_eq!(needing("/pkg/shared_hazards_keeping.0a1b.wasm"), [Part::Hazards, Part::Keeping]);
        assert!(needing("/pkg/xunan.0a1b.wasm").is_empty());
    }
}
