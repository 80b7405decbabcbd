//! Work that is given to a person: shown until it is done here, and given without signal.

use crate::support::*;
use chrono::Duration;
use client::{
    db, outbox,
    tasks::{self, ChangeAt},
};
use domain::{
    device::{
        StoreName,
        given_task::BegunTask,
        queue::{DeliveryStatus, Queued},
    },
    id::{EventId, PersonId},
    sync::{Payload, Reason, Refusal, SignedIn},
    task::{
        NewTask, Task, TaskAbout, TaskCommand, TaskEvent, TaskRecord, TaskRefusal, TaskState, TaskSubject,
    },
};
use uuid::Uuid;

/// A visit to the site, given so long ago.
fn visit(phone: &Phone, to: PersonId, ago: Duration) -> Task {
    let at = phone.clock.now() - ago;
    let from = PersonId(Uuid::from_u128(99));
    let event = TaskEvent::Given { to, name: "李敏".into() };
    let id: EventId = phone.clock.new_id();
    Task {
        id: phone.clock.new_id(),
        person: to,
        person_name: "李敏".into(),
        from,
        from_name: "周宁".into(),
        about: TaskAbout::Visit { site: site().id, site_name: site().name, forms: vec![] },
        note: String::new(),
        until: phone.clock.today(),
        given_at: at,
        state: TaskState::Open,
        events: vec![TaskRecord {
            id,
            at,
            received_at: Some(at),
            by: Some(from),
            name: "周宁".into(),
            event,
        }],
    }
}

async fn pulled(phone: &Phone, tasks: &[Task]) {
    db::write(&phone.db, &[StoreName::Records], async |tx| {
        for task in tasks {
            tx.put_record(task).await?;
        }
        Ok(())
    })
    .await
    .unwrap();
}

async fn mine(phone: &Phone) -> Vec<Task> {
    tasks::mine(phone).await.unwrap().known
}

#[test]
fn what_is_done_here_is_off_the_list_before_anybody_has_heard_of_it() {
    day(async |phone| {
        let SignedIn { actor, .. } = phone.sign_in("李敏").await;
        phone.host.network.cut();
        let before = visit(&phone, actor.person, Duration::hours(1));
        let later = visit(&phone, actor.person, Duration::hours(-1));
        let others = visit(&phone, PersonId(Uuid::from_u128(7)), Duration::hours(1));
        pulled(&phone, &[later.clone(), before.clone(), others]).await;
        assert_eq!(mine(&phone).await, [before, later.clone()], "one's own, in order");
        phone.inspect().await;
        assert_eq!(mine(&phone).await, [later], "what was given since is still to be done");
    });
}

#[test]
fn what_is_written_of_work_outlives_the_page_until_it_is_given() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.host.network.cut();
        let about = TaskSubject::Visit { site: site().id, forms: vec![] };
        let person = PersonId(Uuid::from_u128(8));
        let until = phone.clock.today();
        let note = "节前看一看".to_owned();
        let begun = BegunTask { about, person: Some(person), note, until: Some(until) };
        assert!(tasks::keep(&phone, &begun));
        assert!(!in_the_open(&phone.host).contains("节前"), "it is sealed");

        let again = phone.reopened();
        again.host.network.cut();
        client::lock::look(&again).await.unwrap();
        let elsewhere = TaskSubject::Visit { site: again.clock.new_id(), forms: vec![] };
        assert_eq!(tasks::begun(&again, &elsewhere), None);
        assert_eq!(tasks::begun(&again, &begun.about), Some(begun.clone()));
        let BegunTask { about, note, .. } = begun.clone();
        let new = NewTask { person, about, note, until };
        tasks::give(&again, new, site().id, "派单".into(), None).await.unwrap();
        assert_eq!(tasks::begun(&again, &begun.about), None);
    });
}

#[test]
fn work_that_two_tabs_give_is_given_once() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.host.network.cut();
        let about = TaskSubject::Visit { site: site().id, forms: vec![] };
        let (person, until) = (PersonId(Uuid::from_u128(8)), phone.clock.today());
        let new = NewTask { person, about: about.clone(), note: "节前看一看".into(), until };
        let other = Phone::on(phone.host.another_tab(), phone.office.clone());
        client::lock::look(&other).await.unwrap();
        for tab in [&phone, &other] {
            tasks::give(tab, new.clone(), site().id, "派单".into(), None).await.unwrap();
        }
        assert_eq!(phone.submissions().await.len(), 1);
        assert_eq!(tasks::here(&phone, &about).await.unwrap().len(), 1);
        let to_another = NewTask { person: PersonId(Uuid::from_u128(9)), ..new };
        tasks::give(&phone, to_another, site().id, "派单".into(), None).await.unwrap();
        assert_eq!(phone.submissions().await.len(), 2, "somebody else is to go, too");
    });
}

#[test]
fn what_was_withdrawn_is_given_once_more_in_the_same_words() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.host.network.cut();
        let about = TaskSubject::Visit { site: site().id, forms: vec![] };
        let (person, until) = (PersonId(Uuid::from_u128(8)), phone.clock.today());
        let new = NewTask { person, about: about.clone(), note: "复核灭火器".into(), until };
        tasks::give(&phone, new.clone(), site().id, "派单".into(), None).await.unwrap();
        let first = tasks::here(&phone, &about).await.unwrap().remove(0);
        let at = ChangeAt { site: site().id, hazard: None, title: "撤回".into() };
        tasks::withdraw(&phone, &first, "派错了".into(), at).await.unwrap();
        tasks::give(&phone, new, site().id, "派单".into(), None).await.unwrap();
        assert_eq!(phone.submissions().await.len(), 3);
        assert_eq!(tasks::here(&phone, &about).await.unwrap().len(), 1);
    });
}

#[test]
fn what_was_begun_of_work_goes_with_a_forgotten_pin() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.host.network.cut();
        let about = TaskSubject::Visit { site: site().id, forms: vec![] };
        let (person, until) = (PersonId(Uuid::from_u128(8)), phone.clock.today());
        let new = NewTask { person, about: about.clone(), note: String::new(), until };
        tasks::give(&phone, new, site().id, "派单".into(), None).await.unwrap();
        let begun = BegunTask { about, person: None, note: "节前".into(), until: None };
        assert!(tasks::keep(&phone, &begun));
        let sealed = |text: &str| text.contains("task.") || text.contains("tasks-given.");
        assert!(sealed(&in_the_open(&phone.host)));
        client::lock::lock(&phone).await.unwrap();
        client::lock::forget(&phone).await.unwrap();
        // Nobody can read it again: it would count as begun for ever, and keep what comes from another phone out.
        assert!(!sealed(&in_the_open(&phone.host)));
    });
}

#[test]
fn work_is_given_without_signal_and_what_is_not_taken_is_there_to_be_given_again() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.host.network.cut();
        let about = TaskSubject::Visit { site: site().id, forms: vec![] };
        let new = |person: u128, note: &str| NewTask {
            person: PersonId(Uuid::from_u128(person)),
            about: about.clone(),
            note: note.into(),
            until: phone.clock.today(),
        };
        tasks::give(&phone, new(8, " 节前看一看 "), site().id, "派单".into(), None).await.unwrap();
        assert_eq!(phone.submissions().await.len(), 1);
        assert_eq!(tasks::refused(&phone, &about).await.unwrap(), None, "it waits");

        // As the office answers where somebody left an hour ago.
        answered(&phone, Some(TaskRefusal::Left)).await;
        assert_eq!(tasks::here(&phone, &about).await.unwrap(), [], "nobody has what was not taken");
        let (submission, kept) = tasks::refused(&phone, &about).await.unwrap().unwrap();
        assert_eq!((submission, &kept), (phone.submissions().await[0].id, &new(8, "节前看一看")));
        let elsewhere = TaskSubject::Visit { site: phone.clock.new_id(), forms: vec![] };
        assert_eq!(tasks::refused(&phone, &elsewhere).await.unwrap(), None);

        // Given to somebody else, it takes the place of the one that was not taken.
        let again = NewTask { person: PersonId(Uuid::from_u128(9)), ..kept };
        tasks::give(&phone, again.clone(), site().id, "派单".into(), Some(submission)).await.unwrap();
        assert_eq!(tasks::refused(&phone, &about).await.unwrap(), None);
        assert_eq!(phone.submissions().await.len(), 1);
        assert_eq!(holders(&phone, &about).await, [again.person]);
        phone.connect();
        phone.start().await;
        let came = phone.office.operations.borrow();
        let given = came.iter().filter_map(|(operation, _)| match &operation.payload {
            Payload::Task { command: TaskCommand::Give(new), .. } => Some(new.clone()),
            _ => None,
        });
        assert_eq!(given.collect::<Vec<_>>(), [again]);
    });
}

/// As if the office had answered all that waits.
async fn answered(phone: &Phone, because: Option<TaskRefusal>) {
    db::write(&phone.db, &[StoreName::Outbox, StoreName::Operations], async |tx| {
        for mut queued in tx.all::<Queued>(StoreName::Outbox).await?.into_iter().filter(Queued::waits) {
            let Some(because) = because else {
                tx.carry_out(&queued.remove()).await?;
                continue;
            };
            let reason = Reason::Task { because };
            let refusal = Refusal { reason, kept: None, message: "请改派他人".into() };
            queued.status = DeliveryStatus::Refused { refusal };
            tx.carry_out(&[queued.write()?]).await?;
        }
        Ok(())
    })
    .await
    .unwrap();
}

async fn holders(phone: &Phone, about: &TaskSubject) -> Vec<PersonId> {
    tasks::here(phone, about).await.unwrap().iter().map(|one| one.person).collect()
}

fn at() -> ChangeAt {
    ChangeAt { site: site().id, hazard: None, title: "转派、撤回".into() }
}

/// Commands to tasks that have come to the office.
fn came(phone: &Phone) -> Vec<TaskCommand> {
    let came = phone.office.operations.borrow();
    let commands = came.iter().filter_map(|(operation, _)| match &operation.payload {
        Payload::Task { command, .. } => Some(command.clone()),
        _ => None,
    });
    commands.collect()
}

#[test]
fn what_is_handed_on_here_is_off_the_list_and_told_once_there_is_signal() {
    day(async |phone| {
        let SignedIn { actor, .. } = phone.sign_in("李敏").await;
        phone.host.network.cut();
        let task = visit(&phone, actor.person, Duration::hours(1));
        pulled(&phone, std::slice::from_ref(&task)).await;
        let about = task.about.subject();
        let here = tasks::here(&phone, &about).await.unwrap();
        assert_eq!(here.iter().map(|one| one.task).collect::<Vec<_>>(), [task.id]);
        let to = PersonId(Uuid::from_u128(8));
        tasks::hand_on(&phone, &here[0], to, at()).await.unwrap();
        assert_eq!(mine(&phone).await, []);
        assert_eq!(tasks::here(&phone, &about).await.unwrap(), []);
        phone.connect();
        phone.start().await;
        assert_eq!(came(&phone), [TaskCommand::HandOn { to }]);
    });
}

#[test]
fn what_was_given_from_here_is_handed_on_and_withdrawn_from_here() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.host.network.cut();
        let about = TaskSubject::Visit { site: site().id, forms: vec![] };
        let person = PersonId(Uuid::from_u128(8));
        let new = NewTask { person, about: about.clone(), note: String::new(), until: phone.clock.today() };
        tasks::give(&phone, new.clone(), site().id, "派单".into(), None).await.unwrap();
        let here = tasks::here(&phone, &about).await.unwrap();
        assert_eq!(here.iter().map(|one| one.person).collect::<Vec<_>>(), [person]);
        let elsewhere = TaskSubject::Visit { site: phone.clock.new_id(), forms: vec![] };
        assert_eq!(tasks::here(&phone, &elsewhere).await.unwrap(), []);
        let to = PersonId(Uuid::from_u128(9));
        tasks::hand_on(&phone, &here[0], to, at()).await.unwrap();
        let here = tasks::here(&phone, &about).await.unwrap();
        assert_eq!(here.iter().map(|one| one.person).collect::<Vec<_>>(), [to]);
        tasks::withdraw(&phone, &here[0], "派错了".into(), at()).await.unwrap();
        assert_eq!(tasks::here(&phone, &about).await.unwrap(), []);
        phone.connect();
        phone.start().await;
        let withdrawn = TaskCommand::Withdraw { reason: "派错了".into() };
        assert_eq!(came(&phone), [TaskCommand::Give(new), TaskCommand::HandOn { to }, withdrawn]);
    });
}

#[test]
fn what_the_office_does_not_take_leaves_the_work_with_whoever_had_it() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.host.network.cut();
        let about = TaskSubject::Visit { site: site().id, forms: vec![] };
        let [first, second, third] = [7, 8, 9].map(|n| PersonId(Uuid::from_u128(n)));
        let until = phone.clock.today();
        let new = NewTask { person: first, about: about.clone(), note: String::new(), until };
        tasks::give(&phone, new, site().id, "派单".into(), None).await.unwrap();
        answered(&phone, None).await;

        let here = tasks::here(&phone, &about).await.unwrap();
        tasks::hand_on(&phone, &here[0], second, at()).await.unwrap();
        answered(&phone, Some(TaskRefusal::Left)).await;
        let here = tasks::here(&phone, &about).await.unwrap();
        assert_eq!(here[0].person, first, "it never was the other's");
        tasks::hand_on(&phone, &here[0], third, at()).await.unwrap();
        assert_eq!(holders(&phone, &about).await, [third], "what was refused before says nothing of it");
        answered(&phone, Some(TaskRefusal::RoleMayNot)).await;
        for submission in phone.submissions().await {
            outbox::dismiss(&phone, submission.id).await.unwrap();
        }
        assert_eq!(holders(&phone, &about).await, [first], "nor does it go with the outbox");

        let here = tasks::here(&phone, &about).await.unwrap();
        tasks::withdraw(&phone, &here[0], "派错了".into(), at()).await.unwrap();
        assert_eq!(holders(&phone, &about).await, []);
        answered(&phone, Some(TaskRefusal::ReasonMissing)).await;
        let here = tasks::here(&phone, &about).await.unwrap();
        assert_eq!(here.iter().map(|one| one.person).collect::<Vec<_>>(), [first], "it can be tried again");
        tasks::withdraw(&phone, &here[0], "派错了".into(), at()).await.unwrap();
        answered(&phone, Some(TaskRefusal::Ended)).await;
        assert_eq!(holders(&phone, &about).await, [], "it was done meanwhile");
    });
}
