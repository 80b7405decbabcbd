//! Commands to tasks, as phones send them.

use super::{apply::Effect, unit_of_work::UnitOfWork};
use domain::{
    hazard::{Hazard, Issued, ValidationError},
    id::{FormId, HazardId, PersonId, SiteId, TaskId},
    site::Site,
    sync::Reason,
    task::{
        Colleague, NewTask, Task, TaskAnswer, TaskCommand, TaskRecords, TaskRefused, TaskSubject, decide,
    },
};

impl UnitOfWork {
    /// A phone may have been away for long: what does not fit any more is refused with the reason, and whoever gave it decides
    /// again.
    pub(super) fn command_task(
        &mut self,
        id: TaskId,
        command: &TaskCommand,
        issued: &Issued<'_>,
    ) -> Result<Effect, Reason> {
        let command = self.about_its_site(command);
        match decide(&*self, id, &command, issued).map_err(reason)? {
            TaskAnswer::Happened(task) => {
                self.added.tasks.insert(id);
                self.known_tasks.insert(id);
                self.tasks.insert(id, *task);
            }
            TaskAnswer::Before => {}
        }
        Ok(Effect::Done)
    }

    /// The command about the site that is meant: whoever made a site on the spot may not know yet that it is there already.
    fn about_its_site(&self, command: &TaskCommand) -> TaskCommand {
        let mut command = command.clone();
        if let TaskCommand::Give(NewTask { about: TaskSubject::Visit { site, .. }, .. }) = &mut command {
            *site = self.meant(*site);
        }
        command
    }
}

fn reason(refused: TaskRefused) -> Reason {
    match refused {
        TaskRefused::OverLimit(over) => Reason::Incomplete { missing: ValidationError::OverLimit(over) },
        TaskRefused::NotAllowed => Reason::NotAllowed,
        TaskRefused::UnknownSite => Reason::UnknownSite,
        TaskRefused::UnknownHazard => Reason::UnknownHazard,
        TaskRefused::IdReused => Reason::IdReused,
        TaskRefused::Refused(because) => Reason::Task { because },
    }
}

impl TaskRecords for UnitOfWork {
    fn task(&self, id: TaskId) -> Option<&Task> {
        self.tasks.get(&id)
    }

    fn is_taken(&self, id: TaskId) -> bool {
        self.known_tasks.contains(&id)
    }

    fn site(&self, id: SiteId) -> Option<&Site> {
        self.sites.get(&id)
    }

    fn hazard(&self, id: HazardId) -> Option<&Hazard> {
        self.hazards.get(&id)
    }

    fn has_form(&self, id: &FormId) -> bool {
        self.known_forms.contains(id)
    }

    fn colleague(&self, id: PersonId) -> Option<&Colleague> {
        self.colleagues.get(&id)
    }
}
