//! What stands on the phone, line by line, and what a tap on it says.

use super::Tried;
use crate::{
    i18n::visit,
    server_fns::form_editing::preview::{Instead, PreviewControl, PreviewLine, PreviewQuestion, Tap},
};
use domain::{limits::TEXT, text::Lang};
use leptos::{ev::MouseEvent, prelude::*};

pub fn line(lang: Lang, tried: Tried, line: &PreviewLine) -> AnyView {
    match line {
        PreviewLine::Heading(words) => {
            view! { <h3 class="form-phone__heading">{words.clone()}</h3> }.into_any()
        }
        PreviewLine::Repeat { name, instance, words } => {
            let id = id(name, instance, "head");
            view! {
                <h3 class="form-phone__heading" id=id tabindex="-1">
                    {words.clone()}
                </h3>
            }
            .into_any()
        }
        PreviewLine::Instance { name, instance, number, words, remove } => {
            let button = remove.clone().map(|label| take_out(lang, tried, name, instance, *number, label));
            view! {
                <div class="form-phone__instance">
                    <h4 class="form-phone__heading">{words.clone()}</h4>
                    {button}
                </div>
            }
            .into_any()
        }
        PreviewLine::Add { name, instance, words } => {
            let (name, instance) = (name.clone(), instance.clone());
            let id = id(&name, &instance, "add");
            let add = move |_| tried.step(&name, &instance, Tap::Add);
            view! {
                <button type="button" class="button button--small button--quiet" id=id on:click=add>
                    {words.clone()}
                </button>
            }
            .into_any()
        }
        PreviewLine::Question(question) => card(tried, question),
    }
}

/// Only tried out: nobody is asked before, as the phone asks.
fn take_out(lang: Lang, tried: Tried, name: &str, instance: &[u16], number: u16, label: String) -> AnyView {
    let (name, instance) = (name.to_owned(), instance.to_vec());
    let id = id(&name, &instance, &format!("remove-{number}"));
    let remove = move |_| tried.step(&name, &instance, Tap::Remove(number));
    view! {
        <button type="button" class="link" id=id aria-label=label on:click=remove>
            {visit::remove_instance_short(lang)}
        </button>
    }
    .into_any()
}

/// Of an element that may have the focus: it is found again when the phone is drawn anew.
pub fn id(name: &str, instance: &[u16], what: &str) -> String {
    let instance: Vec<_> = instance.iter().map(u16::to_string).collect();
    format!("try-{name}-{}-{what}", instance.join("."))
}

fn card(tried: Tried, question: &PreviewQuestion) -> AnyView {
    let text_id = id(&question.name, &question.instance, "text");
    let instead = instead(tried, question, text_id.clone());
    let number = question.number.map(|number| view! { <span class="form-phone__number">{number}</span> });
    let hint = question.hint.clone().map(|hint| view! { <p class="u-small">{hint}</p> });
    let picture = question.picture.as_ref().map(|picture| picture.view("form-phone__picture"));
    let problem = question.problem.clone().map(|words| view! { <p class="error-line">{words}</p> });
    let finding = question.finding.clone().map(|words| view! { <p class="form-phone__found">{words}</p> });
    view! {
        <div class="form-phone__card">
            <p id=text_id.clone()>{number} {question.text.clone()}</p>
            {hint}
            {picture}
            {control(tried, question, text_id)}
            {instead}
            {problem}
            {finding}
        </div>
    }
    .into_any()
}

fn control(tried: Tried, question: &PreviewQuestion, labelled: String) -> AnyView {
    match &question.control {
        PreviewControl::Buttons { options, several } => {
            let button = |(value, words): &(String, String)| option(tried, question, *several, value, words);
            let buttons = options.iter().map(button).collect_view();
            view! {
                <div class="form-phone__answers" role="group" aria-labelledby=labelled>
                    {buttons}
                </div>
            }
            .into_any()
        }
        PreviewControl::Field { kind, unit } => {
            let id = id(&question.name, &question.instance, "field");
            let value = question.answer.first().cloned().unwrap_or_default();
            let (name, instance) = (question.name.clone(), question.instance.clone());
            let change = move |event| {
                tried.step(&name, &instance, Tap::Answer(event_target_value(&event).trim().to_owned()));
            };
            let inputmode = unit.is_some().then_some("decimal");
            view! {
                <div class="form-phone__field">
                    <input
                        class="input"
                        type=kind.clone()
                        inputmode=inputmode
                        maxlength=TEXT.to_string()
                        autocomplete="off"
                        id=id
                        value=value
                        aria-labelledby=labelled
                        on:change=change
                    />
                    <span>{unit.clone()}</span>
                </div>
            }
            .into_any()
        }
        PreviewControl::Shown(words) => view! { <p>{words.clone()}</p> }.into_any(),
    }
}

fn option(tried: Tried, question: &PreviewQuestion, several: bool, value: &str, words: &str) -> AnyView {
    let on = question.answer.iter().any(|answer| answer == value);
    let next = next(&question.answer, several, value);
    let (name, instance) = (question.name.clone(), question.instance.clone());
    let id = id(&name, &instance, &format!("option-{value}"));
    let press = move |_| tried.step(&name, &instance, Tap::Answer(next.clone()));
    chip(id, on, words.to_owned(), press)
}

fn chip(id: String, on: bool, words: String, press: impl FnMut(MouseEvent) + 'static) -> AnyView {
    let pressed = if on { "true" } else { "false" };
    view! {
        <button type="button" class="chip" id=id aria-pressed=pressed on:click=press>
            {words}
        </button>
    }
    .into_any()
}

/// 不适用, 没有, 未出示: a second tap takes it back.
fn instead(tried: Tried, question: &PreviewQuestion, labelled: String) -> Option<AnyView> {
    let one = |(instead, words, on): &(Instead, String, bool)| {
        let (instead, on) = (*instead, *on);
        let (name, instance) = (question.name.clone(), question.instance.clone());
        let id = id(&name, &instance, &format!("instead-{}", instead.as_str()));
        let press = move |_| {
            let tap = if on { Tap::Answer(String::new()) } else { Tap::Instead(instead) };
            tried.step(&name, &instance, tap);
        };
        chip(id, on, words.clone(), press)
    };
    let all = question.instead.iter().map(one).collect_view();
    (!question.instead.is_empty()).then(|| {
        view! {
            <div class="form-phone__answers" role="group" aria-labelledby=labelled>
                {all}
            </div>
        }
        .into_any()
    })
}

/// The answer after this option is pressed: taken back where it stood.
fn next(answer: &[String], several: bool, value: &str) -> String {
    let on = answer.iter().any(|known| known == value);
    if !several {
        return if on { String::new() } else { value.to_owned() };
    }
    let others = answer.iter().map(String::as_str).filter(|known| *known != value && !known.is_empty());
    others.chain((!on).then_some(value)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_is_chosen_and_taken_back() {
        let answer = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
        assert_eq!(next(&answer(&[""]), false, "pass"), "pass");
        assert_eq!(next(&answer(&["pass"]), false, "pass"), "");
        assert_eq!(next(&answer(&["pass"]), false, "fail"), "fail");
        assert_eq!(next(&answer(&["a", "b"]), true, "c"), "a b c");
        assert_eq!(next(&answer(&["a", "b"]), true, "a"), "b");
    }
}
