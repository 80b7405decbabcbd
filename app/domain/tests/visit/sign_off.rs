//! The end of a visit: somebody of the site signs, refuses, or nobody is there.

use super::{all, draft, fail, open, sound, start};
use domain::{
    form::Answer,
    ink::Strokes,
    limits::{Excess, Field, NAME, OverLimit},
    photo::PhotoHash,
    visit::{
        Draft, DraftIssue, InvalidVisit, Pad, RefusalReason, SignOff, SignOffAsked, SignOffDraft,
        SignOffLack::{self, *},
        SignOffWay, Signer, Visit, VisitNature, VisitOutcome, WitnessDraft,
    },
};

/// A cross, as somebody signs who cannot write.
fn cross() -> Strokes {
    let mut strokes = Strokes::default();
    for (from, to) in [((100, 100), (300, 300)), ((300, 100), (100, 300))] {
        strokes.begin(from);
        strokes.go_on(to);
    }
    strokes
}

fn dot() -> Strokes {
    let mut strokes = Strokes::default();
    strokes.begin((600, 240));
    strokes
}

/// With its picture, as it is when the visit is sealed.
fn drawn(bytes: &[u8]) -> Pad {
    Pad { strokes: cross(), picture: Some(PhotoHash::of(bytes)) }
}

fn signed() -> SignOffDraft {
    SignOffDraft {
        way: Some(SignOffWay::Signed),
        signature: drawn(b"site"),
        name: " 陈国平 ".into(),
        post: "店长".into(),
        ..SignOffDraft::default()
    }
}

fn refused() -> SignOffDraft {
    SignOffDraft {
        way: Some(SignOffWay::Refused),
        reason: Some(RefusalReason::WaitsForPersonInCharge),
        words: "店员称负责人外出".into(),
        witness: WitnessDraft {
            name: "孙桂兰".into(), who: "隔壁店主".into(), signature: drawn(b"w")
        },
        ..SignOffDraft::default()
    }
}

fn absent() -> SignOffDraft {
    SignOffDraft {
        way: Some(SignOffWay::Absent),
        reason: None,
        words: "店门开着，没有人".into(),
        photos: vec![PhotoHash::of(b"notice")],
        no_witness: true,
        ..SignOffDraft::default()
    }
}

fn with(sign_off: SignOffDraft) -> Draft {
    Draft { sign_off, ..sound().draft().clone() }
}

/// What is said of it on the phone, of a sound visit.
fn lacks(sign_off: SignOffDraft) -> Vec<SignOffLack> {
    let issues = open(with(sign_off)).issues().into_iter();
    issues
        .map(|issue| match issue {
            DraftIssue::SignOff(lack) => lack,
            other => panic!("{other:?}"),
        })
        .collect()
}

fn sealed(sign_off: SignOffDraft) -> Visit {
    open(with(sign_off)).submit(start()).unwrap().visit
}

#[test]
fn what_is_missing_is_said_and_what_is_whole_is_sealed() {
    let empty = |way| SignOffDraft { way: Some(way), ..SignOffDraft::default() };
    let cases: [(&str, SignOffDraft, &[SignOffLack]); 12] = [
        ("nobody was asked", SignOffDraft::default(), &[]),
        ("written and not chosen", SignOffDraft { way: None, ..refused() }, &[]),
        ("signed", signed(), &[]),
        ("nothing drawn", empty(SignOffWay::Signed), &[Signature, Name]),
        (
            "a dot",
            SignOffDraft { signature: Pad { strokes: dot(), picture: None }, ..signed() },
            &[Signature],
        ),
        ("no name", SignOffDraft { name: "\u{8} ".into(), ..signed() }, &[Name]),
        ("refused before a witness", refused(), &[]),
        (
            "refused, nothing said",
            empty(SignOffWay::Refused),
            &[Reason, Words, WitnessName, WitnessWho, WitnessSignature],
        ),
        (
            "the witness did not sign",
            SignOffDraft {
                witness: WitnessDraft { signature: Pad::default(), ..refused().witness },
                ..refused()
            },
            &[WitnessSignature],
        ),
        ("no witness, and no photo", SignOffDraft { no_witness: true, ..refused() }, &[Photo]),
        ("nobody there, with a photo", absent(), &[]),
        ("nobody there, no photo", SignOffDraft { photos: vec![], ..absent() }, &[Photo]),
    ];
    for (what, sign_off, expected) in cases {
        assert_eq!(lacks(sign_off.clone()), expected, "{what}");
        if expected.is_empty() {
            let visit = sealed(sign_off.clone());
            assert_eq!(visit.sign_off.is_some(), sign_off.way.is_some(), "{what}");
            assert_eq!(visit.check(&all()), Ok(()), "{what}");
        }
    }
}

#[test]
fn the_server_believes_no_more_than_the_phone_asks_for() {
    type Lie = fn(&mut SignOff);
    let circumstances = |lie: fn(&mut domain::visit::Circumstances)| {
        move |sign_off: &mut SignOff| match sign_off {
            SignOff::Refused { circumstances, .. } | SignOff::Absent { circumstances } => lie(circumstances),
            SignOff::Signed(_) => panic!("nobody refused"),
        }
    };
    let nameless: Lie = |sign_off| match sign_off {
        SignOff::Signed(signed) => signed.name = " ".into(),
        SignOff::Refused { .. } | SignOff::Absent { .. } => panic!("nobody signed"),
    };
    let blank: Lie = |sign_off| match sign_off {
        SignOff::Signed(signed) => signed.signature.ink = dot().ink(),
        SignOff::Refused { .. } | SignOff::Absent { .. } => panic!("nobody signed"),
    };
    let after = |sign_off: SignOffDraft, lie: &dyn Fn(&mut SignOff)| {
        let mut visit = sealed(sign_off);
        lie(visit.sign_off.as_deref_mut().unwrap());
        visit.check(&all())
    };
    let because = |lack| Err(InvalidVisit::SignOff(lack));
    assert_eq!(after(signed(), &nameless), because(Name));
    assert_eq!(after(signed(), &blank), because(Signature));
    assert_eq!(after(refused(), &circumstances(|told| told.words.clear())), because(Words));
    assert_eq!(after(refused(), &circumstances(|told| told.witness = None)), because(Photo));
    assert_eq!(after(absent(), &circumstances(|told| told.photos.clear())), because(Photo));
    let long = circumstances(|told| told.witness.as_mut().unwrap().who = "长".repeat(NAME + 1));
    let over = OverLimit { field: Field::Post, excess: Excess::TooLong(NAME as u32) };
    assert_eq!(after(refused(), &long), Err(InvalidVisit::OverLimit(over)));
}

#[test]
fn texts_are_sealed_as_a_person_would_have_them_and_have_their_limits() {
    let Some(SignOff::Signed(told)) = sealed(signed()).sign_off.map(|sign_off| *sign_off) else {
        panic!("not signed")
    };
    assert_eq!((told.name.as_str(), told.post.as_str(), told.phone.as_str()), ("陈国平", "店长", ""));
    let long = open(with(SignOffDraft { name: "长".repeat(NAME + 1), ..signed() }));
    let over = OverLimit { field: Field::Name, excess: Excess::TooLong(NAME as u32) };
    assert_eq!(long.issues(), [DraftIssue::OverLimit(over)]);
}

#[test]
fn a_signature_without_its_picture_is_not_sealed_and_other_lines_want_another_one() {
    let mut sign_off = signed();
    assert_eq!(sign_off.to_be_pictured(), []);
    sign_off.signature.draw(cross());
    assert_eq!(sign_off.to_be_pictured(), [], "the same lines are the same picture");
    let mut longer = cross();
    longer.begin((500, 100));
    longer.go_on((700, 300));
    sign_off.signature.draw(longer);
    assert_eq!(sign_off.to_be_pictured(), [Signer::Site]);
    assert_eq!(lacks(sign_off.clone()), [], "nobody has to do anything about it");
    let sealed = open(with(sign_off)).submit(start());
    assert_eq!(sealed, Err(vec![DraftIssue::SignOff(Signature)]));
    let mut witnessed = refused();
    witnessed.witness.signature.picture = None;
    assert_eq!(witnessed.to_be_pictured(), [Signer::Witness]);
    witnessed.no_witness = true;
    assert_eq!(witnessed.to_be_pictured(), []);
}

#[test]
fn pictures_and_photos_of_it_are_named_by_draft_and_record() {
    let both = SignOffDraft { photos: absent().photos, signature: drawn(b"site"), ..refused() };
    let named = [b"notice".as_slice(), b"w"].map(PhotoHash::of);
    let draft = with(both.clone());
    for hash in named.iter().chain([&PhotoHash::of(b"site")]) {
        assert!(
            draft.photos().any(|known| known == hash),
            "what is kept for another way is not cleared away"
        );
    }
    let sealed = sealed(both);
    let of_visit: Vec<_> = sealed.photos().filter(|hash| **hash != PhotoHash::of(b"lane")).collect();
    assert_eq!(of_visit, named.iter().collect::<Vec<_>>(), "and of the record what counts");
}

#[test]
fn a_visit_in_which_nothing_was_checked_and_a_self_check_have_none() {
    let closed = Draft { forms: vec![], outcome: VisitOutcome::Closed, ..with(signed()) };
    let own = Draft { nature: VisitNature::SelfCheck, ..with(signed()) };
    for draft in [closed, own] {
        assert_eq!(open(draft.clone()).sign_off_asked(true), SignOffAsked::NotOffered);
        let unfinished =
            Draft { sign_off: SignOffDraft { name: String::new(), ..signed() }, ..draft.clone() };
        assert_eq!(open(unfinished).issues(), [], "nobody is kept by it");
        let mut visit = open(draft).submit(start()).unwrap().visit;
        assert_eq!(visit.sign_off, None);
        visit.sign_off = sealed(signed()).sign_off;
        assert_eq!(visit.check(&all()), Err(InvalidVisit::NothingToSign));
    }
}

#[test]
fn the_site_is_asked_where_it_has_a_hazard_to_put_right_and_somebody_answers_for_it() {
    assert_eq!(open(draft()).sign_off_asked(true), SignOffAsked::Optional);
    let mut found = open(draft());
    fail(&mut found, "clear", Answer::Fail);
    assert_eq!(found.sign_off_asked(true), SignOffAsked::Asked);
    assert_eq!(found.sign_off_asked(false), SignOffAsked::Optional, "nobody is known");
    let key = super::key("clear");
    found.change_finding(0, &key, |finding| {
        finding.responsible_kind = domain::form::ResponsibleKind::Authority;
    });
    assert_eq!(found.sign_off_asked(true), SignOffAsked::Optional, "another authority is to do it");
}

#[test]
fn of_two_tabs_the_later_words_count_and_the_photos_of_both() {
    let [one, other] = [b"1", b"2"].map(|bytes| PhotoHash::of(bytes));
    let read = with(absent());
    let mut here = read.clone();
    here.sign_off.words = "贴在门上".into();
    here.sign_off.photos.push(one.clone());
    let mut there = read.clone();
    there.sign_off.photos.push(other.clone());
    let laid = here.laid_over(&read, &there).sign_off;
    assert_eq!(laid.words, "贴在门上");
    assert_eq!(laid.photos, [PhotoHash::of(b"notice"), other, one]);
}
