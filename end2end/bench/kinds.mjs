// What a function of the program does, by its name.
const KINDS = [
  ['drop glue', /core::ptr::drop_in_place/],
  ['serde, JSON', /serde|domain::json/],
  ['leptos, tachys, reactive_graph, router', /^(leptos|tachys|reactive_graph|either_of|guardian|throw_error|oco_ref|any_spawner)/],
  ["the screens' and the device's own", /^(field|client|ui|app)\b/],
  ['domain', /^domain\b/],
  ['words', /^i18n\b/],
  ['formatting', /^core::(fmt|num::flt2dec)/],
  ['bindings to the browser', /^(web_sys|js_sys|wasm_bindgen|wasm_streams|indexed_db_futures|gloo)/],
  ['core, alloc, std', /^(core|alloc|std)\b/],
  ['what only describes imports, and goes', /WasmDescribe/],
];

/** The first kind that fits; of `<T as Trait>::f` the type's, where that has a crate, else the trait's. */
export function kindOf(name) {
  const bare = name.replace(/^[<&*([]+(dyn |mut |const )*/, '').replace(/^_ as /, '');
  return KINDS.find(([, kind]) => kind.test(bare) || (kind.source.startsWith('^') ? false : kind.test(name)))?.[0] ?? 'the rest';
}
