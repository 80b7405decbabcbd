//! Work that may panic and is not ours: somebody else's program on whatever the camera sees.

use js_sys::Function;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

/// What the work gives; none where it panicked, and nothing else ends by that. A panic leaves this program as an exception, which
/// the browser hands back to whoever called: so the browser calls the work. What memory it had stays taken, so whoever is
/// disappointed a few times asks no more.
pub fn guarded<T: 'static>(work: impl FnOnce() -> T + 'static) -> Option<T> {
    let given = Rc::new(RefCell::new(None));
    let place = Rc::clone(&given);
    let called: Closure<dyn FnMut()> = Closure::once(move || {
        let made = work();
        *place.borrow_mut() = Some(made);
    });
    let function: &Function = called.as_ref().unchecked_ref();
    function.call0(&JsValue::NULL).ok()?;
    given.take()
}
