//! Objects of other code: a caller's options, the result of a given `fetch`. They may be of another
//! realm, so `instanceof` is not used, and every access may throw. Exceptions are caught here: they
//! must never pass through the Wasm's own frames, since these would not be cleaned up.

use js_sys::{Array, ArrayBuffer, Function, Promise, Reflect, Symbol, Uint8Array};
use wasm_bindgen::{JsCast, prelude::*};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = Object, js_name = keys)]
    fn object_keys(object: &JsValue) -> Result<Array, JsValue>;
    #[wasm_bindgen(catch, js_namespace = Array, js_name = isArray)]
    fn array_is_array(value: &JsValue) -> Result<bool, JsValue>;
}

/// A member; `undefined` if there is none.
pub(crate) fn member(object: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    Reflect::get(object, &name.into())
}

/// Calls a method.
pub(crate) fn call(
    object: &JsValue,
    method: &str,
    arguments: &[&JsValue],
) -> Result<JsValue, JsValue> {
    let arguments: Array = arguments.iter().copied().collect();
    let method: Function = member(object, method)?.dyn_into()?;
    method.apply(object, &arguments)
}

/// Makes an object by a constructor of the host; `None` if the host has no constructor of that name.
pub(crate) fn construct(name: &str, argument: &JsValue) -> Option<Result<JsValue, JsValue>> {
    let constructor: Function = member(&js_sys::global(), name).ok()?.dyn_into().ok()?;
    Some(Reflect::construct(&constructor, &Array::of1(argument)))
}

/// Our own promise for a value that may be a promise. `Promise.resolve` would read the
/// `constructor` of a promise, which may throw, and return the promise itself.
pub(crate) fn promise_of(value: &JsValue) -> Promise {
    Promise::new(&mut |resolve, _| {
        // A promise's own resolve function does not throw. If `then` throws, the promise is rejected.
        let _ = resolve.call1(&JsValue::UNDEFINED, value);
    })
}

/// Whether it is an array. A revoked proxy throws, and counts as none.
pub(crate) fn is_array(value: &JsValue) -> bool {
    array_is_array(value).unwrap_or(false)
}

/// The names of an object's own members, symbols aside.
pub(crate) fn keys(object: &JsValue) -> Result<Vec<String>, JsValue> {
    let keys = object_keys(object)?;
    Ok(keys.iter().filter_map(|key| key.as_string()).collect())
}

/// Calls a method under a symbol; `None` if the object has no such method.
fn iterator(object: &JsValue, symbol: &Symbol) -> Option<Result<JsValue, JsValue>> {
    let method: Function = Reflect::get(object, symbol).ok()?.dyn_into().ok()?;
    Some(method.call0(object))
}

/// The asynchronous iterator of an object; `None` if it has none.
pub(crate) fn async_iterator(object: &JsValue) -> Option<Result<JsValue, JsValue>> {
    iterator(object, &Symbol::async_iterator())
}

/// At most `most` items of an iterable object; `None` if it is not iterable.
pub(crate) fn items(object: &JsValue, most: usize) -> Option<Result<Vec<JsValue>, JsValue>> {
    let iterator = iterator(object, &Symbol::iterator())?;
    let collect = || {
        let iterator = iterator?;
        let mut items = Vec::new();
        while items.len() < most {
            let step = call(&iterator, "next", &[])?;
            if member(&step, "done")?.is_truthy() {
                break;
            }
            items.push(member(&step, "value")?);
        }
        Ok(items)
    };
    Some(collect())
}

/// A view of a complete ArrayBuffer of any realm; `None` for anything else.
fn buffer_view(value: &JsValue) -> Option<JsValue> {
    // Throws for anything but an ArrayBuffer, and for a detached one.
    construct("DataView", value)?.ok()
}

/// The bytes of a typed array or DataView of any realm, as our own array; `None` for anything else.
fn viewed(value: &JsValue) -> Option<Result<Uint8Array, JsValue>> {
    ArrayBuffer::is_view(value.unchecked_ref()).then(|| {
        let arguments = Array::of3(
            &member(value, "buffer")?,
            &member(value, "byteOffset")?,
            &member(value, "byteLength")?,
        );
        let constructor: Function = member(&js_sys::global(), "Uint8Array")?.dyn_into()?;
        // Throws if the buffer is detached.
        Ok(Reflect::construct(&constructor, &arguments)?.unchecked_into())
    })
}

/// The bytes of an ArrayBuffer, a typed array or a DataView, as our own array; `None` for anything
/// else.
pub(crate) fn byte_array(value: &JsValue) -> Option<Result<Uint8Array, JsValue>> {
    // The typed array first, since it is the most frequent: a constructor of the host that throws
    // is slow.
    viewed(value).or_else(|| viewed(&buffer_view(value)?))
}

/// The bytes of a typed array or DataView of any realm; `None` for anything else.
pub(crate) fn viewed_bytes(value: &JsValue) -> Option<Result<Vec<u8>, JsValue>> {
    viewed(value).map(|array| array.map(|array| array.to_vec()))
}
