//! 巡查: a tap makes a visit, which can be taken back for a moment and is handed in then.

use crate::support::*;
use client::{
    DeviceError, db, drafts, new_sites,
    patrol::{self, TakenBack, Tapped},
    photos,
    platform::StoredValue,
    records, session,
};
use domain::{
    device::{StoreName, queue::About},
    form::Answer,
    hazard::Found,
    id::{FormId, QuestionId, SiteId, SiteKind, VisitId},
    patrol::DoorState,
    place::{Grid, Office},
    role::{Actor, Scope},
    schedule::VisitIntervals,
    site::{ProposedSite, Site},
    sync::{Directory, Payload, SignedIn},
    visit::{Visit, VisitNature, VisitOutcome},
    window::LiveWindow,
};
use std::sync::Arc;
use uuid::Uuid;

fn next() -> Site {
    Site { id: SiteId(Uuid::from_u128(8)), ..site() }
}

/// On a phone that has two doors and the list that is asked at them.
async fn at_work(phone: &Phone) {
    phone.sign_in("李敏").await;
    phone.host.network.cut();
    db::write(&phone.db, &[StoreName::Records], async |tx| {
        tx.put_record(&site()).await?;
        tx.put_record(&next()).await?;
        tx.put_record(&form()).await
    })
    .await
    .unwrap();
}

async fn in_order(phone: &Phone, site: &Site) -> VisitId {
    let lists = patrol::lists(phone).await.unwrap();
    match patrol::all_in_order(phone, site, &lists, &[]).await.unwrap() {
        Tapped::Whole(id) => id,
        other @ (Tapped::Asks(_) | Tapped::NoList) => panic!("{other:?}"),
    }
}

async fn hand_in(phone: &Phone, but: Option<VisitId>) {
    patrol::hand_in(phone, but, |site| format!("{site} 巡查")).await.unwrap();
}

/// Visits that the office was sent.
fn received(phone: &Phone) -> Vec<Visit> {
    let operations = phone.office.operations.borrow();
    let visits = operations.iter().filter_map(|(operation, _)| match &operation.payload {
        Payload::SubmitVisit(visit) => Some(visit.clone()),
        Payload::Hazard { .. }
        | Payload::NewSite(_)
        | Payload::OrderOpened { .. }
        | Payload::NoticesSeen { .. }
        | Payload::Task { .. }
        | Payload::Photo(_)
        | Payload::Paper(_)
        | Payload::Diagnostics(_) => None,
    });
    visits.collect()
}

#[test]
fn a_door_is_one_tap_and_handed_in_when_the_next_one_is_done() {
    day(async |phone| {
        at_work(&phone).await;
        in_order(&phone, &site()).await;
        assert_eq!(phone.queued().await, 0, "it can still be taken back");
        let known = patrol::doors(&phone).await.unwrap();
        let begun = phone.clock.now() - chrono::Duration::hours(1);
        assert_eq!(known.state_of(site().id, begun).state, DoorState::InOrder);

        let shut = patrol::not_done(&phone, &next(), VisitOutcome::Closed, "").await.unwrap();
        hand_in(&phone, Some(shut)).await;
        assert_eq!(phone.queued().await, 1);
        let known = patrol::doors(&phone).await.unwrap();
        assert_eq!(known.state_of(site().id, begun).state, DoorState::InOrder);
        assert_eq!(known.state_of(next().id, begun).state, DoorState::Closed);

        assert_eq!(patrol::take_back(&phone, shut).await, Ok(TakenBack::Done));
        assert!(drafts::all(&phone).await.unwrap().is_empty());
        let known = patrol::doors(&phone).await.unwrap();
        assert_eq!(known.state_of(next().id, begun).state, DoorState::NotWalked);

        phone.connect();
        phone.start().await;
        let visits = received(&phone);
        assert_eq!(visits.len(), 1);
        assert_eq!(
            (visits[0].site, visits[0].outcome, visits[0].tally().passed),
            (site().id, VisitOutcome::Done, 2)
        );
    });
}

#[test]
fn a_page_that_is_thrown_away_loses_no_tap_and_what_was_handed_in_stays() {
    day(async |phone| {
        at_work(&phone).await;
        let first = in_order(&phone, &site()).await;
        let again = phone.reopened();
        again.host.network.cut();
        client::lock::look(&again).await.unwrap();
        assert_eq!(patrol::tapped(&again), [first]);
        hand_in(&again, None).await;
        assert_eq!(again.queued().await, 1);
        assert!(patrol::tapped(&again).is_empty());
        assert_eq!(patrol::take_back(&again, first).await, Ok(TakenBack::Elsewhere), "it says so");
        hand_in(&again, None).await;
        assert_eq!(again.queued().await, 1);
    });
}

/// The second of two tabs is told, whether the first handed it in or took it back.
#[test]
fn whoever_takes_back_in_a_second_tab_is_told_what_became_of_it() {
    day(async |phone| {
        at_work(&phone).await;
        let first = in_order(&phone, &site()).await;
        let other = Phone::on(phone.host.another_tab(), phone.office.clone());
        client::lock::look(&other).await.unwrap();
        assert_eq!(patrol::tapped(&other), [first]);
        assert_eq!(patrol::take_back(&phone, first).await, Ok(TakenBack::Done));
        assert_eq!(patrol::take_back(&other, first).await, Ok(TakenBack::Elsewhere));
        let second = in_order(&phone, &site()).await;
        hand_in(&phone, None).await;
        assert_eq!(patrol::take_back(&other, second).await, Ok(TakenBack::Elsewhere));
        assert_eq!(phone.queued().await, 1, "what was handed in stays");
    });
}

#[test]
fn a_tap_that_cannot_be_read_keeps_none_behind_it() {
    day(async |phone| {
        at_work(&phone).await;
        let first = in_order(&phone, &site()).await;
        in_order(&phone, &next()).await;
        phone.host.storage.put(StoreName::Drafts, &first.to_string(), StoredValue::Text("{}".into()));
        let told = patrol::hand_in(&phone, None, |site| site).await;
        assert!(matches!(told, Err(DeviceError::Unreadable(_))), "{told:?}");
        assert_eq!(phone.queued().await, 1, "the other one is on its way");
        assert_eq!(patrol::tapped(&phone), [first], "and this one is not forgotten");
    });
}

#[test]
fn a_problem_goes_on_as_a_visit_in_which_the_rest_is_answered() {
    day(async |phone| {
        at_work(&phone).await;
        let lists = patrol::lists(&phone).await.unwrap();
        let short = patrol::short_list(&phone, &site(), &lists).unwrap();
        assert_eq!(short.len(), 2);
        let begun = patrol::with_problem(&phone, &site(), &lists, &[], &short[1]).await.unwrap().unwrap();
        let draft = drafts::get(&phone, begun).await.unwrap().unwrap();
        let given: Vec<_> =
            draft.forms[0].answers.responses.iter().map(|response| response.answer.clone()).collect();
        assert_eq!(given, [Some(Answer::Pass), Some(Answer::Fail)]);
        assert_eq!(draft.position.question.as_ref(), Some(&short[1].key));
        assert!(patrol::tapped(&phone).is_empty(), "nobody hands it in but its own screen");
    });
}

#[test]
fn what_was_wrong_before_and_still_is_has_not_passed() {
    day(async |phone| {
        at_work(&phone).await;
        let lists = patrol::lists(&phone).await.unwrap();
        let remark = |question: &str, mended, words: &str| patrol::Remark {
            of: Some((FormId::from("shed"), QuestionId::from(question))),
            mended,
            words: words.to_owned(),
        };
        let remarks = [remark("a", false, "还没改：飞线充电"), remark("b", true, "已改好：没有灭火器")];
        patrol::all_in_order(&phone, &site(), &lists, &remarks).await.unwrap();
        hand_in(&phone, None).await;
        phone.connect();
        phone.start().await;
        let visit = received(&phone).pop().unwrap();
        let answers: Vec<_> = visit.answers().map(|one| (one.answer.clone(), one.note.clone())).collect();
        let still = (Answer::StillOpen, "还没改：飞线充电".to_owned());
        assert_eq!(answers, [still, (Answer::Pass, String::new())]);
        assert_eq!(visit.note, "还没改：飞线充电\n已改好：没有灭火器");
    });
}

#[test]
fn several_hazards_of_one_question_are_all_told_of_at_it() {
    day(async |phone| {
        at_work(&phone).await;
        let lists = patrol::lists(&phone).await.unwrap();
        let remark = |mended, words: &str| patrol::Remark {
            of: Some((FormId::from("shed"), QuestionId::from("a"))),
            mended,
            words: words.to_owned(),
        };
        let remarks =
            [remark(false, "还没改：飞线"), remark(true, "已改好：插座"), remark(false, "还没改：堵门")];
        patrol::all_in_order(&phone, &site(), &lists, &remarks).await.unwrap();
        hand_in(&phone, None).await;
        phone.connect();
        phone.start().await;
        let visit = received(&phone).pop().unwrap();
        let answers: Vec<_> = visit.answers().map(|one| (one.answer.clone(), one.note.clone())).collect();
        let still = (Answer::StillOpen, "还没改：飞线\n还没改：堵门".to_owned());
        assert_eq!(answers, [still, (Answer::Pass, String::new())]);
    });
}

#[test]
fn a_door_that_asks_for_something_is_one_visit_however_often_it_is_tapped() {
    day(async |phone| {
        at_work(&phone).await;
        let mut photographed = client_fixtures::pass_fail("a");
        photographed["question"]["photo"] = "always".into();
        let list = [Arc::new(client_fixtures::form_of(&[photographed]))];
        let first = patrol::all_in_order(&phone, &site(), &list, &[]).await.unwrap();
        assert!(matches!(first, Tapped::Asks(_)), "{first:?}");
        assert_eq!(patrol::all_in_order(&phone, &site(), &list, &[]).await.unwrap(), first);
        assert_eq!(drafts::all(&phone).await.unwrap().len(), 1);
    });
}

#[test]
fn where_no_list_is_asked_one_has_to_be_chosen() {
    day(async |phone| {
        at_work(&phone).await;
        let lists = patrol::lists(&phone).await.unwrap();
        let other = Site { kinds: vec![SiteKind::from("bridge")], ..site() };
        assert_eq!(patrol::all_in_order(&phone, &other, &lists, &[]).await.unwrap(), Tapped::NoList);
        assert!(drafts::all(&phone).await.unwrap().is_empty());
    });
}

fn new_site() -> ProposedSite {
    ProposedSite {
        id: SiteId(Uuid::from_u128(70)),
        grid: site().grid,
        name: "金河饺子馆".into(),
        kind: SiteKind::from("charging-shed"),
        sector: site().sector,
        address: "金河中路39号".into(),
        location: None,
        photos: vec![],
    }
}

/// On a phone without signal, of somebody whose grid it is.
async fn in_a_grid(phone: &Phone) {
    let known = person("李敏");
    let actor = Actor { scope: Scope::Grids(vec![site().grid]), ..known.actor };
    phone.sign_in_as(SignedIn { actor, office: known.office, demo: false, due: None }).await;
    phone.host.network.cut();
    let me = session::current(phone).unwrap().actor;
    let directory = Directory {
        office: Office { id: me.office, name: "新城街道".into(), demo: false },
        me,
        communities: vec![],
        grids: vec![Grid { id: site().grid, community: site().community, name: "第 1 网格".into() }],
        departments: vec![],
        kinds: vec![],
        intervals: VisitIntervals::default(),
        colleagues: vec![],
        phrases: vec![],
        window: LiveWindow::default(),
        inspection: None,
        outlines: vec![],
    };
    db::write(&phone.db, &[StoreName::Records], async |tx| {
        tx.put_record(&directory).await?;
        tx.put_record(&form()).await
    })
    .await
    .unwrap();
}

/// Without signal it is there, can be walked, and goes before what is done there.
#[test]
fn a_site_made_on_the_spot_is_there_at_once_and_goes_first() {
    day(async |phone| {
        in_a_grid(&phone).await;
        assert_eq!(
            new_sites::make(&phone, ProposedSite { name: " ".into(), ..new_site() }, String::new()).await,
            Err(new_sites::Failed::NoName)
        );
        assert!(new_sites::save(&phone, &new_site()));
        assert!(!in_the_open(&phone.host).contains("饺子馆"), "it is sealed");
        assert_eq!(new_sites::load(&phone), Some(new_site()));
        new_sites::make(&phone, new_site(), "新增场所".into()).await.unwrap();
        assert_eq!(new_sites::load(&phone), None);
        // As though the page had been thrown away before what was begun was forgotten.
        assert!(new_sites::save(&phone, &new_site()));
        new_sites::make(&phone, new_site(), "新增场所".into()).await.unwrap();
        assert_eq!(new_sites::load(&phone), None);
        assert_eq!(phone.submissions().await.len(), 1);

        let made = records::site(&phone, new_site().id).await.unwrap().unwrap();
        assert!(made.to_confirm.is_some());
        let all = records::sites(&phone).await.unwrap().known;
        assert_eq!(all.iter().map(|site| site.id).collect::<Vec<_>>(), [made.id]);
        in_order(&phone, &made).await;
        hand_in(&phone, None).await;
        phone.connect();
        phone.start().await;
        let operations = phone.office.operations.borrow();
        let order: Vec<_> = operations.iter().map(|(operation, _)| About::of(&operation.payload)).collect();
        assert!(matches!(order.as_slice(), [About::Site(_), About::Visit(_)]), "{order:?}");
    });
}

/// Whoever is called away between the picture and the name comes back the day after.
#[test]
fn the_door_photo_of_a_site_that_was_begun_stays() {
    day(async |phone| {
        in_a_grid(&phone).await;
        let photo = phone.photo(1_000).await;
        let begun = ProposedSite { photos: vec![photo.clone()], ..new_site() };
        assert!(new_sites::save(&phone, &begun));
        let mut draft = phone.begin().await;
        beside(&mut draft, std::slice::from_ref(&photo));
        drafts::save(&phone, &draft).await.unwrap();
        drafts::discard(&phone, draft.id).await.unwrap();
        photos::remove_orphans(&phone, phone.clock.now() + chrono::Duration::hours(25)).await.unwrap();
        assert!(photos::find(&phone, &photo, true).await.unwrap().is_some());

        new_sites::forget(&phone);
        photos::remove_orphans(&phone, phone.clock.now() + chrono::Duration::hours(25)).await.unwrap();
        assert!(photos::find(&phone, &photo, true).await.unwrap().is_none(), "nothing names it any more");
    });
}

/// 复查: the form asks what failed and is still open.
#[test]
fn a_recheck_asks_what_failed_here_and_nothing_else() {
    day(async |phone| {
        at_work(&phone).await;
        let recheck = async || drafts::begin(&phone, &site(), &form(), VisitNature::Recheck).await.unwrap();
        assert!(recheck().await.forms[0].only.is_empty(), "nothing failed: all of it is asked");
        let found = Found {
            form: Some(form().id),
            question: Some(QuestionId::from("b")),
            ..client_fixtures::found(vec![])
        };
        client::outbox::report(&phone, site().id, found, "隐患".into()).await.unwrap();
        let mut draft = recheck().await;
        assert_eq!(draft.forms[0].only, [QuestionId::from("b")]);
        give(&mut draft, &[form()], 0, &[("b", Answer::Pass)]);
        phone.submit(draft).await.unwrap();
    });
}

/// 还没改: what is as wrong as before has its hazard.
#[test]
fn a_recheck_of_what_is_still_open_finds_no_second_hazard() {
    day(async |phone| {
        at_work(&phone).await;
        let question = QuestionId::from("b");
        let found =
            Found { form: Some(form().id), question: Some(question), ..client_fixtures::found(vec![]) };
        client::outbox::report(&phone, site().id, found, "隐患".into()).await.unwrap();
        let mut draft = drafts::begin(&phone, &site(), &form(), VisitNature::Recheck).await.unwrap();
        give(&mut draft, &[form()], 0, &[("b", Answer::StillOpen)]);
        phone.submit(draft).await.unwrap();
        phone.connect();
        phone.start().await;
        let visit = received(&phone).pop().unwrap();
        let answers: Vec<_> = visit.answers().map(|one| (one.answer.clone(), one.hazards.clone())).collect();
        assert_eq!(answers, [(Answer::StillOpen, vec![])], "it failed, and names no hazard of its own");
        let operations = phone.office.operations.borrow();
        let is_hazard = |payload: &Payload| matches!(payload, Payload::Hazard { .. });
        assert_eq!(operations.iter().filter(|(operation, _)| is_hazard(&operation.payload)).count(), 1);
    });
}
