//! What a visit goes by of the visit before, without signal too.

use crate::support::*;
use chrono::Duration;
use client::{db, drafts, records};
use client_fixtures::{form_of, pass_fail};
use domain::{
    device::StoreName,
    form::{Answer, AnswerKey, Form, LastAnswer, LastAnswers},
    id::{SiteId, VisitId},
    site::Site,
    sync::Payload,
    visit::{Draft, VisitNature},
};
use serde_json::json;
use uuid::Uuid;

/// Asks for `b` where `a` passed the last time.
fn looking_back() -> Form {
    let mut again = pass_fail("b");
    again["question"]["relevant"] =
        json!([{ "text": "a" }, { "call": ["last", 1] }, { "text": "pass" }, { "operator": "equal" }]);
    form_of(&[pass_fail("a"), again])
}

/// The site as the office tells of it after a colleague's visit, which so long ago answered `a`.
fn visited(phone: &Phone, ago: Duration, a: Answer) -> Site {
    let given = LastAnswer { key: AnswerKey::of("a"), answer: a };
    let at = phone.clock.now() - ago;
    let last = LastAnswers::of(&looking_back(), VisitId(Uuid::from_u128(9)), at, [given]);
    Site { last_answers: vec![last], ..site() }
}

async fn pulled(phone: &Phone, site: &Site) {
    db::write(&phone.db, &[StoreName::Records], async |tx| tx.put_record(site).await).await.unwrap();
}

async fn begun(phone: &Phone, site: &Site) -> Draft {
    drafts::begin(phone, site, &looking_back(), VisitNature::Patrol).await.unwrap()
}

/// How many questions the draft asks.
fn asked(draft: &Draft) -> usize {
    opened(draft.clone(), &[looking_back()]).standing(0).asked
}

async fn submit(phone: &Phone, mut draft: Draft, answers: &[(&str, Answer)]) {
    let forms = [looking_back()];
    give(&mut draft, &forms, 0, answers);
    drafts::save(phone, &draft).await.unwrap();
    drafts::submit(phone, opened(draft, &forms), &site(), "检查".into()).await.unwrap();
}

#[test]
fn a_visit_goes_by_what_the_office_told_of_the_one_before() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        assert_eq!(asked(&begun(&phone, &site()).await), 1, "nobody was there before");
        pulled(&phone, &visited(&phone, Duration::days(200), Answer::Pass)).await;
        phone.host.network.cut();
        let known = records::site(&phone, site().id).await.unwrap().unwrap();
        assert_eq!(asked(&begun(&phone, &known).await), 2, "however long ago");
        let failed = visited(&phone, Duration::days(200), Answer::Fail);
        assert_eq!(asked(&begun(&phone, &failed).await), 1);
    });
}

#[test]
fn ones_own_visit_counts_while_it_waits_to_be_sent() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.host.network.cut();
        let first = begun(&phone, &site()).await;
        submit(&phone, first.clone(), &[("a", Answer::Pass)]).await;
        let second = begun(&phone, &site()).await;
        assert_eq!(asked(&second), 2);
        assert_eq!(second.site_seen.last[0].visit, first.id);
        let elsewhere = Site { id: SiteId(Uuid::from_u128(8)), ..site() };
        assert_eq!(asked(&begun(&phone, &elsewhere).await), 1);
        // The later of the two counts.
        let earlier = visited(&phone, Duration::days(1), Answer::Fail);
        assert_eq!(asked(&begun(&phone, &earlier).await), 2);
        let later = visited(&phone, Duration::days(-1), Answer::Fail);
        assert_eq!(asked(&begun(&phone, &later).await), 1);
    });
}

#[test]
fn what_comes_in_meanwhile_changes_nothing_under_the_thumb() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let draft = begun(&phone, &site()).await;
        pulled(&phone, &visited(&phone, Duration::hours(1), Answer::Pass)).await;
        let again = phone.reopened();
        client::lock::look(&again).await.unwrap();
        let kept = drafts::get(&again, draft.id).await.unwrap().unwrap();
        assert_eq!(asked(&kept), 1, "as it was begun");
        submit(&again, kept, &[("a", Answer::Pass)]).await;
        again.start().await;
        let operations = again.office.operations.borrow();
        let Payload::SubmitVisit(visit) = &operations[0].0.payload else { panic!("{operations:?}") };
        assert_eq!(visit.site_seen.last, [], "and it says so");
    });
}

#[test]
fn a_visit_under_way_keeps_what_it_went_by_when_the_visit_before_is_sent() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.host.network.cut();
        let first = begun(&phone, &site()).await;
        submit(&phone, first.clone(), &[("a", Answer::Pass)]).await;
        let second = begun(&phone, &site()).await;
        phone.connect();
        phone.start().await;
        assert_eq!(phone.queued().await, 0);
        let kept = drafts::get(&phone, second.id).await.unwrap().unwrap();
        assert_eq!(asked(&kept), 2);
        submit(&phone, kept, &[("a", Answer::Pass), ("b", Answer::Pass)]).await;
        pass(1).await;
        let operations = phone.office.operations.borrow();
        let Payload::SubmitVisit(visit) = &operations[1].0.payload else { panic!("{operations:?}") };
        assert_eq!(visit.site_seen.last[0].visit, first.id);
    });
}
