//! Two tabs at one draft.

use super::{any_answer, checklist, draft, fail, id};
use domain::{answer::Answer, id::ItemId, photo::PhotoHash};
use proptest::{collection::vec, prelude::*};

#[test]
fn photos_that_two_tabs_took_for_one_item_are_all_there_and_none_that_either_took_out() {
    let [old, gone, one, other] = [b"a", b"b", b"c", b"d"].map(|bytes| PhotoHash::of(bytes));
    let mut read = draft();
    fail(&mut read, "clear", Answer::Fail);
    let with = |photos: &[&PhotoHash]| {
        let mut draft = read.clone();
        let photos: Vec<PhotoHash> = photos.iter().copied().cloned().collect();
        let given = draft.given_mut(0, &id("clear")).unwrap();
        given.photos = photos.clone();
        given.finding.as_mut().unwrap().photos = photos.clone();
        draft.photos = photos;
        draft
    };
    let before = with(&[&old, &gone]);
    let (here, there) = (with(&[&old, &gone, &one]), with(&[&old, &other]));
    assert_eq!(here.laid_over(&before, &there), with(&[&old, &other, &one]));
    let drawn_on = with(&[&one, &gone]);
    assert_eq!(drawn_on.laid_over(&before, &before), drawn_on, "where it stood before");
}

proptest! {
    #[test]
    fn what_two_tabs_answered_is_all_there_and_what_neither_changed_is_as_it_was(
        here in vec((0usize..7, any_answer()), 0..12),
        there in vec((0usize..7, any_answer()), 0..12),
    ) {
        let items: Vec<ItemId> = checklist().items().map(|item| item.id.clone()).collect();
        let read = draft();
        let answered = |answers: &[(usize, Answer)]| {
            let mut draft = read.clone();
            for (position, answer) in answers {
                draft.answer(0, &items[*position], answer.clone());
            }
            draft
        };
        let (here, there) = (answered(&here), answered(&there));
        let laid = here.laid_over(&read, &there);
        for item in &items {
            prop_assert_eq!(laid.given(0, item), here.given(0, item).or(there.given(0, item)));
        }
        prop_assert_eq!(&here.laid_over(&read, &read), &here);
        prop_assert_eq!(&read.laid_over(&read, &there), &there);
    }
}
