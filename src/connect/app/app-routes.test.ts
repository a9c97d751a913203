import { createHmac } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startSimulator } from "../../../simulator/start.ts";
import { newDestination } from "../../../test/builders/destination.ts";
import {
  type Answer,
  type Caller,
  openServer,
  publicUrl,
  type TestServer,
} from "../../../test/tocsin/server.ts";
import { neededScopes } from "../../slack/scopes.ts";

const slack = await startSimulator({ rateLimits: false });
const { botToken, signingSecret, clientId, clientSecret } = slack.app;
const form = { mode: "http", botToken, signingSecret, clientId, clientSecret };
const granted = [...neededScopes.map(({ name }) => name), "metadata.message:read"];
let doors: TestServer;
let program: Caller;

const put = (body: object) => program("PUT", "/api/v1/slack/app", body);
const get = async () => (await program("GET", "/api/v1/slack/app")).body;

async function storedSecret() {
  const { db, slack: access } = doors.deps;
  const app = await db.kysely.selectFrom("slack_app").select("signing_secret").executeTakeFirstOrThrow();
  return app.signing_secret && access.vault.unseal(app.signing_secret, "slack_app.signing_secret");
}

function expectRefused({ status, body }: Answer, field: string, words: RegExp) {
  expect({ status, field: body.errors?.[0].field }).toEqual({ status: 400, field });
  expect(body.errors[0].detail).toMatch(words);
}

beforeAll(async () => {
  doors = await openServer({ SLACK_API_URL: slack.apiUrl });
  program = await doors.program();
});
beforeEach(async () => {
  await slack.ask("setApp", { state: "installed", scopes: granted });
  await slack.ask("faults", { faults: [] });
});
afterAll(async () => {
  await doors.close();
  await slack.close();
});

test("before the setup only the request URL is set", async () => {
  expect(await get()).toEqual({
    mode: null,
    installations: [],
    threadMirror: false,
    secretsSet: {
      botToken: false,
      clientId: false,
      clientSecret: false,
      signingSecret: false,
      appToken: false,
    },
    secretsBy: [],
    voidsOldSecret: true,
    requestUrl: `${publicUrl}/slack/events`,
    heard: { verifiedAt: null, unverifiedAt: null },
    socket: { kind: "off" },
  });
});

test("a missing secret is refused with where to find it in Slack", async () => {
  expectRefused(await put({ mode: "http", botToken }), "signingSecret", /App Credentials/);
  expectRefused(await put({ mode: "socket", botToken, signingSecret }), "appToken", /connections:write/);
  expectRefused(await put({ mode: "http", signingSecret, botToken: "" }), "botToken", /OAuth & Permissions/);
});

test("a user token is refused without asking Slack", async () => {
  expectRefused(await put({ ...form, botToken: "xoxp-1" }), "botToken", /starts with xoxb-/);
});

test("a token that Slack doesn't know is refused with a remedy, and nothing is stored", async () => {
  const answer = await put({ ...form, botToken: "xoxb-wrong" });
  expectRefused(answer, "botToken", /doesn't know the bot token.*install it again/);
  expect((await get()).mode).toBeNull();
});

test("nothing changes if Slack can't be reached, and the answer has a Retry-After", async () => {
  await slack.ask("faults", { faults: [{ method: "auth.test", what: { kind: "status", status: 503 } }] });
  const answer = await put(form);
  expect(answer).toMatchObject({ status: 503, headers: { "retry-after": expect.anything() } });
  expect((await get()).mode).toBeNull();
});

test("a valid token shows its installation, and no answer contains a secret", async () => {
  const answer = await put(form);
  expect(answer).toMatchObject({
    status: 200,
    body: {
      mode: "http",
      secretsSet: {
        botToken: true,
        clientId: true,
        clientSecret: true,
        signingSecret: true,
        appToken: false,
      },
    },
  });
  expect(answer.body.installations).toEqual([
    {
      id: expect.any(String),
      team: { id: "T0ACME0001", name: "ACME" },
      enterprise: null,
      botUserId: slack.app.botUserId,
      trusted: true,
      grantedScopes: expect.arrayContaining(granted),
      missingScopes: [],
      withheldScopes: [],
      state: { kind: "ok" },
    },
  ]);
  const answers = answer.text + JSON.stringify(await get());
  for (const secret of [botToken, signingSecret, clientSecret]) expect(answers).not.toContain(secret);
});

test("secrets are encrypted in the database, and the first workspace is trusted", async () => {
  const { db } = doors.deps;
  const app = await db.kysely.selectFrom("slack_app").selectAll().executeTakeFirstOrThrow();
  const installation = await db.kysely.selectFrom("installations").selectAll().executeTakeFirstOrThrow();
  const stored = Buffer.concat([
    installation.bot_token,
    ...[app.client_secret, app.signing_secret].flatMap((column) => column ?? []),
  ]);
  for (const secret of [botToken, signingSecret, clientSecret]) expect(stored.includes(secret)).toBe(false);
  expect(await storedSecret()).toBe(signingSecret);
  const client = await doors.deps.slack.clientFor(installation.id);
  expect((await client.authTest()).botUserId).toBe(slack.app.botUserId);
  expect(installation).toMatchObject({ trusted: true, app_id: slack.app.appId });
});

test("an empty field keeps the stored secret, and the audit log contains no secret", async () => {
  const kept = { mode: "http", botToken: "", signingSecret: "", clientSecret: "", clientId: "" };
  expect((await put(kept)).status).toBe(200);
  expect(await storedSecret()).toBe(signingSecret);
  const log = await program("GET", "/api/v1/audit-log?limit=50");
  expect(log.text).toContain("slack_app.changed");
  for (const secret of [botToken, signingSecret, clientSecret]) expect(log.text).not.toContain(secret);
});

/** How a request that was signed with this secret is answered. */
const statusOf = async (secret: string) => {
  const payload = JSON.stringify({
    type: "event_callback",
    event_id: crypto.randomUUID(),
    event: { type: "x" },
  });
  const at = String(Math.floor(doors.deps.clock().getTime() / 1000));
  const signature = createHmac("sha256", secret).update(`v0:${at}:${payload}`).digest("hex");
  const headers = {
    "content-type": "application/json",
    ...{ "x-slack-request-timestamp": at, "x-slack-signature": `v0=${signature}` },
  };
  const url = "/slack/events";
  return (await doors.app.inject({ method: "POST", url, headers, payload })).statusCode;
};

test("the old signing secret works until five minutes after the first request with the new one", async () => {
  const next = "fedcba9876543210fedcba9876543210";
  expect(await statusOf(next)).toBe(401);
  expect((await put({ mode: "http", signingSecret: next })).status).toBe(200);
  // Saving the same secret again doesn't make it the previous one.
  expect((await put({ mode: "http", signingSecret: next })).status).toBe(200);
  expect([await statusOf(signingSecret), await statusOf(next), await statusOf(signingSecret)]).toEqual([
    200, 200, 200,
  ]);
  doors.pass(5 * 60_000 + 1);
  expect([await statusOf(signingSecret), await statusOf(next)]).toEqual([401, 200]);
});

test("a new signing secret voids the old one that somebody else set, unless the caller says otherwise", async () => {
  const secrets = ["first", "second", "third", "fourth"].map((word) => word.padEnd(32, "0"));
  const [first = "", second = "", third = "", fourth = ""] = secrets;
  const grace = await doors.program();
  const set = (by: Caller, secret: string, more: object = {}) =>
    by("PUT", "/api/v1/slack/app", { mode: "http", signingSecret: secret, ...more });
  const newest = async () => (await program("GET", "/api/v1/audit-log?limit=1")).body.results[0];
  await program("PUT", "/api/v1/slack/app", { mode: "http" });
  expect((await newest()).data).toEqual({});
  await set(program, first);
  // Typed again by Grace, it is still somebody else's.
  await set(grace, first);
  expect((await grace("GET", "/api/v1/slack/app")).body.voidsOldSecret).toBe(true);
  expect((await get()).voidsOldSecret).toBe(false);
  await set(grace, second);
  expect([await statusOf(first), await statusOf(second)]).toEqual([401, 200]);
  await set(program, third, { voidOldSecret: false });
  expect([await statusOf(second), await statusOf(third)]).toEqual([200, 200]);
  await set(program, fourth, { voidOldSecret: true });
  expect([await statusOf(second), await statusOf(third), await statusOf(fourth)]).toEqual([401, 401, 200]);
  expect(await newest()).toMatchObject({
    changes: { signingSecret: { from: "set", to: "replaced" } },
    data: { oldSecret: "void" },
  });
});

test("setting secrets, trust and links need Manage Users besides Manage Destinations", async () => {
  const manager = await doors.program(["View Destinations", "Manage Destinations"]);
  const lead = await doors.program(["View Users", "Manage Users"]);
  const before = await storedSecret();
  const secret = { mode: "http", signingSecret: "0123456789abcdef0123456789abcdef" };
  const id = (await get()).installations[0].id;
  const calls: Parameters<Caller>[] = [
    ["PUT", "/api/v1/slack/app", secret],
    ["PUT", "/api/v1/slack/app", { mode: "http", botToken }],
    ["GET", "/slack/install"],
    ["GET", "/slack/oauth_redirect?state=1&code=1"],
    ["GET", `/api/v1/slack/installs/${id}`],
    ["POST", `/api/v1/slack/installs/${id}/confirm`],
    ["PATCH", `/api/v1/slack/installations/${id}`, { trusted: true }],
    ["PUT", `/api/v1/users/${id}/slack-users/U012AB3CD`, {}],
    ["DELETE", `/api/v1/users/${id}/slack-users/U012AB3CD`],
  ];
  for (const call of calls) {
    const [one, other] = [await manager(...call), await lead(...call)];
    expect([one.status, other.status], call.join(" ")).toEqual([403, 403]);
    expect(one.body.detail).toBe(
      "This needs the permission Manage Users, which program doesn't have. People with the role Admin have it.",
    );
    expect(other.body.detail).toContain("needs the permission Manage Destinations, which");
  }
  expect(await storedSecret()).toBe(before);
  expect((await manager("PUT", "/api/v1/slack/app", { mode: "http", threadMirror: false })).status).toBe(200);
});

test("nothing is stored if the stored token can't be checked", async () => {
  await slack.ask("faults", { faults: [{ method: "auth.test", what: { kind: "status", status: 503 } }] });
  expect((await put({ mode: "http", threadMirror: true })).status).toBe(503);
  expect((await get()).threadMirror).toBe(false);
});

test("missing scopes are named, and saving again checks them again", async () => {
  await slack.ask("setApp", { scopes: granted.filter((scope) => scope !== "im:write") });
  expect((await put({ mode: "http" })).body.installations[0]).toMatchObject({
    missingScopes: ["im:write"],
    state: {
      kind: "needs_attention",
      fault: "missing_scope",
      remedy: expect.stringContaining("not granted im:write"),
    },
  });
  await slack.ask("setApp", { scopes: granted });
  expect((await put({ mode: "http" })).body.installations[0].state).toEqual({ kind: "ok" });
});

test("the thread mirror's scopes are missing once it is on", async () => {
  const { body } = await put({ mode: "http", threadMirror: true });
  expect(body.installations[0].missingScopes).toEqual(["channels:history", "groups:history"]);
  await put({ mode: "http", threadMirror: false });
});

test("a revoked token needs attention, and a new one opens the lines", async () => {
  const made = await program("POST", "/api/v1/destinations", newDestination());
  const { kysely } = doors.deps.db;
  await kysely.updateTable("lines").set({ fault: "token_revoked", faults_in_a_row: 9 }).execute();
  await slack.ask("setApp", { state: "token_revoked" });
  const revoked = await put({ mode: "http" });
  expect(revoked.body.installations[0].state).toMatchObject({ fault: "token_revoked" });
  const destination = async () => (await program("GET", `/api/v1/destinations/${made.body.id}`)).body;
  expect((await destination()).state).toMatchObject({ kind: "needs_attention", fault: "token_revoked" });
  await slack.ask("setApp", { state: "installed" });
  expect((await put(form)).body.installations).toHaveLength(1);
  expect((await destination()).state).toEqual({ kind: "ok" });
  const line = await kysely.selectFrom("lines").selectAll().executeTakeFirstOrThrow();
  expect(line).toMatchObject({ fault: null, faults_in_a_row: 0 });
});

test("reading needs View Destinations, changing needs Manage Destinations", async () => {
  const reader = await doors.program(["View Destinations"]);
  expect((await reader("GET", "/api/v1/slack/app")).status).toBe(200);
  expect((await reader("PUT", "/api/v1/slack/app", form)).status).toBe(403);
  expect((await doors.caller({})("GET", "/api/v1/slack/app")).status).toBe(401);
});
