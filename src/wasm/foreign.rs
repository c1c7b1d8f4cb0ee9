//! Objects that are not ours: a caller's options, whatever a given `fetch` gives. They may be of
//! another realm, so nothing asks what they are an instance of, and anything on them may throw.
//! What they throw is caught here, since it must never pass through the Wasm's own frames: those
//! would not be tidied up.

use js_sys::{Array, ArrayBuffer, Function, Promise, Reflect, Uint8Array};
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

/// The bytes under a typed array or DataView of any realm; `None` where it is something else.
pub(crate) fn viewed_bytes(value: &JsValue) -> Option<Result<Vec<u8>, JsValue>> {
    ArrayBuffer::is_view(value.unchecked_ref()).then(|| {
        let arguments = Array::of3(
            &member(value, "buffer")?,
            &member(value, "byteOffset")?,
            &member(value, "byteLength")?,
        );
        let constructor: Function = member(&js_sys::global(), "Uint8Array")?.dyn_into()?;
        // Throws where the buffer is detached.
        let bytes: Uint8Array = Reflect::construct(&constructor, &arguments)?.unchecked_into();
        Ok(bytes.to_vec())
    })
}
