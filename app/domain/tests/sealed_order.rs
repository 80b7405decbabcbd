//! 封存任务: what is sealed opens for its order, person and key only and tells nothing by its length; the words, and what of them is
//! typed.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::{DateTime, Duration, NaiveDate, TimeZone, Utc};
use domain::{
    form::{Answer, AnswerKey, LastAnswer, LastAnswers},
    id::{PersonId, QuestionId, SealedOrderId, VisitId},
    limits::{ADDRESS, CONTACTS, FORMS, LAST_ANSWERS, LAST_TEXT, NAME, PARTY_PEOPLE, PHONE, TEXT},
    party::{PartyKind, PartyPerson, SiteParty},
    site::{Contact, Site},
    spot_check::{
        ContentKey, LISTED, LastHazard, NotOpened, OrderContent, OrderLeader, OrderPhase, OrderState,
        OrderWords, PLAIN, SealedFor, SealedOrder, SpokenWords, WORDS, WordList, open, seal, wrap,
    },
    visit::VisitNature,
};
use serde_json::json;
use std::collections::BTreeSet;
use uuid::Uuid;

fn hour() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 12, 3, 1, 30, 0).unwrap()
}

fn site(name: &str) -> Site {
    let site = json!({
        "id": Uuid::from_u128(5), "community": Uuid::from_u128(2), "grid": Uuid::from_u128(3),
        "name": name, "code": "A1", "kinds": ["cold-store"], "sector": "hazchem", "risk": "major",
    });
    serde_json::from_value(site).unwrap()
}

fn content(site: Site) -> OrderContent {
    let nature = VisitNature::Recheck;
    OrderContent { site, forms: vec!["ammonia".into()], nature, note: String::new(), last: None }
}

/// As much as every limit allows.
fn longest() -> OrderContent {
    let long = |most: usize| "库".repeat(most);
    let contact = Contact { name: long(NAME), duty: long(NAME), phone: "1".repeat(PHONE) };
    let person = PartyPerson { name: long(NAME), post: long(NAME), phone: "1".repeat(PHONE) };
    let party = SiteParty {
        id: Uuid::from_u128(6).into(),
        name: long(NAME),
        kind: PartyKind::Enterprise,
        credit_code: None,
        phone: "1".repeat(PHONE),
        people: vec![person; PARTY_PEOPLE],
    };
    let answer = |n: usize| LastAnswer {
        key: AnswerKey { question: QuestionId(format!("question-{n}")), instance: vec![] },
        answer: Answer::Text(long(LAST_TEXT)),
    };
    let last = LastAnswers {
        form: "ammonia".into(),
        visit: VisitId(Uuid::from_u128(21)),
        at: hour(),
        answers: (0..LAST_ANSWERS).map(answer).collect(),
    };
    let site = Site {
        address: long(ADDRESS),
        contacts: vec![contact; CONTACTS],
        leader: long(NAME),
        party: Some(party),
        pinyin: "ku".repeat(NAME),
        last_answers: vec![last; FORMS],
        ..site(&long(NAME))
    };
    let hazard = LastHazard { what: long(TEXT), found_at: hour(), found_by: long(NAME), is_open: true };
    OrderContent { note: long(TEXT), last: Some(hazard), ..content(site) }
}

fn bound() -> SealedFor {
    SealedFor {
        order: SealedOrderId(Uuid::from_u128(0x71)),
        person: PersonId(Uuid::from_u128(0x11)),
        opens_at: hour(),
    }
}

const KEY: ContentKey = ContentKey([7; 32]);

#[test]
fn what_is_sealed_opens_for_its_order_and_key_only() {
    let content = content(site("信和冷库"));
    let sealed = seal(&content, &bound(), &KEY, [1; 12]).unwrap();
    assert_eq!(open(&sealed, &bound(), &KEY), Ok(content.clone()));
    assert_eq!(seal(&content, &bound(), &KEY, [1; 12]).unwrap(), sealed, "chance is an argument");
    assert_eq!(open(&sealed, &bound(), &ContentKey([8; 32])), Err(NotOpened));
    for other in [
        SealedFor { order: SealedOrderId(Uuid::from_u128(0x72)), ..bound() },
        SealedFor { person: PersonId(Uuid::from_u128(0x12)), ..bound() },
        SealedFor { opens_at: hour() - Duration::hours(1), ..bound() },
    ] {
        assert_eq!(open(&sealed, &other, &KEY), Err(NotOpened), "{other:?}");
    }
    let bytes = BASE64_STANDARD.decode(&sealed).unwrap();
    for at in [0, 12, 13, bytes.len() / 2, bytes.len() - 1] {
        let mut tampered = bytes.clone();
        *tampered.get_mut(at).unwrap() ^= 1;
        assert_eq!(open(&BASE64_STANDARD.encode(tampered), &bound(), &KEY), Err(NotOpened), "byte {at}");
    }
    for damaged in ["", "AAAA", "no base64", sealed.get(..sealed.len() - 4).unwrap()] {
        assert_eq!(open(damaged, &bound(), &KEY), Err(NotOpened));
    }
}

/// Two sites that could be told apart by how much there is to say of them could be told at all.
#[test]
fn the_shortest_and_the_longest_site_are_sealed_alike() {
    let [short, long] = [content(site("库")), longest()].map(|content| {
        let sealed = seal(&content, &bound(), &KEY, [1; 12]).unwrap();
        (sealed.len(), open(&sealed, &bound(), &KEY).unwrap())
    });
    assert_eq!(short.0, long.0);
    assert_eq!(short.0, (12 + PLAIN + 16).div_ceil(3) * 4);
    let (kept, whole) = (long.1, longest());
    assert_eq!((&kept.note, &kept.last, &kept.site.name), (&whole.note, &whole.last, &whole.site.name));
    assert!(!kept.site.contacts.is_empty(), "somebody can be called");
}

#[test]
fn a_key_travels_as_digits_and_shows_itself_nowhere_else() {
    let text = serde_json::to_string(&KEY).unwrap();
    assert_eq!(text, format!("\"{}\"", "07".repeat(32)));
    assert_eq!(serde_json::from_str::<ContentKey>(&text).unwrap(), KEY);
    assert!(serde_json::from_str::<ContentKey>("\"0707\"").is_err());
    let words = SpokenWords::drawn(&WordList::of_this_version(), [0; 5]);
    assert_eq!(format!("{KEY:?} {words:?}"), "ContentKey(…) SpokenWords(…)");
    assert_eq!(wrap(&KEY, &[9; 32], [2; 12]).unwrap().len(), 12 + 32 + 16);
}

/// The sound as somebody hears it who does not tell these apart.
fn heard(syllable: &str) -> String {
    let plain = ["zh", "ch", "sh"].into_iter().find_map(|two| {
        let rest = syllable.strip_prefix(two)?;
        Some(format!("{}{rest}", two.trim_end_matches('h')))
    });
    let plain = plain.unwrap_or_else(|| syllable.to_owned());
    let plain = plain.strip_prefix('n').map_or(plain.clone(), |rest| format!("l{rest}"));
    plain.replace("ng", "n")
}

#[test]
fn the_list_has_as_many_words_as_ten_bits_and_no_two_sound_alike() {
    let list = WordList::of_this_version();
    assert_eq!(list.words().len(), LISTED);
    let (mut sounds, mut texts) = (BTreeSet::new(), BTreeSet::new());
    for word in list.words() {
        assert_eq!(word.text.chars().count(), 2, "{}", word.text);
        let lower = |syllable: &str| {
            !syllable.is_empty() && syllable.bytes().all(|letter| letter.is_ascii_lowercase())
        };
        assert!(word.syllables.into_iter().all(lower), "{word:?}");
        assert!(sounds.insert(word.syllables.map(heard)), "{} sounds like another", word.text);
        assert!(texts.insert(word.text), "{} stands twice", word.text);
    }
}

#[test]
fn forty_bits_choose_four_words() {
    let list = WordList::of_this_version();
    let drawn = |bits| SpokenWords::drawn(&list, bits).0;
    let at = |positions: [usize; WORDS]| positions.map(|at| list.words().get(at).unwrap().text.to_owned());
    assert_eq!(drawn([0; 5]), at([0; WORDS]));
    assert_eq!(drawn([0xff; 5]), at([LISTED - 1; WORDS]));
    // 0000000001 0000000010 0000000011 0000000100
    assert_eq!(drawn([0x00, 0x40, 0x20, 0x0c, 0x04]), at([1, 2, 3, 4]));
    assert_eq!(
        SpokenWords(["晴川", "石桥", "白鹭", "玻璃"].map(str::to_owned)).phrase(),
        "晴川 石桥 白鹭 玻璃"
    );
}

#[test]
fn a_word_is_found_by_what_people_type_of_it() {
    let list = WordList::of_this_version();
    for typed in ["bl", "BL", "bai", "bailu", "bai lu", "bail", "blu", "白", "白鹭"] {
        let found = list.candidates(typed, 100);
        assert!(found.iter().any(|word| word.text == "白鹭"), "{typed}");
    }
    let initials = list.candidates("bl", 100);
    assert!(
        initials.iter().any(|word| word.text == "玻璃") && initials.iter().any(|word| word.text == "布料")
    );
    assert_eq!(list.candidates("b", 3).len(), 3);
    for nothing in ["", " ", "lu bai", "xyz", "鹭"] {
        assert_eq!(list.candidates(nothing, 5), [], "{nothing}");
    }
    assert!(list.find(" 白鹭 ").is_some() && list.find("白鹭鸟").is_none());
    assert_eq!(WordList::read("白鹭 bai lu\n\nrubbish\n石桥 shi qiao extra").words().len(), 1);
}

fn order(state: OrderState) -> SealedOrder {
    SealedOrder {
        id: bound().order,
        number: "CC-2026-0046".to_owned(),
        person: bound().person,
        opens_at: hour(),
        until: NaiveDate::from_ymd_opt(2026, 12, 4).unwrap(),
        leader: OrderLeader { name: "韩立新".to_owned(), phone: "0371-1".to_owned() },
        team: vec!["王磊".to_owned()],
        meet: String::new(),
        bring: String::new(),
        state,
    }
}

#[test]
fn an_order_is_due_at_its_hour_and_over_after_its_last_day() {
    let words = OrderWords { salt: "00".to_owned(), rounds: 1, wrapped: String::new(), list: String::new() };
    let sealed = |key| OrderState::Sealed { content: String::new(), words: words.clone(), key };
    let (early, due, over) = (hour() - Duration::seconds(1), hour(), hour() + Duration::days(2));
    let closed = order(sealed(None));
    for (opened, now, phase, gives) in [
        (false, early, OrderPhase::Sealed, false),
        (false, due, OrderPhase::Due, true),
        (true, early, OrderPhase::Opened, false),
        (true, due, OrderPhase::Opened, true),
        (false, over, OrderPhase::Over, false),
        (true, over, OrderPhase::Over, false),
    ] {
        assert_eq!((closed.phase(opened, now), closed.gives_key(now)), (phase, gives), "{opened} {now}");
    }
    // A phone whose clock is behind has the key all the same, once the office has sent it.
    assert_eq!(order(sealed(Some(KEY))).phase(false, early), OrderPhase::Due);
    let withdrawn = order(OrderState::Withdrawn { at: early });
    for now in [early, due, over] {
        assert_eq!((withdrawn.phase(true, now), withdrawn.gives_key(now)), (OrderPhase::Withdrawn, false));
    }
}
