import { afterAll, beforeAll, expect, test } from "vitest";
import type { Permission } from "../../../src/alert/permission.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { applyText } from "../../tocsin/apply-text.ts";
import { type BareStory, created, startBareStory } from "../../tocsin/story.ts";

let story: BareStory;
let folder: string;

beforeAll(async () => {
  [story, folder] = await Promise.all([startBareStory({ withApp: false }), temporaryFolder()]);
  await created(story.api("POST", "/sources", { kind: "native", name: "Okta" }));
});
afterAll(() => story.close());

const webhook =
  "destinations:\n  - {type: custom-webhook, displayName: A, severities: [HIGH], alertTypes: [RULE], ";
test.each([
  [
    "a field that does not exist",
    "sources:\n  - name: A\n    kind: native\n    defaultSeverty: LOW",
    '4:5: sources[0].defaultSeverty is not a field here. Did you mean "defaultSeverity"?',
  ],
  ["a part that does not exist", "sorces: []", '1:1: sorces is not a field here. Did you mean "sources"?'],
  ["a wrong value", "sources:\n  - {name: A, kind: nativ}", "2:15: sources[0].kind must be one of native, "],
  ["a missing field", "roles:\n  - name: A", "2:5: roles[0].permissions is missing, and must be a list"],
  ["text instead of a list", "views: all", "1:1: views must be a list; write [] for none"],
  ["a number instead of a text", "views:\n  - {name: 7, filters: {}}", "2:6: views[0].name must be a text"],
  [
    "a field of a filter that does not exist",
    "views:\n  - name: A\n    filters: {sevrity: HIGH}",
    '3:15: views[0].filters.sevrity is not a field here. Did you mean "severity"?',
  ],
  ["a field of another type", `${webhook}channel: C1}`, "destinations[0].channel is not a field here"],
  [
    "an unknown type",
    "destinations:\n  - {type: pagrduty}",
    '2:6: destinations[0].type must be one of slack-bot, custom-webhook, pagerduty, teams, email. Did you mean "pagerduty"?',
  ],
  [
    "a secret in clear",
    `${webhook}url: https://hush-9.example, secret: {env: A}}`,
    "destinations[0].url must be {env: NAME} or {file: PATH}",
  ],
  [
    "a secret that would be generated",
    `${webhook}url: {env: A}}`,
    "destinations[0].secret is missing, and must be {env: NAME}",
  ],
  [
    "a variable that is not set",
    `${webhook}url: {env: NOT_SET}, secret: {env: SIGNING}}`,
    "destinations[0].url The environment variable NOT_SET is not set.",
  ],
  [
    "a built-in role",
    "roles:\n  - {name: admin, permissions: []}",
    "2:6: roles[0].name is a built-in role, which can't be changed",
  ],
  [
    "two of one name",
    "roles:\n  - {name: A, permissions: []}\n  - {name: a, permissions: []}",
    "3:5: roles[1] is the same role as number 1",
  ],
  [
    "an unknown name",
    "detections:\n  - {source: Oktar, detection: X, destinations: [Secruity]}",
    '2:6: detections[0].source there is no source "Oktar", in this file or in Tocsin. Did you mean "Okta"?',
  ],
  [
    "an unknown person",
    "views:\n  - {name: A, filters: {assignee: [bob@acme.example]}}",
    'views[0].filters.assignee[0] there is no user "bob@acme.example"',
  ],
  [
    "another kind under the same name",
    "sources:\n  - {name: okta, kind: panther}",
    "2:18: sources[0].kind can't be changed from native to panther",
  ],
  [
    "a silence of everything",
    "silences:\n  - {reason: A, until: 2999-01-01T00:00:00Z}",
    "silences[0] needs a detection, a source, a title, severities or a field",
  ],
  ["broken YAML", "roles:\n  - {name: A", "2:"],
])("%s is refused with its place and what would be right", async (_, text, message) => {
  const { stderr, exitCode } = await applyText(story, text, { folder, env: { SIGNING: "whsec_hush-9" } });
  expect(stderr).toContain("was not applied, and nothing was changed:");
  expect(stderr).toContain(message);
  expect(stderr).not.toContain("hush");
  expect(exitCode).toBe(1);
});

test("a token without a permission is told which, and apply says what was done and what was not", async () => {
  const view: Permission[] = ["View Sources", "View Users", "Manage Sources"];
  const text =
    "sources:\n  - {name: Wazuh, kind: wazuh}\nroles:\n  - {name: Night, permissions: [View Alerts]}\n";
  const { stdout, stderr, exitCode } = await applyText(story, text, { folder, permissions: view });
  expect(exitCode).toBe(3);
  expect(stdout).toContain("2 to create, 0 to change, 0 to delete.");
  expect(stderr).toMatch(
    /^Done:\n {2}\+ create source Wazuh \(wazuh\)\nRefused:\n {2}\+ create role Night: .*Manage Users/,
  );
  const blind = await applyText(story, "settings: {commentRequired: false}", { folder, permissions: view });
  expect(blind.stderr).toContain("Manage Settings");
  const over = "silences:\n  - {reason: Old, title: A, until: 2026-01-01T00:00:00Z}\n";
  expect((await applyText(story, over, { folder })).stdout).toContain(
    "leave out silence Old: it was over at 2026-01-01T00:00:00Z",
  );
});
