import { createHmac } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./server/free-port.ts";
import { serverProcess } from "./server/server-process.ts";
import { makeToken } from "./server/setup.ts";

// What large and unfinished bodies cost at Slack's address and at ingest: `node bench/door.ts`.

const root = `${import.meta.dirname}/..`;
const port = await freePort();
const probePort = await freePort();
const folder = await mkdtemp(join(tmpdir(), "door-"));
const env = {
  DATA_DIR: folder,
  NODE_OPTIONS: `--import=${import.meta.dirname}/server/loop-probe.ts`,
  LOOP_PROBE_PORT: String(probePort),
};
const node = serverProcess(root, { port, env });
await node.start();
const url = `http://127.0.0.1:${port}`;
const turns = 15;

interface Loop {
  longest: number;
  total: number;
}

async function askLoop(): Promise<Loop> {
  return JSON.parse(await (await fetch(`http://127.0.0.1:${probePort}`)).text());
}

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

/** Prints medians of the loop's longest uninterrupted work, and of all its work, in milliseconds of processor time. */
async function measure(what: string, send: () => Promise<unknown>): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await send();
  const seen: Loop[] = [];
  for (let turn = 0; turn < turns; turn++) {
    await sleep(50);
    await askLoop();
    await send();
    await sleep(5);
    seen.push(await askLoop());
  }
  const of = (key: keyof Loop) =>
    median(seen.map((loop) => loop[key]))
      .toFixed(1)
      .padStart(7);
  console.log(`${what.padEnd(58)} longest ${of("longest")} ms, in all ${of("total")} ms`);
}

const post = async (path: string, body: Buffer | string, headers: Record<string, string>) =>
  (await fetch(url + path, { method: "POST", headers, body: new Uint8Array(Buffer.from(body)) })).text();

const large = Buffer.alloc(4 * 1024 * 1024 - 1, "[");
const at = String(Math.floor(Date.now() / 1000));
const signature = `v0=${createHmac("sha256", "not ours").update(at).digest("hex")}`;
const signed = { "x-slack-signature": signature, "x-slack-request-timestamp": at };
const json = { "content-type": "application/json" };
await measure("nothing", () => sleep(20));
await measure("POST /slack/events, 4 MB, no signature", () =>
  post("/slack/events", large, json).catch(() => null),
);
await measure("POST /slack/events, 4 MB, a wrong signature", () =>
  post("/slack/events", large, { ...json, ...signed }),
);

const token = await makeToken(root, { DATA_DIR: folder });
const rateLimit = { perSecond: 1_000_000, burst: 10_000_000 };
const created = await fetch(`${url}/api/v1/sources`, {
  method: "POST",
  headers: { ...json, authorization: `Bearer ${token}` },
  body: JSON.stringify({ kind: "native", name: "Door", rateLimit }),
});
const source: { id: string; key: string } = JSON.parse(await created.text());
const text = (bytes: number) => "x".repeat(bytes);
const list = (count: number) =>
  JSON.stringify(Array.from({ length: count }, (_, n) => ({ n, values: [1, 2, text(60)] })));
const bodies = {
  "2 KB": JSON.stringify({ title: "Small", severity: "LOW", event: { text: text(2000) } }),
  "1 MiB, one long text": JSON.stringify({
    title: "Text",
    severity: "LOW",
    event: { text: text(1_000_000) },
  }),
  "1 MiB, 40,000 values": JSON.stringify({
    title: "Values",
    severity: "LOW",
    event: { list: JSON.parse(list(9000)) },
  }),
  "1 MiB, 9,000 invalid reports": list(9000),
  "1 MiB, 500 reports": JSON.stringify(
    Array.from({ length: 500 }, (_, n) => ({
      title: `Report ${n}`,
      severity: "LOW",
      dedupString: "one",
      event: { text: text(1900) },
    })),
  ),
};
for (const [what, body] of Object.entries(bodies))
  await measure(`POST /api/v1/ingest, ${what}`, () =>
    post(`/api/v1/ingest/${source.id}`, body, { ...json, "x-api-key": source.key }),
  );

const before = await node.peakMemory();
const opened = performance.now();
const closed = Array.from({ length: 40 }, () => {
  const socket: Socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  const head = `POST /slack/events HTTP/1.1\r\nhost: t\r\n${Object.entries({
    ...json,
    ...signed,
    "content-length": large.length,
  })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("")}\r\n`;
  socket.write(head);
  socket.write(large.subarray(0, large.length - 1));
  socket.resume();
  return new Promise((resolve) => socket.once("close", resolve));
});
await Promise.race([Promise.all(closed), sleep(45_000)]);
const seconds = ((performance.now() - opened) / 1000).toFixed(1);
const more = ((await node.peakMemory()) - before).toFixed(0);
console.log(`40 unfinished bodies: ${more} MiB more at their peak, closed after ${seconds} s`);
await node.stop();
await rm(folder, { recursive: true });
