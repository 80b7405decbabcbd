//! One plan of each further kind, carried out: a joint check of two departments, people of another community, the leader's own round;
//! and a draw whose seed several people brought.

use super::{Around, Story, Telling, ago, carried_out, salt, send, told};
use crate::demo::rng::SeededRng;
use chrono::{DateTime, Utc};
use domain::{
    draw::{Commitment, Reveal, Revealed, SeedSource},
    id::PersonId,
    person::Person,
    role::Role,
    spot_check::{
        CheckProgress, SpotCheckKind, SpotCheckRule,
        plan::{DrawOrder, PlanOutline, PlanRejection, SiteChoice, SpotCheckPlanCommand, propose_teams},
    },
};

/// Sites of each plan that is made by hand.
const SITES: usize = 2;

/// Of an officer of each of two departments.
pub(super) fn joint(
    around: &Around<'_>,
    rng: &mut SeededRng,
    now: DateTime<Utc>,
) -> Result<Story, PlanRejection> {
    let officers = around.made.people.iter().filter(|person| person.role == Role::Officer);
    let officers: Vec<&Person> = officers.filter(|person| person.department.is_some()).take(2).collect();
    let departments = officers.iter().filter_map(|officer| officer.department).collect();
    let outline = around.outline("节前联合检查", SpotCheckKind::Joint, ago(now, 6, 9));
    let people: Vec<PersonId> = officers.iter().map(|officer| officer.id).collect();
    by_hand(around, rng, (now, 6), &PlanOutline { departments, ..outline }, &people)
}

pub(super) fn cross(
    around: &Around<'_>,
    rng: &mut SeededRng,
    now: DateTime<Utc>,
) -> Result<Story, PlanRejection> {
    let outline = around.outline("社区交叉检查", SpotCheckKind::Cross, ago(now, 10, 9));
    by_hand(around, rng, (now, 10), &outline, &around.inspectors())
}

pub(super) fn leaders_round(
    around: &Around<'_>,
    rng: &mut SeededRng,
    now: DateTime<Utc>,
) -> Result<Story, PlanRejection> {
    let outline = around.outline("领导带队夜查", SpotCheckKind::Leader, ago(now, 4, 19));
    by_hand(around, rng, (now, 4), &PlanOutline { team_size: 1, ..outline }, &around.inspectors())
}

/// Drafted three days before it opened, sent on the day before, carried out at every site. `opened`: so many days before now.
fn by_hand(
    around: &Around<'_>,
    rng: &mut SeededRng,
    (now, opened): (DateTime<Utc>, i64),
    outline: &PlanOutline,
    people: &[PersonId],
) -> Result<Story, PlanRejection> {
    let none = CheckProgress::default();
    let mut telling = Telling { around, id: rng.id(), log: vec![] };
    telling.go_on(
        ago(now, opened + 3, 9),
        none,
        &SpotCheckPlanCommand::Outline(Box::new(outline.clone())),
    )?;
    let then = ago(now, opened + 3, 10);
    let visited: Vec<_> =
        around.sites.values().filter(|site| !site.retired && site.last_visit.is_some()).collect();
    let from = rng.below(visited.len().saturating_sub(SITES));
    let sites: Vec<_> = visited.iter().skip(from).take(SITES).map(|site| site.id).collect();
    let sites = propose_teams(outline, &sites, people, &around.at(then, none))?;
    let choose = SpotCheckPlanCommand::ChooseSites { choice: SiteChoice::ByHand, sites };
    telling.go_on(then, none, &choose)?;
    send(&mut telling, rng, ago(now, opened + 1, 16))?;
    let checks = carried_out(&telling, usize::MAX);
    told(telling, checks)
}

/// Who brought words, as they handed them in.
const WORDS: [(&str, &str); 3] =
    [("应急办 刘强", "霜降见冰"), ("监督员 陈会计", "十七步到河边"), ("居民代表 孙阿姨", "红灯笼挂东门")];

/// 多人公开承诺
pub(super) fn by_commitments(
    around: &Around<'_>,
    rng: &mut SeededRng,
    now: DateTime<Utc>,
) -> Result<Story, PlanRejection> {
    let none = CheckProgress::default();
    let mut telling = Telling { around, id: rng.id(), log: vec![] };
    let outline = around.outline("多人承诺随机抽查", SpotCheckKind::Random, ago(now, 16, 9));
    telling.go_on(ago(now, 21, 9), none, &SpotCheckPlanCommand::Outline(Box::new(outline)))?;
    let reveals: Vec<Reveal> = WORDS
        .iter()
        .map(|(name, words)| Reveal { name: (*name).to_owned(), words: (*words).to_owned(), salt: salt(rng) })
        .collect();
    let committed = |one: &Reveal| Commitment { name: one.name.clone(), digest: one.digest() };
    let order = DrawOrder {
        among: SpotCheckRule { open_hazards: Some(1), ..SpotCheckRule::default() },
        sites: 6,
        avoid_own_grid: true,
        people: around.inspectors(),
        avoidances: vec![],
        source: SeedSource::Commitments { commitments: reveals.iter().map(committed).collect() },
    };
    let freeze = SpotCheckPlanCommand::Freeze { order: Box::new(order), salt: salt(rng) };
    telling.go_on(ago(now, 20, 16), none, &freeze)?;
    telling.go_on(ago(now, 19, 10), none, &SpotCheckPlanCommand::Draw(Revealed::Commitments { reveals }))?;
    send(&mut telling, rng, ago(now, 18, 16))?;
    let checks = carried_out(&telling, usize::MAX);
    let progress = CheckProgress::of(&checks, ago(now, 13, 9));
    telling.go_on(ago(now, 13, 9), progress, &SpotCheckPlanCommand::Publish)?;
    told(telling, checks)
}
