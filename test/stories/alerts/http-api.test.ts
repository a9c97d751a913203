import { execFile } from "node:child_process";
import { createHmac } from "node:crypto";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { curl } from "../../../console/pages/sources/curl.ts";
import type { SourceKindBody } from "../../../src/ingest/contract.ts";
import { readRecorded } from "../../read-recorded.ts";
import { created, type Story, sendTo, startStory } from "../../tocsin/story.ts";
import { dispositionTests, tagTests } from "./dispositions.ts";

let story: Story;
beforeAll(async () => {
  story = await startStory();
});
afterAll(() => story.close());

const ingest = (body: string, headers: Record<string, string> = {}) =>
  fetch(`${story.origin}${new URL(story.source.url).pathname}`, {
    method: "POST",
    headers: { "x-api-key": story.source.key, "content-type": "application/json", ...headers },
    body,
  });

test("a batch accepts its valid reports and names the wrong field of each invalid one", async () => {
  const { status, body } = await story.send([
    { title: "Good", severity: "LOW" },
    { title: "Odd", severity: "huge" },
    {},
  ]);
  expect(status).toBe(202);
  expect(body.results).toMatchObject([
    { index: 0, outcome: "opened" },
    { index: 1, outcome: "opened", warnings: [{ field: "severity", expected: expect.any(String) }] },
    { index: 2, outcome: "invalid", field: "title" },
  ]);
});

test("a request without a valid report is answered 400 with the same results", async () => {
  const { status, body } = await story.send({ severity: "LOW" });
  expect(status).toBe(400);
  expect(body).toMatchObject({ status: 400, results: [{ index: 0, outcome: "invalid", field: "title" }] });
});

test("requests with the same Idempotency-Key count once, even when sent at the same time", async () => {
  const body = JSON.stringify({ title: "Once", severity: "LOW" });
  const answers = await Promise.all(
    [1, 2, 3].map(() => ingest(body, { "idempotency-key": "k1" }).then((r) => r.json())),
  );
  const outcomes = answers.map((answer) => answer.results[0].outcome).sort();
  expect(outcomes).toEqual(["duplicate", "duplicate", "opened"]);
  const { body: alert } = await story.api("GET", `/alerts/${answers[0].results[0].alertId}`);
  expect(alert.eventCount).toBe(1);
  const other = await ingest(JSON.stringify({ title: "Other", severity: "LOW" }), {
    "idempotency-key": "k1",
  });
  expect(other.status).toBe(422);
  const { body: kept } = await story.api("GET", `/sources/${story.source.id}/bodies?reports=refused`);
  expect(kept.results[0].reasons).toEqual([
    { field: "Idempotency-Key", expected: "another one for another body" },
  ]);
});

test("an unknown source and a wrong key get the same 401, and so does a key in the query", async () => {
  const bad = await ingest("{}", { "x-api-key": "tsk_wrong" });
  const unknown = await fetch(`${story.origin}/api/v1/ingest/nowhere`, {
    method: "POST",
    headers: { "x-api-key": "x" },
  });
  expect([bad.status, unknown.status]).toEqual([401, 401]);
  expect(await bad.text()).toBe(await unknown.text());
  const url = `${story.origin}${new URL(story.source.url).pathname}?key=${story.source.key}`;
  expect((await fetch(url, { method: "POST", body: "{}" })).status).toBe(401);
});

test("malformed JSON and an empty body are answered 400, a body over 1 MiB 413", async () => {
  expect((await ingest("{nonsense")).status).toBe(400);
  expect((await ingest("x".repeat(1024 * 1024 + 1))).status).toBe(413);
  expect((await ingest("")).status).toBe(400);
});

test("the curl line of every kind of source opens an alert, and sent again no other one", async () => {
  const { body: kinds } = await story.api("GET", "/source-kinds");
  expect(kinds.results.length).toBeGreaterThan(20);
  const tried: { kind: string; source: string; command: string }[] = [];
  for (const kind of kinds.results as SourceKindBody[]) {
    const { body: source } = await story.api("POST", "/sources", {
      kind: kind.kind,
      name: `Try ${kind.kind}`,
    });
    const url = `${story.origin}${new URL(source.url).pathname}`;
    const command = curl(kind, { url, key: source.key });
    tried.push({ kind: kind.kind, source: source.id, command });
  }
  // One process sends them all, since each start of curl takes longer than its request.
  const all = `curl ${tried.map(({ command }) => command.replace(/^curl /, "")).join(" --next ")}`;
  const { stdout } = await promisify(execFile)("sh", ["-c", `${all}; ${all}`]);
  for (const { kind, source } of tried) {
    const { body: alerts } = await story.api("GET", `/alerts?source=${source}`);
    expect(alerts.results, `${kind}; the answers are ${stdout}`).toHaveLength(1);
  }
});

test("a slack-webhook source answers ok like Slack and takes its key from the URL", async () => {
  const { body: source } = await story.api("POST", "/sources", { kind: "slack-webhook", name: "Old tool" });
  const url = `${story.origin}${new URL(source.url).pathname}?key=${source.key}`;
  const body = new URLSearchParams({ payload: JSON.stringify({ text: "Disk <https://x.example|full>" }) });
  const answer = await fetch(url, { method: "POST", body });
  expect([answer.status, await answer.text()]).toEqual([200, "ok"]);
  await story.slack.channel("#security").expectCard("Disk full");
});

const slackRequest = (body: string, headers: Record<string, string>) =>
  fetch(`${story.origin}/slack/events`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });

function signed(body: string, at: number): Record<string, string> {
  const hmac = createHmac("sha256", story.slack.app.signingSecret).update(`v0:${at}:${body}`).digest("hex");
  return { "x-slack-request-timestamp": String(at), "x-slack-signature": `v0=${hmac}` };
}

test("messages of a tool open an alert for each problem, end it, and list no detection", async () => {
  const { body: source } = await story.api("POST", "/sources", {
    kind: "slack-webhook",
    name: "Uptime Kuma",
  });
  const path = `${new URL(source.url).pathname}?key=${source.key}`;
  for (const message of JSON.parse(readRecorded("slack-webhook-uptime-kuma").toString())) {
    const answer = await fetch(`${story.origin}${path}`, { method: "POST", body: JSON.stringify(message) });
    expect(answer.status).toBe(200);
  }
  const { body } = await story.api("GET", `/alerts?source=${source.id}&status=OPEN,RESOLVED&sort=createdAt`);
  expect(body.results).toMatchObject([
    { title: expect.stringContaining("[Billing API]"), status: "RESOLVED", eventCount: 2, detection: null },
    { title: expect.stringContaining("[Mail relay]"), status: "OPEN", eventCount: 1, detection: null },
  ]);
  expect((await story.api("GET", `/detections?source=${source.id}`)).body.results).toEqual([]);
});

test("the Slack endpoint accepts only signed requests within 5 minutes of the server's clock", async () => {
  const body = JSON.stringify({
    type: "event_callback",
    event_id: "Ev1",
    event: { type: "app_home_opened" },
  });
  const now = Math.floor(Date.now() / 1000);
  expect((await slackRequest(body, signed(body, now))).status).toBe(200);
  expect((await slackRequest(body, {})).status).toBe(401);
  expect((await slackRequest(`${body} `, signed(body, now))).status).toBe(401);
  for (const wrong of [now - 301, now + 302])
    expect((await slackRequest(body, signed(body, wrong))).status).toBe(401);
  const challenge = JSON.stringify({ type: "url_verification", challenge: "c1" });
  expect(await (await slackRequest(challenge, {})).json()).toEqual({ challenge: "c1" });
});

test("the alert list shows open alerts and takes its filters from the query", async () => {
  const { body } = await story.send([
    { title: "Filter me", severity: "HIGH", logTypes: ["Okta"] },
    { title: "Filter me too", severity: "INFO" },
  ]);
  const titles = async (query: string) =>
    (await story.api("GET", `/alerts?${query}`)).body.results.map((alert: { title: string }) => alert.title);
  expect(await titles("q=filter")).toEqual(["Filter me"]);
  expect(await titles("q=filter&status=RESOLVED")).toEqual(["Filter me too"]);
  expect(await titles("logType=Okta&severity=HIGH,CRITICAL")).toEqual(["Filter me"]);
  expect(await titles(`q=%23${body.results[0].number}`)).toEqual(["Filter me"]);
});

test("a change with an outdated version is answered 409 with the current alert", async () => {
  const { body } = await story.send({ title: "Versioned", severity: "LOW" });
  const path = `/alerts/${body.results[0].alertId}`;
  await story.api("PATCH", path, { status: "TRIAGED", version: 1 });
  const { status, body: problem } = await story.api("PATCH", path, { status: "RESOLVED", version: 1 });
  expect(status).toBe(409);
  expect(problem).toMatchObject({ errors: [{ field: "status" }], alert: { status: "TRIAGED", version: 2 } });
  expect((await story.api("PATCH", path, { assignee: "nobody@acme.example" })).body.errors[0].field).toBe(
    "assignee",
  );
});

describe("dispositions", () => dispositionTests(() => story));

describe("tags", () => tagTests(() => story));

test("the list of assignees shows only id, email and name", async () => {
  const { body } = await story.api("GET", "/assignees");
  expect(body.results).toEqual([
    { id: story.users.ada.id, email: "ada@acme.example", name: "Ada" },
    { id: story.users.grace.id, email: "grace@acme.example", name: "Grace" },
  ]);
});

test("an Idempotency-Key is known for 24 hours", async () => {
  const post = async (title: string) => {
    const answer = await ingest(JSON.stringify({ title, severity: "LOW" }), { "idempotency-key": title });
    return (await answer.json()).results[0];
  };
  const outcome = async () => (await post("A day")).outcome;
  const { outcome: opened, alertId } = await post("A day");
  expect(opened).toBe("opened");
  expect((await post("Another key")).outcome).toBe("opened");
  expect(await post("A day")).toMatchObject({ outcome: "duplicate", alertId });
  await story.pass("23 hours");
  expect(await outcome()).toBe("duplicate");
  await story.pass("25 hours");
  expect(await outcome()).toBe("opened");
});

test("closed alerts are deleted after the time that is set, and the audit log says how many", async () => {
  const { body } = await story.send([
    { title: "Old and closed", severity: "LOW" },
    { title: "Old and open", severity: "LOW" },
  ]);
  const [closed, open] = body.results.map(({ alertId }: { alertId: string }) => `/alerts/${alertId}`);
  await story.api("PATCH", closed, { status: "RESOLVED" });
  await story.api("PATCH", "/settings", { keepAlertsDays: 30 });
  await story.pass("29 days");
  await story.tocsin.idle();
  expect((await story.api("GET", closed)).status).toBe(200);
  await story.pass("3 days");
  await story.tocsin.idle();
  expect((await story.api("GET", closed)).status).toBe(404);
  expect((await story.api("GET", open)).status).toBe(200);
  const { results } = (await story.api("GET", "/audit-log")).body;
  expect(results[0]).toMatchObject({
    action: "retention.deleted",
    actor: { name: "Tocsin" },
    data: { alerts: expect.any(Number) },
  });
});

test("a generic source picks reports by its expressions, and one that runs away loses only itself", async () => {
  const runaway = "($f := function($n) { $f($n + 1) }; $f(1))";
  const source = await created(
    story.api("POST", "/sources", {
      kind: "generic",
      name: "Plant",
      expressions: {
        reports: "events",
        title: `name = "loop" ? ${runaway} : name & " on " & host`,
        severity: "level",
        identity: "[name, host]",
        says: "state",
        tags: "$body.site",
        occurredAt: "at",
      },
    }),
  );
  const send = (body: object) => sendTo(source, body, story.origin);
  const event = { name: "Door open", host: "gate-1", level: "critical", state: "open" };
  const first = await send({
    site: "north",
    events: [event, { name: "loop" }, { ...event, host: "gate-2", level: "odd", at: "soon" }],
  });
  expect(first).toMatchObject({
    status: 202,
    body: {
      results: [
        { outcome: "opened" },
        { outcome: "invalid", field: "expressions", expected: expect.stringContaining("50 ms") },
        { outcome: "opened", warnings: [{ field: "severity" }, { field: "occurredAt" }] },
      ],
    },
  });
  const [opened] = first.body.results;
  const { body: alert } = await story.api("GET", `/alerts/${opened.alertId}`);
  expect(alert).toMatchObject({
    title: "Door open on gate-1",
    tags: ["north"],
    dedupString: '["Door open","gate-1"]',
  });
  const second = await send({ events: { ...event, state: "closed" } });
  expect(second.body.results).toMatchObject([{ outcome: "resolved", number: opened.number }]);
  expect(await send({ other: 1 })).toMatchObject({ status: 400, body: { results: [{ field: "reports" }] } });
});

test("any source may have an identity of its own, and keeps a report when that fails", async () => {
  const source = await created(
    story.api("POST", "/sources", {
      kind: "native",
      name: "Own identity",
      expressions: { identity: "host & $uppercase(user)" },
    }),
  );
  const report = (title: string, host: string, user: unknown) => ({ title, severity: "LOW", host, user });
  const { body } = await sendTo(
    source,
    [
      report("One", "a", "eve"),
      report("Two", "a", "eve"),
      report("Three", "b", "eve"),
      report("Four", "b", 7),
    ],
    story.origin,
  );
  const [one, two, three, four] = body.results;
  expect(body.results).toMatchObject([
    { outcome: "opened" },
    { outcome: "joined" },
    { outcome: "opened" },
    { outcome: "opened", warnings: [{ field: "identity", expected: expect.stringContaining("It met 7") }] },
  ]);
  expect(two.number).toBe(one.number);
  expect(new Set([one.number, three.number, four.number]).size).toBe(3);
});
