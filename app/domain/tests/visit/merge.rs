//! Two tabs at one draft.

use super::{QUESTIONS, any_answer, draft, fail, give, key, open};
use domain::{
    form::{Answer, Response},
    photo::PhotoHash,
    visit::Draft,
};
use proptest::{collection::vec, prelude::*};

fn given<'a>(draft: &'a Draft, question: &str) -> Option<&'a Response> {
    draft.forms[0].answers.response(&key(question))
}

#[test]
fn photos_that_two_tabs_took_for_one_question_are_all_there_and_none_that_either_took_out() {
    let [old, gone, one, other] = [b"a", b"b", b"c", b"d"].map(|bytes| PhotoHash::of(bytes));
    let with = |photos: &[&PhotoHash]| {
        let photos: Vec<PhotoHash> = photos.iter().copied().cloned().collect();
        let mut open = open(draft());
        fail(&mut open, "clear", Answer::Fail);
        open.set_photos(0, &key("clear"), &photos).unwrap();
        open.change_finding(0, &key("clear"), |finding| finding.photos.clone_from(&photos));
        let mut draft = open.draft().clone();
        draft.photos = photos;
        draft
    };
    let before = with(&[&old, &gone]);
    let (here, there) = (with(&[&old, &gone, &one]), with(&[&old, &other]));
    assert_eq!(here.laid_over(&before, &there), with(&[&old, &other, &one]));
    let drawn_on = with(&[&one, &gone]);
    assert_eq!(drawn_on.laid_over(&before, &before), drawn_on, "where it stood before");
}

#[test]
fn what_one_tab_took_back_does_not_return() {
    let mut read = open(draft());
    read.answer(0, &key("count"), Answer::Count(3)).unwrap();
    let read = read.draft().clone();
    let mut here = open(read.clone());
    here.clear(0, &key("count")).unwrap();
    let mut there = open(read.clone());
    there.answer(0, &key("clear"), Answer::Pass).unwrap();
    let laid = here.draft().laid_over(&read, there.draft());
    assert_eq!(given(&laid, "count"), None);
    assert_eq!(given(&laid, "clear").unwrap().answer, Some(Answer::Pass));
}

proptest! {
    #[test]
    fn what_two_tabs_answered_is_all_there_and_what_neither_changed_is_as_it_was(
        here in vec((0usize..7, any_answer()), 0..12),
        there in vec((0usize..7, any_answer()), 0..12),
    ) {
        let read = draft();
        let answered = |answers: &[(usize, Answer)]| {
            let mut open = open(read.clone());
            give(&mut open, answers);
            open.draft().clone()
        };
        let (here, there) = (answered(&here), answered(&there));
        let laid = here.laid_over(&read, &there);
        for question in QUESTIONS {
            prop_assert_eq!(given(&laid, question), given(&here, question).or(given(&there, question)));
        }
        prop_assert!(here.laid_over(&read, &read).gives_the_same(&here));
        prop_assert!(read.laid_over(&read, &there).gives_the_same(&there));
    }
}
