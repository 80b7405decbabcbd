//! Signing in, without a cookie.

use crate::office::{PASSWORD, TestOffice};
use domain::{
    audit::{Act, AuditFilter},
    sync::Credentials,
};
use service::{
    Error,
    sign_in::{Began, Entrance, sign_in},
    storage::Purpose,
};

async fn tried(
    office: &TestOffice,
    entrance: Entrance<'_>,
    username: &str,
    password: &str,
) -> Result<Began, Error> {
    let device_name = "电脑".to_owned();
    let credentials = Credentials { username: username.into(), password: password.into(), device_name };
    sign_in(&office.services, entrance, Purpose::Desk, credentials).await
}

#[tokio::test]
async fn only_the_right_password_begins_a_session_and_only_tries_at_accounts_are_told() {
    let office = TestOffice::open().await;
    let nowhere = Entrance::default();
    let began = tried(&office, nowhere, "hanlixin", PASSWORD).await.unwrap();
    assert_eq!(began.session.unwrap().person.id, office.administrator.person);
    let wrong = tried(&office, nowhere, "hanlixin", "wrong").await;
    assert_eq!(wrong.err(), Some(Error::WrongCredentials));
    let unknown = tried(&office, nowhere, "nobody", PASSWORD).await;
    assert_eq!(unknown.err(), Some(Error::UnknownAccount));
    let refused = AuditFilter { act: Some(Act::SignInRefused), page: 1, ..AuditFilter::default() };
    let told = office.services.store.audit(office.administrator.office, &refused).await.unwrap();
    assert_eq!(told.total, 1, "{told:?}");
}

#[tokio::test]
async fn what_a_device_keeps_spares_its_person_the_tries_of_strangers() {
    let office = TestOffice::open().await;
    let stranger = Entrance::default();
    let device = tried(&office, stranger, "hanlixin", PASSWORD).await.unwrap().device.unwrap();
    for _ in 0..8 {
        let wrong = tried(&office, stranger, "hanlixin", "wrong").await;
        assert_eq!(wrong.err(), Some(Error::WrongCredentials));
    }
    let late = tried(&office, stranger, "hanlixin", PASSWORD).await;
    assert!(matches!(late.err(), Some(Error::TooManyTries { .. })));
    let known = Entrance { device: Some(&device), ..stranger };
    assert!(tried(&office, known, "hanlixin", PASSWORD).await.is_ok());
}
