//! What a tap at a door does: it makes the visit, hands in the one before it, and can be taken back for a moment.

use crate::{
    device::{PhoneRef, use_device},
    i18n::{Lang, patrol as t, use_lang},
    live,
    live::Live,
    parts,
};
use client::{
    DeviceError,
    changes::Topic,
    drafts,
    patrol::{self, Asked, Doors, Remark, TakenBack, Tapped},
};
use domain::{
    form::Form,
    id::{SiteId, VisitId},
    patrol::DoorState,
    site::Site,
    visit::VisitOutcome,
};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;
use std::{collections::BTreeMap, sync::Arc};

/// For so long a tap can be taken back, if no other one follows it.
const MOMENT_MS: u32 = 30_000;

#[derive(Clone, Copy)]
pub struct Walk {
    pub phone: PhoneRef,
    lang: Lang,
    /// As the phone knows them; none until they are read.
    pub doors: Memo<Option<Arc<Doors>>>,
    lists: Live<Result<Vec<Arc<Form>>, DeviceError>>,
    pub failure: RwSignal<Option<DeviceError>>,
    /// What another page has done meanwhile.
    pub told: RwSignal<Option<&'static str>>,
    pub busy: RwSignal<bool>,
    /// What was tapped here, until the phone's records tell of it.
    done: RwSignal<BTreeMap<SiteId, DoorState>>,
    /// What can be taken back, and where.
    waits: RwSignal<Option<(VisitId, SiteId)>>,
    go: Callback<String>,
    /// The screen is left once its door is done: the next one says what can be taken back.
    leaves: bool,
}

impl Walk {
    pub fn begin(leaves: bool) -> Self {
        let walk = Self::looked_at();
        let phone = walk.phone;
        // They are long, and read once: a tap waits for none of them.
        let lists = live(&[], move || async move { patrol::lists(&phone).await });
        Self { lists, leaves, ..walk }
    }

    /// Nothing is tapped there: no list is read.
    pub fn looked_at() -> Self {
        let phone = use_device();
        let failure = RwSignal::new(None);
        let read = live(&[Topic::Records, Topic::Drafts, Topic::Outbox], move || async move {
            patrol::doors(&phone).await.map(Arc::new)
        });
        ui::effect(move || {
            let failed = read.with(|read| read.as_ref().and_then(|read| read.as_ref().err().cloned()));
            if failed.is_some() {
                failure.set(failed);
            }
        });
        let navigate = use_navigate();
        Self {
            phone,
            lang: use_lang(),
            doors: ui::memo(move || read.get().and_then(Result::ok)),
            lists: signal_local(None).0,
            failure,
            told: RwSignal::new(None),
            busy: RwSignal::new(false),
            done: RwSignal::default(),
            waits: RwSignal::new(None),
            go: Callback::new(move |to: String| navigate(&to, Default::default())),
            leaves: true,
        }
    }

    /// What a screen before tapped last can still be taken back; what is older is handed in.
    pub fn resume(self) {
        spawn_local(async move {
            let Some(last) = patrol::tapped(&self.phone).pop() else { return };
            match drafts::get(&self.phone, last).await {
                Ok(Some(draft)) => self.tapped(last, draft.site).await,
                Ok(None) => self.hand_in(None).await,
                Err(error) => drop(self.failure.try_set(Some(error))),
            }
        });
    }

    /// Whoever leaves takes nothing back any more.
    pub fn hand_in_when_left(self) {
        let (phone, lang) = (self.phone, self.lang);
        on_cleanup(move || hand_in_left(phone, lang));
    }

    /// The lists that are asked at this site; none until they are read. Tracked.
    pub fn short_list(self, site: &Site) -> Option<Vec<Asked>> {
        self.lists.with(|lists| match lists {
            Some(Ok(lists)) => patrol::short_list(&self.phone, site, lists).ok(),
            Some(Err(_)) | None => None,
        })
    }

    /// How a door stands that was tapped here, before the phone's records tell of it; tracked.
    pub fn just_done(self, site: SiteId) -> Option<DoorState> {
        self.done.with(|done| done.get(&site).copied())
    }

    /// Whether what was tapped at this door can be taken back; tracked.
    pub fn waits_at(self, site: SiteId) -> bool {
        self.waits.with(|waits| waits.is_some_and(|(_, at)| at == site))
    }

    /// 全部正常
    pub fn pass(self, site: Site, remarks: Vec<Remark>, on_done: Callback<()>) {
        self.with_lists(move |lists| {
            spawn_local(async move {
                let tapped = patrol::all_in_order(&self.phone, &site, &lists, &remarks).await;
                self.busy.try_set(false);
                match tapped {
                    Ok(Tapped::Whole(id)) => {
                        self.mark(site.id, DoorState::InOrder);
                        on_done.try_run(());
                        self.tapped(id, site.id).await;
                    }
                    Ok(Tapped::Asks(id)) => self.lead_to(format!("/field/visit/{id}")),
                    Ok(Tapped::NoList) => self.lead_to(format!("/field/sites/{}/check", site.id)),
                    Err(error) => drop(self.failure.try_set(Some(error))),
                }
            });
        });
    }

    /// 有问题: goes on with a visit in which this failed.
    pub fn fail(self, site: Site, remarks: Vec<Remark>, failed: Asked) {
        self.with_lists(move |lists| {
            spawn_local(async move {
                let begun = patrol::with_problem(&self.phone, &site, &lists, &remarks, &failed).await;
                self.busy.try_set(false);
                match begun {
                    Ok(Some(id)) => self.lead_to(crate::visit::sheet_path(id, &failed.key)),
                    Ok(None) => self.lead_to(format!("/field/sites/{}/check", site.id)),
                    Err(error) => drop(self.failure.try_set(Some(error))),
                }
            });
        });
    }

    /// 没看成
    pub fn not_done(self, site: Site, outcome: VisitOutcome, words: String, on_done: Callback<()>) {
        if self.is_busy() {
            return;
        }
        spawn_local(async move {
            let tapped = patrol::not_done(&self.phone, &site, outcome, &words).await;
            self.busy.try_set(false);
            match tapped {
                Ok(id) => {
                    self.mark(site.id, DoorState::met_with(outcome));
                    on_done.try_run(());
                    self.tapped(id, site.id).await;
                }
                Err(error) => drop(self.failure.try_set(Some(error))),
            }
        });
    }

    /// 撤回
    pub fn take_back(self) {
        let Some((id, site)) = self.waits.get_untracked() else { return };
        self.waits.set(None);
        self.done.update(|done| {
            done.remove(&site);
        });
        spawn_local(async move {
            match patrol::take_back(&self.phone, id).await {
                Ok(TakenBack::Done) => {}
                Ok(TakenBack::Elsewhere) => {
                    self.told.try_set(Some(t::elsewhere(self.lang)));
                }
                Err(error) => drop(self.failure.try_set(Some(error))),
            }
        });
    }

    /// A thumb that trembles makes one visit.
    fn is_busy(self) -> bool {
        let busy = self.busy.get_untracked();
        self.busy.set(true);
        busy
    }

    fn with_lists(self, act: impl FnOnce(Vec<Arc<Form>>)) {
        match self.lists.get_untracked() {
            Some(Ok(lists)) if !self.is_busy() => act(lists),
            Some(Err(error)) => self.failure.set(Some(error)),
            Some(Ok(_)) | None => {}
        }
    }

    fn mark(self, site: SiteId, state: DoorState) {
        // The person may have left the screen by now.
        self.done.try_update(|done| {
            done.insert(site, state);
        });
    }

    fn lead_to(self, to: String) {
        self.go.try_run(to);
    }

    /// From now on this one can be taken back, and what came before it cannot.
    async fn tapped(self, id: VisitId, site: SiteId) {
        if self.leaves {
            return;
        }
        self.waits.try_set(Some((id, site)));
        self.told.try_set(None);
        self.hand_in(Some(id)).await;
        spawn_local(async move {
            TimeoutFuture::new(MOMENT_MS).await;
            if self.waits.try_get_untracked().flatten() == Some((id, site)) {
                self.waits.try_set(None);
                self.hand_in(None).await;
            }
        });
    }

    async fn hand_in(self, but: Option<VisitId>) {
        let lang = self.lang;
        if let Err(error) = patrol::hand_in(&self.phone, but, |site| t::submission(lang, site)).await {
            self.failure.try_set(Some(error));
        }
    }
}

/// Hands in what was tapped and nobody took back, of a street that was left or a page that was thrown away.
fn hand_in_left(phone: PhoneRef, lang: Lang) {
    spawn_local(async move {
        // What could not be written is tried again by the next screen that asks.
        let _ = patrol::hand_in(&phone, None, |site| t::submission(lang, site)).await;
    });
}

/// The same from a screen of another part of the program: this one is asked for where there is something to hand in.
pub fn ask_to_hand_in(phone: PhoneRef, lang: Lang) {
    if patrol::tapped(&phone).is_empty() {
        return;
    }
    // Where it does not come, the next screen asks again.
    spawn_local(async move { drop(parts::hand_in(phone, lang).await) });
}

/// Of the part that can: begins, and shows nothing.
pub fn handing_in(phone: PhoneRef, lang: Lang) -> AnyView {
    hand_in_left(phone, lang);
    ().into_any()
}
