//! Commands to hazards, as phones send them.

use super::{apply::Effect, unit_of_work::UnitOfWork};
use crate::hazard_commands::{self, Answer, Asked, Records, Refused};
use domain::{
    hazard::{Hazard, HazardCommand, Issued},
    integrity::RecordRef,
    settings::series::Series,
    sync::{Postponed, Reason},
};

impl UnitOfWork {
    /// A phone may have been away for long: what does not fit any more is kept, and what is to prove it may be on its way.
    pub(super) fn hazard(&mut self, asked: &Asked<'_>) -> Result<Effect, Reason> {
        let site = asked.site.and_then(|id| self.sites.get(&id));
        // What is found in a visit is found where the visit's order led.
        let order = match asked.command {
            HazardCommand::Report(found) => {
                found.visit.and_then(|visit| Records::visit(&*self, visit)).and_then(|visit| visit.order)
            }
            HazardCommand::Assign(_)
            | HazardCommand::AskExtension(_)
            | HazardCommand::GrantExtension(_)
            | HazardCommand::RefuseExtension(_)
            | HazardCommand::Rectify(_)
            | HazardCommand::Accept(_)
            | HazardCommand::Return(_)
            | HazardCommand::Reopen(_)
            | HazardCommand::List(_)
            | HazardCommand::Suspend(_)
            | HazardCommand::LiftSuspension(_)
            | HazardCommand::Refer(_)
            | HazardCommand::Merge(_) => None,
        };
        let here = site.map(|site| self.at_site(asked.issued.by, &site.resource_scope(), order));
        let by = here.as_deref().unwrap_or(asked.issued.by);
        let Asked { hazard, site, command, issued: Issued { id, at, received_at, .. } } = *asked;
        let asked = &Asked { hazard, site, command, issued: Issued { id, at, received_at, by } };
        let known = self.hazards.get(&asked.hazard);
        match hazard_commands::evaluate(&*self, asked) {
            Ok(Answer::Happened(hazard)) => {
                let number = match known {
                    Some(_) => hazard.number.clone(),
                    None => {
                        self.numbers.hazard += 1;
                        Some(self.series.number(Series::Hazard, self.year, self.numbers.hazard))
                    }
                };
                let by = RecordRef::Hazard(asked.hazard);
                self.name(asked.command.photos(), asked.issued.by, by);
                self.put_hazard(Hazard { number, ..hazard });
                Ok(Effect::Done)
            }
            Ok(Answer::Before(because)) => Ok(because.map_or(Effect::Done, Effect::Kept)),
            Err(Refused::Rejected(because)) => {
                let (Some(hazard), by) = (known, asked.issued.by) else { return Err(Reason::UnknownHazard) };
                if hazard.rejections_of(by.person) >= by.role.allowance().rejections {
                    return Err(Reason::Rejected { because });
                }
                // What was rejected shows nothing.
                let hazard = hazard.clone().reject(asked.command, &asked.issued, because.clone());
                self.put_hazard(hazard);
                Ok(Effect::Kept(because))
            }
            Err(Refused::Unproven) => Ok(Effect::Wait(Postponed::PhotoFacts)),
            Err(Refused::Invalid(missing)) => Err(Reason::Incomplete { missing }),
            Err(Refused::NotAllowed) => Err(Reason::NotAllowed),
            Err(Refused::UnknownHazard) => Err(Reason::UnknownHazard),
            Err(Refused::UnknownSite) => Err(Reason::UnknownSite),
            Err(Refused::IdReused) => Err(Reason::IdReused),
            Err(Refused::Unfounded(claim)) => Err(Reason::Unfounded { claim }),
            Err(Refused::Malformed(error)) => Err(Reason::Malformed { detail: error.to_string() }),
        }
    }

    fn put_hazard(&mut self, hazard: Hazard) {
        self.added.hazards.insert(hazard.id);
        self.hazards.insert(hazard.id, hazard);
    }
}
