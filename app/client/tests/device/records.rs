//! What a phone has of the office: how much it asks for at once, what it fetches beside that, and what it lets go of.

use crate::{office::Fault, support::*};
use chrono::Duration;
use client::{
    action_drafts::{self, ActionDraft},
    asked, db, lock, outbox, patrol, records, session,
};
use domain::{
    device::StoreName,
    hazard::{Evidence, FixedOnSpot, Found, Hazard, HazardCommand, Issued},
    id::{OfficeId, PartyId, PersonId},
    party::{PartyKind, PartyPerson, SiteParty},
    photo::PhotoHash,
    place::Office,
    role::{Action, Actor},
    schedule::VisitIntervals,
    site::{Contact, Site},
    sync::{Directory, Envelope, RecordKind},
    visit::{Participant, Tally, VisitNature, VisitOutcome, VisitSummary},
    window::LiveWindow,
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Found and put right so many days ago.
fn ended(phone: &Phone, ago: Duration) -> Hazard {
    let by = person("李敏").actor;
    let at = phone.clock.now() - ago;
    let issued = Issued { id: phone.clock.new_id(), at, received_at: Some(at), by: &by };
    let fixed = Some(FixedOnSpot { note: String::new(), photos: vec![PhotoHash::of(b"after")] });
    let found = Found { fixed, ..found(vec![]) };
    Hazard::open(phone.clock.new_id(), site().resource_scope(), None, found, &issued).unwrap()
}

fn visited(phone: &Phone, ago: Duration) -> VisitSummary {
    let by = person("李敏").actor;
    VisitSummary {
        id: phone.clock.new_id(),
        number: "JC-2026-000001".into(),
        site: site().id,
        nature: VisitNature::Patrol,
        outcome: VisitOutcome::Done,
        forms: vec![form().id],
        inspector: by.person,
        inspector_name: by.name,
        submitted_at: phone.clock.now() - ago,
        tally: Tally::default(),
    }
}

fn directory() -> Directory {
    Directory {
        office: Office { id: OfficeId(Uuid::nil()), name: "新城街道".into(), demo: false },
        me: person("李敏").actor,
        communities: vec![],
        grids: vec![],
        departments: vec![],
        kinds: vec![],
        intervals: VisitIntervals::default(),
        colleagues: vec![],
        window: LiveWindow { closed_hazards: 60, visits: 90 },
        phrases: vec![],
        inspection: None,
        outlines: vec![],
    }
}

fn kilobytes(phone: &Phone) -> Vec<u32> {
    phone.office.pages.borrow().iter().flatten().map(|bytes| bytes / 1024).collect()
}

#[test]
fn pages_grow_while_they_come_quickly() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.office.more.set(3);
        phone.start().await;
        assert_eq!(kilobytes(&phone), [512, 1024, 2048, 2048]);
    });
}

#[test]
fn a_page_that_does_not_come_is_asked_for_in_a_smaller_one() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.office.fail([Fault::Lost, Fault::AnswerLost]);
        phone.start().await;
        assert_eq!(kilobytes(&phone), [512, 256, 128]);
    });
}

#[test]
fn a_page_that_comes_slowly_is_followed_by_a_smaller_one() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.office.more.set(1);
        let (office, clock) = (phone.office.clone(), phone.clock.clone());
        phone.host.network.answer(move |asked| {
            let (office, clock) = (office.clone(), clock.clone());
            async move {
                tokio::time::sleep(std::time::Duration::from_secs(20)).await;
                office.answer(&asked, clock.now())
            }
        });
        phone.start().await;
        assert_eq!(kilobytes(&phone), [512, 256]);
    });
}

/// A session may be weeks old; the office may have narrowed the role since, or moved the person.
#[test]
fn the_phone_believes_the_directory_about_its_own_person_and_about_nobody_else() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        let withheld = [Action::Recheck].into_iter().collect();
        let me = Actor { withheld, ..person("李敏").actor };
        let told = Directory { me: me.clone(), ..directory() };
        phone.office.records.replace(vec![Envelope::of(&told).unwrap()]);
        phone.start().await;
        assert_eq!(session::current(&phone).unwrap().actor, me);
    });
    day(async |phone| {
        let me = phone.sign_in("李敏").await.actor;
        let another = Directory { me: person("王磊").actor, ..directory() };
        phone.office.records.replace(vec![Envelope::of(&another).unwrap()]);
        phone.start().await;
        assert_eq!(session::current(&phone).unwrap().actor, me);
    });
}

#[test]
fn a_record_that_no_pull_brings_is_fetched_when_it_is_opened_and_kept() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.start().await;
        let old = ended(&phone, Duration::days(400));
        phone.office.beside.replace(vec![Envelope::of(&old).unwrap()]);
        assert_eq!(records::hazard(&phone, old.id).await.unwrap(), None);
        let ask = async |id: &str| asked::record(&phone, RecordKind::Hazard, id).await;
        let id = old.id.to_string();
        assert_eq!(ask(&id).await, Ok(true));
        assert_eq!(ask(&Uuid::nil().to_string()).await, Ok(false), "it is not there, or out of sight");
        phone.host.network.cut();
        assert_eq!(records::hazard(&phone, old.id).await.unwrap(), Some(old), "without signal it is here");
        assert!(ask(&id).await.is_err());
    });
}

#[test]
fn what_a_pull_has_brought_is_newer_than_what_was_asked_for() {
    day(async |phone| {
        phone.office.records.replace(vec![Envelope::of(&site()).unwrap()]);
        phone.sign_in("李敏").await;
        phone.start().await;
        let before = Site { name: "旧名".into(), ..site() };
        phone.office.beside.replace(vec![Envelope::of(&before).unwrap()]);
        assert_eq!(asked::record(&phone, RecordKind::Site, &site().id.to_string()).await, Ok(true));
        assert_eq!(records::site(&phone, site().id).await.unwrap(), Some(site()));
    });
}

#[test]
fn a_sites_past_is_fetched_page_by_page() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.start().await;
        let (hazard, visit) = (ended(&phone, Duration::days(400)), visited(&phone, Duration::days(500)));
        let past = vec![Envelope::of(&hazard).unwrap(), Envelope::of(&visit).unwrap()];
        phone.office.beside.replace(past);
        let before = asked::earlier(&phone, site().id, None).await.unwrap();
        assert_eq!(records::hazards_at(&phone, site().id).await.unwrap().known, [hazard]);
        assert_eq!(records::visits_at(&phone, site().id).await.unwrap().known, []);
        let end = asked::earlier(&phone, site().id, before.as_deref()).await.unwrap();
        assert_eq!((before.as_deref(), end), (Some("1"), None));
        assert_eq!(records::visits_at(&phone, site().id).await.unwrap().known, [visit]);
    });
}

#[test]
fn who_is_known_on_the_phone_is_offered_as_taking_part() {
    day(async |phone| {
        let colleague = person("王芳").actor;
        let by_colleague = VisitSummary {
            inspector: colleague.person,
            inspector_name: colleague.name,
            ..visited(&phone, Duration::days(3))
        };
        let mut all = vec![Envelope::of(&directory()).unwrap()];
        all.extend(
            [&visited(&phone, Duration::days(2)), &by_colleague].map(|visit| Envelope::of(visit).unwrap()),
        );
        phone.office.records.replace(all);
        phone.sign_in("李敏").await;
        phone.start().await;
        let contact = |name: &str| Contact { name: name.into(), ..Contact::default() };
        let party = SiteParty {
            id: PartyId(Uuid::nil()),
            kind: PartyKind::Enterprise,
            name: "锦绣物业".into(),
            credit_code: None,
            phone: "0371-60000001".into(),
            people: ["张店长", "孙强"]
                .map(|name| PartyPerson { name: name.into(), ..PartyPerson::default() })
                .into(),
        };
        let contacts = vec![contact("张店长"), contact(" ")];
        let site = Site { contacts, party: Some(party), leader: "周主任".into(), ..site() };
        let known = records::may_take_part(&phone, &site).await.unwrap();
        let names: Vec<_> = known.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["张店长", "孙强", "周主任", "王芳"], "each once, and not whoever inspects");
        assert_eq!(known[3].person, Some(colleague.person));

        // Chosen, typed on, and taken out again: a colleague stays who they are.
        let mut there = vec![];
        Participant::toggle(&mut there, &known[3]);
        there = Participant::retyped("王芳、马警官", &there);
        let people: Vec<_> = there.iter().map(|one| (one.name.as_str(), one.person)).collect();
        assert_eq!(people, [("王芳", Some(colleague.person)), ("马警官", None)]);
        Participant::toggle(&mut there, &known[3]);
        assert_eq!(Participant::line(&there), "马警官");
    });
}

#[test]
fn a_site_with_many_people_leaves_room_for_colleagues() {
    day(async |phone| {
        let contact = |n: u32| Contact { name: format!("联系人{n}"), ..Contact::default() };
        let site = Site { contacts: (0..30).map(contact).collect(), ..site() };
        let by_colleague = |n: u128| {
            let (inspector, inspector_name) = (PersonId(Uuid::from_u128(n)), format!("同事{n}"));
            VisitSummary { inspector, inspector_name, ..visited(&phone, Duration::days(3)) }
        };
        let offered = Participant::offered(&site, (1..=30).map(by_colleague).collect(), None);
        let colleagues = offered.iter().filter(|one| one.person.is_some()).count();
        assert_eq!((offered.len(), colleagues), (12, 5));
    });
}

/// Each day, and whenever it is opened.
#[test]
fn what_has_ended_long_ago_goes_but_for_what_work_is_about() {
    day(async |phone| {
        // Today's housekeeping still finds them in the window; an hour later they have left it.
        let nearly = |days| Duration::days(days) - Duration::minutes(30);
        let (old, lately) = (ended(&phone, nearly(60)), ended(&phone, Duration::days(59)));
        let (begun, waited_for) = (ended(&phone, nearly(60)), ended(&phone, nearly(60)));
        let (seen, seen_lately) = (visited(&phone, nearly(90)), visited(&phone, Duration::days(89)));
        let mut all = vec![Envelope::of(&directory()).unwrap()];
        all.extend([&old, &lately, &begun, &waited_for].map(|hazard| Envelope::of(hazard).unwrap()));
        all.extend([&seen, &seen_lately].map(|visit| Envelope::of(visit).unwrap()));
        phone.office.records.replace(all);
        phone.sign_in("李敏").await;
        phone.start().await;
        assert_eq!(records::hazards(&phone).await.unwrap().known.len(), 4);
        phone.host.network.cut();
        let draft = ActionDraft { words: "又堆了".into(), ..ActionDraft::default() };
        assert!(!action_drafts::any(&phone));
        assert!(action_drafts::save(&phone, begun.id, "reopen", &draft));
        assert!(action_drafts::any(&phone));
        let rectify = HazardCommand::Rectify(Evidence { note: "清走了".into(), photos: vec![] });
        outbox::act(&phone, waited_for.id, rectify, "整改".into()).await.unwrap();
        pass(60).await;

        let again = phone.reopened();
        again.host.network.cut();
        lock::look(&again).await.unwrap();
        lock::unlock(&again, PIN).await.unwrap();
        again.start().await;
        let hazards: BTreeSet<_> =
            records::hazards(&again).await.unwrap().known.into_iter().map(|hazard| hazard.id).collect();
        assert_eq!(hazards, [lately.id, begun.id, waited_for.id].into());
        assert_eq!(records::visits_at(&again, site().id).await.unwrap().known, [seen_lately]);
    });
}

#[test]
fn where_somebody_was_without_signal_nobody_is_to_go_at_once_again() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.host.network.cut();
        db::write(&phone.db, &[StoreName::Records], async |tx| tx.put_record(&site()).await).await.unwrap();
        let last = async || {
            let (all, one) = (records::sites(&phone).await.unwrap(), records::site(&phone, site().id).await);
            let (listed, one) = (all.known[0].last_visit, one.unwrap().unwrap().last_visit);
            assert_eq!(listed, one);
            one
        };
        patrol::not_done(&phone, &site(), VisitOutcome::Closed, "").await.unwrap();
        patrol::hand_in(&phone, None, |site| site).await.unwrap();
        assert_eq!(last().await, None, "nobody opened");
        let at = phone.clock.now();
        phone.inspect().await;
        assert_eq!(last().await, Some(at));
    });
}
