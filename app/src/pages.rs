//! The pages that the server renders: a table of contents. All are rendered whole before they are sent, so that they can
//! be read without the program; the phone's screens under `/field/` are another document.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    any_nested_route::IntoAnyNestedRoute,
    components::{ParentRoute, Route, Router, Routes},
    path,
};
use office::{
    account::{
        devices::DevicesPage,
        factor::{CodePage, FactorPage},
        password::{ConfirmPage, PasswordPage},
        set_up::SetUpPage,
        sign_in::SignInPage,
    },
    audit::AuditPage,
    desk::Desk,
    grids::GridsPage,
    hazard::page::HazardPage,
    import::{ImportPage, ImportPreviewPage},
    jobs::JobsPage,
    ledger::LedgerPage,
    overview::OverviewPage,
    parties::PartiesPage,
    party::{PartyPage, edit::PartyEditPage},
    people::{PeoplePage, edit::PersonEditPage},
    public::{home::HomePage, not_found::NotFoundPage},
    quarantine::QuarantinePage,
    settings::SettingsPage,
    site::{SitePage, edit::SiteEditPage},
    sites::SitesPage,
    start::StartPage,
    visit::RecordPage,
    visits::VisitsPage,
};

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    #[cfg(feature = "hydrate")]
    provide_context(document_lang());
    view! {
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/") view=HomePage ssr=SsrMode::Async />
                <Route path=path!("/signin") view=SignInPage ssr=SsrMode::Async />
                <Route path=path!("/signin/code") view=CodePage ssr=SsrMode::Async />
                <Route path=path!("/setup") view=SetUpPage ssr=SsrMode::Async />
                <Route path=path!("/account/devices") view=DevicesPage ssr=SsrMode::Async />
                <Route path=path!("/account/password") view=PasswordPage ssr=SsrMode::Async />
                <Route path=path!("/account/confirm") view=ConfirmPage ssr=SsrMode::Async />
                <Route path=path!("/account/second-factor") view=FactorPage ssr=SsrMode::Async />
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
            <Route path=path!("hazards") view=LedgerPage ssr=SsrMode::Async />
            <Route path=path!("hazards/:id") view=HazardPage ssr=SsrMode::Async />
            <Route path=path!("visits") view=VisitsPage ssr=SsrMode::Async />
            <Route path=path!("visits/:id") view=RecordPage ssr=SsrMode::Async />
            <Route path=path!("sites") view=SitesPage ssr=SsrMode::Async />
            <Route path=path!("sites/new") view=SiteEditPage ssr=SsrMode::Async />
            <Route path=path!("sites/:id") view=SitePage ssr=SsrMode::Async />
            <Route path=path!("sites/:id/edit") view=SiteEditPage ssr=SsrMode::Async />
            <Route path=path!("parties") view=PartiesPage ssr=SsrMode::Async />
            <Route path=path!("parties/new") view=PartyEditPage ssr=SsrMode::Async />
            <Route path=path!("parties/:id") view=PartyPage ssr=SsrMode::Async />
            <Route path=path!("parties/:id/edit") view=PartyEditPage ssr=SsrMode::Async />
            <Route path=path!("grids") view=GridsPage ssr=SsrMode::Async />
            <Route path=path!("import") view=ImportPage ssr=SsrMode::Async />
            <Route path=path!("import/:id") view=ImportPreviewPage ssr=SsrMode::Async />
            <Route path=path!("quarantine") view=QuarantinePage ssr=SsrMode::Async />
            <Route path=path!("audit") view=AuditPage ssr=SsrMode::Async />
            <Route path=path!("jobs") view=JobsPage ssr=SsrMode::Async />
            <Route path=path!("settings") view=SettingsPage ssr=SsrMode::Async />
            <Route path=path!("start") view=StartPage ssr=SsrMode::Async />
            <Route path=path!("people") view=PeoplePage ssr=SsrMode::Async />
            <Route path=path!("people/new") view=PersonEditPage ssr=SsrMode::Async />
            <Route path=path!("people/:id") view=PersonEditPage ssr=SsrMode::Async />
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
