//! 交接: all checks that somebody is to carry out go to somebody else, and the plans that they lead or are to go out in. Whoever does it
//! learns how many checks they are and what the plans are called, and nothing of where: neither by what is answered nor by what is
//! refused.

use super::{
    around::Around,
    carry_out::{Change, check_at},
    put, record,
};
use crate::{
    asker::Asker,
    error::Error,
    sealed_orders::{self, Prepared},
    services::Services,
    storage::{StoreError, Transaction},
};
use chrono::{DateTime, Utc};
use domain::{
    id::{OfficeId, PersonId, SpotCheckId, SpotCheckPlanId},
    role::{Action, Scope},
    spot_check::{
        SpotCheck,
        plan::{HeldPlan, PlanRejection, SpotCheckPlanCommand, SpotCheckPlanEvent, decide},
    },
    text::Lang,
};
use i18n::spot_checks as t;
use std::collections::{BTreeSet, HashMap};

/// Those that somebody still has to carry out.
pub(crate) fn in_hand(checks: Vec<SpotCheck>, person: PersonId, now: DateTime<Utc>) -> Vec<SpotCheck> {
    checks.into_iter().filter(|check| check.team.contains(&person) && !check.is_missed(now)).collect()
}

/// Plans that somebody leads, goes out in or may be drawn for, and that are not over. Checks that were sent to them are counted by
/// [`in_hand`].
pub(crate) async fn plans_held(
    tx: &mut dyn Transaction,
    office: OfficeId,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<Vec<HeldPlan>, StoreError> {
    let unsent = tx.unsent_spot_check_plans(office).await?;
    let mut held: Vec<HeldPlan> = unsent.iter().filter_map(|plan| plan.held_by(person, false)).collect();
    let sent = tx.sent_spot_checks(office).await?;
    let led = sent.iter().filter(|check| check.leader == person && !check.is_missed(now));
    for id in led.map(|check| check.plan).collect::<BTreeSet<SpotCheckPlanId>>() {
        let plan = tx.spot_check_plan(office, id).await?;
        held.extend(plan.and_then(|plan| plan.held_by(person, true)));
    }
    Ok(held)
}

/// What went to somebody else.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Went {
    /// Checks, each sealed anew.
    pub checks: usize,
    /// Plans that they lead, or go out in.
    pub plans: usize,
}

/// A hand-over that is about to be done: made before its transaction, since deriving keys from words takes a while.
pub(crate) struct HandOver {
    from: PersonId,
    around: Around,
    prepared: HashMap<SpotCheckId, Prepared>,
}

impl HandOver {
    /// Whether the person may hand checks over: whoever manages accounts, or plans checks, and sees the whole office.
    pub(crate) fn may(by: &Asker) -> bool {
        let manages = by.actor.may_do(Action::ManagePeople) || by.actor.may_do(Action::PlanSpotChecks);
        manages && by.actor.scope == Scope::Office
    }

    pub(crate) async fn prepare(state: &Services, by: &Asker, from: PersonId) -> Result<Self, Error> {
        let office = by.actor.office;
        let around = Around::look(state, office, None).await?;
        let mut prepared = HashMap::new();
        for check in in_hand(state.store.sent_spot_checks(office).await?, from, state.now()) {
            let words = sealed_orders::prepare_again(state, office, check.id).await?;
            prepared.insert(check.id, words);
        }
        Ok(Self { from, around, prepared })
    }

    /// What went; all of it or nothing.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the other may not take one of them: which, and why, is not said where it would tell of the site.
    pub(crate) async fn carry_out(
        mut self,
        state: &Services,
        tx: &mut dyn Transaction,
        by: &Asker,
        to: PersonId,
    ) -> Result<Went, Error> {
        let (office, now) = (by.actor.office, state.now());
        let in_hand = in_hand(tx.sent_spot_checks(office).await?, self.from, now);
        let held = plans_held(tx, office, self.from, now).await?;
        // Whoever leads a plan sees its sites: nobody comes to see them by handing them to themselves.
        if to == by.actor.person && held.iter().any(|plan| plan.leads) {
            return Err(Error::invalid("to", t::lead_not_to_oneself(by.lang)));
        }
        let mut going: BTreeSet<SpotCheckPlanId> = in_hand.iter().map(|check| check.plan).collect();
        going.extend(held.iter().filter(|plan| plan.goes).map(|plan| plan.id));
        let mut checks = 0;
        for id in going {
            let reason = t::handed_over_why(by.lang).to_owned();
            let command = SpotCheckPlanCommand::HandOver { from: self.from, to, reason };
            checks += self.give(state, tx, by, id, &command).await?;
        }
        for plan in held.iter().filter(|plan| plan.leads) {
            self.give(state, tx, by, plan.id, &SpotCheckPlanCommand::HandLeadOver { to }).await?;
        }
        Ok(Went { checks, plans: held.iter().filter(|plan| plan.is_handed_over()).count() })
    }

    /// How many checks were sealed anew.
    async fn give(
        &mut self,
        state: &Services,
        tx: &mut dyn Transaction,
        by: &Asker,
        id: SpotCheckPlanId,
        command: &SpotCheckPlanCommand,
    ) -> Result<usize, Error> {
        let office = by.actor.office;
        let plan = tx.spot_check_plan(office, id).await?.ok_or(Error::NotFound)?;
        let before = tx.spot_checks_of(office, id).await?;
        let here = self.around.for_command(by, &before);
        let event = decide(Some(&plan), command, &here);
        let event = event.map_err(|why| Error::invalid("to", words(by.lang, &why)))?;
        let mut prepared = vec![];
        if let SpotCheckPlanEvent::HandedOver { exchanges } = &event {
            // Nothing is sealed yet of what is not sent.
            for check in exchanges.iter().filter_map(|exchange| check_at(&plan, exchange.site)) {
                prepared.push(self.prepared.remove(&check).ok_or(Error::Changed)?);
            }
        }
        let sealed = prepared.len();
        let record = record(state, by, event);
        let after = plan.clone().evolve(record.clone());
        put(state, tx, by, &self.around, Some(&plan), &after, &record).await?;
        let change = Change { state, office, plan: &after, before, prepared };
        change.carry_out(tx, &record.event).await?;
        Ok(sealed)
    }
}

/// What has to do with the person alone is said; all else would tell something of the site.
fn words(lang: Lang, why: &PlanRejection) -> String {
    let is_of_the_person = matches!(
        why,
        PlanRejection::UnknownPerson
            | PlanRejection::NoLeader
            | PlanRejection::OwnRound
            | PlanRejection::PersonLeft { .. }
            | PlanRejection::MayNotInspect { .. }
            | PlanRejection::OnlyPatrols { .. }
            | PlanRejection::NotCertified { .. }
            | PlanRejection::NotOfMatter { .. }
    );
    if is_of_the_person { t::rejection(lang, why) } else { t::not_taken_over(lang).to_owned() }
}
