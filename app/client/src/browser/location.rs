//! Where the browser says that the phone is.

use super::window;
use domain::place::Location;
use futures::{
    channel::oneshot,
    future::{Either, select},
};
use gloo_timers::future::TimeoutFuture;
use js_sys::Reflect;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Geolocation, PositionOptions};

const PATIENCE_MS: u32 = 8_000;

pub(super) async fn locate() -> Option<Location> {
    let navigator = window().navigator();
    let service = Reflect::get(&navigator, &JsValue::from_str("geolocation")).ok()?;
    // Its type is none that a browser can be asked for: it is known by being there.
    let service: Geolocation = service.is_object().then(|| service.unchecked_into())?;
    let (answer, answered) = oneshot::channel();
    let answer = Rc::new(RefCell::new(Some(answer)));
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
    let patience = TimeoutFuture::new(PATIENCE_MS);
    match select(answered, patience).await {
        Either::Left((found, _)) => found.ok().flatten(),
        Either::Right(_) => {
            // The callbacks may still be called; leaking two closures once is cheaper than a broken one.
            on_found.forget();
            on_failed.forget();
            None
        }
    }
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
