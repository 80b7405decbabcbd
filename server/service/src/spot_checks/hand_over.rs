//! 交接: all checks that somebody is to carry out go to somebody else. Whoever does it learns how many they are, and nothing of where:
//! neither by what is answered nor by what is refused.

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
    storage::Transaction,
};
use chrono::{DateTime, Utc};
use domain::{
    id::{PersonId, SpotCheckId, SpotCheckPlanId},
    role::{Action, Scope},
    spot_check::{
        SpotCheck,
        plan::{PlanRejection, SpotCheckPlanCommand, SpotCheckPlanEvent, decide},
    },
    text::Lang,
};
use i18n::spot_checks as t;
use std::collections::{BTreeSet, HashMap};

/// Those that somebody still has to carry out.
pub(crate) fn in_hand(checks: Vec<SpotCheck>, person: PersonId, now: DateTime<Utc>) -> Vec<SpotCheck> {
    checks.into_iter().filter(|check| check.team.contains(&person) && !check.is_missed(now)).collect()
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

    /// How many went; all of them or none.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the other may not take one of them: which, and why, is not said where it would tell of the site.
    pub(crate) async fn carry_out(
        mut self,
        state: &Services,
        tx: &mut dyn Transaction,
        by: &Asker,
        to: PersonId,
    ) -> Result<usize, Error> {
        let office = by.actor.office;
        let held = in_hand(tx.sent_spot_checks(office).await?, self.from, state.now());
        let plans: BTreeSet<SpotCheckPlanId> = held.iter().map(|check| check.plan).collect();
        let mut count = 0;
        for id in plans {
            let plan = tx.spot_check_plan(office, id).await?.ok_or(Error::NotFound)?;
            let before = tx.spot_checks_of(office, id).await?;
            let reason = t::handed_over_why(by.lang).to_owned();
            let command = SpotCheckPlanCommand::HandOver { from: self.from, to, reason };
            let here = self.around.for_command(by, &before);
            let event = decide(Some(&plan), &command, &here);
            let event = event.map_err(|why| Error::invalid("to", words(by.lang, &why)))?;
            let mut prepared = vec![];
            if let SpotCheckPlanEvent::HandedOver { exchanges } = &event {
                for exchange in exchanges {
                    let check = check_at(&plan, exchange.site).ok_or(Error::Changed)?;
                    prepared.push(self.prepared.remove(&check).ok_or(Error::Changed)?);
                }
            }
            count += prepared.len();
            let record = record(state, by, event);
            let after = plan.clone().evolve(record.clone());
            put(state, tx, by, &self.around, Some(&plan), &after, &record).await?;
            let change = Change { state, office, plan: &after, before, prepared };
            change.carry_out(tx, &record.event).await?;
        }
        Ok(count)
    }
}

/// What has to do with the person alone is said; all else would tell something of the site.
fn words(lang: Lang, why: &PlanRejection) -> String {
    let is_of_the_person = matches!(
        why,
        PlanRejection::UnknownPerson
            | PlanRejection::PersonLeft { .. }
            | PlanRejection::MayNotInspect { .. }
            | PlanRejection::OnlyPatrols { .. }
            | PlanRejection::NotCertified { .. }
            | PlanRejection::NotOfMatter { .. }
    );
    if is_of_the_person { t::rejection(lang, why) } else { t::not_taken_over(lang).to_owned() }
}
