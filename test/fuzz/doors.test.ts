import { createHmac } from "node:crypto";
import fc from "fast-check";
import type { InjectOptions } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { permissions } from "../../src/alert/permission.ts";
import { openIntake } from "../../src/ingest/intake.ts";
import { sourceKinds } from "../../src/ingest/source-kinds.ts";
import { secretPurpose } from "../../src/secrets/vault.ts";
import { recordedOf } from "../read-recorded.ts";
import { addMember, openServer, publicUrl, type TestServer } from "../tocsin/server.ts";
import { documentedRequests, type Known } from "./documented.ts";
import { type Judge, openJudge } from "./judge.ts";
import { mutate, mutationsWith } from "./mutate.ts";
import { bytesOf, contentTypes, nastyText, nastyValue, oddHeaders } from "./nasty.ts";
import { click, command, event, filesBelow, parsed } from "./recorded.ts";

// `make fuzz` asks for more runs, with another seed; then a failure doesn't end the run of the other doors.
const runs = Number(process.env.FUZZ_RUNS ?? 75);
const timeout = 60_000 + runs * 200;
const signingSecret = "0123456789abcdef0123456789abcdef";

let server: TestServer;
let judge: Judge;
let known: Known;
let callers: Record<string, string>[];
let sources: { id: string; kind: string; key: string }[];
let described: unknown;

beforeAll(async () => {
  server = await openServer({ SLACK_API_URL: "http://127.0.0.1:9/api/", WEBHOOK_ALLOW_PRIVATE: "127.0.0.1" });
  const { deps, program } = server;
  deps.intake = openIntake(deps.db, { claiming: () => ({ room: 0, leaseSeconds: 0 }), onCommit: () => {} });
  judge = openJudge(server);
  const call = await program();
  const ada = await addMember(server, call, "Ada", "Admin");
  const token = async (allowed: readonly string[]) => {
    const created = await call("POST", "/api/v1/api-tokens", { name: "fuzz", permissions: allowed });
    return { authorization: `Bearer ${created.body.token}` };
  };
  const eve = await addMember(server, call, "Eve", "Analyst");
  const signing_secret = deps.slack.vault.seal(signingSecret, secretPurpose("signing_secret"));
  await deps.db.kysely.insertInto("slack_app").values({ mode: "http", signing_secret }).execute();
  await addMember(server, call, "Mallory", "Analyst");
  await call("POST", "/api/v1/destinations", webhook);
  sources = [];
  for (const { kind } of sourceKinds) {
    const rateLimit = { perSecond: 1_000_000, burst: 10_000_000 };
    const { body } = await call("POST", "/api/v1/sources", { kind, name: kind, rateLimit });
    sources.push({ id: body.id, kind, key: body.key });
  }
  await call("POST", "/api/v1/sources", { kind: "native", name: "Spare" });
  for (const title of ["One", "Two"])
    await ingest(sources[0], Buffer.from(JSON.stringify({ title, severity: "HIGH" })), {});
  callers = [
    { cookie: ada.cookie, origin: publicUrl },
    { cookie: eve.cookie, origin: publicUrl },
    await token(permissions),
    await token(["View Alerts"]),
    {},
  ];
  const [alert] = (await call("GET", "/api/v1/alerts")).body.results;
  await call("POST", "/api/v1/alert-comments", { alertId: alert.id, body: "Seen" });
  described = (await call("GET", "/api/openapi.json")).body;
  known = await learn(call);
});
afterAll(async () => {
  console.log(`seed ${fc.readConfigureGlobal().seed}, ${runs} runs per door\n${judge.counts()}`);
  await server.close();
});

const kept = new Set(["Ada", "Eve", "fuzz", "program", ...sourceKinds.map(({ kind }) => kind)]);

/** The ids and cursors of all lists, without the callers and their tokens, which the run would end. */
async function learn(call: Awaited<ReturnType<TestServer["program"]>>): Promise<Known> {
  const lists = [
    "alerts",
    "users",
    "sources",
    "destinations",
    "roles",
    "api-tokens",
    "audit-log",
    "detections",
  ];
  const known: Known = { ids: new Map(), cursors: [] };
  for (const list of [...lists, "alerts?sort=severity", "alerts?sort=updatedAt"]) {
    const { body } = await call("GET", `/api/v1/${list}`);
    const one = await call("GET", `/api/v1/${list}${list.includes("?") ? "&" : "?"}limit=1`);
    if (one.body.next) known.cursors.push(one.body.next);
    const ids: string[] = body.results.flatMap(({ id, name }: { id?: string; name?: string }) =>
      id && !kept.has(name ?? "") ? id : [],
    );
    known.ids.set(list, ids);
  }
  return known;
}

const webhook = {
  ...{ type: "custom-webhook", displayName: "Nowhere", url: "https://127.0.0.1:9/", changes: true },
  ...{ severities: ["LOW"], alertTypes: ["RULE"], logTypes: [], timezone: "UTC" },
};

const body = (value: fc.Arbitrary<unknown>) =>
  fc.record({ headers: oddHeaders, contentType: contentTypes, payload: bytesOf(value) });

async function ingest(
  source: { id: string; kind: string; key: string } | undefined,
  payload: Buffer,
  headers: Record<string, string>,
): Promise<void> {
  const url = `/api/v1/ingest/${source?.id}`;
  const request: InjectOptions = {
    method: "POST",
    url,
    payload,
    headers: { "x-api-key": source?.key ?? "", ...headers },
  };
  await judge.send(`POST /api/v1/ingest (${source?.kind})`, request);
}

test("the ingest address survives everything, for every kind of source", { timeout }, async () => {
  const tools = filesBelow("alerts").map((file) => ({ bytes: file, body: parsed(file) }));
  const inputs = filesBelow("inputs").map((file) => ({ bytes: file, body: parsed(file) }));
  const numRuns = Math.max(3, Math.round(runs / sources.length));
  for (const source of sources) {
    const kind = sourceKinds.find((one) => one.kind === source.kind);
    const own = [{ body: kind?.sample }, ...recordedOf(source.kind)].map(({ body }) => ({
      body,
      bytes: null,
    }));
    const start = fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...own) },
      fc.constantFrom(...own, ...tools, ...inputs),
    );
    const request = start.chain(({ body: whole, bytes }) => {
      const changed = mutationsWith(nastyValue).map((changes) => changes.reduce(mutate, whole));
      const some = body(fc.oneof(changed, fc.array(changed, { maxLength: 3 })));
      const raw = fc.record({
        headers: oddHeaders,
        contentType: contentTypes,
        payload: fc.constant(bytes),
      });
      return bytes ? fc.oneof(some, raw) : some;
    });
    await fc.assert(
      fc.asyncProperty(request, async (sent) =>
        ingest(source, sent.payload ?? Buffer.alloc(0), {
          "content-type": sent.contentType,
          ...sent.headers,
        }),
      ),
      { numRuns, endOnFailure: true },
    );
  }
  judge.check();
});

test("the documented API survives everything", { timeout }, async () => {
  const all = documentedRequests(described, known).filter(({ route }) => !/live|ingest/.test(route));
  const numRuns = Math.max(2, Math.round(runs / all.length));
  const whom = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(0, 2) }, fc.constantFrom(1, 3, 4));
  for (const { route, requests } of all) {
    const request = requests.chain((wanted) =>
      fc.record({
        wanted: fc.constant(wanted),
        // Signing out would end the other requests.
        caller: route === "DELETE /api/v1/session" ? fc.constantFrom(2, 4) : whom,
        sent: fc.option(body(fc.constant(wanted.body)), { freq: wanted.body === undefined ? 1 : 20 }),
        method: route.endsWith("/session")
          ? fc.constant(wanted.method)
          : fc.oneof(
              { weight: 30, arbitrary: fc.constant(wanted.method) },
              fc.constantFrom("PUT", "DELETE", "PATCH"),
            ),
      }),
    );
    await fc.assert(
      fc.asyncProperty(request, async ({ wanted, caller, sent, method }) => {
        await judge.send(route, {
          method,
          url: wanted.url,
          headers: { ...callers[caller], ...(sent && { "content-type": sent.contentType, ...sent.headers }) },
          ...(sent && { payload: sent.payload }),
        });
      }),
      { numRuns, endOnFailure: true },
    );
  }
  judge.check();
});

test("the address that Slack calls survives everything, signed rightly", { timeout }, async () => {
  const recorded = filesBelow("slack/payloads").map(parsed);
  const start = fc.constantFrom<unknown>(
    ...(recorded.length > 0 ? recorded : [click]),
    click,
    event,
    command,
  );
  const request = start.chain((whole) =>
    fc.record({
      payload: bytesOf(mutationsWith(nastyValue).map((changes) => changes.reduce(mutate, whole))),
      as: fc.constantFrom("payload", "json", "form", "raw"),
      headers: oddHeaders,
      signed: fc.constantFrom(true, true, true, false),
    }),
  );
  await fc.assert(
    fc.asyncProperty(request, async ({ payload, as, headers, signed }) => {
      await judge.send("POST /slack/events", slackRequest(formOf(as, payload), { as, headers, signed }));
      await server.deps.pending.settled();
    }),
    { numRuns: runs, endOnFailure: true },
  );
  judge.check();
});

function formOf(as: string, payload: Buffer): Buffer {
  if (as === "json" || as === "raw") return payload;
  if (as === "payload")
    return Buffer.from(new URLSearchParams({ payload: payload.toString("latin1") }).toString());
  const fields = Object.entries(Object(parsed(payload))).map(([name, value]) => [name, String(value)]);
  return Buffer.from(new URLSearchParams(fields).toString());
}

function slackRequest(
  payload: Buffer,
  { as, headers, signed }: { as: string; headers: Record<string, string>; signed: boolean },
): InjectOptions {
  const at = String(Math.floor(server.deps.clock().getTime() / 1000));
  const signature = createHmac("sha256", signed ? signingSecret : "other")
    .update(`v0:${at}:`)
    .update(payload);
  const type = as === "json" || as === "raw" ? "application/json" : "application/x-www-form-urlencoded";
  return {
    method: "POST",
    url: "/slack/events",
    payload,
    headers: {
      "content-type": type,
      "x-slack-request-timestamp": at,
      "x-slack-signature": `v0=${signature.digest("hex")}`,
      ...headers,
    },
  };
}

test("OAuth, the Console's addresses and unknown ones survive everything", { timeout }, async () => {
  const paths = [
    "/slack/oauth_redirect",
    "/slack/install",
    "/healthz",
    "/readyz",
    "/metrics",
    "/alerts",
    "/",
    "/assets/x.js",
  ];
  const text = fc.oneof(nastyText, fc.constantFrom("code", "state", "error", "access_denied"));
  const request = fc.record({
    path: fc.oneof(
      { weight: 2, arbitrary: fc.constantFrom(...paths.slice(0, 2)) },
      fc.constantFrom(...paths),
      nastyText,
    ),
    query: fc.dictionary(fc.constantFrom("code", "state", "error", "a", "__proto__"), text, { maxKeys: 4 }),
    raw: fc.constantFrom("", "", "", "&state=%ff%fe&code=%", "&code=a&code=b", "&=&&;", "&state[a]=b"),
    method: fc.constantFrom("GET", "GET", "GET", "HEAD", "OPTIONS", "POST", "DELETE"),
    caller: fc.constantFrom(0, 0, 0, 2, 4),
    headers: oddHeaders,
  });
  await fc.assert(
    fc.asyncProperty(request, async ({ path, query, raw, method, caller, headers }) => {
      const pairs = Object.entries(query).map(
        ([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`,
      );
      const place = path.startsWith("/") ? path : `/${encodeURIComponent(path.toWellFormed())}`;
      const route = paths.includes(path) ? path : "(other addresses)";
      const url = `${place}?${pairs.join("&")}${raw}`;
      await judge.send(`${method} ${route}`, {
        method,
        url,
        headers: { ...callers[caller], ...headers },
      } as InjectOptions);
    }),
    { numRuns: runs, endOnFailure: true },
  );
  judge.check();
});

test("live updates survive any reader", { timeout }, async () => {
  const origin = await server.app.listen({ port: 0, host: "127.0.0.1" });
  const headers = fc.record({
    "last-event-id": nastyText.filter(isHeader),
    accept: fc.constantFrom("text/event-stream", "*/*"),
  });
  await fc.assert(
    fc.asyncProperty(headers, fc.constantFrom(0, 2, 4), async (sent, caller) => {
      const hangUp = new AbortController();
      const answer = await fetch(`${origin}/api/v1/live`, {
        headers: { ...callers[caller], ...sent },
        signal: hangUp.signal,
      });
      judge.count("GET /api/v1/live", answer.status);
      expect(answer.status).toBeLessThan(500);
      hangUp.abort();
    }),
    { numRuns: Math.round(runs / 10), endOnFailure: true },
  );
  judge.check();
});

function isHeader(text: string): boolean {
  return /^[\t\x20-\x7e]{0,2000}$/.test(text);
}
