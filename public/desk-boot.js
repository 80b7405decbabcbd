// Brings a page that the server has rendered to life. The page names the build on its root element:
// <html data-js="…" data-wasm="…">. Without it, or before it, links and forms work all the same.
const { js, wasm } = document.documentElement.dataset;
const program = await import(js);
await program.default({ module_or_path: wasm });
program.hydrate();
