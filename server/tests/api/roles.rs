//! Every use case of the desk, by every role: what the desk's pages ask is the desk's.

mod forms;

use super::{
    asker::at_desk,
    office::{TestOffice, found, id, outcome_of, passing_visit},
    pages::Desk,
};
use domain::{
    code::ComplaintState,
    datum::Datum,
    hazard::{Evidence, HazardCommand},
    id::{HazardId, VisitId},
    import::{ImportFile, ImportKind},
    notice::{ChannelChange, NoticeSettings},
    party::{Party, PartyKind},
    person::Person,
    place::PlaceId,
    role::{Action, Actor, Role},
    settings::{SettingsCommand, paper::Paper},
    task::{TaskCommand, TaskSubject},
};
use futures::{FutureExt, StreamExt, future::BoxFuture, stream};
use server::service::{
    Asker, Error, Services, audit, campaigns, complaints, hazards, heartbeats, imports, inspections,
    jobs::failed,
    map, notices, outlines, overview, own, parties, people, places,
    public_reports::{self, Wanted, contacts, publish},
    sealed_orders, settings, sites, spot_checks,
    sync::{self, bundle_import, quarantine},
    tasks, visits,
};

type Call = (&'static str, Action, Box<dyn Fn(Asker) -> BoxFuture<'static, Option<Error>>>);

fn call<T: 'static>(
    name: &'static str,
    action: Action,
    services: &Services,
    ask: impl Fn(Services, Asker) -> BoxFuture<'static, Result<T, Error>> + 'static,
) -> Call {
    let services = services.clone();
    let told = move |by| ask(services.clone(), by).map(Result::err).boxed();
    (name, action, Box::new(told))
}

#[tokio::test]
async fn every_call_asks_for_the_role() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let hazard: HazardId = id();
    let visit = passing_visit(&inspector, &office.site, &office.form("ebike-charging"));
    let answers = inspector.sync(&[found(hazard, office.site.id, "堆放杂物"), visit.clone()]).await;
    assert!(answers.iter().all(|answer| outcome_of(answer) == "received"), "{answers:?}");
    let visit: VisitId = serde_json::from_value(visit["payload"]["submit_visit"]["id"].clone()).unwrap();
    let (site, session) = (office.site.clone(), 1);
    let people = office.state.store.people(office.office.id).await.unwrap();
    let nobody = people.iter().find(|person| person.role == Role::School).unwrap().clone();
    let state = &office.state.services;
    let (at, own) = (site.id, site.clone());
    let known = Party {
        id: id(),
        name: "锦绣物业".into(),
        kind: PartyKind::Enterprise,
        credit_code: None,
        phone: String::new(),
        people: vec![],
        note: String::new(),
        retired: false,
    };
    let party = known.id;
    let file = || ImportFile { name: "空.csv".into(), bytes: vec![] };
    let calls = [
        // Of one's own: whoever is signed in.
        call("directory", Action::UseField, state, |services, by| {
            async move { sync::directory(&services, &by.actor).await.map_err(Error::from) }.boxed()
        }),
        call("devices", Action::UseField, state, |services, by| {
            async move { own::devices(&services, &by).await }.boxed()
        }),
        call("sign_out_device", Action::UseField, state, move |services, by| {
            async move { own::sign_out_device(&services, &by, session + 1_000_000).await }.boxed()
        }),
        call("audit", Action::ReadAudit, state, |services, by| {
            async move { audit::list(&services, &by, &Default::default()).await }.boxed()
        }),
        call("overview", Action::UseOffice, state, |services, by| {
            async move { overview::read(&services, &by).await }.boxed()
        }),
        call("ledger", Action::UseOffice, state, |services, by| {
            async move { hazards::ledger(&services, &by, &Default::default()).await }.boxed()
        }),
        call("hazard", Action::UseOffice, state, move |services, by| {
            async move { hazards::file(&services, &by, hazard).await }.boxed()
        }),
        call("act", Action::UseOffice, state, move |services, by| {
            let command = HazardCommand::Accept(Evidence { note: String::new(), photos: vec![] });
            async move { hazards::act(&services, &by, hazard, &command, 0).await }.boxed()
        }),
        call("visits", Action::UseOffice, state, |services, by| {
            async move { visits::list(&services, &by, &Default::default()).await }.boxed()
        }),
        call("visit", Action::UseOffice, state, move |services, by| {
            async move { visits::file(&services, &by, visit).await }.boxed()
        }),
        call("sites", Action::UseOffice, state, |services, by| {
            async move { sites::list(&services, &by, &Default::default()).await }.boxed()
        }),
        call("site", Action::UseOffice, state, move |services, by| {
            async move { sites::file(&services, &by, at).await }.boxed()
        }),
        call("sites_of_code", Action::UseOffice, state, |services, by| {
            async move { sites::of_code(&services, &by, "A1").await }.boxed()
        }),
        call("hazards_of_number", Action::UseOffice, state, |services, by| {
            async move { hazards::of_number(&services, &by, "1").await }.boxed()
        }),
        call("people", Action::ManagePeople, state, |services, by| {
            async move { people::all(&services, &by).await }.boxed()
        }),
        call("people_page", Action::ManagePeople, state, |services, by| {
            async move { people::list(&services, &by, &Default::default()).await }.boxed()
        }),
        call("grids", Action::UseOffice, state, |services, by| {
            async move { places::grids(&services, &by, &Default::default()).await }.boxed()
        }),
        call("map", Action::UseOffice, state, |services, by| {
            async move { map::places(&services, &by).await }.boxed()
        }),
        call("outlines", Action::ManageSites, state, move |services, by| {
            async move { outlines::send(&services, &by, file(), Datum::Wgs84, false).await }.boxed()
        }),
        call("the outlines that there are", Action::ManageSites, state, |services, by| {
            async move { outlines::kept(&services, &by).await }.boxed()
        }),
        call("remove an outline", Action::ManageSites, state, |services, by| {
            async move { outlines::remove(&services, &by, PlaceId::Grid(id())).await }.boxed()
        }),
        call("spot_checks", Action::UseOffice, state, |services, by| {
            async move { spot_checks::list(&services, &by, &Default::default()).await }.boxed()
        }),
        call("what a plan can be made of", Action::PlanSpotChecks, state, |services, by| {
            async move { spot_checks::choices(&services, &by).await }.boxed()
        }),
        call("what a rule finds", Action::PlanSpotChecks, state, |services, by| {
            async move { spot_checks::propose(&services, &by, &Default::default(), "").await }.boxed()
        }),
        call("unsent", Action::UseOffice, state, |services, by| {
            async move { heartbeats::list(&services, &by, &Default::default()).await }.boxed()
        }),
        call("campaign", Action::UseOffice, state, |services, by| {
            async move { campaigns::progress(&services, &by, &"fire-lane-campaign".into()).await }.boxed()
        }),
        call("tasks", Action::UseOffice, state, |services, by| {
            async move { tasks::list(&services, &by, &Default::default()).await }.boxed()
        }),
        call("task", Action::UseOffice, state, |services, by| {
            async move { tasks::file(&services, &by, id()).await }.boxed()
        }),
        call("giving", Action::Assign, state, move |services, by| {
            let subject = TaskSubject::Visit { site: at, forms: vec![] };
            async move { tasks::giving(&services, &by, &subject).await }.boxed()
        }),
        call("takers", Action::Assign, state, move |services, by| {
            let subject = TaskSubject::Visit { site: at, forms: vec![] };
            async move { tasks::takers(&services, &by, &subject).await }.boxed()
        }),
        call("give_task", Action::Assign, state, |services, by| {
            let command = TaskCommand::Withdraw { reason: "派错了".into() };
            async move { tasks::give(&services, &by, &command).await }.boxed()
        }),
        call("change_task", Action::Assign, state, |services, by| {
            let command = TaskCommand::HandOn { to: id() };
            async move { tasks::act(&services, &by, id(), &command).await }.boxed()
        }),
        call("leaving", Action::Assign, state, |services, by| {
            async move { tasks::leaving(&services, &by, id()).await }.boxed()
        }),
        call("hand_over", Action::Assign, state, |services, by| {
            async move { tasks::hand_over(&services, &by, id(), id(), false).await }.boxed()
        }),
        call("public_reports", Action::UseOffice, state, |services, by| {
            async move { public_reports::list(&services, &by, &Default::default()).await }.boxed()
        }),
        call("public_report", Action::UseOffice, state, |services, by| {
            async move { public_reports::file(&services, &by, id()).await }.boxed()
        }),
        call("act_on_report", Action::Assign, state, |services, by| {
            async move { public_reports::act(&services, &by, id(), Wanted::Release).await }.boxed()
        }),
        call("approve a reward", Action::AssignAndSupervise, state, |services, by| {
            let wanted = Wanted::ApproveReward { sum: String::new() };
            async move { public_reports::act(&services, &by, id(), wanted).await }.boxed()
        }),
        call("ask_contact", Action::Assign, state, |services, by| {
            async move { contacts::ask(&services, &by, id(), "", "回话").await }.boxed()
        }),
        call("open_contact", Action::Assign, state, |services, by| {
            async move { contacts::open(&services, &by, id(), "").await }.boxed()
        }),
        call("hold_contacts", Action::Assign, state, |services, by| {
            async move { contacts::hold(&services, &by, "", "").await }.boxed()
        }),
        call("report_settings", Action::Assign, state, |services, by| {
            async move { publish::settings_file(&services, &by).await }.boxed()
        }),
        call("disclose", Action::AssignAndSupervise, state, |services, by| {
            async move { publish::disclose(&services, &by, id(), true).await }.boxed()
        }),
        call("complaints", Action::ReadAudit, state, |services, by| {
            async move { complaints::list(&services, &by, &Default::default()).await }.boxed()
        }),
        call("complaint", Action::ReadAudit, state, |services, by| {
            async move { complaints::file(&services, &by, id()).await }.boxed()
        }),
        call("mark_complaint", Action::ReadAudit, state, |services, by| {
            async move { complaints::mark(&services, &by, id(), ComplaintState::InHand, "").await }.boxed()
        }),
        call("spoken_words", Action::UseOffice, state, |services, by| {
            async move { sealed_orders::words_for_leader(&services, &by, id()).await }.boxed()
        }),
        call("parties", Action::UseOffice, state, |services, by| {
            async move { parties::list(&services, &by, &Default::default()).await }.boxed()
        }),
        call("party", Action::UseOffice, state, move |services, by| {
            async move { parties::file(&services, &by, party).await }.boxed()
        }),
        call("parties_called", Action::ManageSites, state, |services, by| {
            async move { parties::called(&services, &by, "锦绣物业").await }.boxed()
        }),
        call("save_party", Action::ManageSites, state, move |services, by| {
            let known = known.clone();
            async move { parties::save(&services, &by, known.clone(), Some(known)).await }.boxed()
        }),
        call("save_site", Action::ManageSites, state, move |services, by| {
            let own = own.clone();
            async move { sites::save(&services, &by, own.clone(), Some(own)).await }.boxed()
        }),
        call("merge_site", Action::ManageSites, state, move |services, by| {
            async move { sites::merge(&services, &by, at, "nowhere").await }.boxed()
        }),
        call("import sites", Action::ManageSites, state, move |services, by| {
            async move { imports::send(&services, &by, ImportKind::Sites, file(), None).await }.boxed()
        }),
        call("import people", Action::ManagePeople, state, move |services, by| {
            async move { imports::send(&services, &by, ImportKind::People, file(), None).await }.boxed()
        }),
        call("save_person", Action::ManagePeople, state, move |services, by| {
            let nobody = nobody.clone();
            async move { people::save(&services, &by, nobody.clone(), Some(nobody), None).await }.boxed()
        }),
        call("audit", Action::ReadAudit, state, |services, by| {
            async move { audit::list(&services, &by, &Default::default()).await }.boxed()
        }),
        call("quarantine", Action::ManagePeople, state, |services, by| {
            async move { quarantine::list(&services, &by, &Default::default()).await }.boxed()
        }),
        call("bring_in", Action::ManagePeople, state, |services, by| {
            async move {
                bundle_import::bring_in(&services, &by, stream::empty::<Result<Vec<u8>, String>>().boxed())
                    .await
            }
            .boxed()
        }),
        call("decide", Action::ManagePeople, state, |services, by| {
            async move { quarantine::decide(&services, &by, id(), true).await }.boxed()
        }),
        call("inspection_rules", Action::ManageSettings, state, |services, by| {
            async move { inspections::rules(&services, &by).await }.boxed()
        }),
        call("notice_settings", Action::ManageSettings, state, |services, by| {
            async move { notices::file(&services, &by).await }.boxed()
        }),
        call("save_notice_rule", Action::ManageSettings, state, |services, by| {
            async move { notices::change_rules(&services, &by, NoticeSettings::default()).await }.boxed()
        }),
        call("save_notice_channel", Action::ManageSettings, state, |services, by| {
            let change = ChannelChange::default();
            async move { notices::change_channel(&services, &by, None, &change).await }.boxed()
        }),
        call("retire_channel", Action::ManageSettings, state, |services, by| {
            async move { notices::retire_channel(&services, &by, id()).await }.boxed()
        }),
        call("settings", Action::ManageSettings, state, |services, by| {
            async move { settings::file(&services, &by).await }.boxed()
        }),
        call("save_office_settings", Action::ManageSettings, state, |services, by| {
            let command = SettingsCommand::Issue { papers: Paper::ALL.into(), was: None };
            async move { settings::change(&services, &by, &command).await }.boxed()
        }),
        call("jobs", Action::ManageJobs, state, |services, by| {
            async move { failed::list(&services, &by, 1).await }.boxed()
        }),
        call("decide_job", Action::ManageJobs, state, |services, by| {
            async move { failed::decide(&services, &by, id(), true).await }.boxed()
        }),
    ];
    let calls: Vec<_> = calls.into_iter().chain(forms::calls(state)).collect();
    for role in Role::ALL {
        let phone = office.phone(role).await;
        let actor = phone.request("GET", "/api/v1/session", "").await.json()["actor"].clone();
        let actor: Actor = serde_json::from_value(actor).unwrap();
        for (name, action, ask) in &calls {
            let told = ask(at_desk(&actor)).await;
            let refused = told == Some(Error::NotAllowed);
            assert_eq!(refused, !role.may(*action), "{name} by {role:?}: {told:?}");
        }
    }
}

/// A page is rendered by the same calls; what its status says would keep nobody from reading it.
#[tokio::test]
async fn the_page_of_accounts_names_nobody_to_whoever_may_not_keep_them() {
    let office = TestOffice::open().await;
    let people = office.state.store.people(office.office.id).await.unwrap();
    let inspector = people.into_iter().find(|person| person.role == Role::Inspector).unwrap();
    let reached = Person { phone: "13900000077".into(), ..inspector };
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_person(office.office.id, &reached, None).await.unwrap();
    tx.commit().await.unwrap();
    let desk = Desk::of(&office);
    for role in [Role::Administrator, Role::Supervisor, Role::Officer] {
        let page = desk.seat(role).await.page("/office/people").await;
        let may = role.may(Action::ManagePeople);
        assert_eq!(page.status.is_success(), may, "{role:?}: {}", page.status);
        assert_eq!(page.text().contains(&reached.phone), may, "{role:?}: {}", page.text());
    }
}
