//! The visit as a whole: what became of it, who was there, by which kinds of site it was filled in.

use super::{all, draft, id, open, shed, sound, start};
use domain::{
    id::{PersonId, SiteKind},
    inspection::AdministrativeInspection,
    limits::{Excess, Field, OverLimit, PARTICIPANTS},
    photo::PhotoHash,
    site::{
        Site,
        attributes::{SiteAttribute, SiteAttributes},
    },
    visit::{Draft, DraftIssue, InvalidVisit, Participant, SiteSeen, VisitNature, VisitOutcome},
};
use serde_json::json;
use uuid::Uuid;

fn closed_door() -> Draft {
    Draft { forms: vec![], outcome: VisitOutcome::Closed, photos: vec![PhotoHash::of(b"door")], ..draft() }
}

#[test]
fn a_closed_door_is_a_visit_without_a_form() {
    let sealed = open(closed_door()).submit(start()).unwrap();
    assert_eq!((sealed.visit.outcome, sealed.hazards.as_slice()), (VisitOutcome::Closed, &[][..]));
    assert_eq!(sealed.visit.photos().collect::<Vec<_>>(), [&PhotoHash::of(b"door")]);
    assert_eq!(sealed.visit.check(&[]), Ok(()));
    let done = Draft { outcome: VisitOutcome::Done, ..closed_door() };
    assert_eq!(open(done).issues(), [DraftIssue::NeedsForm], "nothing was checked");
    let mut claimed = sealed.visit.clone();
    claimed.outcome = VisitOutcome::Done;
    assert_eq!(claimed.check(&[]), Err(InvalidVisit::Empty));
    let mut filled = sound().submit(start()).unwrap().visit;
    filled.outcome = VisitOutcome::Gone;
    assert_eq!(filled.check(&all()), Err(InvalidVisit::FormsOfNothingDone));
    // Somebody came to open after all.
    let mut opened = closed_door();
    opened.add_form(&shed());
    assert_eq!(opened.outcome(), VisitOutcome::Done);
}

#[test]
fn a_refusal_says_what_was_met_with_and_the_others_may() {
    for outcome in VisitOutcome::NOT_DONE {
        let wanted: &[DraftIssue] =
            if outcome == VisitOutcome::Refused { &[DraftIssue::NeedsNote] } else { &[] };
        for nothing in [" \n", "\u{8}"] {
            let draft = Draft { outcome, note: nothing.to_owned(), ..closed_door() };
            assert_eq!(open(draft).issues(), wanted, "{outcome:?} {nothing:?}");
        }
    }
    let refused =
        Draft { outcome: VisitOutcome::Refused, note: "店主拦住门口".to_owned(), ..closed_door() };
    let mut sealed = open(refused).submit(start()).unwrap().visit;
    assert_eq!(sealed.check(&[]), Ok(()));
    sealed.note.clear();
    assert_eq!(sealed.check(&[]), Err(InvalidVisit::Unexplained));
}

#[test]
fn an_inspection_says_what_was_in_hand_and_no_other_visit_does() {
    let nature = VisitNature::AdministrativeInspection;
    let bare = Draft { nature, ..sound().draft().clone() };
    assert_eq!(open(bare.clone()).issues(), [DraftIssue::NeedsInspection]);
    let notice = " 新街检通〔2026〕31号 ".to_owned();
    let administrative = Some(AdministrativeInspection { notice, ..AdministrativeInspection::default() });
    let whole = Draft { administrative: administrative.clone(), ..bare };
    let mut visit = open(whole).submit(start()).unwrap().visit;
    assert_eq!(visit.check(&all()), Ok(()));
    assert_eq!(visit.administrative.as_ref().unwrap().notice, "新街检通〔2026〕31号");
    visit.administrative = None;
    assert_eq!(visit.check(&all()), Err(InvalidVisit::NotAdministrative));
    let patrol = Draft { administrative, ..sound().draft().clone() };
    assert_eq!(open(patrol).issues(), [DraftIssue::NeedsInspection], "a patrol orders nothing");
    let mut patrol = sound().submit(start()).unwrap().visit;
    patrol.administrative = Some(Box::default());
    assert_eq!(patrol.check(&all()), Err(InvalidVisit::Administrative));
    let mut long = patrol;
    long.nature = nature;
    long.administrative = Some(Box::new(AdministrativeInspection {
        entry_code: "号".repeat(41),
        ..AdministrativeInspection::default()
    }));
    let over = OverLimit { field: Field::EntryCode, excess: Excess::TooLong(40) };
    assert_eq!(long.check(&all()), Err(InvalidVisit::OverLimit(over)));
}

#[test]
fn participants_are_typed_in_one_line_and_stand_there_once() {
    let typed = Participant::typed(" 李 强、赵敏，王专家; 赵敏/ ");
    assert_eq!(typed.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["李 强", "赵敏", "王专家"]);
    assert_eq!(Participant::typed(&Participant::line(&typed)), typed);

    let sealed = |participants: Vec<Participant>| {
        let mut visit = sound().submit(start()).unwrap().visit;
        visit.participants = participants;
        visit.check(&all())
    };
    let named = |name: &str, person: Option<u128>| Participant {
        person: person.map(|n| PersonId(Uuid::from_u128(n))),
        name: name.to_owned(),
    };
    assert_eq!(sealed(typed), Ok(()));
    let namesakes = vec![named("李强", Some(5)), named("李强", Some(6))];
    assert_eq!(sealed(namesakes), Ok(()), "two people of one name");
    let twice = |name: &str| Err(InvalidVisit::TookPartTwice(name.to_owned()));
    assert_eq!(sealed(vec![named("李强", None), named("李强", Some(6))]), twice("李强"));
    assert_eq!(sealed(vec![named("李强", Some(6)), named("强哥", Some(6))]), twice("强哥"));
    assert_eq!(sealed(vec![named("我", Some(3))]), Err(InvalidVisit::InspectorTakesPart));
    assert_eq!(sealed(vec![named(" ", None)]), Err(InvalidVisit::Nameless));
    let many: Vec<_> = (0..=PARTICIPANTS).map(|n| named(&format!("专家{n}"), None)).collect();
    let over = OverLimit { field: Field::Participants, excess: Excess::TooMany(PARTICIPANTS as u32) };
    assert_eq!(sealed(many.clone()), Err(InvalidVisit::OverLimit(over)));
    let draft = Draft { participants: many, ..sound().draft().clone() };
    assert_eq!(open(draft).issues(), [DraftIssue::OverLimit(over)], "the phone says so first");
}

/// What the desk changes meanwhile does not touch what was asked at the site.
#[test]
fn a_visit_is_held_to_the_kinds_that_the_phone_knew() {
    let shop = SiteKind::from("ebike-shop");
    let mut visit = sound().submit(start()).unwrap().visit;
    assert_eq!(visit.site_seen.kinds, [SiteKind::from("charging-shed")]);
    visit.site_seen.kinds.push(shop);
    assert_eq!(visit.check(&all()), Err(InvalidVisit::Unanswered(id("shop"))));
}

#[test]
fn kinds_are_believed_that_the_site_has_or_had_and_no_others() {
    let seen = |kinds: &[&str]| SiteSeen {
        kinds: kinds.iter().map(|kind| SiteKind::from(*kind)).collect(),
        ..SiteSeen::default()
    };
    let kinds = |kinds: &[&str]| seen(kinds).kinds;
    let site: domain::site::Site = serde_json::from_value(json!({
        "id": Uuid::nil(), "community": Uuid::nil(), "grid": Uuid::nil(), "name": "锦绣小区", "code": "A-1",
        "kinds": ["charging-shed", "ebike-shop"], "sector": "ebike", "risk": "general",
    }))
    .unwrap();
    let had = [kinds(&["charging-shed"])];
    assert!(seen(&["ebike-shop", "charging-shed"]).was_ever(&site, &had), "as it is now, in another order");
    assert!(seen(&["charging-shed"]).was_ever(&site, &had), "as it was");
    assert!(!seen(&["ebike-shop"]).was_ever(&site, &had), "each for itself is not what it was together");
    assert!(!seen(&[]).was_ever(&site, &had), "leaving kinds out asks less");
    assert!(seen(&["school"]).was_ever(&site, &[]), "nobody remembers");
}

#[test]
fn attributes_are_believed_that_the_site_has_or_had_and_no_others() {
    let of = |storeys: Option<u16>, lifts: Option<u16>| SiteAttributes {
        storeys,
        lifts,
        ..SiteAttributes::default()
    };
    let seen = |attributes: SiteAttributes| SiteSeen { attributes, ..SiteSeen::default() };
    let site: Site = serde_json::from_value(json!({
        "id": Uuid::nil(), "community": Uuid::nil(), "grid": Uuid::nil(), "name": "锦绣小区", "code": "A-1",
        "kinds": [], "sector": "ebike", "risk": "general", "attributes": { "storeys": 18, "lifts": 2 },
    }))
    .unwrap();
    // However often the desk changed it: whoever went by one of them is believed.
    let had = [of(None, None), of(Some(6), None), of(Some(6), Some(1)), of(Some(18), Some(2))];
    for was in &had {
        assert!(seen(was.clone()).attributes_were_ever(&site, &had), "{was:?}");
    }
    assert!(!seen(of(Some(1), None)).attributes_were_ever(&site, &had));
    assert!(!seen(of(Some(18), None)).attributes_were_ever(&site, &had), "what is left out asks less, too");
    assert!(!seen(of(Some(18), Some(1))).attributes_were_ever(&site, &had), "each for itself is not enough");
    assert!(seen(of(Some(1), None)).attributes_were_ever(&site, &[]), "nobody remembers");
    let differ: Vec<_> = of(Some(18), None).differences(&site.attributes).collect();
    assert_eq!(differ, [SiteAttribute::Lifts]);
}
