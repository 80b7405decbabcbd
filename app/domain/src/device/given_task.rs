//! What a phone reads again of work that it gave and that was not taken: to whom, until when, in which words. It is given once
//! more from there. And what is being written of it, before it is given.

use crate::{
    id::PersonId,
    task::{NewTask, TaskCommand, TaskSubject},
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
    pub command: TaskCommand,
}

impl TaskOperation {
    /// None where it gives nothing new.
    pub fn given(self) -> Option<NewTask> {
        let TaskPayload::Task(GivenTask { command }) = self.payload;
        match command {
            TaskCommand::Give(new) => Some(new),
            TaskCommand::HandOn { .. } | TaskCommand::Withdraw { .. } => None,
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
