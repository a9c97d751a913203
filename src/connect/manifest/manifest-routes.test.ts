import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { type Caller, openServer, publicUrl, type TestServer } from "../../../test/tocsin/server.ts";

let doors: TestServer;
let program: Caller;
beforeAll(async () => {
  doors = await openServer({ SLACK_API_URL: "http://127.0.0.1:9/api/" });
  program = await doors.program();
});
afterAll(() => doors.close());

const manifest = async (query = "") => (await program("GET", `/api/v1/slack/manifest${query}`)).body;

test("the manifest comes in both formats, with links, scopes and a request text", async () => {
  const body = await manifest();
  expect(parse(body.yaml)).toEqual(JSON.parse(body.json));
  expect(JSON.parse(body.json).settings.event_subscriptions.request_url).toBe(`${publicUrl}/slack/events`);
  expect(body).toMatchObject({
    settings: { mode: "http", threadMirror: false, orgWide: false },
    appsUrl: "http://127.0.0.1:9/apps",
    warnings: [],
    handedOut: null,
  });
  expect(new URL(body.createUrl).searchParams.get("manifest_yaml")).toBe(body.yaml);
  for (const { name, reason } of body.scopes) expect(body.requestText).toContain(`${name}: ${reason}`);
});

test("with a format the answer is only the manifest's text", async () => {
  const yaml = await program("GET", "/api/v1/slack/manifest?format=yaml&mode=socket");
  expect(yaml.headers["content-type"]).toMatch(/^application\/yaml/);
  expect(parse(yaml.text).settings.socket_mode_enabled).toBe(true);
  const json = await program("GET", "/api/v1/slack/manifest?format=json&threadMirror=true");
  expect(json.headers["content-disposition"]).toBe('attachment; filename="tocsin-manifest.json"');
  expect(json.body.oauth_config.scopes.bot).toContain("channels:history");
});

test("the manifest has the thread mirror's events and scopes only while it is on", async () => {
  const of = async (on: boolean) => {
    const { body } = await program("GET", `/api/v1/slack/manifest?format=json&threadMirror=${on}`);
    return JSON.stringify([body.settings.event_subscriptions.bot_events, body.oauth_config.scopes]);
  };
  for (const word of ["message.channels", "message.groups", "channels:history", "groups:history"]) {
    expect(await of(true)).toContain(`"${word}"`);
    expect(await of(false)).not.toContain(`"${word}"`);
  }
});

test("the manifest shows what was handed out and what has changed since", async () => {
  const { hash, settings } = await manifest("?threadMirror=true");
  const taken = await program("POST", "/api/v1/slack/manifest/handed-out", {
    ...settings,
    hash,
    how: "copied",
  });
  expect(taken.status).toBe(204);
  const again = await manifest();
  expect(again.settings.threadMirror).toBe(true);
  expect(again.handedOut).toMatchObject({
    by: "program",
    how: "copied",
    same: true,
    difference: [],
    todo: null,
  });
  const { handedOut } = await manifest("?threadMirror=false");
  expect(handedOut.same).toBe(false);
  expect(handedOut.difference).toContainEqual({ kind: "removed", text: "      - channels:history" });
  expect(handedOut.todo).toContain("Save Changes");
});

test("an outdated manifest can't be recorded as handed out", async () => {
  const { settings } = await manifest();
  const body = { ...settings, hash: "of yesterday", how: "opened" };
  expect(await program("POST", "/api/v1/slack/manifest/handed-out", body)).toMatchObject({ status: 409 });
});

test.each([512, 1024, 2000])("the icon is a square of %i pixels", async (size) => {
  const { headers, status } = await program("GET", `/api/v1/slack/icon.png?size=${size}`);
  expect(status).toBe(200);
  expect(headers["content-type"]).toBe("image/png");
  // A PNG's first chunk holds its size. The caller would decode the body as text, so the file is read.
  const file = await readFile(new URL(`icon/tocsin-${size}.png`, import.meta.url));
  expect([file.readUInt32BE(16), file.readUInt32BE(20)]).toEqual([size, size]);
});

test("reading needs View Destinations, handing out needs Manage Destinations", async () => {
  const viewer = await doors.program(["View Destinations"]);
  expect((await viewer("GET", "/api/v1/slack/manifest")).status).toBe(200);
  const body = { mode: "http", threadMirror: false, orgWide: false, hash: "x", how: "copied" };
  expect((await viewer("POST", "/api/v1/slack/manifest/handed-out", body)).status).toBe(403);
  const mallory = await doors.program(["View Alerts"]);
  expect((await mallory("GET", "/api/v1/slack/manifest")).status).toBe(403);
});
