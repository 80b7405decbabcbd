//! Two versions of a form side by side: each difference with what stood there and what stands there now, in words.

use crate::{
    form_words::{condition::ConditionWords, kind::kind_words},
    i18n::{form_editing as t, forms, office},
    server_fns::forms::hazard_words::HazardWords,
};
use domain::{
    expression::{Expression, Function},
    form::{
        Constraint, Difference, Entry, EntryPart, Form, FormPart, Question, QuestionKind, QuestionPicture,
        Quote, Review,
    },
    id::{FormId, QuestionId},
    text::{Bilingual, Lang},
};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    pub id: FormId,
    pub title: String,
    pub old: String,
    pub new: String,
    pub differences: Vec<DifferenceWords>,
}

/// One entry of the form, or the form itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DifferenceWords {
    /// What it is called.
    pub at: String,
    pub parts: Vec<PartWords>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartWords {
    pub name: String,
    /// Empty: nothing stood there.
    pub old: String,
    pub new: String,
}

/// Both with the words of their own entries.
pub fn differences(old: &ConditionWords<'_>, new: &ConditionWords<'_>) -> Vec<DifferenceWords> {
    let lang = new.lang;
    let one = |difference: &Difference| match difference {
        Difference::Form(parts) => {
            let part = |part: &FormPart| PartWords {
                name: form_part(lang, *part).to_owned(),
                old: of_form(old, *part),
                new: of_form(new, *part),
            };
            DifferenceWords { at: t::of_whole_form(lang).to_owned(), parts: parts.iter().map(part).collect() }
        }
        Difference::Added(id) => whole(new, id, t::added(lang), false),
        Difference::Removed(id) => whole(old, id, t::removed(lang), true),
        Difference::Moved(id) => DifferenceWords {
            at: called(new, id),
            parts: vec![PartWords {
                name: t::moved(lang).to_owned(),
                old: place(old, id),
                new: place(new, id),
            }],
        },
        Difference::Changed(id, parts) => {
            let part = |part: &EntryPart| PartWords {
                name: entry_part(lang, *part).to_owned(),
                old: find(old.form, id).map(|entry| of_entry(old, entry, *part)).unwrap_or_default(),
                new: find(new.form, id).map(|entry| of_entry(new, entry, *part)).unwrap_or_default(),
            };
            DifferenceWords { at: called(new, id), parts: parts.iter().map(part).collect() }
        }
    };
    old.form.differences(new.form).iter().map(one).collect()
}

fn find<'a>(form: &'a Form, id: &QuestionId) -> Option<&'a Entry> {
    form.all_entries().into_iter().find(|entry| entry.name() == id.as_str())
}

fn title<'a>(words: &ConditionWords<'_>, entry: &'a Entry) -> &'a str {
    match entry {
        Entry::Group(group) => group.title.get(words.lang),
        Entry::Repeat(repeat) => repeat.title.get(words.lang),
        Entry::Question(question) => question.text.get(words.lang),
    }
}

fn called(words: &ConditionWords<'_>, id: &QuestionId) -> String {
    find(words.form, id).map_or_else(|| id.to_string(), |entry| title(words, entry).to_owned())
}

/// An entry that stands in one version only.
fn whole(words: &ConditionWords<'_>, id: &QuestionId, name: &str, is_old: bool) -> DifferenceWords {
    let parts =
        [EntryPart::Text, EntryPart::Kind, EntryPart::Relevant, EntryPart::Criterion, EntryPart::Basis];
    let entry = find(words.form, id);
    let said = entry.into_iter().flat_map(|entry| parts.map(|part| of_entry(words, entry, part)));
    let said: Vec<_> = said.filter(|said| !said.is_empty()).collect();
    let said = said.join("\n");
    let (old, new) = if is_old { (said, String::new()) } else { (String::new(), said) };
    DifferenceWords { at: called(words, id), parts: vec![PartWords { name: name.to_owned(), old, new }] }
}

/// In which group an entry stands, and after what.
fn place(words: &ConditionWords<'_>, id: &QuestionId) -> String {
    let lang = words.lang;
    let Some((group, before)) = around(&words.form.entries, None, id) else { return String::new() };
    let group = group.map_or_else(
        || t::place_top(lang).to_owned(),
        |group| t::place_in(lang, title(words, group).to_owned()),
    );
    let before = before.map_or_else(
        || t::place_first(lang).to_owned(),
        |before| t::place_after(lang, title(words, before).to_owned()),
    );
    format!("{group}{}{before}", t::between(lang))
}

type Around<'a> = (Option<&'a Entry>, Option<&'a Entry>);

fn around<'a>(entries: &'a [Entry], group: Option<&'a Entry>, id: &QuestionId) -> Option<Around<'a>> {
    if let Some(at) = entries.iter().position(|entry| entry.name() == id.as_str()) {
        return Some((group, at.checked_sub(1).and_then(|before| entries.get(before))));
    }
    entries.iter().find_map(|entry| around(entry.entries(), Some(entry), id))
}

fn of_form(words: &ConditionWords<'_>, part: FormPart) -> String {
    let (lang, form) = (words.lang, words.form);
    match part {
        FormPart::Title => form.title.get(lang).to_owned(),
        FormPart::Layer => forms::layer_name(lang, form.layer).to_owned(),
        FormPart::Sector => form.sector.name().get(lang).to_owned(),
        FormPart::SiteKinds => words.kinds(&form.site_kinds),
        FormPart::OfferedIf => {
            form.offered_if.as_ref().map(|offered_if| words.holds(offered_if, None)).unwrap_or_default()
        }
        FormPart::Review => {
            let said = |review: &Review| forms::reviewed_by(lang, review.by.clone(), review.on.to_string());
            form.review.as_ref().map(said).unwrap_or_default()
        }
        FormPart::ReviewDue => form.review_due.map(|day| day.to_string()).unwrap_or_default(),
        FormPart::Quotes => form.quotes.iter().map(Quote::name).collect::<Vec<_>>().join("；"),
    }
}

fn of_entry(words: &ConditionWords<'_>, entry: &Entry, part: EntryPart) -> String {
    let lang = words.lang;
    match (part, entry) {
        (EntryPart::Text, _) => both(title_of(entry)),
        (EntryPart::Relevant, _) => {
            let relevant = entry.relevant().map(|relevant| words.holds(relevant, entry.question()));
            relevant.unwrap_or_else(|| t::always(lang).to_owned())
        }
        (EntryPart::Kind, Entry::Group(_)) => t::kind_group(lang).to_owned(),
        (EntryPart::Kind, Entry::Repeat(_)) => t::kind_repeat(lang).to_owned(),
        (EntryPart::Count, Entry::Repeat(repeat)) => {
            let count = repeat.count.as_ref().map(|count| forms::as_many_as(lang, words.amount(count)));
            count.unwrap_or_else(|| forms::for_each_up_to(lang, repeat.most))
        }
        (part, Entry::Question(question)) => of_question(words, question, part),
        (_, Entry::Group(_) | Entry::Repeat(_)) => String::new(),
    }
}

fn title_of(entry: &Entry) -> &Bilingual {
    match entry {
        Entry::Group(group) => &group.title,
        Entry::Repeat(repeat) => &repeat.title,
        Entry::Question(question) => &question.text,
    }
}

/// In both languages: a difference may be in either.
fn both(text: &Bilingual) -> String {
    if text.zh == text.en { text.zh.clone() } else { format!("{}\n{}", text.zh, text.en) }
}

fn of_question(words: &ConditionWords<'_>, question: &Question, part: EntryPart) -> String {
    let lang = words.lang;
    let yes = |is_so: bool| if is_so { t::yes(lang) } else { t::no(lang) }.to_owned();
    match part {
        EntryPart::Hint => question.hint.as_ref().map(both).unwrap_or_default(),
        EntryPart::Picture => {
            let named = |picture: &QuestionPicture| {
                let image: String = picture.image.as_str().chars().take(8).collect();
                format!("{}\n{}", both(&picture.description), t::image(lang, image))
            };
            question.picture.as_ref().map(named).unwrap_or_default()
        }
        EntryPart::Kind => {
            let reckoned = || {
                let QuestionKind::Calculation(how) = &question.kind else { return None };
                Some(words.formula(how))
            };
            let choices = question.kind.choices().iter();
            let shown = choices.filter_map(|choice| {
                let shown_if = choice.shown_if.as_ref()?;
                Some(format!("{}: {}", choice.text.get(lang), words.holds(shown_if, Some(question))))
            });
            [kind_words(lang, &question.kind, reckoned)]
                .into_iter()
                .chain(shown)
                .collect::<Vec<_>>()
                .join("\n")
        }
        EntryPart::Required => match &question.required {
            None => t::yes(lang).to_owned(),
            Some(Expression::Call(Function::False, _)) => t::no(lang).to_owned(),
            Some(required) => words.holds(required, Some(question)),
        },
        EntryPart::ReadOnly => yes(question.read_only),
        EntryPart::Default => {
            question.default.as_ref().map(|default| words.formula(default)).unwrap_or_default()
        }
        EntryPart::Constraint => {
            let said = |constraint: &Constraint| {
                format!("{}\n{}", words.formula(&constraint.test), both(&constraint.message))
            };
            question.constraint.as_ref().map(said).unwrap_or_default()
        }
        EntryPart::Criterion => {
            HazardWords::of(words, question).map(|hazard| hazard.said()).unwrap_or_default()
        }
        EntryPart::Photo => {
            let wanted = forms::photo_wanted(lang, question.photo).unwrap_or(t::photo_never(lang));
            let existing = question.allow_existing_photo.then(|| forms::existing_photo(lang));
            [wanted].into_iter().chain(existing).collect::<Vec<_>>().join(office::between_choices(lang))
        }
        EntryPart::Basis => {
            let named = crate::form_words::basis::basis_words(lang, &question.basis, words.form);
            let plan = question.basis.plan.iter().map(ToString::to_string);
            named.into_iter().chain(plan).collect::<Vec<_>>().join("；")
        }
        EntryPart::Every => {
            question.every.map(|every| forms::every(lang, every).to_owned()).unwrap_or_default()
        }
        EntryPart::Fact => question.fact.clone().unwrap_or_default(),
        EntryPart::Text | EntryPart::Relevant | EntryPart::Count => String::new(),
    }
}

fn form_part(lang: Lang, part: FormPart) -> &'static str {
    match part {
        FormPart::Title => t::part_title(lang),
        FormPart::Layer => t::part_layer(lang),
        FormPart::Sector => t::part_sector(lang),
        FormPart::SiteKinds => t::part_kinds(lang),
        FormPart::OfferedIf => t::part_offered(lang),
        FormPart::Review => t::part_review(lang),
        FormPart::ReviewDue => t::part_review_due(lang),
        FormPart::Quotes => t::part_quotes(lang),
    }
}

fn entry_part(lang: Lang, part: EntryPart) -> &'static str {
    match part {
        EntryPart::Text => t::text(lang),
        EntryPart::Hint => t::part_hint(lang),
        EntryPart::Picture => t::part_picture(lang),
        EntryPart::Kind => t::kind(lang),
        EntryPart::Required => t::required(lang),
        EntryPart::ReadOnly => t::part_read_only(lang),
        EntryPart::Default => t::part_default(lang),
        EntryPart::Relevant => t::when(lang),
        EntryPart::Constraint => t::constraint(lang),
        EntryPart::Criterion => t::fails(lang),
        EntryPart::Photo => t::photo(lang),
        EntryPart::Basis => t::basis(lang),
        EntryPart::Every => t::part_every(lang),
        EntryPart::Fact => t::fact(lang),
        EntryPart::Count => t::part_count(lang),
    }
}
