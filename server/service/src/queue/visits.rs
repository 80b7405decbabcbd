//! A visit that was carried out, and the spot checks that it carries out.

use super::{apply::Effect, unit_of_work::UnitOfWork};
use crate::storage::StoredVisit;
use domain::{
    id::{PersonId, SealedOrderId, SiteId},
    integrity::RecordRef,
    role::{Action, Actor, ResourceScope},
    settings::series::Series,
    spot_check::{SpotCheck, SpotCheckState, at_site},
    sync::Reason,
    time::happened,
    visit::{InvalidVisit, SiteSnapshot, Visit},
};
use std::{borrow::Cow, slice, sync::Arc};

impl UnitOfWork {
    /// What was asked at the kinds that the phone knew has to be answered, and those have to be kinds that the site has or had:
    /// where the desk changed them meanwhile, honest work is taken. What leaves kinds out to be asked less cannot be told from
    /// what a restored backup has forgotten: a person looks. Attributes change more often and hide less: the visit is taken, and
    /// the office is told where it does not remember them.
    pub(super) fn visit(&mut self, actor: &Actor, visit: Visit) -> Result<Effect, Reason> {
        let visit = self.at_its_site(visit);
        let site = self.sites.get(&visit.site).ok_or(Reason::UnknownSite)?;
        let here = self.at_site(actor, &Visit::seen_at(site), visit.order);
        let actor = &*here;
        let mut forms = vec![];
        for form in &visit.forms {
            let prepared = self.forms.get(&(form.form.clone(), form.version));
            forms.push(Arc::clone(prepared.ok_or(Reason::UnknownForm)?));
        }
        let place = Visit::seen_at(site);
        // Whoever had the right then, for which the administrator answers, has the rest of it still.
        let had_right = self.roles_had.contains(&visit.id) && actor.may(Action::Inspect, &place);
        if visit.inspector != actor.person || !(actor.may_visit(visit.nature, &place) || had_right) {
            return Err(Reason::NotAllowed);
        }
        if self.known_visits.contains(&visit.id) {
            return Err(Reason::IdReused);
        }
        visit.check(&forms).map_err(|error| invalid(&error))?;
        let had = self.kinds_had.get(&visit.site).map(Vec::as_slice).unwrap_or_default();
        if !visit.site_seen.was_ever(site, had) {
            return Err(Reason::KindsNeverHad);
        }
        let left = self.left_by(&visit, site, &forms);
        let had = self.attributes_had.get(&visit.site).map(Vec::as_slice).unwrap_or_default();
        let attributes_never_had =
            visit.outcome.is_done() && !visit.site_seen.attributes_were_ever(site, had);
        let around = self.place_names.get(&visit.site).cloned().unwrap_or_default();
        let unfounded_last = self.unfounded_last(&visit);
        let administrative = visit.administrative.as_deref();
        let inspection = administrative
            .map(|administrative| self.inspections.receive(actor, &visit, administrative, site, self.now))
            .transpose()
            .map_err(|error| invalid(&error))?;
        let site = SiteSnapshot {
            attributes_never_had,
            unfounded_last,
            inspection,
            ..SiteSnapshot::of(site, around)
        };
        self.numbers.visit += 1;
        self.known_visits.insert(visit.id);
        self.added.last_answers.extend(left);
        self.name(visit.photos(), actor, RecordRef::Visit(visit.id));
        self.carry_out_checks(&visit);
        self.added.visits.push(StoredVisit {
            number: self.series.number(Series::Visit, self.year, self.numbers.visit),
            received_at: self.now,
            inspector_name: actor.name.clone(),
            site,
            visit,
        });
        Ok(Effect::Done)
    }

    /// The check that this person opened before its hour, by the leader's words, if it is at this site. The office has the proof, so
    /// that nobody finds out by guessing where a check is.
    fn opened_early(
        &self,
        person: PersonId,
        order: Option<SealedOrderId>,
        site: SiteId,
    ) -> Option<&SpotCheck> {
        let stored = self.orders.get(&order?)?;
        let is_opened = stored.order.person == person && stored.opened.is_some();
        self.checks.iter().find(|check| is_opened && check.id == stored.check && check.site == site)
    }

    /// Whoever asks, as they stand there by the checks whose hour has come, and by the one that they have opened before.
    pub(super) fn at_site<'a>(
        &self,
        actor: &'a Actor,
        place: &ResourceScope,
        order: Option<SealedOrderId>,
    ) -> Cow<'a, Actor> {
        match self.opened_early(actor.person, order, place.site) {
            Some(check) => at_site(actor, place, slice::from_ref(check), self.now.max(check.opens_at)),
            None => at_site(actor, place, &self.checks, self.now),
        }
    }

    /// Spot checks that the visit carries out. Also where nobody opened the door: somebody of the team was there.
    fn carry_out_checks(&mut self, visit: &Visit) {
        let began = happened(visit.started_at, Some(self.now));
        let early = self.opened_early(visit.inspector, visit.order, visit.site).map(|check| check.id);
        for check in &mut self.checks {
            let counts = if early == Some(check.id) { began.max(check.opens_at) } else { began };
            if check.is_done_by(visit.inspector, visit.site, counts) {
                check.state = SpotCheckState::Done { visit: visit.id, at: began };
                self.added.checks.insert(check.id);
            }
        }
    }
}

fn invalid(error: &InvalidVisit) -> Reason {
    Reason::InvalidVisit { detail: error.to_string() }
}
