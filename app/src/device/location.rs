//! Where the phone is, read at capture only and never tracked.

use super::clock;
use chrono::{DateTime, Duration, Utc};
use domain::place::Location;
use futures::channel::oneshot;
use js_sys::Reflect;
use std::cell::{Cell, RefCell};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Geolocation, PositionOptions};

const PATIENCE_MS: u32 = 8_000;

/// A fix this old still says where a photo was taken.
const FRESH: Duration = Duration::minutes(3);

thread_local! {
    static LAST: Cell<Option<(Location, DateTime<Utc>)>> = const { Cell::new(None) };
}

/// None where it is refused, unknown, or takes longer than eight seconds.
pub async fn locate() -> Option<Location> {
    let navigator = leptos::prelude::window().navigator();
    let service = Reflect::get(&navigator, &JsValue::from_str("geolocation")).ok()?;
    // Its type is none that a browser can be asked for: it is known by being there.
    let service: Geolocation = service.is_object().then(|| service.unchecked_into())?;
    let (answer, answered) = oneshot::channel();
    let answer = std::rc::Rc::new(RefCell::new(Some(answer)));
    let tell = move |found: Option<Location>| {
        if let Some(answer) = answer.borrow_mut().take() {
            // Whoever asked may have given up.
            let _ = answer.send(found);
        }
    };
    let on_found = Closure::once({
        let tell = tell.clone();
        move |position: JsValue| tell(read(&position))
    });
    let on_failed = Closure::once(move |_: JsValue| tell(None));
    let options = PositionOptions::new();
    options.set_enable_high_accuracy(true);
    options.set_timeout(PATIENCE_MS);
    options.set_maximum_age(60_000);
    service
        .get_current_position_with_error_callback_and_options(
            on_found.as_ref().unchecked_ref(),
            Some(on_failed.as_ref().unchecked_ref()),
            &options,
        )
        .ok()?;
    // The browser's own time-out does not run while it asks the person for leave.
    let patience = gloo_timers::future::TimeoutFuture::new(PATIENCE_MS);
    let found = match futures::future::select(answered, patience).await {
        futures::future::Either::Left((found, _)) => found.ok().flatten(),
        futures::future::Either::Right(_) => {
            // The callbacks may still be called; leaking two closures once is cheaper than a broken one.
            on_found.forget();
            on_failed.forget();
            return None;
        }
    };
    LAST.set(found.map(|found| (found, clock::now())));
    found
}

/// The newest fix, where it is fresh enough to stand for now.
pub fn recent() -> Option<Location> {
    LAST.get().filter(|(_, at)| clock::now() - *at < FRESH).map(|(found, _)| found)
}

fn read(position: &JsValue) -> Option<Location> {
    let coordinates = Reflect::get(position, &JsValue::from_str("coords")).ok()?;
    let figure = |name: &str| Reflect::get(&coordinates, &JsValue::from_str(name)).ok()?.as_f64();
    Some(Location {
        latitude: figure("latitude")?,
        longitude: figure("longitude")?,
        accuracy: figure("accuracy"),
    })
}
