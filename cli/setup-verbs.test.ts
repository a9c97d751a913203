import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { runCommand } from "../test/tocsin/run-command.ts";
import { created, type Story, startStory } from "../test/tocsin/story.ts";
import { doctor } from "./doctor/doctor.ts";
import { manifest } from "./manifest.ts";
import { rotateKey } from "./rotate-key.ts";

const run = promisify(execFile);
const secretKey = (fill: number) => Buffer.alloc(32, fill).toString("base64");
let story: Story;

beforeAll(async () => {
  story = await startStory({ env: { SECRET_KEY: secretKey(1) } });
});
afterAll(() => story.close());

/** The settings of a command. */
const env = () => ({
  PUBLIC_URL: "https://tocsin.acme.example",
  DATABASE_URL: story.databaseUrl,
  SLACK_API_URL: story.slack.apiUrl,
  SECRET_KEY: secretKey(1),
});

const runDoctor = (more: Record<string, string> = {}) =>
  runCommand(doctor, { args: ["doctor"], env: { ...env(), ...more } });

test("manifest prints the API's manifest, and the download is recorded", async () => {
  const permissions = ["View Destinations", "Manage Destinations"];
  const { token } = await created(story.api("POST", "/api-tokens", { name: "cli", permissions }));
  const print = (args: string[], TOCSIN_TOKEN = token) =>
    runCommand(manifest, { args: ["manifest", "--url", story.origin, ...args], env: { TOCSIN_TOKEN } });
  const { stdout } = await print(["--socket", "--thread-mirror"]);
  expect(parse(stdout).settings.socket_mode_enabled).toBe(true);
  const { body } = await story.api("GET", "/slack/manifest?mode=socket&threadMirror=true");
  expect(body.yaml).toBe(stdout);
  expect(body.handedOut).toMatchObject({ how: "downloaded", same: true });
  const json = await print(["--format", "json"]);
  expect(JSON.parse(json.stdout).settings.socket_mode_enabled).toBe(false);
  await expect(print([], "tcn_wrong")).rejects.toThrow("There is no such API token.");
});

test("doctor prints what works, and ends", async () => {
  const { PATH } = process.env;
  const { stdout } = await run(process.execPath, ["cli/tocsin.js", "doctor"], { env: { PATH, ...env() } });
  expect(stdout).toMatch(/ok {4}PostgreSQL .* answers/);
  expect(stdout).toContain("Slack accepts the bot token of ACME");
});

test("doctor says what to do about what does not work, and its exit code is 1", async () => {
  await story.slack.ask("setApp", { state: "token_revoked" });
  const revoked = await runDoctor();
  expect(revoked.stdout).toMatch(/FAIL .*revoked.*install it again/);
  expect(revoked.exitCode).toBe(1);
  await story.slack.ask("setApp", { state: "installed" });
  const wrongKey = await runDoctor({ SECRET_KEY: secretKey(2) });
  expect(wrongKey.stdout).toMatch(/FAIL .*SECRET_KEY doesn't match this database/);
});

test("rotate-key encrypts the secrets of a running database with a new key", async () => {
  const NEW_SECRET_KEY = secretKey(3);
  const rotated = await runCommand(rotateKey, { args: ["rotate-key"], env: { ...env(), NEW_SECRET_KEY } });
  expect(rotated.stdout).toContain("3 secrets are encrypted with the new key.");
  const { stdout, exitCode } = await runDoctor({ SECRET_KEY: NEW_SECRET_KEY });
  expect(stdout).toContain("Slack accepts the bot token");
  expect(exitCode).toBe(undefined);
});
