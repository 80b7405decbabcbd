//! Every call of the pages' backend, by every role: what the desk's pages ask is the desk's.

use super::{
    office::{TestOffice, found, id, outcome_of, passing_visit},
    pages::Desk,
};
use app::{backend::Backend, error::AppError};
use domain::{
    hazard::{Evidence, HazardCommand},
    id::{HazardId, VisitId},
    import::{ImportFile, ImportKind},
    party::{Party, PartyKind},
    person::Person,
    role::{Action, Actor, Role},
    text::Lang,
};
use futures::{FutureExt, StreamExt, future::BoxFuture, stream};
use server::backend::PagesBackend;

type Call = (&'static str, Action, Box<dyn Fn(Actor) -> BoxFuture<'static, Option<AppError>>>);

fn call<T: 'static>(
    name: &'static str,
    action: Action,
    desk: &PagesBackend,
    ask: impl Fn(PagesBackend, Actor) -> BoxFuture<'static, Result<T, AppError>> + 'static,
) -> Call {
    let desk = desk.clone();
    let told = move |actor| ask(desk.clone(), actor).map(Result::err).boxed();
    (name, action, Box::new(told))
}

#[tokio::test]
async fn every_call_asks_for_the_role() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let hazard: HazardId = id();
    let visit = passing_visit(&inspector, &office.site, &office.checklist("ebike-charging"));
    let answers = inspector.sync(&[found(hazard, office.site.id, "堆放杂物"), visit.clone()]).await;
    assert!(answers.iter().all(|answer| outcome_of(answer) == "received"), "{answers:?}");
    let visit: VisitId = serde_json::from_value(visit["payload"]["submit_visit"]["id"].clone()).unwrap();
    let (site, session) = (office.site.clone(), 1);
    let people = office.state.store.people(office.office.id).await.unwrap();
    let nobody = people.iter().find(|person| person.role == Role::School).unwrap().clone();
    let desk = PagesBackend::new(office.state.clone(), Lang::Zh);
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
        call("directory", Action::UseField, &desk, |desk, actor| {
            async move { desk.directory(&actor).await }.boxed()
        }),
        call("devices", Action::UseField, &desk, |desk, actor| {
            async move { desk.devices(&actor).await }.boxed()
        }),
        call("sign_out_device", Action::UseField, &desk, move |desk, actor| {
            async move { desk.sign_out_device(&actor, session + 1_000_000).await }.boxed()
        }),
        call("audit", Action::ReadAudit, &desk, |desk, actor| {
            async move { desk.audit(&actor, &Default::default()).await }.boxed()
        }),
        call("overview", Action::UseOffice, &desk, |desk, actor| {
            async move { desk.overview(&actor).await }.boxed()
        }),
        call("ledger", Action::UseOffice, &desk, |desk, actor| {
            async move { desk.ledger(&actor, &Default::default()).await }.boxed()
        }),
        call("hazard", Action::UseOffice, &desk, move |desk, actor| {
            async move { desk.hazard(&actor, hazard).await }.boxed()
        }),
        call("act", Action::UseOffice, &desk, move |desk, actor| {
            let command = HazardCommand::Accept(Evidence { note: String::new(), photos: vec![] });
            async move { desk.act(&actor, hazard, command, 0).await }.boxed()
        }),
        call("visits", Action::UseOffice, &desk, |desk, actor| {
            async move { desk.visits(&actor, &Default::default()).await }.boxed()
        }),
        call("visit", Action::UseOffice, &desk, move |desk, actor| {
            async move { desk.visit(&actor, visit).await }.boxed()
        }),
        call("sites", Action::UseOffice, &desk, |desk, actor| {
            async move { desk.sites(&actor, &Default::default()).await }.boxed()
        }),
        call("site", Action::UseOffice, &desk, move |desk, actor| {
            async move { desk.site(&actor, at).await }.boxed()
        }),
        call("sites_of_code", Action::UseOffice, &desk, |desk, actor| {
            async move { desk.sites_of_code(&actor, "A1").await }.boxed()
        }),
        call("hazards_of_number", Action::UseOffice, &desk, |desk, actor| {
            async move { desk.hazards_of_number(&actor, "1").await }.boxed()
        }),
        call("people", Action::ManagePeople, &desk, |desk, actor| {
            async move { desk.people(&actor).await }.boxed()
        }),
        call("people_page", Action::ManagePeople, &desk, |desk, actor| {
            async move { desk.people_page(&actor, &Default::default()).await }.boxed()
        }),
        call("grids", Action::UseOffice, &desk, |desk, actor| {
            async move { desk.grids(&actor, &Default::default()).await }.boxed()
        }),
        call("parties", Action::UseOffice, &desk, |desk, actor| {
            async move { desk.parties(&actor, &Default::default()).await }.boxed()
        }),
        call("party", Action::UseOffice, &desk, move |desk, actor| {
            async move { desk.party(&actor, party).await }.boxed()
        }),
        call("parties_called", Action::ManageSites, &desk, |desk, actor| {
            async move { desk.parties_called(&actor, "锦绣物业").await }.boxed()
        }),
        call("save_party", Action::ManageSites, &desk, move |desk, actor| {
            let known = known.clone();
            async move { desk.save_party(&actor, known.clone(), Some(known)).await }.boxed()
        }),
        call("save_site", Action::ManageSites, &desk, move |desk, actor| {
            let own = own.clone();
            async move { desk.save_site(&actor, own.clone(), Some(own)).await }.boxed()
        }),
        call("import sites", Action::ManageSites, &desk, move |desk, actor| {
            async move { desk.send_list(&actor, ImportKind::Sites, file(), None).await }.boxed()
        }),
        call("import people", Action::ManagePeople, &desk, move |desk, actor| {
            async move { desk.send_list(&actor, ImportKind::People, file(), None).await }.boxed()
        }),
        call("save_person", Action::ManagePeople, &desk, move |desk, actor| {
            let nobody = nobody.clone();
            async move { desk.save_person(&actor, nobody.clone(), Some(nobody), None).await }.boxed()
        }),
        call("audit", Action::ReadAudit, &desk, |desk, actor| {
            async move { desk.audit(&actor, &Default::default()).await }.boxed()
        }),
        call("quarantine", Action::ManagePeople, &desk, |desk, actor| {
            async move { desk.quarantine(&actor, &Default::default()).await }.boxed()
        }),
        call("bring_in", Action::ManagePeople, &desk, |desk, actor| {
            async move { desk.bring_in(&actor, stream::empty().boxed()).await }.boxed()
        }),
        call("decide", Action::ManagePeople, &desk, |desk, actor| {
            async move { desk.decide(&actor, id(), true).await }.boxed()
        }),
        call("jobs", Action::ManageJobs, &desk, |desk, actor| {
            async move { desk.jobs(&actor, 1).await }.boxed()
        }),
        call("decide_job", Action::ManageJobs, &desk, |desk, actor| {
            async move { desk.decide_job(&actor, id(), true).await }.boxed()
        }),
    ];
    for role in Role::ALL {
        let phone = office.phone(role).await;
        let actor = phone.request("GET", "/api/v1/session", "").await.json()["actor"].clone();
        let actor: Actor = serde_json::from_value(actor).unwrap();
        for (name, action, ask) in &calls {
            let told = ask(actor.clone()).await;
            let refused = told == Some(AppError::NotAllowed);
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
