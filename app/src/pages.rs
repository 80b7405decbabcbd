//! The pages that the server renders: a table of contents. All are rendered whole before they are sent, so that they can
//! be read without the program; the phone's screens under `/field/` are another document. What is fetched with which page
//! stands in [`parts`].

pub mod parts;

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    any_nested_route::IntoAnyNestedRoute,
    components::{ParentRoute, Route, Router, Routes},
    path,
};
use office::{desk::Desk, overview::OverviewPage, public::not_found::NotFoundPage};
use parts::{Arriving, Hazards, Keeping, Mapping, Records, Writing};

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    #[cfg(feature = "hydrate")]
    provide_context(document_lang());
    view! {
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/") view=Keeping::Home ssr=SsrMode::Async />
                <Route path=path!("/draws/:id") view=Records::PublicDraw ssr=SsrMode::Async />
                <Route path=path!("/signin") view=Keeping::SignIn ssr=SsrMode::Async />
                <Route path=path!("/signin/code") view=Keeping::Code ssr=SsrMode::Async />
                <Route path=path!("/setup") view=Keeping::SetUp ssr=SsrMode::Async />
                <Route path=path!("/account/devices") view=Keeping::Devices ssr=SsrMode::Async />
                <Route path=path!("/account/password") view=Keeping::Password ssr=SsrMode::Async />
                <Route path=path!("/account/confirm") view=Keeping::Confirm ssr=SsrMode::Async />
                <Route path=path!("/account/second-factor") view=Keeping::Factor ssr=SsrMode::Async />
                <OfficeRoutes />
            </Routes>
        </Router>
    }
}

#[component(transparent)]
fn OfficeRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("/office") view=Desk ssr=SsrMode::Async>
            <Route path=path!("") view=OverviewPage ssr=SsrMode::Async />
            <Route path=path!("hazards") view=Hazards::Ledger ssr=SsrMode::Async />
            <Route path=path!("hazards/:id") view=Hazards::Hazard ssr=SsrMode::Async />
            <Route path=path!("visits") view=Records::Visits ssr=SsrMode::Async />
            <Route path=path!("visits/:id") view=Records::Visit ssr=SsrMode::Async />
            <Route path=path!("tasks") view=Records::Tasks ssr=SsrMode::Async />
            <Route path=path!("tasks/new") view=Records::GiveTask ssr=SsrMode::Async />
            <Route path=path!("tasks/:id") view=Records::Task ssr=SsrMode::Async />
            <Route path=path!("reports") view=Records::PublicReports ssr=SsrMode::Async />
            <Route path=path!("reports/settings") view=Records::ReportSettings ssr=SsrMode::Async />
            <Route path=path!("reports/:id") view=Records::PublicReport ssr=SsrMode::Async />
            <Route path=path!("complaints") view=Arriving::Complaints ssr=SsrMode::Async />
            <Route path=path!("complaints/:id") view=Arriving::Complaint ssr=SsrMode::Async />
            <Route path=path!("sites") view=Records::Sites ssr=SsrMode::Async />
            <Route path=path!("sites/new") view=Records::SiteEdit ssr=SsrMode::Async />
            <Route path=path!("sites/:id") view=Records::Site ssr=SsrMode::Async />
            <Route path=path!("sites/:id/edit") view=Records::SiteEdit ssr=SsrMode::Async />
            <Route path=path!("checks") view=Records::SpotChecks ssr=SsrMode::Async />
            <Route path=path!("checks/new") view=Records::PlanEdit ssr=SsrMode::Async />
            <Route path=path!("checks/:id") view=Records::Plan ssr=SsrMode::Async />
            <Route path=path!("checks/:id/edit") view=Records::PlanEdit ssr=SsrMode::Async />
            <Route path=path!("checks/:id/sites") view=Records::ChooseSites ssr=SsrMode::Async />
            <Route path=path!("parties") view=Records::Parties ssr=SsrMode::Async />
            <Route path=path!("parties/new") view=Records::PartyEdit ssr=SsrMode::Async />
            <Route path=path!("parties/:id") view=Records::Party ssr=SsrMode::Async />
            <Route path=path!("parties/:id/edit") view=Records::PartyEdit ssr=SsrMode::Async />
            <Route path=path!("forms") view=Records::Forms ssr=SsrMode::Async />
            <Route path=path!("forms/:id") view=Records::Form ssr=SsrMode::Async />
            <Route path=path!("forms/:id/edit") view=Writing::FormEditor ssr=SsrMode::Async />
            <Route path=path!("forms/:id/compare") view=Writing::Compare ssr=SsrMode::Async />
            <Route path=path!("standards") view=Writing::Standards ssr=SsrMode::Async />
            <Route path=path!("grids") view=Records::Grids ssr=SsrMode::Async />
            <Route path=path!("map") view=Mapping::Map ssr=SsrMode::Async />
            <Route path=path!("outlines") view=Mapping::Outlines ssr=SsrMode::Async />
            <Route path=path!("import") view=Arriving::Import ssr=SsrMode::Async />
            <Route path=path!("import/:id") view=Arriving::ImportPreview ssr=SsrMode::Async />
            <Route path=path!("quarantine") view=Arriving::Quarantine ssr=SsrMode::Async />
            <Route path=path!("audit") view=Keeping::Audit ssr=SsrMode::Async />
            <Route path=path!("unsent") view=Arriving::Unsent ssr=SsrMode::Async />
            <Route path=path!("jobs") view=Arriving::Jobs ssr=SsrMode::Async />
            <Route path=path!("settings") view=Keeping::Settings ssr=SsrMode::Async />
            <Route path=path!("inspections") view=Keeping::Inspections ssr=SsrMode::Async />
            <Route path=path!("notices") view=Keeping::Notices ssr=SsrMode::Async />
            <Route path=path!("notices/rules") view=Keeping::NoticeSettings ssr=SsrMode::Async />
            <Route path=path!("start") view=Keeping::Start ssr=SsrMode::Async />
            <Route path=path!("people") view=Keeping::People ssr=SsrMode::Async />
            <Route path=path!("people/new") view=Keeping::PersonEdit ssr=SsrMode::Async />
            <Route path=path!("people/:id") view=Keeping::PersonEdit ssr=SsrMode::Async />
            <Route path=path!("people/:id/hand-over") view=Keeping::HandOver ssr=SsrMode::Async />
        </ParentRoute>
    }
    .into_inner()
    .into_any_nested_route()
}

/// The language in which the server wrote this document; asking the browser would hydrate other words than were sent.
#[cfg(feature = "hydrate")]
fn document_lang() -> office::i18n::Lang {
    let root = document().document_element();
    let tag = root.and_then(|root| root.get_attribute("lang")).unwrap_or_default();
    office::i18n::Lang::from_tags(&tag)
}
