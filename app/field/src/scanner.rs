//! The code on a wall opens its site, with signal or without: the poster's address ends in the office's own code of the site, which
//! is found among the sites on this phone. Any other code is read for what stands in it, where a question asks for that.
//!
//! Where the browser has a reader of its own that is used; elsewhere the decoder that lies in this part of the program. It panics at
//! odd pictures: that ends the look and nothing else, and after some of them it is asked no more.

use crate::{
    components::{
        dialog::open_while,
        icon::{Icon, Sign},
    },
    device::use_device,
    errors::ErrorWords,
    i18n::{Lang, codes as t, hazards, use_lang},
    scan::ScanFor,
};
use client::{
    Device, DeviceError,
    browser::{
        camera::{self, Live},
        panics::guarded,
        scanner::{self, GreyFrame, Reader, Unable},
    },
    records,
};
use domain::{code::Scanned, id::SiteId, limits::tidy_line};
use gloo_timers::future::TimeoutFuture;
use leptos::{html, prelude::*, task::spawn_local, web_sys::HtmlVideoElement};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use rqrr::PreparedImage;
use std::sync::atomic::{AtomicU32, Ordering};

/// Milliseconds between two looks: a cheap phone has to keep up.
const BETWEEN: u32 = 200;

/// Looks without any code in them, after which the same one is looked up again.
const GONE: u32 = 15;

/// Pixels of a side: the least code has as many squares.
const LEAST: usize = 21;

/// Panics after which the decoder is asked no more until the program starts anew: each leaves some memory taken.
const MOST_PANICS: u32 = 8;

static PANICS: AtomicU32 = AtomicU32::new(0);

/// What a code was read for, and says.
enum Read {
    Site(SiteId),
    Words(String, Callback<String>),
}

/// Open for as long as `open` says so.
#[component]
pub fn Scanner(open: RwSignal<bool>, reads: ScanFor) -> impl IntoView {
    let lang = use_lang();
    let phone = use_device();
    let navigate = use_navigate();
    let (dialog, video) = (NodeRef::<html::Dialog>::new(), NodeRef::<html::Video>::new());
    let live = StoredValue::new_local(None::<Live>);
    // Closed and opened again, it looks once: what began before ends.
    let turn = StoredValue::new(0_u32);
    let failed = RwSignal::new(None::<DeviceError>);
    let said = RwSignal::new(None::<&'static str>);
    open_while(dialog, move || open.get());
    ui::effect(move || {
        let Some(video) = video.get().filter(|_| open.get()) else {
            live.set_value(None);
            return;
        };
        failed.set(None);
        said.set(None);
        let navigate = navigate.clone();
        let mine = turn.get_value().wrapping_add(1);
        turn.set_value(mine);
        spawn_local(async move {
            match camera::open(&video).await {
                // Closed while the browser asked: the camera goes off with it.
                Ok(on) if open.try_get_untracked() == Some(true) && turn.try_get_value() == Some(mine) => {
                    drop(live.try_set_value(Some(on)));
                }
                Ok(_) => return,
                Err(error) => {
                    drop(failed.try_set(Some(error)));
                    return;
                }
            }
            let mut reader = Reader::of_browser();
            let (mut before, mut looks) = (None::<String>, 0_u32);
            let is_on = || open.try_get_untracked() == Some(true) && turn.try_get_value() == Some(mine);
            while is_on() {
                // The same code is seen several times a second: it is looked up, and told of, once.
                match seen(&video, &mut reader).await {
                    None => {
                        looks = looks.saturating_add(1);
                        if has_given_up() {
                            said.try_set(Some(t::scan_gave_up(lang)));
                        }
                    }
                    Some(text) if before.as_ref() == Some(&text) && looks < GONE => looks = 0,
                    Some(text) => {
                        let found = match reads {
                            ScanFor::Site => site_of(lang, &phone, &text).await.map(Read::Site),
                            ScanFor::Words { most, write } => {
                                fitting(lang, &text, most).map(|words| Read::Words(words, write))
                            }
                        };
                        // Closed, or left, while it was looked up: nobody is led away, and nothing is written.
                        if !is_on() {
                            return;
                        }
                        match found {
                            Ok(Read::Site(site)) => {
                                open.try_set(false);
                                navigate(&format!("/field/sites/{site}"), NavigateOptions::default());
                                return;
                            }
                            Ok(Read::Words(words, write)) => {
                                open.try_set(false);
                                write.run(words);
                                return;
                            }
                            Err(words) => {
                                said.try_set(Some(words));
                            }
                        }
                        (before, looks) = (Some(text), 0);
                    }
                }
                TimeoutFuture::new(BETWEEN).await;
            }
        });
    });
    let (title, aim) = match reads {
        ScanFor::Site => (t::scan_title(lang), t::scan_aim(lang)),
        ScanFor::Words { .. } => (t::scan_words_title(lang), t::scan_words_aim(lang)),
    };
    view! {
        <dialog class="photo-view" node_ref=dialog aria-label=title on:close=move |_| open.set(false)>
            <p class="viewfinder__place">{aim}</p>
            <video class="viewfinder__video" node_ref=video playsinline muted autoplay></video>
            {move || failed.get().map(|error| view! { <p class="photo-stamp viewfinder__stamp" role="alert">{error.words(lang)}</p> })}
            {move || said.get().map(|words| view! { <p class="photo-stamp viewfinder__stamp" role="alert">{words}</p> })}
            <button type="button" class="photo-view__close" aria-label=hazards::close(lang) on:click=move |_| open.set(false)>
                <Sign icon=Icon::Cross />
            </button>
        </dialog>
    }
}

/// What stands in the code that the camera sees, if there is one.
async fn seen(video: &HtmlVideoElement, reader: &mut Option<Reader>) -> Option<String> {
    let frame = camera::shoot(video).await.ok()?;
    let text = match reader {
        Some(own) => own.read(&frame).await,
        None => Err(Unable),
    };
    let text = text.unwrap_or_else(|Unable| {
        // It is there by name only.
        *reader = None;
        scanner::grey(&frame).and_then(decoded)
    });
    frame.close();
    text
}

fn has_given_up() -> bool {
    PANICS.load(Ordering::Relaxed) >= MOST_PANICS
}

/// What stands in the picture's code; none where there is none, or the decoder fails at it.
fn decoded(frame: GreyFrame) -> Option<String> {
    let is_whole = frame.pixels.len() == frame.width * frame.height;
    if has_given_up() || !is_whole || frame.width.min(frame.height) < LEAST {
        return None;
    }
    let read = guarded(move || read_in(&frame));
    if read.is_none() {
        PANICS.fetch_add(1, Ordering::Relaxed);
    }
    read.flatten()
}

fn read_in(frame: &GreyFrame) -> Option<String> {
    let shade = |x: usize, y: usize| frame.pixels.get(y * frame.width + x).copied().unwrap_or(u8::MAX);
    let mut image = PreparedImage::prepare_from_greyscale(frame.width, frame.height, shade);
    image.detect_grids().iter().find_map(|grid| grid.decode().ok()).map(|(_, text)| text)
}

/// What stands in a code as one line, or what to say where there is no room for it.
fn fitting(lang: Lang, text: &str, most: usize) -> Result<String, &'static str> {
    let words = tidy_line(text);
    let length = words.chars().count();
    if length == 0 {
        Err(t::scan_words_none(lang))
    } else if length > most {
        Err(t::scan_words_long(lang))
    } else {
        Ok(words)
    }
}

/// The site on this phone that the code hangs at, or what to say instead.
async fn site_of(lang: Lang, device: &Device, text: &str) -> Result<SiteId, &'static str> {
    let scanned = Scanned::read(text).ok_or_else(|| t::scan_not_ours(lang))?;
    let code = scanned.site.ok_or_else(|| t::scan_paper(lang))?;
    let known = records::sites(device).await.map_err(|_| t::scan_elsewhere(lang))?.known;
    let site = known.iter().find(|site| site.code.eq_ignore_ascii_case(&code));
    site.map(|site| site.id).ok_or_else(|| t::scan_elsewhere(lang))
}
