//! # Parts of the program
//!
//! Signing in is what a first visit waits for, and a form's first question is what the work waits for; neither waits for what
//! comes later. So the release build divides the program (feature `split`): this is the list of its files beside the first, a
//! capability a file, and of the functions that lead into each. The service worker keeps all of them, and none waits for the
//! network again. Elsewhere the program is one file.

mod arriving;

pub use arriving::{Pieces, screen, within};

use crate::{
    asked::AskFor,
    device::PhoneRef,
    finding::Sheet,
    forms::{Choosing, OtherForms},
    hazard::HazardScreen,
    hazards::Hazards,
    home::{Begun, Remaining, TodayRead},
    i18n::Lang,
    inspection::Arrival,
    map::MapScreen,
    new_password::ChoosePassword,
    notices::{self, Notices, NoticesLink},
    orders::OrderScreen,
    outbox::Outbox,
    patrol::{self, DoorScreen, NewSiteScreen, StreetScreen, Streets},
    photo_strip::{self, StripOptions},
    question::{self, FoundRows, HintPicture, NoteAndPhotos, One, Photos, Seldom, Signature},
    quick_report::QuickReportScreen,
    readiness::ClockOff,
    review::Summary,
    scan::ScanFor,
    scanner::Scanner,
    screens::{self, Screen},
    settings::Settings,
    sign_off::{Pictures, SignOffPart},
    site::Details,
    sites::Sites,
    tasks::{GiveTask, Giving, TodayTasks},
    unlock::Unlock,
    visit::{self, AsideAnswers, NewerVersion, OpenSheet, Removing, RepeatLine, VisitSession},
};
use domain::{
    form::{AnswerKey, Form, GroupKey, QuestionPicture},
    id::{FormId, SiteId},
    sync::RecordKind,
};
use leptos::prelude::*;
use std::{pin::Pin, sync::Arc};

/// A file of the program is neither on this phone nor to be had.
#[derive(Debug)]
pub struct Missing;

#[cfg(feature = "split")]
impl From<leptos::wasm_split::SplitLoaderError> for Missing {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

/// What a part draws, once it is here.
pub type Coming = Pin<Box<dyn Future<Output = Result<AnyView, Missing>>>>;

macro_rules! parts {
    ($($(#[$about:meta])* $part:ident, $load:ident: fn $name:ident($($given:ident: $what:ty),*) => $drawn:expr;)*) => {
        $(
            $(#[$about])*
            #[cfg(feature = "split")]
            #[leptos::wasm_split::wasm_split(
                $part,
                wasm_split_path = leptos::wasm_split,
                preload(#[doc = "Fetches the part."] $load),
                fallible
            )]
            pub fn $name($($given: $what),*) -> Result<AnyView, Missing> {
                Ok($drawn)
            }

            $(#[$about])*
            #[cfg(not(feature = "split"))]
            pub async fn $name($($given: $what),*) -> Result<AnyView, Missing> {
                Ok($drawn)
            }
        )*
    };
}

parts! {
    /// The engine, and the screens that lead to a form and through it; without a screen, it only starts what works behind
    /// them.
    screens, load_screens: fn open(phone: PhoneRef, screen: Option<Screen>) => screens::opened(phone, screen);

    /// What opens a locked phone.
    unlocking, load_unlock: fn unlock() => view! { <Unlock /> }.into_any();

    /// The password of one's own that a new account begins with.
    unlocking, load_choose_password: fn choose_password(old: String, done: Callback<()>) =>
        view! { <ChoosePassword old done /> }.into_any();

    /// What Today says beside the ways into a form.
    beside, load_today: fn today(today: TodayRead) => view! { <Remaining today /> }.into_any();

    /// The way to what this person is told, and what was given to them.
    beside, load_today_tasks: fn today_tasks() => view! { <NoticesLink /> <TodayTasks /> }.into_any();

    /// What was written for hazards, or for reports, and not done.
    beside, load_begun: fn begun() => view! { <Begun /> }.into_any();

    /// What is known of a site beside the way into a visit.
    beside, load_site: fn site(id: Memo<Option<SiteId>>) => view! { <Details id /> }.into_any();

    /// What was wrong at a site before a visit, for its questions.
    beside, load_look_back: fn look_back(work: VisitSession, lang: Lang) => visit::look_back(work, lang);

    /// A record that is not on this phone.
    beside, load_ask_for: fn ask_for(kind: RecordKind, id: String, way: (String, &'static str)) =>
        view! { <AskFor kind id way /> }.into_any();

    /// Forms that are not offered at a site.
    beside, load_other_forms: fn other_forms(choosing: Choosing, forms: StoredValue<Vec<Arc<Form>>>) =>
        view! { <OtherForms choosing forms /> }.into_any();

    /// By how much the phone's clock is wrong.
    beside, load_clock_off: fn clock_off() => view! { <ClockOff /> }.into_any();

    /// What is asked seldom.
    seldom, load_seldom: fn seldom(one: One, asked: Seldom) => question::seldom(one, asked);

    /// A line of a repeat.
    seldom, load_repeat_line: fn repeat_line(
        work: VisitSession,
        line: RepeatLine,
        removing: RwSignal<Option<(GroupKey, u16)>>
    ) => visit::repeat_line(work, line, removing);

    /// Whether an instance of a repeat is to go.
    seldom, load_removing: fn removing(work: VisitSession, removing: RwSignal<Option<(GroupKey, u16)>>) =>
        view! { <Removing work removing /> }.into_any();

    /// Answers that have no place in the form any more.
    seldom, load_aside_answers: fn aside_answers(work: VisitSession) => view! { <AsideAnswers work /> }.into_any();

    /// The way to a form's newer version.
    seldom, load_newer_version: fn newer_version(work: VisitSession, form: FormId, version: u32) =>
        view! { <NewerVersion work form version /> }.into_any();

    /// A visit before it is sealed.
    closing, load_closing: fn review(work: VisitSession) => view! { <Summary work /> }.into_any();

    /// What an administrative inspection has to have in hand.
    closing, load_inspection: fn inspection(work: VisitSession) => view! { <Arrival work /> }.into_any();

    /// All sites, looked through.
    sites, load_sites: fn sites() => view! { <Sites /> }.into_any();

    /// What reads a code before the camera.
    scanner, load_scanner: fn scanner(open: RwSignal<bool>, reads: ScanFor) =>
        view! { <Scanner open reads /> }.into_any();

    /// One hazard that was found at a question.
    camera, load_camera: fn finding(work: VisitSession, at: OpenSheet) => view! { <Sheet work at /> }.into_any();

    /// All of them, each in two lines, below the question.
    camera, load_found: fn found(work: VisitSession, key: AnswerKey) => view! { <FoundRows work key /> }.into_any();

    /// Photos of one thing, and the camera.
    camera, load_strip: fn strip(options: StripOptions) => photo_strip::strip(options);

    /// Photos that are the answer.
    camera, load_photo_answer: fn photo_answer(one: One, gallery: bool) => view! { <Photos one gallery /> }.into_any();

    /// A place to sign.
    camera, load_signature: fn signature(one: One) => view! { <Signature one /> }.into_any();

    /// Who signs for a visit, and what happened where nobody does.
    camera, load_sign_off: fn sign_off(work: VisitSession, pictures: Pictures) =>
        view! { <SignOffPart work pictures /> }.into_any();

    /// A question's own note and photos.
    camera, load_note: fn note(work: VisitSession, key: StoredValue<AnswerKey>, always: bool) =>
        view! { <NoteAndPhotos work key always /> }.into_any();

    /// How it should look.
    camera, load_hint_picture: fn hint_picture(picture: QuestionPicture) =>
        view! { <HintPicture picture /> }.into_any();

    /// All hazards.
    hazards, load_hazards: fn hazards() => view! { <Hazards /> }.into_any();

    /// One hazard.
    hazards, load_hazard: fn hazard() => view! { <HazardScreen /> }.into_any();

    /// Giving work to somebody.
    hazards, load_give_task: fn give_task(giving: Giving) => view! { <GiveTask giving /> }.into_any();

    /// A hazard reported without a visit.
    hazards, load_quick_report: fn quick_report() => view! { <QuickReportScreen /> }.into_any();

    /// A sealed check, before and after it opens.
    orders, load_order: fn order() => view! { <OrderScreen /> }.into_any();
    /// The streets of this person's sites.
    patrol, load_patrol: fn streets() => view! { <Streets /> }.into_any();

    /// One of them, door after door.
    patrol, load_street: fn street() => view! { <StreetScreen /> }.into_any();

    /// One door, with what was wrong there before.
    patrol, load_door: fn door() => view! { <DoorScreen /> }.into_any();

    /// What was tapped at doors and nobody took back is handed in.
    patrol, load_hand_in: fn hand_in(phone: PhoneRef, lang: Lang) => patrol::handing_in(phone, lang);

    /// A site that is made on the spot.
    patrol, load_new_site: fn new_site() => view! { <NewSiteScreen /> }.into_any();

    /// Sites, hazards and grids on a map.
    map, load_map: fn map() => view! { <MapScreen /> }.into_any();

    /// What waits to be sent.
    keeping, load_keeping: fn outbox() => view! { <Outbox /> }.into_any();

    /// What this person is told.
    keeping, load_notices: fn notices() => view! { <Notices /> }.into_any();

    /// What reminds this person goes on doing so under a new session.
    keeping, load_reminders: fn reminders(phone: PhoneRef) => notices::renew_reminders(phone);

    /// This phone.
    keeping, load_settings: fn settings() => view! { <Settings /> }.into_any();
}

/// Takes the part in that all others share things with: they are asked for by its functions, or after this.
#[cfg(feature = "split")]
pub async fn shared() -> Result<(), Missing> {
    load_screens().await.map_err(Missing::from)
}

#[cfg(not(feature = "split"))]
pub async fn shared() -> Result<(), Missing> {
    Ok(())
}

/// Takes all parts in, for a page that nothing but itself keeps the program for; the engine's errands among them, without which no
/// recheck begins.
#[cfg(feature = "split")]
pub async fn all() -> Result<(), Missing> {
    load_unlock().await?;
    load_today().await?;
    load_seldom().await?;
    load_sites().await?;
    load_scanner().await?;
    load_closing().await?;
    load_camera().await?;
    load_hazards().await?;
    load_order().await?;
    load_patrol().await?;
    load_map().await?;
    load_keeping().await?;
    if client::engine::take_errands_in().await { Ok(()) } else { Err(Missing) }
}

#[cfg(not(feature = "split"))]
pub async fn all() -> Result<(), Missing> {
    Ok(())
}
