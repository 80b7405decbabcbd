//! Spot checks: that a plan is made by its rules alone, that nobody goes where they may not, and that what was missed is seen.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod certificates;
mod checks;
mod draws;
mod handed_over;
mod plans;
mod rules;
mod secrecy;
mod sent;

use chrono::{DateTime, TimeZone, Utc};
use domain::{
    id::{CommunityId, DepartmentId, FormId, PersonId, SiteId, SpotCheckId},
    inspection::InspectionRules,
    person::Certificate,
    risk::RiskLevel,
    role::{Action, Role},
    spot_check::{
        CheckProgress, SiteFacts, SpotCheckKind,
        plan::{
            PlanAround, PlanEventRecord, PlanOutline, PlanPerson, PlanRejection, PlannedPerson,
            SpotCheckPlan, SpotCheckPlanCommand, SpotCheckPlanEvent, decide,
        },
    },
    visit::VisitNature,
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// 0x1.. people, 0x2.. communities, 0x3.. grids, 0x5.. sites, 0x7.. plans and checks.
fn id<T: From<Uuid>>(n: u128) -> T {
    Uuid::from_u128(n).into()
}

/// An hour of a day of November 2026.
fn at(day: u32, hour: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, day, hour, 0, 0).unwrap()
}

const MAKER: u128 = 0x101;
const LEADER: u128 = 0x102;
/// Walk the first community.
const WANG: u128 = 0x111;
const LI: u128 = 0x112;
/// Walks the second.
const ZHAO: u128 = 0x113;
/// Belong to a department each.
const SUN: u128 = 0x114;
const QIAN: u128 = 0x117;
/// Answers for a school.
const SCHOOL: u128 = 0x115;
/// Has left.
const GONE: u128 = 0x116;

/// What is looked up.
struct Office {
    now: DateTime<Utc>,
    people: BTreeMap<PersonId, PlanPerson>,
    sites: BTreeMap<SiteId, SiteFacts>,
    forms: BTreeSet<FormId>,
    rules: InspectionRules,
    progress: CheckProgress,
    under_way: BTreeSet<SpotCheckId>,
    missed: BTreeSet<SpotCheckId>,
}

/// Officers, their departments and what these are called.
fn departments() -> impl Iterator<Item = (u128, DepartmentId, String)> {
    let all = [(SUN, 0x401, "综合执法队"), (QIAN, 0x402, "市场监管所")];
    all.into_iter().map(|(officer, known, name)| (officer, id(known), name.to_owned()))
}

fn certificate(valid_until: &str) -> Certificate {
    Certificate {
        number: "0173".to_owned(),
        issuer: "区司法局".to_owned(),
        valid_until: valid_until.parse().unwrap(),
    }
}

fn person(n: u128, name: &str, role: Role, community: Option<u128>) -> PlanPerson {
    let own: Option<CommunityId> = community.map(id);
    let department = departments().find(|(officer, ..)| *officer == n);
    PlanPerson {
        id: id(n),
        name: name.to_owned(),
        disabled: n == GONE,
        may_inspect: role.may(Action::Inspect) && !role.is_contact(),
        role,
        may_lead: role.may(Action::LeadSpotChecks),
        department: department.as_ref().map(|(_, known, _)| *known),
        department_name: department.map(|(.., name)| name).unwrap_or_default(),
        grids: community.map(|community| id(0x100 + community)).into_iter().collect(),
        communities: own
            .into_iter()
            .map(|own| (own, vec![id(0x100 + own.0.as_u128()), id(0x110 + own.0.as_u128())]))
            .collect(),
        // Whoever may inspect holds one.
        certificates: VisitNature::AdministrativeInspection
            .is_for(role)
            .then(|| certificate("2026-12-31"))
            .into_iter()
            .collect(),
        workload: 0,
    }
}

/// In the second grid of a community.
fn site(n: u128, community: u128) -> SiteFacts {
    SiteFacts {
        id: id(0x500 + n),
        name: format!("场所{n}"),
        grid: id(0x110 + community),
        community: id(community),
        party: None,
        kinds: vec!["restaurant".into()],
        risk: RiskLevel::General,
        last_visit: None,
        open_hazards: 0,
        hazards: 0,
        reports: 0,
        retired: false,
    }
}

impl Office {
    /// Two sites in each of two communities.
    fn new() -> Self {
        let people = [
            person(MAKER, "吴悦", Role::Supervisor, None),
            person(LEADER, "韩立新", Role::Leader, None),
            person(WANG, "王磊", Role::Inspector, Some(0x201)),
            person(LI, "李敏", Role::Inspector, Some(0x201)),
            person(ZHAO, "赵欣", Role::CommunityOfficer, Some(0x202)),
            person(SUN, "孙倩", Role::Officer, None),
            person(QIAN, "钱程", Role::Officer, None),
            person(SCHOOL, "周老师", Role::School, None),
            person(GONE, "冯涛", Role::Inspector, Some(0x202)),
        ];
        let sites = [site(1, 0x201), site(2, 0x201), site(3, 0x202), site(4, 0x202)];
        Self {
            now: at(24, 2),
            people: people.into_iter().map(|person| (person.id, person)).collect(),
            sites: sites.into_iter().map(|site| (site.id, site)).collect(),
            forms: BTreeSet::from([FormId::from("fire-access")]),
            rules: InspectionRules::default(),
            progress: CheckProgress::default(),
            under_way: BTreeSet::new(),
            missed: BTreeSet::new(),
        }
    }

    fn around(&self) -> PlanAround<'_> {
        PlanAround {
            now: self.now,
            office: "新城街道办事处",
            by: "吴悦",
            people: &self.people,
            sites: &self.sites,
            forms: &self.forms,
            rules: &self.rules,
            progress: self.progress,
            under_way: self.under_way.clone(),
            missed: self.missed.clone(),
        }
    }

    /// The plan after a command that fits.
    #[track_caller]
    fn after(&self, plan: &SpotCheckPlan, command: &SpotCheckPlanCommand) -> SpotCheckPlan {
        plan.clone().evolve(self.record(decide(Some(plan), command, &self.around()).unwrap()))
    }

    /// Why a command is refused.
    #[track_caller]
    fn refused(&self, plan: &SpotCheckPlan, command: &SpotCheckPlanCommand) -> PlanRejection {
        decide(Some(plan), command, &self.around()).unwrap_err()
    }

    fn record(&self, event: SpotCheckPlanEvent) -> PlanEventRecord {
        let by = PlannedPerson { id: id(MAKER), name: "吴悦".to_owned() };
        PlanEventRecord { at: self.now, by, event }
    }

    fn draft(&self, outline: &PlanOutline) -> Result<SpotCheckPlan, PlanRejection> {
        let command = SpotCheckPlanCommand::Outline(Box::new(outline.clone()));
        let event = decide(None, &command, &self.around())?;
        Ok(SpotCheckPlan::of(id(0x701), [self.record(event)]).unwrap())
    }
}

/// Patrols of two on the next day.
fn outline() -> PlanOutline {
    PlanOutline {
        title: "冬季夜查".to_owned(),
        kind: SpotCheckKind::Surprise,
        nature: VisitNature::Patrol,
        forms: vec!["fire-access".into()],
        matter: String::new(),
        basis: "年度抽查计划".to_owned(),
        leader: id(LEADER),
        opens_at: at(25, 1),
        until: "2026-11-25".parse().unwrap(),
        team_size: 2,
        departments: vec![],
        meet: "街道办门口 9:00".to_owned(),
        bring: "执法记录仪".to_owned(),
        note: String::new(),
    }
}
