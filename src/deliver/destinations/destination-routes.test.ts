import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startSimulator } from "../../../simulator/start.ts";
import { newDestination } from "../../../test/builders/destination.ts";
import { type Answer, type Caller, openServer, type TestServer } from "../../../test/tocsin/server.ts";
import { recheckChannel } from "../../connect/channels/recheck-channels.ts";

const slack = await startSimulator({ rateLimits: false });
const { botToken, signingSecret } = slack.app;
let doors: TestServer;
let program: Caller;

const url = "/api/v1/destinations";
const create = (given: Record<string, unknown> = {}) => program("POST", url, newDestination(given));
const read = async (id: string) => (await program("GET", `${url}/${id}`)).body;

function expectRefused({ status, body }: Answer, field: string, text: RegExp) {
  expect({ status, field: body.errors?.[0].field }).toEqual({ status: 400, field });
  expect(body.errors[0].detail).toMatch(text);
}

beforeAll(async () => {
  doors = await openServer({ SLACK_API_URL: slack.apiUrl });
  program = await doors.program();
  expectRefused(await create(), "channel", /Set up the Slack app first/);
  await program("PUT", "/api/v1/slack/app", { mode: "http", botToken, signingSecret });
});
beforeEach(async () => {
  await doors.deps.db.kysely.deleteFrom("destinations").execute();
  await doors.deps.db.kysely.deleteFrom("lines").execute();
});
afterAll(async () => {
  await doors.close();
  await slack.close();
});

test.each([
  "#security",
  "security",
  "C0SECURITY1",
  "https://acme.slack.com/archives/C0SECURITY1",
  "https://acme.slack.com/archives/C0SECURITY1/p1795600000000100",
])("a channel may be given as %s", async (channel) => {
  const made = await create({ channel, syncToSlack: undefined });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({
    channel: { id: "C0SECURITY1", name: "security" },
    teamId: "T0ACME0001",
    state: { kind: "ok" },
    syncToSlack: true,
    waiting: 0,
    failed: 0,
    lastDeliveredAt: null,
  });
  expect((await program("GET", url)).body.results).toEqual([made.body]);
});

test("an unknown channel is refused with similar names as suggestions", async () => {
  expectRefused(await create({ channel: "#securty" }), "channel", /#securty. Did you mean #security\?/);
  expectRefused(await create({ channel: "C0NOWHERE01" }), "channel", /can't see.*invite @tocsin/);
});

test("a private channel is refused until the bot is in it", async () => {
  const { id } = await slack.ask("addChannel", { name: "board", kind: "private", withApp: false });
  expectRefused(await create({ channel: "#board" }), "channel", /private, type \/invite @tocsin/);
  expectRefused(await create({ channel: id }), "channel", /\/invite @tocsin/);
  await slack.ask("setChannel", { channel: "#board", withApp: true });
  expect((await create({ channel: "board" })).body).toMatchObject({ channel: { id }, state: { kind: "ok" } });
});

test("an archived channel is refused", async () => {
  const { id } = await slack.ask("addChannel", { name: "old-alerts" });
  await slack.ask("setChannel", { channel: id, archived: true });
  expectRefused(await create({ channel: id }), "channel", /#old-alerts is archived.*Unarchive/);
});

test("a destination needs attention until the bot is invited to its public channel", async () => {
  const { body } = await create({ channel: "#random" });
  expect(body.state).toEqual({
    kind: "needs_attention",
    fault: "not_in_channel",
    remedy: "The bot is not in #random. In Slack, type /invite @tocsin there.",
  });
  const line = await doors.deps.db.kysely.selectFrom("lines").selectAll().executeTakeFirstOrThrow();
  const place = { installationId: line.installation_id ?? "", channelId: "C0RANDOM001" };
  await recheckChannel(doors.deps, place);
  expect((await read(body.id)).state).toMatchObject({ fault: "not_in_channel" });
  await slack.channel("#random").say("/invite @Tocsin", { as: "grace" });
  await recheckChannel(doors.deps, place, "bot joined");
  expect((await read(body.id)).state).toEqual({ kind: "ok" });
  await slack.channel("#random").say("/remove @Tocsin", { as: "grace" });
});

test("a channel name is refused with a reason when the app serves a whole organisation", async () => {
  const { kysely } = doors.deps.db;
  const workspace = await kysely.selectFrom("installations").select("team_id").executeTakeFirstOrThrow();
  await kysely.updateTable("installations").set({ team_id: null, enterprise_id: "E0ACME0001" }).execute();
  expectRefused(await create(), "channel", /several workspaces may share a name.*ID/);
  await kysely
    .updateTable("installations")
    .set({ ...workspace, enterprise_id: null })
    .execute();
});

test("a destination name is refused if it is taken in any case, or is SKIP", async () => {
  await create({ displayName: "Security" });
  const again = await create({ displayName: "SECURITY" });
  expect(again).toMatchObject({ status: 409, body: { errors: [{ field: "displayName" }] } });
  expectRefused(await create({ displayName: "Skip" }), "displayName", /goes nowhere/);
  const other = await create({ displayName: "Platform" });
  const renamed = await program("PATCH", `${url}/${other.body.id}`, { displayName: "security" });
  expect(renamed).toMatchObject({ status: 409, body: { errors: [{ field: "displayName" }] } });
});

test.each([
  ["timezone", "Mars/Olympus"],
  ["timezone", "+02:00"],
  ["severities", []],
  ["alertTypes", []],
])("%s %j is refused with the name of the field", async (field, value) => {
  expectRefused(await create({ [field]: value }), field, /./);
});

test("no destination is created while Slack does not answer", async () => {
  const what = { kind: "status", status: 503 } as const;
  await slack.ask("faults", { faults: [{ method: "conversations.info", what }] });
  expect(await create({ channel: "C0SECURITY1" })).toMatchObject({
    status: 503,
    body: { detail: expect.stringContaining("nothing was changed") },
  });
  expect((await program("GET", url)).body.results).toEqual([]);
});

test("the welcome message lists the filters, has a test button, and waits a moment that Slack names", async () => {
  const { body } = await create({ severities: ["HIGH", "CRITICAL"], channel: "#platform" });
  const what = { kind: "status", status: 429, retryAfter: 1 } as const;
  await slack.ask("faults", { faults: [{ method: "chat.postMessage", what }] });
  expect((await program("POST", `${url}/${body.id}/welcome`)).status).toBe(204);
  const [message] = await slack.ask("messages", { channel: "#platform", as: "ada" });
  expect(JSON.stringify(message)).toMatch(
    /Alerts with severity HIGH or CRITICAL and type Rule or System health will appear here. Times are in Europe/,
  );
  expect(JSON.stringify(message)).toContain("Test the buttons");
});

test("a welcome message that Slack refuses sets the destination's fault", async () => {
  const { body } = await create({ channel: "#platform" });
  await slack.ask("setChannel", { channel: "#platform", withApp: false });
  const answer = await program("POST", `${url}/${body.id}/welcome`);
  expect(answer).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining("not in #platform") },
  });
  expect((await read(body.id)).state).toMatchObject({ fault: "not_in_channel" });
  await slack.ask("setChannel", { channel: "#platform", withApp: true });
  await program("POST", `${url}/${body.id}/welcome`);
  expect((await read(body.id)).state).toEqual({ kind: "ok" });
});

test("changing a destination needs Manage Destinations and is in the audit log", async () => {
  const { body } = await create();
  await program("PATCH", `${url}/${body.id}`, { timezone: "Asia/Tokyo" });
  await program("DELETE", `${url}/${body.id}`);
  const log = await program("GET", "/api/v1/audit-log?limit=3");
  expect(log.body.results.map(({ action }: { action: string }) => action)).toEqual([
    "destination.deleted",
    "destination.changed",
    "destination.created",
  ]);
  const reader = await doors.program(["View Destinations"]);
  expect((await reader("GET", url)).status).toBe(200);
  expect((await reader("POST", url, newDestination())).status).toBe(403);
});

test("a link button is stored as given, or refused with its field and a reason", async () => {
  const siem = { label: "SIEM", url: "https://siem.acme.example/?q={context.user}" };
  const { body } = await create({ linkButtons: [siem] });
  expect((await read(body.id)).linkButtons).toEqual([siem]);
  expect((await program("PATCH", `${url}/${body.id}`, { linkButtons: [] })).body.linkButtons).toEqual([]);
  const wrong = async (button: object, part: string, text: RegExp) =>
    expectRefused(
      await program("PATCH", `${url}/${body.id}`, { linkButtons: [siem, { ...siem, ...button }] }),
      `linkButtons.1.${part}`,
      text,
    );
  await wrong({ label: " " }, "label", /enter the button's text/);
  await wrong({ label: "x".repeat(76) }, "label", /at most 75 characters/);
  await wrong({ url: "https://{context.host}/" }, "url", /must be the same for every alert/);
  await wrong(
    { url: "https://a.example/{nothing}" },
    "url",
    /no field {nothing}; the fields are {id}, {number}/,
  );
  await wrong({ url: "javascript:alert(1)" }, "url", /must begin with https/);
  const four = { displayName: "Four", linkButtons: [siem, siem, siem, siem] };
  expectRefused(await create(four), "linkButtons", /at most three link buttons/);
});
