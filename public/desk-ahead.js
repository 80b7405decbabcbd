// On pages that are done without a program, such as the sign-in: fetches the desk's first file for the page that comes after,
// while somebody types. Nothing of it is run, and nothing waits for it.
const { js, wasm } = document.documentElement.dataset;

addEventListener('load', () => {
  if (navigator.connection?.saveData) return;
  for (const url of [js, wasm]) {
    // What does not come now is fetched where it is needed.
    fetch(url, { priority: 'low' }).then((response) => response.arrayBuffer()).catch(() => {});
  }
});
