// How much memory a screen takes: the JavaScript heap after a collection, and the program's linear memory.

/** Opens the address in a page of its own and waits for `what`. */
export async function heap(context, address, what) {
  const page = await context.newPage();
  // The program keeps its memory to itself; the first file's instance is asked for it as it is made.
  await page.addInitScript(() => {
    const instantiate = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = async (...asked) => {
      const made = await instantiate(...asked);
      window.programMemory ??= made.instance.exports.memory;
      return made;
    };
  });
  await page.goto(address);
  await what(page).first().waitFor();
  const devtools = await context.newCDPSession(page);
  await devtools.send('HeapProfiler.enable');
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  const linear = await page.evaluate(() => window.programMemory?.buffer.byteLength ?? 0);
  await page.close();
  const megabytes = (bytes) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  console.log(`memory of the largest checklist: ${megabytes(usedSize + linear)} (JavaScript ${megabytes(usedSize)}, WASM ${megabytes(linear)})`);
}
