//! The kinds of spot checks through the office: a joint check of two departments, people of another community, the leader's own round.

use super::{
    asker::{at_desk, said},
    evidence::{actor, clean},
    office::{Phone, TestOffice, id, now, outcome_of, passing_visit, reason_of},
    pages::Desk,
};
use app::error::AppError;
use chrono::{DateTime, Duration, Utc};
use domain::{
    id::{DepartmentId, PersonId, SpotCheckPlanId},
    person::Person,
    place::{Community, Department, Grid},
    role::Role,
    sector::Sector,
    site::Site,
    spot_check::{
        CheckProgress, SpotCheckKind, SpotCheckState,
        plan::{PlanOutline, PlanRequest, SiteChoice},
    },
    time::office_day,
    visit::VisitNature,
};
use server::service::{Asker, Error, spot_checks};

/// An hour before the visits of these tests: when plans open.
fn opens() -> DateTime<Utc> {
    now() - Duration::hours(1)
}

/// A plan is made a day before.
async fn maker(office: &TestOffice) -> Asker {
    office.clock.set(now() - Duration::days(1));
    at_desk(&actor(&office.phone(Role::Supervisor).await).await)
}

async fn outline(office: &TestOffice, kind: SpotCheckKind) -> PlanOutline {
    PlanOutline {
        title: "冬季夜查".to_owned(),
        kind,
        nature: VisitNature::Patrol,
        forms: vec!["ebike-charging".into()],
        matter: String::new(),
        basis: "年度抽查计划".to_owned(),
        leader: office.person(Role::Leader).await.id,
        opens_at: opens(),
        until: office_day(opens()),
        team_size: 1,
        departments: vec![],
        meet: "老地方".to_owned(),
        bring: String::new(),
        note: String::new(),
    }
}

async fn ask(
    office: &TestOffice,
    by: &Asker,
    plan: SpotCheckPlanId,
    what: &PlanRequest,
) -> Result<(), Error> {
    spot_checks::change(&office.state, by, plan, what).await
}

fn by_hand(site: &Site, people: &[PersonId]) -> PlanRequest {
    PlanRequest::ChooseSites { choice: SiteChoice::ByHand, sites: vec![site.id], people: people.to_vec() }
}

/// Drafted with this site and these people, and sent; then its hour has come.
async fn sent(
    office: &TestOffice,
    by: &Asker,
    outline: &PlanOutline,
    site: &Site,
    people: &[PersonId],
) -> SpotCheckPlanId {
    let plan = spot_checks::draft(&office.state, by, outline).await.unwrap();
    ask(office, by, plan, &by_hand(site, people)).await.unwrap();
    ask(office, by, plan, &PlanRequest::Send).await.unwrap();
    office.clock.set(now());
    plan
}

async fn submitted(office: &TestOffice, phone: &Phone<'_>, site: &Site) -> serde_json::Value {
    let visit = passing_visit(phone, site, &office.form("ebike-charging"));
    let came = phone.sync(std::slice::from_ref(&visit)).await.remove(0);
    assert_eq!(outcome_of(&came), "received", "{came}");
    visit
}

async fn is_done(office: &TestOffice, by: &Asker, plan: SpotCheckPlanId) {
    let file = spot_checks::file(&office.state, by, plan).await.unwrap();
    assert_eq!(file.progress, CheckProgress { done: 1, ..CheckProgress::default() });
    let check = file.inside.unwrap().sites.remove(0).check.unwrap();
    assert!(matches!(check.state, SpotCheckState::Done { .. }), "{check:?}");
}

/// Out of the community that everybody else belongs to.
async fn across(office: &TestOffice) -> Site {
    let community = Community { id: id(), name: "远山社区".into() };
    let grid = Grid { id: id(), community: community.id, name: "第 9 网格".into() };
    let name = "远山仓储".to_owned();
    let (community_id, grid_id) = (community.id, grid.id);
    let site = Site {
        id: id(),
        community: community_id,
        grid: grid_id,
        name,
        code: "YS-1".into(),
        ..office.elsewhere.clone()
    };
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_community(office.office.id, &community).await.unwrap();
    tx.put_grid(office.office.id, &grid).await.unwrap();
    tx.put_site(office.office.id, &site).await.unwrap();
    tx.commit().await.unwrap();
    site
}

/// An officer of a second department, and that department.
async fn second_officer(office: &TestOffice) -> (Person, DepartmentId) {
    let department =
        Department { id: id(), name: "市场监管所".into(), sectors: vec![Sector::Equipment] };
    let first = office.person(Role::Officer).await;
    let second = Person {
        id: id(),
        username: "second".into(),
        name: "钱程".into(),
        department: Some(department.id),
        ..first
    };
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_department(office.office.id, &department).await.unwrap();
    tx.put_person(office.office.id, &second, Some("$argon2id$")).await.unwrap();
    tx.commit().await.unwrap();
    (second, department.id)
}

#[tokio::test]
async fn a_cross_check_is_carried_out_by_people_of_another_community() {
    let office = TestOffice::open().await;
    let by = maker(&office).await;
    let site = across(&office).await;
    let inspector = office.phone(Role::Inspector).await;
    let outline = outline(&office, SpotCheckKind::Cross).await;
    // Both grids of the office's first community are the inspector's own community.
    let plan = spot_checks::draft(&office.state, &by, &outline).await.unwrap();
    let own = said(ask(&office, &by, plan, &by_hand(&office.elsewhere, &[inspector.person])).await);
    let Err(AppError::Invalid { field, reason }) = own else { panic!("{own:?}") };
    assert!(field == "people" && reason.contains("要去 1 人"), "{field}: {reason}");
    let before = inspector.sync(&[passing_visit(&inspector, &site, &office.form("ebike-charging"))]).await;
    assert_eq!(reason_of(&before[0]), "not_allowed", "it is out of their grid, and the hour has not come");
    let plan = sent(&office, &by, &outline, &site, &[inspector.person]).await;
    submitted(&office, &inspector, &site).await;
    is_done(&office, &by, plan).await;
    clean(&office).await;
}

#[tokio::test]
async fn a_leader_goes_along_on_their_own_round_and_may_keep_the_record() {
    let office = TestOffice::open().await;
    let by = maker(&office).await;
    let inspector = office.phone(Role::Inspector).await;
    let outline = outline(&office, SpotCheckKind::Leader).await;
    let plan = sent(&office, &by, &outline, &office.elsewhere, &[inspector.person]).await;
    let file = spot_checks::file(&office.state, &by, plan).await.unwrap();
    let planned = file.inside.unwrap().sites.remove(0).planned;
    let team: Vec<_> = planned.team.iter().map(|one| one.id).collect();
    assert_eq!(
        team,
        [inspector.person, outline.leader],
        "nobody named the leader, who comes beside the team"
    );
    let leader = office.phone(Role::Leader).await;
    let (changes, _) = leader.pull(None).await;
    let orders = changes.iter().filter(|change| change["kind"] == "sealed_order").count();
    assert_eq!(orders, 1, "with an order of their own");
    submitted(&office, &leader, &office.elsewhere).await;
    is_done(&office, &by, plan).await;
    clean(&office).await;
}

#[tokio::test]
async fn a_joint_check_is_one_record_that_names_its_departments() {
    let office = TestOffice::open().await;
    let by = maker(&office).await;
    let (second, department) = second_officer(&office).await;
    let officer = office.phone(Role::Officer).await;
    let own = office.person(Role::Officer).await;
    let departments = vec![own.department.unwrap(), department];
    let outline = PlanOutline { departments, team_size: 2, ..outline(&office, SpotCheckKind::Joint).await };
    let plan = spot_checks::draft(&office.state, &by, &outline).await.unwrap();
    let inspector = office.phone(Role::Inspector).await.person;
    let without = ask(&office, &by, plan, &by_hand(&office.site, &[officer.person, inspector])).await;
    let Err(AppError::Invalid { field, reason }) = said(without) else { panic!("a department is missing") };
    assert!(field == "people" && reason.contains("市场监管所"), "{field}: {reason}");
    let team = [officer.person, second.id, inspector];
    let plan = sent(&office, &by, &outline, &office.site, &team).await;
    let visit = submitted(&office, &officer, &office.site).await;
    is_done(&office, &by, plan).await;
    let id = visit["payload"]["submit_visit"]["id"].as_str().unwrap();
    let record =
        Desk::of(&office).seat(Role::Supervisor).await.page(&format!("/office/visits/{id}")).await.text();
    for words in ["参加部门", "应急管理办公室", "市场监管所"] {
        assert!(record.contains(words), "{words}");
    }
    // Another visit there is nobody's joint check.
    let alone = submitted(&office, &officer, &office.site).await;
    let id = alone["payload"]["submit_visit"]["id"].as_str().unwrap();
    let record =
        Desk::of(&office).seat(Role::Supervisor).await.page(&format!("/office/visits/{id}")).await.text();
    assert!(!record.contains("参加部门"));
    clean(&office).await;
}
