//! What keeps whoever reports by the thousand, or guesses codes, outside.

use super::{super::office::now, desk, field, ids, placed, report, said, sent_from, solved};
use chrono::Duration;
use domain::{
    public_report::{PublicReportFilter, ReportState},
    role::Role,
};
use server::service::{
    Error,
    public_reports::{self, Sent, Wanted},
};

#[tokio::test]
async fn a_code_is_not_guessed() {
    let office = placed().await;
    let received = report(&office, "192.0.2.1", "电线垂下来").await;
    let mut answers = vec![];
    for n in 0..40 {
        let guess = format!("0000-{n:04}");
        let number = &received.number;
        answers.push(public_reports::follow(&office.state, office.office.id, None, number, &guess).await);
    }
    assert!(answers.iter().take(20).all(|answer| *answer == Err(Error::NotFound)));
    assert!(answers.iter().skip(20).all(|answer| matches!(answer, Err(Error::TooManyTries { .. }))));
    office.clock.set(now() + Duration::minutes(16));
    let code = received.code.to_string();
    let told = public_reports::follow(&office.state, office.office.id, None, &received.number, &code).await;
    assert!(told.is_ok(), "{told:?}");
}

#[tokio::test]
async fn a_report_is_taken_in_once_and_a_puzzle_is_solved_once() {
    let office = placed().await;
    let sent = solved(&office, said("灭火器过期")).await;
    let first = sent_from(&office, "192.0.2.1", sent.clone()).await.unwrap();
    let again = sent_from(&office, "192.0.2.1", sent.clone()).await.unwrap();
    assert_eq!((&first.number, &first.code), (&again.number, &again.code), "the answer was lost on the way");
    let other = Sent { report: said("别的"), ..sent.clone() };
    assert_eq!(field(&sent_from(&office, "192.0.2.1", other).await.unwrap_err()), "puzzle");
    let unsolved = solved(&office, said("井盖缺失")).await;
    for wrong in [
        Sent { answer: "no".to_owned(), ..unsolved.clone() },
        Sent { question: unsolved.question.replacen(".8.", ".0.", 1), ..unsolved.clone() },
        Sent { question: String::new(), ..unsolved.clone() },
    ] {
        assert_eq!(field(&sent_from(&office, "192.0.2.1", wrong).await.unwrap_err()), "puzzle");
    }
    office.clock.set(now() + Duration::hours(2));
    assert_eq!(field(&sent_from(&office, "192.0.2.1", unsolved).await.unwrap_err()), "puzzle", "too old");
    assert_eq!(ids(&office, &desk(&office, Role::Supervisor).await).await.len(), 1);
}

#[tokio::test]
async fn one_solved_puzzle_is_not_sent_without_end_from_wherever() {
    let office = placed().await;
    let sent = solved(&office, said("灭火器过期")).await;
    let mut answers = vec![];
    for n in 1..=6 {
        answers.push(sent_from(&office, &format!("2001:db8:1:{n}::9"), sent.clone()).await);
    }
    assert!(answers.iter().take(5).all(Result::is_ok), "an answer may be lost on the way: {answers:?}");
    assert!(matches!(answers.last(), Some(Err(Error::TooManyTries { .. }))), "{answers:?}");
}

/// Telephone numbers are few: a mark that anybody could make would tell the number to whoever tries them all.
#[tokio::test]
async fn what_is_kept_to_know_the_same_again_is_made_by_the_installation_alone() {
    let mut marks = vec![];
    for office in [placed().await, placed().await] {
        let sent = solved(&office, said("占着消防通道摆摊")).await;
        sent_from(&office, "192.0.2.1", sent.clone()).await.unwrap();
        let token = sent.question.split('.').nth(2).unwrap();
        let mut tx = office.state.store.write().await.unwrap();
        marks.push(tx.spent_puzzle(token).await.unwrap().unwrap().digest);
    }
    assert_ne!(marks[0], marks[1]);
}

#[tokio::test]
async fn who_sends_without_end_is_quarantined_and_then_turned_away() {
    let office = placed().await;
    let mut last = None;
    for n in 0..21 {
        let sent = solved(&office, said(&format!("第 {n} 处"))).await;
        last = Some(sent_from(&office, "2001:db8:1:2::9", sent).await);
    }
    assert!(matches!(last, Some(Err(Error::TooManyTries { .. }))), "{last:?}");
    let page = PublicReportFilter::default();
    let by = desk(&office, Role::Supervisor).await;
    let rows = public_reports::list(&office.state, &by, &page).await.unwrap().rows;
    let aside = rows.iter().filter(|row| row.report.state == ReportState::Quarantined).count();
    assert_eq!((rows.len(), aside), (20, 15));
    let id = rows.iter().find(|row| row.report.suspicion.is_some()).unwrap().report.id;
    let released = public_reports::act(&office.state, &by, id, Wanted::Release).await.unwrap();
    assert_eq!(released.state, ReportState::Received);
    let sent = solved(&office, said("另一个网络")).await;
    assert!(sent_from(&office, "2001:db8:1:3::9", sent).await.is_ok(), "nobody else waits for it");
}
