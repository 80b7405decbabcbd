//! Two tabs at one draft.

use super::{any_answer, checklist, draft};
use domain::{answer::Answer, id::ItemId};
use proptest::{collection::vec, prelude::*};

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
