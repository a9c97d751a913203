import { createHmac } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startSimulator } from "../../../simulator/start.ts";
import { neededScopes } from "../../../src/slack/scopes.ts";
import { openServer, type TestServer } from "../../tocsin/server.ts";

/** A wrong value for a field of the form, and the sentence that the form shows for it. */
interface Case {
  field: "botToken" | "clientId" | "clientSecret" | "signingSecret" | "appToken" | "channel";
  what: string;
  value: string | (() => string | Promise<string>);
  /** Sets up Slack so that the value is wrong, if it isn't wrong by itself. */
  when?: () => Promise<unknown>;
  more?: () => object;
  says: string;
  state?: string;
}

const slack = await startSimulator({ rateLimits: false });
const organisation = await startSimulator({ rateLimits: false, shape: "organisation" });
const { botToken, signingSecret, clientId, clientSecret } = slack.app;
const granted = neededScopes.map(({ name }) => name);
const hex = "0123456789abcdef0123456789abcdef";
let doors: TestServer;
let inOrganisation: TestServer;

const without = (scope: string) => () =>
  slack.ask("setApp", { scopes: granted.filter((name) => name !== scope) });

async function otherApp() {
  const manifest = {
    display_information: { name: "Other" },
    features: { bot_user: { display_name: "other" } },
    oauth_config: { scopes: { bot: granted } },
    settings: { socket_mode_enabled: true },
  };
  const made = await slack.ask("createApp", { as: "ada", manifest });
  if (!made.ok) throw new Error(JSON.stringify(made.errors));
  return made.appId;
}

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

const cases: Case[] = [
  {
    field: "botToken",
    what: "a user token",
    value: "xoxp-1-2-3",
    says: "This is a user token, not a Bot OAuth Token.",
  },
  {
    field: "botToken",
    what: "an App-Level Token",
    value: "xapp-1-A0TOCSIN01-1-abc",
    says: "This is an App-Level Token, not a Bot OAuth Token.",
  },
  {
    field: "botToken",
    what: "a webhook's address",
    value: "https://hooks.slack.com/services/T0/B0/x",
    says: "This is an incoming webhook's address, not a Bot OAuth Token.",
  },
  {
    field: "botToken",
    what: "a rotating token",
    value: "xoxe.xoxb-1-abc",
    says: "This token expires after 12 hours because token rotation is on for the app.",
  },
  {
    field: "botToken",
    what: "an App Configuration Token",
    value: "xoxe.xoxp-1-abc",
    says: "This is an App Configuration Token, not a Bot OAuth Token.",
  },
  {
    field: "botToken",
    what: "a secret",
    value: hex,
    says: "This looks like a Client Secret or Signing Secret, not a Bot OAuth Token.",
  },
  {
    field: "botToken",
    what: "a masked value",
    value: "••••••••••••",
    says: "This is a masked value with dots instead of characters, not a Bot OAuth Token.",
  },
  {
    field: "botToken",
    what: "the address of Slack's page",
    value: "https://api.slack.com/apps/A0TOCSIN01",
    says: "This is a link, not a Bot OAuth Token.",
  },
  {
    field: "botToken",
    what: "something else",
    value: "Tocsin",
    says: "This doesn't look like a Bot OAuth Token.",
  },
  {
    field: "botToken",
    what: "an incomplete token",
    value: `${botToken.slice(0, -3)}`,
    says: "Slack refuses this token: Slack doesn't know the bot token.",
  },
  {
    field: "botToken",
    what: "a revoked token",
    value: botToken,
    when: () => slack.ask("setApp", { state: "token_revoked" }),
    says: "Slack refuses this token: The bot token was revoked, or the app was removed.",
  },
  {
    field: "botToken",
    what: "the token of an uninstalled app",
    value: botToken,
    when: () => slack.ask("setApp", { state: "account_inactive" }),
    says: "Slack refuses this token: The bot's account or its workspace was deactivated.",
  },
  {
    field: "botToken",
    what: "a token without a scope",
    value: botToken,
    when: without("groups:read"),
    says: "The app was not granted groups:read (without it private channels can't take alerts).",
    state: "warning",
  },
  {
    field: "botToken",
    what: "a token without users:read",
    value: botToken,
    when: without("users:read"),
    says: "The app was not granted users:read (without it nobody can act on an alert from Slack).",
    state: "warning",
  },
  {
    field: "botToken",
    what: "a token without the thread mirror's scopes",
    value: botToken,
    more: () => ({ threadMirror: true }),
    says: "The app was not granted channels:history (without it replies to cards in public channels aren't kept); groups:history (without it replies to cards in private channels aren't kept).",
    state: "warning",
  },
  {
    field: "botToken",
    what: "the token of another app than the one that sends requests",
    value: botToken,
    when: () => sendSigned(signingSecret, "A0ANOTHER1"),
    more: () => ({ signingSecret }),
    says: "This token belongs to the app A0TOCSIN01, but Slack's requests come from A0ANOTHER1.",
  },
  {
    field: "appToken",
    what: "a Bot OAuth Token",
    value: botToken,
    says: "This is a Bot OAuth Token, not an App-Level Token.",
  },
  {
    field: "appToken",
    what: "an App Configuration Token",
    value: "xoxe.xoxp-1-abc",
    says: "This is an App Configuration Token, not an App-Level Token.",
  },
  {
    field: "appToken",
    what: "a token that Slack doesn't know",
    value: "xapp-1-A0TOCSIN01-1-abc",
    says: "Slack doesn't know this App-Level Token: it was revoked or is incomplete.",
  },
  {
    field: "appToken",
    what: "a token without connections:write",
    value: async () =>
      (await slack.ask("makeAppToken", { app: "A0TOCSIN01", scopes: ["authorizations:read"] })).appToken,
    says: "This App-Level Token lacks connections:write.",
  },
  {
    field: "appToken",
    what: "a token of another app than the bot token's",
    value: async () => (await slack.ask("makeAppToken", { app: await otherApp() })).appToken,
    more: () => ({ botToken }),
    says: "This App-Level Token belongs to the app A…, but the Bot OAuth Token belongs to A0TOCSIN01.",
  },
  { field: "clientId", what: "an App ID", value: "A0TOCSIN01", says: "This is an App ID, not a Client ID." },
  {
    field: "clientId",
    what: "a secret",
    value: hex,
    says: "This looks like a Client Secret or Signing Secret, not a Client ID.",
  },
  {
    field: "clientId",
    what: "a Client ID that Slack doesn't know",
    value: "1.2",
    more: () => ({ clientSecret }),
    says: "Slack has no app with this Client ID.",
  },
  {
    field: "clientSecret",
    what: "the Client ID",
    value: clientId,
    says: "This is a Client ID, not a Client Secret.",
  },
  {
    field: "clientSecret",
    what: "the Signing Secret",
    value: signingSecret,
    more: () => ({ clientId }),
    says: "This Client Secret doesn't belong to this Client ID.",
  },
  {
    field: "signingSecret",
    what: "a token",
    value: botToken,
    says: "This is a Bot OAuth Token, not a Signing Secret.",
  },
  {
    field: "signingSecret",
    what: "the Client Secret",
    value: clientSecret,
    when: () => sendSigned(signingSecret, "A0TOCSIN01"),
    says: "The last request from Slack was signed with a different secret.",
  },
  {
    field: "channel",
    what: "a typo",
    value: "#securty",
    more: () => ({ botToken }),
    says: "The bot can't see a channel named #securty.",
  },
  {
    field: "channel",
    what: "an unknown ID",
    value: "C0NOTTHERE",
    more: () => ({ botToken }),
    says: "The bot can't see the channel.",
  },
  {
    field: "channel",
    what: "a person",
    value: "U0ADA00001",
    more: () => ({ botToken }),
    says: "U0ADA00001 is a person or a direct message.",
  },
  {
    field: "channel",
    what: "a link to a person",
    value: "https://acme.slack.com/team/U0ADA00001",
    more: () => ({ botToken }),
    says: "This link doesn't lead to a channel.",
  },
  {
    field: "channel",
    what: "only the # sign",
    value: "#",
    more: () => ({ botToken }),
    says: "Enter a channel, such as #security.",
  },
  {
    field: "channel",
    what: "an archived channel",
    value: async () => (await slack.ask("addChannel", { name: "old" })).id,
    when: () => slack.ask("setChannel", { channel: "old", archived: true }),
    more: () => ({ botToken }),
    says: "#old is archived.",
  },
  {
    field: "channel",
    what: "a private channel without the bot",
    value: async () =>
      (await slack.ask("addChannel", { name: "hidden", kind: "private", withApp: false })).id,
    more: () => ({ botToken }),
    says: "The bot can't see the channel.",
  },
  {
    field: "channel",
    what: "a public channel",
    value: "security",
    more: () => ({ botToken }),
    says: "#security is public: everybody in the workspace can read its alerts.",
    state: "confirm",
  },
  {
    field: "channel",
    what: "a public channel without the bot",
    value: "#random",
    more: () => ({ botToken }),
    says: "#random is public: everybody in the workspace can read its alerts.",
    state: "confirm",
  },
  {
    field: "channel",
    what: "a channel shared with another organisation",
    value: "#platform",
    when: () => slack.ask("shareChannel", { channel: "platform" }),
    more: () => ({ botToken }),
    says: "#platform is shared with another organisation, whose members can read its alerts.",
    state: "confirm",
  },
];

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
    "# What the form says about wrong values\n\nGenerated from the table in `test/stories/setup/wrong-values.test.ts`. To update it, run `npx vitest run test/stories/setup/wrong-values.test.ts -u`.";
  const text = `${[head, ...sections].join("\n\n")}\n`;
  await expect(text).toMatchFileSnapshot("../../../docs/setup-faults.md");
});
