//! Saving the accounts of those who have work.

use super::{super::office::TestOffice, asker, person, visit_for};
use domain::{person::Person, role::Role};
use server::service::{
    people::{self, PersonChange},
    tasks,
};

/// Every phone fetches the directory anew for it.
#[tokio::test]
async fn however_many_accounts_are_saved_the_directory_is_announced_once() {
    let office = TestOffice::open().await;
    let state = &office.state.services;
    let administrator = asker(&office, Role::Administrator);
    let changes = async |phone: &str| {
        let mut changes = vec![];
        for role in [Role::Inspector, Role::Officer] {
            let person = Person { phone: phone.to_owned(), ..person(&office, role).await };
            changes.push(PersonChange { person, password: None });
        }
        changes
    };
    let save = async |changes: Vec<PersonChange>| {
        let mut tx = state.store.write().await.unwrap();
        let author = administrator.author();
        people::save_all(state, &mut *tx, office.office.id, &author, changes).await.unwrap();
        tx.commit().await.unwrap();
    };
    let announced = async || -> i64 {
        let newest = "SELECT CAST(max(seq) AS TEXT) FROM change WHERE kind = 'directory'";
        office.database.texts(newest).await.remove(0).parse().unwrap()
    };
    save(changes("13800000001").await).await;
    let before = announced().await;
    save(changes("13800000002").await).await;
    assert_eq!(announced().await, before + 1);
    save(changes("13800000002").await).await;
    assert_eq!(announced().await, before + 1, "nothing has changed");
}

#[tokio::test]
async fn work_that_cannot_be_read_keeps_no_account_in_use() {
    let office = TestOffice::open().await;
    let state = &office.state.services;
    let inspector = person(&office, Role::Inspector).await;
    let (supervisor, administrator) = (asker(&office, Role::Supervisor), asker(&office, Role::Administrator));
    tasks::give(state, &supervisor, &visit_for(&office, inspector.id)).await.unwrap();
    office.database.execute("UPDATE task SET body = '{' || body").await;
    let change = PersonChange { person: Person { disabled: true, ..inspector }, password: None };
    let mut tx = state.store.write().await.unwrap();
    let author = administrator.author();
    let saved = people::save_all(state, &mut *tx, office.office.id, &author, vec![change]).await;
    assert_eq!(saved, Ok(()));
}
