import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { created, type Story, startStory } from "../test/tocsin/story.ts";

const run = promisify(execFile);
const secretKey = (fill: number) => Buffer.alloc(32, fill).toString("base64");
let story: Story;

beforeAll(async () => {
  story = await startStory({ env: { SECRET_KEY: secretKey(1) } });
});
afterAll(() => story.close());

// Each command is a new process, which is slow to start.
const longTimeout = { timeout: 120_000 };

async function tocsin(args: string[], more: Record<string, string> = {}) {
  const env = {
    PATH: process.env.PATH,
    PUBLIC_URL: "https://tocsin.acme.example",
    DATABASE_URL: story.databaseUrl,
    SLACK_API_URL: story.slack.apiUrl,
    SECRET_KEY: secretKey(1),
    ...more,
  };
  const ran = run(process.execPath, ["cli/tocsin.js", ...args], { env });
  const { stdout, stderr } = await ran.catch((failed: { stdout: string; stderr: string }) => failed);
  return { stdout, stderr };
}

test("manifest prints the API's manifest, and the download is recorded", longTimeout, async () => {
  const permissions = ["View Destinations", "Manage Destinations"];
  const { token } = await created(story.api("POST", "/api-tokens", { name: "cli", permissions }));
  const options = ["--url", story.origin, "--socket", "--thread-mirror"];
  const { stdout } = await tocsin(["manifest", ...options], { TOCSIN_TOKEN: token });
  expect(parse(stdout).settings.socket_mode_enabled).toBe(true);
  const { body } = await story.api("GET", "/slack/manifest?mode=socket&threadMirror=true");
  expect(body.yaml).toBe(stdout);
  expect(body.handedOut).toMatchObject({ how: "downloaded", same: true });
  const json = await tocsin(["manifest", "--url", story.origin, "--format", "json"], { TOCSIN_TOKEN: token });
  expect(JSON.parse(json.stdout).settings.socket_mode_enabled).toBe(false);
  const refused = await tocsin(["manifest", "--url", story.origin], { TOCSIN_TOKEN: "tcn_wrong" });
  expect(refused.stderr).toMatch(/^tocsin: /);
});

test("doctor prints what works, and what to do about what does not", longTimeout, async () => {
  const working = await tocsin(["doctor"]);
  expect(working.stdout).toMatch(/ok {4}PostgreSQL .* answers/);
  expect(working.stdout).toContain("Slack accepts the bot token of ACME");
  await story.slack.ask("setApp", { state: "token_revoked" });
  expect((await tocsin(["doctor"])).stdout).toMatch(/FAIL .*revoked.*install it again/);
  await story.slack.ask("setApp", { state: "installed" });
  const wrongKey = await tocsin(["doctor"], { SECRET_KEY: secretKey(2) });
  expect(wrongKey.stdout).toMatch(/FAIL .*SECRET_KEY doesn't match this database/);
});

test("rotate-key encrypts the secrets of a running database with a new key", longTimeout, async () => {
  const rotated = await tocsin(["rotate-key"], { NEW_SECRET_KEY: secretKey(3) });
  expect(rotated.stdout).toContain("3 secrets are encrypted with the new key.");
  expect((await tocsin(["doctor"], { SECRET_KEY: secretKey(3) })).stdout).toContain(
    "Slack accepts the bot token",
  );
});
