import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, rm } from "node:fs/promises";
import { get } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { readConfig } from "../src/config.ts";
import { sourceKinds } from "../src/ingest/source-kinds.ts";
import { overviewBody } from "../src/triage/overview/contract.ts";
import { temporaryFolder } from "../test/temporary-folder.ts";
import { type Demo, startDemo } from "./demo/start-demo.ts";

const url = z.url();
const source = z.object({ url, key: z.string().min(20) });
const printed = z.object({
  consoleUrl: url,
  slackUrl: url,
  apiUrl: url.endsWith("/api/v1"),
  apiToken: z.string().min(20),
  sources: z.object({ native: source }).catchall(source),
  users: z
    .array(z.object({ email: z.email(), password: z.string().min(12), slackUserId: z.string() }))
    .min(2),
});

type Child = ChildProcessByStdio<null, Readable, Readable>;
let folder: string;
let demo: Child;
let facts: z.infer<typeof printed>;

beforeAll(async () => {
  folder = await temporaryFolder();
  demo = start(join(folder, "data"));
  const errors = text(demo.stderr);
  const line = await Promise.race([firstLine(demo), errors.then((why) => Promise.reject(new Error(why)))]);
  facts = printed.parse(JSON.parse(line));
}, 120_000);

afterAll(async () => {
  demo.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

test("a source of every kind is printed", () => {
  expect(Object.keys(facts.sources)).toEqual(sourceKinds.map(({ kind }) => kind));
});

test("a report with the printed key gets a card in the simulator's #security", async () => {
  const { url, key } = facts.sources.native;
  const report = { title: "Root shell on db-1", severity: "CRITICAL" };
  const { status } = await post(url, report, { "x-api-key": key });
  expect(status).toBe(202);
  await expect.poll(() => messagesIn("#security")).toContain(report.title);
});

test("a printed user can sign in with the printed password", async () => {
  const [ada] = facts.users;
  const body = { email: ada?.email, password: ada?.password };
  const { status, headers } = await post(`${facts.apiUrl}/session`, body, { origin: facts.consoleUrl });
  expect([status, headers.has("set-cookie")]).toEqual([200, true]);
});

test("the token reads a week of alerts, and only today's were sent to Slack", async () => {
  const read = async (query: string) => {
    const headers = { authorization: `Bearer ${facts.apiToken}` };
    const answer = await fetch(`${facts.apiUrl}/alerts?limit=50&status=OPEN,RESOLVED${query}`, { headers });
    return list.parse(await answer.json()).results;
  };
  const oldest = await read("&sort=createdAt");
  const newest = await read("");
  const days = new Set(oldest.concat(newest).map(({ createdAt }) => createdAt.slice(0, 10)));
  expect(days.size).toBeGreaterThanOrEqual(6);
  expect(await messagesIn("#security")).not.toContain(oldest[0]?.title);
  expect(await messagesIn("#platform")).toContain("certificate of");
});

test("the week was closed for reasons and in its own time, and a silence covers today's scanner", async () => {
  const headers = { authorization: `Bearer ${facts.apiToken}` };
  const read = async (path: string) => (await fetch(`${facts.apiUrl}${path}`, { headers })).json();
  const week = overviewBody.parse(await read("/metrics/overview"));
  const seconds = week.resolution.p50 ?? 0;
  expect(seconds).toBeGreaterThan(3600);
  expect(seconds).toBeLessThan(24 * 3600);
  expect(week.detections.some(({ falsePositives }) => falsePositives > 0)).toBe(true);
  expect(list.parse(await read("/alerts?silenced=true")).results).toHaveLength(1);
});

test("the page /demo shows the curl command with the key", async () => {
  const page = await fetch(`${facts.consoleUrl}/demo`);
  expect(await page.text()).toContain(facts.sources.native.key);
});

test("the demo and its simulator refuse a page that gives them a name of its own", async () => {
  const at = async (address: string, host: string) => {
    const sending = get(address, { headers: { host } });
    const [response] = await once(sending, "response");
    return { status: response.statusCode, text: await text(response) };
  };
  for (const address of [
    `${facts.consoleUrl}/demo`,
    facts.consoleUrl,
    `${facts.consoleUrl}/api/openapi.json`,
    facts.slackUrl,
  ]) {
    for (const host of ["evil.example", "127.0.0.1.evil.example:80", "evil.example.", "a@evil.example"]) {
      const answer = await at(address, host);
      expect([address, host, answer.status]).toEqual([address, host, 421]);
      expect(answer.text).toContain("Open this by IP address or as localhost");
      expect(answer.text).not.toContain(facts.sources.native.key);
    }
  }
  for (const host of ["localhost:4000", "[::1]:4000", "192.0.2.7", "simulator"]) {
    expect([host, (await at(`${facts.consoleUrl}/demo`, host)).status]).toEqual([host, 200]);
    expect([host, (await at(facts.slackUrl, host)).status]).toEqual([host, 200]);
  }
});

test("a second demo refuses the port and the folder of the first", async () => {
  const { port } = new URL(facts.consoleUrl);
  const onPort = startHere({ DATA_DIR: join(folder, "other"), PORT: port });
  await expect(onPort).rejects.toThrow(`Port ${port} is in use`);
  await expect(startHere({ DATA_DIR: join(folder, "data") })).rejects.toThrow("Stop it first");
});

test("a folder that no demo created is left unchanged", async () => {
  await expect(startHere({ DATA_DIR: import.meta.dirname })).rejects.toThrow("no demo created");
  expect(await readFile(import.meta.filename, "utf8")).toContain("left unchanged");
});

test("SIGTERM stops the demo with exit code 0", async () => {
  const ended = once(demo, "exit");
  demo.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
});

const list = z.object({ results: z.array(z.object({ title: z.string(), createdAt: z.string() })) });

function start(dataDir: string): Child {
  const { PATH } = process.env;
  return spawn(process.execPath, [join(import.meta.dirname, "tocsin.js"), "demo", "--json"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH, DATA_DIR: dataDir, PORT: "0", SIMULATOR_PORT: "0" },
  });
}

/** Starts a demo in this process, which is quicker when it only refuses. */
function startHere(env: Record<string, string>): Promise<Demo> {
  const config = readConfig({ PORT: "0", SIMULATOR_PORT: "0", ...env });
  const log = pino({ level: "silent" });
  return startDemo(config, { host: "127.0.0.1", log, onProgress: () => {} });
}

/** Standard output has nothing else. */
async function firstLine({ stdout }: Child): Promise<string> {
  const [line] = await once(createInterface(stdout), "line");
  return String(line);
}

function post(url: string, body: object, headers: Record<string, string>): Promise<Response> {
  const json = { "content-type": "application/json" };
  return fetch(url, { method: "POST", headers: { ...headers, ...json }, body: JSON.stringify(body) });
}

/** The messages in a channel, as text. */
async function messagesIn(name: string): Promise<string> {
  return (await post(`${facts.slackUrl}_control/messages`, { channel: name }, {})).text();
}
