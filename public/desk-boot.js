// Brings a page that the server has rendered to life. The page names the build on its root element:
// <html data-js="…" data-wasm="…" data-no-program="…">. Without it, or before it, links and forms work all the same; and where
// it does not come to life, or dies of what something else has put into the page, they must go on to: whatever it had taken
// over is let go of, and a line says so.
const { js, wasm, noProgram } = document.documentElement.dataset;
let stopped = false;

function letGo() {
  if (stopped) return;
  stopped = true;
  // What the program listens to would be swallowed: it hears nothing more, and the browser does what it always does.
  for (const type of ['click', 'submit', 'change', 'input', 'keydown']) {
    addEventListener(type, (event) => event.stopImmediatePropagation(), { capture: true });
  }
  const line = document.createElement('p');
  line.className = 'banner';
  line.setAttribute('role', 'status');
  line.textContent = noProgram;
  (document.getElementById('main') ?? document.body).prepend(line);
}

const ofProgram = (error) => error instanceof WebAssembly.RuntimeError;
addEventListener('program-stopped', letGo);
addEventListener('error', ({ error }) => ofProgram(error) && letGo());
addEventListener('unhandledrejection', ({ reason }) => ofProgram(reason) && letGo());

try {
  const program = await import(js);
  await program.default({ module_or_path: wasm });
  program.hydrate();
} catch (error) {
  letGo();
  console.error(error);
}
