import { once } from "node:events";
import { request } from "node:http";
import { json } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  addMember,
  type Caller,
  type Member,
  openServer,
  password,
  publicUrl,
  type TestServer,
} from "../../test/tocsin/server.ts";

let doors: TestServer;
let program: Caller;
let ada: Member;

beforeAll(async () => {
  doors = await openServer({ WEBHOOK_ALLOW_PRIVATE: "127.0.0.1" });
  program = await doors.program();
  ada = await addMember(doors, program, "Ada", "Admin");
});
afterAll(() => doors.close());

const minute = 60_000;
const confirm = (by: Member, word = password) =>
  by.call("POST", "/api/v1/session/confirm", { password: word });
const asks = { status: 403, body: { type: "urn:tocsin:confirm-session" } };

/** Each change that needs a fresh sign-in. */
const changes = async (): Promise<Parameters<Caller>[]> => {
  const named = (name: string) => ({ email: `${name}${Math.random()}@example.com`, name, role: "Analyst" });
  const { body: eve } = await program("POST", "/api/v1/users", named("Eve"));
  const token = await program("POST", "/api/v1/api-tokens", { name: "script", permissions: ["View Alerts"] });
  const app = { mode: "http", signingSecret: "8f742231b10e8888abcd99yyyzzz85a5", botToken: "xoxb-1" };
  const anyId = "01a22a20-c409-7497-af5d-1aafbf620172";
  return [
    ["POST", "/api/v1/api-tokens", { name: "script", permissions: ["View Alerts"] }],
    ["DELETE", `/api/v1/api-tokens/${token.body.id}`],
    ["POST", "/api/v1/users", named("Frank")],
    ["PATCH", `/api/v1/users/${eve.id}`, { role: "Admin" }],
    ["POST", `/api/v1/users/${eve.id}/password-link`],
    ["DELETE", `/api/v1/users/${eve.id}`],
    ["PUT", `/api/v1/users/${eve.id}/slack-users/U012AB3CD`, {}],
    ["DELETE", `/api/v1/users/${eve.id}/slack-users/U012AB3CD`],
    ["PUT", "/api/v1/slack/app", app],
    ["PATCH", `/api/v1/slack/installations/${anyId}`, { trusted: true }],
    ["POST", `/api/v1/slack/installs/${anyId}/confirm`],
  ];
};

test("a change of tokens, links, secrets, trust or roles is refused 5 minutes after the sign-in", async () => {
  for (const change of await changes()) {
    expect(await ada.call(...change), change.join(" ")).not.toMatchObject(asks);
  }
  doors.pass(5 * minute + 1000);
  for (const change of await changes())
    expect(await ada.call(...change), change.join(" ")).toMatchObject(asks);
  expect((await confirm(ada)).status).toBe(204);
  for (const change of await changes()) {
    expect(await ada.call(...change), change.join(" ")).not.toMatchObject(asks);
  }
});

test("a change without a secret, and an API token, need no fresh sign-in", async () => {
  doors.pass(6 * minute);
  expect(await ada.call("PUT", "/api/v1/slack/app", { mode: "http" })).toMatchObject({
    status: 400,
    body: { type: "about:blank" },
  });
  expect((await ada.call("POST", "/api/v1/sources", { kind: "native", name: "Okta" })).status).toBe(201);
  const token = { name: "by a token", permissions: ["View Alerts"] };
  expect((await program("POST", "/api/v1/api-tokens", token)).status).toBe(201);
});

test("a confirmation counts for its own session only", async () => {
  doors.pass(6 * minute);
  const frank = await addMember(doors, program, "Frank", "Admin");
  const { headers } = await doors.caller({})("POST", "/api/v1/session", { email: frank.email, password });
  doors.pass(6 * minute);
  const cookie = [headers["set-cookie"]].flat().map((one) => String(one).split(";")[0]);
  const other = doors.caller({ cookie: cookie.join("; "), origin: publicUrl });
  expect((await confirm(frank)).status).toBe(204);
  const token = { name: "script", permissions: ["View Alerts"] };
  expect((await frank.call("POST", "/api/v1/api-tokens", token)).status).toBe(201);
  expect(await other("POST", "/api/v1/api-tokens", token)).toMatchObject(asks);
});

test("a confirmation that expires while the body arrives is refused", async () => {
  const grace = await addMember(doors, program, "Grace", "Admin");
  const origin = await doors.app.listen({ port: 0, host: "127.0.0.1" });
  doors.pass(5 * minute - 30_000);
  const body = JSON.stringify({ name: "late", permissions: ["View Alerts"] });
  const sent = request(`${origin}/api/v1/api-tokens`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
      cookie: grace.cookie,
      origin: publicUrl,
    },
  });
  const accepted = once(doors.app.server, "request");
  sent.write(body.slice(0, 5));
  await accepted;
  // The request was judged when its head arrived: this one comes after it.
  await doors.caller({ cookie: grace.cookie })("GET", "/api/v1/session");
  doors.pass(minute);
  sent.end(body.slice(5));
  const [response] = await once(sent, "response");
  expect(response.statusCode).toBe(403);
  expect(await json(response)).toMatchObject(asks.body);
});

test("wrong passwords are refused at the field, audited, and throttled like sign-ins", async () => {
  const heidi = await addMember(doors, program, "Heidi", "Admin");
  doors.pass(6 * minute);
  const wrong = await confirm(heidi, "not the password");
  expect(wrong).toMatchObject({ status: 400, body: { errors: [{ field: "password" }] } });
  const { body: log } = await program("GET", "/api/v1/audit-log?limit=1");
  expect(log.results).toMatchObject([
    { action: "session.confirmed", outcome: "refused", actor: { id: heidi.id } },
  ]);
  const guesses = await Promise.all(Array.from({ length: 12 }, (_, n) => confirm(heidi, `guess ${n}`)));
  expect(guesses.map(({ status }) => status)).toContain(429);
  const waiting = await confirm(heidi);
  expect(waiting.status).toBe(429);
  expect(Number(waiting.headers["retry-after"])).toBeGreaterThan(0);
  expect((await confirm(ada)).status).toBe(204);
});

test("an API token has no session to confirm", async () => {
  expect((await program("POST", "/api/v1/session/confirm", { password })).status).toBe(403);
});
