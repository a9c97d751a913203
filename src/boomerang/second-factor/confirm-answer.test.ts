import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startSimulator } from "../../../simulator/start.ts";
import { report } from "../../../test/builders/report.ts";
import { openAuthenticator } from "../../../test/doubles/authenticator.ts";
import { type IdentityProvider, startIdentityProvider } from "../../../test/doubles/identity-provider.ts";
import {
  addMember,
  type Caller,
  openServer,
  publicUrl,
  type TestServer,
} from "../../../test/tocsin/server.ts";
import { oidcSettings, openVisitor } from "../../../test/tocsin/visitor.ts";
import { openIntakeConnection } from "../../db/intake-transaction.ts";
import { sourceFinder } from "../../ingest/source-keys.ts";
import { ingestReports } from "../../pipeline.ts";
import { keepUnconfirmed } from "./unconfirmed.ts";
import { onlyConfirmable } from "./ways.ts";

const slack = await startSimulator({ rateLimits: false });
const { eve } = slack.users;
let idp: IdentityProvider;
let server: TestServer;
let program: Caller;
let alert: string;
const anyone = () => server.caller({});

beforeAll(async () => {
  idp = await startIdentityProvider({
    redirectUri: `${publicUrl}/auth/oidc/callback`,
    signedOutUri: `${publicUrl}/sign-in`,
  });
  server = await openServer({ ...oidcSettings(idp), SLACK_API_URL: slack.apiUrl });
  program = await server.program();
  const { botToken, signingSecret } = slack.app;
  await program("PUT", "/api/v1/slack/app", { mode: "http", botToken, signingSecret });
  const { body: source } = await program("POST", "/api/v1/sources", { kind: "native", name: "Okta" });
  const { db, clock } = server.deps;
  const known = await sourceFinder(db, clock)(source.id, source.key);
  if (!known) throw new Error("the source is gone");
  const [opened] = await openIntakeConnection(db).transaction((intake) =>
    ingestReports(intake, [{ source: known, report: report() }]),
  );
  alert = opened?.alertId ?? "";
});
afterAll(async () => {
  await server.close();
  await idp.close();
  await slack.close();
});

const path = (id: string) => `/api/v1/unconfirmed-answers/${id}`;

/** Eve is asked, and has answered Yes in Slack; `state` reads what counts of it. */
async function answered(email = eve.email) {
  const to = [{ email: eve.email }];
  const asked = { to, question: "Was this you?", secondFactor: true };
  const { body } = await program("POST", `/api/v1/alerts/${alert}/boomerangs`, asked);
  const recipient = async () => (await program("GET", `/api/v1/boomerangs/${body.id}`)).body.recipients[0];
  const id = await keepUnconfirmed(server.deps.db.kysely, {
    askId: (await recipient()).id,
    email,
    given: {
      answer: { kind: "yes", reason: null },
      by: { slackUserId: eve.id, profile: null, member: false },
      doer: {
        actor: { type: "system", id: eve.id, name: "Eve Adler" },
        ...{ via: "slack", ip: null, agent: null, slack: { userId: eve.id, teamId: null } },
      },
    },
    now: server.deps.clock(),
  });
  return { id, state: async () => (await recipient()).state };
}

/** Signs in at the provider as this account, to confirm the answer. */
async function confirmAs(account: string, id: string) {
  const visitor = openVisitor(server);
  const { location } = await visitor.open(`/auth/oidc/start?answer=${id}`);
  return visitor.open(await visitor.visitProvider(location, account));
}

test("an answer counts once the person has signed in with the email of their Slack user", async () => {
  const { id, state } = await answered();
  const { body } = await anyone()("GET", path(id));
  const shown = { question: "Was this you?", answer: "Yes, this was me", provider: "Okta", passkey: false };
  expect(body).toEqual(shown);
  const other = await confirmAs(idp.account("mallory"), id);
  expect(other).toMatchObject({ status: 403, text: expect.stringContaining("mallory@example.com") });
  expect(await state()).toBe("waiting");
  const users = async () => (await program("GET", "/api/v1/users?limit=50")).body.results.length;
  const before = await users();
  const page = await confirmAs(idp.account("eve", { email: eve.email }), id);
  expect(page).toMatchObject({ status: 200, text: expect.stringContaining("Your answer is recorded") });
  expect(await state()).toBe("answered");
  expect(await users()).toBe(before);
  const { body: history } = await program("GET", `/api/v1/alerts/${alert}/history`);
  const sentences = history.results.map(({ sentence }: { sentence: string }) => sentence);
  expect(sentences).toContain("Eve Adler answered, confirmed by Okta: Yes, this was me");
  expect((await anyone()("GET", path(id))).status).toBe(404);
});

test("an answer that nobody confirms within 5 minutes does not count", async () => {
  const { id, state } = await answered();
  server.pass(5 * 60_000 + 1000);
  expect((await anyone()("GET", path(id))).body.detail).toContain("Answer again in Slack");
  const { text } = await openVisitor(server).open(`/auth/oidc/start?answer=${id}`);
  expect(text).toContain("5 minutes are over");
  expect((await anyone()("GET", path(randomUUID()))).status).toBe(404);
  expect(await state()).toBe("waiting");
});

test("a passkey of the Tocsin user with that email confirms an answer, another one doesn't", async () => {
  const grace = await addMember(server, program, "Grace", "Analyst");
  const [device, stolen] = [openAuthenticator(publicUrl), openAuthenticator(publicUrl)];
  const { body: creation } = await grace.call("POST", "/api/v1/session/passkeys/options");
  const credential = device.create(creation);
  await grace.call("POST", "/api/v1/session/passkeys", { name: "Laptop", credential });
  const { id, state } = await answered(grace.email);
  const options = async () => (await anyone()("POST", `${path(id)}/passkey-options`)).body;
  const confirm = (passkey: object) => anyone()("POST", `${path(id)}/confirm`, { passkey });
  expect((await anyone()("GET", path(id))).body).toMatchObject({ passkey: true });
  expect((await confirm(stolen.get(await options()))).status).toBe(403);
  expect(await state()).toBe("waiting");
  expect((await confirm(device.get(await options()))).status).toBe(204);
  expect(await state()).toBe("answered");
  const withoutProvider = { provider: null, passkeyHost: new URL(publicUrl).hostname };
  const reached = async (email: string) => {
    const recipient = { kind: "person", slackId: "U1", name: "One", email, timezone: null } as const;
    const results = await onlyConfirmable(server.deps.db.kysely, withoutProvider, [
      { reached: true, recipient },
    ]);
    return results.map((result) => result.reached);
  };
  expect([await reached(grace.email), await reached(eve.email)]).toEqual([[true], [false]]);
});
