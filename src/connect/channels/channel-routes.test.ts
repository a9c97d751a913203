import { afterAll, beforeAll, expect, test } from "vitest";
import { startSimulator } from "../../../simulator/start.ts";
import { type Caller, openServer, type TestServer } from "../../../test/tocsin/server.ts";

const slack = await startSimulator({ rateLimits: false });
let doors: TestServer;
let program: Caller;
beforeAll(async () => {
  doors = await openServer({ SLACK_API_URL: slack.apiUrl });
  program = await doors.program();
});
afterAll(async () => {
  await doors.close();
  await slack.close();
});

const channels = async (query = "") => (await program("GET", `/api/v1/slack/channels${query}`)).body;
const names = (all: { name: string }[]) => all.map(({ name }) => name);
const whole = (query = "") => expect.poll(() => channels(query), { timeout: 10_000 });

test("before the setup the answer says to set up the app", async () => {
  const { status, body } = await program("GET", "/api/v1/slack/channels");
  expect({ status, detail: body.detail }).toEqual({
    status: 400,
    detail: expect.stringContaining("Slack app first"),
  });
});

test("the bot's channels come at once, all others once the list is read", async () => {
  const { botToken, signingSecret } = slack.app;
  await program("PUT", "/api/v1/slack/app", { mode: "http", botToken, signingSecret });
  const first = await channels();
  expect(names(first.invited)).toEqual(["platform", "sec-private", "security"]);
  expect(first.list).toMatchObject({ readAt: null, reading: true });
  await whole().toMatchObject({
    others: [{ id: "C0RANDOM001", name: "random" }],
    list: { reading: false, count: 4 },
  });
});

test("an invitation shows at the next request without reading the list", async () => {
  await slack.channel("#random").say("/invite @Tocsin", { as: "grace" });
  expect(names((await channels("?q=ran")).invited)).toEqual(["random"]);
});

test("a pasted link is found, and a typo gets a suggestion", async () => {
  const link = encodeURIComponent("https://acme.slack.com/archives/C0SECPRIV01");
  expect((await channels(`?q=${link}`)).pasted).toMatchObject({ name: "sec-private", private: true });
  expect((await channels("?q=securty")).near).toEqual(["security"]);
});

test("a new channel is listed after a refresh", async () => {
  await slack.ask("addChannel", { name: "brand-new", withApp: false });
  expect((await channels("?q=brand")).others).toEqual([]);
  expect((await channels("?refresh=true")).list.reading).toBe(true);
  await whole("?q=brand").toMatchObject({ others: [{ name: "brand-new" }] });
});

test("listing channels needs Manage Destinations", async () => {
  const viewer = await doors.program(["View Destinations"]);
  expect((await viewer("GET", "/api/v1/slack/channels")).status).toBe(403);
});
