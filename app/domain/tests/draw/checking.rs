//! What was changed in a published draw is named.

use super::{files, seed, site};
use domain::draw::{
    DrawError, DrawFault, DrawPart, NotADraw, PublishedDraw, Revealed, SeedSource, VoidDraw, VoidReason,
};

type Change = fn(&mut PublishedDraw);

fn public() -> PublishedDraw {
    PublishedDraw::read(files::PUBLIC).unwrap()
}

fn faults(of: &str, change: Change) -> Vec<DrawFault> {
    let mut draw = PublishedDraw::read(of).unwrap();
    assert_eq!(draw.check(Some(&draw.fingerprint)), []);
    change(&mut draw);
    draw.check(None)
}

#[test]
fn whatever_is_changed_is_named() {
    let table: [(DrawPart, Change); 14] = [
        (DrawPart::Plan, |draw| draw.frozen.plan.title.push('二')),
        (DrawPart::Population, |draw| draw.frozen.population.sites[3].weight += 1),
        (DrawPart::Population, |draw| draw.frozen.population.sites[3].weight = 0),
        (DrawPart::Population, |draw| draw.frozen.population.sites.clear()),
        (DrawPart::Population, |draw| draw.frozen.population.people[4].avoids.clear()),
        (DrawPart::Method, |draw| draw.frozen.method.people_per_site = 1),
        (DrawPart::Source, |draw| {
            let SeedSource::Public { what, .. } = &mut draw.frozen.source else { unreachable!() };
            what.push('二');
        }),
        (DrawPart::Salt, |draw| draw.frozen.salt = super::salt(9)),
        (DrawPart::Fingerprint, |draw| draw.fingerprint = seed(9)),
        (DrawPart::Seed, |draw| draw.seed.as_mut().unwrap().value = seed(9)),
        (DrawPart::Seed, |draw| {
            let words = "03 09 14 21 27 31 + 11".into();
            draw.seed.as_mut().unwrap().revealed = Revealed::Public { words };
        }),
        (DrawPart::Seed, |draw| draw.seed = None),
        (DrawPart::Result, |draw| draw.result.as_mut().unwrap().sites.reverse()),
        (DrawPart::Result, |draw| draw.result.as_mut().unwrap().sites[0].people.reverse()),
    ];
    for (part, change) in table {
        assert_eq!(faults(files::PUBLIC, change), [DrawFault::Changed(part)]);
    }
}

#[test]
fn words_that_were_committed_are_changed_by_nobody() {
    let [words, order] = [
        faults(files::COMMITMENTS, |draw| {
            let Some(Revealed::Commitments { reveals }) = draw.seed.as_mut().map(|seed| &mut seed.revealed)
            else {
                unreachable!()
            };
            reveals[1].words.push('。');
        }),
        faults(files::COMMITMENTS, |draw| {
            let Some(Revealed::Commitments { reveals }) = draw.seed.as_mut().map(|seed| &mut seed.revealed)
            else {
                unreachable!()
            };
            reveals.reverse();
        }),
    ];
    assert_eq!([words, order], [[DrawFault::Changed(DrawPart::Seed)], [DrawFault::Changed(DrawPart::Seed)]]);
}

#[test]
fn a_result_that_was_changed_along_with_its_hash_does_not_follow_from_the_seed() {
    let mut draw = public();
    draw.result = PublishedDraw::read(files::COMMITMENTS).unwrap().result;
    assert_eq!(draw.check(None), [DrawFault::NotOfThisSeed]);
}

#[test]
fn a_draw_that_was_made_up_from_end_to_end_is_known_by_the_fingerprint_that_was_published() {
    let (real, other) = (public(), PublishedDraw::read(files::COMMITMENTS).unwrap());
    assert_eq!(other.check(None), []);
    assert_eq!(other.check(Some(&real.fingerprint)), [DrawFault::OtherFingerprint]);
}

#[test]
fn what_should_never_have_been_drawn_does_not_hold_however_well_it_is_hashed() {
    let mut twice = public();
    twice.frozen.population.sites.push(site(1, 1));
    let rehashed = |mut draw: PublishedDraw| {
        draw.digests = draw.frozen.digests();
        draw.fingerprint = draw.digests.fingerprint();
        (draw.seed, draw.result) = (None, None);
        let reason = VoidReason::Other { words: "试".into() };
        draw.void = Some(VoidDraw { reason, by: "韩立新".into(), at: draw.announced_at });
        draw.check(None)
    };
    assert_eq!(rehashed(public()), []);
    let name = twice.frozen.population.sites.last().unwrap().name.clone();
    assert_eq!(rehashed(twice), [DrawFault::Invalid(DrawError::DuplicateSite(name))]);

    let early: Change = |draw| draw.seed.as_mut().unwrap().at = super::at(22, 12);
    assert_eq!(faults(files::PUBLIC, early), [DrawFault::Invalid(DrawError::SeedTooEarly)]);
    let late: Change = |draw| draw.announced_at = super::at(22, 14);
    assert_eq!(faults(files::PUBLIC, late), [DrawFault::Invalid(DrawError::SeedTooEarly)]);
}

#[test]
fn a_draw_without_a_result_is_unfinished_unless_it_is_void() {
    assert_eq!(faults(files::PUBLIC, |draw| draw.result = None), [DrawFault::Unfinished]);
    assert_eq!(faults(files::VOID, |draw| draw.result = None), []);
}

#[test]
fn what_is_written_otherwise_than_it_is_hashed_is_no_draw() {
    for (was, is) in [
        ("\"version\": 1", "\"version\": 1, \"more\": 1"),
        ("\"2026-11-20T08:00:00Z\"", "\"2026-11-20T16:00:00+08:00\""),
        ("\"workload\": 6", "\"workload\": 6.0"),
        ("\"xunan-draw-1\"", "\"xunan-draw-2\""),
        ("\"title\": ", "\"replaces\": null, \"title\": "),
    ] {
        let text = files::PUBLIC.replacen(was, is, 1);
        assert_ne!(text, files::PUBLIC, "{was}");
        assert!(PublishedDraw::read(&text).is_err(), "{is}");
    }
    let otherwise = files::PUBLIC.replacen("08:00:00Z", "08:00:00.000Z", 1);
    assert!(matches!(PublishedDraw::read(&otherwise), Err(NotADraw::OtherwiseWritten)));
}
