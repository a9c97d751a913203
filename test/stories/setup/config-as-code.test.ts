import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { temporaryFolder } from "../../temporary-folder.ts";
import { type Applying, applyText, exportedBy } from "../../tocsin/apply-text.ts";
import {
  type BareStory,
  created,
  createFullToken,
  type Story,
  startBareStory,
  startStory,
} from "../../tocsin/story.ts";

const log: string[] = [];
/** What everything printed and logged, in which no secret may be. */
const printed: string[] = [];
const env = { WEBHOOK_ALLOW_PRIVATE: "127.0.0.1" };
const secrets = {
  DESTINATION_SOC_HOOKS_URL: "http://127.0.0.1:9/hooks/hush-1",
  DESTINATION_SOC_HOOKS_AUTHORIZATION: "Bearer hush-2",
  DESTINATION_SOC_HOOKS_SECRET: "whsec_hush-3",
  DESTINATION_ON_CALL_ROUTING_KEY: "hush4hush4hush4hush4hush4hush4ab",
};

let story: Story;
let empty: BareStory;
let folder: string;

beforeAll(async () => {
  const options = { env, log: (entry: string) => log.push(entry) };
  [story, empty] = await Promise.all([startStory(options), startBareStory(options)]);
  folder = await temporaryFolder();
  const { botToken, clientId, clientSecret, signingSecret } = empty.slack.app;
  await created(
    empty.api("PUT", "/slack/app", { mode: "http", botToken, clientId, clientSecret, signingSecret }),
  );
  await created(empty.api("POST", "/users", { email: "ada@acme.example", name: "Ada", role: "Analyst" }));
  await setUpEverything(story);
});
afterAll(async () => {
  await Promise.all([story.close(), empty.close()]);
});

async function setUpEverything({ api, source, users, destination }: Story): Promise<void> {
  const takes = {
    severities: ["CRITICAL", "HIGH"],
    alertTypes: ["RULE"],
    logTypes: ["Okta.System", "AWS.CloudTrail"],
  };
  await created(
    api("PATCH", `/sources/${source.id}`, {
      severityWords: { urgent: "CRITICAL", hot: "HIGH" },
      reopenAfter: null,
    }),
  );
  const onCall = await created(
    api("POST", "/destinations", {
      ...takes,
      type: "pagerduty",
      displayName: "On call",
      routingKey: secrets.DESTINATION_ON_CALL_ROUTING_KEY,
      region: "eu",
    }),
  );
  await created(
    api("POST", "/destinations", {
      ...{ ...takes, type: "custom-webhook", displayName: "SOC hooks", changes: true },
      url: secrets.DESTINATION_SOC_HOOKS_URL,
      headers: { Authorization: secrets.DESTINATION_SOC_HOOKS_AUTHORIZATION },
      secret: secrets.DESTINATION_SOC_HOOKS_SECRET,
    }),
  );
  // It goes to a destination that comes later in the file's order.
  const escalation = { to: destination.id, afterMinutes: { CRITICAL: 15 } };
  await created(api("PATCH", `/destinations/${onCall.id}`, { escalation, enabled: false }));
  await created(
    api("POST", "/detections", {
      ...{ source: source.id, detectionId: "Okta.Login", name: "Odd login", destinations: ["On call"] },
      automaticBoomerang: {
        whom: { field: "actor.email" },
        question: "Was {title} you?",
        onNo: { do: "send", destination: "Security" },
      },
    }),
  );
  await created(api("POST", "/roles", { name: "Caretaker", permissions: ["Manage Settings", "View Users"] }));
  await created(
    api("POST", "/views", {
      name: "Ada's criticals",
      shared: true,
      filters: { severity: "CRITICAL", assignee: [users.ada.id, "none"], source: source.id },
    }),
  );
  await created(
    api("POST", "/silences", {
      reason: "Planned maintenance",
      source: source.id,
      severities: ["LOW", "INFO"],
      forMinutes: 60,
    }),
  );
  await created(api("PATCH", "/settings", { commentRequired: true, maxTokenDays: 90, keepAlertsDays: 200 }));
}

const exported = async (from: BareStory, ...args: string[]) => {
  const { stdout, stderr } = await exportedBy(from, args);
  printed.push(stdout, stderr);
  return stdout;
};

const applied = async (to: BareStory, text: string, options: Partial<Applying> = {}) => {
  const ran = await applyText(to, text, { folder, env: secrets, ...options });
  printed.push(ran.stdout, ran.stderr);
  return ran;
};

test("an export is the same bytes twice, in order, with references in place of secrets", async () => {
  const text = await exported(story);
  expect(await exported(story)).toBe(text);
  expect(text).toContain(`
  - displayName: SOC hooks
    type: custom-webhook
    enabled: true
    url: { env: DESTINATION_SOC_HOOKS_URL }
    headers:
      Authorization: { env: DESTINATION_SOC_HOOKS_AUTHORIZATION }
    secret: { env: DESTINATION_SOC_HOOKS_SECRET }
    severities: [ HIGH, CRITICAL ]`);
  expect(text).toContain("channel: C0SECURITY1 # #security");
  expect(text).toContain("to: Security");
  expect(text).not.toContain(story.source.key.slice(4));
  expect(await exported(story, "--only", "roles")).toMatch(
    /version: 1\n\n# Custom.*\nroles:\n {2}- name: Caretaker\n.*\n$/,
  );
});

test("apply brings an empty Tocsin to the same export, and does nothing the second time", async () => {
  const text = await exported(story);
  await writeFile(join(folder, "signing-secret"), `${secrets.DESTINATION_SOC_HOOKS_SECRET}\n`);
  const byFile = text.replace("{ env: DESTINATION_SOC_HOOKS_SECRET }", "{ file: signing-secret }");
  const { DESTINATION_SOC_HOOKS_SECRET: _, ...others } = secrets;
  const keys = join(folder, "keys.yaml");
  const first = await applied(empty, byFile, { env: others, args: ["--yes", "--keys", keys] });
  expect(first.stderr).toBe("");
  expect(first.stdout).toContain(`+ create destination SOC hooks (custom-webhook)`);
  expect(first.stdout).toContain("    secret: set, from the file signing-secret\n");
  expect(first.stdout).toContain("8 to create, 1 to change, 0 to delete.\nApplied.\n");
  expect(await exported(empty)).toBe(text);
  expect((await stat(keys)).mode & 0o777).toBe(0o600);
  const key = /key: (tsk_\S+)/.exec(await readFile(keys, "utf8"))?.[1] ?? "";
  expect(key).not.toBe("");
  expect(printed.join("")).not.toContain(key);
  // A plan needs no secret that is not sent.
  const second = await applied(empty, byFile, { env: {}, args: ["--plan"] });
  expect([second.stdout, second.stderr, second.exitCode]).toEqual(["Nothing has to change.\n", "", 0]);
});

test("a plan says what would change from what to what, changes nothing, and exits with 2", async () => {
  const text = (await exported(empty))
    .replace("displayName: On call", "displayName: Night shift\n    was: On call")
    .replace("to: Security", "to: SOC hooks")
    .replace("destinations: [ On call ]", "destinations: []")
    .replace("reopenAfter: null", "reopenAfter: 5")
    .replace("keepAlertsDays: 200", "keepAlertsDays: 300")
    .concat("\n");
  const rotated = { ...secrets, DESTINATION_ON_CALL_ROUTING_KEY: "hush5hush5hush5hush5hush5hush5cd" };
  const before = await exported(empty);
  const { stdout, exitCode } = await applied(empty, text, { args: ["--plan"], env: rotated });
  expect(exitCode).toBe(2);
  for (const line of [
    "~ change source Okta (native)\n    reopenAfter: null → 5",
    "~ change destination On call (pagerduty)\n    displayName: On call → Night shift",
    "    routingKey: changed, from the environment variable DESTINATION_ON_CALL_ROUTING_KEY",
    "~ change detection Okta.Login of Okta\n    destinations: On call → none",
    "~ change settings\n    keepAlertsDays: 200 → 300",
    "0 to create, 4 to change, 0 to delete.",
  ])
    expect(stdout).toContain(line);
  expect(await exported(empty)).toBe(before);
  expect((await applied(empty, text, { args: [] })).stderr).toContain(
    "Add --yes to apply the plan without asking.",
  );
  expect((await applied(empty, text, { env: rotated })).stdout).toContain("Applied.");
  expect((await applied(empty, text, { env: rotated })).stdout).toBe("Nothing has to change.\n");
  // Rotated without a trace in the hints: only --secrets sends it.
  const forced = await applied(empty, text, { env: rotated, args: ["--yes", "--secrets"] });
  expect(forced.stdout).toContain("headers.Authorization: changed");
  expect(forced.stdout).toContain("Applied.");
});

test("prune deletes what the file does not name, in the parts that it has, and keeps a role in use", async () => {
  const { api } = empty;
  await created(api("POST", "/users", { email: "eve@acme.example", name: "Eve", role: "Caretaker" }));
  const text = "destinations: []\ndetections: []\nviews: []\nsilences: []\nroles: []\n";
  const left = await applied(empty, text);
  expect(left.stdout).toContain("(--prune deletes them): views Ada's criticals");
  expect(left.stdout).toContain("Nothing has to change.");
  const inUse = await applied(empty, text, { args: ["--yes", "--prune"] });
  expect(inUse.stderr).toContain(
    "5:1: roles the role Caretaker is not in the file and can't be deleted: a user has it",
  );
  const { stdout } = await applied(empty, text.replace("roles: []\n", ""), { args: ["--yes", "--prune"] });
  expect(stdout).toContain(
    "- delete destination SOC hooks (custom-webhook): its waiting deliveries end as not delivered",
  );
  expect(stdout).toContain(
    "- reset detection Okta.Login of Okta: the filters of the destinations apply to it again",
  );
  expect(stdout).toContain("Applied.");
  expect((await api("GET", "/destinations")).body.results).toEqual([]);
  expect((await api("GET", "/silences?state=running")).body.results).toEqual([]);
  expect((await api("GET", "/sources")).body.results).toHaveLength(1);
});

/** Gives a program a terminal. */
const script = "/usr/bin/script";

test.skipIf(!existsSync(script))("a plan that was overtaken while apply asked is not applied", async () => {
  const file = join(folder, "samples.yaml");
  await writeFile(file, "settings: {keepSamplesDays: 30}\n");
  const command = `${process.execPath} cli/tocsin.js apply ${file} --url ${story.origin}`;
  const terminal = spawn(script, ["-qec", command, "/dev/null"], {
    env: { PATH: process.env.PATH, TOCSIN_TOKEN: await createFullToken(story.tocsin.db) },
    stdio: ["pipe", "pipe", "inherit"],
  });
  let shown = "";
  for await (const chunk of terminal.stdout) {
    const wasAsked = shown.includes("Write yes: ");
    shown += chunk;
    if (wasAsked || !shown.includes("Write yes: ")) continue;
    await created(story.api("PATCH", "/settings", { keepSamplesDays: 60 }));
    terminal.stdin.write("yes\n");
  }
  printed.push(shown);
  expect(shown).toContain("keepSamplesDays: 90 → 30");
  expect(shown).toContain("Tocsin was changed since the plan was printed, so nothing was done.");
  expect((await story.api("GET", "/settings")).body.keepSamplesDays).toBe(60);
});

test("no secret is printed or logged", () => {
  expect(printed.join("").length).toBeGreaterThan(1000);
  expect([...printed, ...log].filter((text) => text.includes("hush"))).toEqual([]);
});
