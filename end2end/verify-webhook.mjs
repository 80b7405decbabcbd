// Whether a message of a webhook comes from the office that has the key: what another program does with it, written with nothing
// but what Node.js has. Reads JSON of { key, timestamp, signature, body } and says `yes` or `no`.
import { createHmac, timingSafeEqual } from "node:crypto";
import { text } from "node:stream/consumers";

const { key, timestamp, signature, body } = JSON.parse(await text(process.stdin));
const wanted = Buffer.from(`sha256=${createHmac("sha256", key).update(`${timestamp}.${body}`).digest("hex")}`);
const given = Buffer.from(signature);
const isFrom = wanted.length === given.length && timingSafeEqual(wanted, given);
process.stdout.write(isFrom ? "yes" : "no");
