//! 随手报: begun, kept, made once, and known to whoever reports the next one.

use crate::support::*;
use chrono::Duration;
use client::{
    DeviceError,
    action_drafts::ActionDraft,
    db, lock, outbox, photos,
    quick_reports::{self, Failed},
};
use domain::{
    device::{
        StoreName,
        queue::{DeliveryStatus, Queued},
    },
    hazard::{Found, HazardCommand},
    id::{GridId, HazardId, SiteId},
    photo::PhotoHash,
    place::Location,
    quick_report::{NotReported, QuickReport, known_already, learned},
    role::{Actor, Scope},
    search::{fold, nfkc},
    site::Site,
    sync::{Payload, Reason, Refusal, SignedIn},
};
use uuid::Uuid;

const HERE: Location = Location { latitude: 34.8561, longitude: 113.599, accuracy: Some(6.0) };

/// Somebody whose grid is the site's, on a phone that has the site and two that are not to be reported at.
async fn at_work(phone: &Phone) {
    let known = person("李敏");
    let actor = Actor { scope: Scope::Grids(vec![site().grid]), ..known.actor };
    phone.sign_in_as(SignedIn { actor, office: known.office, demo: false, due: None }).await;
    let site_id = |n| SiteId(Uuid::from_u128(n));
    let retired = Site { id: site_id(8), retired: true, ..here() };
    let of_others = Site { id: site_id(9), grid: GridId(Uuid::from_u128(2)), ..here() };
    db::write(&phone.db, &[StoreName::Records], async |tx| {
        tx.put_record(&here()).await?;
        tx.put_record(&retired).await?;
        tx.put_record(&of_others).await
    })
    .await
    .unwrap();
}

fn here() -> Site {
    Site { location: Some(HERE), ..site() }
}

fn begun_at(site: Option<Site>, photos: Vec<PhotoHash>) -> ActionDraft {
    let report = QuickReport { site, location: Some(HERE), ..QuickReport::default() };
    ActionDraft {
        words: "消防通道堆放杂物".into(),
        photos,
        report: Some(Box::new(report)),
        ..ActionDraft::default()
    }
}

/// What phones have told the office of this hazard.
fn told(phone: &Phone, hazard: HazardId) -> Vec<(Option<SiteId>, Found)> {
    let operations = phone.office.operations.borrow();
    let reported = operations.iter().filter_map(|(operation, _)| {
        let Payload::Hazard { hazard: id, site, command, .. } = &operation.payload else { return None };
        let HazardCommand::Report(found) = command else { return None };
        (*id == hazard).then(|| (*site, found.clone()))
    });
    reported.collect()
}

#[test]
fn a_report_begun_outlives_the_page_and_the_lock_and_is_made_once() {
    day(async |phone| {
        at_work(&phone).await;
        phone.host.network.cut();
        let photo = phone.photo(1_000).await;
        let (id, draft) = (phone.clock.new_id::<HazardId>(), begun_at(Some(here()), vec![photo.clone()]));
        assert!(quick_reports::save(&phone, id, &draft));
        assert!(!in_the_open(&phone.host).contains("消防通道"), "it is sealed");

        let again = phone.reopened();
        again.host.network.cut();
        lock::look(&again).await.unwrap();
        assert_eq!(quick_reports::begun(&again, None), Some(id), "the page comes back within its time");
        lock::lock(&again).await.unwrap();
        assert_eq!(quick_reports::begun(&again, None), None, "locked, nothing can be read");
        lock::unlock(&again, PIN).await.unwrap();
        assert_eq!(quick_reports::begun(&again, None), Some(id));
        assert_eq!(quick_reports::begun(&again, Some(here().id)), Some(id));
        assert_eq!(quick_reports::begun(&again, Some(SiteId(Uuid::nil()))), None, "of another site");
        assert_eq!(quick_reports::load(&again, id), draft);
        photos::remove_orphans(&again, again.clock.now() + Duration::hours(25)).await.unwrap();
        assert!(photos::find(&again, &photo, true).await.unwrap().is_some(), "its photo is its own");

        quick_reports::submit(&again, id, &draft, "随手报".into()).await.unwrap();
        // As though the page had been thrown away before the draft was forgotten.
        assert!(quick_reports::save(&again, id, &draft));
        quick_reports::submit(&again, id, &draft, "随手报".into()).await.unwrap();
        assert_eq!(again.submissions().await.len(), 1);
        assert_eq!(quick_reports::begun(&again, None), None);

        again.connect();
        again.start().await;
        let (site, found) = told(&again, id).pop().unwrap();
        assert_eq!((told(&again, id).len(), site), (1, Some(here().id)));
        assert_eq!((found.what.as_str(), found.photos), ("消防通道堆放杂物", vec![photo]));
        assert_eq!((found.location, found.visit, found.form), (Some(HERE), None, None));
        assert_eq!(again.queued().await, 0);
    });
}

#[test]
fn what_two_tabs_write_of_one_report_is_all_kept_and_none_of_it_is_left_behind() {
    day(async |phone| {
        at_work(&phone).await;
        phone.host.network.cut();
        let id: HazardId = phone.clock.new_id();
        let begun = begun_at(Some(here()), vec![]);
        assert!(quick_reports::save(&phone, id, &begun));
        let other = Phone::on(phone.host.another_tab(), phone.office.clone());
        lock::look(&other).await.unwrap();
        let there = quick_reports::load(&other, id);
        let photo = phone.photo(1_000).await;
        let here = ActionDraft { photos: vec![photo.clone()], ..begun };
        assert!(quick_reports::save(&phone, id, &here));
        let there = ActionDraft { words: "消防通道堆放纸箱".into(), ..there };
        assert!(quick_reports::save(&other, id, &there));
        let title = || "随手报".to_owned();
        for (tab, draft) in [(&phone, &here), (&other, &there)] {
            let refused = Err(Failed::Device(DeviceError::ChangedElsewhere));
            assert_eq!(quick_reports::submit(tab, id, draft, title()).await, refused, "not all was seen");
        }
        let both = quick_reports::load(&other, id);
        assert_eq!((both.words.as_str(), both.photos.as_slice()), ("消防通道堆放纸箱", &[photo][..]));
        quick_reports::submit(&other, id, &both, title()).await.unwrap();
        assert_eq!(quick_reports::begun(&phone, None), None);
    });
}

#[test]
fn what_this_phone_reported_is_known_before_there_is_signal() {
    day(async |phone| {
        at_work(&phone).await;
        phone.host.network.cut();
        let around = quick_reports::surroundings(&phone).await.unwrap();
        assert_eq!(around.sites, [here()], "neither what is retired nor what is another's");
        assert!(around.hazards.is_empty() && around.phrases.is_empty());
        let id: HazardId = phone.clock.new_id();
        quick_reports::submit(&phone, id, &begun_at(Some(here()), vec![]), "随手报".into()).await.unwrap();

        let around = quick_reports::surroundings(&phone).await.unwrap();
        let place_of = |site: SiteId| around.places.get(&site).copied();
        let known = known_already(&around.hazards, &place_of, Some(here().id), Some(&HERE));
        let known: Vec<_> = known.iter().map(|known| (known.hazard.id, known.metres)).collect();
        assert_eq!(known, [(id, Some(0.0))]);
        let phrases = learned(&around.hazards, &|words| fold(&nfkc(words)));
        let phrases: Vec<_> = phrases.iter().map(|phrase| phrase.words.as_str()).collect();
        assert_eq!(phrases, ["消防通道堆放杂物"]);
    });
}

#[test]
fn what_may_not_be_reported_stays_where_it_was_begun() {
    day(async |phone| {
        at_work(&phone).await;
        let of_others = Site { grid: GridId(Uuid::from_u128(2)), ..here() };
        let refused = [(Some(of_others), NotReported::NotAllowed), (None, NotReported::NoSite)];
        for (site, because) in refused {
            let (id, draft) = (phone.clock.new_id::<HazardId>(), begun_at(site, vec![]));
            assert!(quick_reports::save(&phone, id, &draft));
            let submitted = quick_reports::submit(&phone, id, &draft, "随手报".into()).await;
            assert_eq!(submitted, Err(Failed::NotReported(because)));
            assert_eq!(quick_reports::load(&phone, id), draft);
        }
        assert!(outbox::all(&phone).await.unwrap().is_empty());
    });
}

#[test]
fn a_photo_of_what_was_not_taken_goes_with_the_report_that_was_begun_with_it() {
    day(async |phone| {
        at_work(&phone).await;
        phone.host.network.cut();
        let photo = phone.photo(1_000).await;
        let draft = begun_at(Some(here()), vec![photo.clone()]);
        quick_reports::submit(&phone, phone.clock.new_id(), &draft, "随手报".into()).await.unwrap();
        let refusal = Refusal { reason: Reason::NotAllowed, kept: None, message: String::new() };
        db::write(&phone.db, &[StoreName::Outbox], async |tx| {
            for queued in tx.all::<Queued>(StoreName::Outbox).await? {
                let status = DeliveryStatus::Refused { refusal: refusal.clone() };
                tx.carry_out(&[Queued { status, ..queued }.write()?]).await?;
            }
            Ok(())
        })
        .await
        .unwrap();
        let again: HazardId = phone.clock.new_id();
        assert!(quick_reports::save(&phone, again, &draft));
        let refused = outbox::all(&phone).await.unwrap().remove(0).id;
        outbox::dismiss(&phone, refused).await.unwrap();
        let kept = photos::find(&phone, &photo, true).await.unwrap();
        assert!(kept.is_some_and(|kept| kept.exact), "what was begun shows it");
        quick_reports::submit(&phone, again, &draft, "随手报".into()).await.unwrap();
        phone.connect();
        phone.start().await;
        let sent = phone.office.photos.borrow().len();
        assert_eq!((sent, phone.queued().await), (1, 0));
    });
}
