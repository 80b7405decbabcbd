//! Where the seed comes from, and when.

use super::{at, method, person, plan, salt, site, source};
use domain::draw::{
    Commitment, DrawError, FrozenDraw, Population, PublishedDraw, Reveal, Revealed, SeedSource, VoidReason,
};

fn reveals() -> Vec<Reveal> {
    let words = [("赵主任", "一阵微风吹过河堤"), ("钱书记", "今天食堂吃烩面"), ("孙代表", "七上八下")];
    let reveal = |(n, (name, words)): (u8, (&str, &str))| Reveal {
        name: name.into(),
        words: words.into(),
        salt: salt(n),
    };
    (1..).zip(words).map(reveal).collect()
}

fn committed() -> SeedSource {
    let commit = |reveal: Reveal| Commitment { name: reveal.name.clone(), digest: reveal.digest() };
    SeedSource::Commitments { commitments: reveals().into_iter().map(commit).collect() }
}

fn announced(source: SeedSource) -> Result<PublishedDraw, DrawError> {
    let population =
        Population { sites: (1..=9).map(|n| site(n, n)).collect(), people: vec![person(1), person(2)] };
    let frozen = FrozenDraw::freeze(plan(), population, method(4, 1), source, salt(1))?;
    PublishedDraw::announce(frozen, at(20, 8))
}

fn drawn(reveals: Vec<Reveal>) -> Result<PublishedDraw, DrawError> {
    announced(committed()).unwrap().draw(Revealed::Commitments { reveals }, at(21, 8))
}

fn numbers(words: &str) -> Revealed {
    Revealed::Public { words: words.into() }
}

#[test]
fn each_of_those_who_committed_words_decides_the_seed_and_their_order_is_fixed() {
    let draw = drawn(reveals()).unwrap();
    assert_eq!(draw.check(Some(&draw.fingerprint)), []);
    let mut other_way = reveals();
    other_way.reverse();
    assert_eq!(drawn(other_way).unwrap(), draw);
    for n in 0..3 {
        let mut others = reveals();
        others[n].words.push('。');
        let commit = |reveal: &Reveal| Commitment { name: reveal.name.clone(), digest: reveal.digest() };
        let source = SeedSource::Commitments { commitments: others.iter().map(commit).collect() };
        let other = announced(source).unwrap().draw(Revealed::Commitments { reveals: others }, at(21, 8));
        assert_ne!(other.unwrap().seed.unwrap().value, draw.seed.as_ref().unwrap().value, "{n}");
    }
}

#[test]
fn who_does_not_reveal_or_reveals_other_words_is_named_and_the_draw_stays_void() {
    let mut silent = reveals();
    silent.remove(1);
    assert_eq!(drawn(silent), Err(DrawError::NotRevealed("钱书记".into())));
    let mut other = reveals();
    other[2].words.push('。');
    assert_eq!(drawn(other), Err(DrawError::WrongReveal("孙代表".into())));
    let mut stranger = reveals();
    stranger.push(Reveal { name: "李四".into(), ..reveals().remove(0) });
    assert_eq!(drawn(stranger), Err(DrawError::NotCommitted("李四".into())));
    let mut twice = reveals();
    twice.push(reveals().remove(0));
    assert_eq!(drawn(twice), Err(DrawError::OtherSource));

    let reason = |name: &str| VoidReason::NotRevealed { people: vec![name.into()] };
    let open = || announced(committed()).unwrap();
    let void = open().voided(reason("钱书记"), "韩立新".into(), at(21, 9)).unwrap();
    assert_eq!(void.check(Some(&void.fingerprint)), []);
    let again = void.clone().draw(Revealed::Commitments { reveals: reveals() }, at(21, 10));
    assert_eq!(again, Err(DrawError::Ended));
    assert_eq!(void.voided(reason("钱书记"), "韩立新".into(), at(21, 10)), Err(DrawError::Ended));
    let of_stranger = open().voided(reason("李四"), "韩立新".into(), at(21, 9));
    assert_eq!(of_stranger, Err(DrawError::NotCommitted("李四".into())));
    for nothing in [VoidReason::Other { words: " ".into() }, VoidReason::NotRevealed { people: vec![] }] {
        assert_eq!(open().voided(nothing, "韩立新".into(), at(21, 9)), Err(DrawError::NoReason));
    }
}

#[test]
fn one_person_alone_or_one_twice_commits_no_seed() {
    let SeedSource::Commitments { commitments } = committed() else { unreachable!() };
    let of = |commitments: Vec<Commitment>| announced(SeedSource::Commitments { commitments }).unwrap_err();
    assert_eq!(of(commitments[..1].to_vec()), DrawError::TooFewCommitments);
    let twice = vec![commitments[0].clone(), commitments[0].clone()];
    assert_eq!(of(twice), DrawError::DuplicateCommitment("赵主任".into()));
    // Handed in as one's own, what another committed cannot be revealed.
    let copied = Commitment { name: "李四".into(), digest: commitments[0].digest };
    let source = SeedSource::Commitments { commitments: vec![commitments[0].clone(), copied] };
    let theirs = reveals().remove(0);
    let reveals = vec![theirs.clone(), Reveal { name: "李四".into(), ..theirs }];
    let drawn = announced(source).unwrap().draw(Revealed::Commitments { reveals }, at(21, 8));
    assert_eq!(drawn, Err(DrawError::WrongReveal("李四".into())));
}

#[test]
fn a_public_seed_comes_after_the_fingerprint_and_from_the_source_that_was_named() {
    let open = || announced(source()).unwrap();
    let draw = open().draw(numbers("03 09 14 21 27 30 + 11"), at(22, 14)).unwrap();
    assert_eq!(draw.check(Some(&draw.fingerprint)), []);
    assert_eq!(open().draw(numbers("03"), at(22, 12)), Err(DrawError::SeedTooEarly));
    assert_eq!(open().draw(numbers(""), at(22, 14)), Err(DrawError::SeedText));
    assert_eq!(open().draw(numbers("03\n09"), at(22, 14)), Err(DrawError::SeedText));
    assert_eq!(
        open().draw(Revealed::Commitments { reveals: reveals() }, at(22, 14)),
        Err(DrawError::OtherSource)
    );
    let committed = announced(committed()).unwrap();
    assert_eq!(committed.clone().draw(numbers("03"), at(22, 14)), Err(DrawError::OtherSource));
    let before = Revealed::Commitments { reveals: reveals() };
    assert_eq!(committed.draw(before, at(20, 7)), Err(DrawError::SeedTooEarly));
    // The numbers are out when the fingerprint is published.
    assert_eq!(PublishedDraw::announce(open().frozen, at(22, 13)), Err(DrawError::SeedTooEarly));
}

#[test]
fn two_draws_by_the_same_numbers_have_different_seeds() {
    let seed = |salted: u8| {
        let frozen = FrozenDraw { salt: salt(salted), ..announced(source()).unwrap().frozen };
        let draw = PublishedDraw::announce(frozen, at(20, 8)).unwrap();
        draw.draw(numbers("03 09"), at(22, 14)).unwrap().seed.unwrap().value
    };
    assert_ne!(seed(1), seed(2));
}
