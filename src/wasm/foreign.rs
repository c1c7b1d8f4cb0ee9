//! Objects that are not ours: a caller's options, whatever a given `fetch` gives. They may be of
//! another realm, so nothing asks what they are an instance of, and anything on them may throw.
//! What they throw is caught here, since it must never pass through the Wasm's own frames: those
//! would not be tidied up.

use js_sys::{Array, ArrayBuffer, Function, Promise, Reflect, Symbol, Uint8Array};
use wasm_bindgen::{JsCast, prelude::*};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = Object, js_name = keys)]
    fn object_keys(object: &JsValue) -> Result<Array, JsValue>;
    #[wasm_bindgen(catch, js_namespace = Array, js_name = isArray)]
    fn array_is_array(value: &JsValue) -> Result<bool, JsValue>;
}

/// A member, `undefined` where there is none.
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

/// Makes an object by a constructor of the host's; `None` where the host has none of that name.
pub(crate) fn construct(name: &str, argument: &JsValue) -> Option<Result<JsValue, JsValue>> {
    let constructor: Function = member(&js_sys::global(), name).ok()?.dyn_into().ok()?;
    Some(Reflect::construct(&constructor, &Array::of1(argument)))
}

/// A promise of ours for a value that may be one. `Promise.resolve` would hand on a promise as it is,
/// after asking it for its `constructor`, which may throw.
pub(crate) fn promise_of(value: &JsValue) -> Promise {
    Promise::new(&mut |resolve, _| {
        // A promise's own resolve function does not throw; what `then` throws, it rejects with.
        let _ = resolve.call1(&JsValue::UNDEFINED, value);
    })
}

/// Whether it is an array. A revoked proxy cannot say, and is none.
pub(crate) fn is_array(value: &JsValue) -> bool {
    array_is_array(value).unwrap_or(false)
}

/// The names of an object's own members, symbols aside.
pub(crate) fn keys(object: &JsValue) -> Result<Vec<String>, JsValue> {
    let keys = object_keys(object)?;
    Ok(keys.iter().filter_map(|key| key.as_string()).collect())
}

/// A method under a symbol, called. `None` where there is none: what is asked is no such thing.
fn iterator(object: &JsValue, symbol: &Symbol) -> Option<Result<JsValue, JsValue>> {
    let method: Function = Reflect::get(object, symbol).ok()?.dyn_into().ok()?;
    Some(method.call0(object))
}

/// The iterator over what can be iterated as it comes; `None` where it cannot.
pub(crate) fn async_iterator(object: &JsValue) -> Option<Result<JsValue, JsValue>> {
    iterator(object, &Symbol::async_iterator())
}

/// The items of what can be iterated, of which at most `most` are taken; `None` where it cannot.
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

/// A view of the whole of an ArrayBuffer of any realm; `None` where it is something else.
fn buffer_view(value: &JsValue) -> Option<JsValue> {
    // Throws for whatever is no ArrayBuffer, and for one that is detached.
    construct("DataView", value)?.ok()
}

/// What is under a typed array or DataView of any realm, as an array of our own; `None` where it is
/// something else.
fn viewed(value: &JsValue) -> Option<Result<Uint8Array, JsValue>> {
    ArrayBuffer::is_view(value.unchecked_ref()).then(|| {
        let arguments = Array::of3(
            &member(value, "buffer")?,
            &member(value, "byteOffset")?,
            &member(value, "byteLength")?,
        );
        let constructor: Function = member(&js_sys::global(), "Uint8Array")?.dyn_into()?;
        // Throws where the buffer is detached.
        Ok(Reflect::construct(&constructor, &arguments)?.unchecked_into())
    })
}

/// What is in an ArrayBuffer, or under a typed array or DataView, as an array of our own; `None` where it
/// is something else.
pub(crate) fn byte_array(value: &JsValue) -> Option<Result<Uint8Array, JsValue>> {
    // The array first, which is what mostly comes: a host's constructor that throws takes its time.
    viewed(value).or_else(|| viewed(&buffer_view(value)?))
}

/// The bytes under a typed array or DataView of any realm; `None` where it is something else.
pub(crate) fn viewed_bytes(value: &JsValue) -> Option<Result<Vec<u8>, JsValue>> {
    viewed(value).map(|array| array.map(|array| array.to_vec()))
}
