import { createHmac } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./server/free-port.ts";
import { serverProcess } from "./server/server-process.ts";

// What unsigned bodies cost at Slack's address: `node bench/door.ts`.

const port = await freePort();
const folder = await mkdtemp(join(tmpdir(), "door-"));
const env = { DATA_DIR: folder };
const node = serverProcess(`${import.meta.dirname}/..`, { port, env });
await node.start();
const url = `http://127.0.0.1:${port}`;

/** The longest wait for `/healthz`, asked all the time while `work` runs, in milliseconds. */
async function longestStall(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let working = true;
  const asking = (async () => {
    while (working) {
      const start = performance.now();
      await (await fetch(`${url}/healthz`)).text();
      longest = Math.max(longest, performance.now() - start);
    }
  })();
  await work();
  working = false;
  await asking;
  return longest;
}

const body = Buffer.alloc(4 * 1024 * 1024 - 1, "[");
const at = String(Math.floor(Date.now() / 1000));
const signature = `v0=${createHmac("sha256", "not ours").update(at).digest("hex")}`;
const headers = {
  "content-type": "application/json",
  "x-slack-signature": signature,
  "x-slack-request-timestamp": at,
};
await longestStall(() => sleep(1000));
const idle = await longestStall(() => sleep(500));
const unsigned = await longestStall(() => fetch(`${url}/slack/events`, { method: "POST", headers, body }));
console.log(`unsigned 4 MB: longest stall ${unsigned.toFixed(1)} ms (idle: ${idle.toFixed(1)} ms)`);

const before = await node.peakMemory();
const opened = performance.now();
const closed = Array.from({ length: 40 }, () => {
  const socket: Socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  const head = `POST /slack/events HTTP/1.1\r\nhost: t\r\ncontent-type: application/json\r\ncontent-length: ${body.length}`;
  socket.write(`${head}\r\n\r\n`);
  socket.write(body.subarray(0, body.length - 1));
  socket.resume();
  return new Promise((resolve) => socket.once("close", resolve));
});
await Promise.race([Promise.all(closed), sleep(45_000)]);
const seconds = (performance.now() - opened) / 1000;
console.log(
  `40 unfinished bodies: ${((await node.peakMemory()) - before).toFixed(0)} MiB more, closed after ${seconds.toFixed(1)} s`,
);
await node.stop();
await rm(folder, { recursive: true });
