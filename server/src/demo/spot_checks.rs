//! Spot checks: a draw that was made void once, made again and published; a plan of yesterday of which one site was not visited; one of
//! each further kind; and, sealed as any other, a plan that opens within the hour.
//!
//! What lies behind is decided by the same rules as real plans, by clocks of its own days.

mod kinds;

use super::{Demonstration, rng::SeededRng};
use crate::state::AppState;
use anyhow::{Context, anyhow};
use chrono::{DateTime, Duration, NaiveTime, Utc};
use domain::{
    audit::Origin,
    draw::{Revealed, Salt, SeedSource, VoidReason},
    id::{CommunityId, FormId, PersonId, SiteId, SpotCheckId, SpotCheckPlanId},
    inspection::InspectionRules,
    person::Person,
    place::Office,
    role::{Action, Role},
    settings::series::{NumberSeries, Series},
    spot_check::{
        CheckProgress, SiteFacts, SpotCheck, SpotCheckKind, SpotCheckRule, SpotCheckState,
        plan::{
            DrawOrder, PlanAround, PlanEventRecord, PlanOutline, PlanPerson, PlanRejection, PlanRequest,
            PlannedPerson, SiteChoice, SpotCheckPlan, SpotCheckPlanCommand, decide, propose_teams,
        },
    },
    text::Lang,
    time::{china, office_day},
    visit::VisitNature,
};
use service::{Asker, spot_checks};
use std::collections::{BTreeMap, BTreeSet};

/// Asked at every site of these plans.
const FORM: &str = "fire-access";

/// A plan with what happened to it.
pub(super) struct Story {
    pub plan: SpotCheckPlan,
    pub log: Vec<PlanEventRecord>,
    pub checks: Vec<SpotCheck>,
}

/// The office as plans see it.
struct Around<'a> {
    made: &'a Demonstration,
    maker: &'a Person,
    leader: &'a Person,
    people: BTreeMap<PersonId, PlanPerson>,
    sites: BTreeMap<SiteId, SiteFacts>,
    forms: BTreeSet<FormId>,
    rules: InspectionRules,
}

impl<'a> Around<'a> {
    fn of(made: &'a Demonstration) -> Option<Self> {
        let of_role = |role| made.people.iter().find(|person| person.role == role);
        Some(Self {
            made,
            maker: of_role(Role::Supervisor)?,
            leader: of_role(Role::Leader)?,
            people: made.people.iter().map(|one| (one.id, person(made, one))).collect(),
            sites: made.sites.iter().map(|site| (site.id, facts(made, site))).collect(),
            forms: BTreeSet::from([FormId::from(FORM)]),
            // The plans of the demonstration are patrols.
            rules: InspectionRules::default(),
        })
    }

    fn at(&self, now: DateTime<Utc>, progress: CheckProgress) -> PlanAround<'_> {
        PlanAround {
            now,
            office: &self.made.office.name,
            by: &self.maker.name,
            people: &self.people,
            sites: &self.sites,
            forms: &self.forms,
            rules: &self.rules,
            progress,
            under_way: BTreeSet::new(),
            missed: BTreeSet::new(),
        }
    }

    fn outline(&self, title: &str, kind: SpotCheckKind, opens_at: DateTime<Utc>) -> PlanOutline {
        outline(title, kind, opens_at, self.leader.id)
    }

    fn inspectors(&self) -> Vec<PersonId> {
        let walks = self.made.people.iter().filter(|person| person.role == Role::Inspector);
        walks.map(|person| person.id).collect()
    }
}

/// A patrol of two that ends on the day on which it opens.
fn outline(title: &str, kind: SpotCheckKind, opens_at: DateTime<Utc>, leader: PersonId) -> PlanOutline {
    PlanOutline {
        title: title.to_owned(),
        kind,
        nature: VisitNature::Patrol,
        forms: vec![FORM.into()],
        matter: String::new(),
        basis: "年度抽查计划".to_owned(),
        leader,
        opens_at,
        until: office_day(opens_at),
        team_size: 2,
        departments: vec![],
        meet: "街道办门口".to_owned(),
        bring: "手机、手电筒".to_owned(),
        note: String::new(),
    }
}

fn person(made: &Demonstration, person: &Person) -> PlanPerson {
    let own: BTreeSet<CommunityId> = made
        .grids
        .iter()
        .filter(|grid| person.grids.contains(&grid.id) || person.communities.contains(&grid.community))
        .map(|grid| grid.community)
        .collect();
    let all_of = |community: CommunityId| {
        let grids = made.grids.iter().filter(move |grid| grid.community == community);
        (community, grids.map(|grid| grid.id).collect())
    };
    let department = made.departments.iter().find(|one| person.department == Some(one.id));
    PlanPerson {
        id: person.id,
        name: person.name.clone(),
        disabled: person.disabled,
        may_inspect: person.role.may(Action::Inspect) && !person.role.is_contact(),
        role: person.role,
        may_lead: person.role.may(Action::LeadSpotChecks),
        department_name: department.map(|one| one.name.clone()).unwrap_or_default(),
        grids: person.grids.clone(),
        communities: own.into_iter().map(all_of).collect(),
        department: person.department,
        certificates: person.certificates.clone(),
        workload: 0,
    }
}

fn facts(made: &Demonstration, site: &domain::site::Site) -> SiteFacts {
    let here = made.hazards.iter().filter(|hazard| hazard.place.site == site.id);
    let visits = made.visits.iter().filter(|visit| visit.site == site.id && visit.outcome.is_done());
    let count = |count: usize| u32::try_from(count).unwrap_or_default();
    SiteFacts {
        id: site.id,
        name: site.name.clone(),
        grid: site.grid,
        community: site.community,
        party: site.party.as_ref().map(|party| party.id),
        kinds: site.kinds.clone(),
        risk: site.risk,
        last_visit: visits.map(|visit| visit.submitted_at).max(),
        open_hazards: count(here.clone().filter(|hazard| hazard.is_open()).count()),
        hazards: count(here.count()),
        // They come once everything else is there.
        reports: 0,
        retired: site.retired,
    }
}

/// What is done to a plan, one thing after another.
struct Telling<'a> {
    around: &'a Around<'a>,
    id: SpotCheckPlanId,
    log: Vec<PlanEventRecord>,
}

impl Telling<'_> {
    fn plan(&self) -> Option<SpotCheckPlan> {
        SpotCheckPlan::of(self.id, self.log.clone())
    }

    fn go_on(
        &mut self,
        at: DateTime<Utc>,
        progress: CheckProgress,
        command: &SpotCheckPlanCommand,
    ) -> Result<(), PlanRejection> {
        let event = decide(self.plan().as_ref(), command, &self.around.at(at, progress))?;
        let maker = self.around.maker;
        let by = PlannedPerson { id: maker.id, name: maker.name.clone() };
        self.log.push(PlanEventRecord { at, by, event });
        Ok(())
    }
}

/// Plans that lie behind, the older first. Numbers of checks begin with the year's first.
pub(super) fn plan(made: &Demonstration, seed: u64, now: DateTime<Utc>) -> anyhow::Result<Vec<Story>> {
    let around = Around::of(made).context("nobody plans spot checks")?;
    let mut rng = SeededRng::new(seed, now);
    let stories = [
        drawn(&around, &mut rng, now),
        yesterday(&around, &mut rng, now),
        kinds::joint(&around, &mut rng, now),
        kinds::cross(&around, &mut rng, now),
        kinds::leaders_round(&around, &mut rng, now),
        kinds::by_commitments(&around, &mut rng, now),
    ];
    let series = NumberSeries::default();
    let mut number = 0;
    let mut told = vec![];
    for story in stories {
        let mut story = story.map_err(|why| anyhow!("{why}"))?;
        for check in &mut story.checks {
            number += 1;
            check.number = series.number(Series::SpotCheck, chrono::Datelike::year(&office_day(now)), number);
        }
        told.push(story);
    }
    Ok(told)
}

/// An hour of an office day, so many days ago.
fn ago(now: DateTime<Utc>, days: i64, hour: u32) -> DateTime<Utc> {
    let day = office_day(now - Duration::days(days));
    let time = NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
    let local = day.and_time(time).and_local_timezone(china()).earliest();
    local.map_or(now, |local| local.with_timezone(&Utc))
}

fn salt(rng: &mut SeededRng) -> Salt {
    let mut random = [0; 32];
    for byte in &mut random {
        *byte = u8::try_from(rng.below(256)).unwrap_or_default();
    }
    Salt::new(random)
}

/// Drawn, made void, drawn again, carried out and published.
fn drawn(around: &Around<'_>, rng: &mut SeededRng, now: DateTime<Utc>) -> Result<Story, PlanRejection> {
    let none = CheckProgress::default();
    let mut telling = Telling { around, id: rng.id(), log: vec![] };
    let outline = around.outline("本月双随机抽查", SpotCheckKind::Random, ago(now, 7, 9));
    telling.go_on(ago(now, 14, 9), none, &SpotCheckPlanCommand::Outline(Box::new(outline)))?;
    let order = |due| DrawOrder {
        among: SpotCheckRule::default(),
        sites: 12,
        avoid_own_grid: true,
        people: around.inspectors(),
        avoidances: vec![],
        source: SeedSource::Public {
            what: "双色球当期开奖号码（演示，号码是虚构的）".to_owned(),
            place: "中国福彩网".to_owned(),
            due,
        },
    };
    let freeze = |rng: &mut SeededRng, due| SpotCheckPlanCommand::Freeze {
        order: Box::new(order(due)),
        salt: salt(rng),
    };
    let numbers = |words: &str| SpotCheckPlanCommand::Draw(Revealed::Public { words: words.to_owned() });
    telling.go_on(ago(now, 14, 16), none, &freeze(rng, ago(now, 12, 21)))?;
    telling.go_on(ago(now, 12, 22), none, &numbers("05 11 17 20 26 32 + 04"))?;
    let reason = VoidReason::Other { words: "名单漏了新开的 6 处".to_owned() };
    telling.go_on(ago(now, 11, 10), none, &SpotCheckPlanCommand::Void(reason))?;
    telling.go_on(ago(now, 11, 16), none, &freeze(rng, ago(now, 9, 21)))?;
    telling.go_on(ago(now, 8, 9), none, &numbers("03 09 14 21 27 30 + 11"))?;
    send(&mut telling, rng, ago(now, 8, 10))?;
    let checks = carried_out(&telling, usize::MAX);
    let progress = CheckProgress::of(&checks, ago(now, 5, 9));
    telling.go_on(ago(now, 5, 9), progress, &SpotCheckPlanCommand::Publish)?;
    told(telling, checks)
}

/// Chosen by rule; the team did not come to the last of them.
fn yesterday(around: &Around<'_>, rng: &mut SeededRng, now: DateTime<Utc>) -> Result<Story, PlanRejection> {
    let none = CheckProgress::default();
    let mut telling = Telling { around, id: rng.id(), log: vec![] };
    let outline = around.outline("重大风险场所突击抽查", SpotCheckKind::Surprise, ago(now, 1, 9));
    telling.go_on(ago(now, 3, 9), none, &SpotCheckPlanCommand::Outline(Box::new(outline.clone())))?;
    let rule = SpotCheckRule { open_hazards: Some(1), ..SpotCheckRule::default() };
    let then = ago(now, 3, 10);
    let sites: Vec<_> =
        rule.choose(around.sites.values(), then).iter().take(4).map(|one| one.site.id).collect();
    let sites = propose_teams(&outline, &sites, &around.inspectors(), &around.at(then, none))?;
    let choose = SpotCheckPlanCommand::ChooseSites { choice: SiteChoice::ByRule(rule), sites };
    telling.go_on(then, none, &choose)?;
    send(&mut telling, rng, ago(now, 2, 16))?;
    let checks = carried_out(&telling, 3);
    told(telling, checks)
}

fn send(telling: &mut Telling<'_>, rng: &mut SeededRng, at: DateTime<Utc>) -> Result<(), PlanRejection> {
    let sites = telling.plan().map_or(0, |plan| plan.sites.len());
    let checks: Vec<SpotCheckId> = (0..sites).map(|_| rng.id_at(at)).collect();
    telling.go_on(at, CheckProgress::default(), &SpotCheckPlanCommand::Send { checks })
}

/// The plan's checks, so many of them carried out, each by a visit that there is.
fn carried_out(telling: &Telling<'_>, most: usize) -> Vec<SpotCheck> {
    let Some(plan) = telling.plan() else { return vec![] };
    let numbered = plan.checks.iter().map(|id| (*id, String::new()));
    let mut checks: Vec<_> = plan.checks_of(numbered).collect();
    let last = checks.len().saturating_sub(1);
    for (position, check) in checks.iter_mut().enumerate() {
        let visit = telling.around.made.visits.iter().rev().find(|visit| visit.site == check.site);
        // Of each plan one is left: what was missed is seen.
        if let Some(visit) = visit.filter(|_| position < most && (position < last || most == usize::MAX)) {
            check.state =
                SpotCheckState::Done { visit: visit.id, at: check.opens_at + Duration::minutes(30) };
        }
    }
    checks
}

fn told(telling: Telling<'_>, checks: Vec<SpotCheck>) -> Result<Story, PlanRejection> {
    let plan = telling.plan().ok_or(PlanRejection::OtherStep)?;
    Ok(Story { plan, log: telling.log, checks })
}

/// Who goes to the plan that opens within the hour. The first of them has an order on the phone: pictures and tests are of theirs.
const TEAM: [&str; 2] = ["wangge1", "wangge2"];

/// A plan that opens within the hour, made and sealed by the service as at any desk; none where one is still to open.
pub(super) async fn within_the_hour(state: &AppState, office: &Office) -> anyhow::Result<()> {
    let now = state.now();
    let sent = state.store.sent_spot_checks(office.id).await?;
    if sent.iter().any(|check| !check.is_open(now)) {
        return Ok(());
    }
    let people = state.store.people(office.id).await?;
    let of_role = |role| people.iter().find(|person| person.role == role && !person.disabled);
    let maker = of_role(Role::Supervisor).context("nobody plans spot checks")?;
    let leader = of_role(Role::Leader).context("nobody leads spot checks")?;
    let by = Asker {
        actor: maker.actor(office.id, None),
        origin: Origin::default(),
        lang: Lang::Zh,
        session: None,
        confirmed: true,
    };
    let outline = outline("今日突击抽查", SpotCheckKind::Surprise, now + Duration::minutes(40), leader.id);
    let id = spot_checks::draft(state, &by, &outline).await?;
    let known = state.store.site_facts(office.id, now).await?;
    let in_use = known.iter().filter(|site| !site.retired && site.open_hazards > 0);
    let sites = in_use.take(1).map(|site| site.id).collect();
    let named = TEAM.iter().filter_map(|name| people.iter().find(|person| person.username == *name));
    let people = named.map(|person| person.id).collect();
    let choose = PlanRequest::ChooseSites { choice: SiteChoice::ByHand, sites, people };
    spot_checks::change(state, &by, id, &choose).await?;
    spot_checks::change(state, &by, id, &PlanRequest::Send).await?;
    Ok(())
}
