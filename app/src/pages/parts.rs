//! # What is fetched with which page
//!
//! The frame of the desk and the overview, where most people arrive, are the program's first file. The other pages are parts
//! of it, fetched beside the first file where one of them is opened, and else once the page lives, so that nobody waits on
//! the way from one to another. A part that does not come ends the program: pages go on without it (`public/desk-boot.js`).
//!
//! Only the release build divides the program (feature `parts`); elsewhere it is one.

use leptos::prelude::*;
use leptos_router::ChooseView;
use office::{
    account::{
        devices::DevicesPage,
        factor::{CodePage, FactorPage},
        password::{ConfirmPage, PasswordPage},
        set_up::SetUpPage,
        sign_in::SignInPage,
    },
    audit::AuditPage,
    grids::GridsPage,
    hazard::page::HazardPage,
    import::{ImportPage, ImportPreviewPage},
    jobs::JobsPage,
    ledger::LedgerPage,
    parties::PartiesPage,
    party::{PartyPage, edit::PartyEditPage},
    people::{PeoplePage, edit::PersonEditPage},
    public::home::HomePage,
    quarantine::QuarantinePage,
    settings::SettingsPage,
    site::{SitePage, edit::SiteEditPage},
    sites::SitesPage,
    start::StartPage,
    visit::RecordPage,
    visits::VisitsPage,
};

/// A part of the program, called as its file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Lists and records.
    Records,
    /// What is kept and changed, and one's own account.
    Keeping,
}

impl Part {
    pub const ALL: [Self; 2] = [Self::Records, Self::Keeping];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Records => "records",
            Self::Keeping => "keeping",
        }
    }

    /// Whether it needs this file of the program: `split_` and its name is its own, whatever else there is the parts share.
    pub fn needs(self, url: &str) -> bool {
        let file = url.rsplit('/').next().unwrap_or_default();
        file.strip_prefix("split_").is_none_or(|own| own.split('.').next() == Some(self.as_str()))
    }

    /// The part that the page at this path is in; none where it is in the first file.
    pub fn of(path: &str) -> Option<Self> {
        let mut segments = path.split('/').filter(|segment| !segment.is_empty());
        match (segments.next(), segments.next(), segments.last()) {
            (Some("office"), None, _) => None,
            (Some("office"), Some("hazards" | "visits" | "grids"), _) => Some(Self::Records),
            (Some("office"), Some("sites" | "parties"), Some("new" | "edit")) => Some(Self::Keeping),
            (Some("office"), Some("sites" | "parties"), _) => Some(Self::Records),
            (Some("office" | "signin" | "setup" | "account") | None, ..) => Some(Self::Keeping),
            (Some(_), ..) => None,
        }
    }

    /// Waits until it is here.
    #[cfg(feature = "hydrate")]
    pub async fn fetch(self) {
        match self {
            Self::Records => fetch_records().await,
            Self::Keeping => fetch_keeping().await,
        }
    }
}

/// The pages of [`Part::Records`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Records {
    Grids,
    Hazard,
    Ledger,
    Parties,
    Party,
    Site,
    Sites,
    Visit,
    Visits,
}

/// The pages of [`Part::Keeping`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    Audit,
    Code,
    Confirm,
    Devices,
    Factor,
    Home,
    Import,
    ImportPreview,
    Jobs,
    Password,
    PartyEdit,
    People,
    PersonEdit,
    Quarantine,
    SetUp,
    Settings,
    SignIn,
    SiteEdit,
    Start,
}

impl ChooseView for Records {
    async fn choose(self) -> AnyView {
        open_records(self).await
    }

    async fn preload(&self) {
        fetch_records().await;
    }
}

impl ChooseView for Keeping {
    async fn choose(self) -> AnyView {
        open_keeping(self).await
    }

    async fn preload(&self) {
        fetch_keeping().await;
    }
}

fn records(page: Records) -> AnyView {
    match page {
        Records::Grids => view! { <GridsPage /> }.into_any(),
        Records::Hazard => view! { <HazardPage /> }.into_any(),
        Records::Ledger => view! { <LedgerPage /> }.into_any(),
        Records::Parties => view! { <PartiesPage /> }.into_any(),
        Records::Party => view! { <PartyPage /> }.into_any(),
        Records::Site => view! { <SitePage /> }.into_any(),
        Records::Sites => view! { <SitesPage /> }.into_any(),
        Records::Visit => view! { <RecordPage /> }.into_any(),
        Records::Visits => view! { <VisitsPage /> }.into_any(),
    }
}

fn keeping(page: Keeping) -> AnyView {
    match page {
        Keeping::Audit => view! { <AuditPage /> }.into_any(),
        Keeping::Code => view! { <CodePage /> }.into_any(),
        Keeping::Confirm => view! { <ConfirmPage /> }.into_any(),
        Keeping::Devices => view! { <DevicesPage /> }.into_any(),
        Keeping::Factor => view! { <FactorPage /> }.into_any(),
        Keeping::Home => view! { <HomePage /> }.into_any(),
        Keeping::Import => view! { <ImportPage /> }.into_any(),
        Keeping::ImportPreview => view! { <ImportPreviewPage /> }.into_any(),
        Keeping::Jobs => view! { <JobsPage /> }.into_any(),
        Keeping::Password => view! { <PasswordPage /> }.into_any(),
        Keeping::PartyEdit => view! { <PartyEditPage /> }.into_any(),
        Keeping::People => view! { <PeoplePage /> }.into_any(),
        Keeping::PersonEdit => view! { <PersonEditPage /> }.into_any(),
        Keeping::Quarantine => view! { <QuarantinePage /> }.into_any(),
        Keeping::SetUp => view! { <SetUpPage /> }.into_any(),
        Keeping::Settings => view! { <SettingsPage /> }.into_any(),
        Keeping::SignIn => view! { <SignInPage /> }.into_any(),
        Keeping::SiteEdit => view! { <SiteEditPage /> }.into_any(),
        Keeping::Start => view! { <StartPage /> }.into_any(),
    }
}

#[cfg(feature = "parts")]
#[leptos::wasm_split::wasm_split(records, wasm_split_path = leptos::wasm_split, preload(fetch_records))]
fn open_records(page: Records) -> AnyView {
    records(page)
}

#[cfg(feature = "parts")]
#[leptos::wasm_split::wasm_split(keeping, wasm_split_path = leptos::wasm_split, preload(fetch_keeping))]
fn open_keeping(page: Keeping) -> AnyView {
    keeping(page)
}

#[cfg(not(feature = "parts"))]
use in_one::{fetch_keeping, fetch_records, open_keeping, open_records};

/// Where the program is one file, its parts are here.
#[cfg(not(feature = "parts"))]
mod in_one {
    use super::{AnyView, Keeping, Records, keeping, records};

    pub async fn open_records(page: Records) -> AnyView {
        records(page)
    }

    pub async fn open_keeping(page: Keeping) -> AnyView {
        keeping(page)
    }

    pub async fn fetch_records() {}

    pub async fn fetch_keeping() {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_the_part_that_its_page_is_in() {
        for first in ["/office", "/office/", "/elsewhere"] {
            assert_eq!(Part::of(first), None, "{first}");
        }
        for records in [
            "hazards",
            "hazards/7",
            "visits",
            "visits/7",
            "sites",
            "sites/7",
            "parties",
            "parties/7",
            "grids",
        ] {
            assert_eq!(Part::of(&format!("/office/{records}")), Some(Part::Records), "{records}");
        }
        for keeping in [
            "sites/new",
            "sites/7/edit",
            "parties/new",
            "parties/7/edit",
            "import",
            "import/7",
            "quarantine",
            "audit",
            "jobs",
            "settings",
            "start",
            "people",
            "people/new",
            "people/7",
        ] {
            assert_eq!(Part::of(&format!("/office/{keeping}")), Some(Part::Keeping), "{keeping}");
        }
        for keeping in
            ["/", "/signin", "/signin/code", "/setup", "/account/devices", "/account/second-factor"]
        {
            assert_eq!(Part::of(keeping), Some(Part::Keeping), "{keeping}");
        }
    }
}
