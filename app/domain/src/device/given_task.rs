//! What a phone reads again of work that it gave and that was not taken: to whom, until when, in which words. It is given once
//! more from there. And what is being written of it, before it is given; and what was given from here, by which it is handed on or
//! withdrawn.

use crate::{
    id::{OperationId, PersonId, TaskId},
    sync::Reason,
    task::{NewTask, TaskCommand, TaskRefusal, TaskSubject},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Work as it is being written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BegunTask {
    pub about: TaskSubject,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

/// Of an [`Operation`](crate::sync::Operation) with a command to a task.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct TaskOperation {
    pub payload: TaskPayload,
}

/// Of a [`Payload`](crate::sync::Payload).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskPayload {
    Task(GivenTask),
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct GivenTask {
    pub task: TaskId,
    pub command: TaskCommand,
}

/// Work that was given from this phone, as far as it can say: the task itself lies with whoever has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenHere {
    pub task: TaskId,
    pub about: TaskSubject,
    pub person: PersonId,
    /// The person's, as it was then.
    #[serde(default)]
    pub name: String,
    pub until: NaiveDate,
    /// Who had it before it was handed on from here, and has it still where the office does not take that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Holder>,
    /// It was withdrawn from here: nobody has it, unless the office does not take that.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withdrawn: bool,
}

/// Who has work, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    pub person: PersonId,
    #[serde(default)]
    pub name: String,
}

/// What the office did not take of what was done with work from here.
#[derive(Debug, Clone, PartialEq)]
pub struct RefusedChange {
    pub submission: OperationId,
    pub given: GivenTask,
    pub because: Reason,
}

impl GivenHere {
    /// Somebody else has it from now on.
    pub fn hand_on(&mut self, to: Holder) {
        let person = std::mem::replace(&mut self.person, to.person);
        let name = std::mem::replace(&mut self.name, to.name);
        self.before = Some(Holder { person, name });
    }

    /// As it is where the office did not take this. None: there is no such work, or no longer.
    #[must_use]
    pub fn without(mut self, refused: &RefusedChange) -> Option<Self> {
        let RefusedChange { given: GivenTask { task, command }, because, .. } = refused;
        if *task != self.task {
            return Some(self);
        }
        if matches!(because, Reason::Task { because: TaskRefusal::UnknownTask | TaskRefusal::Ended }) {
            return None;
        }
        match command {
            TaskCommand::Give(_) => return None,
            TaskCommand::HandOn { to } if *to == self.person => {
                if let Some(Holder { person, name }) = self.before.take() {
                    (self.person, self.name) = (person, name);
                }
            }
            // It was handed on once more since.
            TaskCommand::HandOn { .. } => {}
            TaskCommand::Withdraw { .. } => self.withdrawn = false,
        }
        Some(self)
    }
}

impl TaskOperation {
    /// None where it gives nothing new.
    pub fn given(self) -> Option<NewTask> {
        let TaskPayload::Task(GivenTask { command, .. }) = self.payload;
        match command {
            TaskCommand::Give(new) => Some(new),
            TaskCommand::HandOn { .. } | TaskCommand::Withdraw { .. } => None,
        }
    }

    /// The task that is somebody else's by it, or nobody's.
    pub fn taken_away(&self) -> Option<TaskId> {
        let TaskPayload::Task(GivenTask { task, command }) = &self.payload;
        match command {
            TaskCommand::Give(_) => None,
            TaskCommand::HandOn { .. } | TaskCommand::Withdraw { .. } => Some(*task),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::{Operation, Payload};

    /// As it lies in the old shapes.
    #[test]
    fn work_that_was_given_is_read_again() {
        let texts: Vec<serde_json::Value> =
            serde_json::from_str(include_str!("../../tests/shapes/v1/operations.json")).unwrap();
        let mut given = 0;
        for text in texts {
            let Ok(read) = serde_json::from_value::<TaskOperation>(text.clone()) else { continue };
            let operation: Operation = serde_json::from_value(text).unwrap();
            let Payload::Task { command, .. } = operation.payload else { panic!("no task: {read:?}") };
            let new = match command {
                TaskCommand::Give(new) => Some(new),
                TaskCommand::HandOn { .. } | TaskCommand::Withdraw { .. } => None,
            };
            given += usize::from(new.is_some());
            assert_eq!(read.given(), new);
        }
        assert!(given > 0, "work that was given is among them");
    }
}
