//! The page before a visit: its nature and its form. One tap begins it, or goes on with another form in it. What is offered at
//! the site stands first, patrols before all else; the others are folded, to be searched.

mod others;

pub use others::OtherForms;

use crate::{
    components::icon::{Icon, Sign},
    device::use_device,
    frame::{BackScreen, Empty, ErrorNotice, NewerRecords, NotHere},
    i18n::{use_lang, visit as t},
    live,
    readiness::ClockWarning,
    segmented::Segmented,
    visit::begun_path,
};
use client::{DeviceError, changes::Topic, db::Known, drafts, records, session};
use domain::{
    form::{
        Answers, Form, Layer,
        session::{Context, PreparedForm, Session},
    },
    id::{SiteId, VisitId},
    order::sort_by_key,
    role::{Action, Actor},
    site::Site,
    visit::{Draft, SiteSeen, VisitNature},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};
use others::Others;
use std::sync::Arc;

#[component]
pub fn ChooseForm() -> impl IntoView {
    let (params, query, phone) = (use_params_map(), use_query_map(), use_device());
    let hand = Hand::new();
    let read = live(&[Topic::Records], move || {
        let id = params.with(|params| params.get("id").and_then(|id| id.parse::<SiteId>().ok()));
        let visit = query.with(|query| query.get("visit").and_then(|id| id.parse::<VisitId>().ok()));
        async move {
            let Some(id) = id else { return Ok(None) };
            let site = records::site(&phone, id).await?;
            let visit = match visit {
                Some(visit) => drafts::get(&phone, visit).await?,
                None => None,
            };
            // A visit that goes on may be at a site that is somebody else's: an order led there.
            let site = match (site, &visit) {
                (None, Some(visit)) => drafts::copies(&phone, visit.id).await?.map(|copies| copies.site),
                (site, _) => site,
            };
            let Known { known, newer } = records::forms(&phone).await?;
            let forms: Vec<_> = known.into_iter().map(Arc::new).collect();
            let of = |site| Choice { site, forms, newer: newer.len(), visit };
            Ok::<_, DeviceError>(site.map(of))
        }
    });
    // A pull that brings nothing for this page leaves it as it stands.
    let read = ui::memo(move || read.get());
    move || match read.get() {
        None => ().into_any(),
        Some(Err(error)) => view! { <ErrorNotice error /> }.into_any(),
        Some(Ok(None)) => view! { <NotHere /> }.into_any(),
        Some(Ok(Some(choice))) => view! { <Choose choice hand /> }.into_any(),
    }
}

/// Between what there is to choose.
#[derive(Clone)]
struct Choice {
    site: Site,
    forms: Vec<Arc<Form>>,
    /// How many forms wait for a newer version of the app.
    newer: usize,
    /// The visit that goes on with what is chosen; none: one begins.
    visit: Option<Draft>,
}

/// A version of a form says the same for ever, but for the days on which it is in use: nobody compares what it asks.
impl PartialEq for Choice {
    fn eq(&self, other: &Self) -> bool {
        let is_same = |(one, other): (&Arc<Form>, &Arc<Form>)| {
            (&one.id, one.version, &one.validity) == (&other.id, other.version, &other.validity)
        };
        self.site == other.site
            && self.newer == other.newer
            && self.visit == other.visit
            && self.forms.len() == other.forms.len()
            && self.forms.iter().zip(&other.forms).all(is_same)
    }
}

fn may_inspect(actor: &Actor) -> bool {
    actor.may_do(Action::Inspect)
}

#[component]
fn Choose(choice: Choice, hand: Hand) -> impl IntoView {
    let lang = use_lang();
    let Choice { site, forms, newer, visit } = choice;
    let back = match &visit {
        Some(visit) => format!("/field/visit/{}/review", visit.id),
        None => format!("/field/sites/{}", site.id),
    };
    let (title, under) = (t::choose(lang).to_owned(), site.name.clone());
    let me = session::current(&use_device()).map(|signed_in| signed_in.actor);
    let Some(me) = me.filter(may_inspect) else {
        let way = ("/field/hazards".to_owned(), t::to_hazards(lang));
        return view! {
            <BackScreen title under back>
                <Empty icon=Icon::Lock title=t::not_yours(lang) words=t::not_yours_hint(lang) way />
            </BackScreen>
        }
        .into_any();
    };
    let natures = VisitNature::of_role(me.role);
    // The usual one, until somebody chooses otherwise: whoever is of the site checks it themselves.
    if !natures.contains(&hand.nature.get_untracked())
        && let Some(usual) = natures.first()
    {
        hand.nature.set(*usual);
    }
    // Whoever may not inspect in the office's name patrols, and is asked nothing.
    let asks_why = visit.is_none() && natures.contains(&VisitNature::AdministrativeInspection);
    // What is asked is asked by what the visit began with.
    let (seen, began) = match &visit {
        Some(visit) => (visit.site_seen.clone(), visit.started_at),
        None => (SiteSeen::of(&site), use_device().clock.now()),
    };
    let at = Arc::new(seen.context(began));
    let chosen = |form: &Form| visit.iter().flat_map(|visit| &visit.forms).any(|kept| kept.form == form.id);
    let there: Vec<_> = forms.into_iter().filter(|form| !chosen(form)).collect();
    let none = there.is_empty();
    // Whether a form asks anything is worked out by opening it: for what is offered only, and for another when it is chosen.
    let (offered, mut others): (Vec<_>, Vec<_>) = there.into_iter().partition(|form| form.is_offered(&at));
    let offered: Vec<_> = offered.into_iter().filter(|form| form.asks_anything(&at)).collect();
    sort_by_key(&mut others, |form| form.layer);
    let choosing = Choosing {
        site: StoredValue::new(site),
        visit: visit.map(|visit| visit.id),
        at: StoredValue::new(at),
        hand,
    };
    // Where nothing is offered, nobody has to unfold the rest.
    let alone = offered.is_empty();
    let layers = Layer::ALL.map(|layer| {
        let of_layer: Vec<_> = offered.iter().filter(|form| form.layer == layer).map(Arc::clone).collect();
        (!of_layer.is_empty()).then(|| {
            view! {
                <div class="section-head">
                    <h2>{t::layer(lang, layer)}</h2>
                </div>
                {choosing.rows(of_layer)}
            }
        })
    });
    view! {
        <BackScreen title under back>
            <ClockWarning />
            {move || hand.failure.get().map(|error| view! { <ErrorNotice error /> })}
            {asks_why.then(|| view! { <Why nature=hand.nature natures /> })}
            {none
                .then(|| {
                    view! { <Empty icon=Icon::List title=t::no_checklists(lang) words=t::no_checklists_hint(lang) /> }
                })}
            {layers.into_iter().collect_view()}
            {(!others.is_empty()).then(|| view! { <Others choosing forms=others alone /> })}
            <NewerRecords count=newer />
        </BackScreen>
    }
    .into_any()
}

#[component]
fn Why(nature: RwSignal<VisitNature>, natures: &'static [VisitNature]) -> impl IntoView {
    let lang = use_lang();
    let words = natures.iter().map(|one| one.name().get(lang).to_owned()).collect::<Vec<_>>();
    let chosen = Signal::derive(move || natures.iter().position(|one| *one == nature.get()));
    let choose = Callback::new(move |to: usize| {
        if let Some(one) = natures.get(to) {
            nature.set(*one);
        }
    });
    view! {
        <div class="field">
            <span class="field__label" id="why">{t::why(lang)}</span>
            <Segmented options=words chosen labelled_by="why" choose />
        </div>
    }
}

/// How many of its questions are asked at such a site, before anything is answered.
pub fn asked_at(form: &Arc<Form>, at: &Arc<Context>) -> usize {
    let prepared = PreparedForm::new(Arc::clone(form));
    Session::open(prepared, Answers::default(), Arc::clone(at)).standing().asked
}

/// What a choice begins, or goes on with.
#[derive(Clone, Copy)]
pub struct Choosing {
    site: StoredValue<Site>,
    /// The visit that goes on with what is chosen; none: one begins.
    visit: Option<VisitId>,
    at: StoredValue<Arc<Context>>,
    hand: Hand,
}

/// What the person has done on the page. It stays while a pull brings other forms, and the page is drawn anew.
#[derive(Clone, Copy)]
struct Hand {
    nature: RwSignal<VisitNature>,
    /// What is looked for among the others.
    sought: RwSignal<String>,
    /// The others are in view.
    unfolded: RwSignal<bool>,
    failure: RwSignal<Option<DeviceError>>,
    /// The form that was chosen and asks nothing at the site.
    empty: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
}

impl Hand {
    fn new() -> Self {
        Self {
            nature: RwSignal::default(),
            sought: RwSignal::default(),
            unfolded: RwSignal::new(false),
            failure: RwSignal::new(None),
            empty: RwSignal::new(None),
            busy: RwSignal::new(false),
        }
    }
}

impl Choosing {
    fn rows(self, forms: Vec<Arc<Form>>) -> AnyView {
        let lang = use_lang();
        let phone = use_device();
        let navigate = use_navigate();
        let hand = self.hand;
        let begin = Callback::new(move |form: Arc<Form>| {
            // A thumb that trembles begins one visit.
            if hand.busy.get_untracked() {
                return;
            }
            // A record of nothing is of no use.
            if !self.at.with_value(|at| form.asks_anything(at)) {
                return hand.empty.set(Some(form.title.get(lang).to_owned()));
            }
            hand.busy.set(true);
            let navigate = navigate.clone();
            spawn_local(async move {
                let begun = match self.visit {
                    Some(id) => {
                        drafts::add_form(&phone, id, &form).await.map(|()| format!("/field/visit/{id}"))
                    }
                    None => {
                        let (site, nature) = (self.site.get_value(), hand.nature.get_untracked());
                        let begun = drafts::begin(&phone, &site, &form, nature).await;
                        begun.map(|draft| begun_path(draft.id, draft.nature))
                    }
                };
                match begun {
                    // In place of this screen: "back" from the visit leads to the site.
                    Ok(path) => {
                        let options = leptos_router::NavigateOptions { replace: true, ..Default::default() };
                        navigate(&path, options);
                    }
                    Err(error) => {
                        hand.busy.try_set(false);
                        hand.failure.try_set(Some(error));
                    }
                }
            });
        });
        let rows = forms.into_iter().map(|form| {
            let title = form.title.get(lang).to_owned();
            // Only what is offered is opened for it.
            let questions = self.at.with_value(|at| {
                if form.is_offered(at) {
                    asked_at(&form, at)
                } else {
                    form.questions().filter(|question| question.asks()).count()
                }
            });
            let sector = form.sector.name().get(lang).to_owned();
            view! {
                <button type="button" on:click=move |_| begin.run(Arc::clone(&form))>
                    <span class="rows__body">
                        <span class="rows__title">{title}</span>
                        <span class="rows__meta">
                            {sector}
                            <span>{t::questions(lang, questions)}</span>
                        </span>
                    </span>
                    <span class="chevron">
                        <Sign icon=Icon::Forward />
                    </span>
                </button>
            }
        });
        view! { <div class="card rows">{rows.collect_view()}</div> }.into_any()
    }
}
