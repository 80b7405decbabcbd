//! # What is fetched with which page
//!
//! The frame of the desk and the overview, where most people arrive, are the program's first file. The other pages are parts
//! of it, fetched beside the first file where one of them is opened, and else once the page lives, so that nobody waits on
//! the way from one to another; what few people open is fetched when they do. Where a part does not come pages go on without it.
//!
//! Only the release build divides the program (feature `parts`); elsewhere it is one.

#[cfg(not(feature = "parts"))]
mod in_one;
mod part;

pub use leptos::wasm_split::SplitLoaderError as Missing;
pub use part::Part;

use leptos::prelude::*;
use leptos_router::{ChooseView, location::Url};
use office::{
    account::{
        devices::DevicesPage,
        factor::{CodePage, FactorPage},
        password::{ConfirmPage, PasswordPage},
        set_up::SetUpPage,
        sign_in::SignInPage,
    },
    audit::AuditPage,
    complaints::{ComplaintsPage, page::ComplaintPage},
    form_edit::{FormEditorPage, compare::ComparePage},
    forms::{FormsPage, sheet::FormPage},
    grids::GridsPage,
    hazard::page::HazardPage,
    import::{ImportPage, ImportPreviewPage},
    inspections::InspectionsPage,
    jobs::JobsPage,
    ledger::LedgerPage,
    map::{MapPage, outlines::OutlinesPage},
    notices::{NoticesPage, settings::NoticeSettingsPage},
    parties::PartiesPage,
    party::{PartyPage, edit::PartyEditPage},
    people::{PeoplePage, edit::PersonEditPage},
    public::{draw::PublicDrawPage, home::HomePage},
    public_reports::{PublicReportsPage, page::PublicReportPage, settings::ReportSettingsPage},
    quarantine::QuarantinePage,
    settings::SettingsPage,
    site::{SitePage, edit::SiteEditPage},
    sites::SitesPage,
    spot_checks::{SpotChecksPage, choose::ChooseSitesPage, edit::PlanEditPage, plan::PlanPage},
    standards::StandardsPage,
    start::StartPage,
    tasks::{TasksPage, give::GiveTaskPage, hand_over::HandOverPage, page::TaskPage},
    unsent::UnsentWorkPage,
    visit::RecordPage,
    visits::VisitsPage,
};

/// The pages of [`Part::Hazards`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hazards {
    Hazard,
    Ledger,
}

/// The pages of [`Part::Records`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Records {
    ChooseSites,
    Form,
    Forms,
    GiveTask,
    Grids,
    Parties,
    Party,
    PartyEdit,
    Plan,
    PlanEdit,
    PublicDraw,
    PublicReport,
    PublicReports,
    ReportSettings,
    Site,
    SiteEdit,
    Sites,
    SpotChecks,
    Task,
    Tasks,
    Visit,
    Visits,
}

/// The pages of [`Part::Arriving`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arriving {
    Complaint,
    Complaints,
    Import,
    ImportPreview,
    Jobs,
    Quarantine,
    Unsent,
}

/// The pages of [`Part::Keeping`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    Audit,
    Code,
    Confirm,
    Devices,
    Factor,
    HandOver,
    Home,
    Inspections,
    NoticeSettings,
    Notices,
    Password,
    People,
    PersonEdit,
    SetUp,
    Settings,
    SignIn,
    Start,
}

/// The pages of [`Part::Writing`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    Compare,
    FormEditor,
    Standards,
}

/// The pages of [`Part::Mapping`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mapping {
    Map,
    Outlines,
}

/// A page whose part is here: nobody sees one before that.
fn shown(page: Result<AnyView, Missing>) -> AnyView {
    page.unwrap_or_else(|_| ().into_any())
}

/// Where the part did not come on the way to one of its pages the browser goes there by itself: pages need no program, and
/// a newer one may be what is lacking.
async fn or_leave(come: Result<(), Missing>) {
    let Some(url) = use_context::<ArcRwSignal<Url>>().filter(|_| come.is_err()) else { return };
    let to = url.with_untracked(|url| {
        let query = if url.search().is_empty() { String::new() } else { format!("?{}", url.search()) };
        format!("{}{query}", url.path())
    });
    // An address that the router took is one.
    let _ = window().location().assign(&to);
    std::future::pending::<()>().await;
}

/// Pages are chosen once their part is here.
macro_rules! chosen {
    ($($pages:ident: $open:ident, $fetch:ident;)+) => {
        $(impl ChooseView for $pages {
            async fn choose(self) -> AnyView {
                shown($open(self).await)
            }

            async fn preload(&self) {
                or_leave($fetch().await).await;
            }
        })+
    };
}

chosen! {
    Hazards: open_hazards, fetch_hazards;
    Records: open_records, fetch_records;
    Arriving: open_arriving, fetch_arriving;
    Keeping: open_keeping, fetch_keeping;
    Writing: open_writing, fetch_writing;
    Mapping: open_mapping, fetch_mapping;
}

fn hazards(page: Hazards) -> AnyView {
    match page {
        Hazards::Hazard => view! { <HazardPage /> }.into_any(),
        Hazards::Ledger => view! { <LedgerPage /> }.into_any(),
    }
}

fn records(page: Records) -> AnyView {
    match page {
        Records::ChooseSites => view! { <ChooseSitesPage /> }.into_any(),
        Records::Form => view! { <FormPage /> }.into_any(),
        Records::Forms => view! { <FormsPage /> }.into_any(),
        Records::GiveTask => view! { <GiveTaskPage /> }.into_any(),
        Records::Grids => view! { <GridsPage /> }.into_any(),
        Records::Parties => view! { <PartiesPage /> }.into_any(),
        Records::Party => view! { <PartyPage /> }.into_any(),
        Records::PartyEdit => view! { <PartyEditPage /> }.into_any(),
        Records::Plan => view! { <PlanPage /> }.into_any(),
        Records::PlanEdit => view! { <PlanEditPage /> }.into_any(),
        Records::PublicDraw => view! { <PublicDrawPage /> }.into_any(),
        Records::PublicReport => view! { <PublicReportPage /> }.into_any(),
        Records::PublicReports => view! { <PublicReportsPage /> }.into_any(),
        Records::ReportSettings => view! { <ReportSettingsPage /> }.into_any(),
        Records::Site => view! { <SitePage /> }.into_any(),
        Records::SiteEdit => view! { <SiteEditPage /> }.into_any(),
        Records::Sites => view! { <SitesPage /> }.into_any(),
        Records::SpotChecks => view! { <SpotChecksPage /> }.into_any(),
        Records::Task => view! { <TaskPage /> }.into_any(),
        Records::Tasks => view! { <TasksPage /> }.into_any(),
        Records::Visit => view! { <RecordPage /> }.into_any(),
        Records::Visits => view! { <VisitsPage /> }.into_any(),
    }
}

fn arriving(page: Arriving) -> AnyView {
    match page {
        Arriving::Complaint => view! { <ComplaintPage /> }.into_any(),
        Arriving::Complaints => view! { <ComplaintsPage /> }.into_any(),
        Arriving::Import => view! { <ImportPage /> }.into_any(),
        Arriving::ImportPreview => view! { <ImportPreviewPage /> }.into_any(),
        Arriving::Jobs => view! { <JobsPage /> }.into_any(),
        Arriving::Unsent => view! { <UnsentWorkPage /> }.into_any(),
        Arriving::Quarantine => view! { <QuarantinePage /> }.into_any(),
    }
}

fn keeping(page: Keeping) -> AnyView {
    match page {
        Keeping::Audit => view! { <AuditPage /> }.into_any(),
        Keeping::Code => view! { <CodePage /> }.into_any(),
        Keeping::Confirm => view! { <ConfirmPage /> }.into_any(),
        Keeping::Devices => view! { <DevicesPage /> }.into_any(),
        Keeping::Factor => view! { <FactorPage /> }.into_any(),
        Keeping::HandOver => view! { <HandOverPage /> }.into_any(),
        Keeping::Home => view! { <HomePage /> }.into_any(),
        Keeping::Password => view! { <PasswordPage /> }.into_any(),
        Keeping::People => view! { <PeoplePage /> }.into_any(),
        Keeping::PersonEdit => view! { <PersonEditPage /> }.into_any(),
        Keeping::SetUp => view! { <SetUpPage /> }.into_any(),
        Keeping::Inspections => view! { <InspectionsPage /> }.into_any(),
        Keeping::NoticeSettings => view! { <NoticeSettingsPage /> }.into_any(),
        Keeping::Notices => view! { <NoticesPage /> }.into_any(),
        Keeping::Settings => view! { <SettingsPage /> }.into_any(),
        Keeping::SignIn => view! { <SignInPage /> }.into_any(),
        Keeping::Start => view! { <StartPage /> }.into_any(),
    }
}

fn writing(page: Writing) -> AnyView {
    match page {
        Writing::Compare => view! { <ComparePage /> }.into_any(),
        Writing::FormEditor => view! { <FormEditorPage /> }.into_any(),
        Writing::Standards => view! { <StandardsPage /> }.into_any(),
    }
}

fn mapping(page: Mapping) -> AnyView {
    match page {
        Mapping::Map => view! { <MapPage /> }.into_any(),
        Mapping::Outlines => view! { <OutlinesPage /> }.into_any(),
    }
}

#[cfg(feature = "parts")]
#[leptos::wasm_split::wasm_split(mapping, wasm_split_path = leptos::wasm_split, preload(fetch_mapping), fallible)]
fn open_mapping(page: Mapping) -> Result<AnyView, Missing> {
    Ok(mapping(page))
}

#[cfg(feature = "parts")]
#[leptos::wasm_split::wasm_split(hazards, wasm_split_path = leptos::wasm_split, preload(fetch_hazards), fallible)]
fn open_hazards(page: Hazards) -> Result<AnyView, Missing> {
    Ok(hazards(page))
}

#[cfg(feature = "parts")]
#[leptos::wasm_split::wasm_split(records, wasm_split_path = leptos::wasm_split, preload(fetch_records), fallible)]
fn open_records(page: Records) -> Result<AnyView, Missing> {
    Ok(records(page))
}

#[cfg(feature = "parts")]
#[leptos::wasm_split::wasm_split(arriving, wasm_split_path = leptos::wasm_split, preload(fetch_arriving), fallible)]
fn open_arriving(page: Arriving) -> Result<AnyView, Missing> {
    Ok(arriving(page))
}

#[cfg(feature = "parts")]
#[leptos::wasm_split::wasm_split(keeping, wasm_split_path = leptos::wasm_split, preload(fetch_keeping), fallible)]
fn open_keeping(page: Keeping) -> Result<AnyView, Missing> {
    Ok(keeping(page))
}

#[cfg(feature = "parts")]
#[leptos::wasm_split::wasm_split(writing, wasm_split_path = leptos::wasm_split, preload(fetch_writing), fallible)]
fn open_writing(page: Writing) -> Result<AnyView, Missing> {
    Ok(writing(page))
}

#[cfg(not(feature = "parts"))]
use in_one::{
    fetch_arriving, fetch_hazards, fetch_keeping, fetch_mapping, fetch_records, fetch_writing, open_arriving,
    open_hazards, open_keeping, open_mapping, open_records, open_writing,
};
