// What a bench prints: the middle of several runs, the quickest and the slowest, and under what conditions.

/** Slow 4G, as Lighthouse means it: 1.6 Mbit/s down, 750 kbit/s up, 150 ms a round trip. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };

/** How much slower than this machine a cheap phone's processor is. */
export const SLOWDOWN = 4;

export function report(what, all, conditions) {
  const sorted = [...all].sort((a, b) => a - b);
  const figure = (ms) => `${Math.round(ms)} ms`;
  const middle = sorted[Math.floor(sorted.length / 2)];
  console.log(`${what}: median ${figure(middle)} [${figure(sorted[0])} to ${figure(sorted.at(-1))}], ${conditions}`);
}

/** The page as a cheap phone or an old computer has it on a poor line; answers its developer tools. */
export async function onPoorLine(context, page) {
  const devtools = await slowed(context, page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', SLOW_4G);
  return devtools;
}

/** Its processor alone. */
export async function slowed(context, page) {
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
  return devtools;
}
