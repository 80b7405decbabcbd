//! A draft goes over to a newer version of its form, and loses nothing: what has no place there is kept aside, with the reason,
//! and comes back when a later version has a place for it.

use super::{
    Answer, AnswerError, Answers, Aside, AsideBecause, Form, Question, QuestionKind, Response, layout::Layout,
};
use crate::expression::Expression;

impl Answers {
    /// These answers to one version, as answers to another of the same form.
    #[must_use]
    pub fn taken_over(self, from: &Form, to: &Form) -> Self {
        let versions = Versions { old: Layout::of(from), from, new: Layout::of(to), to };
        let Self { responses, instances, aside } = self;
        let mut taken = Self { responses: vec![], instances, aside: vec![] };
        for response in responses {
            match versions.worked_out(&response) {
                None => versions.place(response, &mut taken),
                Some(expression) if versions.is_same(&response, expression) => taken.responses.push(response),
                // Nobody gave the answer. What stands beside it somebody did, while the question was still asked.
                Some(_) => {
                    let beside = Response { answer: None, ..response };
                    if !beside.is_empty() {
                        versions.place(beside, &mut taken);
                    }
                }
            }
        }
        for Aside { response, because } in aside {
            let is_answered = taken.response(&response.key).is_some_and(|known| known.answer.is_some());
            if is_answered {
                taken.aside.push(Aside { response, because });
            } else {
                versions.place(response, &mut taken);
            }
        }
        taken
    }
}

struct Versions<'a> {
    from: &'a Form,
    old: Layout,
    to: &'a Form,
    new: Layout,
}

impl Versions<'_> {
    /// By what it was worked out, where it was nobody's answer. It is worked out again.
    fn worked_out(&self, response: &Response) -> Option<&Expression> {
        let node = self.old.find(self.from, response.key.question.as_str())?;
        self.old.entry(self.from, node)?.question()?.worked_out()
    }

    /// Whether it is worked out by the same expression in the same repeats: what it came to once goes over only to itself.
    fn is_same(&self, response: &Response, expression: &Expression) -> bool {
        self.question(response).and_then(Question::worked_out) == Some(expression)
    }

    fn place(&self, mut response: Response, taken: &mut Answers) {
        let Some(question) = self.question(&response) else {
            // A default that was taken back is nothing to show.
            if !response.is_empty() {
                taken.aside.push(Aside { response, because: AsideBecause::Gone });
            }
            return;
        };
        if let Some(answer) = response.answer.take() {
            let (fitting, rest) = match question.worked_out() {
                None => fitted(answer, question),
                // It would be overwritten.
                Some(_) => (None, Some((answer, AsideBecause::OtherKind))),
            };
            response.answer = fitting;
            if let Some((answer, because)) = rest {
                let response = Response::answered(response.key.clone(), answer);
                taken.aside.push(Aside { response, because });
            }
        }
        match taken.responses.iter_mut().find(|known| known.key == response.key) {
            None => taken.responses.push(response),
            Some(known) => {
                known.answer = known.answer.take().or(response.answer);
                for (known, more) in [(&mut known.typed, response.typed), (&mut known.note, response.note)] {
                    if known.is_empty() {
                        *known = more;
                    }
                }
                known.photos.extend(response.photos);
            }
        }
    }

    /// The question in the new version, if it stands in the same repeats.
    fn question(&self, response: &Response) -> Option<&Question> {
        let name = response.key.question.as_str();
        let new = self.new.find(self.to, name)?;
        let in_new = repeats(self.to, &self.new, new);
        let is_same = match self.old.find(self.from, name) {
            Some(old) => repeats(self.from, &self.old, old) == in_new,
            None => in_new.len() == response.key.instance.len(),
        };
        self.new.entry(self.to, new)?.question().filter(|_| is_same)
    }
}

fn repeats<'a>(form: &'a Form, layout: &Layout, node: usize) -> Vec<&'a str> {
    let around = layout.nodes[node].repeats.iter();
    around.filter_map(|repeat| layout.entry(form, *repeat)).map(super::Entry::name).collect()
}

/// What of an answer fits the question, and what does not, with the reason.
fn fitted(answer: Answer, question: &Question) -> (Option<Answer>, Option<(Answer, AsideBecause)>) {
    let answer = match (answer, &question.kind) {
        (Answer::Count(count), QuestionKind::Number(_)) => Answer::Number(count.into()),
        (Answer::SelectOne(chosen), QuestionKind::SelectMultiple(_)) => {
            Answer::SelectMultiple([chosen].into())
        }
        (answer, _) => answer,
    };
    match answer.fits(&question.kind) {
        // What is only implausible is mended where it stands.
        Ok(())
        | Err(
            AnswerError::Implausible { .. }
            | AnswerError::NotANumber { .. }
            | AnswerError::Empty
            | AnswerError::OverLimit(_),
        ) => (Some(answer), None),
        Err(AnswerError::WrongType) => (None, Some((answer, AsideBecause::OtherKind))),
        Err(AnswerError::UnknownOption(_)) => {
            let Answer::SelectMultiple(chosen) = answer else {
                return (None, Some((answer, AsideBecause::OptionGone)));
            };
            let is_known = |id: &_| question.kind.choices().iter().any(|choice| choice.id == *id);
            let (known, gone): (std::collections::BTreeSet<_>, _) = chosen.into_iter().partition(is_known);
            let known = (!known.is_empty()).then_some(Answer::SelectMultiple(known));
            (known, Some((Answer::SelectMultiple(gone), AsideBecause::OptionGone)))
        }
    }
}
