//! What is looked up before a plan is judged: people, sites and forms as the office has them now.

use crate::{asker::Asker, error::Error, services::Services, storage::Places};
use chrono::{DateTime, Duration, Utc};
use domain::{
    form::in_use,
    id::{CommunityId, FormId, GridId, OfficeId, PersonId, SiteId},
    inspection::InspectionRules,
    permission::Permissions,
    person::Person,
    place::Grid,
    role::Action,
    spot_check::{
        CheckProgress, LATELY_DAYS, SiteFacts, SpotCheck, SpotCheckState, missed,
        plan::{PlanAround, PlanPerson, SiteChoice},
    },
    text::Bilingual,
    time::office_day,
};
use std::collections::{BTreeMap, BTreeSet};

pub(super) struct Around {
    pub now: DateTime<Utc>,
    pub places: crate::storage::Places,
    pub people: BTreeMap<PersonId, PlanPerson>,
    pub sites: BTreeMap<SiteId, SiteFacts>,
    pub titles: BTreeMap<FormId, Bilingual>,
    forms: BTreeSet<FormId>,
    rules: InspectionRules,
}

/// How far back a rule counts hazards and reports; none: as usual.
pub(super) fn within_days(choice: &SiteChoice) -> Option<u16> {
    match choice {
        SiteChoice::ByRule(rule) => rule.within_days,
        SiteChoice::ByHand | SiteChoice::ByDraw => None,
    }
}

impl Around {
    pub async fn look(state: &Services, office: OfficeId, within_days: Option<u16>) -> Result<Self, Error> {
        let (store, now) = (&state.store, state.now());
        let places = store.places(office).await?;
        let since = now - Duration::days(within_days.unwrap_or(LATELY_DAYS).into());
        let sites = store.site_facts(office, since).await?;
        let forms = store.newest_editions(office).await?.into_iter().map(|edition| edition.form);
        let titles = in_use(forms, office_day(now)).into_iter().map(|form| (form.id, form.title));
        let titles: BTreeMap<_, _> = titles.collect();
        let sent = store.sent_spot_checks(office).await?;
        let people = store.people(office).await?;
        let rules = store.inspection_rules(office).await?;
        let permissions = store.office_settings(office).await?.permissions;
        let people = people.iter().map(|one| (one.id, person(one, &permissions, &places, &sent, now)));
        Ok(Self {
            now,
            people: people.collect(),
            sites: sites.into_iter().map(|site| (site.id, site)).collect(),
            forms: titles.keys().cloned().collect(),
            titles,
            rules,
            places,
        })
    }

    /// `checks`: those of the plan.
    pub fn for_command<'a>(&'a self, by: &'a Asker, checks: &[SpotCheck]) -> PlanAround<'a> {
        PlanAround {
            now: self.now,
            office: &self.places.office.name,
            by: &by.actor.name,
            people: &self.people,
            sites: &self.sites,
            forms: &self.forms,
            rules: &self.rules,
            progress: CheckProgress::of(checks, self.now),
            under_way: checks
                .iter()
                .filter(|check| check.state == SpotCheckState::Sent && !check.is_missed(self.now))
                .map(|check| check.id)
                .collect(),
            missed: missed(checks, self.now).into_iter().map(|check| check.id).collect(),
        }
    }

    /// Nothing of somebody who is not there any more.
    pub fn name_of(&self, person: PersonId) -> String {
        self.people.get(&person).map(|person| person.name.clone()).unwrap_or_default()
    }

    /// Code and name of what may be inspected.
    pub fn matters(&self) -> Vec<(String, String)> {
        self.rules.matters_in_use().map(|matter| (matter.code.clone(), matter.name.clone())).collect()
    }

    /// Nothing where it is not on the list, or no longer.
    pub fn matter_name(&self, code: &str) -> String {
        let known = self.rules.matters_in_use().find(|matter| matter.code == code);
        known.map(|matter| matter.name.clone()).unwrap_or_default()
    }

    pub fn community(&self, id: CommunityId) -> String {
        let known = self.places.communities.iter().find(|community| community.id == id);
        known.map(|community| community.name.clone()).unwrap_or_default()
    }
}

fn person(
    person: &Person,
    permissions: &Permissions,
    places: &Places,
    sent: &[SpotCheck],
    now: DateTime<Utc>,
) -> PlanPerson {
    let grids = &places.grids;
    let department = places.departments.iter().find(|one| person.department == Some(one.id));
    let walks =
        |grid: &&Grid| person.grids.contains(&grid.id) || person.communities.contains(&grid.community);
    let own: Vec<&Grid> = grids.iter().filter(walks).collect();
    let communities: BTreeSet<CommunityId> = own.iter().map(|grid| grid.community).collect();
    let all_of = |community: CommunityId| -> Vec<GridId> {
        grids.iter().filter(|grid| grid.community == community).map(|grid| grid.id).collect()
    };
    let in_hand = |check: &&SpotCheck| check.team.contains(&person.id) && !check.is_missed(now);
    PlanPerson {
        id: person.id,
        name: person.name.clone(),
        disabled: person.disabled,
        // Whoever belongs to a site checks no other.
        may_inspect: permissions.may(person.role, Action::Inspect) && !person.role.is_contact(),
        role: person.role,
        may_lead: permissions.may(person.role, Action::LeadSpotChecks),
        department_name: department.map(|one| one.name.clone()).unwrap_or_default(),
        grids: own.iter().map(|grid| grid.id).collect(),
        communities: communities.into_iter().map(|community| (community, all_of(community))).collect(),
        department: person.department,
        certificates: person.certificates.clone(),
        workload: u32::try_from(sent.iter().filter(in_hand).count()).unwrap_or(u32::MAX),
    }
}
