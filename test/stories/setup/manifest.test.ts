import { afterAll, beforeAll, expect, test } from "vitest";
import { startSimulator } from "../../../simulator/start.ts";
import { type Caller, openServer, type TestServer } from "../../tocsin/server.ts";

const slack = await startSimulator({ rateLimits: false, withApp: false });
let server: TestServer;
let program: Caller;
beforeAll(async () => {
  server = await openServer({ SLACK_API_URL: slack.apiUrl });
  program = await server.program();
});
afterAll(async () => {
  await server.close();
  await slack.close();
});

const modes = ["http", "socket"];
const combinations = modes.flatMap((mode) =>
  [true, false].flatMap((threadMirror) => [true, false].map((orgWide) => ({ mode, threadMirror, orgWide }))),
);

test.each(combinations)(
  "Slack creates a complete app from the manifest ($mode, mirror $threadMirror, org $orgWide)",
  async ({ mode, threadMirror, orgWide }) => {
    const query = `mode=${mode}&threadMirror=${threadMirror}&orgWide=${orgWide}`;
    const { text: manifest } = await program("GET", `/api/v1/slack/manifest?format=yaml&${query}`);
    const made = await slack.ask("createApp", { as: "ada", manifest });
    expect(made).toMatchObject({ ok: true });
    if (!made.ok) return;
    const { botToken } = await slack.ask("installApp", { as: "ada", app: made.appId });
    const { appToken } = await slack.ask("makeAppToken", { app: made.appId });
    const { clientId, clientSecret, signingSecret } = made;
    const typed = { botToken, appToken, clientId, clientSecret, signingSecret, threadMirror };
    const { body } = await program("POST", "/api/v1/slack/app/check", typed);
    const wrong = Object.entries(body.fields).filter(([, verdict]) => Object(verdict).state !== "ok");
    expect(wrong).toEqual([]);
    await slack.ask("deleteApp", { app: made.appId });
  },
);
