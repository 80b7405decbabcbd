//! What has to be told now. Each notice has a key that says of what it tells, to whom and by which row: made twice it is the same.

use super::{
    HazardFact, NoticeAbout, NoticeFacts, NoticeKind, NoticeRule, NoticeSettings, NoticeTo, OrderFact,
    ReturnFact, TaskFact, UnsentFact,
};
use crate::{
    id::{HazardId, PersonId},
    role::{Action, ResourceScope, Scope},
    severity::Severity,
    task::{Task, TaskAbout},
    time::office_day,
};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use std::collections::BTreeMap;

/// What happened before is no news: an office that begins with notices is not told of years.
pub(super) const RECENT: Duration = Duration::days(3);

/// For so many days after a row's own a lateness is still told; what has been late for longer stands in the ledger.
pub(super) const LATE_FOR: i64 = 7;

/// A notice that is to be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueNotice {
    /// Of what it tells, to whom, by which row.
    pub key: String,
    pub person: PersonId,
    pub kind: NoticeKind,
    pub about: NoticeAbout,
}

/// Everything that the rules want told of these facts, each once, in the order of the keys.
pub fn due_notices(settings: &NoticeSettings, facts: &NoticeFacts, now: DateTime<Utc>) -> Vec<DueNotice> {
    let mut due = Due { facts, now, today: office_day(now), notices: BTreeMap::new() };
    for rule in &settings.rules {
        match rule.kind {
            NoticeKind::Assigned => facts.tasks.iter().for_each(|task| due.assigned(rule, task)),
            NoticeKind::DueTomorrow | NoticeKind::Late => {
                facts.tasks.iter().for_each(|task| due.task(rule, task));
                facts.hazards.iter().for_each(|hazard| due.hazard(rule, hazard));
            }
            NoticeKind::Returned => facts.returns.iter().for_each(|returned| due.returned(rule, returned)),
            NoticeKind::MajorFound => facts.hazards.iter().for_each(|hazard| due.major(rule, hazard)),
            NoticeKind::PlanOpened => facts.orders.iter().for_each(|order| due.opened(rule, order)),
            NoticeKind::UnsentWork => facts.unsent.iter().for_each(|unsent| due.unsent(rule, unsent)),
        }
    }
    due.notices.into_values().collect()
}

struct Due<'a> {
    facts: &'a NoticeFacts,
    now: DateTime<Utc>,
    today: NaiveDate,
    notices: BTreeMap<String, DueNotice>,
}

/// Whom a row means, of one matter.
struct Meant<'a> {
    own: &'a [PersonId],
    giver: Option<PersonId>,
    lies: Lies<'a>,
}

/// Who of a role sees it.
#[derive(Clone, Copy)]
enum Lies<'a> {
    At(&'a ResourceScope),
    /// It is about a person who sees this.
    With(&'a Scope),
    /// Nobody by their role.
    Nowhere,
}

impl Lies<'_> {
    fn is_seen_from(self, scope: &Scope) -> bool {
        match self {
            Self::At(place) => scope.covers(place),
            Self::With(theirs) => answers_for(scope, theirs),
            Self::Nowhere => false,
        }
    }
}

/// Whether somebody of this scope answers for a person of that one: as far as they walk the same grids or are of one department.
fn answers_for(scope: &Scope, theirs: &Scope) -> bool {
    match (scope, theirs) {
        (Scope::Office, _) => true,
        (Scope::Grids(own), Scope::Grids(theirs)) => theirs.iter().any(|grid| own.contains(grid)),
        (Scope::Department { department: own, .. }, Scope::Department { department: theirs, .. }) => {
            own == theirs
        }
        (Scope::Grids(_) | Scope::Department { .. } | Scope::Sites(_), _) => false,
    }
}

impl Due<'_> {
    /// Work that the person has lately; who gave it to themselves knows.
    fn assigned(&mut self, rule: &NoticeRule, TaskFact { task, place }: &TaskFact) {
        if !self.is_recent(task.held_since()) || task.from == task.person {
            return;
        }
        let matter = format!("assigned {} {}", task.id, task.held_since().timestamp_millis());
        let meant = Meant { own: &[task.person], giver: Some(task.from), lies: Lies::At(place) };
        self.tell(rule, &matter, &meant, &about_task(task));
    }

    /// One whose day is tomorrow, or over.
    fn task(&mut self, rule: &NoticeRule, TaskFact { task, place }: &TaskFact) {
        if let Some(when) = self.when(rule, task.until) {
            let matter = format!("{when} task {} {}", task.id, task.until);
            let meant = Meant { own: &[task.person], giver: Some(task.from), lies: Lies::At(place) };
            self.tell(rule, &matter, &meant, &about_task(task));
        }
    }

    fn hazard(&mut self, rule: &NoticeRule, fact: &HazardFact) {
        let Some(due) = fact.due.filter(|_| fact.to_rectify) else { return };
        if let Some(when) = self.when(rule, due) {
            let matter = format!("{when} hazard {} {due}", fact.hazard);
            let holders = self.holders(fact.hazard);
            // Whoever has it as a task is told of the task.
            let finder = [fact.found_by];
            let own: &[PersonId] = if holders.is_empty() { &finder } else { &[] };
            let meant = Meant { own, giver: None, lies: Lies::At(&fact.place) };
            self.tell(rule, &matter, &meant, &about_hazard(fact, "", ""));
        }
    }

    fn returned(&mut self, rule: &NoticeRule, fact: &ReturnFact) {
        if !self.is_recent(fact.at) {
            return;
        }
        let mut own = self.holders(fact.hazard.hazard);
        own.push(fact.hazard.found_by);
        own.extend(fact.rectified_by);
        // Who returned it knows.
        own.retain(|person| Some(*person) != fact.by);
        let meant = Meant { own: &own, giver: None, lies: Lies::At(&fact.hazard.place) };
        let about = about_hazard(&fact.hazard, &fact.by_name, &fact.reason);
        self.tell(rule, &format!("returned {}", fact.event), &meant, &about);
    }

    fn major(&mut self, rule: &NoticeRule, fact: &HazardFact) {
        if fact.level != Severity::Major || !self.is_recent(fact.found_at) {
            return;
        }
        let own = self.holders(fact.hazard);
        let meant = Meant { own: &own, giver: None, lies: Lies::At(&fact.place) };
        let about = about_hazard(fact, &fact.found_by_name, "");
        self.tell(rule, &format!("major {}", fact.hazard), &meant, &about);
    }

    /// Only its person: who else is of the team has an order of their own, and others are not told at all.
    fn opened(&mut self, rule: &NoticeRule, fact: &OrderFact) {
        if fact.is_opened || fact.opens_at > self.now || !self.is_recent(fact.opens_at) {
            return;
        }
        let own =
            NoticeRule { to: rule.to.iter().copied().filter(|to| *to == NoticeTo::Own).collect(), ..*rule };
        let (order, number, opens_at) = (fact.order, fact.number.clone(), fact.opens_at);
        let meant = Meant { own: &[fact.person], giver: None, lies: Lies::Nowhere };
        let matter = format!("order {order} {}", opens_at.timestamp_millis());
        self.tell(&own, &matter, &meant, &NoticeAbout::Order { order, number, opens_at });
    }

    fn unsent(&mut self, rule: &NoticeRule, fact: &UnsentFact) {
        if self.now.signed_duration_since(fact.since) < Duration::days(rule.after_days.into()) {
            return;
        }
        let facts = self.facts;
        let Some(whose) = facts.people.iter().find(|actor| actor.person == fact.person) else { return };
        let name = whose.name.clone();
        let about = NoticeAbout::Unsent { person: fact.person, name, count: fact.count, since: fact.since };
        let matter = format!("unsent {} {} {}", fact.person, fact.since.timestamp_millis(), rule.after_days);
        let meant = Meant { own: &[fact.person], giver: None, lies: Lies::With(&whose.scope) };
        self.tell(rule, &matter, &meant, &about);
    }

    /// How a last day stands to the rule, as keys say it; none where the rule says nothing of it today.
    fn when(&self, rule: &NoticeRule, until: NaiveDate) -> Option<String> {
        let late = self.today.signed_duration_since(until).num_days();
        let after = i64::from(rule.after_days);
        match rule.kind {
            NoticeKind::DueTomorrow => (late == -1).then(|| "due".to_owned()),
            NoticeKind::Late => {
                // A row that waits for no day begins with the first day that is late.
                let first = after.max(1);
                (first..first + LATE_FOR).contains(&late).then(|| format!("late {after}"))
            }
            NoticeKind::Assigned
            | NoticeKind::Returned
            | NoticeKind::MajorFound
            | NoticeKind::PlanOpened
            | NoticeKind::UnsentWork => None,
        }
    }

    fn is_recent(&self, at: DateTime<Utc>) -> bool {
        self.now.signed_duration_since(at) <= RECENT
    }

    /// Who has it as a task.
    fn holders(&self, hazard: HazardId) -> Vec<PersonId> {
        let tasks = self.facts.tasks.iter().map(|fact| &fact.task);
        tasks.filter(|task| task.about.hazard() == Some(hazard)).map(|task| task.person).collect()
    }

    /// Whoever is meant and may sign in, each once.
    fn tell(&mut self, rule: &NoticeRule, matter: &str, meant: &Meant<'_>, about: &NoticeAbout) {
        for actor in &self.facts.people {
            let is_meant = rule.to.iter().any(|to| match to {
                NoticeTo::Own => meant.own.contains(&actor.person),
                NoticeTo::Giver => meant.giver == Some(actor.person),
                NoticeTo::Role(role) => actor.role == *role && meant.lies.is_seen_from(&actor.scope),
            });
            let opens = actor.may_do(Action::UseField) || actor.may_do(Action::UseOffice);
            if is_meant && opens {
                let key = format!("{matter} {}", actor.person);
                let (person, kind, about) = (actor.person, rule.kind, about.clone());
                self.notices.insert(key.clone(), DueNotice { key, person, kind, about });
            }
        }
    }
}

fn about_task(task: &Task) -> NoticeAbout {
    let what = match &task.about {
        TaskAbout::Visit { .. } => String::new(),
        TaskAbout::Hazard { what, .. } => what.clone(),
    };
    NoticeAbout::Task {
        task: task.id,
        site: task.about.site(),
        site_name: task.about.site_name().to_owned(),
        hazard: task.about.hazard(),
        what,
        from: task.from_name.clone(),
        until: task.until,
    }
}

fn about_hazard(fact: &HazardFact, by: &str, reason: &str) -> NoticeAbout {
    NoticeAbout::Hazard {
        hazard: fact.hazard,
        site_name: fact.site_name.clone(),
        what: fact.what.clone(),
        due: fact.due,
        by: by.to_owned(),
        reason: reason.to_owned(),
    }
}
