import { createHmac } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startSimulator } from "../../../simulator/start.ts";
import { openServer, type TestServer } from "../../tocsin/server.ts";
import { granted, wrongValueCases } from "./wrong-value-cases.ts";

const slack = await startSimulator({ rateLimits: false });
const organisation = await startSimulator({ rateLimits: false, shape: "organisation" });
const { botToken, signingSecret, clientId, clientSecret } = slack.app;
let doors: TestServer;
let inOrganisation: TestServer;

/** Sends a request as Slack, signed with `secret`, before Tocsin knows the secret. */
async function sendSigned(secret: string, app: string) {
  const body = JSON.stringify({
    type: "event_callback",
    api_app_id: app,
    event_id: "Ev1",
    event: { type: "x" },
  });
  const at = String(Math.floor(Date.now() / 1000));
  const signature = createHmac("sha256", secret).update(`v0:${at}:${body}`).digest("hex");
  const headers = {
    "content-type": "application/json",
    "x-slack-request-timestamp": at,
    "x-slack-signature": `v0=${signature}`,
  };
  await doors.app.inject({ method: "POST", url: "/slack/events", headers, payload: body });
}

const cases = wrongValueCases({ slack, sendSigned });

beforeAll(async () => {
  doors = await openServer({ SLACK_API_URL: slack.apiUrl });
  inOrganisation = await openServer({ SLACK_API_URL: organisation.apiUrl });
});
beforeEach(async () => {
  await slack.ask("setApp", { state: "installed", scopes: granted });
  await slack.ask("faults", { faults: [] });
  await doors.deps.db.kysely.deleteFrom("slack_unverified").execute();
});
afterAll(async () => {
  await Promise.all([doors.close(), inOrganisation.close()]);
  await Promise.all([slack.close(), organisation.close()]);
});

const check = async (typed: object, at = doors) => {
  const program = await at.program(["Manage Destinations"]);
  return (await program("POST", "/api/v1/slack/app/check", typed)).body;
};

test.each(cases)(
  "the form explains $what in $field",
  async ({ field, value, when, more, says, state = "wrong" }) => {
    const given = typeof value === "string" ? value : await value();
    await when?.();
    const { fields } = await check({ ...more?.(), [field]: given });
    expect(fields[field]).toMatchObject({ state, sentence: expect.any(String) });
    expect(fields[field].sentence.replace(/app A[0-9A-Z]{9,}(?=, but the Bot)/, "app A…")).toBe(says);
    if (state === "wrong") expect(fields[field].remedy).not.toBe("");
  },
);

test("for an organisation the form takes only an ID and says why", async () => {
  const { app } = organisation;
  const { fields } = await check({ botToken: app.botToken, channel: "#security" }, inOrganisation);
  expect(fields.channel.sentence).toMatch(
    /installed for a whole organisation, where channels .* may share a name/,
  );
});

test("right values are ok, with spaces and quotes from copying", async () => {
  await sendSigned(signingSecret, "A0TOCSIN01");
  const { fields, channel } = await check({
    botToken: ` "${botToken}"\n`,
    clientId: `\u200b${clientId} `,
    clientSecret: `“${clientSecret}”`,
    signingSecret: `\`${signingSecret}\``,
    channel: "https://acme.slack.com/archives/C0SECPRIV01",
  });
  const states = Object.entries(fields).map(([name, verdict]) => [name, Object(verdict).state]);
  expect(Object.fromEntries(states)).toEqual({
    botToken: "ok",
    clientId: "ok",
    clientSecret: "ok",
    signingSecret: "ok",
    channel: "ok",
  });
  expect(channel).toEqual({
    id: "C0SECPRIV01",
    name: "sec-private",
    inChannel: true,
    private: true,
    sharedOutside: false,
  });
});

test("no value is called wrong if Slack can't be reached", async () => {
  await slack.ask("faults", { faults: [{ method: "auth.test", what: { kind: "status", status: 500 } }] });
  const { fields } = await check({ botToken });
  expect(fields.botToken).toMatchObject({ state: "unknown", code: "http_500" });
});

test("typed values are neither stored nor logged", async () => {
  doors.log.length = 0;
  await check({ botToken, clientId, clientSecret, signingSecret, channel: "#security" });
  const log = doors.log.join("\n");
  for (const secret of [botToken, clientSecret, signingSecret]) expect(log).not.toContain(secret);
  expect((await (await doors.program())("GET", "/api/v1/slack/app")).body.secretsSet).toMatchObject({
    botToken: false,
    clientSecret: false,
  });
});

test("docs/setup-faults.md lists these cases", async () => {
  const names = {
    botToken: "Bot OAuth Token",
    appToken: "App-Level Token",
    clientId: "Client ID",
    clientSecret: "Client Secret",
    signingSecret: "Signing Secret",
    channel: "Channel",
  };
  const sections = Object.entries(names).map(([field, name]) => {
    const items = cases.filter((one) => one.field === field).map(({ what, says }) => `- ${what}: “${says}”`);
    return [`## ${name}`, "", ...items].join("\n");
  });
  const head =
    "# What the form says about wrong values\n\nGenerated from `test/stories/setup/wrong-value-cases.ts`. To update it, run `npx vitest run test/stories/setup/wrong-values.test.ts -u`.";
  const text = `${[head, ...sections].join("\n\n")}\n`;
  await expect(text).toMatchFileSnapshot("../../../docs/setup-faults.md");
});
